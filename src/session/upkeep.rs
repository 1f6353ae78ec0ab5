//! What the sync loop needs of the installation, and what it learns for it.

use super::{SKEW, Session};
use crate::device::keys::Signer;
use crate::device::store::Store;
use crate::device::{Fault, clock, note};
use crate::sync::{Line, Nudge};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, EventId, ReplicaId};
use dubbelspoor_domain::wire::Joined;
use leptos::prelude::*;

impl Session {
    pub(crate) fn store(self) -> Store {
        self.inner().store.clone()
    }

    pub(crate) fn joined(self) -> Joined {
        self.inner().joined.clone()
    }

    pub(crate) fn signer(self) -> Signer {
        self.inner().signer.clone()
    }

    pub(crate) fn nudge(self) -> Nudge {
        self.inner().nudge.clone()
    }

    pub(crate) fn set_line(self, line: Line) {
        if self.line.with_untracked(|it| *it != line) {
            self.line.set(line);
        }
    }

    /// Whether the last try found no school.
    pub(crate) fn is_offline(self) -> bool {
        self.line.with_untracked(|it| *it == Line::Offline)
    }

    /// The day may have changed while the page slept.
    pub(crate) fn look_at_the_calendar(self) {
        let today = Day(clock::local_day(self.now()));
        if self.today.with_untracked(|it| *it != today) {
            self.today.set(today);
            self.read_the_rest();
        }
    }

    /// Learns the server's clock from an answer.
    pub(crate) async fn learn_time(self, server_ms: u64) {
        let inner = self.inner();
        let skew = server_ms as i64 - clock::now_ms() as i64;
        if (skew - inner.skew.get()).abs() > 2_000 {
            inner.skew.set(skew);
            if let Err(fault) = inner.store.put_meta(SKEW, &skew.to_be_bytes()).await {
                note(&fault.to_string());
            }
        }
    }

    /// New seals for what a copied installation could not deliver.
    pub(crate) async fn be_born_again(self, dossier: DossierId) -> Result<(), Fault> {
        let inner = self.inner();
        let _turn = inner.turn.lock().await;
        let new = ReplicaId(clock::random());
        let mut ids = || EventId(clock::uuid());
        let unsealed = self.peek(dossier, |it| it.rebirth(new, self.now(), &mut ids));
        let unsealed = unsealed.unwrap_or_default();
        let mut events: Vec<Event> = Vec::with_capacity(unsealed.len());
        for it in unsealed {
            let signature = inner.signer.sign(&it.signing_input()).await?;
            events.push(it.seal(signature));
        }
        let Some(step) = self.peek(dossier, |it| it.reborn(new, events)) else { return Ok(()) };
        if !self.keep(dossier, step, None).await? {
            self.read_anew(dossier).await?;
        }
        Ok(())
    }
}
