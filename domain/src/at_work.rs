//! What came up at each workplace, and what is planned there and did not (B6); whose mentor trains there (A3, A6).

use crate::Day;
use crate::dossier::{Dossier, Entry, Goal, Place, Role, Workplace};
use crate::id::{PersonId, WorkplaceId};
use crate::ordered::{Table, sort_by_key};
use std::cmp::Reverse;

/// A workplace and what came up there.
#[derive(Clone, Debug)]
pub struct AtWork<'d> {
    /// The workplace.
    pub workplace: &'d Workplace,
    /// How many shared activities were there.
    pub activities: usize,
    /// The goals of the plan that they touched, most often first, with how many of them did.
    pub came_up: Vec<(&'d Goal, usize)>,
    /// The goals to be learnt there that none of them touched, by code.
    pub not_yet: Vec<&'d Goal>,
}

impl Workplace {
    /// Whether the plan wants a goal to be learnt here: it names this workplace, or names none and this one can teach it.
    pub fn is_to_teach(&self, goal: &Goal) -> bool {
        let at_work = goal.places.contains(&Place::Workplace);
        let is_named = goal.workplaces.contains(&self.workplace);
        at_work && (is_named || (goal.workplaces.is_empty() && self.goals.contains(&goal.goal)))
    }
}

impl Dossier {
    /// Where the learner works on a day, by name. Where no workplace was filled in, what the leertraject says of it.
    pub fn works_at(&self, day: Day) -> String {
        let mut names: Vec<&str> = Vec::new();
        for (it, _) in self.start.on(day) {
            if !names.contains(&&*it.company) {
                names.push(&it.company);
            }
        }
        match &self.track {
            Some(track) if self.start.workplaces().next().is_none() => track.workplace.clone(),
            _ => names.join(" + "),
        }
    }

    /// The workplaces at which a mentor trains the learner; none named is all of them.
    pub fn workplaces_of(&self, mentor: PersonId) -> &[WorkplaceId] {
        self.start.conditions(mentor).map(|it| &*it.workplaces).unwrap_or_default()
    }

    /// Whether what was done falls to a mentor (D1): they train where the learner was on its day. What was done at school,
    /// or on a day of which no workplace is known, falls to every mentor, and so does what falls to none of the mentors
    /// of today: nothing is left without somebody who sees it.
    pub fn falls_to(&self, mentor: PersonId, done: &Entry, today: Day) -> bool {
        let places: Vec<WorkplaceId> =
            self.start.on(done.day).map(|(place, _)| place.workplace).collect();
        if done.place != Place::Workplace || places.is_empty() {
            return true;
        }
        let trains = |who: PersonId| {
            let own = self.workplaces_of(who);
            own.is_empty() || own.iter().any(|it| places.contains(it))
        };
        trains(mentor) || !self.links.current(Role::Mentor, today).any(trains)
    }

    /// Whether the plan wants a goal to be learnt where a mentor trains (D8): at their workplaces, or at any.
    pub fn is_trained_by(&self, mentor: PersonId, goal: &Goal) -> bool {
        let own = self.workplaces_of(mentor);
        let anywhere = own.is_empty() || goal.workplaces.is_empty();
        let at_work = goal.places.contains(&Place::Workplace);
        at_work && (anywhere || own.iter().any(|it| goal.workplaces.contains(it)))
    }

    /// Each workplace and what came up there. An activity does not say at which workplace it was: it counts where the
    /// learner was on its day, at each of them where that is more than one.
    pub fn at_work(&self) -> Vec<AtWork<'_>> {
        self.start.workplaces().map(|it| self.at_workplace(it)).collect()
    }

    /// One of them.
    pub fn at_workplace<'d>(&'d self, workplace: &'d Workplace) -> AtWork<'d> {
        let mut times: Table<&str, usize> = Table::default();
        let mut activities = 0;
        for (_, shown) in self.diary.shared() {
            let it = &shown.content;
            let was_here = workplace.stays.iter().any(|stay| stay.covers(it.day));
            if it.place != Place::Workplace || !was_here {
                continue;
            }
            activities += 1;
            for touched in &it.goals {
                *times.get_or_put(&touched.goal, 0) += 1;
            }
        }
        let mut came_up = Vec::new();
        let mut not_yet = Vec::new();
        for goal in self.plan.goals() {
            match times.get(&*goal.goal) {
                Some(times) => came_up.push((goal, *times)),
                None if workplace.is_to_teach(goal) => not_yet.push(goal),
                None => {}
            }
        }
        sort_by_key(&mut came_up, |(_, times)| Reverse(*times));
        AtWork { workplace, activities, came_up, not_yet }
    }
}
