//! The cursist's questions: to ask one, to read what came back, and to say that it is clear.

use crate::parts::{El, Part, button, dates, el, live, nothing, page, section, soft};
use crate::screens::matters::{answer_card, state};
use crate::screens::message::{Asks, put, writing};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Closed, Dossier, LearningQuestion, Matter, MatterRecord};
use dubbelspoor_domain::id::{DossierId, EntryId};
use leptos::prelude::*;

words! {
    title { nl "Mijn vragen" en "My questions" fr "Mes questions" }
    label { nl "Wat wil je weten?" en "What do you want to know?" fr "Que voulez-vous savoir ?" }
    hint { nl "Je leraar, je mentor en je trajectbegeleider lezen dit en antwoorden hier." en "Your teacher, your mentor and your coach read this and answer here." fr "Votre enseignant, votre mentor et votre accompagnateur lisent ceci et répondent ici." }
    send { nl "Stel deze vraag" en "Ask this" fr "Poser cette question" }
    asked_title { nl "Wat je vroeg" en "What you asked" fr "Ce que vous avez demandé" }
    clear { nl "Duidelijk, bedankt" en "Clear, thanks" fr "C’est clair, merci" }
}

/// The screen; from an entry, the question is about that.
pub(crate) fn ask(entry: Option<&str>) -> AnyView {
    let session = use_session();
    let entry = entry.and_then(EntryId::from_hex);
    let dossier = Memo::new(move |_| session.own_dossier());
    let field = live(move || match dossier.get() {
        Some(dossier) => ask_field(dossier, entry).part(),
        None => nothing(),
    });
    let fault = RwSignal::new(None::<NotKept>);
    let asked = move || {
        let dossier = dossier.get()?;
        session.with(dossier, |it| asked(session, dossier, it, fault))?
    };
    page(title(), Some("/more")).add(field).add(told(fault)).live(asked).part()
}

fn ask_field(dossier: DossierId, entry: Option<EntryId>) -> El {
    let asks = Asks {
        id: "question",
        label: label(),
        hint: hint(),
        send: send(),
        most: 2_000,
        is_main: true,
    };
    let about = entry.map_or_else(|| dossier.to_string(), |it| it.to_string());
    let body = move |text| Body::LearningQuestion(LearningQuestion { entry, text });
    writing(dossier, &about, asks, RwSignal::new(String::new()), Box::new(body))
}

fn asked(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    fault: RwSignal<Option<NotKept>>,
) -> Option<El> {
    let mut cards = Vec::new();
    for record in it.matters.all().rev() {
        if matches!(record.what, Matter::Question(_)) {
            cards.push(card(session, dossier, it, record, fault));
        }
    }
    (!cards.is_empty()).then(|| section(asked_title()).add(el("ul", "list").add(cards)))
}

fn card(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    record: &MatterRecord,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let day = dates::day(Day::of_millis(record.at.millis()), session.today());
    let answers = it.matters.answers(record.hash);
    let waits = !answers.is_empty() && !it.matters.is_closed(record.hash);
    let cards: Vec<El> = answers.iter().map(|answer| answer_card(it, answer)).collect();
    let matter = record.hash;
    let close = move || {
        let closed = Closed { matter, take_up: None, only: None };
        put(session, dossier, Body::Closed(closed), fault);
    };
    el("li", "card")
        .add(soft(day))
        .add(el("p", "words").add(record.what.text().to_owned()))
        .add(el("div", "chips").add(state(it, record)))
        .add((!cards.is_empty()).then(|| el("ul", "list").add(cards)))
        .add(waits.then(|| button("button", close).add(clear())))
}
