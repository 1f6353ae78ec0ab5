//! The figures as a message, for a screen (G7).

use super::{Answers, Group, Monitoring, many};
use crate::hours::school_year;
use crate::wire::{AnswerTime, GroupFigures, YearFigures};

impl Monitoring {
    /// All of it but the single leertrajecten and the statuses; `at` is now, in milliseconds since 1970.
    pub fn told(&self, at: u64) -> YearFigures {
        let (from, _) = self.year();
        let groups = |all: Vec<Group>| all.into_iter().map(Group::told).collect();
        YearFigures {
            from,
            since: self.earliest.map_or(from, |day| school_year(day).0),
            at,
            all: self.all().told(),
            courses: groups(self.courses()),
            workplaces: groups(self.workplaces()),
        }
    }
}

impl Group {
    fn told(self) -> GroupFigures {
        let sums = self.sums;
        GroupFigures {
            name: self.name,
            tracks: self.tracks,
            began: self.began,
            planned: self.planned,
            running: self.running,
            ended: self.ended.to_vec(),
            completed: self.completed,
            results: self.results.to_vec(),
            over: self.over,
            later: self.later.to_vec(),
            reached: sums.reached,
            goals: sums.goals,
            visits: sums.visits,
            contacts: sums.contacts,
            at_workplace: sums.worked.workplace,
            at_school: sums.worked.school,
            by_workplace: sums.by_workplace.told(),
            by_school: sums.by_school.told(),
        }
    }
}

impl Answers {
    fn told(&self) -> AnswerTime {
        let (median, answered) = (self.median(), many(self.count()));
        AnswerTime { median, answered, waiting: self.waiting }
    }
}
