//! Photos beside the events (F4): in pieces, over lines that break, for those alone who may see them.

use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{Class, School, settings};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{AbsenceProof, Body, Role};
use dubbelspoor_domain::id::{AbsenceId, DossierId, FileHash, PersonId};
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::wire::{FilePiece, FileState, MAX_PIECE, Message, path};
use dubbelspoor_server::{noted, random};
use hyper::StatusCode;

on_both_databases! {
    a_photo_that_broke_off_goes_on_where_it_was
    who_does_not_see_the_record_neither_gives_nor_gets_the_photo
    what_is_not_the_photo_or_tells_more_is_not_kept
    pieces_out_of_turn_change_nothing
    a_photo_taken_back_is_gone_and_can_come_again
    photos_are_in_the_backup_and_phones_give_back_what_it_lacks
    another_dossier_does_not_tell_what_it_holds
}

/// A JPEG of this many bytes; the picture itself is noise.
fn photo(length: usize) -> Vec<u8> {
    let head = [
        &[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 100, 0, 200, 1, 1, 0x11, 0][..],
        &[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
    ]
    .concat();
    let noise = (0..length - head.len() - 2).map(|at| (at * 7 % 251) as u8);
    head.iter().copied().chain(noise).chain([0xff, 0xd9]).collect()
}

fn name(photo: &[u8]) -> FileHash {
    FileHash(sha256(&[photo]))
}

fn proof(photo: &[u8], learner: PersonId, withdrawn: bool) -> Body {
    let length = u32::try_from(photo.len()).unwrap();
    let (absence, file) = (AbsenceId([1; 16]), name(photo));
    Body::AbsenceProof(AbsenceProof { absence, file, length, learner, withdrawn })
}

async fn give(
    by: &Phone,
    dossier: DossierId,
    file: FileHash,
    at: usize,
    bytes: &[u8],
) -> Result<FileState, StatusCode> {
    let (at, bytes) = (u32::try_from(at).unwrap(), Bytes(bytes.to_vec()));
    let piece = FilePiece { dossier, file, at, bytes };
    let answer = by.post(path::FILES, by.signed(&piece)).await.unwrap();
    if answer.status != StatusCode::OK {
        return Err(answer.status);
    }
    Ok(FileState::from_bytes(&answer.body).unwrap())
}

/// All of it, from where the school is.
async fn give_all(by: &Phone, dossier: DossierId, photo: &[u8]) -> Result<FileState, StatusCode> {
    let mut state = give(by, dossier, name(photo), 0, &[]).await?;
    while !state.whole {
        let at = state.held as usize;
        let piece = &photo[at..photo.len().min(at + MAX_PIECE)];
        state = give(by, dossier, name(photo), at, piece).await?;
    }
    Ok(state)
}

async fn get(by: &Phone, dossier: DossierId, file: FileHash) -> Result<Vec<u8>, StatusCode> {
    let mut whole = Vec::new();
    loop {
        let at = whole.len();
        let address = format!("{}?dossier={dossier}&file={file}&at={at}", path::FILES);
        let answer = by.get(&address).await.unwrap();
        match (answer.status, whole.is_empty()) {
            (StatusCode::OK, _) => {
                whole.extend(FilePiece::from_bytes(&answer.body).unwrap().bytes.0);
            }
            // Behind its last byte there is no piece.
            (StatusCode::NOT_FOUND, false) => return Ok(whole),
            (status, _) => return Err(status),
        }
    }
}

/// A class whose cursist proved an absence, and the photo that nobody sent yet.
async fn proven(place: Place, length: usize) -> (Class, PersonId, Vec<u8>) {
    let mut class = Class::gather(place).await;
    let photo = photo(length);
    let learner = class.learner.person;
    class.learner.record(class.dossier, &[proof(&photo, learner, false)]);
    class.learner.sync(class.dossier).await.unwrap();
    (class, learner, photo)
}

async fn a_photo_that_broke_off_goes_on_where_it_was(place: Place) {
    let (class, _, photo) = proven(place, 2 * MAX_PIECE + 5_000).await;
    let (it, dossier, file) = (&class.learner, class.dossier, name(&photo));
    assert_eq!(give(it, dossier, file, 0, &[]).await, Ok(FileState { held: 0, whole: false }));
    let first = u32::try_from(MAX_PIECE).unwrap();
    let broken = FileState { held: first, whole: false };
    assert_eq!(give(it, dossier, file, 0, &photo[..MAX_PIECE]).await, Ok(broken));
    assert_eq!(get(&class.coach, dossier, file).await, Err(StatusCode::NOT_FOUND), "half of it");
    // The answer was lost, so the phone asks: it goes on, and what comes twice is once.
    assert_eq!(give(it, dossier, file, 0, &photo[..MAX_PIECE]).await, Ok(broken));
    let whole = u32::try_from(photo.len()).unwrap();
    let done = Ok(FileState { held: whole, whole: true });
    assert_eq!(give_all(it, dossier, &photo).await, done);
    assert_eq!(give_all(it, dossier, &photo).await, done);
    assert_eq!(get(&class.coach, dossier, file).await, Ok(photo.clone()));
    assert_eq!(get(&class.learner, dossier, file).await, Ok(photo));
}

async fn who_does_not_see_the_record_neither_gives_nor_gets_the_photo(place: Place) {
    let (class, _, photo) = proven(place, 5_000).await;
    let (dossier, file) = (class.dossier, name(&photo));
    let no = StatusCode::NOT_FOUND;
    assert_eq!(give_all(&class.mentor, dossier, &photo).await, Err(no));
    assert_eq!(give_all(&class.learner, dossier, &crate::files::photo(4_000)).await, Err(no));
    give_all(&class.learner, dossier, &photo).await.unwrap();
    assert_eq!(get(&class.mentor, dossier, file).await, Err(no));
    let reader = class.school.add(dossier, "Lies", Role::Reader).await;
    let reader = class.school.phone(reader).await;
    assert_eq!(get(&reader, dossier, file).await, Err(no));
    let (mut forged, coach) = (
        class.coach.signed(&FilePiece { dossier, file, at: 0, bytes: Bytes(vec![]) }),
        &class.coach,
    );
    let last = forged.len() - 1;
    forged[last] ^= 1;
    assert_eq!(coach.post(path::FILES, forged).await.unwrap().status, StatusCode::FORBIDDEN);
}

async fn what_is_not_the_photo_or_tells_more_is_not_kept(place: Place) {
    let (mut class, learner, real) = proven(place, 5_000).await;
    let (dossier, file) = (class.dossier, name(&real));
    let mut other = real.clone();
    other[4_000] ^= 1;
    let refused = Err(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(give(&class.learner, dossier, file, 0, &other).await, refused);
    assert_eq!(
        give(&class.learner, dossier, file, 0, &real[..3_000]).await.map(|it| it.held),
        Ok(3_000)
    );
    assert_eq!(give(&class.learner, dossier, file, 3_000, &other[3_000..]).await, refused);
    let empty = FileState { held: 0, whole: false };
    assert_eq!(give(&class.learner, dossier, file, 0, &[]).await, Ok(empty), "it begins anew");
    // The place where it was taken, behind the first two bytes.
    let place = [&[0xff, 0xe1, 0, 10][..], b"51.05 N "].concat();
    let telling = [&real[..2], &place, &real[2..]].concat();
    class.learner.record(dossier, &[proof(&telling, learner, false)]);
    class.learner.sync(dossier).await.unwrap();
    assert_eq!(give(&class.learner, dossier, name(&telling), 0, &telling).await, refused);
    assert_eq!(give_all(&class.learner, dossier, &real).await.map(|it| it.whole), Ok(true));
}

async fn pieces_out_of_turn_change_nothing(place: Place) {
    let (class, _, photo) = proven(place, 5_000).await;
    let (it, dossier, file) = (&class.learner, class.dossier, name(&photo));
    let empty = FileState { held: 0, whole: false };
    assert_eq!(give(it, dossier, file, 1_000, &photo[1_000..]).await, Ok(empty));
    let longer = [&photo[..], b"and more"].concat();
    assert_eq!(give(it, dossier, file, 0, &longer).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    let huge = vec![0; MAX_PIECE + 1];
    assert_eq!(give(it, dossier, file, 0, &huge).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    for part in [0..1_000, 1_000..1_001, 500..4_000, 1_001..5_000] {
        give(it, dossier, file, part.start, &photo[part]).await.unwrap();
    }
    assert_eq!(get(&class.coach, dossier, file).await, Ok(photo));
}

async fn a_photo_taken_back_is_gone_and_can_come_again(place: Place) {
    let (mut class, learner, photo) = proven(place, 5_000).await;
    let (dossier, file) = (class.dossier, name(&photo));
    give_all(&class.learner, dossier, &photo).await.unwrap();
    class.learner.record(dossier, &[proof(&photo, learner, true)]);
    class.learner.sync(dossier).await.unwrap();
    assert_eq!(get(&class.coach, dossier, file).await, Err(StatusCode::NOT_FOUND));
    assert_eq!(class.school.store().file_length(dossier, file).await.unwrap(), 0);
    class.learner.record(dossier, &[proof(&photo, learner, false)]);
    class.learner.sync(dossier).await.unwrap();
    give_all(&class.learner, dossier, &photo).await.unwrap();
    assert_eq!(get(&class.coach, dossier, file).await, Ok(photo));
}

async fn photos_are_in_the_backup_and_phones_give_back_what_it_lacks(place: Place) {
    let (class, learner, before) = proven(place, 5_000).await;
    let Class { school, dossier, learner: mut phone, mut coach, .. } = class;
    give_all(&phone, dossier, &before).await.unwrap();
    let file = school.place.folder.path().join("backup");
    school.store().backup(&file).await.unwrap();
    let after = photo(6_000);
    phone.record(dossier, &[proof(&after, learner, false)]);
    phone.sync(dossier).await.unwrap();
    give_all(&phone, dossier, &after).await.unwrap();

    let place = school.close().await;
    let store = place.open().await;
    store.restore(&file).await.unwrap();
    store.close().await;
    noted::forget(place.folder.path()).unwrap();
    let school = School::open_with(place, settings()).await;
    [phone.server, coach.server] = [school.address; 2];
    phone.sign_in().await;
    coach.sign_in().await;
    assert_eq!(get(&coach, dossier, name(&before)).await, Ok(before));
    assert_eq!(get(&coach, dossier, name(&after)).await, Err(StatusCode::NOT_FOUND));
    phone.sync(dossier).await.unwrap();
    assert_eq!(give_all(&phone, dossier, &after).await.map(|it| it.whole), Ok(true));
    assert_eq!(get(&coach, dossier, name(&after)).await, Ok(after));
}

async fn another_dossier_does_not_tell_what_it_holds(place: Place) {
    let (class, _, photo) = proven(place, 5_000).await;
    give_all(&class.learner, class.dossier, &photo).await.unwrap();
    let other = DossierId(random().unwrap());
    class.school.write(other, &[crate::support::school::track()]).await;
    let stranger = class.school.add(other, "Sam", Role::Learner).await;
    let stranger = class.school.phone(stranger).await;
    for dossier in [class.dossier, other] {
        assert_eq!(get(&stranger, dossier, name(&photo)).await, Err(StatusCode::NOT_FOUND));
        assert_eq!(give_all(&stranger, dossier, &photo).await, Err(StatusCode::NOT_FOUND));
    }
}
