//! For those who run a centre or a leertraject: inviting somebody on a screen (A15), beginning a leertraject, and the
//! devices of the people (G9).

use super::devices::of_person;
use super::session::Reader;
use super::{Cbor, Routes, sender};
use crate::app::{Server, Shared};
use crate::centre::{Act, add, answers_for, guides_in, run_by, runs, takes_part, today};
use crate::error::{Error, Result};
use crate::invite::invite;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{
    Begin, Enrolled, EnrolledList, InviteFor, Invited, Message, Purpose, Signed, path,
};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("POST", path::INVITE, post(make)).at("POST", path::BEGIN, post(begin)).at(
        "GET",
        path::PEOPLE,
        get(list),
    )
}

/// What a device of the reader's own signed: a stolen cookie does nothing here.
pub(super) async fn asked<T: Message>(
    server: &Server,
    reader: &Reader,
    signed: &Signed,
) -> Result<T> {
    let by = sender(server, signed, Purpose::Request).await?;
    if by.person != reader.person {
        return Err(Error::NotPermitted);
    }
    T::from_bytes(&signed.payload.0).ok_or(Error::Message)
}

async fn make(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<Cbor<Invited>> {
    server.limits.invite(signed.key)?;
    let asked: InviteFor = asked(&server, &reader, &signed).await?;
    let dossier = run_by(&server, reader.person, asked.dossier).await?;
    if !takes_part(&dossier, asked.person) {
        return Err(Error::NotFound);
    }
    if !answers_for(&server, reader.person, asked.person, Act::Invite).await? {
        return Err(Error::NotPermitted);
    }
    let made = invite(&server, asked.person).await?;
    let code = QrCode::encode_text(&made.link, QrCodeEcc::Medium)
        .map_err(|_| Error::Corrupt("a link that fits in no QR code"))?;
    let side = code.size();
    let mut modules = vec![0_u8; usize::try_from(side * side).unwrap_or(0).div_ceil(8)];
    for (at, (y, x)) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))).enumerate() {
        if code.get_module(x, y) {
            modules[at / 8] |= 0x80 >> (at % 8);
        }
    }
    Ok(Cbor(Invited {
        link: made.link,
        code: made.code,
        expires: made.expires,
        side: u16::try_from(side).unwrap_or(0),
        modules: Bytes(modules),
    }))
}

/// By somebody who runs the centre or guides one of its leertrajecten. Asking again changes nothing.
async fn begin(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    server.limits.invite(signed.key)?;
    let asked: Begin = asked(&server, &reader, &signed).await?;
    let ledger = server.ledgers.read(&server.store, asked.centre).await?.ok_or(Error::NotFound)?;
    let centre = ledger.dossier();
    let coach = centre.links.name_of(reader.person).unwrap_or_default();
    if centre.centre.is_none() || !guides_in(&server, reader.person, asked.centre, centre).await? {
        return Err(Error::NotFound);
    }
    if server.ledgers.read(&server.store, asked.dossier).await?.is_some() {
        return run_by(&server, reader.person, asked.dossier).await.map(|_| StatusCode::NO_CONTENT);
    }
    // A number that is known is known here: nobody's name is changed from elsewhere.
    let is_known = server.store.person(asked.learner).await?.is_some();
    if asked.learner == reader.person || is_known && !takes_part(centre, asked.learner) {
        return Err(Error::NotPermitted);
    }
    if asked.name.trim().is_empty() || asked.name.len() > 200 {
        return Err(Error::Message);
    }
    let known = centre.links.name_of(asked.learner).filter(|it| !it.is_empty());
    let name = known.unwrap_or(asked.name.trim());
    let people = [(reader.person, coach, Role::Coach), (asked.learner, name, Role::Learner)];
    add(&server, asked.dossier, Some(asked.centre), &people).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Of {
    dossier: String,
}

/// Those of a dossier for whom the reader may stop a device.
async fn list(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<Cbor<EnrolledList>> {
    let dossier = DossierId::from_hex(&of.dossier).ok_or(Error::NotFound)?;
    let dossier = run_by(&server, reader.person, dossier).await?;
    let mut all: Vec<PersonId> = dossier.links.all().map(|it| it.link.person).collect();
    all.sort_unstable();
    all.dedup();
    let mut people = Vec::new();
    for person in all {
        if answers_for(&server, reader.person, person, Act::Stop).await? {
            let devices = of_person(&server, person).await?;
            let invited = server.store.open_invite(person, crate::now()).await?;
            let roles = roles(&server, reader.person, person).await?;
            people.push(Enrolled { person, devices, invited, roles });
        }
    }
    Ok(Cbor(EnrolledList { people }))
}

async fn roles(server: &Server, asker: PersonId, person: PersonId) -> Result<Vec<Role>> {
    let (mut roles, today) = (Vec::new(), today());
    for (dossier, _) in server.store.heads_for(person).await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        let it = ledger.dossier();
        if runs(server, asker, it).await? {
            let own = it.links.all().filter(|it| it.link.person == person && !it.is_over(today));
            roles.extend(own.map(|it| it.link.role).filter(|it| *it != Role::Member));
        }
    }
    roles.sort_unstable();
    roles.dedup();
    Ok(roles)
}
