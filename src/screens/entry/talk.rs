//! What was said at an entry, and the field to answer in.

use crate::parts::{Notice, TextField, Tone, dates};
use crate::session::{NotKept, Session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, Dossier, EntryRecord, Feedback};
use dubbelspoor_domain::id::{DossierId, EntryId, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Feedback" en "Feedback" fr "Retour" }
    answer { nl "Schrijf een antwoord" en "Write an answer" fr "Écrire une réponse" }
    answer_hint { nl "Iedereen in dit dossier kan dit lezen." en "Everybody in this dossier can read this." fr "Tout le monde dans ce dossier peut lire ceci." }
    send { nl "Plaats" en "Post" fr "Publier" }
    withdrawn { nl "ingetrokken" en "withdrawn" fr "retirée" }
}

/// Words that came with confirmations, and messages, in the order in which they were written.
pub(super) fn said(it: &Dossier, entry: EntryId) -> Option<AnyView> {
    let mut said: Vec<(u64, PersonId, String, bool)> = Vec::new();
    for record in it.confirmations.of_entry(entry) {
        if let Some(words) = record.confirmation.feedback.clone() {
            let is_withdrawn = it.confirmations.reason_withdrawn(record).is_some();
            said.push((record.at.millis(), record.by, words, is_withdrawn));
        }
    }
    let messages = it.feedback.of_entry(entry);
    said.extend(messages.map(|it| (it.at.millis(), it.by, it.feedback.text.clone(), false)));
    sort_by_key(&mut said, |(at, ..)| *at);
    let line = |(at, by, words, is_withdrawn): (u64, PersonId, String, bool)| {
        let who = it.links.name_of(by).unwrap_or_default().to_owned();
        let note = if is_withdrawn { withdrawn() } else { "" };
        view! {
            <li class="card">
                <div class="card-line"><h3>{who}</h3><span class="soft">{dates::moment(at)} " " {note}</span></div>
                <p class="words">{words}</p>
            </li>
        }
    };
    (!said.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>{title()}</h2>
                <ul class="list">{said.into_iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// Whether others ever saw the entry: what only the learner reads is no place for a conversation.
pub(super) fn is_open(it: &Dossier, entry: EntryId) -> bool {
    let shared = |it: &EntryRecord| it.history().any(|it| it.content.is_shared());
    it.diary.get(entry).is_some_and(shared)
}

/// Stays in place while the screen around it follows the dossier: somebody may be typing in it.
pub(super) fn answer_field(session: Session, dossier: DossierId, entry: EntryId) -> AnyView {
    let text = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<NotKept>);
    let post = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = text.get_untracked().trim().to_owned();
        if words.is_empty() {
            return;
        }
        fault.set(None);
        spawn_local(async move {
            let body = Body::Feedback(Feedback { entry: Some(entry), text: words });
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(_) => drop(text.try_set(String::new())),
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    view! {
        <form class="section" on:submit=post>
            <TextField id="answer" label=answer() hint=answer_hint() text=text lines=2 most=2_000 />
            {move || fault.get().map(|it| view! {
                <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
            })}
            <button class="button" disabled=move || text.with(|it| it.trim().is_empty())>{send()}</button>
        </form>
    }
    .into_any()
}
