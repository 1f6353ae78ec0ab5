//! Under which agreement somebody works, day by day, by the same plain counting.

use crate::book::Book;
use crate::calendar::Calendar;
use crate::still::rounds;
use crate::sums::{accountable, days, first, told};
use chrono::NaiveDate;
use dubbelspoor_domain::dossier::{Agreement, Entry, Place};
use dubbelspoor_domain::id::EntryId;
use std::collections::{BTreeMap, BTreeSet};

/// The days from the first on which an agreement runs: as it says itself, but after an early end only once it began again.
pub(crate) fn days_under(book: &Book, it: &Agreement) -> BTreeSet<NaiveDate> {
    let mut rounds = rounds(book);
    rounds.retain(|round| round.end.is_some_and(|end| end.day >= it.from));
    let all = days(it.from.0, it.ended.unwrap_or(it.to).0);
    all.filter(|day| !rounds.iter().any(|it| it.has_ended(*day))).collect()
}

pub(crate) fn last_day(book: &Book, it: &Agreement) -> NaiveDate {
    *days_under(book, it).last().unwrap()
}

pub(crate) fn signed_on(it: &Agreement) -> Option<NaiveDate> {
    (it.signed.len() == 3).then(|| it.signed.iter().map(|it| it.on.0).max()).flatten()
}

/// Under which agreements a day falls, the last that began last.
pub(crate) fn agreements_on(book: &Book, day: NaiveDate) -> Vec<&Agreement> {
    let mut all = book.agreements();
    all.retain(|it| {
        signed_on(it).is_some_and(|on| on <= day) && days_under(book, it).contains(&day)
    });
    all.sort_by_key(|it| (it.from, it.agreement));
    all
}

pub(crate) fn agreement_on(book: &Book, day: NaiveDate) -> Option<&Agreement> {
    agreements_on(book, day).last().copied()
}

/// What an activity is worth to an agreement. Nobody's agreement names a workplace here, so those of one day divide it by
/// their hours, down to whole minutes, and the last takes what is left.
pub(crate) fn worth(book: &Book, of: &Agreement, it: &Entry) -> u32 {
    let all = agreements_on(book, it.day.0);
    let agreed: u32 = all.iter().map(|it| u32::from(it.weekly_minutes)).sum();
    let mut left = u32::from(it.minutes);
    for (after, one) in all.iter().enumerate() {
        let part = u32::from(it.minutes) * u32::from(one.weekly_minutes) / agreed;
        let part = if after + 1 == all.len() { left } else { part };
        if one.agreement == of.agreement {
            return part;
        }
        left -= part;
    }
    0
}

/// Work on a holiday under agreements that say nothing of that (F4).
pub(crate) fn on_holidays(book: &Book, calendar: &Calendar) -> BTreeSet<EntryId> {
    let at_work = told(book).into_iter().filter(|(_, _, it)| it.place == Place::Workplace);
    let asked = at_work.filter(|(_, _, it)| {
        let agreed = agreements_on(book, it.day.0);
        let is_free = calendar.is_holiday(it.day.0);
        is_free && !agreed.is_empty() && agreed.iter().all(|it| it.on_holidays.is_none())
    });
    asked.map(|it| it.0).collect()
}

/// Minutes a week on a day, as agreed.
pub(crate) fn weekly_on(it: &Agreement, day: NaiveDate) -> u32 {
    let block = it.blocks.iter().find(|it| it.from.0 <= day && day <= it.to.0);
    block.map_or(it.weekly_minutes, |it| it.weekly_minutes).into()
}

/// Minutes that are agreed for some days, in fifths.
pub(crate) fn agreed_fifths(
    book: &Book,
    calendar: &Calendar,
    it: &Agreement,
    days: impl Iterator<Item = NaiveDate>,
) -> u32 {
    let mut by_weekly: BTreeMap<u32, Vec<NaiveDate>> = BTreeMap::new();
    days.for_each(|day| by_weekly.entry(weekly_on(it, day)).or_default().push(day));
    let fifths = |(weekly, days): (u32, Vec<NaiveDate>)| {
        weekly * accountable(book, calendar, days.into_iter())
    };
    by_weekly.into_iter().map(fifths).sum()
}

pub(crate) fn without_agreement(book: &Book) -> BTreeSet<EntryId> {
    let told = told(book).into_iter();
    let uncovered = told.filter(|(_, _, it)| {
        it.place == Place::Workplace && agreement_on(book, it.day.0).is_none()
    });
    uncovered.map(|it| it.0).collect()
}

/// The days on which an agreement had its three signatures and was not over.
pub(crate) fn bound(book: &Book) -> impl Fn(NaiveDate) -> bool {
    let agreements = book.agreements();
    let signed = agreements.iter().filter_map(|it| Some((signed_on(it)?, last_day(book, it))));
    let signed: Vec<(NaiveDate, NaiveDate)> = signed.collect();
    move |day| signed.iter().any(|(from, to)| *from <= day && day <= *to)
}

/// The lesson days of the year up to today on which no agreement had its three signatures or all that had were over.
/// Nothing on a day that is none of these.
pub(crate) fn training_days(book: &Book, today: NaiveDate) -> Option<Vec<NaiveDate>> {
    let bound = bound(book);
    let lessons = told(book).into_iter().filter(|(_, _, it)| it.place != Place::Workplace);
    let lessons: BTreeSet<NaiveDate> = lessons.map(|it| it.2.day.0).collect();
    let unbound = days(first(), today).filter(|it| lessons.contains(it) && !bound(*it));
    (!bound(today)).then(|| unbound.collect())
}
