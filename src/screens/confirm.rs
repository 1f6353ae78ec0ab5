//! One activity of a cursist: for a mentor to answer goal by goal, for whoever guides to read.

use super::asked::{Asked, AskedGoal, is_mentor, take_back, waiting_for_me};
use super::message::Message;
use super::reading::{confirmation_cards, entry_article};
use crate::parts::{
    ActionBar, Icon, Notice, Page, TextField, Tone, dates, feel, finding_choice, icon, offer_undo,
};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, Confirmation, ConfirmationWithdrawn, Finding, GoalId, Level, Outcome, Refusal, Standing,
};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash};
use dubbelspoor_domain::ordered::Table;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

words! {
    title { nl "Activiteit" en "Activity" fr "Activité" }
    unknown { nl "Deze activiteit staat niet op dit toestel." en "This activity is not on this device." fr "Cette activité n’est pas sur cet appareil." }
    answer_title { nl "Jouw antwoord" en "Your answer" fr "Votre réponse" }
    proposed(level) { nl "De cursist stelt voor: {level}" en "The learner proposes: {level}" fr "L’apprenant propose : {level}" }
    not_proposed { nl "De cursist stelt geen niveau voor." en "The learner proposes no level." fr "L’apprenant ne propose aucun niveau." }
    feedback { nl "Feedback, als je wilt" en "Feedback, if you like" fr "Retour, si vous voulez" }
    feedback_next { nl "Wat is er nog nodig?" en "What is still needed?" fr "Que faut-il encore ?" }
    feedback_hint { nl "Wat ging goed, en wat is de volgende stap? De cursist leest dit." en "What went well, and what is the next step? The learner reads this." fr "Qu’est-ce qui s’est bien passé, et quelle est la prochaine étape ? L’apprenant lit ceci." }
    confirm { nl "Bevestig" en "Confirm" fr "Confirmer" }
    send { nl "Geef dit antwoord" en "Give this answer" fr "Donner cette réponse" }
    done(name) { nl "Antwoord voor {name} bewaard op dit toestel." en "Answer for {name} saved on this device." fr "Réponse pour {name} enregistrée sur cet appareil." }
    changed(when) {
        nl "De cursist wijzigde dit na de vraag. Je antwoordt op de versie van {when}."
        en "The learner changed this after asking. You answer the version of {when}."
        fr "L’apprenant a modifié ceci après sa demande. Vous répondez à la version du {when}."
    }
    withdraw_reason { nl "Waarom trek je dit terug?" en "Why do you withdraw this?" fr "Pourquoi retirez-vous ceci ?" }
    withdraw_hint { nl "Je bevestiging en de reden blijven zichtbaar. Ze telt niet meer mee." en "Your confirmation and the reason stay visible. It no longer counts." fr "Votre confirmation et la raison restent visibles. Elle ne compte plus." }
    withdraw { nl "Trek mijn bevestiging terug" en "Withdraw my confirmation" fr "Retirer ma confirmation" }
}

#[component]
pub(crate) fn Confirm() -> impl IntoView {
    let session = use_session();
    let (dossier, entry) = use_params_map().with_untracked(|it| {
        let dossier = it.get("dossier").and_then(|it| DossierId::from_hex(&it));
        (dossier, it.get("entry").and_then(|it| EntryId::from_hex(&it)))
    });
    let (Some(dossier), Some(entry)) = (dossier, entry) else {
        return view! { <Page title=title() up="/"><p>{unknown()}</p></Page> }.into_any();
    };
    let asked = Memo::new(move |_| {
        waiting_for_me(session).into_iter().find(|it| (it.dossier, it.entry) == (dossier, entry))
    });
    let own = Memo::new(move |_| own_confirmation(session, dossier, entry));
    let confirms = untrack(|| {
        let me = session.me().person;
        session.with(dossier, |it| is_mentor(it, me)).unwrap_or(false)
    });
    let up = if confirms { "/waiting".to_owned() } else { format!("/dossier/{dossier}") };
    let read = move || {
        let read = {
            let answers = asked.with(Option::is_some);
            session.with(dossier, |it| entry_article(session, it, entry, answers))?
        };
        read.or_else(|| Some(view! { <p>{unknown()}</p> }.into_any()))
    };
    let said = move || session.with(dossier, |it| confirmation_cards(it, entry));
    view! {
        <Page title=title() up=up two=true>
            <div class="section">{read}</div>
            <div class="section page-side">
                {move || asked.get().map(|it| view! { <Answer asked=it /> })}
                {move || own.get().map(|it| view! { <Withdraw dossier=dossier confirmation=it /> })}
                {move || asked.with(Option::is_none).then(|| view! {
                    <Message dossier=dossier entry=entry />
                })}
            </div>
            <div class="section">{said}</div>
        </Page>
    }
    .into_any()
}

/// My last confirmation of an entry that still stands.
fn own_confirmation(session: Session, dossier: DossierId, entry: EntryId) -> Option<EventHash> {
    let me = session.me().person;
    session.with(dossier, |it| {
        let mine = it.confirmations.of_entry(entry).filter(|record| record.by == me);
        let stands = |standing| matches!(standing, Standing::Given | Standing::Waiting);
        mine.filter(|record| stands(it.standing(record))).last().map(|record| record.hash)
    })?
}

#[component]
fn Answer(asked: Asked) -> impl IntoView {
    let session = use_session();
    let presets = asked
        .goals
        .iter()
        .filter_map(|it| it.proposed.map(|level| (it.goal.clone(), Finding::Reached(level))));
    let findings = RwSignal::new(presets.collect::<Table<GoalId, Finding>>());
    let words = RwSignal::new(String::new());
    let draft = format!("confirm-{}", asked.entry);
    keep_while_typing(session, draft.clone(), words);
    let fault = RwSignal::new(None::<NotKept>);
    let busy = RwSignal::new(false);
    let (navigate, offer) = (use_navigate(), offer_undo());
    let choices = asked.goals.iter().map(|it| found_for(it, findings)).collect_view();
    let changed = asked.changed_since.map(|it| {
        view! { <Notice tone=Tone::Waiting><p>{changed(dates::moment(it))}</p></Notice> }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        feel::tick();
        let (asked, draft, navigate) = (asked.clone(), draft.clone(), navigate.clone());
        let body = Body::Confirmation(answer(&asked, &findings.get_untracked(), words));
        spawn_local(async move {
            let dossier = asked.dossier;
            match session.record_clearing(dossier, &draft, move |it| it.add(&body)).await {
                Ok(hash) => {
                    let back = move || take_back(session, dossier, hash);
                    offer(done(&asked.learner), Box::new(back));
                    navigate("/waiting", Default::default());
                }
                Err(NotKept::Refused(Refusal::AlreadyDone)) => {
                    navigate("/waiting", Default::default());
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let is_all_reached =
        move || findings.with(|it| it.values().all(|it| matches!(it, Finding::Reached(_))));
    let label = move || {
        let lacks = findings.with(|it| it.values().any(|it| *it == Finding::NotYet));
        if lacks { feedback_next() } else { feedback() }.to_owned()
    };
    view! {
        <form class="section" on:submit=submit>
            <h2>{answer_title()}</h2>
            {changed}
            {choices}
            <TextField
                id="feedback"
                label=Signal::derive(label)
                hint=feedback_hint()
                text=words
                lines=2
                most=1_000
            />
            {move || fault.get().map(|it| view! {
                <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
            })}
            <ActionBar>
                <button
                    class="button button-primary"
                    disabled=move || busy.get() || findings.with(Table::is_empty)
                >
                    {move || if is_all_reached() { confirm() } else { send() }}
                </button>
            </ActionBar>
        </form>
    }
}

fn answer(
    asked: &Asked,
    findings: &Table<GoalId, Finding>,
    feedback: RwSignal<String>,
) -> Confirmation {
    let outcome = |it: &AskedGoal| {
        findings.get(&it.goal).map(|finding| Outcome { goal: it.goal.clone(), finding: *finding })
    };
    let words = feedback.get_untracked().trim().to_owned();
    Confirmation {
        entry: asked.entry,
        version: asked.version,
        outcomes: asked.goals.iter().filter_map(outcome).collect(),
        feedback: (!words.is_empty()).then_some(words),
    }
}

/// The words survive a phone call and a closed browser.
fn keep_while_typing(session: Session, name: String, text: RwSignal<String>) {
    let restored = RwSignal::new(false);
    let kept = name.clone();
    spawn_local(async move {
        if let Some(words) = session.draft(&kept).await {
            text.try_set(words);
        }
        restored.try_set(true);
    });
    Effect::new(move || {
        let words = text.get();
        if restored.get() {
            session.keep_draft(&name, words);
        }
    });
}

/// All that can be found for a goal, the learner's proposal chosen beforehand.
fn found_for(it: &AskedGoal, findings: RwSignal<Table<GoalId, Finding>>) -> AnyView {
    let (shown, tapped) = (it.goal.clone(), it.goal.clone());
    let chosen = Signal::derive(move || findings.with(|it| it.get(&shown).copied()));
    let tap = Callback::new(move |finding| {
        findings.update(|it| {
            it.put(tapped.clone(), finding);
        });
    });
    let reached = Level::ALL.map(Finding::Reached).into_iter();
    let all = reached.chain([Finding::NotYet, Finding::NotPossibleHere]);
    let all = all.map(|it| (it, vocabulary::finding(it))).collect();
    let hint = match it.proposed {
        Some(level) => proposed(vocabulary::level(level)),
        None => not_proposed().to_owned(),
    };
    view! {
        <div class="section">
            <div>
                <h3>{it.title.clone()}</h3>
                <p class="soft">{hint}</p>
            </div>
            {finding_choice(it.title.clone(), all, chosen, tap)}
        </div>
    }
    .into_any()
}

#[component]
fn Withdraw(dossier: DossierId, confirmation: EventHash) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<NotKept>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reason = reason.get_untracked().trim().to_owned();
        let body = Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason });
        spawn_local(async move {
            if let Err(why) = session.record(dossier, move |it| it.add(&body)).await {
                fault.try_set(Some(why));
            }
        });
    };
    view! {
        <details>
            <summary class="disclose">{icon(Icon::Forward)} <span>{withdraw()}</span></summary>
            <form class="section" on:submit=submit>
                <TextField
                    id="reason"
                    label=withdraw_reason()
                    hint=withdraw_hint()
                    text=reason
                    lines=2
                    most=1_000
                />
                {move || fault.get().map(|it| view! {
                    <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
                })}
                <button
                    class="button button-danger"
                    disabled=move || reason.with(|it| it.trim().is_empty())
                >
                    {withdraw()}
                </button>
            </form>
        </details>
    }
}
