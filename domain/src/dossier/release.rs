//! A coach decides about an event that waited or was put aside (sync.md 2.6).

use super::{Placed, Refusal, Roles, fits};
use crate::id::EventHash;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The decision. A later one about the same event replaces it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Release {
    /// About which event.
    #[n(0)]
    pub event: EventHash,
    /// Whether it counts from now on.
    #[n(1)]
    pub counts: bool,
    /// Why, at most 1,000 bytes.
    #[n(2)]
    pub reason: Option<String>,
}

impl Release {
    pub(super) fn permit(&self, roles: Roles) -> Result<(), Refusal> {
        roles.steers()?;
        fits(self.reason.as_deref().unwrap_or_default(), 1_000)
    }
}

/// The decisions by event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Releases(BTreeMap<EventHash, bool>);

impl Releases {
    /// What was decided about an event, if anything.
    pub fn counts(&self, event: EventHash) -> Option<bool> {
        self.0.get(&event).copied()
    }

    pub(super) fn fold(&mut self, _: &Placed<'_>, it: &Release) {
        self.0.insert(it.event, it.counts);
    }
}
