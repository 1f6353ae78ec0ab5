//! The phone's side: what is here, what is on its way, what came back.
//!
//! Every change is a [`Step`]: computed from a `&Replica`, written to storage in one transaction, and only then
//! taken in. A step that storage refuses, because another tab was first, is dropped and nothing has happened.

mod compose;
mod exchange;
mod storage;

pub use compose::Composer;
pub use storage::{Changes, Held, Loaded, Receipt, Refused};

use super::Row;
use crate::codec::{from_bytes, to_bytes};
use crate::dossier::Dossier;
use crate::event::Event;
use crate::hlc::Hlc;
use crate::id::{Chain, DossierId, Epoch, EventHash, KeyId, PersonId, PublicKey, ReplicaId};
use crate::wire::WireRow;
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
}
