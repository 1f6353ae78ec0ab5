//! The messages between a phone and the server: CBOR in both directions, signed by whoever speaks.

mod centre;
mod curriculum;
mod file;
mod monitoring;
mod people;
mod survey;
mod verdict;

pub use centre::{
    Begin, Enrolled, EnrolledList, Guide, Guides, HandOver, InviteFor, Invited, Known, KnownList,
};
pub use curriculum::{
    Assumed, Curricula, CurriculumFile, CurriculumRead, FaultIn, LONGEST_FILE, MOST_FAULTS, Wrong,
};
pub use file::{FilePiece, FileState, MAX_PIECE};
pub use monitoring::{AnswerTime, GroupFigures, YearFigures};
pub use people::{Challenge, Device, Devices, Join, Joined, Revoke, Secret};
pub use survey::{SurveyAnswer, SurveyResults, TicketFor};
pub use verdict::{Code, Verdict};

use crate::codec::{self, Bytes, record};
use crate::dossier::Survey;
use crate::id::{Chain, DossierId, Epoch, EventHash, KeyId, PersonId, ReplicaId, Signature};
use crate::reminder::Reminders;

/// Where the messages go. Requests of `Signed` bytes are POSTed; readings are GETs and need a session.
pub mod path {
    use crate::dossier::Role;

    /// POST [`super::Join`] in `Signed`; answers a bare [`super::Joined`] and a session cookie.
    pub const JOIN: &str = "/v1/join";
    /// GET; answers a bare [`super::Challenge`]. Not needed to join: a known device opens a new session with it.
    pub const CHALLENGE: &str = "/v1/session/challenge";
    /// POST [`super::Challenge`] in `Signed` ([`super::Purpose::Session`]); answers like [`JOIN`].
    pub const SESSION: &str = "/v1/session";
    /// POST nothing; the session ends.
    pub const LEAVE: &str = "/v1/session/end";
    /// POST [`super::Push`] in `Signed`; answers [`super::PushReply`] in `Signed`. No session needed: the sender's key
    /// is one that the centre registered, or that the dossier's own certificates name, or, after a restore, a
    /// certificate of the school in this very push. Any other sender gets 403.
    pub const PUSH: &str = "/v1/push";
    /// POST [`super::Reconcile`] in `Signed`; answers [`super::ReconcileReply`] in `Signed`. No session needed.
    pub const RECONCILE: &str = "/v1/reconcile";
    /// GET; answers a bare [`super::HeadsReply`].
    pub const HEADS: &str = "/v1/heads";
    /// GET `?dossier={hex}&after={position}`; answers [`super::PullReply`] in `Signed`.
    pub const PULL: &str = "/v1/pull";
    /// GET `?person={hex}`, an event stream: each `data:` line is `{dossier hex} {position}`.
    pub const LIVE: &str = "/v1/live";
    /// GET; answers a bare [`super::Devices`].
    pub const DEVICES: &str = "/v1/devices";
    /// POST [`super::Revoke`] in `Signed`; answers nothing. Needs a session of the same person.
    pub const REVOKE: &str = "/v1/devices/revoke";
    /// GET `?dossier={hex}`; answers a bare [`super::QuarantineList`], for a coach all, for others their own.
    pub const QUARANTINE: &str = "/v1/quarantine";

    /// POST [`super::InviteFor`] in `Signed`; answers a bare [`super::Invited`]. Needs a session of the same person.
    pub const INVITE: &str = "/v1/invite";
    /// POST [`super::Begin`] in `Signed`; answers nothing. Needs a session of the same person.
    pub const BEGIN: &str = "/v1/tracks";
    /// GET `?dossier={hex}`; answers a bare [`super::EnrolledList`], for those who run the dossier.
    pub const PEOPLE: &str = "/v1/people";
    /// GET `?centre={hex}`; answers a bare [`super::Guides`]. POST [`super::HandOver`] in `Signed`; answers nothing. For who
    /// runs the centre.
    pub const COACHES: &str = "/v1/coaches";
    /// GET `?centre={hex}`; answers a bare [`super::KnownList`]: who takes part in the centre, without its cursisten; with
    /// `&learners=true` its cursisten and nobody else. For who runs the centre or guides one of its leertrajecten.
    pub const KNOWN: &str = "/v1/known";
    /// GET `?centre={hex}&format=csv|xlsx|cbor`, and `&year={year}` for another school year than this one, by the year
    /// in which it begins; answers a file or, as CBOR, a bare [`super::YearFigures`], for who runs the centre (G7).
    pub const MONITORING: &str = "/v1/monitoring";
    /// What a workbook of it is, as its content type says.
    pub const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// POST [`super::CurriculumFile`] in `Signed`, of at most [`super::LONGEST_FILE`] bytes; answers a bare
    /// [`super::CurriculumRead`]. Nothing is written. Needs a session of the same person.
    pub const CURRICULUM: &str = "/v1/curriculum";

    /// GET; answers a bare [`super::Curricula`]: those that come with the school. Needs a session.
    pub const CURRICULA: &str = "/v1/curricula";

    /// POST [`super::TicketFor`] in `Signed`; answers nothing. Needs a session of the same person. Who has another ticket
    /// for that survey gets 403.
    pub const TICKET: &str = "/v1/surveys/ticket";
    /// POST a bare [`super::SurveyAnswer`], without a session; answers nothing. Twice is once.
    pub const ANSWER: &str = "/v1/surveys/answer";
    /// GET `?centre={hex}&survey={hex}`; answers a bare [`super::SurveyResults`], for those who run the centre or guide
    /// one of its leertrajecten.
    pub const RESULTS: &str = "/v1/surveys/results";

    /// POST [`super::FilePiece`] in `Signed`; answers a bare [`super::FileState`]. No session needed. A file that no record
    /// names for the sender is not found; one that is not what its record says gets 422 and begins anew.
    /// GET `?dossier={hex}&file={hex}&at={bytes}`; answers a bare [`super::FilePiece`] of a whole file.
    pub const FILES: &str = "/v1/files";

    /// GET; answers a bare [`crate::reminder::Reminders`], one's own, or 404 where there are none.
    /// POST the same in `Signed`; answers nothing. Needs a session of the same person. A server that sends no mail answers 404.
    pub const REMINDERS: &str = "/v1/reminders";

    /// The program of the app in which people of a role work: the start page takes it from behind the question mark.
    #[must_use]
    pub fn program_of(role: Role) -> &'static str {
        match role {
            Role::Learner => "learner",
            Role::Mentor => "mentor",
            Role::Coach | Role::Teacher | Role::Administrator | Role::Reader | Role::Member => {
                "desk"
            }
        }
    }
}

/// The most events in one push.
pub const MAX_BATCH: usize = 100;
/// The most bytes in one push.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;
/// The most rows in one pull.
pub const MAX_PAGE: usize = 500;

/// What a signature around a message is for; none can stand in for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A device speaks to the server.
    Request,
    /// The server answers: a receipt.
    Answer,
    /// A new device shows that it holds its key.
    Join,
    /// A known device asks for a session again.
    Session,
}

impl Purpose {
    fn context(self) -> &'static [u8] {
        match self {
            Purpose::Request => b"dubbelspoor-request-v1",
            Purpose::Answer => b"dubbelspoor-answer-v1",
            Purpose::Join => b"dubbelspoor-join-v1",
            Purpose::Session => b"dubbelspoor-session-v1",
        }
    }

    /// The bytes to sign with ES256.
    pub fn signing_input(self, payload: &[u8]) -> Vec<u8> {
        [self.context(), payload].concat()
    }
}

record! {
    /// A message and who vouches for it.
    pub array Signed {
        /// The message's bytes.
        0 payload: Bytes,
        /// The key of the signer.
        1 key: KeyId,
        /// ES256 over [`Purpose::signing_input`].
        2 signature: Signature,
    }
}

/// A message that has a form in bytes.
pub trait Message: Sized {
    /// Deterministic CBOR.
    fn to_bytes(&self) -> Vec<u8>;

    /// Reads one message that fills the bytes; `None` when it does not.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

macro_rules! messages {
    ($($name:ident)*) => { $(
        impl Message for $name {
            fn to_bytes(&self) -> Vec<u8> {
                codec::to_bytes(self)
            }

            fn from_bytes(bytes: &[u8]) -> Option<Self> {
                codec::from_bytes(bytes)
            }
        }
    )* };
}

messages! {
    Signed Push PushReply Pull PullReply WireRow HeadsReply Reconcile ReconcileReply Join Joined
    Challenge Devices Revoke QuarantineList InviteFor Invited Begin Guides HandOver EnrolledList KnownList TicketFor SurveyAnswer
    Survey SurveyResults Reminders Curricula CurriculumFile CurriculumRead FilePiece FileState YearFigures
}

record! {
    /// Events of one dossier on their way to the server. Travels in [`Signed`], so it needs no session.
    pub map Push {
        /// The dossier.
        0 dossier: DossierId,
        /// When, by the device's clock, in milliseconds since 1970.
        1 sent_at: u64,
        /// At most [`MAX_BATCH`] events as they travel.
        2 events: Vec<Bytes>,
    }

    /// One event's verdict.
    pub map Ruled {
        /// Its identity; absent when the bytes were no event.
        0 hash: Option<EventHash>,
        /// The verdict.
        1 verdict: Verdict,
        /// Its position, once it has one.
        2 position: Option<u64>,
        /// Why.
        3 code: Option<Code>,
    }

    /// The receipt of a push. Travels in [`Signed`] by the school's key.
    pub map PushReply {
        /// SHA-256 of the push's payload that this answers.
        0 request: EventHash,
        /// The dossier.
        1 dossier: DossierId,
        /// Which history.
        2 epoch: Epoch,
        /// The last position.
        3 position: u64,
        /// The chain there.
        4 chain: Chain,
        /// The server's time, in milliseconds since 1970.
        5 time: u64,
        /// One per event, in the order of the push.
        6 ruled: Vec<Ruled>,
    }

    /// What of a dossier a phone wants to read.
    #[derive(Copy)]
    pub map Pull {
        /// The dossier.
        0 dossier: DossierId,
        /// After this position.
        1 after: u64,
    }

    /// A row of the server's order. Without its event it only keeps the chain whole.
    pub array WireRow {
        /// From 1, without holes.
        0 position: u64,
        /// The event's identity.
        1 hash: EventHash,
        /// `Accepted`, `Flagged` or `Waiting`.
        2 verdict: Verdict,
        /// In milliseconds since 1970; later than the row before.
        3 received_at: u64,
        /// The event as it travels, when the reader may see it.
        4 event: Option<Bytes>,
    }

    /// A page of a dossier. Travels in [`Signed`] by the school's key.
    pub map PullReply {
        /// The dossier.
        0 dossier: DossierId,
        /// Which history.
        1 epoch: Epoch,
        /// The last position that there is.
        2 head: u64,
        /// The chain after the last row of this page (or at `after` when there is none).
        3 chain: Chain,
        /// The server's time, in milliseconds since 1970.
        4 time: u64,
        /// Changes when the reader may see more or less than before: then everything is read again.
        5 view: u64,
        /// At most [`MAX_PAGE`] rows, contiguous from the asked position on.
        6 rows: Vec<WireRow>,
    }

    /// How far a dossier is.
    #[derive(Copy)]
    pub map Head {
        /// The dossier.
        0 dossier: DossierId,
        /// Which history.
        1 epoch: Epoch,
        /// The last position.
        2 position: u64,
    }

    /// The dossiers that a person may read.
    pub map HeadsReply {
        /// The person of the session.
        0 person: PersonId,
        /// Their dossiers.
        1 heads: Vec<Head>,
        /// The server's time, in milliseconds since 1970.
        2 time: u64,
    }

    /// How far a phone's copy of one installation's events goes.
    #[derive(Copy)]
    pub array Held {
        /// The installation.
        0 replica: ReplicaId,
        /// The highest sequence number held.
        1 seq: u64,
        /// That event's identity.
        2 hash: EventHash,
    }

    /// After a restored backup: what a phone could give back. Travels in [`Signed`].
    pub map Reconcile {
        /// The dossier.
        0 dossier: DossierId,
        /// Per installation.
        1 held: Vec<Held>,
    }

    /// What the server lacks. Travels in [`Signed`] by the school's key.
    pub map ReconcileReply {
        /// The dossier.
        0 dossier: DossierId,
        /// Which history.
        1 epoch: Epoch,
        /// Per installation the first sequence number that is wanted; what is not named is there.
        2 wanted: Vec<(ReplicaId, u64)>,
    }

    /// Something that was put aside.
    pub map Quarantined {
        /// Its identity.
        0 hash: EventHash,
        /// As it travelled.
        1 event: Bytes,
        /// Why.
        2 code: Code,
        /// When, in milliseconds since 1970.
        3 received_at: u64,
    }

    /// What waits for a decision in a dossier, for its author and its coaches.
    pub map QuarantineList {
        /// The dossier.
        0 dossier: DossierId,
        /// Oldest first.
        1 quarantined: Vec<Quarantined>,
    }
}
