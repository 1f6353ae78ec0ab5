//! The questions and problems that wait for somebody, over all dossiers: problems first, then whoever asked longest ago.

use crate::parts::{El, Icon, Part, el, empty, icon, link, page, section};
use crate::screens::asked::learner_name;
use crate::screens::matters::row;
use crate::screens::reading::name;
use crate::session::{Session, use_session};
use dubbelspoor_domain::dossier::{Matter, MatterRecord};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{DossierId, EventHash};
use leptos::prelude::*;

words! {
    title { nl "Vragen" en "Questions" fr "Questions" }
    concerns_title { nl "Gemelde problemen" en "Reported problems" fr "Problèmes signalés" }
    open_title { nl "Wacht op antwoord" en "Waits for an answer" fr "Attend une réponse" }
    said_title { nl "Berichten van deze week" en "Messages of this week" fr "Messages de cette semaine" }
    empty_title { nl "Geen open vragen" en "No open questions" fr "Aucune question ouverte" }
    empty_words { nl "Vraagt een cursist iets of meldt iemand een probleem, dan staat het hier tot er een antwoord is." en "When a learner asks something or somebody reports a problem, it is here until there is an answer." fr "Quand un apprenant pose une question ou que quelqu’un signale un problème, c’est ici jusqu’à ce qu’il y ait une réponse." }
}

pub(crate) fn questions() -> AnyView {
    let session = use_session();
    page(title(), None).live(move || lists(session)).part()
}

fn lists(session: Session) -> AnyView {
    let (mut concerns, mut asked) = (Vec::new(), Vec::new());
    for (dossier, matter) in waiting(session) {
        let drawn = session.with(dossier, |it| {
            let record = it.matters.get(matter)?;
            let who = el("h3", "").add(learner_name(it));
            let card =
                el("li", "section").add(who).add(el("div", "rows").add(row(session, it, record)));
            Some((matches!(record.what, Matter::Concern(_)), card))
        });
        if let Some((is_concern, card)) = drawn.flatten() {
            if is_concern { concerns.push(card) } else { asked.push(card) }
        }
    }
    let said = said_lately(session);
    if concerns.is_empty() && asked.is_empty() {
        return vec![empty(empty_title(), empty_words(), None).part(), said.part()].part();
    }
    let list = |heading, cards: Vec<El>| {
        (!cards.is_empty()).then(|| section(heading).add(el("ul", "list").add(cards)))
    };
    vec![list(concerns_title(), concerns).part(), list(open_title(), asked).part(), said.part()]
        .part()
}

/// What others wrote to everybody, or at an activity, in the last week (G3, C6): the last first.
fn said_lately(session: Session) -> Option<El> {
    let (me, since) = (session.me().person, session.now().saturating_sub(7 * 86_400_000));
    let mut all: Vec<(Hlc, El)> = Vec::new();
    for dossier in session.tracks() {
        session.with(dossier, |it| {
            for said in it.feedback.all().iter().filter(|it| it.by != me && it.at.millis() > since)
            {
                let way = match said.feedback.entry {
                    Some(entry) => format!("/confirm/{dossier}/{entry}"),
                    None => format!("/messages/{dossier}"),
                };
                let who = format!("{} · {}", name(it, said.by), learner_name(it));
                let text = el("span", "row-text")
                    .add(el("span", "soft").add(who))
                    .add(el("span", "clamp").add(said.feedback.text.clone()));
                let row = link(way, "row").add(text).add(icon(Icon::Forward));
                all.insert(all.partition_point(|other| other.0 > said.at), (said.at, row));
            }
        });
    }
    let rows: Vec<El> = all.into_iter().take(30).map(|it| it.1).collect();
    (!rows.is_empty()).then(|| section(said_title()).add(el("div", "rows").add(rows)))
}

/// What waits, the oldest first.
fn waiting(session: Session) -> Vec<(DossierId, EventHash)> {
    let mut all = Vec::new();
    for dossier in session.tracks() {
        session.with(dossier, |it| {
            let found = |it: &MatterRecord| (it.at, dossier, it.hash);
            for it in it.matters.waiting().map(found) {
                all.insert(all.partition_point(|other| *other < it), it);
            }
        });
    }
    all.into_iter().map(|(_, dossier, matter)| (dossier, matter)).collect()
}
