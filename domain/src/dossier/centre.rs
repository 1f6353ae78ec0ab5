//! The centre (CVO, or another provider): what it is called (A13, A14), and which leertrajecten are its own. It has a
//! dossier of its own, which everybody who belongs to it reads; what it sets there is in `rules.rs`, what it asks in `survey.rs`.

use super::{Body, Dossier, Placed, Record, Refusal, Role, Roles, Spot, only_school, written};
use crate::codec::record;
use crate::id::{DossierId, PersonId};

record! {
    /// The centre. Only the school's key begins one; a later record replaces an earlier one.
    pub map Centre {
        /// Its name, 1 to 200 bytes.
        0 name: String,
    }

    /// To which centre a leertraject belongs (A14). Only the school's key says so, and nobody moves it.
    #[derive(Copy)]
    pub map OfCentre {
        /// The centre's own dossier.
        0 centre: DossierId,
    }
}

impl Record for Centre {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        written(&self.name, 200)?;
        if dossier.centre.is_some() { roles.steers() } else { only_school(roles) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.centre = Some(self);
    }
}

impl Record for OfCentre {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        only_school(roles)?;
        match dossier.of_centre {
            Some(centre) if centre != self.centre => Err(Refusal::AlreadyDone),
            _ => Ok(()),
        }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.of_centre.get_or_insert(self.centre);
    }
}

/// What a centre sets and asks, and no leertraject has.
fn is_of_centres(kind: u16) -> bool {
    matches!(kind, 81..=86 | 88 | 90..=92)
}

impl Dossier {
    /// Whether a record belongs into this dossier: a centre's holds people, keys, the calendar and what the centre sets;
    /// a leertraject's holds the rest. What a newer app writes passes.
    pub(super) fn has_place_for(&self, body: &Body) -> bool {
        let kind = body.kind();
        if self.centre.is_none() {
            // A coach asks in each leertraject by itself.
            return !is_of_centres(kind) || matches!(body, Body::Survey(_));
        }
        if let Body::Link(it) = body {
            return matches!(it.role, Role::Administrator | Role::Member);
        }
        is_of_centres(kind) || matches!(kind, 1..=5 | 15 | 23 | 80) || !Body::KINDS.contains(&kind)
    }

    /// Who else belongs to a centre is not told to everybody in it (H5): of the others one reads only who runs it.
    pub(super) fn is_told(&self, to: PersonId, body: &Body, spot: Spot) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others are about nobody")]
        let about = match body {
            Body::Person(it) => Some(it.person),
            Body::Link(it) => Some(it.person),
            Body::KeyCertified(it) => Some(it.person),
            Body::LinkEnded(it) => self.links.person_of(it.link),
            Body::KeyRevoked(it) => self.keys.get(it.key).map(|it| it.certified.person),
            _ => return true,
        };
        self.links.sees_as(to, Role::Administrator, spot)
            || about.is_some_and(|it| it == to || self.links.ever(it, Role::Administrator))
    }
}
