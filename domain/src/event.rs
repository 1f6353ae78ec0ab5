//! The event: a signed header and, beside it, the body that the header binds by hash.

use crate::codec::{
    ARRAY, Blank, NULL, NUMBER, Reader, Value, Writer, from_bytes, is_well_formed, record, to_bytes,
};
use crate::hlc::Hlc;
use crate::id::{Chain, DossierId, EventHash, EventId, KeyId, PersonId, ReplicaId, Signature};
use crate::seal::{self, Cose, sha256};
use std::sync::Arc;

/// The header layout that this code writes.
pub const VERSION: u8 = 1;
/// The largest body that is accepted, in bytes.
pub const MAX_BODY: usize = 64 * 1024;
/// The largest event as it travels, in bytes: the body, the header and the signature.
pub const MAX_EVENT: usize = MAX_BODY + 1024;

record! {
    /// What is signed. Fields are only ever added behind the last one.
    pub array Header {
        /// Layout of this header; see [`VERSION`].
        0 version: u8,
        /// Which record kind the body is; see `dossier::Body`.
        1 kind: u16,
        /// UUIDv7, chosen by the device.
        2 id: EventId,
        /// The dossier that this belongs to, and no other.
        3 dossier: DossierId,
        /// The installation that wrote it.
        4 replica: ReplicaId,
        /// From 1, without holes, per installation and dossier.
        5 seq: u64,
        /// First half of the hash of this installation's previous header here; zeros at the first.
        6 prev: Short,
        /// When, by the device's clock.
        7 hlc: Hlc,
        /// Who.
        8 person: PersonId,
        /// The key that signs.
        9 key: KeyId,
        /// The last position of the server's order that the device had seen.
        10 seen_position: u64,
        /// First half of the server's chain at that position.
        11 seen_chain: Short,
        /// SHA-256 of the body.
        12 body_hash: EventHash,
        /// Length of the body in bytes.
        13 body_len: u32,
        /// See [`CONFIDENTIAL`].
        14 flags: u16,
        /// The challenge of a QR hand-over, if any.
        15 challenge: Option<Short>,
    }
}

/// Flag: a server that does not know the kind shows it to its author only.
pub const CONFIDENTIAL: u16 = 1;

/// Sixteen bytes of a longer hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Short(pub [u8; 16]);

impl Value for Short {
    fn write(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        from.fill(&mut self.0);
    }
}

impl Blank for Short {
    const BLANK: Short = Short([0; 16]);
}

impl From<EventHash> for Short {
    fn from(hash: EventHash) -> Short {
        Short(hash.short())
    }
}

impl From<Chain> for Short {
    fn from(chain: Chain) -> Short {
        Short(chain.short())
    }
}

/// Why bytes are not an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Broken {
    /// Not CBOR of the expected shape, or cut off.
    Shape,
    /// Larger than [`MAX_EVENT`].
    TooLarge,
    /// The header is of a version that this code cannot read.
    NewerVersion,
    /// The body is not the one that the header names.
    Body,
    /// The key named outside the header is not the one inside.
    Key,
}

/// An event whose parts fit together. Its signature is checked apart: that needs the author's key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event(Arc<Parts>);

#[derive(PartialEq, Eq, Debug)]
struct Parts {
    header: Header,
    hash: EventHash,
    sealed: Vec<u8>,
    body: Option<Vec<u8>>,
}

impl Event {
    /// Reads `[sealed, body]` as it travels. The bytes are kept as they came.
    ///
    /// # Errors
    /// [`Broken`] says which check failed; nothing is repaired.
    pub fn parse(raw: &[u8]) -> Result<Event, Broken> {
        if raw.len() > MAX_EVENT {
            return Err(Broken::TooLarge);
        }
        let mut from = Reader::new(raw);
        let are_two = from.expect(ARRAY) == 2;
        let sealed = from.bytes();
        let body = if from.simple(NULL) { None } else { Some(from.bytes()) };
        if are_two && from.is_done() { Event::join(sealed, body) } else { Err(Broken::Shape) }
    }

    /// Puts a stored seal and its body together again; a redacted body is absent.
    ///
    /// # Errors
    /// As [`Event::parse`].
    pub fn join(sealed: &[u8], body: Option<&[u8]>) -> Result<Event, Broken> {
        let cose = Cose::parse(sealed).ok_or(Broken::Shape)?;
        let header = read_header(cose.payload)?;
        if cose.key != header.key {
            return Err(Broken::Key);
        }
        if let Some(body) = body {
            let fits = header.body_len as usize == body.len()
                && header.body_hash.0 == sha256(&[body])
                && body.len() <= MAX_BODY;
            if !fits || !is_well_formed(body) {
                return Err(Broken::Body);
            }
        }
        let hash = header_hash(cose.payload);
        let (sealed, body) = (sealed.to_vec(), body.map(<[u8]>::to_vec));
        Ok(Event(Arc::new(Parts { header, hash, sealed, body })))
    }

    /// The signed statement.
    pub fn header(&self) -> &Header {
        &self.0.header
    }

    /// Its only identity.
    pub fn hash(&self) -> EventHash {
        self.0.hash
    }

    /// The COSE_Sign1 bytes as they were made.
    pub fn sealed(&self) -> &[u8] {
        &self.0.sealed
    }

    /// The body's bytes, unless redacted.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// As it travels: `[sealed, body]`.
    pub fn raw(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.head(ARRAY, 2);
        out.bytes(&self.0.sealed);
        match &self.0.body {
            Some(body) => out.bytes(body),
            None => out.simple(NULL),
        }
        out.0
    }

    /// What its author's key must have signed, and the signature.
    pub fn claim(&self) -> Option<(Vec<u8>, Signature)> {
        let cose = Cose::parse(&self.0.sealed)?;
        Some((seal::signing_input(cose.protected, cose.payload), cose.signature))
    }
}

fn read_header(payload: &[u8]) -> Result<Header, Broken> {
    let mut from = Reader::new(payload);
    from.expect(ARRAY);
    let version = from.expect(NUMBER);
    if from.has_failed() || version < u64::from(VERSION) {
        return Err(Broken::Shape);
    }
    if version > u64::from(VERSION) {
        return Err(Broken::NewerVersion);
    }
    let header: Option<Header> = from_bytes(payload);
    header.filter(|it| it.seq != 0).ok_or(Broken::Shape)
}

fn header_hash(payload: &[u8]) -> EventHash {
    EventHash(sha256(&[b"dl-hdr-v1", payload]))
}

/// A header and body that wait for their signature.
#[derive(Clone, Debug)]
pub struct Unsealed {
    header: Header,
    hash: EventHash,
    protected: Vec<u8>,
    payload: Vec<u8>,
    body: Vec<u8>,
}

impl Unsealed {
    /// Binds the body into the header.
    pub fn new(mut header: Header, body: Vec<u8>) -> Unsealed {
        header.body_hash = EventHash(sha256(&[&body]));
        header.body_len = u32::try_from(body.len()).unwrap_or(u32::MAX);
        let payload = to_bytes(&header);
        let protected = seal::protected(header.key);
        Unsealed { hash: header_hash(&payload), header, protected, payload, body }
    }

    /// What the event will be known by; it does not depend on the signature.
    pub fn hash(&self) -> EventHash {
        self.hash
    }

    /// The bytes to sign with ES256.
    pub fn signing_input(&self) -> Vec<u8> {
        seal::signing_input(&self.protected, &self.payload)
    }

    /// The event, closed with its signature.
    pub fn seal(self, signature: Signature) -> Event {
        let sealed = seal::assemble(&self.protected, &self.payload, signature);
        let (header, hash, body) = (self.header, self.hash, Some(self.body));
        Event(Arc::new(Parts { header, hash, sealed, body }))
    }
}
