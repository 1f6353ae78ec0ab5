//! What the server makes of an event, and why.

use crate::codec::{Blank, Reader, Value, Writer, choice};
use crate::dossier::Refusal;
use crate::event::Broken;

choice! {
    /// What the server makes of an event. Each event gets one, and keeps it.
    pub Verdict {
        /// Stored, counts.
        1 Accepted,
        /// Was there already, at the position given.
        2 Duplicate,
        /// Stored, counts, and a coach looks at it.
        3 Flagged,
        /// Stored, and counts when a coach releases it.
        4 Waiting,
        /// Not permitted; kept word for word, seen by author and coach.
        5 Quarantined,
        /// Not an event, or its signature is wrong.
        6 Malformed,
    }
}

macro_rules! codes {
        ($($(#[$doc:meta])* $number:literal $name:ident)*) => {
            /// Why a verdict is not plain acceptance. Unknown numbers of newer servers stay numbers.
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
            pub enum Code {
                $($(#[$doc])* $name,)*
                /// Of a newer server.
                Other(u16),
            }

            impl Code {
                /// As it travels.
                pub fn number(self) -> u16 {
                    match self { $(Code::$name => $number,)* Code::Other(number) => number }
                }

                /// Reads the number.
                pub fn from_number(number: u16) -> Code {
                    match number { $($number => Code::$name,)* other => Code::Other(other) }
                }
            }
        };
}

codes! {
    /// Cut off, or not of the agreed form.
    1 Shape
    /// Larger than the server takes.
    2 TooLarge
    /// Written in a header version that the server cannot read yet.
    3 NewerVersion
    /// The body is not the one that was signed.
    4 Body
    /// The signature is not by the key that is named.
    5 Signature
    /// Signed for another dossier.
    6 WrongDossier
    /// No such key is known to the centre.
    10 UnknownKey
    /// The key belongs to somebody else than the named author.
    11 NotAuthorsKey
    /// The key was revoked.
    12 RevokedKey
    /// The same place in the sequence already holds something else: the device was copied.
    13 Fork
    /// The clock of the device was far off.
    20 Clock
    /// The link with the dossier had ended when this arrived.
    21 LinkEnded
    /// See [`Refusal::NotLinked`].
    30 NotLinked
    /// See [`Refusal::NotYourRole`].
    31 NotYourRole
    /// See [`Refusal::OnlySchool`].
    32 OnlySchool
    /// See [`Refusal::OwnWork`].
    33 OwnWork
    /// See [`Refusal::NotYours`].
    34 NotYours
    /// See [`Refusal::OutOfRange`].
    35 OutOfRange
    /// See [`Refusal::UnknownGoal`].
    36 UnknownGoal
    /// See [`Refusal::Mismatch`].
    37 Mismatch
    /// See [`Refusal::AlreadyConfirmed`].
    38 AlreadyConfirmed
    /// See [`Refusal::AlreadyDone`].
    39 AlreadyDone
    /// See [`Refusal::NotRecognised`].
    40 NotRecognised
}

impl From<Refusal> for Code {
    fn from(refusal: Refusal) -> Code {
        match refusal {
            Refusal::NotLinked => Code::NotLinked,
            Refusal::NotYourRole => Code::NotYourRole,
            Refusal::OnlySchool => Code::OnlySchool,
            Refusal::OwnWork => Code::OwnWork,
            Refusal::NotYours => Code::NotYours,
            Refusal::OutOfRange => Code::OutOfRange,
            Refusal::UnknownGoal => Code::UnknownGoal,
            Refusal::Mismatch => Code::Mismatch,
            Refusal::AlreadyConfirmed => Code::AlreadyConfirmed,
            Refusal::AlreadyDone => Code::AlreadyDone,
            Refusal::NotRecognised => Code::NotRecognised,
        }
    }
}

impl From<Broken> for Code {
    fn from(broken: Broken) -> Code {
        match broken {
            Broken::Shape | Broken::Key => Code::Shape,
            Broken::TooLarge => Code::TooLarge,
            Broken::NewerVersion => Code::NewerVersion,
            Broken::Body => Code::Body,
        }
    }
}

impl Value for Code {
    fn write(&self, out: &mut Writer) {
        self.number().write(out);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        let mut number = 0;
        number.read(from);
        *self = Code::from_number(number);
    }
}

impl Blank for Code {
    const BLANK: Code = Code::Other(0);
}
