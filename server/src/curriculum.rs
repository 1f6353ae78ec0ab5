//! A curriculum (leerplan) from a file: read whole or not at all, every fault named by its line, then compared with the
//! plan of a dossier before anything is written (B11). A plan that is running is disturbed by no new file.

mod case;
mod json;
mod spot;
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

/// A curriculum and the lines on which its goals stand, for what only shows in the whole.
struct Found {
    curriculum: Curriculum,
    lines: Vec<GoalLines>,
}

/// On which lines a goal and its competences begin.
struct GoalLines {
    goal: u64,
    competences: Vec<u64>,
}

/// Where in a file something is wrong.
enum At {
    Line(u64),
    /// A line, and what stands there, by its code or its place in a package.
    Place(u64, String),
    Whole,
}

fn fault(at: At, wrong: Wrong, about: impl Into<String>) -> FaultIn {
    let (line, at) = match at {
        At::Line(line) => (Some(line), String::new()),
        At::Place(line, place) => (Some(line), place),
        At::Whole => (None, String::new()),
    };
    FaultIn { line: line.and_then(|it| u32::try_from(it).ok()), at, wrong, about: about.into() }
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
        Some(line) if it.at.is_empty() => format!("line {line}: {what}"),
        Some(line) => format!("line {line} ({}): {what}", it.at),
        None => format!("the file: {what}"),
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
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = bytes.iter().copied().find(|it| !it.is_ascii_whitespace());
    let found = if begins == Some(b'{') {
        let is_package = spot::Spots::of(bytes).whole::<case::Kind>()?.is_package();
        if is_package { case::read(bytes)? } else { json::read(bytes)? }
    } else {
        table::read(bytes)?
    };
    let faults = check(&found);
    if faults.is_empty() { Ok(found.curriculum) } else { Err(faults) }
}

/// What holds for every curriculum, whatever its file looks like.
fn check(found: &Found) -> Vec<FaultIn> {
    let mut faults = Vec::new();
    let mut codes = BTreeSet::new();
    if found.curriculum.goals.is_empty() {
        faults.push(fault(At::Whole, Wrong::NoGoals, ""));
    }
    for (it, lines) in found.curriculum.goals.iter().zip(&found.lines) {
        let mut is_wrong = |line, wrong, about: String| {
            faults.push(fault(At::Place(line, it.goal.clone()), wrong, about));
        };
        if it.goal.is_empty() || it.goal.len() > LONGEST_CODE {
            is_wrong(lines.goal, Wrong::BadCode, String::new());
        }
        if !codes.insert(&it.goal) {
            is_wrong(lines.goal, Wrong::Twice, it.goal.clone());
        }
        if it.title.nl.is_empty() {
            is_wrong(lines.goal, Wrong::Empty, "title".to_owned());
        }
        if it.competences.len() > MOST_COMPETENCES {
            is_wrong(lines.goal, Wrong::TooMany, it.competences.len().to_string());
        }
        let weeks = [it.from_week, it.to_week];
        if weeks.iter().any(|week| !WEEKS.contains(week)) || it.to_week < it.from_week {
            is_wrong(lines.goal, Wrong::BadWeeks, format!("{}-{}", it.from_week, it.to_week));
        }
        let mut own = BTreeSet::new();
        for (competence, line) in it.competences.iter().zip(&lines.competences) {
            if !own.insert(&competence.code) {
                is_wrong(*line, Wrong::Twice, competence.code.clone());
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
    let plan = ledger.as_ref().map_or(&empty, |it| &it.dossier().plan);
    Ok(Preview::of(&curriculum.goals, plan, Assumed::detail(&curriculum.assumed)))
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
