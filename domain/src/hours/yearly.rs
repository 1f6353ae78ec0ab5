//! The weekly average at the workplace on a year's basis, against the rule of the kind of agreement (F2, F3, A8).
//! Weeks are counted in fifths: a week that an agreement touches for k of 5 working days counts k/5.

use super::credit::credited;
use super::{Worked, by_blocks, monday};
use crate::Day;
use crate::dossier::{Agreement, AgreementKind, Dossier, EntryRecord, Place, Version};
use chrono::{Datelike, Days, NaiveDate};

/// What a kind of agreement asks of the weekly average at the workplace, in minutes.
///
/// Public sources do not agree on which of ODO and ODOS has the twenty hours; this is the table of requirement F2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// At least so many.
    AtLeast(u32),
    /// Fewer than so many.
    Below(u32),
    /// No rule.
    None,
}

/// The twenty hours of ODO and ODOS.
const TWENTY_HOURS: u32 = 20 * 60;

impl Agreement {
    /// The rule of its kind that comes with the app; [`Dossier::rule`] knows what the centre says instead.
    pub fn rule(&self) -> Rule {
        match self.kind {
            AgreementKind::Odos => Rule::AtLeast(TWENTY_HOURS),
            AgreementKind::Odo => Rule::Below(TWENTY_HOURS),
            AgreementKind::Odow => Rule::None,
            AgreementKind::Da => Rule::AtLeast(u32::from(self.weekly_minutes)),
        }
    }
}

/// The figures of one agreement in one school year. Minutes are whole; averages are rounded down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Yearly {
    /// Minutes at the workplace so far.
    pub done: u32,
    /// Those of them whose hours a mentor confirmed.
    pub confirmed: u32,
    /// Those of them that are its part of a day on which it cannot be told which of several workplaces it was.
    pub divided: u32,
    /// Accountable weeks so far, in fifths.
    pub so_far: u32,
    /// Accountable weeks of the whole agreement in the year, in fifths.
    pub all: u32,
    /// Agreed minutes a week.
    pub weekly: u32,
    /// What blocks that are still to come add to or take from that, in fifths of a minute.
    pub by_blocks: i32,
    /// What the kind asks.
    pub rule: Rule,
    /// What a rule of at least so many asks so far, and of all weeks, in fifths of a minute: a DA asks the agreed hours,
    /// those of its blocks included.
    pub owed: (u32, u32),
}

impl Yearly {
    /// Minutes a week so far; nothing before the first accountable day.
    pub fn average(&self) -> Option<u32> {
        (self.done * 5).checked_div(self.so_far)
    }

    /// The same with only what was confirmed.
    pub fn confirmed_average(&self) -> Option<u32> {
        (self.confirmed * 5).checked_div(self.so_far)
    }

    /// Minutes a week over all weeks if the remaining ones go as agreed.
    pub fn projection(&self) -> Option<u32> {
        ((self.done + self.still_agreed() / 5) * 5).checked_div(self.all)
    }

    /// Minutes that are agreed for the weeks that are still to come, in fifths.
    fn still_agreed(&self) -> u32 {
        let usual = self.weekly * self.all.saturating_sub(self.so_far);
        usual.saturating_add_signed(self.by_blocks)
    }

    /// Whether the year does not meet the rule if the remaining weeks go as agreed.
    pub fn misses(&self) -> bool {
        let expected = self.done * 5 + self.still_agreed();
        match self.rule {
            Rule::AtLeast(_) => expected < self.owed.1,
            Rule::Below(weekly) => self.all > 0 && expected >= weekly * self.all,
            Rule::None => false,
        }
    }

    /// Minutes in each week that is still to come with which the year meets the rule after all, rounded up; nothing where no
    /// week is left, or where the rule asks for none.
    pub fn needed(&self) -> Option<u32> {
        let Rule::AtLeast(_) = self.rule else { return None };
        let left = self.all.saturating_sub(self.so_far);
        (left > 0).then(|| self.owed.1.saturating_sub(self.done * 5).div_ceil(left))
    }

    /// Minutes that are missing by now for the rule.
    pub fn missing(&self) -> u32 {
        match self.rule {
            Rule::AtLeast(_) => (self.owed.0 / 5).saturating_sub(self.done),
            Rule::Below(_) | Rule::None => 0,
        }
    }

    /// Minutes above what the rule allows by now.
    pub fn over(&self) -> u32 {
        match self.rule {
            // Exactly so many are already too many.
            Rule::Below(weekly) if self.so_far > 0 => {
                (self.done + 1).saturating_sub(weekly * self.so_far / 5)
            }
            Rule::Below(_) => 0,
            Rule::AtLeast(_) | Rule::None => 0,
        }
    }
}

/// From 1 September up to and including 31 August.
pub fn school_year(day: Day) -> (Day, Day) {
    let first = if day.month() >= 9 { day.year() } else { day.year() - 1 };
    let date = |year, month, of| Day(NaiveDate::from_ymd_opt(year, month, of).unwrap_or(*day));
    (date(first, 9, 1), date(first + 1, 8, 31))
}

/// The accountable weeks of a period, in fifths: without weeks that are wholly holiday, and without weeks whose working
/// days in the period all fall in an accepted absence or a pause.
pub fn accountable(dossier: &Dossier, from: Day, to: Day) -> u32 {
    let mut fifths = 0;
    let mut week = monday(from);
    while week <= to {
        let working = days(week, 5);
        let touched: Vec<Day> =
            working.iter().copied().filter(|it| (from..=to).contains(it)).collect();
        let is_holiday = working.iter().all(|it| dossier.is_holiday(*it));
        let is_absent = touched.iter().all(|it| dossier.is_away(*it));
        if !is_holiday && !is_absent {
            fifths += touched.len() as u32;
        }
        match week.checked_add_days(Days::new(7)) {
            Some(next) => week = Day(next),
            None => break,
        }
    }
    fifths
}

fn days(first: Day, count: usize) -> Vec<Day> {
    first.iter_days().take(count).map(Day).collect()
}

/// The accountable weeks between two days in which an agreement runs, in fifths.
pub(super) fn accountable_under(dossier: &Dossier, it: &Agreement, from: Day, to: Day) -> u32 {
    let times = dossier.times(it).into_iter().map(|it| (it.0.max(from), it.1.min(to)));
    times.filter(|(from, to)| from <= to).map(|(from, to)| accountable(dossier, from, to)).sum()
}

/// The figures of an agreement in the school year of a day, up to and including that day.
pub fn yearly(dossier: &Dossier, agreement: &Agreement, today: Day) -> Yearly {
    let (first, last) = school_year(today);
    let rule = dossier.rule(agreement);
    let (so_far, all) = (
        accountable_under(dossier, agreement, first, today),
        accountable_under(dossier, agreement, first, last),
    );
    let as_agreed = agreement.kind == AgreementKind::Da && dossier.hours_row(agreement).is_none();
    let owed = |fifths: u32, until| match rule {
        Rule::AtLeast(weekly) if as_agreed => {
            (weekly * fifths).saturating_add_signed(by_blocks(dossier, agreement, first, until))
        }
        Rule::AtLeast(weekly) => weekly * fifths,
        Rule::Below(_) | Rule::None => 0,
    };
    let mut figures = Yearly {
        done: 0,
        confirmed: 0,
        divided: 0,
        so_far,
        all,
        weekly: u32::from(agreement.weekly_minutes),
        by_blocks: today.succ_opt().map_or(0, |it| by_blocks(dossier, agreement, Day(it), last)),
        rule,
        owed: (owed(so_far, today), owed(all, last)),
    };
    for it in credited(dossier, agreement, first, today) {
        figures.done += it.minutes;
        if dossier.has_confirmed_hours(it.entry, it.version) {
            figures.confirmed += it.minutes;
        }
        if it.is_part {
            figures.divided += it.minutes;
        }
    }
    figures
}

pub(super) fn at_workplace(
    dossier: &Dossier,
    from: Day,
    to: Day,
) -> impl Iterator<Item = (&EntryRecord, &Version)> {
    told(dossier, from, to).filter(|(_, it)| it.content.place == Place::Workplace)
}

/// Only what is shared: the figures are the same on every phone.
pub(super) fn told(
    dossier: &Dossier,
    from: Day,
    to: Day,
) -> impl Iterator<Item = (&EntryRecord, &Version)> {
    let is_in = move |it: &Version| (from..=to).contains(&it.content.day);
    dossier.diary.shared().filter(move |(_, it)| is_in(it))
}

/// What was done where, from one day to another, as everybody in the dossier knows it.
pub fn told_between(dossier: &Dossier, from: Day, to: Day) -> Worked {
    let mut sum = Worked::default();
    told(dossier, from, to).for_each(|(_, it)| sum.add(&it.content));
    sum
}

impl Worked {
    /// The part that happened at the workplace, in percent rounded down; nothing where nothing was done.
    pub fn workplace_share(self) -> Option<u32> {
        let percent = (u64::from(self.workplace) * 100).checked_div(self.total().into())?;
        u32::try_from(percent).ok()
    }
}

/// The entries at the workplace on days that no signed agreement covers (A7), the last first.
pub fn without_agreement(dossier: &Dossier) -> Vec<&EntryRecord> {
    worked_on(dossier, |day| dossier.agreement_on(day).is_none())
}

/// The entries at the workplace on holidays of which the agreement of that day says nothing: those are the learner's right
/// (F4). The last first.
pub fn on_holidays(dossier: &Dossier) -> Vec<&EntryRecord> {
    let is_agreed = |day| dossier.agreements_on(day).any(|it| it.on_holidays == Some(true));
    worked_on(dossier, |day| {
        dossier.is_holiday(day) && dossier.agreement_on(day).is_some() && !is_agreed(day)
    })
}

fn worked_on(dossier: &Dossier, is_asked: impl Fn(Day) -> bool) -> Vec<&EntryRecord> {
    let at_work = at_workplace(dossier, Day(NaiveDate::MIN), Day(NaiveDate::MAX));
    let mut found: Vec<(Day, &EntryRecord)> = Vec::new();
    for (entry, version) in at_work {
        let day = version.content.day;
        if is_asked(day) {
            found.insert(found.partition_point(|(it, _)| *it > day), (day, entry));
        }
    }
    found.into_iter().map(|(_, entry)| entry).collect()
}
