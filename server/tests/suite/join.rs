//! Joining: by link or by code, once, safely repeated, and only by whoever holds the key.

use crate::on_both_databases;
use crate::support::http::{post, send};
use crate::support::phone::{Phone, ask_to_join, cookie_of, new_key, sign};
use crate::support::place::{Kind, Place};
use crate::support::school::{Class, School, settings};
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{HeadsReply, Join, Joined, Message, Purpose, Secret, path};
use dubbelspoor_server::invite::invite;
use dubbelspoor_server::limits::Allowance;
use dubbelspoor_server::random;
use hyper::StatusCode;

on_both_databases! {
    a_link_makes_a_device_that_can_read_and_write
    a_short_code_does_the_same
    an_invitation_is_for_one_device
    the_same_request_again_gives_the_same_place
    nobody_joins_with_anothers_key
    the_certificate_stands_in_every_dossier
}

async fn amir(school: &School) -> (DossierId, dubbelspoor_domain::id::PersonId) {
    let dossier = DossierId(random().unwrap());
    (dossier, school.add(dossier, "Amir", Role::Learner).await)
}

async fn a_link_makes_a_device_that_can_read_and_write(place: Place) {
    let school = School::open(place).await;
    let (dossier, person) = amir(&school).await;
    let key = new_key();
    let answer = ask_to_join(school.address, &key, school.invitation(person).await).await;
    assert_eq!(answer.status, StatusCode::OK);
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    let joined = Joined::from_bytes(&answer.body).unwrap();
    assert_eq!((joined.person, joined.name.as_str()), (person, "Amir"));
    assert_eq!((joined.centre.as_str(), joined.dossiers), ("CVO Test", vec![dossier]));
    assert_eq!(joined.school, school.server.school().public());
}

async fn a_short_code_does_the_same(place: Place) {
    let school = School::open(place).await;
    let (dossier, person) = amir(&school).await;
    let invitation = invite(&school.server, person).await.unwrap();
    let typed = format!(" {} ", invitation.code.to_lowercase());
    let mut phone = Phone::join(school.address, Secret::Code(typed)).await;
    let heads = phone.get(path::HEADS).await.unwrap();
    let heads = HeadsReply::from_bytes(&heads.body).unwrap();
    assert_eq!((heads.person, heads.heads.len(), heads.heads[0].dossier), (person, 1, dossier));
    phone.sync(dossier).await.unwrap();
    assert_eq!(phone.dossier(dossier).links.name_of(person), Some("Amir"));
    let unknown = ask_to_join(school.address, &new_key(), Secret::Code("0000-0000".into())).await;
    assert_eq!((unknown.status, unknown.text()), (StatusCode::NOT_FOUND, "no-invite"));
}

async fn an_invitation_is_for_one_device(place: Place) {
    let school = School::open(place).await;
    let (_, person) = amir(&school).await;
    let secret = school.invitation(person).await;
    Phone::join(school.address, secret.clone()).await;
    let second = ask_to_join(school.address, &new_key(), secret).await;
    assert_eq!((second.status, second.text()), (StatusCode::GONE, "used"));
    assert!(!second.headers.contains_key("set-cookie"));
}

/// The first answer was lost on the way.
async fn the_same_request_again_gives_the_same_place(place: Place) {
    let school = School::open(place).await;
    let (dossier, person) = amir(&school).await;
    let (secret, key) = (school.invitation(person).await, new_key());
    let lost = ask_to_join(school.address, &key, secret.clone()).await;
    let before = school.store().head(dossier).await.unwrap();
    let again = ask_to_join(school.address, &key, secret).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_ne!(cookie_of(&lost.headers), cookie_of(&again.headers));
    assert_eq!(school.store().devices(person).await.unwrap().len(), 1);
    assert_eq!(school.store().head(dossier).await.unwrap(), before);
}

async fn nobody_joins_with_anothers_key(place: Place) {
    let school = School::open(place).await;
    let (_, person) = amir(&school).await;
    let secret = school.invitation(person).await;
    let (mine, theirs) = (new_key(), new_key());
    let join = Join { secret: secret.clone(), public: theirs.public(), device: "x".into() };
    let by_me = sign(&mine, Purpose::Join, join.to_bytes());
    let mut in_their_name = by_me.clone();
    in_their_name.key = theirs.public().id();
    let for_something_else = sign(&theirs, Purpose::Request, join.to_bytes());
    for wrong in [by_me, in_their_name, for_something_else] {
        let answer = send(school.address, post(path::JOIN, wrong.to_bytes())).await.unwrap();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    Phone::join(school.address, secret).await;
}

async fn the_certificate_stands_in_every_dossier(place: Place) {
    let mut class = Class::gather(place).await;
    let mentor = class.mentor.key_id();
    let known = class.learner.dossier(class.dossier).keys.get(mentor).unwrap();
    assert_eq!(known.certified.person, class.mentor.person);
    assert_eq!(known.certified.public, class.mentor.key.public());
}

#[tokio::test]
async fn guessing_codes_is_slow() {
    let place = Place::new(Kind::Sqlite).await.unwrap();
    let slow = dubbelspoor_server::app::Settings { allowance: Allowance::default(), ..settings() };
    let school = School::open_with(place, slow).await;
    let guess = || async {
        let secret = Secret::Code("7777-7777".into());
        ask_to_join(school.address, &new_key(), secret).await
    };
    for _ in 0..60 {
        assert_eq!(guess().await.status, StatusCode::NOT_FOUND);
    }
    let one_more = guess().await;
    assert_eq!(one_more.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = one_more.header("retry-after").parse().unwrap();
    assert!((1..=6).contains(&wait));
}
