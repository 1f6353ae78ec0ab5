//! Names of things: fixed-length byte strings that never mix.

use crate::codec::{Blank, Reader, Value, Writer};
use core::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// The bytes, when there are exactly as many as needed.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Reads lower or upper case hexadecimal.
            pub fn from_hex(text: &str) -> Option<Self> {
                let mut bytes = [0; $length];
                if text.len() != 2 * $length || !text.is_ascii() {
                    return None;
                }
                for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
                    *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
                }
                Some(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}(", stringify!($name))?;
                self.0.iter().take(4).try_for_each(|byte| write!(out, "{byte:02x}"))?;
                out.write_str(")")
            }
        }

        impl Value for $name {
            fn write(&self, out: &mut Writer) {
                out.bytes(&self.0);
            }

            fn read(&mut self, from: &mut Reader<'_>) {
                from.fill(&mut self.0);
            }
        }

        impl Blank for $name {
            const BLANK: $name = $name([0; $length]);
        }
    };
}

id!(
    /// One leertraject's record.
    DossierId, 16
);
id!(
    /// One installation of one person: born with its key, never copied.
    ReplicaId, 16
);
id!(
    /// A person, across dossiers and devices.
    PersonId, 16
);
id!(
    /// An event's own name (UUIDv7). Order and identity come from elsewhere: see [`EventHash`].
    EventId, 16
);
id!(
    /// One diary entry, through all its versions.
    EntryId, 16
);
id!(
    /// One link between a person and a dossier.
    LinkId, 16
);
id!(
    /// One agreement, through all that is said of it.
    AgreementId, 16
);
id!(
    /// One absence.
    AbsenceId, 16
);
id!(
    /// One visit, from its plan to its report.
    VisitId, 16
);
id!(
    /// One talk of three, through all its versions.
    ReviewId, 16
);
id!(
    /// SHA-256 over the goals of a training plan: one per exact version.
    PlanHash, 32
);
id!(
    /// One workplace of a learner.
    WorkplaceId, 16
);
id!(
    /// One point of the reception.
    PointId, 16
);
id!(
    /// One sheet of information of a centre.
    SheetId, 16
);
id!(
    /// One survey of a centre.
    SurveyId, 16
);
id!(
    /// SHA-256 over the bytes of a file that travels beside the events.
    FileHash, 32
);
id!(
    /// SHA-256 over the ticket with which somebody answers a survey.
    TicketHash, 32
);
id!(
    /// SHA-256 over an event's header: the only identity used to deduplicate, chain and refer.
    EventHash, 32
);
id!(
    /// The first eight bytes of SHA-256 over a public key.
    KeyId, 8
);
id!(
    /// An uncompressed P-256 point (SEC1).
    PublicKey, 65
);
id!(
    /// An ES256 signature, `r || s`. Never an identity: two signatures can be valid for one event.
    Signature, 64
);
id!(
    /// The server's hash chain of a dossier after some position.
    Chain, 32
);
id!(
    /// Which history of a dossier the server tells: a restored backup is a new one.
    Epoch, 16
);

impl PersonId {
    /// The centre itself, as the author of certificates and links. Only the server's key speaks for it.
    pub const SCHOOL: PersonId = PersonId([0; 16]);
}

impl EventHash {
    /// The first sixteen bytes, as a successor quotes them.
    pub fn short(&self) -> [u8; 16] {
        first_half(&self.0)
    }
}

impl Chain {
    /// Before the first event.
    pub const START: Chain = Chain([0; 32]);

    /// The first sixteen bytes, as a checkpoint quotes them.
    pub fn short(&self) -> [u8; 16] {
        first_half(&self.0)
    }
}

impl PublicKey {
    /// The name under which headers quote this key.
    pub fn id(&self) -> KeyId {
        let mut id = [0; 8];
        id.copy_from_slice(&crate::seal::sha256(&[&self.0])[..8]);
        KeyId(id)
    }
}

fn first_half(bytes: &[u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    half
}
