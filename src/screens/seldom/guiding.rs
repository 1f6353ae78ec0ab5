//! What a coach does and notes: visits (G2), notes that cursist and mentor never receive (G3), mediation, a pause, an early
//! end and a re-start (A9), a later job (G7). Written on the spot, without a connection too.

mod later_job;
mod visits;

pub(crate) use visits::{REPORTING, visit};

use super::form::{Asks, Filled, Sort, field, form, one_of};
use crate::parts::{El, Icon, Part, dates, el, icon, needs_you, section, soft};
use crate::screens::file::{Guided, chair, file_of, for_guides, guides_now, reading, screen_of};
use crate::screens::reading::{disclosure, name};
use crate::session::Session;
use crate::words::{outcomes, reasons};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Chair, Dossier, EarlyEnd, EndReason, Mediation, MediationOutcome, Note, Pause, Restart,
    Said, Snoozed, TrackState,
};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::signals::{Signal, all_signals, signals};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

words! {
    plan_visit { nl "Plan een bezoek of contact" en "Plan a visit or contact" fr "Planifier une visite ou un contact" }
    title { nl "Begeleiding" en "Guidance" fr "Accompagnement" }
    day { nl "Wanneer?" en "When?" fr "Quand ?" }
    present { nl "Wie is erbij?" en "Who is there?" fr "Qui est présent ?" }
    notes { nl "Notities" en "Notes" fr "Notes" }
    note { nl "Notitie voor wie begeleidt" en "Note for those who guide" fr "Note pour les accompagnateurs" }
    note_hint { nl "Cursist en mentor krijgen dit niet, ook niet op hun toestel." en "Learner and mentor do not get this, not even on their device." fr "L’apprenant et le mentor ne reçoivent pas ceci, même sur leur appareil." }
    save_note { nl "Bewaar de notitie" en "Save the note" fr "Enregistrer la note" }
    wrong_note { nl "Schrijf eerst iets." en "Write something first." fr "Écrivez d’abord quelque chose." }
    goes_badly { nl "Als het moeilijk gaat" en "When things are difficult" fr "Quand c’est difficile" }
    mediate { nl "Noteer een bemiddeling" en "Note a mediation" fr "Noter une médiation" }
    mediation { nl "Bemiddeling" en "Mediation" fr "Médiation" }
    mediation_hint { nl "De cursist leest dit mee; mentoren niet." en "The learner reads this too; mentors do not." fr "L’apprenant lit aussi ceci ; pas les mentors." }
    said { nl "Wat is er gezegd?" en "What was said?" fr "Qu’est-ce qui a été dit ?" }
    outcome { nl "Wat kwam ervan?" en "What came of it?" fr "Qu’en est-il sorti ?" }
    goes_on { nl "Iedereen gaat verder" en "All go on" fr "Tous continuent" }
    elsewhere { nl "Verder op een andere werkplek" en "On at another workplace" fr "Suite ailleurs" }
    ends { nl "Het stopt" en "It ends" fr "Arrêt" }
    wrong_mediation { nl "Vul dag, wie erbij was en wat ervan kwam in." en "Fill in day, who was there and what came of it." fr "Indiquez le jour, les présents et le résultat." }
    end { nl "Stop het leertraject" en "End the learning track" fr "Arrêter le parcours" }
    end_hint { nl "Alles wat behaald is, blijft. Een herstart kan later." en "All that was earned stays. A re-start is possible later." fr "Tout ce qui est acquis reste. Une reprise est possible plus tard." }
    no_mediation { nl "Er is nog geen bemiddeling genoteerd. Deed je dat al? Noteer ze dan eerst." en "No mediation has been noted yet. Did you do one? Then note it first." fr "Aucune médiation n’est encore notée. En avez-vous fait une ? Notez-la d’abord." }
    last_day { nl "Laatste dag" en "Last day" fr "Dernier jour" }
    reason { nl "Waarom?" en "Why?" fr "Pourquoi ?" }
    in_words { nl "In woorden" en "In words" fr "En mots" }
    wrong_end { nl "Kies dag en reden. Bij een andere reden schrijf je welke." en "Choose day and reason. With another reason, write which." fr "Choisissez jour et raison. Pour une autre raison, écrivez laquelle." }
    ended_by { nl "Wie zette het stop?" en "Who ended it?" fr "Qui y a mis fin ?" }
    by_whom(chair, who) { nl "Stopgezet door: {chair}. Genoteerd door {who}." en "Ended by: {chair}. Noted by {who}." fr "Arrêté par : {chair}. Noté par {who}." }
    restart { nl "Herstart het leertraject" en "Re-start the learning track" fr "Reprendre le parcours" }
    pause { nl "Onderbreek het leertraject" en "Pause the learning track" fr "Interrompre le parcours" }
    pause_hint { nl "Niemand vraagt nog activiteiten of uren, tot je het herstart. Alles wat behaald is, blijft." en "Nobody asks for activities or hours until you re-start it. All that was earned stays." fr "Plus rien n’est demandé jusqu’à la reprise. Tout ce qui est acquis reste." }
    wrong_pause { nl "Kies een dag en schrijf waarom." en "Choose a day and write why." fr "Choisissez un jour et écrivez pourquoi." }
    paused_line(day) { nl "Onderbroken sinds {day}" en "Paused since {day}" fr "Interrompu depuis le {day}" }
    first_day { nl "Eerste dag" en "First day" fr "Premier jour" }
    where_how { nl "Waar en hoe?" en "Where and how?" fr "Où et comment ?" }
    wrong_day { nl "Kies een dag." en "Choose a day." fr "Choisissez un jour." }
    ended_line(day, why) { nl "Gestopt op {day}: {why}" en "Ended on {day}: {why}" fr "Arrêté le {day} : {why}" }
    restarted_line(day) { nl "Herstart op {day}" en "Re-started on {day}" fr "Repris le {day}" }
    snooze { nl "Stel een signaal uit" en "Put a signal off" fr "Reporter un signal" }
    which { nl "Welk signaal?" en "Which signal?" fr "Quel signal ?" }
    until { nl "Tot en met" en "Up to and including" fr "Jusqu’au" }
    wrong_snooze { nl "Kies een signaal en een dag, en schrijf waarom." en "Choose a signal and a day, and write why." fr "Choisissez un signal et un jour, et écrivez pourquoi." }
    snoozed_line(signal, day, why) { nl "{signal}: stil tot {day}. {why}" en "{signal}: silent until {day}. {why}" fr "{signal} : muet jusqu’au {day}. {why}" }
    put_off { nl "Uitgestelde signalen" en "Signals put off" fr "Signaux reportés" }
}

fn outcome_words(it: MediationOutcome) -> &'static str {
    match it {
        MediationOutcome::GoesOn => goes_on(),
        MediationOutcome::Elsewhere => elsewhere(),
        MediationOutcome::Ends => ends(),
    }
}

/// What those who guide write here, around what all read.
pub(crate) type Writing = fn(Session, DossierId, El) -> El;
/// For their program only.
pub(crate) const WRITING: Writing = writing;

/// The screen: what was reported and decided, as far as this person gets it; for who guides, the forms as well.
pub(crate) fn guiding(dossier: &str, writing: Guided<Writing>) -> AnyView {
    screen_of(
        dossier,
        title,
        file_of,
        Box::new(move |session, dossier, page| {
            match writing.filter(|_| guides_now(session, dossier)) {
                Some(writing) => writing(session, dossier, page),
                None => page
                    .add(for_guides())
                    .add(reading(session, dossier, state))
                    .add(reading(session, dossier, visits::listed_visits))
                    .add(reading(session, dossier, listed_mediations)),
            }
        }),
    )
}

fn writing(session: Session, dossier: DossierId, page: El) -> El {
    // What somebody came for: its form is first, and open.
    let step = use_query_map().with_untracked(|it| it.get("step"));
    let visit = disclosure(plan_visit().to_owned(), visits::planning(session, dossier));
    let mediation = disclosure(mediate().to_owned(), mediating(session, dossier));
    let open = |it: El| Some(it.set("open", ""));
    let (first, visit, mediation) = match step.as_deref() {
        Some("visit") => (open(visit), None, Some(mediation)),
        Some("mediation") => (open(mediation), Some(visit), None),
        _ => (None, Some(visit), Some(mediation)),
    };
    page.add(first)
        .add(reading(session, dossier, state))
        .add(later_job::later_job(session, dossier))
        .add(reading(session, dossier, visits::listed_visits))
        .add(visit)
        .add(reading(session, dossier, listed_notes))
        .add(disclosure(note().to_owned(), noting(dossier)))
        .add(reading(session, dossier, listed_snoozed))
        .add(disclosure(snooze().to_owned(), snoozing(session, dossier)))
        .add(section(goes_badly()))
        .add(reading(session, dossier, listed_mediations))
        .add(mediation)
        .add(disclosure(pause().to_owned(), pausing(session, dossier)))
        .add(disclosure(end().to_owned(), ending(session, dossier)))
        .add(disclosure(restart().to_owned(), restarting(session, dossier)))
}

/// An early end, a re-start; nothing while all goes on.
fn state(session: Session, it: &Dossier) -> AnyView {
    let card = |line: String, text: &String, by: String| {
        let text = (!text.is_empty()).then(|| el("p", "words").add(text.clone()));
        el("div", "card").add(el("h2", "").add(line)).add(text).add(soft(by))
    };
    let end = it.guiding.end().map(|said| {
        let line =
            ended_line(dates::short_day(said.what.day), outcomes::end_reason(said.what.reason));
        let noted = name(it, said.by);
        let by = said.what.by.map(chair);
        card(line, &said.what.text, by.map_or(noted.clone(), |it| by_whom(it, &noted)))
    });
    let restarted = it.guiding.restart().map(|said| {
        let line = restarted_line(dates::short_day(said.what.day));
        el("div", "card")
            .add(el("h2", "").add(line))
            .add(el("p", "words").add(said.what.text.clone()))
    });
    let today = session.today();
    let over = it.state_on(today) == TrackState::EndedEarly;
    let paused = it.pause_on(today).filter(|_| !over).map(|said| {
        card(paused_line(dates::short_day(said.what.day)), &said.what.text, name(it, said.by))
    });
    let goes_on = !over && paused.is_none();
    vec![end.part(), paused.part(), restarted.filter(|_| goes_on).part()].part()
}

fn listed_notes(session: Session, it: &Dossier) -> AnyView {
    let card = |said: &Said<Note>| {
        let day = dates::day(Day::of_millis(said.at.millis()), session.today());
        el("li", "card")
            .add(soft(format!("{} · {day}", name(it, said.by))))
            .add(el("p", "words").add(said.what.text.clone()))
    };
    let cards: Vec<El> = it.guiding.notes().iter().rev().take(30).map(card).collect();
    section(notes()).add(soft(note_hint())).add(el("ul", "list").add(cards)).part()
}

fn noting(dossier: DossierId) -> El {
    let fields = vec![field("note", note(), Sort::Text(3_000))];
    let asks = Asks { about: "note", send: save_note(), wrong: wrong_note(), then: None };
    let read = |it: &Filled| Some(vec![Body::Note(Note { text: it.words(0)? })]);
    form(dossier, asks, fields, Box::new(read))
}

fn listed_mediations(_: Session, it: &Dossier) -> AnyView {
    let card = |said: &Said<Mediation>| {
        let line = format!("{} · {}", dates::short_day(said.what.day), said.what.present);
        el("li", "card")
            .add(el("h3", "").add(outcome_words(said.what.outcome)))
            .add(soft(line))
            .add(el("p", "words").add(said.what.text.clone()))
    };
    let cards: Vec<El> = it.guiding.mediations().iter().rev().map(card).collect();
    (!cards.is_empty()).then(|| section(mediation()).add(el("ul", "list").add(cards))).part()
}

fn mediating(session: Session, dossier: DossierId) -> El {
    let today = dates::for_field(untrack(|| session.today()));
    let learner = untrack(|| session.with(dossier, |it| it.links.learner())).flatten();
    let fields = vec![
        field("mediation", mediation(), Sort::Heading(mediation_hint())),
        field("mediation-day", day(), Sort::Date).with(today),
        field("mediation-present", present(), Sort::Line),
        field("mediation-said", said(), Sort::Text(3_000)),
        field("mediation-outcome", outcome(), one_of(MediationOutcome::ALL.map(outcome_words))),
    ];
    let asks = Asks { about: "mediation", send: mediate(), wrong: wrong_mediation(), then: None };
    let read = move |it: &Filled| {
        let outcome = *MediationOutcome::ALL.get(it.number(4)? as usize)?;
        let (day, present, text) = (it.day(1)?, it.words(2)?, it.text(3));
        Some(vec![Body::Mediation(Mediation { day, present, text, outcome, learner })])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn ending(session: Session, dossier: DossierId) -> El {
    let today = dates::for_field(untrack(|| session.today()));
    let fields = vec![
        field("end", end(), Sort::Heading(end_hint())),
        field("end-day", last_day(), Sort::Date).with(today),
        field("end-reason", reason(), one_of(EndReason::ALL.map(outcomes::end_reason))),
        field("end-words", in_words(), Sort::Text(3_000)),
        field("end-by", ended_by(), one_of(Chair::ALL.map(chair))),
    ];
    let asks = Asks { about: "end", send: end(), wrong: wrong_end(), then: None };
    let read = |it: &Filled| {
        let reason = *EndReason::ALL.get(it.number(2)? as usize)?;
        let (day, text) = (it.day(1)?, it.text(3));
        let by = it.number(4).and_then(|at| Chair::ALL.get(at as usize)).copied();
        let fits = reason != EndReason::Other || !text.is_empty();
        fits.then(|| vec![Body::EarlyEnd(EarlyEnd { day, reason, text, by })])
    };
    let asked = reading(session, dossier, |_, it| {
        it.guiding.mediations().is_empty().then(|| needs_you(no_mediation())).part()
    });
    el("div", "section").add(asked).add(form(dossier, asks, fields, Box::new(read)))
}

fn pausing(session: Session, dossier: DossierId) -> El {
    let today = dates::for_field(untrack(|| session.today()));
    let fields = vec![
        field("pause", pause(), Sort::Heading(pause_hint())),
        field("pause-day", first_day(), Sort::Date).with(today),
        field("pause-why", reason(), Sort::Text(3_000)),
    ];
    let asks = Asks { about: "pause", send: pause(), wrong: wrong_pause(), then: None };
    let read = |it: &Filled| {
        let (day, text) = (it.day(1)?, it.words(2)?);
        Some(vec![Body::Pause(Pause { day, text })])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn restarting(session: Session, dossier: DossierId) -> El {
    let today = dates::for_field(untrack(|| session.today()));
    let fields = vec![
        field("restart-day", first_day(), Sort::Date).with(today),
        field("restart-words", where_how(), Sort::Text(1_500)),
    ];
    let asks = Asks { about: "restart", send: restart(), wrong: wrong_day(), then: None };
    let read =
        |it: &Filled| Some(vec![Body::Restart(Restart { day: it.day(0)?, text: it.text(1) })]);
    form(dossier, asks, fields, Box::new(read))
}

fn listed_snoozed(session: Session, it: &Dossier) -> AnyView {
    let today = session.today();
    let mut rows = Vec::new();
    for signal in all_signals(it, session.thresholds(it.id), today) {
        if let Some(off) = it.guiding.snoozed(signal.kind.number(), today) {
            let day = dates::short_day(off.until);
            let line = snoozed_line(reasons::signal(&signal), day, off.reason.clone());
            rows.push(
                el("li", "row").add(icon(Icon::Hourglass)).add(el("span", "row-text").add(line)),
            );
        }
    }
    (!rows.is_empty()).then(|| section(put_off()).add(el("ul", "rows").add(rows))).part()
}

fn snoozing(session: Session, dossier: DossierId) -> El {
    let today = untrack(|| session.today());
    let all = untrack(|| {
        session.with(dossier, |it| {
            // By its own number: what is kept of a half-filled form means the same signal when others have come.
            let named = |it: &Signal| (it.kind.number().into(), reasons::signal(it));
            let all = signals(it, session.thresholds(dossier), today);
            all.iter().map(named).collect::<Vec<_>>()
        })
    })
    .unwrap_or_default();
    let fields = vec![
        field("snooze-which", which(), Sort::One(all)),
        field("snooze-until", until(), Sort::Date).with(dates::for_field(today)),
        field("snooze-why", reason(), Sort::Line),
    ];
    let asks = Asks { about: "snooze", send: snooze(), wrong: wrong_snooze(), then: None };
    let read = |it: &Filled| {
        let signal = u16::try_from(it.number(0)?).ok()?;
        let (until, reason) = (it.day(1)?, it.words(2)?);
        Some(vec![Body::Snoozed(Snoozed { signal, until, reason })])
    };
    form(dossier, asks, fields, Box::new(read))
}
