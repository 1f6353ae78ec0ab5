//! The registry: which kinds of record there are, who may write them, and how they make a dossier.
//!
//! One table (`body.rs`). A new kind is a file in `dossier/` that says what a [`Record`] says of itself, a row in that
//! table, and a place in [`Dossier`].

mod agreement;
mod body;
mod calendar;
mod centre;
mod collected;
mod confirmation;
mod curriculum;
mod entry;
mod evaluation;
mod feedback;
mod floor;
mod guiding;
mod key;
mod later_job;
mod link;
mod matter;
mod pause;
mod plan;
mod plan_change;
mod plan_talk;
mod proof;
mod release;
mod request;
mod review;
mod rules;
mod site;
mod start;
mod survey;
mod track;
mod weeks;
mod well_being;

pub use agreement::{
    Agreement, AgreementKind, Agreements, Block, HoursConfirmation, HoursConfirmations, Party,
    Seen, Signed,
};
pub use body::{Body, Readers};
pub use calendar::{
    Absence, AbsenceReason, AbsenceRecord, AbsenceRuled, Calendar, FreeDays, Holiday,
};
pub use centre::{Centre, OfCentre};
pub use collected::{Collected, ForLesson};
pub use confirmation::{
    Confirmation, ConfirmationRecord, ConfirmationWithdrawn, Confirmations, Finding, Outcome,
    Standing,
};
pub use curriculum::{Detail, Preview};
pub use entry::{
    Audience, Diary, Entry, EntryRecord, MAX_MINUTES, MIN_MINUTES, Place, Stage, Touched, Version,
};
pub use evaluation::{
    Attitude, AttitudeSeen, Attitudes, Deliberation, Evaluation, EvaluationKind, Evaluations,
    Result as TrackResult, Shows,
};
pub use feedback::{Feedback, FeedbackRecord, Feedbacks};
pub use floor::{
    Observation, Observations, Observed, Reception, ReceptionPart, ReceptionPoint, ReceptionTicked,
    TaskDescription,
};
pub use guiding::{
    EarlyEnd, EndReason, Guiding, Mediation, MediationOutcome, Note, Restart, Said, Snoozed,
    TrackState, Visit, VisitKind,
};
pub use key::{KeyCertified, KeyRecord, KeyRevoked, Keys};
pub use later_job::{JobOutcome, LaterJob};
pub use link::{Ended, Link, LinkEnded, LinkRecord, Links, Person, Role};
pub use matter::{
    Answer, AnswerRecord, Closed, Concern, Intention, LearningQuestion, Matter, MatterRecord,
    Matters, TakeUp,
};
pub use pause::Pause;
pub use plan::{Competence, CompetenceType, Goal, GoalDropped, GoalId, Level, Plan, Translated};
pub use plan_talk::{
    Attestation, Change, Difference, PlanAnswered, PlanConsent, PlanProposal, PlanTalk,
    PlanVersion, PriorLearning,
};
pub use proof::{AbsenceProof, MOST_PROOFS, Proofs};
pub use release::{Release, Releases};
pub use request::{Asked, ConfirmationRequest, RequestRecord, Requests};
pub use review::{Chair, Held, Review, ReviewAgreed, ReviewKind, ReviewState, Reviews};
pub use rules::{
    Course, Frame, HoursRow, HoursTable, InfoSheet, LEAST_SHARE, LONGEST_QUESTION, LevelName,
    LevelNames, MOST_QUESTIONS, Policy, ProviderWord, ProviderWords, Questionnaire, Questionnaires,
    Rules, Setting, ThresholdsSet, Tongue, Word,
};
pub use site::{CourseRecognition, Fit, Site};
pub use start::{
    AnsweredQuestion, ContactPoint, DaysGranted, LearnerStatus, MentorConditions, MentorTraining,
    Recognition, Start, StartNote, StartNoteKind, StatusNoted, Stay, Task, Workplace,
};
pub use survey::{MAX_ANSWER, MAX_QUESTIONS, Survey, TOGETHER};
pub use track::{Pace, Track};
pub use weeks::Week;
pub use well_being::{WellBeing, WellBeingRecord, WellBeings};

use body::Record;

use crate::Day;
use crate::event::{CONFIDENTIAL, Event};
use crate::hlc::Hlc;
use crate::id::{DossierId, EventHash, PersonId};
use crate::ordered::Table;
use std::sync::Arc;

/// Why somebody may not write something. Its words belong to the screen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Refusal {
    /// Not linked to this dossier at the time.
    NotLinked,
    /// Linked, but not in a role that does this.
    NotYourRole,
    /// Only the centre's own key writes this.
    OnlySchool,
    /// Nobody confirms their own work (D2).
    OwnWork,
    /// Not the author of what is being changed.
    NotYours,
    /// A number, date or length outside what the field allows.
    OutOfRange,
    /// Names a goal that is not in the training plan.
    UnknownGoal,
    /// Names an entry, version or confirmation that says something else than claimed.
    Mismatch,
    /// An entry that was confirmed can be changed, not withdrawn.
    AlreadyConfirmed,
    /// The same person has already done exactly this.
    AlreadyDone,
    /// The workplace is not recognised for the course on the first day of the agreement (A4).
    NotRecognised,
}

/// Whether a permitted act counts at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Timing {
    /// Made and arrived while linked.
    InTime,
    /// Made while linked, as far as the event tells, and arrived after that had ended.
    Late,
}

/// The moment at which a link is judged (A16, sync.md 2.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The position that the author's device had seen.
    pub seen: u64,
    /// When it was written as claimed, and the day of arrival. Without them no link has a first or a last day.
    pub days: Option<(Day, Day)>,
}

impl Moment {
    /// With all that is known here, whatever the day.
    pub const HERE: Moment = Moment { seen: u64::MAX, days: None };

    /// On the device itself, by the school's clock as far as it is known there. Only who has a period is asked the day.
    pub fn on(today: Day) -> Moment {
        Moment { days: Some((today, today)), ..Moment::HERE }
    }
}

/// An event at its place in the fold.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'e> {
    /// The event.
    pub event: &'e Event,
    /// Its position in the server's order; `None` while it is only on this device.
    pub position: Option<u64>,
    /// The time to show and to break ties with: never after its arrival.
    pub at: Hlc,
    /// When it reached the server, in milliseconds since 1970.
    pub received_at: Option<u64>,
    /// Accepted, but it counts only after a coach's release.
    pub waiting: bool,
}

impl Placed<'_> {
    /// Who wrote it.
    pub fn author(&self) -> PersonId {
        self.event.header().person
    }

    /// Its identity.
    pub fn hash(&self) -> EventHash {
        self.event.hash()
    }

    /// The position for ordering: what is only here comes after all that is settled.
    fn order(&self) -> u64 {
        self.position.unwrap_or(u64::MAX)
    }

    fn spot(&self) -> Spot {
        let millis = self.received_at.unwrap_or(self.at.millis());
        Spot { position: self.order(), millis }
    }
}

/// Where in the server's order, and when it was taken in there: who may see it is asked of this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Spot {
    position: u64,
    millis: u64,
}

impl Spot {
    fn day(self) -> Day {
        Day::of_millis(self.millis)
    }
}

/// One learner's way through one course: the fold of its events.
#[derive(Clone, PartialEq, Debug)]
pub struct Dossier {
    /// Which one.
    pub id: DossierId,
    /// Who takes part, in which role, for which period.
    pub links: Links,
    /// Who wrote anything here.
    pub authors: Table<PersonId, ()>,
    /// Which keys the school vouches for.
    pub keys: Keys,
    /// The centre, where this is its own dossier and nobody's leertraject.
    pub centre: Option<Centre>,
    /// What the centre sets, where this is its dossier.
    pub rules: Rules,
    /// The centre's dossier, where this is a leertraject of a centre.
    pub of_centre: Option<DossierId>,
    /// What the centre's rules mean for the figures here. Not told by this dossier's own events.
    pub frame: Arc<Frame>,
    /// The course, its dates and places, once known.
    pub track: Option<Track>,
    /// The training plan.
    pub plan: Plan,
    /// The diary.
    pub diary: Diary,
    /// What the learner asked to be confirmed.
    pub requests: Requests,
    /// What mentors confirmed.
    pub confirmations: Confirmations,
    /// Messages.
    pub feedback: Feedbacks,
    /// What coaches decided about events that waited.
    pub releases: Releases,
    /// Questions, concerns and intentions.
    pub matters: Matters,
    /// How the learner feels.
    pub well_being: WellBeings,
    /// The agreements.
    pub agreements: Agreements,
    /// Holidays and absences.
    pub free_days: FreeDays,
    /// The hours that mentors confirmed.
    pub hours_confirmed: HoursConfirmations,
    /// Visits, notes, mediation, an early end, what came after.
    pub guiding: Guiding,
    /// Proposals and consents about the plan, prior learning, attestations.
    pub plan_talk: PlanTalk,
    /// Workplaces, contacts, and what was found at the start.
    pub start: Start,
    /// The reception at the workplace.
    pub reception: Reception,
    /// Observation sheets by goal.
    pub observations: Observations,
    /// What the tasks are, and who gives which feedback when.
    pub tasks: Option<Said<TaskDescription>>,
    /// Talks of three.
    pub reviews: Reviews,
    /// What the school said of goals, and what it decided.
    pub evaluations: Evaluations,
    /// What is collected for a lesson.
    pub collected: ForLesson,
    /// The photos that prove absences.
    pub proofs: Proofs,
    /// Events that only a newer version can show.
    pub unknown: Vec<EventHash>,
}

impl Dossier {
    /// An empty one.
    pub fn new(id: DossierId) -> Dossier {
        Dossier {
            id,
            links: Links::default(),
            authors: Table::default(),
            keys: Keys::default(),
            centre: None,
            rules: Rules::default(),
            of_centre: None,
            frame: Arc::default(),
            track: None,
            plan: Plan::default(),
            diary: Diary::default(),
            requests: Requests::default(),
            confirmations: Confirmations::default(),
            feedback: Feedbacks::default(),
            releases: Releases::default(),
            matters: Matters::default(),
            well_being: WellBeings::default(),
            agreements: Agreements::default(),
            free_days: FreeDays::default(),
            hours_confirmed: HoursConfirmations::default(),
            guiding: Guiding::default(),
            plan_talk: PlanTalk::default(),
            start: Start::default(),
            reception: Reception::default(),
            observations: Observations::default(),
            tasks: None,
            reviews: Reviews::default(),
            evaluations: Evaluations::default(),
            collected: ForLesson::default(),
            proofs: Proofs::default(),
            unknown: Vec::new(),
        }
    }

    /// Whether a person may write this, judged at a moment. The same answer on the phone and on the server.
    ///
    /// # Errors
    /// The first rule that forbids it.
    pub fn permit(&self, by: PersonId, at: Moment, body: &Body) -> Result<Timing, Refusal> {
        let school = by == PersonId::SCHOOL;
        let (roles, timing) = if school {
            (Roles::SCHOOL, Timing::InTime)
        } else {
            self.links.roles(by, at).ok_or(Refusal::NotLinked)?
        };
        if !self.has_place_for(body) {
            return Err(Refusal::Mismatch);
        }
        body.permit(by, roles, self).map(|()| timing)
    }

    /// Takes an accepted event in. The order of calls is the server's, own unsent events last.
    pub fn fold(&mut self, it: &Placed<'_>) {
        let Some(bytes) = it.event.body() else { return };
        self.authors.put(it.author(), ());
        Body::decode(it.event.header().kind, bytes).fold(it, self);
    }

    /// Whether an event may reach a person's devices (H5, C5). What they may not see is not sent.
    pub fn visible(&self, to: PersonId, it: &Placed<'_>) -> bool {
        if it.author() == to {
            return true;
        }
        if !self.links.sees(to, it.spot()) {
            return false;
        }
        let Some(bytes) = it.event.body() else { return true };
        let body = Body::decode(it.event.header().kind, bytes);
        if let Body::Unknown { .. } = body {
            return it.event.header().flags & CONFIDENTIAL == 0;
        }
        if self.centre.is_some() && !self.is_told(to, &body, it.spot()) {
            return false;
        }
        self.reads(to, body.readers(), it.spot())
    }

    /// Whether somebody, not the author, is one of the readers of what stands at a place in the order.
    fn reads(&self, to: PersonId, readers: Readers, spot: Spot) -> bool {
        match readers {
            Readers::All => true,
            Readers::Author => false,
            Readers::Guides => self.guides(to, spot),
            Readers::School => self.guides(to, spot) || self.links.sees_as(to, Role::Teacher, spot),
            Readers::GuidesAndMentors => {
                self.guides(to, spot) || self.links.sees_as(to, Role::Mentor, spot)
            }
            Readers::GuidesAnd(person) => person == to || self.guides(to, spot),
        }
    }

    /// Whether somebody guides the learner, as far as a place in the order reaches.
    fn guides(&self, person: PersonId, spot: Spot) -> bool {
        [Role::Coach, Role::Administrator]
            .into_iter()
            .any(|role| self.links.sees_as(person, role, spot))
    }
}

/// The roles that a person holds in a dossier at some moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Roles(u16);

impl Roles {
    const SCHOOL: Roles = Roles(1 << 15);

    fn with(self, role: Role) -> Roles {
        Roles(self.0 | 1 << role as u16)
    }

    /// Whether the role is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 & 1 << role as u16 != 0
    }

    /// Runs the centre's side: a coach, an administrator, or the school's own key (G9).
    fn steers(self) -> Result<(), Refusal> {
        let steers =
            self == Roles::SCHOOL || self.has(Role::Coach) || self.has(Role::Administrator);
        if steers { Ok(()) } else { Err(Refusal::NotYourRole) }
    }

    fn any<const N: usize>(self, roles: [Role; N]) -> bool {
        roles.into_iter().any(|role| self.has(role))
    }

    fn only(self, role: Role) -> Result<(), Refusal> {
        if self.has(role) { Ok(()) } else { Err(Refusal::NotYourRole) }
    }
}

/// Written with the school's own key and no other.
fn only_school(roles: Roles) -> Result<(), Refusal> {
    if roles == Roles::SCHOOL { Ok(()) } else { Err(Refusal::OnlySchool) }
}

/// Text that says something, and fits.
fn written(text: &str, most: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::OutOfRange) } else { fits(text, most) }
}

/// Text that fits in a field of at most so many bytes.
fn fits(text: &str, bytes: usize) -> Result<(), Refusal> {
    if text.len() <= bytes { Ok(()) } else { Err(Refusal::OutOfRange) }
}
