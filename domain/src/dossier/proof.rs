//! Proof of an absence: a photo of a paper (F4). The record names the photo by its hash; its bytes travel apart, later.

use super::{Dossier, Placed, Readers, Record, Refusal, Role, Roles, Said, Spot};
use crate::codec::record;
use crate::id::{AbsenceId, FileHash, PersonId};
use crate::ordered::Table;
use crate::photo::LONGEST_PHOTO;

/// The most photos that one person gives in a leertraject, those taken back included: room for years, and an end.
pub const MOST_PROOFS: usize = 200;

record! {
    /// A photo of what shows why somebody was not there. A later record of the same photo by the same person replaces it.
    #[derive(Copy)]
    pub map AbsenceProof {
        /// Which absence. It need not be here: after a restore phones give back in any order.
        0 absence: AbsenceId,
        /// Which photo.
        1 file: FileHash,
        /// Its length in bytes, from 1 to [`LONGEST_PHOTO`].
        2 length: u32,
        /// Whose absence it is. They read it, and those who guide them: what a doctor writes is for nobody else.
        3 learner: PersonId,
        /// It was a mistake.
        4 withdrawn: bool,
    }
}

impl Record for AbsenceProof {
    fn permit(&self, by: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        if !roles.any([Role::Learner, Role::Coach, Role::Administrator]) {
            return Err(Refusal::NotYourRole);
        }
        let guides = roles.any([Role::Coach, Role::Administrator]);
        if !guides && self.learner != by {
            return Err(Refusal::NotYours);
        }
        if !dossier.links.ever(self.learner, Role::Learner) {
            return Err(Refusal::Mismatch);
        }
        let fits = (1..=LONGEST_PHOTO).contains(&(self.length as usize));
        let given = dossier.proofs.0.values().filter(|it| it.said.by == by).count();
        let is_new = !dossier.proofs.0.has(&(by, self.absence, self.file));
        if !fits || is_new && given >= MOST_PROOFS {
            return Err(Refusal::OutOfRange);
        }
        Ok(())
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        let name = (said.by, self.absence, self.file);
        let there = dossier.proofs.0.get(&name);
        if said.stands_over(there.map(|it| &it.said)) {
            dossier.proofs.0.put(name, ProofRecord { said, spot: it.spot() });
        }
    }

    fn readers(&self) -> Readers {
        Readers::GuidesAnd(self.learner)
    }
}

/// A proof, and where it stands in the dossier.
#[derive(Clone, PartialEq, Eq, Debug)]
struct ProofRecord {
    said: Said<AbsenceProof>,
    spot: Spot,
}

/// The photos that prove absences, each by who gave it: nobody takes back what another one gave.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proofs(Table<(PersonId, AbsenceId, FileHash), ProofRecord>);

impl Proofs {
    /// Those of an absence that were not taken back.
    pub fn of(&self, absence: AbsenceId) -> impl Iterator<Item = &Said<AbsenceProof>> {
        self.standing().map(|it| &it.said).filter(move |it| it.what.absence == absence)
    }

    /// Whether a photo still proves something.
    pub fn has(&self, file: FileHash) -> bool {
        self.standing().any(|it| it.said.what.file == file)
    }

    /// The photos that still prove something.
    pub fn files(&self) -> Vec<FileHash> {
        self.standing().map(|it| it.said.what.file).collect()
    }

    fn standing(&self) -> impl Iterator<Item = &ProofRecord> {
        self.0.values().filter(|it| !it.said.what.withdrawn)
    }
}

impl Dossier {
    /// The length in bytes of a photo that a person may see (H5), give and fetch: one that still proves something.
    pub fn photo_for(&self, person: PersonId, file: FileHash) -> Option<u32> {
        let sees = |it: &&ProofRecord| {
            it.said.what.file == file
                && self.links.sees(person, it.spot)
                && (it.said.by == person || self.reads(person, it.said.what.readers(), it.spot))
        };
        self.proofs.standing().find(sees).map(|it| it.said.what.length)
    }
}
