//! Reporting a problem to the coaches, and what became of it.

use crate::parts::{El, Part, button, choices, dates, el, live, nothing, page, section, soft};
use crate::screens::matters::{answer_card, sort, state};
use crate::screens::message::{Asks, put, writing};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Closed, Concern, Dossier, Matter, MatterRecord};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Meld een probleem" en "Report a problem" fr "Signaler un problème" }
    label { nl "Wat is er aan de hand?" en "What is the matter?" fr "Que se passe-t-il ?" }
    hint { nl "Alleen de trajectbegeleiders lezen dit. Ze antwoorden hier." en "Only the coaches read this. They answer here." fr "Seuls les accompagnateurs lisent ceci. Ils répondent ici." }
    urgent { nl "Het kan niet wachten" en "It cannot wait" fr "Cela ne peut pas attendre" }
    urgency { nl "Hoe dringend?" en "How urgent?" fr "Quelle urgence ?" }
    send { nl "Meld dit" en "Report this" fr "Signaler" }
    mine_title { nl "Wat je meldde" en "What you reported" fr "Ce que vous avez signalé" }
    solved { nl "Het is opgelost" en "It is solved" fr "C’est résolu" }
}

/// About the dossier of a learner whom one trains; without one, about one’s own.
pub(crate) fn report(dossier: Option<&str>) -> AnyView {
    let session = use_session();
    let named = dossier.and_then(DossierId::from_hex);
    let up = if named.is_some() { "/learners" } else { "/more" };
    let dossier = Memo::new(move |_| named.or_else(|| session.own_dossier()));
    let field = live(move || match dossier.get() {
        Some(dossier) => report_field(dossier).part(),
        None => nothing(),
    });
    let fault = RwSignal::new(None::<NotKept>);
    let mine = move || {
        let dossier = dossier.get()?;
        session.with(dossier, |it| mine(session, dossier, it, fault))?
    };
    page(title(), Some(up)).add(field).add(told(fault)).live(mine).part()
}

fn report_field(dossier: DossierId) -> El {
    let asks = Asks {
        id: "concern",
        label: label(),
        hint: hint(),
        send: send(),
        most: 2_000,
        is_main: true,
    };
    let chosen = RwSignal::new(Vec::<String>::new());
    let options = || vec![("urgent".to_owned(), urgent().to_owned())];
    let body = move |text| {
        let urgent = !chosen.with_untracked(Vec::is_empty);
        Body::Concern(Concern { text, urgent })
    };
    let text = RwSignal::new(String::new());
    el("div", "section").add(choices(urgency(), options, chosen)).add(writing(
        dossier,
        &dossier.to_string(),
        asks,
        text,
        Box::new(body),
    ))
}

fn mine(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    fault: RwSignal<Option<NotKept>>,
) -> Option<El> {
    let me = session.me().person;
    let own = |it: &&MatterRecord| it.by == me && matches!(it.what, Matter::Concern(_));
    let mut cards = Vec::new();
    for record in it.matters.all().rev().filter(own) {
        let day = dates::day(Day::of_millis(record.at.millis()), session.today());
        let matter = record.hash;
        let close = move || {
            let closed = Closed { matter, take_up: None, only: Some(me) };
            put(session, dossier, Body::Closed(closed), fault);
        };
        let answers = it.matters.answers(matter).iter().map(|answer| answer_card(it, answer));
        let answers = el("ul", "list").add(answers.collect::<Vec<_>>());
        let open = !it.matters.is_closed(matter);
        let card = el("li", "card")
            .add(soft(format!("{} · {day}", sort(&record.what))))
            .add(el("p", "words").add(record.what.text().to_owned()))
            .add(el("div", "chips").add(state(it, record)))
            .add(answers)
            .add(open.then(|| button("button button-quiet", close).add(solved())));
        cards.push(card);
    }
    (!cards.is_empty()).then(|| section(mine_title()).add(el("ul", "list").add(cards)))
}
