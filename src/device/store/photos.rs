//! Photos that travel beside the events: what is here, and which of it the school does not have yet.

use super::database::{fault, kept, writing};
use super::records::{
    ALL, Listing, compound, delete_in, everything, get, id, put_in, reading, second, to_bytes,
    to_js,
};
use super::{Fault, Store};
use dubbelspoor_domain::id::{DossierId, FileHash};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

const PHOTOS: &str = "photos";
/// A name without bytes for each photo that waits.
const UNSENT: &str = "unsent";

fn key(dossier: DossierId, file: FileHash) -> JsValue {
    compound(dossier, to_js(&file.0))
}

impl Store {
    /// Keeps a photo, to be sent or as it came from the school. The room that is held back is for text: a photo that
    /// does not fit beside it is refused.
    pub(crate) async fn put_photo(
        &self,
        dossier: DossierId,
        file: FileHash,
        bytes: &[u8],
        unsent: bool,
    ) -> Result<(), Fault> {
        self.handle
            .run(async |database| {
                let transaction = writing(database, &[PHOTOS, UNSENT])?;
                put_in(&transaction, PHOTOS, key(dossier, file), to_js(bytes))?;
                if unsent {
                    put_in(&transaction, UNSENT, key(dossier, file), to_js(&[]))?;
                }
                kept(transaction).await
            })
            .await
    }

    /// A photo that is here.
    pub(crate) async fn photo(
        &self,
        dossier: DossierId,
        file: FileHash,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let found = self
            .handle
            .run(async |database| {
                get(&reading(database, &[PHOTOS])?, PHOTOS, key(dossier, file)).await
            })
            .await?;
        Ok(found.and_then(to_bytes))
    }

    /// The photos that the school does not have yet.
    pub(crate) async fn unsent_photos(&self) -> Result<Vec<(DossierId, FileHash)>, Fault> {
        self.handle
            .run(async |database| {
                let transaction = reading(database, &[UNSENT])?;
                let unsent = transaction.object_store(UNSENT).map_err(fault)?;
                let (names, _) = Listing::ask(&unsent, everything(), ALL)?.read(name).await?;
                Ok(names.into_iter().map(|(name, _)| name).collect())
            })
            .await
    }

    /// Whether a photo waits to be sent.
    pub(crate) async fn set_unsent(
        &self,
        dossier: DossierId,
        file: FileHash,
        unsent: bool,
    ) -> Result<(), Fault> {
        self.handle
            .run(async |database| {
                let transaction = writing(database, &[UNSENT])?;
                if unsent {
                    put_in(&transaction, UNSENT, key(dossier, file), to_js(&[]))?;
                } else {
                    delete_in(&transaction, UNSENT, key(dossier, file))?;
                }
                kept(transaction).await
            })
            .await
    }
}

fn name(key: JsValue) -> Option<(DossierId, FileHash)> {
    let dossier = id(key.dyn_ref::<Array>()?.get(0))?;
    Some((DossierId(dossier), FileHash(id(second(key))?)))
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::super::BALLAST;
    use super::*;
    use crate::device::clock;
    use crate::device::stub::Stub;
    use wasm_bindgen_test::wasm_bindgen_test;

    const ONE: DossierId = DossierId([7; 16]);
    const OTHER: DossierId = DossierId([8; 16]);
    const FIRST: FileHash = FileHash([1; 32]);
    const SECOND: FileHash = FileHash([2; 32]);

    fn fresh() -> Store {
        Store::of(&format!("{:x?}", clock::uuid()))
    }

    #[wasm_bindgen_test]
    async fn a_photo_waits_until_it_is_sent_and_goes_along_in_a_copy() {
        let store = fresh();
        store.put_photo(ONE, FIRST, b"a photo", true).await.unwrap();
        store.put_photo(OTHER, FIRST, b"of another dossier", false).await.unwrap();
        store.put_photo(ONE, SECOND, b"fetched", false).await.unwrap();
        assert_eq!(store.unsent_photos().await.unwrap(), [(ONE, FIRST)]);
        let told = store.everything().await.unwrap();
        assert!(told.contains("612070686f746f") && !told.contains("66657463686564"), "{told}");
        assert_eq!(store.photo(OTHER, FIRST).await.unwrap().unwrap(), b"of another dossier");
        assert_eq!(store.photo(OTHER, SECOND).await.unwrap(), None);
        store.set_unsent(ONE, FIRST, false).await.unwrap();
        store.set_unsent(ONE, SECOND, true).await.unwrap();
        assert_eq!(store.unsent_photos().await.unwrap(), [(ONE, SECOND)]);
        assert_eq!(store.photo(ONE, FIRST).await.unwrap().unwrap(), b"a photo");
    }

    #[wasm_bindgen_test]
    async fn a_photo_takes_no_room_that_is_held_back_for_text() {
        let store = fresh();
        store.reserve().await.unwrap();
        let full = Stub::method(
            "IDBObjectStore",
            "put",
            "throw new DOMException('full', 'QuotaExceededError')",
        );
        let refused = store.put_photo(ONE, FIRST, b"too much", true).await;
        drop(full);
        assert!(matches!(refused, Err(Fault::FreeSpace(_))), "{refused:?}");
        assert!(store.meta(BALLAST).await.unwrap().is_some());
        assert_eq!(store.unsent_photos().await.unwrap(), []);
    }
}
