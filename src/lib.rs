//! Dubbelspoor, the app: opens what this device holds and shows it. Each role has a program of its own (`src/bin`),
//! with the screens of that role and no others, so that nobody downloads what is somebody else's work.

#[macro_use]
mod words;

mod device;
#[cfg(all(test, target_arch = "wasm32"))]
mod figures;
mod parts;
mod screens;
mod session;
mod sync;

pub use screens::{DESK, LEARNER, MENTOR, Program};

use any_spawner::Executor;

/// Runs one role's program on the page.
pub fn run(program: &'static Program) {
    console_error_panic_hook::set_once();
    // The session starts before anything is mounted, and mounting finds this done.
    let _ = Executor::init_wasm_bindgen();
    let taste = session::Taste::load();
    leptos::task::spawn_local(async move {
        let opened = session::Session::open(program.digests()).await;
        let session = opened.as_ref().ok().copied().flatten();
        if let Some(session) = session {
            sync::start(session);
        }
        // Drawing gets a task of its own, after the last of reading.
        device::wake::sleep(0).await;
        device::replace_shell();
        screens::mount(program, taste, opened);
        if let Some(session) = session {
            session.read_the_rest();
        }
    });
    // While storage opens: the first use of a language takes as long as drawing a screen.
    leptos::task::spawn_local(async { parts::dates::prepare() });
}
