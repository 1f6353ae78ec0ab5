//! The leertraject: one learner's way through one course.

use super::{Refusal, Roles, Translated, fits};
use crate::Day;
use minicbor::{Decode, Encode};

/// The course, its dates and places. A later one replaces an earlier one.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Track {
    /// The name of the course.
    #[n(0)]
    pub course: Translated,
    /// The centre that offers it.
    #[n(1)]
    pub centre: String,
    /// The workplace, as people call it.
    #[n(2)]
    pub workplace: String,
    /// First day.
    #[n(3)]
    pub from: Day,
    /// Last day.
    #[n(4)]
    pub to: Day,
    /// The Monday of week 1 of the training plan.
    #[n(5)]
    pub week_one: Day,
}

impl Track {
    /// The number of the plan's week that a day falls in, from 1.
    pub fn week_of(&self, day: Day) -> i64 {
        (*day - *self.week_one).num_days().div_euclid(7) + 1
    }

    pub(super) fn permit(&self, roles: Roles) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.centre, 200)?;
        fits(&self.workplace, 200)?;
        if self.to < self.from { Err(Refusal::OutOfRange) } else { Ok(()) }
    }
}
