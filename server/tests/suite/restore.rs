//! The server loses its past, or somebody changes it: phones notice, and give back what they hold.

use crate::on_both_databases;
use crate::support::phone::{Phone, Trouble};
use crate::support::place::Place;
use crate::support::school::{Class, School, confirmation, entry, settings};
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::sync::Mistrust;
use dubbelspoor_server::check::check;
use dubbelspoor_server::noted;
use std::path::{Path, PathBuf};

on_both_databases! {
    phones_give_back_what_a_restored_backup_lacks
    a_mentor_who_came_after_the_backup_is_given_back_too
    an_older_database_without_a_word_is_noticed
    an_ordinary_restart_is_the_same_history
    a_changed_event_is_noticed
    a_dropped_event_is_noticed
}

async fn backup(school: &School) -> PathBuf {
    let file = school.place.folder.path().join("backup");
    school.store().backup(&file).await.unwrap();
    file
}

/// Stops the school, puts its database back, and opens it again at another port.
async fn reopen(school: School, from: &Path) -> School {
    let place = school.close().await;
    let store = place.open().await;
    store.restore(from).await.unwrap();
    store.close().await;
    noted::forget(place.folder.path()).unwrap();
    School::open_with(place, settings()).await
}

fn confirmed(phone: &mut Phone, dossier: DossierId, it: EventHash) -> bool {
    phone.dossier(dossier).confirmations.get(it).is_some()
}

async fn phones_give_back_what_a_restored_backup_lacks(place: Place) {
    let Class { school, dossier, mut learner, mut mentor, mut coach } = Class::gather(place).await;
    let file = backup(&school).await;
    let version = learner.record(dossier, &[entry("na de back-up")])[0].hash();
    learner.sync(dossier).await.unwrap();
    mentor.sync(dossier).await.unwrap();
    let done = mentor.dossier(dossier).diary.entries().next().unwrap().entry;
    let given = mentor.record(dossier, &[confirmation(done, version)])[0].hash();
    mentor.sync(dossier).await.unwrap();
    learner.sync(dossier).await.unwrap();
    // The mentor's phone is lost; only the learner's holds the confirmation now.
    drop(mentor);
    let (head, chain) =
        (learner.replica(dossier).tip().position, learner.replica(dossier).tip().chain);

    let school = reopen(school, &file).await;
    [learner.server, coach.server] = [school.address; 2];
    coach.sync(dossier).await.unwrap();
    assert!(!confirmed(&mut coach, dossier, given));
    learner.record(dossier, &[entry("en gewoon verder")]);
    learner.sync(dossier).await.unwrap();
    coach.sync(dossier).await.unwrap();
    for phone in [&mut learner, &mut coach] {
        assert!(confirmed(phone, dossier, given));
        assert_eq!(phone.dossier(dossier).diary.entries().count(), 2);
        assert_eq!(phone.replica(dossier).counts().to_see, 0);
        assert!(phone.replica(dossier).tip().position > head);
        assert_ne!(phone.replica(dossier).tip().chain, chain);
    }
    assert_eq!(check(&school.server).await.unwrap().faults, Vec::<String>::new());
}

async fn a_mentor_who_came_after_the_backup_is_given_back_too(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let (done, version) = class.entry("voor de back-up").await;
    let file = backup(&class.school).await;
    let late = class.school.add(dossier, "Fatma", Role::Mentor).await;
    let mut late = class.school.phone(late).await;
    late.sync(dossier).await.unwrap();
    let given = late.record(dossier, &[confirmation(done, version)])[0].hash();
    late.sync(dossier).await.unwrap();
    class.learner.sync(dossier).await.unwrap();

    let Class { school, mut learner, mut coach, .. } = class;
    let school = reopen(school, &file).await;
    [learner.server, coach.server, late.server] = [school.address; 3];
    assert!(school.store().device(late.key_id()).await.unwrap().is_none());
    learner.sync(dossier).await.unwrap();
    coach.sync(dossier).await.unwrap();
    assert!(confirmed(&mut coach, dossier, given));
    assert_eq!(coach.dossier(dossier).links.name_of(late.person), Some("Fatma"));
    // Nobody had to invite the mentor again.
    assert_eq!(late.sign_in().await.status, hyper::StatusCode::OK);
    late.record(
        dossier,
        &[dubbelspoor_domain::dossier::Body::Feedback(dubbelspoor_domain::dossier::Feedback {
            entry: Some(done),
            text: "Goed bezig".into(),
        })],
    );
    late.sync(dossier).await.unwrap();
    assert_eq!(late.replica(dossier).counts().here, 0);
}

/// Somebody copies yesterday's files back and starts the server as if nothing were.
async fn an_older_database_without_a_word_is_noticed(place: Place) {
    let Class { school, dossier, mut learner, .. } = Class::gather(place).await;
    let file = backup(&school).await;
    let before = school.store().head(dossier).await.unwrap().unwrap();
    learner.record(dossier, &[entry("vandaag")]);
    learner.sync(dossier).await.unwrap();
    let place = school.close().await;
    let store = place.open().await;
    store.restore(&file).await.unwrap();
    store.renew_epoch(dossier, before.epoch).await.unwrap();
    assert_eq!(store.head(dossier).await.unwrap(), Some(before));
    store.close().await;

    let school = School::open(place).await;
    let after = school.store().head(dossier).await.unwrap().unwrap();
    assert_ne!(after.epoch, before.epoch);
    learner.server = school.address;
    learner.sync(dossier).await.unwrap();
    assert_eq!(learner.replica(dossier).counts().here, 0);
    assert_eq!(learner.dossier(dossier).diary.entries().count(), 1);
    let rows = school.store().rows(dossier, before.position, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
}

async fn an_ordinary_restart_is_the_same_history(place: Place) {
    let Class { school, dossier, mut learner, .. } = Class::gather(place).await;
    learner.record(dossier, &[entry("gisteren")]);
    learner.sync(dossier).await.unwrap();
    let before = school.store().head(dossier).await.unwrap();
    let school = School::open(school.close().await).await;
    assert_eq!(school.store().head(dossier).await.unwrap(), before);
    let tip = learner.replica(dossier).tip().clone();
    learner.server = school.address;
    learner.sync(dossier).await.unwrap();
    assert_eq!(learner.replica(dossier).tip().position, tip.position);
    assert!(!learner.replica(dossier).tip().reconcile);
}

async fn a_changed_event_is_noticed(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("8 uur gewerkt")]);
    class.learner.sync(class.dossier).await.unwrap();
    const CHANGE: &str = "update event set body = (select body from event where position = 1)
        where position = (select max(position) from event)";
    class.school.place.sql(CHANGE).await;
    let noticed = class.mentor.sync(class.dossier).await;
    assert!(matches!(noticed, Err(Trouble::Mistrust(Mistrust::Chain))), "{noticed:?}");
    let faults = check(&class.school.server).await.unwrap().faults;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].ends_with("the event's bytes were altered"), "{faults:?}");
}

async fn a_dropped_event_is_noticed(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("een"), entry("twee")]);
    class.learner.sync(class.dossier).await.unwrap();
    const DROP: &str = "delete from event where position = (select max(position) - 1 from event)";
    class.school.place.sql(DROP).await;
    assert!(class.mentor.sync(class.dossier).await.is_err());
    let faults = check(&class.school.server).await.unwrap().faults;
    assert!(faults.iter().any(|it| it.contains("rows before it are missing")), "{faults:?}");
    let school = School::open(class.school.close().await).await;
    class.coach.server = school.address;
    assert!(class.coach.sync(class.dossier).await.is_err());
}
