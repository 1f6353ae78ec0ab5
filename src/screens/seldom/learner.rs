//! One cursist as their mentor sees them: how far, what lately, who confirmed, with whom.

use crate::parts::{El, Icon, Part, Tone, el, icon, link, live, page, state_chip};
use crate::screens::file::standing_still;
use crate::screens::matters::{feelings, intentions, open_matters};
use crate::screens::message::{last_messages, message};
use crate::screens::reading::{
    confirmations, disclosure, dossier_page, entries, goals, people, week,
};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Place};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::AnyView;

words! {
    title { nl "Cursist" en "Learner" fr "Apprenant" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    waits(count) { nl "Te bevestigen: {count}" en "To confirm: {count}" fr "À confirmer : {count}" }
    report { nl "Meld een probleem" en "Report a problem" fr "Signaler un problème" }
    coming_title(count) { nl "In het plan nu en straks ({count})" en "In the plan now and soon ({count})" fr "Dans le plan, maintenant et bientôt ({count})" }
    now_here { nl "Nu, op de werkplek" en "Now, at the workplace" fr "Maintenant, sur le lieu de travail" }
    now_school { nl "Nu, op school" en "Now, at school" fr "Maintenant, à l’école" }
    soon_here { nl "Binnen drie weken, op de werkplek" en "Within three weeks, at the workplace" fr "D’ici trois semaines, sur le lieu de travail" }
    nothing_waits { nl "Niets wacht op jou" en "Nothing waits for you" fr "Rien ne vous attend" }
}

pub(crate) fn learner(dossier: &str) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return page(title(), Some("/learners")).add(el("p", "").add(unknown())).part();
    };
    let others = live(move || {
        let today = session.today();
        session.with(dossier, |it| vec![confirmations(it), people(it, today)].part()).part()
    });
    let said = move || session.with(dossier, last_messages).flatten();
    dossier_page(session, dossier, title())
        .add(el("div", "section").live(move || session.with(dossier, |it| far(session, it))))
        .add(el("div", "section").add(others).live(said).add(message(dossier, None)))
        .part()
}

fn far(session: Session, it: &Dossier) -> AnyView {
    let waiting = it.waiting_for(session.me().person, session.today()).len();
    let head = if waiting > 0 {
        link("/waiting", "button button-primary").add(icon(Icon::Check)).add(waits(waiting))
    } else {
        el("div", "").add(state_chip(Tone::Confirmed, Icon::Check, nothing_waits()))
    };
    let report = link(format!("/report/{}", it.id), "button button-quiet")
        .add(icon(Icon::Alert))
        .add(report());
    vec![
        standing_still(it, session.today()).part(),
        crate::screens::work_floor::reception_way(session, it, format!("/reception/{}", it.id))
            .part(),
        head.part(),
        intentions(it, 3).part(),
        open_matters(session, it).part(),
        feelings(session, it).part(),
        week(it, session.today()).part(),
        crate::screens::file::ways(session, it, false).part(),
        coming(session, it).part(),
        entries(session, it).part(),
        goals(it).part(),
        report.part(),
    ]
    .part()
}

/// What the plan holds for this mentor's workplaces in the next weeks, and what the school is teaching now (D8).
fn coming(session: Session, it: &Dossier) -> Option<El> {
    let now = it.track.as_ref()?.week_of(session.today());
    let mut rows = Vec::new();
    for goal in it.plan.goals() {
        let (from, to) = (i64::from(goal.from_week), i64::from(goal.to_week));
        let is_here = it.is_trained_by(session.me().person, goal);
        // What is learnt at another workplace only is neither theirs nor the school's.
        let at_school = goal.places.len() != 1 || !goal.places.contains(&Place::Workplace);
        let words = match () {
            () if from <= now && now <= to && is_here => now_here(),
            () if from <= now && now <= to && at_school => now_school(),
            () if now < from && from <= now + AHEAD && is_here => soon_here(),
            () => continue,
        };
        let text = el("span", "row-text")
            .add(el("span", "").add(vocabulary::translated(&goal.title)))
            .add(el("span", "soft").add(words));
        rows.push(el("li", "row").add(text));
    }
    let count = rows.len();
    (count > 0).then(|| disclosure(coming_title(count), el("ul", "rows").add(rows)))
}

/// Weeks that a mentor looks ahead.
const AHEAD: i64 = 3;
