//! The kinds of record: their numbers, their bytes, and what each of them says about itself.

use super::{
    Absence, AbsenceProof, AbsenceRuled, Agreement, Answer, Attestation, Attitudes, Calendar,
    Centre, Closed, Collected, Concern, Confirmation, ConfirmationRequest, ConfirmationWithdrawn,
    ContactPoint, Course, DaysGranted, Deliberation, Dossier, EarlyEnd, Entry, Evaluation,
    Feedback, Goal, GoalDropped, HoursConfirmation, HoursTable, InfoSheet, Intention, KeyCertified,
    KeyRevoked, LaterJob, LearningQuestion, LevelNames, Link, LinkEnded, Mediation,
    MentorConditions, Note, Observation, OfCentre, Pause, Person, Placed, PlanAnswered,
    PlanConsent, PlanProposal, Policy, PriorLearning, ProviderWords, Questionnaires,
    ReceptionPoint, ReceptionTicked, Refusal, Release, Restart, Review, ReviewAgreed, Roles, Site,
    Snoozed, StartNote, StatusNoted, Survey, TaskDescription, ThresholdsSet, Track, Visit,
    WellBeing, Workplace,
};
use crate::codec::{self, Blank, Value};
use crate::event::CONFIDENTIAL;
use crate::id::{EventHash, PersonId};
use crate::ordered::Table;

/// What a kind of record says about itself.
pub(super) trait Record {
    /// Whether somebody in these roles may write it.
    ///
    /// # Errors
    /// The first rule that forbids it.
    fn permit(&self, by: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal>;

    /// Takes it into the dossier.
    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier);

    /// Who may read it. What is for some of those who take part is not sent to the others (H5, C5, C11, D7).
    fn readers(&self) -> Readers {
        Readers::All
    }

    /// The words that a person typed into it; empty where there are none.
    fn text(&self) -> &str {
        ""
    }

    /// Gives the events that it refers to the names that they have now.
    fn rename(&mut self, _: &mut dyn FnMut(&mut EventHash)) {}
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $number:literal $variant:ident)*) => {
        /// What an event says.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Body {
            $($(#[$doc])* $variant($variant),)*
            /// Of a kind, or with values, that this version does not know. Kept, passed on, shown as such.
            Unknown {
                /// The kind's number.
                kind: u16,
            },
        }

        impl Body {
            /// The numbers of all kinds that this version knows.
            pub const KINDS: &[u16] = &[$($number),*];

            /// The number that stands for the kind in headers, forever.
            pub fn kind(&self) -> u16 {
                match self {
                    $(Body::$variant(_) => $number,)*
                    Body::Unknown { kind } => *kind,
                }
            }

            /// Who may read it.
            pub fn readers(&self) -> Readers {
                match self {
                    $(Body::$variant(it) => it.readers(),)*
                    Body::Unknown { .. } => Readers::All,
                }
            }

            /// The words that a person typed into it; empty where there are none.
            pub fn text(&self) -> &str {
                match self {
                    $(Body::$variant(it) => it.text(),)*
                    Body::Unknown { .. } => "",
                }
            }

            pub(super) fn permit(
                &self,
                by: PersonId,
                roles: Roles,
                dossier: &Dossier,
            ) -> Result<(), Refusal> {
                match self {
                    $(Body::$variant(it) => it.permit(by, roles, dossier),)*
                    Body::Unknown { .. } => Ok(()),
                }
            }

            pub(super) fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
                match self {
                    $(Body::$variant(body) => body.fold(it, dossier),)*
                    Body::Unknown { .. } => dossier.unknown.push(it.hash()),
                }
            }

            fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
                match self {
                    $(Body::$variant(it) => it.rename(rename),)*
                    Body::Unknown { .. } => {}
                }
            }

            fn value(&self) -> Option<&dyn Value> {
                match self {
                    $(Body::$variant(it) => Some(it),)*
                    Body::Unknown { .. } => None,
                }
            }

            fn value_mut(&mut self) -> Option<&mut dyn Value> {
                match self {
                    $(Body::$variant(it) => Some(it),)*
                    Body::Unknown { .. } => None,
                }
            }

            fn blank(kind: u16) -> Body {
                match kind {
                    $($number => Body::$variant(Blank::BLANK),)*
                    _ => Body::Unknown { kind },
                }
            }
        }
    };
}

kinds! {
    // Who takes part, and in what.
    /// A person and their name.
    1 Person
    /// A person gets a role in this dossier, for a period.
    2 Link
    /// Such a period ends.
    3 LinkEnded
    /// The school vouches for a device's key.
    4 KeyCertified
    /// The school no longer does.
    5 KeyRevoked
    /// The leertraject itself.
    6 Track
    /// A goal of the training plan.
    7 Goal
    /// A version of a diary entry.
    10 Entry
    /// The learner asks a mentor to confirm.
    11 ConfirmationRequest
    /// A mentor confirms.
    12 Confirmation
    /// A mentor takes a confirmation back.
    13 ConfirmationWithdrawn
    /// A message about an entry, or about the work as a whole.
    14 Feedback
    /// A coach decides about an event that waited.
    15 Release
    /// How the learner feels.
    16 WellBeing
    /// The learner wants to know something.
    17 LearningQuestion
    /// Somebody reports a problem to the coaches.
    18 Concern
    /// The learner will try something.
    19 Intention
    /// An answer to a question or a concern.
    20 Answer
    /// A question, a concern or an intention is over.
    21 Closed
    /// An agreement between learner, company and provider.
    22 Agreement
    /// The holidays of a school year.
    23 Calendar
    /// Days on which the learner is not there.
    24 Absence
    /// A coach accepts an absence or does not.
    25 AbsenceRuled
    /// A mentor confirms hours.
    26 HoursConfirmation

    // Where and with whom it begins (30-39).
    /// A place to learn, its recognition, and when the learner is there.
    30 Workplace
    /// What a person sees to.
    31 ContactPoint
    /// A mentor's experience and training.
    32 MentorConditions
    /// More training days to sign an agreement.
    33 DaysGranted
    /// Screening, support, matching, intake.
    34 StartNote
    /// The learner's status.
    35 StatusNoted

    // The training plan (40-49).
    /// Somebody proposes to change the plan.
    40 PlanProposal
    /// The coach answers that.
    41 PlanAnswered
    /// One of the three agrees to a version of the plan.
    42 PlanConsent
    /// What somebody could before.
    43 PriorLearning
    /// An attestation beside the plan.
    44 Attestation

    // The work floor (50-59).
    /// A point of the reception.
    50 ReceptionPoint
    /// Somebody ticks their side of such points.
    51 ReceptionTicked
    /// An observation sheet.
    52 Observation
    /// What the tasks are, and who gives which feedback when.
    53 TaskDescription

    // Talks and evaluation (60-69).
    /// A talk of three, planned or held.
    60 Review
    /// One of the three agrees to what was written of it.
    61 ReviewAgreed
    /// The school says of a goal whether it is mastered.
    62 Evaluation
    /// How attitudes show themselves.
    63 Attitudes
    /// The decision at the end.
    64 Deliberation

    // What coaches do (70-79).
    /// A visit to the workplace, planned or reported.
    70 Visit
    /// A note among those who guide.
    71 Note
    /// An attempt before an early end.
    72 Mediation
    /// The leertraject ends before its time.
    73 EarlyEnd
    /// It goes on after that.
    74 Restart
    /// A signal stays silent for a while.
    75 Snoozed
    /// It stands still until a re-start.
    76 Pause
    /// A photo that proves an absence.
    77 AbsenceProof
    /// What came after it.
    78 LaterJob
    /// A goal that goes out of the plan.
    79 GoalDropped

    // The centre (80-91, but for 87).
    /// The centre itself: a dossier with this is the centre's, not a learner's.
    80 Centre
    /// When a signal is one.
    81 ThresholdsSet
    /// What kinds of agreement ask of the hours.
    82 HoursTable
    /// A course of the centre.
    83 Course
    /// What the levels are called.
    84 LevelNames
    /// A sheet of information.
    85 InfoSheet
    /// How the centre evaluates.
    86 Policy
    /// Somebody of the school collects an activity for a lesson: in a leertraject.
    87 Collected
    /// The provider's own words.
    88 ProviderWords
    /// The centre to which a leertraject belongs.
    89 OfCentre
    /// A survey of the centre.
    90 Survey
    /// A site where learners can learn.
    91 Site
    /// What the centre asks at the start of a leertraject.
    92 Questionnaires
}

impl Body {
    /// The bytes to bind into a header. An unknown body has none of its own.
    pub fn encode(&self) -> Vec<u8> {
        self.value().map(codec::to_bytes).unwrap_or_default()
    }

    /// Reads a body; what cannot be understood is `Unknown`, never an error.
    pub fn decode(kind: u16, bytes: &[u8]) -> Body {
        let mut body = Body::blank(kind);
        let is_read = body.value_mut().is_some_and(|it| codec::read_over(it, bytes));
        if is_read { body } else { Body::Unknown { kind } }
    }

    /// The same with other names for some events: those that had to be sealed again.
    #[must_use]
    pub fn renamed(mut self, names: &Table<EventHash, EventHash>) -> Body {
        self.rename(&mut |hash| {
            if let Some(new) = names.get(hash) {
                *hash = *new;
            }
        });
        self
    }

    /// The flags for its header.
    pub fn flags(&self) -> u16 {
        if self.readers() == Readers::All { 0 } else { CONFIDENTIAL }
    }
}

/// Who may read a record, besides its author.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readers {
    /// Everybody who takes part.
    All,
    /// Nobody else.
    Author,
    /// Coaches and administrators.
    Guides,
    /// They, and teachers.
    School,
    /// Coaches and administrators, and mentors.
    GuidesAndMentors,
    /// Coaches and administrators, and this person.
    GuidesAnd(PersonId),
}
