//! When a leertraject stands still or has stopped, by the same plain counting (A9): where it stands, the days that nobody
//! has to fill in (C10), short weeks without an agreement (A8), and what was planned month by month (F5).

use crate::book::{Act, Book};
use crate::bound::{agreed_fifths, bound, days_under, signed_on};
use crate::calendar::{Calendar, is_working};
use crate::sums::{days, excused, first, told, worked};
use chrono::{Datelike, Days, NaiveDate};
use dubbelspoor_domain::dossier::{Body, EarlyEnd, Place, Stage, TrackState};

/// From a word that stops it up to the word that lets it go on. Of each word the last counts: whoever says it again
/// puts it right.
#[derive(Default)]
pub(crate) struct Round<'b> {
    pause: Option<NaiveDate>,
    pub(crate) end: Option<&'b EarlyEnd>,
    again: Option<NaiveDate>,
}

/// In the order in which they were said.
pub(crate) fn rounds(book: &Book) -> Vec<Round<'_>> {
    let turns =
        |it: &&Act| matches!(it.body, Body::Pause(_) | Body::EarlyEnd(_) | Body::Restart(_));
    let mut turns: Vec<&Act> = book.acts.iter().filter(turns).collect();
    turns.sort_by_key(|it| it.said());
    let mut all: Vec<Round<'_>> = Vec::new();
    for act in turns {
        let is_stop = !matches!(act.body, Body::Restart(_));
        if is_stop && all.last().is_none_or(|it| it.again.is_some()) {
            all.push(Round::default());
        }
        let Some(round) = all.last_mut() else { continue };
        if let Body::Pause(it) = &act.body {
            round.pause = Some(it.day.0);
        }
        if let Body::EarlyEnd(it) = &act.body {
            round.end = Some(it);
        }
        if let Body::Restart(it) = &act.body {
            round.again = Some(it.day.0);
        }
    }
    all
}

impl Round<'_> {
    fn goes_on_by(&self, day: NaiveDate) -> bool {
        self.again.is_some_and(|it| it <= day)
    }

    pub(crate) fn is_paused(&self, day: NaiveDate) -> bool {
        self.pause.is_some_and(|it| it <= day) && !self.goes_on_by(day)
    }

    pub(crate) fn has_ended(&self, day: NaiveDate) -> bool {
        self.end.is_some_and(|it| it.day.0 < day) && !self.goes_on_by(day)
    }
}

/// The days on which nobody learns because it stands still.
pub(crate) fn paused(book: &Book) -> impl Fn(NaiveDate) -> bool {
    let rounds = rounds(book);
    move |day| rounds.iter().any(|it| it.is_paused(day))
}

fn ended(book: &Book) -> impl Fn(NaiveDate) -> bool {
    let rounds = rounds(book);
    move |day| rounds.iter().any(|it| it.has_ended(day))
}

/// The last day by now on which it began again.
pub(crate) fn restarted(book: &Book, today: NaiveDate) -> Option<NaiveDate> {
    let days = rounds(book).into_iter().filter_map(|it| it.again);
    days.filter(|it| *it <= today).max()
}

pub(crate) fn state(book: &Book, today: NaiveDate) -> TrackState {
    let track = book.track().unwrap();
    if ended(book)(today) {
        TrackState::EndedEarly
    } else if today < track.from.0 {
        TrackState::Planned
    } else if today > track.to.0 {
        TrackState::Completed
    } else if paused(book)(today) {
        TrackState::Paused
    } else if restarted(book, today).is_some() {
        TrackState::Restarted
    } else {
        TrackState::Running
    }
}

/// The working days of the last fourteen on which somebody learnt or had to, and told nothing.
pub(crate) fn missing_days(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<NaiveDate> {
    let track = book.track().unwrap();
    let (paused, ended, excused) = (paused(book), ended(book), excused(book, calendar));
    let standing = book.standing();
    let is_told = |day: NaiveDate| {
        let mut all = standing.values();
        all.any(|(_, it)| it.day.0 == day && it.stage != Stage::Withdrawn)
    };
    let mut missing = Vec::new();
    for day in days(today - Days::new(14), today - Days::new(1)) {
        let is_in = track.from.0 <= day && day <= track.to.0;
        let is_free = !is_working(day) || excused(day) || paused(day) || ended(day);
        if is_in && !is_free && !is_told(day) {
            missing.push(day);
        }
    }
    missing
}

/// The weeks of this year without any agreement, each of whose five days asked for lessons, with fewer than 28 of these.
pub(crate) fn short_weeks(
    book: &Book,
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<(NaiveDate, u32)> {
    let lessons = told(book).into_iter().filter(|(_, _, it)| it.place != Place::Workplace);
    let days_of_lessons = lessons.map(|it| it.2.day.0).filter(|it| first() <= *it && *it <= today);
    let Some(begun) = days_of_lessons.min() else { return Vec::new() };
    let (paused, ended, excused) = (paused(book), ended(book), excused(book, calendar));
    let bound = bound(book);
    let last = book.track().unwrap().to.0;
    let asks = |day: NaiveDate| {
        let stops = excused(day) || paused(day) || ended(day) || bound(day);
        begun <= day && day <= last && !stops
    };
    let mut short = Vec::new();
    for monday in days(begun, today).filter(|it| it.weekday() == chrono::Weekday::Mon) {
        let sunday = monday + Days::new(6);
        let minutes = worked(book, monday, sunday).1;
        if sunday < today && minutes < 28 * 50 && days(monday, monday + Days::new(4)).all(asks) {
            short.push((monday, minutes));
        }
    }
    short
}

/// Of each month from the first agreement of the year on, the last first: its first day, and minutes at the workplace,
/// agreed and told.
pub(crate) fn months(
    book: &Book,
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<(NaiveDate, u32, u32)> {
    let mut signed = book.agreements();
    signed.retain(|it| signed_on(it).is_some());
    let begins = signed.iter().map(|it| it.from.0).filter(|it| *it <= today).min();
    let Some(begins) = begins else { return Vec::new() };
    let mut all = Vec::new();
    for from in days(first(), today).filter(|it| it.day() == 1) {
        let to = from + chrono::Months::new(1) - Days::new(1);
        if to < begins {
            continue;
        }
        let mut planned = 0;
        for it in &signed {
            let under = days_under(book, it).into_iter().filter(|it| from <= *it && *it <= to);
            planned += agreed_fifths(book, calendar, it, under) / 5;
        }
        all.insert(0, (from, planned, worked(book, from, to).0));
    }
    all
}
