//! For tests: a browser that lacks something, or fails at it.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use super::{global, property};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Replaces a property until dropped.
pub(super) struct Stub {
    of: JsValue,
    name: &'static str,
    was: JsValue,
}

impl Stub {
    pub(super) fn of(of: &JsValue, name: &'static str, with: &JsValue) -> Stub {
        let was = Reflect::get(of, &name.into()).unwrap();
        set(of, name, with);
        Stub { of: of.clone(), name, was }
    }

    /// Replaces a method of an interface; in `body` it is called `was` and its arguments are `a`.
    pub(super) fn method(interface: &str, name: &'static str, body: &str) -> Stub {
        let of = property(&global(interface).unwrap(), "prototype").unwrap();
        Stub::function(&of, name, body)
    }

    pub(super) fn function(of: &JsValue, name: &'static str, body: &str) -> Stub {
        let body = format!("const was = this; return function(...a) {{ {body} }}");
        let was = property(of, name).unwrap();
        let with = Function::new_no_args(&body).call0(&was).unwrap();
        Stub::of(of, name, &with)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        set(&self.of, self.name, &self.was);
    }
}

/// Getters of the browser's own objects cannot be assigned, only covered.
fn set(of: &JsValue, name: &str, value: &JsValue) {
    let descriptor = super::object(&[
        ("value", value.clone()),
        ("writable", true.into()),
        ("configurable", true.into()),
    ]);
    Object::<JsValue>::define_property(of.unchecked_ref(), &name.into(), &descriptor);
}
