//! The cursisten of a coach or a mentor: who first, and why, in words and without a tap.

use super::asked::{is_mentor, learner_name};
use super::reading::course;
use crate::parts::{Empty, Icon, Page, Tone, icon, state_chip};
use crate::session::{Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::dossier::{Dossier, Role};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::signals::{Signal as Reason, SignalKind, Thresholds, signals};
use leptos::prelude::*;
use leptos_router::components::A;
use std::cmp::Reverse;

words! {
    title { nl "Cursisten" en "Learners" fr "Apprenants" }
    first_title(count) { nl "Aandacht nodig ({count})" en "Needs attention ({count})" fr "À suivre ({count})" }
    waits_title(count) { nl "Wacht op jou ({count})" en "Waits for you ({count})" fr "Vous attend ({count})" }
    quiet_title(count) { nl "Alles loopt ({count})" en "All is well ({count})" fr "Tout va bien ({count})" }
    all_well { nl "Niemand heeft nu aandacht nodig." en "Nobody needs attention now." fr "Personne n’a besoin d’attention en ce moment." }
    search { nl "Zoek op naam" en "Search by name" fr "Chercher par nom" }
    nobody_found { nl "Geen cursist met die naam." en "No learner with that name." fr "Aucun apprenant avec ce nom." }
    waits(count) { nl "Te bevestigen: {count}" en "To confirm: {count}" fr "À confirmer : {count}" }
    empty_title { nl "Nog geen cursisten" en "No learners yet" fr "Pas encore d’apprenants" }
    empty_words {
        nl "Zodra de school je aan een cursist koppelt, staat die hier. Je hoeft niets te doen."
        en "As soon as the school links you to a learner, they are here. You need not do anything."
        fr "Dès que l’école vous lie à un apprenant, il apparaît ici. Vous n’avez rien à faire."
    }
}

/// From how many cursisten on searching is faster than looking.
const MANY: usize = 6;

/// One cursist and why to look.
#[derive(Clone, PartialEq)]
struct Row {
    dossier: DossierId,
    name: String,
    course: String,
    /// For a coach.
    reasons: Vec<Reason>,
    /// For a mentor.
    waiting: usize,
    guides: bool,
}

impl Row {
    fn of(session: Session, it: &Dossier, me: PersonId) -> Option<Row> {
        let guides = [Role::Coach, Role::Teacher, Role::Administrator, Role::Reader]
            .into_iter()
            .any(|role| it.links.current(role).any(|person| person == me));
        let mentors = is_mentor(it, me);
        (guides || mentors).then(|| Row {
            dossier: it.id,
            name: learner_name(it),
            course: course(it),
            reasons: if guides {
                signals(it, Thresholds::default(), session.today())
            } else {
                Vec::new()
            },
            waiting: if mentors { it.waiting_for(me).len() } else { 0 },
            guides,
        })
    }

    fn needs_you(&self) -> bool {
        !self.reasons.is_empty() || self.waiting > 0
    }

    /// Decisions first, then whoever has been waiting longest.
    fn urgency(&self) -> impl Ord + use<> {
        let decides = self.reasons.iter().any(|it| it.kind == SignalKind::WaitsForCoach);
        let days = self.reasons.iter().map(|it| it.days).max();
        Reverse((decides, days, self.waiting))
    }

    fn href(&self) -> String {
        let screen = if self.guides { "dossier" } else { "learner" };
        format!("/{screen}/{}", self.dossier)
    }
}

#[component]
pub(crate) fn Learners() -> impl IntoView {
    let session = use_session();
    let rows = Memo::new(move |_| all(session));
    let sought = RwSignal::new(String::new());
    let found = move || {
        let sought = sought.get().trim().to_lowercase();
        let mut rows = rows.get();
        rows.retain(|it| it.name.to_lowercase().contains(&sought));
        rows.into_iter().partition::<Vec<_>, _>(Row::needs_you)
    };
    let lists = move || {
        let (first, quiet) = found();
        if rows.with(Vec::is_empty) {
            return view! { <Empty title=empty_title() words=empty_words() /> }.into_any();
        }
        if first.is_empty() && quiet.is_empty() {
            return view! { <p role="status">{nobody_found()}</p> }.into_any();
        }
        view! { {attention(&first)} {others(&quiet)} }.into_any()
    };
    let field = move || (rows.with(Vec::len) >= MANY).then(|| search_field(sought));
    view! {
        <Page title=title() two=true>
            {field}
            {lists}
        </Page>
    }
}

fn all(session: Session) -> Vec<Row> {
    let me = session.me().person;
    let row = |dossier| session.with(dossier, |it| Row::of(session, it, me))?;
    let mut rows: Vec<Row> = session.dossiers().into_iter().filter_map(row).collect();
    sort_by_key(&mut rows, |it| (it.urgency(), it.name.clone()));
    rows
}

fn search_field(sought: RwSignal<String>) -> AnyView {
    view! {
        <div class="field page-wide" role="search">
            <label class="visually-hidden" for="search">{search()}</label>
            <input
                id="search"
                class="field-input"
                type="search"
                autocomplete="off"
                placeholder=search()
                prop:value=move || sought.get()
                on:input:target=move |it| sought.set(it.target().value())
            />
        </div>
    }
    .into_any()
}

fn attention(rows: &[Row]) -> AnyView {
    let card = |it: &Row| {
        let reasons = it.reasons.iter().map(|reason| {
            let (tone, picture) = match reason.kind {
                SignalKind::Silence => (Tone::Waiting, Icon::Circle),
                SignalKind::Unconfirmed => (Tone::Waiting, Icon::Hourglass),
                SignalKind::WaitsForCoach => (Tone::NeedsYou, Icon::Alert),
            };
            state_chip(tone, picture, reasons::signal(reason))
        });
        let waits =
            (it.waiting > 0).then(|| state_chip(Tone::NeedsYou, Icon::Check, waits(it.waiting)));
        let (name, course, reasons) = (it.name.clone(), it.course.clone(), reasons.collect_view());
        view! {
            <li>
                <A href=it.href() attr:class="card card-link">
                    <div>
                        <h3>{name}</h3>
                        <p class="soft">{course}</p>
                    </div>
                    <div class="chips">{waits} {reasons}</div>
                </A>
            </li>
        }
    };
    let none = rows.is_empty().then(|| view! { <p class="soft">{all_well()}</p> });
    let guides = rows.is_empty() || rows.iter().any(|it| it.guides);
    let title = if guides { first_title(rows.len()) } else { waits_title(rows.len()) };
    view! {
        <section class="section">
            <h2>{title}</h2>
            {none}
            <ul class="list">{rows.iter().map(card).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn others(rows: &[Row]) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let row = |it: &Row| {
        let (name, course) = (it.name.clone(), it.course.clone());
        view! {
            <A href=it.href() attr:class="row">
                <span class="row-text">
                    <span>{name}</span>
                    <span class="soft">{course}</span>
                </span>
                {icon(Icon::Forward)}
            </A>
        }
    };
    view! {
        <section class="section">
            <h2>{quiet_title(rows.len())}</h2>
            <div class="rows">{rows.iter().map(row).collect_view()}</div>
        </section>
    }
    .into_any()
}
