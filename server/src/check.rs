//! Reads everything again and says what does not hold: altered bytes, missing rows, signatures that do not fit.

use crate::app::Server;
use crate::error::Result;
use crate::ledgers::from_store;
use crate::store::{Head, Row};
use dubbelspoor_domain::dossier::Dossier;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{Chain, DossierId, PersonId, PublicKey};
use dubbelspoor_domain::seal;

const PAGE: u32 = 1_000;

/// What was read, and what was found.
#[derive(Default, Debug)]
pub struct Report {
    /// How many dossiers were read.
    pub dossiers: u64,
    /// How many events were read.
    pub events: u64,
    /// What does not hold, in words.
    pub faults: Vec<String>,
}

/// Checks every dossier.
///
/// # Errors
/// When the store does not answer; faults in what it answers are in the report.
pub async fn check(server: &Server) -> Result<Report> {
    let mut report = Report::default();
    for (id, head) in server.store.heads().await? {
        report.dossiers += 1;
        check_dossier(server, id, head, &mut report).await?;
    }
    Ok(report)
}

async fn check_dossier(
    server: &Server,
    id: DossierId,
    head: Head,
    report: &mut Report,
) -> Result<()> {
    let mut dossier = Dossier::new(id);
    let mut chain = Chain::START;
    let mut position = 0;
    loop {
        let rows = server.store.rows(id, position, PAGE).await?;
        let Some(last) = rows.last() else { break };
        let next = last.position;
        for stored in &rows {
            position += 1;
            report.events += 1;
            if let Err(fault) = check_row(server, stored, position, &mut chain, &mut dossier) {
                report.faults.push(format!("dossier {id}, position {}: {fault}", stored.position));
            }
        }
        position = next;
    }
    if (position, chain) != (head.position, head.chain) {
        report
            .faults
            .push(format!("dossier {id}: the head says {}, the rows {position}", head.position));
    }
    Ok(())
}

fn check_row(
    server: &Server,
    stored: &Row,
    position: u64,
    chain: &mut Chain,
    dossier: &mut Dossier,
) -> Result<(), &'static str> {
    let row = from_store(stored).map_err(|_| "a verdict that nobody gave")?;
    *chain = row.chain(*chain);
    let placed = row.placed().ok_or("the event's bytes were altered")?;
    dossier.fold(&placed);
    if stored.position != position {
        return Err("rows before it are missing");
    }
    if *chain != stored.chain {
        return Err("the chain was altered");
    }
    let key = author(server, dossier, placed.event).ok_or("its author's key is not certified")?;
    let (message, signature) = placed.event.claim().ok_or("it has no signature")?;
    if seal::verify(&key, &message, &signature) { Ok(()) } else { Err("its signature is wrong") }
}

fn author(server: &Server, dossier: &Dossier, event: &Event) -> Option<PublicKey> {
    let header = event.header();
    if header.person == PersonId::SCHOOL {
        return (header.key == server.school.public().id()).then(|| server.school.public());
    }
    let certified = &dossier.keys.get(header.key)?.certified;
    (certified.person == header.person).then_some(certified.public)
}
