//! Who guides in a centre, and leertrajecten that get another coach when the one they have cannot see to it (A16). For who
//! runs the centre: they belong to none of its leertrajecten, so that the school writes for them.

use super::people::asked;
use super::session::Reader;
use super::{Cbor, Routes};
use crate::app::{Server, Shared};
use crate::centre::{coaches, hand_over, runs_centre};
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{Guides, HandOver, Signed, path};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::COACHES, get(list)).at("POST", path::COACHES, post(give))
}

#[derive(Deserialize)]
struct Of {
    centre: String,
}

async fn list(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<Cbor<Guides>> {
    let centre = DossierId::from_hex(&of.centre).ok_or(Error::NotFound)?;
    check(&server, reader.person, centre).await?;
    Ok(Cbor(Guides { all: coaches(&server, centre).await? }))
}

/// Giving again changes nothing: nothing is theirs any more.
async fn give(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    server.limits.invite(signed.key)?;
    let HandOver { centre, from, to } = asked(&server, &reader, &signed).await?;
    check(&server, reader.person, centre).await?;
    if from == to {
        return Err(Error::Message);
    }
    let may_guide = coaches(&server, centre).await?.into_iter().find(|it| it.person == to);
    let name = may_guide.ok_or(Error::NotPermitted)?.name;
    hand_over(&server, centre, from, (to, &name)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Of a centre that somebody does not run nobody hears even whether it is there (A14).
async fn check(server: &Server, asker: PersonId, centre: DossierId) -> Result<()> {
    if runs_centre(server, asker, centre).await? { Ok(()) } else { Err(Error::NotFound) }
}
