//! Files beside the events, in pieces that follow each other. A piece never changes; a file goes as a whole.

use super::super::Db;
use super::int;
use crate::store::{Result, StoreError};
use dubbelspoor_domain::id::{DossierId, FileHash};
use sqlx::{Pool, Row as _};

/// How many bytes of it are there.
pub(super) async fn length(pool: &Pool<Db>, dossier: DossierId, file: FileHash) -> Result<u32> {
    let row = sqlx::query(
        "select cast(coalesce(sum(length(bytes)), 0) as bigint) from file_piece
         where dossier = $1 and file = $2",
    )
    .bind(&dossier.0[..])
    .bind(&file.0[..])
    .fetch_one(pool)
    .await?;
    u32::try_from(row.try_get::<i64, _>(0)?).map_err(|_| StoreError::Form("the length of a file"))
}

/// What is there of it.
pub(super) async fn whole(pool: &Pool<Db>, dossier: DossierId, file: FileHash) -> Result<Vec<u8>> {
    let rows =
        sqlx::query("select bytes from file_piece where dossier = $1 and file = $2 order by at")
            .bind(&dossier.0[..])
            .bind(&file.0[..])
            .fetch_all(pool)
            .await?;
    let mut whole = Vec::new();
    for row in rows {
        whole.extend_from_slice(row.try_get(0)?);
    }
    Ok(whole)
}

/// Only where the file ends; of two that begin at the same byte the first stays.
pub(super) async fn put(
    pool: &Pool<Db>,
    dossier: DossierId,
    file: FileHash,
    at: u32,
    bytes: &[u8],
) -> Result<()> {
    sqlx::query(
        "insert into file_piece (dossier, file, at, bytes)
         select $1, $2, $3, $4 where $3 =
             (select coalesce(sum(length(bytes)), 0) from file_piece where dossier = $1 and file = $2)
         on conflict do nothing",
    )
    .bind(&dossier.0[..])
    .bind(&file.0[..])
    .bind(int(u64::from(at))?)
    .bind(bytes)
    .execute(pool)
    .await?;
    Ok(())
}

/// All of it goes.
pub(super) async fn drop(pool: &Pool<Db>, dossier: DossierId, file: FileHash) -> Result<()> {
    sqlx::query("delete from file_piece where dossier = $1 and file = $2")
        .bind(&dossier.0[..])
        .bind(&file.0[..])
        .execute(pool)
        .await?;
    Ok(())
}
