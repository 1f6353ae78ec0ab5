//! Telling, while the app is closed, that something waits: the browser wakes the service worker now and then, which reads
//! the note that the app left (`public/sw.js`). No message comes from anywhere.

use super::{Fault, call, global, object, property, settled};
use js_sys::{Array, JSON};
use wasm_bindgen::JsValue;

/// By which the browser knows what it wakes the worker for.
const TAG: &str = "waiting";
/// Where the service worker finds the note.
const NOTES: &str = "programs";
const NOTE: &str = "/waiting";
/// As often as browsers do it at most.
const EVERY: f64 = 12.0 * 3_600_000.0;

/// What came of asking the device to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Telling {
    /// It does.
    Begun,
    /// Its owner does not allow it.
    NotAllowed,
    /// The browser does it only for an app that was put on the home screen.
    NotInstalled,
}

/// Whether this browser knows how to.
pub(crate) async fn is_known() -> bool {
    global("Notification").is_ok() && waking().await.is_ok()
}

async fn waking() -> Result<JsValue, Fault> {
    let workers = property(&global("navigator")?, "serviceWorker")?;
    property(&settled(call(&workers, "getRegistration", &[])?).await?, "periodicSync")
}

/// Whether whoever holds the device allows it: they may change their mind outside of the app.
pub(crate) fn is_allowed() -> bool {
    let permission = global("Notification").and_then(|it| property(&it, "permission"));
    permission.is_ok_and(|it| it.as_string().as_deref() == Some("granted"))
}

/// Asks whoever holds the device, and then the browser.
pub(crate) async fn begin() -> Result<Telling, Fault> {
    let allowed = settled(call(&global("Notification")?, "requestPermission", &[])?).await?;
    if allowed.as_string().as_deref() != Some("granted") {
        return Ok(Telling::NotAllowed);
    }
    let every = object(&[("minInterval", EVERY.into())]);
    let begun = call(&waking().await?, "register", &[TAG.into(), every.into()])?;
    // It refuses with one name for whatever reason; the owner has just allowed it.
    Ok(settled(begun).await.map_or(Telling::NotInstalled, |_| Telling::Begun))
}

/// Tells no more.
pub(crate) async fn end() -> Result<(), Fault> {
    badge(0);
    settled(call(&notes().await?, "delete", &[NOTE.into()])?).await?;
    settled(call(&waking().await?, "unregister", &[TAG.into()])?).await.map(drop)
}

async fn notes() -> Result<JsValue, Fault> {
    settled(call(&global("caches")?, "open", &[NOTES.into()])?).await
}

/// Leaves a note: on which days, as 2026-11-27, something will wait, and how that is said.
pub(crate) async fn leave(days: &[String], said: &str) -> Result<(), Fault> {
    let days: Array = days.iter().map(JsValue::from).collect();
    let note = JSON::stringify(&object(&[("days", days.into()), ("said", said.into())]))?;
    let kept = web_sys::Response::new_with_opt_str(Some(&String::from(note)))?;
    settled(call(&notes().await?, "put", &[NOTE.into(), kept.into()])?).await.map(drop)
}

/// A number on the icon of the app, where devices show one.
pub(crate) fn badge(count: usize) {
    let count = JsValue::from(u32::try_from(count).unwrap_or(u32::MAX));
    // It is only shown, and only by some.
    let _ = global("navigator").and_then(|it| call(&it, "setAppBadge", &[count]));
}
