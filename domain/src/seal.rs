//! What is signed and what is checked: COSE_Sign1 (RFC 9052) with ES256 over the event's header.

use crate::codec::{ARRAY, MAP, NEGATIVE, NUMBER, Reader, TAG, Writer};
use crate::id::{KeyId, Signature};
use sha2::{Digest, Sha256};

/// Ties a signature to this use: a signature made elsewhere with the same key proves nothing here.
pub const CONTEXT: &[u8] = b"dubbelspoor-event-v1";
const COSE_SIGN1: u64 = 18;
/// ES256 is algorithm -7, which stands as 6 behind the head for negative numbers.
const ES256: (u8, u64) = (NEGATIVE, 6);

/// SHA-256 over the parts in a row.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// The protected COSE header: the algorithm and the key.
pub(crate) fn protected(key: KeyId) -> Vec<u8> {
    let mut out = Writer::default();
    out.head(MAP, 2);
    out.head(NUMBER, 1);
    out.head(ES256.0, ES256.1);
    out.head(NUMBER, 4);
    out.bytes(&key.0);
    out.0
}

/// The `Sig_structure` of RFC 9052 4.4.
pub(crate) fn signing_input(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::default();
    out.head(ARRAY, 4);
    out.text("Signature1");
    [protected, CONTEXT, payload].iter().for_each(|part| out.bytes(part));
    out.0
}

pub(crate) fn assemble(protected: &[u8], payload: &[u8], signature: Signature) -> Vec<u8> {
    let mut out = Writer::default();
    out.head(TAG, COSE_SIGN1);
    out.head(ARRAY, 4);
    out.bytes(protected);
    out.head(MAP, 0);
    out.bytes(payload);
    out.bytes(&signature.0);
    out.0
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
        let mut from = Reader::new(sealed);
        let is_sign1 = from.expect(TAG) == COSE_SIGN1 && from.expect(ARRAY) == 4;
        let protected = from.bytes();
        let is_bare = from.expect(MAP) == 0;
        let payload = from.bytes();
        let mut signature = Signature([0; 64]);
        from.fill(&mut signature.0);
        let key = KeyId::from_slice(protected.get(protected.len().checked_sub(8)?..)?)?;
        let is_ours = self::protected(key) == protected;
        (is_sign1 && is_bare && from.is_done() && is_ours).then_some(Cose {
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
