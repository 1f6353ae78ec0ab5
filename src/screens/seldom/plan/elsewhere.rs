//! "Kan hier niet" leads here (B8): one goal, where it can be learnt instead, and one button.

use super::proposals::moving;
use crate::parts::{El, Part, el, link, page_named, soft};
use crate::screens::file::may_now;
use crate::screens::seldom::goal_parts::sample;
use crate::session::use_session;
use crate::words::vocabulary;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Waar kan dit wel?" en "Where is this possible?" fr "Où est-ce possible ?" }
    lead { nl "Op deze werkplek kan dit doel niet. Stel voor waar het wel geleerd wordt. De trajectbegeleider beslist." en "This goal is not possible at this workplace. Propose where it is learnt instead. The coach decides." fr "Cet objectif n’est pas possible sur ce lieu de travail. Proposez où il sera appris. L’accompagnateur décide." }
    because { nl "Kan op deze werkplek niet." en "Not possible at this workplace." fr "Pas possible sur ce lieu de travail." }
    not_now { nl "Niet nu" en "Not now" fr "Pas maintenant" }
    unknown { nl "Dit doel staat niet in het plan." en "This goal is not in the plan." fr "Cet objectif n’est pas dans le plan." }
}

pub(crate) fn elsewhere(dossier: &str, goal: &str) -> AnyView {
    let session = use_session();
    let page = page_named(title().part(), Some("/".to_owned()));
    let Some(dossier) = DossierId::from_hex(dossier) else { return page.part() };
    let titled = untrack(|| {
        session.with(dossier, |it| it.plan.get(goal).map(|it| vocabulary::translated(&it.title)))
    });
    let Some(titled) = titled.flatten() else { return page.add(soft(unknown())).part() };
    let may = may_now(session, dossier, &sample());
    let plan = format!("/plan/{dossier}");
    let form = |()| -> El { moving(dossier, goal.to_owned(), because().to_owned(), plan) };
    page.add(el("h2", "").add(titled))
        .add(el("p", "page-lead").add(lead()))
        .add(may.then_some(()).map(form))
        .add(link("/", "button button-quiet").add(not_now()))
        .part()
}
