//! Visits and other contacts (G2): planned, moved, cancelled, reported on the spot.

use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, icon, link, needs_you, nothing, page_named, section,
    soft, state_chip,
};
use crate::screens::file::{Guided, guides_now, reading};
use crate::screens::matters::open_matters;
use crate::screens::message::put;
use crate::screens::reading::{disclosure, name};
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form, one_of};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::dossier::{Body, Dossier, Said, Visit, VisitKind};
use dubbelspoor_domain::floor::visits_of_year;
use dubbelspoor_domain::id::{DossierId, VisitId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::signals::signals;
use leptos::prelude::*;
use std::cmp::Reverse;

words! {
    visit_title { nl "Werkplekbezoek" en "Workplace visit" fr "Visite du lieu de travail" }
    visits { nl "Bezoeken en contacten" en "Visits and contacts" fr "Visites et contacts" }
    of_norm(held, norm) { nl "{held} van {norm} bezoeken dit schooljaar" en "{held} of {norm} visits this school year" fr "{held} visites sur {norm} cette année scolaire" }
    no_visits { nl "Nog geen bezoeken. Plan het eerste hieronder." en "No visits yet. Plan the first one below." fr "Pas encore de visite. Planifiez la première ci-dessous." }
    no_visits_yet { nl "Nog geen bezoeken." en "No visits yet." fr "Pas encore de visite." }
    on_site { nl "Bezoek ter plaatse" en "Visit on the spot" fr "Visite sur place" }
    call { nl "Telefoon" en "Call" fr "Appel" }
    digital { nl "Digitaal contact" en "Digital contact" fr "Contact numérique" }
    how { nl "Hoe?" en "How?" fr "Comment ?" }
    about { nl "Waar wil je naar kijken?" en "What do you want to look at?" fr "Que voulez-vous observer ?" }
    plan { nl "Bewaar de afspraak" en "Save the appointment" fr "Enregistrer le rendez-vous" }
    wrong_visit { nl "Kies hoe en een dag." en "Choose how and a day." fr "Choisissez comment et un jour." }
    planned { nl "Gepland" en "Planned" fr "Prévu" }
    held { nl "Verslag gemaakt" en "Reported" fr "Rapporté" }
    from_dossier { nl "Om over te praten" en "To talk about" fr "À aborder" }
    agreed_then(day) { nl "Afgesproken op {day}" en "Agreed on {day}" fr "Convenu le {day}" }
    differs(goal, own, mentor) { nl "{goal}: zelf {own}, mentor {mentor}" en "{goal}: own rating {own}, mentor {mentor}" fr "{goal} : soi-même {own}, mentor {mentor}" }
    whole_dossier { nl "Bekijk het hele dossier" en "Look at the whole dossier" fr "Voir tout le dossier" }
    report { nl "Wat zag en hoorde je?" en "What did you see and hear?" fr "Qu’avez-vous vu et entendu ?" }
    agreed { nl "Wat is afgesproken?" en "What was agreed?" fr "Qu’est-ce qui est convenu ?" }
    all_read { nl "Cursist en mentor lezen dit verslag mee." en "Learner and mentor read this report too." fr "L’apprenant et le mentor lisent aussi ce rapport." }
    save_report { nl "Bewaar het verslag" en "Save the report" fr "Enregistrer le rapport" }
    wrong_report { nl "Kies een dag en schrijf wat je zag." en "Choose a day and write what you saw." fr "Choisissez un jour et écrivez ce que vous avez vu." }
    unknown { nl "Dit bezoek staat niet op dit toestel." en "This visit is not on this device." fr "Cette visite n’est pas sur cet appareil." }
    day { nl "Wanneer?" en "When?" fr "Quand ?" }
    present { nl "Wie is erbij?" en "Who is there?" fr "Qui est présent ?" }
    move_it { nl "Verzet de afspraak" en "Move the appointment" fr "Déplacer le rendez-vous" }
    cancel { nl "Gaat niet door" en "Is cancelled" fr "N’a pas lieu" }
    is_cancelled { nl "Deze afspraak gaat niet door." en "This appointment is cancelled." fr "Ce rendez-vous n’a pas lieu." }
    holds_again { nl "Toch wel" en "It does take place" fr "Si, il a lieu" }
}

fn visit_kind(it: VisitKind) -> &'static str {
    match it {
        VisitKind::OnSite => on_site(),
        VisitKind::Call => call(),
        VisitKind::Digital => digital(),
    }
}

pub(super) fn listed_visits(session: Session, it: &Dossier) -> AnyView {
    let mut all: Vec<&Said<Visit>> = it.guiding.visits().collect();
    sort_by_key(&mut all, |it| Reverse((it.what.day, it.at)));
    let row = |said: &&Said<Visit>| {
        let state = match said.what.report {
            Some(_) => state_chip(Tone::Confirmed, Icon::Check, held()),
            None => state_chip(Tone::Waiting, Icon::Hourglass, planned()),
        };
        let when = dates::day(said.what.day, session.today());
        let text = el("span", "row-text")
            .add(el("span", "").add(visit_kind(said.what.kind)))
            .add(el("span", "soft").add(when))
            .add(el("span", "").add(state));
        link(format!("/visit/{}/{}", it.id, said.what.visit), "row")
            .add(text)
            .add(icon(Icon::Forward))
    };
    let rows: Vec<El> = all.iter().map(row).collect();
    let guides = it.is_guided_by(session.me().person, session.today());
    let none = rows.is_empty().then(|| soft(if guides { no_visits() } else { no_visits_yet() }));
    let norm = if guides { session.thresholds(it.id).visit_norm } else { 0 };
    let held = visits_of_year(it, session.today());
    let of_norm = (norm > 0).then(|| el("p", "").add(of_norm(held, norm)));
    section(visits()).add(of_norm).add(none).add(el("div", "rows").add(rows)).part()
}

pub(super) fn planning(session: Session, dossier: DossierId) -> El {
    let blank = Visit {
        visit: VisitId([0; 16]),
        kind: VisitKind::OnSite,
        day: untrack(|| session.today()),
        present: String::new(),
        about: String::new(),
        report: None,
        agreed: String::new(),
        cancelled: false,
    };
    appointment(dossier, "visit", blank, Box::new(move || VisitId(session.new_id())))
}

/// An appointment as it is made, or moved.
fn appointment(
    dossier: DossierId,
    about_: &str,
    before: Visit,
    visit: Box<dyn Fn() -> VisitId>,
) -> El {
    let chosen = VisitKind::ALL.iter().position(|it| *it == before.kind).unwrap_or_default();
    let fields = vec![
        field("visit-how", how(), one_of(VisitKind::ALL.map(visit_kind))).with(chosen.to_string()),
        field("visit-day", day(), Sort::Date).with(dates::for_field(before.day)),
        field("visit-present", present(), Sort::Line).with(before.present.clone()),
        field("visit-about", about(), Sort::Text(1_500)).with(before.about.clone()),
    ];
    let asks = Asks { about: about_, send: plan(), wrong: wrong_visit(), then: None };
    let read = move |it: &Filled| {
        let kind = *VisitKind::ALL.get(it.number(0)? as usize)?;
        let (day, present, about) = (it.day(1)?, it.text(2), it.text(3));
        let visit = visit();
        // As it stands by now: somebody may have reported on it while this one moved it.
        let session = use_session();
        let now = session.with(dossier, |it| it.guiding.visit(visit).map(|it| it.what.clone()));
        let before = now.flatten().unwrap_or_else(|| before.clone());
        Some(vec![Body::Visit(Visit { visit, kind, day, present, about, ..before })])
    };
    form(dossier, asks, fields, Box::new(read))
}

/// What those who guide do with a visit.
pub(crate) type Reporting = fn(Session, DossierId, VisitId, El) -> El;
/// For their program only.
pub(crate) const REPORTING: Reporting = writing;

/// One visit: what it is about, and its report.
pub(crate) fn visit(dossier: &str, visit: &str, reporting: Guided<Reporting>) -> AnyView {
    let session = use_session();
    let (Some(dossier), Some(visit)) = (DossierId::from_hex(dossier), VisitId::from_hex(visit))
    else {
        return page_named(visit_title().part(), Some("/".to_owned())).part();
    };
    let shown = reading(session, dossier, move |session, it| match it.guiding.visit(visit) {
        Some(said) => one_visit(session, it, said),
        None => soft(unknown()).part(),
    });
    let page = page_named(visit_title().part(), Some(format!("/guiding/{dossier}"))).add(shown);
    match reporting.filter(|_| guides_now(session, dossier)) {
        Some(reporting) => reporting(session, dossier, visit, page).part(),
        None => page.part(),
    }
}

fn writing(session: Session, dossier: DossierId, visit: VisitId, page: El) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let state = reading(session, dossier, move |session, it| {
        it.guiding.visit(visit).map(|said| held_or_not(session, it, said, fault)).part()
    });
    let before = untrack(|| session.with(dossier, |it| it.guiding.visit(visit).cloned())).flatten();
    let before = before.map(|it| it.what).filter(|it| !it.cancelled);
    let moves = before.clone().filter(|it| it.report.is_none()).map(|it| {
        let about = format!("move-{visit}");
        disclosure(move_it().to_owned(), appointment(dossier, &about, it, Box::new(move || visit)))
    });
    let prepared = reading(session, dossier, move |session, it| {
        let is_held = it.guiding.visit(visit).is_none_or(|said| said.what.report.is_some());
        (!is_held).then(|| prepared(session, it)).part()
    });
    page.add(state)
        .add(told(fault))
        .add(prepared)
        .add(before.map(|it| reporting(session, dossier, it)))
        .add(moves)
}

/// What the dossier has to talk about there (G2): why to look, what was agreed before, what is open, where ratings differ.
fn prepared(session: Session, it: &Dossier) -> El {
    let mut rows = el("ul", "rows");
    for it in signals(it, session.thresholds(it.id), session.today()) {
        let words = el("span", "row-text").add(reasons::signal(&it));
        rows = rows.add(el("li", "row").add(icon(Icon::Alert)).add(words));
    }
    let held = it.guiding.visits().filter(|it| !it.what.agreed.is_empty());
    let last = held.max_by_key(|it| (it.what.day, it.at));
    let agreed = last.map(|said| {
        let when = dates::short_day(said.what.day);
        el("div", "card")
            .add(el("h3", "").add(agreed_then(when)))
            .add(el("p", "words").add(said.what.agreed.clone()))
    });
    for (goal, own, mentor) in it.rating_differences() {
        let title = vocabulary::translated(&goal.title);
        let words = differs(title, vocabulary::level(own), vocabulary::level(mentor));
        let words = el("span", "row-text").add(words);
        rows = rows.add(el("li", "row").add(icon(Icon::Fork)).add(words));
    }
    let dossier = link(format!("/dossier/{}", it.id), "button button-quiet").add(whole_dossier());
    section(from_dossier()).add(rows).add(agreed).add(open_matters(session, it)).add(dossier)
}

fn one_visit(session: Session, it: &Dossier, said: &Said<Visit>) -> AnyView {
    let when = dates::day(said.what.day, session.today());
    let line = |words: &str| (!words.is_empty()).then(|| el("p", "words").add(words.to_owned()));
    let report = said.what.report.as_deref().unwrap_or_default();
    el("article", "card")
        .add(el("h2", "").add(format!("{} · {when}", visit_kind(said.what.kind))))
        .add(soft(format!("{} · {}", name(it, said.by), said.what.present)))
        .add(line(&said.what.about))
        .add(line(report))
        .add(line(&said.what.agreed))
        .add(said.what.cancelled.then(|| needs_you(is_cancelled())))
        .part()
}

/// An appointment that does not take place says so, and may take place after all.
fn held_or_not(
    session: Session,
    it: &Dossier,
    said: &Said<Visit>,
    fault: RwSignal<Option<NotKept>>,
) -> AnyView {
    if said.what.report.is_some() {
        return nothing();
    }
    let cancelled = !said.what.cancelled;
    let body = Body::Visit(Visit { cancelled, ..said.what.clone() });
    let dossier = it.id;
    let act = button("button button-quiet", move || put(session, dossier, body.clone(), fault));
    let words = if cancelled { cancel() } else { holds_again() };
    act.add(words).part()
}

fn reporting(session: Session, dossier: DossierId, before: Visit) -> El {
    let fields = vec![
        field("report-day", day(), Sort::Date).with(dates::for_field(before.day)),
        field("report-present", present(), Sort::Line).with(before.present.clone()),
        field("report", report(), Sort::Text(3_000))
            .with(before.report.clone().unwrap_or_default()),
        field("report-agreed", agreed(), Sort::Text(3_000)).with(before.agreed.clone()),
    ];
    let about = format!("report-{}", before.visit);
    let then = Some(format!("/guiding/{dossier}"));
    let asks = Asks { about: &about, send: save_report(), wrong: wrong_report(), then };
    let read = move |it: &Filled| {
        // As it stands by now: it may have been moved while somebody wrote.
        let visit = before.visit;
        let now = session.with(dossier, |it| it.guiding.visit(visit).map(|it| it.what.clone()));
        let (day, present, report) = (it.day(0)?, it.text(1), Some(it.words(2)?));
        let (agreed, cancelled) = (it.text(3), false);
        let now = now.flatten()?;
        Some(vec![Body::Visit(Visit { day, present, report, agreed, cancelled, ..now })])
    };
    el("div", "section").add(soft(all_read())).add(form(dossier, asks, fields, Box::new(read)))
}
