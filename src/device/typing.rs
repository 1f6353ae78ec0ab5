//! What was typed this instant, in local storage. It is kept before the call returns, so a page that is closed
//! or reloaded within a keystroke has it; the database takes it over a moment later.

use super::settings::local;

fn key(account: &str, name: &str) -> String {
    ["dubbelspoor.typing", account, name].join(".")
}

/// Keeps it; an empty text says that there is nothing any more. What does not fit is left to the database.
pub(crate) fn hold(account: &str, name: &str, text: &str) {
    if let Some(storage) = local() {
        let _ = storage.set_item(&key(account, name), text);
    }
}

/// What the database may not have yet.
pub(crate) fn held(account: &str, name: &str) -> Option<String> {
    local()?.get_item(&key(account, name)).ok()?
}

/// The database has this text. What was typed since then stays.
pub(crate) fn taken_over(account: &str, name: &str, text: &str) {
    if held(account, name).as_deref() == Some(text) {
        forget(account, name);
    }
}

/// It was saved as something better, or thrown away.
pub(crate) fn forget(account: &str, name: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(&key(account, name));
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn only_what_the_database_has_is_let_go() {
        hold("amina", "new", "Pallets");
        assert_eq!(held("karim", "new"), None);
        hold("amina", "new", "Pallets geteld");
        taken_over("amina", "new", "Pallets");
        assert_eq!(held("amina", "new").as_deref(), Some("Pallets geteld"));
        taken_over("amina", "new", "Pallets geteld");
        assert_eq!(held("amina", "new"), None);
        hold("amina", "new", "");
        assert_eq!(held("amina", "new").as_deref(), Some(""));
        forget("amina", "new");
        assert_eq!(held("amina", "new"), None);
    }
}
