//! How far each goal is, with the evidence behind it. An overview, not an evaluation.

use super::goal_parts::competences as competences_of;
use crate::parts::frame::page_named;
use crate::parts::{
    El, Icon, Part, Tone, dates, el, empty, icon, level_mark, level_track, link, live, page,
    section, soft, state_chip,
};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Finding};
use dubbelspoor_domain::progress::Progress;
use leptos::prelude::AnyView;

words! {
    title { nl "Competenties" en "Competences" fr "Compétences" }
    lead { nl "Zo ver ben je per doel. Dit is een overzicht, geen evaluatie." en "This is how far you are per goal. It is an overview, not an evaluation." fr "Voici où vous en êtes par objectif. C’est un aperçu, pas une évaluation." }
    empty_title { nl "Nog geen opleidingsplan" en "No training plan yet" fr "Pas encore de plan de formation" }
    empty_words { nl "Je trajectbegeleider maakt het. Daarna zie je hier elk doel." en "Your coach makes it. After that you see every goal here." fr "Votre accompagnateur le prépare. Ensuite vous verrez ici chaque objectif." }
    not_begun { nl "Nog niet geoefend" en "Not practised yet" fr "Pas encore exercé" }
    times(count, time) { nl "{count} keer, {time}" en "{count} times, {time}" fr "{count} fois, {time}" }
    reached(level, aim) { nl "Bevestigd: {level}. Te bereiken: {aim}." en "Confirmed: {level}. To reach: {aim}." fr "Confirmé : {level}. À atteindre : {aim}." }
    nothing_confirmed { nl "nog niets" en "nothing yet" fr "rien encore" }
    own_rating { nl "Jij" en "You" fr "Vous" }
    evidence_title { nl "Bewijs" en "Evidence" fr "Preuves" }
    no_evidence { nl "Nog geen bevestiging. Vraag ze bij een activiteit." en "No confirmation yet. Ask for one at an activity." fr "Pas encore de confirmation. Demandez-la pour une activité." }
    level_rule(days) { nl "Het spoor loopt tot het niveau dat op {days} [dag|verschillende dagen] bevestigd is." en "The track runs to the level that was confirmed on {days} [day|different days]." fr "La voie va jusqu’au niveau confirmé {days} [jour|jours différents]." }
    competences_title { nl "Wat je leert" en "What you learn" fr "Ce que vous apprenez" }
    all_entries { nl "Bekijk je activiteiten voor dit doel" en "Look at your activities for this goal" fr "Voir vos activités pour cet objectif" }
    elsewhere { nl "Stel voor waar het wel kan" en "Propose where it is possible" fr "Proposer où c’est possible" }
    unknown_goal { nl "Dit doel staat niet in je plan." en "This goal is not in your plan." fr "Cet objectif n’est pas dans votre plan." }
}

pub(crate) fn competences() -> AnyView {
    let session = use_session();
    let shown = live(move || {
        let dossier = session.own_dossier();
        dossier.and_then(|it| session.with(it, goal_list)).part()
    });
    page(title(), None).add(el("p", "page-lead").add(lead())).add(shown).part()
}

/// Every goal as a card.
fn goal_list(it: &Dossier) -> AnyView {
    let progress = it.progress();
    if progress.is_empty() {
        return empty(empty_title(), empty_words(), None).part();
    }
    let mut list = el("div", "list");
    for it in &progress {
        let level = |it| state_chip(Tone::Confirmed, Icon::Check, vocabulary::level(it));
        let line =
            el("div", "card-line").add(el("span", "soft").add(done(it))).add(it.best.map(level));
        list = list.add(
            link(format!("/goal/{}", it.goal.goal), "card card-link")
                .add(el("h2", "").add(vocabulary::translated(&it.goal.title)))
                .add(track(it))
                .add(line),
        );
    }
    list.part()
}

fn track(it: &Progress<'_>) -> AnyView {
    level_track(it.level, it.goal.expected, level_words(it))
}

fn level_words(it: &Progress<'_>) -> String {
    let level = it.level.map_or(nothing_confirmed(), vocabulary::level);
    reached(level, vocabulary::level(it.goal.expected))
}

fn done(it: &Progress<'_>) -> String {
    if it.entries == 0 {
        not_begun().to_owned()
    } else {
        times(it.entries, dates::duration(it.minutes))
    }
}

pub(crate) fn goal_screen(code: String) -> AnyView {
    let session = use_session();
    let named = code.clone();
    let shown = live(move || {
        let dossier = session.own_dossier();
        let shown = dossier.and_then(|dossier| {
            session.with(dossier, |it| {
                let progress = it.progress().into_iter().find(|it| it.goal.goal == code)?;
                Some(goal(session, it, &progress))
            })?
        });
        shown.unwrap_or_else(|| el("p", "").add(unknown_goal()).part())
    });
    let name = live(move || {
        let dossier = session.own_dossier();
        let titled = |it: &Dossier| it.plan.get(&named).map(|it| vocabulary::translated(&it.title));
        let name = dossier.and_then(|it| session.with(it, titled)?);
        name.unwrap_or_else(|| title().to_owned()).part()
    });
    page_named(name, Some("/competences".to_owned())).add(shown).part()
}

fn goal(session: Session, dossier: &Dossier, it: &Progress<'_>) -> AnyView {
    let rating = it.self_rating.map(|it| {
        let level =
            el("span", "state").add(level_mark(Some(it))).add(" ").add(vocabulary::level(it));
        el("div", "card-line").add(el("span", "").add(own_rating())).add(level)
    });
    let card = el("div", "card")
        .add(track(it))
        .add(el("p", "").add(level_words(it)))
        .add(soft(done(it)))
        .add(rating)
        .add(soft(level_rule(dossier.days_for_level())));
    let entries = (it.entries > 0)
        .then(|| link(format!("/diary?goal={}", it.goal.goal), "button").add(all_entries()));
    vec![
        el("section", "section").add(card).add(entries),
        evidence(session, dossier, it),
        crate::screens::work_floor::steps(it),
        crate::screens::work_floor::sheets(session, dossier, it),
        section(competences_title()).add(competences_of(it.goal)),
    ]
    .part()
}

/// The confirmations behind a level, the latest first.
fn evidence(session: Session, dossier: &Dossier, it: &Progress<'_>) -> El {
    let (code, mut rows) = (&it.goal.goal, Vec::new());
    for it in it.evidence.iter().rev() {
        let (tone, picture) = match it.finding {
            Finding::Reached(_) => (Tone::Confirmed, Icon::Check),
            Finding::NotYet => (Tone::Waiting, Icon::Circle),
            Finding::NotPossibleHere => (Tone::Plain, Icon::Barred),
        };
        let who = dossier.links.name_of(it.by).unwrap_or_default().to_owned();
        let text = el("span", "row-text")
            .add(el("span", "").add(dates::day(it.day, session.today())))
            .add(el("span", "soft").add(who));
        let said = dossier.confirmations.get(it.confirmation);
        let is_waiting = it.finding == Finding::NotPossibleHere
            && said.is_some_and(|said| dossier.waits_for_place(code, said.at));
        rows.push(
            link(format!("/entry/{}", it.entry), "row")
                .add(text)
                .add(state_chip(tone, picture, vocabulary::finding(it.finding)))
                .add(icon(Icon::Forward)),
        );
        rows.extend(
            is_waiting.then(|| {
                link(format!("/elsewhere/{}/{code}", dossier.id), "button").add(elsewhere())
            }),
        );
    }
    section(evidence_title()).add(if rows.is_empty() {
        soft(no_evidence())
    } else {
        el("div", "rows").add(rows)
    })
}
