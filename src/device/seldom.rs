//! The part of the program that is fetched once the first screen stands. `public/boot.js` knows where it is.

use super::{Fault, call, global, settled};

/// Resolves when the program is whole. A build that was not cut in two has nothing to bring.
pub(crate) async fn bring() -> Result<(), Fault> {
    settled(call(&global("program")?, "whole", &[])?).await.map(drop)
}
