//! A curriculum from a file (B11): the school reads it, the phone shows what would change and writes it.

use crate::Bytes;
use crate::codec::{choice, record};
use crate::dossier::{Detail, Goal, Translated};

choice! {
    /// What is wrong at a place of a file; beside it stands what it is about.
    pub Wrong {
        /// No JSON, or no table: what the reader of it says.
        1 Unread,
        /// A column that has to be there is not.
        2 NoColumn,
        /// A line has another number of columns than the first.
        3 OtherColumns,
        /// A field is empty.
        4 Empty,
        /// A word that is no level.
        5 NoLevel,
        /// A word that is no place.
        6 NoPlace,
        /// A word that is no sort of competence.
        7 NoSort,
        /// Something that is no week.
        8 NoWeek,
        /// A line says something else of a goal than an earlier one.
        9 Differs,
        /// A code or identifier is there twice.
        10 Twice,
        /// Something is named that is not in the file.
        11 NotThere,
        /// An item is, along its parents, its own parent.
        12 OwnParent,
        /// There is no goal in the file.
        13 NoGoals,
        /// A goal has more competences than fit.
        14 TooMany,
        /// A code is too long, or there is none.
        15 BadCode,
        /// The last week comes before the first, or no year has it.
        16 BadWeeks,
    }
}

choice! {
    /// What a file does not tell and was filled in.
    pub Assumed {
        /// Each goal is expected to be done independently.
        1 Independent,
        /// Each goal lies in the weeks 1 to 40.
        2 AllYear,
        /// Each goal is learnt at the workplace and at school.
        3 BothPlaces,
        /// Each competence is a skill.
        4 Skills,
    }
}

record! {
    /// What is wrong in a file, and where.
    pub map FaultIn {
        /// The line, from 1; none for the file as a whole.
        0 line: Option<u32>,
        /// What stands on that line: a goal's code, or the place in a package. Empty where the line says enough.
        1 at: String,
        /// What is wrong there.
        2 wrong: Wrong,
        /// What that is about; empty where that is plain.
        3 about: String,
    }

    /// A file to be read. Travels in [`super::Signed`].
    pub map CurriculumFile {
        /// JSON of this product, CSV with a header, or a package of 1EdTech CASE 1.0 or 1.1.
        0 file: Bytes,
    }

    /// A file as it was read: its goals, or all that is wrong in it.
    pub map CurriculumRead {
        /// What the course is called, where the file tells.
        0 title: Option<Translated>,
        /// Its goals, in the order of the file; none where anything is wrong.
        1 goals: Vec<Goal>,
        /// What the file does not tell.
        2 assumed: Vec<Assumed>,
        /// What is wrong, in the order of the file, at most [`MOST_FAULTS`].
        3 faults: Vec<FaultIn>,
        /// So many faults there are in all.
        4 all_faults: u32,
    }

    /// The curricula that come with the school.
    pub map Curricula {
        /// Each without a fault.
        0 all: Vec<CurriculumRead>,
    }
}

impl CurriculumRead {
    /// What its file tells of each goal.
    pub fn detail(&self) -> Detail {
        Assumed::detail(&self.assumed)
    }
}

impl Assumed {
    /// What a file tells of each goal of which this was filled in.
    pub fn detail(all: &[Assumed]) -> Detail {
        if all.is_empty() { Detail::Whole } else { Detail::Bare }
    }
}

/// More than this nobody reads at once.
pub const MOST_FAULTS: usize = 100;
/// The longest file that is read, in bytes.
pub const LONGEST_FILE: usize = 1024 * 1024;
