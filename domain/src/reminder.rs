//! Reminders that a person steers (I4): on which days and at which hour, never at night, and only when something waits.

use crate::Day;
use crate::codec::{hour_of, record};
use crate::digest::to_decide;
use crate::dossier::{Dossier, Role};
use crate::floor::missing_days;
use crate::id::PersonId;
use crate::signals::{Thresholds, signals};
use chrono::Datelike as _;

/// The hours of the day, in Belgium, at which somebody may want to be reminded: all others are night.
pub const BY_DAY: std::ops::RangeInclusive<u16> = 7..=20;
/// For so many hours after the one that was chosen a reminder still makes sense; after that it waits for the next day.
const LATE: u16 = 2;
/// The longest address that mail knows, in bytes.
const LONGEST: usize = 254;

record! {
    /// When somebody wants to be reminded, and where. Travels in [`crate::wire::Signed`].
    pub map Reminders {
        /// Where to; empty: nowhere.
        0 email: String,
        /// On which days of the week, from 0 for Monday.
        1 days: Vec<u16>,
        /// At which hour in Belgium, in [`BY_DAY`].
        2 hour: u16,
        /// In which language: nl, en or fr.
        3 language: String,
    }
}

impl Reminders {
    /// Whether it can be done: an address that looks like one, days of a week, an hour by day.
    pub fn is_sound(&self) -> bool {
        let reaches = self.email.is_empty() || is_address(&self.email);
        let ascends = self.days.windows(2).all(|it| it[0] < it[1]);
        reaches
            && ascends
            && self.days.iter().all(|it| *it < 7)
            && BY_DAY.contains(&self.hour)
            && ["nl", "en", "fr"].contains(&self.language.as_str())
    }

    /// The day for which a reminder is due at an instant, in milliseconds since 1970. `last`: the last day with one.
    pub fn due(&self, now: u64, last: Option<Day>) -> Option<Day> {
        let (day, hour) = (Day::of_millis(now), hour_of(now));
        let weekday = u16::try_from(day.weekday().num_days_from_monday()).ok()?;
        let is_time = (self.hour..=self.hour + LATE).contains(&hour) && BY_DAY.contains(&hour);
        let is_wanted = !self.email.is_empty() && self.days.contains(&weekday);
        (is_time && is_wanted && last < Some(day)).then_some(day)
    }
}

/// The same for the calendar of a phone, which reminds without us and without a line (RFC 5545): every week on the chosen
/// days from `today` on, by the clock of wherever the phone is. `name` and `link` are what it shows; `id` tells a later
/// choice of the same person from another event. `None` without a day.
pub fn calendar(it: &Reminders, id: &str, today: Day, name: &str, link: &str) -> Option<String> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let weekday = |it: &Day| u16::try_from(it.weekday().num_days_from_monday()).unwrap_or(0);
    let mut week = (0..7).filter_map(|on| today.checked_add_days(chrono::Days::new(on)).map(Day));
    let first = week.find(|day| it.days.contains(&weekday(day)))?;
    let days = it.days.iter().filter_map(|it| DAYS.get(usize::from(*it)).copied());
    let days = days.collect::<Vec<_>>().join(",");
    let at = |it: Day| format!("{:04}{:02}{:02}", it.year(), it.month(), it.day());
    let (name, hour) = (text_value(name), it.hour);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Dubbelspoor//NL".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{id}"),
        format!("DTSTAMP:{}T000000Z", at(today)),
        format!("DTSTART:{}T{hour:02}0000", at(first)),
        "DURATION:PT5M".to_owned(),
        format!("RRULE:FREQ=WEEKLY;BYDAY={days}"),
        format!("SUMMARY:{name}"),
        format!("DESCRIPTION:{}", text_value(link)),
        format!("URL:{link}"),
        "TRANSP:TRANSPARENT".to_owned(),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "TRIGGER:PT0S".to_owned(),
        format!("DESCRIPTION:{name}"),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    Some(lines.iter().map(|it| folded(it)).collect())
}

fn text_value(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    escaped.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// A line as calendars read it: no more than 75 bytes, and none of a letter alone.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut long = 0;
    for letter in line.chars() {
        if long + letter.len_utf8() > 75 {
            out += "\r\n ";
            long = 1;
        }
        out.push(letter);
        long += letter.len_utf8();
    }
    out + "\r\n"
}

/// One `@` between what may stand on one line of a letter, and a dot behind it. Whether anybody reads there, mail finds out.
fn is_address(text: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(it);
    let parts: Vec<&str> = text.split('@').collect();
    let [name, host] = parts.as_slice() else { return false };
    let dotted = host.split('.').collect::<Vec<_>>();
    text.len() <= LONGEST
        && text.chars().all(is_plain)
        && !name.is_empty()
        && dotted.len() > 1
        && dotted.iter().all(|it| !it.is_empty())
}

/// How much waits for somebody, in numbers: a reminder travels openly and names nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pending {
    /// Activities to confirm.
    pub to_confirm: usize,
    /// Questions and concerns to answer.
    pub to_answer: usize,
    /// Confirmations and absences to decide on.
    pub to_decide: usize,
    /// Cursisten who need attention.
    pub in_need: usize,
    /// Working days on which nothing stands yet.
    pub to_fill_in: usize,
}

impl Pending {
    /// What waits in one dossier for a person; nothing for who has no part in it any more.
    pub fn of(it: &Dossier, person: PersonId, thresholds: Thresholds, today: Day) -> Pending {
        let is = |role| it.links.current(role, today).any(|who| who == person);
        let guides = is(Role::Coach) || is(Role::Teacher);
        let needs = || !signals(it, thresholds, today).is_empty();
        Pending {
            to_confirm: if is(Role::Mentor) { it.waiting_for(person, today).len() } else { 0 },
            to_answer: if guides { it.matters.waiting().count() } else { 0 },
            to_decide: if is(Role::Coach) { to_decide(it) as usize } else { 0 },
            in_need: usize::from(is(Role::Coach) && needs()),
            to_fill_in: if is(Role::Learner) { missing_days(it, today).len() } else { 0 },
        }
    }

    /// With what waits in another dossier.
    #[must_use]
    pub fn and(self, it: Pending) -> Pending {
        Pending {
            to_confirm: self.to_confirm + it.to_confirm,
            to_answer: self.to_answer + it.to_answer,
            to_decide: self.to_decide + it.to_decide,
            in_need: self.in_need + it.in_need,
            to_fill_in: self.to_fill_in + it.to_fill_in,
        }
    }

    /// Whether nothing waits: then nobody is reminded.
    pub fn is_nothing(self) -> bool {
        self == Pending::default()
    }
}
