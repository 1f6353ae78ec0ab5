//! What only the school can do for those who run a centre or a leertraject: invite, begin, look after devices.

use super::Device;
use crate::Bytes;
use crate::codec::record;
use crate::dossier::Role;
use crate::id::{DossierId, PersonId};

record! {
    /// Somebody who takes part in a dossier gets an invitation for one more device (A15). Travels in [`super::Signed`].
    #[derive(Copy)]
    pub map InviteFor {
        /// A dossier that the asker runs: of a learner, or the centre's.
        0 dossier: DossierId,
        /// Who.
        1 person: PersonId,
    }

    /// An invitation, shown once.
    pub map Invited {
        /// To open or to scan.
        0 link: String,
        /// To type.
        1 code: String,
        /// Until when, in milliseconds since 1970.
        2 expires: u64,
        /// The link as a QR code: so many modules on a side.
        3 side: u16,
        /// Its modules row by row, a bit each, the first one highest; 1 is dark.
        4 modules: Bytes,
    }

    /// A new leertraject with its cursist and its coach. The phone names everything, so that asking twice begins one.
    /// Travels in [`super::Signed`].
    pub map Begin {
        /// The centre.
        0 centre: DossierId,
        /// The new dossier.
        1 dossier: DossierId,
        /// The cursist: somebody of the centre, or a new number.
        2 learner: PersonId,
        /// The cursist's name, 1 to 200 bytes.
        3 name: String,
        /// Its coach: somebody who coaches in the centre or may ([`Guides`]), named by who runs it. Without one, the asker.
        4 coach: Option<PersonId>,
    }

    /// Somebody who coaches in a centre now, or may: never cursist, mentor or reader of any of its leertrajecten.
    pub map Guide {
        /// Who.
        0 person: PersonId,
        /// Their name.
        1 name: String,
        /// So many leertrajecten they coach now.
        2 tracks: u32,
    }

    /// Those who guide in a centre, or may, by name.
    pub map Guides {
        /// All of them.
        0 all: Vec<Guide>,
    }

    /// Somebody who takes part in a centre, to be chosen again: no devices, and nothing of any leertraject.
    pub map Known {
        /// Who.
        0 person: PersonId,
        /// Their name.
        1 name: String,
        /// What they are there now, each role once.
        2 roles: Vec<Role>,
    }

    /// Who takes part in a centre.
    pub map KnownList {
        /// By name.
        0 all: Vec<Known>,
    }

    /// All leertrajecten of a centre that somebody coaches now get another coach, for when they cannot see to that
    /// themselves (A16). Travels in [`super::Signed`].
    #[derive(Copy)]
    pub map HandOver {
        /// The centre.
        0 centre: DossierId,
        /// Whose they are.
        1 from: PersonId,
        /// Whose they become.
        2 to: PersonId,
    }

    /// Somebody, their devices and their open invitation.
    pub map Enrolled {
        /// Who.
        0 person: PersonId,
        /// Their devices, oldest first.
        1 devices: Vec<Device>,
        /// Until when their newest unused invitation is good, in milliseconds since 1970.
        2 invited: Option<u64>,
        /// What they are now in the leertrajecten that the asker runs, each role once.
        3 roles: Vec<Role>,
    }

    /// The people of a dossier whose devices the asker looks after.
    pub map EnrolledList {
        /// In the order of their numbers.
        0 people: Vec<Enrolled>,
    }
}
