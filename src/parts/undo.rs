//! Undo instead of "are you sure?": eight seconds, said to screen readers too.

use super::el::{El, button, el};
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

words! {
    undo_word { nl "Ongedaan maken" en "Undo" fr "Annuler" }
}

const SECONDS: Duration = Duration::from_secs(8);

#[derive(Clone)]
struct Offer {
    words: String,
    back: Arc<dyn Fn() + Send + Sync>,
    number: u32,
}

#[derive(Clone, Copy)]
struct Offers(RwSignal<Option<Offer>>);

/// Shows the offer of the moment. Put once, before all screens.
pub(crate) fn undo() -> El {
    let offer = RwSignal::new(None::<Offer>);
    provide_context(Offers(offer));
    el("div", "").set("role", "status").set("aria-live", "polite").live(move || {
        offer.get().map(|it| {
            let tap = move || {
                offer.set(None);
                (it.back)();
            };
            el("div", "undo")
                .add(el("span", "undo-words").add(it.words))
                .add(button("button", tap).add(undo_word()))
        })
    })
}

/// Says what was done and how to take it back. Take it from the screen's body, call it when it is done.
pub(crate) fn offer_undo() -> impl Fn(String, Box<dyn Fn() + Send + Sync>) + Copy + 'static {
    let Offers(offer) = expect_context();
    move |words, back| make(offer, words, back)
}

fn make(offer: RwSignal<Option<Offer>>, words: String, back: Box<dyn Fn() + Send + Sync>) {
    let number = offer.with_untracked(|it| it.as_ref().map_or(0, |it| it.number)) + 1;
    offer.set(Some(Offer { words, back: back.into(), number }));
    set_timeout(
        move || {
            if offer.with_untracked(|it| it.as_ref().is_some_and(|it| it.number == number)) {
                offer.set(None);
            }
        },
        SECONDS,
    );
}
