//! Evaluation on goals: mastered enough or not yet, with grounds (E5, E6), attitudes beside them (E7), and the decision (E10).
//! What was confirmed is one tap away and decides nothing.

use super::form::{Asks, Filled, Sort, field, form, one_of};
use crate::parts::{
    El, Icon, Part, Tone, dates, el, icon, link, page_named, section, soft, state_chip,
};
use crate::screens::file::{Guided, file_of, may_now, reading, screen_of};
use crate::screens::reading::{disclosure, disclosure_of, finding_chip, name};
use crate::screens::work_floor::sheets;
use crate::screens::{LEARNER, MENTOR, program};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Attitude, AttitudeSeen, Attitudes, Body, Deliberation, Dossier, Evaluation, EvaluationKind,
    Finding, Role, Said, Shows, TrackResult,
};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::progress::Progress;
use leptos::prelude::*;

words! {
    rests_on(goal, level, count) { nl "{goal} · {level}, {count} keer bevestigd" en "{goal} · {level}, confirmed {count} times" fr "{goal} · {level}, confirmé {count} fois" }
    no_level_yet { nl "nog geen niveau" en "no level yet" fr "pas encore de niveau" }
    title { nl "Evaluatie" en "Evaluation" fr "Évaluation" }
    explain { nl "De school beslist per doel, met haar redenen. Bevestigde activiteiten en uren beslissen niets vanzelf." en "The school decides per goal, with its reasons. Confirmed activities and hours decide nothing by themselves." fr "L’école décide par objectif, avec ses raisons. Les activités et les heures confirmées ne décident rien d’elles-mêmes." }
    goals { nl "Doelen" en "Goals" fr "Objectifs" }
    mastered { nl "Voldoende beheerst" en "Mastered enough" fr "Suffisamment maîtrisé" }
    not_yet { nl "Nog niet" en "Not yet" fr "Pas encore" }
    unseen { nl "Nog niet geëvalueerd" en "Not evaluated yet" fr "Pas encore évalué" }
    formative { nl "Onderweg" en "Along the way" fr "En cours de route" }
    summative { nl "Telt mee" en "Counts" fr "Compte" }
    kind { nl "Waarvoor?" en "For what?" fr "Pour quoi ?" }
    is_mastered { nl "Beheerst de cursist dit doel voldoende?" en "Has the learner mastered this goal enough?" fr "L’apprenant maîtrise-t-il assez cet objectif ?" }
    grounds { nl "Waarom? Waaruit blijkt dat?" en "Why? What shows it?" fr "Pourquoi ? Qu’est-ce qui le montre ?" }
    heard { nl "Wat zei de mentor?" en "What did the mentor say?" fr "Qu’a dit le mentor ?" }
    evaluate_this { nl "Evalueer dit doel" en "Evaluate this goal" fr "Évaluer cet objectif" }
    which_mentor { nl "Welke mentor zei dat?" en "Which mentor said that?" fr "Quel mentor a dit cela ?" }
    wrong { nl "Kies ja of nog niet en schrijf waarom." en "Choose yes or not yet and write why." fr "Choisissez oui ou pas encore et écrivez pourquoi." }
    mentor_said(words) { nl "Mentor gehoord: {words}" en "Mentor heard: {words}" fr "Mentor entendu : {words}" }
    evidence(count) { nl "Wat er bevestigd is ({count})" en "What was confirmed ({count})" fr "Ce qui est confirmé ({count})" }
    earlier { nl "Alle evaluaties van dit doel" en "All evaluations of this goal" fr "Toutes les évaluations de cet objectif" }
    attitudes_title { nl "Houding op het werk" en "Attitude at work" fr "Attitude au travail" }
    note_attitudes { nl "Noteer hoe de houding is" en "Note how the attitude is" fr "Noter l’attitude" }
    punctual { nl "Komt op tijd" en "Is on time" fr "Est à l’heure" }
    orderly { nl "Werkt ordelijk" en "Works tidily" fr "Travaille avec ordre" }
    disciplined { nl "Houdt zich aan afspraken" en "Keeps to what was agreed" fr "Respecte les accords" }
    right { nl "Heeft de juiste houding" en "Has the right attitude" fr "A la bonne attitude" }
    seldom { nl "Zelden" en "Seldom" fr "Rarement" }
    sometimes { nl "Soms" en "Sometimes" fr "Parfois" }
    mostly { nl "Meestal" en "Mostly" fr "La plupart du temps" }
    always { nl "Altijd" en "Always" fr "Toujours" }
    word { nl "Een woord daarbij" en "A word along with it" fr "Un mot à ce sujet" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong_attitudes { nl "Kies bij minstens één houding hoe vaak je ze ziet." en "Choose for at least one attitude how often you see it." fr "Choisissez pour au moins une attitude sa fréquence." }
    decision { nl "Beslissing" en "Decision" fr "Décision" }
    decide { nl "Noteer de deliberatie" en "Note the deliberation" fr "Noter la délibération" }
    result { nl "Wat is het resultaat?" en "What is the result?" fr "Quel est le résultat ?" }
    present { nl "Wie besliste?" en "Who decided?" fr "Qui a décidé ?" }
    which { nl "Welke doelen zijn beheerst?" en "Which goals are mastered?" fr "Quels objectifs sont maîtrisés ?" }
    day { nl "Wanneer?" en "When?" fr "Quand ?" }
    wrong_decision { nl "Vul dag, wie en waarom in. Een certificaat of deelresultaat noemt doelen, geen resultaat noemt er geen." en "Fill in day, who and why. A certificate or partial result names goals, no result names none." fr "Indiquez le jour, qui et pourquoi. Un certificat ou un résultat partiel nomme des objectifs, aucun résultat n’en nomme pas." }
    official { nl "Het officiële document komt van het centrum." en "The official document comes from the centre." fr "Le document officiel vient du centre." }
    achieved { nl "Attest van wat bereikt is" en "Attestation of what was achieved" fr "Attestation des acquis" }
    unknown { nl "Dit doel staat niet in het plan." en "This goal is not in the plan." fr "Cet objectif n’est pas dans le plan." }
}

fn attitude_words(it: Attitude) -> &'static str {
    match it {
        Attitude::Punctual => punctual(),
        Attitude::Orderly => orderly(),
        Attitude::Disciplined => disciplined(),
        Attitude::RightAttitude => right(),
    }
}

fn shows_words(it: Shows) -> &'static str {
    match it {
        Shows::Seldom => seldom(),
        Shows::Sometimes => sometimes(),
        Shows::Mostly => mostly(),
        Shows::Always => always(),
    }
}

fn verdict(it: Option<&Said<Evaluation>>) -> AnyView {
    match it {
        Some(it) if it.what.mastered => state_chip(Tone::Confirmed, Icon::Check, mastered()),
        Some(_) => state_chip(Tone::Waiting, Icon::Circle, not_yet()),
        None => state_chip(Tone::Plain, Icon::Hourglass, unseen()),
    }
}

type Attending = fn(DossierId) -> El;
type Deciding = fn(Session, DossierId) -> El;
type Evaluating = fn(Session, DossierId, String) -> El;

pub(crate) const ATTENDING: Attending = attending;
pub(crate) const DECIDING: Deciding = deciding;
pub(crate) const EVALUATING: Evaluating = evaluating;

pub(crate) fn evaluation(
    dossier: &str,
    attending: Option<Attending>,
    deciding: Guided<Deciding>,
) -> AnyView {
    screen_of(
        dossier,
        title,
        file_of,
        Box::new(move |session, dossier, page| {
            let today = untrack(|| session.today());
            // Of the cursist and of the school: a mentor reads the evaluation itself.
            let has_attestation = program().name != MENTOR.name;
            let attends = may_now(session, dossier, &sample_attitudes());
            let decides = may_now(session, dossier, &sample_decision(today));
            page.add(soft(explain()))
                .add(reading(session, dossier, decision_card))
                .add(has_attestation.then(|| {
                    link(format!("/achieved/{dossier}"), "button")
                        .add(icon(Icon::Book))
                        .add(achieved())
                }))
                .add(reading(session, dossier, goal_list))
                .add(reading(session, dossier, attitude_list))
                .add(
                    attending
                        .filter(|_| attends)
                        .map(|it| disclosure(note_attitudes().to_owned(), it(dossier))),
                )
                .add(
                    deciding
                        .filter(|_| decides)
                        .map(|it| disclosure(decide().to_owned(), it(session, dossier))),
                )
        }),
    )
}

fn sample_attitudes() -> Body {
    let seen = vec![AttitudeSeen { attitude: Attitude::Punctual, shows: Shows::Always }];
    Body::Attitudes(Attitudes { seen, word: String::new() })
}

fn sample_decision(day: Day) -> Body {
    let (present, grounds) = ("?".to_owned(), "?".to_owned());
    let (mastered, result) = (Vec::new(), TrackResult::NotYet);
    Body::Deliberation(Deliberation { day, present, mastered, result, grounds })
}

fn goal_list(_: Session, it: &Dossier) -> AnyView {
    let row = |goal: &dubbelspoor_domain::dossier::Goal| {
        let text = el("span", "row-text")
            .add(el("span", "").add(vocabulary::translated(&goal.title)))
            .add(el("span", "").add(verdict(it.evaluations.standing(&goal.goal))));
        link(format!("/evaluate/{}/{}", it.id, goal.goal), "row").add(text).add(icon(Icon::Forward))
    };
    let rows: Vec<El> = it.plan.goals().map(row).collect();
    section(goals()).add(el("div", "rows").add(rows)).part()
}

/// One goal: what was said of it, the evidence for whoever asks, and the form for the school.
pub(crate) fn evaluate(dossier: &str, goal: &str, evaluating: Guided<Evaluating>) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return page_named(title().part(), Some("/".to_owned())).part();
    };
    let code = goal.to_owned();
    let shown = reading(session, dossier, move |session, it| match it.plan.get(&code) {
        Some(goal) => one_goal(session, it, goal),
        None => soft(unknown()).part(),
    });
    let probe = sample(goal);
    let evaluates = may_now(session, dossier, &probe);
    let form = evaluating.filter(|_| evaluates).map(|it| it(session, dossier, goal.to_owned()));
    page_named(title().part(), Some(format!("/evaluation/{dossier}"))).add(shown).add(form).part()
}

fn sample(goal: &str) -> Body {
    Body::Evaluation(Evaluation {
        goal: goal.to_owned(),
        kind: EvaluationKind::Formative,
        mastered: false,
        grounds: "?".to_owned(),
        heard: None,
        mentor_said: String::new(),
        evidence: Vec::new(),
    })
}

fn one_goal(session: Session, it: &Dossier, goal: &dubbelspoor_domain::dossier::Goal) -> AnyView {
    let all = it.evaluations.of_goal(&goal.goal);
    let cards: Vec<El> = all.iter().rev().map(|said| card(session, it, said)).collect();
    let progress = it.progress();
    let found = progress.iter().find(|it| it.goal.goal == goal.goal);
    let underlying = found.filter(|it| !it.evidence.is_empty()).map(|found| {
        let row = |evidence: &dubbelspoor_domain::progress::Evidence| {
            let line = format!("{} · {}", dates::short_day(evidence.day), name(it, evidence.by));
            let opens = match program().name == LEARNER.name {
                true => format!("/entry/{}", evidence.entry),
                false => format!("/confirm/{}/{}", it.id, evidence.entry),
            };
            let text = el("span", "row-text").add(line).add(finding_chip(evidence.finding));
            el("li", "").add(link(opens, "row").add(text).add(icon(Icon::Forward)))
        };
        let rows: Vec<El> = found.evidence.iter().rev().map(row).collect();
        disclosure_of(goal.goal.clone(), evidence(rows.len()), el("ul", "rows").add(rows))
    });
    let head = el("div", "card-line")
        .add(el("h2", "").add(vocabulary::translated(&goal.title)))
        .add(verdict(it.evaluations.standing(&goal.goal)));
    let list = (!cards.is_empty()).then(|| section(earlier()).add(el("ul", "list").add(cards)));
    vec![
        head.part(),
        goal.criteria.clone().map(|it| el("p", "words").add(it)).part(),
        underlying.part(),
        found.map(|found| sheets(session, it, found)).part(),
        list.part(),
    ]
    .part()
}

fn card(session: Session, it: &Dossier, said: &Said<Evaluation>) -> El {
    let day = dates::day(Day::of_millis(said.at.millis()), session.today());
    let for_what = match said.what.kind {
        EvaluationKind::Formative => formative(),
        EvaluationKind::Summative => summative(),
    };
    let heard = (!said.what.mentor_said.is_empty())
        .then(|| el("p", "words").add(mentor_said(said.what.mentor_said.clone())));
    el("li", "card")
        .add(el("div", "card-line").add(verdict(Some(said))).add(el("span", "soft").add(for_what)))
        .add(el("p", "words").add(said.what.grounds.clone()))
        .add(heard)
        .add(soft(format!("{} · {day}", name(it, said.by))))
}

fn evaluating(session: Session, dossier: DossierId, goal: String) -> El {
    let kinds = vec![(0, formative().to_owned()), (1, summative().to_owned())];
    let answers = vec![(1, mastered().to_owned()), (0, not_yet().to_owned())];
    let mut fields = vec![
        field("evaluate-kind", kind(), Sort::One(kinds)).with("0"),
        field("evaluate-mastered", is_mastered(), Sort::One(answers)),
        field("evaluate-grounds", grounds(), Sort::Text(1_500)),
        field("evaluate-heard", heard(), Sort::Text(1_500)),
    ];
    let (mentors, evidence) = untrack(|| {
        session.with(dossier, |it| {
            let found = it.progress().into_iter().find(|it| it.goal.goal == goal);
            let evidence = found.map(|it| it.evidence).unwrap_or_default();
            let hashes: Vec<_> = evidence.iter().rev().map(|it| it.confirmation).take(50).collect();
            let mut mentors: Vec<(PersonId, String)> = Vec::new();
            for person in it.links.current(Role::Mentor, session.today()) {
                if mentors.iter().all(|(other, _)| *other != person) {
                    mentors.push((person, name(it, person)));
                }
            }
            (mentors, hashes)
        })
    })
    .unwrap_or_default();
    // There too where there is one: the length of the form is that of what is kept of it.
    let several = mentors.iter().filter(|_| mentors.len() > 1);
    let named = several.map(|(person, name)| (person.to_string(), name.clone()));
    fields.push(field("evaluate-mentor", which_mentor(), Sort::Find(named.collect())));
    let about = format!("evaluate-{goal}");
    let asks = Asks { about: &about, send: evaluate_this(), wrong: wrong(), then: None };
    let read = move |it: &Filled| {
        let mentor_said = it.text(3);
        let mentor = match (mentor_said.is_empty(), &*mentors) {
            (true, _) => None,
            (false, [] | [_]) => mentors.first(),
            (false, several) => {
                let key = it.words(4)?;
                Some(several.iter().find(|(person, _)| person.to_string() == key)?)
            }
        };
        let mentor = mentor.map(|(person, _)| *person);
        let kind = match it.number(0)? {
            0 => EvaluationKind::Formative,
            _ => EvaluationKind::Summative,
        };
        Some(vec![Body::Evaluation(Evaluation {
            goal: goal.clone(),
            kind,
            mastered: it.number(1)? == 1,
            grounds: it.words(2)?,
            heard: mentor,
            mentor_said,
            evidence: evidence.clone(),
        })])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn attitude_list(session: Session, it: &Dossier) -> AnyView {
    let card = |said: &Said<Attitudes>| {
        let mut list = el("ul", "bars");
        for seen in &said.what.seen {
            list = list.add(
                el("li", "card-line")
                    .add(el("span", "").add(attitude_words(seen.attitude)))
                    .add(el("span", "state").add(shows_words(seen.shows))),
            );
        }
        let day = dates::day(Day::of_millis(said.at.millis()), session.today());
        let word = (!said.what.word.is_empty()).then(|| said.what.word.clone());
        el("li", "card")
            .add(soft(format!("{} · {day}", name(it, said.by))))
            .add(list)
            .add(word.map(|it| el("p", "words").add(it)))
    };
    let cards: Vec<El> = it.evaluations.attitudes().iter().rev().take(12).map(card).collect();
    (!cards.is_empty()).then(|| section(attitudes_title()).add(el("ul", "list").add(cards))).part()
}

fn attending(dossier: DossierId) -> El {
    let ids = ["attitude-1", "attitude-2", "attitude-3", "attitude-4"];
    let mut fields: Vec<_> = ids
        .into_iter()
        .zip(Attitude::ALL)
        .map(|(id, it)| field(id, attitude_words(it), one_of(Shows::ALL.map(shows_words))))
        .collect();
    fields.push(field("attitude-word", word(), Sort::Text(1_000)));
    let asks = Asks { about: "attitudes", send: save(), wrong: wrong_attitudes(), then: None };
    let read = |it: &Filled| {
        let mut seen = Vec::new();
        for (at, attitude) in Attitude::ALL.into_iter().enumerate() {
            let shows = it.number(at).and_then(|it| Shows::ALL.get(it as usize));
            seen.extend(shows.map(|shows| AttitudeSeen { attitude, shows: *shows }));
        }
        let word = it.text(4);
        (!seen.is_empty()).then(|| vec![Body::Attitudes(Attitudes { seen, word })])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn decision_card(_: Session, it: &Dossier) -> AnyView {
    let card = it.evaluations.deliberation().map(|said| {
        let mut list = el("ul", "rows");
        for goal in &said.what.mastered {
            let words = it.plan.known(goal).map(|it| vocabulary::translated(&it.title));
            list = list.add(el("li", "row").add(icon(Icon::Check)).add(words));
        }
        let day = dates::short_day(said.what.day);
        section(decision()).add(
            el("div", "card")
                .add(el("h3", "").add(vocabulary::track_result(said.what.result)))
                .add(soft(format!("{day} · {}", said.what.present)))
                .add(el("p", "words").add(said.what.grounds.clone()))
                .add(list)
                .add(soft(official())),
        )
    });
    card.part()
}

fn deciding(session: Session, dossier: DossierId) -> El {
    let today = untrack(|| session.today());
    let (goals, known) = untrack(|| {
        session.with(dossier, |it| {
            let all: Vec<_> =
                it.progress().iter().map(|it| (it.goal.goal.clone(), ground(it))).collect();
            let known = it.plan.goals().filter(|goal| it.evaluations.is_mastered(&goal.goal));
            let known: Vec<_> = known.map(|it| it.goal.clone()).collect();
            (all, known.join("\n"))
        })
    })
    .unwrap_or_default();
    let fields = vec![
        field("decide-day", day(), Sort::Date).with(dates::for_field(today)),
        field("decide-present", present(), Sort::Line),
        field("decide-goals", which(), Sort::Many(goals)).with(known),
        field("decide-result", result(), one_of(TrackResult::ALL.map(vocabulary::track_result))),
        field("decide-grounds", grounds(), Sort::Text(1_500)),
    ];
    let asks = Asks { about: "decide", send: save(), wrong: wrong_decision(), then: None };
    let read = |it: &Filled| {
        let (mastered, result) = (it.many(2), *TrackResult::ALL.get(it.number(3)? as usize)?);
        let fits = (result == TrackResult::NotYet) == mastered.is_empty();
        let (day, present, grounds) = (it.day(0)?, it.words(1)?, it.words(4)?);
        let body = Deliberation { day, present, mastered, result, grounds };
        fits.then(|| vec![Body::Deliberation(body)])
    };
    form(dossier, asks, fields, Box::new(read))
}

/// A goal with what it rests on: who decides has it before their eyes.
fn ground(it: &Progress<'_>) -> String {
    let level = it.level.map_or(no_level_yet(), vocabulary::level);
    let reached = it.evidence.iter().filter(|it| matches!(it.finding, Finding::Reached(_)));
    rests_on(vocabulary::translated(&it.goal.title), level, reached.count())
}
