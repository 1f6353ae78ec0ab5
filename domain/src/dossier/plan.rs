//! The individual training plan: its goals and what each is made of (B1, B2), and how they lie in other weeks (B10).

use super::plan_talk::hash_of;
use super::{Dossier, Place, Placed, Record, Refusal, Roles, fits};
use crate::codec::{Added, choice, record};
use crate::id::{PersonId, PlanHash, WorkplaceId};
use crate::ordered::Table;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A goal's code in its curriculum, such as `TL-01`.
pub type GoalId = String;

choice! {
    /// How well something is mastered, from the first time to without help (D3).
    pub Level {
        /// Saw it done.
        1 Demonstrated,
        /// Did it with help.
        2 WithHelp,
        /// Did it while somebody watched.
        3 Supervised,
        /// Did it alone.
        4 Independent,
    }
}

impl Level {
    /// From low to high.
    pub const ALL: [Level; 4] =
        [Level::Demonstrated, Level::WithHelp, Level::Supervised, Level::Independent];
}

record! {
    /// A text in the three languages of the app.
    #[derive(Default)]
    pub map Translated {
        /// Dutch.
        0 nl: String,
        /// English.
        1 en: String,
        /// French.
        2 fr: String,
    }

    /// What a goal is made of.
    pub map Competence {
        /// Its code in the curriculum.
        0 code: String,
        /// Of which sort.
        1 sort: CompetenceType,
        /// In the learner's words.
        2 text: Translated,
    }
}

choice! {
    /// The three sorts of competence.
    pub CompetenceType {
        /// Kennis.
        1 Knowledge,
        /// Vaardigheid.
        2 Skill,
        /// Attitude.
        3 Attitude,
    }
}

impl CompetenceType {
    /// All three, in their order.
    pub const ALL: [CompetenceType; 3] =
        [CompetenceType::Knowledge, CompetenceType::Skill, CompetenceType::Attitude];
}

record! {
    /// A goal of the plan. A later one with the same code replaces it.
    pub map Goal {
        /// Its code.
        0 goal: GoalId,
        /// Its name.
        1 title: Translated,
        /// What it is made of.
        2 competences: Vec<Competence>,
        /// The level to reach.
        3 expected: Level,
        /// Where it is learnt.
        4 places: Vec<Place>,
        /// First week of the plan.
        5 from_week: u16,
        /// Last week of the plan.
        6 to_week: u16,
        /// By what one sees that it is mastered, in words; at most 2,000 bytes (E2).
        7 criteria: Option<String>,
        /// Who teaches it, in words; at most 200 bytes.
        8 by: Option<String>,
        /// Where exactly: the workplace or the room, in words; at most 200 bytes.
        9 where_exactly: Option<String>,
        /// At which workplaces of the dossier; at most 20 (B2).
        10 workplaces: Added<WorkplaceId>,
        /// Which of those who take part teach it; at most 20 (B2).
        11 people: Added<PersonId>,
    }

    /// A goal goes out of the plan. Written again it comes back; what was confirmed of it stays in the diary.
    pub map GoalDropped {
        /// Its code.
        0 goal: GoalId,
    }
}

impl Record for Goal {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.goal, 64)?;
        fits(self.criteria.as_deref().unwrap_or_default(), 2_000)?;
        fits(self.by.as_deref().unwrap_or_default(), 200)?;
        fits(self.where_exactly.as_deref().unwrap_or_default(), 200)?;
        let is_empty = self.goal.is_empty() || self.to_week < self.from_week;
        let is_long =
            self.competences.len() > 100 || self.workplaces.len() > 20 || self.people.len() > 20;
        if is_empty || is_long { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.plan.fold(self);
    }
}

impl Record for GoalDropped {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.goal, 64)?;
        dossier.plan.knows([&self.goal].into_iter())
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.plan.drop_goal(self.goal);
    }
}

/// The goals of the plan by code, and what they were before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    goals: Table<GoalId, Arc<Goal>>,
    /// Those of the goals that went out of it.
    dropped: Table<GoalId, bool>,
    /// Each change: the goal, and how it was until then.
    changes: Vec<(GoalId, Option<Arc<Goal>>)>,
}

impl Plan {
    /// A goal by its code.
    pub fn get(&self, goal: &str) -> Option<&Goal> {
        self.known(goal).filter(|_| !self.has_dropped(goal))
    }

    /// The same, or what it was before it went out of the plan: what was written about it names it still.
    pub fn known(&self, goal: &str) -> Option<&Goal> {
        self.goals.get(goal).map(Arc::as_ref)
    }

    /// Whether a goal went out of the plan.
    pub fn has_dropped(&self, goal: &str) -> bool {
        self.dropped.get(goal) == Some(&true)
    }

    /// All goals, by code.
    pub fn goals(&self) -> impl Iterator<Item = &Goal> {
        self.goals.values().map(Arc::as_ref).filter(|it| !self.has_dropped(&it.goal))
    }

    /// The same with those that went out of the plan.
    pub fn ever(&self) -> impl Iterator<Item = &Goal> {
        self.goals.values().map(Arc::as_ref)
    }

    /// The goals planned for a week of the plan.
    pub fn in_week(&self, week: i64) -> impl Iterator<Item = &Goal> {
        self.goals()
            .filter(move |it| i64::from(it.from_week) <= week && week <= i64::from(it.to_week))
    }

    /// How many goals there are.
    pub fn len(&self) -> usize {
        self.goals().count()
    }

    /// Whether no goal is planned yet.
    pub fn is_empty(&self) -> bool {
        self.goals().next().is_none()
    }

    /// The hash of the plan as it stands: one per exact version (B4).
    pub fn hash(&self) -> PlanHash {
        hash_of(self.goals())
    }

    /// The goals of an earlier version, as far as it is known here.
    pub fn at(&self, version: PlanHash) -> Option<Vec<&Goal>> {
        self.found(version).map(|(_, goals)| goals)
    }

    /// How many changes ago the plan was this version last, as far as it is known here.
    pub fn changes_since(&self, version: PlanHash) -> Option<usize> {
        self.found(version).map(|(changes, _)| changes)
    }

    fn found(&self, version: PlanHash) -> Option<(usize, Vec<&Goal>)> {
        let mut goals: Vec<&Goal> = self.goals().collect();
        let mut changes = self.changes.iter().rev().enumerate();
        let mut back = 0;
        // From now backwards: what people agreed to lies few changes back.
        loop {
            if hash_of(goals.iter().copied()) == version {
                return Some((back, goals));
            }
            let (before_this, (code, before)) = changes.next()?;
            back = before_this + 1;
            let at = goals.partition_point(|it| it.goal < *code);
            let is_there = goals.get(at).is_some_and(|it| it.goal == *code);
            match (before, is_there) {
                (Some(before), true) => *goals.get_mut(at)? = before,
                (Some(before), false) => goals.insert(at, before),
                (None, true) => drop(goals.remove(at)),
                (None, false) => return None,
            }
        }
    }

    /// Its goals as they lie when the plan is stretched or shrunk to these weeks (B10); only those that change, by code.
    /// In weeks that are `free`, ascending, nothing begins and nothing ends (B2).
    ///
    /// Each keeps its place and its length in proportion, and lasts a week at least. Goals that all lie in the same weeks
    /// have no place yet: they follow each other by code (B2).
    pub fn spread(&self, weeks: RangeInclusive<u16>, free: &[u16]) -> Vec<Goal> {
        // How many weeks with lessons lie before one.
        let lessons_before = |week: u64| week - weeks_before(free, week);
        let ends: Vec<(u64, u64)> = self
            .goals()
            .map(|it| {
                let from = lessons_before(u64::from(it.from_week));
                (from, lessons_before(u64::from(it.to_week) + 1).max(from + 1))
            })
            .collect();
        let begin = ends.iter().map(|it| it.0).min().unwrap_or(0);
        let end = ends.iter().map(|it| it.1).max().unwrap_or(1);
        let is_placed = ends.iter().any(|it| *it != (begin, end));
        let mut open: Vec<u16> = weeks.clone().filter(|it| !free.contains(it)).collect();
        if open.is_empty() {
            open.push(*weeks.start());
        }
        let (room, last) = (open.len() as u64, open.len() - 1);
        let number = |lesson: u64| open[usize::try_from(lesson).unwrap_or(last).min(last)];
        let mut changed = Vec::new();
        for ((at, it), (from, to)) in (0..).zip(self.goals()).zip(ends) {
            let (from, to, of) = if is_placed {
                (from - begin, to - begin, end - begin)
            } else {
                (at, at + 1, self.len() as u64)
            };
            // Begins are rounded down and ends up: no two goals change places, and none is left without a week.
            let (from_week, to_week) =
                (number(from * room / of), number((to * room).div_ceil(of) - 1));
            if (from_week, to_week) != (it.from_week, it.to_week) {
                changed.push(Goal { from_week, to_week, ..it.clone() });
            }
        }
        changed
    }

    pub(super) fn knows<'g>(
        &self,
        mut goals: impl Iterator<Item = &'g GoalId>,
    ) -> Result<(), Refusal> {
        // A plan that has not arrived yet cannot contradict anybody.
        if self.goals.is_empty() || goals.all(|goal| self.goals.has(goal)) {
            Ok(())
        } else {
            Err(Refusal::UnknownGoal)
        }
    }

    pub(super) fn fold(&mut self, it: Goal) {
        let code = it.goal.clone();
        let was_dropped = self.has_dropped(&code);
        let before = self.goals.put(code.clone(), Arc::new(it)).filter(|_| !was_dropped);
        if was_dropped {
            self.dropped.put(code.clone(), false);
        }
        self.changes.push((code, before));
    }

    fn drop_goal(&mut self, code: GoalId) {
        if let (Some(it), false) = (self.goals.get(&code), self.has_dropped(&code)) {
            self.changes.push((code.clone(), Some(it.clone())));
            self.dropped.put(code, true);
        }
    }
}

/// How many of these weeks come before one.
fn weeks_before(weeks: &[u16], week: u64) -> u64 {
    weeks.iter().filter(|it| u64::from(**it) < week).count() as u64
}
