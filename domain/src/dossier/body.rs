//! The kinds of record: their numbers, their bytes, and which of them are confidential.

use super::{
    Absence, AbsenceRuled, Agreement, Answer, Calendar, Closed, Concern, Confirmation,
    ConfirmationRequest, ConfirmationWithdrawn, Entry, Feedback, Goal, HoursConfirmation,
    Intention, KeyCertified, KeyRevoked, LearningQuestion, Link, LinkEnded, Person, Release, Track,
    WellBeing,
};
use crate::codec::{self, Blank, Value};
use crate::event::CONFIDENTIAL;
use crate::id::{EventHash, PersonId};
use crate::ordered::Table;

/// What an event says.
#[derive(Clone, PartialEq, Debug)]
pub enum Body {
    /// A person and their name.
    Person(Person),
    /// A person gets a role in this dossier, for a period.
    Link(Link),
    /// Such a period ends.
    LinkEnded(LinkEnded),
    /// The school vouches for a device's key.
    KeyCertified(KeyCertified),
    /// The school no longer does.
    KeyRevoked(KeyRevoked),
    /// The leertraject itself.
    Track(Track),
    /// A goal of the training plan.
    Goal(Goal),
    /// A version of a diary entry.
    Entry(Entry),
    /// The learner asks a mentor to confirm.
    ConfirmationRequest(ConfirmationRequest),
    /// A mentor confirms.
    Confirmation(Confirmation),
    /// A mentor takes a confirmation back.
    ConfirmationWithdrawn(ConfirmationWithdrawn),
    /// A message about an entry, or about the work as a whole.
    Feedback(Feedback),
    /// A coach decides about an event that waited.
    Release(Release),
    /// How the learner feels.
    WellBeing(WellBeing),
    /// The learner wants to know something.
    LearningQuestion(LearningQuestion),
    /// Somebody reports a problem to the coaches.
    Concern(Concern),
    /// The learner will try something.
    Intention(Intention),
    /// An answer to a question or a concern.
    Answer(Answer),
    /// A question, a concern or an intention is over.
    Closed(Closed),
    /// An agreement between learner, company and provider.
    Agreement(Agreement),
    /// The holidays of a school year.
    Calendar(Calendar),
    /// Days on which the learner is not there.
    Absence(Absence),
    /// A coach accepts an absence or does not.
    AbsenceRuled(AbsenceRuled),
    /// A mentor confirms hours.
    HoursConfirmation(HoursConfirmation),
    /// Of a kind, or with values, that this version does not know. Kept, passed on, shown as such.
    Unknown {
        /// The kind's number.
        kind: u16,
    },
}

macro_rules! kinds {
    ($($number:literal $variant:ident)*) => {
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
    1 Person  2 Link  3 LinkEnded  4 KeyCertified  5 KeyRevoked  6 Track  7 Goal
    10 Entry  11 ConfirmationRequest  12 Confirmation  13 ConfirmationWithdrawn  14 Feedback
    15 Release  16 WellBeing  17 LearningQuestion  18 Concern  19 Intention  20 Answer  21 Closed
    22 Agreement  23 Calendar  24 Absence  25 AbsenceRuled  26 HoursConfirmation
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
        let rename = |hash: &mut EventHash| {
            if let Some(new) = names.get(hash) {
                *hash = *new;
            }
        };
        match &mut self {
            Body::Entry(it) => it.parents.iter_mut().for_each(rename),
            Body::ConfirmationRequest(it) => rename(&mut it.version),
            Body::Confirmation(it) => rename(&mut it.version),
            Body::ConfirmationWithdrawn(it) => rename(&mut it.confirmation),
            Body::Release(it) => rename(&mut it.event),
            Body::Intention(it) => it.from.iter_mut().for_each(rename),
            Body::Answer(it) => rename(&mut it.to),
            Body::Closed(it) => rename(&mut it.matter),
            Body::AbsenceRuled(it) => rename(&mut it.report),
            Body::HoursConfirmation(it) => {
                it.entries.iter_mut().for_each(|it| rename(&mut it.version));
            }
            Body::Person(_)
            | Body::Link(_)
            | Body::LinkEnded(_)
            | Body::KeyCertified(_)
            | Body::KeyRevoked(_)
            | Body::Track(_)
            | Body::Goal(_)
            | Body::Feedback(_)
            | Body::WellBeing(_)
            | Body::LearningQuestion(_)
            | Body::Concern(_)
            | Body::Agreement(_)
            | Body::Calendar(_)
            | Body::Absence(_)
            | Body::Unknown { .. } => {}
        }
        self
    }

    /// Who may read it. What is for some of those who take part is not sent to the others (H5, C5, C11, D7).
    pub fn readers(&self) -> Readers {
        match self {
            Body::Entry(it) if !it.is_shared() => Readers::Author,
            Body::WellBeing(it) if !it.to_mentor => Readers::Guides,
            Body::Concern(_) => Readers::Guides,
            Body::Answer(Answer { only: Some(person), .. })
            | Body::Closed(Closed { only: Some(person), .. }) => Readers::GuidesAnd(*person),
            Body::Person(_)
            | Body::Link(_)
            | Body::LinkEnded(_)
            | Body::KeyCertified(_)
            | Body::KeyRevoked(_)
            | Body::Track(_)
            | Body::Goal(_)
            | Body::Entry(_)
            | Body::ConfirmationRequest(_)
            | Body::Confirmation(_)
            | Body::ConfirmationWithdrawn(_)
            | Body::Feedback(_)
            | Body::Release(_)
            | Body::WellBeing(_)
            | Body::LearningQuestion(_)
            | Body::Intention(_)
            | Body::Answer(_)
            | Body::Closed(_)
            | Body::Agreement(_)
            | Body::Calendar(_)
            | Body::Absence(_)
            | Body::AbsenceRuled(_)
            | Body::HoursConfirmation(_)
            | Body::Unknown { .. } => Readers::All,
        }
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
    /// They, and this person.
    GuidesAnd(PersonId),
}
