//! States: always a colour, a shape and a word together.

use super::icons::{Icon, icon};
use dubbelspoor_domain::dossier::Level;
use leptos::prelude::*;

/// How much attention something asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tone {
    /// None.
    Plain,
    /// It is on its way, or with somebody else.
    Waiting,
    /// It is done.
    Confirmed,
    /// It is your turn.
    NeedsYou,
}

/// A state in a word.
pub(crate) fn state_chip(tone: Tone, picture: Icon, words: impl Into<String>) -> AnyView {
    let class = match tone {
        Tone::Plain => "state",
        Tone::Waiting => "state state-waiting",
        Tone::Confirmed => "state state-confirmed",
        Tone::NeedsYou => "state state-needs-you",
    };
    view! { <span class=class>{icon(picture)}<span>{words.into()}</span></span> }.into_any()
}

/// Something the app has to say: what happened, what is safe, what you can do.
#[component]
pub(crate) fn Notice(tone: Tone, children: Children) -> impl IntoView {
    let (class, picture) = match tone {
        Tone::Plain => ("notice", Icon::Info),
        Tone::Waiting => ("notice notice-waiting", Icon::Hourglass),
        Tone::Confirmed => ("notice notice-confirmed", Icon::Check),
        Tone::NeedsYou => ("notice notice-needs-you", Icon::Alert),
    };
    let role = if tone == Tone::NeedsYou { "alert" } else { "note" };
    view! { <div class=class role=role>{icon(picture)}<div>{children()}</div></div> }
}

/// An empty screen explains itself: a sentence, an example.
#[component]
pub(crate) fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] words: String,
    #[prop(optional, into)] example: Option<String>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {super::icons::logo()}
            <h2>{title}</h2>
            <p>{words}</p>
            {example.map(|it| view! { <blockquote>{it}</blockquote> })}
        </div>
    }
}

/// Four steps, as many filled as the level.
pub(crate) fn level_mark(level: Option<Level>) -> AnyView {
    let step = |it: Level| {
        let full = level.is_some_and(|level| it <= level);
        view! { <i class=full.then_some("is-full")></i> }
    };
    view! { <span class="level-mark" aria-hidden="true">{Level::ALL.map(step).collect_view()}</span> }
        .into_any()
}

/// The line of a goal: laid up to the level reached, a station where it has to get.
pub(crate) fn level_track(reached: Option<Level>, aim: Level, words: String) -> AnyView {
    let step = |it: Level| {
        let laid = if reached.is_some_and(|reached| it <= reached) { " is-laid" } else { "" };
        let aimed = if it == aim { " is-aim" } else { "" };
        view! { <span class=format!("track-step{laid}{aimed}")></span> }
    };
    view! {
        <span class="track" role="img" aria-label=words>{Level::ALL.map(step).collect_view()}</span>
    }
    .into_any()
}
