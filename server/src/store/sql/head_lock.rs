//! The transaction that holds a dossier's head row while events are given their positions.

use super::super::{Db, announce, notify};
use super::{head, int, people};
use crate::store::{Device, Head, HeadLock, Hint, Quarantined, Result, Row, Somebody, StoreError};
use async_trait::async_trait;
use dubbelspoor_domain::id::{Chain, DossierId, Epoch, EventHash, KeyId, PersonId};
use sqlx::Transaction;
use tokio::sync::broadcast;

pub(super) struct SqlHeadLock {
    tx: Transaction<'static, Db>,
    dossier: DossierId,
    head: Head,
    moved: bool,
    hints: broadcast::Sender<Hint>,
}

impl SqlHeadLock {
    pub(super) fn new(
        tx: Transaction<'static, Db>,
        dossier: DossierId,
        head: Head,
        hints: broadcast::Sender<Hint>,
    ) -> SqlHeadLock {
        SqlHeadLock { tx, dossier, head, moved: false, hints }
    }
}

#[async_trait]
impl HeadLock for SqlHeadLock {
    fn head(&self) -> Head {
        self.head
    }

    async fn rows_after(&mut self, position: u64, limit: u32) -> Result<Vec<Row>> {
        super::rows(&mut self.tx, self.dossier, position, limit).await
    }

    async fn append(&mut self, rows: &[Row]) -> Result<()> {
        let before = self.head;
        for row in rows {
            let continues = row.position == self.head.position + 1;
            if !continues || row.received_at <= self.head.received_at {
                return Err(StoreError::Order);
            }
            insert_event(&mut self.tx, self.dossier, row).await?;
            self.head.position = row.position;
            self.head.chain = row.chain;
            self.head.received_at = row.received_at;
            self.moved = true;
        }
        sqlx::query(
            "update quarantine set resolved_at = $3 where dossier = $1 and resolved_at is null
             and hash in (select hash from event where dossier = $1 and position > $2)",
        )
        .bind(&self.dossier.0[..])
        .bind(int(before.position)?)
        .bind(int(self.head.received_at)?)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn quarantine(&mut self, events: &[Quarantined]) -> Result<()> {
        for it in events {
            sqlx::query(
                "insert into quarantine
                 (dossier, hash, sealed, body, verdict, code, sender, received_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)
                 on conflict (dossier, hash) do update set code = excluded.code",
            )
            .bind(&self.dossier.0[..])
            .bind(&it.hash.0[..])
            .bind(&it.sealed[..])
            .bind(it.body.as_deref())
            .bind(i64::from(it.verdict))
            .bind(i64::from(it.code))
            .bind(&it.sender.0[..])
            .bind(int(it.received_at)?)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    async fn quarantined(&mut self, hash: EventHash) -> Result<Option<Quarantined>> {
        let row = sqlx::query(
            "select hash, sealed, body, verdict, code, sender, received_at from quarantine
             where dossier = $1 and hash = $2 and resolved_at is null",
        )
        .bind(&self.dossier.0[..])
        .bind(&hash.0[..])
        .fetch_optional(&mut *self.tx)
        .await?;
        row.as_ref().map(super::quarantined).transpose()
    }

    async fn resolve_quarantine(&mut self, hash: EventHash, now: u64) -> Result<()> {
        sqlx::query("update quarantine set resolved_at = $3 where dossier = $1 and hash = $2")
            .bind(&self.dossier.0[..])
            .bind(&hash.0[..])
            .bind(int(now)?)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn set_members(&mut self, members: &[(PersonId, u8)]) -> Result<()> {
        sqlx::query("delete from membership where dossier = $1")
            .bind(&self.dossier.0[..])
            .execute(&mut *self.tx)
            .await?;
        for (person, role) in members {
            sqlx::query(
                "insert into membership (person, dossier, role) values ($1, $2, $3)
                 on conflict do nothing",
            )
            .bind(&person.0[..])
            .bind(&self.dossier.0[..])
            .bind(i64::from(*role))
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    async fn put_person(&mut self, person: &Somebody) -> Result<()> {
        people::put(&mut self.tx, person).await
    }

    async fn devices(&mut self, person: PersonId) -> Result<Vec<Device>> {
        people::devices(&mut *self.tx, person).await
    }

    async fn put_device(&mut self, device: &Device) -> Result<()> {
        people::put_device(&mut self.tx, device).await
    }

    async fn revoke_device(&mut self, key: KeyId, now: u64) -> Result<()> {
        people::revoke_device(&mut self.tx, key, now).await.map(drop)
    }

    async fn commit(mut self: Box<Self>) -> Result<()> {
        if !self.moved {
            return Ok(self.tx.commit().await?);
        }
        sqlx::query("update dossier set head = $2, chain = $3, received_at = $4 where id = $1")
            .bind(&self.dossier.0[..])
            .bind(int(self.head.position)?)
            .bind(&self.head.chain.0[..])
            .bind(int(self.head.received_at)?)
            .execute(&mut *self.tx)
            .await?;
        let hint = Hint { dossier: self.dossier, position: self.head.position };
        notify(&mut self.tx, hint).await?;
        self.tx.commit().await?;
        announce(&self.hints, hint);
        Ok(())
    }
}

async fn insert_event(tx: &mut Transaction<'static, Db>, of: DossierId, it: &Row) -> Result<()> {
    sqlx::query(
        "insert into event
         (dossier, position, hash, replica, seq, kind, sealed, body, verdict, received_at, hlc_eff, chain)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&of.0[..])
    .bind(int(it.position)?)
    .bind(&it.hash.0[..])
    .bind(&it.replica.0[..])
    .bind(int(it.seq)?)
    .bind(i64::from(it.kind))
    .bind(&it.sealed[..])
    .bind(it.body.as_deref())
    .bind(i64::from(it.verdict))
    .bind(int(it.received_at)?)
    .bind(int(it.hlc_eff)?)
    .bind(&it.chain.0[..])
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Makes the dossier's row, unless it is there.
pub(in super::super) async fn insert_dossier(
    tx: &mut Transaction<'static, Db>,
    dossier: DossierId,
    epoch: Epoch,
) -> Result<()> {
    sqlx::query(
        "insert into dossier (id, chain, epoch) values ($1, $2, $3) on conflict do nothing",
    )
    .bind(&dossier.0[..])
    .bind(&Chain::START.0[..])
    .bind(&epoch.0[..])
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Reads the head with the database's own way of locking it.
pub(in super::super) async fn read_head(
    tx: &mut Transaction<'static, Db>,
    query: &'static str,
    dossier: DossierId,
) -> Result<Head> {
    head(&sqlx::query(query).bind(&dossier.0[..]).fetch_one(&mut **tx).await?, 0)
}
