//! The queries that both databases understand. The two modules above this one say how to begin and lock.

mod dump;
mod files;
mod head_lock;
mod people;
mod reminders;
mod surveys;

pub(super) use head_lock::{insert_dossier, read_head};

use super::Db;
use crate::store::{
    Device, Enrolment, Head, HeadLock, Hint, Invite, Newcomer, Quarantined, Reminder, Result, Row,
    Session, Somebody, Store, StoreError, Ticket,
};
use async_trait::async_trait;
use dubbelspoor_domain::id::{
    Chain, DossierId, Epoch, EventHash, FileHash, KeyId, PersonId, ReplicaId, SurveyId, TicketHash,
};
use dubbelspoor_domain::seal::sha256;
use head_lock::SqlHeadLock;
use sqlx::{Database, Pool, Row as _};
use std::path::Path;
use tokio::sync::broadcast;

type DbRow = <Db as Database>::Row;
type Connection = <Db as Database>::Connection;

/// A pool to read with and a pool to write with.
pub(super) struct SqlStore {
    pub(super) read: Pool<Db>,
    pub(super) write: Pool<Db>,
    pub(super) hints: broadcast::Sender<Hint>,
}

/// How much unreadable stuff is kept of one sender.
const MALFORMED_KEPT: i64 = 100;
const MALFORMED_DAYS: u64 = 90;
const DAY: u64 = 24 * 60 * 60 * 1000;

#[async_trait]
impl Store for SqlStore {
    async fn begin(&self, dossier: DossierId, epoch: Epoch) -> Result<Box<dyn HeadLock>> {
        let mut tx = super::begin(&self.write).await?;
        let head = super::lock_head(&mut tx, dossier, epoch).await?;
        Ok(Box::new(SqlHeadLock::new(tx, dossier, head, self.hints.clone())))
    }

    async fn head(&self, dossier: DossierId) -> Result<Option<Head>> {
        let row = sqlx::query("select head, chain, epoch, received_at from dossier where id = $1")
            .bind(&dossier.0[..])
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| head(&row, 0)).transpose()
    }

    async fn rows(&self, dossier: DossierId, after: u64, limit: u32) -> Result<Vec<Row>> {
        rows(&mut *self.read.acquire().await?, dossier, after, limit).await
    }

    async fn heads_for(&self, person: PersonId) -> Result<Vec<(DossierId, Head)>> {
        let found = sqlx::query(
            "select distinct d.id, d.head, d.chain, d.epoch, d.received_at from dossier d
             join membership m on m.dossier = d.id where m.person = $1 order by d.id",
        )
        .bind(&person.0[..])
        .fetch_all(&self.read)
        .await?;
        found.iter().map(|row| Ok((DossierId(fixed(row, 0)?), head(row, 1)?))).collect()
    }

    async fn only_as(&self, person: PersonId, role: u8) -> Result<Vec<DossierId>> {
        let found = sqlx::query(
            "select dossier from membership where person = $1
             group by dossier having min(role) = $2 and max(role) = $2",
        )
        .bind(&person.0[..])
        .bind(i64::from(role))
        .fetch_all(&self.read)
        .await?;
        found.iter().map(|row| Ok(DossierId(fixed(row, 0)?))).collect()
    }

    async fn heads(&self) -> Result<Vec<(DossierId, Head)>> {
        let found =
            sqlx::query("select id, head, chain, epoch, received_at from dossier order by id")
                .fetch_all(&self.read)
                .await?;
        found.iter().map(|row| Ok((DossierId(fixed(row, 0)?), head(row, 1)?))).collect()
    }

    async fn quarantined(&self, dossier: DossierId) -> Result<Vec<Quarantined>> {
        let found = sqlx::query(
            "select hash, sealed, body, verdict, code, sender, received_at from quarantine
             where dossier = $1 and resolved_at is null order by received_at, hash",
        )
        .bind(&dossier.0[..])
        .fetch_all(&self.read)
        .await?;
        found.iter().map(quarantined).collect()
    }

    async fn put_aside(&self, dossier: DossierId) -> Result<Vec<(EventHash, u16)>> {
        let found = sqlx::query("select hash, code from quarantine where dossier = $1")
            .bind(&dossier.0[..])
            .fetch_all(&self.read)
            .await?;
        found.iter().map(|row| Ok((EventHash(fixed(row, 0)?), small(row, 1)?))).collect()
    }

    async fn members(&self, dossier: DossierId) -> Result<Vec<PersonId>> {
        let found = sqlx::query("select distinct person from membership where dossier = $1")
            .bind(&dossier.0[..])
            .fetch_all(&self.read)
            .await?;
        found.iter().map(|row| Ok(PersonId(fixed(row, 0)?))).collect()
    }

    async fn renew_epoch(&self, dossier: DossierId, epoch: Epoch) -> Result<()> {
        sqlx::query("update dossier set epoch = $2 where id = $1")
            .bind(&dossier.0[..])
            .bind(&epoch.0[..])
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn keep_malformed(&self, sender: KeyId, raw: &[u8], now: u64) -> Result<()> {
        let mut tx = super::begin(&self.write).await?;
        sqlx::query("delete from malformed where received_at < $1")
            .bind(int(now.saturating_sub(MALFORMED_DAYS * DAY))?)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "insert into malformed (sender, digest, raw, received_at)
             select $1, $2, $3, $4 where (select count(*) from malformed where sender = $1) < $5
             on conflict do nothing",
        )
        .bind(&sender.0[..])
        .bind(&sha256(&[raw])[..])
        .bind(raw)
        .bind(int(now)?)
        .bind(MALFORMED_KEPT)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    async fn put_person(&self, person: &Somebody) -> Result<()> {
        people::put(&mut *self.write.acquire().await?, person).await
    }

    async fn person(&self, id: PersonId) -> Result<Option<Somebody>> {
        people::find(&self.read, id).await
    }

    async fn people(&self) -> Result<Vec<Somebody>> {
        people::all(&self.read).await
    }

    async fn put_invite(&self, invite: &Invite) -> Result<()> {
        people::put_invite(&self.write, invite).await
    }

    async fn open_invite(&self, person: PersonId, now: u64) -> Result<Option<u64>> {
        people::open_invite(&self.read, person, now).await
    }

    async fn enrol(&self, ticket: Ticket<'_>, by: &Newcomer, now: u64) -> Result<Enrolment> {
        let mut tx = super::begin(&self.write).await?;
        let enrolment = people::enrol(&mut tx, ticket, by, now).await?;
        tx.commit().await?;
        Ok(enrolment)
    }

    async fn device(&self, key: KeyId) -> Result<Option<Device>> {
        people::device(&mut *self.read.acquire().await?, key).await
    }

    async fn devices(&self, person: PersonId) -> Result<Vec<Device>> {
        people::devices(&self.read, person).await
    }

    async fn last_seen(&self, person: PersonId) -> Result<Vec<(KeyId, u64)>> {
        people::last_seen(&self.read, person).await
    }

    async fn put_device(&self, device: &Device) -> Result<()> {
        people::put_device(&mut *self.write.acquire().await?, device).await
    }

    async fn revoke_device(&self, key: KeyId, now: u64) -> Result<bool> {
        let mut tx = super::begin(&self.write).await?;
        let was_active = people::revoke_device(&mut tx, key, now).await?;
        tx.commit().await?;
        Ok(was_active)
    }

    async fn put_session(&self, session: &Session) -> Result<()> {
        people::put_session(&mut *self.write.acquire().await?, session).await
    }

    async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Session>> {
        people::session(&self.read, token_hash).await
    }

    async fn touch_session(&self, token_hash: [u8; 32], now: u64) -> Result<()> {
        people::touch_session(&self.write, token_hash, now).await
    }

    async fn end_session(&self, token_hash: [u8; 32]) -> Result<()> {
        people::end_session(&self.write, token_hash).await
    }

    async fn give_ticket(
        &self,
        survey: SurveyId,
        person: PersonId,
        ticket: TicketHash,
    ) -> Result<bool> {
        let mut tx = super::begin(&self.write).await?;
        let given = surveys::give_ticket(&mut tx, survey, person, ticket).await?;
        tx.commit().await?;
        Ok(given)
    }

    async fn put_answer(
        &self,
        survey: SurveyId,
        ticket: TicketHash,
        answers: &[u8],
        together: u16,
    ) -> Result<bool> {
        let mut tx = super::begin(&self.write).await?;
        let known = surveys::put_answer(&mut tx, survey, ticket, answers, together).await?;
        tx.commit().await?;
        Ok(known)
    }

    async fn keep_survey(&self, survey: SurveyId, coach: PersonId, asked: &[u8]) -> Result<bool> {
        surveys::keep(&self.write, survey, coach, asked).await
    }

    async fn kept_survey(&self, survey: SurveyId) -> Result<Option<(PersonId, Vec<u8>)>> {
        surveys::kept(&self.read, survey).await
    }

    async fn answers(&self, survey: SurveyId) -> Result<Vec<(u64, Vec<u8>)>> {
        surveys::answers(&self.read, survey).await
    }

    async fn put_reminder(&self, it: &Reminder) -> Result<()> {
        reminders::put(&self.write, it).await
    }

    async fn reminder(&self, person: PersonId) -> Result<Option<Reminder>> {
        reminders::of(&self.read, person).await
    }

    async fn reminders(&self) -> Result<Vec<Reminder>> {
        reminders::all(&self.read).await
    }

    async fn note_reminder(&self, it: &Reminder, day: Option<u64>) -> Result<bool> {
        reminders::note(&self.write, it, day).await
    }

    async fn stop_reminder(&self, stop: [u8; 16]) -> Result<bool> {
        reminders::stop(&self.write, stop).await
    }

    async fn file_length(&self, dossier: DossierId, file: FileHash) -> Result<u32> {
        files::length(&self.read, dossier, file).await
    }

    async fn file(&self, dossier: DossierId, file: FileHash) -> Result<Vec<u8>> {
        files::whole(&self.read, dossier, file).await
    }

    async fn put_piece(
        &self,
        dossier: DossierId,
        file: FileHash,
        at: u32,
        bytes: &[u8],
    ) -> Result<u32> {
        files::put(&self.write, dossier, file, at, bytes).await?;
        files::length(&self.write, dossier, file).await
    }

    async fn drop_file(&self, dossier: DossierId, file: FileHash) -> Result<()> {
        files::drop(&self.write, dossier, file).await
    }

    async fn meta(&self, key: &str, first: &[u8]) -> Result<Vec<u8>> {
        let mut tx = super::begin(&self.write).await?;
        sqlx::query("insert into meta (key, value) values ($1, $2) on conflict do nothing")
            .bind(key)
            .bind(first)
            .execute(&mut *tx)
            .await?;
        let row = sqlx::query("select value from meta where key = $1").bind(key);
        let value = row.fetch_one(&mut *tx).await?.try_get(0)?;
        tx.commit().await?;
        Ok(value)
    }

    async fn backup(&self, to: &Path) -> Result<()> {
        let mut tx = super::snapshot(&self.read).await?;
        dump::write(&mut tx, to).await
    }

    async fn restore(&self, from: &Path) -> Result<()> {
        let mut tx = super::begin(&self.write).await?;
        dump::read(&mut tx, from).await?;
        Ok(tx.commit().await?)
    }

    async fn ping(&self) -> Result<()> {
        sqlx::query("select 1").execute(&self.read).await?;
        Ok(())
    }

    fn hints(&self) -> broadcast::Receiver<Hint> {
        self.hints.subscribe()
    }

    async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

async fn rows(
    connection: &mut Connection,
    dossier: DossierId,
    after: u64,
    limit: u32,
) -> Result<Vec<Row>> {
    let found = sqlx::query(
        "select position, hash, replica, seq, kind, sealed, body, verdict, received_at, hlc_eff, chain
         from event where dossier = $1 and position > $2 order by position limit $3",
    )
    .bind(&dossier.0[..])
    .bind(int(after)?)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    found.iter().map(row).collect()
}

fn row(it: &DbRow) -> Result<Row> {
    Ok(Row {
        position: uint(it, 0)?,
        hash: EventHash(fixed(it, 1)?),
        replica: ReplicaId(fixed(it, 2)?),
        seq: uint(it, 3)?,
        kind: small(it, 4)?,
        sealed: it.try_get(5)?,
        body: it.try_get(6)?,
        verdict: small(it, 7)?,
        received_at: uint(it, 8)?,
        hlc_eff: uint(it, 9)?,
        chain: Chain(fixed(it, 10)?),
    })
}

fn quarantined(it: &DbRow) -> Result<Quarantined> {
    Ok(Quarantined {
        hash: EventHash(fixed(it, 0)?),
        sealed: it.try_get(1)?,
        body: it.try_get(2)?,
        verdict: small(it, 3)?,
        code: small(it, 4)?,
        sender: KeyId(fixed(it, 5)?),
        received_at: uint(it, 6)?,
    })
}

/// A head from four columns that begin at `at`.
fn head(it: &DbRow, at: usize) -> Result<Head> {
    Ok(Head {
        position: uint(it, at)?,
        chain: Chain(fixed(it, at + 1)?),
        epoch: Epoch(fixed(it, at + 2)?),
        received_at: uint(it, at + 3)?,
    })
}

/// Both databases count in signed 64 bits.
fn int(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|_| StoreError::Form("number beyond 63 bits"))
}

fn uint(it: &DbRow, at: usize) -> Result<u64> {
    u64::try_from(it.try_get::<i64, _>(at)?).map_err(|_| StoreError::Form("negative number"))
}

fn small<T: TryFrom<i64>>(it: &DbRow, at: usize) -> Result<T> {
    T::try_from(it.try_get::<i64, _>(at)?).map_err(|_| StoreError::Form("number out of range"))
}

fn fixed<const N: usize>(it: &DbRow, at: usize) -> Result<[u8; N]> {
    let bytes: Vec<u8> = it.try_get(at)?;
    bytes.try_into().map_err(|_| StoreError::Form("id of another length"))
}
