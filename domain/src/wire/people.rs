//! How a person and their devices join and leave.

use crate::Bytes;
use crate::codec::{Blank, Reader, Value, Writer, record};
use crate::event::Short;
use crate::id::{DossierId, KeyId, PersonId, PublicKey};

/// How a person proves that they were invited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Secret {
    /// The token of a link or QR: `{url}/join#{32 hexadecimal digits}`.
    Token(Short),
    /// The short code, as typed: eight characters of Crockford's base 32; case, spaces and dashes do not matter.
    Code(String),
}

impl Value for Secret {
    fn write(&self, out: &mut Writer) {
        let (number, field): (u64, &dyn Value) = match self {
            Secret::Token(it) => (1, it),
            Secret::Code(it) => (2, it),
        };
        let mut fields = out.variant(number);
        fields.put(0, field);
        fields.close();
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        *self = match from.variant() {
            1 => Secret::Token(Short::BLANK),
            2 => Secret::Code(String::new()),
            _ => return from.fail(),
        };
        let mut fields = from.array();
        match self {
            Secret::Token(it) => fields.get(0, it),
            Secret::Code(it) => fields.get(0, it),
        }
        fields.close();
    }
}

impl Blank for Secret {
    const BLANK: Secret = Secret::Code(String::new());
}

record! {
    /// A device joins. Travels in [`Signed`] by the new key itself ([`Purpose::Join`]).
    pub map Join {
        /// The invitation.
        0 secret: Secret,
        /// The device's key.
        1 public: PublicKey,
        /// What to call the device, at most 100 bytes.
        2 device: String,
    }

    /// What the server gives a device to sign ([`Purpose::Session`]) when its session has ended; good for minutes.
    /// It comes back in [`Signed`], and the answer is [`Joined`].
    pub map Challenge {
        /// Made by the server, understood by nobody else.
        0 challenge: Bytes,
    }

    /// Who one is after joining.
    pub map Joined {
        /// The person.
        0 person: PersonId,
        /// Their name.
        1 name: String,
        /// The centre's name.
        2 centre: String,
        /// The key that vouches for everybody else's, and signs receipts.
        3 school: PublicKey,
        /// Their dossiers.
        4 dossiers: Vec<DossierId>,
        /// The server's time, in milliseconds since 1970.
        5 time: u64,
    }

    /// A device of a person.
    pub map Device {
        /// Its key.
        0 key: KeyId,
        /// Its name.
        1 name: String,
        /// When it joined, in milliseconds since 1970.
        2 since: u64,
        /// When it was last seen reading, in milliseconds since 1970.
        3 last_seen: Option<u64>,
        /// When it was revoked, in milliseconds since 1970.
        4 revoked: Option<u64>,
    }

    /// The devices of the person of the session.
    pub map Devices {
        /// Oldest first.
        0 devices: Vec<Device>,
    }

    /// From now on a device speaks for nobody.
    #[derive(Copy)]
    pub map Revoke {
        /// Its key.
        0 key: KeyId,
    }
}
