//! One's devices, and stopping one.

use crate::on_both_databases;
use crate::support::http::{post, send};
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{Class, entry};
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::{DossierId, KeyId};
use dubbelspoor_domain::wire::{Code, Devices, Message, Revoke, Verdict, path};
use dubbelspoor_server::random;
use hyper::StatusCode;

on_both_databases! {
    everybody_sees_their_own_devices
    a_lost_phone_is_stopped_from_another_one
    what_a_stopped_key_wrote_before_stays_valid
    a_coach_can_stop_a_device_of_their_learner
    nobody_else_can
}

async fn stop(by: &Phone, key: KeyId) -> StatusCode {
    let revoke = by.signed(&Revoke { key });
    by.post(path::REVOKE, revoke).await.unwrap().status
}

async fn everybody_sees_their_own_devices(place: Place) {
    let class = Class::gather(place).await;
    let second = class.school.phone(class.learner.person).await;
    let answer = second.get(path::DEVICES).await.unwrap();
    let devices = Devices::from_bytes(&answer.body).unwrap().devices;
    let keys: Vec<_> = devices.iter().map(|it| it.key).collect();
    assert_eq!(keys.len(), 2);
    assert!(keys.contains(&second.key_id()) && keys.contains(&class.learner.key_id()));
    assert!(devices.iter().all(|it| it.revoked.is_none() && it.last_seen >= Some(it.since)));
    assert!(devices.iter().all(|it| it.name == "Gsm van de test"));
}

async fn a_lost_phone_is_stopped_from_another_one(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("nooit verstuurd")]);
    let lost = class.learner.key_id();
    let mut second = class.school.phone(class.learner.person).await;
    assert_eq!(stop(&second, lost).await, StatusCode::NO_CONTENT);
    assert_eq!(stop(&second, lost).await, StatusCode::NO_CONTENT);
    assert!(class.learner.push(class.dossier).await.is_err());
    assert_eq!(class.learner.replica(class.dossier).counts().here, 1);
    assert_eq!(class.learner.get(path::HEADS).await.unwrap().status, StatusCode::UNAUTHORIZED);
    second.sync(class.dossier).await.unwrap();
    assert!(second.dossier(class.dossier).keys.get(lost).unwrap().revoked.is_some());
    let rows = class.school.store().rows(class.dossier, 0, 100).await.unwrap();
    assert_eq!(rows.iter().filter(|it| it.kind == 5).count(), 1);
}

/// Another phone carries what the stopped one wrote: before it knew, and after.
async fn what_a_stopped_key_wrote_before_stays_valid(place: Place) {
    let mut class = Class::gather(place).await;
    class.entry("lang geleden").await;
    let late = class.learner.record(class.dossier, &[entry("voor het verlies")]).remove(0);
    let second = class.school.phone(class.learner.person).await;
    assert_eq!(stop(&second, class.learner.key_id()).await, StatusCode::NO_CONTENT);
    let ruled = second.deliver(class.dossier, &[late.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Flagged, Some(Code::RevokedKey)));
    class.mentor.sync(class.dossier).await.unwrap();
    assert_eq!(class.mentor.dossier(class.dossier).diary.entries().count(), 2);
    let tip = class.mentor.replica(class.dossier).tip().clone();
    let afterwards = class.learner.forge(class.dossier, &entry("na het verlies"), |it| {
        it.seen_position = tip.position;
        it.seen_chain = tip.chain.unwrap().into();
    });
    let ruled = second.deliver(class.dossier, &[afterwards.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Quarantined, Some(Code::RevokedKey)));
}

async fn a_coach_can_stop_a_device_of_their_learner(place: Place) {
    let class = Class::gather(place).await;
    assert_eq!(stop(&class.coach, class.learner.key_id()).await, StatusCode::NO_CONTENT);
    let device = class.school.store().device(class.learner.key_id()).await.unwrap().unwrap();
    assert!(device.revoked_at.is_some());
}

async fn nobody_else_can(place: Place) {
    let class = Class::gather(place).await;
    let elsewhere = DossierId(random().unwrap());
    let other = class.school.add(elsewhere, "Bo", Role::Coach).await;
    let other = class.school.phone(other).await;
    let key = class.learner.key_id();
    assert_eq!(stop(&class.mentor, key).await, StatusCode::NOT_FOUND);
    assert_eq!(stop(&other, key).await, StatusCode::NOT_FOUND);
    let by_mentor = class.mentor.signed(&Revoke { key });
    let no_session = send(class.school.address, post(path::REVOKE, by_mentor.clone())).await;
    assert_eq!(no_session.unwrap().status, StatusCode::UNAUTHORIZED);
    let stolen_cookie = class.learner.post(path::REVOKE, by_mentor).await.unwrap();
    assert_eq!(stolen_cookie.status, StatusCode::FORBIDDEN);
    assert_eq!(class.school.store().device(key).await.unwrap().unwrap().revoked_at, None);
}
