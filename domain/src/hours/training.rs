//! The training days in which an agreement is to be signed (A8).

use super::{school_year, yearly::told};
use crate::Day;
use crate::dossier::{Agreement, Dossier, Place};

/// Training days to sign an agreement in a school year (A8).
pub const TRAINING_DAYS: u32 = 20;

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
