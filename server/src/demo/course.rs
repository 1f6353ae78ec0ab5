//! The three courses of the demo, as they were published, and the words that its people write.

use crate::curriculum::{self, Curriculum};
use anyhow::{Context, Result, anyhow};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Goal, Holiday, Place, Translated};
use serde::Deserialize;

/// A course as its file tells it.
pub(super) struct Course {
    pub(super) id: String,
    curriculum: Curriculum,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Text {
    nl: String,
    en: String,
    fr: String,
}

/// One example of a diary entry.
#[derive(Deserialize, Clone)]
pub(super) struct Example {
    pub(super) course: String,
    pub(super) goal_codes: Vec<String>,
    pub(super) minutes: u16,
    pub(super) place: String,
    pub(super) text: String,
    pub(super) reflection: String,
    pub(super) lang: String,
}

/// One example of what a mentor says.
#[derive(Deserialize, Clone)]
pub(super) struct Remark {
    pub(super) course: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Examples {
    diary: Vec<Example>,
    mentor_feedback: Vec<Remark>,
}

/// The school year: which days nobody works or learns.
#[derive(Deserialize)]
pub(super) struct SchoolYear {
    pub(super) holidays: Vec<FreeDays>,
    pub(super) public_holidays: Vec<Date>,
}

/// From one day to another, both included.
#[derive(Deserialize)]
pub(super) struct FreeDays {
    title: Text,
    pub(super) from: chrono::NaiveDate,
    pub(super) to: chrono::NaiveDate,
}

impl FreeDays {
    pub(super) fn holiday(&self) -> Holiday {
        Holiday { title: translated(&self.title), from: Day(self.from), to: Day(self.to) }
    }
}

/// A single day.
#[derive(Deserialize)]
pub(super) struct Date {
    pub(super) date: chrono::NaiveDate,
}

/// Everything the demo is told from.
pub(super) struct Library {
    pub(super) courses: Vec<Course>,
    pub(super) examples: Vec<Example>,
    pub(super) remarks: Vec<Remark>,
    pub(super) year: SchoolYear,
}

impl Library {
    pub(super) fn read() -> Result<Library> {
        let courses = crate::curriculum::KNOWN.map(Course::read);
        let examples: Examples =
            serde_json::from_str(include_str!("../../data/diary-examples.json"))
                .context("the examples")?;
        Ok(Library {
            courses: courses.into_iter().collect::<Result<_, _>>().context("the courses")?,
            examples: examples.diary,
            remarks: examples.mentor_feedback,
            year: serde_json::from_str(include_str!("../../data/school-year-2026-2027.json"))
                .context("the school year")?,
        })
    }
}

impl Course {
    fn read(file: &str) -> Result<Course> {
        let Named { id } = serde_json::from_str(file)?;
        let curriculum = curriculum::read(file.as_bytes())
            .map_err(|faults| anyhow!("{} faults in {id}", faults.len()))?;
        Ok(Course { id, curriculum })
    }

    pub(super) fn title(&self) -> Translated {
        self.curriculum.title.clone().unwrap_or_default()
    }

    /// Its goals as records of a training plan.
    pub(super) fn goals(&self) -> Vec<Goal> {
        self.curriculum.goals.clone()
    }
}

impl SchoolYear {
    pub(super) fn is_free(&self, day: chrono::NaiveDate) -> bool {
        self.holidays.iter().any(|it| (it.from..=it.to).contains(&day))
            || self.public_holidays.iter().any(|it| it.date == day)
    }
}

fn translated(it: &Text) -> Translated {
    Translated { nl: it.nl.clone(), en: it.en.clone(), fr: it.fr.clone() }
}

pub(super) fn place(name: &str) -> Place {
    match name {
        "school" => Place::School,
        "training_centre" => Place::TrainingCentre,
        _ => Place::Workplace,
    }
}
