//! The cursisten of a coach or a mentor: who first, and why, in words and without a tap.

use super::asked::name_or_somebody;
use super::reading::course_line;
use super::{DESK, program};
use crate::parts::{
    El, Icon, Part, Tone, dates, el, empty, icon, link, page, section, soft, state_chip,
};
use crate::session::{Session, use_session};
use crate::words::{lowercase, reasons};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::digest::Digest;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::signals::{Signal as Reason, SignalKind};
use leptos::prelude::*;

words! {
    also(reasons) { nl "Ook: {reasons}" en "Also: {reasons}" fr "Aussi : {reasons}" }
    begins(day, course) { nl "vanaf {day} · {course}" en "from {day} · {course}" fr "à partir du {day} · {course}" }
    title { nl "Cursisten" en "Learners" fr "Apprenants" }
    first_title(count) { nl "Aandacht nodig ({count})" en "Needs attention ({count})" fr "À suivre ({count})" }
    waits_title(count) { nl "Wacht op jou ({count})" en "Waits for you ({count})" fr "Vous attend ({count})" }
    quiet_title(count) { nl "Alles loopt ({count})" en "All is well ({count})" fr "Tout va bien ({count})" }
    all_well { nl "Niemand heeft nu aandacht nodig." en "Nobody needs attention now." fr "Personne n’a besoin d’attention en ce moment." }
    search { nl "Zoek op naam" en "Search by name" fr "Chercher par nom" }
    nobody_found { nl "Geen cursist met die naam." en "No learner with that name." fr "Aucun apprenant avec ce nom." }
    waits(count) { nl "Te bevestigen: {count}" en "To confirm: {count}" fr "À confirmer : {count}" }
    group { nl "Bekijk de hele groep" en "See the whole group" fr "Voir tout le groupe" }
    begin { nl "Nieuw leertraject" en "New learning track" fr "Nouveau parcours" }
    stands_still(day) { nl "Staat stil sinds {day}" en "Stands still since {day}" fr "À l’arrêt depuis le {day}" }
    empty_title { nl "Nog geen cursisten" en "No learners yet" fr "Pas encore d’apprenants" }
    empty_words {
        nl "Zodra de school je aan een cursist koppelt, staat die hier. Je hoeft niets te doen."
        en "As soon as the school links you to a learner, they are here. You need not do anything."
        fr "Dès que l’école vous lie à un apprenant, il apparaît ici. Vous n’avez rien à faire."
    }
    new_title { nl "Je hoort bij het centrum" en "You belong to the centre" fr "Vous faites partie du centre" }
    new_words {
        nl "Wie het centrum beheert, begint een leertraject en zegt wie het begeleidt. Ben jij dat, dan komt de cursist hier vanzelf te staan. Begin je later, dan is dat op die dag."
        en "Whoever runs the centre begins a learning track and says who coaches it. If that is you, the learner appears here by itself. If you begin later, that is on that day."
        fr "La personne qui gère le centre commence un parcours et dit qui l’accompagne. Si c’est vous, l’apprenant apparaîtra ici. Si vous commencez plus tard, ce sera ce jour-là."
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
    /// Of which its reasons tell.
    day: Day,
    /// Since when the leertraject stands still, or when it stopped.
    stands_still: Option<Day>,
}

impl Row {
    fn of(dossier: DossierId, it: &Digest) -> Option<Row> {
        // Who begins later already finds the cursist here, with the day.
        let held = if it.begins.is_some() { &it.roles } else { &it.current };
        let guides = held.iter().any(|it| !matches!(it, Role::Learner | Role::Mentor));
        let mentors = held.contains(&Role::Mentor);
        let course = course_line(&it.course, &it.workplace);
        (!it.is_centre && (guides || mentors)).then(|| Row {
            dossier,
            name: name_or_somebody(it.name.as_deref()),
            course: match it.begins {
                Some(day) => begins(dates::short_day(day), course),
                None => course,
            },
            reasons: it.signals.clone(),
            waiting: it.to_confirm as usize,
            guides,
            day: it.day,
            stands_still: it.stands_still,
        })
    }

    fn needs_you(&self) -> bool {
        !self.reasons.is_empty() || self.waiting > 0
    }

    /// By what presses most; nobody without a reason comes before somebody with one.
    fn urgency(&self) -> (Option<(u8, u32)>, usize) {
        (self.reasons.iter().map(|it| it.urgency(self.day)).max(), self.waiting)
    }

    fn href(&self) -> String {
        let screen = if self.guides { "dossier" } else { "learner" };
        format!("/{screen}/{}", self.dossier)
    }
}

pub(crate) fn learners() -> AnyView {
    let session = use_session();
    let rows = Memo::new(move |_| all(session));
    let sought = RwSignal::new(String::new());
    let field = move || (rows.with(Vec::len) >= MANY).then(|| search_field(sought));
    let begins = move || {
        let guides = program().name == DESK.name
            && (session.roles().contains(&Role::Coach) || session.runs_centre())
            && session.centre().is_some();
        guides.then(|| link("/begin", "button page-wide").add(begin()))
    };
    let side_by_side = move || {
        let several = program().name == DESK.name && rows.with(|it| it.iter().any(|it| it.guides));
        several.then(|| link("/group", "button button-quiet page-wide").add(group()))
    };
    page(title(), None)
        .set("class", "page page-two")
        .live(field)
        .live(move || {
            let is_new = session.roles().is_empty();
            rows.with(|rows| lists(rows, &lowercase(sought.get().trim()), is_new))
        })
        .live(side_by_side)
        .live(begins)
        .part()
}

/// `is_new`: I belong to the centre and have no part in any leertraject yet.
fn lists(rows: &[Row], sought: &str, is_new: bool) -> AnyView {
    if rows.is_empty() && is_new {
        return empty(new_title(), new_words(), None).part();
    }
    if rows.is_empty() {
        return empty(empty_title(), empty_words(), None).part();
    }
    let (mut first, mut quiet) = (Vec::new(), Vec::new());
    for row in rows {
        if sought.is_empty() || lowercase(&row.name).contains(sought) {
            if row.needs_you() { first.push(row) } else { quiet.push(row) }
        }
    }
    if first.is_empty() && quiet.is_empty() {
        return el("p", "").set("role", "status").add(nobody_found()).part();
    }
    vec![attention(&first).part(), others(&quiet).part()].part()
}

/// Whoever needs it most first.
fn all(session: Session) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for row in session.digests(Row::of).into_iter().flatten() {
        let is_before = |it: &Row| {
            row.urgency().cmp(&it.urgency()).then_with(|| it.name.cmp(&row.name)).is_le()
        };
        rows.insert(rows.partition_point(is_before), row);
    }
    rows
}

fn search_field(sought: RwSignal<String>) -> El {
    let field = el("input", "field-input")
        .set("id", "search")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("placeholder", search())
        .bind(sought);
    el("div", "field page-wide")
        .set("role", "search")
        .add(el("label", "visually-hidden").set("for", "search").add(search()))
        .add(field)
}

/// So many reasons stand out; the others follow in a line, so that the next person is near.
const LOUD: usize = 3;

fn attention(rows: &[&Row]) -> El {
    let mut list = el("ul", "list");
    for it in rows {
        let mut chips = el("div", "chips");
        if it.waiting > 0 {
            chips = chips.add(state_chip(Tone::NeedsYou, Icon::Check, waits(it.waiting)));
        }
        let (loud, rest) = it.reasons.split_at(it.reasons.len().min(LOUD));
        for reason in loud {
            let tone = if reason.kind.asks_to_act() { Tone::NeedsYou } else { Tone::Waiting };
            let picture = match reason.kind {
                SignalKind::Silence => Icon::Circle,
                SignalKind::Unconfirmed
                | SignalKind::HoursBehind
                | SignalKind::ShareLow
                | SignalKind::PlanOpen
                | SignalKind::GoalsLate
                | SignalKind::ReviewOverdue
                | SignalKind::VisitOverdue
                | SignalKind::AttestationEnds
                | SignalKind::NotJoined
                | SignalKind::MentorSilent => Icon::Hourglass,
                SignalKind::WellBeing => Icon::Sad,
                SignalKind::WaitsForCoach
                | SignalKind::NotReceived
                | SignalKind::NoReception
                | SignalKind::MayStop
                | SignalKind::ProposalWaits
                | SignalKind::Concern
                | SignalKind::AgreementEnds
                | SignalKind::NoAgreement => Icon::Alert,
            };
            chips = chips.add(state_chip(tone, picture, reasons::signal(reason)));
        }
        let who = el("div", "").add(el("h3", "").add(it.name.clone())).add(soft(it.course.clone()));
        let rest: Vec<String> = rest.iter().map(reasons::signal).collect();
        let rest = (!rest.is_empty()).then(|| soft(also(rest.join(" · "))));
        let card = link(it.href(), "card card-link").add(who).add(chips).add(rest);
        list = list.add(el("li", "").add(card));
    }
    let guides = rows.is_empty() || rows.iter().any(|it| it.guides);
    let title = if guides { first_title(rows.len()) } else { waits_title(rows.len()) };
    section(title).add(rows.is_empty().then(|| soft(all_well()))).add(list)
}

fn others(rows: &[&Row]) -> Option<El> {
    let mut list = el("div", "rows");
    for it in rows {
        let still = it
            .stands_still
            .map(|day| state_chip(Tone::Plain, Icon::Barred, stands_still(dates::short_day(day))));
        let text = el("span", "row-text")
            .add(el("span", "").add(it.name.clone()))
            .add(el("span", "soft").add(it.course.clone()))
            .add(still.map(|it| el("span", "").add(it)));
        list = list.add(link(it.href(), "row").add(text).add(icon(Icon::Forward)));
    }
    (!rows.is_empty()).then(|| section(quiet_title(rows.len())).add(list))
}
