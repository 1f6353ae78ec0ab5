//! Where a learner is, week by week (A6).

use super::{Dossier, Stay, Workplace};
use crate::Day;
use crate::hours::{monday, week_of};
use chrono::Days;

/// One week of a learner.
#[derive(Clone, PartialEq, Debug)]
pub struct Week<'a> {
    /// Its Monday.
    pub from: Day,
    /// The workplaces where the learner is on some day of it, each with when.
    pub places: Vec<(&'a Workplace, &'a Stay)>,
    /// From Monday to Friday all is holiday.
    pub is_free: bool,
}

impl Dossier {
    /// So many weeks from the one of a day on, as long as the leertraject lasts.
    pub fn weeks(&self, from: Day, count: usize) -> Vec<Week<'_>> {
        let last = self.track.as_ref().map(|it| it.to);
        let mut all = Vec::new();
        let mut next = Some(monday(from));
        while let Some(from) = next.filter(|it| last.is_none_or(|last| *it <= last)) {
            if all.len() == count {
                break;
            }
            all.push(self.week(from));
            next = from.checked_add_days(Days::new(7)).map(Day);
        }
        all
    }

    fn week(&self, day: Day) -> Week<'_> {
        let (from, to) = week_of(day);
        let is_there = |it: &Stay| it.from <= to && it.to.is_none_or(|last| from <= last);
        let places = self
            .start
            .workplaces()
            .flat_map(|it| it.stays.iter().map(move |stay| (it, stay)))
            .filter(|(_, stay)| is_there(stay))
            .collect();
        let is_free = from.iter_days().take(5).all(|it| self.is_holiday(Day(it)));
        Week { from, places, is_free }
    }
}
