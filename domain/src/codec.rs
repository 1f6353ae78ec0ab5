//! Deterministic CBOR (RFC 8949) for our records, small enough to travel with the app: one [`Reader`], one [`Writer`],
//! and two macros that declare a record or a choice once.
//!
//! Lengths are definite and the keys of a map ascend, so a record has one form. What a newer app added behind the fields
//! that are known here is skipped, or carried along where the record says so.

mod read;
mod record;
mod write;

pub(crate) use read::Reader;
pub(crate) use record::{choice, record};
pub(crate) use write::Writer;

use chrono::{Datelike, NaiveDate};
use core::ops::Deref;

/// The major types.
pub(crate) const NUMBER: u8 = 0;
pub(crate) const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
pub(crate) const ARRAY: u8 = 4;
pub(crate) const MAP: u8 = 5;
pub(crate) const TAG: u8 = 6;

/// What has a form in bytes. Called through `dyn`, so that a further record costs a few calls and no code of its own.
pub(crate) trait Value {
    fn write(&self, out: &mut Writer);

    /// Reads over a blank. After a failure, which the reader remembers, the value means nothing.
    fn read(&mut self, from: &mut Reader<'_>);

    /// Whether a record leaves it out, and may lack it when it is read.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value to read over.
pub(crate) trait Blank: Value + Sized {
    const BLANK: Self;
}

/// The deterministic encoding of a value.
pub(crate) fn to_bytes(value: &dyn Value) -> Vec<u8> {
    let mut out = Writer::default();
    value.write(&mut out);
    out.0
}

/// Reads one value that fills the bytes to the last.
pub(crate) fn from_bytes<T: Blank>(bytes: &[u8]) -> Option<T> {
    let mut value = T::BLANK;
    read_over(&mut value, bytes).then_some(value)
}

/// As [`from_bytes`], over a blank; whether it went well.
pub(crate) fn read_over(value: &mut dyn Value, bytes: &[u8]) -> bool {
    let mut from = Reader::new(bytes);
    value.read(&mut from);
    from.is_done()
}

/// Whether the bytes are exactly one well-formed item.
pub(crate) fn is_well_formed(bytes: &[u8]) -> bool {
    let mut from = Reader::new(bytes);
    from.skip();
    from.is_done()
}

/// A calendar day as the learner's wall shows it (Europe/Brussels); on the wire days since 1 January 1 CE.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Day(pub NaiveDate);

impl Deref for Day {
    type Target = NaiveDate;
    fn deref(&self) -> &NaiveDate {
        &self.0
    }
}

/// In milliseconds.
const HOUR: u64 = 3_600_000;

impl Day {
    /// The day that an instant falls on in Belgium, from milliseconds since 1970: days are local, instants are not.
    pub fn of_millis(millis: u64) -> Day {
        Day::in_utc(in_belgium(millis))
    }

    fn in_utc(millis: u64) -> Day {
        let days = i32::try_from(millis / 86_400_000).unwrap_or(i32::MAX - 719_163);
        Day(NaiveDate::from_num_days_from_ce_opt(719_163 + days).unwrap_or(NaiveDate::MAX))
    }
}

/// An instant as the clocks of Belgium show it, as if they showed UTC.
fn in_belgium(millis: u64) -> u64 {
    let winter = Day::in_utc(millis + HOUR);
    let summer = |month| {
        let last = NaiveDate::from_ymd_opt(winter.year(), month, 31).unwrap_or(winter.0);
        let sunday = u64::from(last.weekday().num_days_from_sunday());
        last.checked_sub_days(chrono::Days::new(sunday)).unwrap_or(last)
    };
    // Clocks change at one o'clock in UTC, far from midnight: the day decides.
    let is_summer = (summer(3)..summer(10)).contains(&winter.0);
    millis + if is_summer { 2 * HOUR } else { HOUR }
}

/// The hour of the day of an instant in Belgium, from 0; wrong by one in the night in which clocks change.
pub(crate) fn hour_of(millis: u64) -> u16 {
    u16::try_from(in_belgium(millis) / HOUR % 24).unwrap_or(0)
}

impl Day {
    /// Reads `2026-11-23`, as a date field gives it.
    pub fn from_iso(text: &str) -> Option<Day> {
        let mut parts = text.split('-').map(|it| it.parse::<u16>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let day = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).map(Day);
        day.filter(|_| parts.next().is_none())
    }
}

impl Value for Day {
    fn write(&self, out: &mut Writer) {
        let days = i64::from(self.0.num_days_from_ce());
        let (major, number) = if days < 0 { (NEGATIVE, !days) } else { (NUMBER, days) };
        out.head(major, number.unsigned_abs());
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        let (major, number) = from.head();
        let days = i32::try_from(number).ok().and_then(|it| match major {
            NUMBER => Some(it),
            NEGATIVE => Some(!it),
            _ => None,
        });
        match days.and_then(NaiveDate::from_num_days_from_ce_opt) {
            Some(day) => self.0 = day,
            None => from.fail(),
        }
    }
}

impl Blank for Day {
    const BLANK: Day = Day(NaiveDate::MIN);
}

/// Bytes that stay as they are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl Value for Bytes {
    fn write(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        self.0 = from.bytes().to_vec();
    }
}

impl Blank for Bytes {
    const BLANK: Bytes = Bytes(Vec::new());
}

impl Value for String {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        self.push_str(from.text());
    }
}

impl Blank for String {
    const BLANK: String = String::new();
}

impl Value for bool {
    fn write(&self, out: &mut Writer) {
        out.simple(if *self { TRUE } else { FALSE });
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        *self = from.simple(TRUE);
        if !*self && !from.simple(FALSE) {
            from.fail();
        }
    }
}

impl Blank for bool {
    const BLANK: bool = false;
}

const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
pub(crate) const NULL: u8 = 0xf6;

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Value for $number {
            fn write(&self, out: &mut Writer) {
                out.head(NUMBER, u64::from(*self));
            }

            fn read(&mut self, from: &mut Reader<'_>) {
                match <$number>::try_from(from.expect(NUMBER)) {
                    Ok(number) => *self = number,
                    Err(_) => from.fail(),
                }
            }
        }

        impl Blank for $number {
            const BLANK: $number = 0;
        }
    )* };
}

numbers! { u8 u16 u32 u64 }

impl<T: Blank> Value for Option<T> {
    fn write(&self, out: &mut Writer) {
        match self {
            Some(it) => it.write(out),
            None => out.simple(NULL),
        }
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        if !from.simple(NULL) {
            self.insert(T::BLANK).read(from);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Blank> Blank for Option<T> {
    const BLANK: Option<T> = None;
}

impl<T: Blank> Value for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.head(ARRAY, self.len() as u64);
        self.iter().for_each(|it| it.write(out));
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        for _ in 0..from.expect(ARRAY) {
            let mut it = T::BLANK;
            it.read(from);
            // A length may promise what never comes.
            if from.has_failed() {
                return;
            }
            self.push(it);
        }
    }
}

impl<T: Blank> Blank for Vec<T> {
    const BLANK: Vec<T> = Vec::new();
}

/// A list that was added to a record of which there are older bytes: an empty one is not written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added<T>(pub Vec<T>);

impl<T> Default for Added<T> {
    fn default() -> Added<T> {
        Added(Vec::new())
    }
}

impl<T> std::ops::Deref for Added<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Blank> Value for Added<T> {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        self.0.read(from);
        // Nothing is said in one way only.
        if self.0.is_empty() {
            from.fail();
        }
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Blank> Blank for Added<T> {
    const BLANK: Added<T> = Added(Vec::new());
}

impl<A: Blank, B: Blank> Value for (A, B) {
    fn write(&self, out: &mut Writer) {
        out.head(ARRAY, 2);
        self.0.write(out);
        self.1.write(out);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        if from.expect(ARRAY) == 2 {
            self.0.read(from);
            self.1.read(from);
        } else {
            from.fail();
        }
    }
}

impl<A: Blank, B: Blank> Blank for (A, B) {
    const BLANK: (A, B) = (A::BLANK, B::BLANK);
}
