//! One's own devices, and stopping one: by its owner, or by a coach of its owner.

use super::session::Reader;
use super::{Cbor, Routes, sender};
use crate::app::{Server, Shared};
use crate::desk::{Desk, Registered};
use crate::error::{Error, Result};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::dossier::{Body, KeyRevoked, Links, Role};
use dubbelspoor_domain::id::PersonId;
use dubbelspoor_domain::wire::{Device, Devices, Message, Purpose, Revoke, Signed, path};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::DEVICES, get(list)).at("POST", path::REVOKE, post(revoke))
}

async fn list(State(server): State<Shared>, reader: Reader) -> Result<Cbor<Devices>> {
    let seen = server.store.last_seen(reader.person).await?;
    let devices = server.store.devices(reader.person).await?.into_iter().map(|it| {
        let key = it.public_key.id();
        Device {
            key,
            name: it.name,
            since: it.certified_at,
            last_seen: seen.iter().find(|(seen, _)| *seen == key).map(|(_, at)| *at),
            revoked: it.revoked_at,
        }
    });
    Ok(Cbor(Devices { devices: devices.collect() }))
}

/// Takes a session and a key: a stolen cookie cannot shut its owner out. The list is changed first, so that the device is stopped even if a dossier cannot be told now. Asking again tells
/// those that were left out.
async fn revoke(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    let by = sender(&server, &signed, Purpose::Request).await?;
    let revoke = Revoke::from_bytes(&signed.payload.0).ok_or(Error::Message)?;
    if by.person != reader.person {
        return Err(Error::NotPermitted);
    }
    let device = server.store.device(revoke.key).await?.ok_or(Error::NotFound)?;
    if device.person != reader.person && !coaches(&server, reader.person, device.person).await? {
        return Err(Error::NotFound);
    }
    server.store.revoke_device(revoke.key, crate::now()).await?;
    for (dossier, _) in server.store.heads_for(device.person).await? {
        let mut desk = Desk::open(&server, dossier, reader.key, Registered::new()).await?;
        let known = desk.ledger().dossier().keys.get(revoke.key);
        if known.is_some_and(|it| it.revoked.is_none()) {
            desk.write(&Body::KeyRevoked(KeyRevoked { key: revoke.key })).await?;
            desk.close().await?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Whether somebody now runs the centre's side of a dossier in which the other takes part.
async fn coaches(server: &Server, coach: PersonId, other: PersonId) -> Result<bool> {
    for (dossier, _) in server.store.heads_for(coach).await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        let links = &ledger.dossier().links;
        let takes_part = links.all().any(|it| it.link.person == other);
        if takes_part && steers(links, coach) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody is now a coach or administrator of a dossier.
pub(super) fn steers(links: &Links, person: PersonId) -> bool {
    let mut steering = links.current(Role::Coach).chain(links.current(Role::Administrator));
    steering.any(|it| it == person)
}
