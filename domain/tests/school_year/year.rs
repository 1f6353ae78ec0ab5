//! The school year of the centre by plain counting (G7), how soon workplaces answer (G10), and the reception (D6).

use crate::agreed::{Waits, by_school, decided, plan};
use crate::book::Book;
use crate::still::{restarted, rounds, state};
use crate::sums::{first, reached, told, worked};
use chrono::NaiveDate;
use dubbelspoor_domain::dossier::{
    Body, EndReason, JobOutcome, LearnerStatus, Place, PriorLearning, ReceptionPart, Role, Stage,
    StartNoteKind, TrackResult, TrackState, VisitKind,
};
use dubbelspoor_domain::id::{EventHash, PersonId, PointId, WorkplaceId};
use std::collections::{BTreeMap, BTreeSet};

/// What some leertrajecten come to.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) tracks: u32,
    pub(crate) running: u32,
    pub(crate) completed: u32,
    pub(crate) ended: Vec<EndReason>,
    pub(crate) results: Vec<TrackResult>,
    pub(crate) over: u32,
    pub(crate) later: Vec<JobOutcome>,
    pub(crate) goals: u32,
    pub(crate) reached: u32,
    pub(crate) visits: u32,
    pub(crate) contacts: u32,
    pub(crate) minutes: (u32, u32),
    pub(crate) by_workplace: Waits,
    pub(crate) by_school: Waits,
}

impl Report {
    /// Of one leertraject.
    pub(crate) fn of(book: &Book, today: NaiveDate) -> Report {
        let mut it = Report { tracks: 1, ..Report::default() };
        it.count(book, today);
        it
    }

    pub(crate) fn add(&mut self, other: &Report) {
        self.tracks += other.tracks;
        self.running += other.running;
        self.completed += other.completed;
        self.ended.extend(&other.ended);
        self.results.extend(&other.results);
        self.over += other.over;
        self.later.extend(&other.later);
        self.goals += other.goals;
        self.reached += other.reached;
        self.visits += other.visits;
        self.contacts += other.contacts;
        self.minutes = (self.minutes.0 + other.minutes.0, self.minutes.1 + other.minutes.1);
        self.by_workplace.join(&other.by_workplace);
        self.by_school.join(&other.by_school);
    }

    fn count(&mut self, book: &Book, today: NaiveDate) {
        match state(book, today) {
            TrackState::EndedEarly => self.ended.extend(stopped(book, today)),
            TrackState::Completed => self.completed += 1,
            TrackState::Running | TrackState::Restarted | TrackState::Paused => self.running += 1,
            TrackState::Planned => panic!("all began on the first day"),
        }
        self.over += u32::from(is_over(book, today));
        self.later.extend(later(book, today));
        self.results.extend(decided(book).map(|it| it.1));
        for (code, goal) in plan(book) {
            self.goals += 1;
            let knew = prior(book, code).is_some_and(|it| it.level >= Some(goal.expected));
            let learnt = reached(book, code).level >= Some(goal.expected);
            self.reached += u32::from(learnt || knew);
        }
        let mut visits = BTreeMap::new();
        for act in book.by_said() {
            if let Body::Visit(it) = &act.body {
                visits.insert(it.visit, it);
            }
        }
        for it in visits.into_values().filter(|it| it.report.is_some()) {
            match it.kind {
                VisitKind::OnSite => self.visits += 1,
                VisitKind::Call | VisitKind::Digital => self.contacts += 1,
            }
        }
        self.minutes = worked(book, first(), today);
        self.by_workplace = by_workplace(book, first(), today);
        self.by_school = by_school(book, true, first(), today);
    }
}

/// What somebody could before, by the last word on it, unless that takes it back (B9).
pub(crate) fn prior<'b>(book: &'b Book, goal: &str) -> Option<&'b PriorLearning> {
    let said = book.by_said().into_iter().rev();
    let mut of_goal = said.filter_map(|act| {
        let Body::PriorLearning(it) = &act.body else { return None };
        (it.goal == goal).then_some(it)
    });
    of_goal.next().filter(|it| it.level.is_some())
}

/// None goes on after the summer.
fn is_over(book: &Book, today: NaiveDate) -> bool {
    matches!(state(book, today), TrackState::EndedEarly | TrackState::Completed)
}

/// What came after it, by the last word on that; what was noted before it began again was not after it.
pub(crate) fn later(book: &Book, today: NaiveDate) -> Option<JobOutcome> {
    let said = book.by_said().into_iter().rev();
    let mut jobs = said.filter_map(|act| {
        let Body::LaterJob(it) = &act.body else { return None };
        Some(it)
    });
    let job = jobs.next().filter(|_| is_over(book, today))?;
    restarted(book, today).is_none_or(|again| again < job.day.0).then_some(job.outcome)
}

/// The learner's status, by the last word on it.
pub(crate) fn status(book: &Book) -> Option<LearnerStatus> {
    let said = book.by_said().into_iter().rev();
    let mut noted = said.filter_map(|act| {
        let Body::StatusNoted(it) = &act.body else { return None };
        Some(it.status)
    });
    noted.next().flatten()
}

/// Why it stopped.
fn stopped(book: &Book, today: NaiveDate) -> Option<EndReason> {
    let stopped = rounds(book).into_iter().rev().find(|it| it.has_ended(today))?;
    stopped.end.map(|it| it.reason)
}

/// The day of the intake talk.
pub(crate) fn intake(book: &Book) -> Option<NaiveDate> {
    let all = book.acts.iter().filter_map(|it| {
        let Body::StartNote(it) = &it.body else { return None };
        (it.kind == StartNoteKind::Intake).then_some(it.day.0)
    });
    all.min()
}

/// Where somebody learnt last.
pub(crate) fn workplace(book: &Book) -> &str {
    let last = book.agreements().into_iter().max_by_key(|it| it.from);
    last.map_or(&book.track().unwrap().workplace, |it| &it.workplace)
}

/// A line of questions per entry. Whoever answers about a version, answers all that stood before it in the line, and the
/// first of them has waited longest.
pub(crate) fn by_workplace(book: &Book, from: NaiveDate, to: NaiveDate) -> Waits {
    let mut lines: BTreeMap<_, Vec<(EventHash, u64)>> = BTreeMap::new();
    for act in &book.acts {
        if let Body::ConfirmationRequest(it) = &act.body {
            lines.entry(it.entry).or_default().push((it.version, act.received_at));
        }
    }
    let mut given = book.given();
    given.sort_by_key(|(act, _)| act.said());
    let mut waits = Waits::default();
    for (act, it) in given {
        let Some(line) = lines.get_mut(&it.entry) else { continue };
        let about: Vec<usize> = (0..line.len()).filter(|at| line[*at].0 == it.version).collect();
        let asked = about.iter().rev().find(|at| line[**at].1 <= act.at).or(about.first());
        if let Some(last) = asked {
            let answered: Vec<_> = line.drain(..=*last).collect();
            waits.take(answered[0].1, Some(act.at), from, to);
        }
    }
    let standing = book.standing();
    for (entry, line) in lines {
        let is_there = standing.get(&entry).is_some_and(|it| it.1.stage != Stage::Withdrawn);
        if let (Some(first), true) = (line.first(), is_there) {
            waits.take(first.1, None, from, to);
        }
    }
    waits
}

/// The points of the reception, and for each of them the day on which both had ticked it.
pub(crate) fn received(book: &Book) -> BTreeMap<PointId, (ReceptionPart, Option<NaiveDate>)> {
    let mut ticks: BTreeMap<(PointId, PersonId), Option<NaiveDate>> = BTreeMap::new();
    let mut points = BTreeMap::new();
    for act in book.by_said() {
        if let Body::ReceptionPoint(it) = &act.body {
            points.insert(it.point, it);
        }
        if let Body::ReceptionTicked(it) = &act.body {
            for point in &it.points {
                ticks.insert((*point, act.by), (!it.undone).then_some(it.on.0));
            }
        }
    }
    let is = |role: Role, who: PersonId| {
        let mut links = book.acts.iter();
        links.any(|it| matches!(&it.body, Body::Link(it) if it.role == role && it.person == who))
    };
    let ticked = |role: Role, of: PointId| {
        let all = ticks.iter().filter(|((point, who), _)| *point == of && is(role, *who));
        all.filter_map(|it| *it.1).min()
    };
    let standing = points.into_values().filter(|it| !it.dropped);
    let mut all = BTreeMap::new();
    for it in standing {
        let both = ticked(Role::Learner, it.point).zip(ticked(Role::Mentor, it.point));
        all.insert(it.point, (it.part, both.map(|(own, other)| own.max(other))));
    }
    all
}

/// The points of places where somebody is not on a day: their machines are no danger then. Points that name no place are of
/// the one where they were first.
fn elsewhere(book: &Book, today: NaiveDate) -> BTreeSet<PointId> {
    let (mut places, mut points) = (BTreeMap::new(), BTreeMap::new());
    for act in book.by_said() {
        if let Body::Workplace(it) = &act.body {
            places.insert(it.workplace, &it.stays);
        }
        if let Body::ReceptionPoint(it) = &act.body {
            points.insert(it.point, it.workplace);
        }
    }
    let first = places.iter().min_by_key(|(place, stays)| (stays[0].from, **place));
    let first = first.map(|(place, _)| *place);
    let is_away = |place: Option<WorkplaceId>| {
        let stays = place.or(first).map(|it| places[&it]);
        stays.is_some_and(|stays| {
            stays.iter().all(|it| today < it.from.0 || it.to.is_some_and(|to| to.0 < today))
        })
    };
    points.into_iter().filter(|(_, place)| is_away(*place)).map(|(point, _)| point).collect()
}

/// Since the first day at the workplace, how many points of safety were not gone through together where somebody is.
pub(crate) fn not_received(book: &Book, today: NaiveDate) -> Option<(NaiveDate, u32)> {
    let at_work = told(book).into_iter().filter(|it| it.2.place == Place::Workplace);
    let since = at_work.map(|it| it.2.day.0).filter(|it| *it <= today).min()?;
    let elsewhere = elsewhere(book, today);
    let here = received(book).into_iter().filter(|(point, _)| !elsewhere.contains(point));
    let open = here.filter(|(_, (part, on))| *part != ReceptionPart::General && on.is_none());
    let open = open.count();
    (open > 0).then(|| (since, u32::try_from(open).unwrap()))
}
