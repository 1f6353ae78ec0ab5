//! The leertraject: one learner's way through one course.

use super::{Dossier, Placed, Record, Refusal, Roles, Translated, fits};
use crate::Day;
use crate::codec::record;
use crate::id::PersonId;

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
    }
}

impl Track {
    /// The number of the plan's week that a day falls in, from 1.
    pub fn week_of(&self, day: Day) -> i64 {
        (*day - *self.week_one).num_days().div_euclid(7) + 1
    }
}

impl Record for Track {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.centre, 200)?;
        fits(&self.workplace, 200)?;
        if self.to < self.from { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.track = Some(self);
    }
}
