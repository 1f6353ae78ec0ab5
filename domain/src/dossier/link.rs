//! People in a dossier, and the periods in which they have a role there (A1, A16).

use super::{Dossier, Moment, Placed, Record, Refusal, Roles, Timing, fits};
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
            Some(it) if self.to < it.link.from => Err(Refusal::OutOfRange),
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.links.end(it, &self);
    }
}

/// A link and where in the server's order it began and ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRecord {
    /// What was agreed.
    pub link: Link,
    /// Position of its beginning.
    pub since: u64,
    /// Its end, and the position from which that is known.
    pub ended: Option<(Day, u64)>,
}

impl LinkRecord {
    /// The last day, if one is set.
    pub fn last_day(&self) -> Option<Day> {
        self.ended.map(|(day, _)| day).or(self.link.to)
    }

    /// Whether a day falls between its first and its last.
    pub fn covers(&self, day: Day) -> bool {
        self.link.from <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// Whether it gives its role at that moment, and whether what was written then arrives too late.
    fn timing(&self, at: Moment) -> Option<Timing> {
        let ended_at = self.ended.map(|(_, position)| position);
        if self.since > at.seen || ended_at.is_some_and(|position| position <= at.seen) {
            return None;
        }
        let after = |day: Day| self.last_day().is_some_and(|last| day > last);
        match at.days {
            Some((claimed, _)) if after(claimed) => None,
            Some((_, arrival)) if after(arrival) || ended_at.is_some() => Some(Timing::Late),
            _ => Some(Timing::InTime),
        }
    }
}

/// Everybody who has or had a part in the dossier.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    names: Table<PersonId, String>,
    all: Table<LinkId, LinkRecord>,
    /// Ends that arrived before their beginnings.
    early_ends: Table<LinkId, (Day, u64)>,
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

    /// Those who have a role and whose link has not been ended.
    pub fn current(&self, role: Role) -> impl Iterator<Item = PersonId> {
        self.all
            .values()
            .filter(move |it| it.link.role == role && it.ended.is_none())
            .map(|it| it.link.person)
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
    pub fn runs_centre(&self, person: PersonId) -> bool {
        self.current(Role::Administrator).any(|it| it == person)
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

    /// Whether a person may see what happened at a position: all of it while linked, nothing after the end (A16).
    pub(super) fn sees(&self, person: PersonId, position: u64) -> bool {
        self.all
            .values()
            .any(|it| it.link.person == person && it.ended.is_none_or(|(_, end)| position <= end))
    }

    /// As [`Links::sees`], for one role.
    pub(super) fn sees_as(&self, person: PersonId, role: Role, position: u64) -> bool {
        self.all.values().any(|it| {
            it.link.person == person
                && it.link.role == role
                && it.ended.is_none_or(|(_, end)| position <= end)
        })
    }

    pub(super) fn name(&mut self, it: Person) {
        self.names.put(it.person, it.name);
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, link: Link) {
        let ended = self.early_ends.get(&link.link).copied();
        let record = LinkRecord { since: it.order(), ended, link };
        self.all.get_or_put(record.link.link, record);
    }

    pub(super) fn end(&mut self, it: &Placed<'_>, end: &LinkEnded) {
        let ended = (end.to, it.order());
        match self.all.get_mut(&end.link) {
            Some(record) => record.ended = Some(ended),
            None => drop(self.early_ends.put(end.link, ended)),
        }
    }
}
