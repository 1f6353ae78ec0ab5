//! Steps of a leertraject that are missing or late: a plan, goals, talks, visits, the reception; a mentor who never acts.

use super::{Signal, SignalKind, Thresholds, days_between};
use crate::Day;
use crate::dossier::{Dossier, LinkRecord, Role, Workplace};
use crate::id::EventHash;
use chrono::Days;

fn since(kind: SignalKind, since: Day, today: Day, grounds: Vec<EventHash>) -> Signal {
    Signal { kind, since, days: days_between(since, today), grounds }
}

/// The plan must be agreed to by all three soon after the start (B5).
pub(super) fn plan_open(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let from = dossier.track.as_ref()?.from;
    let is_late = days_between(from, today) >= limit;
    // An earlier agreement to an earlier version is something to renew, not something that is missing.
    (is_late && dossier.agreed_plans().is_empty())
        .then(|| since(SignalKind::PlanOpen, from, today, Vec::new()))
}

/// Goals whose last week passed so many days ago without any activity. `days` counts the goals.
pub(super) fn goals_late(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let late = dossier.late_goals(Day(today.checked_sub_days(Days::new(limit.into()))?));
    let last = late.iter().map(|it| it.to_week).max()?;
    let week_one = dossier.track.as_ref()?.week_one;
    let ended = Day(week_one.checked_add_days(Days::new(u64::from(last) * 7))?);
    Some(Signal {
        kind: SignalKind::GoalsLate,
        since: ended,
        days: u32::try_from(late.len()).unwrap_or(u32::MAX),
        grounds: Vec::new(),
    })
}

/// Since the last talk, or since the start; or a planned one that is as late as a visit may be.
pub(super) fn review_overdue(dossier: &Dossier, limits: Thresholds, today: Day) -> Option<Signal> {
    let start = dossier.track.as_ref()?.from;
    let last = dossier.reviews.last_held().unwrap_or(start).max(start);
    let restarted = dossier.guiding.restart().map_or(last, |it| it.what.day.max(last));
    if days_between(restarted, today) >= limits.review {
        return Some(since(SignalKind::ReviewOverdue, restarted, today, Vec::new()));
    }
    // What was planned before the last talk was overtaken by it, and hides nothing that was planned after it.
    let planned = dossier.reviews.all().filter(|it| it.what.held.is_none());
    let planned = planned.filter(|it| it.what.day > restarted).min_by_key(|it| it.what.day)?;
    let is_late = days_between(planned.what.day, today) >= limits.visit_late;
    is_late.then(|| since(SignalKind::ReviewOverdue, planned.what.day, today, vec![planned.hash]))
}

/// A planned visit that is late; or no contact for long, and none planned.
pub(super) fn visit_overdue(dossier: &Dossier, limits: Thresholds, today: Day) -> Option<Signal> {
    if let Some(next) = dossier.guiding.next_visit() {
        let is_late = days_between(next.what.day, today) >= limits.visit_late;
        let grounds = vec![next.hash];
        return is_late.then(|| since(SignalKind::VisitOverdue, next.what.day, today, grounds));
    }
    let start = dossier.track.as_ref()?.from;
    let start = dossier.guiding.began_again(today).map_or(start, |it| it.max(start));
    let last = dossier.guiding.last_visit().unwrap_or(start).max(start);
    let is_late = days_between(last, today) >= limits.visit;
    is_late.then(|| since(SignalKind::VisitOverdue, last, today, Vec::new()))
}

/// Something waits for a mentor of now who never acted: no mentor on paper only (A3). Who is new has their own time.
pub(super) fn mentor_silent(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let links = dossier.links.all().filter(|it| it.is_current(today));
    let mentors = links.map(|it| &it.link).filter(|it| it.role == Role::Mentor);
    let mut found: Vec<(Day, EventHash)> = Vec::new();
    for it in mentors.filter(|it| !dossier.has_acted(it.person)) {
        let waiting = dossier.waiting_for(it.person, today);
        let asked = waiting.iter().map(|it| {
            let at = it.request.received_at.unwrap_or(it.request.at.millis());
            (Day::of_millis(at), it.request.hash)
        });
        let Some((first, hash)) = asked.min() else { continue };
        let from = first.max(it.from);
        if days_between(from, today) >= limit {
            found.push((from, hash));
        }
    }
    let first = found.iter().map(|(day, _)| *day).min()?;
    let grounds = found.into_iter().map(|(_, hash)| hash).collect();
    Some(since(SignalKind::MentorSilent, first, today, grounds))
}

/// Safety comes before work: from the first day at the workplace on. `days` counts the points.
pub(super) fn not_received(dossier: &Dossier, today: Day) -> Option<Signal> {
    let first = dossier.first_workplace_day().filter(|it| *it <= today)?;
    let count = dossier.unsafe_points(today).len();
    (count > 0).then(|| Signal {
        kind: SignalKind::NotReceived,
        since: first,
        days: u32::try_from(count).unwrap_or(u32::MAX),
        grounds: Vec::new(),
    })
}

/// Days of work after which a reception without any point is a signal (D6): there was a week to write it.
const RECEPTION_DUE: u32 = 7;

/// Nobody wrote down what is to be gone through at the start, and the work has been going on for a week.
pub(super) fn no_reception(dossier: &Dossier, today: Day) -> Option<Signal> {
    let is_late = |begun: &Day| *begun <= today && days_between(*begun, today) >= RECEPTION_DUE;
    if dossier.reception.points().is_empty() {
        let begun = dossier.works_since(today).filter(is_late)?;
        return Some(since(SignalKind::NoReception, begun, today, Vec::new()));
    }
    // What was gone through elsewhere says nothing of the machines here.
    let here = dossier.start.on(today).map(|(it, _)| it);
    let empty = here.filter(|it| dossier.reception_at(Some(it.workplace)).is_empty());
    let begun = empty.filter_map(Workplace::first_day).filter(is_late).min()?;
    Some(since(SignalKind::NoReception, begun, today, Vec::new()))
}

/// Days before its last valid day from which an attestation is a signal (B12): a course and an exam fit in. An agreement has
/// its own, shorter one.
pub const ATTESTATION_ENDS: u32 = 60;

/// Attestations that end soon or have ended, until a newer one of that name is there. `days` until the first of them ends.
pub(super) fn attestation_ends(dossier: &Dossier, today: Day) -> Option<Signal> {
    let ending = dossier.plan_talk.ending(today, ATTESTATION_ENDS);
    let first = ending.iter().map(|(until, _)| *until).min()?;
    Some(Signal {
        kind: SignalKind::AttestationEnds,
        since: first,
        days: days_between(today, first),
        grounds: ending.iter().map(|(_, said)| said.hash).collect(),
    })
}

/// Somebody of now who has no device here: the invitation was not used (A15). Who only reads, or is of the centre, is not
/// asked for.
pub(super) fn not_joined(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let waiting = dossier.not_joined(today);
    let late = waiting.iter().filter(|it| days_between(it.link.from, today) >= limit);
    let first = late.map(|it| it.link.from).min()?;
    Some(since(SignalKind::NotJoined, first, today, Vec::new()))
}

impl Dossier {
    /// Those of a day who learn, mentor, coach or teach and have not joined on any device (A15).
    pub fn not_joined(&self, today: Day) -> Vec<&LinkRecord> {
        let works =
            |role| matches!(role, Role::Learner | Role::Mentor | Role::Coach | Role::Teacher);
        let has_device = |who| self.keys.all().any(|it| it.certified.person == who);
        let all = self.links.all().filter(|it| it.covers(today) && works(it.link.role));
        all.filter(|it| !has_device(it.link.person)).collect()
    }
}

/// A proposal that nobody answered.
pub(super) fn proposal_waits(dossier: &Dossier, today: Day) -> Option<Signal> {
    let open = dossier.plan_talk.open().map(|it| (Day::of_millis(it.at.millis()), it.hash));
    let open: Vec<(Day, EventHash)> = open.collect();
    let first = open.iter().map(|(day, _)| *day).min()?;
    let grounds = open.into_iter().map(|(_, hash)| hash).collect();
    Some(since(SignalKind::ProposalWaits, first, today, grounds))
}

/// Early warning (G4): two or more of silence, falling well-being, hours behind and a reported problem at once. It
/// explains itself by those others, and decides nothing.
pub(super) fn may_stop(others: &[Signal], today: Day) -> Option<Signal> {
    let tells = |it: &&Signal| {
        matches!(
            it.kind,
            SignalKind::Silence
                | SignalKind::WellBeing
                | SignalKind::HoursBehind
                | SignalKind::Concern
        )
    };
    let telling: Vec<&Signal> = others.iter().filter(tells).collect();
    let first = telling.iter().map(|it| it.since).min()?;
    let grounds = telling.iter().flat_map(|it| it.grounds.iter().copied()).collect();
    (telling.len() >= 2).then(|| since(SignalKind::MayStop, first, today, grounds))
}
