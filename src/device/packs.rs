//! The texts of the app: a file per language beside each program. `public/boot.js` knows where they are, and hands the
//! first over with the program.

use super::{Fault, call, global, property, settled};

/// What `boot.js` calls the way to them.
const WORDS: &str = "words";

/// The language that was chosen before the program started, and its texts.
pub(crate) fn first() -> Option<(String, String)> {
    let words = global(WORDS).ok()?;
    let field = |name| property(&words, name).ok()?.as_string();
    Some((field("language")?, field("text")?))
}

/// The texts of another language: from this device, else from the school.
pub(crate) async fn bring(language: &str) -> Result<String, Fault> {
    let text = call(&global(WORDS)?, "bring", &[language.into()])?;
    settled(text).await?.as_string().ok_or_else(|| Fault::Offline("no texts".into()))
}

/// Has every language kept on this device. Nobody waits for it.
pub(crate) fn keep_all() {
    // Without it a choice of another language needs the school.
    let _ = global(WORDS).and_then(|it| call(&it, "keepAll", &[]));
}
