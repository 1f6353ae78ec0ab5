//! The phone's side: what is here, what is on its way, what came back.
//!
//! Every change is a [`Step`]: computed from a `&Replica`, written to storage in one transaction, and only then
//! taken in. A step that storage refuses, because another tab was first, is dropped and nothing has happened.

mod compose;
mod exchange;
mod opening;
mod outbox;
mod storage;
mod trail;

pub use compose::Composer;
pub use opening::Opening;
pub use storage::{Changes, Held, Loaded, Receipt, Refused};
pub use trail::{Trail, Written};

use super::Row;
use crate::codec::{record, to_bytes};
use crate::dossier::{Dossier, Frame};
use crate::event::Event;
use crate::hlc::Hlc;
use crate::id::{Chain, DossierId, Epoch, EventHash, KeyId, PersonId, PublicKey, ReplicaId};
use crate::ordered::Table;
use outbox::Outbox;
use std::sync::Arc;

record! {
    /// Where a phone's copy of a dossier stands. Stored as one record that every write compares and replaces.
    #[derive(Default)]
    pub map Tip {
        /// Which history was read last.
        0 epoch: Option<Epoch>,
        /// The last position read.
        1 position: u64,
        /// The chain there, recomputed here.
        2 chain: Option<Chain>,
        /// What the reader could see; see [`PullReply::view`].
        3 view: u64,
        /// This installation's last sequence number in the dossier.
        4 seq: u64,
        /// The hash of that event.
        5 prev: Option<EventHash>,
        /// This installation's clock.
        6 hlc: Hlc,
        /// The server lost what it had: ask what it wants back before pushing.
        7 reconcile: bool,
        /// This installation, once it had to be born again; otherwise the one it joined with.
        8 replica: Option<ReplicaId>,
        /// Counts every write, so that two never look the same.
        9 version: u64,
    }
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
    rows: Table<u64, Row>,
    hashes: Table<EventHash, ()>,
    outbox: Outbox,
    refused: Vec<Refused>,
    shown: Dossier,
}

impl Replica {
    /// Which dossier.
    pub fn id(&self) -> DossierId {
        self.dossier
    }

    /// The dossier as a person sees it: the server's order, then what is only here.
    pub fn dossier(&self) -> &Dossier {
        &self.shown
    }

    /// Puts the figures into the frame of what the centre sets. Says whether that is another one than before.
    pub fn surround(&mut self, frame: &Arc<Frame>) -> bool {
        let is_other = self.settled.frame != *frame;
        if is_other {
            self.settled.frame = frame.clone();
            self.shown.frame = frame.clone();
        }
        is_other
    }

    /// What came back.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Whose copy it is.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Where storage says that it stands; nothing before the first write.
    pub fn stored_tip(&self) -> Option<&[u8]> {
        self.stored_tip.as_deref()
    }

    /// Whether something is to be sent to the school.
    pub fn sends(&self) -> bool {
        self.tip.reconcile || self.outbox.unsent().next().is_some()
    }

    /// Where this copy stands.
    pub fn tip(&self) -> &Tip {
        &self.tip
    }

    /// Whether an own event is only on this device.
    pub fn is_only_here(&self, hash: EventHash) -> bool {
        self.outbox.get(hash).is_some_and(|it| it.receipt.is_none())
    }

    /// The three totals.
    pub fn counts(&self) -> Counts {
        let own = |event: &Event| event.header().person == self.person;
        let waiting = || self.outbox.unsent().filter(|it| own(&it.event));
        let settled = self.rows.values().filter(|it| it.event.as_ref().is_some_and(own));
        let receipted = self.outbox.iter().filter(|it| own(&it.event) && it.receipt.is_some());
        Counts {
            here: waiting().count(),
            at_school: settled.count() + receipted.count(),
            to_see: self.refused.iter().filter(|it| own(&it.event)).count(),
            oldest_here: waiting().map(|it| it.event.header().hlc.millis()).min(),
        }
    }

    /// A refused event leaves the list: its author has seen it.
    pub fn dismiss(&self, hash: EventHash) -> Step {
        let mut step = self.step();
        step.forget.push(hash);
        step
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

    /// Takes in a step that storage has kept.
    pub fn take(&mut self, step: Step) {
        let waits = |held: &Held| held.placed().waiting;
        let looks_the_same = |held: &Held| match self.outbox.get(held.event.hash()) {
            Some(old) => waits(old) == waits(held),
            None => held.receipt.is_none(),
        };
        // Only added at the end, or receipted as hoped: thousands of receipts must not fold thousands of times.
        let only_adds = step.rows.is_empty()
            && !step.clear_rows
            && step.let_go.is_empty()
            && step.hold.iter().all(looks_the_same);
        self.stored_tip = Some(to_bytes(&step.tip));
        self.tip = step.tip;
        if step.clear_rows {
            let frame = self.settled.frame.clone();
            self.settled = Dossier { frame, ..Dossier::new(self.dossier) };
            self.rows = Table::default();
            self.hashes = Table::default();
        }
        step.let_go.iter().for_each(|hash| self.outbox.remove(*hash));
        let mut forget = Table::default();
        for hash in step.forget {
            forget.put(hash, ());
        }
        self.refused.retain(|it| !forget.has(&it.event.hash()));
        self.refused.extend(step.refuse);
        for held in step.hold {
            if only_adds && !self.outbox.contains(held.event.hash()) {
                self.shown.fold(&held.placed());
            }
            self.outbox.put(held);
        }
        step.rows.into_iter().for_each(|row| self.settle(row));
        if !only_adds {
            self.show();
        }
    }

    fn settle(&mut self, row: Row) {
        self.hashes.put(row.hash, ());
        if let Some(placed) = row.placed() {
            self.settled.fold(&placed);
            self.rows.put(row.position, row);
        }
    }

    fn show(&mut self) {
        self.shown = self.settled.clone();
        let here = self.outbox.iter().filter(|it| !self.hashes.has(&it.event.hash()));
        here.for_each(|it| self.shown.fold(&it.placed()));
    }

    fn step(&self) -> Step {
        let tip = Tip { version: self.tip.version + 1, ..self.tip.clone() };
        Step { tip, ..Step::default() }
    }

    fn next_order(&self) -> u64 {
        self.outbox.next_order()
    }
}
