//! A form: its fields in a row and one button. What somebody types is kept until it becomes a record.

use crate::parts::choices::{choice_of, choices_of};
use crate::parts::{El, el, line_field, section, soft, text_field};
use crate::screens::message::keep_while_typing;
use crate::screens::told;
use crate::session::{NotKept, use_session};
use crate::words::lowercase;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::Body;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use std::borrow::Cow;
use std::pin::Pin;

words! {
    search { nl "Zoek op naam" en "Search by name" fr "Chercher par nom" }
    more_names(count) { nl "Nog {count}. Typ een stuk van de naam." en "{count} more. Type part of the name." fr "Encore {count}. Tapez une partie du nom." }
    kept_here { nl "Bewaard op dit toestel. Gaat naar de school zodra je bereik hebt." en "Saved on this device. It goes to the school as soon as you have reception." fr "Enregistré sur cet appareil. Sera envoyé à l’école dès que vous aurez du réseau." }
}

/// How something is filled in.
pub(super) enum Sort {
    /// Some words on one line.
    Line,
    /// A day.
    Date,
    /// A number.
    Number,
    /// Text of at most so many letters.
    Text(u16),
    /// One of these; its value is the number.
    One(Vec<(u32, String)>),
    /// One of many, of which a few are shown; its value is the key.
    Find(Vec<(String, String)>),
    /// Any of these, by name; its value is the names, a line each.
    Many(Vec<(String, String)>),
    /// No field: its label is a heading over the fields that follow, with a hint.
    Heading(&'static str),
}

/// One of these words; its value is their place, from 0.
pub(super) fn one_of(words: impl IntoIterator<Item = impl Into<String>>) -> Sort {
    Sort::One((0..).zip(words.into_iter().map(Into::into)).collect())
}

/// A field of a form. `id` is its name on the page.
pub(super) struct Field {
    pub(super) id: &'static str,
    pub(super) label: Cow<'static, str>,
    pub(super) sort: Sort,
    /// What it holds at first.
    pub(super) value: String,
    /// Whether it still holds what was filled in once that is kept.
    stays: bool,
}

/// A field that is empty at first.
pub(super) fn field(id: &'static str, label: &'static str, sort: Sort) -> Field {
    Field { id, label: label.into(), sort, value: String::new(), stays: false }
}

/// The same, where its label is words of the dossier.
pub(super) fn named(id: &'static str, label: String, sort: Sort) -> Field {
    Field { id, label: label.into(), sort, value: String::new(), stays: false }
}

impl Field {
    /// The same, with something in it.
    pub(super) fn with(self, value: impl Into<String>) -> Field {
        Field { value: value.into(), ..self }
    }

    /// The same, for what is set as a whole: it goes on to show what holds.
    pub(super) fn stay(self) -> Field {
        Field { stays: true, ..self }
    }
}

/// What was filled in, in the order of the fields, without space around it.
pub(super) struct Filled(Vec<String>);

impl Filled {
    /// The same, with what holds now in each field that nobody changed since it was shown: whoever set something else
    /// meanwhile loses nothing by that.
    pub(super) fn beside(&self, shown: &[String], now: &[String]) -> Filled {
        let one = |(at, filled): (usize, &String)| match (shown.get(at), now.get(at)) {
            (Some(shown), Some(now)) if shown.trim() == filled.trim() => now.clone(),
            _ => filled.clone(),
        };
        Filled(self.0.iter().enumerate().map(one).collect())
    }

    /// All of it.
    pub(super) fn values(&self) -> &[String] {
        &self.0
    }

    /// The words of a field.
    pub(super) fn text(&self, at: usize) -> String {
        self.0.get(at).cloned().unwrap_or_default()
    }

    /// The words of a field that may stay empty.
    pub(super) fn words(&self, at: usize) -> Option<String> {
        self.0.get(at).cloned().filter(|it| !it.is_empty())
    }

    /// The day in a field.
    pub(super) fn day(&self, at: usize) -> Option<Day> {
        self.0.get(at).and_then(|it| Day::from_iso(it))
    }

    /// The number in a field, or the one that was chosen.
    pub(super) fn number(&self, at: usize) -> Option<u32> {
        self.0.get(at).and_then(|it| it.parse().ok())
    }

    /// The names that were chosen.
    pub(super) fn many(&self, at: usize) -> Vec<String> {
        self.text(at).lines().map(str::to_owned).collect()
    }
}

/// What the fields say as records, kept together; `None` where they do not fit together.
type Read = Box<dyn Fn(&Filled) -> Option<Vec<Body>>>;

/// What a form says around its fields.
pub(super) struct Asks<'a> {
    /// Tells one kept draft from another.
    pub(super) about: &'a str,
    /// On its button.
    pub(super) send: &'static str,
    /// When the fields do not fit together: what to look at.
    pub(super) wrong: &'static str,
    /// Where to go once it is kept; without that the form is as it was and says so.
    pub(super) then: Option<String>,
}

/// Resolves when what was filled in is kept.
pub(super) type Keeping = Pin<Box<dyn Future<Output = Result<(), NotKept>>>>;
/// What becomes of what was filled in; `None` where the fields do not fit together.
type Keep = Box<dyn Fn(&Filled) -> Option<Keeping>>;

/// A form that writes into a dossier.
pub(super) fn form(dossier: DossierId, asks: Asks<'_>, fields: Vec<Field>, read: Read) -> El {
    let session = use_session();
    let draft = format!("form-{}-{dossier}", asks.about);
    let kept = draft.clone();
    let keep = move |filled: &Filled| -> Option<Keeping> {
        let bodies = read(filled).filter(|it| !it.is_empty())?;
        let recording = session.record_clearing(dossier, &kept, move |it| it.add_all(&bodies));
        Some(Box::pin(async move { recording.await.map(drop) }))
    };
    form_of(draft, asks, fields, Box::new(keep))
}

/// A form of any kind. `keep` also lets go of the draft that was kept under this name.
pub(super) fn form_of(draft: String, asks: Asks<'_>, fields: Vec<Field>, keep: Keep) -> El {
    let Asks { about: _, send, wrong, then } = asks;
    let session = use_session();
    let navigate = use_navigate();
    let first: Vec<String> = fields.iter().map(|it| it.value.clone()).collect();
    let stays: Vec<bool> = fields.iter().map(|it| it.stays).collect();
    let values: Vec<RwSignal<String>> = first.iter().cloned().map(RwSignal::new).collect();
    keep_typed(session, draft, values.clone(), first.join(BETWEEN));
    let fault = RwSignal::new(None::<NotKept>);
    let is_wrong = RwSignal::new(false);
    let is_kept = RwSignal::new(false);
    let mut shown = el("form", "section");
    for (it, value) in fields.into_iter().zip(&values) {
        // Nothing to choose from is nothing to ask.
        let is_asked = !matches!(&it.sort, Sort::Many(options) if options.is_empty());
        shown = shown.add(is_asked.then(|| one(it, *value)));
    }
    let submit = move || {
        let filled = values.iter().map(|it| it.with_untracked(|it| it.trim().to_owned()));
        let keeping = keep(&Filled(filled.collect()));
        is_wrong.set(keeping.is_none());
        fault.set(None);
        let Some(keeping) = keeping else { return };
        let (then, navigate) = (then.clone(), navigate.clone());
        let (values, first, stays) = (values.clone(), first.clone(), stays.clone());
        spawn_local(async move {
            match keeping.await {
                Ok(()) => {
                    for ((value, first), _) in
                        values.iter().zip(first).zip(stays).filter(|it| !it.1)
                    {
                        value.try_set(first);
                    }
                    is_kept.try_set(true);
                    if let Some(then) = then {
                        navigate(&then, Default::default());
                    }
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    shown
        .submit(submit)
        .live(move || is_wrong.get().then(|| el("p", "").set("role", "alert").add(wrong)))
        .add(told(fault))
        .add(el("p", "soft").set("role", "status").live(move || is_kept.get().then(kept_here)))
        .add(el("button", "button button-primary").add(send))
}

/// Between the fields of a form in a kept draft: nobody types it.
const BETWEEN: &str = "\u{1f}";

/// All fields are kept as one text; nothing is kept of a form that nobody touched.
fn keep_typed(
    session: crate::session::Session,
    draft: String,
    values: Vec<RwSignal<String>>,
    untouched: String,
) {
    let text = RwSignal::new(String::new());
    keep_while_typing(session, draft, text);
    let (into, from) = (values.clone(), values);
    crate::parts::follow(move || {
        let kept = text.get();
        let parts: Vec<&str> = kept.split(BETWEEN).collect();
        if parts.len() == into.len() && !kept.is_empty() {
            for (value, part) in into.iter().zip(parts) {
                if value.with_untracked(|it| it != part) {
                    value.set(part.to_owned());
                }
            }
        }
    });
    crate::parts::follow(move || {
        let all = from.iter().map(|it| it.get()).collect::<Vec<_>>().join(BETWEEN);
        if all != untouched && text.with_untracked(|it| *it != all) {
            text.set(all);
        }
    });
}

fn one(it: Field, value: RwSignal<String>) -> El {
    let Field { id, label, sort, .. } = it;
    let words = label.clone().into_owned();
    match sort {
        Sort::Line => line_field(id, "text", words, value),
        Sort::Date => line_field(id, "date", words, value),
        Sort::Number => line_field(id, "number", words, value),
        Sort::Heading(hint) => section(words).add(soft(hint)),
        Sort::Text(most) => text_field(id, words, None, value, 3, most),
        Sort::One(options) => {
            let chosen = RwSignal::new(value.with_untracked(|it| it.parse::<u32>().ok()));
            crate::parts::follow(move || chosen.set(value.with(|it| it.parse().ok())));
            crate::parts::follow(move || {
                let now = chosen.get().map(|it| it.to_string()).unwrap_or_default();
                if value.with_untracked(|it| *it != now) {
                    value.set(now);
                }
            });
            section(words).add(choice_of(label, options, chosen, false))
        }
        Sort::Find(options) if options.is_empty() => el("div", ""),
        Sort::Find(options) => section(words).add(find_of(label, options, value)),
        Sort::Many(options) => {
            let names = |it: &String| it.lines().map(str::to_owned).collect::<Vec<_>>();
            let chosen = RwSignal::new(value.with_untracked(names));
            crate::parts::follow(move || {
                chosen.set(value.with(names));
            });
            crate::parts::follow(move || {
                let now = chosen.with(|it| it.join("\n"));
                if value.with_untracked(|it| *it != now) {
                    value.set(now);
                }
            });
            section(words).add(choices_of(label, move || options.clone(), chosen))
        }
    }
}

/// So many are shown at once.
const FEW: usize = 8;

/// One of many: a few are shown, and a piece of a name brings the others. `value` holds the key of the one that is chosen.
pub(super) fn find_of(
    label: Cow<'static, str>,
    options: Vec<(String, String)>,
    value: RwSignal<String>,
) -> El {
    let keys: Vec<String> = options.iter().map(|(key, _)| key.clone()).collect();
    let place = move |key: &String| keys.iter().position(|it| it == key);
    let at = move || value.with(&place).and_then(|it| u32::try_from(it).ok());
    let chosen = RwSignal::new(untrack(&at));
    crate::parts::follow(move || chosen.set(at()));
    let known = options.clone();
    crate::parts::follow(move || {
        if chosen.get().is_none() && value.with_untracked(|it| !it.is_empty()) {
            // Whoever a kept draft means is not here any more: nobody is chosen, and it shows.
            value.set(String::new());
        }
        if let Some((key, _)) = chosen.get().and_then(|it| known.get(it as usize))
            && value.with_untracked(|it| it != key)
        {
            value.set(key.clone());
        }
    });
    let sought = RwSignal::new(String::new());
    // Of no form: to search is not to send.
    let field = (options.len() > FEW).then(|| {
        el("input", "field-input")
            .set("type", "search")
            .set("form", "none")
            .set("aria-label", search())
            .set("placeholder", search())
            .bind(sought)
    });
    el("div", "section").add(field).live(move || {
        let sought = lowercase(sought.get().trim());
        let named = (0..).zip(options.iter().map(|(_, name)| name.clone()));
        let found: Vec<(u32, String)> =
            named.filter(|(_, name)| lowercase(name).contains(&sought)).collect();
        let rest = found.len().saturating_sub(FEW);
        let is_chosen = |it: &(u32, String)| untrack(|| chosen.get()) == Some(it.0);
        let kept = found.iter().skip(FEW).find(|it| is_chosen(it)).cloned();
        let shown: Vec<(u32, String)> = found.into_iter().take(FEW).chain(kept).collect();
        let rest = (rest > 0).then(|| soft(more_names(rest)));
        el("div", "section").add(choice_of(label.clone(), shown, chosen, false)).add(rest)
    })
}
