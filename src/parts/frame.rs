//! What stays around every screen: the bar on top, the tabs below, the heading, the action at the thumb.

use super::icons::{Icon, icon, logo};
use super::state::Tone;
use leptos::html::Nav;
use leptos::prelude::*;
use leptos_router::components::A;
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

/// The logo, and in one glance whether everything is at the school.
#[component]
pub(crate) fn TopBar(
    /// What the chip says, its picture and its tone.
    #[prop(into)]
    sync: Signal<(Icon, String, Tone)>,
) -> impl IntoView {
    let class = move || match sync.get().2 {
        Tone::NeedsYou => "sync-chip sync-chip-needs-you",
        Tone::Waiting => "sync-chip sync-chip-waiting",
        Tone::Plain | Tone::Confirmed => "sync-chip",
    };
    view! {
        <a class="visually-hidden" href="#content">{to_content()}</a>
        <header class="top-bar">
            <A href="/" attr:class="top-bar-logo" attr:aria-label=home()>
                {logo()}
                <span>"Dubbelspoor"</span>
            </A>
            <A href="/sync" attr:class=class>
                {move || icon(sync.get().0)}
                <span role="status">{move || sync.get().1}</span>
            </A>
        </header>
    }
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
#[component]
pub(crate) fn TabBar(#[prop(into)] tabs: Signal<Vec<Tab>>) -> impl IntoView {
    let path = use_location().pathname;
    // One's first tab is also where one starts.
    let tab = move |(place, it): (usize, Tab)| {
        let Tab { href, icon: picture, label, count } = it;
        let is_here = move |path: &String| path == href || (place == 0 && path == "/");
        let current = move || path.with(is_here).then_some("page");
        let shown = move || {
            (count.get() > 0).then(|| view! { <span class="tab-count">{count.get()}</span> })
        };
        view! {
            <A href=href attr:class="tab" attr:aria-current=current>
                {icon(picture)}
                {shown}
                <span>{label}</span>
            </A>
        }
    };
    let bar = NodeRef::<Nav>::new();
    make_room_for(bar);
    view! {
        <nav class="tab-bar" aria-label=sections() node_ref=bar>
            {move || tabs.get().into_iter().enumerate().map(tab).collect_view()}
        </nav>
    }
}

/// Tells the style how high the tabs are, and whether they leave the rest of the screen enough room to stay in
/// front: with large letters they wrap.
fn make_room_for(bar: NodeRef<Nav>) {
    Effect::new(move || {
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

/// A screen: its heading, which takes the focus when the screen opens, and a way back where there is one.
#[component]
pub(crate) fn Page(
    #[prop(into)] title: Signal<String>,
    /// Where the arrow leads.
    #[prop(optional, into)]
    up: Option<String>,
    /// On a tablet: two columns.
    #[prop(optional)]
    two: bool,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let arrow = up.map(|href| {
        view! { <A href=href attr:class="back" attr:aria-label=back()>{icon(Icon::Back)}</A> }
    });
    view! {
        <main id="content" class=if two { "page page-two" } else { "page" }>
            <div class="page-head">
                {arrow}
                <h1 tabindex="-1" node_ref=heading>{move || title.get()}</h1>
            </div>
            {children()}
        </main>
    }
}

/// Holds the primary action above the tabs.
#[component]
pub(crate) fn ActionBar(children: Children) -> impl IntoView {
    view! { <div class="action-bar">{children()}</div> }
}
