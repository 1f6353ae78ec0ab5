//! Choosing with one tap, and writing.

use super::icons::{Icon, icon};
use super::state::level_mark;
use dubbelspoor_domain::dossier::Finding;
use leptos::prelude::*;

/// One of several, as chips. A second tap takes the choice back where `clears` allows it.
#[component]
pub(crate) fn Choice<T>(
    /// Says what is chosen; the group's name for a screen reader.
    #[prop(into)]
    label: String,
    /// What can be chosen, with its words.
    options: Vec<(T, String)>,
    chosen: RwSignal<Option<T>>,
    #[prop(optional)] clears: bool,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let option = move |(value, words): (T, String)| {
        let shown = value.clone();
        let pressed = Signal::derive(move || chosen.get().as_ref() == Some(&shown));
        let tap = move || {
            let again = chosen.with_untracked(|it| it.as_ref() == Some(&value));
            chosen.set(if again && clears { None } else { Some(value.clone()) });
        };
        chip("chip", words, pressed, Box::new(tap))
    };
    group(label, options.into_iter().map(option).collect_view().into_any())
}

/// Any of several, as chips with a box to tick.
#[component]
pub(crate) fn Choices<T>(
    #[prop(into)] label: String,
    #[prop(into)] options: Signal<Vec<(T, String)>>,
    chosen: RwSignal<Vec<T>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let option = move |(value, words): (T, String)| {
        let shown = value.clone();
        let pressed = Signal::derive(move || chosen.with(|it| it.contains(&shown)));
        let tap = move || {
            chosen.update(|it| {
                let before = it.len();
                it.retain(|other| *other != value);
                if it.len() == before {
                    it.push(value.clone());
                }
            });
        };
        chip("chip chip-many", words, pressed, Box::new(tap))
    };
    let chips = move || options.get().into_iter().map(option).collect_view();
    group(label, view! { {chips} }.into_any())
}

/// What is found for one goal, as chips that show how far it is in steps.
pub(crate) fn finding_choice(
    label: String,
    options: Vec<(Finding, &'static str)>,
    chosen: Signal<Option<Finding>>,
    tap: Callback<Finding>,
) -> AnyView {
    let option = move |(finding, words): (Finding, &'static str)| {
        let mark = match finding {
            Finding::Reached(level) => level_mark(Some(level)),
            Finding::NotYet => icon(Icon::Circle),
            Finding::NotPossibleHere => icon(Icon::Barred),
        };
        let pressed = move || (chosen.get() == Some(finding)).to_string();
        view! {
            <button type="button" class="chip" aria-pressed=pressed on:click=move |_| tap.run(finding)>
                {mark}
                <span>{words}</span>
            </button>
        }
    };
    view! {
        <div class="levels" role="group" aria-label=label>
            {options.into_iter().map(option).collect_view()}
        </div>
    }
    .into_any()
}

fn chip(
    class: &'static str,
    words: String,
    pressed: Signal<bool>,
    tap: Box<dyn Fn() + Send>,
) -> AnyView {
    let pressed = move || pressed.get().to_string();
    view! { <button type="button" class=class aria-pressed=pressed on:click=move |_| tap()>{words}</button> }
        .into_any()
}

fn group(label: String, chips: AnyView) -> AnyView {
    view! { <div class="chips" role="group" aria-label=label>{chips}</div> }.into_any()
}

/// A text of some lines with its label and, where it helps, a hint.
#[component]
pub(crate) fn TextField(
    /// Its name on the page.
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Option<String>,
    text: RwSignal<String>,
    #[prop(default = 3)] lines: u32,
    #[prop(default = 4_000)] most: u32,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint.as_ref().map(|_| hint_id.clone());
    let hint = hint.map(|it| view! { <p class="soft" id=hint_id>{it}</p> });
    view! {
        <div class="field">
            <label class="field-label" for=id>{move || label.get()}</label>
            {hint}
            <textarea
                id=id
                class="field-input"
                rows=lines
                maxlength=most
                aria-describedby=described
                prop:value=move || text.get()
                on:input:target=move |it| text.set(it.target().value())
            ></textarea>
        </div>
    }
}
