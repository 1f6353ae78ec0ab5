//! The training days in which an agreement is to be signed, and the hours at school until then (A8).

use super::{LESSON, monday, school_year, told_between, yearly::told};
use crate::Day;
use crate::dossier::{Agreement, Dossier, Place};
use chrono::Days;

/// Training days to sign an agreement in a school year (A8).
pub const TRAINING_DAYS: u32 = 20;

/// Lessons a week at school as long as there is no agreement (A8). They are hours at school, so each has fifty minutes (F1).
pub const LESSONS_A_WEEK: u32 = 28;

/// Training days to sign an agreement in the school year of a day: twenty, and those that were granted (A8).
pub fn training_days_allowed(dossier: &Dossier, today: Day) -> u32 {
    TRAINING_DAYS + dossier.start.granted(today)
}

/// The days of this school year, in their order, on which somebody learnt at school without a signed agreement (A8).
/// Nothing while one is signed. Between two workplaces only the days outside of both count: whoever had an agreement for
/// months has not used up the days to look for the next.
pub fn training_days(dossier: &Dossier, today: Day) -> Option<Vec<Day>> {
    if is_signed(dossier, today) {
        return None;
    }
    let (first, _) = school_year(today);
    let mut attended: Vec<Day> = Vec::new();
    for (_, it) in told(dossier, first, today) {
        let (place, day) = (it.content.place, it.content.day);
        if place == Place::Workplace || is_signed(dossier, day) {
            continue;
        }
        if let Err(at) = attended.binary_search(&day) {
            attended.insert(at, day);
        }
    }
    Some(attended)
}

/// Whether there is a signed agreement on a day, also one that begins later.
fn is_signed(dossier: &Dossier, day: Day) -> bool {
    let is_so = |it: &Agreement| it.is_signed_by(day) && dossier.last_day(it) >= day;
    dossier.agreements.all().any(is_so)
}

/// The last day of the signed agreement that ended last, where none is signed any more.
pub fn agreement_ended(dossier: &Dossier, today: Day) -> Option<Day> {
    if is_signed(dossier, today) {
        return None;
    }
    let signed = dossier.agreements.all().filter(|it| it.is_signed_by(today));
    signed.map(|it| dossier.last_day(it)).max()
}

/// The weeks of this school year that stayed below the lessons of a week without an agreement, in their order: the Monday
/// of each, and the minutes at school (A8). Only weeks that were wholly there: after the first lesson, over by now, and
/// without a day of holiday, of a reported absence, of standing still, or under a signed agreement.
pub fn short_weeks(dossier: &Dossier, today: Day) -> Vec<(Day, u32)> {
    let (first, _) = school_year(today);
    let Some(track) = &dossier.track else { return Vec::new() };
    let lessons =
        told(dossier, first, today).filter(|(_, it)| it.content.place != Place::Workplace);
    let Some(begun) = lessons.map(|(_, it)| it.content.day).min() else { return Vec::new() };
    let counts = |day: Day| {
        let is_away = dossier.free_days.is_reported(day) || dossier.pause_on(day).is_some();
        let is_there = (begun..=track.to).contains(&day) && !dossier.has_ended_by(day);
        is_there && !is_away && !dossier.is_holiday(day) && !is_signed(dossier, day)
    };
    let mut short = Vec::new();
    let mut week = monday(begun);
    while let Some(next) = week.checked_add_days(Days::new(7)).map(Day).filter(|it| *it <= today) {
        let minutes = told_between(dossier, week, next.pred_opt().map_or(week, Day)).school;
        let is_whole = week.iter_days().take(5).all(|it| counts(Day(it)));
        if is_whole && minutes < LESSONS_A_WEEK * LESSON {
            short.push((week, minutes));
        }
        week = next;
    }
    short
}
