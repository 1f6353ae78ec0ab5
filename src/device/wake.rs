//! When to look up: timers, and the moments at which a page comes back to life.

use super::window;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, VisibilityState};

/// Waits.
pub(crate) async fn sleep(ms: u32) {
    let delay = i32::try_from(ms).unwrap_or(i32::MAX);
    let timer = Promise::new(&mut |resolve, _| {
        if let Ok(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay);
        }
    });
    let _ = JsFuture::from(timer).await;
}

/// What happened to the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wake {
    /// The device thinks that it has a connection. A hint, never a gate.
    Online,
    /// The page is on screen again, or came back from the browser's page cache.
    Visible,
    /// The page went out of sight and may never come back: save drafts now.
    Hidden,
}

/// Whether the page is on screen.
pub(crate) fn is_visible() -> bool {
    window()
        .ok()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// One listener on one target, removed when dropped.
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    pub(super) fn new(
        target: &EventTarget,
        event: &'static str,
        heard: impl FnMut(JsValue) + 'static,
    ) -> Listener {
        let closure = Closure::<dyn FnMut(JsValue)>::new(heard);
        let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        Listener { target: target.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, function);
    }
}

/// Reports to its owner until it is dropped.
pub(crate) struct Waking {
    _listeners: Vec<Listener>,
}

/// Calls back at each [`Wake`].
pub(crate) fn on_wake(woken: impl Fn(Wake) + 'static) -> Waking {
    let woken = Rc::new(woken);
    let mut listeners = Vec::new();
    if let Ok(window) = window() {
        for (event, wake) in [
            ("online", Wake::Online),
            // iOS brings a page back without a visibility change.
            ("pageshow", Wake::Visible),
            ("pagehide", Wake::Hidden),
        ] {
            let woken = woken.clone();
            listeners.push(Listener::new(&window, event, move |_| woken(wake)));
        }
        if let Some(document) = window.document() {
            listeners.push(Listener::new(&document, "visibilitychange", move |_| {
                woken(if is_visible() { Wake::Visible } else { Wake::Hidden });
            }));
        }
    }
    Waking { _listeners: listeners }
}
