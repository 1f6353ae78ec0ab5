//! The figures of a school year (G7), as those who run the centre read them on their phone.

use crate::Day;
use crate::codec::record;

record! {
    /// How soon somebody answered.
    #[derive(Copy)]
    pub map AnswerTime {
        /// The wait in the middle, in minutes; nothing where nobody answered.
        0 median: Option<u32>,
        /// So many were answered.
        1 answered: u32,
        /// So many still waited.
        2 waiting: u32,
    }

    /// What several leertrajecten come to. Nobody is named, and a status is not told (A10). Lists are in the order of
    /// their kind's `ALL`; a newer server may tell more than an older app knows.
    pub map GroupFigures {
        /// The course or the workplace; nothing for all together, or where it was not filled in.
        0 name: String,
        /// How many take place in the year.
        1 tracks: u32,
        /// That began in it.
        2 began: u32,
        /// That have not begun.
        3 planned: u32,
        /// That run, or stand still for a while.
        4 running: u32,
        /// That ended early, by [`crate::dossier::EndReason`].
        5 ended: Vec<u32>,
        /// Whose last day has passed.
        6 completed: u32,
        /// What was decided, by [`crate::dossier::TrackResult`].
        7 results: Vec<u32>,
        /// That came to an end in the year.
        8 over: u32,
        /// What came after those, by [`crate::dossier::JobOutcome`].
        9 later: Vec<u32>,
        /// Goals that were reached.
        10 reached: u32,
        /// Of so many in the plans.
        11 goals: u32,
        /// Visits on the spot.
        12 visits: u32,
        /// Other contacts.
        13 contacts: u32,
        /// Minutes at the workplace.
        14 at_workplace: u32,
        /// Minutes at school or a training centre.
        15 at_school: u32,
        /// How soon the workplace answered.
        16 by_workplace: AnswerTime,
        /// How soon the school answered.
        17 by_school: AnswerTime,
    }

    /// A school year of a centre.
    pub map YearFigures {
        /// Its first day.
        0 from: Day,
        /// The first day of the first school year in which a leertraject of the centre takes place.
        1 since: Day,
        /// When it was worked out, in milliseconds since 1970.
        2 at: u64,
        /// All together.
        3 all: GroupFigures,
        /// By course.
        4 courses: Vec<GroupFigures>,
        /// By workplace.
        5 workplaces: Vec<GroupFigures>,
    }
}
