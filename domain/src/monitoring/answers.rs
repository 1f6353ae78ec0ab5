//! How soon somebody answers: the workplace and the school are measured alike (G10).
//!
//! A wait begins when what was asked reaches the school (or was said, where its arrival is not kept), so that nobody waits
//! for somebody else's reception. It ends when the answer was said, so that nobody is slow for want of a connection.

use crate::Day;
use crate::dossier::{Dossier, Matter, MatterRecord, Role, Stage, Standing};
use crate::id::{EntryId, EventHash, PersonId};
use crate::ordered::sort_by_key;

/// Waits that ended in a period, and those that had not by its end: a median alone would forget who never got an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// To the nearest minute, the shortest first.
    waits: Vec<u32>,
    /// How many still waited.
    pub waiting: u32,
}

impl Answers {
    /// How many were answered.
    pub fn count(&self) -> usize {
        self.waits.len()
    }

    /// The wait in the middle, in minutes; of an even number the mean of both, rounded down.
    pub fn median(&self) -> Option<u32> {
        let upper = *self.waits.get(self.waits.len() / 2)?;
        let lower = *self.waits.get((self.waits.len() - 1) / 2)?;
        Some(lower + (upper - lower) / 2)
    }

    /// Those of both.
    pub fn add(&mut self, other: &Answers) {
        self.waits.extend_from_slice(&other.waits);
        sort_by_key(&mut self.waits, |it| *it);
        self.waiting += other.waiting;
    }
}

/// Which of the school's answers are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// To what everybody in the dossier reads: the same figure on every phone.
    ReadByAll,
    /// To concerns as well, which only those who guide read.
    All,
}

/// One thing that was asked: when, and when it was answered, in milliseconds since 1970.
type Wait = (u64, Option<u64>);

/// The waits that ended from one day to another, both included.
fn between(waits: &[Wait], from: Day, to: Day) -> Answers {
    let mut answers = Answers::default();
    for (asked, answered) in waits {
        match answered.filter(|it| Day::of_millis(*it) <= to) {
            Some(answered) if Day::of_millis(answered) >= from => {
                let minutes = (answered.saturating_sub(*asked) + 30_000) / 60_000;
                answers.waits.push(u32::try_from(minutes).unwrap_or(u32::MAX));
            }
            Some(_) => {}
            None => answers.waiting += u32::from(Day::of_millis(*asked) <= to),
        }
    }
    sort_by_key(&mut answers.waits, |it| *it);
    answers
}

impl Dossier {
    /// How soon the workplace answers: from a request for confirmation to the first confirmation that stands (G10).
    pub fn answers_of_workplace(&self, from: Day, to: Day) -> Answers {
        let mut waits = Vec::new();
        for (entry, asked) in self.requests.asked() {
            self.waits_of_entry(entry, asked, &mut waits);
        }
        between(&waits, from, to)
    }

    /// An answer about a version is one about those that were asked about before as well: whoever was asked again for
    /// want of an answer waited from the first time.
    fn waits_of_entry(&self, entry: EntryId, asked: &[(EventHash, u64)], waits: &mut Vec<Wait>) {
        let mut given: Vec<_> = self.confirmations.of_entry(entry).collect();
        given.retain(|it| self.standing(it) == Standing::Given);
        sort_by_key(&mut given, |it| it.at);
        let mut open = asked;
        for it in given {
            let (version, said) = (it.confirmation.version, it.at.millis());
            let before = |(of, at): &(EventHash, u64)| *of == version && *at <= said;
            // Side by side without a line, an answer is said before its question reaches the school.
            let last = open.iter().rposition(before);
            let Some(last) = last.or_else(|| open.iter().position(|(of, _)| *of == version)) else {
                continue;
            };
            waits.push((open[0].1, Some(said)));
            open = &open[last + 1..];
        }
        let is_gone =
            |it: &crate::dossier::EntryRecord| it.shown().content.stage == Stage::Withdrawn;
        if let Some((_, at)) = open.first()
            && !self.diary.get(entry).is_none_or(is_gone)
        {
            waits.push((*at, None));
        }
    }

    /// How soon the school answers: from a learning question, a proposal for the plan, or a concern to its first answer
    /// (G10). What somebody else answered first, or who asked closed, waits for nobody.
    pub fn answers_of_school(&self, counted: Counted, from: Day, to: Day) -> Answers {
        let mut waits: Vec<Wait> = Vec::new();
        for it in self.matters.all() {
            let is_counted = match it.what {
                Matter::Question(_) => true,
                Matter::Concern(_) => counted == Counted::All,
                Matter::Intention(_) => false,
            };
            waits.extend(is_counted.then(|| self.wait_of(it)).flatten());
        }
        for it in self.plan_talk.proposals() {
            let answer = self.plan_talk.answer(it.hash);
            waits.push((it.at.millis(), answer.map(|it| it.at.millis())));
        }
        between(&waits, from, to)
    }

    fn wait_of(&self, it: &MatterRecord) -> Option<Wait> {
        // To be taken into a lesson is not yet an answer.
        let answers = self.matters.answers(it.hash).iter().filter(|it| !it.answer.text.is_empty());
        let answers = answers.map(|it| (it.by, it.at));
        let first = answers.chain(self.matters.closed_by(it.hash)).min_by_key(|(_, at)| *at);
        let asked = it.received_at.unwrap_or(it.at.millis());
        match first {
            None => Some((asked, None)),
            Some((by, at)) => self.is_of_school(by).then(|| (asked, Some(at.millis()))),
        }
    }

    fn is_of_school(&self, person: PersonId) -> bool {
        let roles = self.roles_of(person);
        [Role::Coach, Role::Teacher, Role::Administrator].into_iter().any(|it| roles.has(it))
    }
}
