//! How a person and their devices join and leave.

use crate::Bytes;
use crate::event::Short;
use crate::id::{DossierId, KeyId, PersonId, PublicKey};
use minicbor::{Decode, Encode};

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
