//! What stays open until somebody closes it: a learning question (C4), a concern (D7), an intention (E4).

use super::{Dossier, Placed, Readers, Record, Refusal, Role, Roles, Said, fits, written};
use crate::codec::{choice, record};
use crate::hlc::Hlc;
use crate::id::{EntryId, EventHash, PersonId};
use crate::ordered::Table;

/// The longest text of a matter or an answer, in bytes.
const LONGEST: usize = 2_000;

record! {
    /// Leervraag: something that the learner wants to know, often from an entry.
    pub map LearningQuestion {
        /// The entry that it rose from, if one.
        0 entry: Option<EntryId>,
        /// The question, 1 to 2,000 bytes.
        1 text: String,
    }

    /// Melding: a problem that somebody reports to the coaches. Nobody else reads it.
    pub map Concern {
        /// What is the matter, 1 to 2,000 bytes.
        0 text: String,
        /// It cannot wait.
        1 urgent: bool,
    }

    /// Voornemen: a piece of feed forward that the learner will try.
    pub map Intention {
        /// The feedback or the confirmation that it was made from, if one.
        0 from: Option<EventHash>,
        /// What to try, 1 to 500 bytes.
        1 text: String,
    }

    /// An answer to a question, or to a concern.
    pub map Answer {
        /// The question's or concern's event.
        0 to: EventHash,
        /// The words, at most 2,000 bytes; none are needed for what is taken into a lesson.
        1 text: String,
        /// The question is taken into a lesson.
        2 into_class: bool,
        /// Of a concern: whoever raised it. Only they and the coaches read this.
        3 only: Option<PersonId>,
    }

    /// The matter is over. What was said stays.
    pub map Closed {
        /// Its event.
        0 matter: EventHash,
        /// For an intention: what came of it.
        1 take_up: Option<TakeUp>,
        /// Of a concern: whoever raised it. Only they and the coaches read this.
        2 only: Option<PersonId>,
    }
}

choice! {
    /// What came of an intention.
    pub TakeUp {
        /// It was tried and went well.
        1 Worked,
        /// In part.
        2 Partly,
        /// There was no chance to try.
        3 NotTried,
    }
}

impl Record for LearningQuestion {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.only(Role::Learner)?;
        written(&self.text, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.matters.fold(it, Matter::Question(self));
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Concern {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        if !roles.any([Role::Learner, Role::Mentor, Role::Teacher]) {
            return Err(Refusal::NotYourRole);
        }
        written(&self.text, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.matters.fold(it, Matter::Concern(self));
    }

    fn readers(&self) -> Readers {
        Readers::Guides
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Intention {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.only(Role::Learner)?;
        written(&self.text, 500)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.matters.fold(it, Matter::Intention(self));
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        self.from.iter_mut().for_each(rename);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Answer {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        let guides = roles.any([Role::Coach, Role::Administrator]);
        if !(guides || self.only.is_none() && roles.any([Role::Teacher, Role::Mentor])) {
            return Err(Refusal::NotYourRole);
        }
        if !self.into_class {
            written(&self.text, LONGEST)?;
        }
        fits(&self.text, LONGEST)?;
        match dossier.matters.get(self.to) {
            Some(it) if matches!(it.what, Matter::Intention(_)) => Err(Refusal::Mismatch),
            Some(it) if it.only() != self.only => Err(Refusal::Mismatch),
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.matters.answer(it, self);
    }

    fn readers(&self) -> Readers {
        self.only.map_or(Readers::All, Readers::GuidesAnd)
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.to);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Closed {
    fn permit(&self, by: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        let guides = roles.any([Role::Coach, Role::Administrator]);
        let Some(it) = dossier.matters.get(self.matter) else {
            let may = roles.any([Role::Learner, Role::Mentor, Role::Teacher]) || guides;
            return if may { Ok(()) } else { Err(Refusal::NotYourRole) };
        };
        if it.by != by && !(guides && it.only().is_some()) {
            return Err(Refusal::NotYours);
        }
        let is_intention = matches!(it.what, Matter::Intention(_));
        if is_intention != self.take_up.is_some() || it.only() != self.only {
            return Err(Refusal::Mismatch);
        }
        Ok(())
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.matters.close(it, &self);
    }

    fn readers(&self) -> Readers {
        self.only.map_or(Readers::All, Readers::GuidesAnd)
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.matter);
    }
}

/// What is the matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Matter {
    /// Something to answer.
    Question(LearningQuestion),
    /// Something to solve.
    Concern(Concern),
    /// Something to try.
    Intention(Intention),
}

impl Matter {
    /// What its author wrote.
    pub fn text(&self) -> &str {
        match self {
            Matter::Question(it) => &it.text,
            Matter::Concern(it) => &it.text,
            Matter::Intention(it) => &it.text,
        }
    }
}

/// A matter in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MatterRecord {
    /// Its event.
    pub hash: EventHash,
    /// What.
    pub what: Matter,
    /// Who raised it.
    pub by: PersonId,
    /// When.
    pub at: Hlc,
    /// When it reached the school, in milliseconds since 1970.
    pub received_at: Option<u64>,
}

impl MatterRecord {
    /// Who, beside the coaches, reads what is said of it; nothing where everybody does.
    pub fn only(&self) -> Option<PersonId> {
        matches!(self.what, Matter::Concern(_)).then_some(self.by)
    }
}

/// An answer in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnswerRecord {
    /// Its event.
    pub hash: EventHash,
    /// What was said.
    pub answer: Answer,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Hlc,
}

/// All matters, their answers, and how they ended. An answer may be here before its question: after a restore phones
/// give back what they have in any order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Matters {
    all: Table<EventHash, MatterRecord>,
    order: Vec<EventHash>,
    answers: Table<EventHash, Vec<AnswerRecord>>,
    closed: Table<EventHash, Vec<Said<Option<TakeUp>>>>,
}

impl Matters {
    /// One by its event.
    pub fn get(&self, hash: EventHash) -> Option<&MatterRecord> {
        self.all.get(&hash)
    }

    /// All of them, in the order in which they came.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &MatterRecord> {
        self.order.iter().filter_map(|it| self.all.get(it))
    }

    /// The answers to one, in the order in which they came.
    pub fn answers(&self, to: EventHash) -> &[AnswerRecord] {
        self.answers.get(&to).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether somebody answered one in words: to be taken into a lesson is not yet an answer.
    pub fn is_answered(&self, to: EventHash) -> bool {
        self.answers(to).iter().any(|it| !it.answer.text.is_empty())
    }

    /// The questions that are taken into a lesson and were not answered yet (C4).
    pub fn for_lesson(&self) -> impl Iterator<Item = &MatterRecord> {
        let is_taken =
            |it: &MatterRecord| self.answers(it.hash).iter().any(|it| it.answer.into_class);
        self.waiting()
            .filter(|it| matches!(it.what, Matter::Question(_)))
            .filter(move |it| is_taken(it))
    }

    /// Whether it is over.
    pub fn is_closed(&self, it: EventHash) -> bool {
        self.end(it).is_some()
    }

    /// What came of an intention, and when that was said.
    pub fn take_up(&self, it: EventHash) -> Option<(TakeUp, Hlc)> {
        let end = self.end(it)?;
        Some((end.what?, end.at))
    }

    /// Who closed it, and when.
    pub fn closed_by(&self, it: EventHash) -> Option<(PersonId, Hlc)> {
        self.end(it).map(|it| (it.by, it.at))
    }

    /// The first end that its author, or for a concern a coach, has given it: first by when it was said, since two may
    /// close it without a line.
    fn end(&self, it: EventHash) -> Option<&Said<Option<TakeUp>>> {
        let matter = self.all.get(&it)?;
        let ends = self.closed.get(&it)?.iter();
        let valid = ends.filter(|end| end.by == matter.by || matter.only().is_some());
        valid.min_by_key(|end| end.order())
    }

    /// The concerns that nobody closed, and the questions that wait for an answer.
    pub fn waiting(&self) -> impl Iterator<Item = &MatterRecord> {
        self.all().filter(|it| match it.what {
            Matter::Question(_) => !self.is_closed(it.hash) && !self.is_answered(it.hash),
            Matter::Concern(_) => !self.is_closed(it.hash),
            Matter::Intention(_) => false,
        })
    }

    /// What the learner means to try now: the last intention that is open.
    pub fn intention(&self) -> Option<&MatterRecord> {
        let mut open = self.all().rev().filter(|it| !self.is_closed(it.hash));
        open.find(|it| matches!(it.what, Matter::Intention(_)))
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, what: Matter) {
        let (hash, by) = (it.hash(), it.author());
        let record = MatterRecord { hash, what, by, at: it.at, received_at: it.received_at };
        if self.all.put(hash, record).is_none() {
            self.order.push(hash);
        }
    }

    pub(super) fn answer(&mut self, it: &Placed<'_>, answer: Answer) {
        let answers = self.answers.get_or_put(answer.to, Vec::new());
        answers.push(AnswerRecord { hash: it.hash(), by: it.author(), at: it.at, answer });
    }

    pub(super) fn close(&mut self, it: &Placed<'_>, closed: &Closed) {
        let ends = self.closed.get_or_put(closed.matter, Vec::new());
        ends.push(Said::of(it, closed.take_up));
    }
}

impl Dossier {
    /// What a confirmation shows of the take-up (E4): what the learner told to have tried since a mentor confirmed last,
    /// with what came of it; else what they mean to try now.
    pub fn taken_up(&self) -> Option<(&MatterRecord, Option<TakeUp>)> {
        let confirmed = self.confirmations.all().map(|it| it.at).max();
        let told = self.matters.all().rev().find_map(|it| {
            let (came, at) = self.matters.take_up(it.hash)?;
            (Some(at) > confirmed).then_some((it, Some(came)))
        });
        told.or_else(|| Some((self.matters.intention()?, None)))
    }
}
