//! The days that do not count: holidays of the school year, absence and illness (F4).

use super::{Dossier, Placed, Record, Refusal, Role, Roles, Translated};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::{AbsenceId, EventHash, PersonId};
use crate::ordered::Table;

record! {
    /// A holiday of the centre.
    pub map Holiday {
        /// What it is called.
        0 title: Translated,
        /// First day.
        1 from: Day,
        /// Last day.
        2 to: Day,
    }

    /// The holidays of a school year; later ones for the same year replace them.
    pub map Calendar {
        /// The year in which it begins.
        0 year: u16,
        /// At most 100.
        1 holidays: Vec<Holiday>,
    }

    /// Days on which the learner is not there. A later one of the same name replaces it.
    pub map Absence {
        /// Its own name.
        0 absence: AbsenceId,
        /// First day.
        1 from: Day,
        /// Last day, at most a year later.
        2 to: Day,
        /// Why.
        3 reason: AbsenceReason,
        /// It was a mistake.
        4 withdrawn: bool,
    }

    /// A coach accepts an absence as it was reported, or does not.
    pub map AbsenceRuled {
        /// The hash of exactly what was reported.
        0 report: EventHash,
        /// Whether it is accepted.
        1 accepted: bool,
    }
}

choice! {
    /// Why somebody is not there.
    pub AbsenceReason {
        /// Ill.
        1 Illness,
        /// Holiday by agreement.
        2 Holiday,
        /// Something else.
        3 Other,
    }
}

impl AbsenceReason {
    /// All of them.
    pub const ALL: [AbsenceReason; 3] =
        [AbsenceReason::Illness, AbsenceReason::Holiday, AbsenceReason::Other];
}

impl Record for Calendar {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        let wrong = self.holidays.len() > 100 || self.holidays.iter().any(|it| it.to < it.from);
        if wrong { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.free_days.fold_calendar(self);
    }
}

impl Record for Absence {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        if !roles.any([Role::Learner, Role::Coach, Role::Administrator]) {
            return Err(Refusal::NotYourRole);
        }
        let wrong = self.to < self.from || (*self.to - *self.from).num_days() > 366;
        if wrong { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.free_days.fold_absence(it, self);
    }
}

impl Record for AbsenceRuled {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.free_days.rule(&self);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.report);
    }
}

/// An absence in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AbsenceRecord {
    /// Its last report.
    pub hash: EventHash,
    /// What was reported.
    pub absence: Absence,
    /// By whom.
    pub by: PersonId,
}

/// Holidays and absences.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FreeDays {
    calendars: Table<u16, Calendar>,
    absences: Table<AbsenceId, AbsenceRecord>,
    ruled: Table<EventHash, bool>,
}

impl FreeDays {
    /// The absences that were not taken back.
    pub fn absences(&self) -> impl Iterator<Item = &AbsenceRecord> {
        self.absences.values().filter(|it| !it.absence.withdrawn)
    }

    /// What a coach said of an absence as it is now; nothing while nobody did.
    pub fn ruling(&self, it: &AbsenceRecord) -> Option<bool> {
        self.ruled.get(&it.hash).copied()
    }

    /// Those of which nobody said whether they count.
    pub fn undecided(&self) -> impl Iterator<Item = &AbsenceRecord> {
        self.absences().filter(|it| self.ruling(it).is_none())
    }

    /// The calendars, by year.
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.calendars.values()
    }

    /// Whether a day is a holiday by the calendars of this dossier itself.
    pub fn is_holiday(&self, day: Day) -> bool {
        let holidays = self.calendars.values().flat_map(|it| &it.holidays);
        holidays.into_iter().any(|it| (it.from..=it.to).contains(&day))
    }

    /// Whether a day falls in an absence that was reported and not declined.
    pub fn is_reported(&self, day: Day) -> bool {
        let counts = |it: &&AbsenceRecord| self.ruling(it) != Some(false);
        self.absences().filter(counts).any(|it| (it.absence.from..=it.absence.to).contains(&day))
    }

    /// Whether a day falls in an absence that a coach accepted.
    pub fn is_accepted_absence(&self, day: Day) -> bool {
        let accepted = self.absences().filter(|it| self.ruling(it) == Some(true));
        accepted.into_iter().any(|it| (it.absence.from..=it.absence.to).contains(&day))
    }

    pub(super) fn fold_calendar(&mut self, it: Calendar) {
        self.calendars.put(it.year, it);
    }

    pub(super) fn fold_absence(&mut self, it: &Placed<'_>, absence: Absence) {
        let record = AbsenceRecord { hash: it.hash(), by: it.author(), absence };
        self.absences.put(record.absence.absence, record);
    }

    pub(super) fn rule(&mut self, it: &AbsenceRuled) {
        self.ruled.put(it.report, it.accepted);
    }
}
