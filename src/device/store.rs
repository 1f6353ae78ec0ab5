//! What this device keeps, per account. Signed bytes under (dossier, position) or (dossier, hash): a new
//! kind of record needs no change here.

mod database;
mod records;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use super::{Fault, clock, note};
use database::{Handle, fault, kept, writing};
use indexed_db_futures::database::Database;
use indexed_db_futures::transaction::Transaction;
use records::{
    Listing, after, compound, delete, delete_in, everything, get, id, number, put, put_in, reading,
    second, to_bytes, to_js, under,
};
use wasm_bindgen::JsValue;

/// What one action changes in one dossier; all of it or nothing.
#[derive(Clone, Default, Debug)]
pub(crate) struct Changes {
    pub(crate) dossier: [u8; 16],
    pub(crate) expected_head: Option<Vec<u8>>,
    pub(crate) head: Vec<u8>,
    pub(crate) clear_rows: bool,
    pub(crate) rows: Vec<(u64, Vec<u8>)>,
    pub(crate) outbox_put: Vec<([u8; 32], Vec<u8>)>,
    pub(crate) outbox_delete: Vec<[u8; 32]>,
    pub(crate) refused_put: Vec<([u8; 32], Vec<u8>)>,
    pub(crate) refused_delete: Vec<[u8; 32]>,
}

/// How applying ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Applied {
    /// The disk has everything.
    Done,
    /// Another tab wrote first. Nothing was written: load again and decide anew.
    Moved,
}

/// One dossier as this device has it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Loaded {
    pub(crate) head: Option<Vec<u8>>,
    /// In the order of their positions.
    pub(crate) rows: Vec<(u64, Vec<u8>)>,
    pub(crate) outbox: Vec<([u8; 32], Vec<u8>)>,
    pub(crate) refused: Vec<([u8; 32], Vec<u8>)>,
}

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

    /// Writes all changes in one transaction, unless some dossier's head is no longer the expected one.
    /// With `clear_draft`, the draft that became an event goes in the same stroke.
    pub(crate) async fn apply(
        &self,
        changes: &[Changes],
        clear_draft: Option<&str>,
    ) -> Result<Applied, Fault> {
        self.with_ballast(async |database| {
            let stores = ["heads", "rows", "outbox", "refused", "drafts"];
            let transaction = writing(database, &stores)?;
            for change in changes {
                let head = get(&transaction, "heads", to_js(&change.dossier)).await?;
                if head.and_then(to_bytes) != change.expected_head {
                    return Ok(Applied::Moved);
                }
                change.write(&transaction)?;
            }
            if let Some(draft) = clear_draft {
                delete_in(&transaction, "drafts", JsValue::from(draft))?;
            }
            kept(transaction).await?;
            Ok(Applied::Done)
        })
        .await
    }

    /// Every dossier that this device holds, with its head.
    pub(crate) async fn dossiers(&self) -> Result<Vec<([u8; 16], Vec<u8>)>, Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &["heads"])?;
                let heads = transaction.object_store("heads").map_err(fault)?;
                Listing::ask(&heads, everything())?.read(id).await
            })
            .await
    }

    /// Everything of one dossier, as of one moment.
    pub(crate) async fn load(&self, dossier: [u8; 16]) -> Result<Loaded, Fault> {
        self.load_since(dossier, 0).await
    }

    /// As [`Store::load`], with only the rows after a position.
    pub(crate) async fn load_since(
        &self,
        dossier: [u8; 16],
        position: u64,
    ) -> Result<Loaded, Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &["heads", "rows", "outbox", "refused"])?;
                let ask = |store, range| {
                    Listing::ask(&transaction.object_store(store).map_err(fault)?, range)
                };
                // All are asked before the first is awaited: one trip instead of four.
                let rows = ask("rows", after(&dossier, position))?;
                let outbox = ask("outbox", under(&dossier))?;
                let refused = ask("refused", under(&dossier))?;
                let head = get(&transaction, "heads", to_js(&dossier)).await?;
                Ok(Loaded {
                    head: head.and_then(to_bytes),
                    rows: rows.read(|key| second(key).as_f64().map(clock::as_ms)).await?,
                    outbox: outbox.read(|key| id(second(key))).await?,
                    refused: refused.read(|key| id(second(key))).await?,
                })
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

    /// Keeps a key pair. The browser clones the handle; the secret itself never passes through here.
    pub(super) async fn put_key(&self, name: &str, pair: &JsValue) -> Result<(), Fault> {
        self.handle.run(async |database| put(database, "keys", name, pair).await).await
    }

    /// What [`Store::put_key`] kept.
    pub(super) async fn key(&self, name: &str) -> Result<Option<JsValue>, Fault> {
        self.value("keys", name).await
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

impl Changes {
    fn write(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        let own = |hash: &[u8; 32]| compound(&self.dossier, to_js(hash));
        put_in(transaction, "heads", to_js(&self.dossier), to_js(&self.head))?;
        if self.clear_rows {
            delete_in(transaction, "rows", under(&self.dossier))?;
        }
        for (position, row) in &self.rows {
            put_in(transaction, "rows", compound(&self.dossier, number(*position)), to_js(row))?;
        }
        for (store, put, delete) in [
            ("outbox", &self.outbox_put, &self.outbox_delete),
            ("refused", &self.refused_put, &self.refused_delete),
        ] {
            for hash in delete {
                delete_in(transaction, store, own(hash))?;
            }
            for (hash, event) in put {
                put_in(transaction, store, own(hash), to_js(event))?;
            }
        }
        Ok(())
    }
}
