//! Choosing with one tap, and writing.

use super::el::{El, Part, button, el, live};
use super::icons::{Icon, icon};
use super::state::level_mark;
use dubbelspoor_domain::dossier::Finding;
use leptos::prelude::*;
use std::borrow::Cow;

/// One of several, as chips; each stands for a number. A second tap takes the choice back where `clears` allows it.
pub(crate) fn choice(
    label: &'static str,
    options: Vec<(u32, String)>,
    chosen: RwSignal<Option<u32>>,
    clears: bool,
) -> El {
    choice_of(label.into(), options, chosen, clears)
}

/// The same with a label of any origin.
pub(crate) fn choice_of(
    label: Cow<'static, str>,
    options: Vec<(u32, String)>,
    chosen: RwSignal<Option<u32>>,
    clears: bool,
) -> El {
    let mut chips = group(label);
    for (value, words) in options {
        let is_chosen = move || chosen.get() == Some(value);
        let tap = move || {
            let again = chosen.get_untracked() == Some(value);
            chosen.set(if again && clears { None } else { Some(value) });
        };
        chips = chips.add(chip("chip", words, Box::new(is_chosen), Box::new(tap)));
    }
    chips
}

/// Any of several, as chips with a box to tick.
pub(crate) fn choices(
    label: &'static str,
    options: impl Fn() -> Vec<(String, String)> + Send + 'static,
    chosen: RwSignal<Vec<String>>,
) -> El {
    choices_of(label.into(), options, chosen)
}

/// The same with a label of any origin.
pub(crate) fn choices_of(
    label: Cow<'static, str>,
    options: impl Fn() -> Vec<(String, String)> + Send + 'static,
    chosen: RwSignal<Vec<String>>,
) -> El {
    let option = move |(value, words): (String, String)| {
        let shown = value.clone();
        let is_chosen = move || chosen.with(|it| it.contains(&shown));
        let tap = move || {
            chosen.update(|it| {
                let before = it.len();
                it.retain(|other| *other != value);
                if it.len() == before {
                    it.push(value.clone());
                }
            });
        };
        chip("chip chip-many", words, Box::new(is_chosen), Box::new(tap))
    };
    group(label).add(live(move || options().into_iter().map(option).collect::<Vec<_>>().part()))
}

/// What is found for one goal, as chips that show how far it is in steps.
pub(crate) fn finding_choice(
    label: String,
    options: Vec<(Finding, &'static str)>,
    chosen: Signal<Option<Finding>>,
    tap: Callback<Finding>,
) -> AnyView {
    let mut chips = el("div", "levels").set("role", "group").set("aria-label", label);
    for (finding, words) in options {
        let mark = match finding {
            Finding::Reached(level) => level_mark(Some(level)),
            Finding::NotYet => icon(Icon::Circle),
            Finding::NotPossibleHere => icon(Icon::Barred),
        };
        chips = chips.add(
            button("chip", move || tap.run(finding))
                .keep_flag("aria-pressed", move || chosen.get() == Some(finding))
                .add(mark)
                .add(el("span", "").add(words)),
        );
    }
    chips.part()
}

fn group(label: impl Into<Cow<'static, str>>) -> El {
    el("div", "chips").set("role", "group").set("aria-label", label)
}

#[inline(never)]
fn chip(
    class: &'static str,
    words: String,
    is_chosen: Box<dyn FnMut() -> bool + Send>,
    tap: Box<dyn FnMut()>,
) -> El {
    button(class, tap).keep_flag("aria-pressed", is_chosen).add(words)
}

/// A text of some lines with its label and, where it helps, a hint. `id` is its name on the page.
pub(crate) fn text_field(
    id: &'static str,
    label: impl Part,
    hint: Option<&'static str>,
    text: RwSignal<String>,
    lines: u8,
    most: u16,
) -> El {
    text_field_part(id, label.part(), hint, text, lines, most)
}

#[inline(never)]
fn text_field_part(
    id: &'static str,
    label: AnyView,
    hint: Option<&'static str>,
    text: RwSignal<String>,
    lines: u8,
    most: u16,
) -> El {
    let hint_id = format!("{id}-hint");
    let field = el("textarea", "field-input")
        .set("id", id)
        .set("rows", lines.to_string())
        .set("maxlength", most.to_string())
        .set_some("aria-describedby", hint.map(|_| hint_id.clone()))
        .bind(text);
    el("div", "field")
        .add(el("label", "field-label").set("for", id).add(label))
        .add(hint.map(|it| el("p", "soft").set("id", hint_id).add(it)))
        .add(field)
}

/// A field of one line with its label: a date, a number, a short text.
pub(crate) fn line_field(
    id: &'static str,
    kind: &'static str,
    label: impl Part,
    value: RwSignal<String>,
) -> El {
    let field = el("input", "field-input").set("id", id).set("type", kind).bind(value);
    el("div", "field").add(el("label", "field-label").set("for", id).add(label)).add(field)
}
