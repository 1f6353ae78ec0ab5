//! Days, times and durations in words. The browser knows the languages: nothing of that weighs in the app.

use crate::words::Language;
use chrono::Datelike;
use dubbelspoor_domain::Day;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

words! {
    today_word { nl "Vandaag" en "Today" fr "Aujourd’hui" }
    yesterday_word { nl "Gisteren" en "Yesterday" fr "Hier" }
    minutes_short(minutes) { nl "{minutes} min" en "{minutes} min" fr "{minutes} min" }
    hours_short(hours) { nl "{hours} u" en "{hours} h" fr "{hours} h" }
    hours_minutes(hours, minutes) { nl "{hours} u {minutes}" en "{hours} h {minutes}" fr "{hours} h {minutes}" }
}

/// `maandag 23 november`, or today and yesterday by name.
pub(crate) fn day(it: Day, today: Day) -> String {
    match (*today - *it).num_days() {
        0 => today_word().to_owned(),
        1 => yesterday_word().to_owned(),
        _ => long_day(it),
    }
}

/// Makes ready what almost every screen asks for.
pub(crate) fn prepare() {
    make(LONG_DAY, Language::spoken().tag());
}

/// `maandag 23 november`, with the year when it is another one.
pub(crate) fn long_day(it: Day) -> String {
    let is_this_year = it.year().cast_unsigned() == Date::new_0().get_full_year();
    format(noon(it), if is_this_year { LONG_DAY } else { DAY_OF_ANOTHER_YEAR })
}

/// `23 november 2026`: for what is read in another year, or on paper. It stays together on its line.
pub(crate) fn full_day(it: Day) -> String {
    format(noon(it), DAY_OF_ANOTHER_YEAR).replace(' ', "\u{a0}")
}

/// `ma 23 nov`.
pub(crate) fn short_day(it: Day) -> String {
    format(noon(it), &[("weekday", "short"), ("day", "numeric"), ("month", "short")])
}

/// `november 2026`.
pub(crate) fn month(it: Day) -> String {
    format(noon(it), &[("month", "long"), ("year", "numeric")])
}

/// `23 november 2026 om 16:20`, from milliseconds since 1970.
pub(crate) fn moment(millis: u64) -> String {
    format(millis as f64, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// `8 u`, `45 min`, `1 u 30`.
pub(crate) fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => minutes_short(rest),
        (hours, 0) => hours_short(hours),
        (hours, rest) => hours_minutes(hours, format!("{rest:02}")),
    }
}

/// A day as a date field holds it.
pub(crate) fn for_field(it: Day) -> String {
    let (year, month, day) = (it.year(), it.month(), it.day());
    format!("{year:04}-{month:02}-{day:02}")
}

/// Noon in UTC: the same day everywhere in Europe.
fn noon(it: Day) -> f64 {
    let days = (*it - chrono::NaiveDate::default()).num_days();
    days as f64 * 86_400_000.0 + 43_200_000.0
}

/// Which parts of a moment are written, and how.
type Shape = &'static [(&'static str, &'static str)];

const DAY_OF_ANOTHER_YEAR: Shape = &[("dateStyle", "long")];

const LONG_DAY: Shape = &[("weekday", "long"), ("day", "numeric"), ("month", "long")];

thread_local! {
    /// Making one takes longer than drawing a whole card.
    static FORMATS: RefCell<Vec<(Shape, &'static str, Function)>> = const { RefCell::new(Vec::new()) };
}

fn format(millis: f64, shape: Shape) -> String {
    let language = Language::spoken().tag();
    let known = FORMATS.with_borrow(|all| {
        let is_it = |it: &&(Shape, &str, Function)| it.0 == shape && it.1 == language;
        all.iter().find(is_it).map(|it| it.2.clone())
    });
    let format = known.unwrap_or_else(|| make(shape, language));
    let date = Date::new(&millis.into());
    format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|it| it.as_string()).unwrap_or_default()
}

fn make(shape: Shape, language: &'static str) -> Function {
    let options = Object::new();
    for (name, value) in shape {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let format = Intl::DateTimeFormat::new(&Array::of1(&language.into()), &options).format();
    FORMATS.with_borrow_mut(|all| all.push((shape, language, format.clone())));
    format
}
