//! One cursist as their mentor sees them: how far, what lately, who confirmed, with whom.

use super::matters::{feelings, intentions, open_matters};
use super::message::message;
use super::reading::{confirmations, dossier_page, entries, goals, people, week};
use crate::parts::{Icon, Part, Tone, el, icon, link, live, page, state_chip};
use crate::session::{Session, use_session};
use dubbelspoor_domain::dossier::Dossier;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::AnyView;

words! {
    title { nl "Cursist" en "Learner" fr "Apprenant" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    waits(count) { nl "Te bevestigen: {count}" en "To confirm: {count}" fr "À confirmer : {count}" }
    report { nl "Meld een probleem" en "Report a problem" fr "Signaler un problème" }
    nothing_waits { nl "Niets wacht op jou" en "Nothing waits for you" fr "Rien ne vous attend" }
}

pub(crate) fn learner(dossier: &str) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return page(title(), Some("/learners")).add(el("p", "").add(unknown())).part();
    };
    let others =
        live(move || session.with(dossier, |it| vec![confirmations(it), people(it)].part()).part());
    dossier_page(session, dossier, title())
        .add(el("div", "section").live(move || session.with(dossier, |it| far(session, it))))
        .add(el("div", "section").add(others).add(message(dossier, None)))
        .part()
}

fn far(session: Session, it: &Dossier) -> AnyView {
    let waiting = it.waiting_for(session.me().person).len();
    let head = if waiting > 0 {
        link("/waiting", "button button-primary").add(icon(Icon::Check)).add(waits(waiting))
    } else {
        el("div", "").add(state_chip(Tone::Confirmed, Icon::Check, nothing_waits()))
    };
    let report = link(format!("/report/{}", it.id), "button button-quiet")
        .add(icon(Icon::Alert))
        .add(report());
    vec![
        head.part(),
        intentions(it, 3).part(),
        open_matters(session, it).part(),
        feelings(session, it).part(),
        week(it, session.today()).part(),
        entries(session, it).part(),
        goals(it).part(),
        report.part(),
    ]
    .part()
}
