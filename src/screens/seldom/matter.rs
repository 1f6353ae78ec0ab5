//! One question or reported problem: what it says, what was answered, and the field to answer in.

use crate::parts::frame::page_named;
use crate::parts::{El, Part, button, dates, el, live, nothing, page, section, soft};
use crate::screens::matters::{answer_card, sort, state};
use crate::screens::message::{Asks, put, writing};
use crate::screens::reading::{entry_row, name};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use dubbelspoor_domain::dossier::{Answer, Body, Closed, Dossier, Matter, MatterRecord, Moment};
use dubbelspoor_domain::id::{DossierId, EventHash, PersonId};
use leptos::prelude::*;

words! {
    title { nl "Vraag" en "Question" fr "Question" }
    unknown { nl "Deze vraag staat niet op dit toestel." en "This question is not on this device." fr "Cette question n’est pas sur cet appareil." }
    answers_title { nl "Antwoorden" en "Answers" fr "Réponses" }
    label { nl "Jouw antwoord" en "Your answer" fr "Votre réponse" }
    all_read { nl "De cursist en iedereen in dit dossier lezen dit." en "The learner and everybody in this dossier read this." fr "L’apprenant et tout le monde dans ce dossier lisent ceci." }
    few_read { nl "Alleen wie het meldde en de trajectbegeleiders lezen dit." en "Only whoever reported it and the coaches read this." fr "Seuls l’auteur du signalement et les accompagnateurs lisent ceci." }
    send { nl "Geef antwoord" en "Answer" fr "Répondre" }
    into_class { nl "Neem mee naar de les" en "Take it into class" fr "L’aborder en cours" }
    close { nl "Het probleem is opgelost" en "The problem is solved" fr "Le problème est résolu" }
    about { nl "Bij deze activiteit" en "About this activity" fr "À propos de cette activité" }
}

pub(crate) fn matter(dossier: &str, matter: &str) -> AnyView {
    let session = use_session();
    let (Some(dossier), Some(matter)) = (DossierId::from_hex(dossier), EventHash::from_hex(matter))
    else {
        return page(title(), Some("/")).add(el("p", "").add(unknown())).part();
    };
    let name = live(move || {
        let named = session.with(dossier, |it| it.matters.get(matter).map(|it| sort(&it.what)));
        named.flatten().unwrap_or(title()).part()
    });
    let read = move || {
        let read = session.with(dossier, |it| Some(shown(session, it, it.matters.get(matter)?)));
        read.flatten().unwrap_or_else(|| el("p", "").add(unknown()).part())
    };
    // Only what changes which fields there are draws them anew.
    let open = Memo::new(move |_| open_to_me(session, dossier, matter));
    let fields = live(move || match open.get() {
        Some(only) => answering(session, dossier, matter, only).part(),
        None => nothing(),
    });
    page_named(name, Some("/questions".to_owned()))
        .add(el("div", "section").live(read))
        .add(fields)
        .part()
}

fn shown(session: Session, it: &Dossier, record: &MatterRecord) -> AnyView {
    let line = format!("{} · {}", name(it, record.by), dates::moment(record.at.millis()));
    let article = el("article", "card")
        .add(soft(line))
        .add(el("p", "words").add(record.what.text().to_owned()))
        .add(el("div", "chips").add(state(it, record)));
    let entry = match &record.what {
        Matter::Question(it) => it.entry,
        Matter::Concern(_) | Matter::Intention(_) => None,
    };
    let entry = entry.and_then(|entry| it.diary.get(entry));
    let entry = entry
        .map(|entry| section(about()).add(el("div", "rows").add(entry_row(session, it, entry))));
    let answers = it.matters.answers(record.hash);
    let cards: Vec<El> = answers.iter().map(|answer| answer_card(it, answer)).collect();
    let answers =
        (!cards.is_empty()).then(|| section(answers_title()).add(el("ul", "list").add(cards)));
    vec![article.part(), entry.part(), answers.part()].part()
}

/// Where it is open and I may answer: who alone reads it beside the coaches, if not everybody.
fn open_to_me(session: Session, dossier: DossierId, matter: EventHash) -> Option<Option<PersonId>> {
    let me = session.me().person;
    session.with(dossier, |it| {
        let only = it.matters.get(matter)?.only();
        let may = it.permit(me, Moment::on(session.today()), &taken(matter, only)).is_ok();
        (may && !it.matters.is_closed(matter)).then_some(only)
    })?
}

fn taken(to: EventHash, only: Option<PersonId>) -> Body {
    Body::Answer(Answer { to, text: String::new(), into_class: true, only })
}

fn answering(session: Session, dossier: DossierId, to: EventHash, only: Option<PersonId>) -> El {
    let hint = if only.is_some() { few_read() } else { all_read() };
    let asks = Asks { id: "reply", label: label(), hint, send: send(), most: 2_000, is_main: true };
    let body = move |text| Body::Answer(Answer { to, text, into_class: false, only });
    let fault = RwSignal::new(None::<NotKept>);
    let (words, act) = if only.is_some() {
        (close(), Body::Closed(Closed { matter: to, take_up: None, only }))
    } else {
        (into_class(), taken(to, None))
    };
    let tap = move || put(session, dossier, act.clone(), fault);
    el("div", "section")
        .add(writing(dossier, &to.to_string(), asks, RwSignal::new(String::new()), Box::new(body)))
        .add(told(fault))
        .add(button("button button-quiet", tap).add(words))
}
