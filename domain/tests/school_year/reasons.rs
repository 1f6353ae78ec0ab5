//! The reasons to look at somebody, by the same plain counting: which, since when, for how many days.

use crate::book::Book;
use crate::calendar::{Calendar, is_working};
use crate::sums::{
    accountable, agreement_on, between, day_of, days, last_day, signed_on, training_days, waiting,
    worked, written,
};
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::dossier::{Body, Concern, WellBeing};
use dubbelspoor_domain::signals::SignalKind;
use std::collections::BTreeMap;

pub(crate) type Reason = (SignalKind, NaiveDate, u32);

/// The kinds that are counted here.
pub(crate) const COUNTED: [SignalKind; 8] = [
    SignalKind::Silence,
    SignalKind::Unconfirmed,
    SignalKind::WaitsForCoach,
    SignalKind::Concern,
    SignalKind::WellBeing,
    SignalKind::HoursBehind,
    SignalKind::AgreementEnds,
    SignalKind::NoAgreement,
];

/// All that hold on a day, in the order of their kinds.
pub(crate) fn reasons(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<Reason> {
    let all = [
        silence(book, today),
        unconfirmed(book, today),
        waits_for_coach(book, today),
        concern(book, today),
        well_being(book, today),
        hours_behind(book, calendar, today),
        agreement_ends(book, today),
        no_agreement(book, today),
    ];
    all.into_iter().flatten().collect()
}

fn silence(book: &Book, today: NaiveDate) -> Option<Reason> {
    let track = book.track()?;
    if today < track.from.0 || today > track.to.0 {
        return None;
    }
    let told = written(book).into_iter().map(|it| it.2.day.0).filter(|it| *it <= today);
    let since = told.max().unwrap_or(track.from.0).max(track.from.0);
    let silent = days(since, today).skip(1).filter(|it| is_working(*it)).count();
    (silent >= 5).then(|| (SignalKind::Silence, since, u32::try_from(silent).unwrap()))
}

fn unconfirmed(book: &Book, today: NaiveDate) -> Option<Reason> {
    let asked = waiting(book).into_iter().map(|(act, ..)| day_of(act.received_at));
    let since = asked.filter(|it| between(*it, today) >= 7).min()?;
    Some((SignalKind::Unconfirmed, since, between(since, today)))
}

fn waits_for_coach(book: &Book, today: NaiveDate) -> Option<Reason> {
    let undecided = book
        .confirmations()
        .filter(|(act, _)| act.waits && book.ruled(act.hash).is_none() && !book.is_taken_back(act));
    let since = undecided.map(|(act, _)| day_of(act.at)).min()?;
    Some((SignalKind::WaitsForCoach, since, between(since, today)))
}

fn concern(book: &Book, today: NaiveDate) -> Option<Reason> {
    let is_closed = |hash| {
        book.acts.iter().any(|it| matches!(&it.body, Body::Closed(body) if body.matter == hash))
    };
    let mut since: Option<NaiveDate> = None;
    for act in &book.acts {
        let Body::Concern(Concern { urgent, .. }) = &act.body else { continue };
        let day = day_of(act.received_at);
        if (*urgent || between(day, today) >= 2) && !is_closed(act.hash) {
            since = Some(since.map_or(day, |it| it.min(day)));
        }
    }
    since.map(|it| (SignalKind::Concern, it, between(it, today)))
}

fn well_being(book: &Book, today: NaiveDate) -> Option<Reason> {
    let mut marks: BTreeMap<NaiveDate, &WellBeing> = BTreeMap::new();
    for act in &book.acts {
        if let Body::WellBeing(it) = &act.body {
            marks.insert(it.day.0, it);
        }
    }
    let mut latest = marks.range(..=today).rev();
    let ((day, last), (before, other)) = (latest.next()?, latest.next()?);
    let is_low = last.mark <= 2 && other.mark <= 2;
    let falls = other.mark >= last.mark + 2;
    let since = if is_low { *before } else { *day };
    let tells = between(*before, today) <= 14 && (is_low || falls);
    tells.then(|| (SignalKind::WellBeing, since, between(since, today)))
}

fn hours_behind(book: &Book, calendar: &Calendar, today: NaiveDate) -> Option<Reason> {
    let agreement = agreement_on(book, today)?;
    let (from, until) = (today - Days::new(28), today - Days::new(1));
    if agreement.from.0 > from {
        return None;
    }
    let agreed = u32::from(agreement.weekly_minutes) * accountable(book, calendar, from, until) / 5;
    let done = worked(book, from, until).0;
    (done * 100 < agreed * 85).then_some((SignalKind::HoursBehind, from, 28))
}

fn agreement_ends(book: &Book, today: NaiveDate) -> Option<Reason> {
    let end = last_day(agreement_on(book, today)?);
    let course_ends = book.track().is_some_and(|it| it.to.0 <= end);
    let follows =
        book.agreements().into_iter().any(|it| last_day(it) > end && signed_on(it).is_some());
    let left = between(today, end);
    (left <= 30 && !course_ends && !follows).then_some((SignalKind::AgreementEnds, end, left))
}

fn no_agreement(book: &Book, today: NaiveDate) -> Option<Reason> {
    let attended = training_days(book, today)?;
    let left = 20_u32.saturating_sub(attended);
    (attended > 0 && left <= 5).then_some((SignalKind::NoAgreement, today, left))
}
