//! What a proposal makes of a goal, and how a coach takes it over: the answer and the goal in one stroke (B3, B8).

use super::{Body, Change, Dossier, Goal, Place, PlanAnswered, PlanProposal};
use crate::codec::Added;
use crate::hlc::Hlc;
use crate::id::EventHash;

impl PlanProposal {
    /// The goal as it becomes when this is taken over. Nothing where the proposal is only words, or changes nothing:
    /// then the coach says what becomes of the goal (B3).
    pub fn applied_to(&self, goal: &Goal) -> Option<Goal> {
        let moved = |places| {
            // Where and by whom it was learnt goes with the place that it leaves.
            let where_exactly = self.where_exactly.clone();
            let (workplaces, people) = (Added::default(), Added::default());
            Goal { places, where_exactly, workplaces, people, ..goal.clone() }
        };
        let mut now = match self.change {
            Change::AtSchool => moved(vec![Place::School]),
            Change::TrainingCentre => moved(vec![Place::TrainingCentre]),
            // Which other workplace must be said; what is learnt at school as well stays there.
            Change::OtherWorkplace if self.where_exactly.is_some() => {
                let is_there = goal.places.contains(&Place::Workplace);
                moved(if is_there { goal.places.clone() } else { vec![Place::Workplace] })
            }
            Change::Earlier | Change::Later if self.from_week.is_some() => goal.clone(),
            Change::OtherWorkplace
            | Change::Earlier
            | Change::Later
            | Change::OtherLevel
            | Change::Other => return None,
        };
        if let Some(from_week) = self.from_week {
            let weeks = goal.to_week.saturating_sub(goal.from_week);
            (now.from_week, now.to_week) = (from_week, from_week.saturating_add(weeks));
        }
        (now != *goal).then_some(now)
    }
}

impl Dossier {
    /// The goal of a proposal, and how it becomes when that is taken over, where the proposal names a change (B3).
    pub fn proposed(&self, it: &PlanProposal) -> Option<(&Goal, Goal)> {
        let goal = self.plan.get(it.goal.as_ref()?)?;
        Some((goal, it.applied_to(goal)?))
    }

    /// All that a coach writes to take a proposal over: the goal as it becomes, and the answer (B3). Nothing where somebody
    /// answered already.
    pub fn taking_over(&self, proposal: EventHash, text: String) -> Vec<Body> {
        let mut open = self.plan_talk.open();
        let Some(said) = open.find(|it| it.hash == proposal) else { return Vec::new() };
        let goal = self.proposed(&said.what).map(|(_, now)| Body::Goal(now));
        let answer = PlanAnswered { proposal, taken_over: true, text };
        goal.into_iter().chain([Body::PlanAnswered(answer)]).collect()
    }

    /// Whether a goal that was not possible at the workplace at some moment still waits for a place elsewhere: it is
    /// planned there, and nobody has proposed anything for it since (B8).
    pub fn waits_for_place(&self, goal: &str, since: Hlc) -> bool {
        let planned = self.plan.get(goal).is_some_and(|it| it.places.contains(&Place::Workplace));
        let mut said = self.plan_talk.proposals().iter();
        planned && !said.any(|it| it.what.goal.as_deref() == Some(goal) && it.at >= since)
    }
}
