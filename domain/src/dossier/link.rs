//! People in a dossier, and the periods in which they have a role there (A1, A16).
//!
//! What holds, for the school and for every phone alike:
//! - An end whose day has come when the school takes it in counts at once, from its position in the school's order on.
//! - An end whose day is still to come, and a last day that a link had from the start, count from the day after it. The
//!   school's order tells that day: what the school took in until then is seen, what came later is not. So every reader
//!   draws the same line without asking a clock.
//! - Rights follow the school's clock as well. Nothing counts that arrives before the first day. What arrives after the
//!   last is late, whatever day it claims, and what claims or proves to be of a later day is refused.
//! - Who begins later reads from the invitation on, so as to take over with open eyes. A reader has nothing but the
//!   period: outside of it the school gives them nothing.
//! - What is over is not begun again by an end that comes in later.

use super::{Dossier, Moment, Placed, Record, Refusal, Roles, Spot, Timing, fits};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::{LinkId, PersonId};
use crate::ordered::Table;

choice! {
    /// What somebody does in a dossier.
    pub Role {
        /// Cursist: learns.
        1 Learner,
        /// Trains the learner at the workplace.
        2 Mentor,
        /// Trajectbegeleider: guides the leertraject.
        3 Coach,
        /// Teaches the trade at school.
        4 Teacher,
        /// Runs the centre's side.
        5 Administrator,
        /// Looks at what is shown to them.
        6 Reader,
        /// Belongs to the centre: reads what it tells its people. Only in the centre's own dossier.
        7 Member,
    }
}

record! {
    /// A person and how they are called.
    pub map Person {
        /// Who.
        0 person: PersonId,
        /// Full name, at most 200 bytes.
        1 name: String,
    }

    /// A role for a period.
    pub map Link {
        /// Its own name, to end it by.
        0 link: LinkId,
        /// Who.
        1 person: PersonId,
        /// As what.
        2 role: Role,
        /// First day.
        3 from: Day,
        /// Last day, when known beforehand.
        4 to: Option<Day>,
    }

    /// A link's last day. Links are never deleted.
    pub map LinkEnded {
        /// Which link.
        0 link: LinkId,
        /// Its last day.
        1 to: Day,
    }
}

impl Record for Person {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.name, 200)
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.links.name(self);
    }
}

impl Record for Link {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        if dossier.centre.is_none() && self.role == Role::Member {
            return Err(Refusal::Mismatch);
        }
        if self.to.is_some_and(|to| to < self.from) { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.links.fold(it, self);
    }
}

impl Record for LinkEnded {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        match dossier.links.all.get(&self.link) {
            // Only what had not begun can be called off.
            Some(it) if self.to < if it.later { it.before_first() } else { it.link.from } => {
                Err(Refusal::OutOfRange)
            }
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.links.end(it, &self);
    }
}

/// An end that was written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ended {
    /// The last day.
    pub day: Day,
    /// The position from which that is known.
    pub position: u64,
    /// The day had come when the school took this in: it counts from its position on. Otherwise it was announced, and
    /// counts from the day after.
    pub at_once: bool,
}

/// A link and where in the server's order it began and ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRecord {
    /// What was agreed.
    pub link: Link,
    /// Position of its beginning.
    pub since: u64,
    /// Its first day was still to come when the school took it in. Of all others no clock is asked whether they have begun.
    pub later: bool,
    /// Its end, if one was written down.
    pub ended: Option<Ended>,
}

impl LinkRecord {
    /// The last day, if one is set.
    pub fn last_day(&self) -> Option<Day> {
        self.ended.map(|it| it.day).or(self.link.to)
    }

    /// Whether a day falls between its first and its last.
    pub fn covers(&self, day: Day) -> bool {
        self.link.from <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// Whether it gives its role on a day, as far as is known now.
    pub fn is_current(&self, today: Day) -> bool {
        self.has_begun(today) && !self.is_over(today)
    }

    /// Whether its first day has come.
    pub fn has_begun(&self, today: Day) -> bool {
        !self.later || self.link.from <= today
    }

    /// Whether it has come to an end. What has not begun is not over.
    pub fn is_over(&self, today: Day) -> bool {
        self.counts_at_once() || self.last_day().is_some_and(|last| last < today)
    }

    /// Whether it was called off before its first day.
    pub fn never_was(&self) -> bool {
        self.last_day().is_some_and(|last| last < self.link.from)
    }

    /// The end that counts at once. What has not begun never does.
    pub fn stopped(&self, today: Day) -> LinkEnded {
        LinkEnded { link: self.link.link, to: today.max(self.before_first()) }
    }

    /// As last day it says that the link never begins.
    fn before_first(&self) -> Day {
        self.link.from.pred_opt().map_or(self.link.from, Day)
    }

    fn counts_at_once(&self) -> bool {
        self.ended.is_some_and(|it| it.at_once)
    }

    /// Whether it gives its role at that moment, and whether what was written then arrives too late.
    fn timing(&self, at: Moment) -> Option<Timing> {
        let stopped = self.ended.filter(|it| it.at_once);
        if self.since > at.seen || stopped.is_some_and(|it| it.position <= at.seen) {
            return None;
        }
        let Some((claimed, arrival)) = at.days else { return Some(Timing::InTime) };
        let after = |day: Day| self.last_day().is_some_and(|last| day > last);
        // The first day is judged by arrival: a clock that runs ahead begins nothing, one that is behind stops nobody.
        if !self.has_begun(arrival) || after(claimed) {
            return None;
        }
        Some(if after(arrival) || stopped.is_some() { Timing::Late } else { Timing::InTime })
    }

    /// Whether its person may see what the school took in there.
    fn sees(&self, it: Spot) -> bool {
        match (self.ended, self.last_day()) {
            (Some(end), _) if end.at_once => it.position <= end.position,
            (_, Some(last)) => it.day() <= last,
            (_, None) => true,
        }
    }

    /// A later end replaces an earlier one until the link is over; then it only puts the day right.
    fn end(&mut self, it: Ended, noted: Day) {
        let old = self.ended.filter(|old| old.at_once);
        let last = self.last_day();
        self.ended = match (old, last) {
            (Some(old), _) if it.at_once => Some(Ended { day: it.day, ..old }),
            (None, Some(last)) if last < noted => {
                Some(Ended { day: it.day.min(last), at_once: false, ..it })
            }
            (Some(old), _) => Some(old),
            (None, _) => Some(it),
        };
    }
}

/// Everybody who has or had a part in the dossier.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    names: Table<PersonId, String>,
    all: Table<LinkId, LinkRecord>,
    /// Ends that arrived before their beginnings.
    early_ends: Table<LinkId, Ended>,
}

impl Links {
    /// A person's name, or nothing when the dossier does not tell.
    pub fn name_of(&self, person: PersonId) -> Option<&str> {
        self.names.get(&person).map(String::as_str)
    }

    /// All links, ended ones included.
    pub fn all(&self) -> impl Iterator<Item = &LinkRecord> {
        self.all.values()
    }

    /// Those that are not over on a day, also those that begin later.
    pub fn lasting(&self, today: Day) -> impl Iterator<Item = &LinkRecord> {
        self.all.values().filter(move |it| !it.is_over(today))
    }

    /// Those who have a role on a day.
    pub fn current(&self, role: Role, today: Day) -> impl Iterator<Item = PersonId> {
        let now = move |it: &&LinkRecord| it.link.role == role && it.is_current(today);
        self.all.values().filter(now).map(|it| it.link.person)
    }

    /// Whether the school gives somebody anything of this: not to a stranger, and to a reader only in their period. Whoever
    /// else took part keeps what was theirs.
    pub fn may_read(&self, person: PersonId, today: Day) -> bool {
        let own = |it: &&LinkRecord| it.link.person == person;
        let gives = |it: &LinkRecord| it.link.role != Role::Reader || it.covers(today);
        self.all.values().filter(own).any(gives)
    }

    /// Whose link it is.
    pub(super) fn person_of(&self, link: LinkId) -> Option<PersonId> {
        self.all.get(&link).map(|it| it.link.person)
    }

    /// Whether somebody has or had a role.
    pub(super) fn ever(&self, person: PersonId, role: Role) -> bool {
        self.all.values().any(|it| it.link.person == person && it.link.role == role)
    }

    /// Whether somebody runs the centre whose dossier this is (G9).
    pub fn runs_centre(&self, person: PersonId, today: Day) -> bool {
        self.current(Role::Administrator, today).any(|it| it == person)
    }

    /// The learner whose dossier this is.
    pub fn learner(&self) -> Option<PersonId> {
        self.all.values().find(|it| it.link.role == Role::Learner).map(|it| it.link.person)
    }

    /// The roles of a person at a moment; late only when every link that gives one is.
    pub fn roles(&self, person: PersonId, at: Moment) -> Option<(Roles, Timing)> {
        let held = self.all.values().filter(|it| it.link.person == person);
        let held: Vec<_> = held.filter_map(|it| Some((it.link.role, it.timing(at)?))).collect();
        let timing = held.iter().map(|(_, timing)| *timing).min()?;
        let in_time = held.iter().filter(|(_, it)| *it == timing);
        Some((in_time.fold(Roles::default(), |roles, (role, _)| roles.with(*role)), timing))
    }

    /// Whether a person may see what happened there: all of it while linked, nothing after the end (A16).
    pub(super) fn sees(&self, person: PersonId, it: Spot) -> bool {
        self.all.values().any(|link| link.link.person == person && link.sees(it))
    }

    /// As [`Links::sees`], for one role.
    pub(super) fn sees_as(&self, person: PersonId, role: Role, it: Spot) -> bool {
        let own = |link: &&LinkRecord| link.link.person == person && link.link.role == role;
        self.all.values().filter(own).any(|link| link.sees(it))
    }

    pub(super) fn name(&mut self, it: Person) {
        self.names.put(it.person, it.name);
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, link: Link) {
        let ended = self.early_ends.get(&link.link);
        let ended = ended.map(|it| Ended { at_once: it.at_once || it.day < link.from, ..*it });
        let later = link.from > it.spot().day();
        let record = LinkRecord { since: it.order(), later, ended, link };
        self.all.get_or_put(record.link.link, record);
    }

    pub(super) fn end(&mut self, it: &Placed<'_>, end: &LinkEnded) {
        let Spot { position, .. } = it.spot();
        let noted = it.spot().day();
        let record = self.all.get_mut(&end.link);
        // What never begins has no day to wait for.
        let never = record.as_ref().is_some_and(|it| end.to < it.link.from);
        let ended = Ended { day: end.to, position, at_once: end.to <= noted || never };
        match record {
            Some(record) => record.end(ended, noted),
            None => {
                let stopped = self.early_ends.get(&end.link).copied().filter(|it| it.at_once);
                self.early_ends.put(end.link, stopped.unwrap_or(ended));
            }
        }
    }
}
