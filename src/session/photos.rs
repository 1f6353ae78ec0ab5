//! Photos of papers (F4): kept here first, sent piece by piece, fetched by whoever may see them.

use super::{Fault, NoAnswer, Session};
use crate::device::picture::{self, Picture};
use crate::device::{net, note};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::id::{DossierId, FileHash};
use dubbelspoor_domain::photo;
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::wire::{FilePiece, FileState, MAX_PIECE, Message, path};
use leptos::prelude::*;

/// Pixels on a side and quality: a page can be read at the first, and the last fits whatever is on it.
const DRAWN: [(f64, f64); 3] = [(1_600.0, 0.8), (1_600.0, 0.5), (1_000.0, 0.5)];

impl Session {
    /// Makes a photo of a file that somebody picked; `None` when this browser cannot read it as a picture.
    pub(crate) async fn photo_of(self, file: &[u8]) -> Option<Vec<u8>> {
        let drawn = async {
            let picture = Picture::read(file).await?;
            for (side, quality) in DRAWN {
                let drawn = picture.draw(side, quality).await?;
                if let Ok(bare) = photo::bare(&drawn) {
                    return Ok(Some(bare));
                }
            }
            Ok::<_, Fault>(None)
        };
        drawn.await.unwrap_or_else(|fault| {
            note(&fault.to_string());
            None
        })
    }

    /// Keeps a photo on this device, to be sent when the record that names it was; tells its name.
    pub(crate) async fn keep_photo(
        self,
        dossier: DossierId,
        photo: &[u8],
    ) -> Result<FileHash, Fault> {
        let file = FileHash(sha256(&[photo]));
        self.inner().store.put_photo(dossier, file, photo, true).await?;
        self.look_for_unsent_photos().await;
        Ok(file)
    }

    /// Says once more that a photo is to be sent, now that its record is there.
    pub(crate) async fn offer_photo(self, dossier: DossierId, file: FileHash) -> Result<(), Fault> {
        self.inner().store.set_unsent(dossier, file, true).await?;
        self.look_for_unsent_photos().await;
        self.inner().nudge.now();
        Ok(())
    }

    /// It was a mistake: nobody waits for it any more, unless it proves something else too.
    pub(crate) async fn forget_photo(self, dossier: DossierId, file: FileHash) {
        if self.is_named(dossier, file) != Some(false) {
            return;
        }
        if let Err(fault) = self.inner().store.set_unsent(dossier, file, false).await {
            note(&fault.to_string());
        }
        self.look_for_unsent_photos().await;
    }

    /// After the school lost its history: the photos that are here wait again, for whatever it lost.
    pub(crate) async fn offer_photos(self, dossier: DossierId) -> Result<(), Fault> {
        let named = untrack(|| self.with(dossier, |it| it.proofs.files())).unwrap_or_default();
        let store = self.inner().store.clone();
        for file in named {
            if store.photo(dossier, file).await?.is_some() {
                store.set_unsent(dossier, file, true).await?;
            }
        }
        self.look_for_unsent_photos().await;
        Ok(())
    }

    /// Whether a record that stands names a photo; `None` while the dossier is not read.
    fn is_named(self, dossier: DossierId, file: FileHash) -> Option<bool> {
        untrack(|| self.with(dossier, |it| it.proofs.has(file)))
    }

    /// A photo that is on this device and is what its name says.
    pub(crate) async fn photo_here(
        self,
        dossier: DossierId,
        file: FileHash,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let here = self.inner().store.photo(dossier, file).await?;
        Ok(here.filter(|it| sha256(&[it]) == file.0))
    }

    /// Whether a photo is only on this device.
    pub(crate) fn is_unsent(self, file: FileHash) -> bool {
        self.unsent_photos.with(|it| it.contains(&file))
    }

    /// How many photos are only on this device.
    pub(crate) fn count_unsent_photos(self) -> usize {
        self.unsent_photos.with(Vec::len)
    }

    /// A photo of a length in bytes, from this device or else from the school; from then on it is here.
    pub(crate) async fn photo(
        self,
        dossier: DossierId,
        file: FileHash,
        length: u32,
    ) -> Result<Vec<u8>, NoAnswer> {
        if let Some(here) = self.photo_here(dossier, file).await? {
            return Ok(here);
        }
        let mut photo = Vec::new();
        while photo.len() < length as usize {
            let at = photo.len();
            let address = format!("{}?dossier={dossier}&file={file}&at={at}", path::FILES);
            let piece = super::school::answered(net::get(&address).await?)?;
            let piece = FilePiece::from_bytes(&piece).ok_or(NoAnswer::Offline)?.bytes.0;
            if piece.is_empty() {
                return Err(NoAnswer::Offline);
            }
            photo.extend(piece);
        }
        if sha256(&[&photo]) != file.0 {
            return Err(NoAnswer::Offline);
        }
        // Whoever has no room for it still sees it.
        if let Err(fault) = self.inner().store.put_photo(dossier, file, &photo, false).await {
            note(&fault.to_string());
        }
        Ok(photo)
    }

    /// An address under which a photo can be shown, until [`Session::forget_address`].
    pub(crate) fn address_of(self, photo: &[u8]) -> Option<String> {
        picture::address_of(photo).ok()
    }

    /// Nobody shows it any more.
    pub(crate) fn forget_address(self, address: &str) {
        picture::forget(address);
    }

    /// Sends what waits, one photo after the other, until somebody writes something: text goes first.
    pub(crate) async fn send_photos(self) -> Result<(), NoAnswer> {
        let mut outcome = Ok(());
        for (dossier, file) in self.inner().store.unsent_photos().await? {
            if self.inner().nudge.waits() {
                break;
            }
            outcome = self.settle_photo(dossier, file).await;
            if outcome.is_err() {
                break;
            }
        }
        self.look_for_unsent_photos().await;
        outcome
    }

    /// One that cannot be sent holds up none behind it.
    async fn settle_photo(self, dossier: DossierId, file: FileHash) -> Result<(), NoAnswer> {
        let store = self.inner().store.clone();
        let Some(photo) = self.photo_here(dossier, file).await? else {
            note("a photo that waits is damaged");
            return Ok(store.set_unsent(dossier, file, false).await?);
        };
        match self.send_photo(dossier, file, &photo).await {
            Ok(true) => Ok(store.set_unsent(dossier, file, false).await?),
            // Later, where it was.
            Ok(false) => Ok(()),
            // Its record was never written, or was taken back: nobody waits for it. It may also still be on its way.
            Err(NoAnswer::No) if self.is_named(dossier, file) == Some(false) => {
                Ok(store.set_unsent(dossier, file, false).await?)
            }
            Err(NoAnswer::No) => Ok(()),
            Err(why) => Err(why),
        }
    }

    /// Asks first how far it is: a line that broke goes on where it was. Whether all of it is there.
    async fn send_photo(
        self,
        dossier: DossierId,
        file: FileHash,
        photo: &[u8],
    ) -> Result<bool, NoAnswer> {
        let mut piece = FilePiece { dossier, file, at: 0, bytes: Bytes(Vec::new()) };
        loop {
            let state = self.ask(path::FILES, piece.to_bytes()).await?;
            let state = FileState::from_bytes(&state).ok_or(NoAnswer::Offline)?;
            if state.whole || self.inner().nudge.waits() {
                return Ok(state.whole);
            }
            let rest = photo.get(state.held as usize..).unwrap_or_default();
            let no_progress = state.held == piece.at && !piece.bytes.0.is_empty();
            if rest.is_empty() || no_progress {
                return Err(NoAnswer::Offline);
            }
            let next = rest[..rest.len().min(MAX_PIECE)].to_vec();
            piece = FilePiece { at: state.held, bytes: Bytes(next), ..piece };
        }
    }

    /// Looks which photos are only on this device.
    pub(crate) async fn look_for_unsent_photos(self) {
        if let Ok(unsent) = self.inner().store.unsent_photos().await {
            let unsent: Vec<FileHash> = unsent.into_iter().map(|(_, file)| file).collect();
            if self.unsent_photos.with_untracked(|it| *it != unsent) {
                self.unsent_photos.set(unsent);
            }
        }
    }
}
