//! One entry: what was done, what others said of it, how it came to be, and what can be done with it.

mod talk;
mod versions;

use super::asked::goal_title;
use super::entry_card::state_of;
use super::told;
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, icon, level_mark, link, live, needs_you, nothing,
    offer_undo, page, section, soft, state_chip,
};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Asked, Body, ConfirmationRecord, ConfirmationRequest, Dossier, Entry, EntryRecord, Finding,
    Stage, Touched, Version,
};
use dubbelspoor_domain::id::{DossierId, EntryId};
use dubbelspoor_domain::progress::EntryState;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Activiteit" en "Activity" fr "Activité" }
    unknown_entry { nl "Deze activiteit staat niet op dit toestel." en "This activity is not on this device." fr "Cette activité n’est pas sur cet appareil." }
    goals_title { nl "Doelen" en "Goals" fr "Objectifs" }
    self_rating { nl "Jij" en "You" fr "Vous" }
    not_rated { nl "Geen eigen oordeel" en "No rating of your own" fr "Pas d’évaluation personnelle" }
    nobody_yet { nl "Nog niet bevestigd" en "Not confirmed yet" fr "Pas encore confirmé" }
    earlier { nl "voor een eerdere versie" en "for an earlier version" fr "pour une version antérieure" }
    change { nl "Wijzig" en "Change" fr "Modifier" }
    withdraw { nl "Trek in" en "Withdraw" fr "Retirer" }
    withdrawn { nl "Ingetrokken. Je kunt het altijd terugzetten." en "Withdrawn. You can always restore it." fr "Retiré. Vous pouvez toujours le restaurer." }
    restore { nl "Zet terug" en "Restore" fr "Restaurer" }
    ask_word { nl "Vraag bevestiging" en "Ask for confirmation" fr "Demander confirmation" }
    ask_again { nl "Vraag opnieuw bevestiging" en "Ask for confirmation again" fr "Redemander confirmation" }
    changed_since {
        nl "Je wijzigde dit nadat het bevestigd was. De bevestiging blijft staan voor de eerdere versie."
        en "You changed this after it was confirmed. The confirmation stays for the earlier version."
        fr "Vous avez modifié ceci après la confirmation. La confirmation reste valable pour la version antérieure."
    }
    ask_question { nl "Stel hier een vraag over" en "Ask a question about this" fr "Poser une question à ce sujet" }
    finish { nl "Schrijf verder" en "Go on writing" fr "Continuer à écrire" }
    here { nl "Nog niet bij de school. Wordt verstuurd zodra je bereik hebt." en "Not at the school yet. It is sent as soon as you have reception." fr "Pas encore à l’école. Ce sera envoyé dès que vous aurez du réseau." }
    at_school { nl "Bij de school" en "At the school" fr "À l’école" }
}

/// Draws a part of the entry, as the dossier is now.
type Draw = fn(Session, DossierId, &Dossier, &EntryRecord) -> AnyView;

pub(crate) fn entry_screen(entry: &str) -> AnyView {
    let session = use_session();
    let entry = EntryId::from_hex(entry);
    let dossier = Memo::new(move |_| session.own_dossier());
    let follow = move |draw: Draw| {
        let (dossier, entry) = (dossier.get()?, entry?);
        session.with(dossier, |it| Some(draw(session, dossier, it, it.diary.get(entry)?)))?
    };
    let can_talk = Memo::new(move |_| {
        let open = |it: &Dossier| entry.is_some_and(|entry| talk::is_open(it, entry));
        dossier.get().is_some_and(|dossier| session.with(dossier, open) == Some(true))
    });
    let answer = live(move || match (can_talk.get(), dossier.get(), entry) {
        (true, Some(dossier), Some(entry)) => talk::answer_field(dossier, entry).part(),
        _ => nothing(),
    });
    let unknown = || el("p", "").add(unknown_entry()).part();
    page(title(), Some("/diary"))
        .live(move || follow(content).unwrap_or_else(unknown))
        .add(answer)
        .live(move || {
            let shown = |it: &Dossier| Some(versions::history(it, it.diary.get(entry?)?).part());
            session.with(dossier.get()?, shown)?
        })
        .part()
}

fn content(session: Session, dossier: DossierId, it: &Dossier, entry: &EntryRecord) -> AnyView {
    let state = it.state_of(entry);
    let said = talk::said(it, entry.entry);
    if state == EntryState::TwoVersions {
        return vec![versions::choice(session, dossier, it, entry).part(), said.part()].part();
    }
    let shown = entry.shown();
    vec![
        what(session, dossier, it, entry, shown).part(),
        next(session, dossier, entry, shown, state).part(),
        goals(it, entry, shown).part(),
        said.part(),
        question(it, entry).part(),
    ]
    .part()
}

/// What one wants to know about it goes to the teacher; not about what only oneself reads.
fn question(it: &Dossier, entry: &EntryRecord) -> Option<El> {
    talk::is_open(it, entry.entry).then(|| {
        link(format!("/ask/{}", entry.entry), "button button-quiet")
            .add(icon(Icon::Question))
            .add(ask_question())
    })
}

fn what(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
    shown: &Version,
) -> El {
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
    let asked = entry.question().map_or(vocabulary::question_unknown(), vocabulary::question);
    let reflection = content
        .reflection
        .clone()
        .map(|it| el("div", "").add(el("h2", "").add(asked)).add(el("p", "words").add(it)));
    el("article", "section")
        .add(soft(line))
        .add(el("p", "words").add(content.text.clone()))
        .add(reflection)
        .add(el("div", "chips").add(state_of(it.state_of(entry))).add(sent))
}

/// What can be done now: one main thing, the rest beside it.
fn next(
    session: Session,
    dossier: DossierId,
    entry: &EntryRecord,
    shown: &Version,
    state: EntryState,
) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let edit = format!("/edit/{}", entry.entry);
    let primary = move |words: &'static str, body: Body| {
        button("button button-primary", move || write(session, dossier, body.clone(), fault))
            .add(words)
    };
    let ask = |words| request_for(shown).map(|it| primary(words, Body::ConfirmationRequest(it)));
    let main = match state {
        EntryState::Draft => link(edit.clone(), "button button-primary").add(finish()).part(),
        EntryState::Shared => ask(ask_word()).part(),
        EntryState::ConfirmedEarlier => {
            vec![needs_you(changed_since()).part(), ask(ask_again()).part()].part()
        }
        EntryState::Withdrawn => {
            let stage = Stage::Submitted;
            let again = Entry { stage, parents: vec![shown.hash], ..shown.content.clone() };
            primary(restore(), Body::Entry(again)).part()
        }
        EntryState::Private
        | EntryState::Waiting
        | EntryState::Answered
        | EntryState::NotReached
        | EntryState::TwoVersions => nothing(),
    };
    let can_change = state != EntryState::Withdrawn && state != EntryState::Draft;
    let can_withdraw = !matches!(
        state,
        EntryState::Withdrawn
            | EntryState::Answered
            | EntryState::NotReached
            | EntryState::ConfirmedEarlier
    );
    let buttons = el("div", "buttons")
        .add(can_change.then(|| link(edit, "button").add(icon(Icon::Pencil)).add(change())))
        .add(can_withdraw.then(|| withdraw_button(session, dossier, shown, fault)));
    el("section", "section").add(main).add(told(fault)).add(buttons)
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

fn withdraw_button(
    session: Session,
    dossier: DossierId,
    shown: &Version,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let undo = offer_undo();
    let (content, hash) = (shown.content.clone(), shown.hash);
    let tap = move || {
        let before = content.clone();
        let stage = Stage::Withdrawn;
        let gone = Body::Entry(Entry { stage, parents: vec![hash], ..content.clone() });
        spawn_local(async move {
            match session.record(dossier, move |it| it.add(&gone)).await {
                Ok(_) => undo(
                    withdrawn().to_owned(),
                    Box::new(move || bring_back(session, dossier, &before, fault)),
                ),
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    button("button", tap).add(withdraw())
}

fn bring_back(
    session: Session,
    dossier: DossierId,
    before: &Entry,
    fault: RwSignal<Option<NotKept>>,
) {
    let head = session.with(dossier, |it| Some(it.diary.get(before.entry)?.shown().hash));
    if let Some(Some(head)) = head {
        let again = Entry { parents: vec![head], ..before.clone() };
        write(session, dossier, Body::Entry(again), fault);
    }
}

/// Writes one event; says where it happened when it could not.
fn write(session: Session, dossier: DossierId, body: Body, fault: RwSignal<Option<NotKept>>) {
    spawn_local(async move {
        if let Err(why) = session.record(dossier, move |it| it.add(&body)).await {
            fault.try_set(Some(why));
        }
    });
}

/// Per goal the learner's rating beside the mentor's finding: two opinions, never one number.
fn goals(it: &Dossier, entry: &EntryRecord, shown: &Version) -> Option<El> {
    let outcomes = it.outcomes(entry.entry);
    let mut list = el("ul", "list");
    for touched in &shown.content.goals {
        let mine = touched.self_rating;
        let level = el("span", "state")
            .add(level_mark(mine))
            .add(" ")
            .add(mine.map_or(not_rated(), vocabulary::level));
        let mut card = el("li", "card")
            .add(el("h3", "").add(goal_title(it, &touched.goal)))
            .add(el("div", "card-line").add(el("span", "").add(self_rating())).add(level));
        let mut is_found = false;
        for (record, outcome) in &outcomes {
            if outcome.goal == touched.goal {
                is_found = true;
                card = card.add(finding(it, record, outcome.finding));
            }
        }
        list = list.add(card.add((!is_found).then(|| soft(nobody_yet()))));
    }
    (!shown.content.goals.is_empty()).then(|| section(goals_title()).add(list))
}

/// What one mentor found.
fn finding(it: &Dossier, record: &ConfirmationRecord, finding: Finding) -> El {
    let who = it.links.name_of(record.by).unwrap_or_default().to_owned();
    let old = it.is_for_earlier_version(record).then(earlier);
    let (tone, picture) = match finding {
        Finding::Reached(_) => (Tone::Confirmed, Icon::Check),
        Finding::NotYet => (Tone::Waiting, Icon::Circle),
        Finding::NotPossibleHere => (Tone::Plain, Icon::Barred),
    };
    let who = el("span", "").add(who).add(" ").add(el("span", "soft").add(old));
    el("div", "card-line").add(who).add(state_chip(tone, picture, vocabulary::finding(finding)))
}
