//! A curriculum (leerplan) from a file: read whole or not at all, every fault named by its place, then compared with the
//! plan of a dossier before anything is written (B11). A plan that is running is disturbed by no new file.

mod case;
mod json;
mod table;

use crate::app::Server;
use crate::desk::{Desk, Registered};
use crate::error::Result;
use dubbelspoor_domain::dossier::{
    Body, CompetenceType, Goal, Level, Place, Plan, Preview, Translated,
};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{Assumed, FaultIn, Wrong};
use std::collections::BTreeSet;

/// The most competences of a goal, and the longest code in bytes, as the training plan has them.
const MOST_COMPETENCES: usize = 100;
const LONGEST_CODE: usize = 64;
/// A plan of more weeks than a year is a slip of the pen.
const WEEKS: std::ops::RangeInclusive<u16> = 1..=53;

/// The goals of a course.
#[derive(Clone, PartialEq, Debug)]
pub struct Curriculum {
    /// What the course is called, where the file tells.
    pub title: Option<Translated>,
    /// Its goals, in the order of the file.
    pub goals: Vec<Goal>,
    /// What the file does not tell and was filled in.
    pub assumed: Vec<Assumed>,
}

/// Where in a file something is wrong.
enum At {
    Line(u64),
    Place(String),
    Whole,
}

fn fault(at: At, wrong: Wrong, about: impl Into<String>) -> FaultIn {
    let (line, at) = match at {
        At::Line(line) => (u32::try_from(line).ok(), String::new()),
        At::Place(place) => (None, place),
        At::Whole => (None, String::new()),
    };
    FaultIn { line, at, wrong, about: about.into() }
}

/// A fault for whoever works at a command line.
pub fn in_words(it: &FaultIn) -> String {
    let about = &it.about;
    let what = match it.wrong {
        Wrong::Unread => about.clone(),
        Wrong::NoColumn => format!("the column {about} is not there"),
        Wrong::OtherColumns => "has another number of columns".to_owned(),
        Wrong::Empty => format!("{about} is empty"),
        Wrong::NoLevel => format!("`{about}` is no level"),
        Wrong::NoPlace => format!("`{about}` is no place"),
        Wrong::NoSort => format!("`{about}` is no sort of competence"),
        Wrong::NoWeek => format!("`{about}` is no week"),
        Wrong::Differs => format!("says something else of {about} than an earlier line"),
        Wrong::Twice => format!("{about} is there twice"),
        Wrong::NotThere => format!("{about} is not there"),
        Wrong::OwnParent => "is, along its parents, its own parent".to_owned(),
        Wrong::NoGoals => "has no goals".to_owned(),
        Wrong::TooMany => format!("has {about} competences, at most {MOST_COMPETENCES} fit"),
        Wrong::BadCode => format!("a code has 1 to {LONGEST_CODE} bytes"),
        Wrong::BadWeeks => format!("weeks {about} are none"),
    };
    match it.line {
        Some(line) => format!("line {line}: {what}"),
        None if it.at.is_empty() => format!("the file: {what}"),
        None => format!("{}: {what}", it.at),
    }
}

/// What a file does not tell, for whoever works at a command line.
pub fn assumed_in_words(it: Assumed) -> &'static str {
    match it {
        Assumed::Independent => "expected level: independent",
        Assumed::AllYear => "weeks 1 to 40",
        Assumed::BothPlaces => "at the workplace and at school",
        Assumed::Skills => "sort of competence: skill",
    }
}

/// Those that come with the server, so that nobody needs a file to begin (B11).
pub const KNOWN: [&str; 3] = [
    include_str!("../data/transport-logistiek.json"),
    include_str!("../data/elektromecanicien.json"),
    include_str!("../data/medisch-administratief.json"),
];

/// Reads a curriculum: JSON of this product, CSV with a header, or a package of 1EdTech CASE 1.0 or 1.1.
///
/// # Errors
/// Everything that is wrong with the file, in its order.
pub fn read(bytes: &[u8]) -> std::result::Result<Curriculum, Vec<FaultIn>> {
    let begins = bytes.iter().copied().find(|it| !it.is_ascii_whitespace() && it.is_ascii());
    let found = if begins == Some(b'{') {
        let value = serde_json::from_slice::<serde_json::Value>(bytes);
        let value = value.map_err(|it| vec![unread(&it)])?;
        if value.get("CFItems").is_some() { case::read(&value)? } else { json::read(bytes)? }
    } else {
        table::read(bytes)?
    };
    let faults = check(&found.goals);
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// A JSON that cannot be read, with the words of its reader.
fn unread(error: &serde_json::Error) -> FaultIn {
    let line = u64::try_from(error.line()).unwrap_or(0);
    fault(At::Line(line), Wrong::Unread, error.to_string())
}

/// What holds for every curriculum, whatever its file looks like.
fn check(goals: &[Goal]) -> Vec<FaultIn> {
    let mut faults = Vec::new();
    let mut codes = BTreeSet::new();
    if goals.is_empty() {
        faults.push(fault(At::Whole, Wrong::NoGoals, ""));
    }
    for it in goals {
        let mut is_wrong = |wrong, about: String| {
            faults.push(fault(At::Place(it.goal.clone()), wrong, about));
        };
        if it.goal.is_empty() || it.goal.len() > LONGEST_CODE {
            is_wrong(Wrong::BadCode, String::new());
        }
        if !codes.insert(&it.goal) {
            is_wrong(Wrong::Twice, it.goal.clone());
        }
        if it.title.nl.is_empty() {
            is_wrong(Wrong::Empty, "title".to_owned());
        }
        if it.competences.len() > MOST_COMPETENCES {
            is_wrong(Wrong::TooMany, it.competences.len().to_string());
        }
        let weeks = [it.from_week, it.to_week];
        if weeks.iter().any(|week| !WEEKS.contains(week)) || it.to_week < it.from_week {
            is_wrong(Wrong::BadWeeks, format!("{}-{}", it.from_week, it.to_week));
        }
        let mut own = BTreeSet::new();
        for competence in &it.competences {
            if !own.insert(&competence.code) {
                is_wrong(Wrong::Twice, competence.code.clone());
            }
        }
    }
    faults
}

/// What the plan of a dossier would become; of a dossier that is not there, everything is new.
///
/// # Errors
/// When the store does not answer.
pub async fn preview_in(
    server: &Server,
    dossier: DossierId,
    curriculum: &Curriculum,
) -> Result<Preview> {
    let ledger = server.ledgers.read(&server.store, dossier).await?;
    let empty = Plan::default();
    Ok(Preview::of(&curriculum.goals, ledger.as_ref().map_or(&empty, |it| &it.dossier().plan)))
}

/// Writes what is new or changed into the plan of a dossier, in one stroke.
///
/// # Errors
/// When the store does not answer or a goal does not fit; then nothing of it is written.
pub async fn write(server: &Server, dossier: DossierId, preview: &Preview) -> Result<()> {
    let key = server.school().public().id();
    let mut desk = Desk::open(server, dossier, key, Registered::new()).await?;
    for goal in preview.changes() {
        desk.write(&Body::Goal(goal.clone())).await?;
    }
    desk.close().await?;
    Ok(())
}

/// A level by its name in files.
fn level(name: &str) -> Option<Level> {
    Some(match name {
        "demonstrated" => Level::Demonstrated,
        "with_help" => Level::WithHelp,
        "under_supervision" => Level::Supervised,
        "independent" => Level::Independent,
        _ => return None,
    })
}

/// A sort of competence by its name in files.
fn sort(name: &str) -> Option<CompetenceType> {
    Some(match name {
        "knowledge" => CompetenceType::Knowledge,
        "skill" => CompetenceType::Skill,
        "attitude" => CompetenceType::Attitude,
        _ => return None,
    })
}

/// A place by its name in files.
fn place(name: &str) -> Option<Place> {
    Some(match name {
        "workplace" => Place::Workplace,
        "school" => Place::School,
        "training_centre" => Place::TrainingCentre,
        _ => return None,
    })
}
