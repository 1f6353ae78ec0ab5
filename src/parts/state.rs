//! States: always a colour, a shape and a word together.

use super::el::{El, Part, el};
use super::icons::{Icon, icon, logo};
use dubbelspoor_domain::dossier::Level;
use leptos::prelude::AnyView;

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
pub(crate) fn state_chip(tone: Tone, picture: Icon, words: impl Part) -> AnyView {
    let class = match tone {
        Tone::Plain => "state",
        Tone::Waiting => "state state-waiting",
        Tone::Confirmed => "state state-confirmed",
        Tone::NeedsYou => "state state-needs-you",
    };
    el("span", class).add(icon(picture)).add(el("span", "").add(words)).part()
}

/// Something the app has to say: what happened, what is safe, what you can do.
pub(crate) fn notice(tone: Tone, inside: impl Part) -> El {
    let (class, picture) = match tone {
        Tone::Plain => ("notice", Icon::Info),
        Tone::Waiting => ("notice notice-waiting", Icon::Hourglass),
        Tone::Confirmed => ("notice notice-confirmed", Icon::Check),
        Tone::NeedsYou => ("notice notice-needs-you", Icon::Alert),
    };
    let role = if tone == Tone::NeedsYou { "alert" } else { "note" };
    el("div", class).set("role", role).add(icon(picture)).add(el("div", "").add(inside))
}

/// A paragraph in a notice that asks for something to be done.
pub(crate) fn needs_you(words: impl Part) -> El {
    notice(Tone::NeedsYou, el("p", "").add(words))
}

/// An empty screen explains itself: a sentence, an example.
pub(crate) fn empty(title: &'static str, words: &'static str, example: Option<&'static str>) -> El {
    el("div", "empty")
        .add(logo())
        .add(el("h2", "").add(title))
        .add(el("p", "").add(words))
        .add(example.map(|it| el("blockquote", "").add(it)))
}

/// Four steps, as many filled as the level.
pub(crate) fn level_mark(level: Option<Level>) -> AnyView {
    let mut mark = el("span", "level-mark").set("aria-hidden", "true");
    for step in Level::ALL {
        let is_full = level.is_some_and(|level| step <= level);
        mark = mark.add(el("i", if is_full { "is-full" } else { "" }));
    }
    mark.part()
}

/// The line of a goal: laid up to the level reached, a station where it has to get.
pub(crate) fn level_track(reached: Option<Level>, aim: Level, words: String) -> AnyView {
    let mut track = el("span", "track").set("role", "img").set("aria-label", words);
    for step in Level::ALL {
        let is_laid = reached.is_some_and(|reached| step <= reached);
        let class = match (is_laid, step == aim) {
            (false, false) => "track-step",
            (false, true) => "track-step is-aim",
            (true, false) => "track-step is-laid",
            (true, true) => "track-step is-laid is-aim",
        };
        track = track.add(el("span", class));
    }
    track.part()
}
