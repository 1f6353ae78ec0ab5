//! Proposals for the plan (B3, B8): what somebody proposes, and the coach who takes it over, goal and answer in one stroke.

use crate::parts::{
    El, Icon, Part, Tone, dates, el, icon, link, offer_undo, section, soft, state_chip,
};
use crate::screens::file::{Guided, may};
use crate::screens::reading::{disclosure_of, name};
use crate::screens::seldom::form::{
    Asks, Field, Filled, Keeping, Sort, field, form, form_of, one_of,
};
use crate::screens::seldom::goal_parts::{change_words, difference, proposal_words};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, Change, Difference, Dossier, Goal, PlanAnswered, PlanProposal, Said,
};
use dubbelspoor_domain::id::{DossierId, EventHash};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    proposals_title { nl "Voorstellen" en "Proposals" fr "Propositions" }
    about { nl "Waarover?" en "About what?" fr "À propos de quoi ?" }
    whole { nl "Het plan als geheel" en "The plan as a whole" fr "Le plan dans son ensemble" }
    what { nl "Wat stel je voor?" en "What do you propose?" fr "Que proposez-vous ?" }
    from_week { nl "Vanaf welke week van het plan? Mag leeg blijven." en "From which week of the plan? May stay empty." fr "À partir de quelle semaine du plan ? Peut rester vide." }
    exactly_where { nl "Waar precies? Bij een andere werkplek: welke." en "Where exactly? At another workplace: which." fr "Où exactement ? Sur un autre lieu de travail : lequel." }
    why { nl "Waarom?" en "Why?" fr "Pourquoi ?" }
    send { nl "Doe dit voorstel" en "Make this proposal" fr "Faire cette proposition" }
    wrong_proposal { nl "Kies wat je voorstelt en schrijf waarom." en "Choose what you propose and write why." fr "Choisissez ce que vous proposez et écrivez pourquoi." }
    waits { nl "Wacht op de trajectbegeleider" en "Waits for the coach" fr "Attend l’accompagnateur" }
    taken_over { nl "Overgenomen" en "Taken over" fr "Repris" }
    declined { nl "Niet overgenomen" en "Not taken over" fr "Non repris" }
    becomes { nl "Neem je dit over, dan verandert het doel zo:" en "When you take this over, the goal changes like this:" fr "Si vous reprenez ceci, l’objectif change ainsi :" }
    take_over { nl "Neem over" en "Take over" fr "Reprendre" }
    take_over_with { nl "Neem over en pas het doel aan" en "Take over and change the goal" fr "Reprendre et modifier l’objectif" }
    decline { nl "Neem niet over" en "Do not take over" fr "Ne pas reprendre" }
    answer { nl "Antwoord" en "Answer" fr "Réponse" }
    answer_words { nl "Woorden bij je antwoord" en "Words with your answer" fr "Quelques mots avec votre réponse" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong_answer { nl "Schrijf waarom je het niet overneemt." en "Write why you do not take it over." fr "Écrivez pourquoi vous ne le reprenez pas." }
    changed_now(goal) { nl "{goal} is veranderd. Bewaard op dit toestel." en "{goal} has changed. Saved on this device." fr "{goal} a changé. Enregistré sur cet appareil." }
    goal_now { nl "Bekijk of verander het doel" en "Look at the goal or change it" fr "Voir ou modifier l’objectif" }
}

pub(super) type Answering = fn(&Dossier, &Said<PlanProposal>) -> El;
pub(crate) const ANSWERING: Answering = answering;

pub(super) fn proposals(session: Session, it: &Dossier, answering: Guided<Answering>) -> AnyView {
    let all = it.plan_talk.proposals();
    let cards: Vec<El> =
        all.iter().rev().map(|said| proposal_card(session, it, said, answering)).collect();
    (!cards.is_empty()).then(|| section(proposals_title()).add(el("ul", "list").add(cards))).part()
}

fn proposal_card(
    session: Session,
    it: &Dossier,
    said: &Said<PlanProposal>,
    answering: Guided<Answering>,
) -> El {
    let goal = said.what.goal.as_ref().and_then(|goal| it.plan.get(goal));
    let of = goal.map_or(whole().to_owned(), |it| vocabulary::translated(&it.title));
    let day = dates::day(dubbelspoor_domain::Day::of_millis(said.at.millis()), session.today());
    let answered = it.plan_talk.answer(said.hash);
    let state = match answered {
        None => state_chip(Tone::Waiting, Icon::Hourglass, waits()),
        Some(it) if it.what.taken_over => state_chip(Tone::Confirmed, Icon::Check, taken_over()),
        Some(_) => state_chip(Tone::Plain, Icon::Barred, declined()),
    };
    let words = answered.map(|it| it.what.text.clone()).filter(|it| !it.is_empty());
    let is_over = answered.is_some_and(|it| it.what.taken_over);
    let look = goal.filter(|_| is_over && answering.is_some()).map(|goal| {
        link(format!("/goal/{}/{}", it.id, goal.goal), "button button-quiet")
            .add(goal_now())
            .add(icon(Icon::Forward))
    });
    let card = el("li", "card")
        .add(el("h3", "").add(format!("{of}: {}", proposal_words(&said.what))))
        .add(soft(format!("{} · {day}", name(it, said.by))))
        .add(el("p", "words").add(said.what.reason.clone()))
        .add(el("div", "").add(state))
        .add(words.map(|it| el("p", "words").add(it)))
        .add(look);
    let probe = PlanAnswered { proposal: said.hash, taken_over: true, text: String::new() };
    let answers = answered.is_none() && may(session, it, &Body::PlanAnswered(probe));
    card.add(answering.filter(|_| answers).map(|form| form(it, said)))
}

/// The coach takes it over, or says why not. Where it is only words about a goal, the goal's own form takes it over.
fn answering(it: &Dossier, said: &Said<PlanProposal>) -> El {
    let known = said.what.goal.as_ref().and_then(|goal| it.plan.get(goal));
    match (it.proposed(&said.what), known) {
        (Some((before, now)), _) => el("div", "section")
            .add(soft(becomes()))
            .add(difference(it, &Difference::Changed(before, &now)))
            .add(answer_form(it.id, said.hash, Some(before.clone()))),
        (None, None) => answer_form(it.id, said.hash, None),
        (None, Some(goal)) => {
            let way = format!("/goal/{}/{}/{}", it.id, goal.goal, said.hash);
            el("div", "section").add(link(way, "button button-primary").add(take_over_with())).add(
                disclosure_of(
                    said.hash.to_string(),
                    decline().to_owned(),
                    decline_form(it.id, said.hash),
                ),
            )
        }
    }
}

/// `before` is the goal that changes along.
fn answer_form(dossier: DossierId, proposal: EventHash, before: Option<Goal>) -> El {
    let options = vec![(1, take_over().to_owned()), (0, decline().to_owned())];
    let fields = vec![
        field("answer-over", answer(), Sort::One(options)).with("1"),
        field("answer-words", answer_words(), Sort::Text(1_000)),
    ];
    let draft = format!("form-answer-{proposal}-{dossier}");
    let about = format!("answer-{proposal}");
    let asks = Asks { about: &about, send: save(), wrong: wrong_answer(), then: None };
    let (session, offer, cleared) = (use_session(), offer_undo(), draft.clone());
    let keep = move |it: &Filled| -> Option<Keeping> {
        let (taken_over, text) = (it.number(0)? == 1, it.text(1));
        if !taken_over && text.is_empty() {
            return None;
        }
        let bodies = if taken_over {
            untrack(|| session.with(dossier, |it| it.taking_over(proposal, text)))?
        } else {
            vec![Body::PlanAnswered(PlanAnswered { proposal, taken_over, text })]
        };
        let recording = session.record_clearing(dossier, &cleared, move |it| it.add_all(&bodies));
        let before = before.clone().filter(|_| taken_over);
        Some(Box::pin(async move {
            recording.await?;
            if let Some(before) = before {
                let words = changed_now(vocabulary::translated(&before.title));
                offer(words, Box::new(move || back(session, dossier, before.clone())));
            }
            Ok(())
        }))
    };
    form_of(draft, asks, fields, Box::new(keep))
}

/// The goal as it was: the answer stays said, and the plan has both.
fn back(session: Session, dossier: DossierId, before: Goal) {
    let body = Body::Goal(before);
    spawn_local(async move {
        // Whatever keeps it from being written keeps every other record too, and is told there.
        let _ = session.record(dossier, move |it| it.add(&body)).await;
    });
}

fn decline_form(dossier: DossierId, proposal: EventHash) -> El {
    let fields = vec![field("answer-words", answer_words(), Sort::Text(1_000))];
    let about = format!("answer-{proposal}");
    let asks = Asks { about: &about, send: save(), wrong: wrong_answer(), then: None };
    let read = move |it: &Filled| {
        let text = it.words(0)?;
        Some(vec![Body::PlanAnswered(PlanAnswered { proposal, taken_over: false, text })])
    };
    form(dossier, asks, fields, Box::new(read))
}

/// A form to propose a change; `goals` are those that it may be about.
pub(super) fn proposing(dossier: DossierId, goals: Vec<(String, String)>) -> El {
    let names: Vec<String> = goals.iter().map(|(code, _)| code.clone()).collect();
    let mut options = vec![(0, whole().to_owned())];
    options.extend((1..).zip(goals.into_iter().map(|(_, words)| words)));
    let mut fields = vec![field("propose-goal", about(), Sort::One(options)).with("0")];
    fields.extend(asked(&Change::ALL));
    let asks = Asks { about: "proposal", send: send(), wrong: wrong_proposal(), then: None };
    let read = move |it: &Filled| {
        let goal = (it.number(0)? as usize).checked_sub(1).and_then(|at| names.get(at).cloned());
        proposed(it, 1, &Change::ALL, goal)
    };
    form(dossier, asks, fields, Box::new(read))
}

/// The fields of a proposal that offers these changes.
fn asked(changes: &[Change]) -> [Field; 4] {
    [
        field("propose-what", what(), one_of(changes.iter().map(|it| change_words(*it)))),
        field("propose-where", exactly_where(), Sort::Line),
        field("propose-week", from_week(), Sort::Number),
        field("propose-why", why(), Sort::Text(1_000)),
    ]
}

/// What those fields say, the first of them at a place in the form.
fn proposed(it: &Filled, at: usize, changes: &[Change], goal: Option<String>) -> Option<Vec<Body>> {
    let change = *changes.get(it.number(at)? as usize)?;
    let where_exactly = it.words(at + 1);
    let from_week = it.number(at + 2).and_then(|it| u16::try_from(it).ok());
    let reason = it.words(at + 3)?;
    Some(vec![Body::PlanProposal(PlanProposal { goal, change, reason, from_week, where_exactly })])
}

/// Where a goal can be learnt that is not possible at this workplace.
const ELSEWHERE: [Change; 3] = [Change::AtSchool, Change::OtherWorkplace, Change::TrainingCentre];

/// The same form for one goal that has to move: to school unless somebody chooses otherwise (B8).
pub(super) fn moving(dossier: DossierId, goal: String, because: String, then: String) -> El {
    let [what, place, week, why] = asked(&ELSEWHERE);
    let fields = vec![what.with("0"), place, week, why.with(because)];
    let draft = format!("move-{goal}");
    let asks = Asks { about: &draft, send: send(), wrong: wrong_proposal(), then: Some(then) };
    let read = move |it: &Filled| proposed(it, 0, &ELSEWHERE, Some(goal.clone()));
    form(dossier, asks, fields, Box::new(read))
}
