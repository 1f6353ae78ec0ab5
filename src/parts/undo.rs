//! Undo instead of "are you sure?": eight seconds, said to screen readers too.

use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

words! {
    undo { nl "Ongedaan maken" en "Undo" fr "Annuler" }
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

/// Shows the offer of the moment. Put once around all screens.
#[component]
pub(crate) fn Undo(children: Children) -> impl IntoView {
    let offer = RwSignal::new(None::<Offer>);
    provide_context(Offers(offer));
    let shown = move || {
        offer.get().map(|it| {
            let tap = move |_| {
                offer.set(None);
                (it.back)();
            };
            view! {
                <div class="undo">
                    <span class="undo-words">{it.words}</span>
                    <button type="button" class="button" on:click=tap>{undo()}</button>
                </div>
            }
        })
    };
    view! {
        {children()}
        <div role="status" aria-live="polite">{shown}</div>
    }
}

/// Says what was done and how to take it back. Take it from the component's body, call it when it is done.
pub(crate) fn offer_undo() -> impl Fn(String, Box<dyn Fn() + Send + Sync>) + Copy + 'static {
    let Offers(offer) = expect_context();
    move |words, back| {
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
}
