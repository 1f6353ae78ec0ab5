//! What somebody achieved, for an attestation on paper (E10): what the school decided and evaluated, and the attestations
//! beside the plan. What was confirmed and how long somebody worked is no part of it: that decides nothing (B7, E11).

use crate::dossier::{Attestation, Deliberation, Dossier, Evaluation, Goal, Said};

/// It, in the order of the plan.
#[derive(Clone, Debug)]
pub struct Achieved<'d> {
    /// The decision that stands.
    pub decision: Option<&'d Said<Deliberation>>,
    /// The goals that it names.
    pub decided: Vec<&'d Goal>,
    /// Goals that it does not name, mastered by the last evaluation that counts.
    pub evaluated: Vec<(&'d Goal, &'d Said<Evaluation>)>,
    /// Attestations that were obtained.
    pub attestations: Vec<&'d Attestation>,
}

impl<'d> Achieved<'d> {
    /// Of a dossier, as it stands.
    pub fn of(it: &'d Dossier) -> Achieved<'d> {
        let decision = it.evaluations.deliberation();
        let mut achieved = Achieved {
            decision,
            decided: Vec::new(),
            evaluated: Vec::new(),
            attestations: it.plan_talk.attestations().filter(|it| it.obtained.is_some()).collect(),
        };
        // What was decided of a goal stays, also when it went out of the plan.
        for goal in it.plan.ever() {
            if decision.is_some_and(|it| it.what.mastered.contains(&goal.goal)) {
                achieved.decided.push(goal);
            } else if it.evaluations.is_mastered(&goal.goal) {
                let standing = it.evaluations.standing(&goal.goal);
                achieved.evaluated.extend(standing.map(|said| (goal, said)));
            }
        }
        achieved
    }

    /// Whether there is nothing that could stand on paper.
    pub fn is_nothing(&self) -> bool {
        self.decided.is_empty() && self.evaluated.is_empty() && self.attestations.is_empty()
    }
}
