//! The phone's side: what is here, what is on its way, what came back.
//!
//! Every change is a [`Step`]: computed from a `&Replica`, written to storage in one transaction, and only then
//! taken in. A step that storage refuses, because another tab was first, is dropped and nothing has happened.

use super::Row;
use crate::Bytes;
use crate::codec::{from_bytes, to_bytes};
use crate::dossier::{Body, Dossier, Moment, Placed, Refusal};
use crate::event::{Event, Header, MAX_BODY, Short, Unsealed, VERSION};
use crate::hlc::Hlc;
use crate::id::{
    Chain, DossierId, Epoch, EventHash, EventId, KeyId, PersonId, PublicKey, ReplicaId, Signature,
};
use crate::seal::sha256;
use crate::wire::{
    self, Code, MAX_BATCH, MAX_BATCH_BYTES, Pull, PullReply, Push, PushReply, Reconcile,
    ReconcileReply, Verdict, WireRow,
};
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// Where a phone's copy of a dossier stands. Stored as one record that every write compares and replaces.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(map)]
pub struct Tip {
    /// Which history was read last.
    #[n(0)]
    pub epoch: Option<Epoch>,
    /// The last position read.
    #[n(1)]
    pub position: u64,
    /// The chain there, recomputed here.
    #[n(2)]
    pub chain: Option<Chain>,
    /// What the reader could see; see [`PullReply::view`].
    #[n(3)]
    pub view: u64,
    /// This installation's last sequence number in the dossier.
    #[n(4)]
    pub seq: u64,
    /// The hash of that event.
    #[n(5)]
    pub prev: Option<EventHash>,
    /// This installation's clock.
    #[n(6)]
    pub hlc: Hlc,
    /// The server lost what it had: ask what it wants back before pushing.
    #[n(7)]
    pub reconcile: bool,
    /// This installation, once it had to be born again; otherwise the one it joined with.
    #[n(8)]
    pub replica: Option<ReplicaId>,
    /// Counts every write, so that two never look the same.
    #[n(9)]
    pub version: u64,
}

/// What the server said about an event that has not come back by pull yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Its verdict.
    #[n(0)]
    pub verdict: Verdict,
    /// Its position.
    #[n(1)]
    pub position: u64,
    /// The server's time, in milliseconds since 1970.
    #[n(2)]
    pub time: u64,
}

/// An event on its way to the server: one's own, or one given back after a restore.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The event.
    pub event: Event,
    /// The order in which these are sent.
    pub order: u64,
    /// Present once the server has it.
    pub receipt: Option<Receipt>,
}

#[derive(Encode, Decode)]
struct HeldRecord {
    #[n(0)]
    event: Bytes,
    #[n(1)]
    order: u64,
    #[n(2)]
    receipt: Option<Receipt>,
}

/// An event that the server did not take, kept until a person has looked at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The event.
    pub event: Event,
    /// `Quarantined` or `Malformed`.
    pub verdict: Verdict,
    /// Why.
    pub code: Option<Code>,
    /// When, by the server's clock, in milliseconds since 1970.
    pub time: u64,
}

#[derive(Encode, Decode)]
struct RefusedRecord {
    #[n(0)]
    event: Bytes,
    #[n(1)]
    verdict: Verdict,
    #[n(2)]
    code: Option<Code>,
    #[n(3)]
    time: u64,
}

/// What storage holds for a dossier, as bytes.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The tip, as last written.
    pub tip: Option<Vec<u8>>,
    /// Rows by position, ascending.
    pub rows: Vec<(u64, Vec<u8>)>,
    /// Events on their way.
    pub outbox: Vec<(EventHash, Vec<u8>)>,
    /// Events that came back.
    pub refused: Vec<(EventHash, Vec<u8>)>,
}

/// One write to storage: all of it or nothing, and only if the tip is still `expected`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changes {
    /// The dossier.
    pub dossier: DossierId,
    /// The tip's bytes as this replica knows them.
    pub expected: Option<Vec<u8>>,
    /// The new tip.
    pub tip: Vec<u8>,
    /// Forget all rows first.
    pub clear_rows: bool,
    /// Rows to add.
    pub rows: Vec<(u64, Vec<u8>)>,
    /// To put in the outbox, or to replace there.
    pub outbox_put: Vec<(EventHash, Vec<u8>)>,
    /// To take out of it.
    pub outbox_delete: Vec<EventHash>,
    /// To put among the refused.
    pub refused_put: Vec<(EventHash, Vec<u8>)>,
    /// To take out of them.
    pub refused_delete: Vec<EventHash>,
}

/// A change that is decided but not yet stored.
#[derive(Clone, Debug, Default)]
pub struct Step {
    tip: Tip,
    clear_rows: bool,
    rows: Vec<Row>,
    hold: Vec<Held>,
    let_go: Vec<EventHash>,
    refuse: Vec<Refused>,
    forget: Vec<EventHash>,
}

/// Why an answer is not taken in. Nothing is lost by it; the next exchange tries again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mistrust {
    /// It answers something else, or comes too late: another answer was faster.
    Stale,
    /// Rows are missing or altered: the chain does not come out.
    Chain,
}

/// The three totals that everybody sees (H2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Own events without a receipt.
    pub here: usize,
    /// Own events that the school has.
    pub at_school: usize,
    /// Own events that came back.
    pub to_see: usize,
    /// When the oldest one that is only here was made, in milliseconds since 1970.
    pub oldest_here: Option<u64>,
}

/// A dossier on a phone.
#[derive(Clone, Debug)]
pub struct Replica {
    dossier: DossierId,
    person: PersonId,
    key: KeyId,
    born: ReplicaId,
    tip: Tip,
    stored_tip: Option<Vec<u8>>,
    settled: Dossier,
    events: BTreeMap<u64, Event>,
    hashes: BTreeSet<EventHash>,
    outbox: Vec<Held>,
    refused: Vec<Refused>,
    shown: Dossier,
}

impl Replica {
    /// Opens what storage holds. A record that cannot be read is left where it is and skipped.
    pub fn open(
        dossier: DossierId,
        person: PersonId,
        key: KeyId,
        born: ReplicaId,
        loaded: Loaded,
    ) -> Replica {
        let tip = loaded.tip.as_deref().and_then(|it| from_bytes(it).ok()).unwrap_or_default();
        let mut it = Replica {
            dossier,
            person,
            key,
            born,
            tip,
            stored_tip: loaded.tip,
            settled: Dossier::new(dossier),
            events: BTreeMap::new(),
            hashes: BTreeSet::new(),
            outbox: Vec::new(),
            refused: Vec::new(),
            shown: Dossier::new(dossier),
        };
        for (_, bytes) in &loaded.rows {
            if let Ok(row) = from_bytes::<WireRow>(bytes) {
                it.settle(Row::from_wire(&row));
            }
        }
        it.outbox = loaded.outbox.iter().filter_map(|(_, bytes)| Held::read(bytes)).collect();
        it.outbox.sort_by_key(|held| held.order);
        it.refused = loaded.refused.iter().filter_map(|(_, bytes)| Refused::read(bytes)).collect();
        it.show();
        it
    }

    /// Which dossier.
    pub fn id(&self) -> DossierId {
        self.dossier
    }

    /// The dossier as a person sees it: the server's order, then what is only here.
    pub fn dossier(&self) -> &Dossier {
        &self.shown
    }

    /// What came back.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Where this copy stands.
    pub fn tip(&self) -> &Tip {
        &self.tip
    }

    /// Whether an own event is only on this device.
    pub fn is_only_here(&self, hash: EventHash) -> bool {
        self.outbox.iter().any(|it| it.event.hash() == hash && it.receipt.is_none())
    }

    /// The three totals.
    pub fn counts(&self) -> Counts {
        let own = |event: &Event| event.header().person == self.person;
        let waiting = || self.outbox.iter().filter(|it| own(&it.event) && it.receipt.is_none());
        let receipted = self.outbox.iter().filter(|it| own(&it.event) && it.receipt.is_some());
        Counts {
            here: waiting().count(),
            at_school: self.events.values().filter(|it| own(it)).count() + receipted.count(),
            to_see: self.refused.iter().filter(|it| own(&it.event)).count(),
            oldest_here: waiting().map(|it| it.event.header().hlc.millis()).min(),
        }
    }

    /// Begins what one action of a person writes. `now` in milliseconds since 1970, as well as it is known.
    pub fn compose(&self, now: u64) -> Composer<'_> {
        Composer { replica: self, tip: self.tip.clone(), now, made: Vec::new() }
    }

    /// The step that keeps sealed events, in the order in which they were composed.
    ///
    /// # Errors
    /// `Stale` when they do not follow what is here now: another tab wrote in between. Compose again.
    pub fn record(&self, events: Vec<Event>) -> Result<Step, Mistrust> {
        let mut step = self.step();
        for (order, event) in (self.next_order()..).zip(events) {
            let header = event.header();
            let follows = header.dossier == self.dossier
                && header.replica == self.replica()
                && header.seq == step.tip.seq + 1
                && header.prev == step.tip.prev.map(Short::from).unwrap_or_default();
            if !follows {
                return Err(Mistrust::Stale);
            }
            step.tip.seq = header.seq;
            step.tip.prev = Some(event.hash());
            step.tip.hlc = step.tip.hlc.max(header.hlc);
            step.hold.push(Held { event, order, receipt: None });
        }
        Ok(step)
    }

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

    /// A refused event leaves the list: its author has seen it.
    pub fn dismiss(&self, hash: EventHash) -> Step {
        let mut step = self.step();
        step.forget.push(hash);
        step
    }

    /// Whether the server found that this installation was copied.
    pub fn is_forked(&self) -> bool {
        self.refused
            .iter()
            .any(|it| it.code == Some(Code::Fork) && it.event.header().replica == self.replica())
    }

    /// Goes on as a new installation: what was refused or is unsent has to be sealed again.
    /// Returns the tip to compose from and the bodies, in order; `reborn` then keeps the new seals.
    pub fn rebirth(
        &self,
        replica: ReplicaId,
        now: u64,
        ids: &mut dyn FnMut() -> EventId,
    ) -> Vec<Unsealed> {
        let tip = Tip { replica: Some(replica), seq: 0, prev: None, ..self.tip.clone() };
        let mut composer = Composer { replica: self, tip, now, made: Vec::new() };
        let mut renamed = BTreeMap::new();
        for event in self.orphans() {
            let Some(bytes) = event.body() else { continue };
            let kind = event.header().kind;
            let body = Body::decode(kind, bytes);
            let is_unknown = matches!(body, Body::Unknown { .. });
            let body = if is_unknown { bytes.to_vec() } else { body.renamed(&renamed).encode() };
            let hash = composer.put(ids(), kind, event.header().flags, body);
            renamed.insert(event.hash(), hash);
        }
        composer.made
    }

    /// The step that replaces what a copied installation had not delivered by its new seals.
    pub fn reborn(&self, replica: ReplicaId, events: Vec<Event>) -> Step {
        let mut step = self.step();
        let orphans: Vec<_> = self.orphans().map(Event::hash).collect();
        step.tip.replica = Some(replica);
        step.tip.seq = events.last().map_or(0, |it| it.header().seq);
        step.tip.prev = events.last().map(Event::hash);
        step.hold = (self.next_order()..)
            .zip(events)
            .map(|(order, event)| Held { event, order, receipt: None })
            .collect();
        step.let_go = orphans.clone();
        step.forget = orphans;
        step
    }

    fn orphans(&self) -> impl Iterator<Item = &Event> {
        let forked = self.refused.iter().filter(|it| it.code == Some(Code::Fork));
        let unsent = self.outbox.iter().filter(|it| it.receipt.is_none());
        let all = forked.map(|it| &it.event).chain(unsent.map(|it| &it.event));
        all.filter(|it| it.header().replica == self.replica())
    }

    /// The installation that signs now.
    pub fn replica(&self) -> ReplicaId {
        self.tip.replica.unwrap_or(self.born)
    }

    /// The public key that the school certified for an event's author: what a phone checks a pulled event with.
    pub fn key_of(&self, event: &Event, school: &PublicKey) -> Option<PublicKey> {
        let header = event.header();
        if header.person == PersonId::SCHOOL {
            return (header.key == school.id()).then_some(*school);
        }
        let certified = &self.settled.keys.get(header.key)?.certified;
        (certified.person == header.person).then_some(certified.public)
    }

    /// As storage will hold it.
    pub fn changes(&self, step: &Step) -> Changes {
        let wire = |row: &Row| (row.position, to_bytes(&row.to_wire(true)));
        Changes {
            dossier: self.dossier,
            expected: self.stored_tip.clone(),
            tip: to_bytes(&step.tip),
            clear_rows: step.clear_rows,
            rows: step.rows.iter().map(wire).collect(),
            outbox_put: step.hold.iter().map(|it| (it.event.hash(), it.write())).collect(),
            outbox_delete: step.let_go.clone(),
            refused_put: step.refuse.iter().map(|it| (it.event.hash(), it.write())).collect(),
            refused_delete: step.forget.clone(),
        }
    }

    /// Takes in a step that storage has kept.
    pub fn take(&mut self, step: Step) {
        let only_new = step.rows.is_empty() && !step.clear_rows && step.let_go.is_empty();
        let fresh: Vec<EventHash> = step
            .hold
            .iter()
            .map(|it| it.event.hash())
            .filter(|hash| !self.outbox.iter().any(|it| it.event.hash() == *hash))
            .collect();
        self.stored_tip = Some(to_bytes(&step.tip));
        self.tip = step.tip;
        if step.clear_rows {
            self.settled = Dossier::new(self.dossier);
            self.events.clear();
            self.hashes.clear();
        }
        self.outbox.retain(|it| !step.let_go.contains(&it.event.hash()));
        self.refused.retain(|it| !step.forget.contains(&it.event.hash()));
        for held in step.hold {
            match self.outbox.iter_mut().find(|it| it.event.hash() == held.event.hash()) {
                Some(old) => *old = held,
                None => self.outbox.push(held),
            }
        }
        self.outbox.sort_by_key(|it| it.order);
        self.refused.extend(step.refuse);
        step.rows.into_iter().for_each(|row| self.settle(row));
        if only_new {
            let new = self.outbox.iter().filter(|it| fresh.contains(&it.event.hash()));
            new.for_each(|it| self.shown.fold(&it.placed()));
        } else {
            self.show();
        }
    }

    fn settle(&mut self, row: Row) {
        self.hashes.insert(row.hash);
        if let Some(placed) = row.placed() {
            self.settled.fold(&placed);
        }
        if let Some(event) = row.event {
            self.events.insert(row.position, event);
        }
    }

    fn show(&mut self) {
        self.shown = self.settled.clone();
        let here = self.outbox.iter().filter(|it| !self.hashes.contains(&it.event.hash()));
        here.for_each(|it| self.shown.fold(&it.placed()));
    }

    fn step(&self) -> Step {
        let tip = Tip { version: self.tip.version + 1, ..self.tip.clone() };
        Step { tip, ..Step::default() }
    }

    fn next_order(&self) -> u64 {
        self.outbox.last().map_or(0, |it| it.order + 1)
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
    !matches!(parsed, Some(Err(crate::event::Broken::NewerVersion)))
}

/// What one action of a person writes: composed together, signed, then kept in one transaction.
pub struct Composer<'r> {
    replica: &'r Replica,
    tip: Tip,
    now: u64,
    made: Vec<Unsealed>,
}

impl Composer<'_> {
    /// Adds an event and tells what it will be known by.
    ///
    /// # Errors
    /// The rule that forbids it.
    pub fn add(&mut self, id: EventId, body: &Body) -> Result<EventHash, Refusal> {
        let me = self.replica.person;
        self.replica.shown.permit(me, Moment::HERE, body)?;
        if let Body::Confirmation(it) = body
            && self.replica.shown.repeats(me, it)
        {
            return Err(Refusal::AlreadyDone);
        }
        let bytes = body.encode();
        if bytes.len() > MAX_BODY {
            return Err(Refusal::OutOfRange);
        }
        Ok(self.put(id, body.kind(), body.flags(), bytes))
    }

    fn put(&mut self, id: EventId, kind: u16, flags: u16, body: Vec<u8>) -> EventHash {
        let tip = &mut self.tip;
        tip.hlc = tip.hlc.tick(self.now);
        let header = Header {
            version: VERSION,
            kind,
            id,
            dossier: self.replica.dossier,
            replica: tip.replica.unwrap_or(self.replica.born),
            seq: tip.seq + 1,
            prev: tip.prev.map(Short::from).unwrap_or_default(),
            hlc: tip.hlc,
            person: self.replica.person,
            key: self.replica.key,
            seen_position: tip.position,
            seen_chain: tip.chain.unwrap_or(Chain::START).into(),
            body_hash: EventHash([0; 32]),
            body_len: 0,
            flags,
            challenge: None,
        };
        let unsealed = Unsealed::new(header, body);
        tip.seq += 1;
        tip.prev = Some(unsealed.hash());
        self.made.push(unsealed);
        self.made.last().map_or(EventHash([0; 32]), Unsealed::hash)
    }

    /// What has to be signed, in order.
    pub fn finish(self) -> Vec<Unsealed> {
        self.made
    }
}

impl Held {
    fn placed(&self) -> Placed<'_> {
        Placed {
            event: &self.event,
            position: None,
            at: self.event.header().hlc,
            received_at: self.receipt.map(|it| it.time),
            waiting: self.receipt.is_some_and(|it| it.verdict == Verdict::Waiting),
        }
    }

    fn write(&self) -> Vec<u8> {
        let event = Bytes(self.event.raw());
        to_bytes(&HeldRecord { event, order: self.order, receipt: self.receipt })
    }

    fn read(bytes: &[u8]) -> Option<Held> {
        let it: HeldRecord = from_bytes(bytes).ok()?;
        let event = Event::parse(&it.event.0).ok()?;
        Some(Held { event, order: it.order, receipt: it.receipt })
    }
}

impl Refused {
    fn write(&self) -> Vec<u8> {
        let event = Bytes(self.event.raw());
        let it = RefusedRecord { event, verdict: self.verdict, code: self.code, time: self.time };
        to_bytes(&it)
    }

    fn read(bytes: &[u8]) -> Option<Refused> {
        let it: RefusedRecord = from_bytes(bytes).ok()?;
        let event = Event::parse(&it.event.0).ok()?;
        Some(Refused { event, verdict: it.verdict, code: it.code, time: it.time })
    }
}

impl Unsealed {
    /// Signs with whatever holds the key, and closes.
    pub fn sealed_with(self, sign: impl FnOnce(&[u8]) -> Signature) -> Event {
        let signature = sign(&self.signing_input());
        self.seal(signature)
    }
}
