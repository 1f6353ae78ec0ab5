//! What was put aside in a dossier: shown to whoever wrote it, and to those who can decide about it.

use super::session::Reader;
use super::{Cbor, Routes};
use crate::app::Shared;
use crate::centre::steers;
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::routing::get;
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{Code, QuarantineList, Quarantined, path};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::QUARANTINE, get(list))
}

#[derive(Deserialize)]
struct Of {
    dossier: String,
}

async fn list(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<Cbor<QuarantineList>> {
    let dossier = DossierId::from_hex(&of.dossier).ok_or(Error::NotFound)?;
    let ledger = server.ledgers.read(&server.store, dossier).await?.ok_or(Error::NotFound)?;
    let links = &ledger.dossier().links;
    if !links.all().any(|it| it.link.person == reader.person) {
        return Err(Error::NotFound);
    }
    let decides = steers(links, reader.person);
    let kept = server.store.quarantined(dossier).await?.into_iter().filter_map(|it| {
        let event = Event::join(&it.sealed, it.body.as_deref()).ok()?;
        let shown = decides || event.header().person == reader.person;
        shown.then(|| Quarantined {
            hash: it.hash,
            event: Bytes(event.raw()),
            code: Code::from_number(it.code),
            received_at: it.received_at,
        })
    });
    Ok(Cbor(QuarantineList { dossier, quarantined: kept.collect() }))
}
