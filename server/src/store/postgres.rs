//! PostgreSQL: any number of servers on one database, told of each other's commits by NOTIFY.

use super::{Head, Hint, Result, SharedStore, StoreError};
use dubbelspoor_domain::id::{DossierId, Epoch};
use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::{Pool, Transaction};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

type Db = sqlx::Postgres;

/// The SQL, compiled against this driver.
#[path = "sql/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "one text of SQL, so that two databases cannot drift")]
mod sql;

const CHANNEL: &str = "dubbelspoor";
const PATIENCE: Duration = Duration::from_secs(120);
/// Readers never wait behind those who wait for a head.
const READERS: u32 = 8;
const WRITERS: u32 = 16;

pub(super) async fn open(url: &str) -> Result<SharedStore> {
    let pool = |size| PgPoolOptions::new().max_connections(size).acquire_timeout(PATIENCE);
    let write = pool(WRITERS).connect(url).await?;
    sqlx::migrate!("migrations/postgres").run(&write).await?;
    let read = pool(READERS).connect(url).await?;
    let (hints, _) = broadcast::channel(1024);
    let mut listener = PgListener::connect_with(&read).await?;
    listener.listen(CHANNEL).await?;
    tokio::spawn(listen(listener, hints.clone()));
    Ok(Arc::new(sql::SqlStore { read, write, hints }))
}

/// Passes notifications on until the pool closes. A hint lost while reconnecting costs nothing but time:
/// devices also ask by themselves.
async fn listen(mut listener: PgListener, hints: broadcast::Sender<Hint>) {
    loop {
        match listener.recv().await {
            Ok(notification) => {
                if let Some(hint) = parse(notification.payload()) {
                    let _ = hints.send(hint);
                }
            }
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => {
                tracing::warn!(%error, "lost the notification channel");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn parse(payload: &str) -> Option<Hint> {
    let (dossier, position) = payload.split_once(':')?;
    Some(Hint { dossier: DossierId::from_hex(dossier)?, position: position.parse().ok()? })
}

async fn begin(pool: &Pool<Db>) -> Result<Transaction<'static, Db>> {
    Ok(pool.begin().await?)
}

/// A view of one moment, for backups.
async fn snapshot(pool: &Pool<Db>) -> Result<Transaction<'static, Db>> {
    Ok(pool.begin_with("begin isolation level repeatable read read only").await?)
}

/// The row lock makes positions appear in the order in which they were given out.
async fn lock_head(tx: &mut Transaction<'static, Db>, it: DossierId, epoch: Epoch) -> Result<Head> {
    const LOCK: &str =
        "select head, chain, epoch, received_at from dossier where id = $1 for update";
    match sql::read_head(tx, LOCK, it).await {
        Err(StoreError::Database(sqlx::Error::RowNotFound)) => {
            sql::insert_dossier(tx, it, epoch).await?;
            sql::read_head(tx, LOCK, it).await
        }
        found => found,
    }
}

/// Rides in the transaction: delivered when it commits, never when it does not.
async fn notify(tx: &mut Transaction<'static, Db>, hint: Hint) -> Result<()> {
    sqlx::query("select pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(format!("{}:{}", hint.dossier, hint.position))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The notification comes back through [`listen`].
fn announce(_: &broadcast::Sender<Hint>, _: Hint) {}
