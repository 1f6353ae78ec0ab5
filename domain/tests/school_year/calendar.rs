//! The school year and the three curricula, in a reading of their own: what the files say, line by line.

use chrono::{Datelike, NaiveDate, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::Holiday;

use crate::support::words;

const YEAR: &str = include_str!("../../../server/data/school-year-2026-2027.json");
const COURSES: [(&str, &str); 3] = [
    ("Transport en logistiek", include_str!("../../../server/data/transport-logistiek.json")),
    ("Elektromecanicien", include_str!("../../../server/data/elektromecanicien.json")),
    ("Medisch-administratief", include_str!("../../../server/data/medisch-administratief.json")),
];

/// A course and the codes of its goals.
pub(crate) struct Course {
    pub(crate) title: &'static str,
    pub(crate) goals: Vec<String>,
}

/// A goal's code stands three levels deep, those of its competences five.
pub(crate) fn courses() -> Vec<Course> {
    let read = |(title, file): (&'static str, &str)| {
        let codes = file.lines().filter_map(|it| it.strip_prefix("      \"code\": \""));
        Course {
            title,
            goals: codes.filter_map(|it| it.split('"').next()).map(str::to_owned).collect(),
        }
    };
    COURSES.map(read).into_iter().collect()
}

/// Which days nobody works or learns.
pub(crate) struct Calendar {
    pub(crate) free: Vec<(NaiveDate, NaiveDate)>,
}

impl Calendar {
    pub(crate) fn read() -> Calendar {
        let value = |line: &str, name: &str| {
            let rest = line.trim().strip_prefix(&format!("\"{name}\": \""))?;
            rest.get(..10)?.parse::<NaiveDate>().ok()
        };
        let mut free = Vec::new();
        let mut from = None;
        for line in YEAR.lines() {
            from = value(line, "from").or(from);
            if let (Some(first), Some(last)) = (from, value(line, "to")) {
                free.push((first, last));
                from = None;
            }
            free.extend(value(line, "date").map(|it| (it, it)));
        }
        Calendar { free }
    }

    pub(crate) fn holidays(&self) -> Vec<Holiday> {
        let holiday = |(from, to): &(NaiveDate, NaiveDate)| Holiday {
            title: words("vrij"),
            from: Day(*from),
            to: Day(*to),
        };
        self.free.iter().map(holiday).collect()
    }

    pub(crate) fn is_holiday(&self, day: NaiveDate) -> bool {
        self.free.iter().any(|(from, to)| *from <= day && day <= *to)
    }

    pub(crate) fn is_open(&self, day: NaiveDate) -> bool {
        is_working(day) && !self.is_holiday(day)
    }
}

pub(crate) fn is_working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Milliseconds since 1970.
pub(crate) fn at(day: NaiveDate, hour: u32, minute: u32) -> u64 {
    let time = day.and_hms_opt(hour, minute, 0).unwrap();
    u64::try_from(time.and_utc().timestamp_millis()).unwrap()
}
