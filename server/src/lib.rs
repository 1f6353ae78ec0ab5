//! The sync server: enrolment, sync, live hints, and the app inside. It never decides what a record means:
//! that is `dubbelspoor-domain`, which the phones run too.
#![deny(missing_docs)]

pub mod store;

/// Bytes that nobody can guess.
///
/// # Errors
/// When the operating system has no randomness to give; then nothing may be made up instead.
pub fn random<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(std::io::Error::from)?;
    Ok(bytes)
}
