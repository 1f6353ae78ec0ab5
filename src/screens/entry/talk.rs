//! What was said at an entry, and the field to answer in.

use super::super::message::submit_with_words;
use super::super::told;
use crate::parts::{El, dates, el, section, text_field};
use crate::session::{NotKept, Session};
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
pub(super) fn said(it: &Dossier, entry: EntryId) -> Option<El> {
    let mut said: Vec<(u64, PersonId, String, bool)> = Vec::new();
    for record in it.confirmations.of_entry(entry) {
        if let Some(words) = record.confirmation.feedback.clone() {
            let is_withdrawn = it.confirmations.reason_withdrawn(record).is_some();
            said.push((record.at.millis(), record.by, words, is_withdrawn));
        }
    }
    let messages = it.feedback.of_entry(entry);
    said.extend(messages.map(|it| (it.at.millis(), it.by, it.feedback.text.clone(), false)));
    if said.is_empty() {
        return None;
    }
    sort_by_key(&mut said, |(at, ..)| *at);
    let mut list = el("ul", "list");
    for (at, by, words, is_withdrawn) in said {
        let who = it.links.name_of(by).unwrap_or_default().to_owned();
        let note = if is_withdrawn { withdrawn() } else { "" };
        let when = el("span", "soft").add(dates::moment(at)).add(" ").add(note);
        let head = el("div", "card-line").add(el("h3", "").add(who)).add(when);
        list = list.add(el("li", "card").add(head).add(el("p", "words").add(words)));
    }
    Some(section(title()).add(list))
}

/// Whether others ever saw the entry: what only the learner reads is no place for a conversation.
pub(super) fn is_open(it: &Dossier, entry: EntryId) -> bool {
    let shared = |it: &EntryRecord| it.history().any(|it| it.content.is_shared());
    it.diary.get(entry).is_some_and(shared)
}

/// Stays in place while the screen around it follows the dossier: somebody may be typing in it.
pub(super) fn answer_field(session: Session, dossier: DossierId, entry: EntryId) -> El {
    let text = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<NotKept>);
    let post = move || {
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
    el("form", "section")
        .submit(post)
        .add(text_field("answer", answer(), Some(answer_hint()), text, 2, 2_000))
        .add(told(fault))
        .add(submit_with_words(send(), text))
}
