//! What the store promises about dossiers, the same on SQLite and on PostgreSQL.

use crate::on_both_databases;
use crate::support::place::{Kind, Place};
use crate::support::rows::{append, code, dossier, id, invite, newcomer, next, somebody};
use dubbelspoor_domain::id::{Chain, Epoch, EventHash, KeyId};
use dubbelspoor_server::store::{Enrolment, Head, Quarantined, Row, StoreError};
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
    the_first_value_of_a_name_stands
    everything_survives_closing
    a_backup_restores_to_what_was_and_begins_a_new_history
    a_damaged_backup_changes_nothing
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
