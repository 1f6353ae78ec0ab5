//! The texts of the app: a file per language beside each part of a program. `public/boot.js` knows where they are, and
//! hands the first over with the program.

use super::{Fault, call, global, property, settled};
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

/// What `boot.js` calls the way to them.
const WORDS: &str = "words";

/// The language that was chosen before the program started, and its texts.
pub(crate) fn first() -> Option<(String, Vec<String>)> {
    let words = global(WORDS).ok()?;
    let field = |name| property(&words, name).ok();
    Some((field("language")?.as_string()?, texts(field("packs")?)))
}

/// The texts of another language: from this device, else from the school.
pub(crate) async fn bring(language: &str) -> Result<Vec<String>, Fault> {
    Ok(texts(settled(call(&global(WORDS)?, "bring", &[language.into()])?).await?))
}

/// Brings the part of the program that is fetched once the first screen stands, and the texts of the whole. A build that
/// was not cut in two has nothing to bring.
pub(crate) async fn make_whole(language: &str) -> Result<Vec<String>, Fault> {
    Ok(texts(settled(call(&global("program")?, "whole", &[language.into()])?).await?))
}

/// Has every language kept on this device. Nobody waits for it.
pub(crate) fn keep_all() {
    // Without it a choice of another language needs the school.
    let _ = global(WORDS).and_then(|it| call(&it, "keepAll", &[]));
}

fn texts(packs: JsValue) -> Vec<String> {
    packs
        .unchecked_into::<Array>()
        .iter()
        .map(|it| it.unchecked_into::<JsString>().into())
        .collect()
}
