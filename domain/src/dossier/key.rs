//! Which device keys the school vouches for, and until when.

use super::{Dossier, Placed, Record, Refusal, Roles, only_school};
use crate::codec::record;
use crate::id::{KeyId, PersonId, PublicKey};
use crate::ordered::Table;

record! {
    /// The school vouches that a key belongs to a person.
    pub map KeyCertified {
        /// The key.
        0 public: PublicKey,
        /// Whose.
        1 person: PersonId,
        /// What its owner calls the device.
        2 device: String,
    }

    /// From here on the key speaks for nobody.
    pub map KeyRevoked {
        /// Which key.
        0 key: KeyId,
    }
}

impl Record for KeyRevoked {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        only_school(roles)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.keys.revoke(it, &self);
    }
}

impl Record for KeyCertified {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        only_school(roles)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.keys.certify(it, self);
    }
}

/// A key in the dossier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyRecord {
    /// As certified.
    pub certified: KeyCertified,
    /// Position of the revocation.
    pub revoked: Option<u64>,
}

/// All keys that ever signed for this dossier.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys(Table<KeyId, KeyRecord>);

impl Keys {
    /// A key by its name.
    pub fn get(&self, key: KeyId) -> Option<&KeyRecord> {
        self.0.get(&key)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &KeyRecord> {
        self.0.values()
    }

    pub(super) fn certify(&mut self, _: &Placed<'_>, it: KeyCertified) {
        self.0.get_or_put(it.public.id(), KeyRecord { certified: it, revoked: None });
    }

    pub(super) fn revoke(&mut self, placed: &Placed<'_>, it: &KeyRevoked) {
        if let Some(record) = self.0.get_mut(&it.key) {
            record.revoked.get_or_insert(placed.order());
        }
    }
}
