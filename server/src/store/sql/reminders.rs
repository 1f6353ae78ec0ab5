//! Reminders: what each person chose, and the last day for which one was sent.

use super::super::Db;
use super::{DbRow, fixed, int, uint};
use crate::store::{Reminder, Result};
use dubbelspoor_domain::id::PersonId;
use sqlx::{Pool, Row as _};

/// Another choice keeps what stops it and the day of the last.
pub(super) async fn put(pool: &Pool<Db>, it: &Reminder) -> Result<()> {
    sqlx::query(
        "insert into reminder (person, chosen, stop) values ($1, $2, $3)
         on conflict (person) do update set chosen = excluded.chosen",
    )
    .bind(&it.person.0[..])
    .bind(&it.chosen)
    .bind(&it.stop[..])
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn of(pool: &Pool<Db>, person: PersonId) -> Result<Option<Reminder>> {
    let row = sqlx::query("select person, chosen, stop, last_day from reminder where person = $1")
        .bind(&person.0[..])
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn all(pool: &Pool<Db>) -> Result<Vec<Reminder>> {
    let rows = sqlx::query("select person, chosen, stop, last_day from reminder order by person")
        .fetch_all(pool)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &DbRow) -> Result<Reminder> {
    Ok(Reminder {
        person: PersonId(fixed(row, 0)?),
        chosen: row.try_get(1)?,
        stop: fixed(row, 2)?,
        last_day: row.try_get::<Option<i64>, _>(3)?.map(|_| uint(row, 3)).transpose()?,
    })
}

/// Of several servers on one database one notes it.
pub(super) async fn note(pool: &Pool<Db>, it: &Reminder, day: Option<u64>) -> Result<bool> {
    let done = sqlx::query(
        "update reminder set last_day = $3
         where person = $1 and coalesce(last_day, 0) = coalesce($2, 0)",
    )
    .bind(&it.person.0[..])
    .bind(it.last_day.map(int).transpose()?)
    .bind(day.map(int).transpose()?)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn stop(pool: &Pool<Db>, stop: [u8; 16]) -> Result<bool> {
    let done =
        sqlx::query("delete from reminder where stop = $1").bind(&stop[..]).execute(pool).await?;
    Ok(done.rows_affected() > 0)
}
