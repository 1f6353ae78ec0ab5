//! A QR code, dark on white in every look: a camera needs it so.

use leptos::prelude::*;
use std::fmt::Write;

/// So many modules on a side, row by row, a bit each, the first one highest. `label` says what it is for.
pub(crate) fn qr(side: u16, modules: &[u8], label: &'static str) -> AnyView {
    let side = usize::from(side);
    let mut path = String::new();
    for at in 0..side * side {
        let is_dark = modules.get(at / 8).is_some_and(|it| it & (0x80 >> (at % 8)) != 0);
        if is_dark {
            // Writing into a text cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", at % side, at / side);
        }
    }
    // Four modules of white around it.
    let view = format!("-4 -4 {0} {0}", side + 8);
    view! {
        <svg class="qr" viewBox=view shape-rendering="crispEdges" role="img" aria-label=label>
            <path d=path />
        </svg>
    }
    .into_any()
}
