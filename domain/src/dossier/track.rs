//! The leertraject: one learner's way through one course, and at which pace (B10).

use super::{Dossier, Placed, Record, Refusal, Roles, Translated, fits, written};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::PersonId;
use std::ops::RangeInclusive;

choice! {
    /// How a course is spread over the time of a learner: the same curriculum, another pace.
    pub Pace {
        /// By day, in a school year.
        1 FullTime,
        /// Some days a week.
        2 PartTime,
        /// In the evening.
        3 Evening,
        /// All of it within one year.
        4 Intensive,
        /// Over two years.
        5 TwoYears,
    }
}

impl Pace {
    /// All of them.
    pub const ALL: [Pace; 5] =
        [Pace::FullTime, Pace::PartTime, Pace::Evening, Pace::Intensive, Pace::TwoYears];
}

record! {
    /// The course, its dates and places. A later one replaces an earlier one.
    pub map Track {
        /// The name of the course.
        0 course: Translated,
        /// The centre that offers it.
        1 centre: String,
        /// The workplace, as people call it.
        2 workplace: String,
        /// First day.
        3 from: Day,
        /// Last day.
        4 to: Day,
        /// The Monday of week 1 of the training plan.
        5 week_one: Day,
        /// Its pace, where it was chosen.
        6 pace: Option<Pace>,
        /// Aanvullende Algemene Vorming beside the course, where it is followed: where and when, in words; 1 to 400 bytes.
        7 general: Option<String>,
    }
}

impl Track {
    /// The number of the plan's week that a day falls in, from 1.
    pub fn week_of(&self, day: Day) -> i64 {
        (*day - *self.week_one).num_days().div_euclid(7) + 1
    }

    /// The weeks of the plan from the first day to the last.
    pub fn weeks(&self) -> RangeInclusive<u16> {
        let number = |day| u16::try_from(self.week_of(day).max(1)).unwrap_or(u16::MAX);
        number(self.from)..=number(self.to)
    }
}

impl Record for Track {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.centre, 200)?;
        fits(&self.workplace, 200)?;
        if let Some(general) = &self.general {
            written(general, 400)?;
        }
        if self.to < self.from { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.track = Some(self);
    }
}
