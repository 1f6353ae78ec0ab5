//! The centre's own key: it signs receipts, and the events that only the school writes.

use crate::error::{Error, Result};
use crate::store::SharedStore;
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::event::{Event, Unsealed};
use dubbelspoor_domain::id::PublicKey;
use dubbelspoor_domain::seal::{SecretKey, sha256};
use dubbelspoor_domain::sync::School;
use dubbelspoor_domain::wire::{Message, Purpose, Signed};

/// The key, and its public half at hand.
pub struct SchoolKey {
    secret: SecretKey,
    public: PublicKey,
    /// Proves that a challenge was made here.
    challenges: [u8; 32],
}

impl SchoolKey {
    /// Reads the key from the store; the first server ever to ask makes it.
    ///
    /// # Errors
    /// When the store does not answer, or holds something that is no key.
    pub async fn load(store: &SharedStore) -> Result<SchoolKey> {
        let fresh = loop {
            // Nearly every 32 bytes are a key; the rest is tried again.
            let bytes = crate::random::<32>()?;
            if SecretKey::from_bytes(&bytes).is_some() {
                break bytes;
            }
        };
        let kept = store.meta("school-key", &fresh).await?;
        let secret = <&[u8; 32]>::try_from(&kept[..]).ok().and_then(SecretKey::from_bytes);
        let secret = secret.ok_or(Error::Corrupt("the school's key"))?;
        let challenges = sha256(&[b"dubbelspoor-challenges-v1", &kept]);
        Ok(SchoolKey { public: secret.public(), secret, challenges })
    }

    /// The key that phones check everything with.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// As the ledger knows it.
    pub fn identity(&self) -> School {
        School { public: self.public }
    }

    /// An answer that its reader can hold us to.
    pub fn answer(&self, message: &impl Message) -> Signed {
        let payload = message.to_bytes();
        let signature = self.secret.sign(&Purpose::Answer.signing_input(&payload));
        Signed { payload: Bytes(payload), key: self.public.id(), signature }
    }

    /// Closes an event of the school.
    pub fn seal(&self, event: Unsealed) -> Event {
        event.sealed_with(|message| self.secret.sign(message))
    }

    /// Something to sign that is good until a moment, and needs no memory here.
    pub fn challenge(&self, until: u64, nonce: [u8; 16]) -> Vec<u8> {
        let mut challenge = [&until.to_be_bytes()[..], &nonce].concat();
        let proof = self.proof(&challenge);
        challenge.extend_from_slice(&proof);
        challenge
    }

    /// Whether a challenge was made here and is still good.
    pub fn knows(&self, challenge: &[u8], now: u64) -> bool {
        let Some((said, proof)) = challenge.split_at_checked(24) else { return false };
        let mut until = [0; 8];
        until.copy_from_slice(&said[..8]);
        // Nobody who can time this comparison learns more than a challenge that expires in minutes.
        proof == self.proof(said) && now <= u64::from_be_bytes(until)
    }

    fn proof(&self, said: &[u8]) -> [u8; 32] {
        // Hashed twice with the secret around it, so that it cannot be extended.
        sha256(&[&self.challenges, &sha256(&[&self.challenges, said])])
    }
}
