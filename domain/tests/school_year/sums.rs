//! The calculation beside the product's own: from the book, day by day, with nothing but counting.

use crate::book::{Act, Book};
use crate::bound::{agreed_fifths, days_under, weekly_on, worth};
use crate::calendar::{Calendar, date, is_working};
use crate::still::paused;
use chrono::{Datelike, Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, Agreement, AgreementKind, Body, Entry, Finding, Level, Place, Stage,
};
use dubbelspoor_domain::id::{EntryId, EventHash};
use std::collections::{BTreeMap, BTreeSet};

/// The year of the test.
pub(crate) fn first() -> NaiveDate {
    date(2026, 9, 1)
}

pub(crate) fn last() -> NaiveDate {
    date(2027, 8, 31)
}

pub(crate) fn days(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |it| *it <= to)
}

pub(crate) fn between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

pub(crate) fn day_of(millis: u64) -> NaiveDate {
    Day::of_millis(millis).0
}

/// Milliseconds to the entries that stand, private ones too.
pub(crate) fn written(book: &Book) -> Vec<(EntryId, EventHash, &Entry)> {
    let all = book.standing().into_iter().map(|(entry, (hash, it))| (entry, hash, it));
    all.filter(|(_, _, it)| it.stage == Stage::Submitted).collect()
}

/// Those that the learner shared.
pub(crate) fn told(book: &Book) -> Vec<(EntryId, EventHash, &Entry)> {
    let mut all = written(book);
    all.retain(|(_, _, it)| it.is_shared());
    all
}

/// Minutes at the workplace and at school from one day to another.
pub(crate) fn worked(book: &Book, from: NaiveDate, to: NaiveDate) -> (u32, u32) {
    let (mut work, mut school) = (0, 0);
    let told = told(book);
    for day in days(from, to) {
        for (_, _, it) in told.iter().filter(|(_, _, it)| it.day.0 == day) {
            match it.place {
                Place::Workplace => work += u32::from(it.minutes),
                Place::School | Place::TrainingCentre => school += u32::from(it.minutes),
            }
        }
    }
    (work, school)
}

/// The absences that stand, each with what was ruled of it as it is.
fn reported(book: &Book) -> Vec<(&Absence, Option<bool>)> {
    let mut reports: BTreeMap<_, (EventHash, &Absence)> = BTreeMap::new();
    let mut ruled: BTreeMap<EventHash, bool> = BTreeMap::new();
    for act in &book.acts {
        if let Body::Absence(it) = &act.body {
            reports.insert(it.absence, (act.hash, it));
        }
        if let Body::AbsenceRuled(it) = &act.body {
            ruled.insert(it.report, it.accepted);
        }
    }
    let stands = reports.into_values().filter(|(_, it)| !it.withdrawn);
    stands.map(|(hash, it)| (it, ruled.get(&hash).copied())).collect()
}

/// The days that somebody does not have to tell of: holidays, and absences that nobody declined.
pub(crate) fn excused<'b>(
    book: &'b Book,
    calendar: &'b Calendar,
) -> impl Fn(NaiveDate) -> bool + 'b {
    let absences = reported(book);
    move |day| {
        let is_away = |(it, ruled): &(&Absence, Option<bool>)| {
            *ruled != Some(false) && it.from.0 <= day && day <= it.to.0
        };
        calendar.is_holiday(day) || absences.iter().any(is_away)
    }
}

/// Accountable weeks in fifths: each working day of these is one, but not in a week that is all holiday, nor where all that
/// is asked of a week was missed with leave or fell in a pause.
pub(crate) fn accountable(
    book: &Book,
    calendar: &Calendar,
    asked: impl Iterator<Item = NaiveDate>,
) -> u32 {
    let accepted: Vec<&Absence> =
        reported(book).into_iter().filter(|it| it.1 == Some(true)).map(|it| it.0).collect();
    let paused = paused(book);
    let is_away = |day: NaiveDate| {
        paused(day) || accepted.iter().any(|it| it.from.0 <= day && day <= it.to.0)
    };
    let mut weeks: BTreeMap<(i32, u32), Vec<NaiveDate>> = BTreeMap::new();
    for day in asked.filter(|it| is_working(*it)) {
        let week = day.iso_week();
        weeks.entry((week.year(), week.week())).or_default().push(day);
    }
    let mut fifths = 0;
    for asked in weeks.into_values() {
        let monday = asked[0] - Days::new(u64::from(asked[0].weekday().num_days_from_monday()));
        let is_free = days(monday, monday + Days::new(4)).all(|it| calendar.is_holiday(it));
        if !is_free && !asked.iter().all(|it| is_away(*it)) {
            fifths += u32::try_from(asked.len()).unwrap();
        }
    }
    fifths
}

/// The figures of one agreement up to a day.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Figures {
    pub(crate) done: u32,
    pub(crate) confirmed: u32,
    pub(crate) so_far: u32,
    pub(crate) all: u32,
    pub(crate) average: Option<u32>,
    pub(crate) confirmed_average: Option<u32>,
    pub(crate) projection: Option<u32>,
    pub(crate) missing: u32,
    pub(crate) over: u32,
}

pub(crate) fn figures(
    book: &Book,
    calendar: &Calendar,
    of: &Agreement,
    today: NaiveDate,
) -> Figures {
    let under: Vec<NaiveDate> =
        days_under(book, of).into_iter().filter(|it| first() <= *it && *it <= last()).collect();
    let confirmed_hours = confirmed_hours(book);
    let (mut done, mut confirmed) = (0, 0);
    for (entry, version, it) in told(book) {
        if it.place == Place::Workplace && first() <= it.day.0 && it.day.0 <= today {
            let minutes = worth(book, of, it);
            done += minutes;
            if confirmed_hours.contains(&(entry, version)) {
                confirmed += minutes;
            }
        }
    }
    let so_far = accountable(book, calendar, under.iter().copied().filter(|it| *it <= today));
    let all = accountable(book, calendar, under.iter().copied());
    let a_week = |minutes: u32, fifths: u32| (fifths > 0).then(|| minutes * 5 / fifths);
    let usual = u32::from(of.weekly_minutes);
    let other = |it: &NaiveDate| weekly_on(of, *it) != usual;
    let to_come = || under.iter().copied().filter(|it| *it > today).filter(other);
    let planned = usual * (all - so_far.min(all)) + agreed_fifths(book, calendar, of, to_come());
    let planned = (planned - usual * accountable(book, calendar, to_come())) / 5;
    let least = match of.kind {
        AgreementKind::Odos => Some(1_200),
        AgreementKind::Da => Some(u32::from(of.weekly_minutes)),
        AgreementKind::Odo | AgreementKind::Odow => None,
    };
    // A DA asks the agreed hours, blocks included.
    let until = || under.iter().copied().filter(|it| *it <= today).filter(other);
    let more = agreed_fifths(book, calendar, of, until()) as i32
        - (usual * accountable(book, calendar, until())) as i32;
    let more = if of.kind == AgreementKind::Da { more } else { 0 };
    let must = least.map_or(0, |weekly| (weekly * so_far).saturating_add_signed(more) / 5);
    let may = 1_200 * so_far / 5;
    let is_over = of.kind == AgreementKind::Odo && so_far > 0 && done >= may;
    Figures {
        done,
        confirmed,
        so_far,
        all,
        average: a_week(done, so_far),
        confirmed_average: a_week(confirmed, so_far),
        projection: a_week(done + planned, all),
        missing: must.saturating_sub(done),
        over: if is_over { done + 1 - may } else { 0 },
    }
}

fn confirmed_hours(book: &Book) -> BTreeSet<(EntryId, EventHash)> {
    let mut all = BTreeSet::new();
    for act in &book.acts {
        if let Body::HoursConfirmation(it) = &act.body
            && !book.is_taken_back(act)
        {
            all.extend(it.entries.iter().map(|it| (it.entry, it.version)));
        }
    }
    all
}

/// What there is for a goal.
#[derive(PartialEq, Eq, Debug, Default)]
pub(crate) struct Reached {
    pub(crate) entries: usize,
    pub(crate) minutes: u32,
    pub(crate) last_day: Option<NaiveDate>,
    pub(crate) self_rating: Option<Level>,
    pub(crate) best: Option<Level>,
    pub(crate) level: Option<Level>,
    pub(crate) findings: usize,
}

pub(crate) fn reached(book: &Book, goal: &str) -> Reached {
    let mut sum = Reached::default();
    let mut entries = written(book);
    entries.sort_by_key(|(_, _, it)| it.day);
    for (_, _, it) in entries {
        for touched in it.goals.iter().filter(|it| it.goal == goal) {
            sum.entries += 1;
            sum.minutes += u32::from(it.minutes);
            sum.last_day = Some(it.day.0);
            sum.self_rating = touched.self_rating.or(sum.self_rating);
        }
    }
    let versions = book.versions();
    let mut days: BTreeMap<Level, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (_, it, outcome) in book.findings() {
        let known = versions.get(&it.entry).into_iter().flatten();
        let Some((_, seen)) = known.into_iter().find(|(hash, _)| *hash == it.version) else {
            continue;
        };
        if outcome.goal != goal {
            continue;
        }
        sum.findings += 1;
        if let Finding::Reached(level) = outcome.finding {
            for lower in Level::ALL.into_iter().filter(|it| *it <= level) {
                days.entry(lower).or_default().insert(seen.day.0);
            }
        }
    }
    sum.best = days.keys().max().copied();
    sum.level = days.iter().filter(|(_, days)| days.len() >= 2).map(|it| *it.0).max();
    sum
}

/// What waits for a mentor: the request, the entry, and the goals without an answer.
pub(crate) fn waiting(book: &Book) -> Vec<(&Act, EntryId, Vec<String>)> {
    let (standing, versions, findings) = (book.standing(), book.versions(), book.findings());
    let mut all = Vec::new();
    for (entry, (act, asked)) in book.requests() {
        let is_known =
            versions.get(&entry).is_some_and(|it| it.iter().any(|it| it.0 == asked.version));
        if !is_known || standing[&entry].1.stage == Stage::Withdrawn {
            continue;
        }
        let is_answered = |goal: &str| {
            findings
                .iter()
                .any(|(_, it, outcome)| it.version == asked.version && outcome.goal == goal)
        };
        let open = asked.goals.iter().map(|it| it.goal.clone()).filter(|it| !is_answered(it));
        let open: Vec<String> = open.collect();
        if !open.is_empty() {
            all.push((act, entry, open));
        }
    }
    all
}
