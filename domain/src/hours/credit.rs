//! For which agreement the minutes at the workplace count, where several run at once (A6).

use super::yearly::at_workplace;
use crate::Day;
use crate::dossier::{Agreement, Dossier, EntryRecord, Version};
use crate::id::{EntryId, EventHash};

/// Minutes of an activity that count for an agreement.
pub(super) struct Credited {
    pub(super) entry: EntryId,
    pub(super) version: EventHash,
    pub(super) minutes: u32,
    /// Others have the rest of them.
    pub(super) is_part: bool,
}

/// What counts for an agreement from one day to another.
///
/// An activity does not say at which workplace it was. Of the agreements that run on its day it counts for the one of the
/// workplace where the learner is on that day; without such a one, for those that name no workplace; else for all. An
/// agreement that is not signed yet has only what no signed one claims. What several claim is divided by the hours that
/// each agreed on, so that no minute counts twice and none is lost.
pub(super) fn credited(dossier: &Dossier, to: &Agreement, from: Day, until: Day) -> Vec<Credited> {
    let others = dossier.agreements.all().filter(|it| it.agreement != to.agreement);
    let all: Vec<Running> =
        core::iter::once(to).chain(others).map(|it| (it, dossier.times(it))).collect();
    let mut found = Vec::new();
    for (entry, version) in at_workplace(dossier, from, until) {
        let claims = claims(dossier, &all, version.content.day);
        let minutes = part(&claims, to, u32::from(version.content.minutes));
        if minutes > 0 {
            let is_part = claims.len() > 1;
            found.push(Credited { entry: entry.entry, version: version.hash, minutes, is_part });
        }
    }
    found
}

type Running<'d> = (&'d Agreement, Vec<(Day, Day)>);

/// Those that work on a day may count for.
fn claims<'d>(dossier: &Dossier, all: &[Running<'d>], day: Day) -> Vec<&'d Agreement> {
    let runs = |it: &&Running| it.1.iter().any(|(from, to)| (*from..=*to).contains(&day));
    let mut found: Vec<&Agreement> = all.iter().filter(runs).map(|it| it.0).collect();
    prefer(&mut found, |it| it.is_signed_by(day));
    let is_here = |it: &Agreement| {
        let place = it.at.and_then(|at| dossier.start.workplace(at));
        place.is_some_and(|it| it.stays.iter().any(|it| it.covers(day)))
    };
    if !prefer(&mut found, is_here) {
        prefer(&mut found, |it| it.at.is_none());
    }
    found
}

/// Keeps those of which something holds, if it holds of any.
fn prefer(all: &mut Vec<&Agreement>, holds: impl Fn(&Agreement) -> bool) -> bool {
    let any = all.iter().any(|it| holds(it));
    if any {
        all.retain(|it| holds(it));
    }
    any
}

/// By agreed hours, rounded down; the one that began last has what is left over.
fn part(claims: &[&Agreement], to: &Agreement, minutes: u32) -> u32 {
    let weekly = |it: &&Agreement| u32::from(it.weekly_minutes);
    let agreed: u32 = claims.iter().map(weekly).sum();
    let own = |it: &&Agreement| (minutes * weekly(it)).checked_div(agreed).unwrap_or(0);
    let last = claims.iter().max_by_key(|it| (it.from, it.agreement));
    let is_last = last.is_some_and(|it| it.agreement == to.agreement);
    match claims.iter().find(|it| it.agreement == to.agreement) {
        Some(_) if is_last => {
            let theirs = claims.iter().filter(|it| it.agreement != to.agreement);
            minutes - theirs.map(own).sum::<u32>()
        }
        Some(it) => own(it),
        None => 0,
    }
}

/// The activities of which minutes count for an agreement from one day to another, in the order of the diary.
pub fn behind_agreement<'d>(
    dossier: &'d Dossier,
    it: &Agreement,
    from: Day,
    to: Day,
) -> Vec<(&'d EntryRecord, &'d Version)> {
    let counts = credited(dossier, it, from, to);
    let is_counted = |entry: EntryId| counts.iter().any(|it| it.entry == entry);
    at_workplace(dossier, from, to).filter(|(it, _)| is_counted(it.entry)).collect()
}

/// Minutes that count for an agreement from one day to another.
pub fn done_under(dossier: &Dossier, it: &Agreement, from: Day, to: Day) -> u32 {
    credited(dossier, it, from, to).iter().map(|it| it.minutes).sum()
}
