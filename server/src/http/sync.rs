//! Push, pull, heads and reconcile: events in, verdicts and rows out.

use super::session::Reader;
use super::{Cbor, Routes, files, sender};
use crate::app::{Server, Shared};
use crate::centre::today;
use crate::desk::{Desk, Registered};
use crate::error::{Error, Result};
use crate::ledgers;
use crate::store::Row;
use axum::extract::{Query, State};
use axum::routing::{get, post};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Body, Role};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, EventHash, KeyId, PersonId, PublicKey};
use dubbelspoor_domain::seal::{self, sha256};
use dubbelspoor_domain::sync::Ledger;
use dubbelspoor_domain::wire::{
    Head, HeadsReply, MAX_BATCH, MAX_PAGE, Message, PullReply, Purpose, Push, PushReply, Reconcile,
    Signed, WireRow, path,
};
use minicbor::Encoder;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A page ends early rather than keep a slow phone waiting for this many bytes.
const PAGE_BYTES: usize = 1024 * 1024;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .at("POST", path::PUSH, post(push))
        .at("GET", path::PULL, get(pull))
        .at("GET", path::HEADS, get(heads))
        .at("POST", path::RECONCILE, post(reconcile))
}

/// Events of one dossier, each with its verdict in a signed receipt. Everything is checked before anything is stored,
/// and everything is stored before the answer.
async fn push(State(server): State<Shared>, Cbor(signed): Cbor<Signed>) -> Result<Cbor<Signed>> {
    let push = Push::from_bytes(&signed.payload.0).ok_or(Error::Message)?;
    if push.events.len() > MAX_BATCH {
        return Err(Error::TooLarge);
    }
    authorise(&server, &signed, push.dossier, &push.events).await?;
    server.limits.push(signed.key)?;
    let registered = registered(&server, push.dossier, &push.events).await?;
    let mut desk = Desk::open(&server, push.dossier, signed.key, registered).await?;
    let mut ruled = Vec::with_capacity(push.events.len());
    for event in &push.events {
        ruled.push(desk.receive(&event.0).await?);
    }
    let closed = desk.close().await?;
    files::forget(&server, push.dossier, &closed.ledger, &push.events).await?;
    Ok(Cbor(server.school.answer(&PushReply {
        request: EventHash(sha256(&[&signed.payload.0])),
        dossier: push.dossier,
        epoch: closed.ledger.epoch(),
        position: closed.ledger.position(),
        chain: closed.ledger.chain(),
        time: closed.now,
        ruled,
    })))
}

/// The sender is a device that the centre knows. After a restore it may have forgotten some: then a certificate of the
/// school speaks for the device, one in the dossier or one that comes along.
async fn authorise(
    server: &Server,
    signed: &Signed,
    dossier: DossierId,
    events: &[Bytes],
) -> Result<()> {
    if server.store.device(signed.key).await?.is_some() {
        return sender(server, signed, Purpose::Request).await.map(drop);
    }
    let ledger = server.ledgers.read(&server.store, dossier).await?;
    let known = ledger.as_ref().and_then(|it| it.dossier().keys.get(signed.key));
    let vouched = match known {
        Some(it) if it.revoked.is_some() => None,
        Some(it) => Some(it.certified.public),
        None => events.iter().find_map(|it| certified(server, &it.0, signed.key)),
    };
    let input = Purpose::Request.signing_input(&signed.payload.0);
    let signs = vouched.is_some_and(|it| seal::verify(&it, &input, &signed.signature));
    if signs { Ok(()) } else { Err(Error::UnknownDevice) }
}

/// The key that an event certifies, if it is the school's own and about this key.
fn certified(server: &Server, raw: &[u8], key: KeyId) -> Option<PublicKey> {
    let event = Event::parse(raw).ok()?;
    let Body::KeyCertified(it) = Body::decode(event.header().kind, event.body()?) else {
        return None;
    };
    let (message, signature) = event.claim()?;
    let is_schools = event.header().person == PersonId::SCHOOL
        && seal::verify(&server.school.public(), &message, &signature);
    (it.public.id() == key && is_schools).then_some(it.public)
}

/// The active devices that this push may bring into the dossier: the authors of its events, and of those that it
/// releases from quarantine.
async fn registered(server: &Server, dossier: DossierId, events: &[Bytes]) -> Result<Registered> {
    let events: Vec<_> = events.iter().filter_map(|it| Event::parse(&it.0).ok()).collect();
    let released: BTreeSet<EventHash> = events.iter().filter_map(released_by).collect();
    let mut keys: BTreeSet<KeyId> = events.iter().map(|it| it.header().key).collect();
    if !released.is_empty() {
        let aside = server.store.quarantined(dossier).await?;
        let aside = aside.iter().filter(|it| released.contains(&it.hash));
        let aside = aside.filter_map(|it| Event::join(&it.sealed, it.body.as_deref()).ok());
        keys.extend(aside.map(|it| it.header().key));
    }
    let mut registered = Registered::new();
    for key in keys {
        let device = server.store.device(key).await?;
        registered.extend(device.filter(|it| it.revoked_at.is_none()).map(|it| (key, it)));
    }
    Ok(registered)
}

fn released_by(event: &Event) -> Option<EventHash> {
    let Body::Release(it) = Body::decode(event.header().kind, event.body()?) else {
        return None;
    };
    it.counts.then_some(it.event)
}

#[derive(Deserialize)]
struct Pull {
    dossier: String,
    after: u64,
}

/// The rows after a position. What the reader may not see keeps its place in the chain, and nothing else.
async fn pull(
    State(server): State<Shared>,
    reader: Reader,
    Query(pull): Query<Pull>,
) -> Result<Cbor<Signed>> {
    let dossier = DossierId::from_hex(&pull.dossier).ok_or(Error::NotFound)?;
    let page = page(&server, reader.person, dossier, pull.after).await?;
    Ok(Cbor(server.school.answer(&page)))
}

/// What a person gets to read of a dossier after a position.
///
/// # Errors
/// `NotFound` for everybody who never took part in it, and for a reader outside of their period.
pub async fn page(
    server: &Server,
    reader: PersonId,
    dossier: DossierId,
    after: u64,
) -> Result<PullReply> {
    let ledger = server.ledgers.read(&server.store, dossier).await?.ok_or(Error::NotFound)?;
    if !ledger.dossier().links.may_read(reader, today()) {
        return Err(Error::NotFound);
    }
    let after = after.min(ledger.position());
    let limit = u32::try_from(MAX_PAGE).unwrap_or(u32::MAX);
    let stored = server.store.rows(dossier, after, limit).await?;
    let mut rows = Vec::with_capacity(stored.len());
    let mut chain = ledger.chain_at(after).ok_or(Error::Corrupt("no chain"))?;
    let mut bytes = 0;
    for row in stored.iter().take_while(|it| it.position <= ledger.position()) {
        if bytes > PAGE_BYTES {
            break;
        }
        chain = row.chain;
        bytes += row.sealed.len() + row.body.as_ref().map_or(0, Vec::len);
        rows.push(wire_row(&ledger, reader, row)?);
    }
    Ok(PullReply {
        dossier,
        epoch: ledger.epoch(),
        head: ledger.position(),
        chain,
        time: crate::now(),
        view: ledger.view_of(reader),
        rows,
    })
}

/// Bytes that are not what they were are sent as they are: the phone must be able to notice.
fn wire_row(ledger: &Ledger, reader: PersonId, stored: &Row) -> Result<WireRow> {
    let row = ledgers::from_store(stored)?;
    let visible = row.placed().is_none_or(|it| ledger.dossier().visible(reader, &it));
    Ok(WireRow { event: visible.then(|| raw(stored)), ..row.to_wire(false) })
}

fn raw(row: &Row) -> Bytes {
    let mut bytes = Vec::with_capacity(row.sealed.len() + 16);
    let mut out = Encoder::new(&mut bytes);
    let written =
        out.array(2).and_then(|out| out.bytes(&row.sealed)).and_then(|out| match &row.body {
            Some(body) => out.bytes(body),
            None => out.null(),
        });
    debug_assert!(written.is_ok());
    Bytes(bytes)
}

/// The dossiers that somebody may read now, and how far they are. Who only looks has nothing but the period, so that those
/// dossiers are asked; of all others who took part reads on.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn readable(
    server: &Server,
    person: PersonId,
) -> Result<Vec<(DossierId, crate::store::Head)>> {
    let mut heads = server.store.heads_for(person).await?;
    let shut = shut_to(server, person).await?;
    heads.retain(|(it, _)| !shut.contains(it));
    Ok(heads)
}

/// The dossiers in which somebody only looks, outside of their period.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn shut_to(server: &Server, person: PersonId) -> Result<Vec<DossierId>> {
    let (mut shut, today) = (Vec::new(), today());
    for dossier in server.store.only_as(person, Role::Reader as u8).await? {
        let ledger = server.ledgers.read(&server.store, dossier).await?;
        if !ledger.is_some_and(|it| it.dossier().links.may_read(person, today)) {
            shut.push(dossier);
        }
    }
    Ok(shut)
}

/// How far each of the reader's dossiers is.
async fn heads(State(server): State<Shared>, reader: Reader) -> Result<Cbor<HeadsReply>> {
    let heads = readable(&server, reader.person).await?;
    let head = |(dossier, it): (_, crate::store::Head)| Head {
        dossier,
        epoch: it.epoch,
        position: it.position,
    };
    Ok(Cbor(HeadsReply {
        person: reader.person,
        heads: heads.into_iter().map(head).collect(),
        time: crate::now(),
    }))
}

/// After the server lost its history: which of a phone's events it wants back.
async fn reconcile(
    State(server): State<Shared>,
    Cbor(signed): Cbor<Signed>,
) -> Result<Cbor<Signed>> {
    let offer = Reconcile::from_bytes(&signed.payload.0).ok_or(Error::Message)?;
    authorise(&server, &signed, offer.dossier, &[]).await?;
    server.limits.push(signed.key)?;
    let ledger = server.ledgers.read(&server.store, offer.dossier).await?.ok_or(Error::NotFound)?;
    Ok(Cbor(server.school.answer(&ledger.reconcile(&offer))))
}
