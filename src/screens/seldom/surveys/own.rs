//! What a coach asks their own cursisten and mentors: the same survey in each of their leertrajecten.

use super::super::form::{Asks, Filled, Keeping, form_of};
use super::{ask, fields, removal, survey};
use crate::parts::{El, button, el, section, soft};
use crate::screens::told;
use crate::session::{NotKept, Session};
use dubbelspoor_domain::dossier::{Body, Dossier, Role, Survey, TOGETHER};
use dubbelspoor_domain::id::{DossierId, PersonId, SurveyId};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    ask_yours { nl "Vraag het je eigen mensen" en "Ask your own people" fr "Demandez aux vôtres" }
    whom(learners, mentors, least) { nl "Je vraagt het aan wie je nu begeleidt: {learners} [cursist|cursisten], {mentors} [mentor|mentoren]. Vanaf {least} antwoorden lees je ze, en wie het centrum beheert. Niemand ziet wie wat schreef." en "You ask those whom you guide now: {learners} [learner|learners], {mentors} [mentor|mentors]. From {least} answers on you read them, and who runs the centre. Nobody sees who wrote what." fr "Vous demandez à ceux que vous accompagnez maintenant : {learners} [apprenant|apprenants], {mentors} [mentor|mentors]. À partir de {least} réponses, vous les lisez, ainsi que qui gère le centre. Personne ne voit qui a écrit quoi." }
    too_few(least) { nl "Je begeleidt nu minder dan {least} mensen. Zo weinig antwoorden toont de school nooit, want dan is te raden wie wat schreef. Vraag het hun in een gesprek." en "You guide fewer than {least} people now. The school never shows so few answers, since it could be guessed who wrote what. Ask them in a conversation." fr "Vous accompagnez moins de {least} personnes. L’école ne montre jamais si peu de réponses, car on pourrait deviner qui a écrit quoi. Demandez-le-leur lors d’un entretien." }
    wrong { nl "Schrijf een naam en minstens één vraag, kies minstens vijf mensen, en een laatste dag die nog komt." en "Write a name and at least one question, choose at least five people, and a last day that is still to come." fr "Écrivez un nom et au moins une question, choisissez au moins cinq personnes, et un dernier jour à venir." }
    asked_in(count) { nl "Jij vraagt dit in {count} [leertraject|leertrajecten]." en "You ask this in {count} learning [track|tracks]." fr "Vous demandez ceci dans {count} parcours." }
    ask_others(count) { nl "Vraag het ook in {count} [ander leertraject|andere leertrajecten] van jou" en "Ask it in {count} other learning [track|tracks] of yours too" fr "Le demander aussi dans {count} [autre|autres] de vos parcours" }
}

/// The surveys that I ask.
pub(super) fn all(session: Session) -> Vec<Survey> {
    let me = session.me().person;
    let mut all: Vec<Survey> = Vec::new();
    for track in session.tracks() {
        let mine = |it: &Dossier| {
            let is_mine = |survey: &&Survey| it.rules.asked_by(survey.survey) == Some(me);
            it.rules.surveys().filter(is_mine).cloned().collect::<Vec<_>>()
        };
        for it in session.with(track, mine).unwrap_or_default() {
            if !all.iter().any(|known| known.survey == it.survey) {
                all.push(it);
            }
        }
    }
    all
}

/// The leertrajecten that I guide now.
fn guided(session: Session) -> Vec<DossierId> {
    let (me, today) = (session.me().person, session.today());
    let mut all = session.tracks();
    all.retain(|track| {
        let guides = |it: &Dossier| {
            !it.is_over(today) && it.links.current(Role::Coach, today).any(|it| it == me)
        };
        session.with(*track, guides) == Some(true)
    });
    all
}

/// So many people have a role in these; each counts once.
fn count(session: Session, tracks: &[DossierId], role: Role) -> usize {
    let today = session.today();
    let mut people: Vec<PersonId> = Vec::new();
    for track in tracks {
        let there = session.with(*track, |it| it.links.current(role, today).collect::<Vec<_>>());
        people.extend(there.unwrap_or_default());
    }
    people.sort_unstable();
    people.dedup();
    people.len()
}

/// A form for one more; with fewer than five people it would never be read.
pub(super) fn making(session: Session) -> El {
    let counts = Memo::new(move |_| {
        let tracks = guided(session);
        [Role::Learner, Role::Mentor].map(|role| count(session, &tracks, role))
    });
    let shown = move || {
        let [learners, mentors] = counts.get();
        let all = section(ask_yours());
        if learners + mentors < usize::from(TOGETHER) {
            return all.add(soft(too_few(TOGETHER)));
        }
        all.add(soft(whom(learners, mentors, TOGETHER)))
            .add(untrack(|| asking(session, [learners, mentors])))
    };
    el("div", "section").live(shown)
}

fn asking(session: Session, [learners, mentors]: [usize; 2]) -> El {
    let draft = "form-survey-own";
    // A second try after half of it failed is the same survey.
    let name = RwSignal::new(SurveyId(session.new_id()));
    let keep = move |filled: &Filled| -> Option<Keeping> {
        let it = Survey { survey: name.get_untracked(), ..survey(session, filled)? };
        let asked = if it.learners { learners } else { 0 } + if it.mentors { mentors } else { 0 };
        (asked >= usize::from(TOGETHER)).then(|| -> Keeping {
            Box::pin(async move {
                put_into(session, untrack(|| guided(session)), it).await?;
                session.keep_draft(draft, String::new());
                name.try_set(SurveyId(session.new_id()));
                Ok(())
            })
        })
    };
    let asks = Asks { about: "", send: ask(), wrong: wrong(), then: None };
    form_of(draft.to_owned(), asks, fields(), Box::new(keep))
}

/// One after the other: what did not come about in between is offered where the survey is read.
async fn put_into(session: Session, tracks: Vec<DossierId>, it: Survey) -> Result<(), NotKept> {
    for track in tracks {
        let body = Body::Survey(it.clone());
        session.record(track, move |it| it.add(&body)).await?;
    }
    Ok(())
}

/// Takes it away everywhere, and asks it where it does not stand yet: somebody came later, or the tab was closed.
pub(super) fn steering(session: Session, it: Survey, fault: RwSignal<Option<NotKept>>) -> El {
    let (name, me) = (it.survey, session.me().person);
    let (here, missing): (Vec<DossierId>, Vec<DossierId>) =
        guided(session).into_iter().partition(|track| stands_in(session, *track, name, me));
    let all = el("div", "section");
    if here.is_empty() {
        return all;
    }
    let is_open = it.is_open(session.today());
    let removed = Survey { withdrawn: !it.withdrawn, ..it.clone() };
    let more = (is_open && !missing.is_empty()).then(|| {
        let (missing, it) = (missing.clone(), it.clone());
        let words = ask_others(missing.len());
        button("button", move || spread(session, missing.clone(), it.clone(), fault)).add(words)
    });
    all.add(soft(asked_in(here.len())))
        .add(told(fault))
        .add(more)
        .add(removal(&it, move || spread(session, here.clone(), removed.clone(), fault)))
}

fn stands_in(session: Session, track: DossierId, survey: SurveyId, asked_by: PersonId) -> bool {
    session.with(track, |it| it.rules.asked_by(survey)).flatten() == Some(asked_by)
}

fn spread(session: Session, tracks: Vec<DossierId>, it: Survey, fault: RwSignal<Option<NotKept>>) {
    fault.set(None);
    spawn_local(async move {
        if let Err(why) = put_into(session, tracks, it).await {
            fault.try_set(Some(why));
        }
    });
}
