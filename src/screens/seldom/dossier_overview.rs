//! One cursist's dossier as the coach reads it: why to look, on what that rests, how far, who.

use crate::parts::{El, Icon, Part, Tone, dates, el, link, live, notice, page, soft, state_chip};
use crate::screens::asked::goal_title;
use crate::screens::file::{guides, may_now, standing_still, ways};
use crate::screens::matters::{feelings, intentions, open_matters, row};
use crate::screens::message::{last_messages, message};
use crate::screens::reading::{
    confirmations, disclosure, disclosure_of, dossier_page, entries, entry_row, goals, people,
    person_row, week,
};
use crate::session::{Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::dossier::{Body, Dossier, EntryRecord, Feedback};
use dubbelspoor_domain::floor::variety;
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::signals::{ATTESTATION_ENDS, Signal as Reason, SignalKind, signals};
use leptos::prelude::AnyView;

words! {
    title { nl "Dossier" en "Dossier" fr "Dossier" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    since(day) { nl "Sinds {day}" en "Since {day}" fr "Depuis {day}" }
    valid_until(name, day) { nl "{name}, geldig tot {day}" en "{name}, valid until {day}" fr "{name}, valable jusqu’au {day}" }
    never { nl "Er is nog geen activiteit gedeeld." en "No activity has been shared yet." fr "Aucune activité n’a encore été partagée." }
    no_reason { nl "Geen signalen" en "No signals" fr "Aucun signal" }
    decide { nl "Bekijk en beslis" en "Look and decide" fr "Voir et décider" }
    see_hours { nl "Bekijk de uren" en "Look at the hours" fr "Voir les heures" }
    below { nl "Wat de cursist zei, staat hieronder." en "What the learner said is below." fr "Ce que l’apprenant a dit figure ci-dessous." }
    invite { nl "Mensen en uitnodigingen" en "People and invitations" fr "Personnes et invitations" }
    trail { nl "Logboek: wie schreef wat" en "Log: who wrote what" fr "Journal : qui a écrit quoi" }
    see_plan { nl "Bekijk het plan" en "Look at the plan" fr "Voir le plan" }
    see_reception { nl "Naar het onthaal" en "To the reception" fr "Vers l’accueil" }
    invite_again { nl "Nodig opnieuw uit" en "Invite again" fr "Inviter à nouveau" }
plan_talk { nl "Plan een gesprek" en "Plan a talk" fr "Planifier un entretien" }
    plan_visit { nl "Plan een bezoek" en "Plan a visit" fr "Planifier une visite" }
    mediate { nl "Noteer een bemiddeling" en "Note a mediation" fr "Noter une médiation" }
    varied_title { nl "Afwisseling" en "Variety" fr "Variété" }
    by_place(work, school) { nl "{work} op de werkplek, {school} op school" en "{work} at the workplace, {school} at school" fr "{work} sur le lieu de travail, {school} à l’école" }
    often(goal, count) { nl "Vaak: {goal} ({count} keer)" en "Often: {goal} ({count} times)" fr "Souvent : {goal} ({count} fois)" }
    same_words(count, words) { nl "{count} keer dezelfde tekst: {words}" en "{count} times the same text: {words}" fr "{count} fois le même texte : {words}" }
    never_done(goal) { nl "Nog nooit: {goal}" en "Never yet: {goal}" fr "Jamais encore : {goal}" }
    grounds { nl "Waarop dit steunt" en "What this rests on" fr "Sur quoi cela repose" }
}

pub(crate) fn dossier_overview(dossier: &str) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return page(title(), Some("/learners")).add(el("p", "").add(unknown())).part();
    };
    let first = live(move || {
        let drawn = session.with(dossier, |it| {
            vec![
                standing_still(it, session.today()).part(),
                attention(session, it),
                crate::screens::work_floor::reception_way(
                    session,
                    it,
                    format!("/reception/{}", it.id),
                )
                .part(),
                open_matters(session, it).part(),
                feelings(session, it).part(),
                week(it, session.today()).part(),
                ways(session, it, true).part(),
                entries(session, it).part(),
            ]
            .part()
        });
        drawn.part()
    });
    let rest = move || {
        session.with(dossier, |it| {
            let tried = intentions(it, 8).part();
            let invites = guides(session, it)
                .then(|| link(format!("/invite/{dossier}"), "button").add(invite()));
            let log = link(format!("/trail/{dossier}"), "button").add(trail());
            let people = people(it, session.today()).add(invites).add(log);
            vec![
                tried,
                goals(it).part(),
                varied(it).part(),
                confirmations(it).part(),
                people.part(),
            ]
            .part()
        })
    };
    let said = Feedback { entry: None, text: "?".to_owned() };
    let speaks = may_now(session, dossier, &Body::Feedback(said));
    dossier_page(session, dossier, title())
        .add(
            el("div", "section")
                .add(first)
                .live(move || session.with(dossier, last_messages).flatten())
                .add(speaks.then(|| message(dossier, None))),
        )
        .add(el("div", "section").live(rest))
        .part()
}

/// How varied the activities are (C9).
fn varied(it: &Dossier) -> El {
    let found = variety(it);
    let mut list = el("ul", "rows");
    let row = |words: String| el("li", "row").add(el("span", "row-text").add(words));
    list = list.add(row(by_place(found.at_workplace, found.entries - found.at_workplace)));
    for (goal, count) in found.practised.iter().take(3) {
        list = list.add(row(often(goal_title(it, goal), count)));
    }
    for (words, count) in found.repeated.iter().take(3) {
        list = list.add(row(same_words(count, words)));
    }
    for goal in found.never.iter().take(10) {
        list = list.add(row(never_done(goal_title(it, goal))));
    }
    disclosure(varied_title().to_owned(), list)
}

fn attention(session: Session, it: &Dossier) -> AnyView {
    let all = signals(it, session.thresholds(it.id), session.today());
    if all.is_empty() {
        return el("div", "").add(state_chip(Tone::Confirmed, Icon::Check, no_reason())).part();
    }
    all.iter().map(|reason| one(session, it, reason)).collect::<Vec<_>>().part()
}

fn one(session: Session, it: &Dossier, reason: &Reason) -> El {
    let mut rests_on: Vec<&EntryRecord> = Vec::new();
    for ground in &reason.grounds {
        let found = entry_of(it, *ground);
        rests_on
            .extend(found.filter(|it| rests_on.last().is_none_or(|last| last.entry != it.entry)));
    }
    let matters = reason.grounds.iter().filter_map(|ground| it.matters.get(*ground));
    let matters: Vec<El> = matters.map(|record| row(session, it, record)).collect();
    let grounds = if !matters.is_empty() {
        el("div", "rows").add(matters)
    } else if reason.kind == SignalKind::WellBeing {
        el("p", "").add(below())
    } else if rests_on.is_empty() {
        // Only silence from the start rests on that; what others rest on, their own words say.
        el("p", "").add((reason.kind == SignalKind::Silence).then(never))
    } else {
        let rows: Vec<_> = rests_on.iter().map(|entry| entry_row(session, it, entry)).collect();
        let name = format!("{} {:?}", grounds(), reason.kind);
        disclosure_of(name, grounds().to_owned(), el("div", "rows").add(rows))
    };
    let decide = (reason.kind == SignalKind::WaitsForCoach)
        .then(|| link("/quarantine", "button").add(decide()));
    let talk = ("talks", "", plan_talk());
    let visit = ("guiding", "?step=visit", plan_visit());
    let steps = match reason.kind {
        SignalKind::PlanOpen
        | SignalKind::GoalsLate
        | SignalKind::ProposalWaits
        | SignalKind::AttestationEnds => vec![("plan", "", see_plan())],
        SignalKind::NotJoined => vec![("invite", "", invite_again())],
        SignalKind::ReviewOverdue => vec![talk],
        SignalKind::VisitOverdue | SignalKind::MentorSilent => vec![visit],
        SignalKind::MayStop => vec![talk, visit, ("guiding", "?step=mediation", mediate())],
        SignalKind::NotReceived | SignalKind::NoReception => {
            vec![("reception", "", see_reception())]
        }
        SignalKind::Silence
        | SignalKind::Unconfirmed
        | SignalKind::WaitsForCoach
        | SignalKind::Concern
        | SignalKind::WellBeing
        | SignalKind::HoursBehind
        | SignalKind::ShareLow
        | SignalKind::AgreementEnds
        | SignalKind::NoAgreement => Vec::new(),
    };
    let way = |(place, form, words)| link(format!("/{place}/{}{form}", it.id), "button").add(words);
    let steps: Vec<El> = steps.into_iter().map(way).collect();
    let tone = if reason.kind.asks_to_act() { Tone::NeedsYou } else { Tone::Waiting };
    let day = dates::day(reason.since, session.today());
    let is_about_hours = matches!(
        reason.kind,
        SignalKind::HoursBehind
            | SignalKind::ShareLow
            | SignalKind::AgreementEnds
            | SignalKind::NoAgreement
    );
    let (since, grounds) = if is_about_hours {
        (None, link(format!("/hours/{}", it.id), "button").add(see_hours()))
    } else if reason.kind == SignalKind::AttestationEnds {
        (None, ending(session, it))
    } else if reason.kind == SignalKind::NotJoined {
        (None, not_joined(session, it))
    } else {
        (Some(soft(since(day))), grounds)
    };
    let inside = vec![
        el("h2", "").add(reasons::signal(reason)).part(),
        since.part(),
        grounds.part(),
        decide.part(),
        steps.part(),
    ];
    notice(tone, inside)
}

/// Which attestations end, and when (B12).
fn ending(session: Session, it: &Dossier) -> El {
    let mut rows = el("ul", "rows");
    for (until, said) in it.plan_talk.ending(session.today(), ATTESTATION_ENDS) {
        let words = valid_until(&said.what.name, dates::short_day(until));
        rows = rows.add(el("li", "row").add(words));
    }
    rows
}

/// Who has not joined, and since when they are asked for.
fn not_joined(session: Session, it: &Dossier) -> El {
    let today = session.today();
    let waiting = it.not_joined(today);
    let rows: Vec<El> = waiting.into_iter().map(|it_| person_row(it, it_, today)).collect();
    el("ul", "rows").add(rows)
}

/// The activity that an event is about: a version of it, a request or a confirmation.
fn entry_of(it: &Dossier, ground: EventHash) -> Option<&EntryRecord> {
    let asked = it.requests.all().find(|it| it.hash == ground).map(|it| it.request.entry);
    let confirmed = it.confirmations.get(ground).map(|it| it.confirmation.entry);
    match asked.or(confirmed) {
        Some(entry) => it.diary.get(entry),
        None => it.diary.entries().find(|it| it.version(ground).is_some()),
    }
}
