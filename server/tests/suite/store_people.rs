//! What the store promises about people, their invitations, devices and sessions, on both databases.

use crate::on_both_databases;
use crate::support::place::Place;
use crate::support::rows::{code, dossier, id, invite, newcomer, somebody};
use dubbelspoor_domain::id::{Epoch, PersonId, PublicKey};
use dubbelspoor_server::store::{
    Device, Enrolment, MAX_TRIES, Newcomer, Session, Somebody, Ticket,
};
use tokio::task::JoinSet;

on_both_databases! {
    people_see_the_dossiers_they_take_part_in
    an_invitation_lets_one_device_in
    the_answer_to_joining_can_be_asked_again
    a_short_code_allows_five_wrong_guesses
    an_invitation_ends
    fifty_devices_and_one_invitation
    a_stopped_device_loses_its_sessions
    sessions_come_and_go
}

async fn people_see_the_dossiers_they_take_part_in(place: Place) {
    let store = place.open().await;
    let (noor, eva) = (somebody(&store).await, somebody(&store).await);
    let (one, two) = (dossier(), dossier());
    for (it, members) in
        [(one, vec![(noor.id, 1), (eva.id, 2), (eva.id, 3)]), (two, vec![(eva.id, 2)])]
    {
        let mut lock = store.begin(it, Epoch(id())).await.unwrap();
        lock.set_members(&members).await.unwrap();
        lock.commit().await.unwrap();
    }
    let of = async |person: PersonId| {
        let heads = store.heads_for(person).await.unwrap();
        heads.into_iter().map(|(dossier, _)| dossier).collect::<Vec<_>>()
    };
    assert_eq!(store.members(two).await.unwrap(), [eva.id]);
    let mut both = vec![one, two];
    both.sort();
    assert_eq!(of(noor.id).await, [one]);
    assert_eq!(of(eva.id).await, both);
    let mut lock = store.begin(one, Epoch(id())).await.unwrap();
    lock.set_members(&[(noor.id, 1)]).await.unwrap();
    lock.commit().await.unwrap();
    assert_eq!(of(eva.id).await, [two]);
    assert_eq!(store.heads().await.unwrap().len(), 2);
    let renamed = Somebody { name: "Noor".to_owned(), ..noor.clone() };
    store.put_person(&renamed).await.unwrap();
    assert_eq!(store.person(noor.id).await.unwrap(), Some(renamed));
    assert_eq!(store.people().await.unwrap().len(), 2);
}

async fn an_invitation_lets_one_device_in(place: Place) {
    let store = place.open().await;
    let noor = somebody(&store).await;
    let it = invite(&store, &noor).await;
    let (first, second) = (newcomer(), newcomer());
    let unknown = store.enrol(Ticket::Token(id()), &first, 5).await.unwrap();
    assert_eq!(unknown, Enrolment::Unknown);
    assert_eq!(store.device(first.public_key.id()).await.unwrap(), None);
    let joined = store.enrol(Ticket::Token(it.token_hash), &first, 5).await.unwrap();
    assert_eq!(joined, Enrolment::Joined(noor.id));
    assert_eq!(
        store.enrol(Ticket::Token(it.token_hash), &second, 6).await.unwrap(),
        Enrolment::Used
    );
    assert_eq!(store.enrol(code(&it), &second, 6).await.unwrap(), Enrolment::Used);
    let device = Device {
        person: noor.id,
        public_key: first.public_key,
        name: first.name.clone(),
        certified_at: 5,
        revoked_at: None,
    };
    assert_eq!(store.devices(noor.id).await.unwrap(), [device]);
    let session = store.session(first.session).await.unwrap().unwrap();
    assert_eq!((session.person, session.key), (noor.id, first.public_key.id()));
    let other = invite(&store, &somebody(&store).await).await;
    let stolen_key = Newcomer { session: id(), ..first };
    assert_eq!(store.enrol(code(&other), &stolen_key, 7).await.unwrap(), Enrolment::Used);
}

async fn the_answer_to_joining_can_be_asked_again(place: Place) {
    let store = place.open().await;
    let noor = somebody(&store).await;
    let it = invite(&store, &noor).await;
    let first = newcomer();
    let again = Newcomer { session: id(), ..first.clone() };
    for (newcomer, now) in [(&first, 5), (&again, 20_000)] {
        let joined = store.enrol(Ticket::Token(it.token_hash), newcomer, now).await.unwrap();
        assert_eq!(joined, Enrolment::Joined(noor.id));
        assert!(store.session(newcomer.session).await.unwrap().is_some());
    }
    assert_eq!(store.devices(noor.id).await.unwrap().len(), 1);
}

async fn a_short_code_allows_five_wrong_guesses(place: Place) {
    let store = place.open().await;
    let noor = somebody(&store).await;
    let it = invite(&store, &noor).await;
    let wrong = Ticket::Code { hint: &it.code_hint, hash: [0; 32] };
    for _ in 0..MAX_TRIES {
        assert_eq!(store.enrol(wrong, &newcomer(), 5).await.unwrap(), Enrolment::Unknown);
    }
    assert_eq!(store.enrol(code(&it), &newcomer(), 5).await.unwrap(), Enrolment::Blocked);
    let by_link = store.enrol(Ticket::Token(it.token_hash), &newcomer(), 5).await.unwrap();
    assert_eq!(by_link, Enrolment::Joined(noor.id));
    let other = invite(&store, &noor).await;
    assert_eq!(
        store.enrol(code(&other), &newcomer(), 5).await.unwrap(),
        Enrolment::Joined(noor.id)
    );
}

async fn an_invitation_ends(place: Place) {
    let store = place.open().await;
    let it = invite(&store, &somebody(&store).await).await;
    let late = store.enrol(Ticket::Token(it.token_hash), &newcomer(), it.expires_at + 1).await;
    assert_eq!(late.unwrap(), Enrolment::Expired);
}

async fn fifty_devices_and_one_invitation(place: Place) {
    let store = place.open().await;
    let noor = somebody(&store).await;
    let token_hash = invite(&store, &noor).await.token_hash;
    let mut devices = JoinSet::new();
    for _ in 0..50 {
        let store = store.clone();
        devices.spawn(async move {
            store.enrol(Ticket::Token(token_hash), &newcomer(), 5).await.unwrap()
        });
    }
    let outcomes = devices.join_all().await;
    let joined = outcomes.iter().filter(|it| **it == Enrolment::Joined(noor.id)).count();
    let used = outcomes.iter().filter(|it| **it == Enrolment::Used).count();
    assert_eq!((joined, used), (1, 49));
    assert_eq!(store.devices(noor.id).await.unwrap().len(), 1);
}

async fn a_stopped_device_loses_its_sessions(place: Place) {
    let store = place.open().await;
    let it = invite(&store, &somebody(&store).await).await;
    let device = newcomer();
    store.enrol(Ticket::Token(it.token_hash), &device, 5).await.unwrap();
    let key = device.public_key.id();
    assert!(store.revoke_device(key, 8).await.unwrap());
    assert!(!store.revoke_device(key, 9).await.unwrap());
    assert_eq!(store.device(key).await.unwrap().unwrap().revoked_at, Some(8));
    assert_eq!(store.session(device.session).await.unwrap(), None);
    let back = Newcomer { session: id(), ..device };
    let outcome = store.enrol(Ticket::Token(it.token_hash), &back, 10).await.unwrap();
    assert_eq!(outcome, Enrolment::Used);
}

async fn sessions_come_and_go(place: Place) {
    let store = place.open().await;
    let noor = somebody(&store).await;
    let device = Device {
        person: noor.id,
        public_key: PublicKey(id()),
        name: "tablet".to_owned(),
        certified_at: 1,
        revoked_at: None,
    };
    store.put_device(&device).await.unwrap();
    let other_name = Device { name: "anders".to_owned(), ..device.clone() };
    store.put_device(&other_name).await.unwrap();
    assert_eq!(store.device(device.public_key.id()).await.unwrap(), Some(device.clone()));
    let it = Session {
        token_hash: id(),
        person: noor.id,
        key: device.public_key.id(),
        created_at: 1,
        last_seen: 1,
        expires_at: 90,
    };
    store.put_session(&it).await.unwrap();
    store.touch_session(it.token_hash, 40).await.unwrap();
    let touched = Session { last_seen: 40, ..it.clone() };
    assert_eq!(store.session(it.token_hash).await.unwrap(), Some(touched));
    store.end_session(it.token_hash).await.unwrap();
    assert_eq!(store.session(it.token_hash).await.unwrap(), None);
}
