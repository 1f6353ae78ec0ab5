//! The messages between a phone and the server: CBOR in both directions, signed by whoever speaks.

use crate::codec::{Bytes, from_bytes, to_bytes};
use crate::dossier::Refusal;
use crate::event::{Broken, Short};
use crate::id::{
    Chain, DossierId, Epoch, EventHash, KeyId, PersonId, PublicKey, ReplicaId, Signature,
};
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};

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

/// What the server makes of an event. Each event gets one, and keeps it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Verdict {
    /// Stored, counts.
    #[n(1)]
    Accepted = 1,
    /// Was there already, at the position given.
    #[n(2)]
    Duplicate = 2,
    /// Stored, counts, and a coach looks at it.
    #[n(3)]
    Flagged = 3,
    /// Stored, and counts when a coach releases it.
    #[n(4)]
    Waiting = 4,
    /// Not permitted; kept word for word, seen by author and coach.
    #[n(5)]
    Quarantined = 5,
    /// Not an event, or its signature is wrong.
    #[n(6)]
    Malformed = 6,
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

impl<C> Encode<C> for Code {
    fn encode<W: encode::Write>(
        &self,
        out: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        out.u16(self.number())?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Code {
    fn decode(from: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        from.u16().map(Code::from_number)
    }
}

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

/// How a person proves that they were invited.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Secret {
    /// The token of a link or QR: `{url}/join#{32 hexadecimal digits}`.
    #[n(1)]
    Token(#[n(0)] Short),
    /// The short code, as typed: eight characters of Crockford's base 32; case, spaces and dashes do not matter.
    #[n(2)]
    Code(#[n(0)] String),
}

/// A device joins. Travels in [`Signed`] by the new key itself ([`Purpose::Join`]).
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Join {
    /// The invitation.
    #[n(0)]
    pub secret: Secret,
    /// The device's key.
    #[n(1)]
    pub public: PublicKey,
    /// What to call the device, at most 100 bytes.
    #[n(2)]
    pub device: String,
}

/// What the server gives a device to sign ([`Purpose::Session`]) when its session has ended; good for minutes.
/// It comes back in [`Signed`], and the answer is [`Joined`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Challenge {
    /// Made by the server, understood by nobody else.
    #[n(0)]
    pub challenge: Bytes,
}

/// Who one is after joining.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Joined {
    /// The person.
    #[n(0)]
    pub person: PersonId,
    /// Their name.
    #[n(1)]
    pub name: String,
    /// The centre's name.
    #[n(2)]
    pub centre: String,
    /// The key that vouches for everybody else's, and signs receipts.
    #[n(3)]
    pub school: PublicKey,
    /// Their dossiers.
    #[n(4)]
    pub dossiers: Vec<DossierId>,
    /// The server's time, in milliseconds since 1970.
    #[n(5)]
    pub time: u64,
}

/// A device of a person.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Device {
    /// Its key.
    #[n(0)]
    pub key: KeyId,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// When it joined, in milliseconds since 1970.
    #[n(2)]
    pub since: u64,
    /// When it was last seen reading, in milliseconds since 1970.
    #[n(3)]
    pub last_seen: Option<u64>,
    /// When it was revoked, in milliseconds since 1970.
    #[n(4)]
    pub revoked: Option<u64>,
}

/// The devices of the person of the session.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Devices {
    /// Oldest first.
    #[n(0)]
    pub devices: Vec<Device>,
}

/// From now on a device speaks for nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Revoke {
    /// Its key.
    #[n(0)]
    pub key: KeyId,
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
