//! Whether the browser may take the data away when the disk is full.

use super::{Fault, call, global, property, settled};
use wasm_bindgen::JsValue;

/// Asks that the data may not be thrown away; `false` when the browser does not promise it.
/// Browsers weigh how much a site is used: ask after the first save, not at the first visit.
pub(crate) async fn persist() -> bool {
    ask("persist").await.is_ok_and(|answer| answer.is_truthy())
}

async fn ask(method: &str) -> Result<JsValue, Fault> {
    let manager = property(&global("navigator")?, "storage")?;
    settled(call(&manager, method, &[])?).await
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_browser_answers_whether_it_promises() {
        // Headless browsers promise nothing; the question itself must not fail.
        let promised = ask("persisted").await.unwrap().is_truthy();
        assert_eq!(persist().await, promised);
    }
}
