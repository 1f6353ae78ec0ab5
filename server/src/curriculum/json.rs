//! The product's own JSON.

use super::spot::{Part, Spots};
use super::{At, Curriculum, Found, GoalLines, fault, level, place, sort};
use dubbelspoor_domain::dossier::{Competence, Goal, Translated};
use dubbelspoor_domain::wire::{FaultIn, Wrong};
use serde::Deserialize;

#[derive(Deserialize)]
struct Course<'f> {
    title: Text,
    #[serde(borrow)]
    goals: Vec<Part<'f>>,
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
struct GoalText<'f> {
    code: String,
    title: Text,
    #[serde(borrow)]
    expected_level: Part<'f>,
    #[serde(rename = "where")]
    places: Vec<Part<'f>>,
    period: Period,
    competences: Vec<Part<'f>>,
}

#[derive(Deserialize)]
struct Period {
    from_week: u16,
    to_week: u16,
}

#[derive(Deserialize)]
struct CompetenceText<'f> {
    code: String,
    #[serde(rename = "type", borrow)]
    sort: Part<'f>,
    text: Text,
}

pub(super) fn read(file: &[u8]) -> Result<Found, Vec<FaultIn>> {
    let spots = Spots::of(file);
    let course: Course<'_> = spots.whole()?;
    let mut reading = Reading { spots, faults: Vec::new() };
    let goals = course.goals.into_iter().filter_map(|it| reading.goal(it));
    let (goals, lines) = goals.unzip();
    if !reading.faults.is_empty() {
        return Err(reading.faults);
    }
    let title = Some(translated(course.title));
    Ok(Found { curriculum: Curriculum { title, goals, assumed: Vec::new() }, lines })
}

/// A file and what was found wrong in it so far.
struct Reading<'f> {
    spots: Spots<'f>,
    faults: Vec<FaultIn>,
}

impl<'f> Reading<'f> {
    fn part<T: Deserialize<'f>>(&mut self, part: Part<'f>) -> Option<T> {
        self.spots.read(part).map_err(|it| self.faults.push(it)).ok()
    }

    /// One of the words that files have for levels, places and sorts; `code` is whose it is.
    fn known<T>(
        &mut self,
        part: Part<'f>,
        code: &str,
        known: fn(&str) -> Option<T>,
        wrong: Wrong,
    ) -> Option<T> {
        let word: String = self.part(part)?;
        let found = known(&word);
        if found.is_none() {
            let at = At::Place(self.spots.line(part), code.to_owned());
            self.faults.push(fault(at, wrong, word));
        }
        found
    }

    /// `None` when anything is wrong with it.
    fn goal(&mut self, part: Part<'f>) -> Option<(Goal, GoalLines)> {
        let it: GoalText<'f> = self.part(part)?;
        let code = &it.code;
        let expected = self.known(it.expected_level, code, level, Wrong::NoLevel);
        let places: Vec<_> =
            it.places.iter().map(|own| self.known(own, code, place, Wrong::NoPlace)).collect();
        let mut competences = Vec::new();
        let mut lines = GoalLines { goal: self.spots.line(part), competences: Vec::new() };
        for own in it.competences {
            lines.competences.push(self.spots.line(own));
            competences.push(self.competence(own, code));
        }
        let goal = Goal {
            title: translated(it.title),
            competences: competences.into_iter().collect::<Option<_>>()?,
            expected: expected?,
            places: places.into_iter().collect::<Option<_>>()?,
            from_week: it.period.from_week,
            to_week: it.period.to_week,
            goal: it.code,
            criteria: None,
            by: None,
            where_exactly: None,
            workplaces: dubbelspoor_domain::Added::default(),
            people: dubbelspoor_domain::Added::default(),
        };
        Some((goal, lines))
    }

    fn competence(&mut self, part: Part<'f>, goal: &str) -> Option<Competence> {
        let it: CompetenceText<'f> = self.part(part)?;
        let sort = self.known(it.sort, goal, sort, Wrong::NoSort)?;
        Some(Competence { code: it.code, sort, text: translated(it.text) })
    }
}

fn translated(it: Text) -> Translated {
    Translated { nl: it.nl, en: it.en, fr: it.fr }
}
