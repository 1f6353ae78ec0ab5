//! The demo centre holds together: every event is authentic and in order, and each role has something to see.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Dossier, Role};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use dubbelspoor_server::app::{Server, Settings, Shared};
use dubbelspoor_server::check::check;
use dubbelspoor_server::limits::Allowance;
use dubbelspoor_server::{demo, store};

const TODAY: (i32, u32, u32) = (2026, 11, 23);

fn today() -> NaiveDate {
    let (year, month, day) = TODAY;
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

async fn seeded(folder: &std::path::Path) -> Shared {
    let url = format!("sqlite:{}", folder.join("dubbelspoor.db").display());
    let settings = Settings {
        origin: "http://localhost:8080".to_owned(),
        centre: String::new(),
        proxies: Vec::new(),
        mailer: None,
        allowance: Allowance::default(),
    };
    let server =
        Server::start(store::open(&url).await.unwrap(), Some(folder), settings).await.unwrap();
    demo::seed(&server, today(), |_| {}).await.unwrap();
    server
}

async fn dossiers(server: &Server) -> Vec<Dossier> {
    let mut dossiers = Vec::new();
    for (id, _) in server.store().heads().await.unwrap() {
        dossiers.push(demo::folded(server, id).await.unwrap());
    }
    dossiers
}

#[tokio::test(flavor = "multi_thread")]
async fn nine_cursisten_live_eight_weeks_and_every_role_has_something_to_see() {
    let folder = tempfile::tempdir().unwrap();
    let server = seeded(folder.path()).await;
    let report = check(&server).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(report.dossiers, 10, "nine leertrajecten, and the centre's own");

    let (centres, dossiers): (Vec<_>, Vec<_>) =
        dossiers(&server).await.into_iter().partition(|it| it.centre.is_some());
    let centre = &centres[0].links;
    let everybody = dossiers.iter().flat_map(|it| it.links.all()).map(|it| it.link.person);
    everybody.for_each(|who| assert!(centre.all().any(|it| it.link.person == who)));
    assert_eq!(centre.current(Role::Administrator, Day(today())).count(), 1);
    for it in &dossiers {
        assert!(it.plan.len() >= 10, "a plan with goals");
        assert!(it.diary.written().count() >= 8, "a diary");
        let touched = it.diary.entries().flat_map(|it| it.shown().content.goals.clone());
        touched
            .for_each(|touched| assert!(it.plan.get(&touched.goal).is_some(), "{}", touched.goal));
        let mentors: Vec<_> = it.links.current(Role::Mentor, Day(today())).collect();
        it.confirmations.all().for_each(|it| assert!(mentors.contains(&it.by)));
        assert!(it.reviews.next().is_some(), "a talk is planned");
    }
    let talks = |it: &Dossier| it.reviews.last_held().is_some() && !it.agreed_plans().is_empty();
    assert!(dossiers.iter().filter(|it| talks(it)).count() >= 3, "held talks, plans agreed to");
    let found = dossiers.iter().map(|it| signals(it, Thresholds::default(), Day(today())));
    let kinds: Vec<_> = found.map(|it| it.iter().map(|it| it.kind).collect::<Vec<_>>()).collect();
    assert!(kinds.iter().filter(|it| it.contains(&SignalKind::Silence)).count() >= 2);
    assert!(kinds.iter().filter(|it| it.contains(&SignalKind::Unconfirmed)).count() >= 2);
    let unreceived = kinds.iter().filter(|it| it.contains(&SignalKind::NoReception)).count();
    assert!((1..=4).contains(&unreceived), "D6: most went through their reception: {unreceived}");
    assert!(
        kinds.iter().filter(|it| it.is_empty()).count() >= 3,
        "and some need nothing: {kinds:?}"
    );

    let players = demo::players(&server).await.unwrap();
    assert_eq!(players.len(), 4);
    let luc = server.store().people().await.unwrap();
    let luc = luc.iter().find(|it| it.name == players[1].name).unwrap().id;
    let cards: usize = dossiers
        .iter()
        .filter(|it| it.links.current(Role::Mentor, Day(today())).any(|it| it == luc))
        .map(|it| it.waiting_for(luc, Day(today())).len())
        .sum();
    assert!(cards >= 4, "the mentor of the demo has cards to confirm: {cards}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_diary_goes_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let server = seeded(folder.path()).await;
    demo::write_many(&server, today(), 120).await.unwrap();
    assert!(dossiers(&server).await.iter().any(|it| it.diary.written().count() >= 120));
    assert_eq!(check(&server).await.unwrap().faults, Vec::<String>::new());
}
