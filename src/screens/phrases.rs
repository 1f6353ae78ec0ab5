//! Phrases of one's own: one tap puts one in the field.

use crate::parts::{El, button, el, soft};
use crate::session::Session;
use dubbelspoor_domain::floor::{phrases, words_of};
use leptos::prelude::*;

words! {
    label { nl "Wat je eerder schreef" en "What you wrote before" fr "Ce que vous avez déjà écrit" }
}

/// What I wrote to cursisten most, over all dossiers on this device.
pub(super) fn own_phrases(session: Session) -> Vec<String> {
    let me = session.me().person;
    let mut all = Vec::new();
    for dossier in session.tracks() {
        all.extend(session.with(dossier, |it| words_of(it, me)).unwrap_or_default());
    }
    phrases(&all, 4)
}

/// As chips under a field; none where there is nothing yet.
pub(super) fn phrase_chips(all: Vec<String>, into: RwSignal<String>) -> Option<El> {
    if all.is_empty() {
        return None;
    }
    let mut chips = el("div", "chips").set("role", "group").set("aria-label", label());
    for phrase in all {
        let words = phrase.clone();
        let tap = move || {
            into.update(|it| {
                if !it.trim().is_empty() {
                    it.push(' ');
                }
                it.push_str(&phrase);
            });
        };
        chips = chips.add(button("chip", tap).add(words));
    }
    Some(el("div", "field").add(soft(label())).add(chips))
}
