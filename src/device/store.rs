//! What this device keeps, per account. Signed bytes under (dossier, position) or (dossier, hash): a new
//! kind of record needs no change here.

mod database;
mod export;
mod photos;
mod records;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use super::{Fault, clock, note};
use database::{Handle, fault, kept, writing};
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::sync::{Changes, Loaded, Opening, Replica};
use indexed_db_futures::database::Database;
use indexed_db_futures::transaction::Transaction;
use records::{
    ALL, Listing, after, compound, delete, delete_in, everything, get, id, number, put, put_in,
    reading, second, to_bytes, to_js, under,
};
use wasm_bindgen::JsValue;

/// How applying ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Applied {
    /// The disk has everything.
    Done,
    /// Another tab wrote first. Nothing was written: load again and decide anew.
    Moved,
}

/// A dossier, its tip, and the digest beside it.
pub(crate) type Shelved = (DossierId, Vec<u8>, Option<Vec<u8>>);

/// How many rows are read in one task.
const PAGE: u32 = 256;

/// Room held back, so that text still fits when the device is full.
const BALLAST: &str = "ballast";
const BALLAST_BYTES: u32 = 2 * 1024 * 1024;

/// One account's storage on this device.
#[derive(Clone)]
pub(crate) struct Store {
    handle: Handle,
}

impl Store {
    /// Names the database; it opens at first use.
    pub(crate) fn of(account: &str) -> Store {
        Store { handle: Handle::new(&format!("dubbelspoor-{account}")) }
    }

    /// Writes all changes in one transaction, unless some dossier's tip is no longer the expected one.
    /// With `clear_draft`, the draft that became an event goes in the same stroke.
    pub(crate) async fn apply(
        &self,
        changes: &[Changes],
        clear_draft: Option<&str>,
    ) -> Result<Applied, Fault> {
        self.with_ballast(async |database| {
            let stores = ["heads", "digests", "rows", "outbox", "refused", "drafts"];
            let transaction = writing(database, &stores)?;
            for change in changes {
                let head = get(&transaction, "heads", to_js(&change.dossier.0)).await?;
                if head.and_then(to_bytes) != change.expected {
                    return Ok(Applied::Moved);
                }
                write(&transaction, change)?;
            }
            if let Some(draft) = clear_draft {
                delete_in(&transaction, "drafts", JsValue::from(draft))?;
            }
            kept(transaction).await?;
            Ok(Applied::Done)
        })
        .await
    }

    /// Every dossier that this device holds.
    pub(crate) async fn dossiers(&self) -> Result<Vec<DossierId>, Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &["heads"])?;
                let heads = transaction.object_store("heads").map_err(fault)?;
                let (heads, _) = Listing::ask(&heads, everything(), ALL)?.read(id).await?;
                Ok(heads.into_iter().map(|(dossier, _)| DossierId(dossier)).collect())
            })
            .await
    }

    /// Every dossier that this device holds, its tip, and the digest that was kept beside it.
    pub(crate) async fn digests(&self) -> Result<Vec<Shelved>, Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &["heads", "digests"])?;
                let ask = |store| {
                    let store = transaction.object_store(store).map_err(fault)?;
                    Listing::ask(&store, everything(), ALL)
                };
                let (heads, digests) = (ask("heads")?, ask("digests")?);
                let (heads, _) = heads.read(id).await?;
                let (digests, _) = digests.read(id::<16>).await?;
                // Both come in the order of their keys.
                let mut digests = digests.into_iter().peekable();
                let beside = |(dossier, tip)| {
                    while digests.next_if(|(it, _)| *it < dossier).is_some() {}
                    let digest = digests.next_if(|(it, _)| *it == dossier);
                    (DossierId(dossier), tip, digest.map(|(_, digest)| digest))
                };
                Ok(heads.into_iter().map(beside).collect())
            })
            .await
    }

    /// Everything of one dossier, as of one moment.
    pub(crate) async fn load(&self, dossier: DossierId) -> Result<Loaded, Fault> {
        Ok(self.read(dossier, None).await?.1)
    }

    /// As [`Store::load`], but the rows go into a replica as they come, each page in a task of its own.
    pub(crate) async fn open(
        &self,
        dossier: DossierId,
        begin: &dyn Fn() -> Opening,
    ) -> Result<Replica, Fault> {
        let (opened, rest) = self.read(dossier, Some(begin)).await?;
        Ok(opened.unwrap_or_else(begin).finish(rest))
    }

    async fn read(
        &self,
        dossier: DossierId,
        begin: Option<&dyn Fn() -> Opening>,
    ) -> Result<(Option<Opening>, Loaded), Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &["heads", "rows", "outbox", "refused"])?;
                let ask = |store, range, most| {
                    Listing::ask(&transaction.object_store(store).map_err(fault)?, range, most)
                };
                // All are asked before the first is awaited: one trip instead of four.
                let mut page = ask("rows", under(dossier), PAGE)?;
                let outbox = ask("outbox", under(dossier), ALL)?;
                let refused = ask("refused", under(dossier), ALL)?;
                let tip = get(&transaction, "heads", to_js(&dossier.0)).await?;
                let mut loaded = Loaded {
                    tip: tip.and_then(to_bytes),
                    rows: Vec::new(),
                    outbox: outbox.read(|key| id(second(key)).map(EventHash)).await?.0,
                    refused: refused.read(|key| id(second(key)).map(EventHash)).await?.0,
                };
                // Begun anew for each try.
                let mut opening = begin.map(|begin| begin());
                loop {
                    let position = |key| second(key).as_f64().map(clock::as_ms);
                    let (rows, last) = page.read(position).await?;
                    match &mut opening {
                        Some(it) => it.read(&rows),
                        None => loaded.rows.extend(rows),
                    }
                    let Some(last) = last else { return Ok((opening, loaded)) };
                    page = ask("rows", after(last, dossier), PAGE)?;
                }
            })
            .await
    }

    /// Keeps what somebody is typing.
    pub(crate) async fn put_draft(&self, name: &str, text: &str) -> Result<(), Fault> {
        let text = JsValue::from(text);
        self.with_ballast(async |database| put(database, "drafts", name, &text).await).await
    }

    /// What was being typed, if anything.
    pub(crate) async fn draft(&self, name: &str) -> Result<Option<String>, Fault> {
        let value = self.value("drafts", name).await?;
        Ok(value.and_then(|value| value.as_string()))
    }

    /// Forgets a draft.
    pub(crate) async fn delete_draft(&self, name: &str) -> Result<(), Fault> {
        self.handle.run(async |database| delete(database, "drafts", name).await).await
    }

    /// The names of all drafts.
    pub(crate) async fn drafts(&self) -> Result<Vec<String>, Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &["drafts"])?;
                let drafts = transaction.object_store("drafts").map_err(fault)?;
                records::names(&drafts).await
            })
            .await
    }

    /// Keeps something of the installation itself.
    pub(crate) async fn put_meta(&self, name: &str, value: &[u8]) -> Result<(), Fault> {
        let value = to_js(value);
        self.with_ballast(async |database| put(database, "meta", name, &value).await).await
    }

    /// What [`Store::put_meta`] kept.
    pub(crate) async fn meta(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.value("meta", name).await?.and_then(to_bytes))
    }

    /// Replaces such a value, or takes it away, if it is as expected; tells whether it was.
    pub(super) async fn swap_meta(
        &self,
        name: &str,
        is_expected: impl Fn(Option<&[u8]>) -> bool,
        value: Option<&[u8]>,
    ) -> Result<bool, Fault> {
        self.handle
            .run(async |database| {
                let transaction = writing(database, &["meta"])?;
                let known = get(&transaction, "meta", JsValue::from(name)).await?;
                if !is_expected(known.and_then(to_bytes).as_deref()) {
                    return Ok(false);
                }
                match value {
                    Some(value) => put_in(&transaction, "meta", name.into(), to_js(value))?,
                    None => delete_in(&transaction, "meta", JsValue::from(name))?,
                }
                kept(transaction).await?;
                Ok(true)
            })
            .await
    }

    /// Keeps a key pair. The browser clones the handle; the secret itself never passes through here.
    pub(super) async fn put_key(&self, name: &str, pair: &JsValue) -> Result<(), Fault> {
        self.handle.run(async |database| put(database, "keys", name, pair).await).await
    }

    /// What [`Store::put_key`] kept.
    pub(super) async fn key(&self, name: &str) -> Result<Option<JsValue>, Fault> {
        self.value("keys", name).await
    }

    /// Forgets a key pair.
    pub(crate) async fn delete_key(&self, name: &str) -> Result<(), Fault> {
        self.handle.run(async |database| delete(database, "keys", name).await).await
    }

    /// Holds two megabytes back for the day that the device is full. Ask after the first save.
    pub(crate) async fn reserve(&self) -> Result<(), Fault> {
        if self.value("meta", BALLAST).await?.is_some() {
            return Ok(());
        }
        let ballast = records::incompressible(BALLAST_BYTES)?;
        self.handle.run(async |database| put(database, "meta", BALLAST, &ballast).await).await
    }

    /// Runs a write, and once more without the ballast if there was no room.
    async fn with_ballast<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        match self.handle.run(&work).await {
            Err(Fault::FreeSpace(detail)) => {
                note(&detail);
                self.handle.run(async |database| delete(database, "meta", BALLAST).await).await?;
                self.handle.run(&work).await
            }
            other => other,
        }
    }

    async fn value(&self, store: &str, name: &str) -> Result<Option<JsValue>, Fault> {
        self.handle
            .run(async |database| {
                get(&reading(database, &[store])?, store, JsValue::from(name)).await
            })
            .await
    }
}

fn write(transaction: &Transaction<'_>, change: &Changes) -> Result<(), Fault> {
    let dossier = change.dossier;
    put_in(transaction, "heads", to_js(&dossier.0), to_js(&change.tip))?;
    if let Some(digest) = &change.digest {
        put_in(transaction, "digests", to_js(&dossier.0), to_js(digest))?;
    }
    if change.clear_rows {
        delete_in(transaction, "rows", under(dossier))?;
    }
    for (position, row) in &change.rows {
        put_in(transaction, "rows", compound(dossier, number(*position)), to_js(row))?;
    }
    for (store, put, delete) in [
        ("outbox", &change.outbox_put, &change.outbox_delete),
        ("refused", &change.refused_put, &change.refused_delete),
    ] {
        for hash in delete {
            delete_in(transaction, store, compound(dossier, to_js(&hash.0)))?;
        }
        for (hash, event) in put {
            put_in(transaction, store, compound(dossier, to_js(&hash.0)), to_js(event))?;
        }
    }
    Ok(())
}
