//! One cursist's dossier as the coach reads it: why to look, on what that rests, how far, who.

use super::asked::learner_name;
use super::message::Message;
use super::reading::{confirmations, course, disclosure, entries, entry_row, goals, people, week};
use crate::parts::{Icon, Notice, Page, Tone, dates, state_chip};
use crate::session::{Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::dossier::{Dossier, EntryRecord};
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::signals::{Signal as Reason, SignalKind, Thresholds, signals};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

words! {
    title { nl "Dossier" en "Dossier" fr "Dossier" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    since(day) { nl "Sinds {day}" en "Since {day}" fr "Depuis {day}" }
    never { nl "Er is nog geen activiteit gedeeld." en "No activity has been shared yet." fr "Aucune activité n’a encore été partagée." }
    no_reason { nl "Geen signalen" en "No signals" fr "Aucun signal" }
    decide { nl "Bekijk en beslis" en "Look and decide" fr "Voir et décider" }
    grounds { nl "Waarop dit steunt" en "What this rests on" fr "Sur quoi cela repose" }
}

#[component]
pub(crate) fn DossierOverview() -> impl IntoView {
    let session = use_session();
    let dossier = use_params_map().with_untracked(|it| it.get("dossier"));
    let Some(dossier) = dossier.and_then(|it| DossierId::from_hex(&it)) else {
        return view! { <Page title=title() up="/learners"><p>{unknown()}</p></Page> }.into_any();
    };
    let name = move || session.with(dossier, learner_name).unwrap_or_else(|| title().to_owned());
    let why = move || session.with(dossier, |it| attention(session, it));
    let lead = move || session.with(dossier, course);
    let far = move || {
        session.with(dossier, |it| view! { {week(it, session.today())} {entries(session, it)} })
    };
    let rest =
        move || session.with(dossier, |it| view! { {goals(it)} {confirmations(it)} {people(it)} });
    view! {
        <Page title=Signal::derive(name) up="/learners" two=true>
            <p class="page-lead">{lead}</p>
            <div class="section">
                {why}
                {far}
                <Message dossier=dossier />
            </div>
            <div class="section">{rest}</div>
        </Page>
    }
    .into_any()
}

fn attention(session: Session, it: &Dossier) -> AnyView {
    let all = signals(it, Thresholds::default(), session.today());
    if all.is_empty() {
        let none = state_chip(Tone::Confirmed, Icon::Check, no_reason());
        return view! { <div>{none}</div> }.into_any();
    }
    all.iter().map(|reason| one(session, it, reason)).collect_view().into_any()
}

fn one(session: Session, it: &Dossier, reason: &Reason) -> AnyView {
    let mut rests_on: Vec<&EntryRecord> =
        reason.grounds.iter().filter_map(|ground| entry_of(it, *ground)).collect();
    rests_on.dedup_by_key(|it| it.entry);
    let rows = rests_on.iter().map(|entry| entry_row(session, it, entry)).collect_view();
    let grounds = if rests_on.is_empty() {
        view! { <p>{never()}</p> }.into_any()
    } else {
        disclosure(grounds().to_owned(), view! { <div class="rows">{rows}</div> }.into_any())
    };
    let decide = (reason.kind == SignalKind::WaitsForCoach)
        .then(|| view! { <A href="/quarantine" attr:class="button">{decide()}</A> });
    let tone = match reason.kind {
        SignalKind::WaitsForCoach => Tone::NeedsYou,
        SignalKind::Silence | SignalKind::Unconfirmed => Tone::Waiting,
    };
    let (why, day) = (reasons::signal(reason), dates::day(reason.since, session.today()));
    view! {
        <Notice tone=tone>
            <h2>{why}</h2>
            <p class="soft">{since(day)}</p>
            {grounds}
            {decide}
        </Notice>
    }
    .into_any()
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
