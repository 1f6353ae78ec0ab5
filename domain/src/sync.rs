//! How two copies of a dossier meet again: [`Ledger`] on the server, [`Replica`] on a phone.
//!
//! Values in, values out. Nothing here waits, sends, stores or knows the time.

mod ledger;
mod replica;
mod witness;

pub use ledger::{Ledger, Ruling, School, Stored};
pub use replica::{
    Changes, Composer, Counts, Held, Loaded, Mistrust, Opening, Receipt, Refused, Replica, Step,
    Tip, Trail, Written,
};
pub use witness::Claim;

use crate::Bytes;
use crate::dossier::Placed;
use crate::event::Event;
use crate::hlc::Hlc;
use crate::id::{Chain, EventHash};
use crate::seal::sha256;
use crate::wire::{Verdict, WireRow};

/// A row of the server's order, with its event where it may be seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// From 1, without holes.
    pub position: u64,
    /// The event's identity.
    pub hash: EventHash,
    /// `Accepted`, `Flagged` or `Waiting`.
    pub verdict: Verdict,
    /// In milliseconds since 1970; later than the row before.
    pub received_at: u64,
    /// The event, when it may be seen and can be read.
    pub event: Option<Event>,
}

impl Row {
    /// The chain after this row.
    pub fn chain(&self, before: Chain) -> Chain {
        Chain(sha256(&[
            &before.0,
            &self.position.to_be_bytes(),
            &self.hash.0,
            &[self.verdict as u8],
            &self.received_at.to_be_bytes(),
        ]))
    }

    /// How the fold takes it.
    pub fn placed(&self) -> Option<Placed<'_>> {
        let event = self.event.as_ref()?;
        Some(Placed {
            event,
            position: Some(self.position),
            at: event.header().hlc.min(Hlc::at(self.received_at)),
            received_at: Some(self.received_at),
            waiting: self.verdict == Verdict::Waiting,
        })
    }

    /// As it travels.
    pub fn to_wire(&self, with_event: bool) -> WireRow {
        WireRow {
            position: self.position,
            hash: self.hash,
            verdict: self.verdict,
            received_at: self.received_at,
            event: self.event.as_ref().filter(|_| with_event).map(|it| Bytes(it.raw())),
        }
    }

    /// Reads a travelled row. Bytes that are no event, or another one, are left out: the rest stays readable.
    pub fn from_wire(row: &WireRow) -> Row {
        let event = row.event.as_ref().and_then(|it| Event::parse(&it.0).ok());
        Row {
            position: row.position,
            hash: row.hash,
            verdict: row.verdict,
            received_at: row.received_at,
            event: event.filter(|it| it.hash() == row.hash),
        }
    }
}
