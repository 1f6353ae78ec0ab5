//! The audit trail (G9): what was written in a dossier, by whom and when, out of the signed events themselves.

use super::{Held, Loaded};
use crate::codec::from_bytes;
use crate::dossier::Body;
use crate::event::Event;
use crate::id::{EventHash, PersonId};
use crate::sync::Row;

/// One line of the trail.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// The event's identity.
    pub hash: EventHash,
    /// Who signed it.
    pub by: PersonId,
    /// When, by the clock of the device that wrote it, in milliseconds since 1970.
    pub at: u64,
    /// When it reached the school, by the school's clock; `None` while it is only here.
    pub received_at: Option<u64>,
    /// What it says; `None` where the text was erased.
    pub body: Option<Body>,
}

/// What was written in a dossier, as far as this device may know it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trail {
    /// The last to reach the school first, and before those what is only here.
    pub written: Vec<Written>,
    /// How many lines there are beside these, of which this person may not know what they say.
    pub hidden: usize,
}

impl Loaded {
    /// The audit trail of the dossier (G9).
    pub fn trail(&self) -> Trail {
        let mut it = Trail::default();
        let mut settled = Vec::new();
        for (_, row) in &self.rows {
            let row = from_bytes(row).map(|row| Row::from_wire(&row));
            match row.and_then(|row| Some((row.event?, row.received_at))) {
                Some((event, received_at)) => settled.push(written(&event, Some(received_at))),
                None => it.hidden += 1,
            }
        }
        let mut held: Vec<Held> =
            self.outbox.iter().filter_map(|(_, held)| Held::read(held)).collect();
        held.sort_by_key(|held| held.order);
        for held in held {
            let hash = held.event.hash();
            if settled.iter().all(|it| it.hash != hash) {
                settled.push(written(&held.event, held.receipt.map(|it| it.time)));
            }
        }
        settled.reverse();
        it.written = settled;
        it
    }
}

fn written(event: &Event, received_at: Option<u64>) -> Written {
    let header = event.header();
    let body = event.body().map(|bytes| Body::decode(header.kind, bytes));
    Written { hash: event.hash(), by: header.person, at: header.hlc.millis(), received_at, body }
}
