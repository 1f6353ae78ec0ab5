//! What the browser gives, behind plain functions. Knows bytes, ids and browser interfaces; never the
//! meaning of a record.

pub(crate) mod channel;
pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod live;
pub(crate) mod locks;
pub(crate) mod net;
pub(crate) mod packs;
pub(crate) mod picture;
pub(crate) mod settings;
pub(crate) mod storage;
pub(crate) mod store;
#[cfg(all(test, target_arch = "wasm32"))]
mod stub;
pub(crate) mod telling;
pub(crate) mod typing;
pub(crate) mod wake;
pub(crate) mod worker;

use js_sys::{Array, Function, Reflect};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why the browser could not do it, named after what to do now. The text is for logs only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// Try again later; nothing is known to be wrong here.
    Retry(String),
    /// The database went away under us. One retry on a new handle has failed already: reload.
    Reopen(String),
    /// Another tab holds the old layout of the database: ask to close the others.
    CloseTabs(String),
    /// There is no room left: ask to free some. Text still fits at the first such fault.
    FreeSpace(String),
    /// The data on this device is of a newer app: update.
    Update(String),
    /// This browser cannot keep a key: work online only.
    NoKeyHere(String),
    /// This browser keeps nothing at all (switched off, or a private window).
    NoStorage(String),
    /// No answer that is the school's: keep everything, try again when there is a connection.
    Offline(String),
    /// This browser lacks the interface: do without.
    Unsupported(String),
}

impl Fault {
    /// Reads what the browser threw. By name only: messages differ per browser and language.
    pub(crate) fn thrown(error: &JsValue) -> Fault {
        let field =
            |name: &str| Reflect::get(error, &name.into()).ok().and_then(|value| value.as_string());
        let name = field("name").unwrap_or_default();
        let detail = match field("message") {
            Some(message) => format!("{name}: {message}"),
            None => error.as_string().unwrap_or_default(),
        };
        match name.as_str() {
            "QuotaExceededError" => Fault::FreeSpace(detail),
            "VersionError" => Fault::Update(detail),
            "DataCloneError" => Fault::NoKeyHere(detail),
            "SecurityError" => Fault::NoStorage(detail),
            "InvalidStateError" | "TransactionInactiveError" | "UnknownError" | "AbortError" => {
                Fault::Reopen(detail)
            }
            "TypeError" | "ReferenceError" | "NotSupportedError" => Fault::Unsupported(detail),
            _ => Fault::Retry(detail),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, detail) = match self {
            Fault::Retry(detail) => ("retry", detail),
            Fault::Reopen(detail) => ("reopen", detail),
            Fault::CloseTabs(detail) => ("close tabs", detail),
            Fault::FreeSpace(detail) => ("free space", detail),
            Fault::Update(detail) => ("update", detail),
            Fault::NoKeyHere(detail) => ("no key here", detail),
            Fault::NoStorage(detail) => ("no storage", detail),
            Fault::Offline(detail) => ("offline", detail),
            Fault::Unsupported(detail) => ("unsupported", detail),
        };
        out.write_str(kind)?;
        out.write_str(": ")?;
        out.write_str(detail)
    }
}

impl From<JsValue> for Fault {
    fn from(error: JsValue) -> Fault {
        Fault::thrown(&error)
    }
}

/// Writes what happened to the browser's console, where a supporter can read it.
pub(crate) fn note(what: &str) {
    let console = global("console");
    let _ = console.and_then(|console| call(&console, "warn", &[what.into()]));
}

/// Takes the static shell away and tells the page's watchdog that the app runs.
pub(crate) fn replace_shell() {
    let Some(document) = window().ok().and_then(|it| it.document()) else { return };
    if let Some(shell) = document.get_element_by_id("shell") {
        shell.remove();
    }
    if let Some(root) = document.document_element() {
        // Should this fail, the watchdog offers the rescue page, which harms nothing.
        let _ = root.set_attribute("data-alive", "");
    }
}

/// Whether somebody is writing in a field right now.
pub(crate) fn is_typing() -> bool {
    let document = window().ok().and_then(|it| it.document());
    let field = document.and_then(|it| it.active_element()).map(|it| it.tag_name());
    field.is_some_and(|it| it == "TEXTAREA" || it == "INPUT")
}

fn window() -> Result<web_sys::Window, Fault> {
    web_sys::window().ok_or_else(|| Fault::Unsupported("no window".into()))
}

/// A global that this browser may not have.
fn global(name: &str) -> Result<JsValue, Fault> {
    property(&js_sys::global(), name)
}

fn property(of: &JsValue, name: &str) -> Result<JsValue, Fault> {
    let value = Reflect::get(of, &name.into())?;
    if value.is_undefined() || value.is_null() {
        return Err(Fault::Unsupported(format!("no {name}")));
    }
    Ok(value)
}

/// Calls a method that the bindings do not offer, or that this browser may not have.
fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, Fault> {
    let function: Function = property(of, method)?
        .dyn_into()
        .map_err(|_| Fault::Unsupported(format!("{method} is no function")))?;
    Ok(function.apply(of, &Array::from_iter(arguments))?)
}

/// Awaits what [`call`] returned.
async fn settled(promise: JsValue) -> Result<JsValue, Fault> {
    Ok(JsFuture::from(js_sys::Promise::resolve(&promise)).await?)
}

/// A JavaScript object from names and values.
fn object(fields: &[(&str, JsValue)]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
