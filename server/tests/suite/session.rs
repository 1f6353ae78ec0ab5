//! Reading needs a session, writing does not; a lost session is opened again with the key alone.

use crate::on_both_databases;
use crate::support::http::{get, post, send};
use crate::support::phone::{cookie_of, new_key, sign};
use crate::support::place::{Kind, Place};
use crate::support::school::{Class, School, entry, settings};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::wire::{Challenge, Joined, Message, Purpose, path};
use dubbelspoor_server::app::Settings;
use dubbelspoor_server::random;
use hyper::StatusCode;

on_both_databases! {
    three_weeks_offline_deliver_without_a_session
    a_known_key_opens_a_session_again
    a_stopped_device_opens_nothing
    a_session_that_lay_idle_has_ended
    leaving_ends_only_this_session
    a_cookie_reads_but_cannot_write
    a_device_of_several_people_reads_as_the_one_it_means
}

const DAY: u64 = 24 * 60 * 60 * 1000;

async fn three_weeks_offline_deliver_without_a_session(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("week een"), entry("week twee")]);
    class.learner.cookie = "dl=of-lang-geleden".into();
    let ruled = class.learner.push(class.dossier).await.unwrap().unwrap();
    assert!(ruled.iter().all(|it| it.position.is_some()));
    assert_eq!(class.learner.replica(class.dossier).counts().here, 0);
    let reading = class.learner.get(path::HEADS).await.unwrap();
    assert_eq!((reading.status, reading.text()), (StatusCode::UNAUTHORIZED, "no-session"));
    assert!(!reading.headers.contains_key("clear-site-data"));
    assert_eq!(class.learner.sign_in().await.status, StatusCode::OK);
    class.learner.sync(class.dossier).await.unwrap();
    assert_eq!(class.learner.dossier(class.dossier).diary.entries().count(), 2);
}

async fn a_known_key_opens_a_session_again(place: Place) {
    let mut class = Class::gather(place).await;
    let answer = class.learner.sign_in().await;
    let joined = Joined::from_bytes(&answer.body).unwrap();
    assert_eq!((joined.person, joined.dossiers), (class.learner.person, vec![class.dossier]));
    let challenge = send(class.school.address, get(path::CHALLENGE)).await.unwrap().body;
    let foreign = Challenge { challenge: Bytes(vec![7; 56]) }.to_bytes();
    let mut late = Challenge::from_bytes(&challenge).unwrap();
    late.challenge.0[7] ^= 1;
    let (mine, strange) = (&class.learner.key, new_key());
    for wrong in [
        sign(&strange, Purpose::Session, challenge.clone()),
        sign(mine, Purpose::Request, challenge.clone()),
        sign(mine, Purpose::Session, foreign),
        sign(mine, Purpose::Session, late.to_bytes()),
    ] {
        let answer = send(class.school.address, post(path::SESSION, wrong.to_bytes())).await;
        assert_eq!(answer.unwrap().status, StatusCode::FORBIDDEN);
    }
}

async fn a_stopped_device_opens_nothing(place: Place) {
    let mut class = Class::gather(place).await;
    let key = class.learner.key_id();
    class.school.store().revoke_device(key, dubbelspoor_server::now()).await.unwrap();
    let reading = class.learner.get(path::HEADS).await.unwrap();
    assert_eq!(reading.status, StatusCode::UNAUTHORIZED);
    assert_eq!(class.learner.sign_in().await.status, StatusCode::FORBIDDEN);
}

async fn a_session_that_lay_idle_has_ended(place: Place) {
    let class = Class::gather(place).await;
    let (_, token) = class.learner.cookie.split_once('=').unwrap();
    let token_hash = sha256(&[token.as_bytes()]);
    let store = class.school.store();
    let then = store.session(token_hash).await.unwrap().unwrap().last_seen;
    store.touch_session(token_hash, then - 59 * DAY).await.unwrap();
    assert_eq!(class.learner.get(path::HEADS).await.unwrap().status, StatusCode::OK);
    assert!(store.session(token_hash).await.unwrap().unwrap().last_seen >= then);
    store.touch_session(token_hash, then - 61 * DAY).await.unwrap();
    assert_eq!(class.learner.get(path::HEADS).await.unwrap().status, StatusCode::UNAUTHORIZED);
    assert_eq!(store.session(token_hash).await.unwrap(), None);
}

async fn leaving_ends_only_this_session(place: Place) {
    let mut class = Class::gather(place).await;
    let first = class.learner.cookie.clone();
    class.learner.sign_in().await;
    let left = class.learner.post(path::LEAVE, Vec::new()).await.unwrap();
    assert_eq!(left.status, StatusCode::OK);
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(class.learner.get(path::HEADS).await.unwrap().status, StatusCode::UNAUTHORIZED);
    class.learner.cookie = first;
    assert_eq!(class.learner.get(path::HEADS).await.unwrap().status, StatusCode::OK);
}

/// Whoever copies a cookie still has no key.
async fn a_cookie_reads_but_cannot_write(place: Place) {
    let mut class = Class::gather(place).await;
    class.entry("leesbaar").await;
    let thief = new_key();
    let push = class.learner.record(class.dossier, &[entry("vervalst")]).remove(0);
    let push = dubbelspoor_domain::wire::Push {
        dossier: class.dossier,
        sent_at: 1,
        events: vec![Bytes(push.raw())],
    };
    let signed = sign(&thief, Purpose::Request, push.to_bytes()).to_bytes();
    let answer = class.learner.post(path::PUSH, signed).await.unwrap();
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

/// A browser has one cookie, whoever of its people is at it.
async fn a_device_of_several_people_reads_as_the_one_it_means(place: Place) {
    let class = Class::gather(place).await;
    let page = format!("{}?dossier={}&after=0", path::PULL, class.dossier);
    let read = async |address: &str, meant: String| {
        let mut asked = get(address);
        asked.headers_mut().insert("cookie", class.learner.cookie.parse().unwrap());
        asked.headers_mut().insert("x-person", meant.parse().unwrap());
        send(class.school.address, asked).await.unwrap().status
    };
    for address in [path::HEADS, path::DEVICES, page.as_str()] {
        assert_eq!(read(address, class.learner.person.to_string()).await, StatusCode::OK);
        for other in [class.mentor.person.to_string(), "nobody".into(), String::new()] {
            assert_eq!(read(address, other).await, StatusCode::UNAUTHORIZED, "{address}");
        }
    }
    let live = format!("{}?person={}", path::LIVE, class.mentor.person);
    assert_eq!(class.learner.get(&live).await.unwrap().status, StatusCode::UNAUTHORIZED);
    assert_eq!(class.learner.get(path::HEADS).await.unwrap().status, StatusCode::OK, "it goes on");
}

#[tokio::test]
async fn on_https_the_cookie_is_tied_to_the_host() {
    let place = Place::new(Kind::Sqlite).await.unwrap();
    let https = Settings { origin: "https://leren.example".into(), ..settings() };
    let school = School::open_with(place, https).await;
    let dossier = DossierId(random().unwrap());
    let person = school.add(dossier, "Amir", Role::Learner).await;
    let secret = school.invitation(person).await;
    let answer = crate::support::phone::ask_to_join(school.address, &new_key(), secret).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-dl=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(cookie.contains("; Path=/;") && !cookie.contains("Domain"), "{cookie}");
    assert!(answer.headers.contains_key("strict-transport-security"));
    let token = cookie_of(&answer.headers);
    assert_eq!(token.len(), "__Host-dl=".len() + 64);
}
