//! The individual training plan: the line over the year (B2), what came up and what did not (B6), proposals (B3, B8), and who
//! agreed to which version (B4).

mod elsewhere;
mod proposals;
mod spread;

use super::form::{Asks, Filled, Sort, field, form};
use super::goal_parts::{difference, sample};
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, icon, link, section, soft, state_chip,
};
use crate::screens::file::{
    Guided, agreed_rows, file_of, guides, guides_now, may_now, reading, screen_of,
};
use crate::screens::message::put;
use crate::screens::reading::{disclosure, name};
use crate::screens::told;
use crate::session::{NotKept, Session};
use crate::words::vocabulary;
use dubbelspoor_domain::at_work::AtWork;
use dubbelspoor_domain::dossier::{Attestation, Body, Dossier, Goal, PlanConsent};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::signals::ATTESTATION_ENDS;
use leptos::prelude::*;

use proposals::{Answering, proposals, proposing};

words! {
    propose { nl "Stel iets voor" en "Propose something" fr "Proposer quelque chose" }
    from_file { nl "Haal doelen uit een leerplan" en "Take goals from a curriculum" fr "Reprendre des objectifs d’un programme" }
    title { nl "Opleidingsplan" en "Training plan" fr "Plan de formation" }
    empty_plan { nl "Er is nog geen plan. De trajectbegeleider maakt het van het leerplan." en "There is no plan yet. The coach makes it from the curriculum." fr "Il n’y a pas encore de plan. L’accompagnateur le fait à partir du programme." }
    agreed { nl "Alle drie zijn akkoord met dit plan" en "All three agree to this plan" fr "Les trois approuvent ce plan" }
    not_agreed { nl "Dit plan is nog niet door alle drie goedgekeurd" en "This plan has not been agreed by all three" fr "Ce plan n’est pas encore approuvé par les trois" }
    changed { nl "Het plan is veranderd sinds jullie akkoord" en "The plan has changed since you agreed" fr "Le plan a changé depuis votre accord" }
    agree { nl "Ik ga akkoord met dit plan" en "I agree to this plan" fr "J’approuve ce plan" }
    take_back { nl "Trek mijn akkoord in" en "Take my consent back" fr "Retirer mon accord" }
    differences(count) { nl "Wat er veranderde ({count})" en "What changed ({count})" fr "Ce qui a changé ({count})" }
    known_title { nl "Kende je al" en "Known before" fr "Déjà acquis" }
    weeks(from, to) { nl "week {from} tot {to}" en "week {from} to {to}" fr "semaine {from} à {to}" }
    line_title { nl "Lijn over het jaar" en "Line over the year" fr "Ligne sur l’année" }
    now_title { nl "Nu" en "Now" fr "Maintenant" }
    late_title { nl "Kwam nog niet aan bod" en "Has not come up yet" fr "Pas encore abordé" }
    later_title { nl "Later" en "Later" fr "Plus tard" }
    past_title { nl "Kwam aan bod" en "Came up" fr "Abordé" }
    now_in_line(week) { nl "Nu is het week {week} van het plan: het streepje op elke lijn." en "It is week {week} of the plan now: the mark on each line." fr "Nous sommes en semaine {week} du plan : le repère sur chaque ligne." }
    per_workplace { nl "Per leerwerkplek" en "Per workplace" fr "Par lieu de travail" }
    at_workplace(activities, done, open) { nl "{activities} [activiteit|activiteiten] · {done} [doel kwam|doelen kwamen] aan bod · {open} nog niet" en "{activities} [activity|activities] · {done} [goal|goals] came up · {open} not yet" fr "{activities} [activité|activités] · {done} [objectif abordé|objectifs abordés] · {open} pas encore" }
    came_up(times) { nl "{times} keer" en "{times} times" fr "{times} fois" }
    attestations { nl "Attesten" en "Attestations" fr "Attestations" }
    attestation { nl "Welk attest?" en "Which attestation?" fr "Quelle attestation ?" }
    planned_on { nl "Gepland op" en "Planned for" fr "Prévue le" }
    obtained_on { nl "Behaald op" en "Obtained on" fr "Obtenue le" }
    until { nl "Geldig tot" en "Valid until" fr "Valable jusqu’au" }
    ends_soon { nl "Bijna niet meer geldig. Plan een nieuw attest." en "Almost no longer valid. Plan a new attestation." fr "Bientôt plus valable. Planifiez une nouvelle attestation." }
    is_over { nl "Niet meer geldig. Plan een nieuw attest." en "No longer valid. Plan a new attestation." fr "Plus valable. Planifiez une nouvelle attestation." }
    add_attestation { nl "Noteer een attest" en "Note an attestation" fr "Noter une attestation" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong_attestation { nl "Vul een naam in; geldig tot komt na behaald." en "Fill in a name; valid until comes after obtained." fr "Indiquez un nom ; la validité vient après l’obtention." }
    planned_line(day) { nl "Gepland op {day}" en "Planned for {day}" fr "Prévue le {day}" }
    obtained_line(day) { nl "Behaald op {day}" en "Obtained on {day}" fr "Obtenue le {day}" }
    until_line(day) { nl "Geldig tot {day}" en "Valid until {day}" fr "Valable jusqu’au {day}" }
    take_off_words { nl "Haal weg" en "Take off" fr "Retirer" }
    versions { nl "Alle versies en wat er veranderde" en "All versions and what changed" fr "Toutes les versions et ce qui a changé" }
    new_goal { nl "Voeg een doel toe" en "Add a goal" fr "Ajouter un objectif" }
}

type Attesting = fn(DossierId) -> El;
type Spreading = fn(Session, DossierId) -> El;

pub(crate) use elsewhere::elsewhere;
pub(crate) use proposals::ANSWERING;
pub(crate) const ATTESTING: Attesting = attesting;
pub(crate) const SPREADING: Spreading = spread::spreading;

pub(crate) fn plan(
    dossier: &str,
    answering: Guided<Answering>,
    attesting: Guided<Attesting>,
    spreading: Guided<Spreading>,
) -> AnyView {
    screen_of(
        dossier,
        title,
        file_of,
        Box::new(move |session, dossier, page| {
            let fault = RwSignal::new(None::<NotKept>);
            let page = page
                .add(reading(session, dossier, move |session, it| consent(session, it, fault)))
                .add(told(fault))
                .add(reading(session, dossier, line))
                .add(reading(session, dossier, |_, it| at_workplaces(it)));
            let proposes = may_now(session, dossier, &sample());
            let guides = guides_now(session, dossier);
            let goals = untrack(|| session.with(dossier, goal_names)).unwrap_or_default();
            let page = page.add(spreading.filter(|_| guides).map(|it| it(session, dossier)));
            page.add(reading(session, dossier, move |session, it| {
                proposals(session, it, answering)
            }))
            .add(proposes.then(|| disclosure(propose().to_owned(), proposing(dossier, goals))))
            .add(reading(session, dossier, move |session, it| attested_list(session, it, fault)))
            .add(
                attesting
                    .filter(|_| guides)
                    .map(|it| disclosure(add_attestation().to_owned(), it(dossier))),
            )
            .add(guides.then(|| {
                link(format!("/goal/{dossier}/new"), "button").add(icon(Icon::Plus)).add(new_goal())
            }))
            .add(guides.then(|| {
                link(format!("/curriculum/{dossier}"), "button")
                    .add(icon(Icon::Book))
                    .add(from_file())
            }))
        }),
    )
}

fn goal_names(it: &Dossier) -> Vec<(String, String)> {
    it.plan.goals().map(|it| (it.goal.clone(), vocabulary::translated(&it.title))).collect()
}

/// Whether the three agree to the plan as it stands, and one tap to do so.
fn consent(session: Session, it: &Dossier, fault: RwSignal<Option<NotKept>>) -> AnyView {
    if it.plan.is_empty() {
        return soft(empty_plan()).part();
    }
    let version = it.plan.hash();
    let now = it.plan_version(version);
    let before = it.agreed_plans().into_iter().find(|it| *it != version);
    let state = match (now.is_agreed(), before) {
        (true, _) => state_chip(Tone::Confirmed, Icon::Check, agreed()),
        (false, Some(_)) => state_chip(Tone::NeedsYou, Icon::Fork, changed()),
        (false, None) => state_chip(Tone::Waiting, Icon::Hourglass, not_agreed()),
    };
    let rows = agreed_rows(&|chair| {
        now.agreed.iter().find(|(it, _)| *it == chair).map(|(_, by)| name(it, *by))
    });
    let since = before.and_then(|it_| it.plan_since(it_)).map(|all| {
        let list: Vec<El> =
            all.iter().map(|row| el("li", "row").add(difference(it, row))).collect();
        disclosure(differences(list.len()), el("ul", "rows").add(list))
    });
    let me = session.me().person;
    let mine = it.chair_of(me, session.today()).is_some();
    let has_agreed = now.agreed.iter().any(|(_, by)| *by == me);
    let dossier = it.id;
    let say = move |withdrawn| {
        let body = Body::PlanConsent(PlanConsent { version, withdrawn });
        put(session, dossier, body, fault);
    };
    let act = mine.then(|| {
        if has_agreed {
            button("button button-quiet", move || say(true)).add(take_back())
        } else {
            button("button button-primary", move || say(false)).add(agree())
        }
    });
    let versions = link(format!("/versions/{dossier}"), "button button-quiet")
        .add(versions())
        .add(icon(Icon::Forward));
    el("div", "section")
        .add(el("div", "").add(state))
        .add(rows)
        .add(since)
        .add(act)
        .add(versions)
        .part()
}

/// The goals by where they lie in the year: now, not come up, later, come up.
fn line(session: Session, it: &Dossier) -> AnyView {
    let week = it.track.as_ref().map_or(1, |it| it.week_of(session.today()));
    let all = it.progress();
    let last = all.iter().map(|it| it.goal.to_week).max().unwrap_or(1).max(1);
    let in_line = u16::try_from(week).ok().filter(|it| (1..=last).contains(it));
    let now = in_line.filter(|_| it.track.is_some());
    let mut groups: [(&'static str, Vec<El>); 5] = [
        (now_title(), Vec::new()),
        (late_title(), Vec::new()),
        (later_title(), Vec::new()),
        (past_title(), Vec::new()),
        (known_title(), Vec::new()),
    ];
    let mut any = false;
    for progress in &all {
        any = true;
        let goal = progress.goal;
        let (from, to) = (i64::from(goal.from_week), i64::from(goal.to_week));
        let group = match () {
            () if it.plan_talk.prior(&goal.goal).is_some() => 4,
            () if from <= week && week <= to => 0,
            () if week < from => 2,
            () if progress.entries == 0 => 1,
            () => 3,
        };
        groups[group].1.push(goal_row(it.id, goal, progress.entries, last, now));
    }
    let mut shown = section(line_title()).add(now.map(|it| soft(now_in_line(it))));
    for (words, rows) in groups {
        if !rows.is_empty() {
            shown = shown.add(el("h3", "").add(words)).add(el("div", "rows").add(rows));
        }
    }
    any.then_some(shown).part()
}

/// A goal on its line: the words tell all; the bar is for the eye.
fn goal_row(dossier: DossierId, goal: &Goal, entries: usize, last: u16, now: Option<u16>) -> El {
    let places: Vec<_> = goal.places.iter().map(|it| vocabulary::place(*it)).collect();
    let mut line = format!("{} · {}", weeks(goal.from_week, goal.to_week), places.join(" + "));
    if entries > 0 {
        line = format!("{line} · {}", came_up(entries));
    }
    let at_work = goal.places.contains(&dubbelspoor_domain::dossier::Place::Workplace);
    let class = if at_work { "bar-fill bar-fill-workplace" } else { "bar-fill" };
    let percent = |weeks: u16| u32::from(weeks) * 100 / u32::from(last);
    let now = now.map(|it| el("div", "bar-now").style("left", format!("{}%", percent(it - 1))));
    let length = percent(goal.to_week.saturating_sub(goal.from_week) + 1).max(3);
    let bar = el("div", class)
        .style("margin-left", format!("{}%", percent(goal.from_week.saturating_sub(1))))
        .style("width", format!("{length}%"));
    let text = el("span", "row-text")
        .add(el("span", "").add(vocabulary::translated(&goal.title)))
        .add(el("span", "soft").add(line))
        .add(el("span", "bar-line").set("aria-hidden", "true").add(bar).add(now));
    link(format!("/goal/{dossier}/{}", goal.goal), "row").add(text).add(icon(Icon::Forward))
}

/// What came up at each workplace and what did not; the workplace tells which (B6).
fn at_workplaces(it: &Dossier) -> AnyView {
    let row = |at: &AtWork<'_>| {
        let line = at_workplace(at.activities, at.came_up.len(), at.not_yet.len());
        let text = el("span", "row-text")
            .add(el("span", "").add(at.workplace.company.clone()))
            .add(el("span", "soft").add(line));
        link(format!("/workplace/{}/{}", it.id, at.workplace.workplace), "row")
            .add(icon(Icon::Place))
            .add(text)
            .add(icon(Icon::Forward))
    };
    let rows: Vec<El> = it.at_work().iter().map(row).collect();
    (!rows.is_empty()).then(|| section(per_workplace()).add(el("div", "rows").add(rows))).part()
}

fn attested_list(session: Session, it: &Dossier, fault: RwSignal<Option<NotKept>>) -> AnyView {
    let dossier = it.id;
    let guides = guides(session, it);
    let today = session.today();
    let ending = it.plan_talk.ending(today, ATTESTATION_ENDS);
    let warned = |it: &Attestation| {
        let (until, _) = ending.iter().find(|(_, said)| said.what.name == it.name)?;
        let words = if *until < today { is_over() } else { ends_soon() };
        Some(state_chip(Tone::NeedsYou, Icon::Alert, words))
    };
    let row = |it: &Attestation| {
        let until = it.until.map(|it| until_line(dates::short_day(it)));
        let when = match (it.obtained, it.planned) {
            (Some(day), _) => obtained_line(dates::short_day(day)),
            (None, Some(day)) => planned_line(dates::short_day(day)),
            (None, None) => String::new(),
        };
        let line = [Some(when), until].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let text = el("span", "row-text")
            .add(el("span", "").add(it.name.clone()))
            .add(el("span", "soft").add(line))
            .add(warned(it));
        let off = Body::Attestation(Attestation { withdrawn: true, ..it.clone() });
        let take_off = move || put(session, dossier, off.clone(), fault);
        el("li", "row")
            .add(icon(if it.obtained.is_some() { Icon::Check } else { Icon::Circle }))
            .add(text)
            .add(guides.then(|| button("button button-quiet", take_off).add(take_off_words())))
    };
    let rows: Vec<El> = it.plan_talk.attestations().map(row).collect();
    (!rows.is_empty()).then(|| section(attestations()).add(el("ul", "rows").add(rows))).part()
}

fn attesting(dossier: DossierId) -> El {
    let fields = vec![
        field("attestation-name", attestation(), Sort::Line),
        field("attestation-planned", planned_on(), Sort::Date),
        field("attestation-obtained", obtained_on(), Sort::Date),
        field("attestation-until", until(), Sort::Date),
    ];
    let asks = Asks { about: "attestation", send: save(), wrong: wrong_attestation(), then: None };
    let read = |it: &Filled| {
        let (planned, obtained, until) = (it.day(1), it.day(2), it.day(3));
        let name = it.words(0)?;
        let fits = obtained.zip(until).is_none_or(|(obtained, until)| obtained <= until);
        let it = Attestation { name, planned, obtained, until, withdrawn: false };
        fits.then(|| vec![Body::Attestation(it)])
    };
    form(dossier, asks, fields, Box::new(read))
}
