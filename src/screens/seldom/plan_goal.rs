//! A goal of the plan made concrete (B1, B2, E2): by what one sees it, where, when, by whom; the coach changes it, and notes
//! what somebody could before (B9).

use super::form::{Asks, Field, Filled, Sort, field, form, named, one_of};
use super::goal_parts::{
    by, by_whom, competences, criteria, exactly, expected, line, made_of, name, proposal_words,
    sample, where_exactly, where_when,
};
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, link, notice, offer_undo, page_named, section, soft,
    state_chip,
};
use crate::screens::file::{Guided, may, may_now, reading};
use crate::screens::message::put;
use crate::screens::reading::{disclosure, name as by_name};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, Competence, CompetenceType, Dossier, Finding, Goal, GoalDropped, Level, Place,
    PlanAnswered, PriorLearning, Role, Translated,
};
use dubbelspoor_domain::id::{DossierId, EventHash, PersonId, WorkplaceId};
use dubbelspoor_domain::{Added, Day};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

words! {
    per_line(sort) { nl "{sort}, één per regel" en "{sort}, one per line" fr "{sort}, un par ligne" }
    title { nl "Doel" en "Goal" fr "Objectif" }
    new_title { nl "Nieuw doel" en "New goal" fr "Nouvel objectif" }
    no_criteria { nl "Nog niet beschreven." en "Not described yet." fr "Pas encore décrit." }
    aim(level) { nl "Verwacht: {level}" en "Expected: {level}" fr "Attendu : {level}" }
    drop_it { nl "Haal dit doel uit het plan" en "Take this goal out of the plan" fr "Retirer cet objectif du plan" }
    dropped(goal) { nl "Uit het plan: {goal}" en "Out of the plan: {goal}" fr "Retiré du plan : {goal}" }
    change { nl "Pas dit doel aan" en "Change this goal" fr "Modifier cet objectif" }
    code { nl "Code" en "Code" fr "Code" }
    places { nl "Waar?" en "Where?" fr "Où ?" }
    workplaces { nl "Op welke leerwerkplek?" en "At which workplace?" fr "Sur quel lieu de travail ?" }
    by_others { nl "Nog iemand, in woorden" en "Somebody else, in words" fr "Quelqu’un d’autre, en mots" }
    from { nl "Eerste week van het plan" en "First week of the plan" fr "Première semaine du plan" }
    to { nl "Laatste week van het plan" en "Last week of the plan" fr "Dernière semaine du plan" }
    save { nl "Bewaar het doel" en "Save the goal" fr "Enregistrer l’objectif" }
    wrong { nl "Vul code, naam, minstens één plaats en de weken in: de laatste komt niet voor de eerste." en "Fill in code, name, at least one place and the weeks: the last is not before the first." fr "Indiquez le code, le nom, au moins un lieu et les semaines : la dernière n’est pas avant la première." }
    prior { nl "Eerder geleerd" en "Learnt before" fr "Appris auparavant" }
    prior_level { nl "Op welk niveau?" en "At which level?" fr "À quel niveau ?" }
    prior_shows { nl "Waaruit blijkt dat?" en "What shows it?" fr "Qu’est-ce qui le montre ?" }
    prior_save { nl "Noteer wat al geleerd is" en "Note what was learnt before" fr "Noter les acquis" }
    prior_wrong { nl "Kies een niveau en schrijf waaruit het blijkt." en "Choose a level and write what shows it." fr "Choisissez un niveau et écrivez ce qui le montre." }
    does_not_count { nl "Telt niet meer mee" en "No longer counts" fr "Ne compte plus" }
    answer_words { nl "Woorden bij je antwoord" en "Words with your answer" fr "Quelques mots avec votre réponse" }
    take_over { nl "Neem over met dit doel" en "Take over with this goal" fr "Reprendre avec cet objectif" }
    take_over_lead { nl "Dit voorstel is in woorden. Pas het doel aan: daarmee is het overgenomen." en "This proposal is in words. Change the goal: with that it is taken over." fr "Cette proposition est en mots. Modifiez l’objectif : elle est alors reprise." }
    not_here(who, day) { nl "Kan niet op de werkplek, zei {who} op {day}." en "Not possible at the workplace, {who} said on {day}." fr "Pas possible sur le lieu de travail, a dit {who} le {day}." }
    elsewhere { nl "Stel voor waar het wel kan" en "Propose where it is possible" fr "Proposer où c’est possible" }
    unknown { nl "Dit doel staat niet in het plan." en "This goal is not in the plan." fr "Cet objectif n’est pas dans le plan." }
}

/// The names of the fields for the sorts of competence.
const PARTS: [&str; 3] = ["goal-knowledge", "goal-skills", "goal-attitudes"];
/// All places.
const PLACES: [Place; 3] = [Place::Workplace, Place::School, Place::TrainingCentre];

type Changing = fn(DossierId, Option<Goal>, Option<EventHash>) -> El;
type Noting = fn(Session, DossierId, String) -> El;

pub(crate) const CHANGING: Changing = changing;
pub(crate) const NOTING: Noting = noting;

pub(crate) fn plan_goal(dossier: &str, goal: &str, forms: Guided<(Changing, Noting)>) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return page_named(title().part(), Some("/".to_owned())).part();
    };
    let up = Some(format!("/plan/{dossier}"));
    let (code, is_new) = (goal.to_owned(), goal == "new");
    let before = untrack(|| session.with(dossier, |it| it.plan.get(goal).cloned())).flatten();
    let sample = Body::Goal(before.clone().unwrap_or_else(blank));
    let steers = may_now(session, dossier, &sample);
    if is_new {
        let page = page_named(new_title().part(), up);
        let form = forms.filter(|_| steers).map(|(change, _)| change(dossier, None, None));
        return page.add(form).part();
    }
    let fault = RwSignal::new(None::<NotKept>);
    let shown = reading(session, dossier, move |session, it| match it.plan.get(&code) {
        Some(goal) => told_of(session, it, goal, fault),
        None => soft(unknown()).part(),
    });
    let mut page = page_named(title().part(), up).add(shown).add(told(fault));
    if let (Some(goal), Some((changing, noting))) = (before.filter(|_| steers), forms) {
        let noting = noting(session, dossier, goal.goal.clone());
        let gone = dropping(session, dossier, goal.clone(), fault);
        page = page
            .add(disclosure(change().to_owned(), changing(dossier, Some(goal), None)))
            .add(disclosure(prior_save().to_owned(), noting))
            .add(gone);
    }
    page.part()
}

/// One tap takes it out of the plan, and undo brings it back; all three are asked to agree again.
fn dropping(
    session: Session,
    dossier: DossierId,
    goal: Goal,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let (offer, navigate) = (offer_undo(), use_navigate());
    let tap = move || {
        let back = goal.clone();
        put(session, dossier, Body::GoalDropped(GoalDropped { goal: goal.goal.clone() }), fault);
        let undo = move || put(session, dossier, Body::Goal(back.clone()), fault);
        offer(dropped(vocabulary::translated(&goal.title)), Box::new(undo));
        navigate(&format!("/plan/{dossier}"), Default::default());
    };
    button("button button-quiet", tap).add(drop_it())
}

/// The form of a goal that a proposal in words is about: who keeps it takes the proposal over in the same stroke (B3).
pub(crate) fn taking_over(dossier: &str, goal: &str, proposal: &str) -> AnyView {
    let session = use_session();
    let (dossier, proposal) = (DossierId::from_hex(dossier), EventHash::from_hex(proposal));
    let (Some(dossier), Some(proposal)) = (dossier, proposal) else {
        return page_named(title().part(), Some("/".to_owned())).add(soft(unknown())).part();
    };
    let page = page_named(change().part(), Some(format!("/plan/{dossier}")));
    let found = untrack(|| {
        session.with(dossier, |it| {
            let said = it.plan_talk.open().find(|it| it.hash == proposal)?;
            let words = format!("{}: {}", by_name(it, said.by), proposal_words(&said.what));
            let goal = it.plan.get(goal)?.clone();
            may(session, it, &Body::Goal(goal.clone())).then(|| {
                let card = el("div", "card")
                    .add(el("h2", "").add(words))
                    .add(el("p", "words").add(said.what.reason.clone()));
                (card, goal)
            })
        })
    });
    let Some((card, goal)) = found.flatten() else { return page.add(soft(unknown())).part() };
    page.add(card)
        .add(el("p", "page-lead").add(take_over_lead()))
        .add(changing(dossier, Some(goal), Some(proposal)))
        .part()
}

/// A goal that a mentor found not possible at the workplace, and the one tap that moves it (B8).
fn not_possible(session: Session, it: &Dossier, goal: &Goal) -> Option<El> {
    let progress = it.progress().into_iter().find(|it| it.goal.goal == goal.goal)?;
    let last = progress.evidence.last().filter(|it| it.finding == Finding::NotPossibleHere)?;
    let since = it.confirmations.get(last.confirmation)?.at;
    if !it.waits_for_place(&goal.goal, since) {
        return None;
    }
    let words = not_here(by_name(it, last.by), dates::day(last.day, session.today()));
    let proposes = may(session, it, &sample());
    let way = proposes
        .then(|| link(format!("/elsewhere/{}/{}", it.id, goal.goal), "button").add(elsewhere()));
    Some(notice(Tone::NeedsYou, vec![el("p", "").add(words)]).add(way))
}

fn blank() -> Goal {
    Goal {
        goal: "?".to_owned(),
        title: Translated::default(),
        competences: Vec::new(),
        expected: Level::Supervised,
        places: vec![Place::Workplace],
        from_week: 1,
        to_week: 1,
        criteria: None,
        by: None,
        where_exactly: None,
        workplaces: Added::default(),
        people: Added::default(),
    }
}

/// What of a dossier a goal may name: its workplaces, and those who can teach. Whoever the goal names already stays one.
#[derive(Default)]
struct Nameable {
    workplaces: Vec<(String, String)>,
    people: Vec<(String, String)>,
}

fn nameable(it: &Dossier, goal: Option<&Goal>, today: Day) -> Nameable {
    let workplaces =
        it.start.workplaces().map(|it| (it.workplace.to_string(), it.company.clone())).collect();
    let mut people: Vec<PersonId> = goal.map(|it| it.people.to_vec()).unwrap_or_default();
    let teaches = |role| matches!(role, Role::Mentor | Role::Teacher | Role::Coach);
    let links = it.links.lasting(today).filter(|it| teaches(it.link.role));
    people.extend(links.map(|it| it.link.person));
    people.sort_unstable();
    people.dedup();
    let people = people.into_iter().map(|who| (who.to_string(), by_name(it, who))).collect();
    Nameable { workplaces, people }
}

/// The names that a field for many of these holds at first.
fn chosen<T: ToString>(ids: &[T]) -> String {
    ids.iter().map(T::to_string).collect::<Vec<_>>().join("\n")
}

fn told_of(
    session: Session,
    it: &Dossier,
    goal: &Goal,
    fault: RwSignal<Option<NotKept>>,
) -> AnyView {
    let dossier = it.id;
    let places: Vec<_> = goal.places.iter().map(|it| vocabulary::place(*it)).collect();
    let mut more = vec![where_exactly(it, goal), by_whom(it, goal)];
    more.retain(|it| !it.is_empty());
    let prior = it.plan_talk.prior(&goal.goal).map(|said| {
        let level = said.what.level.map(vocabulary::level).unwrap_or_default();
        let off = Body::PriorLearning(PriorLearning { level: None, ..said.what.clone() });
        let guides = may(session, it, &off);
        let take_back = move || put(session, dossier, off.clone(), fault);
        el("div", "card")
            .add(state_chip(Tone::Plain, Icon::Check, prior()))
            .add(el("p", "").add(format!("{level} · {}", dates::short_day(said.what.on))))
            .add(el("p", "words").add(said.what.evidence.clone()))
            .add(guides.then(|| button("button button-quiet", take_back).add(does_not_count())))
    });
    vec![
        el("h2", "").add(vocabulary::translated(&goal.title)).part(),
        not_possible(session, it, goal).part(),
        section(criteria())
            .add(el("p", "words").add(goal.criteria.clone().unwrap_or(no_criteria().to_owned())))
            .add(soft(aim(vocabulary::level(goal.expected))))
            .part(),
        section(where_when())
            .add(el("p", "").add(line(places.join(" + "), goal.from_week, goal.to_week)))
            .add((!more.is_empty()).then(|| el("p", "").add(more.join(" · "))))
            .part(),
        prior.part(),
        section(made_of()).add(competences(goal)).part(),
    ]
    .part()
}

fn levels() -> Sort {
    one_of(Level::ALL.map(vocabulary::level))
}

fn changing(dossier: DossierId, before: Option<Goal>, answers: Option<EventHash>) -> El {
    let session = use_session();
    let may_name =
        untrack(|| session.with(dossier, |it| nameable(it, before.as_ref(), session.today())));
    let Nameable { workplaces: at, people } = may_name.unwrap_or_default();
    let it = before.clone().unwrap_or_else(blank);
    let shown = |text: &String| if before.is_some() { text.clone() } else { String::new() };
    let places_now: Vec<usize> = (0..)
        .zip(PLACES)
        .filter(|(_, place)| it.places.contains(place))
        .map(|(at, _)| at)
        .collect();
    let options = (0..)
        .zip(PLACES)
        .map(|(at, place): (u32, Place)| (at.to_string(), vocabulary::place(place).to_owned()))
        .collect();
    let lines = |sort: CompetenceType| -> String {
        let of_sort = it.competences.iter().filter(|it| it.sort == sort);
        of_sort.map(|it| vocabulary::translated(&it.text)).collect::<Vec<_>>().join("\n")
    };
    // Under another code it would be another goal: only a new one gets a code.
    let mut fields: Vec<Field> =
        before.is_none().then(|| field("goal-code", code(), Sort::Line)).into_iter().collect();
    let first = fields.len();
    fields.extend([
        field("goal-name", name(), Sort::Line).with(shown(&it.title.nl)),
        field("goal-criteria", criteria(), Sort::Text(1_000))
            .with(it.criteria.clone().unwrap_or_default()),
        field("goal-level", expected(), levels()).with((it.expected as u8 - 1).to_string()),
        field("goal-places", places(), Sort::Many(options)).with(chosen(&places_now)),
        field("goal-from", from(), Sort::Number).with(it.from_week.to_string()),
        field("goal-to", to(), Sort::Number).with(it.to_week.to_string()),
        field("goal-workplaces", workplaces(), Sort::Many(at)).with(chosen(&it.workplaces)),
        field("goal-exactly", exactly(), Sort::Line)
            .with(it.where_exactly.clone().unwrap_or_default()),
        field("goal-people", by(), Sort::Many(people)).with(chosen(&it.people)),
        field("goal-by", by_others(), Sort::Line).with(it.by.clone().unwrap_or_default()),
    ]);
    for (id, sort) in PARTS.into_iter().zip(CompetenceType::ALL) {
        let label = per_line(vocabulary::competence_type(sort));
        fields.push(named(id, label, Sort::Text(4_000)).with(lines(sort)));
    }
    let mut about = format!("goal-{}", it.goal);
    if let Some(proposal) = answers {
        fields.push(field("goal-answer", answer_words(), Sort::Text(1_000)));
        about = format!("{about}-{proposal}");
    }
    let then = Some(format!("/plan/{dossier}"));
    let send = if answers.is_some() { take_over() } else { save() };
    let asks = Asks { about: &about, send, wrong: wrong(), then };
    let read = move |filled: &Filled| {
        let number = |at| filled.number(first + at).and_then(|it| u16::try_from(it).ok());
        let (from_week, to_week) = (number(4)?, number(5)?);
        let places: Vec<Place> = filled
            .many(first + 3)
            .iter()
            .filter_map(|it| PLACES.get(it.parse::<usize>().ok()?).copied())
            .collect();
        // Who changes the Dutch name leaves the others as they are, unless there are none.
        let title = Translated { nl: filled.words(first)?, ..it.title.clone() };
        let code = if first == 0 { it.goal.clone() } else { filled.words(0)? };
        let goal = Goal {
            title,
            competences: competences_in(&it, &code, [10, 11, 12].map(|at| filled.text(first + at))),
            goal: code,
            expected: *Level::ALL.get(filled.number(first + 2)? as usize)?,
            places,
            from_week,
            to_week,
            criteria: filled.words(first + 1),
            by: filled.words(first + 9),
            where_exactly: filled.words(first + 7),
            workplaces: ids(filled, first + 6, WorkplaceId::from_hex),
            people: ids(filled, first + 8, PersonId::from_hex),
        };
        let fits = !goal.places.is_empty() && from_week <= to_week;
        let answer = answers.map(|proposal| {
            let text = filled.text(first + 13);
            Body::PlanAnswered(PlanAnswered { proposal, taken_over: true, text })
        });
        fits.then(|| [Body::Goal(goal)].into_iter().chain(answer).collect())
    };
    form(dossier, asks, fields, Box::new(read))
}

/// Of each sort a competence a line. Lines that were there before stay what they are, with their code and other languages.
fn competences_in(before: &Goal, code: &str, parts: [String; 3]) -> Vec<Competence> {
    let mut all: Vec<Competence> = Vec::new();
    for (sort, text) in CompetenceType::ALL.into_iter().zip(parts) {
        for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
            let is_it =
                |it: &&Competence| it.sort == sort && vocabulary::translated(&it.text) == line;
            let known = before.competences.iter().find(is_it).cloned();
            let is_new = |code: &String| {
                let mut taken = before.competences.iter().chain(&all);
                taken.all(|it| it.code != *code)
            };
            let code = || (1..).map(|it| format!("{code}.{it}")).find(is_new).unwrap_or_default();
            let new = || {
                let text = Translated { nl: line.to_owned(), ..Translated::default() };
                Competence { code: code(), sort, text }
            };
            all.push(known.unwrap_or_else(new));
        }
    }
    // In another order it would be another plan, for all three to agree to anew.
    let is_same = all.len() == before.competences.len()
        && all.iter().all(|it| before.competences.contains(it));
    if is_same { before.competences.clone() } else { all }
}

/// What was chosen in a field of names; in which order somebody tapped makes no other plan.
fn ids<T: Ord>(it: &Filled, at: usize, read: fn(&str) -> Option<T>) -> Added<T> {
    let mut all: Vec<T> = it.many(at).iter().filter_map(|it| read(it)).collect();
    all.sort_unstable();
    Added(all)
}

fn noting(session: Session, dossier: DossierId, goal: String) -> El {
    let on = untrack(|| session.today());
    let fields = vec![
        field("prior-level", prior_level(), levels()),
        field("prior-shows", prior_shows(), Sort::Text(1_000)),
    ];
    let about = format!("prior-{goal}");
    let asks = Asks { about: &about, send: prior_save(), wrong: prior_wrong(), then: None };
    let read = move |it: &Filled| {
        let level = Some(*Level::ALL.get(it.number(0)? as usize)?);
        let evidence = it.words(1)?;
        let goal = goal.clone();
        Some(vec![Body::PriorLearning(PriorLearning { goal, evidence, on, level })])
    };
    form(dossier, asks, fields, Box::new(read))
}
