//! The event: a signed header and, beside it, the body that the header binds by hash.

use crate::codec::{from_bytes, is_well_formed, to_bytes};
use crate::hlc::Hlc;
use crate::id::{Chain, DossierId, EventHash, EventId, KeyId, PersonId, ReplicaId, Signature};
use crate::seal::{self, Cose, sha256};
use minicbor::{Decode, Decoder, Encode, Encoder};
use std::sync::Arc;

/// The header layout that this code writes.
pub const VERSION: u8 = 1;
/// The largest body that is accepted, in bytes.
pub const MAX_BODY: usize = 64 * 1024;
/// The largest event as it travels, in bytes: the body, the header and the signature.
pub const MAX_EVENT: usize = MAX_BODY + 1024;

/// What is signed. Fields are only ever added behind the last one.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Header {
    /// Layout of this header; see [`VERSION`].
    #[n(0)]
    pub version: u8,
    /// Which record kind the body is; see `dossier::Body`.
    #[n(1)]
    pub kind: u16,
    /// UUIDv7, chosen by the device.
    #[n(2)]
    pub id: EventId,
    /// The dossier that this belongs to, and no other.
    #[n(3)]
    pub dossier: DossierId,
    /// The installation that wrote it.
    #[n(4)]
    pub replica: ReplicaId,
    /// From 1, without holes, per installation and dossier.
    #[n(5)]
    pub seq: u64,
    /// First half of the hash of this installation's previous header here; zeros at the first.
    #[n(6)]
    pub prev: Short,
    /// When, by the device's clock.
    #[n(7)]
    pub hlc: Hlc,
    /// Who.
    #[n(8)]
    pub person: PersonId,
    /// The key that signs.
    #[n(9)]
    pub key: KeyId,
    /// The last position of the server's order that the device had seen.
    #[n(10)]
    pub seen_position: u64,
    /// First half of the server's chain at that position.
    #[n(11)]
    pub seen_chain: Short,
    /// SHA-256 of the body.
    #[n(12)]
    pub body_hash: EventHash,
    /// Length of the body in bytes.
    #[n(13)]
    pub body_len: u32,
    /// See [`CONFIDENTIAL`].
    #[n(14)]
    pub flags: u16,
    /// The challenge of a QR hand-over, if any.
    #[n(15)]
    pub challenge: Option<Short>,
}

/// Flag: a server that does not know the kind shows it to its author only.
pub const CONFIDENTIAL: u16 = 1;

/// Sixteen bytes of a longer hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Short(pub [u8; 16]);

impl<C> Encode<C> for Short {
    fn encode<W: minicbor::encode::Write>(
        &self,
        out: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        out.bytes(&self.0)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Short {
    fn decode(from: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = from.bytes()?.try_into();
        bytes.map(Short).map_err(|_| minicbor::decode::Error::message("sixteen bytes"))
    }
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
pub struct Event {
    header: Header,
    hash: EventHash,
    sealed: Arc<[u8]>,
    body: Option<Arc<[u8]>>,
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
        let mut from = Decoder::new(raw);
        let parts = (|| {
            let two = from.array()? == Some(2);
            let sealed = from.bytes()?;
            let body = if from.datatype()? == minicbor::data::Type::Null {
                from.null()?;
                None
            } else {
                Some(from.bytes()?)
            };
            Ok::<_, minicbor::decode::Error>((two, sealed, body))
        })();
        match parts {
            Ok((true, sealed, body)) if from.position() == raw.len() => Event::join(sealed, body),
            _ => Err(Broken::Shape),
        }
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
        Ok(Event { header, hash, sealed: sealed.into(), body: body.map(Into::into) })
    }

    /// The signed statement.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Its only identity.
    pub fn hash(&self) -> EventHash {
        self.hash
    }

    /// The COSE_Sign1 bytes as they were made.
    pub fn sealed(&self) -> &[u8] {
        &self.sealed
    }

    /// The body's bytes, unless redacted.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// As it travels: `[sealed, body]`.
    pub fn raw(&self) -> Vec<u8> {
        let mut raw = Vec::with_capacity(self.sealed.len() + MAX_HEAD);
        let mut out = Encoder::new(&mut raw);
        let written = (|| {
            let out = out.array(2)?.bytes(&self.sealed)?;
            match &self.body {
                Some(body) => out.bytes(body)?,
                None => out.null()?,
            };
            Ok::<_, minicbor::encode::Error<core::convert::Infallible>>(())
        })();
        debug_assert!(written.is_ok());
        raw
    }

    /// What its author's key must have signed, and the signature.
    pub fn claim(&self) -> Option<(Vec<u8>, Signature)> {
        let cose = Cose::parse(&self.sealed)?;
        Some((seal::signing_input(cose.protected, cose.payload), cose.signature))
    }
}

const MAX_HEAD: usize = 512;

fn read_header(payload: &[u8]) -> Result<Header, Broken> {
    let version = Decoder::new(payload).array_iter::<u8>().ok().and_then(|mut it| it.next());
    match version {
        Some(Ok(VERSION)) => {}
        Some(Ok(newer)) if newer > VERSION => return Err(Broken::NewerVersion),
        _ => return Err(Broken::Shape),
    }
    let header: Header = from_bytes(payload).map_err(|_| Broken::Shape)?;
    if header.seq == 0 { Err(Broken::Shape) } else { Ok(header) }
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
        Event {
            header: self.header,
            hash: self.hash,
            sealed: sealed.into(),
            body: Some(self.body.into()),
        }
    }
}
