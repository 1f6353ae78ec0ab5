//! All leertrajecten of a coach who cannot see to them get another one (A16), given by who runs the centre.

use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{School, goal, track};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Feedback, LinkEnded, Role};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{Guides, HandOver, Message, path};
use dubbelspoor_server::{centre, random};
use hyper::StatusCode;

on_both_databases! {
    who_runs_the_centre_gives_all_of_a_coach_to_another
    whoever_left_the_centre_is_still_whose_leertrajecten_are_given
    nobody_else_gives_and_nobody_gets_who_learns_or_mentors
}

struct House {
    centre: DossierId,
    administrator: Phone,
    leaves: Phone,
    stays: Phone,
    learner: Phone,
    tracks: Vec<DossierId>,
}

impl House {
    async fn build(school: &School) -> House {
        let house = centre::begin(&school.server, "CVO").await.unwrap();
        let new = || PersonId(random().unwrap());
        let (administrator, leaves, stays) = (new(), new(), new());
        let first = [(administrator, "Mieke", Role::Administrator), (stays, "Bo", Role::Member)];
        centre::add(&school.server, house, None, &first).await.unwrap();
        let (mut tracks, mut learners) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let (dossier, learner) = (DossierId(random().unwrap()), new());
            let people = [(learner, "Amir", Role::Learner), (leaves, "An", Role::Coach)];
            centre::add(&school.server, dossier, Some(house), &people).await.unwrap();
            school.write(dossier, &[track(), goal()]).await;
            tracks.push(dossier);
            learners.push(learner);
        }
        House {
            centre: house,
            administrator: school.phone(administrator).await,
            leaves: school.phone(leaves).await,
            stays: school.phone(stays).await,
            learner: school.phone(learners[0]).await,
            tracks,
        }
    }

    async fn give(&self, by: &Phone, from: PersonId, to: PersonId) -> StatusCode {
        let asked = HandOver { centre: self.centre, from, to };
        by.post(path::COACHES, by.signed(&asked)).await.unwrap().status
    }

    /// Each with how many leertrajecten, by name.
    async fn guides(&self, by: &Phone) -> Option<Vec<(String, u32)>> {
        let answer = by.get(&format!("{}?centre={}", path::COACHES, self.centre)).await.unwrap();
        let all = Guides::from_bytes(&answer.body).filter(|_| answer.status == StatusCode::OK)?;
        Some(all.all.into_iter().map(|it| (it.name, it.tracks)).collect())
    }
}

pub(crate) fn today() -> Day {
    Day::of_millis(dubbelspoor_server::now())
}

async fn who_runs_the_centre_gives_all_of_a_coach_to_another(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school).await;
    let named = |all: &[(&str, u32)]| {
        Some(all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>())
    };
    let before = named(&[("An", 3), ("Bo", 0), ("Mieke", 0)]);
    assert_eq!(house.guides(&house.administrator).await, before, "no cursist among them");
    let (leaves, stays) = (house.leaves.person, house.stays.person);
    for _ in 0..2 {
        let given = house.give(&house.administrator, leaves, stays).await;
        assert_eq!(given, StatusCode::NO_CONTENT, "a second time changes nothing");
    }
    let after = named(&[("An", 0), ("Bo", 3), ("Mieke", 0)]);
    assert_eq!(house.guides(&house.administrator).await, after);
    for track in house.tracks.clone() {
        house.stays.sync(track).await.unwrap();
        let links = &house.stays.dossier(track).links;
        assert_eq!(links.current(Role::Coach, today()).collect::<Vec<_>>(), [stays]);
        let said = Body::Feedback(Feedback { entry: None, text: "Ik neem over.".into() });
        house.stays.record(track, &[said]);
        house.stays.sync(track).await.unwrap();
    }
    // What the one who left had written stands, and they read it still.
    let first = house.tracks[0];
    house.leaves.sync(first).await.unwrap();
    assert!(house.leaves.dossier(first).links.current(Role::Coach, today()).all(|it| it != leaves));
    assert!(house.leaves.dossier(first).feedback.all().is_empty(), "nothing of afterwards");
}

/// Who left the centre first can no longer do it, and that is when it is needed.
async fn whoever_left_the_centre_is_still_whose_leertrajecten_are_given(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school).await;
    let leaves = house.leaves.person;
    house.administrator.sync(house.centre).await.unwrap();
    let links = &house.administrator.dossier(house.centre).links;
    let member = links.all().find(|it| it.link.person == leaves).unwrap().link.clone();
    let ended = Body::LinkEnded(LinkEnded { link: member.link, to: member.from });
    house.administrator.record(house.centre, &[ended]);
    house.administrator.sync(house.centre).await.unwrap();
    let guides = house.guides(&house.administrator).await.unwrap();
    assert!(guides.contains(&("An".to_owned(), 3)), "{guides:?}");
    let given = house.give(&house.administrator, leaves, house.stays.person).await;
    assert_eq!(given, StatusCode::NO_CONTENT);
    let guides = house.guides(&house.administrator).await.unwrap();
    assert_eq!(guides, [("Bo".to_owned(), 3), ("Mieke".to_owned(), 0)]);
}

async fn nobody_else_gives_and_nobody_gets_who_learns_or_mentors(place: Place) {
    let school = School::open(place).await;
    let (house, other) = (House::build(&school).await, House::build(&school).await);
    let (leaves, stays) = (house.leaves.person, house.stays.person);
    for by in [&house.leaves, &house.stays, &house.learner, &other.administrator] {
        assert_eq!(house.give(by, leaves, stays).await, StatusCode::NOT_FOUND);
        assert_eq!(house.guides(by).await, None);
    }
    let by = &house.administrator;
    for to in [house.learner.person, other.stays.person] {
        assert_eq!(house.give(by, leaves, to).await, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.give(by, leaves, leaves).await, StatusCode::BAD_REQUEST);
    assert_eq!(house.guides(by).await.unwrap()[0], ("An".to_owned(), 3));
}
