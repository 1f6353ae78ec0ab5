//! Hints from the server while the page is on screen: it is there, or something has moved. Only a reason to look.

use super::wake::{Listener, Wake, Waking, is_visible, on_wake};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::EventSource;

/// Listens until dropped.
pub(crate) struct Live {
    line: Rc<Line>,
    _waking: Waking,
}

struct Line {
    path: String,
    heard: Rc<dyn Fn(Hint)>,
    open: RefCell<Option<(EventSource, [Listener; 2])>>,
}

/// A reason to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hint {
    /// The server can be reached, for the first time or again.
    Open,
    /// Something has moved.
    Moved,
}

impl Live {
    /// Calls back at each hint.
    pub(crate) fn listen(path: &str, heard: impl Fn(Hint) + 'static) -> Live {
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
        let on = |event, hint| {
            let heard = self.heard.clone();
            Listener::new(&source, event, move |_| heard(hint))
        };
        let listeners = [on("open", Hint::Open), on("message", Hint::Moved)];
        *self.open.borrow_mut() = Some((source, listeners));
    }

    fn close(&self) {
        if let Some((source, _)) = self.open.borrow_mut().take() {
            source.close();
        }
    }
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
        let live = Live::listen("/v1/live", move |hint| hears.borrow_mut().push(hint));
        assert_eq!(lines(), "1");
        dispatch("pagehide");
        assert_eq!(lines(), "2");
        dispatch("pageshow");
        dispatch("online");
        assert_eq!(lines(), "2,2,1");

        let say = |event: &str| {
            let say = format!("globalThis.lines.at(-1).dispatchEvent(new Event('{event}'))");
            Function::new_no_args(&say).call0(&js_sys::global()).unwrap();
        };
        say("open");
        say("message");
        say("error");
        assert_eq!(*heard.borrow(), [Hint::Open, Hint::Moved]);

        let last = call(&global("lines").unwrap(), "at", &[(-1).into()]).unwrap();
        call(&last, "close", &[]).unwrap();
        live.revive();
        live.revive();
        assert_eq!(lines(), "2,2,2,1");
        drop(live);
        assert_eq!(lines(), "2,2,2,2");
    }
}
