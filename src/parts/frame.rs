//! What stays around every screen: the bar on top, the tabs below, the heading, the action at the thumb.

use super::el::{El, Part, Place, el, fold_all, follow, link};
use super::icons::{Icon, icon, logo};
use super::state::Tone;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

words! {
    home { nl "Dubbelspoor, naar het begin" en "Dubbelspoor, home" fr "Dubbelspoor, accueil" }
    sections { nl "Onderdelen" en "Sections" fr "Rubriques" }
    back { nl "Terug" en "Back" fr "Retour" }
    to_content { nl "Naar de inhoud" en "Skip to content" fr "Aller au contenu" }
}

/// The logo, and in one glance whether everything is at the school: what the chip says, its picture and its tone.
pub(crate) fn top_bar(sync: Signal<(Icon, String, Tone)>) -> AnyView {
    let class = move || {
        let class = match sync.get().2 {
            Tone::NeedsYou => "sync-chip sync-chip-needs-you",
            Tone::Waiting => "sync-chip sync-chip-waiting",
            Tone::Plain | Tone::Confirmed => "sync-chip",
        };
        Some(class.to_owned())
    };
    let home_link = link("/", "top-bar-logo")
        .set("aria-label", home())
        .add(logo())
        .add(el("span", "").add("Dubbelspoor"));
    let chip = link("/sync", "")
        .keep("class", class)
        .live(move || icon(sync.get().0))
        .add(el("span", "").set("role", "status").live(move || sync.get().1));
    vec![
        link("#content", "visually-hidden").add(to_content()),
        el("header", "top-bar").add(home_link).add(chip),
    ]
    .part()
}

/// A tab: where it leads, its picture, its word, and a number when something waits there.
#[derive(Clone)]
pub(crate) struct Tab {
    pub(crate) href: &'static str,
    pub(crate) icon: Icon,
    pub(crate) label: &'static str,
    pub(crate) count: Signal<usize>,
}

/// Four tabs at most, at the thumb.
pub(crate) fn tab_bar(tabs: Signal<Vec<Tab>>) -> El {
    let bar = Place::new();
    make_room_for(bar);
    el("nav", "tab-bar").set("aria-label", sections()).place(bar).live(move || {
        // One's first tab is also where one starts.
        let tabs = tabs.get().into_iter().enumerate();
        tabs.map(|(place, it)| tab(it, place == 0)).collect::<Vec<_>>()
    })
}

fn tab(it: Tab, is_first: bool) -> El {
    let Tab { href, icon: picture, label, count } = it;
    let path = use_location().pathname;
    let is_here = move |path: &String| path == href || (is_first && path == "/");
    link(href, "tab")
        .keep("aria-current", move || path.with(is_here).then(|| "page".to_owned()))
        .add(icon(picture))
        .live(move || {
            let count = count.get();
            (count > 0).then(|| el("span", "tab-count").add(count.to_string()))
        })
        .add(el("span", "").add(label))
}

/// Tells the style how high the tabs are, and whether they leave the rest of the screen enough room to stay in
/// front: with large letters they wrap.
fn make_room_for(bar: Place) {
    follow(move || {
        let Some(bar) = bar.get() else { return };
        let measured = bar.clone();
        let measure = Closure::<dyn Fn()>::new(move || measure(&measured));
        let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
        observer.observe(&bar);
        let kept = StoredValue::new_local((observer, measure));
        on_cleanup(move || {
            let _ = kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
}

fn measure(bar: &HtmlElement) {
    let Some(root) = document().document_element() else { return };
    let screen = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(f64::MAX);
    let high = f64::from(bar.offset_height());
    // On a desk the tabs stand beside the page, as high as the screen.
    let in_the_way = high > screen / 6.0 && high < screen * 0.9;
    let _ = root.toggle_attribute_with_force("data-roomy", in_the_way);
    if let Some(root) = root.dyn_ref::<HtmlElement>() {
        let _ = root.style().set_property("--tabs", &format!("{}px", bar.offset_height()));
    }
}

/// A screen: its heading, which takes the focus when the screen opens, and the way back, where `up` leads.
pub(crate) fn page(title: &'static str, up: Option<&'static str>) -> El {
    page_named(title.part(), up.map(str::to_owned))
}

/// A screen whose heading comes from what it shows.
#[inline(never)]
pub(crate) fn page_named(title: AnyView, up: Option<String>) -> El {
    fold_all();
    let heading = Place::new();
    follow(move || {
        if let Some(heading) = heading.get() {
            // With the frame that lays the screen out: to focus now would lay it out once more.
            request_animation_frame(move || {
                let _ = heading.focus();
            });
        }
    });
    let arrow = up.map(|href| link(href, "back").set("aria-label", back()).add(icon(Icon::Back)));
    let head = el("div", "page-head")
        .add(arrow)
        .add(el("h1", "").set("tabindex", "-1").place(heading).add(title));
    el("main", "page").set("id", "content").add(head)
}

/// Holds the primary action above the tabs.
pub(crate) fn action_bar(action: impl Part) -> El {
    el("div", "action-bar").add(action)
}
