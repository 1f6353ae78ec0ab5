//! Well-being: how a learner feels, in one tap (C11). For the coach, and for the mentor only when the learner wants it.

use super::{Dossier, Placed, Readers, Record, Refusal, Role, Roles, fits};
use crate::Day;
use crate::codec::record;
use crate::hlc::Hlc;
use crate::id::{EventHash, PersonId};
use crate::ordered::Table;

record! {
    /// How a day was. A later one for the same day takes its place.
    pub map WellBeing {
        /// The day.
        0 day: Day,
        /// From 1, bad, to 5, very good.
        1 mark: u16,
        /// A word along with it, at most 500 bytes.
        2 word: Option<String>,
        /// Whether mentors may see it as well.
        3 to_mentor: bool,
    }
}

impl WellBeing {
    /// The lowest and the highest mark.
    pub const MARKS: core::ops::RangeInclusive<u16> = 1..=5;
}

impl Record for WellBeing {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.only(Role::Learner)?;
        fits(self.word.as_deref().unwrap_or_default(), 500)?;
        if Self::MARKS.contains(&self.mark) { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.well_being.fold(it, self);
    }

    fn readers(&self) -> Readers {
        if self.to_mentor { Readers::GuidesAndMentors } else { Readers::Guides }
    }

    fn text(&self) -> &str {
        self.word.as_deref().unwrap_or_default()
    }
}

/// A mark in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WellBeingRecord {
    /// Its event.
    pub hash: EventHash,
    /// What was said.
    pub said: WellBeing,
    /// When.
    pub at: Hlc,
}

/// The marks by day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WellBeings(Table<Day, WellBeingRecord>);

impl WellBeings {
    /// That of a day.
    pub fn of(&self, day: Day) -> Option<&WellBeingRecord> {
        self.0.get(&day)
    }

    /// All of them, the first day first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &WellBeingRecord> {
        self.0.values()
    }

    /// Those of some days, both included, the last day first: what a talk looks back on (E3). On a mentor's phone only what the
    /// learner showed to mentors is there at all, so a talk tells nobody more than they may read.
    pub fn between(&self, from: Day, to: Day) -> impl Iterator<Item = &WellBeingRecord> {
        self.all().rev().filter(move |it| (from..=to).contains(&it.said.day))
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, said: WellBeing) {
        self.0.put(said.day, WellBeingRecord { hash: it.hash(), at: it.at, said });
    }
}
