//! The share of workplace learning, against the least that the course asks for (F3).

use super::{Worked, told_between};
use crate::Day;
use crate::dossier::Dossier;

/// What part of the learning was at the workplace, since the beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// Minutes by place.
    pub worked: Worked,
    /// The part at the workplace, in percent rounded down.
    pub percent: u32,
    /// The least that the course asks for.
    pub least: u16,
    /// The first day under a signed agreement; before it there is only school, and no share to reach.
    pub since: Option<Day>,
}

impl Share {
    /// Whether it is too low, once there is work to do.
    pub fn is_low(self) -> bool {
        self.since.is_some() && self.percent < u32::from(self.least)
    }
}

/// The share up to and including a day; nothing where nothing was done.
pub fn share(dossier: &Dossier, today: Day) -> Option<Share> {
    let worked = told_between(dossier, dossier.track.as_ref()?.from, today);
    let percent = worked.workplace_share()?;
    let begins = dossier.agreements.all().filter_map(|it| Some(it.from.max(it.signed_on()?)));
    let since = begins.filter(|it| *it <= today).min();
    Some(Share { worked, percent, least: dossier.least_share(), since })
}
