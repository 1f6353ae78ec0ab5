//! What came of the cursist after the leertraject (G7): asked about once it is over.

use crate::parts::{El, Part, dates, el, live, nothing, section, soft};
use crate::screens::file::reading;
use crate::screens::reading::name;
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form, one_of};
use crate::session::Session;
use crate::words::outcomes;
use dubbelspoor_domain::dossier::{Body, Dossier, JobOutcome, LaterJob};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Na het leertraject" en "After the learning track" fr "Après le parcours" }
    for_guides { nl "Alleen wie begeleidt, leest dit. In de cijfers van het centrum telt het mee zonder naam." en "Only those who guide read this. In the centre’s figures it counts without a name." fr "Seuls les accompagnateurs lisent ceci. Dans les chiffres du centre, cela compte sans nom." }
    what { nl "Wat doet de cursist nu?" en "What does the learner do now?" fr "Que fait l’apprenant maintenant ?" }
    day { nl "Op welke dag was dat zo?" en "On which day was that so?" fr "Quel jour était-ce ainsi ?" }
    in_words { nl "In woorden (mag leeg blijven)" en "In words (may stay empty)" fr "En mots (facultatif)" }
    save { nl "Bewaar wat erna kwam" en "Save what came after" fr "Enregistrer la suite" }
    wrong { nl "Kies een dag en wat de cursist nu doet." en "Choose a day and what the learner does now." fr "Choisissez un jour et ce que fait l’apprenant." }
    since(day, who) { nl "Op {day}, genoteerd door {who}" en "On {day}, noted by {who}" fr "Le {day}, noté par {who}" }
}

/// What was noted, and a form for it; nothing while the leertraject is not over.
pub(super) fn later_job(session: Session, dossier: DossierId) -> AnyView {
    let is_over = Memo::new(move |_| {
        session.with(dossier, |it| it.is_over(session.today())).unwrap_or_default()
    });
    live(move || {
        if !is_over.get() {
            return nothing();
        }
        // Drawn once, so that nobody loses what they type.
        untrack(|| {
            section(title())
                .add(soft(for_guides()))
                .add(reading(session, dossier, noted))
                .add(noting(session, dossier))
                .part()
        })
    })
}

fn noted(session: Session, it: &Dossier) -> AnyView {
    let card = it.later_job(session.today()).map(|said| {
        let text =
            (!said.what.text.is_empty()).then(|| el("p", "words").add(said.what.text.clone()));
        el("div", "card")
            .add(el("h3", "").add(outcomes::job(said.what.outcome)))
            .add(soft(since(dates::short_day(said.what.day), name(it, said.by))))
            .add(text)
    });
    card.part()
}

fn noting(session: Session, dossier: DossierId) -> El {
    let fields = vec![
        field("later-what", what(), one_of(JobOutcome::ALL.map(outcomes::job))),
        field("later-day", day(), Sort::Date).with(dates::for_field(session.today())),
        field("later-words", in_words(), Sort::Text(200)),
    ];
    let asks = Asks { about: "later-job", send: save(), wrong: wrong(), then: None };
    let read = |it: &Filled| {
        let outcome = *JobOutcome::ALL.get(it.number(0)? as usize)?;
        let (day, text) = (it.day(1)?, it.text(2));
        Some(vec![Body::LaterJob(LaterJob { day, outcome, text })])
    };
    form(dossier, asks, fields, Box::new(read))
}
