//! What helps to write, to look back and to vary: the question of the day, days without an entry, phrases of one's own,
//! and how often a coach came.

use crate::Day;
use crate::dossier::{Dossier, EntryRecord, Finding, GoalId, Level, Place, Stage, VisitKind};
use crate::hlc::Hlc;
use crate::hours::school_year;
use crate::id::PersonId;
use crate::ordered::{Table, sort_by_key};
use crate::progress::Progress;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use core::cmp::Reverse;

/// The questions to look back with, in turn: the four of the feedback loop, and those of planning one's own work (C3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Question {
    /// Feed-up: where to.
    FeedUp,
    /// Feedback: what went well.
    FeedBack,
    /// Feed-forward: what to do better next time.
    FeedForward,
    /// Take-up: what came of earlier feedback.
    TakeUp,
    /// What was planned.
    Planned,
    /// What became of it.
    Did,
    /// What was done otherwise because of it.
    Adjusted,
}

impl EntryRecord {
    /// The question that was asked above its reflection: that of its day. Nothing where it was written on another day than
    /// it tells of, when another one was asked.
    pub fn question(&self) -> Option<Question> {
        let day = self.shown().content.day;
        let written = self.history().map(|it| it.at).min()?;
        (Day::of_millis(written.millis()) == day).then(|| Question::of(day))
    }
}

impl Question {
    /// In the order in which they come.
    pub const ALL: [Question; 7] = [
        Question::FeedBack,
        Question::FeedForward,
        Question::Planned,
        Question::FeedUp,
        Question::Did,
        Question::TakeUp,
        Question::Adjusted,
    ];

    /// The question of a day: another each day, and not the same one on the same weekday of the next six weeks (C3).
    pub fn of(day: Day) -> Question {
        let days = (*day - NaiveDate::default()).num_days();
        let turn = (days + days.div_euclid(7)).rem_euclid(7);
        Self::ALL[usize::try_from(turn).unwrap_or(0)]
    }
}

/// Visits on the spot that were held in the school year of a day (G2): a call or a digital contact is none.
pub fn visits_of_year(dossier: &Dossier, today: Day) -> usize {
    let (first, last) = school_year(today);
    let held = dossier.guiding.visits().map(|it| &it.what).filter(|it| it.report.is_some());
    let on_site = held.filter(|it| it.kind == VisitKind::OnSite);
    on_site.filter(|it| (first..=last).contains(&it.day)).count()
}

/// Days before today that are asked after, weekends included (C10).
const LOOK_BACK: u64 = 14;

/// The working days of the last two weeks without an entry, a holiday, an absence or a pause, and not after an early end,
/// the first first (C10). Today is not over.
pub fn missing_days(dossier: &Dossier, today: Day) -> Vec<Day> {
    let Some(track) = &dossier.track else { return Vec::new() };
    let is_written = |day: Day| {
        let of_day = |it: &crate::dossier::Entry| it.day == day && it.stage != Stage::Withdrawn;
        dossier.diary.entries().any(|it| of_day(&it.shown().content))
    };
    let is_away = |day: Day| {
        let stands_still = dossier.pause_on(day).is_some() || dossier.has_ended_by(day);
        stands_still || dossier.free_days.is_reported(day)
    };
    (1..=LOOK_BACK)
        .rev()
        .filter_map(|back| today.checked_sub_days(Days::new(back)).map(Day))
        .filter(|it| !matches!(it.weekday(), Weekday::Sat | Weekday::Sun))
        .filter(|it| (track.from..=track.to).contains(it))
        .filter(|it| !dossier.is_holiday(*it) && !is_away(*it) && !is_written(*it))
        .collect()
}

/// What a person wrote to others in a dossier: with confirmations, and as feedback (D5).
pub fn words_of(dossier: &Dossier, person: PersonId) -> Vec<(Hlc, String)> {
    let mut all = Vec::new();
    for it in dossier.confirmations.all().filter(|it| it.by == person) {
        all.extend(it.confirmation.feedback.clone().map(|words| (it.at, words)));
    }
    for it in dossier.feedback.all().iter().filter(|it| it.by == person) {
        all.push((it.at, it.feedback.text.clone()));
    }
    all
}

/// What a learner wrote that they did, of the entries that stand (C2).
pub fn activities_of(dossier: &Dossier) -> Vec<(Hlc, String)> {
    dossier.diary.written().map(|(_, it)| (it.at, it.content.text.clone())).collect()
}

/// The longest phrase that is remembered, in bytes.
const PHRASE: usize = 120;

/// Phrases out of earlier words: those used most first, then the latest; at most so many (D5).
pub fn phrases(words: &[(Hlc, String)], most: usize) -> Vec<String> {
    let mut counted: Table<&str, (usize, Hlc)> = Table::default();
    for (at, text) in words {
        let text = text.trim();
        if text.is_empty() || text.len() > PHRASE || text.contains('\n') {
            continue;
        }
        let it = counted.get_or_put(text, (0, *at));
        *it = (it.0 + 1, it.1.max(*at));
    }
    let mut all: Vec<(&str, (usize, Hlc))> = Vec::new();
    for (text, count) in counted.iter() {
        all.push((text, *count));
    }
    sort_by_key(&mut all, |(text, count)| (Reverse(*count), *text));
    all.truncate(most);
    all.into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// Growth: each day on which a higher level than ever before was confirmed (D3).
pub fn growth(it: &Progress<'_>) -> Vec<(Day, Level)> {
    let mut steps: Vec<(Day, Level)> = Vec::new();
    for evidence in &it.evidence {
        let Finding::Reached(level) = evidence.finding else { continue };
        match steps.last_mut() {
            Some((_, before)) if *before >= level => {}
            Some((day, before)) if *day == evidence.day => *before = level,
            _ => steps.push((evidence.day, level)),
        }
    }
    steps
}

/// How varied the activities are (C9): for whoever guides to look at, it judges nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Variety {
    /// The entries that stand and are shared.
    pub entries: usize,
    /// Of those, at the workplace; the others at school or a training centre.
    pub at_workplace: usize,
    /// The goals practised, the most practised first, with the number of entries.
    pub practised: Vec<(GoalId, usize)>,
    /// The goals of the plan that no entry touches.
    pub never: Vec<GoalId>,
    /// The same words three times or more, with how often.
    pub repeated: Vec<(String, usize)>,
}

/// From this many times on, the same words are called a repetition.
const REPEATED: usize = 3;

/// Works out the variety of what a learner shared.
pub fn variety(dossier: &Dossier) -> Variety {
    let mut found = Variety::default();
    let mut texts: Table<String, usize> = Table::default();
    for (_, it) in dossier.diary.shared() {
        found.entries += 1;
        found.at_workplace += usize::from(it.content.place == Place::Workplace);
        let text = it.content.text.trim().to_lowercase();
        if !text.is_empty() {
            *texts.get_or_put(text, 0) += 1;
        }
    }
    for it in dossier.progress() {
        match it.entries {
            0 => found.never.push(it.goal.goal.clone()),
            count => found.practised.push((it.goal.goal.clone(), count)),
        }
    }
    sort_by_key(&mut found.practised, |(goal, count)| (Reverse(*count), goal.clone()));
    for (text, count) in texts.iter().filter(|(_, count)| **count >= REPEATED) {
        found.repeated.push((text.clone(), *count));
    }
    sort_by_key(&mut found.repeated, |(text, count)| (Reverse(*count), text.clone()));
    found
}
