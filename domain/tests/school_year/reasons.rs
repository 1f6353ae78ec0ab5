//! The reasons to look at somebody, by the same plain counting: which, since when, for how many days.

use crate::agreed::{agreed, first_open, plan, talk_days};
use crate::book::Book;
use crate::bound::{
    agreed_fifths, agreement_on, agreements_on, days_under, last_day, signed_on, training_days,
    worth,
};
use crate::calendar::{Calendar, is_working};
use crate::still::{restarted, state};
use crate::sums::{between, day_of, days, excused, told, waiting, worked, written};
use crate::year::{not_received, prior, received};
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::dossier::{
    Body, Concern, Place, Role, TrackState, Visit, VisitKind, WellBeing,
};
use dubbelspoor_domain::signals::SignalKind;
use std::collections::BTreeMap;

pub(crate) type Reason = (SignalKind, NaiveDate, u32);

/// The kinds that are counted here.
pub(crate) const COUNTED: [SignalKind; 20] = [
    SignalKind::Silence,
    SignalKind::Unconfirmed,
    SignalKind::WaitsForCoach,
    SignalKind::Concern,
    SignalKind::WellBeing,
    SignalKind::HoursBehind,
    SignalKind::AgreementEnds,
    SignalKind::NoAgreement,
    SignalKind::ReviewOverdue,
    SignalKind::VisitOverdue,
    SignalKind::GoalsLate,
    SignalKind::MayStop,
    SignalKind::PlanOpen,
    SignalKind::ProposalWaits,
    SignalKind::NotReceived,
    SignalKind::AttestationEnds,
    SignalKind::NoReception,
    SignalKind::ShareLow,
    SignalKind::MentorSilent,
    SignalKind::NotJoined,
];

/// Those that no coach put off, by their last word on each (G1).
pub(crate) fn reasons(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<Reason> {
    let mut until = BTreeMap::new();
    for act in book.by_said() {
        if let Body::Snoozed(it) = &act.body {
            until.insert(it.signal, it.until.0);
        }
    }
    let mut all = all_reasons(book, calendar, today);
    all.retain(|it| until.get(&it.0.number()).is_none_or(|until| *until < today));
    all
}

/// All that hold on a day; of a leertraject that stands still or is over only what waits for somebody.
fn all_reasons(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<Reason> {
    let waits = [waits_for_coach(book, today), concern(book, today), proposal_waits(book, today)];
    let mut all: Vec<Reason> = waits.into_iter().flatten().collect();
    if !matches!(state(book, today), TrackState::Running | TrackState::Restarted) {
        return all;
    }
    let daily = [
        silence(book, calendar, today),
        unconfirmed(book, today),
        well_being(book, today),
        hours_behind(book, calendar, today),
        share_low(book, today),
        agreement_ends(book, today),
        no_agreement(book, today),
        review_overdue(book, today),
        visit_overdue(book, today),
        goals_late(book, today),
        plan_open(book, today),
        not_received(book, today).map(|(since, points)| (SignalKind::NotReceived, since, points)),
        no_reception(book, today),
        attestation_ends(book, today),
        mentor_silent(book, today),
        not_joined(book, today),
    ];
    all.extend(daily.into_iter().flatten());
    let telling =
        [SignalKind::Silence, SignalKind::WellBeing, SignalKind::HoursBehind, SignalKind::Concern];
    let telling: Vec<NaiveDate> =
        all.iter().filter(|it| telling.contains(&it.0)).map(|it| it.1).collect();
    if let (Some(first), true) = (telling.iter().min(), telling.len() > 1) {
        all.push((SignalKind::MayStop, *first, between(*first, today)));
    }
    all
}

/// Six weeks without a talk; or one that was planned after the last and is two weeks late.
fn review_overdue(book: &Book, today: NaiveDate) -> Option<Reason> {
    let start = book.track()?.from.0;
    let (held, planned) = talk_days(book);
    let from = [Some(start), held, restarted(book, today)].into_iter().flatten().max()?;
    let next = planned.into_iter().filter(|it| *it > from).min();
    let next = next.filter(|it| between(*it, today) >= 14);
    let since = if between(from, today) >= 42 { from } else { next? };
    Some((SignalKind::ReviewOverdue, since, between(since, today)))
}

/// Nothing that all three agreed to, twenty days after the start.
fn plan_open(book: &Book, today: NaiveDate) -> Option<Reason> {
    let start = book.track()?.from.0;
    let days = between(start, today);
    (days >= 20 && agreed(book).is_empty()).then_some((SignalKind::PlanOpen, start, days))
}

fn proposal_waits(book: &Book, today: NaiveDate) -> Option<Reason> {
    let since = first_open(book)?;
    Some((SignalKind::ProposalWaits, since, between(since, today)))
}

/// A visit that was planned and is two weeks late, unless another was held since, on the spot if it was to be there; or none
/// for sixty days and none planned.
fn visit_overdue(book: &Book, today: NaiveDate) -> Option<Reason> {
    let mut visits = BTreeMap::new();
    for act in book.by_said() {
        if let Body::Visit(it) = &act.body {
            visits.insert(it.visit, it);
        }
    }
    let held = visits.values().filter(|it| it.report.is_some()).map(|it| it.day.0).max();
    let was_there = |it: &Visit| it.kind == VisitKind::OnSite;
    let open = |it: &&&Visit| {
        let mut later = visits.values().filter(|held| held.report.is_some() && held.day >= it.day);
        it.report.is_none() && !later.any(|held| was_there(held) || !was_there(it))
    };
    let planned = visits.values().filter(open).map(|it| it.day.0).min();
    let from = [book.track().map(|it| it.from.0), held, restarted(book, today)];
    let since = planned.or(from.into_iter().flatten().max())?;
    let limit = if planned.is_some() { 14 } else { 60 };
    let late = between(since, today);
    (late >= limit).then_some((SignalKind::VisitOverdue, since, late))
}

/// A week of work, under an agreement that is not over or without any, and no point to go through.
fn no_reception(book: &Book, today: NaiveDate) -> Option<Reason> {
    if !received(book).is_empty() {
        return no_reception_here(book, today);
    }
    let agreements = book.agreements();
    if !agreements.is_empty() && agreements.into_iter().all(|it| last_day(book, it) < today) {
        return None;
    }
    let told = told(book).into_iter().filter(|it| it.2.place == Place::Workplace);
    let worked = told.map(|it| it.2.day.0).filter(|it| *it <= today).min();
    let agreed = agreement_on(book, today).map(|it| it.from.0);
    let since = [worked, agreed].into_iter().flatten().min()?;
    let days = between(since, today);
    (days >= 7).then_some((SignalKind::NoReception, since, days))
}

/// Two weeks after the first question that waits, or after they began: a mentor of now who never wrote a thing (A3).
fn mentor_silent(book: &Book, today: NaiveDate) -> Option<Reason> {
    let wrote = |who| book.acts.iter().any(|it| it.by == who);
    let asked = waiting(book).into_iter().map(|(act, ..)| day_of(act.received_at)).min()?;
    let silent = book
        .links()
        .into_iter()
        .filter(|(it, ended)| it.role == Role::Mentor && ended.is_none() && !wrote(it.person));
    let since = silent.map(|(it, _)| it.from.0.max(asked));
    let since = since.filter(|it| between(*it, today) >= 14).min()?;
    Some((SignalKind::MentorSilent, since, between(since, today)))
}

/// Somebody of today who works here, and a week after they were asked has no phone that the school knows (A15).
fn not_joined(book: &Book, today: NaiveDate) -> Option<Reason> {
    let works = [Role::Learner, Role::Mentor, Role::Coach, Role::Teacher];
    let of_today = book.links().into_iter().filter(|(it, ended)| {
        it.from.0 <= today && ended.is_none_or(|last| today <= last) && works.contains(&it.role)
    });
    let absent = of_today.filter(|(it, _)| !book.joined.contains(&it.person));
    let since = absent.map(|(it, _)| it.from.0).filter(|it| between(*it, today) >= 7).min()?;
    Some((SignalKind::NotJoined, since, between(since, today)))
}

/// What is gone through elsewhere does not count: a week at a workplace of today that has no point of its own. Those that
/// name none are of the first workplace.
fn no_reception_here(book: &Book, today: NaiveDate) -> Option<Reason> {
    let (mut places, mut points) = (BTreeMap::new(), BTreeMap::new());
    for act in book.by_said() {
        if let Body::Workplace(it) = &act.body {
            places.insert(it.workplace, &it.stays);
        }
        if let Body::ReceptionPoint(it) = &act.body {
            points.insert(it.point, it);
        }
    }
    let mut begun = Vec::new();
    for (place, stays) in &places {
        begun.push((stays.iter().map(|it| it.from.0).min()?, *place));
    }
    begun.sort_unstable();
    let first = begun.first()?.1;
    let standing = || points.values().filter(|it| !it.dropped);
    begun.retain(|(from, place)| {
        let stays = &places[place];
        let is_here =
            stays.iter().any(|it| it.from.0 <= today && it.to.is_none_or(|to| today <= to.0));
        let has_points = standing().any(|it| it.workplace.unwrap_or(first) == *place);
        is_here && !has_points && between(*from, today) >= 7
    });
    let since = begun.first()?.0;
    Some((SignalKind::NoReception, since, between(since, today)))
}

/// The last word on each attestation: the first that ends within sixty days or has ended.
fn attestation_ends(book: &Book, today: NaiveDate) -> Option<Reason> {
    let mut last = BTreeMap::new();
    for act in book.by_said() {
        if let Body::Attestation(it) = &act.body {
            last.insert(&it.name, it);
        }
    }
    let standing = last.into_values().filter(|it| !it.withdrawn);
    let ends = standing.filter_map(|it| it.until).map(|it| it.0);
    let first = ends.filter(|it| *it <= today + Days::new(60)).min()?;
    Some((SignalKind::AttestationEnds, first, between(today, first)))
}

/// The days tell how many goals.
fn goals_late(book: &Book, today: NaiveDate) -> Option<Reason> {
    let monday = book.track()?.week_one.0;
    let week = (today - monday).num_days().div_euclid(7) + 1;
    let told = told(book);
    let is_touched =
        |goal: &str| told.iter().any(|(_, _, it)| it.goals.iter().any(|it| it.goal == goal));
    let mut late: Vec<u16> = Vec::new();
    for it in plan(book).into_values() {
        let is_known = is_touched(&it.goal) || prior(book, &it.goal).is_some();
        if i64::from(it.to_week) < week && !is_known {
            late.push(it.to_week);
        }
    }
    let since = monday + Days::new(u64::from(*late.iter().max()?) * 7);
    Some((SignalKind::GoalsLate, since, u32::try_from(late.len()).unwrap()))
}

fn silence(book: &Book, calendar: &Calendar, today: NaiveDate) -> Option<Reason> {
    let track = book.track()?;
    if today < track.from.0 || today > track.to.0 {
        return None;
    }
    let told = written(book).into_iter().map(|it| it.2.day.0).filter(|it| *it <= today);
    let from = [Some(track.from.0), told.max(), restarted(book, today)];
    let since = from.into_iter().flatten().max()?;
    let is_excused = excused(book, calendar);
    let asked = |it: &NaiveDate| is_working(*it) && !is_excused(*it);
    let silent = days(since, today).skip(1).filter(asked).count();
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

/// Under one of the agreements of today at least, where it is four weeks old.
fn hours_behind(book: &Book, calendar: &Calendar, today: NaiveDate) -> Option<Reason> {
    let (from, until) = (today - Days::new(28), today - Days::new(1));
    let told = told(book);
    for agreement in agreements_on(book, today) {
        let under =
            days_under(book, agreement).into_iter().filter(|it| from <= *it && *it <= until);
        let agreed = agreed_fifths(book, calendar, agreement, under) / 5;
        let at_work = told.iter().map(|it| it.2).filter(|it| it.place == Place::Workplace);
        let at_work = at_work.filter(|it| from <= it.day.0 && it.day.0 <= until);
        let done: u32 = at_work.map(|it| worth(book, agreement, it)).sum();
        if agreement.from.0 <= from && done * 100 < agreed * 85 {
            return Some((SignalKind::HoursBehind, from, 28));
        }
    }
    None
}

/// Less than half at work, twelve weeks after the first agreement began and while one goes on.
fn share_low(book: &Book, today: NaiveDate) -> Option<Reason> {
    agreement_on(book, today)?;
    let (work, school) = worked(book, book.track()?.from.0, today);
    let all = book.agreements().into_iter();
    let begun = all.filter_map(|it| Some(signed_on(it)?.max(it.from.0))).min()?;
    let since = begun + Days::new(84);
    let is_so = work < school && since <= today;
    is_so.then(|| (SignalKind::ShareLow, since, between(since, today)))
}

fn agreement_ends(book: &Book, today: NaiveDate) -> Option<Reason> {
    let end = last_day(book, agreement_on(book, today)?);
    let course_ends = book.track().is_some_and(|it| it.to.0 <= end);
    let follows =
        book.agreements().into_iter().any(|it| last_day(book, it) > end && signed_on(it).is_some());
    let left = between(today, end);
    (left <= 30 && !course_ends && !follows).then_some((SignalKind::AgreementEnds, end, left))
}

fn no_agreement(book: &Book, today: NaiveDate) -> Option<Reason> {
    let attended = u32::try_from(training_days(book, today)?.len()).unwrap();
    let left = 20_u32.saturating_sub(attended);
    (attended > 0 && left <= 5).then_some((SignalKind::NoAgreement, today, left))
}
