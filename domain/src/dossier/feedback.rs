//! Feedback: a message at an entry, or about the work as a whole (C6).

use super::{Dossier, Placed, Record, Refusal, Role, Roles, fits};
use crate::codec::record;
use crate::hlc::Hlc;
use crate::id::{EntryId, EventHash, PersonId};

record! {
    /// A message that everybody linked to the dossier can read.
    pub map Feedback {
        /// The entry that it is about, if one.
        0 entry: Option<EntryId>,
        /// The words, 1 to 2,000 bytes.
        1 text: String,
    }
}

impl Record for Feedback {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        if self.text.trim().is_empty() {
            return Err(Refusal::OutOfRange);
        }
        fits(&self.text, 2_000)?;
        let only_reads = roles.has(Role::Reader)
            && ![Role::Learner, Role::Mentor, Role::Coach, Role::Teacher, Role::Administrator]
                .into_iter()
                .any(|role| roles.has(role));
        if only_reads { Err(Refusal::NotYourRole) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.feedback.fold(it, self);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

/// A message in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedbackRecord {
    /// Its event.
    pub hash: EventHash,
    /// Who wrote it.
    pub by: PersonId,
    /// What.
    pub feedback: Feedback,
    /// When.
    pub at: Hlc,
    /// Its place in the server's order; `None` while only on this device.
    pub position: Option<u64>,
}

/// All messages, in the order in which they came.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Feedbacks(Vec<FeedbackRecord>);

impl Feedbacks {
    /// All of them.
    pub fn all(&self) -> &[FeedbackRecord] {
        &self.0
    }

    /// Those about an entry.
    pub fn of_entry(&self, entry: EntryId) -> impl Iterator<Item = &FeedbackRecord> {
        self.0.iter().filter(move |it| it.feedback.entry == Some(entry))
    }

    /// Those to everybody about the work as a whole, the last first.
    pub fn general(&self) -> impl Iterator<Item = &FeedbackRecord> {
        self.0.iter().rev().filter(|it| it.feedback.entry.is_none())
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, feedback: Feedback) {
        let record = FeedbackRecord {
            hash: it.hash(),
            by: it.author(),
            at: it.at,
            position: it.position,
            feedback,
        };
        self.0.push(record);
    }
}
