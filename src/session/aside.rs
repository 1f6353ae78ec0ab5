//! What is no event: half-written forms, and copies that a person takes along.

use super::{Fault, Session};
use crate::device::{files, note, typing};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::sync::Trail;

impl Session {
    /// What was being typed under a name.
    pub(crate) async fn draft(self, name: &str) -> Option<String> {
        let inner = self.inner();
        match typing::held(&inner.account(), name) {
            Some(text) => Some(text).filter(|it| !it.is_empty()),
            None => inner.store.draft(name).await.ok().flatten(),
        }
    }

    /// Keeps what is being typed; an empty text forgets it.
    pub(crate) fn keep_draft(self, name: &str, text: String) {
        let (inner, name) = (self.inner(), name.to_owned());
        typing::hold(&inner.account(), &name, &text);
        leptos::task::spawn_local(async move {
            let kept = if text.is_empty() {
                inner.store.delete_draft(&name).await
            } else {
                inner.store.put_draft(&name, &text).await
            };
            match kept {
                Ok(()) => typing::taken_over(&inner.account(), &name, &text),
                Err(fault) => note(&fault.to_string()),
            }
        });
    }

    /// Everything that this device holds for the person, as one file.
    pub(crate) async fn export(self) -> Result<(), Fault> {
        let held = self.inner().store.everything().await?;
        files::download("dubbelspoor.json", "application/json", held.as_bytes())
    }

    /// Who wrote what in a dossier, as this device holds it.
    pub(crate) async fn trail(self, dossier: DossierId) -> Result<Trail, Fault> {
        Ok(self.inner().store.load(dossier).await?.trail())
    }

    /// Hands a file to the person.
    pub(crate) fn hand_out(self, name: &str, mime: &str, bytes: &[u8]) -> Result<(), Fault> {
        files::download(name, mime, bytes)
    }

    /// Lets the person pick a file of these kinds; never resolves for whoever picks none.
    pub(crate) async fn take_in(self, kinds: &str) -> Result<Vec<u8>, Fault> {
        files::pick(kinds).await
    }

    /// Puts the screen on paper, as the browser does that.
    pub(crate) fn print(self) {
        // A browser without a printer has nothing to say about it.
        files::print().ok();
    }

    /// Puts a text on the clipboard; `false` where the browser does not allow it.
    pub(crate) async fn copy(self, text: &str) -> bool {
        files::copy(text).await
    }
}
