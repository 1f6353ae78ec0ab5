//! Single records inside one transaction: binary keys and bytes, in and out of JavaScript.

use super::database::{fault, kept, writing};
use crate::device::{Fault, note, window};
use dubbelspoor_domain::id::DossierId;
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::future::GetAllPrimitiveRequest;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use indexed_db_futures::typed_array::Uint8Array as Bytes;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

pub(super) fn reading<'a>(
    database: &'a Database,
    stores: &[&str],
) -> Result<Transaction<'a>, Fault> {
    database.transaction(stores).build().map_err(fault)
}

/// One record in a transaction of its own.
pub(super) async fn put(
    database: &Database,
    store: &str,
    key: &str,
    value: &JsValue,
) -> Result<(), Fault> {
    let transaction = writing(database, &[store])?;
    put_in(&transaction, store, key.into(), value.clone())?;
    kept(transaction).await
}

pub(super) async fn delete(database: &Database, store: &str, key: &str) -> Result<(), Fault> {
    let transaction = writing(database, &[store])?;
    delete_in(&transaction, store, JsValue::from(key))?;
    kept(transaction).await
}

/// Asks without waiting: the end of the transaction tells.
pub(super) fn put_in(
    transaction: &Transaction<'_>,
    store: &str,
    key: JsValue,
    value: JsValue,
) -> Result<(), Fault> {
    let store = transaction.object_store(store).map_err(fault)?;
    store.put(value).with_key(key).without_key_type().primitive().map(drop).map_err(fault)
}

/// As [`put_in`], for one key or a range of them.
pub(super) fn delete_in(
    transaction: &Transaction<'_>,
    store: &str,
    keys: impl Into<KeyRange<JsValue>>,
) -> Result<(), Fault> {
    let store = transaction.object_store(store).map_err(fault)?;
    store.delete(keys).primitive().map(drop).map_err(fault)
}

pub(super) async fn get(
    transaction: &Transaction<'_>,
    store: &str,
    key: JsValue,
) -> Result<Option<JsValue>, Fault> {
    let store = transaction.object_store(store).map_err(fault)?;
    store.get::<JsValue, _, _>(key).primitive().map_err(fault)?.await.map_err(fault)
}

pub(super) async fn names(store: &ObjectStore<'_>) -> Result<Vec<String>, Fault> {
    let names = store.get_all_keys::<String>().await.map_err(fault)?;
    Ok(names.filter_map(Result::ok).collect())
}

/// However many there are.
pub(super) const ALL: u32 = u32::MAX;

/// The records of a store or of a range of keys, already asked for.
pub(super) struct Listing {
    store: String,
    most: u32,
    keys: GetAllPrimitiveRequest<JsValue>,
    values: GetAllPrimitiveRequest<Bytes>,
}

impl Listing {
    /// Asks for at most so many, the first by their keys.
    pub(super) fn ask(
        store: &ObjectStore<'_>,
        range: KeyRange<JsValue>,
        most: u32,
    ) -> Result<Listing, Fault> {
        let keys = store.get_all_keys().with_query::<JsValue, _>(range.clone()).with_limit(most);
        let values = store.get_all().with_query::<JsValue, _>(range).with_limit(most);
        Ok(Listing {
            store: store.name(),
            most,
            keys: keys.primitive().map_err(fault)?,
            values: values.primitive().map_err(fault)?,
        })
    }

    /// The records in the order of their keys, and the last key when there may be more. A record that is not
    /// what it should be is left where it is and left out here: it must not take the others with it.
    pub(super) async fn read<K>(
        self,
        key: impl Fn(JsValue) -> Option<K>,
    ) -> Result<(Vec<(K, Vec<u8>)>, Option<JsValue>), Fault> {
        let keys = self.keys.await.map_err(fault)?;
        let values = self.values.await.map_err(fault)?;
        let is_full = keys.len() >= self.most as usize;
        let mut last = None;
        let mut records = Vec::with_capacity(keys.len());
        for (name, value) in keys.zip(values) {
            if let (true, Ok(name)) = (is_full, &name) {
                last = Some(name.clone());
            }
            let (Ok(name), Ok(value)) = (name, value) else {
                note(&format!("a damaged record in {}", self.store));
                continue;
            };
            if let Some(name) = key(name) {
                records.push((name, value.into()));
            }
        }
        Ok((records, last))
    }
}

pub(super) fn to_js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

pub(super) fn to_bytes(value: JsValue) -> Option<Vec<u8>> {
    value.dyn_into::<Uint8Array>().ok().map(|array| array.to_vec())
}

/// A binary key comes back as an `ArrayBuffer`, whatever it went in as.
pub(super) fn id<const N: usize>(key: JsValue) -> Option<[u8; N]> {
    Uint8Array::new(&key).to_vec().try_into().ok()
}

/// The second part of a compound key.
pub(super) fn second(key: JsValue) -> JsValue {
    key.dyn_into::<Array>().map_or(JsValue::UNDEFINED, |parts| parts.get(1))
}

pub(super) fn compound(dossier: DossierId, rest: JsValue) -> JsValue {
    Array::of2(&to_js(&dossier.0), &rest).into()
}

/// Every key there is: dates, strings and numbers sort before arrays, binary keys just before them.
pub(super) fn everything() -> KeyRange<JsValue> {
    KeyRange::LowerBound(f64::NEG_INFINITY.into(), false)
}

/// All compound keys of one dossier; in the order of IndexedDB an array is behind any number or bytes.
pub(super) fn under(dossier: DossierId) -> KeyRange<JsValue> {
    let end = compound(dossier, Array::new().into());
    KeyRange::Bound(Array::of1(&to_js(&dossier.0)).into(), false, end, true)
}

/// The compound keys of one dossier behind one of them.
pub(super) fn after(key: JsValue, dossier: DossierId) -> KeyRange<JsValue> {
    KeyRange::Bound(key, true, compound(dossier, Array::new().into()), true)
}

/// Positions count from 1 and stay far below 2^53, where this conversion would begin to round.
pub(super) fn number(position: u64) -> JsValue {
    JsValue::from_f64(position as f64)
}

/// Random bytes: the browser compresses others away.
pub(super) fn incompressible(length: u32) -> Result<JsValue, Fault> {
    // The most that one call gives.
    const PIECE: u32 = 65_536;
    let crypto = window()?.crypto()?;
    let bytes = Uint8Array::new_with_length(length);
    for start in (0..length).step_by(PIECE as usize) {
        let piece = bytes.subarray(start, length.min(start + PIECE));
        crypto.get_random_values_with_js_u8_array(&piece)?;
    }
    Ok(bytes.into())
}
