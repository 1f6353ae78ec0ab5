//! The leertraject in which I am the cursist: of several, a second course or one that began again, one at a time.

use super::Session;
use crate::device::settings::Settings;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::{Get, Set};
use std::cmp::Reverse;

impl Session {
    /// The dossiers in which I am the cursist; the one that began last is first.
    pub(crate) fn own_dossiers(self) -> Vec<DossierId> {
        let me = self.me().person;
        let mut own = Vec::new();
        for dossier in self.dossiers() {
            let since = self.briefly(
                dossier,
                |it| (it.learner == Some(me)).then_some(None),
                |it| {
                    let links = it.dossier().links.all().map(|it| &it.link);
                    let mut learns = links.filter(|it| it.role == Role::Learner && it.person == me);
                    learns.next().map(|it| Some(it.from))
                },
            );
            own.extend(since.flatten().map(|since| (since, dossier)));
        }
        sort_by_key(&mut own, |(since, _)| Reverse(*since));
        own.into_iter().map(|(_, dossier)| dossier).collect()
    }

    /// The one that I chose, or else the one that began last. A form that is open stays in the one that it began in.
    pub(crate) fn own_dossier(self) -> Option<DossierId> {
        let own = self.own_dossiers();
        let chosen = self.at_track.get().filter(|it| own.contains(it));
        chosen.or_else(|| own.first().copied())
    }

    /// Goes on in another of them; it stays so on this device.
    pub(crate) fn learn_in(self, dossier: DossierId) {
        Settings::change(|it| it.track = Some(dossier.to_string()));
        self.at_track.set(Some(dossier));
    }
}
