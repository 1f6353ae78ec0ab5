//! One's own devices, and stopping one: by its owner, or by somebody who answers for its owner.

use super::session::Reader;
use super::{Cbor, Routes, sender};
use crate::app::{Server, Shared};
use crate::centre::{Act, answers_for};
use crate::desk::{Desk, Registered};
use crate::error::{Error, Result};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::dossier::{Body, KeyRevoked};
use dubbelspoor_domain::id::PersonId;
use dubbelspoor_domain::wire::{Device, Devices, Message, Purpose, Revoke, Signed, path};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::DEVICES, get(list)).at("POST", path::REVOKE, post(revoke))
}

async fn list(State(server): State<Shared>, reader: Reader) -> Result<Cbor<Devices>> {
    Ok(Cbor(Devices { devices: of_person(&server, reader.person).await? }))
}

/// A person's devices, as they are shown.
pub(super) async fn of_person(server: &Server, person: PersonId) -> Result<Vec<Device>> {
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
    Ok(devices.collect())
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
    if !answers_for(&server, reader.person, device.person, Act::Stop).await? {
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
