//! All that a device holds for a person, as one file that other programs can read.

use super::Store;
use crate::device::{Fault, object};
use dubbelspoor_domain::id::EventHash;
use dubbelspoor_domain::sync::Loaded;
use js_sys::{Array, JSON};
use std::fmt::Write;
use wasm_bindgen::JsValue;

impl Store {
    /// JSON: per dossier the tip, the rows by position, what is unsent and what came back, each in
    /// hexadecimal as it was signed; the drafts; and the photos that the school does not have yet.
    pub(crate) async fn everything(&self) -> Result<String, Fault> {
        let dossiers = Array::new();
        for dossier in self.dossiers().await? {
            let held = one(&self.load(dossier).await?);
            dossiers.push(&Array::of2(&dossier.to_string().into(), &held));
        }
        let drafts = Array::new();
        for name in self.drafts().await? {
            let text = self.draft(&name).await?.unwrap_or_default();
            drafts.push(&Array::of2(&name.into(), &text.into()));
        }
        let photos = Array::new();
        for (dossier, file) in self.unsent_photos().await? {
            let photo = self.photo(dossier, file).await?.unwrap_or_default();
            let [dossier, file, photo] =
                [hex(dossier.0), hex(file.0), hex(photo)].map(JsValue::from);
            photos.push(&Array::of3(&dossier, &file, &photo));
        }
        let all = object(&[
            ("format", "dubbelspoor-export-1".into()),
            ("dossiers", dossiers.into()),
            ("drafts", drafts.into()),
            ("photos", photos.into()),
        ]);
        Ok(JSON::stringify(&all)?.into())
    }
}

fn one(loaded: &Loaded) -> JsValue {
    let pair =
        |(hash, bytes): &(EventHash, Vec<u8>)| Array::of2(&hex(hash.0).into(), &hex(bytes).into());
    let row = |(position, bytes): &(u64, Vec<u8>)| {
        Array::of2(&super::number(*position), &hex(bytes).into())
    };
    object(&[
        ("tip", hex(loaded.tip.as_deref().unwrap_or_default()).into()),
        ("rows", loaded.rows.iter().map(row).collect::<Array>().into()),
        ("outbox", loaded.outbox.iter().map(pair).collect::<Array>().into()),
        ("refused", loaded.refused.iter().map(pair).collect::<Array>().into()),
    ])
    .into()
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    let bytes = bytes.as_ref();
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
