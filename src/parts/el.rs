//! What pages are built of. Leptos makes code for every type of view, and each closure is a type: a page of twenty
//! elements costs as many times more as it has types. Here all elements, attributes and closures share a few.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::tachys::html::event::on;
use leptos::tachys::html::node_ref::node_ref;
use leptos::tachys::html::property::prop;
use leptos::tachys::html::style::style;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The type of every element here.
type Tag = html::Custom<&'static str>;
/// The way to an element on the page, once it is there.
pub(crate) type Place = NodeRef<Tag>;

/// An element that is being built.
pub(crate) struct El(Box<Inner>);

struct Inner {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with its class; `""` for none.
#[inline(never)]
pub(crate) fn el(tag: &'static str, class: &'static str) -> El {
    let it = El(Box::new(Inner { tag, attributes: Vec::new(), children: Vec::new() }));
    if class.is_empty() { it } else { it.set("class", class) }
}

/// A link to another screen; the router follows it.
#[inline(never)]
pub(crate) fn link(href: impl Into<Cow<'static, str>>, class: &'static str) -> El {
    el("a", class).set("href", href)
}

/// A button and what a tap on it does.
#[inline(never)]
pub(crate) fn button(class: &'static str, tap: impl FnMut() + 'static) -> El {
    el("button", class).set("type", "button").tap(tap)
}

/// A part of the page with its heading.
#[inline(never)]
pub(crate) fn section(heading: impl Part) -> El {
    el("section", "section").add(el("h2", "").add(heading))
}

/// A paragraph in the softer ink.
#[inline(never)]
pub(crate) fn soft(words: impl Part) -> El {
    el("p", "soft").add(words)
}

impl El {
    #[inline(never)]
    fn with(mut self, attribute: AnyAttribute) -> El {
        self.0.attributes.push(attribute);
        self
    }

    #[inline(never)]
    fn with_child(mut self, child: AnyView) -> El {
        self.0.children.push(child);
        self
    }

    #[inline(never)]
    fn set_words(self, name: &'static str, value: Cow<'static, str>) -> El {
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// Sets an attribute.
    pub(crate) fn set(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> El {
        self.set_words(name, value.into())
    }

    /// Sets an attribute where there is something to say.
    pub(crate) fn set_some(self, name: &'static str, value: Option<String>) -> El {
        match value {
            Some(value) => self.set_words(name, Cow::Owned(value)),
            None => self,
        }
    }

    /// Keeps an attribute as it has to be; `None` removes it.
    pub(crate) fn keep(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + Send + 'static,
    ) -> El {
        self.keep_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn keep_boxed(
        self,
        name: &'static str,
        value: Box<dyn FnMut() -> Option<String> + Send>,
    ) -> El {
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// Takes part only while it can.
    pub(crate) fn disabled(self, mut is_so: impl FnMut() -> bool + Send + 'static) -> El {
        self.keep("disabled", move || is_so().then(String::new))
    }

    /// Keeps `aria-pressed`, `aria-expanded` and the like.
    pub(crate) fn keep_flag(
        self,
        name: &'static str,
        mut is_so: impl FnMut() -> bool + Send + 'static,
    ) -> El {
        self.keep(name, move || Some(is_so().to_string()))
    }

    /// Sets a property of its style; the security policy forbids `style="…"`.
    #[inline(never)]
    pub(crate) fn style(self, name: &'static str, value: String) -> El {
        self.with(style((name, value)).into_any_attr())
    }

    /// Keeps a property of its style.
    pub(crate) fn keep_style(
        self,
        name: &'static str,
        value: impl FnMut() -> String + Send + 'static,
    ) -> El {
        let value: Box<dyn FnMut() -> String + Send> = Box::new(value);
        self.with(style((name, value)).into_any_attr())
    }

    /// Adds what is inside, one after the other.
    pub(crate) fn add(self, child: impl Part) -> El {
        self.with_child(child.part())
    }

    /// Adds what is drawn again whenever something that it read changes.
    pub(crate) fn live<P: Part>(self, mut draw: impl FnMut() -> P + Send + 'static) -> El {
        self.with_child(live(move || draw().part()))
    }

    /// What a tap does.
    pub(crate) fn tap(self, mut tap: impl FnMut() + 'static) -> El {
        self.on("click", move |_| tap())
    }

    /// What handing in a form does.
    pub(crate) fn submit(self, mut submit: impl FnMut() + 'static) -> El {
        self.on("submit", move |event| {
            event.prevent_default();
            submit();
        })
    }

    /// What an event does.
    pub(crate) fn on(self, name: &'static str, act: impl FnMut(Event) + 'static) -> El {
        self.on_boxed(name, Box::new(act))
    }

    #[inline(never)]
    fn on_boxed(self, name: &'static str, act: Box<dyn FnMut(Event)>) -> El {
        self.with(on(ev::Custom::<Event>::new(name), act).into_any_attr())
    }

    /// Ties the text of a field to a signal, both ways.
    #[inline(never)]
    pub(crate) fn bind(self, text: RwSignal<String>) -> El {
        self.keep_value(move || text.get()).on("input", move |event| text.set(text_of(&event)))
    }

    /// Keeps what a field holds.
    pub(crate) fn keep_value(self, value: impl FnMut() -> String + Send + 'static) -> El {
        let value: Box<dyn FnMut() -> String + Send> = Box::new(value);
        self.with(prop("value", value).into_any_attr())
    }

    /// Keeps `details` open, or closed, as somebody left it, also when it is drawn again.
    #[inline(never)]
    pub(crate) fn keep_open(self, open: RwSignal<bool>) -> El {
        let is_open = open.get_untracked().then(String::new);
        self.set_some("open", is_open).on("toggle", move |event| open.set(is_open_details(&event)))
    }

    /// Keeps `details` as somebody left it while its page is shown, also when it is drawn again, by a name that no other
    /// on the page has.
    #[inline(never)]
    pub(crate) fn stays_open(self, name: String) -> El {
        let is_open = OPENED.with_borrow(|all| all.contains(&name)).then(String::new);
        self.set_some("open", is_open).on("toggle", move |event| {
            let is_open = is_open_details(&event);
            OPENED.with_borrow_mut(|all| {
                all.retain(|it| *it != name);
                if is_open {
                    all.push(name.clone());
                }
            });
        })
    }

    /// Where to find it once it is on the page.
    #[inline(never)]
    pub(crate) fn place(self, place: Place) -> El {
        self.with(node_ref::<Tag, _>(place).into_any_attr())
    }
}

fn is_open_details(event: &Event) -> bool {
    let it = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    it.is_some_and(|it| it.has_attribute("open"))
}

thread_local! {
    /// What is folded open on the page that is shown.
    static OPENED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// For another page.
pub(crate) fn fold_all() {
    OPENED.with_borrow_mut(Vec::clear);
}

/// What is drawn again whenever something that it read changes.
pub(crate) fn live(draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    live_boxed(Box::new(draw))
}

#[inline(never)]
fn live_boxed(draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    IntoAny::into_any(draw)
}

/// Rows by their keys: a row stays the same on the page for as long as its key is there.
pub(crate) fn keyed(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    row: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    keyed_boxed(Arc::new(keys), Arc::new(row))
}

#[inline(never)]
fn keyed_boxed(
    keys: Arc<dyn Fn() -> Vec<String> + Send + Sync>,
    row: Arc<dyn Fn(String) -> AnyView + Send + Sync>,
) -> AnyView {
    let rows = view! { <For each=move || keys() key=String::clone children=move |key| row(key) /> };
    IntoAny::into_any(rows)
}

/// Does something now, and again whenever something that it read changes.
pub(crate) fn follow(act: impl FnMut() + Send + Sync + 'static) {
    follow_boxed(Box::new(act));
}

#[inline(never)]
fn follow_boxed(act: Box<dyn FnMut() + Send + Sync>) {
    Effect::new(act);
}

/// What the field of this event holds.
#[inline(never)]
pub(crate) fn text_of(event: &Event) -> String {
    let Some(field) = event.target() else { return String::new() };
    if let Some(it) = field.dyn_ref::<HtmlTextAreaElement>() {
        it.value()
    } else if let Some(it) = field.dyn_ref::<HtmlSelectElement>() {
        it.value()
    } else {
        field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default()
    }
}

/// What can stand inside an element. `None` keeps a place, so that what comes after it stays what it is.
pub(crate) trait Part {
    fn part(self) -> AnyView;
}

impl Part for Vec<AnyView> {
    fn part(self) -> AnyView {
        list(self)
    }
}

impl Part for AnyView {
    fn part(self) -> AnyView {
        self
    }
}

impl Part for El {
    #[inline(never)]
    fn part(self) -> AnyView {
        let Inner { tag, attributes, children } = *self.0;
        let element = html::custom(tag).add_any_attr(attributes);
        let mut children = children;
        // Several are one list, which may be of another length when the element is drawn again.
        let inside = if children.len() > 1 {
            list(children)
        } else {
            children.pop().unwrap_or_else(nothing)
        };
        IntoAny::into_any(element.child(inside))
    }
}

impl Part for &'static str {
    #[inline(never)]
    fn part(self) -> AnyView {
        IntoAny::into_any(self)
    }
}

impl Part for String {
    #[inline(never)]
    fn part(self) -> AnyView {
        IntoAny::into_any(self)
    }
}

impl<P: Part> Part for Option<P> {
    fn part(self) -> AnyView {
        match self {
            Some(it) => it.part(),
            None => nothing(),
        }
    }
}

/// Nothing, in a place where something may come.
#[inline(never)]
pub(crate) fn nothing() -> AnyView {
    IntoAny::into_any(())
}

impl Part for Vec<El> {
    #[inline(never)]
    fn part(self) -> AnyView {
        list(self.into_iter().map(El::part).collect())
    }
}

#[inline(never)]
fn list(all: Vec<AnyView>) -> AnyView {
    IntoAny::into_any(all)
}
