//! The sync server: enrolment, sync, live hints, and the app inside. It never decides what a record means:
//! that is `dubbelspoor-domain`, which the phones run too.
#![deny(missing_docs)]

pub mod app;
pub mod centre;
pub mod check;
pub mod config;
pub mod curriculum;
pub mod demo;
pub mod desk;
pub mod error;
pub mod http;
pub mod invite;
pub mod limits;
pub mod noted;
pub mod reminding;
pub mod school;
pub mod serve;
pub mod store;

mod assets;
mod health;
mod ledgers;
mod metrics;
mod monitoring;
mod spreadsheet;

use std::time::{SystemTime, UNIX_EPOCH};

/// Bytes that nobody can guess.
///
/// # Errors
/// When the operating system has no randomness to give; then nothing may be made up instead.
pub fn random<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(std::io::Error::from)?;
    Ok(bytes)
}

/// The server's clock, in milliseconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
