//! By plain counting: to which plan three agreed, what waits for an answer and how soon it came, how far talks are, and
//! what the school said of goals.

use crate::book::{Act, Book};
use crate::sums::day_of;
use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Chair, EvaluationKind, Goal, Review, ReviewState, Role, TrackResult,
};
use dubbelspoor_domain::id::{EventHash, PersonId, PlanHash, ReviewId};
use std::collections::{BTreeMap, BTreeSet};

type Goals<'b> = BTreeMap<&'b str, &'b Goal>;

/// The plan after every change, the first of them empty.
fn plans(book: &Book) -> Vec<Goals<'_>> {
    let mut all = vec![Goals::new()];
    for act in &book.acts {
        if let Body::Goal(it) = &act.body {
            let mut next = all[all.len() - 1].clone();
            next.insert(&it.goal, it);
            all.push(next);
        }
    }
    all
}

/// The plan as it is now.
pub(crate) fn plan(book: &Book) -> Goals<'_> {
    plans(book).pop().unwrap()
}

/// For whom somebody speaks.
fn chair(book: &Book, who: PersonId) -> Chair {
    let role = book.acts.iter().find_map(|it| {
        let Body::Link(it) = &it.body else { return None };
        (it.person == who).then_some(it.role)
    });
    match role.unwrap() {
        Role::Learner => Chair::Learner,
        Role::Mentor => Chair::Workplace,
        Role::Coach | Role::Administrator => Chair::School,
        Role::Teacher | Role::Reader | Role::Member => panic!("no chair"),
    }
}

/// Of each version that somebody spoke about: who agrees to it, by their last word, and the act by which they do.
pub(crate) fn consents(book: &Book) -> BTreeMap<PlanHash, BTreeMap<PersonId, &Act>> {
    let mut words: BTreeMap<PlanHash, BTreeMap<PersonId, (&Act, bool)>> = BTreeMap::new();
    for act in book.by_said() {
        if let Body::PlanConsent(it) = &act.body {
            words.entry(it.version).or_default().insert(act.by, (act, !it.withdrawn));
        }
    }
    let mut all: BTreeMap<PlanHash, BTreeMap<PersonId, &Act>> = BTreeMap::new();
    for (version, said) in words {
        let yes = said.into_iter().filter(|(_, (_, yes))| *yes);
        all.insert(version, yes.map(|(by, (act, _))| (by, act)).collect());
    }
    all
}

pub(crate) fn chairs(book: &Book, said: &BTreeMap<PersonId, &Act>) -> Vec<(Chair, PersonId)> {
    let mut all: Vec<_> = said.keys().map(|it| (chair(book, *it), *it)).collect();
    all.sort();
    all
}

/// The versions to which all three agree: that to which the third said yes last comes first.
pub(crate) fn agreed(book: &Book) -> Vec<PlanHash> {
    let mut all = Vec::new();
    for (version, said) in consents(book) {
        // One by one, as they were said, until no chair is empty.
        let mut acts: Vec<&Act> = said.into_values().collect();
        acts.sort_by_key(|it| it.said());
        let mut sat = BTreeSet::new();
        if let Some(third) = acts.iter().find(|it| sat.insert(chair(book, it.by)) && sat.len() == 3)
        {
            all.push((third.said(), version));
        }
    }
    all.sort();
    all.into_iter().rev().map(|it| it.1).collect()
}

/// What is other now than in a version that somebody read: the goal before and now. Nothing for what the school never
/// had like that.
pub(crate) fn since(book: &Book, version: PlanHash) -> Option<Vec<(Option<&Goal>, &Goal)>> {
    let read: Goals<'_> = book.plans[&version].iter().map(|it| (&*it.goal, it)).collect();
    plans(book).contains(&read).then(|| {
        let now = plan(book).into_iter().map(|(code, now)| (read.get(code).copied(), now));
        now.filter(|(before, now)| *before != Some(*now)).collect()
    })
}

/// Each proposal, and the answer that was said first.
pub(crate) fn proposals(book: &Book) -> BTreeMap<EventHash, (&Act, Option<&Act>)> {
    let mut all = BTreeMap::new();
    for act in &book.acts {
        if matches!(act.body, Body::PlanProposal(_)) {
            all.insert(act.hash, (act, None));
        }
    }
    for act in book.by_said() {
        if let Body::PlanAnswered(it) = &act.body {
            let (_, first) = all.get_mut(&it.proposal).unwrap();
            *first = first.or(Some(act));
        }
    }
    all
}

/// The talks that take place or took place, by their last word: the day, and how far they are.
pub(crate) fn talks(book: &Book) -> BTreeMap<ReviewId, (NaiveDate, ReviewState)> {
    let mut last: BTreeMap<ReviewId, (&Act, &Review)> = BTreeMap::new();
    for act in book.by_said() {
        if let Body::Review(it) = &act.body {
            last.insert(it.review, (act, it));
        }
    }
    let mut all = BTreeMap::new();
    for (name, (act, it)) in last.into_iter().filter(|(_, (_, it))| !it.cancelled) {
        let signed = book.acts.iter().filter(
            |other| matches!(&other.body, Body::ReviewAgreed(it) if it.version == act.hash),
        );
        let signed: BTreeSet<Chair> = signed.map(|it| chair(book, it.by)).collect();
        let state = match (it.held.is_some(), signed.len()) {
            (false, _) => ReviewState::Planned,
            (true, 3) => ReviewState::Agreed,
            (true, _) => ReviewState::Held,
        };
        all.insert(name, (it.day.0, state));
    }
    all
}

/// What stands for a goal: the event, and whether it says for good that it is mastered.
pub(crate) fn evaluated(book: &Book, goal: &str) -> Option<(EventHash, bool)> {
    let (mut summative, mut formative) = (None, None);
    for act in book.by_said() {
        let Body::Evaluation(it) = &act.body else { continue };
        if it.goal == goal {
            match it.kind {
                EvaluationKind::Summative => summative = Some((act.hash, it.mastered)),
                EvaluationKind::Formative => formative = Some((act.hash, false)),
            }
        }
    }
    summative.or(formative)
}

/// The decision that stands.
pub(crate) fn decided(book: &Book) -> Option<(EventHash, TrackResult)> {
    let said = book.by_said().into_iter().rev();
    let mut decisions = said.filter_map(|act| {
        let Body::Deliberation(it) = &act.body else { return None };
        Some((act.hash, it.result))
    });
    decisions.next()
}

/// How many answers came in a period, in which time, and how many were still to come.
#[derive(Clone, Default)]
pub(crate) struct Waits {
    minutes: Vec<u64>,
    waiting: u32,
}

impl Waits {
    pub(crate) fn take(
        &mut self,
        asked: u64,
        answered: Option<u64>,
        from: NaiveDate,
        to: NaiveDate,
    ) {
        match answered.filter(|it| day_of(*it) <= to) {
            // Half a minute is one.
            Some(it) if day_of(it) >= from => {
                let seconds = it.saturating_sub(asked) / 500;
                self.minutes.push((seconds + 60) / 120);
            }
            Some(_) => {}
            None => self.waiting += u32::from(day_of(asked) <= to),
        }
    }

    pub(crate) fn join(&mut self, other: &Waits) {
        self.minutes.extend(&other.minutes);
        self.waiting += other.waiting;
    }

    /// The wait in the middle, how many it is of, and how many have no end.
    pub(crate) fn told(&mut self) -> (Option<u32>, usize, u32) {
        self.minutes.sort_unstable();
        let count = self.minutes.len();
        let median = match count {
            0 => None,
            odd if odd % 2 == 1 => Some(self.minutes[odd / 2]),
            even => Some(u64::midpoint(self.minutes[even / 2 - 1], self.minutes[even / 2])),
        };
        (median.map(|it| u32::try_from(it).unwrap()), count, self.waiting)
    }
}

/// How soon the school answers: what somebody else answered first, or who asked took back, it need not.
pub(crate) fn by_school(book: &Book, concerns: bool, from: NaiveDate, to: NaiveDate) -> Waits {
    let mut waits = Waits::default();
    for asked in &book.acts {
        let is_concern = matches!(asked.body, Body::Concern(_));
        if !(is_concern && concerns || matches!(asked.body, Body::LearningQuestion(_))) {
            continue;
        }
        let ends = |it: &&Act| {
            let answers = matches!(&it.body, Body::Answer(it) if it.to == asked.hash);
            let closes = matches!(&it.body, Body::Closed(it) if it.matter == asked.hash);
            answers || closes && (it.by == asked.by || is_concern)
        };
        match book.by_said().into_iter().find(ends) {
            None => waits.take(asked.received_at, None, from, to),
            Some(it) if chair(book, it.by) == Chair::School => {
                waits.take(asked.received_at, Some(it.at), from, to);
            }
            Some(_) => {}
        }
    }
    for (asked, answer) in proposals(book).into_values() {
        waits.take(asked.at, answer.map(|it| it.at), from, to);
    }
    waits
}

/// Held talks that count for when the next one is due, and those that are planned.
pub(crate) fn talk_days(book: &Book) -> (Option<NaiveDate>, Vec<NaiveDate>) {
    let all = talks(book);
    let of = |planned: bool| {
        let days = all.values().filter(move |it| (it.1 == ReviewState::Planned) == planned);
        days.map(|it| it.0)
    };
    (of(false).max(), of(true).collect())
}

/// The day on which the first proposal without an answer was made.
pub(crate) fn first_open(book: &Book) -> Option<NaiveDate> {
    let open = proposals(book).into_values().filter(|(_, answer)| answer.is_none());
    open.map(|(asked, _)| Day::of_millis(asked.at).0).min()
}
