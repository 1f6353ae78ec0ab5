//! What the store promises, the same on SQLite and on PostgreSQL.

use crate::on_both_databases;
use crate::support::place::{Kind, Place};
use dubbelspoor_domain::id::{
    Chain, DossierId, Epoch, EventHash, KeyId, PersonId, PublicKey, ReplicaId,
};
use dubbelspoor_server::random;
use dubbelspoor_server::store::{
    Device, Enrolment, Head, Invite, MAX_TRIES, Newcomer, Quarantined, Row, Session, SharedStore,
    Somebody, StoreError, Ticket,
};
use tokio::task::JoinSet;

on_both_databases! {
    a_dossier_begins_empty_and_keeps_its_epoch
    appended_rows_come_back_byte_for_byte
    what_is_not_committed_is_not_there
    rows_with_a_hole_or_a_clock_that_stands_still_are_refused
    the_same_event_cannot_be_appended_twice
    fifty_writers_wait_for_each_other_and_leave_no_hole
    a_reader_never_passes_a_position_that_commits_late
    dossiers_do_not_wait_for_each_others_readers
    hints_tell_of_each_commit
    quarantine_keeps_the_first_copy_until_somebody_decides
    what_is_appended_leaves_the_quarantine
    unreadable_bytes_are_kept_within_an_allowance
    people_see_the_dossiers_they_take_part_in
    an_invitation_lets_one_device_in
    the_answer_to_joining_can_be_asked_again
    a_short_code_allows_five_wrong_guesses
    an_invitation_ends
    fifty_devices_and_one_invitation
    a_stopped_device_loses_its_sessions
    sessions_come_and_go
    the_first_value_of_a_name_stands
    everything_survives_closing
    a_backup_restores_to_what_was_and_begins_a_new_history
    a_damaged_backup_changes_nothing
}

fn id<const N: usize>() -> [u8; N] {
    random().unwrap()
}

fn dossier() -> DossierId {
    DossierId(id())
}

/// A row that continues a head.
fn next(head: Head) -> Row {
    Row {
        position: head.position + 1,
        hash: EventHash(id()),
        replica: ReplicaId(id()),
        seq: 1,
        kind: 10,
        sealed: id::<166>().to_vec(),
        body: Some(id::<40>().to_vec()),
        verdict: 1,
        received_at: head.received_at + 1,
        hlc_eff: 5 << 16,
        chain: Chain(id()),
    }
}

async fn append(store: &SharedStore, to: DossierId) -> Row {
    let mut lock = store.begin(to, Epoch(id())).await.unwrap();
    let row = next(lock.head());
    lock.append(std::slice::from_ref(&row)).await.unwrap();
    lock.commit().await.unwrap();
    row
}

async fn somebody(store: &SharedStore) -> Somebody {
    let it = Somebody {
        id: PersonId(id()),
        name: "Noor Çelik".to_owned(),
        centre: "Vilvoorde".to_owned(),
        created_at: 7,
    };
    store.put_person(&it).await.unwrap();
    it
}

fn newcomer() -> Newcomer {
    Newcomer {
        public_key: PublicKey(id()),
        name: "gsm".to_owned(),
        session: id(),
        session_expires_at: 1_000_000,
    }
}

async fn invite(store: &SharedStore, person: &Somebody) -> Invite {
    let it = Invite {
        token_hash: id(),
        code_hint: id::<8>().map(|byte| char::from(b'A' + byte % 26)).iter().collect(),
        code_hash: id(),
        person: person.id,
        expires_at: 10_000,
    };
    store.put_invite(&it).await.unwrap();
    it
}

fn code(it: &Invite) -> Ticket<'_> {
    Ticket::Code { hint: &it.code_hint, hash: it.code_hash }
}

async fn a_dossier_begins_empty_and_keeps_its_epoch(place: Place) {
    let store = place.open().await;
    let (it, epoch) = (dossier(), Epoch(id()));
    assert_eq!(store.head(it).await.unwrap(), None);
    store.begin(it, epoch).await.unwrap().commit().await.unwrap();
    store.begin(it, Epoch(id())).await.unwrap().commit().await.unwrap();
    let start = Head { position: 0, chain: Chain::START, epoch, received_at: 0 };
    assert_eq!(store.head(it).await.unwrap(), Some(start));
}

async fn appended_rows_come_back_byte_for_byte(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    let mut rows = Vec::new();
    for redacted in [false, true, false] {
        let mut row = next(lock.head());
        if redacted {
            row.body = None;
        }
        lock.append(std::slice::from_ref(&row)).await.unwrap();
        rows.push(row);
    }
    assert_eq!(lock.rows_after(1, 1).await.unwrap(), rows[1..2]);
    lock.commit().await.unwrap();
    assert_eq!(store.rows(it, 0, 10).await.unwrap(), rows);
    assert_eq!(store.rows(it, 2, 10).await.unwrap(), rows[2..]);
    assert_eq!(store.rows(dossier(), 0, 10).await.unwrap(), []);
    let head = store.head(it).await.unwrap().unwrap();
    assert_eq!((head.position, head.chain, head.received_at), (3, rows[2].chain, 3));
}

async fn what_is_not_committed_is_not_there(place: Place) {
    let store = place.open().await;
    let it = dossier();
    append(&store, it).await;
    let before = store.head(it).await.unwrap();
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    let row = next(lock.head());
    lock.append(&[row]).await.unwrap();
    drop(lock);
    let lock = store.begin(it, Epoch(id())).await.unwrap();
    assert_eq!(Some(lock.head()), before);
    drop(lock);
    assert_eq!(store.rows(it, 0, 10).await.unwrap().len(), 1);
}

async fn rows_with_a_hole_or_a_clock_that_stands_still_are_refused(place: Place) {
    let store = place.open().await;
    let it = dossier();
    append(&store, it).await;
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    let hole = Row { position: 3, ..next(lock.head()) };
    assert!(matches!(lock.append(&[hole]).await, Err(StoreError::Order)));
    let late = Row { received_at: lock.head().received_at, ..next(lock.head()) };
    assert!(matches!(lock.append(&[late]).await, Err(StoreError::Order)));
}

async fn the_same_event_cannot_be_appended_twice(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let first = append(&store, it).await;
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    let again = Row { hash: first.hash, ..next(lock.head()) };
    assert!(lock.append(&[again]).await.is_err());
    drop(lock);
    assert_eq!(store.rows(it, 0, 10).await.unwrap(), [first]);
}

async fn fifty_writers_wait_for_each_other_and_leave_no_hole(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let mut writers = JoinSet::new();
    for _ in 0..50 {
        let store = store.clone();
        writers.spawn(async move {
            for _ in 0..4 {
                append(&store, it).await;
            }
        });
    }
    writers.join_all().await;
    let rows = store.rows(it, 0, 1000).await.unwrap();
    assert!(rows.iter().map(|row| row.position).eq(1..=200));
    assert!(rows.is_sorted_by(|a, b| a.received_at < b.received_at));
    assert_eq!(store.head(it).await.unwrap().unwrap().position, 200);
}

/// The early position is still open while a second writer comes and a reader reads.
async fn a_reader_never_passes_a_position_that_commits_late(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let mut early = store.begin(it, Epoch(id())).await.unwrap();
    let first = next(early.head());
    early.append(std::slice::from_ref(&first)).await.unwrap();
    let late = tokio::spawn({
        let store = store.clone();
        async move { append(&store, it).await }
    });
    for _ in 0..20 {
        tokio::task::yield_now().await;
        assert_eq!(store.rows(it, 0, 10).await.unwrap(), []);
    }
    assert!(!late.is_finished());
    early.commit().await.unwrap();
    let second = late.await.unwrap();
    assert_eq!(store.rows(it, 0, 10).await.unwrap(), [first, second]);
}

async fn dossiers_do_not_wait_for_each_others_readers(place: Place) {
    let store = place.open().await;
    let (held, other) = (dossier(), dossier());
    append(&store, other).await;
    let lock = store.begin(held, Epoch(id())).await.unwrap();
    assert_eq!(store.rows(other, 0, 10).await.unwrap().len(), 1);
    assert!(store.head(other).await.unwrap().is_some());
    drop(lock);
}

async fn hints_tell_of_each_commit(place: Place) {
    let store = place.open().await;
    let neighbour = place.url.starts_with("postgres").then_some(place.open().await);
    let mut hints = neighbour.as_ref().unwrap_or(&store).hints();
    let it = dossier();
    let mut undone = store.begin(it, Epoch(id())).await.unwrap();
    let row = next(undone.head());
    undone.append(&[row]).await.unwrap();
    drop(undone);
    append(&store, it).await;
    append(&store, it).await;
    for position in [1, 2] {
        let hint = hints.recv().await.unwrap();
        assert_eq!((hint.dossier, hint.position), (it, position));
    }
}

async fn quarantine_keeps_the_first_copy_until_somebody_decides(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let first = Quarantined {
        hash: EventHash(id()),
        sealed: id::<170>().to_vec(),
        body: Some(id::<20>().to_vec()),
        verdict: 4,
        code: 7,
        sender: KeyId(id()),
        received_at: 12,
    };
    let again = Quarantined { received_at: 99, code: 8, ..first.clone() };
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    lock.quarantine(&[first.clone(), again]).await.unwrap();
    lock.commit().await.unwrap();
    let kept = Quarantined { code: 8, ..first };
    assert_eq!(store.quarantined(it).await.unwrap(), std::slice::from_ref(&kept));
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    assert_eq!(lock.quarantined(kept.hash).await.unwrap(), Some(kept.clone()));
    lock.resolve_quarantine(kept.hash, 50).await.unwrap();
    assert_eq!(lock.quarantined(kept.hash).await.unwrap(), None);
    lock.commit().await.unwrap();
    assert_eq!(store.quarantined(it).await.unwrap(), []);
    assert_eq!(store.put_aside(it).await.unwrap(), [(kept.hash, 8)]);
}

async fn what_is_appended_leaves_the_quarantine(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    let row = next(lock.head());
    let aside = Quarantined {
        hash: row.hash,
        sealed: row.sealed.clone(),
        body: None,
        verdict: 5,
        code: 10,
        sender: KeyId(id()),
        received_at: 1,
    };
    lock.quarantine(std::slice::from_ref(&aside)).await.unwrap();
    lock.append(&[row]).await.unwrap();
    lock.commit().await.unwrap();
    assert_eq!(store.quarantined(it).await.unwrap(), []);
    let lock = store.begin(it, Epoch(id())).await.unwrap();
    assert!(lock.head().received_at > 0);
}

async fn unreadable_bytes_are_kept_within_an_allowance(place: Place) {
    let store = place.open().await;
    let sender = KeyId(id());
    for _ in 0..150 {
        store.keep_malformed(sender, &id::<9>(), 5).await.unwrap();
    }
    store.keep_malformed(KeyId(id()), b"?", 5).await.unwrap();
    let kept = place.folder.path().join("kept");
    store.backup(&kept).await.unwrap();
    let few = std::fs::metadata(&kept).unwrap().len();
    store.keep_malformed(sender, &[9; 5_000], 5).await.unwrap();
    store.backup(&kept).await.unwrap();
    assert_eq!(std::fs::metadata(&kept).unwrap().len(), few);
    store.keep_malformed(sender, &[9; 5_000], 100 * 24 * 3_600_000).await.unwrap();
    store.backup(&kept).await.unwrap();
    let after_ninety_days = std::fs::metadata(&kept).unwrap().len();
    assert!((5_000..few + 5_000 - 100 * 9).contains(&after_ninety_days));
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

async fn the_first_value_of_a_name_stands(place: Place) {
    let store = place.open().await;
    assert_eq!(store.meta("key", b"one").await.unwrap(), b"one");
    assert_eq!(store.meta("key", b"two").await.unwrap(), b"one");
    store.ping().await.unwrap();
}

async fn everything_survives_closing(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let row = append(&store, it).await;
    store.close().await;
    assert!(store.ping().await.is_err());
    let again = place.open().await;
    assert_eq!(again.rows(it, 0, 10).await.unwrap(), [row]);
}

async fn a_backup_restores_to_what_was_and_begins_a_new_history(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let noor = somebody(&store).await;
    let first = append(&store, it).await;
    let mut lock = store.begin(it, Epoch(id())).await.unwrap();
    lock.set_members(&[(noor.id, 1)]).await.unwrap();
    lock.commit().await.unwrap();
    let ticket = invite(&store, &noor).await;
    let then = store.head(it).await.unwrap().unwrap();
    let file = place.folder.path().join("backup");
    store.backup(&file).await.unwrap();

    append(&store, it).await;
    append(&store, dossier()).await;
    somebody(&store).await;
    store.restore(&file).await.unwrap();

    let now = store.head(it).await.unwrap().unwrap();
    assert_ne!(now.epoch, then.epoch);
    assert_eq!(now, Head { epoch: now.epoch, ..then });
    assert_eq!(store.rows(it, 0, 10).await.unwrap(), [first]);
    assert_eq!(store.heads_for(noor.id).await.unwrap(), [(it, now)]);
    assert_eq!(store.people().await.unwrap(), std::slice::from_ref(&noor));
    let joined = store.enrol(code(&ticket), &newcomer(), 5).await.unwrap();
    assert_eq!(joined, Enrolment::Joined(noor.id));

    let elsewhere = Place::new(Kind::Sqlite).await.unwrap();
    let moved = elsewhere.open().await;
    moved.restore(&file).await.unwrap();
    assert_eq!(moved.rows(it, 0, 10).await.unwrap(), store.rows(it, 0, 10).await.unwrap());
    assert_eq!(moved.people().await.unwrap(), [noor]);
}

async fn a_damaged_backup_changes_nothing(place: Place) {
    let store = place.open().await;
    let it = dossier();
    let file = place.folder.path().join("backup");
    append(&store, it).await;
    store.backup(&file).await.unwrap();
    append(&store, it).await;
    let whole = std::fs::read(&file).unwrap();
    let mut altered = whole.clone();
    altered[40] ^= 1;
    for damaged in [&whole[..20], &whole[..whole.len() - 1], &altered[..]] {
        std::fs::write(&file, damaged).unwrap();
        assert!(matches!(store.restore(&file).await, Err(StoreError::Backup(_))));
    }
    assert_eq!(store.rows(it, 0, 10).await.unwrap().len(), 2);
}
