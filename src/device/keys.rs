//! The key of this installation (ECDSA P-256, not extractable) and the checking of others' signatures.

use super::store::Store;
use super::{Fault, note, object, settled, window};
use dubbelspoor_domain::id::{PublicKey, Signature};
use dubbelspoor_domain::ordered::Table;
use dubbelspoor_domain::sync::Claim;
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

/// Signs for this installation.
#[derive(Clone)]
pub(crate) struct Signer {
    pair: CryptoKeyPair,
    public: PublicKey,
    /// Whether the key outlives this page. If not: online only, and the person is told.
    kept: bool,
}

impl Signer {
    /// The key that this device keeps under a name, if it has one that it can still use.
    pub(crate) async fn load(store: &Store, name: &str) -> Result<Option<Signer>, Fault> {
        let Some(value) = store.key(name).await? else { return Ok(None) };
        // A browser may keep the record and give back nothing in it.
        let pair = value.unchecked_into::<CryptoKeyPair>();
        if pair.get_private_key().is_undefined() || pair.get_public_key().is_undefined() {
            note("the kept key came back empty");
            return Ok(None);
        }
        Signer::from_pair(pair, true).await.map(Some)
    }

    /// Makes a key, in memory.
    pub(crate) async fn create() -> Result<Signer, Fault> {
        let usages = Array::of2(&"sign".into(), &"verify".into());
        let made = subtle()?.generate_key_with_object(&curve(), false, &usages)?;
        Signer::from_pair(settled(made.into()).await?.unchecked_into(), false).await
    }

    async fn from_pair(pair: CryptoKeyPair, kept: bool) -> Result<Signer, Fault> {
        let raw = subtle()?.export_key("raw", &pair.get_public_key())?;
        let public = Uint8Array::new(&settled(raw.into()).await?).to_vec();
        let public = PublicKey::from_slice(&public)
            .ok_or_else(|| Fault::Unsupported("a public key of odd length".into()))?;
        Ok(Signer { pair, public, kept })
    }

    /// Keeps the key under a name.
    ///
    /// # Errors
    /// [`Fault::NoKeyHere`] where the browser refuses; the key then goes on in memory.
    pub(crate) async fn keep(&mut self, store: &Store, name: &str) -> Result<(), Fault> {
        store.put_key(name, &self.pair).await?;
        self.kept = true;
        Ok(())
    }

    /// Whether the key outlives this page.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub(crate) fn is_kept(&self) -> bool {
        self.kept
    }

    /// The uncompressed point (SEC1).
    pub(crate) fn public_key(&self) -> PublicKey {
        self.public
    }

    /// ES256: `r || s`.
    pub(crate) async fn sign(&self, bytes: &[u8]) -> Result<Signature, Fault> {
        let bytes = Uint8Array::from(bytes);
        let signing = subtle()?.sign_with_object_and_js_u8_array(
            &es256(),
            &self.pair.get_private_key(),
            &bytes,
        )?;
        let signature = Uint8Array::new(&settled(signing.into()).await?).to_vec();
        Signature::from_slice(&signature)
            .ok_or_else(|| Fault::Unsupported("a signature of odd length".into()))
    }
}

/// Whether the owner of this public key signed these bytes.
pub(crate) async fn verify(public: PublicKey, bytes: &[u8], signature: Signature) -> bool {
    holds(check(public, bytes, signature).await).await
}

/// Checks many at once; the browser does so beside the page's own thread.
pub(crate) async fn verify_all(claims: &[Claim]) -> Vec<bool> {
    let mut checks = Vec::with_capacity(claims.len());
    for it in claims {
        checks.push(check(it.public, &it.message, it.signature).await);
    }
    let mut all = Vec::with_capacity(claims.len());
    for it in checks {
        all.push(holds(it).await);
    }
    all
}

/// A signature that cannot be checked does not hold.
async fn holds(check: Result<JsFuture, Fault>) -> bool {
    match check {
        Ok(checking) => checking.await.is_ok_and(|it| it.is_truthy()),
        Err(_) => false,
    }
}

/// Begins to check a signature.
async fn check(public: PublicKey, bytes: &[u8], signature: Signature) -> Result<JsFuture, Fault> {
    let key = import(public).await?;
    let signature = Uint8Array::from(signature.0.as_slice());
    let bytes = Uint8Array::from(bytes);
    let checking = subtle()?.verify_with_object_and_buffer_source_and_buffer_source(
        &es256(),
        &key,
        &signature,
        &bytes,
    )?;
    Ok(JsFuture::from(checking))
}

thread_local! {
    /// Imported keys: a dossier has thousands of signatures and a handful of signers.
    static IMPORTED: RefCell<Table<PublicKey, CryptoKey>> = RefCell::default();
}

async fn import(public: PublicKey) -> Result<CryptoKey, Fault> {
    if let Some(key) = IMPORTED.with_borrow(|known| known.get(&public).cloned()) {
        return Ok(key);
    }
    let importing = subtle()?.import_key_with_object(
        "raw",
        &Uint8Array::from(public.0.as_slice()),
        &curve(),
        true,
        &Array::of1(&"verify".into()),
    )?;
    let key: CryptoKey = settled(importing.into()).await?.unchecked_into();
    IMPORTED.with_borrow_mut(|known| known.put(public, key.clone()));
    Ok(key)
}

/// Absent on plain http, except on localhost.
fn subtle() -> Result<SubtleCrypto, Fault> {
    let subtle = window()?.crypto()?.subtle();
    if JsValue::from(subtle.clone()).is_undefined() {
        return Err(Fault::NoKeyHere("no WebCrypto on this page".into()));
    }
    Ok(subtle)
}

fn curve() -> js_sys::Object {
    object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())])
}

fn es256() -> js_sys::Object {
    object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use dubbelspoor_domain::id::EventHash;
    use wasm_bindgen_test::wasm_bindgen_test;

    impl Signer {
        /// Tries what no code may.
        pub(in crate::device) async fn reveal(&self) -> Result<JsValue, Fault> {
            let promise = subtle()?.export_key("pkcs8", &self.pair.get_private_key())?;
            settled(promise.into()).await
        }
    }

    #[wasm_bindgen_test]
    async fn a_signature_fits_its_bytes_and_its_key_only() {
        let (signer, other) = (Signer::create().await.unwrap(), Signer::create().await.unwrap());
        let signature = signer.sign(b"bytes").await.unwrap();
        let claim = |public, bytes: &[u8], signature| Claim {
            event: EventHash([0; 32]),
            public,
            message: bytes.to_vec(),
            signature,
        };
        let mut changed = signature;
        changed.0[40] ^= 1;
        let claims = [
            claim(signer.public_key(), b"bytes", signature),
            claim(signer.public_key(), b"other", signature),
            claim(other.public_key(), b"bytes", signature),
            claim(PublicKey([4; 65]), b"bytes", signature),
            claim(signer.public_key(), b"bytes", changed),
        ];
        assert_eq!(verify_all(&claims).await, [true, false, false, false, false]);
    }
}
