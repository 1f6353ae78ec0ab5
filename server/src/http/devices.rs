//! One's own devices, and stopping one: by its owner, or by a coach of its owner.

use super::session::Reader;
use super::{Cbor, Routes};
use crate::app::{Server, Shared};
use crate::desk::{Desk, Registered};
use crate::error::{Error, Result};
use axum::extract::State;
use axum::routing::{get, post};
use dubbelspoor_domain::dossier::{Body, KeyRevoked, Links, Role};
use dubbelspoor_domain::id::PersonId;
use dubbelspoor_domain::wire::{Device, Devices, Revoke};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", "/v1/devices", get(list)).at("POST", "/v1/devices/revoke", post(revoke))
}

async fn list(State(server): State<Shared>, reader: Reader) -> Result<Cbor<Devices>> {
    devices_of(&server, reader.person).await
}

async fn devices_of(server: &Server, person: PersonId) -> Result<Cbor<Devices>> {
    let seen = server.store.last_seen(person).await?;
    let devices = server.store.devices(person).await?.into_iter().map(|it| {
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

/// The list is changed first, so that the device is stopped even if a dossier cannot be told now. Asking again tells
/// those that were left out.
async fn revoke(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(revoke): Cbor<Revoke>,
) -> Result<Cbor<Devices>> {
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
    devices_of(&server, device.person).await
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
