//! The installed app and its next version: offered when it is there, never forced on somebody who types.

use super::wake::Listener;
use super::{Fault, call, global, object, property, settled, window};
use std::cell::RefCell;
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

    /// Looks at the server for a new version now.
    pub(crate) async fn look(&self) -> Result<(), Fault> {
        let registration = self.inner.registration.borrow().clone();
        if let Some(registration) = registration {
            settled(call(&registration, "update", &[])?).await?;
        }
        Ok(())
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
        self.on(&container, "controllerchange", move |inner| match (had_one, (inner.is_dirty)()) {
            // The very first version takes charge: this page is of that version already.
            (false, _) => {}
            (true, true) => (inner.ready)(),
            (true, false) => drop(reload()),
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

fn reload() -> Result<(), Fault> {
    Ok(window()?.location().reload()?)
}
