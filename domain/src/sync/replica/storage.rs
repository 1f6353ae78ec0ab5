//! What a phone keeps, as bytes: written in one transaction, read back whole.

use super::{Replica, Step};
use crate::Bytes;
use crate::codec::{from_bytes, record, to_bytes};
use crate::dossier::Placed;
use crate::event::Event;
use crate::id::{DossierId, EventHash};
use crate::sync::Row;
use crate::wire::{Code, Verdict};

record! {
    /// What the server said about an event that has not come back by pull yet.
    #[derive(Copy)]
    pub map Receipt {
        /// Its verdict.
        0 verdict: Verdict,
        /// Its position.
        1 position: u64,
        /// The server's time, in milliseconds since 1970.
        2 time: u64,
    }
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

record! {
    array HeldRecord {
        0 event: Bytes,
        1 order: u64,
        2 receipt: Option<Receipt>,
    }
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

record! {
    array RefusedRecord {
        0 event: Bytes,
        1 verdict: Verdict,
        2 code: Option<Code>,
        3 time: u64,
    }
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
    /// What the lists need of what is here then, where it is kept; see [`crate::digest`].
    pub digest: Option<Vec<u8>>,
}

impl Replica {
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
            digest: None,
        }
    }

    /// The same, and a digest beside it; nothing before the first write.
    pub fn digested(&self, digest: Vec<u8>) -> Option<Changes> {
        let tip = self.stored_tip.clone()?;
        let digest = Some(digest);
        Some(Changes { tip, digest, ..self.changes(&Step::default()) })
    }
}

impl Held {
    pub(super) fn placed(&self) -> Placed<'_> {
        Placed {
            event: &self.event,
            position: None,
            at: self.event.header().hlc,
            received_at: None,
            waiting: self.receipt.is_some_and(|it| it.verdict == Verdict::Waiting),
        }
    }

    fn write(&self) -> Vec<u8> {
        let event = Bytes(self.event.raw());
        to_bytes(&HeldRecord { event, order: self.order, receipt: self.receipt })
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Held> {
        let it: HeldRecord = from_bytes(bytes)?;
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

    pub(super) fn read(bytes: &[u8]) -> Option<Refused> {
        let it: RefusedRecord = from_bytes(bytes)?;
        let event = Event::parse(&it.event.0).ok()?;
        Some(Refused { event, verdict: it.verdict, code: it.code, time: it.time })
    }
}
