//! The figures of a centre's school year as tables, in the words of those who report them (G7). No row names anybody, and a
//! status stands in none of them: it is only counted, over the whole centre (A10).

use crate::app::Server;
use crate::centre::each_track;
use crate::error::Result;
use crate::spreadsheet::{Cell, Sheet};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Dossier, EndReason, JobOutcome, LearnerStatus, TrackResult, TrackState,
};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::monitoring::{Answers, Group, Monitoring, Sums, TrackFigures};
use std::sync::Arc;

/// Goes through the leertrajecten of a centre, one at a time.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn gather(
    server: &Server,
    centre: DossierId,
    year: Day,
    today: Day,
) -> Result<Monitoring> {
    let mut figures = Monitoring::new(year, today);
    // By the centre's own rules, as on the phones of those who guide.
    let ledger = server.ledgers.read(&server.store, centre).await?;
    let frame = ledger.map(|it| Arc::new(it.dossier().as_frame())).unwrap_or_default();
    each_track(server, centre, |_, track| {
        figures.add(&Dossier { frame: frame.clone(), ..track.clone() });
    })
    .await?;
    Ok(figures)
}

/// A row for each leertraject.
pub(crate) fn tracks(it: &Monitoring) -> Sheet {
    let own =
        ["Opleiding", "Leerwerkplek", "Van", "Tot", "Intake", "Stand", "Reden van stopzetting"];
    let after = ["Beslissing", "Latere job"];
    let heads = own.into_iter().chain(after).chain(SUMS).map(str::to_owned).collect();
    Sheet { name: "Leertrajecten", heads, rows: it.tracks().into_iter().map(track).collect() }
}

fn track(it: &TrackFigures) -> Vec<Cell> {
    let own = vec![
        it.course.nl.trim().into(),
        it.workplace.trim().into(),
        it.period.map(|(from, _)| from).into(),
        it.period.map(|(_, to)| to).into(),
        it.intake.into(),
        state(it.state).into(),
        it.ended.map(reason).into(),
        it.result.map(result).into(),
        it.later.map(later).into(),
    ];
    own.into_iter().chain(sums(&it.sums)).collect()
}

/// All tables: the leertrajecten, and what they come to per course, per workplace and by status.
pub(crate) fn sheets(it: &Monitoring) -> [Sheet; 4] {
    let all = it.all();
    [
        tracks(it),
        groups("Per opleiding", "Opleiding", it.courses(), &all),
        groups("Per leerwerkplek", "Leerwerkplek", it.workplaces(), &all),
        statuses(it),
    ]
}

fn groups(name: &'static str, of: &str, groups: Vec<Group>, all: &Group) -> Sheet {
    let mut heads: Vec<String> = [of, "Leertrajecten", "Begonnen", "Nog niet begonnen", "Lopend"]
        .map(str::to_owned)
        .to_vec();
    heads.push("Vroegtijdig gestopt".to_owned());
    heads.extend(EndReason::ALL.map(|it| format!("Gestopt: {}", reason(it))));
    heads.push("Afgerond".to_owned());
    heads.extend(TrackResult::ALL.map(|it| result(it).to_owned()));
    heads.extend(["Voorbij", "Latere job genoteerd"].map(str::to_owned));
    heads.extend(JobOutcome::ALL.map(|it| format!("Later: {}", later(it))));
    heads.extend(SUMS.map(str::to_owned));
    let mut rows: Vec<Vec<Cell>> = groups.iter().map(|it| group(or_none(&it.name), it)).collect();
    rows.push(group("Alles samen", all));
    Sheet { name, heads, rows }
}

fn or_none(name: &str) -> &str {
    if name.is_empty() { "(niet ingevuld)" } else { name }
}

fn group(name: &str, it: &Group) -> Vec<Cell> {
    let mut row = vec![name.into()];
    row.extend([it.tracks, it.began, it.planned, it.running].map(Cell::from));
    row.push(it.ended_early().into());
    row.extend(it.ended.map(Cell::from));
    row.push(it.completed.into());
    row.extend(it.results.map(Cell::from));
    row.extend([it.over, it.asked_later()].map(Cell::from));
    row.extend(it.later.map(Cell::from));
    row.extend(sums(&it.sums));
    row
}

fn statuses(it: &Monitoring) -> Sheet {
    let heads = ["Statuut van de cursist", "Leertrajecten (kleine aantallen worden niet getoond)"];
    let count = |it: Option<u32>| it.map_or(Cell::from("niet getoond"), Cell::from);
    let rows = it.statuses().into_iter().map(|(it, many)| vec![status(it).into(), count(many)]);
    Sheet { name: "Statuut", heads: heads.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// The headings of [`sums`].
const SUMS: [&str; 13] = [
    "Doelen bereikt",
    "Doelen gepland",
    "Bezoeken",
    "Andere contacten",
    "Uren op de werkplek",
    "Uren op school",
    "Aandeel werkplek (%)",
    "Antwoordtijd werkplek (uren, mediaan)",
    "Beantwoord door werkplek",
    "Wacht op werkplek",
    "Antwoordtijd school (uren, mediaan)",
    "Beantwoord door school",
    "Wacht op school",
];

fn sums(it: &Sums) -> Vec<Cell> {
    let mut row = vec![
        it.reached.into(),
        it.goals.into(),
        it.visits.into(),
        it.contacts.into(),
        hours(it.worked.workplace),
        hours(it.worked.school),
        it.worked.workplace_share().into(),
    ];
    row.extend(answers(&it.by_workplace));
    row.extend(answers(&it.by_school));
    row
}

fn answers(it: &Answers) -> [Cell; 3] {
    let count = u32::try_from(it.count()).unwrap_or(u32::MAX);
    [it.median().map_or(Cell::Empty, hours), count.into(), it.waiting.into()]
}

/// Minutes as hours, to the nearest tenth.
fn hours(minutes: u32) -> Cell {
    Cell::Tenths(minutes.saturating_add(3) / 6)
}

fn state(it: TrackState) -> &'static str {
    match it {
        TrackState::Planned => "Nog niet begonnen",
        TrackState::Running => "Loopt",
        TrackState::Restarted => "Loopt opnieuw",
        TrackState::Paused => "Onderbroken",
        TrackState::EndedEarly => "Vroegtijdig gestopt",
        TrackState::Completed => "Afgerond",
    }
}

fn reason(it: EndReason) -> &'static str {
    match it {
        EndReason::Work => "Ander of vast werk",
        EndReason::OwnChoice => "Eigen keuze",
        EndReason::Personal => "Gezondheid of thuis",
        EndReason::Workplace => "De werkplek stopt of heeft geen werk",
        EndReason::Cooperation => "Het lukte niet samen",
        EndReason::Course => "De opleiding past niet",
        EndReason::Other => "Iets anders",
    }
}

fn result(it: TrackResult) -> &'static str {
    match it {
        TrackResult::Certificate => "Certificaat",
        TrackResult::Partial => "Deelstudiebekrachtiging",
        TrackResult::NotYet => "Nog geen resultaat",
    }
}

fn later(it: JobOutcome) -> &'static str {
    match it {
        JobOutcome::StaysOn => "Werkt verder op de leerwerkplek",
        JobOutcome::InTrade => "Werkt elders in dit beroep",
        JobOutcome::OtherWork => "Heeft ander werk",
        JobOutcome::LearnsOn => "Leert verder",
        JobOutcome::SeeksWork => "Zoekt werk",
        JobOutcome::Other => "Iets anders",
        JobOutcome::Unknown => "Niet bekend",
    }
}

fn status(it: LearnerStatus) -> &'static str {
    match it {
        LearnerStatus::SeekingWithBenefit => "Werkzoekend met uitkering",
        LearnerStatus::Seeking => "Werkzoekend zonder uitkering",
        LearnerStatus::Employed => "Aan het werk",
        LearnerStatus::Leefloon => "Leefloon",
        LearnerStatus::SchoolLeaver => "Schoolverlater",
        LearnerStatus::Other => "Iets anders",
    }
}
