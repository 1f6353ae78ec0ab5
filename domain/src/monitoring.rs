//! Figures of a centre's leertrajecten in a school year (G7): what goes into a report, and nobody's name.

mod answers;
mod told;

pub use answers::{Answers, Counted};

use crate::Day;
use crate::dossier::{
    Dossier, EndReason, JobOutcome, LearnerStatus, StartNoteKind, TrackResult, TrackState,
    Translated, VisitKind,
};
use crate::hours::{self, Worked, school_year};
use crate::ordered::{Table, sort_by_key};
use crate::progress::Progress;

/// Fewer people than this are not counted by status (A10): a small number tells of somebody.
pub const FEW: u32 = 5;

/// What is summed over leertrajecten.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    /// The goals of the plan.
    pub goals: u32,
    /// Those that were confirmed at their level on enough days, or that somebody could before.
    pub reached: u32,
    /// Visits on the spot that were held.
    pub visits: u32,
    /// Calls and digital contacts that were held.
    pub contacts: u32,
    /// The minutes that learners shared, by place.
    pub worked: Worked,
    /// How soon the workplace answered.
    pub by_workplace: Answers,
    /// How soon the school answered.
    pub by_school: Answers,
}

/// The figures of one leertraject in a school year. Its status is not among them: that is never told of one person (A10).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrackFigures {
    /// The course.
    pub course: Translated,
    /// The workplace of the last agreement in the year; without one, as the leertraject names it.
    pub workplace: String,
    /// Its first and last day, as planned.
    pub period: Option<(Day, Day)>,
    /// Where it stands on the last day that is counted.
    pub state: TrackState,
    /// Why it ended, where it ended early.
    pub ended: Option<EndReason>,
    /// What the deliberation decided.
    pub result: Option<TrackResult>,
    /// Whether it came to an end in this year, as known today: an early end that it did not begin again after, or its last day.
    pub is_over: bool,
    /// What came after it, where that was noted; it counts in the year in which it came to an end.
    pub later: Option<JobOutcome>,
    /// Whether it began in this year.
    pub began: bool,
    /// The day of the intake talk.
    pub intake: Option<Day>,
    /// The rest.
    pub sums: Sums,
}

/// What several leertrajecten come to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Group {
    /// The course or the workplace; nothing for all together.
    pub name: String,
    /// How many.
    pub tracks: u32,
    /// That began in this year.
    pub began: u32,
    /// That have not begun.
    pub planned: u32,
    /// That run, or run again.
    pub running: u32,
    /// That ended early, by reason, in the order of [`EndReason::ALL`].
    pub ended: [u32; EndReason::ALL.len()],
    /// Whose last day has passed.
    pub completed: u32,
    /// What was decided, in the order of [`TrackResult::ALL`].
    pub results: [u32; TrackResult::ALL.len()],
    /// That came to an end in this year: of so many something may be known of afterwards.
    pub over: u32,
    /// What came after those, in the order of [`JobOutcome::ALL`].
    pub later: [u32; JobOutcome::ALL.len()],
    /// The rest.
    pub sums: Sums,
}

/// A school year of a centre, leertraject by leertraject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Monitoring {
    year: Day,
    today: Day,
    /// The first day of all leertrajecten, of whatever year.
    earliest: Option<Day>,
    tracks: Vec<TrackFigures>,
    statuses: [u32; LearnerStatus::ALL.len()],
}

impl Monitoring {
    /// Of the school year that a day falls in, as known today; nothing in it yet.
    pub fn new(year: Day, today: Day) -> Monitoring {
        Monitoring { year, today, earliest: None, tracks: Vec::new(), statuses: Default::default() }
    }

    /// Takes a leertraject in, where it takes place in the year.
    pub fn add(&mut self, it: &Dossier) {
        let began = it.track.as_ref().map(|it| it.from);
        self.earliest = self.earliest.into_iter().chain(began).min();
        let Some(figures) = TrackFigures::of(it, self.year, self.today) else { return };
        self.tracks.push(figures);
        count(&LearnerStatus::ALL, it.start.status(), &mut self.statuses);
    }

    /// The first and last day of the year.
    pub fn year(&self) -> (Day, Day) {
        school_year(self.year)
    }

    /// Each leertraject, by course, workplace and period.
    pub fn tracks(&self) -> Vec<&TrackFigures> {
        let mut all: Vec<&TrackFigures> = self.tracks.iter().collect();
        sort_by_key(&mut all, |it| (&it.course.nl, &it.workplace, it.period));
        all
    }

    /// By course.
    pub fn courses(&self) -> Vec<Group> {
        groups(&self.tracks, |it| it.course.nl.trim())
    }

    /// By workplace.
    pub fn workplaces(&self) -> Vec<Group> {
        groups(&self.tracks, |it| it.workplace.trim())
    }

    /// All together.
    pub fn all(&self) -> Group {
        let mut all = Group::default();
        self.tracks.iter().for_each(|it| all.add(it));
        all
    }

    /// How many leertrajecten of the centre are of a learner with each status; nothing where that would tell of
    /// somebody (A10).
    pub fn statuses(&self) -> Vec<(LearnerStatus, Option<u32>)> {
        LearnerStatus::ALL.into_iter().zip(not_too_few(self.statuses)).collect()
    }
}

fn groups(tracks: &[TrackFigures], name: fn(&TrackFigures) -> &str) -> Vec<Group> {
    let mut all: Table<String, Group> = Table::default();
    for it in tracks {
        let name = name(it).to_owned();
        all.get_or_put(name.clone(), Group { name, ..Group::default() }).add(it);
    }
    all.values().cloned().collect()
}

/// Without the counts that are too small to tell, nothing among them; and never without just one, which the others and
/// the whole would give away.
fn not_too_few<const N: usize>(counts: [u32; N]) -> [Option<u32>; N] {
    let mut told = counts.map(|it| (it >= FEW).then_some(it));
    if told.iter().filter(|it| it.is_none()).count() == 1 {
        let smallest = told.iter().copied().flatten().min();
        if let Some(it) = told.iter_mut().find(|it| it.is_some() && **it == smallest) {
            *it = None;
        }
    }
    told
}

impl Sums {
    fn add(&mut self, it: &Sums) {
        self.goals += it.goals;
        self.reached += it.reached;
        self.visits += it.visits;
        self.contacts += it.contacts;
        self.worked.workplace += it.worked.workplace;
        self.worked.school += it.worked.school;
        self.by_workplace.add(&it.by_workplace);
        self.by_school.add(&it.by_school);
    }
}

impl Group {
    fn add(&mut self, it: &TrackFigures) {
        self.tracks += 1;
        self.began += u32::from(it.began);
        match it.state {
            TrackState::Planned => self.planned += 1,
            TrackState::Running | TrackState::Restarted | TrackState::Paused => self.running += 1,
            TrackState::Completed => self.completed += 1,
            // Counted by its reason.
            TrackState::EndedEarly => {}
        }
        count(&EndReason::ALL, it.ended, &mut self.ended);
        count(&TrackResult::ALL, it.result, &mut self.results);
        self.over += u32::from(it.is_over);
        count(&JobOutcome::ALL, it.later, &mut self.later);
        self.sums.add(&it.sums);
    }

    /// That ended early, for whatever reason.
    pub fn ended_early(&self) -> u32 {
        self.ended.iter().sum()
    }

    /// Of how many somebody noted what came after.
    pub fn asked_later(&self) -> u32 {
        self.later.iter().sum()
    }
}

fn count<T: PartialEq>(all: &[T], it: Option<T>, counts: &mut [u32]) {
    for (one, count) in all.iter().zip(counts) {
        *count += u32::from(it.as_ref() == Some(one));
    }
}

impl TrackFigures {
    /// Those of a leertraject in the school year of a day; nothing where it does not take place then.
    pub fn of(it: &Dossier, year: Day, today: Day) -> Option<TrackFigures> {
        let (first, last) = school_year(year);
        let by = last.min(today);
        if !takes_place(it, first, last, today) {
            return None;
        }
        let state = it.state_on(by);
        let ends = it.guiding.ends();
        let end = ends.iter().rev().map(|(end, _)| &end.what).find(|it| it.day < by);
        let is_in = |day: Day| (first..=by).contains(&day);
        let held = |kinds: fn(VisitKind) -> bool| {
            let all = it.guiding.visits().map(|it| &it.what);
            many(all.filter(|it| it.report.is_some() && kinds(it.kind) && is_in(it.day)).count())
        };
        let intakes = it.start.notes().iter().filter(|it| it.what.kind == StartNoteKind::Intake);
        let progress = it.progress();
        let is_over = ended_in(it, last, today);
        let later = it.later_job(today).filter(|_| is_over);
        Some(TrackFigures {
            course: it.track.as_ref().map(|it| it.course.clone()).unwrap_or_default(),
            workplace: workplace(it, first, last),
            period: it.track.as_ref().map(|it| (it.from, it.to)),
            ended: end.filter(|_| state == TrackState::EndedEarly).map(|it| it.reason),
            state,
            result: result(it, last, today),
            is_over,
            later: later.map(|it| it.what.outcome),
            began: it.track.as_ref().is_some_and(|it| is_in(it.from)),
            intake: intakes.map(|it| it.what.day).min(),
            sums: Sums {
                goals: many(progress.len()),
                reached: many(progress.iter().filter(|goal| is_reached(it, goal, by)).count()),
                visits: held(|kind| kind == VisitKind::OnSite),
                contacts: held(|kind| kind != VisitKind::OnSite),
                worked: hours::told_between(it, first, by),
                by_workplace: it.answers_of_workplace(first, by),
                by_school: it.answers_of_school(Counted::All, first, by),
            },
        })
    }
}

/// Without dates it is only being prepared, and belongs to this year. One that ended before the year is not in it.
fn takes_place(it: &Dossier, first: Day, last: Day, today: Day) -> bool {
    let Some(track) = &it.track else { return (first..=last).contains(&today) };
    let is_over = it.state_on(first) == TrackState::EndedEarly
        && it.guiding.began_again(last).is_none_or(|day| day < first);
    track.from <= last && track.to >= first && !is_over
}

/// Whether a year is the last one in which it takes place, and it is over.
fn ended_in(it: &Dossier, last: Day, today: Day) -> bool {
    let Some(next) = last.succ_opt() else { return false };
    let (first, last) = school_year(Day(next));
    it.is_over(today) && !takes_place(it, first, last, today)
}

fn workplace(it: &Dossier, first: Day, last: Day) -> String {
    let agreements = it.agreements.all().filter(|it| it.from <= last && it.last_day() >= first);
    let named = agreements.filter(|it| !it.workplace.trim().is_empty()).max_by_key(|it| it.from);
    let named = named.map(|it| &it.workplace).or(it.track.as_ref().map(|it| &it.workplace));
    named.cloned().unwrap_or_default()
}

/// In its last year, also what was decided after the year: decisions fall in the summer, and a second one in autumn.
fn result(it: &Dossier, last: Day, today: Day) -> Option<TrackResult> {
    let is_last_year = it.track.as_ref().is_some_and(|it| it.to <= last);
    let by = if is_last_year { today } else { last.min(today) };
    it.evaluations.deliberation_by(by).map(|it| it.what.result)
}

/// As far as evidence of up to a day reaches. It counts for a report and decides nothing about anybody (B7).
fn is_reached(it: &Dossier, goal: &Progress<'_>, by: Day) -> bool {
    let expected = goal.goal.expected;
    let prior = it.plan_talk.prior(&goal.goal.goal).map(|it| &it.what);
    if prior.is_some_and(|it| it.on <= by && it.level >= Some(expected)) {
        return true;
    }
    goal.days_at(expected, by) >= it.days_for_level() as usize
}

fn many(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
