//! Dubbelspoor, the app: opens what this device holds and shows it.

#[macro_use]
mod words;

mod device;
mod parts;
mod screens;
mod session;
mod sync;

use any_spawner::Executor;

fn main() {
    console_error_panic_hook::set_once();
    // The session starts before anything is mounted, and mounting finds this done.
    let _ = Executor::init_wasm_bindgen();
    leptos::task::spawn_local(async {
        let opened = session::Session::open().await;
        if let Ok(Some(session)) = &opened {
            sync::start(*session);
        }
        device::replace_shell();
        screens::mount(opened);
    });
}
