//! The centre: what it set in its own dossier, for whoever belongs to it.

use super::Session;
use dubbelspoor_domain::dossier::{Dossier, Rules, StartNoteKind};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::signals::Thresholds;

impl Session {
    /// The centre's own dossier: the one that I run, or else the one that I belong to.
    pub(crate) fn centre(self) -> Option<DossierId> {
        let me = self.me().person;
        let mut found = None;
        for dossier in self.centres() {
            let runs = |it: &Dossier| it.centre.as_ref().map(|_| it.links.runs_centre(me));
            match self.with(dossier, runs).flatten() {
                Some(true) => return Some(dossier),
                Some(false) => drop(found.get_or_insert(dossier)),
                None => {}
            }
        }
        found
    }

    /// Whether I run it.
    pub(crate) fn runs_centre(self) -> bool {
        let me = self.me().person;
        let centre = self.centre();
        centre.and_then(|it| self.with(it, |it| it.links.runs_centre(me))).unwrap_or(false)
    }

    /// What the centre of a leertraject set.
    fn rules<T>(self, dossier: DossierId, read: impl FnOnce(&Rules) -> T) -> Option<T> {
        let centre = self.with(dossier, |it| it.of_centre)??;
        self.with(centre, |it| read(&it.rules))
    }

    /// When a signal is one, for a leertraject (G1).
    pub(crate) fn thresholds(self, dossier: DossierId) -> Thresholds {
        self.rules(dossier, Rules::thresholds).unwrap_or_default()
    }

    /// What the centre of a leertraject asks for a kind of note at the start (A11).
    pub(crate) fn questions(self, dossier: DossierId, kind: StartNoteKind) -> Vec<String> {
        self.rules(dossier, |it| it.questions(kind).to_vec()).unwrap_or_default()
    }
}
