//! Where one may learn (A4): whether a place is recognised, and a workplace as the centre's list has it.

use crate::parts::{Icon, Tone, state_chip};
use crate::session::Session;
use dubbelspoor_domain::dossier::{Dossier, Recognition, Workplace};
use dubbelspoor_domain::id::{DossierId, WorkplaceId};
use leptos::prelude::*;

words! {
    of_kind(kind, number) { nl "Erkend ({kind}), nummer {number}" en "Recognised ({kind}), number {number}" fr "Reconnu ({kind}), numéro {number}" }
    recognised(number) { nl "Erkend, nummer {number}" en "Recognised, number {number}" fr "Reconnu, numéro {number}" }
    not_recognised { nl "Niet erkend voor deze opleiding" en "Not recognised for this course" fr "Pas reconnu pour cette formation" }
}

/// Whether a place is recognised for the course.
pub(super) fn recognition(it: Option<&Recognition>) -> AnyView {
    match it {
        Some(it) => {
            let words = match &it.kind {
                Some(kind) => of_kind(kind, &it.number),
                None => recognised(&it.number),
            };
            state_chip(Tone::Confirmed, Icon::Check, words)
        }
        None => state_chip(Tone::NeedsYou, Icon::Alert, not_recognised()),
    }
}

/// A workplace of a leertraject, filled in from a site of its centre.
pub(super) fn from_site(
    session: Session,
    dossier: DossierId,
    site: WorkplaceId,
) -> Option<Workplace> {
    let today = session.today();
    let of = |it: &Dossier| {
        session.with(it.of_centre?, |centre| it.workplace_from(&centre.rules, site, today))?
    };
    session.with(dossier, of).flatten()
}
