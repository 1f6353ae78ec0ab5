//! What a person set on this device, in local storage: small, not evidence, and needed before the
//! database is open.

use super::object;
use gloo_storage::{LocalStorage, Storage};
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

const KEY: &str = "dubbelspoor.settings";
const LANGUAGE: &str = "language";
const THEME: &str = "theme";
const TELLS: &str = "tells";
const CENTRE: &str = "centre";
const TRACK: &str = "track";

/// The choices; an absent one follows the browser. Read and written by the browser's own JSON: a parser of our own
/// would weigh as much as a screen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Settings {
    /// `nl`, `en` or `fr`.
    pub(crate) language: Option<String>,
    /// `light`, `dark` or `contrast`.
    pub(crate) theme: Option<String>,
    /// Whom this device tells that something waits, and on which days of the week, from 0 for Monday.
    pub(crate) tells: Option<String>,
    /// At which centre somebody works who runs several.
    pub(crate) centre: Option<String>,
    /// In which leertraject somebody works who is the cursist of several.
    pub(crate) track: Option<String>,
}

impl Settings {
    /// What was kept; the defaults where nothing readable is.
    pub(crate) fn load() -> Settings {
        kept().unwrap_or_default()
    }

    /// Keeps the choices; `false` when they will be forgotten with the page.
    pub(crate) fn save(&self) -> bool {
        let field = |it: &Option<String>| it.as_deref().map_or(JsValue::NULL, JsValue::from);
        let choices = object(&[
            (LANGUAGE, field(&self.language)),
            (THEME, field(&self.theme)),
            (TELLS, field(&self.tells)),
            (CENTRE, field(&self.centre)),
            (TRACK, field(&self.track)),
        ]);
        let text = JSON::stringify(&choices).ok().and_then(|it| it.as_string());
        let keep = |text: String| local()?.set_item(KEY, &text).ok();
        text.and_then(keep).is_some()
    }

    /// Changes some of what is kept now, which another tab may have changed since it was read here.
    pub(crate) fn change(with: impl FnOnce(&mut Settings)) -> bool {
        let mut settings = Settings::load();
        with(&mut settings);
        settings.save()
    }
}

fn kept() -> Option<Settings> {
    let choices = JSON::parse(&local()?.get_item(KEY).ok()??).ok()?;
    let field =
        |name: &str| Reflect::get(&choices, &name.into()).ok().and_then(|it| it.as_string());
    Some(Settings {
        language: field(LANGUAGE),
        theme: field(THEME),
        tells: field(TELLS),
        centre: field(CENTRE),
        track: field(TRACK),
    })
}

/// Puts the look and the language on the page itself.
pub(crate) fn show(theme: Option<&str>, language: &str) {
    let document = web_sys::window().and_then(|it| it.document());
    let Some(root) = document.and_then(|it| it.document_element()) else { return };
    // Neither can fail: both are names of attributes.
    let _ = root.set_attribute("lang", language);
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}

/// Asking for it throws where cookies are blocked, and `gloo_storage` takes that for a panic.
pub(super) fn local() -> Option<web_sys::Storage> {
    let is_there = matches!(web_sys::window()?.local_storage(), Ok(Some(_)));
    is_there.then(LocalStorage::raw)
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn choices_are_kept_and_rubbish_is_not_fatal() {
        LocalStorage::delete(KEY);
        assert_eq!(Settings::load(), Settings::default());
        assert!(Settings::change(|it| it.language = Some("fr".into())));
        assert!(Settings::change(|it| it.theme = Some("dark".into())));
        let both = Settings {
            language: Some("fr".into()),
            theme: Some("dark".into()),
            ..Settings::default()
        };
        assert_eq!(Settings::load(), both);
        LocalStorage::raw().set_item(KEY, r#"{"language":"nl","of_a_newer_app":[1]}"#).unwrap();
        assert_eq!(Settings::load().language.as_deref(), Some("nl"));
        LocalStorage::raw().set_item(KEY, "rubbish").unwrap();
        assert_eq!(Settings::load(), Settings::default());
        LocalStorage::delete(KEY);
    }
}
