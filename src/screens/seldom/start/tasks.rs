//! What the tasks are, and who gives which feedback when (D10): coach and mentor write it, everybody reads it.

use crate::parts::{El, Part, dates, el, section, soft};
use crate::screens::reading::{disclosure, name};
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form};
use crate::session::Session;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Dossier, TaskDescription};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Taken en feedback" en "Tasks and feedback" fr "Tâches et retours" }
    tasks { nl "Taken op de werkplek" en "Tasks at the workplace" fr "Tâches sur le lieu de travail" }
    feedback { nl "Wie geeft wanneer welke feedback?" en "Who gives which feedback when?" fr "Qui donne quel retour, et quand ?" }
    none { nl "Nog niet beschreven." en "Not described yet." fr "Pas encore décrit." }
    describe { nl "Beschrijf taken en feedback" en "Describe tasks and feedback" fr "Décrire les tâches et les retours" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong { nl "Schrijf wat de taken zijn." en "Write what the tasks are." fr "Écrivez quelles sont les tâches." }
}

/// To ask who may write it.
pub(super) fn sample() -> Body {
    let (tasks, feedback) = ("?".to_owned(), String::new());
    Body::TaskDescription(TaskDescription { tasks, feedback })
}

/// As it stands, and who said it when.
pub(super) fn listed(session: Session, it: &Dossier) -> AnyView {
    let shown = section(title());
    let Some(said) = &it.tasks else { return shown.add(soft(none())).part() };
    let day = dates::day(Day::of_millis(said.at.millis()), session.today());
    let agreed = Some(said.what.feedback.clone()).filter(|it| !it.is_empty());
    let agreed = agreed.unwrap_or_else(|| none().to_owned());
    let card = el("div", "card")
        .add(el("h3", "").add(tasks()))
        .add(el("p", "words").add(said.what.tasks.clone()))
        .add(el("h3", "").add(feedback()))
        .add(el("p", "words").add(agreed))
        .add(soft(format!("{} · {day}", name(it, said.by))));
    shown.add(card).part()
}

/// The form; another one, with what was said then, whenever it was said anew.
pub(super) fn describing(session: Session, dossier: DossierId) -> El {
    let there = Memo::new(move |_| {
        session.with(dossier, |it| it.tasks.as_ref().map(|it| it.what.clone())).flatten()
    });
    el("div", "").live(move || disclosure(describe().to_owned(), filling_in(dossier, there.get())))
}

fn filling_in(dossier: DossierId, there: Option<TaskDescription>) -> El {
    let (now, agreed) = there.map(|it| (it.tasks, it.feedback)).unwrap_or_default();
    let fields = vec![
        field("tasks", tasks(), Sort::Text(3_000)).with(now),
        field("tasks-feedback", feedback(), Sort::Text(3_000)).with(agreed),
    ];
    let asks = Asks { about: "tasks", send: save(), wrong: wrong(), then: None };
    let read = |it: &Filled| {
        let (tasks, feedback) = (it.words(0)?, it.text(1));
        Some(vec![Body::TaskDescription(TaskDescription { tasks, feedback })])
    };
    form(dossier, asks, fields, Box::new(read))
}
