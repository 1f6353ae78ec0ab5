//! The three courses of the demo, as they were published, and the words that its people write.

use anyhow::{Context, Result};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Competence, CompetenceType, Goal, Holiday, Level, Place, Translated,
};
use serde::Deserialize;

/// A course as its file tells it.
#[derive(Deserialize)]
pub(super) struct Course {
    pub(super) id: String,
    title: Text,
    goals: Vec<GoalText>,
}

#[derive(Deserialize)]
struct Text {
    nl: String,
    en: String,
    fr: String,
}

#[derive(Deserialize)]
struct GoalText {
    code: String,
    title: Text,
    expected_level: String,
    #[serde(rename = "where")]
    places: Vec<String>,
    period: Period,
    competences: Vec<CompetenceText>,
}

#[derive(Deserialize)]
struct Period {
    from_week: u16,
    to_week: u16,
}

#[derive(Deserialize)]
struct CompetenceText {
    code: String,
    #[serde(rename = "type")]
    sort: String,
    text: Text,
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
        let courses = [
            include_str!("../../data/transport-logistiek.json"),
            include_str!("../../data/elektromecanicien.json"),
            include_str!("../../data/medisch-administratief.json"),
        ];
        let courses = courses.map(serde_json::from_str);
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
    pub(super) fn title(&self) -> Translated {
        translated(&self.title)
    }

    /// Its goals as records of a training plan.
    pub(super) fn goals(&self) -> Vec<Goal> {
        let goal = |it: &GoalText| Goal {
            goal: it.code.clone(),
            title: translated(&it.title),
            competences: it.competences.iter().map(competence).collect(),
            expected: level(&it.expected_level),
            places: it.places.iter().map(|it| place(it)).collect(),
            from_week: it.period.from_week,
            to_week: it.period.to_week,
        };
        self.goals.iter().map(goal).collect()
    }
}

impl SchoolYear {
    pub(super) fn is_free(&self, day: chrono::NaiveDate) -> bool {
        self.holidays.iter().any(|it| (it.from..=it.to).contains(&day))
            || self.public_holidays.iter().any(|it| it.date == day)
    }
}

fn competence(it: &CompetenceText) -> Competence {
    let sort = match it.sort.as_str() {
        "knowledge" => CompetenceType::Knowledge,
        "attitude" => CompetenceType::Attitude,
        _ => CompetenceType::Skill,
    };
    Competence { code: it.code.clone(), sort, text: translated(&it.text) }
}

fn translated(it: &Text) -> Translated {
    Translated { nl: it.nl.clone(), en: it.en.clone(), fr: it.fr.clone() }
}

fn level(name: &str) -> Level {
    match name {
        "independent" => Level::Independent,
        "under_supervision" => Level::Supervised,
        "with_help" => Level::WithHelp,
        _ => Level::Demonstrated,
    }
}

pub(super) fn place(name: &str) -> Place {
    match name {
        "school" => Place::School,
        "training_centre" => Place::TrainingCentre,
        _ => Place::Workplace,
    }
}
