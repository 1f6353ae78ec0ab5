//! CSV with a header: a line for each competence. As spreadsheets write it: with semicolons or commas, in UTF-8 or in
//! the letters of Windows.

use super::{At, Curriculum, Found, GoalLines, fault, level, place, sort};
use dubbelspoor_domain::dossier::{Competence, Goal, Translated};
use dubbelspoor_domain::wire::{FaultIn, Wrong};
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// The columns that have to be there; those in other languages may be.
const COLUMNS: [&str; 9] = [
    "goal_code",
    "goal_nl",
    "competence_code",
    "competence_nl",
    "type",
    "where",
    "from_week",
    "to_week",
    "expected_level",
];

pub(super) fn read(bytes: &[u8]) -> Result<Found, Vec<FaultIn>> {
    let text = text(bytes);
    let header = text.lines().next().unwrap_or_default();
    let is_more =
        |one: char, other: char| header.matches(one).count() > header.matches(other).count();
    let delimiter = if is_more(';', ',') { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = table
        .headers()
        .map_err(|it| vec![fault(At::Line(1), Wrong::Unread, it.to_string())])?
        .clone();
    let absent = COLUMNS.iter().filter(|name| !columns.iter().any(|it| it == **name));
    let absent: Vec<FaultIn> = absent.map(|it| fault(At::Line(1), Wrong::NoColumn, *it)).collect();
    if !absent.is_empty() {
        return Err(absent);
    }
    let mut goals = Vec::new();
    let mut faults = Vec::new();
    for row in table.records() {
        match row {
            Ok(row) => {
                let line = row.position().map_or(0, csv::Position::line);
                let row = Row { line, columns: &columns, row: &row };
                if let Err(found) = row.take_into(&mut goals) {
                    faults.extend(found);
                }
            }
            Err(it) => {
                let line = it.position().map_or(0, csv::Position::line);
                faults.push(fault(At::Line(line), Wrong::OtherColumns, ""));
            }
        }
    }
    if faults.is_empty() {
        let (goals, lines) = goals.into_iter().unzip();
        Ok(Found { curriculum: Curriculum { title: None, goals, assumed: Vec::new() }, lines })
    } else {
        Err(faults)
    }
}

/// Older spreadsheets write the letters of Windows.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(it) => Cow::Borrowed(it),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

struct Row<'r> {
    line: u64,
    columns: &'r csv::StringRecord,
    row: &'r csv::StringRecord,
}

impl Row<'_> {
    fn get(&self, name: &str) -> &str {
        let at = self.columns.iter().position(|it| it == name);
        at.and_then(|at| self.row.get(at)).unwrap_or_default()
    }

    fn fault(&self, wrong: Wrong, about: &str) -> FaultIn {
        fault(At::Line(self.line), wrong, about)
    }

    fn translated(&self, what: &str) -> Translated {
        let [nl, en, fr] =
            ["nl", "en", "fr"].map(|it| self.get(&format!("{what}_{it}")).to_owned());
        Translated { nl, en, fr }
    }

    /// Lines of one goal follow each other or not; what they say of the goal itself is the same.
    fn take_into(&self, goals: &mut Vec<(Goal, GoalLines)>) -> Result<(), Vec<FaultIn>> {
        let mut faults = Vec::new();
        let mut wanted = |name: &str| {
            let it = self.get(name);
            if it.is_empty() {
                faults.push(self.fault(Wrong::Empty, name));
            }
            it.to_owned()
        };
        let (code, own) = (wanted("goal_code"), wanted("competence_code"));
        wanted("goal_nl");
        wanted("competence_nl");
        let week = |name: &str| {
            let it = self.get(name);
            it.parse::<u16>().map_err(|_| self.fault(Wrong::NoWeek, it))
        };
        let unknown = |name: &str, wrong| self.fault(wrong, self.get(name));
        let mut places = Vec::new();
        for it in self.get("where").split([',', ' ', '|']).filter(|it| !it.is_empty()) {
            match place(it) {
                Some(it) => places.push(it),
                None => faults.push(self.fault(Wrong::NoPlace, it)),
            }
        }
        let read = (
            week("from_week"),
            week("to_week"),
            level(self.get("expected_level"))
                .ok_or_else(|| unknown("expected_level", Wrong::NoLevel)),
            sort(self.get("type")).ok_or_else(|| unknown("type", Wrong::NoSort)),
        );
        let (from_week, to_week, expected, sort) = match read {
            (Ok(from), Ok(to), Ok(expected), Ok(sort)) => (from, to, expected, sort),
            (from, to, expected, sort) => {
                faults.extend(
                    [from.err(), to.err(), expected.err(), sort.err()].into_iter().flatten(),
                );
                return Err(faults);
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let title = self.translated("goal");
        let competence = Competence { code: own, sort, text: self.translated("competence") };
        let goal = Goal {
            goal: code,
            title,
            competences: Vec::new(),
            expected,
            places,
            from_week,
            to_week,
            criteria: None,
            by: None,
            where_exactly: None,
            workplaces: dubbelspoor_domain::Added::default(),
            people: dubbelspoor_domain::Added::default(),
        };
        let Some((known, lines)) = goals.iter_mut().find(|(it, _)| it.goal == goal.goal) else {
            let lines = GoalLines { goal: self.line, competences: vec![self.line] };
            goals.push((Goal { competences: vec![competence], ..goal }, lines));
            return Ok(());
        };
        let as_known = Goal { competences: known.competences.clone(), ..goal };
        if *known != as_known {
            let code = &known.goal;
            return Err(vec![self.fault(Wrong::Differs, code)]);
        }
        known.competences.push(competence);
        lines.competences.push(self.line);
        Ok(())
    }
}
