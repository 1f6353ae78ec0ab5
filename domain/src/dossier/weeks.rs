//! Where a learner is, week by week (A6), and the weeks of the plan around the holidays (B2).

use super::{Dossier, Goal, Stay, Workplace};
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
        let (from, _) = week_of(day);
        // Nobody is anywhere while the leertraject stands still or has ended.
        let days = from.iter_days().take(7).map(Day);
        let goes_on: Vec<Day> = days.filter(|it| self.stands_still(*it).is_none()).collect();
        let is_there = |it: &Stay| goes_on.iter().any(|day| it.covers(*day));
        let places = self
            .start
            .workplaces()
            .flat_map(|it| it.stays.iter().map(move |stay| (it, stay)))
            .filter(|(_, stay)| is_there(stay))
            .collect();
        Week { from, places, is_free: self.is_free(from) }
    }

    /// Whether all five working days of the week that begins on a Monday are holiday.
    fn is_free(&self, monday: Day) -> bool {
        monday.iter_days().take(5).all(|it| self.is_holiday(Day(it)))
    }

    /// The goals as they lie when they are spread over the weeks of the leertraject, around its holidays (B2, B10); only
    /// those that change.
    pub fn spread_plan(&self) -> Vec<Goal> {
        let Some(track) = &self.track else { return Vec::new() };
        let planned = self.plan.goals().map(|it| it.to_week).max().unwrap_or(0);
        let last = planned.max(*track.weeks().end()).min(WEEKS);
        let is_free = |week: &u16| {
            let begins = track.week_one.checked_add_days(Days::new(u64::from(*week - 1) * 7));
            begins.is_some_and(|it| self.is_free(monday(Day(it))))
        };
        let free: Vec<u16> = (1..=last).filter(is_free).collect();
        self.plan.spread(track.weeks(), &free)
    }
}

/// In so many weeks, ten years, holidays are looked for.
const WEEKS: u16 = 520;
