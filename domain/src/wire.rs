//! The messages between a phone and the server: CBOR in both directions, signed by whoever speaks.

mod people;
mod verdict;

pub use people::{Challenge, Device, Devices, Join, Joined, Revoke, Secret};
pub use verdict::{Code, Verdict};

use crate::codec::{Bytes, from_bytes, to_bytes};
use crate::id::{Chain, DossierId, Epoch, EventHash, KeyId, PersonId, ReplicaId, Signature};
use minicbor::{Decode, Encode};

/// Where the messages go. Requests of `Signed` bytes are POSTed; readings are GETs and need a session.
pub mod path {
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
    /// GET, an event stream: each `data:` line is `{dossier hex} {position}`.
    pub const LIVE: &str = "/v1/live";
    /// GET; answers a bare [`super::Devices`].
    pub const DEVICES: &str = "/v1/devices";
    /// POST [`super::Revoke`] in `Signed`; answers nothing. Needs a session of the same person.
    pub const REVOKE: &str = "/v1/devices/revoke";
    /// GET `?dossier={hex}`; answers a bare [`super::QuarantineList`], for a coach all, for others their own.
    pub const QUARANTINE: &str = "/v1/quarantine";
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

/// A message and who vouches for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Signed {
    /// The message's bytes.
    #[n(0)]
    pub payload: Bytes,
    /// The key of the signer.
    #[n(1)]
    pub key: KeyId,
    /// ES256 over [`Purpose::signing_input`].
    #[n(2)]
    pub signature: Signature,
}

/// A message that has a form in bytes.
pub trait Message: Encode<()> + for<'b> Decode<'b, ()> {
    /// Deterministic CBOR.
    fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// Reads one message that fills the bytes; `None` when it does not.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        from_bytes(bytes).ok()
    }
}

macro_rules! messages {
    ($($name:ident)*) => { $(impl Message for $name {})* };
}

messages! {
    Signed Push PushReply Pull PullReply WireRow HeadsReply Reconcile ReconcileReply Join Joined
    Challenge Devices Revoke QuarantineList
}

/// Events of one dossier on their way to the server. Travels in [`Signed`], so it needs no session.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Push {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// When, by the device's clock, in milliseconds since 1970.
    #[n(1)]
    pub sent_at: u64,
    /// At most [`MAX_BATCH`] events as they travel.
    #[n(2)]
    pub events: Vec<Bytes>,
}

/// One event's verdict.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Ruled {
    /// Its identity; absent when the bytes were no event.
    #[n(0)]
    pub hash: Option<EventHash>,
    /// The verdict.
    #[n(1)]
    pub verdict: Verdict,
    /// Its position, once it has one.
    #[n(2)]
    pub position: Option<u64>,
    /// Why.
    #[n(3)]
    pub code: Option<Code>,
}

/// The receipt of a push. Travels in [`Signed`] by the school's key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PushReply {
    /// SHA-256 of the push's payload that this answers.
    #[n(0)]
    pub request: EventHash,
    /// The dossier.
    #[n(1)]
    pub dossier: DossierId,
    /// Which history.
    #[n(2)]
    pub epoch: Epoch,
    /// The last position.
    #[n(3)]
    pub position: u64,
    /// The chain there.
    #[n(4)]
    pub chain: Chain,
    /// The server's time, in milliseconds since 1970.
    #[n(5)]
    pub time: u64,
    /// One per event, in the order of the push.
    #[n(6)]
    pub ruled: Vec<Ruled>,
}

/// What of a dossier a phone wants to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Pull {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// After this position.
    #[n(1)]
    pub after: u64,
}

/// A row of the server's order. Without its event it only keeps the chain whole.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct WireRow {
    /// From 1, without holes.
    #[n(0)]
    pub position: u64,
    /// The event's identity.
    #[n(1)]
    pub hash: EventHash,
    /// `Accepted`, `Flagged` or `Waiting`.
    #[n(2)]
    pub verdict: Verdict,
    /// In milliseconds since 1970; later than the row before.
    #[n(3)]
    pub received_at: u64,
    /// The event as it travels, when the reader may see it.
    #[n(4)]
    pub event: Option<Bytes>,
}

/// A page of a dossier. Travels in [`Signed`] by the school's key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PullReply {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// Which history.
    #[n(1)]
    pub epoch: Epoch,
    /// The last position that there is.
    #[n(2)]
    pub head: u64,
    /// The chain after the last row of this page (or at `after` when there is none).
    #[n(3)]
    pub chain: Chain,
    /// The server's time, in milliseconds since 1970.
    #[n(4)]
    pub time: u64,
    /// Changes when the reader may see more or less than before: then everything is read again.
    #[n(5)]
    pub view: u64,
    /// At most [`MAX_PAGE`] rows, contiguous from the asked position on.
    #[n(6)]
    pub rows: Vec<WireRow>,
}

/// How far a dossier is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Head {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// Which history.
    #[n(1)]
    pub epoch: Epoch,
    /// The last position.
    #[n(2)]
    pub position: u64,
}

/// The dossiers that a person may read.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct HeadsReply {
    /// The person of the session.
    #[n(0)]
    pub person: PersonId,
    /// Their dossiers.
    #[n(1)]
    pub heads: Vec<Head>,
    /// The server's time, in milliseconds since 1970.
    #[n(2)]
    pub time: u64,
}

/// How far a phone's copy of one installation's events goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Held {
    /// The installation.
    #[n(0)]
    pub replica: ReplicaId,
    /// The highest sequence number held.
    #[n(1)]
    pub seq: u64,
    /// That event's identity.
    #[n(2)]
    pub hash: EventHash,
}

/// After a restored backup: what a phone could give back. Travels in [`Signed`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Reconcile {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// Per installation.
    #[n(1)]
    pub held: Vec<Held>,
}

/// What the server lacks. Travels in [`Signed`] by the school's key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct ReconcileReply {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// Which history.
    #[n(1)]
    pub epoch: Epoch,
    /// Per installation the first sequence number that is wanted; what is not named is there.
    #[n(2)]
    pub wanted: Vec<(ReplicaId, u64)>,
}

/// Something that was put aside.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Quarantined {
    /// Its identity.
    #[n(0)]
    pub hash: EventHash,
    /// As it travelled.
    #[n(1)]
    pub event: Bytes,
    /// Why.
    #[n(2)]
    pub code: Code,
    /// When, in milliseconds since 1970.
    #[n(3)]
    pub received_at: u64,
}

/// What waits for a decision in a dossier, for its author and its coaches.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct QuarantineList {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// Oldest first.
    #[n(1)]
    pub quarantined: Vec<Quarantined>,
}
