//! A centre that is new: who runs it begins a leertraject and says whose it is, and whoever takes part there is found
//! again instead of made anew (A1, A3, A14, A15).

use super::centres::House;
use super::handover::today;
use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{School, link};
use dubbelspoor_domain::dossier::{Body, LinkEnded, Role};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{Begin, KnownList, Message, path};
use dubbelspoor_server::{centre, random};
use hyper::StatusCode;

on_both_databases! {
    who_runs_an_empty_centre_begins_a_leertraject_for_a_colleague
    only_who_runs_it_names_another_coach_and_only_one_who_may_coach_there
    who_guides_is_told_who_takes_part_and_which_cursisten_there_are_apart
    nobody_else_is_told_who_takes_part
    a_cursist_who_is_there_gets_a_second_leertraject_and_stays_one_person
}

/// A centre with who runs it and a colleague, and nothing else.
struct Empty {
    centre: DossierId,
    administrator: Phone,
    colleague: Phone,
}

fn new() -> PersonId {
    PersonId(random().unwrap())
}

impl Empty {
    async fn build(school: &School) -> Empty {
        let centre = centre::begin(&school.server, "CVO Nieuw").await.unwrap();
        let (administrator, colleague) = (new(), new());
        let first =
            [(administrator, "Mieke", Role::Administrator), (colleague, "Els", Role::Member)];
        centre::add(&school.server, centre, None, &first).await.unwrap();
        Empty {
            centre,
            administrator: school.phone(administrator).await,
            colleague: school.phone(colleague).await,
        }
    }

    fn begin(&self, coach: Option<PersonId>) -> Begin {
        let dossier = DossierId(random().unwrap());
        Begin { centre: self.centre, dossier, learner: new(), name: "Sanne".into(), coach }
    }
}

async fn begins(by: &Phone, asked: &Begin) -> StatusCode {
    by.post(path::BEGIN, by.signed(asked)).await.unwrap().status
}

async fn who_runs_an_empty_centre_begins_a_leertraject_for_a_colleague(place: Place) {
    let school = School::open(place).await;
    let mut it = Empty::build(&school).await;
    let coach = it.colleague.person;
    let asked = it.begin(Some(coach));
    for _ in 0..2 {
        assert_eq!(begins(&it.administrator, &asked).await, StatusCode::NO_CONTENT, "once");
    }
    it.colleague.sync(asked.dossier).await.unwrap();
    let track = it.colleague.dossier(asked.dossier);
    assert_eq!(track.of_centre, Some(it.centre));
    assert_eq!(track.links.current(Role::Coach, today()).collect::<Vec<_>>(), [coach]);
    assert_eq!(track.links.name_of(coach), Some("Els"));
    assert_eq!(track.links.learner(), Some(asked.learner));
    // Who began it takes no part in it, and reads nothing of it.
    let address = format!("{}?dossier={}&after=0", path::PULL, asked.dossier);
    let read = it.administrator.get(&address).await.unwrap();
    assert_eq!(read.status, StatusCode::NOT_FOUND);
    let own = it.begin(None);
    assert_eq!(begins(&it.administrator, &own).await, StatusCode::NO_CONTENT);
    it.administrator.sync(own.dossier).await.unwrap();
    let coaches = it.administrator.dossier(own.dossier).links.current(Role::Coach, today());
    assert_eq!(coaches.collect::<Vec<_>>(), [it.administrator.person]);
}

async fn only_who_runs_it_names_another_coach_and_only_one_who_may_coach_there(place: Place) {
    let school = School::open(place).await;
    let (it, other) = (Empty::build(&school).await, Empty::build(&school).await);
    let asked = it.begin(None);
    assert_eq!(
        begins(&it.colleague, &asked).await,
        StatusCode::NOT_FOUND,
        "a member guides nobody"
    );
    let first = it.begin(Some(it.colleague.person));
    assert_eq!(begins(&it.administrator, &first).await, StatusCode::NO_CONTENT);
    let for_boss = it.begin(Some(it.administrator.person));
    assert_eq!(
        begins(&it.colleague, &for_boss).await,
        StatusCode::FORBIDDEN,
        "a coach names nobody"
    );
    let for_self = it.begin(Some(it.colleague.person));
    assert_eq!(begins(&it.colleague, &for_self).await, StatusCode::NO_CONTENT);
    for coach in [other.colleague.person, new(), first.learner] {
        let asked = it.begin(Some(coach));
        assert_eq!(begins(&it.administrator, &asked).await, StatusCode::FORBIDDEN);
        assert!(school.store().head(asked.dossier).await.unwrap().is_none());
    }
    let oneself = Begin { learner: it.colleague.person, ..it.begin(Some(it.colleague.person)) };
    assert_eq!(begins(&it.administrator, &oneself).await, StatusCode::FORBIDDEN);
    let elsewhere = Begin { centre: other.centre, ..it.begin(Some(it.colleague.person)) };
    assert_eq!(begins(&it.administrator, &elsewhere).await, StatusCode::NOT_FOUND);
}

/// By name, with what each is there; nothing where the asker is not told.
async fn around(by: &Phone, centre: DossierId, learners: bool) -> Option<Vec<(String, Vec<Role>)>> {
    let asked = if learners { "&learners=true" } else { "" };
    let answer = by.get(&format!("{}?centre={centre}{asked}", path::KNOWN)).await.unwrap();
    assert!([StatusCode::OK, StatusCode::NOT_FOUND].contains(&answer.status));
    let all = KnownList::from_bytes(&answer.body).filter(|_| answer.status == StatusCode::OK)?.all;
    Some(all.into_iter().map(|it| (it.name, it.roles)).collect())
}

fn named(all: &[(&str, &[Role])]) -> Option<Vec<(String, Vec<Role>)>> {
    Some(all.iter().map(|(name, roles)| ((*name).to_owned(), roles.to_vec())).collect())
}

async fn who_guides_is_told_who_takes_part_and_which_cursisten_there_are_apart(place: Place) {
    let school = School::open(place).await;
    let mut one = House::build(&school, "CVO Een").await;
    let _other = House::build(&school, "Syntra Twee").await;
    let bo = new();
    let bo_too = [(bo, "Bo", Role::Member)];
    centre::add(&school.server, one.centre, None, &bo_too).await.unwrap();
    // A second leertraject, of another coach, with the same mentor, who teaches there as well.
    let second = [(new(), "Zoë", Role::Learner), (new(), "Els", Role::Coach)];
    let track = DossierId(random().unwrap());
    centre::add(&school.server, track, Some(one.centre), &second).await.unwrap();
    school.write(track, &[link(one.mentor, Role::Mentor), link(one.mentor, Role::Teacher)]).await;
    let everybody: [(&str, &[Role]); 5] = [
        ("An", &[Role::Coach]),
        ("Bo", &[Role::Member]),
        ("Els", &[Role::Coach]),
        ("Jef", &[Role::Mentor, Role::Teacher]),
        ("Mieke", &[Role::Administrator]),
    ];
    let learners: [(&str, &[Role]); 2] = [("Amir", &[Role::Learner]), ("Zoë", &[Role::Learner])];
    for by in [&one.administrator, &one.coach] {
        assert_eq!(around(by, one.centre, false).await, named(&everybody));
        assert_eq!(around(by, one.centre, true).await, named(&learners));
    }
    // Who left the centre is not begun with again.
    one.administrator.sync(one.centre).await.unwrap();
    let gone = one.learner.person;
    let links = &one.administrator.dossier(one.centre).links;
    let left = links.all().find(|it| it.link.person == gone).unwrap().link.clone();
    let ended = Body::LinkEnded(LinkEnded { link: left.link, to: left.from });
    one.administrator.record(one.centre, &[ended]);
    one.administrator.sync(one.centre).await.unwrap();
    assert_eq!(around(&one.coach, one.centre, true).await, named(&learners[1..]));
    assert_eq!(around(&one.coach, one.centre, false).await, named(&everybody));
}

async fn nobody_else_is_told_who_takes_part(place: Place) {
    let school = School::open(place).await;
    let (one, other) =
        (House::build(&school, "CVO Een").await, House::build(&school, "Syntra Twee").await);
    let mentor = school.phone(one.mentor).await;
    let empty = Empty::build(&school).await;
    for learners in [false, true] {
        for by in [&one.learner, &mentor, &other.coach, &other.administrator] {
            assert_eq!(around(by, one.centre, learners).await, None);
        }
        assert_eq!(around(&one.coach, one.track, learners).await, None, "no centre");
        assert_eq!(around(&one.coach, DossierId(random().unwrap()), learners).await, None);
        assert_eq!(around(&empty.colleague, empty.centre, learners).await, None, "guides nobody");
    }
}

async fn a_cursist_who_is_there_gets_a_second_leertraject_and_stays_one_person(place: Place) {
    let school = School::open(place).await;
    let mut one = House::build(&school, "CVO Een").await;
    let learner = one.learner.person;
    let asked = Begin {
        centre: one.centre,
        dossier: DossierId(random().unwrap()),
        learner,
        name: "Amir of zo".into(),
        coach: None,
    };
    assert_eq!(begins(&one.coach, &asked).await, StatusCode::NO_CONTENT);
    one.learner.sync(asked.dossier).await.unwrap();
    let links = &one.learner.dossier(asked.dossier).links;
    assert_eq!(links.learner(), Some(learner));
    assert_eq!(links.name_of(learner), Some("Amir"), "under the name that they have");
}
