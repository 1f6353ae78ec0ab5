//! What was planned at the workplace beside what was done there, by week and by month (F5).

use super::{accountable_under, at_workplace, school_year, week_of};
use crate::Day;
use crate::dossier::{Agreement, Block, Dossier, EntryRecord, Version};
use chrono::{Datelike, Months};

/// One period. Minutes are whole; what is planned is rounded down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// By the signed agreements, without weeks of holiday and of accepted absence. Two at once count both.
    pub planned: u32,
    /// By what was shared of the diary.
    pub done: u32,
}

/// The ISO week of a day.
pub fn week(dossier: &Dossier, day: Day) -> Period {
    let (from, to) = week_of(day);
    period(dossier, from, to)
}

/// The months of the school year of a day, from the one in which the first agreement of that year begins up to and
/// including the one of that day, the last first.
pub fn months(dossier: &Dossier, today: Day) -> Vec<Period> {
    let (first, _) = school_year(today);
    let begins = signed(dossier).filter(|it| dossier.last_day(it) >= first).map(|it| it.from).min();
    let mut from = begins.filter(|it| *it <= today).map(|it| month_of(it.max(first)));
    let mut all = Vec::new();
    while let Some(month) = from.filter(|it| *it <= today) {
        let next = month.checked_add_months(Months::new(1)).map(Day);
        let last = next.and_then(|it| it.pred_opt()).map_or(month, Day);
        all.insert(0, period(dossier, month, last));
        from = next;
    }
    all
}

/// Those months together: the school year up to and including the month of that day.
pub fn year(months: &[Period]) -> Option<Period> {
    let sum = |of: fn(&Period) -> u32| months.iter().map(of).sum();
    Some(Period {
        from: months.last()?.from,
        to: months.first()?.to,
        planned: sum(|it| it.planned),
        done: sum(|it| it.done),
    })
}

/// The entries behind what was done in a period, in the order of the diary.
pub fn behind(dossier: &Dossier, it: Period) -> impl Iterator<Item = (&EntryRecord, &Version)> {
    at_workplace(dossier, it.from, it.to)
}

fn period(dossier: &Dossier, from: Day, to: Day) -> Period {
    let planned = signed(dossier).map(|it| agreed_under(dossier, it, from, to)).sum();
    let minutes = |(_, it): (&EntryRecord, &Version)| u32::from(it.content.minutes);
    let done = at_workplace(dossier, from, to).map(minutes).sum();
    Period { from, to, planned, done }
}

/// Minutes at the workplace that an agreement has from one day to another: its weekly hours over the accountable weeks, and
/// those of its blocks in theirs.
pub fn agreed_under(dossier: &Dossier, it: &Agreement, from: Day, to: Day) -> u32 {
    let usual = u32::from(it.weekly_minutes) * accountable_under(dossier, it, from, to);
    usual.saturating_add_signed(by_blocks(dossier, it, from, to)) / 5
}

/// What its blocks add to or take from the usual weekly minutes between two days, in fifths.
pub(super) fn by_blocks(dossier: &Dossier, it: &Agreement, from: Day, to: Day) -> i32 {
    let more = |block: &Block| {
        let fifths = accountable_under(dossier, it, from.max(block.from), to.min(block.to));
        (i32::from(block.weekly_minutes) - i32::from(it.weekly_minutes)) * fifths as i32
    };
    it.blocks.iter().map(more).sum()
}

fn signed(dossier: &Dossier) -> impl Iterator<Item = &Agreement> {
    dossier.agreements.all().filter(|it| it.signed_on().is_some())
}

fn month_of(day: Day) -> Day {
    day.with_day(1).map_or(day, Day)
}
