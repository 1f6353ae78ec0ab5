//! The centre (CVO, or another provider): what it is called (A13, A14). It has a dossier of its own, which everybody who
//! belongs to it reads.

use super::{Dossier, Placed, Record, Refusal, Roles, only_school, written};
use crate::codec::record;
use crate::id::PersonId;

record! {
    /// The centre. Only the school's key begins one; a later record replaces an earlier one.
    pub map Centre {
        /// Its name, 1 to 200 bytes.
        0 name: String,
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
