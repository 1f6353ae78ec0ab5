//! The agreement (overeenkomst) between learner, company and provider (A7), and the hours that mentors confirm (D9).

use super::{Dossier, Placed, Record, Refusal, Role, Roles, fits};
use crate::codec::{choice, record};
use crate::id::{AgreementId, EntryId, EventHash, PersonId, WorkplaceId};
use crate::ordered::Table;
use crate::{Added, Day};

choice! {
    /// The kinds of agreement of dual learning in adult education.
    pub AgreementKind {
        /// ODO: an allowance, the fewer hours at the workplace.
        1 Odo,
        /// ODOS: an allowance, the more hours at the workplace.
        2 Odos,
        /// ODOW: a wage.
        3 Odow,
        /// DA: a wage, the hours of the employment contract.
        4 Da,
    }

    /// Who signs.
    pub Party {
        /// The cursist.
        1 Learner,
        /// The company.
        2 Company,
        /// The centre.
        3 Provider,
    }
}

/// Minutes a week that no agreement goes beyond.
const MOST_A_WEEK: u16 = 48 * 60;

impl AgreementKind {
    /// All of them.
    pub const ALL: [AgreementKind; 4] =
        [AgreementKind::Odos, AgreementKind::Odo, AgreementKind::Odow, AgreementKind::Da];
}

impl Party {
    /// All of them.
    pub const ALL: [Party; 3] = [Party::Learner, Party::Company, Party::Provider];
}

record! {
    /// A signature on paper or at the official counter, and its day.
    pub map Signed {
        /// Whose.
        0 party: Party,
        /// When.
        1 on: Day,
    }

    /// Weeks with other hours than the rest: a block at school or at the workplace (F4).
    pub map Block {
        /// First day.
        0 from: Day,
        /// Last day.
        1 to: Day,
        /// Minutes a week at the workplace in that time: 0 to 2,880.
        2 weekly_minutes: u16,
    }

    /// An agreement as it is now; a later one of the same name replaces it, what was said before stays.
    pub map Agreement {
        /// Its own name.
        0 agreement: AgreementId,
        /// Of which kind.
        1 kind: AgreementKind,
        /// The site, as people call it, at most 200 bytes.
        2 workplace: String,
        /// First day.
        3 from: Day,
        /// Last day.
        4 to: Day,
        /// Minutes a week at the workplace, as agreed: 0 to 2,880.
        5 weekly_minutes: u16,
        /// At most one signature of each party.
        6 signed: Vec<Signed>,
        /// The number at the official counter, at most 64 bytes.
        7 number: Option<String>,
        /// The last day when it ended before its time.
        8 ended: Option<Day>,
        /// Which workplace of the dossier; those of before that was asked name none.
        9 at: Option<WorkplaceId>,
        /// Weeks with other hours, none at the same time as another; at most 40.
        10 blocks: Added<Block>,
        /// Whether the learner works on school holidays as well, where that was said (F4).
        11 on_holidays: Option<bool>,
    }

    /// One version of an entry, as a mentor saw it.
    pub map Seen {
        /// The entry.
        0 entry: EntryId,
        /// The hash of exactly what was seen.
        1 version: EventHash,
    }

    /// A mentor confirms the hours of entries, one or those of a week (D9).
    pub map HoursConfirmation {
        /// Which, 1 to 50.
        0 entries: Vec<Seen>,
    }
}

impl Agreement {
    /// No agreement runs at a site that is not recognised for the course from its first day to its last (A4).
    fn recognised(&self, dossier: &Dossier) -> Result<(), Refusal> {
        // A workplace that has not arrived yet cannot contradict anybody.
        let Some(place) = self.at.and_then(|it| dossier.start.workplace(it)) else { return Ok(()) };
        let last = self.last_day().max(self.from);
        let covers =
            place.recognition.as_ref().is_some_and(|it| it.covers(self.from) && it.covers(last));
        if covers { Ok(()) } else { Err(Refusal::NotRecognised) }
    }

    /// The day on which the last of the three signed; nothing while one is missing.
    pub fn signed_on(&self) -> Option<Day> {
        let days =
            Party::ALL.map(|party| self.signed.iter().find(|it| it.party == party).map(|it| it.on));
        days.into_iter().collect::<Option<Vec<Day>>>()?.into_iter().max()
    }

    /// Whether its blocks fit: in order, within the agreement, no two at once.
    fn has_fitting_blocks(&self) -> bool {
        let is_fine = |it: &Block| {
            it.from <= it.to
                && it.weekly_minutes <= MOST_A_WEEK
                && self.from <= it.from
                && it.to <= self.to
        };
        let apart = |pair: &[Block]| matches!(pair, [one, next] if one.to < next.from);
        self.blocks.len() <= 40
            && self.blocks.iter().all(is_fine)
            && self.blocks.windows(2).all(apart)
    }

    /// Its last day, as it is written; [`Dossier::last_day`] knows of an early end.
    pub fn last_day(&self) -> Day {
        self.ended.unwrap_or(self.to)
    }

    /// Whether all three had signed by a day.
    pub fn is_signed_by(&self, day: Day) -> bool {
        self.signed_on().is_some_and(|on| on <= day)
    }
}

impl Record for Agreement {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.workplace, 200)?;
        fits(self.number.as_deref().unwrap_or_default(), 64)?;
        self.recognised(dossier)?;
        let twice = |it: &Signed| self.signed.iter().filter(|o| o.party == it.party).count() > 1;
        let ends_outside = self.ended.is_some_and(|it| it < self.from || it > self.to);
        let wrong = self.to < self.from
            || self.weekly_minutes > MOST_A_WEEK
            || !self.has_fitting_blocks()
            || self.signed.iter().any(twice)
            || ends_outside;
        if wrong { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.agreements.fold(self);
    }
}

impl Record for HoursConfirmation {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        if roles.has(Role::Learner) {
            return Err(Refusal::OwnWork);
        }
        roles.only(Role::Mentor)?;
        if self.entries.is_empty() || self.entries.len() > 50 {
            return Err(Refusal::OutOfRange);
        }
        self.entries.iter().try_for_each(|it| dossier.names(it.entry, it.version))
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.hours_confirmed.fold(it, &self);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        self.entries.iter_mut().for_each(|it| rename(&mut it.version));
    }
}

/// The agreements of a dossier.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Agreements(Table<AgreementId, Agreement>);

impl Agreements {
    /// One by its name.
    pub fn get(&self, agreement: AgreementId) -> Option<&Agreement> {
        self.0.get(&agreement)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Agreement> {
        self.0.values()
    }

    pub(super) fn fold(&mut self, it: Agreement) {
        self.0.put(it.agreement, it);
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct ConfirmedHours {
    confirmation: EventHash,
    version: EventHash,
    by: PersonId,
}

/// Whose hours were confirmed, and in which version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HoursConfirmations(Table<EntryId, Vec<ConfirmedHours>>);

impl HoursConfirmations {
    pub(super) fn fold(&mut self, it: &Placed<'_>, body: &HoursConfirmation) {
        for seen in &body.entries {
            self.0.get_or_put(seen.entry, Vec::new()).push(ConfirmedHours {
                confirmation: it.hash(),
                version: seen.version,
                by: it.author(),
            });
        }
    }
}

impl Dossier {
    /// The times in which an agreement runs, in their order. The day of an early end is the last of every agreement that
    /// had begun by then, until a re-start: nobody works on after it, whether or not the agreement itself was ended (A9).
    pub fn times(&self, it: &Agreement) -> Vec<(Day, Day)> {
        let mut times = vec![(it.from, it.last_day())];
        for (end, restart) in self.guiding.ends() {
            let (last, again) = (end.what.day, restart.map(|it| it.what.day));
            // Whoever begins again on the next day has not stopped.
            let goes_on =
                again.is_some_and(|it| it.pred_opt().is_none_or(|before| before <= *last));
            if last < it.from || goes_on {
                continue;
            }
            let cut = |(from, to): (Day, Day)| {
                let after = again.map(|again| (from.max(again), to));
                [Some((from, to.min(last))), after].into_iter().flatten()
            };
            times = times.into_iter().flat_map(cut).filter(|(from, to)| from <= to).collect();
        }
        times
    }

    /// The last day of an agreement: as it is written, or that of an early end that no re-start followed.
    pub fn last_day(&self, it: &Agreement) -> Day {
        self.times(it).last().map_or(it.last_day(), |(_, last)| *last)
    }

    /// Those under which work on a day falls: signed by then, begun and not over.
    pub fn agreements_on(&self, day: Day) -> impl Iterator<Item = &Agreement> {
        let runs = move |(from, to): &(Day, Day)| (*from..=*to).contains(&day);
        let signed = self.agreements.all().filter(move |it| it.is_signed_by(day));
        signed.filter(move |it| self.times(it).iter().any(runs))
    }

    /// Of several the last that began.
    pub fn agreement_on(&self, day: Day) -> Option<&Agreement> {
        self.agreements_on(day).max_by_key(|it| it.from)
    }

    /// Whether a mentor confirmed the hours of exactly this version.
    pub fn has_confirmed_hours(&self, entry: EntryId, version: EventHash) -> bool {
        let all = self.hours_confirmed.0.get(&entry).map(Vec::as_slice).unwrap_or_default();
        all.iter().any(|it| {
            let taken_back = self.confirmations.is_withdrawn_by(it.confirmation, it.by);
            it.version == version && !taken_back
        })
    }
}
