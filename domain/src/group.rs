//! Cursisten side by side (G5): the same few figures of each, none of them a judgement (E11), and the sheet that a
//! spreadsheet opens.

use crate::Day;
use crate::dossier::Dossier;
use crate::hours;
use std::borrow::Cow;

/// One cursist among others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InGroup {
    /// The goals of the plan.
    pub goals: usize,
    /// Those with an activity.
    pub practised: usize,
    /// Those confirmed at the expected level, or known at that level before.
    pub at_level: usize,
    /// The day of the last activity that is not in the future.
    pub last_activity: Option<Day>,
    /// Minutes a week on average under the agreement of today, and those that it asks for.
    pub weekly: Option<(u32, u32)>,
}

impl InGroup {
    /// As of a day.
    pub fn of(dossier: &Dossier, today: Day) -> InGroup {
        let all = dossier.progress();
        let is_there = |it: &&crate::progress::Progress<'_>| {
            let expected = Some(it.goal.expected);
            let prior = dossier.plan_talk.prior(&it.goal.goal).map(|it| &it.what);
            prior.is_some_and(|it| it.on <= today && it.level >= expected) || it.level >= expected
        };
        let days = dossier.diary.shared().map(|(_, version)| version.content.day);
        let agreements = dossier.agreements.all();
        let runs = agreements.filter(|it| it.from <= today && today <= dossier.last_day(it));
        let weekly = runs.max_by_key(|it| it.from).and_then(|it| {
            let figures = hours::yearly(dossier, it, today);
            Some((figures.average()?, figures.weekly))
        });
        InGroup {
            goals: all.len(),
            practised: all.iter().filter(|it| it.entries > 0).count(),
            at_level: all.iter().filter(is_there).count(),
            last_activity: days.filter(|it| *it <= today).max(),
            weekly,
        }
    }
}

/// Rows as a spreadsheet in Belgium opens them: semicolons, and no cell that it would take for a formula.
pub fn sheet(rows: &[Vec<String>]) -> String {
    let mut text = String::from("\u{feff}");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(';');
            }
            text.push('"');
            text.push_str(&harmless(cell).replace('"', "\"\""));
            text.push('"');
        }
        text.push_str("\r\n");
    }
    text
}

/// Words that a spreadsheet would work out as a formula stay words.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start_matches(' ');
    let is_formula = begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_formula { format!("'{text}").into() } else { text.into() }
}
