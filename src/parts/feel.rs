//! What the hand feels, where the device can do it.

/// A short tick: it is done, without looking.
pub(crate) fn tick() {
    let navigator = leptos::prelude::window().navigator();
    // Some browsers have no such thing, and some people switched it off: nothing depends on it.
    let vibrate = js_sys::Reflect::get(&navigator, &"vibrate".into());
    let vibrate = vibrate.ok().and_then(|it| wasm_bindgen::JsCast::dyn_into(it).ok());
    let vibrate: Option<js_sys::Function> = vibrate;
    let _ = vibrate.map(|it| it.call1(&navigator, &20.into()));
}
