//! How much room the browser gives, and whether it may take the data away when the disk is full.

use super::clock::as_ms;
use super::{Fault, call, global, property, settled};
use wasm_bindgen::JsValue;

/// Room on this device, in bytes, as the browser estimates it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Room {
    pub(crate) used: u64,
    pub(crate) quota: u64,
}

/// Asks that the data may not be thrown away; `false` when the browser does not promise it.
/// Browsers weigh how much a site is used: ask after the first save, not at the first visit.
pub(crate) async fn persist() -> bool {
    ask("persist").await.is_ok_and(|answer| answer.is_truthy())
}

/// Whether that was promised before.
pub(crate) async fn is_persisted() -> bool {
    ask("persisted").await.is_ok_and(|answer| answer.is_truthy())
}

/// How much room there is, if the browser tells.
pub(crate) async fn room() -> Option<Room> {
    let estimate = ask("estimate").await.ok()?;
    let bytes = |name| property(&estimate, name).ok()?.as_f64().map(as_ms);
    Some(Room { used: bytes("usage")?, quota: bytes("quota")? })
}

async fn ask(method: &str) -> Result<JsValue, Fault> {
    let manager = property(&global("navigator")?, "storage")?;
    settled(call(&manager, method, &[])?).await
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::device::clock;
    use crate::device::store::Store;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_browser_tells_how_much_room_there_is() {
        Store::of("room").put_meta("bytes", &clock::random::<1000>()).await.unwrap();
        let room = room().await.unwrap();
        assert!(room.used > 0 && room.quota > room.used);
        // Headless browsers promise nothing; the question itself must not fail.
        assert_eq!(persist().await, is_persisted().await);
    }
}
