//! Days on which the cursist is not there: reported by them or the coach, accepted by the coach.

use super::proofs::{Viewer, proofs};
use crate::parts::{
    El, Icon, Tone, button, choice, dates, el, line_field, section, soft, state_chip,
};
use crate::screens::file::may_now;
use crate::screens::message::{put, put_all};
use crate::screens::reading::{disclosure, name};
use crate::screens::told;
use crate::session::{NotKept, Session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceProof, AbsenceReason, AbsenceRecord, AbsenceRuled, Body, Dossier,
};
use dubbelspoor_domain::id::{AbsenceId, DossierId};
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;

words! {
    title { nl "Afwezig" en "Absent" fr "Absences" }
    none { nl "Geen afwezigheden." en "No absences." fr "Aucune absence." }
    report { nl "Meld een afwezigheid" en "Report an absence" fr "Signaler une absence" }
    from { nl "Van" en "From" fr "Du" }
    to { nl "Tot en met" en "Up to and including" fr "Jusqu’au" }
    why { nl "Waarom?" en "Why?" fr "Pourquoi ?" }
    ill { nl "Ziek" en "Ill" fr "Malade" }
    holiday { nl "Verlof" en "Leave" fr "Congé" }
    other { nl "Iets anders" en "Something else" fr "Autre chose" }
    send { nl "Meld dit" en "Report this" fr "Signaler" }
    wrong_days { nl "Kies een eerste en een laatste dag, in die volgorde." en "Choose a first and a last day, in that order." fr "Choisissez un premier et un dernier jour, dans cet ordre." }
    line(from, to) { nl "{from} tot {to}" en "{from} to {to}" fr "du {from} au {to}" }
    accepted { nl "Aanvaard" en "Accepted" fr "Acceptée" }
    declined { nl "Niet aanvaard" en "Not accepted" fr "Non acceptée" }
    waits { nl "Wacht op de trajectbegeleider" en "Waits for the coach" fr "Attend l’accompagnateur" }
    accept { nl "Aanvaard" en "Accept" fr "Accepter" }
    decline { nl "Niet aanvaarden" en "Do not accept" fr "Ne pas accepter" }
    take_back { nl "Trek in" en "Withdraw" fr "Retirer" }
}

fn reason(it: AbsenceReason) -> &'static str {
    match it {
        AbsenceReason::Illness => ill(),
        AbsenceReason::Holiday => holiday(),
        AbsenceReason::Other => other(),
    }
}

pub(super) fn absences(session: Session, dossier: DossierId) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let viewer = Viewer::new(session, dossier, fault);
    let list = move || session.with(dossier, |it| list(session, it, viewer, fault));
    let probe = Absence {
        absence: AbsenceId([0; 16]),
        from: session.today(),
        to: session.today(),
        reason: AbsenceReason::Illness,
        withdrawn: false,
    };
    let form = may_now(session, dossier, &Body::Absence(probe))
        .then(|| disclosure(report().to_owned(), form(session, dossier, fault)));
    section(title()).live(list).add(told(fault)).add(form)
}

fn form(session: Session, dossier: DossierId, fault: RwSignal<Option<NotKept>>) -> El {
    let today = dates::for_field(untrack(|| session.today()));
    let (first, last) = (RwSignal::new(today.clone()), RwSignal::new(today));
    let code = RwSignal::new(Some(0));
    let is_wrong = RwSignal::new(false);
    let submit = move || {
        let days = (
            first.with_untracked(|it| Day::from_iso(it)),
            last.with_untracked(|it| Day::from_iso(it)),
        );
        let (Some(from), Some(to)) = days else { return is_wrong.set(true) };
        is_wrong.set(to < from);
        if to < from {
            return;
        }
        let at = code.get_untracked().unwrap_or_default() as usize;
        let reason = AbsenceReason::ALL.get(at).copied().unwrap_or(AbsenceReason::Other);
        let absence = AbsenceId(session.new_id());
        let body = Body::Absence(Absence { absence, from, to, reason, withdrawn: false });
        put(session, dossier, body, fault);
    };
    let reasons = (0..).zip(AbsenceReason::ALL.map(|it| reason(it).to_owned())).collect();
    el("form", "section")
        .submit(submit)
        .add(line_field("absent-from", "date", from(), first))
        .add(line_field("absent-to", "date", to(), last))
        .add(choice(why(), reasons, code, false))
        .live(move || is_wrong.get().then(|| el("p", "").set("role", "alert").add(wrong_days())))
        .add(el("button", "button").add(send()))
}

fn list(session: Session, it: &Dossier, viewer: Viewer, fault: RwSignal<Option<NotKept>>) -> El {
    let mut all: Vec<&AbsenceRecord> = it.free_days.absences().collect();
    sort_by_key(&mut all, |it| std::cmp::Reverse(it.absence.from));
    if all.is_empty() {
        return soft(none());
    }
    let card = |record| card(session, it, record, fault).add(proofs(it, record, viewer));
    let cards: Vec<El> = all.into_iter().map(card).collect();
    el("ul", "list").add(cards)
}

fn card(
    session: Session,
    it: &Dossier,
    record: &AbsenceRecord,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let Absence { from, to, .. } = record.absence;
    let state = match it.free_days.ruling(record) {
        Some(true) => state_chip(Tone::Confirmed, Icon::Check, accepted()),
        Some(false) => state_chip(Tone::NeedsYou, Icon::Barred, declined()),
        None => state_chip(Tone::Waiting, Icon::Hourglass, waits()),
    };
    let (dossier, report) = (it.id, record.hash);
    let rule = |accepted: bool, words: &'static str| {
        let body = Body::AbsenceRuled(AbsenceRuled { report, accepted });
        button("button", move || put(session, dossier, body.clone(), fault)).add(words)
    };
    let ruling = it.free_days.ruling(record);
    let mut acts = el("div", "chips");
    if it.is_guided_by(session.me().person, session.today()) {
        acts = acts
            .add((ruling != Some(true)).then(|| rule(true, accept())))
            .add((ruling != Some(false)).then(|| rule(false, decline())));
    }
    if record.by == session.me().person {
        // What proved it goes with it: nobody would find it any more.
        let me = session.me().person;
        let mine = it.proofs.of(record.absence.absence).filter(|it| it.by == me);
        let mine = mine.map(|it| AbsenceProof { withdrawn: true, ..it.what });
        let mut gone: Vec<Body> = mine.map(Body::AbsenceProof).collect();
        gone.push(Body::Absence(Absence { withdrawn: true, ..record.absence.clone() }));
        let tap = move || put_all(session, dossier, gone.clone(), fault);
        acts = acts.add(button("button button-quiet", tap).add(take_back()));
    }
    let days = line(dates::short_day(from), dates::short_day(to));
    el("li", "card")
        .add(el("h3", "").add(format!("{} · {days}", reason(record.absence.reason))))
        .add(soft(name(it, record.by)))
        .add(el("div", "chips").add(state))
        .add(acts)
}
