//! A coach decides about an event that waited or was put aside (sync.md 2.6).

use super::{Placed, Refusal, Roles, fits};
use crate::codec::record;
use crate::id::EventHash;
use crate::ordered::Table;

record! {
    /// The decision. A later one about the same event replaces it.
    pub map Release {
        /// About which event.
        0 event: EventHash,
        /// Whether it counts from now on.
        1 counts: bool,
        /// Why, at most 1,000 bytes.
        2 reason: Option<String>,
    }
}

impl Release {
    pub(super) fn permit(&self, roles: Roles) -> Result<(), Refusal> {
        roles.steers()?;
        fits(self.reason.as_deref().unwrap_or_default(), 1_000)
    }
}

/// The decisions by event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Releases(Table<EventHash, bool>);

impl Releases {
    /// What was decided about an event, if anything.
    pub fn counts(&self, event: EventHash) -> Option<bool> {
        self.0.get(&event).copied()
    }

    pub(super) fn fold(&mut self, _: &Placed<'_>, it: &Release) {
        self.0.put(it.event, it.counts);
    }
}
