//! Hints from the server while the page is on screen: this dossier has moved. Only a reason to look.

use super::wake::{Listener, Wake, Waking, is_visible, on_wake};
use dubbelspoor_domain::id::DossierId;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent};

/// Listens until dropped.
pub(crate) struct Live {
    line: Rc<Line>,
    _waking: Waking,
}

struct Line {
    path: String,
    heard: Rc<dyn Fn(DossierId, u64)>,
    open: RefCell<Option<(EventSource, Listener)>>,
}

impl Live {
    /// Calls back with the dossier and its last position.
    pub(crate) fn listen(path: &str, heard: impl Fn(DossierId, u64) + 'static) -> Live {
        let line = Line { path: path.into(), heard: Rc::new(heard), open: RefCell::default() };
        let line = Rc::new(line);
        if is_visible() {
            line.reopen();
        }
        let woken = line.clone();
        let waking = on_wake(move |wake| match wake {
            Wake::Hidden => woken.close(),
            // A stream that slept is dead without a sign on some phones: never trust it.
            Wake::Online | Wake::Visible => woken.reopen(),
        });
        Live { line, _waking: waking }
    }

    /// Opens the stream again if the server has refused it, as after signing in.
    pub(crate) fn revive(&self) {
        let is_dead = self
            .line
            .open
            .borrow()
            .as_ref()
            .is_none_or(|(source, _)| source.ready_state() == EventSource::CLOSED);
        if is_dead && is_visible() {
            self.line.reopen();
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.line.close();
    }
}

impl Line {
    fn reopen(&self) {
        self.close();
        let Ok(source) = EventSource::new(&self.path) else { return };
        let heard = self.heard.clone();
        let listener = Listener::new(&source, "message", move |event| {
            let data = event.dyn_into::<MessageEvent>().ok().map(|event| event.data());
            let text = data.and_then(|data| data.as_string()).unwrap_or_default();
            if let Some((dossier, position)) = read(&text) {
                heard(dossier, position);
            }
        });
        *self.open.borrow_mut() = Some((source, listener));
    }

    fn close(&self) {
        if let Some((source, _)) = self.open.borrow_mut().take() {
            source.close();
        }
    }
}

/// `{dossier} {position}`.
fn read(hint: &str) -> Option<(DossierId, u64)> {
    let (dossier, position) = hint.trim().split_once(' ')?;
    Some((DossierId::from_hex(dossier)?, position.parse().ok()?))
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::device::stub::Stub;
    use crate::device::{call, global, window};
    use js_sys::Function;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_hint_names_a_dossier_and_a_position() {
        let dossier = DossierId([0xab; 16]);
        assert_eq!(read(&format!("{dossier} 42")), Some((dossier, 42)));
        for odd in ["", "ab 1", "ping", &format!("{dossier}"), &format!("{dossier} x")] {
            assert_eq!(read(odd), None);
        }
    }

    #[wasm_bindgen_test]
    fn a_page_out_of_sight_listens_to_nothing() {
        let fake = Function::new_no_args(
            "return class extends EventTarget {
               constructor() { super(); globalThis.lines ??= []; globalThis.lines.push(this);
                               this.readyState = 1 }
               close() { this.readyState = 2 }
             }",
        );
        let fake = fake.call0(&js_sys::global()).unwrap();
        let _stub = Stub::of(&js_sys::global(), "EventSource", &fake);
        let lines = || {
            let states =
                Function::new_no_args("return globalThis.lines.map(l => l.readyState).join()");
            states.call0(&js_sys::global()).unwrap().as_string().unwrap()
        };
        let dispatch = |event: &str| {
            let event = web_sys::Event::new(event).unwrap();
            window().unwrap().dispatch_event(&event).unwrap();
        };
        let heard = Rc::new(RefCell::new(Vec::new()));
        let hears = heard.clone();
        let live =
            Live::listen("/v1/live", move |dossier, at| hears.borrow_mut().push((dossier, at)));
        assert_eq!(lines(), "1");
        dispatch("pagehide");
        assert_eq!(lines(), "2");
        dispatch("pageshow");
        dispatch("online");
        assert_eq!(lines(), "2,2,1");

        let dossier = DossierId([1; 16]);
        let say = format!(
            "globalThis.lines.at(-1).dispatchEvent(new MessageEvent('message', {{ data: '{dossier} 3' }}))"
        );
        Function::new_no_args(&say).call0(&js_sys::global()).unwrap();
        assert_eq!(*heard.borrow(), [(dossier, 3)]);

        let last = call(&global("lines").unwrap(), "at", &[(-1).into()]).unwrap();
        call(&last, "close", &[]).unwrap();
        live.revive();
        live.revive();
        assert_eq!(lines(), "2,2,2,1");
        drop(live);
        assert_eq!(lines(), "2,2,2,2");
    }
}
