//! Choosing with one tap, and writing.

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
    let chip = move |(value, words): (T, String)| {
        let (shown, tapped) = (value.clone(), value);
        let pressed = move || (chosen.get().as_ref() == Some(&shown)).to_string();
        let tap = move |_| {
            let again = chosen.with_untracked(|it| it.as_ref() == Some(&tapped));
            chosen.set(if again && clears { None } else { Some(tapped.clone()) });
        };
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=tap>{words}</button> }
    };
    view! {
        <div class="chips" role="group" aria-label=label>
            {options.into_iter().map(chip).collect_view()}
        </div>
    }
}

/// Any of several, as chips.
#[component]
pub(crate) fn Choices<T>(
    #[prop(into)] label: String,
    #[prop(into)] options: Signal<Vec<(T, String)>>,
    chosen: RwSignal<Vec<T>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let chip = move |(value, words): (T, String)| {
        let (shown, tapped) = (value.clone(), value);
        let pressed = move || chosen.with(|it| it.contains(&shown)).to_string();
        let tap = move |_| {
            chosen.update(|it| {
                let before = it.len();
                it.retain(|other| *other != tapped);
                if it.len() == before {
                    it.push(tapped.clone());
                }
            });
        };
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=tap>{words}</button> }
    };
    view! {
        <div class="chips" role="group" aria-label=label>
            {move || options.get().into_iter().map(chip).collect_view()}
        </div>
    }
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
