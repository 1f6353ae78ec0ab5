//! The messages to everybody in a dossier (G3): all of them, the last first, and a field for another. The cursist makes an
//! intention of one.

use crate::parts::{El, Part, el, link, soft};
use crate::screens::file::{file_of, may_now, reading, screen_of};
use crate::screens::message::{message, message_card};
use crate::session::Session;
use dubbelspoor_domain::dossier::{Body, Dossier, Feedback};
use leptos::prelude::AnyView;

words! {
    title { nl "Berichten" en "Messages" fr "Messages" }
    none { nl "Nog geen berichten. Wat je hier schrijft, leest iedereen in dit dossier." en "No messages yet. What you write here, everybody in this dossier reads." fr "Pas encore de messages. Tout le monde dans ce dossier lit ce que vous écrivez ici." }
    intend { nl "Maak er een voornemen van" en "Make it an intention" fr "En faire une intention" }
}

/// The screen.
pub(crate) fn messages(dossier: &str) -> AnyView {
    screen_of(
        dossier,
        title,
        file_of,
        Box::new(|session, dossier, page| {
            let said = Feedback { entry: None, text: "?".to_owned() };
            let speaks = may_now(session, dossier, &Body::Feedback(said));
            page.add(speaks.then(|| message(dossier, None))).add(reading(session, dossier, all))
        }),
    )
}

fn all(session: Session, it: &Dossier) -> AnyView {
    let me = session.me().person;
    let learns = it.links.learner() == Some(me);
    let mut cards: Vec<El> = Vec::new();
    for record in it.feedback.general() {
        let intend = (learns && record.by != me)
            .then(|| link(format!("/try/{}", record.hash), "button button-quiet").add(intend()));
        cards.push(message_card(it, record).add(intend));
    }
    if cards.is_empty() {
        return soft(none()).part();
    }
    el("ul", "list").add(cards).part()
}
