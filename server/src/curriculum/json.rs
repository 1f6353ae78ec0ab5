//! The product's own JSON.

use super::{At, Curriculum, fault, level, place, sort, unread};
use dubbelspoor_domain::dossier::{Competence, Goal, Translated};
use dubbelspoor_domain::wire::{FaultIn, Wrong};
use serde::Deserialize;

#[derive(Deserialize)]
struct Course {
    title: Text,
    goals: Vec<GoalText>,
}

#[derive(Deserialize)]
struct Text {
    nl: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
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

pub(super) fn read(bytes: &[u8]) -> Result<Curriculum, Vec<FaultIn>> {
    let course: Course = serde_json::from_slice(bytes).map_err(|it| vec![unread(&it)])?;
    let mut faults = Vec::new();
    let goals = course.goals.into_iter().filter_map(|it| goal(it, &mut faults)).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Curriculum { title: Some(translated(course.title)), goals, assumed: Vec::new() })
}

fn goal(it: GoalText, faults: &mut Vec<FaultIn>) -> Option<Goal> {
    let before = faults.len();
    let mut unknown = |wrong, name: &str| {
        faults.push(fault(At::Place(it.code.clone()), wrong, name));
    };
    let expected = level(&it.expected_level);
    if expected.is_none() {
        unknown(Wrong::NoLevel, &it.expected_level);
    }
    let mut places = Vec::new();
    for name in &it.places {
        match place(name) {
            Some(it) => places.push(it),
            None => unknown(Wrong::NoPlace, name),
        }
    }
    let mut competences = Vec::new();
    for own in it.competences {
        match sort(&own.sort) {
            Some(sort) => {
                competences.push(Competence { code: own.code, sort, text: translated(own.text) });
            }
            None => unknown(Wrong::NoSort, &own.sort),
        }
    }
    if faults.len() > before {
        return None;
    }
    Some(Goal {
        goal: it.code,
        title: translated(it.title),
        competences,
        expected: expected?,
        places,
        from_week: it.period.from_week,
        to_week: it.period.to_week,
        criteria: None,
        by: None,
        where_exactly: None,
        workplaces: dubbelspoor_domain::Added::default(),
        people: dubbelspoor_domain::Added::default(),
    })
}

fn translated(it: Text) -> Translated {
    Translated { nl: it.nl, en: it.en, fr: it.fr }
}
