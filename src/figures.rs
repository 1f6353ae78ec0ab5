//! A log comes to the same figures in a browser as on any other machine; `domain/tests/golden.rs` works it out natively.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "../domain/tests/support/life.rs"]
mod life;

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_log_comes_to_the_same_figures_in_a_browser() {
    let worked_out = life::worked_out();
    assert!(worked_out == life::FIGURES, "{worked_out}");
}
