//! Days without an entry, filled in together.

use super::form::{Asks, Sort, form, named};
use crate::parts::{El, Part, dates, el, empty, live, page, soft};
use crate::session::{Session, use_session};
use chrono::{Datelike, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Absence, AbsenceReason, Audience, Body, Entry, Place, Stage};
use dubbelspoor_domain::floor::missing_days;
use dubbelspoor_domain::hours::LESSON;
use dubbelspoor_domain::id::{AbsenceId, DossierId};
use leptos::prelude::*;

words! {
    title { nl "Dagen aanvullen" en "Fill in days" fr "Compléter des jours" }
    lead { nl "Kies per dag wat je deed. Wat je nu niet weet, laat je voor later." en "Choose what you did on each day. Leave what you do not know for later." fr "Choisissez ce que vous avez fait chaque jour. Laissez pour plus tard ce que vous ne savez pas." }
    later { nl "Later" en "Later" fr "Plus tard" }
    school { nl "School, hele dag (8 lesuren)" en "School, all day (8 lessons)" fr "École, toute la journée (8 leçons)" }
    work { nl "Werkplek, hele dag (8 u)" en "Workplace, all day (8 h)" fr "Lieu de travail, toute la journée (8 h)" }
    free { nl "Verlof of vrij" en "Leave or free" fr "Congé ou libre" }
    ill { nl "Ziek" en "Ill" fr "Malade" }
    school_text { nl "Lesdag op school" en "Day of classes" fr "Journée de cours" }
    work_text { nl "Werkdag" en "Day at work" fr "Journée de travail" }
    send { nl "Bewaar deze dagen" en "Save these days" fr "Enregistrer ces jours" }
    wrong { nl "Kies bij ten minste één dag wat je deed." en "Choose what you did on at least one day." fr "Choisissez ce que vous avez fait pour au moins un jour." }
    all_there { nl "Alle dagen zijn ingevuld" en "All days are filled in" fr "Tous les jours sont complétés" }
    all_there_words { nl "De laatste twee weken zijn volledig." en "The last two weeks are complete." fr "Les deux dernières semaines sont complètes." }
}

/// A whole day, in minutes: eight hours at the workplace, eight lessons at school.
const AT_WORK: u16 = 8 * 60;
const AT_SCHOOL: u16 = 8 * LESSON as u16;

pub(crate) fn days() -> AnyView {
    let session = use_session();
    // Made once: days that come to be filled elsewhere must not take the form away.
    let dossier = Memo::new(move |_| session.own_dossier());
    let fields = live(move || dossier.get().map(|it| untrack(|| fields(session, it))).part());
    page(title(), Some("/")).add(fields).part()
}

fn fields(session: Session, dossier: DossierId) -> El {
    let today = session.today();
    let missing = session.with(dossier, |it| missing_days(it, today)).unwrap_or_default();
    if missing.is_empty() {
        return empty(all_there(), all_there_words(), None);
    }
    let options = [later(), school(), work(), free(), ill()];
    let options: Vec<_> = (0..).zip(options.map(str::to_owned)).collect();
    let mut fields = Vec::new();
    for day in &missing {
        fields.push(named("day", dates::long_day(*day), Sort::One(options.clone())).with("0"));
    }
    let about = format!("days-{}", dates::for_field(today));
    let asks = Asks { about: &about, send: send(), wrong: wrong(), then: Some("/".to_owned()) };
    let read = move |filled: &super::form::Filled| {
        let mut bodies = Vec::new();
        let mut away: Vec<Absence> = Vec::new();
        for (at, day) in missing.iter().enumerate() {
            match filled.number(at) {
                Some(1) => bodies.push(entry(session, *day, Place::School)),
                Some(2) => bodies.push(entry(session, *day, Place::Workplace)),
                Some(3) => absent(session, &mut away, *day, AbsenceReason::Holiday),
                Some(4) => absent(session, &mut away, *day, AbsenceReason::Illness),
                _ => {}
            }
        }
        bodies.extend(away.into_iter().map(Body::Absence));
        Some(bodies)
    };
    el("div", "section").add(soft(lead())).add(form(dossier, asks, fields, Box::new(read)))
}

fn entry(session: Session, day: Day, place: Place) -> Body {
    let is_school = place == Place::School;
    let text = if is_school { school_text() } else { work_text() };
    Body::Entry(Entry {
        entry: session.new_entry_id(),
        parents: Vec::new(),
        stage: Stage::Submitted,
        audience: Audience::Shared,
        day,
        place,
        minutes: if is_school { AT_SCHOOL } else { AT_WORK },
        text: text.to_owned(),
        goals: Vec::new(),
        reflection: None,
        newer_fields: Vec::new(),
    })
}

/// Working days that follow each other are one absence.
fn absent(session: Session, all: &mut Vec<Absence>, day: Day, reason: AbsenceReason) {
    if let Some(last) = all.last_mut() {
        let gap = (*day - *last.to).num_days();
        let follows = gap == 1 || (gap == 3 && last.to.weekday() == Weekday::Fri);
        if follows && last.reason == reason {
            last.to = day;
            return;
        }
    }
    let absence = AbsenceId(session.new_id());
    all.push(Absence { absence, from: day, to: day, reason, withdrawn: false });
}
