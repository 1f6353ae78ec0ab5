//! One entry: what was done, what others said of it, how it came to be, and what can be done with it.

mod talk;
mod versions;

use super::entry_card::state_of;
use crate::parts::{Icon, Notice, Page, Tone, dates, icon, level_mark, offer_undo, state_chip};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Asked, Body, ConfirmationRequest, Dossier, Entry, EntryRecord, Finding, Stage, Touched, Version,
};
use dubbelspoor_domain::id::{DossierId, EntryId};
use dubbelspoor_domain::progress::EntryState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

words! {
    title { nl "Activiteit" en "Activity" fr "Activité" }
    unknown_entry { nl "Deze activiteit staat niet op dit toestel." en "This activity is not on this device." fr "Cette activité n’est pas sur cet appareil." }
    goals_title { nl "Doelen" en "Goals" fr "Objectifs" }
    self_rating { nl "Jij" en "You" fr "Vous" }
    not_rated { nl "Geen eigen oordeel" en "No rating of your own" fr "Pas d’évaluation personnelle" }
    nobody_yet { nl "Nog niet bevestigd" en "Not confirmed yet" fr "Pas encore confirmé" }
    earlier { nl "voor een eerdere versie" en "for an earlier version" fr "pour une version antérieure" }
    reflection_title { nl "Wat je ervan vond" en "What you thought of it" fr "Ce que vous en avez pensé" }
    change { nl "Wijzig" en "Change" fr "Modifier" }
    withdraw { nl "Trek in" en "Withdraw" fr "Retirer" }
    withdrawn { nl "Ingetrokken. Je kunt het altijd terugzetten." en "Withdrawn. You can always restore it." fr "Retiré. Vous pouvez toujours le restaurer." }
    restore { nl "Zet terug" en "Restore" fr "Restaurer" }
    ask { nl "Vraag bevestiging" en "Ask for confirmation" fr "Demander confirmation" }
    ask_again { nl "Vraag opnieuw bevestiging" en "Ask for confirmation again" fr "Redemander confirmation" }
    changed_since {
        nl "Je wijzigde dit nadat het bevestigd was. De bevestiging blijft staan voor de eerdere versie."
        en "You changed this after it was confirmed. The confirmation stays for the earlier version."
        fr "Vous avez modifié ceci après la confirmation. La confirmation reste valable pour la version antérieure."
    }
    finish { nl "Schrijf verder" en "Go on writing" fr "Continuer à écrire" }
    here { nl "Nog niet bij de school. Wordt verstuurd zodra je bereik hebt." en "Not at the school yet. It is sent as soon as you have reception." fr "Pas encore à l’école. Ce sera envoyé dès que vous aurez du réseau." }
    at_school { nl "Bij de school" en "At the school" fr "À l’école" }
}

#[component]
pub(crate) fn EntryScreen() -> impl IntoView {
    let session = use_session();
    let entry = use_params_map().with_untracked(|it| it.get("entry"));
    let entry = entry.and_then(|it| EntryId::from_hex(&it));
    let dossier = Memo::new(move |_| session.own_dossier());
    let follow = move |draw: fn(Session, DossierId, &Dossier, &EntryRecord) -> AnyView| {
        let (dossier, entry) = (dossier.get()?, entry?);
        session.with(dossier, |it| Some(draw(session, dossier, it, it.diary.get(entry)?)))?
    };
    let can_talk = Memo::new(move |_| {
        let open =
            |dossier| session.with(dossier, |it| talk::is_open(it, entry?).then_some(entry?))?;
        dossier.get().and_then(|dossier| Some((dossier, open(dossier)?)))
    });
    let answer =
        move || can_talk.get().map(|(dossier, entry)| talk::answer_field(session, dossier, entry));
    view! {
        <Page title=title() up="/diary">
            {move || follow(content).unwrap_or_else(|| view! { <p>{unknown_entry()}</p> }.into_any())}
            {answer}
            {move || follow(|_, _, it, entry| versions::history(it, entry).into_any())}
        </Page>
    }
}

fn content(session: Session, dossier: DossierId, it: &Dossier, entry: &EntryRecord) -> AnyView {
    let state = it.state_of(entry);
    if state == EntryState::TwoVersions {
        return view! {
            {versions::choice(session, dossier, it, entry)}
            {talk::said(it, entry.entry)}
        }
        .into_any();
    }
    let shown = entry.shown();
    view! {
        {what(session, dossier, it, entry, shown)}
        {next(session, dossier, entry, shown, state)}
        {goals(it, entry, shown)}
        {talk::said(it, entry.entry)}
    }
    .into_any()
}

fn what(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
    shown: &Version,
) -> AnyView {
    let content = &shown.content;
    let line = format!(
        "{} · {} · {}",
        dates::day(content.day, session.today()),
        vocabulary::place(content.place),
        dates::duration(u32::from(content.minutes))
    );
    let sent = if session.is_only_here(dossier, shown.hash) {
        state_chip(Tone::Waiting, Icon::Phone, here())
    } else {
        state_chip(Tone::Plain, Icon::School, at_school())
    };
    let reflection = content.reflection.clone().map(|it| {
        view! { <div><h3>{reflection_title()}</h3><p class="words">{it}</p></div> }
    });
    view! {
        <article class="section">
            <p class="soft">{line}</p>
            <p class="words">{content.text.clone()}</p>
            {reflection}
            <div class="chips">{state_of(it.state_of(entry))} {sent}</div>
        </article>
    }
    .into_any()
}

/// What can be done now: one main thing, the rest beside it.
fn next(
    session: Session,
    dossier: DossierId,
    entry: &EntryRecord,
    shown: &Version,
    state: EntryState,
) -> AnyView {
    let fault = RwSignal::new(None::<NotKept>);
    let id = entry.entry;
    let request = request_for(shown);
    let main = match state {
        EntryState::Draft => Some(
            view! { <A href=format!("/edit/{id}") attr:class="button button-primary">{finish()}</A> }.into_any(),
        ),
        EntryState::Shared if request.is_some() => Some(ask_button(session, dossier, request, ask(), fault)),
        EntryState::ConfirmedEarlier => Some(
            view! {
                <Notice tone=Tone::NeedsYou><p>{changed_since()}</p></Notice>
                {request.is_some().then(|| ask_button(session, dossier, request, ask_again(), fault))}
            }
            .into_any(),
        ),
        EntryState::Withdrawn => Some(restore_button(session, dossier, shown, fault)),
        EntryState::Shared
        | EntryState::Private
        | EntryState::Waiting
        | EntryState::Answered
        | EntryState::TwoVersions => None,
    };
    let can_withdraw = !matches!(
        state,
        EntryState::Withdrawn | EntryState::Answered | EntryState::ConfirmedEarlier
    );
    view! {
        <section class="section">
            {main}
            {move || fault.get().map(|it| view! {
                <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
            })}
            <div class="buttons">
                {(state != EntryState::Withdrawn && state != EntryState::Draft).then(|| view! {
                    <A href=format!("/edit/{id}") attr:class="button">{icon(Icon::Pencil)} {change()}</A>
                })}
                {can_withdraw.then(|| withdraw_button(session, dossier, shown, fault))}
            </div>
        </section>
    }
    .into_any()
}

fn request_for(shown: &Version) -> Option<ConfirmationRequest> {
    let asked = |it: &Touched| Asked { goal: it.goal.clone(), proposed: it.self_rating };
    let goals: Vec<_> = shown.content.goals.iter().map(asked).collect();
    let entry = shown.content.entry;
    (!goals.is_empty()).then_some(ConfirmationRequest {
        entry,
        version: shown.hash,
        goals,
        to: None,
    })
}

fn ask_button(
    session: Session,
    dossier: DossierId,
    request: Option<ConfirmationRequest>,
    words: &'static str,
    fault: RwSignal<Option<NotKept>>,
) -> AnyView {
    let tap = move |_| {
        let Some(request) = request.clone() else { return };
        write(session, dossier, Body::ConfirmationRequest(request), fault, || {});
    };
    view! { <button class="button button-primary" on:click=tap>{words}</button> }.into_any()
}

fn restore_button(
    session: Session,
    dossier: DossierId,
    shown: &Version,
    fault: RwSignal<Option<NotKept>>,
) -> AnyView {
    let again =
        Entry { stage: Stage::Submitted, parents: vec![shown.hash], ..shown.content.clone() };
    let tap = move |_| write(session, dossier, Body::Entry(again.clone()), fault, || {});
    view! { <button class="button button-primary" on:click=tap>{restore()}</button> }.into_any()
}

fn withdraw_button(
    session: Session,
    dossier: DossierId,
    shown: &Version,
    fault: RwSignal<Option<NotKept>>,
) -> AnyView {
    let undo = offer_undo();
    let content = shown.content.clone();
    let hash = shown.hash;
    let tap = move |_| {
        let (before, entry) = (content.clone(), content.entry);
        let gone = Entry { stage: Stage::Withdrawn, parents: vec![hash], ..content.clone() };
        let back = move || {
            let Some(Some(head)) =
                session.with(dossier, |it| Some(it.diary.get(entry)?.shown().hash))
            else {
                return;
            };
            let again = Entry { parents: vec![head], ..before.clone() };
            write(session, dossier, Body::Entry(again), fault, || {});
        };
        write(session, dossier, Body::Entry(gone), fault, move || {
            undo(withdrawn().to_owned(), Box::new(back))
        });
    };
    view! { <button class="button" on:click=tap>{withdraw()}</button> }.into_any()
}

/// Writes one event; says where it happened when it could not.
fn write(
    session: Session,
    dossier: DossierId,
    body: Body,
    fault: RwSignal<Option<NotKept>>,
    then: impl FnOnce() + 'static,
) {
    spawn_local(async move {
        match session.record(dossier, move |it| it.add(&body)).await {
            Ok(_) => then(),
            Err(why) => drop(fault.try_set(Some(why))),
        }
    });
}

/// Per goal the learner's rating beside the mentor's finding: two opinions, never one number.
fn goals(it: &Dossier, entry: &EntryRecord, shown: &Version) -> Option<AnyView> {
    let outcomes = it.outcomes(entry.entry);
    let row = |touched: &Touched| {
        let title = it
            .plan
            .get(&touched.goal)
            .map_or_else(|| touched.goal.clone(), |it| vocabulary::translated(&it.title));
        let mine = touched.self_rating;
        let found: Vec<_> =
            outcomes.iter().filter(|(_, outcome)| outcome.goal == touched.goal).collect();
        let others = found.iter().map(|(record, outcome)| {
            let who = it.links.name_of(record.by).unwrap_or_default().to_owned();
            let old = it.is_for_earlier_version(record).then(earlier);
            let (tone, picture) = match outcome.finding {
                Finding::Reached(_) => (Tone::Confirmed, Icon::Check),
                Finding::NotYet => (Tone::Waiting, Icon::Circle),
                Finding::NotPossibleHere => (Tone::Plain, Icon::Barred),
            };
            view! {
                <div class="card-line">
                    <span>{who} " " <span class="soft">{old}</span></span>
                    {state_chip(tone, picture, vocabulary::finding(outcome.finding))}
                </div>
            }
        });
        view! {
            <li class="card">
                <h3>{title}</h3>
                <div class="card-line">
                    <span>{self_rating()}</span>
                    <span class="state">{level_mark(mine)} {mine.map_or(not_rated(), vocabulary::level)}</span>
                </div>
                {others.collect_view()}
                {found.is_empty().then(|| view! { <p class="soft">{nobody_yet()}</p> })}
            </li>
        }
    };
    let rows: Vec<_> = shown.content.goals.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>{goals_title()}</h2>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}
