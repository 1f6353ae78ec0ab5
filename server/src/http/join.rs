//! Joining: an invitation and a new key, exchanged for a place. Single use, and safe to send twice.

use super::session::{Opened, joined};
use super::{Cbor, From, Routes};
use crate::app::{Server, Shared};
use crate::centre;
use crate::desk::{Desk, Registered};
use crate::error::{Error, Result};
use crate::invite;
use crate::store::{Enrolment, Newcomer, Ticket};
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::post;
use dubbelspoor_domain::id::{KeyId, PersonId};
use dubbelspoor_domain::seal;
use dubbelspoor_domain::wire::{Join, Message, Purpose, Secret, Signed, path};

/// The longest name of a device, in bytes.
const MAX_NAME: usize = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("POST", path::JOIN, post(join))
}

async fn join(
    State(server): State<Shared>,
    from: From,
    Cbor(signed): Cbor<Signed>,
) -> Result<impl IntoResponse> {
    server.limits.join(from.0)?;
    let asked = Join::from_bytes(&signed.payload.0).ok_or(Error::Message)?;
    let input = Purpose::Join.signing_input(&signed.payload.0);
    let holds_key =
        signed.key == asked.public.id() && seal::verify(&asked.public, &input, &signed.signature);
    if !holds_key || asked.device.len() > MAX_NAME {
        return Err(Error::Message);
    }
    let now = crate::now();
    let opened = Opened::new(&server, now)?;
    let newcomer = Newcomer {
        public_key: asked.public,
        name: asked.device,
        session: opened.token_hash,
        session_expires_at: opened.expires_at,
    };
    let person = match enrol(&server, &asked.secret, &newcomer, now).await? {
        Enrolment::Joined(person) => person,
        Enrolment::Unknown => return Err(Error::NoInvite),
        Enrolment::Expired => return Err(Error::InviteOver("expired")),
        Enrolment::Used => return Err(Error::InviteOver("used")),
        Enrolment::Blocked => return Err(Error::InviteOver("blocked")),
    };
    certify(&server, person, signed.key).await?;
    let joined = joined(&server, person, now).await?;
    Ok(([opened.header()?], Cbor(joined)))
}

async fn enrol(server: &Server, secret: &Secret, by: &Newcomer, now: u64) -> Result<Enrolment> {
    let code;
    let ticket = match secret {
        Secret::Token(token) => Ticket::Token(invite::token_hash(&token.0)),
        Secret::Code(typed) => match invite::Code::read(typed) {
            Some(it) => {
                code = it;
                Ticket::Code { hint: code.hint(), hash: code.hash() }
            }
            None => return Ok(Enrolment::Unknown),
        },
    };
    Ok(server.store.enrol(ticket, by, now).await?)
}

/// Tells every dossier of the person about the key. A dossier that a crash leaves out learns of it with the device's
/// first event there.
async fn certify(server: &Server, person: PersonId, key: KeyId) -> Result<()> {
    let devices = server.store.device(key).await?;
    let registered: Registered = devices.into_iter().map(|it| (key, it)).collect();
    for (dossier, _) in server.store.heads_for(person).await? {
        if let Some(ledger) = server.ledgers.read(&server.store, dossier).await? {
            centre::welcome(server, ledger.dossier()).await?;
        }
    }
    for (dossier, _) in server.store.heads_for(person).await? {
        let mut desk = Desk::open(server, dossier, key, registered.clone()).await?;
        desk.vouch_for(key).await?;
        desk.close().await?;
    }
    Ok(())
}
