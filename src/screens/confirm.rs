//! One activity of a cursist: for a mentor to answer goal by goal, for whoever guides to read.

use super::asked::{Asked, AskedGoal, is_mentor, take_back, waiting_for_me};
use super::file::may_now;
use super::matters::taken_up;
use super::message::{keep_while_typing, message, submit_with_words};
use super::phrases::{own_phrases, phrase_chips};
use super::reading::{confirmation_cards, disclosure, entry_article};
use super::told;
use crate::parts::frame::page_named;
use crate::parts::{
    El, Part, Tone, action_bar, dates, el, feel, finding_choice, live, notice, offer_undo, page,
    soft, text_field,
};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, Confirmation, ConfirmationWithdrawn, Dossier, Feedback, Finding, GoalId, Level, Outcome,
    Refusal, Standing,
};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

words! {
    title { nl "Activiteit" en "Activity" fr "Activité" }
    unknown { nl "Deze activiteit staat niet op dit toestel." en "This activity is not on this device." fr "Cette activité n’est pas sur cet appareil." }
    answer_title { nl "Jouw antwoord" en "Your answer" fr "Votre réponse" }
    proposed(level) { nl "De cursist stelt voor: {level}" en "The learner proposes: {level}" fr "L’apprenant propose : {level}" }
    not_proposed { nl "De cursist stelt geen niveau voor." en "The learner proposes no level." fr "L’apprenant ne propose aucun niveau." }
    feedback { nl "Feedback, als je wilt" en "Feedback, if you like" fr "Retour, si vous voulez" }
    feedback_next { nl "Wat is er nog nodig?" en "What is still needed?" fr "Que faut-il encore ?" }
    feedback_hint { nl "Wat ging goed, en wat is de volgende stap? De cursist leest dit." en "What went well, and what is the next step? The learner reads this." fr "Qu’est-ce qui s’est bien passé, et quelle est la prochaine étape ? L’apprenant lit ceci." }
    confirm_word { nl "Bevestig" en "Confirm" fr "Confirmer" }
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

/// What only the program of those who guide carries along.
type Collects = fn(Session, DossierId, EntryId) -> Option<El>;

pub(crate) fn confirm(dossier: &str, entry: &str, collects: Option<Collects>) -> AnyView {
    let session = use_session();
    let (Some(dossier), Some(entry)) = (DossierId::from_hex(dossier), EntryId::from_hex(entry))
    else {
        return page(title(), Some("/")).add(el("p", "").add(unknown())).part();
    };
    let asked = Memo::new(move |_| {
        waiting_for_me(session).into_iter().find(|it| (it.dossier, it.entry) == (dossier, entry))
    });
    let own = Memo::new(move |_| own_confirmation(session, dossier, entry));
    let confirms = untrack(|| {
        let me = session.me().person;
        session.with(dossier, |it| is_mentor(it, me, session.today())).unwrap_or(false)
    });
    let up = if confirms { "/waiting".to_owned() } else { format!("/dossier/{dossier}") };
    let read = move || {
        let answers = asked.with(Option::is_some);
        let read = session.with(dossier, |it| entry_article(session, it, entry, answers));
        read.flatten().unwrap_or_else(|| el("p", "").add(unknown()))
    };
    let said = move || session.with(dossier, |it| confirmation_cards(it, entry).part());
    let words = Body::Feedback(Feedback { entry: Some(entry), text: "?".to_owned() });
    let speaks = may_now(session, dossier, &words);
    let side = el("div", "section page-side")
        .live(move || asked.get().map(|it| answer_form(session, it)))
        .live(move || own.get().map(|it| withdrawal(session, dossier, it)))
        .add(collects.and_then(|it| it(session, dossier, entry)))
        .live(move || {
            (speaks && asked.with(Option::is_none)).then(|| message(dossier, Some(entry)))
        });
    page_named(title().part(), Some(up))
        .set("class", "page page-two")
        .add(el("div", "section").live(read).live(move || session.with(dossier, taken_up)?))
        .add(side)
        .add(el("div", "section").live(said))
        .part()
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

type Findings = RwSignal<Vec<(GoalId, Finding)>>;

fn answer_form(session: Session, asked: Asked) -> El {
    let mut presets = Vec::new();
    for it in &asked.goals {
        presets.extend(it.proposed.map(|level| (it.goal.clone(), Finding::Reached(level))));
    }
    let findings = Findings::new(presets);
    let words = RwSignal::new(String::new());
    let draft = format!("confirm-{}", asked.entry);
    keep_while_typing(session, draft.clone(), words);
    let fault = RwSignal::new(None::<NotKept>);
    let busy = RwSignal::new(false);
    let label = live(move || {
        let lacks = findings.with(|it| it.iter().any(|(_, it)| *it == Finding::NotYet));
        if lacks { feedback_next() } else { feedback() }.part()
    });
    let is_all_reached =
        move || findings.with(|it| it.iter().all(|(_, it)| matches!(it, Finding::Reached(_))));
    let main = el("button", "button button-primary")
        .disabled(move || busy.get() || findings.with(Vec::is_empty))
        .live(move || if is_all_reached() { confirm_word() } else { send() });
    let mut form = el("form", "section").add(el("h2", "").add(answer_title()));
    if let Some(when) = asked.changed_since {
        form = form.add(notice(Tone::Waiting, el("p", "").add(changed(dates::moment(when)))));
    }
    for it in &asked.goals {
        form = form.add(found_for(it, findings));
    }
    form.submit(answering(session, asked, draft, findings, words, busy, fault))
        .add(text_field("feedback", label, Some(feedback_hint()), words, 2, 1_000))
        .add(phrase_chips(untrack(|| own_phrases(session)), words))
        .add(told(fault))
        .add(action_bar(main))
}

/// Keeps the answer, goes back to the list and offers to take it back.
fn answering(
    session: Session,
    asked: Asked,
    draft: String,
    findings: Findings,
    words: RwSignal<String>,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<NotKept>>,
) -> impl FnMut() + 'static {
    let (navigate, offer) = (use_navigate(), offer_undo());
    move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        feel::tick();
        let body = Body::Confirmation(answer(&asked, &findings.get_untracked(), words));
        let (dossier, learner) = (asked.dossier, asked.learner.clone());
        let (draft, navigate) = (draft.clone(), navigate.clone());
        spawn_local(async move {
            match session.record_clearing(dossier, &draft, move |it| it.add(&body)).await {
                Ok(hash) => {
                    let moves = untrack(|| session.with(dossier, |it| to_move(it, hash)));
                    let back = move || take_back(session, dossier, vec![hash]);
                    offer(done(&learner), Box::new(back));
                    let next = moves.flatten().unwrap_or_else(|| "/waiting".to_owned());
                    navigate(&next, Default::default());
                }
                Err(NotKept::Refused(Refusal::AlreadyDone)) => {
                    navigate("/waiting", Default::default());
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    }
}

/// Where to propose another place for a goal that is not possible here (B8).
fn to_move(it: &Dossier, confirmation: EventHash) -> Option<String> {
    let said = it.confirmations.get(confirmation)?;
    let mut not_here = said.confirmation.outcomes.iter().filter(|outcome| {
        outcome.finding == Finding::NotPossibleHere && it.waits_for_place(&outcome.goal, said.at)
    });
    not_here.next().map(|outcome| format!("/elsewhere/{}/{}", it.id, outcome.goal))
}

fn answer(
    asked: &Asked,
    findings: &[(GoalId, Finding)],
    feedback: RwSignal<String>,
) -> Confirmation {
    let mut outcomes = Vec::new();
    for it in &asked.goals {
        let found = findings.iter().find(|(goal, _)| *goal == it.goal);
        outcomes
            .extend(found.map(|(goal, finding)| Outcome { goal: goal.clone(), finding: *finding }));
    }
    let words = feedback.get_untracked().trim().to_owned();
    Confirmation {
        entry: asked.entry,
        version: asked.version,
        outcomes,
        feedback: (!words.is_empty()).then_some(words),
    }
}

/// All that can be found for a goal, the learner's proposal chosen beforehand.
fn found_for(it: &AskedGoal, findings: Findings) -> El {
    let (shown, tapped) = (it.goal.clone(), it.goal.clone());
    let chosen = Signal::derive(move || {
        findings.with(|it| it.iter().find(|(goal, _)| *goal == shown).map(|(_, finding)| *finding))
    });
    let tap = Callback::new(move |finding| {
        findings.update(|it| {
            it.retain(|(goal, _)| *goal != tapped);
            it.push((tapped.clone(), finding));
        });
    });
    let mut all: Vec<_> = Level::ALL.map(Finding::Reached).to_vec();
    all.extend([Finding::NotYet, Finding::NotPossibleHere]);
    let all = all.into_iter().map(|it| (it, vocabulary::finding(it))).collect();
    let hint = match it.proposed {
        Some(level) => proposed(vocabulary::level(level)),
        None => not_proposed().to_owned(),
    };
    el("div", "section")
        .add(el("div", "").add(el("h3", "").add(it.title.clone())).add(soft(hint)))
        .add(finding_choice(it.title.clone(), all, chosen, tap))
}

fn withdrawal(session: Session, dossier: DossierId, confirmation: EventHash) -> El {
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<NotKept>);
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        let body = Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason });
        spawn_local(async move {
            if let Err(why) = session.record(dossier, move |it| it.add(&body)).await {
                fault.try_set(Some(why));
            }
        });
    };
    let form = el("form", "section")
        .submit(submit)
        .add(text_field("reason", withdraw_reason(), Some(withdraw_hint()), reason, 2, 1_000))
        .add(told(fault))
        .add(submit_with_words(withdraw(), reason).set("class", "button button-danger"));
    disclosure(withdraw().to_owned(), form)
}
