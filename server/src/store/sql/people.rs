//! People, their invitations, devices and sessions.

use super::super::Db;
use super::{Connection, DbRow, fixed, int, uint};
use crate::store::{
    Device, Enrolment, Invite, MAX_TRIES, Newcomer, Result, Session, Somebody, Ticket,
};
use dubbelspoor_domain::id::{KeyId, PersonId, PublicKey};
use sqlx::{Pool, Row as _};

pub(super) async fn put(connection: &mut Connection, it: &Somebody) -> Result<()> {
    sqlx::query(
        "insert into person (id, name, centre, created_at) values ($1, $2, $3, $4)
         on conflict (id) do update set name = excluded.name, centre = excluded.centre",
    )
    .bind(&it.id.0[..])
    .bind(&it.name)
    .bind(&it.centre)
    .bind(int(it.created_at)?)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn find(pool: &Pool<Db>, id: PersonId) -> Result<Option<Somebody>> {
    let row = sqlx::query("select id, name, centre, created_at from person where id = $1")
        .bind(&id.0[..])
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(somebody).transpose()
}

pub(super) async fn all(pool: &Pool<Db>) -> Result<Vec<Somebody>> {
    let rows = sqlx::query("select id, name, centre, created_at from person order by name, id")
        .fetch_all(pool)
        .await?;
    rows.iter().map(somebody).collect()
}

fn somebody(row: &DbRow) -> Result<Somebody> {
    Ok(Somebody {
        id: PersonId(fixed(row, 0)?),
        name: row.try_get(1)?,
        centre: row.try_get(2)?,
        created_at: uint(row, 3)?,
    })
}

pub(super) async fn put_invite(pool: &Pool<Db>, it: &Invite) -> Result<()> {
    sqlx::query(
        "insert into invite (token_hash, code_hint, code_hash, person, expires_at)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(&it.token_hash[..])
    .bind(&it.code_hint)
    .bind(&it.code_hash[..])
    .bind(&it.person.0[..])
    .bind(int(it.expires_at)?)
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn open_invite(pool: &Pool<Db>, of: PersonId, now: u64) -> Result<Option<u64>> {
    let row = sqlx::query(
        "select max(expires_at) from invite
         where person = $1 and used_at is null and expires_at >= $2 and tries < $3",
    )
    .bind(&of.0[..])
    .bind(int(now)?)
    .bind(int(MAX_TRIES)?)
    .fetch_one(pool)
    .await?;
    let expires_at: Option<i64> = row.try_get(0)?;
    expires_at.map(|_| uint(&row, 0)).transpose()
}

/// An invitation as far as letting somebody in needs it.
struct Open {
    token_hash: Vec<u8>,
    code_hash: [u8; 32],
    person: PersonId,
    expires_at: u64,
    tries: u64,
    used_by: Option<Vec<u8>>,
}

/// Finds the invitation and makes others wait for the outcome: the update takes the row's lock.
async fn matching(tx: &mut Connection, ticket: Ticket<'_>) -> Result<Vec<Open>> {
    let query = match ticket {
        Ticket::Token(hash) => sqlx::query(
            "update invite set tries = tries where token_hash = $1
             returning token_hash, code_hash, person, expires_at, tries, used_by",
        )
        .bind(hash.to_vec()),
        Ticket::Code { hint, .. } => sqlx::query(
            "update invite set tries = tries where code_hint = $1
             returning token_hash, code_hash, person, expires_at, tries, used_by",
        )
        .bind(hint.to_owned()),
    };
    let rows = query.fetch_all(tx).await?;
    rows.iter()
        .map(|row| {
            Ok(Open {
                token_hash: row.try_get(0)?,
                code_hash: fixed(row, 1)?,
                person: PersonId(fixed(row, 2)?),
                expires_at: uint(row, 3)?,
                tries: uint(row, 4)?,
                used_by: row.try_get(5)?,
            })
        })
        .collect()
}

/// All or nothing, inside the caller's transaction. A wrong code is counted on every invitation it could have meant.
pub(super) async fn enrol(
    tx: &mut Connection,
    ticket: Ticket<'_>,
    by: &Newcomer,
    now: u64,
) -> Result<Enrolment> {
    let mut found = matching(tx, ticket).await?;
    if let Ticket::Code { hint, hash } = ticket {
        let guessed_at = !found.is_empty();
        let blocked = guessed_at && found.iter().all(|it| it.tries >= MAX_TRIES);
        found.retain(|it| it.code_hash == hash && it.tries < MAX_TRIES);
        if blocked {
            return Ok(Enrolment::Blocked);
        }
        if guessed_at && found.is_empty() {
            count_try(tx, hint).await?;
        }
    }
    let Some(invite) = found.into_iter().next() else { return Ok(Enrolment::Unknown) };
    admit(tx, &invite, by, now).await
}

async fn count_try(tx: &mut Connection, hint: &str) -> Result<()> {
    sqlx::query("update invite set tries = tries + 1 where code_hint = $1 and used_at is null")
        .bind(hint)
        .execute(tx)
        .await?;
    Ok(())
}

async fn admit(tx: &mut Connection, it: &Open, by: &Newcomer, now: u64) -> Result<Enrolment> {
    let key = by.public_key.id();
    if it.used_by.as_ref().is_some_and(|used_by| used_by[..] != key.0) {
        return Ok(Enrolment::Used);
    }
    if it.used_by.is_none() && it.expires_at < now {
        return Ok(Enrolment::Expired);
    }
    let fresh = Device {
        person: it.person,
        public_key: by.public_key,
        name: by.name.clone(),
        certified_at: now,
        revoked_at: None,
    };
    put_device(tx, &fresh).await?;
    match device(tx, key).await? {
        Some(known) if known.person == it.person && known.revoked_at.is_none() => {}
        _ => return Ok(Enrolment::Used),
    }
    let session = Session {
        token_hash: by.session,
        person: it.person,
        key,
        created_at: now,
        last_seen: now,
        expires_at: by.session_expires_at,
    };
    put_session(tx, &session).await?;
    sqlx::query("update invite set used_at = $2, used_by = $3 where token_hash = $1")
        .bind(&it.token_hash[..])
        .bind(int(now)?)
        .bind(&key.0[..])
        .execute(tx)
        .await?;
    Ok(Enrolment::Joined(it.person))
}

const DEVICE: &str = "select person, public_key, name, certified_at, revoked_at from device";

pub(super) async fn device(connection: &mut Connection, key: KeyId) -> Result<Option<Device>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{DEVICE} where key_id = $1")))
        .bind(&key.0[..])
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_device).transpose()
}

pub(super) async fn devices<'c>(
    from: impl sqlx::Executor<'c, Database = Db>,
    person: PersonId,
) -> Result<Vec<Device>> {
    let query = format!("{DEVICE} where person = $1 order by certified_at, key_id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(query)).bind(&person.0[..]).fetch_all(from).await?;
    rows.iter().map(read_device).collect()
}

fn read_device(row: &DbRow) -> Result<Device> {
    let revoked_at: Option<i64> = row.try_get(4)?;
    Ok(Device {
        person: PersonId(fixed(row, 0)?),
        public_key: PublicKey(fixed(row, 1)?),
        name: row.try_get(2)?,
        certified_at: uint(row, 3)?,
        revoked_at: revoked_at.map(|_| uint(row, 4)).transpose()?,
    })
}

pub(super) async fn put_device(connection: &mut Connection, it: &Device) -> Result<()> {
    sqlx::query(
        "insert into device (key_id, person, public_key, name, certified_at, revoked_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(&it.public_key.id().0[..])
    .bind(&it.person.0[..])
    .bind(&it.public_key.0[..])
    .bind(&it.name)
    .bind(int(it.certified_at)?)
    .bind(it.revoked_at.map(int).transpose()?)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn revoke_device(tx: &mut Connection, key: KeyId, now: u64) -> Result<bool> {
    let stopped =
        sqlx::query("update device set revoked_at = $2 where key_id = $1 and revoked_at is null")
            .bind(&key.0[..])
            .bind(int(now)?)
            .execute(&mut *tx)
            .await?;
    sqlx::query("delete from session where key_id = $1").bind(&key.0[..]).execute(tx).await?;
    Ok(stopped.rows_affected() > 0)
}

pub(super) async fn put_session(connection: &mut Connection, it: &Session) -> Result<()> {
    sqlx::query(
        "insert into session (token_hash, person, key_id, created_at, last_seen, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&it.token_hash[..])
    .bind(&it.person.0[..])
    .bind(&it.key.0[..])
    .bind(int(it.created_at)?)
    .bind(int(it.last_seen)?)
    .bind(int(it.expires_at)?)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn session(pool: &Pool<Db>, token_hash: [u8; 32]) -> Result<Option<Session>> {
    let row = sqlx::query(
        "select token_hash, person, key_id, created_at, last_seen, expires_at from session
         where token_hash = $1",
    )
    .bind(&token_hash[..])
    .fetch_optional(pool)
    .await?;
    row.as_ref()
        .map(|row| {
            Ok(Session {
                token_hash: fixed(row, 0)?,
                person: PersonId(fixed(row, 1)?),
                key: KeyId(fixed(row, 2)?),
                created_at: uint(row, 3)?,
                last_seen: uint(row, 4)?,
                expires_at: uint(row, 5)?,
            })
        })
        .transpose()
}

pub(super) async fn touch_session(pool: &Pool<Db>, token_hash: [u8; 32], now: u64) -> Result<()> {
    sqlx::query("update session set last_seen = $2 where token_hash = $1")
        .bind(&token_hash[..])
        .bind(int(now)?)
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn end_session(pool: &Pool<Db>, token_hash: [u8; 32]) -> Result<()> {
    sqlx::query("delete from session where token_hash = $1")
        .bind(&token_hash[..])
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn last_seen(pool: &Pool<Db>, person: PersonId) -> Result<Vec<(KeyId, u64)>> {
    let rows =
        sqlx::query("select key_id, max(last_seen) from session where person = $1 group by key_id")
            .bind(&person.0[..])
            .fetch_all(pool)
            .await?;
    rows.iter().map(|row| Ok((KeyId(fixed(row, 0)?), uint(row, 1)?))).collect()
}
