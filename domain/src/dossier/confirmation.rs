//! Confirmation: a mentor's evidence about exactly one version of an entry (D1, D2, D3).

use super::{Dossier, GoalId, Level, Placed, Record, Refusal, Role, Roles, fits};
use crate::codec::{Blank, Reader, Value, Writer, record};
use crate::hlc::Hlc;
use crate::id::{EntryId, EventHash, PersonId};
use crate::ordered::Table;

/// What a mentor found for a goal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Finding {
    /// Mastered at this level.
    Reached(Level),
    /// Not yet: with feedback, to try again.
    NotYet,
    /// This workplace cannot offer it (B8).
    NotPossibleHere,
}

impl Value for Finding {
    fn write(&self, out: &mut Writer) {
        let (number, level) = match self {
            Finding::Reached(level) => (1, Some(*level)),
            Finding::NotYet => (2, None),
            Finding::NotPossibleHere => (3, None),
        };
        let mut fields = out.variant(number);
        fields.put(0, &level);
        fields.close();
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        let number = from.variant();
        let mut fields = from.array();
        *self = match number {
            1 => {
                let mut level = Level::BLANK;
                fields.get(0, &mut level);
                Finding::Reached(level)
            }
            2 => Finding::NotYet,
            3 => Finding::NotPossibleHere,
            _ => return from.fail(),
        };
        fields.close();
    }
}

impl Blank for Finding {
    const BLANK: Finding = Finding::NotYet;
}

record! {
    /// A finding for one goal.
    pub map Outcome {
        /// Which goal.
        0 goal: GoalId,
        /// What was found.
        1 finding: Finding,
    }

    /// One act of one mentor.
    pub map Confirmation {
        /// The entry.
        0 entry: EntryId,
        /// The hash of exactly what was confirmed.
        1 version: EventHash,
        /// Per goal, at least one.
        2 outcomes: Vec<Outcome>,
        /// A word along with it, at most 1,000 bytes.
        3 feedback: Option<String>,
    }

    /// A mentor takes back what they confirmed. Both stay visible.
    pub map ConfirmationWithdrawn {
        /// The confirmation's event.
        0 confirmation: EventHash,
        /// Why, at most 1,000 bytes.
        1 reason: String,
    }
}

impl Record for Confirmation {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        // Who learns here never confirms here, whatever other role they hold.
        if roles.has(Role::Learner) {
            return Err(Refusal::OwnWork);
        }
        roles.only(Role::Mentor)?;
        fits(self.feedback.as_deref().unwrap_or_default(), 1_000)?;
        if self.outcomes.is_empty() || self.outcomes.len() > 20 {
            return Err(Refusal::OutOfRange);
        }
        dossier.plan.knows(self.outcomes.iter().map(|it| &it.goal))?;
        dossier.names(self.entry, self.version)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.confirmations.fold(it, self);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.version);
    }

    fn text(&self) -> &str {
        self.feedback.as_deref().unwrap_or_default()
    }
}

impl Record for ConfirmationWithdrawn {
    fn permit(&self, by: PersonId, _: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        fits(&self.reason, 1_000)?;
        match dossier.confirmations.get(self.confirmation) {
            Some(it) if it.by != by => Err(Refusal::NotYours),
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.confirmations.withdraw(it, &self);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.confirmation);
    }

    fn text(&self) -> &str {
        &self.reason
    }
}

/// Whether a confirmation counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It counts.
    Given,
    /// It arrived after its mentor's link or key had ended: a coach decides.
    Waiting,
    /// Taken back by its mentor.
    Withdrawn,
    /// A coach decided that it does not count.
    Dismissed,
}

/// A confirmation in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfirmationRecord {
    /// Its event.
    pub hash: EventHash,
    /// Who confirmed.
    pub by: PersonId,
    /// What.
    pub confirmation: Confirmation,
    /// When.
    pub at: Hlc,
    /// Its place in the server's order; `None` while only on this device.
    pub position: Option<u64>,
    /// When it reached the school, in milliseconds since 1970.
    pub received_at: Option<u64>,
    waiting: bool,
}

/// All confirmations and what became of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Confirmations {
    all: Table<EventHash, ConfirmationRecord>,
    by_entry: Table<EntryId, Vec<EventHash>>,
    withdrawn: Table<EventHash, (PersonId, String)>,
}

impl Confirmations {
    /// One by its event.
    pub fn get(&self, hash: EventHash) -> Option<&ConfirmationRecord> {
        self.all.get(&hash)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &ConfirmationRecord> {
        self.all.values()
    }

    /// Those of an entry, in the order in which they came.
    pub fn of_entry(&self, entry: EntryId) -> impl Iterator<Item = &ConfirmationRecord> {
        let hashes = self.by_entry.get(&entry).map(Vec::as_slice).unwrap_or_default();
        hashes.iter().filter_map(|hash| self.all.get(hash))
    }

    /// Why a confirmation was taken back.
    pub fn reason_withdrawn(&self, it: &ConfirmationRecord) -> Option<&str> {
        let (by, reason) = self.withdrawn.get(&it.hash)?;
        (*by == it.by).then_some(reason)
    }

    /// Whether its own author took an event back.
    pub(super) fn is_withdrawn_by(&self, event: EventHash, author: PersonId) -> bool {
        self.withdrawn.get(&event).is_some_and(|(by, _)| *by == author)
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, confirmation: Confirmation) {
        let record = ConfirmationRecord {
            hash: it.hash(),
            by: it.author(),
            at: it.at,
            position: it.position,
            received_at: it.received_at,
            waiting: it.waiting,
            confirmation,
        };
        let entry = record.confirmation.entry;
        if self.all.put(record.hash, record).is_none() {
            self.by_entry.get_or_put(entry, Vec::new()).push(it.hash());
        }
    }

    pub(super) fn withdraw(&mut self, it: &Placed<'_>, withdrawal: &ConfirmationWithdrawn) {
        let words = (it.author(), withdrawal.reason.clone());
        self.withdrawn.get_or_put(withdrawal.confirmation, words);
    }
}

impl Dossier {
    /// What a confirmation is worth now.
    pub fn standing(&self, it: &ConfirmationRecord) -> Standing {
        match (self.confirmations.reason_withdrawn(it), self.releases.counts(it.hash)) {
            (Some(_), _) => Standing::Withdrawn,
            (None, Some(false)) => Standing::Dismissed,
            (None, None) if it.waiting => Standing::Waiting,
            (None, _) => Standing::Given,
        }
    }

    /// The outcomes that count for an entry, one per mentor, version and goal: the first given.
    pub fn outcomes(&self, entry: EntryId) -> Vec<(&ConfirmationRecord, &Outcome)> {
        let mut counted: Vec<(&ConfirmationRecord, &Outcome)> = Vec::new();
        let given =
            self.confirmations.of_entry(entry).filter(|it| self.standing(it) == Standing::Given);
        for (it, outcome) in
            given.flat_map(|it| it.confirmation.outcomes.iter().map(move |o| (it, o)))
        {
            let again = counted.iter().any(|(first, already)| {
                first.by == it.by
                    && first.confirmation.version == it.confirmation.version
                    && already.goal == outcome.goal
            });
            if !again {
                counted.push((it, outcome));
            }
        }
        counted
    }

    /// Whether any confirmation of the entry stands.
    pub fn is_confirmed(&self, entry: EntryId) -> bool {
        self.confirmations.of_entry(entry).any(|it| self.standing(it) == Standing::Given)
    }

    /// Whether this mentor has already answered every goal that the confirmation names, for that version.
    pub(crate) fn repeats(&self, by: PersonId, it: &Confirmation) -> bool {
        let done = self.outcomes(it.entry);
        it.outcomes.iter().all(|wanted| {
            done.iter().any(|(record, outcome)| {
                record.by == by
                    && record.confirmation.version == it.version
                    && outcome.goal == wanted.goal
            })
        })
    }
}
