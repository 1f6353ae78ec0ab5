//! For those who run a centre or a leertraject: inviting somebody on a screen (A15), beginning a leertraject, who takes part
//! in the centre already, and the devices of the people (G9).

use super::devices::of_person;
use super::session::Reader;
use super::{Cbor, Routes, sender};
use crate::app::{Server, Shared};
use crate::centre::{
    Act, add, answers_for, coaches, guides_in, known, run_by, runs, takes_part, today,
};
use crate::error::{Error, Result};
use crate::invite::invite;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Dossier, Role};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{
    Begin, Enrolled, EnrolledList, InviteFor, Invited, KnownList, Message, Purpose, Signed, path,
};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    let routes = routes.at("POST", path::INVITE, post(make)).at("POST", path::BEGIN, post(begin));
    routes.at("GET", path::PEOPLE, get(list)).at("GET", path::KNOWN, get(around))
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

/// By somebody who runs the centre or guides one of its leertrajecten; who runs it may name another coach than themselves.
/// Asking again changes nothing.
async fn begin(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    server.limits.invite(signed.key)?;
    let asked: Begin = asked(&server, &reader, &signed).await?;
    let ledger = server.ledgers.read(&server.store, asked.centre).await?.ok_or(Error::NotFound)?;
    let centre = ledger.dossier();
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
    let (coach, called) = coach(&server, reader.person, &asked, centre).await?;
    let known = centre.links.name_of(asked.learner).filter(|it| !it.is_empty());
    let name = known.unwrap_or(asked.name.trim());
    let people = [(coach, called.as_str(), Role::Coach), (asked.learner, name, Role::Learner)];
    add(&server, asked.dossier, Some(asked.centre), &people).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who coaches a new leertraject, and their name. A coach names nobody else: only who runs the centre knows who may.
async fn coach(
    server: &Server,
    asker: PersonId,
    asked: &Begin,
    centre: &Dossier,
) -> Result<(PersonId, String)> {
    let Some(other) = asked.coach.filter(|it| *it != asker) else {
        return Ok((asker, centre.links.name_of(asker).unwrap_or_default().to_owned()));
    };
    if !centre.links.runs_centre(asker, today()) || other == asked.learner {
        return Err(Error::NotPermitted);
    }
    let may_guide = coaches(server, asked.centre).await?.into_iter().find(|it| it.person == other);
    Ok((other, may_guide.ok_or(Error::NotPermitted)?.name))
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

#[derive(Deserialize)]
struct Around {
    centre: String,
    #[serde(default)]
    learners: bool,
}

/// Who takes part in a centre, so that nobody is made a second time. Its cursisten only where somebody asks for them, to
/// begin one's next leertraject.
async fn around(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Around>,
) -> Result<Cbor<KnownList>> {
    let centre = DossierId::from_hex(&of.centre).ok_or(Error::NotFound)?;
    let ledger = server.ledgers.read(&server.store, centre).await?.ok_or(Error::NotFound)?;
    let it = ledger.dossier();
    if it.centre.is_none() || !guides_in(&server, reader.person, centre, it).await? {
        return Err(Error::NotFound);
    }
    Ok(Cbor(KnownList { all: known(&server, centre, of.learners).await? }))
}

async fn roles(server: &Server, asker: PersonId, person: PersonId) -> Result<Vec<Role>> {
    let (mut roles, today) = (Vec::new(), today());
    for (dossier, _) in server.store.heads_for(person).await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        let it = ledger.dossier();
        if runs(server, asker, it).await? {
            let own = it.links.lasting(today).filter(|it| it.link.person == person);
            roles.extend(own.map(|it| it.link.role).filter(|it| *it != Role::Member));
        }
    }
    roles.sort_unstable();
    roles.dedup();
    Ok(roles)
}
