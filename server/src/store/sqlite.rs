//! SQLite: one file in the data folder, one writer, durable before the answer.

use super::{Head, Hint, Result, SharedStore};
use dubbelspoor_domain::id::{DossierId, Epoch};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Pool, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

type Db = sqlx::Sqlite;

/// The SQL, compiled against this driver.
#[path = "sql/mod.rs"]
mod sql;

/// Long enough for any queue of writers; nobody is told "busy".
const PATIENCE: Duration = Duration::from_secs(120);
const READERS: u32 = 8;

pub(super) async fn open(path: &Path) -> Result<SharedStore> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let pool = |size| SqlitePoolOptions::new().max_connections(size).acquire_timeout(PATIENCE);
    let write = pool(1).connect_with(options.clone()).await?;
    sqlx::migrate!("migrations/sqlite").run(&write).await?;
    let read = pool(READERS).connect_with(options.read_only(true)).await?;
    let (hints, _) = broadcast::channel(1024);
    Ok(Arc::new(sql::SqlStore { read, write, hints }))
}

/// Takes the write lock at once: a transaction that begins by reading cannot always be upgraded.
async fn begin(pool: &Pool<Db>) -> Result<Transaction<'static, Db>> {
    Ok(pool.begin_with("BEGIN IMMEDIATE").await?)
}

/// A view of one moment, for backups.
async fn snapshot(pool: &Pool<Db>) -> Result<Transaction<'static, Db>> {
    Ok(pool.begin().await?)
}

/// The whole database is locked already.
async fn lock_head(tx: &mut Transaction<'static, Db>, it: DossierId, epoch: Epoch) -> Result<Head> {
    sql::insert_dossier(tx, it, epoch).await?;
    sql::read_head(tx, "select head, chain, epoch, received_at from dossier where id = $1", it)
        .await
}

/// Only this process writes here, so listeners are told directly.
fn announce(hints: &broadcast::Sender<Hint>, hint: Hint) {
    // Without listeners there is nobody to tell.
    let _ = hints.send(hint);
}

/// Nothing to add to the transaction: see [`announce`].
async fn notify(_: &mut Transaction<'static, Db>, _: Hint) -> Result<()> {
    Ok(())
}
