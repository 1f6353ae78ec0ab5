//! What a curriculum from a file would change in a plan (B11). A plan that is running is disturbed by no new file.

use super::{Goal, GoalId, Plan, Translated};

/// How much a file tells of its goals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Detail {
    /// All.
    Whole,
    /// Neither levels nor sorts of competence, as a package of CASE: what the plan has of those stays.
    Bare,
}

/// What a curriculum would change in a plan.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Preview {
    /// Not in the plan yet.
    pub new: Vec<Goal>,
    /// In the plan, otherwise than in the file.
    pub changed: Vec<Goal>,
    /// The same in both.
    pub same: usize,
    /// Codes that are in the plan and not in the file: they stay.
    pub stays: Vec<GoalId>,
}

impl Preview {
    /// Compares the goals of a file with a plan.
    pub fn of(goals: &[Goal], plan: &Plan, detail: Detail) -> Preview {
        let mut found = Preview::default();
        for it in goals {
            match plan.get(&it.goal) {
                None => found.new.push(it.clone()),
                Some(known) => {
                    let it = completed(it, known, detail);
                    if it == *known { found.same += 1 } else { found.changed.push(it) }
                }
            }
        }
        let is_in_file = |code: &str| goals.iter().any(|it| it.goal == code);
        let stays = plan.goals().filter(|it| !is_in_file(&it.goal));
        found.stays = stays.map(|it| it.goal.clone()).collect();
        found
    }

    /// What is to be written, in the order of the file.
    pub fn changes(&self) -> impl Iterator<Item = &Goal> {
        self.new.iter().chain(&self.changed)
    }
}

/// A table in one language takes nothing away from a plan in three: where it says the same in Dutch, the others stay. What
/// only the plan knows of a goal stays too, and so does when and where this learner learns it: that is what makes the plan
/// an individual one.
fn completed(goal: &Goal, known: &Goal, detail: Detail) -> Goal {
    let mut goal = goal.clone();
    complete(&mut goal.title, &known.title);
    for it in &mut goal.competences {
        if let Some(known) = known.competences.iter().find(|known| known.code == it.code) {
            complete(&mut it.text, &known.text);
            if detail == Detail::Bare {
                it.sort = known.sort;
            }
        }
    }
    if detail == Detail::Bare {
        goal.expected = known.expected;
    }
    (goal.from_week, goal.to_week) = (known.from_week, known.to_week);
    goal.places.clone_from(&known.places);
    for (own, known) in [
        (&mut goal.criteria, &known.criteria),
        (&mut goal.by, &known.by),
        (&mut goal.where_exactly, &known.where_exactly),
    ] {
        if own.is_none() {
            own.clone_from(known);
        }
    }
    goal.workplaces.clone_from(&known.workplaces);
    goal.people.clone_from(&known.people);
    goal
}

fn complete(text: &mut Translated, known: &Translated) {
    if text.nl != known.nl {
        return;
    }
    for (own, known) in [(&mut text.en, &known.en), (&mut text.fr, &known.fr)] {
        if own.is_empty() {
            own.clone_from(known);
        }
    }
}
