//! On the work floor: the reception (onthaal) gone through together (D6), observation sheets (D4), and what the tasks are and
//! who gives which feedback when (D10).

use super::{
    Dossier, GoalId, Level, Placed, Record, Refusal, Role, Roles, Said, Workplace, fits, written,
};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::{EventHash, PersonId, PointId, WorkplaceId};
use crate::ordered::{Table, sort_by_key};

choice! {
    /// What a point of the reception is about.
    pub ReceptionPart {
        /// Breaks, meals, whom to call.
        1 General,
        /// Safety, machine by machine.
        2 Safety,
        /// The work-post sheet (werkpostfiche): what is dangerous here, and what to do.
        3 WorkPost,
    }
}

impl ReceptionPart {
    /// All of them.
    pub const ALL: [ReceptionPart; 3] =
        [ReceptionPart::Safety, ReceptionPart::WorkPost, ReceptionPart::General];
}

record! {
    /// A point to go through together. A later one of the same name replaces it.
    pub map ReceptionPoint {
        /// Its own name.
        0 point: PointId,
        /// About what.
        1 part: ReceptionPart,
        /// In words, 1 to 500 bytes.
        2 text: String,
        /// It does not apply here.
        3 dropped: bool,
        /// At which workplace; without it, at the first one.
        4 workplace: Option<WorkplaceId>,
    }

    /// Somebody ticks their own side of points: done together.
    pub map ReceptionTicked {
        /// Which, 1 to 100.
        0 points: Vec<PointId>,
        /// The day.
        1 on: Day,
        /// Taken back: the later of two of one person counts.
        2 undone: bool,
    }

    /// One criterion of an observation sheet.
    pub map Observed {
        /// The code of the competence in the plan.
        0 code: String,
        /// How well; nothing where it was not to be seen.
        1 level: Option<Level>,
    }

    /// Observatiefiche: what somebody saw of a goal, on the spot. It is no confirmation and counts for no level.
    pub map Observation {
        /// Which goal.
        0 goal: GoalId,
        /// The day.
        1 day: Day,
        /// Criterion by criterion, at most 100.
        2 criteria: Vec<Observed>,
        /// About the task, at most 2,000 bytes; about the approach and the attitude too where those were not asked apart yet.
        3 note: String,
        /// What was said of it together, at most 2,000 bytes.
        4 talked: String,
        /// About the approach, at most 2,000 bytes; nothing on a sheet of before it was asked apart (D4).
        5 approach: Option<String>,
        /// About the attitude, likewise (D4).
        6 attitude: Option<String>,
    }

    /// Taakomschrijving: what the learner does at the workplace, and what was agreed about feedback (D10). What is said later
    /// replaces it.
    pub map TaskDescription {
        /// The tasks, in words, 1 to 4,000 bytes.
        0 tasks: String,
        /// Who gives which feedback when, in words; at most 4,000 bytes.
        1 feedback: String,
    }
}

/// Whoever prepares the workplace for a learner: a mentor, or the centre's side.
fn prepares(roles: Roles) -> Result<(), Refusal> {
    if roles.has(Role::Mentor) { Ok(()) } else { roles.steers() }
}

impl Record for ReceptionPoint {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        prepares(roles)?;
        written(&self.text, 500)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.point, &mut dossier.reception.points);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for ReceptionTicked {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        if !roles.any([Role::Mentor, Role::Learner]) {
            return Err(Refusal::NotYourRole);
        }
        let fits = (1..=100).contains(&self.points.len());
        if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.reception.ticked.push(said);
    }
}

impl Observation {
    /// Whether task, approach and attitude stand apart; on an older sheet `note` is about all of them (D4).
    pub fn is_apart(&self) -> bool {
        self.approach.is_some() || self.attitude.is_some()
    }

    /// What was written, part by part: task, approach, attitude, talk.
    fn words(&self) -> [&str; 4] {
        let [approach, attitude] =
            [&self.approach, &self.attitude].map(|it| it.as_deref().unwrap_or_default());
        [&self.note, approach, attitude, &self.talked]
    }
}

impl Record for Observation {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        if roles.has(Role::Learner) {
            return Err(Refusal::OwnWork);
        }
        if !roles.any([Role::Mentor, Role::Coach, Role::Teacher, Role::Administrator]) {
            return Err(Refusal::NotYourRole);
        }
        dossier.plan.knows(core::iter::once(&self.goal))?;
        self.words().into_iter().try_for_each(|it| fits(it, 2_000))?;
        let says = self.criteria.iter().any(|it| it.level.is_some())
            || self.words().iter().any(|it| !it.trim().is_empty());
        if says && self.criteria.len() <= 100 { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.observations.get_or_put(said.what.goal.clone(), Vec::new()).push(said);
    }

    fn text(&self) -> &str {
        self.words().into_iter().find(|it| !it.trim().is_empty()).unwrap_or_default()
    }
}

impl Record for TaskDescription {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        prepares(roles)?;
        written(&self.tasks, 4_000)?;
        fits(&self.feedback, 4_000)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        // A phone may give an older one back after a restore.
        if said.stands_over(dossier.tasks.as_ref()) {
            dossier.tasks = Some(said);
        }
    }

    fn text(&self) -> &str {
        &self.tasks
    }
}

/// The observation sheets by goal, in the order in which they came.
pub type Observations = Table<GoalId, Vec<Said<Observation>>>;

/// The reception of a learner at the workplace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reception {
    points: Table<PointId, Said<ReceptionPoint>>,
    ticked: Vec<Said<ReceptionTicked>>,
}

impl Reception {
    /// The points that apply, safety first.
    pub fn points(&self) -> Vec<&ReceptionPoint> {
        let of = |part| {
            self.points.values().map(|it| &it.what).filter(move |it| it.part == part && !it.dropped)
        };
        ReceptionPart::ALL.into_iter().flat_map(of).collect()
    }

    /// One point.
    pub fn point(&self, point: PointId) -> Option<&ReceptionPoint> {
        self.points.get(&point).map(|it| &it.what)
    }

    /// On which day somebody ticked a point, if that stands.
    pub fn ticked_by(&self, point: PointId, person: PersonId) -> Option<Day> {
        let own = self.ticked.iter().filter(|it| it.by == person);
        let last = own.filter(|it| it.what.points.contains(&point)).max_by_key(|it| it.order());
        last.filter(|it| !it.what.undone).map(|it| it.what.on)
    }
}

impl Dossier {
    /// The day on which both had ticked a point: a mentor and the learner (D6).
    pub fn received_on(&self, point: PointId) -> Option<Day> {
        let learner = self.links.learner()?;
        let own = self.reception.ticked_by(point, learner)?;
        let mentors = self.links.all().map(|it| &it.link).filter(|it| it.role == Role::Mentor);
        let seen = mentors.filter_map(|it| self.reception.ticked_by(point, it.person)).min()?;
        Some(own.max(seen))
    }

    /// Whether somebody ever wrote anything here: an answer or a signature under a talk as much as a confirmation (A3).
    pub fn has_acted(&self, person: PersonId) -> bool {
        self.authors.has(&person)
    }

    /// Where something is gone through together: at each workplace, the first one first; where none is known, at one
    /// without a name.
    pub fn reception_places(&self) -> Vec<Option<WorkplaceId>> {
        let mut all: Vec<&Workplace> = self.start.workplaces().collect();
        sort_by_key(&mut all, |it| (it.first_day().is_none(), it.first_day(), it.workplace));
        if all.is_empty() { vec![None] } else { all.iter().map(|it| Some(it.workplace)).collect() }
    }

    /// The points at one of these places, safety first.
    pub fn reception_at(&self, place: Option<WorkplaceId>) -> Vec<&ReceptionPoint> {
        let is_first = self.reception_places().first() == Some(&place);
        let mut all = self.reception.points();
        all.retain(|it| it.workplace == place || (is_first && self.is_nowhere(it)));
        all
    }

    fn is_nowhere(&self, it: &ReceptionPoint) -> bool {
        it.workplace.is_none_or(|it| self.start.workplace(it).is_none())
    }

    /// The safety points that were not gone through together, of where the learner is on a day. Of a place whose days
    /// nobody told they count.
    pub fn unsafe_points(&self, today: Day) -> Vec<&ReceptionPoint> {
        let here: Vec<WorkplaceId> = self.start.on(today).map(|(it, _)| it.workplace).collect();
        let is_here = |place: &Option<WorkplaceId>| {
            let known = place.and_then(|it| self.start.workplace(it));
            known.is_none_or(|it| it.stays.is_empty() || here.contains(&it.workplace))
        };
        let places = self.reception_places().into_iter().filter(is_here);
        let mut all: Vec<&ReceptionPoint> = places.flat_map(|it| self.reception_at(it)).collect();
        all.retain(|it| it.part != ReceptionPart::General && self.received_on(it.point).is_none());
        all
    }

    /// Everything that was observed, the last first.
    pub fn observed(&self, goal: &str) -> impl Iterator<Item = &Said<Observation>> {
        self.observations.get(goal).into_iter().flatten().rev()
    }

    /// The event of an observation, for evidence.
    pub fn observation(&self, hash: EventHash) -> Option<&Said<Observation>> {
        self.observations.values().flatten().find(|it| it.hash == hash)
    }
}
