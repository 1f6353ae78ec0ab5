//! A curriculum (leerplan) from a file: read whole or not at all, every fault named by its place, then compared with the
//! plan of a dossier before anything is written (B11). A plan that is running is disturbed by no new file.

mod case;
mod json;
mod table;

use crate::app::Server;
use crate::desk::{Desk, Registered};
use crate::error::Result;
use dubbelspoor_domain::dossier::{Body, CompetenceType, Goal, Level, Place, Plan, Translated};
use dubbelspoor_domain::id::DossierId;
use std::collections::BTreeSet;
use std::fmt;

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
    pub assumed: Vec<&'static str>,
}

/// What is wrong in a file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// `line 12`, `CFItems[3]`, `TL-04`.
    pub at: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.at, self.what)
    }
}

fn fault(at: impl Into<String>, what: impl Into<String>) -> Fault {
    Fault { at: at.into(), what: what.into() }
}

/// Reads a curriculum: JSON of this product, CSV with a header, or a package of 1EdTech CASE 1.0 or 1.1.
///
/// # Errors
/// Everything that is wrong with the file, in its order.
pub fn read(bytes: &[u8]) -> std::result::Result<Curriculum, Vec<Fault>> {
    let begins = bytes.iter().copied().find(|it| !it.is_ascii_whitespace() && it.is_ascii());
    let found = if begins == Some(b'{') {
        let value = serde_json::from_slice::<serde_json::Value>(bytes);
        let value =
            value.map_err(|it| vec![fault(format!("line {}", it.line()), it.to_string())])?;
        if value.get("CFItems").is_some() { case::read(&value)? } else { json::read(bytes)? }
    } else {
        table::read(bytes)?
    };
    let faults = check(&found.goals);
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// What holds for every curriculum, whatever its file looks like.
fn check(goals: &[Goal]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut codes = BTreeSet::new();
    if goals.is_empty() {
        faults.push(fault("the file", "has no goals"));
    }
    for it in goals {
        let mut wrong = |what: String| faults.push(fault(it.goal.clone(), what));
        if it.goal.is_empty() || it.goal.len() > LONGEST_CODE {
            wrong(format!("a code has 1 to {LONGEST_CODE} bytes"));
        }
        if !codes.insert(&it.goal) {
            wrong("this code is there twice".to_owned());
        }
        if it.title.nl.is_empty() {
            wrong("has no title".to_owned());
        }
        if it.competences.len() > MOST_COMPETENCES {
            let many = it.competences.len();
            wrong(format!("has {many} competences, at most {MOST_COMPETENCES} fit"));
        }
        let weeks = [it.from_week, it.to_week];
        if weeks.iter().any(|week| !WEEKS.contains(week)) || it.to_week < it.from_week {
            wrong(format!("weeks {} to {} are none", it.from_week, it.to_week));
        }
        let mut own = BTreeSet::new();
        for competence in &it.competences {
            if !own.insert(&competence.code) {
                wrong(format!("has competence {} twice", competence.code));
            }
        }
    }
    faults
}

/// What a curriculum would change in a plan.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Preview {
    /// Not in the plan yet.
    pub new: Vec<Goal>,
    /// In the plan, otherwise than in the file.
    pub changed: Vec<Goal>,
    /// The same in both.
    pub same: usize,
    /// Codes that are in the plan and not in the file: they stay.
    pub stays: Vec<String>,
}

/// Compares a curriculum with a plan.
pub fn preview(curriculum: &Curriculum, plan: &Plan) -> Preview {
    let mut found = Preview::default();
    for it in &curriculum.goals {
        match plan.get(&it.goal) {
            None => found.new.push(it.clone()),
            Some(known) => {
                let it = completed(it, known);
                if it == *known { found.same += 1 } else { found.changed.push(it) }
            }
        }
    }
    let is_in_file = |code: &str| curriculum.goals.iter().any(|it| it.goal == code);
    let stays = plan.goals().filter(|it| !is_in_file(&it.goal));
    found.stays = stays.map(|it| it.goal.clone()).collect();
    found
}

/// A table in one language takes nothing away from a plan in three: where it says the same in Dutch, the others stay.
fn completed(goal: &Goal, known: &Goal) -> Goal {
    let mut goal = goal.clone();
    complete(&mut goal.title, &known.title);
    for it in &mut goal.competences {
        if let Some(known) = known.competences.iter().find(|known| known.code == it.code) {
            complete(&mut it.text, &known.text);
        }
    }
    goal
}

fn complete(text: &mut Translated, known: &Translated) {
    if text.nl != known.nl {
        return;
    }
    for (own, known) in [(&mut text.en, &known.en), (&mut text.fr, &known.fr)] {
        if own.is_empty() {
            own.clone_from(known);
        }
    }
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
    Ok(preview(curriculum, ledger.as_ref().map_or(&empty, |it| &it.dossier().plan)))
}

/// Writes what is new or changed into the plan of a dossier, in one stroke.
///
/// # Errors
/// When the store does not answer or a goal does not fit; then nothing of it is written.
pub async fn write(server: &Server, dossier: DossierId, preview: &Preview) -> Result<()> {
    let key = server.school().public().id();
    let mut desk = Desk::open(server, dossier, key, Registered::new()).await?;
    for goal in preview.new.iter().chain(&preview.changed) {
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
