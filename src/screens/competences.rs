//! How far each goal is, with the evidence behind it. An overview, not an evaluation.

use crate::parts::{Empty, Icon, Page, Tone, dates, icon, level_mark, level_track, state_chip};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Finding};
use dubbelspoor_domain::progress::{DAYS_FOR_LEVEL, Progress};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

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
    level_rule(days) { nl "Het spoor loopt tot het niveau dat op {days} verschillende dagen bevestigd is." en "The track runs to the level that was confirmed on {days} different days." fr "La voie va jusqu’au niveau confirmé {days} jours différents." }
    competences_title { nl "Wat je leert" en "What you learn" fr "Ce que vous apprenez" }
    all_entries { nl "Bekijk je activiteiten voor dit doel" en "Look at your activities for this goal" fr "Voir vos activités pour cet objectif" }
    unknown_goal { nl "Dit doel staat niet in je plan." en "This goal is not in your plan." fr "Cet objectif n’est pas dans votre plan." }
}

#[component]
pub(crate) fn Competences() -> impl IntoView {
    let session = use_session();
    let shown = move || {
        let dossier = session.own_dossier()?;
        session.with(dossier, |it| goal_list(it, "/goal/"))
    };
    view! {
        <Page title=title()>
            <p class="page-lead">{lead()}</p>
            {shown}
        </Page>
    }
}

/// Every goal as a card; `to` and its code is where it leads.
pub(super) fn goal_list(it: &Dossier, to: &'static str) -> AnyView {
    let progress = it.progress();
    if progress.is_empty() {
        return view! { <Empty title=empty_title() words=empty_words() /> }.into_any();
    }
    let card = |it: &Progress<'_>| {
        let title = vocabulary::translated(&it.goal.title);
        let (track, done) = (track(it), done(it));
        let best =
            it.best.map(|it| state_chip(Tone::Confirmed, Icon::Check, vocabulary::level(it)));
        view! {
            <A href=format!("{to}{}", it.goal.goal) attr:class="card card-link">
                <h3>{title}</h3>
                {track}
                <div class="card-line"><span class="soft">{done}</span> {best}</div>
            </A>
        }
    };
    view! { <div class="list">{progress.iter().map(card).collect_view()}</div> }.into_any()
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

#[component]
pub(crate) fn GoalScreen() -> impl IntoView {
    let session = use_session();
    let code = use_params_map().with_untracked(|it| it.get("goal")).unwrap_or_default();
    let named = code.clone();
    let shown = move || {
        let dossier = session.own_dossier()?;
        session.with(dossier, |it| {
            let progress = it.progress().into_iter().find(|it| it.goal.goal == code)?;
            Some(goal(session, it, &progress))
        })?
    };
    let name = Memo::new(move |_| {
        let dossier = session.own_dossier()?;
        session
            .with(dossier, |it| it.plan.get(&named).map(|it| vocabulary::translated(&it.title)))?
    });
    let heading = Signal::derive(move || name.get().unwrap_or_else(|| title().to_owned()));
    view! {
        <Page title=heading up="/competences">
            {move || shown().unwrap_or_else(|| view! { <p>{unknown_goal()}</p> }.into_any())}
        </Page>
    }
}

fn goal(session: Session, dossier: &Dossier, it: &Progress<'_>) -> AnyView {
    let competences = it.goal.competences.iter().map(|it| {
        view! { <li class="row"><span class="row-text">{vocabulary::translated(&it.text)}</span></li> }
    });
    let evidence = it.evidence.iter().rev().map(|it| {
        let who = dossier.links.name_of(it.by).unwrap_or_default().to_owned();
        let (tone, picture) = match it.finding {
            Finding::Reached(_) => (Tone::Confirmed, Icon::Check),
            Finding::NotYet => (Tone::Waiting, Icon::Circle),
            Finding::NotPossibleHere => (Tone::Plain, Icon::Barred),
        };
        let day = dates::day(it.day, session.today());
        let found = state_chip(tone, picture, vocabulary::finding(it.finding));
        view! {
            <A href=format!("/entry/{}", it.entry) attr:class="row">
                <span class="row-text">
                    <span>{day}</span>
                    <span class="soft">{who}</span>
                </span>
                {found}
                {icon(Icon::Forward)}
            </A>
        }
    });
    let rating = it.self_rating.map(|it| {
        view! {
            <div class="card-line">
                <span>{own_rating()}</span>
                <span class="state">{level_mark(Some(it))} {vocabulary::level(it)}</span>
            </div>
        }
    });
    view! {
        <section class="section">
            <div class="card">
                {track(it)}
                <p>{level_words(it)}</p>
                <p class="soft">{done(it)}</p>
                {rating}
                <p class="soft">{level_rule(DAYS_FOR_LEVEL)}</p>
            </div>
            {(it.entries > 0).then(|| view! {
                <A href=format!("/diary?goal={}", it.goal.goal) attr:class="button">{all_entries()}</A>
            })}
        </section>
        <section class="section">
            <h2>{evidence_title()}</h2>
            {it.evidence.is_empty().then(|| view! { <p class="soft">{no_evidence()}</p> })}
            <div class="rows" hidden=it.evidence.is_empty()>{evidence.collect_view()}</div>
        </section>
        <section class="section">
            <h2>{competences_title()}</h2>
            <ul class="rows">{competences.collect_view()}</ul>
        </section>
    }
    .into_any()
}
