//! Today: what this week holds, what waits, what came back, and the way to write.

use super::entry_card::entry_card;
use crate::parts::{ActionBar, Empty, Icon, Notice, Page, Tone, dates, icon, state_chip};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Stage};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::progress::EntryState;
use leptos::prelude::*;
use leptos_router::components::A;

words! {
    title { nl "Vandaag" en "Today" fr "Aujourd’hui" }
    hello(name) { nl "Dag {name}" en "Hello {name}" fr "Bonjour {name}" }
    new_activity { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    week_title { nl "Deze week" en "This week" fr "Cette semaine" }
    week_total(hours) { nl "{hours} in totaal" en "{hours} in all" fr "{hours} au total" }
    week_entries { nl "Bekijk deze week" en "Look at this week" fr "Voir cette semaine" }
    goals_title { nl "Gepland deze week" en "Planned this week" fr "Prévu cette semaine" }
    your_turn { nl "Jij bent aan zet" en "Your turn" fr "À vous de jouer" }
    came_in { nl "Nieuw voor jou" en "New for you" fr "Nouveau pour vous" }
    latest { nl "Laatst geschreven" en "Written last" fr "Derniers écrits" }
    waiting(count) { nl "{count} wacht op je mentor" en "{count} waiting for your mentor" fr "{count} en attente de votre mentor" }
    refused_words(count) {
        nl "{count} kwam terug van de school. Niets is verloren."
        en "{count} came back from the school. Nothing is lost."
        fr "{count} est revenu de l’école. Rien n’est perdu."
    }
    look { nl "Bekijk" en "Look" fr "Voir" }
    empty_title { nl "Je dagboek begint hier" en "Your diary begins here" fr "Votre journal commence ici" }
    empty_words {
        nl "Schrijf na je werk of les wat je deed. Eén zin is genoeg."
        en "After work or class, write what you did. One sentence is enough."
        fr "Après le travail ou le cours, écrivez ce que vous avez fait. Une phrase suffit."
    }
    empty_example {
        nl "Twee vrachtwagens gelost met een collega. Ik heb de dozen geteld."
        en "Unloaded two lorries with a colleague. I counted the boxes."
        fr "Déchargé deux camions avec un collègue. J’ai compté les cartons."
    }
}

#[component]
pub(crate) fn Today() -> impl IntoView {
    let session = use_session();
    let name = session.me().name;
    let first = name.split(' ').next().unwrap_or_default().to_owned();
    let shown = move || {
        let dossier = session.own_dossier()?;
        session.with(dossier, |it| content(session, dossier, it))
    };
    let heading = move || dates::long_day(session.today());
    view! {
        <Page title=title()>
            <p class="page-lead">{hello(first)} " · " {heading}</p>
            {shown}
            <ActionBar>
                <A href="/new" attr:class="button button-primary">{icon(Icon::Plus)} {new_activity()}</A>
            </ActionBar>
        </Page>
    }
}

fn content(session: Session, dossier: DossierId, it: &Dossier) -> AnyView {
    if it.diary.entries().all(|it| it.shown().content.stage == Stage::Withdrawn) {
        return view! {
            <Empty title=empty_title() words=empty_words() example=empty_example() />
            {planned(session, it)}
        }
        .into_any();
    }
    view! {
        {came_back(session)}
        {week(session, it)}
        {your_turn_list(session, dossier, it)}
        {news(session, dossier, it)}
        {planned(session, it)}
        {written_last(session, dossier, it)}
    }
    .into_any()
}

fn came_back(session: Session) -> Option<AnyView> {
    let count = session.counts().to_see;
    (count > 0).then(|| {
        view! {
            <Notice tone=Tone::NeedsYou>
                <p>{refused_words(count)}</p>
                <A href="/sync" attr:class="button">{look()}</A>
            </Notice>
        }
        .into_any()
    })
}

fn week(session: Session, it: &Dossier) -> AnyView {
    let worked = hours::in_week(it, session.today());
    let widest = worked.workplace.max(worked.school).max(1);
    let bar = |words: &'static str, minutes: u32, class: &'static str| {
        let width = format!("{}%", minutes * 100 / widest);
        view! {
            <div class="bar">
                <span>{words}</span>
                <span class="bar-line"><div class=class style:width=width></div></span>
                <span>{dates::duration(minutes)}</span>
            </div>
        }
    };
    view! {
        <section class="section" aria-labelledby="week">
            <div class="card-line">
                <h2 id="week">{week_title()}</h2>
                <span class="soft">{week_total(dates::duration(worked.total()))}</span>
            </div>
            <div class="card">
                <div class="bars">
                    {bar(vocabulary::place_workplace(), worked.workplace, "bar-fill bar-fill-workplace")}
                    {bar(vocabulary::place_school(), worked.school, "bar-fill")}
                </div>
                <div class="card-line">
                    <A href="/diary?week" attr:class="button button-quiet">{week_entries()}</A>
                    {waits(it)}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn waits(it: &Dossier) -> Option<AnyView> {
    let count = it.waiting().len();
    (count > 0).then(|| state_chip(Tone::Waiting, Icon::Hourglass, waiting(count)))
}

fn planned(session: Session, it: &Dossier) -> Option<AnyView> {
    let week = it.track.as_ref()?.week_of(session.today());
    let goals: Vec<_> = it.plan.in_week(week).take(4).collect();
    let row = |goal: &dubbelspoor_domain::dossier::Goal| {
        let (code, title) = (goal.goal.clone(), vocabulary::translated(&goal.title));
        view! {
            <A href=format!("/goal/{code}") attr:class="row">
                <span class="row-text"><span>{title}</span></span>
                {icon(Icon::Forward)}
            </A>
        }
    };
    (!goals.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="planned">
                <h2 id="planned">{goals_title()}</h2>
                <div class="rows">{goals.into_iter().map(row).collect_view()}</div>
            </section>
        }
        .into_any()
    })
}

/// Drafts, entries with two versions, and those that changed after they were confirmed.
fn your_turn_list(session: Session, dossier: DossierId, it: &Dossier) -> Option<AnyView> {
    let wants = |state| {
        matches!(state, EntryState::Draft | EntryState::TwoVersions | EntryState::ConfirmedEarlier)
    };
    let mut mine: Vec<_> = it.diary.entries().filter(|entry| wants(it.state_of(entry))).collect();
    sort_by_key(&mut mine, |it| std::cmp::Reverse(it.shown().content.day));
    list(session, dossier, it, your_turn(), &mine[..mine.len().min(3)])
}

/// What others wrote in the last three days.
fn news(session: Session, dossier: DossierId, it: &Dossier) -> Option<AnyView> {
    let recent = session.now().saturating_sub(3 * 86_400_000);
    let me = session.me().person;
    let confirmed = it.confirmations.all().filter(|it| it.at.millis() > recent);
    let confirmed = confirmed.map(|it| it.confirmation.entry);
    let said = it.feedback.all().iter().filter(|it| it.at.millis() > recent && it.by != me);
    let mut entries: Vec<_> = confirmed.chain(said.filter_map(|it| it.feedback.entry)).collect();
    sort_by_key(&mut entries, |it| *it);
    entries.dedup();
    let mut entries: Vec<_> = entries.into_iter().filter_map(|entry| it.diary.get(entry)).collect();
    sort_by_key(&mut entries, |it| std::cmp::Reverse(it.shown().content.day));
    list(session, dossier, it, came_in(), &entries[..entries.len().min(3)])
}

fn written_last(session: Session, dossier: DossierId, it: &Dossier) -> Option<AnyView> {
    let mut last: Vec<_> = it.diary.written().collect();
    sort_by_key(&mut last, |(_, shown)| std::cmp::Reverse((shown.content.day, shown.at)));
    let last: Vec<_> = last.into_iter().take(3).map(|(entry, _)| entry).collect();
    list(session, dossier, it, latest(), &last)
}

fn list(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    heading: &'static str,
    entries: &[&dubbelspoor_domain::dossier::EntryRecord],
) -> Option<AnyView> {
    (!entries.is_empty()).then(|| {
        let cards = entries.iter().map(|entry| entry_card(session, dossier, it, entry));
        view! {
            <section class="section" aria-label=heading>
                <h2>{heading}</h2>
                <div class="list">{cards.collect_view()}</div>
            </section>
        }
        .into_any()
    })
}
