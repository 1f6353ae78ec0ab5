//! The centre: what it set in its own dossier, for whoever belongs to it.

use super::Session;
use crate::device::settings::Settings;
use dubbelspoor_domain::dossier::{Dossier, Rules, StartNoteKind};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::signals::Thresholds;
use leptos::prelude::{Get, Set};

impl Session {
    /// The centre's own dossier: of those in which I have work the one that I chose, or else one that I belong to.
    pub(crate) fn centre(self) -> Option<DossierId> {
        let work = self.work_centres();
        let chosen = self.at_centre.get().filter(|it| work.contains(it));
        chosen.or_else(|| work.first().copied()).or_else(|| self.centres().first().copied())
    }

    /// All centres that I run, and then those in whose leertrajecten I guide (A14).
    pub(crate) fn work_centres(self) -> Vec<DossierId> {
        let (me, today) = (self.me().person, self.today());
        let mut all = self.run_centres();
        for track in self.tracks() {
            let guided = |it: &Dossier| it.of_centre.filter(|_| it.is_guided_by(me, today));
            let centre = self.with(track, guided).flatten();
            all.extend(centre.filter(|it| !all.contains(it)));
        }
        all
    }

    /// All centres that I run (A14).
    pub(crate) fn run_centres(self) -> Vec<DossierId> {
        let me = self.me().person;
        let today = self.today();
        let runs = |it: &Dossier| it.links.runs_centre(me, today);
        self.centres().into_iter().filter(|it| self.with(*it, runs) == Some(true)).collect()
    }

    /// Goes to work at another centre; it stays so on this device.
    pub(crate) fn work_at(self, centre: DossierId) {
        Settings::change(|it| it.centre = Some(centre.to_string()));
        self.at_centre.set(Some(centre));
    }

    /// Whether I run it.
    pub(crate) fn runs_centre(self) -> bool {
        let me = self.me().person;
        let centre = self.centre();
        let today = self.today();
        centre.and_then(|it| self.with(it, |it| it.links.runs_centre(me, today))).unwrap_or(false)
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
