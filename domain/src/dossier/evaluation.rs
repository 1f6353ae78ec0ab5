//! Evaluation on goals, never a list of ticks (E5, E6), attitudes beside trade skills (E7), and the deliberation (E10).
//! Nothing here follows from figures: a person of the school decides (B7, E11).

use super::{Dossier, GoalId, Placed, Record, Refusal, Role, Roles, Said, fits, written};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::{EventHash, PersonId};
use crate::ordered::Table;

/// The longest text, in bytes.
const LONGEST: usize = 2_000;

choice! {
    /// What an evaluation is for.
    pub EvaluationKind {
        /// Along the way: to learn from.
        1 Formative,
        /// At a set moment: it counts.
        2 Summative,
    }

    /// Attitudes that a workplace asks for.
    pub Attitude {
        /// Stipt.
        1 Punctual,
        /// Ordelijk.
        2 Orderly,
        /// Gedisciplineerd.
        3 Disciplined,
        /// De juiste houding.
        4 RightAttitude,
    }

    /// How an attitude shows itself: a scale of its own.
    pub Shows {
        /// Seldom.
        1 Seldom,
        /// Now and then.
        2 Sometimes,
        /// Mostly.
        3 Mostly,
        /// Always.
        4 Always,
    }

    /// What a leertraject ends in.
    pub Result {
        /// All goals: the certificate.
        1 Certificate,
        /// Some goals: deelstudiebekrachtiging.
        2 Partial,
        /// None yet.
        3 NotYet,
    }
}

impl Attitude {
    /// All of them.
    pub const ALL: [Attitude; 4] =
        [Attitude::Punctual, Attitude::Orderly, Attitude::Disciplined, Attitude::RightAttitude];
}

impl Shows {
    /// From low to high.
    pub const ALL: [Shows; 4] = [Shows::Seldom, Shows::Sometimes, Shows::Mostly, Shows::Always];
}

impl Result {
    /// All of them.
    pub const ALL: [Result; 3] = [Result::Certificate, Result::Partial, Result::NotYet];
}

record! {
    /// The school says of a goal whether it is mastered enough. A later one supersedes, none is erased.
    pub map Evaluation {
        /// Which goal.
        0 goal: GoalId,
        /// For what.
        1 kind: EvaluationKind,
        /// Mastered enough; otherwise not yet.
        2 mastered: bool,
        /// Why, 1 to 2,000 bytes.
        3 grounds: String,
        /// The mentor who was heard.
        4 heard: Option<PersonId>,
        /// What the mentor said, at most 2,000 bytes.
        5 mentor_said: String,
        /// The confirmations and observations that it rests on, at most 50.
        6 evidence: Vec<EventHash>,
    }

    /// Somebody who works along says how attitudes show themselves.
    pub map Attitudes {
        /// Each at most once, at least one.
        0 seen: Vec<AttitudeSeen>,
        /// A word along with it, at most 2,000 bytes.
        1 word: String,
    }

    /// One attitude.
    pub map AttitudeSeen {
        /// Which.
        0 attitude: Attitude,
        /// How often.
        1 shows: Shows,
    }

    /// Deliberatie: the decision at the end, goal by goal.
    pub map Deliberation {
        /// The day.
        0 day: Day,
        /// Who decided, 1 to 500 bytes.
        1 present: String,
        /// The goals that are mastered.
        2 mastered: Vec<GoalId>,
        /// What it ends in.
        3 result: Result,
        /// Why, 1 to 2,000 bytes.
        4 grounds: String,
    }
}

impl Record for Evaluation {
    fn permit(
        &self,
        _: PersonId,
        roles: Roles,
        dossier: &Dossier,
    ) -> core::result::Result<(), Refusal> {
        if !roles.any([Role::Coach, Role::Teacher, Role::Administrator]) {
            return Err(Refusal::NotYourRole);
        }
        // Who learns here evaluates nothing here, whatever other role they hold.
        if roles.has(Role::Learner) {
            return Err(Refusal::OwnWork);
        }
        written(&self.grounds, LONGEST)?;
        fits(&self.mentor_said, LONGEST)?;
        dossier.plan.knows(core::iter::once(&self.goal))?;
        if self.evidence.len() > 50 { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.evaluations.by_goal.get_or_put(said.what.goal.clone(), Vec::new()).push(said);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        self.evidence.iter_mut().for_each(rename);
    }

    fn text(&self) -> &str {
        &self.grounds
    }
}

impl Record for Attitudes {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> core::result::Result<(), Refusal> {
        if roles.has(Role::Learner) {
            return Err(Refusal::OwnWork);
        }
        if !roles.any([Role::Mentor, Role::Coach, Role::Teacher, Role::Administrator]) {
            return Err(Refusal::NotYourRole);
        }
        fits(&self.word, LONGEST)?;
        let twice = |it: &AttitudeSeen| {
            self.seen.iter().filter(|other| other.attitude == it.attitude).count() > 1
        };
        let wrong = self.seen.is_empty() || self.seen.iter().any(twice);
        if wrong { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.evaluations.attitudes.push(said);
    }

    fn text(&self) -> &str {
        &self.word
    }
}

impl Record for Deliberation {
    fn permit(
        &self,
        _: PersonId,
        roles: Roles,
        dossier: &Dossier,
    ) -> core::result::Result<(), Refusal> {
        roles.steers()?;
        written(&self.present, 500)?;
        written(&self.grounds, LONGEST)?;
        dossier.plan.knows(self.mastered.iter())?;
        let fits = match self.result {
            Result::Certificate | Result::Partial => !self.mastered.is_empty(),
            Result::NotYet => self.mastered.is_empty(),
        };
        if fits { Ok(()) } else { Err(Refusal::Mismatch) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.evaluations.deliberations.push(said);
    }

    fn text(&self) -> &str {
        &self.grounds
    }
}

/// What the school said of goals and attitudes, and what it decided.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evaluations {
    by_goal: Table<GoalId, Vec<Said<Evaluation>>>,
    attitudes: Vec<Said<Attitudes>>,
    deliberations: Vec<Said<Deliberation>>,
}

impl Evaluations {
    /// All that was said of a goal, in the order in which it came.
    pub fn of_goal(&self, goal: &str) -> &[Said<Evaluation>] {
        self.by_goal.get(goal).map(Vec::as_slice).unwrap_or_default()
    }

    /// What stands for a goal: the last summative evaluation, or else the last formative one.
    pub fn standing(&self, goal: &str) -> Option<&Said<Evaluation>> {
        let all = self.of_goal(goal);
        let rank = |it: &&Said<Evaluation>| (it.what.kind, it.at, it.hash);
        all.iter().max_by_key(rank)
    }

    /// Whether the last summative evaluation of a goal says that it is mastered.
    pub fn is_mastered(&self, goal: &str) -> bool {
        let summative = |it: &&Said<Evaluation>| it.what.kind == EvaluationKind::Summative;
        self.standing(goal).filter(summative).is_some_and(|it| it.what.mastered)
    }

    /// What was said of attitudes, in the order in which it came.
    pub fn attitudes(&self) -> &[Said<Attitudes>] {
        &self.attitudes
    }

    /// The decision that stands: the last one.
    pub fn deliberation(&self) -> Option<&Said<Deliberation>> {
        self.deliberations.iter().max_by_key(|it| it.order())
    }

    /// The last of the decisions that were taken on a day or before.
    pub fn deliberation_by(&self, day: Day) -> Option<&Said<Deliberation>> {
        self.deliberations.iter().filter(|it| it.what.day <= day).max_by_key(|it| it.order())
    }
}
