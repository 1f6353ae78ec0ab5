//! The dossiers that are in use, folded: read from the store once, then kept up to date.

use crate::error::{Error, Result};
use crate::store::{Head, HeadLock, SharedStore, StoreError};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{Chain, DossierId, Epoch};
use dubbelspoor_domain::seal;
use dubbelspoor_domain::sync::{Ledger, Row, School};
use dubbelspoor_domain::wire::{Code, Verdict};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many dossiers stay in memory.
const KEPT: usize = 1_000;
/// How many rows are read at a time.
const PAGE: u32 = 1_000;

/// The ledgers in memory. What is here was committed.
pub(crate) struct Ledgers {
    school: School,
    kept: Mutex<BTreeMap<DossierId, Arc<Ledger>>>,
}

impl Ledgers {
    pub(crate) fn new(school: School) -> Ledgers {
        Ledgers { school, kept: Mutex::default() }
    }

    /// A dossier as the store has it by now.
    pub(crate) async fn read(
        &self,
        store: &SharedStore,
        it: DossierId,
    ) -> Result<Option<Arc<Ledger>>> {
        let Some(head) = store.head(it).await? else { return Ok(None) };
        let kept = self.kept().get(&it).cloned().filter(|kept| kept.epoch() == head.epoch);
        if let Some(kept) = &kept
            && kept.position() >= head.position
        {
            return Ok(Some(kept.clone()));
        }
        let mut ledger = match kept {
            Some(kept) => kept,
            None => Arc::new(self.begin(store, it, head.epoch).await?),
        };
        let behind = Arc::make_mut(&mut ledger);
        while behind.position() < head.position {
            let rows = store.rows(it, behind.position(), PAGE).await?;
            replay(behind, &rows)?;
        }
        let caught_up = behind.position() > head.position || behind.chain() == head.chain;
        if !caught_up {
            return Err(Error::Corrupt("the chain does not come out"));
        }
        self.keep(it, ledger.clone());
        Ok(Some(ledger))
    }

    async fn begin(&self, store: &SharedStore, it: DossierId, epoch: Epoch) -> Result<Ledger> {
        let mut ledger = self.empty(it, epoch);
        for (hash, code) in store.put_aside(it).await? {
            ledger.replay_put_aside(hash, Code::from_number(code));
        }
        Ok(ledger)
    }

    fn empty(&self, it: DossierId, epoch: Epoch) -> Ledger {
        Ledger::new(it, epoch, self.school, seal::verify)
    }

    /// A dossier to write in, while its head is locked. It is gone from here until [`Ledgers::keep`] brings it
    /// back: what is not committed must not be seen.
    pub(crate) async fn take(&self, it: DossierId, lock: &mut dyn HeadLock) -> Result<Ledger> {
        let head: Head = lock.head();
        let kept = self.kept().remove(&it).filter(|kept| kept.epoch() == head.epoch);
        let mut ledger = kept.map_or_else(|| self.empty(it, head.epoch), Arc::unwrap_or_clone);
        while ledger.position() < head.position {
            let rows = lock.rows_after(ledger.position(), PAGE).await?;
            replay(&mut ledger, &rows)?;
        }
        if ledger.chain() == head.chain {
            Ok(ledger)
        } else {
            Err(Error::Corrupt("the chain does not come out"))
        }
    }

    /// Keeps what has been committed.
    pub(crate) fn keep(&self, it: DossierId, ledger: Arc<Ledger>) {
        let mut kept = self.kept();
        if kept.len() >= KEPT && !kept.contains_key(&it) {
            kept.pop_first();
        }
        let newer = kept
            .get(&it)
            .is_none_or(|old| old.epoch() != ledger.epoch() || old.position() < ledger.position());
        if newer {
            kept.insert(it, ledger);
        }
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<DossierId, Arc<Ledger>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn replay(ledger: &mut Ledger, rows: &[crate::store::Row]) -> Result<()> {
    if rows.is_empty() {
        return Err(Error::Corrupt("rows are missing"));
    }
    for stored in rows {
        let row = from_store(stored)?;
        if row.position != ledger.position() + 1 {
            return Err(Error::Corrupt("rows are missing"));
        }
        ledger.replay(&row);
    }
    Ok(())
}

/// A stored row as the ledger knows it. Its event is absent when the bytes are not what they were.
pub(crate) fn from_store(row: &crate::store::Row) -> Result<Row> {
    let event = Event::join(&row.sealed, row.body.as_deref()).ok();
    Ok(Row {
        position: row.position,
        hash: row.hash,
        verdict: verdict(row.verdict)?,
        received_at: row.received_at,
        event: event.filter(|it| it.hash() == row.hash),
    })
}

/// A row for the store, after the ledger took it in.
pub(crate) fn to_store(row: &Row, chain: Chain) -> Result<crate::store::Row, StoreError> {
    let event = row.event.as_ref().ok_or(StoreError::Form("a row without its event"))?;
    let header = event.header();
    let at = row.placed().map_or(0, |it| it.at.0);
    Ok(crate::store::Row {
        position: row.position,
        hash: row.hash,
        replica: header.replica,
        seq: header.seq,
        kind: header.kind,
        sealed: event.sealed().to_vec(),
        body: event.body().map(<[u8]>::to_vec),
        verdict: row.verdict as u8,
        received_at: row.received_at,
        hlc_eff: at,
        chain,
    })
}

fn verdict(number: u8) -> Result<Verdict> {
    let all = [Verdict::Accepted, Verdict::Flagged, Verdict::Waiting];
    let found = all.into_iter().find(|it| *it as u8 == number);
    found.ok_or(Error::Corrupt("a verdict that nobody gave"))
}
