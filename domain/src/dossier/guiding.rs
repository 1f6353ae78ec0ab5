//! What coaches do: visits (G2), notes among themselves (G3), mediation, an early end and a re-start (A9), and signals that
//! wait for a reason (G1).

use super::later_job::LaterJob;
use super::pause::{Pause, with_restarts};
use super::{Chair, Dossier, Placed, Readers, Record, Refusal, Role, Roles, fits, written};
use crate::Day;
use crate::codec::{choice, record};
use crate::hlc::Hlc;
use crate::id::{EventHash, PersonId, VisitId};
use crate::ordered::Table;

/// The longest text, in bytes.
const LONGEST: usize = 4_000;

choice! {
    /// How a coach meets those at the workplace.
    pub VisitKind {
        /// Werkplekbezoek: on the spot.
        1 OnSite,
        /// A call.
        2 Call,
        /// A contact by message or video.
        3 Digital,
    }

    /// Why a leertraject ends before its time.
    pub EndReason {
        /// Another or a permanent job.
        1 Work,
        /// The cursist chooses otherwise.
        2 OwnChoice,
        /// Health, or what happens at home.
        3 Personal,
        /// The workplace stops or has no work.
        4 Workplace,
        /// It did not work out between people.
        5 Cooperation,
        /// The course does not fit.
        6 Course,
        /// Something else; the text says what.
        7 Other,
    }

    /// What came of a mediation.
    pub MediationOutcome {
        /// All go on together.
        1 GoesOn,
        /// The leertraject goes on elsewhere.
        2 Elsewhere,
        /// It ends.
        3 Ends,
    }
}

impl VisitKind {
    /// All of them.
    pub const ALL: [VisitKind; 3] = [VisitKind::OnSite, VisitKind::Call, VisitKind::Digital];
}

impl EndReason {
    /// All of them.
    pub const ALL: [EndReason; 7] = [
        EndReason::Work,
        EndReason::OwnChoice,
        EndReason::Personal,
        EndReason::Workplace,
        EndReason::Cooperation,
        EndReason::Course,
        EndReason::Other,
    ];
}

impl MediationOutcome {
    /// All of them.
    pub const ALL: [MediationOutcome; 3] =
        [MediationOutcome::GoesOn, MediationOutcome::Elsewhere, MediationOutcome::Ends];
}

record! {
    /// A visit, planned or reported. A later record of the same name replaces it; what was said before stays.
    pub map Visit {
        /// Its own name.
        0 visit: VisitId,
        /// How.
        1 kind: VisitKind,
        /// The planned day, or the day on which it was.
        2 day: Day,
        /// Who was or will be there, at most 500 bytes.
        3 present: String,
        /// What to look at, at most 4,000 bytes.
        4 about: String,
        /// What was seen and said, once it was held; at most 4,000 bytes.
        5 report: Option<String>,
        /// What was agreed, at most 4,000 bytes.
        6 agreed: String,
        /// It does not take place.
        7 cancelled: bool,
    }

    /// A note of a coach. Cursist and mentor never receive it.
    pub map Note {
        /// The words, 1 to 4,000 bytes.
        0 text: String,
    }

    /// Verzoeningspoging: an attempt before an early end. Those who guide and the cursist read it.
    pub map Mediation {
        /// The day.
        0 day: Day,
        /// Who was there, 1 to 500 bytes.
        1 present: String,
        /// What was said, at most 4,000 bytes.
        2 text: String,
        /// What came of it.
        3 outcome: MediationOutcome,
        /// The cursist.
        4 learner: Option<PersonId>,
    }

    /// Stopzetting: the leertraject ends before its time. All that was earned stays.
    pub map EarlyEnd {
        /// The last day.
        0 day: Day,
        /// Why.
        1 reason: EndReason,
        /// In words, at most 4,000 bytes; needed where the reason is another one.
        2 text: String,
        /// Who ended it, where that was said.
        3 by: Option<Chair>,
    }

    /// It goes on after an early end, with everything that was earned.
    pub map Restart {
        /// The first day.
        0 day: Day,
        /// Where and how, at most 4,000 bytes.
        1 text: String,
    }

    /// A signal stays silent until a day. Those who guide read it.
    pub map Snoozed {
        /// Which, as `signals::SignalKind::number` has it.
        0 signal: u16,
        /// Up to and including this day.
        1 until: Day,
        /// Why, 1 to 500 bytes.
        2 reason: String,
    }
}

impl Record for Visit {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.present, 500)?;
        fits(&self.about, LONGEST)?;
        fits(self.report.as_deref().unwrap_or_default(), LONGEST)?;
        fits(&self.agreed, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        // A phone may give an older plan back after its report.
        Said::of(it, self).put_latest(|it| it.visit, &mut dossier.guiding.visits);
    }

    fn text(&self) -> &str {
        self.report.as_deref().unwrap_or(&self.about)
    }
}

impl Record for Note {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        written(&self.text, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let record = Said::of(it, self);
        dossier.guiding.notes.push(record);
    }

    fn readers(&self) -> Readers {
        Readers::Guides
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Mediation {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        written(&self.present, 500)?;
        fits(&self.text, LONGEST)?;
        if self.learner == dossier.links.learner() { Ok(()) } else { Err(Refusal::Mismatch) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let record = Said::of(it, self);
        dossier.guiding.mediations.push(record);
    }

    fn readers(&self) -> Readers {
        self.learner.map_or(Readers::Guides, Readers::GuidesAnd)
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for EarlyEnd {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        if self.reason == EndReason::Other {
            written(&self.text, LONGEST)?;
        }
        fits(&self.text, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let record = Said::of(it, self);
        dossier.guiding.ends.push(record);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Restart {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.text, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let record = Said::of(it, self);
        dossier.guiding.restarts.push(record);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for Snoozed {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        written(&self.reason, 500)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.signal, &mut dossier.guiding.snoozed);
    }

    fn readers(&self) -> Readers {
        Readers::Guides
    }

    fn text(&self) -> &str {
        &self.reason
    }
}

/// Something that a person said, in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said<T> {
    /// Its event.
    pub hash: EventHash,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Hlc,
    /// What.
    pub what: T,
}

impl<T> Said<T> {
    /// As it stands at its place in the fold.
    pub(super) fn of(it: &Placed<'_>, what: T) -> Said<T> {
        Said { hash: it.hash(), by: it.author(), at: it.at, what }
    }

    /// By when it was said, whatever the order of arrival.
    pub(super) fn order(&self) -> (Hlc, EventHash) {
        (self.at, self.hash)
    }

    /// Whether it stands, beside what is there.
    pub(super) fn stands_over(&self, there: Option<&Said<T>>) -> bool {
        there.is_none_or(|there| there.order() <= self.order())
    }

    /// Takes the place of what was said before under its name, unless that was said later.
    pub(super) fn put_latest<K: Ord>(self, name: fn(&T) -> K, into: &mut Table<K, Said<T>>) {
        let name = name(&self.what);
        if self.stands_over(into.get(&name)) {
            into.put(name, self);
        }
    }
}

/// What coaches did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guiding {
    visits: Table<VisitId, Said<Visit>>,
    notes: Vec<Said<Note>>,
    mediations: Vec<Said<Mediation>>,
    ends: Vec<Said<EarlyEnd>>,
    restarts: Vec<Said<Restart>>,
    pub(super) pauses: Vec<Said<Pause>>,
    snoozed: Table<u16, Said<Snoozed>>,
    pub(super) later_job: Option<Said<LaterJob>>,
}

/// Where a leertraject stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrackState {
    /// Nothing says when it begins, or that day is still to come.
    Planned,
    /// It runs.
    Running,
    /// It runs again, after an early end or a pause.
    Restarted,
    /// It stands still until a re-start.
    Paused,
    /// It ended before its time.
    EndedEarly,
    /// Its last day has passed.
    Completed,
}

impl Guiding {
    /// One visit.
    pub fn visit(&self, visit: VisitId) -> Option<&Said<Visit>> {
        self.visits.get(&visit)
    }

    /// The visits that were not cancelled, in no order that means something.
    pub fn visits(&self) -> impl Iterator<Item = &Said<Visit>> {
        self.visits.values().filter(|it| !it.what.cancelled)
    }

    /// The first visit that is planned and not held. What was held since then answers an older plan; only being there
    /// answers a plan to be there.
    pub fn next_visit(&self) -> Option<&Said<Visit>> {
        let answers = |held: &Visit, planned: &Visit| {
            let is_enough = held.kind == VisitKind::OnSite || planned.kind != VisitKind::OnSite;
            held.report.is_some() && planned.day <= held.day && is_enough
        };
        let open = self.visits().filter(|it| it.what.report.is_none());
        let open = open.filter(|it| !self.visits().any(|held| answers(&held.what, &it.what)));
        open.min_by_key(|it| it.what.day)
    }

    /// The day of the last visit that was held, whatever its kind.
    pub fn last_visit(&self) -> Option<Day> {
        self.visits().filter(|it| it.what.report.is_some()).map(|it| it.what.day).max()
    }

    /// The notes, in the order in which they came.
    pub fn notes(&self) -> &[Said<Note>] {
        &self.notes
    }

    /// The mediations, in the order in which they came.
    pub fn mediations(&self) -> &[Said<Mediation>] {
        &self.mediations
    }

    /// The early ends, each with the re-start that followed. An end that is said again before a re-start puts the one
    /// before right, and so does a re-start.
    pub fn ends(&self) -> Vec<(&Said<EarlyEnd>, Option<&Said<Restart>>)> {
        with_restarts(&self.ends, &self.pauses, &self.restarts)
    }

    /// The pauses, in the same way.
    pub fn pauses(&self) -> Vec<(&Said<Pause>, Option<&Said<Restart>>)> {
        with_restarts(&self.pauses, &self.ends, &self.restarts)
    }

    /// The last early end.
    pub fn end(&self) -> Option<&Said<EarlyEnd>> {
        self.ends().last().map(|(end, _)| *end)
    }

    /// The last re-start after an early end or a pause.
    pub fn restart(&self) -> Option<&Said<Restart>> {
        self.restarted().max_by_key(|it| it.at)
    }

    /// The last day, up to and including this one, on which it began again.
    pub fn began_again(&self, today: Day) -> Option<Day> {
        self.restarted().map(|it| it.what.day).filter(|it| *it <= today).max()
    }

    fn restarted(&self) -> impl Iterator<Item = &Said<Restart>> {
        let after_ends = self.ends().into_iter().filter_map(|(_, restart)| restart);
        after_ends.chain(self.pauses().into_iter().filter_map(|(_, restart)| restart))
    }

    /// Until when and why a signal stays silent, if it does on a day.
    pub fn snoozed(&self, signal: u16, on: Day) -> Option<&Snoozed> {
        self.snoozed.get(&signal).map(|it| &it.what).filter(|it| it.until >= on)
    }
}

impl Dossier {
    /// Where the leertraject stands on a day (A9).
    pub fn state_on(&self, today: Day) -> TrackState {
        match &self.track {
            _ if self.has_ended_by(today) => TrackState::EndedEarly,
            None => TrackState::Planned,
            Some(track) if today < track.from => TrackState::Planned,
            Some(track) if today > track.to => TrackState::Completed,
            Some(_) if self.pause_on(today).is_some() => TrackState::Paused,
            Some(_) if self.guiding.began_again(today).is_some() => TrackState::Restarted,
            Some(_) => TrackState::Running,
        }
    }

    /// Whether a day lies after an early end, and before the re-start that followed.
    pub fn has_ended_by(&self, day: Day) -> bool {
        let covers = |(end, restart): &(&Said<EarlyEnd>, Option<&Said<Restart>>)| {
            end.what.day < day && restart.is_none_or(|it| day < it.what.day)
        };
        self.guiding.ends().iter().any(covers)
    }

    /// Whether somebody guides the learner on a day: a coach or an administrator.
    pub fn is_guided_by(&self, person: PersonId, today: Day) -> bool {
        [Role::Coach, Role::Administrator]
            .into_iter()
            .any(|role| self.links.current(role, today).any(|it| it == person))
    }
}
