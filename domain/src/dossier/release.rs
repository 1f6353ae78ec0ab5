//! A coach decides about an event that waited or was put aside (sync.md 2.6).

use super::{Dossier, Placed, Record, Refusal, Roles, fits};
use crate::codec::record;
use crate::id::{EventHash, PersonId};
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

impl Record for Release {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(self.reason.as_deref().unwrap_or_default(), 1_000)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.releases.fold(it, &self);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.event);
    }

    fn text(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
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
