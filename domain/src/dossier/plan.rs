//! The individual training plan: its goals and what each is made of (B1, B2).

use super::{Place, Refusal, Roles, fits};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A goal's code in its curriculum, such as `TL-01`.
pub type GoalId = String;

/// How well something is mastered, from the first time to without help (D3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Level {
    /// Saw it done.
    #[n(1)]
    Demonstrated,
    /// Did it with help.
    #[n(2)]
    WithHelp,
    /// Did it while somebody watched.
    #[n(3)]
    Supervised,
    /// Did it alone.
    #[n(4)]
    Independent,
}

impl Level {
    /// From low to high.
    pub const ALL: [Level; 4] =
        [Level::Demonstrated, Level::WithHelp, Level::Supervised, Level::Independent];
}

/// A text in the three languages of the app.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(map)]
pub struct Translated {
    /// Dutch.
    #[n(0)]
    pub nl: String,
    /// English.
    #[n(1)]
    pub en: String,
    /// French.
    #[n(2)]
    pub fr: String,
}

/// What a goal is made of.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Competence {
    /// Its code in the curriculum.
    #[n(0)]
    pub code: String,
    /// Of which sort.
    #[n(1)]
    pub sort: CompetenceType,
    /// In the learner's words.
    #[n(2)]
    pub text: Translated,
}

/// The three sorts of competence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum CompetenceType {
    /// Kennis.
    #[n(1)]
    Knowledge,
    /// Vaardigheid.
    #[n(2)]
    Skill,
    /// Attitude.
    #[n(3)]
    Attitude,
}

/// A goal of the plan. A later one with the same code replaces it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Goal {
    /// Its code.
    #[n(0)]
    pub goal: GoalId,
    /// Its name.
    #[n(1)]
    pub title: Translated,
    /// What it is made of.
    #[n(2)]
    pub competences: Vec<Competence>,
    /// The level to reach.
    #[n(3)]
    pub expected: Level,
    /// Where it is learnt.
    #[n(4)]
    pub places: Vec<Place>,
    /// First week of the plan.
    #[n(5)]
    pub from_week: u16,
    /// Last week of the plan.
    #[n(6)]
    pub to_week: u16,
}

impl Goal {
    pub(super) fn permit(&self, roles: Roles) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.goal, 64)?;
        let is_empty = self.goal.is_empty() || self.to_week < self.from_week;
        if is_empty || self.competences.len() > 100 { Err(Refusal::OutOfRange) } else { Ok(()) }
    }
}

/// The goals of the plan by code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan(BTreeMap<GoalId, Arc<Goal>>);

impl Plan {
    /// A goal by its code.
    pub fn get(&self, goal: &str) -> Option<&Goal> {
        self.0.get(goal).map(Arc::as_ref)
    }

    /// All goals, by code.
    pub fn goals(&self) -> impl Iterator<Item = &Goal> {
        self.0.values().map(Arc::as_ref)
    }

    /// The goals planned for a week of the plan.
    pub fn in_week(&self, week: i64) -> impl Iterator<Item = &Goal> {
        self.goals()
            .filter(move |it| i64::from(it.from_week) <= week && week <= i64::from(it.to_week))
    }

    /// How many goals there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no goal is planned yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn knows<'g>(
        &self,
        mut goals: impl Iterator<Item = &'g GoalId>,
    ) -> Result<(), Refusal> {
        // A plan that has not arrived yet cannot contradict anybody.
        if self.0.is_empty() || goals.all(|goal| self.0.contains_key(goal)) {
            Ok(())
        } else {
            Err(Refusal::UnknownGoal)
        }
    }

    pub(super) fn fold(&mut self, it: Goal) {
        self.0.insert(it.goal.clone(), Arc::new(it));
    }
}
