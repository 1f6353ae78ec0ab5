//! What is collected for a lesson (C9): activities that show something to a class. Shown without names by `lesson.rs`.

use super::{Diary, Dossier, EntryRecord, Placed, Readers, Record, Refusal, Role, Roles, Said};
use crate::codec::record;
use crate::id::{EntryId, PersonId};
use crate::ordered::Table;

record! {
    /// Somebody of the school collects an activity for a lesson, or takes that back. A later record replaces an earlier one.
    #[derive(Copy)]
    pub map Collected {
        /// Which. It need not be here: after a restore phones give back in any order.
        0 entry: EntryId,
        /// It is no longer collected.
        1 withdrawn: bool,
    }
}

impl Record for Collected {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        // A lesson is not for the learner, whatever other role they hold, to take from their own diary.
        if roles.has(Role::Learner) {
            return Err(Refusal::OwnWork);
        }
        let may = roles.any([Role::Coach, Role::Teacher, Role::Administrator]);
        if may { Ok(()) } else { Err(Refusal::NotYourRole) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.entry, &mut dossier.collected.0);
    }

    fn readers(&self) -> Readers {
        Readers::School
    }
}

/// The activities that the school's side collected, one list for all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ForLesson(Table<EntryId, Said<Collected>>);

impl ForLesson {
    /// Whether an activity is collected.
    pub fn has(&self, entry: EntryId) -> bool {
        self.0.get(&entry).is_some_and(|it| !it.what.withdrawn)
    }

    /// Those that may be shown, in no order that means something: what its cursist took back, or keeps for
    /// themselves by now, is none of them.
    pub fn to_show<'d>(&'d self, diary: &'d Diary) -> impl Iterator<Item = &'d EntryRecord> {
        diary.shared().map(|(entry, _)| entry).filter(|it| self.has(it.entry))
    }
}
