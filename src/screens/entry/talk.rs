//! What was said at an entry, and the field to answer in.

use super::super::message::{Asks, writing};
use crate::parts::{El, Icon, dates, el, icon, link, section};
use dubbelspoor_domain::dossier::{Body, Dossier, EntryRecord, Feedback};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::RwSignal;

words! {
    title { nl "Feedback" en "Feedback" fr "Retour" }
    answer { nl "Schrijf een antwoord" en "Write an answer" fr "Écrire une réponse" }
    answer_hint { nl "Iedereen in dit dossier kan dit lezen." en "Everybody in this dossier can read this." fr "Tout le monde dans ce dossier peut lire ceci." }
    send { nl "Plaats" en "Post" fr "Publier" }
    take { nl "Maak er een voornemen van" en "Make it an intention" fr "En faire une intention" }
    withdrawn { nl "ingetrokken" en "withdrawn" fr "retirée" }
}

/// Words that came with confirmations, and messages, in the order in which they were written.
pub(super) fn said(it: &Dossier, entry: EntryId) -> Option<El> {
    let mut said: Vec<(u64, PersonId, String, bool, EventHash)> = Vec::new();
    for record in it.confirmations.of_entry(entry) {
        if let Some(words) = record.confirmation.feedback.clone() {
            let is_withdrawn = it.confirmations.reason_withdrawn(record).is_some();
            said.push((record.at.millis(), record.by, words, is_withdrawn, record.hash));
        }
    }
    let messages = it.feedback.of_entry(entry);
    said.extend(
        messages.map(|it| (it.at.millis(), it.by, it.feedback.text.clone(), false, it.hash)),
    );
    if said.is_empty() {
        return None;
    }
    sort_by_key(&mut said, |(at, ..)| *at);
    let mut list = el("ul", "list");
    for (at, by, words, is_withdrawn, hash) in said {
        let who = it.links.name_of(by).unwrap_or_default().to_owned();
        let note = if is_withdrawn { withdrawn() } else { "" };
        let when = el("span", "soft").add(dates::moment(at)).add(" ").add(note);
        let head = el("div", "card-line").add(el("h3", "").add(who)).add(when);
        let takes = (Some(by) != it.links.learner() && !is_withdrawn).then(|| {
            link(format!("/try/{hash}"), "button button-quiet").add(icon(Icon::Forward)).add(take())
        });
        list = list.add(el("li", "card").add(head).add(el("p", "words").add(words)).add(takes));
    }
    Some(section(title()).add(list))
}

/// Whether others ever saw the entry: what only the learner reads is no place for a conversation.
pub(super) fn is_open(it: &Dossier, entry: EntryId) -> bool {
    let shared = |it: &EntryRecord| it.history().any(|it| it.content.is_shared());
    it.diary.get(entry).is_some_and(shared)
}

/// The field to answer in.
pub(super) fn answer_field(dossier: DossierId, entry: EntryId) -> El {
    let asks = Asks {
        id: "answer",
        label: answer(),
        hint: answer_hint(),
        send: send(),
        most: 2_000,
        is_main: false,
    };
    let text = RwSignal::new(String::new());
    let body = move |text| Body::Feedback(Feedback { entry: Some(entry), text });
    writing(dossier, &entry.to_string(), asks, text, Box::new(body))
}
