//! Surveys: what coaches ask, who has a ticket, and apart from that the tickets and what came with them.

use super::super::Db;
use super::{Connection, fixed, uint};
use crate::store::Result;
use dubbelspoor_domain::id::{PersonId, SurveyId, TicketHash};
use sqlx::{Pool, Row as _};

/// Inside the caller's transaction: both or neither.
pub(super) async fn give_ticket(
    tx: &mut Connection,
    survey: SurveyId,
    person: PersonId,
    ticket: TicketHash,
) -> Result<bool> {
    let noted = sqlx::query(
        "insert into survey_asked (survey, person) values ($1, $2) on conflict do nothing",
    )
    .bind(&survey.0[..])
    .bind(&person.0[..])
    .execute(&mut *tx)
    .await?;
    if noted.rows_affected() == 0 {
        return is_known(tx, survey, ticket).await;
    }
    sqlx::query(
        "insert into survey_ticket (survey, ticket) values ($1, $2) on conflict do nothing",
    )
    .bind(&survey.0[..])
    .bind(&ticket.0[..])
    .execute(tx)
    .await?;
    Ok(true)
}

/// The first answer of a ticket stands.
pub(super) async fn put_answer(
    tx: &mut Connection,
    survey: SurveyId,
    ticket: TicketHash,
    answers: &[u8],
    together: u16,
) -> Result<bool> {
    sqlx::query(
        "update survey_ticket set answers = $3, part =
             (select count(*) from survey_ticket where survey = $1 and answers is not null) / $4
         where survey = $1 and ticket = $2 and answers is null",
    )
    .bind(&survey.0[..])
    .bind(&ticket.0[..])
    .bind(answers)
    .bind(i64::from(together))
    .execute(&mut *tx)
    .await?;
    is_known(tx, survey, ticket).await
}

async fn is_known(tx: &mut Connection, survey: SurveyId, ticket: TicketHash) -> Result<bool> {
    let found = sqlx::query("select 1 from survey_ticket where survey = $1 and ticket = $2")
        .bind(&survey.0[..])
        .bind(&ticket.0[..])
        .fetch_optional(tx)
        .await?;
    Ok(found.is_some())
}

/// The first one under a name stands.
pub(super) async fn keep(
    pool: &Pool<Db>,
    survey: SurveyId,
    coach: PersonId,
    asked: &[u8],
) -> Result<bool> {
    sqlx::query(
        "insert into survey_kept (survey, coach, asked) values ($1, $2, $3) on conflict do nothing",
    )
    .bind(&survey.0[..])
    .bind(&coach.0[..])
    .bind(asked)
    .execute(pool)
    .await?;
    let stands = kept(pool, survey).await?;
    Ok(stands.is_some_and(|(by, it)| by == coach && it == asked))
}

pub(super) async fn kept(pool: &Pool<Db>, survey: SurveyId) -> Result<Option<(PersonId, Vec<u8>)>> {
    let row = sqlx::query("select coach, asked from survey_kept where survey = $1")
        .bind(&survey.0[..])
        .fetch_optional(pool)
        .await?;
    row.map(|row| Ok((PersonId(fixed(&row, 0)?), row.try_get(1)?))).transpose()
}

pub(super) async fn answers(pool: &Pool<Db>, survey: SurveyId) -> Result<Vec<(u64, Vec<u8>)>> {
    let rows = sqlx::query(
        "select part, answers from survey_ticket where survey = $1 and answers is not null
         order by ticket",
    )
    .bind(&survey.0[..])
    .fetch_all(pool)
    .await?;
    rows.iter().map(|row| Ok((uint(row, 0)?, row.try_get(1)?))).collect()
}
