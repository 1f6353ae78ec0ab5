//! What goes to the server and what comes back: push, pull, and what to do when the server lost its history.

use super::{Held, Mistrust, Receipt, Refused, Replica, Step, Tip};
use crate::Bytes;
use crate::codec::to_bytes;
use crate::event::{Broken, Event};
use crate::hlc::Hlc;
use crate::id::{Chain, Epoch, EventHash};
use crate::ordered::Table;
use crate::seal::sha256;
use crate::sync::Row;
use crate::wire::{
    self, Code, MAX_BATCH, MAX_BATCH_BYTES, Pull, PullReply, Push, PushReply, Reconcile,
    ReconcileReply, Verdict, WireRow,
};

impl Replica {
    /// The next events to send, oldest first; at most `most` of them and at least one when any waits.
    pub fn push(&self, most: usize, sent_at: u64) -> Option<Push> {
        if self.tip.reconcile {
            return None;
        }
        let mut bytes = 1024;
        let mut events = Vec::new();
        for held in self.outbox.unsent() {
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
        step.tip.epoch = Some(reply.epoch);
        step.tip.hlc = step.tip.hlc.witness(Hlc::at(reply.time), now);
        for (raw, ruled) in sent.events.iter().zip(&reply.ruled) {
            let Ok(event) = Event::parse(&raw.0) else { continue };
            let Some(held) = self.outbox.get(event.hash()) else { continue };
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
                (_, Some(_)) if self.hashes.has(&event.hash()) => {
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
        let first = reply.rows.first().map_or(self.tip.position + 1, |it| it.position);
        if reply.dossier != self.dossier || first != self.tip.position + 1 {
            return Err(Mistrust::Stale);
        }
        if self.is_another_history(reply.epoch, reply.head) {
            return Ok(self.start_over(reply.epoch));
        }
        let mut step = self.step();
        step.tip.epoch = Some(reply.epoch);
        if self.tip.view != reply.view && self.tip.position > 0 {
            // More or less may be seen than before: everything is read again. Until then it is held as receipted,
            // so that it stays on the screen, and with us should the server lose it just now.
            step.clear_rows = true;
            step.tip = Tip { position: 0, chain: None, view: reply.view, ..step.tip };
            step.hold = self.everything(Row::receipt, |it| it.receipt);
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
            // What was read before is no longer how the school tells it: offer all of it again, and read anew.
            let differs = self.tip.position > 0;
            return if differs { Ok(self.start_over(reply.epoch)) } else { Err(Mistrust::Chain) };
        }
        if step.tip.position == reply.head {
            step.hold = self.missing(&step.let_go);
        }
        step.let_go.retain(|hash| self.outbox.contains(*hash));
        Ok(step)
    }

    /// What was receipted and is nowhere in the order, once that is read to its end: the school lost it.
    fn missing(&self, just_read: &[EventHash]) -> Vec<Held> {
        let mut known = Table::default();
        for hash in just_read {
            known.put(*hash, ());
        }
        let receipted = self.outbox.iter().filter(|it| it.receipt.is_some());
        receipted
            .filter(|it| !known.has(&it.event.hash()))
            .map(|it| Held { receipt: None, ..it.clone() })
            .collect()
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
        let mut held = Table::default();
        for event in self.outbox.iter().map(|it| &it.event) {
            let header = event.header();
            let last = held.get_or_put(header.replica, (header.seq, event.hash()));
            *last = (*last).max((header.seq, event.hash()));
        }
        let held = held.iter().map(|(it, (seq, hash))| wire::Held {
            replica: *it,
            seq: *seq,
            hash: *hash,
        });
        let offer = Reconcile { dossier: self.dossier, held: held.collect() };
        self.tip.reconcile.then_some(offer)
    }

    /// Takes in what the server wants back; the rest it has. When the history changed again meanwhile, it is asked again.
    ///
    /// # Errors
    /// `Stale` when it answers about another dossier.
    pub fn absorb_reconcile(&self, reply: &ReconcileReply) -> Result<Step, Mistrust> {
        if reply.dossier != self.dossier {
            return Err(Mistrust::Stale);
        }
        if self.tip.epoch != Some(reply.epoch) {
            return Ok(self.start_over(reply.epoch));
        }
        let mut step = self.step();
        step.tip.reconcile = false;
        for held in self.outbox.iter() {
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
        step.hold = self.everything(|_| None, |_| None);
        step
    }

    /// All that is held, settled first, as if it had to be sent.
    fn everything(
        &self,
        settled: impl Fn(&Row) -> Option<Receipt>,
        pending: impl Fn(&Held) -> Option<Receipt>,
    ) -> Vec<Held> {
        let rows = self.rows.values().filter_map(|it| Some((it.event.clone()?, settled(it))));
        let held = self.outbox.iter().filter(|it| !self.hashes.has(&it.event.hash()));
        let held = held.map(|it| (it.event.clone(), pending(it)));
        (0..)
            .zip(rows.chain(held))
            .map(|(order, (event, receipt))| Held { event, order, receipt })
            .collect()
    }
}

impl Row {
    fn receipt(&self) -> Option<Receipt> {
        let (verdict, position, time) = (self.verdict, self.position, self.received_at);
        Some(Receipt { verdict, position, time })
    }
}

/// A row whose event does not fit its hash was tampered with; one that is merely newer than this app is not.
fn is_lie(wire: &WireRow) -> bool {
    let parsed = wire.event.as_ref().map(|it| Event::parse(&it.0));
    !matches!(parsed, Some(Err(Broken::NewerVersion)))
}
