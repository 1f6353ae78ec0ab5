//! The installed app and its next version: offered when it is there, never forced on somebody who types.

use super::wake::Listener;
use super::{Fault, global, object, property, settled, window};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventTarget, ServiceWorkerRegistration};

/// Watches for a new version until dropped.
pub(crate) struct Updates {
    inner: Rc<Inner>,
}

struct Inner {
    ready: Box<dyn Fn()>,
    is_dirty: Box<dyn Fn() -> bool>,
    registration: RefCell<Option<ServiceWorkerRegistration>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Updates {
    /// Calls `ready` when a new version waits. `is_dirty` says whether a reload would lose something.
    pub(crate) fn watch(
        ready: impl Fn() + 'static,
        is_dirty: impl Fn() -> bool + 'static,
    ) -> Updates {
        let inner = Rc::new(Inner {
            ready: Box::new(ready),
            is_dirty: Box::new(is_dirty),
            registration: RefCell::default(),
            listeners: RefCell::default(),
        });
        let watching = inner.clone();
        spawn_local(async move {
            // Without service workers there is nothing to watch: a reload brings the newest.
            let _ = watching.start().await;
        });
        Updates { inner }
    }

    /// Goes over to the version that waits, by a reload. Somebody has asked for it.
    pub(crate) fn apply(&self) -> Result<(), Fault> {
        let registration = self.inner.registration.borrow().clone();
        match registration.and_then(|registration| registration.waiting()) {
            Some(waiting) => Ok(waiting.post_message(&object(&[("type", "update".into())]))?),
            // Another tab was first: the new version is in charge, only this page is still old.
            None => reload(),
        }
    }
}

impl Drop for Updates {
    fn drop(&mut self) {
        self.inner.listeners.borrow_mut().clear();
    }
}

impl Inner {
    async fn start(self: &Rc<Self>) -> Result<(), Fault> {
        let container = property(&global("navigator")?, "serviceWorker")?;
        let had_one = property(&container, "controller").is_ok();
        let is_old = Cell::new(had_one);
        self.on(&container, "controllerchange", move |inner| {
            match (is_old.replace(true), (inner.is_dirty)()) {
                // The very first version takes charge: this page is of that version already.
                (false, _) => {}
                (true, true) => (inner.ready)(),
                (true, false) => drop(reload()),
            }
        });
        let registration = settled(property(&container, "ready")?).await?;
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        *self.registration.borrow_mut() = Some(registration.clone());
        if registration.waiting().is_some() && had_one {
            (self.ready)();
        }
        self.on(&registration, "updatefound", |inner| {
            let registration = inner.registration.borrow().clone();
            let Some(new) = registration.and_then(|it| it.installing()) else { return };
            inner.on(&new, "statechange", |inner| {
                let registration = inner.registration.borrow().clone();
                let waits = registration.is_some_and(|it| it.waiting().is_some());
                let is_first = global("navigator")
                    .and_then(|it| property(&property(&it, "serviceWorker")?, "controller"))
                    .is_err();
                if waits && !is_first {
                    (inner.ready)();
                }
            });
        });
        Ok(())
    }

    fn on(
        self: &Rc<Self>,
        target: &JsValue,
        event: &'static str,
        heard: impl Fn(&Rc<Self>) + 'static,
    ) {
        let inner = Rc::downgrade(self);
        let listener = Listener::new(target.unchecked_ref::<EventTarget>(), event, move |_| {
            if let Some(inner) = inner.upgrade() {
                heard(&inner);
            }
        });
        self.listeners.borrow_mut().push(listener);
    }
}

pub(crate) fn reload() -> Result<(), Fault> {
    Ok(window()?.location().reload()?)
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::device::call;
    use crate::device::stub::Stub;
    use crate::device::wake::sleep;
    use js_sys::Function;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A browser with a running version, that finds a next one when `found()` is called.
    fn browser() -> JsValue {
        let fake = Function::new_no_args(
            "const target = more => Object.assign(new EventTarget(), more);
             const say = (to, event) => to.dispatchEvent(new Event(event));
             const registration = target({ waiting: null, installing: null });
             const container =
               target({ controller: {}, ready: Promise.resolve(registration), posted: [] });
             container.found = () => {
               const next = target({ postMessage: it => container.posted.push(it.type) });
               registration.installing = next;
               say(registration, 'updatefound');
               say(next, 'statechange');
               registration.waiting = next;
               say(next, 'statechange');
             };
             container.takesOver = () => say(container, 'controllerchange');
             return container;",
        );
        fake.call0(&JsValue::UNDEFINED).unwrap()
    }

    #[wasm_bindgen_test]
    async fn a_new_version_is_offered_and_reloads_nobody_who_types() {
        let container = browser();
        let navigator = global("navigator").unwrap();
        let _browser = Stub::of(&navigator, "serviceWorker", &container);
        let offered = Rc::new(Cell::new(0));
        let offers = offered.clone();
        let updates = Updates::watch(move || offers.set(offers.get() + 1), || true);
        while updates.inner.registration.borrow().is_none() {
            sleep(1).await;
        }
        assert_eq!(offered.get(), 0);
        call(&container, "found", &[]).unwrap();
        assert_eq!(offered.get(), 1);
        let posted = || call(&property(&container, "posted").unwrap(), "join", &[]).unwrap();
        assert_eq!(posted().as_string().unwrap(), "");
        updates.apply().unwrap();
        assert_eq!(posted().as_string().unwrap(), "update");
        // A reload here would end the test. The offer comes back instead.
        call(&container, "takesOver", &[]).unwrap();
        assert_eq!(offered.get(), 2);
    }

    #[wasm_bindgen_test]
    async fn the_first_version_is_no_update() {
        let container = browser();
        let nobody = Stub::of(&container, "controller", &JsValue::NULL);
        let navigator = global("navigator").unwrap();
        let _browser = Stub::of(&navigator, "serviceWorker", &container);
        let offered = Rc::new(Cell::new(0));
        let offers = offered.clone();
        let is_dirty = Rc::new(Cell::new(false));
        let dirty = is_dirty.clone();
        let updates = Updates::watch(move || offers.set(offers.get() + 1), move || dirty.get());
        while updates.inner.registration.borrow().is_none() {
            sleep(1).await;
        }
        call(&container, "found", &[]).unwrap();
        drop(nobody);
        // A reload here would end the test: this page is of that version already.
        call(&container, "takesOver", &[]).unwrap();
        assert_eq!(offered.get(), 0);
        // The next one is.
        is_dirty.set(true);
        call(&container, "takesOver", &[]).unwrap();
        assert_eq!(offered.get(), 1);
    }
}
