//! Files beside the events (F4): taken in piece by piece, checked when the last one is there, given to who may see them.

use super::session::Reader;
use super::{Cbor, Routes, sender};
use crate::app::{Server, Shared};
use crate::centre::today;
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::routing::{get, post};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::Body;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, FileHash, PersonId};
use dubbelspoor_domain::photo;
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::sync::Ledger;
use dubbelspoor_domain::wire::{FilePiece, FileState, MAX_PIECE, Message, Purpose, Signed, path};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("POST", path::FILES, post(take)).at("GET", path::FILES, get(give))
}

/// The length of a file that a record of the dossier names, for somebody who may see that record. For others, and
/// for a file that no record names yet, there is none.
async fn length_for(
    server: &Server,
    person: PersonId,
    dossier: DossierId,
    file: FileHash,
) -> Result<u32> {
    let ledger = server.ledgers.read(&server.store, dossier).await?.ok_or(Error::NotFound)?;
    let it = ledger.dossier();
    let it = Some(it).filter(|it| it.links.may_read(person, today())).ok_or(Error::NotFound)?;
    it.photo_for(person, file).ok_or(Error::NotFound)
}

/// A piece that continues what is here is kept; any other one only tells how far it is. Twice is once.
async fn take(State(server): State<Shared>, Cbor(signed): Cbor<Signed>) -> Result<Cbor<FileState>> {
    let by = sender(&server, &signed, Purpose::Request).await?;
    server.limits.file(signed.key)?;
    let it = FilePiece::from_bytes(&signed.payload.0).ok_or(Error::Message)?;
    let bytes = &it.bytes.0;
    if bytes.len() > MAX_PIECE {
        return Err(Error::TooLarge);
    }
    let length = length_for(&server, by.person, it.dossier, it.file).await?;
    let mut held = server.store.file_length(it.dossier, it.file).await?;
    if it.at == held && held < length && !bytes.is_empty() {
        let size = u32::try_from(bytes.len()).map_err(|_| Error::TooLarge)?;
        let reaches = held.saturating_add(size);
        if reaches > length {
            return Err(Error::TooLarge);
        }
        if reaches == length {
            check_whole(&server, &it).await?;
        }
        held = server.store.put_piece(it.dossier, it.file, it.at, bytes).await?;
    }
    Ok(Cbor(FileState { held, whole: held == length }))
}

/// With its last piece a file is what its hash says and nothing but a picture, or all of it goes.
async fn check_whole(server: &Server, last: &FilePiece) -> Result<()> {
    let mut whole = server.store.file(last.dossier, last.file).await?;
    whole.extend_from_slice(&last.bytes.0);
    if sha256(&[&whole]) == last.file.0 && photo::check(&whole).is_ok() {
        return Ok(());
    }
    server.store.drop_file(last.dossier, last.file).await?;
    Err(Error::NotTheFile)
}

/// A photo that was a mistake is not kept, once these events say so.
pub(super) async fn forget(
    server: &Server,
    dossier: DossierId,
    ledger: &Ledger,
    events: &[Bytes],
) -> Result<()> {
    for event in events.iter().filter_map(|it| Event::parse(&it.0).ok()) {
        let Some(body) = event.body() else { continue };
        let Body::AbsenceProof(it) = Body::decode(event.header().kind, body) else { continue };
        if !ledger.dossier().proofs.has(it.file) {
            server.store.drop_file(dossier, it.file).await?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Which {
    dossier: String,
    file: String,
    at: u32,
}

/// The next piece of a file that is whole.
async fn give(
    State(server): State<Shared>,
    reader: Reader,
    Query(which): Query<Which>,
) -> Result<Cbor<FilePiece>> {
    let dossier = DossierId::from_hex(&which.dossier).ok_or(Error::NotFound)?;
    let file = FileHash::from_hex(&which.file).ok_or(Error::NotFound)?;
    let length = length_for(&server, reader.person, dossier, file).await?;
    let whole = server.store.file(dossier, file).await?;
    let (from, length) = (which.at as usize, length as usize);
    let rest = whole.get(from..).filter(|rest| whole.len() == length && !rest.is_empty());
    let rest = rest.ok_or(Error::NotFound)?;
    let bytes = Bytes(rest[..rest.len().min(MAX_PIECE)].to_vec());
    Ok(Cbor(FilePiece { dossier, file, at: which.at, bytes }))
}
