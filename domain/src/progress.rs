//! How far each entry and each goal is, with the evidence behind it. It decides nothing about a person (B7, E11).

use crate::Day;
use crate::dossier::{
    Asked, Audience, ConfirmationRecord, Dossier, EntryRecord, Finding, Goal, Level, Outcome,
    Place, RequestRecord, Role, Stage, Version,
};
use crate::id::{EntryId, EventHash, PersonId};
use crate::ordered::{Table, sort_by_key};
use crate::signals::Thresholds;

/// How far an entry is, as its learner sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EntryState {
    /// Being written.
    Draft,
    /// For the learner alone.
    Private,
    /// Shared; nobody was asked.
    Shared,
    /// Somebody was asked and has not answered every goal.
    Waiting,
    /// Every goal that was asked is answered, and at least one is reached.
    Answered,
    /// Every goal that was asked is answered: none is reached yet, or possible there.
    NotReached,
    /// Changed after it was confirmed: ask again.
    ConfirmedEarlier,
    /// Written on two devices at once: choose.
    TwoVersions,
    /// Taken back.
    Withdrawn,
}

/// A request that still waits for a mentor.
#[derive(Clone, Debug)]
pub struct Waiting<'d> {
    /// The entry.
    pub entry: &'d EntryRecord,
    /// The version to confirm.
    pub version: &'d Version,
    /// The request.
    pub request: &'d RequestRecord,
    /// The goals without an answer.
    pub open: Vec<&'d Asked>,
}

/// A finding and where it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The confirmation.
    pub confirmation: EventHash,
    /// The entry that was confirmed.
    pub entry: EntryId,
    /// The day of the activity, as it was confirmed.
    pub day: Day,
    /// The mentor.
    pub by: PersonId,
    /// What they found.
    pub finding: Finding,
    /// The entry has been changed since.
    pub is_for_earlier_version: bool,
}

/// A goal and what there is for it.
#[derive(Clone, Debug)]
pub struct Progress<'d> {
    /// The goal.
    pub goal: &'d Goal,
    /// How many entries touch it.
    pub entries: usize,
    /// Their minutes.
    pub minutes: u32,
    /// The last day among them.
    pub last_day: Option<Day>,
    /// The learner's latest rating, beside the mentor's and never mixed with it.
    pub self_rating: Option<Level>,
    /// The best level that was confirmed at least once.
    pub best: Option<Level>,
    /// The highest level confirmed on enough different days ([`Dossier::days_for_level`]).
    pub level: Option<Level>,
    /// Every finding, oldest first.
    pub evidence: Vec<Evidence>,
}

impl Dossier {
    /// On how many different days a level must be confirmed to count as the level of a goal, at least one: as the centre
    /// set it, else two.
    pub fn days_for_level(&self) -> u32 {
        let set = self.frame.level_days.unwrap_or(Thresholds::default().level_days);
        set.max(1)
    }

    /// How far an entry is.
    pub fn state_of(&self, entry: &EntryRecord) -> EntryState {
        if entry.heads().len() > 1 {
            return EntryState::TwoVersions;
        }
        let shown = entry.shown();
        match (shown.content.stage, shown.content.audience) {
            (Stage::Withdrawn, _) if !self.is_confirmed(entry.entry) => EntryState::Withdrawn,
            (Stage::Draft, _) => EntryState::Draft,
            (_, Audience::Private) => EntryState::Private,
            (_, Audience::Shared) => self.state_of_shared(entry, shown),
        }
    }

    fn state_of_shared(&self, entry: &EntryRecord, shown: &Version) -> EntryState {
        let asked = self.requests.for_entry(entry.entry);
        let open = asked.is_some_and(|it| !self.open_goals(it).is_empty());
        let outcomes = self.outcomes(entry.entry);
        let is_current =
            |it: &&(&ConfirmationRecord, &Outcome)| it.0.confirmation.version == shown.hash;
        let current: Vec<Finding> =
            outcomes.iter().filter(is_current).map(|(_, it)| it.finding).collect();
        match asked {
            Some(it) if it.request.version == shown.hash && open => EntryState::Waiting,
            _ if current.iter().any(|it| matches!(it, Finding::Reached(_))) => EntryState::Answered,
            _ if !current.is_empty() => EntryState::NotReached,
            _ if !outcomes.is_empty() => EntryState::ConfirmedEarlier,
            Some(_) if open => EntryState::Waiting,
            _ => EntryState::Shared,
        }
    }

    /// The goals of a request that nobody has answered yet, for the version that it names.
    pub fn open_goals<'d>(&self, it: &'d RequestRecord) -> Vec<&'d Asked> {
        let outcomes = self.outcomes(it.request.entry);
        let is_answered = |asked: &Asked| {
            outcomes.iter().any(|(record, outcome)| {
                record.confirmation.version == it.request.version && outcome.goal == asked.goal
            })
        };
        it.request.goals.iter().filter(|asked| !is_answered(asked)).collect()
    }

    /// What waits for a mentor on a day: addressed to them, or done where they train. What was addressed to somebody who
    /// is no mentor any more is nobody's own. Oldest activity first.
    pub fn waiting_for(&self, mentor: PersonId, today: Day) -> Vec<Waiting<'_>> {
        let is_mentor =
            |who: &PersonId| self.links.current(Role::Mentor, today).any(|it| it == *who);
        let mut all = self.waiting();
        all.retain(|it| match it.request.request.to.filter(is_mentor) {
            Some(to) => to == mentor,
            None => self.falls_to(mentor, &it.version.content, today),
        });
        all
    }

    /// All that waits for any mentor, oldest activity first.
    pub fn waiting(&self) -> Vec<Waiting<'_>> {
        let mut all: Vec<_> = self.requests.all().filter_map(|it| self.as_waiting(it)).collect();
        sort_by_key(&mut all, |it| (it.version.content.day, it.request.at));
        all
    }

    fn as_waiting<'d>(&'d self, request: &'d RequestRecord) -> Option<Waiting<'d>> {
        let entry = self.diary.get(request.request.entry)?;
        let version = entry.version(request.request.version)?;
        if entry.shown().content.stage == Stage::Withdrawn {
            return None;
        }
        let open = self.open_goals(request);
        (!open.is_empty()).then_some(Waiting { entry, version, request, open })
    }

    /// Whether a confirmation was given for a version that has been replaced since.
    pub fn is_for_earlier_version(&self, it: &ConfirmationRecord) -> bool {
        let entry = self.diary.get(it.confirmation.entry);
        entry.is_some_and(|entry| {
            entry.heads().iter().all(|head| head.hash != it.confirmation.version)
        })
    }

    /// Every goal of the plan and what there is for it, by code.
    pub fn progress(&self) -> Vec<Progress<'_>> {
        let mut all: Vec<Progress<'_>> = self.plan.goals().map(Progress::new).collect();
        let mut entries: Vec<_> = self.diary.written().collect();
        sort_by_key(&mut entries, |(_, shown)| shown.content.day);
        for (_, shown) in entries {
            for touched in &shown.content.goals {
                if let Some(it) = of_goal(&mut all, &touched.goal) {
                    it.entries += 1;
                    it.minutes += u32::from(shown.content.minutes);
                    it.last_day = Some(shown.content.day);
                    it.self_rating = touched.self_rating.or(it.self_rating);
                }
            }
        }
        for record in self.diary.entries() {
            self.collect_evidence(record, &mut all);
        }
        let days = self.days_for_level();
        all.iter_mut().for_each(|it| it.sum_up(days));
        all
    }

    fn collect_evidence(&self, record: &EntryRecord, all: &mut [Progress<'_>]) {
        for (confirmation, outcome) in self.outcomes(record.entry) {
            let version = record.version(confirmation.confirmation.version);
            let (Some(it), Some(version)) = (of_goal(all, &outcome.goal), version) else {
                continue;
            };
            it.evidence.push(Evidence {
                confirmation: confirmation.hash,
                entry: record.entry,
                day: version.content.day,
                by: confirmation.by,
                finding: outcome.finding,
                is_for_earlier_version: self.is_for_earlier_version(confirmation),
            });
        }
    }
}

/// The goals are in the order of their codes.
fn of_goal<'a, 'd>(all: &'a mut [Progress<'d>], code: &str) -> Option<&'a mut Progress<'d>> {
    let at = all.binary_search_by(|it| it.goal.goal.as_str().cmp(code)).ok()?;
    all.get_mut(at)
}

impl<'d> Progress<'d> {
    fn new(goal: &'d Goal) -> Progress<'d> {
        Progress {
            goal,
            entries: 0,
            minutes: 0,
            last_day: None,
            self_rating: None,
            best: None,
            level: None,
            evidence: Vec::new(),
        }
    }

    fn sum_up(&mut self, days_for_level: u32) {
        sort_by_key(&mut self.evidence, |it| (it.day, it.confirmation));
        let highest = |days: usize| {
            let is_on_days =
                |level: &Level| self.days_at(*level, Day(chrono::NaiveDate::MAX)) >= days;
            Level::ALL.into_iter().rev().find(is_on_days)
        };
        (self.best, self.level) = (highest(1), highest(days_for_level as usize));
    }

    /// On how many different days, up to and including one, a level was confirmed.
    pub fn days_at(&self, level: Level, by: Day) -> usize {
        let mut days: Vec<Day> = Vec::new();
        for it in self.evidence.iter().filter(|it| it.day <= by && it.reaches(level)) {
            // In the order of days: a day that is there already is the last.
            if days.last() != Some(&it.day) {
                days.push(it.day);
            }
        }
        days.len()
    }
}

impl Evidence {
    fn reaches(&self, level: Level) -> bool {
        matches!(self.finding, Finding::Reached(reached) if reached >= level)
    }
}

impl Dossier {
    /// The goals whose last planned week has passed while no shared activity touched them, and that were not known
    /// before (B6, B9). By code.
    pub fn late_goals(&self, today: Day) -> Vec<&Goal> {
        let Some(track) = &self.track else { return Vec::new() };
        let week = track.week_of(today);
        let mut touched: Table<&str, ()> = Table::default();
        for (_, it) in self.diary.shared() {
            for it in &it.content.goals {
                touched.put(&*it.goal, ());
            }
        }
        let mut late: Vec<&Goal> =
            self.plan.goals().filter(|it| i64::from(it.to_week) < week).collect();
        late.retain(|it| self.plan_talk.prior(&it.goal).is_none() && !touched.has(&*it.goal));
        late
    }

    /// The first day on which a shared activity was at a workplace.
    pub fn first_workplace_day(&self) -> Option<Day> {
        let at_work = self.diary.shared().filter(|(_, it)| it.content.place == Place::Workplace);
        at_work.map(|(_, it)| it.content.day).min()
    }

    /// Since when work at a workplace goes on, as of a day: by the agreement of that day, or by what was done there before.
    /// Nothing once every agreement is over.
    pub fn works_since(&self, today: Day) -> Option<Day> {
        let mut agreements = self.agreements.all().peekable();
        if agreements.peek().is_some() && agreements.all(|it| self.last_day(it) < today) {
            return None;
        }
        let agreed = self.agreement_on(today).map(|it| it.from);
        let worked = self.first_workplace_day().filter(|it| *it <= today);
        agreed.into_iter().chain(worked).min()
    }

    /// Where the learner's own rating of a goal and the best level that a mentor confirmed differ: something to talk
    /// about, never averaged (E3). The learner's, then the mentor's.
    pub fn rating_differences(&self) -> Vec<(&Goal, Level, Level)> {
        let differs = |it: &Progress<'_>| {
            let (own, mentor) = (it.self_rating?, it.best?);
            (own != mentor).then_some((own, mentor))
        };
        let all = self.progress();
        let found = all.iter().filter_map(|it| differs(it).map(|(own, best)| (it.goal, own, best)));
        found.collect()
    }
}
