//! Whether the program is whole: the screens that are seldom needed come after the first one.

use super::Session;
use crate::device::packs;
use crate::words::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How much of the program is here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What everybody starts with.
    Daily,
    /// The rest is on its way.
    Coming,
    /// All of it.
    Whole,
    /// The rest did not come: this device does not have it yet, and the school could not be reached.
    Missing,
}

impl Session {
    /// How much of the program is here.
    pub(crate) fn extent(self) -> Extent {
        self.extent.get()
    }

    /// Brings the rest, from this device or the school.
    pub(crate) fn make_whole(self) {
        if matches!(self.extent.get_untracked(), Extent::Coming | Extent::Whole) {
            return;
        }
        self.extent.set(Extent::Coming);
        spawn_local(async move {
            let spoken = Language::spoken();
            let brought = packs::make_whole(spoken.short()).await;
            let is_whole = brought.is_ok();
            if let Ok(packs) = brought {
                Language::forget_all();
                spoken.learn(packs);
            }
            self.extent.set(if is_whole { Extent::Whole } else { Extent::Missing });
        });
    }
}
