//! Reminders by e-mail (I4): what one chose, and stopping it from within the mail.

use super::people::asked;
use super::session::Reader;
use super::{Cbor, Routes};
use crate::app::Shared;
use crate::error::{Error, Result};
use crate::store::Reminder;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::reminder::Reminders;
use dubbelspoor_domain::wire::{Message as _, Signed, path};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::REMINDERS, get(own)).at("POST", path::REMINDERS, post(choose))
}

async fn own(State(server): State<Shared>, reader: Reader) -> Result<Cbor<Reminders>> {
    let it = server.store.reminder(reader.person).await?.ok_or(Error::NotFound)?;
    Reminders::from_bytes(&it.chosen).map(Cbor).ok_or(Error::Corrupt("a reminder"))
}

async fn choose(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    server.limits.invite(signed.key)?;
    let chosen: Reminders = asked(&server, &reader, &signed).await?;
    if server.mailer.is_none() {
        return Err(Error::NotFound);
    }
    if !chosen.is_sound() {
        return Err(Error::Message);
    }
    let it = Reminder {
        person: reader.person,
        chosen: chosen.to_bytes(),
        stop: crate::random()?,
        last_day: None,
    };
    server.store.put_reminder(&it).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The mail program of whoever got the mail: without a session, and with what nobody can guess.
pub(crate) async fn stop(
    State(server): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<StatusCode> {
    let text = query.filter(|it| it.len() == 32).unwrap_or_default();
    let stop = u128::from_str_radix(&text, 16).map_err(|_| Error::NotFound)?;
    let stopped = server.store.stop_reminder(stop.to_be_bytes()).await?;
    if stopped { Ok(StatusCode::NO_CONTENT) } else { Err(Error::NotFound) }
}
