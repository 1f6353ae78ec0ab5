//! A goal of a cursist as those around them see it: growth, observation sheets, and a new sheet on the spot.

use super::form::{Asks, Filled, Sort, field, form, named};
use crate::parts::frame::page_named;
use crate::parts::{El, Part, dates, el, live};
use crate::screens::file::file_of;
use crate::screens::reading::disclosure;
use crate::screens::work_floor::{
    about_attitude, about_process, about_talk, about_task, not_seen, sheets, steps,
};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, CompetenceType, Dossier, Goal, Level, Observation, Observed,
};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Doel" en "Goal" fr "Objectif" }
    unknown { nl "Dit doel staat niet in het plan." en "This goal is not in the plan." fr "Cet objectif n’est pas dans le plan." }
    write { nl "Vul een observatiefiche in" en "Fill in an observation sheet" fr "Remplir une fiche d’observation" }
    day_label { nl "Wanneer gezien?" en "Seen when?" fr "Vu quand ?" }
    send { nl "Bewaar de fiche" en "Save the sheet" fr "Enregistrer la fiche" }
    wrong { nl "Kies een dag en vul ten minste één criterium of opmerking in." en "Choose a day and fill in at least one criterion or note." fr "Choisissez un jour et remplissez au moins un critère ou une remarque." }
}

pub(crate) fn seen(dossier: &str, goal: &str) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return page_named(title().part(), Some("/learners".to_owned()))
            .add(el("p", "").add(unknown()))
            .part();
    };
    let (named, code) = (goal.to_owned(), goal.to_owned());
    let heading = live(move || {
        let title_of =
            |it: &Dossier| it.plan.get(&named).map(|it| vocabulary::translated(&it.title));
        session.with(dossier, title_of).flatten().unwrap_or_else(|| title().to_owned()).part()
    });
    let shown = move || {
        session.with(dossier, |it| {
            let progress = it.progress().into_iter().find(|it| it.goal.goal == code)?;
            Some(el("div", "section").add(steps(&progress)).add(sheets(session, it, &progress)))
        })?
    };
    let of_plan = untrack(|| session.with(dossier, |it| it.plan.get(goal).cloned())).flatten();
    let fields =
        of_plan.map(|goal| disclosure(write().to_owned(), sheet_form(session, dossier, &goal)));
    page_named(heading, Some(file_of(dossier))).live(shown).add(fields).part()
}

fn sheet_form(session: Session, dossier: DossierId, goal: &Goal) -> El {
    let mut levels = vec![(0, not_seen().to_owned())];
    levels.extend((1..).zip(Level::ALL.map(|it| vocabulary::level(it).to_owned())));
    let mut fields = Vec::new();
    let mut codes: Vec<String> = Vec::new();
    for sort in CompetenceType::ALL {
        let words = vocabulary::competence_type(sort);
        for it in goal.competences.iter().filter(|it| it.sort == sort) {
            codes.push(it.code.clone());
            let label = format!("{words}: {}", vocabulary::translated(&it.text));
            fields.push(named("criterion", label, Sort::One(levels.clone())).with("0"));
        }
    }
    let today = dates::for_field(untrack(|| session.today()));
    fields.push(field("seen-day", day_label(), Sort::Date).with(today));
    fields.push(field("task", about_task(), Sort::Text(600)));
    fields.push(field("process", about_process(), Sort::Text(600)));
    fields.push(field("attitude", about_attitude(), Sort::Text(600)));
    fields.push(field("talk", about_talk(), Sort::Text(600)));
    let about = format!("observation-{}", goal.goal);
    let asks = Asks { about: &about, send: send(), wrong: wrong(), then: None };
    let goal = goal.goal.clone();
    form(dossier, asks, fields, Box::new(move |filled| read(&goal, &codes, filled)))
}

fn read(goal: &str, codes: &[String], filled: &Filled) -> Option<Vec<Body>> {
    let mut criteria = Vec::new();
    for (at, code) in codes.iter().enumerate() {
        let chosen = filled.number(at).unwrap_or_default() as usize;
        let level = chosen.checked_sub(1).and_then(|it| Level::ALL.get(it).copied());
        criteria.push(Observed { code: code.clone(), level });
    }
    let at = codes.len();
    let day = filled.day(at)?;
    let [note, approach, attitude, talked] = [1, 2, 3, 4].map(|place| filled.text(at + place));
    let is_empty = [&note, &approach, &attitude, &talked].into_iter().all(String::is_empty)
        && criteria.iter().all(|it| it.level.is_none());
    let goal = goal.to_owned();
    // Both are there when they are empty too: that tells this sheet from one of before they were asked apart.
    let (approach, attitude) = (Some(approach), Some(attitude));
    let sheet = Observation { goal, day, criteria, note, talked, approach, attitude };
    (!is_empty).then(|| vec![Body::Observation(sheet)])
}
