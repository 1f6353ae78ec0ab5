//! The store in a real browser: what must hold when tabs race, disks fill and handles die.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use super::*;
use crate::device::keys::Signer;
use crate::device::stub::Stub;
use crate::device::{clock, wake::sleep};
use futures_util::future::join;
use indexed_db_futures::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const DOSSIER: DossierId = DossierId([7; 16]);
const OTHER: DossierId = DossierId([8; 16]);

/// A database that no other test has.
fn fresh() -> String {
    clock::uuid().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(number: u8) -> EventHash {
    EventHash([number; 32])
}

fn is_empty(loaded: &Loaded) -> bool {
    loaded.tip.is_none()
        && loaded.rows.is_empty()
        && loaded.outbox.is_empty()
        && loaded.refused.is_empty()
}

/// No more than a new tip.
fn nothing(dossier: DossierId, expected: Option<&[u8]>, tip: &[u8]) -> Changes {
    Changes {
        dossier,
        expected: expected.map(<[u8]>::to_vec),
        tip: tip.to_vec(),
        clear_rows: false,
        rows: Vec::new(),
        outbox_put: Vec::new(),
        outbox_delete: Vec::new(),
        refused_put: Vec::new(),
        refused_delete: Vec::new(),
        digest: None,
    }
}

/// The first tip, one row and one event to send.
fn first() -> Changes {
    Changes {
        rows: vec![(1, b"row 1".to_vec())],
        outbox_put: vec![(hash(1), b"event 1".to_vec())],
        ..nothing(DOSSIER, None, b"tip 1")
    }
}

fn next(expected: &str, tip: &str) -> Changes {
    nothing(DOSSIER, Some(expected.as_bytes()), tip.as_bytes())
}

/// Opens a database behind the store's back.
async fn raw(account: &str) -> Database {
    Database::open(format!("dubbelspoor-{account}")).await.unwrap()
}

#[wasm_bindgen_test]
async fn what_is_applied_is_loaded() {
    let store = Store::of(&fresh());
    store.put_draft("entry", "half a sentence").await.unwrap();
    let mut changes = first();
    changes.refused_put = vec![(hash(9), b"refused".to_vec())];
    assert_eq!(store.apply(&[changes], Some("entry")).await, Ok(Applied::Done));

    let loaded = store.load(DOSSIER).await.unwrap();
    assert_eq!(loaded.tip.as_deref(), Some(b"tip 1".as_slice()));
    assert_eq!(loaded.rows, [(1, b"row 1".to_vec())]);
    assert_eq!(loaded.outbox, [(hash(1), b"event 1".to_vec())]);
    assert_eq!(loaded.refused, [(hash(9), b"refused".to_vec())]);
    assert_eq!(store.dossiers().await.unwrap(), [DOSSIER]);
    assert_eq!(store.drafts().await.unwrap(), Vec::<String>::new());
    assert!(is_empty(&store.load(OTHER).await.unwrap()));
}

#[wasm_bindgen_test]
async fn everything_goes_along_in_an_export() {
    let store = Store::of(&fresh());
    store.put_draft("entry", "a \"quoted\" word").await.unwrap();
    let changes = Changes {
        rows: vec![(1, b"row".to_vec())],
        outbox_put: vec![(hash(1), b"event".to_vec())],
        refused_put: vec![(hash(9), vec![0, 255])],
        ..nothing(DOSSIER, None, b"tip")
    };
    store.apply(&[changes], None).await.unwrap();
    let (one, nine) = ("01".repeat(32), "09".repeat(32));
    let expected = format!(
        r#"{{"format":"dubbelspoor-export-1","dossiers":[["{DOSSIER}",{{"tip":"746970","#
    ) + &format!(r#""rows":[[1,"726f77"]],"outbox":[["{one}","6576656e74"]],"#)
        + &format!(
            r#""refused":[["{nine}","00ff"]]}}]],"drafts":[["entry","a \"quoted\" word"]],"photos":[]}}"#
        );
    assert_eq!(store.everything().await.unwrap(), expected);
}

#[wasm_bindgen_test]
async fn a_digest_is_kept_with_the_tip_that_it_is_of() {
    let store = Store::of(&fresh());
    let digest = Some(b"digest 1".to_vec());
    let other = nothing(OTHER, None, b"tip of the other");
    let both = [Changes { digest: digest.clone(), ..first() }, other];
    assert_eq!(store.apply(&both, None).await, Ok(Applied::Done));
    let other = (OTHER, b"tip of the other".to_vec(), None);
    let here = (DOSSIER, b"tip 1".to_vec(), digest.clone());
    assert_eq!(store.digests().await.unwrap(), [here, other.clone()]);

    // Who keeps none leaves the old one beside a tip that it is not of.
    store.apply(&[next("tip 1", "tip 2")], None).await.unwrap();
    let here = (DOSSIER, b"tip 2".to_vec(), digest);
    assert_eq!(store.digests().await.unwrap(), [here.clone(), other.clone()]);

    let late = Changes { digest: Some(b"late".to_vec()), ..next("tip 1", "tip 1") };
    assert_eq!(store.apply(&[late], None).await, Ok(Applied::Moved));
    assert_eq!(store.digests().await.unwrap(), [here, other]);
}

#[wasm_bindgen_test]
async fn delivering_moves_an_event_out_of_the_outbox() {
    let store = Store::of(&fresh());
    store.apply(&[first()], None).await.unwrap();
    let mut changes = next("tip 1", "tip 2");
    changes.clear_rows = true;
    changes.rows = vec![(2, b"row 2".to_vec())];
    changes.outbox_delete = vec![hash(1)];
    assert_eq!(store.apply(&[changes], None).await, Ok(Applied::Done));
    let loaded = store.load(DOSSIER).await.unwrap();
    assert_eq!(loaded.rows, [(2, b"row 2".to_vec())]);
    assert!(loaded.outbox.is_empty());
}

#[wasm_bindgen_test]
async fn the_second_of_two_writers_is_refused_whole() {
    let account = fresh();
    let (one, two) = (Store::of(&account), Store::of(&account));
    one.apply(&[first()], None).await.unwrap();
    two.put_draft("entry", "still needed").await.unwrap();
    assert_eq!(one.apply(&[next("tip 1", "tip 2")], None).await, Ok(Applied::Done));

    let mut late = next("tip 1", "tip 2b");
    late.rows = vec![(2, b"late".to_vec())];
    late.outbox_put = vec![(hash(2), b"late".to_vec())];
    // A dossier of its own in the same stroke: nothing of it may stay either.
    let other = nothing(OTHER, None, b"other");
    assert_eq!(two.apply(&[other, late], Some("entry")).await, Ok(Applied::Moved));

    let loaded = two.load(DOSSIER).await.unwrap();
    assert_eq!(loaded.tip.as_deref(), Some(b"tip 2".as_slice()));
    assert_eq!((loaded.rows.len(), loaded.outbox.len()), (1, 1));
    assert!(is_empty(&two.load(OTHER).await.unwrap()));
    assert_eq!(two.draft("entry").await.unwrap().as_deref(), Some("still needed"));
}

#[wasm_bindgen_test]
async fn two_tabs_that_race_make_one_chain() {
    let account = fresh();
    Store::of(&account).apply(&[first()], None).await.unwrap();
    let tab = async |name: u8| {
        let store = Store::of(&account);
        for round in 0..10_u8 {
            loop {
                let loaded = store.load(DOSSIER).await.unwrap();
                let last = loaded.rows.last().unwrap().0;
                let mut tip = loaded.tip.clone().unwrap();
                tip.push(name);
                let changes = Changes {
                    rows: vec![(last + 1, vec![name, round])],
                    ..nothing(DOSSIER, loaded.tip.as_deref(), &tip)
                };
                if store.apply(&[changes], None).await.unwrap() == Applied::Done {
                    break;
                }
            }
        }
    };
    join(tab(1), tab(2)).await;

    let loaded = Store::of(&account).load(DOSSIER).await.unwrap();
    let positions: Vec<u64> = loaded.rows.iter().map(|(position, _)| *position).collect();
    assert_eq!(positions, (1..=21).collect::<Vec<u64>>());
    assert_eq!(loaded.tip.unwrap().len(), b"tip 1".len() + 20);
    for name in [1, 2] {
        let own =
            loaded.rows.iter().filter(|(_, row)| row.first() == Some(&name) && row.len() == 2);
        assert!(own.map(|(_, row)| row[1]).eq(0..10));
    }
}

#[wasm_bindgen_test]
async fn rows_come_in_the_order_of_their_positions() {
    let store = Store::of(&fresh());
    let mut changes = first();
    changes.rows = [300, 2, 10, 256, 1].iter().map(|&at: &u64| (at, vec![1])).collect();
    let neighbour = Changes { dossier: OTHER, rows: vec![(5, vec![2])], ..first() };
    store.apply(&[changes, neighbour], None).await.unwrap();
    let rows = store.load(DOSSIER).await.unwrap().rows;
    assert!(rows.iter().map(|(position, _)| *position).eq([1, 2, 10, 256, 300]));
}

#[wasm_bindgen_test]
async fn a_failing_write_rolls_everything_back() {
    let store = Store::of(&fresh());
    store.apply(&[first()], None).await.unwrap();
    let mut changes = next("tip 1", "tip 2");
    changes.rows = vec![(2, vec![0])];
    changes.outbox_put = vec![(hash(2), vec![0])];
    let refused = Stub::method(
        "IDBObjectStore",
        "put",
        "if (this.name === 'outbox') throw new DOMException('broken', 'DataError');
         return was.apply(this, a)",
    );
    assert!(matches!(store.apply(&[changes], None).await, Err(Fault::Retry(_))));
    drop(refused);
    let loaded = store.load(DOSSIER).await.unwrap();
    assert_eq!(loaded.tip.as_deref(), Some(b"tip 1".as_slice()));
    assert_eq!((loaded.rows.len(), loaded.outbox.len()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_record_that_is_not_bytes_does_not_blank_the_list() {
    let account = fresh();
    let store = Store::of(&account);
    let mut changes = first();
    changes.rows = vec![(1, vec![1]), (3, vec![3])];
    store.apply(&[changes], None).await.unwrap();
    let database = raw(&account).await;
    let transaction = writing(&database, &["rows", "heads"]).unwrap();
    put_in(&transaction, "rows", compound(DOSSIER, number(2)), "no bytes".into()).unwrap();
    put_in(&transaction, "rows", compound(DOSSIER, "no number".into()), to_js(b"x")).unwrap();
    put_in(&transaction, "heads", "no dossier".into(), to_js(b"x")).unwrap();
    kept(transaction).await.unwrap();
    assert_eq!(store.load(DOSSIER).await.unwrap().rows, [(1, vec![1]), (3, vec![3])]);
    assert_eq!(store.dossiers().await.unwrap(), [DOSSIER]);
}

#[wasm_bindgen_test]
async fn a_missing_store_is_added_and_the_rest_stays() {
    let account = fresh();
    let old = Database::open(format!("dubbelspoor-{account}"))
        .with_version(4_u8)
        .with_on_upgrade_needed(|_, database| {
            for name in ["heads", "rows", "of_a_newer_app"] {
                database.create_object_store(name).build()?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let transaction = writing(&old, &["heads"]).unwrap();
    put_in(&transaction, "heads", to_js(&DOSSIER.0), to_js(b"kept")).unwrap();
    kept(transaction).await.unwrap();
    old.close();

    let store = Store::of(&account);
    assert_eq!(store.load(DOSSIER).await.unwrap().tip.as_deref(), Some(b"kept".as_slice()));
    assert_eq!(store.apply(&[next("kept", "tip 2")], None).await, Ok(Applied::Done));
    let database = raw(&account).await;
    assert!(database.object_store_names().any(|name| name == "of_a_newer_app"));
}

#[wasm_bindgen_test]
async fn an_upgrade_elsewhere_closes_this_tab_and_it_comes_back() {
    let account = fresh();
    let store = Store::of(&account);
    store.apply(&[first()], None).await.unwrap();
    // Would wait for ever if the store kept its handle.
    let upgraded = Database::open(format!("dubbelspoor-{account}"))
        .with_version(9_u8)
        .with_on_upgrade_needed(|_, _| Ok(()))
        .await
        .unwrap();
    upgraded.close();
    assert_eq!(store.apply(&[next("tip 1", "tip 2")], None).await, Ok(Applied::Done));
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_told_of_and_waited_for() {
    let account = fresh();
    let stubborn = Database::open(format!("dubbelspoor-{account}"))
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, _| Ok(()))
        .await
        .unwrap();
    let (second, third) = (Store::of(&account), Store::of(&account));
    let started = clock::now_ms();
    let ask = |store: Store| async move { store.dossiers().await };
    let (two, three) = join(ask(second.clone()), ask(third.clone())).await;
    assert!(matches!(two, Err(Fault::CloseTabs(_))), "{two:?}");
    assert!(matches!(three, Err(Fault::CloseTabs(_))), "{three:?}");
    assert!(clock::now_ms() - started >= 2_900, "before its time");
    stubborn.close();
    // Both had kept their place in the queue.
    assert_eq!(second.apply(&[first()], None).await, Ok(Applied::Done));
    assert_eq!(third.dossiers().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn a_dead_handle_is_replaced_once() {
    let store = Store::of(&fresh());
    store.apply(&[first()], None).await.unwrap();
    let dead = Stub::method(
        "IDBDatabase",
        "transaction",
        "if (!globalThis.died) { globalThis.died = true;
           throw new DOMException('The database connection is closing.', 'InvalidStateError') }
         return was.apply(this, a)",
    );
    assert_eq!(store.apply(&[next("tip 1", "tip 2")], None).await, Ok(Applied::Done));
    drop(dead);
    let dead = Stub::method(
        "IDBDatabase",
        "transaction",
        "throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')",
    );
    let fault = store.apply(&[next("tip 2", "tip 3")], None).await;
    drop(dead);
    assert!(matches!(fault, Err(Fault::Reopen(_))), "{fault:?}");
    assert_eq!(store.apply(&[next("tip 2", "tip 3")], None).await, Ok(Applied::Done));
}

#[wasm_bindgen_test]
async fn on_a_full_device_text_takes_the_place_of_the_ballast() {
    let account = fresh();
    let store = Store::of(&account);
    store.apply(&[first()], None).await.unwrap();
    store.reserve().await.unwrap();
    assert!(store.meta(BALLAST).await.unwrap().is_some_and(|it| it.len() > 2_000_000));
    let full = Stub::method(
        "IDBObjectStore",
        "put",
        "if (!globalThis.freed) throw new DOMException('full', 'QuotaExceededError');
         return was.apply(this, a)",
    );
    let freed = Stub::method(
        "IDBObjectStore",
        "delete",
        "globalThis.freed = this.name === 'meta'; return was.apply(this, a)",
    );
    assert_eq!(store.apply(&[next("tip 1", "tip 2")], None).await, Ok(Applied::Done));
    assert_eq!(store.meta(BALLAST).await, Ok(None));
    drop((full, freed));

    let full = Stub::method(
        "IDBObjectStore",
        "put",
        "throw new DOMException('full', 'QuotaExceededError')",
    );
    let fault = store.put_draft("entry", "text").await;
    drop(full);
    assert!(matches!(fault, Err(Fault::FreeSpace(_))), "{fault:?}");
}

#[wasm_bindgen_test]
async fn the_key_survives_reopening_and_its_secret_stays_inside() {
    let account = fresh();
    let mut made = Signer::create().await.unwrap();
    assert!(!made.is_kept());
    made.keep(&Store::of(&account), "device").await.unwrap();
    let again = Signer::load(&Store::of(&account), "device").await.unwrap().unwrap();
    assert!(made.is_kept() && again.is_kept());
    assert_eq!(again.public_key(), made.public_key());
    assert!(Signer::load(&Store::of(&account), "other").await.unwrap().is_none());
    assert!(again.reveal().await.is_err());
}

#[wasm_bindgen_test]
async fn a_browser_that_keeps_no_keys_still_signs() {
    let store = Store::of(&fresh());
    let refuses = Stub::method(
        "IDBObjectStore",
        "put",
        "if (this.name === 'keys') throw new DOMException('no', 'DataCloneError');
         return was.apply(this, a)",
    );
    let mut signer = Signer::create().await.unwrap();
    let fault = signer.keep(&store, "device").await;
    drop(refuses);
    assert!(matches!(fault, Err(Fault::NoKeyHere(_))), "{fault:?}");
    assert!(!signer.is_kept());
    assert!(signer.sign(b"online only").await.is_ok());

    // Kept, but given back empty.
    store.put_key("device", &js_sys::Object::new().into()).await.unwrap();
    assert!(Signer::load(&store, "device").await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_dossier_of_years_opens_fast() {
    let store = Store::of(&fresh());
    let mut changes = first();
    changes.rows = (1..=20_000).map(|position| (position, vec![1; 400])).collect();
    store.apply(&[changes], None).await.unwrap();
    let started = clock::now_ms();
    let rows = store.load(DOSSIER).await.unwrap().rows;
    assert!(rows.iter().map(|(position, _)| *position).eq(1..=20_000));
    note(&format!("20,000 rows in {} ms", clock::now_ms() - started));
    // Far from a measurement: it catches a cursor, a trip per row.
    assert!(clock::now_ms() - started < 20_000);
    sleep(0).await;
}
