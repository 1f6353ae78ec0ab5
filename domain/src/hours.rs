//! Minutes worked, from the diary (F1, F5). Whole minutes; the screen shows hours and minutes.

mod credit;
mod planned;
mod share;
mod training;
mod yearly;

pub use credit::{behind_agreement, done_under};
use planned::by_blocks;
pub use planned::{Period, agreed_under, behind, months, week, year};
pub use share::{Share, share};
pub use training::{
    LESSONS_A_WEEK, TRAINING_DAYS, agreement_ended, short_weeks, training_days,
    training_days_allowed,
};
pub use yearly::{
    Rule, Yearly, accountable, on_holidays, school_year, told_between, without_agreement, yearly,
};
use yearly::{accountable_under, at_workplace};

use crate::Day;
use crate::dossier::{Dossier, Entry, EntryRecord, Place, Version};
use crate::ordered::sort_by_key;
use chrono::{Datelike, Days};

/// A school hour, in minutes (F1). An hour at the workplace has sixty.
pub const LESSON: u32 = 50;

/// What was so many hours becomes so many lessons, one at least: a whole day at work is a whole day at school (F1).
pub fn hours_as_lessons(minutes: u32) -> u32 {
    ((minutes + 30) / 60).max(1) * LESSON
}

/// The other way round, where they are whole lessons; other minutes stay what they are.
pub fn lessons_as_hours(minutes: u32) -> u32 {
    lessons(minutes).map_or(minutes, |it| it * 60)
}

/// How many whole lessons these minutes are, if they are.
pub fn lessons(minutes: u32) -> Option<u32> {
    (minutes > 0 && minutes.is_multiple_of(LESSON)).then_some(minutes / LESSON)
}

/// Minutes by place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Worked {
    /// At the workplace, without breaks.
    pub workplace: u32,
    /// At school or a training centre.
    pub school: u32,
}

impl Worked {
    /// Arbeidsduur: both together.
    pub fn total(self) -> u32 {
        self.workplace + self.school
    }

    fn add(&mut self, it: &Entry) {
        match it.place {
            Place::Workplace => self.workplace += u32::from(it.minutes),
            Place::School | Place::TrainingCentre => self.school += u32::from(it.minutes),
        }
    }
}

/// The minutes of the entries that stand, from one day to another, both included.
pub fn between(dossier: &Dossier, from: Day, to: Day) -> Worked {
    let entries = dossier.diary.written().filter(|(_, it)| (from..=to).contains(&it.content.day));
    entries.fold(Worked::default(), |mut sum, (_, it)| {
        sum.add(&it.content);
        sum
    })
}

/// The shared activities at a workplace of which no mentor confirmed the hours as they are now, oldest first (D9).
pub fn unconfirmed(dossier: &Dossier) -> Vec<(&EntryRecord, &Version)> {
    let waits = |(entry, version): &(&EntryRecord, &Version)| {
        let content = &version.content;
        content.place == Place::Workplace
            && content.is_shared()
            && !dossier.has_confirmed_hours(entry.entry, version.hash)
    };
    let mut all: Vec<_> = dossier.diary.written().filter(waits).collect();
    sort_by_key(&mut all, |(_, it)| it.content.day);
    all
}

/// The Monday of a day's week.
pub fn monday(day: Day) -> Day {
    let back = Days::new(u64::from(day.weekday().num_days_from_monday()));
    Day(day.checked_sub_days(back).unwrap_or(*day))
}

/// The Monday and the Sunday of a day's week.
pub fn week_of(day: Day) -> (Day, Day) {
    let from = monday(day);
    (from, Day(from.checked_add_days(Days::new(6)).unwrap_or(*from)))
}

/// The minutes of the ISO week that a day falls in.
pub fn in_week(dossier: &Dossier, day: Day) -> Worked {
    let (from, to) = week_of(day);
    between(dossier, from, to)
}
