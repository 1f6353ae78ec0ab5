//! The pure crate: what a dossier is, who may write in it, how two copies meet again.
//!
//! It knows no clock, no randomness, no network and no storage: time and ids come in as arguments,
//! decisions go out as values. The phone and the server run this same code.
#![deny(missing_docs)]

pub mod achieved;
pub mod at_work;
pub mod digest;
pub mod dossier;
pub mod event;
pub mod floor;
pub mod group;
pub mod hlc;
pub mod hours;
pub mod id;
pub mod lesson;
pub mod monitoring;
pub mod ordered;
pub mod photo;
pub mod portfolio;
pub mod progress;
pub mod reminder;
pub mod seal;
pub mod signals;
pub mod sync;
pub mod wire;

mod codec;

pub use codec::{Added, Bytes};

pub use codec::Day;
