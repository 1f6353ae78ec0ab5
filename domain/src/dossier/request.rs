//! The learner asks for a confirmation of one version of an entry.

use super::{Dossier, GoalId, Level, Placed, Record, Refusal, Role, Roles};
use crate::codec::record;
use crate::hlc::Hlc;
use crate::id::{EntryId, EventHash, PersonId};
use crate::ordered::Table;

record! {
    /// A goal to confirm, with the level that the learner proposes.
    pub map Asked {
        /// Which goal.
        0 goal: GoalId,
        /// The learner's own rating, if any.
        1 proposed: Option<Level>,
    }

    /// A request for confirmation.
    pub map ConfirmationRequest {
        /// The entry.
        0 entry: EntryId,
        /// Exactly this version of it.
        1 version: EventHash,
        /// The goals, at least one.
        2 goals: Vec<Asked>,
        /// One mentor, or whoever worked along.
        3 to: Option<PersonId>,
    }
}

impl Record for ConfirmationRequest {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.only(Role::Learner)?;
        if self.goals.is_empty() || self.goals.len() > 20 {
            return Err(Refusal::OutOfRange);
        }
        dossier.plan.knows(self.goals.iter().map(|it| &it.goal))?;
        dossier.names(self.entry, self.version)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.requests.fold(it, self);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.version);
    }
}

impl Dossier {
    /// A version that is known belongs to the entry that is named with it. One that has not arrived may.
    pub(super) fn names(&self, entry: EntryId, version: EventHash) -> Result<(), Refusal> {
        match self.diary.entry_of(version) {
            Some(owner) if owner != entry => Err(Refusal::Mismatch),
            _ => Ok(()),
        }
    }
}

/// A request in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestRecord {
    /// Its event.
    pub hash: EventHash,
    /// What was asked.
    pub request: ConfirmationRequest,
    /// When.
    pub at: Hlc,
    /// When it reached the school, in milliseconds since 1970.
    pub received_at: Option<u64>,
}

/// The last request per entry, and when each version was asked about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Requests {
    standing: Table<EntryId, RequestRecord>,
    asked: Table<EntryId, Vec<(EventHash, u64)>>,
}

impl Requests {
    /// The request that stands for an entry.
    pub fn for_entry(&self, entry: EntryId) -> Option<&RequestRecord> {
        self.standing.get(&entry)
    }

    /// All that stand.
    pub fn all(&self) -> impl Iterator<Item = &RequestRecord> {
        self.standing.values()
    }

    /// Every time that somebody was asked about an entry, in the order in which it came: the version, and when that
    /// reached the school, in milliseconds since 1970; while it is only on this device, when it was said (G10).
    pub fn asked(&self) -> impl Iterator<Item = (EntryId, &[(EventHash, u64)])> {
        self.asked.iter().map(|(entry, all)| (*entry, all.as_slice()))
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, request: ConfirmationRequest) {
        let record =
            RequestRecord { hash: it.hash(), at: it.at, received_at: it.received_at, request };
        let entry = record.request.entry;
        let moment = it.received_at.unwrap_or(it.at.millis());
        self.asked.get_or_put(entry, Vec::new()).push((record.request.version, moment));
        self.standing.put(entry, record);
    }
}
