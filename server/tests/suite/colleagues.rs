//! A centre that is new: who runs it begins a leertraject and says whose it is, and whoever takes part there is found
//! again instead of made anew (A1, A3, A14, A15).

use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::School;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{Begin, path};
use dubbelspoor_server::{centre, random};
use hyper::StatusCode;

on_both_databases! {
    who_runs_an_empty_centre_begins_a_leertraject_for_a_colleague
    only_who_runs_it_names_another_coach_and_only_one_who_may_coach_there
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
    assert_eq!(track.links.current(Role::Coach).collect::<Vec<_>>(), [coach]);
    assert_eq!(track.links.name_of(coach), Some("Els"));
    assert_eq!(track.links.learner(), Some(asked.learner));
    // Who began it takes no part in it, and reads nothing of it.
    let address = format!("{}?dossier={}&after=0", path::PULL, asked.dossier);
    let read = it.administrator.get(&address).await.unwrap();
    assert_eq!(read.status, StatusCode::NOT_FOUND);
    let own = it.begin(None);
    assert_eq!(begins(&it.administrator, &own).await, StatusCode::NO_CONTENT);
    it.administrator.sync(own.dossier).await.unwrap();
    let coaches = it.administrator.dossier(own.dossier).links.current(Role::Coach);
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
