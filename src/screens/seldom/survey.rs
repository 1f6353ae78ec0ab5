//! Answering a survey (G6): a few short texts, without a name. It works without a line, and goes by itself.

use super::form::{Asks, Field, Filled, Sort, form_of, named};
use crate::parts::{El, Part, Tone, el, needs_you, notice, page_named};
use crate::session::{Given, Session, use_session};
use dubbelspoor_domain::dossier::Survey;
use dubbelspoor_domain::id::{DossierId, SurveyId};
use leptos::prelude::*;

words! {
    title { nl "Bevraging" en "Survey" fr "Enquête" }
    who_reads {
        nl "Niemand ziet wie dit schreef. Vanaf vijf antwoorden leest je centrum ze. Schrijf dus geen namen."
        en "Nobody sees who wrote this. From five answers on your centre reads them. So write no names."
        fr "Personne ne voit qui a écrit ceci. À partir de cinq réponses, votre centre les lit. N’écrivez donc pas de noms."
    }
    coach_reads {
        nl "Niemand ziet wie dit schreef. Vanaf vijf antwoorden leest je trajectbegeleider ze, en wie het centrum beheert. Schrijf dus geen namen."
        en "Nobody sees who wrote this. From five answers on your coach reads them, and who runs the centre. So write no names."
        fr "Personne ne voit qui a écrit ceci. À partir de cinq réponses, votre accompagnateur les lit, ainsi que qui gère le centre. N’écrivez donc pas de noms."
    }
    send { nl "Geef je antwoord" en "Give your answer" fr "Donner ma réponse" }
    nothing_written { nl "Schrijf bij minstens één vraag iets." en "Write something at one question at least." fr "Écrivez quelque chose à une question au moins." }
    waits { nl "Je antwoord staat op dit toestel. Het vertrekt vanzelf, zonder je naam, zodra je bereik hebt." en "Your answer is on this device. It goes by itself, without your name, as soon as you have reception." fr "Votre réponse est sur cet appareil. Elle partira d’elle-même, sans votre nom, dès que vous aurez du réseau." }
    sent { nl "Je antwoord is verstuurd, zonder je naam. Bedankt!" en "Your answer was sent, without your name. Thank you!" fr "Votre réponse est envoyée, sans votre nom. Merci !" }
    not_taken { nl "Je antwoord kwam er niet bij. Je antwoordde al op een ander toestel, of de bevraging was voorbij." en "Your answer was not taken. You answered on another device already, or the survey was over." fr "Votre réponse n’a pas été prise. Vous aviez déjà répondu sur un autre appareil, ou l’enquête était finie." }
    closed { nl "Deze bevraging is voorbij, of ze is niet voor jou." en "This survey is over, or it is not for you." fr "Cette enquête est finie, ou elle n’est pas pour vous." }
}

/// The names of the fields: as many as there are questions at most.
const FIELDS: [&str; 5] = ["answer-1", "answer-2", "answer-3", "answer-4", "answer-5"];

pub(crate) fn survey(survey: &str) -> AnyView {
    let session = use_session();
    let id = SurveyId::from_hex(survey);
    // Whatever else of the centre or of a leertraject comes in, what somebody types stays.
    let found = Memo::new(move |_| {
        let (home, it) = session.survey(id?)?;
        let is_for_me = it.is_open(session.today()) && session.is_asked(home, &it);
        let given = session.given(it.survey);
        Some((home, it, is_for_me, given))
    });
    let name = crate::parts::live(move || match found.get() {
        Some((_, it, ..)) => it.title.part(),
        None => title().part(),
    });
    let shown = move || match found.get() {
        Some((_, _, _, Some(Given::Waits))) => notice(Tone::Waiting, el("p", "").add(waits())),
        Some((_, _, _, Some(Given::Sent))) => notice(Tone::Confirmed, el("p", "").add(sent())),
        Some((_, _, _, Some(Given::NotTaken))) => needs_you(not_taken()),
        Some((home, it, true, Some(Given::Nothing))) => untrack(|| asking(session, home, it)),
        // It is being read.
        Some((_, _, true, None)) => el("div", ""),
        _ => el("p", "").add(closed()),
    };
    page_named(name, Some("/".to_owned())).live(shown).part()
}

fn asking(session: Session, home: DossierId, it: Survey) -> El {
    let is_centres = session.centre_of(home) == home;
    let who_reads = if is_centres { who_reads() } else { coach_reads() };
    let fields: Vec<Field> = FIELDS
        .into_iter()
        .zip(&it.questions)
        .map(|(id, question)| named(id, question.clone(), Sort::Text(2_000)))
        .collect();
    let asks = Asks { about: "survey", send: send(), wrong: nothing_written(), then: None };
    let draft = format!("survey-{}", it.survey);
    let kept = draft.clone();
    let keep = move |filled: &Filled| {
        let answers: Vec<String> = (0..it.questions.len()).map(|at| filled.text(at)).collect();
        let is_whole = it.is_answered_by(&answers);
        is_whole.then(|| -> super::form::Keeping {
            Box::pin(session.answer_survey(home, it.survey, answers, kept.clone()))
        })
    };
    el("div", "section").add(notice(Tone::Plain, el("p", "").add(who_reads))).add(form_of(
        draft,
        asks,
        fields,
        Box::new(keep),
    ))
}
