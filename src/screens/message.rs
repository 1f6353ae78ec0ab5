//! One field and its button: what somebody writes is kept while they type, and becomes a record. And the messages to
//! everybody in a dossier.

use super::reading::{name, who_and_when};
use super::told;
use crate::parts::{El, el, follow, link, section, text_field};
use crate::session::{NotKept, Session, use_session};
use dubbelspoor_domain::dossier::{Body, Dossier, Feedback, FeedbackRecord};
use dubbelspoor_domain::id::{DossierId, EntryId};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    label { nl "Schrijf feedback" en "Write feedback" fr "Écrire un retour" }
    to_everybody { nl "Schrijf een bericht" en "Write a message" fr "Écrire un message" }
    hint { nl "Iedereen in dit dossier leest dit, ook de cursist." en "Everybody in this dossier reads this, the learner too." fr "Tout le monde dans ce dossier lit ceci, l’apprenant aussi." }
    send { nl "Plaats" en "Post" fr "Publier" }
    title { nl "Berichten" en "Messages" fr "Messages" }
    all_of_them(count) { nl "Alle berichten ({count})" en "All messages ({count})" fr "Tous les messages ({count})" }
    sent { nl "Bewaard op dit toestel. Gaat naar de school zodra je bereik hebt." en "Saved on this device. It goes to the school as soon as you have reception." fr "Enregistré sur cet appareil. Sera envoyé à l’école dès que vous aurez du réseau." }
}

/// What a field asks, who reads the answer, and what its button says.
pub(super) struct Asks {
    /// Its name on the page, and of what is kept while somebody types.
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) send: &'static str,
    /// In letters.
    pub(super) most: u16,
    /// What the screen is for.
    pub(super) is_main: bool,
}

/// A message to everybody in a dossier, at an activity or about the work as a whole.
pub(super) fn message(dossier: DossierId, entry: Option<EntryId>) -> El {
    let asks = Asks {
        id: "message",
        label: if entry.is_some() { label() } else { to_everybody() },
        hint: hint(),
        send: send(),
        most: 2_000,
        is_main: false,
    };
    let about = entry.map_or_else(|| dossier.to_string(), |it| it.to_string());
    let text = RwSignal::new(String::new());
    let body = move |text| Body::Feedback(Feedback { entry, text });
    writing(dossier, &about, asks, text, Box::new(body))
}

/// One message as a card.
pub(super) fn message_card(it: &Dossier, record: &FeedbackRecord) -> El {
    el("li", "card")
        .add(who_and_when(name(it, record.by), record.at))
        .add(el("p", "words").add(record.feedback.text.clone()))
}

/// The last messages to everybody, and the way to all of them.
pub(super) fn last_messages(it: &Dossier) -> Option<El> {
    let cards: Vec<El> = it.feedback.general().take(3).map(|own| message_card(it, own)).collect();
    let count = it.feedback.general().count();
    let all = link(format!("/messages/{}", it.id), "button button-quiet").add(all_of_them(count));
    let all = (count > cards.len()).then_some(all);
    (count > 0).then(|| section(title()).add(el("ul", "list").add(cards)).add(all))
}

/// Stays in place while the dossier changes: somebody may be typing. `about` tells one kept text from another.
pub(super) fn writing(
    dossier: DossierId,
    about: &str,
    asks: Asks,
    text: RwSignal<String>,
    body: Box<dyn Fn(String) -> Body>,
) -> El {
    let session = use_session();
    let draft = format!("{}-{about}", asks.id);
    keep_while_typing(session, draft.clone(), text);
    let fault = RwSignal::new(None::<NotKept>);
    let posted = RwSignal::new(false);
    let post = move || {
        let words = text.get_untracked().trim().to_owned();
        if words.is_empty() {
            return;
        }
        fault.set(None);
        let (body, draft) = (body(words), draft.clone());
        spawn_local(async move {
            match session.record_clearing(dossier, &draft, move |it| it.add(&body)).await {
                Ok(_) => {
                    text.try_set(String::new());
                    posted.try_set(true);
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    let class = if asks.is_main { "button button-primary" } else { "button" };
    let said = move || (posted.get() && text.with(String::is_empty)).then(sent);
    el("form", "section")
        .submit(post)
        .add(text_field(asks.id, asks.label, Some(asks.hint), text, 2, asks.most))
        .add(told(fault))
        .add(el("p", "soft").set("role", "status").live(said))
        .add(submit_with_words(asks.send, text).set("class", class))
}

/// A button that waits until something was written.
pub(super) fn submit_with_words(words: &'static str, text: RwSignal<String>) -> El {
    el("button", "button").disabled(move || text.with(|it| it.trim().is_empty())).add(words)
}

/// The words survive a phone call and a closed browser.
pub(super) fn keep_while_typing(session: Session, name: String, text: RwSignal<String>) {
    let restored = RwSignal::new(false);
    let kept = name.clone();
    spawn_local(async move {
        if let Some(words) = session.draft(&kept).await {
            text.try_set(words);
        }
        restored.try_set(true);
    });
    follow(move || {
        let words = text.get();
        if restored.get() {
            session.keep_draft(&name, words);
        }
    });
}

/// Keeps what one tap says.
pub(super) fn put(
    session: Session,
    dossier: DossierId,
    body: Body,
    fault: RwSignal<Option<NotKept>>,
) {
    put_all(session, dossier, vec![body], fault);
}

/// Keeps several things that one tap says, together.
pub(super) fn put_all(
    session: Session,
    dossier: DossierId,
    bodies: Vec<Body>,
    fault: RwSignal<Option<NotKept>>,
) {
    fault.set(None);
    spawn_local(async move {
        if let Err(why) = session.record(dossier, move |it| it.add_all(&bodies)).await {
            fault.try_set(Some(why));
        }
    });
}
