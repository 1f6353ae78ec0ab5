//! What is signed and what is checked: COSE_Sign1 (RFC 9052) with ES256 over the event's header.

use crate::id::{KeyId, Signature};
use minicbor::data::Tag;
use minicbor::{Decoder, Encoder};
use sha2::{Digest, Sha256};

/// Ties a signature to this use: a signature made elsewhere with the same key proves nothing here.
pub const CONTEXT: &[u8] = b"dubbelspoor-event-v1";
const COSE_SIGN1: u64 = 18;
const ES256: i8 = -7;

type Infallible<T> = Result<T, minicbor::encode::Error<core::convert::Infallible>>;

/// SHA-256 over the parts in a row.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// The protected COSE header: the algorithm and the key.
pub(crate) fn protected(key: KeyId) -> Vec<u8> {
    in_memory(|out| {
        out.map(2)?.u8(1)?.i8(ES256)?.u8(4)?.bytes(&key.0)?;
        Ok(())
    })
}

/// The `Sig_structure` of RFC 9052 4.4.
pub(crate) fn signing_input(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    in_memory(|out| {
        out.array(4)?.str("Signature1")?.bytes(protected)?.bytes(CONTEXT)?.bytes(payload)?;
        Ok(())
    })
}

pub(crate) fn assemble(protected: &[u8], payload: &[u8], signature: Signature) -> Vec<u8> {
    in_memory(|out| {
        out.tag(Tag::new(COSE_SIGN1))?.array(4)?.bytes(protected)?.map(0)?;
        out.bytes(payload)?.bytes(&signature.0)?;
        Ok(())
    })
}

fn in_memory(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Infallible<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = write(&mut Encoder::new(&mut bytes));
    debug_assert!(written.is_ok());
    bytes
}

/// The parts of a COSE_Sign1, borrowed from its bytes.
pub(crate) struct Cose<'b> {
    pub(crate) protected: &'b [u8],
    pub(crate) payload: &'b [u8],
    pub(crate) key: KeyId,
    pub(crate) signature: Signature,
}

impl<'b> Cose<'b> {
    /// Only the shape that [`assemble`] writes: one algorithm, one key, nothing unprotected.
    pub(crate) fn parse(sealed: &'b [u8]) -> Option<Cose<'b>> {
        let mut from = Decoder::new(sealed);
        let is_sign1 = from.tag().ok()? == Tag::new(COSE_SIGN1) && from.array().ok()? == Some(4);
        let protected = from.bytes().ok()?;
        let is_bare = from.map().ok()? == Some(0);
        let payload = from.bytes().ok()?;
        let signature = Signature::from_slice(from.bytes().ok()?)?;
        let whole = from.position() == sealed.len();
        let key = KeyId::from_slice(protected.get(protected.len().checked_sub(8)?..)?)?;
        let is_ours = self::protected(key) == protected;
        (is_sign1 && is_bare && whole && is_ours).then_some(Cose {
            protected,
            payload,
            key,
            signature,
        })
    }
}

/// Whether a key made a signature over a message: WebCrypto's job on the phone, [`verify`] on the server.
pub type Verify = fn(&crate::id::PublicKey, &[u8], &Signature) -> bool;

#[cfg(feature = "p256")]
pub use native::{SecretKey, verify};

#[cfg(feature = "p256")]
mod native {
    use crate::id::{PublicKey, Signature};
    use p256::ecdsa::signature::{Signer, Verifier};
    use p256::ecdsa::{SigningKey, VerifyingKey};

    /// ES256. Accepts both forms of `s`: identity never hangs on a signature.
    pub fn verify(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        let key = VerifyingKey::from_sec1_bytes(&key.0);
        let signature = p256::ecdsa::Signature::from_slice(&signature.0);
        matches!((key, signature), (Ok(key), Ok(sig)) if key.verify(message, &sig).is_ok())
    }

    /// A signing key held in memory: the server's own, and those of tests and demo people.
    #[derive(Clone)]
    pub struct SecretKey(SigningKey);

    impl SecretKey {
        /// `None` for the few values that are no valid scalar.
        pub fn from_bytes(bytes: &[u8; 32]) -> Option<SecretKey> {
            SigningKey::from_slice(bytes).ok().map(SecretKey)
        }

        /// The public half.
        pub fn public(&self) -> PublicKey {
            let point = self.0.verifying_key().to_sec1_point(false);
            PublicKey::from_slice(point.as_bytes()).unwrap_or(PublicKey([0; 65]))
        }

        /// ES256 with the deterministic nonce of RFC 6979.
        pub fn sign(&self, message: &[u8]) -> Signature {
            let signature: p256::ecdsa::Signature = self.0.sign(message);
            let mut bytes = [0; 64];
            bytes.copy_from_slice(&signature.to_bytes());
            Signature(bytes)
        }
    }
}
