//! What goes to the server and what comes back: push, pull, and what to do when the server lost its history.

use super::{Held, Mistrust, Receipt, Refused, Replica, Step, Tip};
use crate::Bytes;
use crate::codec::to_bytes;
use crate::event::{Broken, Event};
use crate::hlc::Hlc;
use crate::id::{Chain, Epoch};
use crate::seal::sha256;
use crate::sync::Row;
use crate::wire::{
    self, Code, MAX_BATCH, MAX_BATCH_BYTES, Pull, PullReply, Push, PushReply, Reconcile,
    ReconcileReply, Verdict, WireRow,
};
use std::collections::BTreeMap;

impl Replica {
    /// The next events to send, oldest first; at most `most` of them and at least one when any waits.
    pub fn push(&self, most: usize, sent_at: u64) -> Option<Push> {
        if self.tip.reconcile {
            return None;
        }
        let mut bytes = 1024;
        let mut events = Vec::new();
        for held in self.outbox.iter().filter(|it| it.receipt.is_none()) {
            let raw = held.event.raw();
            bytes += raw.len() + 16;
            let full = events.len() >= most.clamp(1, MAX_BATCH) || bytes > MAX_BATCH_BYTES;
            if full && !events.is_empty() {
                break;
            }
            events.push(Bytes(raw));
        }
        (!events.is_empty()).then_some(Push { dossier: self.dossier, sent_at, events })
    }

    /// Takes in the receipt of a push, whose signature the caller has checked.
    ///
    /// # Errors
    /// `Stale` when it is the answer to something else.
    pub fn absorb_push(&self, sent: &Push, reply: &PushReply, now: u64) -> Result<Step, Mistrust> {
        let answers = reply.request.0 == sha256(&[&to_bytes(sent)])
            && reply.dossier == self.dossier
            && reply.ruled.len() == sent.events.len();
        if !answers {
            return Err(Mistrust::Stale);
        }
        if self.is_another_history(reply.epoch, reply.position) {
            return Ok(self.start_over(reply.epoch));
        }
        let mut step = self.step();
        step.tip.hlc = step.tip.hlc.witness(Hlc::at(reply.time), now);
        for (raw, ruled) in sent.events.iter().zip(&reply.ruled) {
            let Ok(event) = Event::parse(&raw.0) else { continue };
            let Some(held) = self.outbox.iter().find(|it| it.event.hash() == event.hash()) else {
                continue;
            };
            match (ruled.verdict, ruled.position) {
                (Verdict::Quarantined | Verdict::Malformed, _) => {
                    step.let_go.push(event.hash());
                    step.refuse.push(Refused {
                        event,
                        verdict: ruled.verdict,
                        code: ruled.code,
                        time: reply.time,
                    });
                }
                (_, Some(_)) if self.hashes.contains(&event.hash()) => {
                    step.let_go.push(event.hash());
                }
                (verdict, Some(position)) => {
                    let receipt = Some(Receipt { verdict, position, time: reply.time });
                    step.hold.push(Held { receipt, ..held.clone() });
                }
                (_, None) => {}
            }
        }
        Ok(step)
    }

    /// When the server does not even take an event alone, it is set aside like any refused one: it must not block the rest.
    pub fn give_up_too_large(&self, sent: &Push, now: u64) -> Step {
        let mut step = self.step();
        for event in sent.events.iter().filter_map(|raw| Event::parse(&raw.0).ok()) {
            step.let_go.push(event.hash());
            let verdict = Verdict::Malformed;
            step.refuse.push(Refused { event, verdict, code: Some(Code::TooLarge), time: now });
        }
        step
    }

    /// What to ask for next.
    pub fn pull(&self) -> Pull {
        Pull { dossier: self.dossier, after: self.tip.position }
    }

    /// Takes in a page, whose signature the caller has checked. `authentic` says whether an event's own signature holds.
    ///
    /// # Errors
    /// `Stale` when it does not continue what is here, `Chain` when rows were left out or altered.
    pub fn absorb_pull(
        &self,
        reply: &PullReply,
        now: u64,
        authentic: &dyn Fn(&Event) -> bool,
    ) -> Result<Step, Mistrust> {
        if reply.dossier != self.dossier {
            return Err(Mistrust::Stale);
        }
        if self.is_another_history(reply.epoch, reply.head) {
            return Ok(self.start_over(reply.epoch));
        }
        let mut step = self.step();
        step.tip.epoch = Some(reply.epoch);
        if self.tip.view != reply.view && self.tip.position > 0 {
            // More or less may be seen than before: read everything again.
            step.clear_rows = true;
            step.tip = Tip { position: 0, chain: None, view: reply.view, ..step.tip };
            return Ok(step);
        }
        step.tip.view = reply.view;
        let mut chain = self.tip.chain.unwrap_or(Chain::START);
        for (wire, position) in reply.rows.iter().zip(self.tip.position + 1..) {
            if wire.position != position {
                return Err(Mistrust::Stale);
            }
            let mut row = Row::from_wire(wire);
            let forged = row.event.as_ref().is_some_and(|it| !authentic(it));
            if forged || (wire.event.is_some() && row.event.is_none() && is_lie(wire)) {
                return Err(Mistrust::Chain);
            }
            chain = row.chain(chain);
            if let Some(event) = &row.event {
                step.tip.hlc = step.tip.hlc.witness(event.header().hlc, now);
                self.keep_up_with_myself(&mut step.tip, event);
            }
            step.let_go.push(row.hash);
            step.tip.position = row.position;
            row.event = row.event.filter(|it| it.header().dossier == self.dossier);
            step.rows.push(row);
        }
        step.tip.chain = Some(chain);
        if chain != reply.chain {
            return Err(Mistrust::Chain);
        }
        step.let_go.retain(|hash| self.outbox.iter().any(|it| it.event.hash() == *hash));
        Ok(step)
    }

    /// After storage was lost on this device, its own earlier events come back by pull: numbering goes on behind them.
    fn keep_up_with_myself(&self, tip: &mut Tip, event: &Event) {
        let header = event.header();
        if header.replica == self.replica() && header.seq > tip.seq {
            tip.seq = header.seq;
            tip.prev = Some(event.hash());
        }
    }

    /// What to tell the server after it lost its history.
    pub fn reconcile(&self) -> Option<Reconcile> {
        let mut held = BTreeMap::new();
        for event in self.outbox.iter().map(|it| &it.event) {
            let header = event.header();
            let last = held.entry(header.replica).or_insert((header.seq, event.hash()));
            *last = (*last).max((header.seq, event.hash()));
        }
        let held = held.into_iter().map(|(replica, (seq, hash))| wire::Held { replica, seq, hash });
        let offer = Reconcile { dossier: self.dossier, held: held.collect() };
        self.tip.reconcile.then_some(offer)
    }

    /// Takes in what the server wants back; the rest it has.
    ///
    /// # Errors
    /// `Stale` when the history changed again meanwhile.
    pub fn absorb_reconcile(&self, reply: &ReconcileReply) -> Result<Step, Mistrust> {
        if reply.dossier != self.dossier || self.tip.epoch != Some(reply.epoch) {
            return Err(Mistrust::Stale);
        }
        let mut step = self.step();
        step.tip.reconcile = false;
        for held in &self.outbox {
            let header = held.event.header();
            let wanted =
                reply.wanted.iter().any(|(it, from)| *it == header.replica && *from <= header.seq);
            if !wanted && held.receipt.is_none() {
                let receipt = Receipt { verdict: Verdict::Duplicate, position: 0, time: 0 };
                step.hold.push(Held { receipt: Some(receipt), ..held.clone() });
            }
        }
        Ok(step)
    }

    fn is_another_history(&self, epoch: Epoch, head: u64) -> bool {
        let receipted = self.outbox.iter().filter_map(|it| it.receipt).map(|it| it.position).max();
        let known = self.tip.position.max(receipted.unwrap_or(0));
        self.tip.epoch.is_some_and(|mine| mine != epoch) || head < known
    }

    /// The server tells another history: everything held is offered again, in its old order, and read anew.
    fn start_over(&self, epoch: Epoch) -> Step {
        let mut step = self.step();
        step.clear_rows = true;
        step.tip.epoch = Some(epoch);
        step.tip.position = 0;
        step.tip.chain = None;
        step.tip.reconcile = true;
        let settled = self.events.values().cloned();
        let pending = self.outbox.iter().map(|it| it.event.clone());
        step.hold = (0..)
            .zip(settled.chain(pending.filter(|it| !self.hashes.contains(&it.hash()))))
            .map(|(order, event)| Held { event, order, receipt: None })
            .collect();
        step
    }
}

/// A row whose event does not fit its hash was tampered with; one that is merely newer than this app is not.
fn is_lie(wire: &WireRow) -> bool {
    let parsed = wire.event.as_ref().map(|it| Event::parse(&it.0));
    !matches!(parsed, Some(Err(Broken::NewerVersion)))
}
