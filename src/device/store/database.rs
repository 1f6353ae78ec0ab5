//! The handle on one account's IndexedDB database: opened once, given up at once when another tab wants
//! to upgrade, opened anew when the browser has cut it.

use crate::device::{Fault, wake::sleep};
use futures_util::future::{Either, FutureExt, LocalBoxFuture, Shared, select};
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Every object store there is; all have keys of their own and no index. Only ever add one: an older
/// app must be able to open what a newer one left.
pub(super) const STORES: [&str; 10] =
    ["heads", "rows", "outbox", "refused", "drafts", "meta", "keys", "digests", "photos", "unsent"];

/// How long another tab may keep us from the database before we say so.
const PATIENCE_MS: u32 = 3_000;

type Opening = Shared<LocalBoxFuture<'static, Result<Database, Fault>>>;

/// One account's database.
#[derive(Clone)]
pub(super) struct Handle {
    name: Rc<str>,
    opening: Rc<RefCell<Option<Opening>>>,
}

impl Handle {
    pub(super) fn new(name: &str) -> Handle {
        Handle { name: name.into(), opening: Rc::default() }
    }

    /// Runs some work on the open database, and once more on a new handle if this one proves dead.
    pub(super) async fn run<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let done = RefCell::new(None);
        let work = |database: Database| {
            let (work, done) = (&work, &done);
            let working = async move {
                *done.borrow_mut() = Some(work(&database).await?);
                Ok(())
            };
            working.boxed_local()
        };
        self.attempt(&work).await?;
        done.take().ok_or_else(|| Fault::Retry("the work has no end".into()))
    }

    /// The same for every work, so that the app holds it once.
    async fn attempt<'w>(
        &self,
        work: &dyn Fn(Database) -> LocalBoxFuture<'w, Result<(), Fault>>,
    ) -> Result<(), Fault> {
        match work(self.open().await?).await {
            Err(Fault::Reopen(_)) => {
                self.give_up();
                work(self.open().await?).await
            }
            other => other,
        }
    }

    /// The open database. All who ask at the same time share one request.
    pub(super) fn open(&self) -> LocalBoxFuture<'_, Result<Database, Fault>> {
        self.opened().boxed_local()
    }

    async fn opened(&self) -> Result<Database, Fault> {
        let known = self.opening.borrow().clone();
        let opening = known.unwrap_or_else(|| self.start());
        // A third tab waits behind the second without any event, so time itself is the signal.
        let opened = match select(opening, pin!(sleep(PATIENCE_MS))).await {
            Either::Left((opened, _)) => opened,
            Either::Right(_) => return Err(Fault::CloseTabs("the database stays blocked".into())),
        };
        if opened.is_err() {
            self.give_up();
        }
        opened
    }

    /// Starts opening, registered before the first await. It goes on when nobody waits any more: a
    /// database that opens late and is owned by nobody would block the others for ever.
    fn start(&self) -> Opening {
        let this = self.clone();
        let opening = async move {
            let database = open_with_all_stores(&this.name).await?;
            this.close_when_asked(&database)?;
            Ok(database)
        };
        let opening = opening.boxed_local().shared();
        *self.opening.borrow_mut() = Some(opening.clone());
        spawn_local(opening.clone().map(drop));
        opening
    }

    fn close_when_asked(&self, database: &Database) -> Result<(), Fault> {
        let mut changes = database.version_changes().map_err(fault)?;
        let (this, database) = (self.clone(), database.clone());
        spawn_local(async move {
            // Either another tab upgrades or deletes, or the browser has closed the database itself.
            changes.recv().await;
            database.close();
            this.give_up();
        });
        Ok(())
    }

    fn give_up(&self) {
        let opening = self.opening.borrow_mut().take();
        if let Some(Some(Ok(database))) = opening.as_ref().map(Shared::peek) {
            database.clone().close();
        }
    }
}

/// Opens whatever version is there, and asks for a next one only if a store is missing: so an app of
/// last month still runs on the database of today.
async fn open_with_all_stores(name: &str) -> Result<Database, Fault> {
    let complete = |database: &Database| STORES.iter().all(|store| has(database, store));
    let database = Database::open(name)
        .with_on_upgrade_needed(|_, database| add_missing(&database))
        .await
        .map_err(open_fault)?;
    if complete(&database) {
        return Ok(database);
    }
    let next = database.version() + 1.0;
    database.close();
    let upgraded = Database::open(name)
        .with_version(next)
        .with_on_upgrade_needed(|_, database| add_missing(&database))
        .await;
    match upgraded.map_err(open_fault) {
        // Another tab was first, with the same stores.
        Err(Fault::Update(_)) => Database::open(name).await.map_err(open_fault),
        other => other,
    }
}

fn add_missing(database: &Database) -> indexed_db_futures::Result<()> {
    for store in STORES {
        if !has(database, store) {
            database.create_object_store(store).build()?;
        }
    }
    Ok(())
}

fn has(database: &Database, store: &str) -> bool {
    database.object_store_names().any(|name| name == store)
}

/// A transaction that reports success only when the disk has it.
pub(super) fn writing<'a>(
    database: &'a Database,
    stores: &[&str],
) -> Result<Transaction<'a>, Fault> {
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    database
        .transaction(stores)
        .with_mode(TransactionMode::Readwrite)
        .with_options(options)
        .build()
        .map_err(fault)
}

/// Waits until everything that was asked in this transaction is kept, or says why none of it is.
pub(super) async fn kept(transaction: Transaction<'_>) -> Result<(), Fault> {
    // A failed request speaks first, the abort that follows it knows why.
    for _ in 0..2 {
        let end = transaction.on_done().map_err(fault)?.await;
        if end.is_ok() {
            return Ok(());
        }
        if let Some(error) = transaction.error() {
            return Err(fault(error));
        }
    }
    Err(Fault::Reopen("the transaction was aborted".into()))
}

/// What an error of the database asks of us.
pub(super) fn fault(error: Error) -> Fault {
    match error {
        Error::DomException(exception) => {
            let exception: JsValue = DomException::into(exception);
            Fault::thrown(&exception)
        }
        // Their own texts bring along how to write a fraction: four kilobytes, for a log.
        Error::Serialisation(_) => Fault::Retry("a value does not fit the database".into()),
        Error::MissingData(_) => Fault::Retry("the database gave no answer".into()),
        Error::Unknown(_) => Fault::Retry("the database failed".into()),
    }
}

fn open_fault(error: OpenDbError) -> Fault {
    match error {
        OpenDbError::Base(error) => fault(error),
        OpenDbError::VersionZero
        | OpenDbError::UnsupportedEnvironment
        | OpenDbError::NullFactory => Fault::NoStorage("no database here".into()),
    }
}
