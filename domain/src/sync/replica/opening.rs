//! From storage to the screen, a piece at a time: a slow phone must not stand still while it reads thousands of rows.

use super::storage::{Held, Loaded, Refused};
use super::{Outbox, Replica, Tip};
use crate::codec::from_bytes;
use crate::dossier::Dossier;
use crate::id::{DossierId, KeyId, PersonId, ReplicaId};
use crate::ordered::Table;
use crate::sync::Row;
use crate::wire::WireRow;

/// A replica that is still being read.
#[derive(Debug)]
pub struct Opening(Replica);

impl Opening {
    /// Of which nothing has been read yet.
    pub fn begin(dossier: DossierId, person: PersonId, key: KeyId, born: ReplicaId) -> Opening {
        Opening(Replica {
            dossier,
            person,
            key,
            born,
            tip: Tip::default(),
            stored_tip: None,
            settled: Dossier::new(dossier),
            rows: Table::default(),
            hashes: Table::default(),
            outbox: Outbox::default(),
            refused: Vec::new(),
            shown: Dossier::new(dossier),
        })
    }

    /// Takes in the next rows. A record that cannot be read is left where it is and skipped.
    pub fn read(&mut self, rows: &[(u64, Vec<u8>)]) {
        for (_, bytes) in rows {
            if let Some(row) = from_bytes::<WireRow>(bytes) {
                self.0.settle(Row::from_wire(&row));
            }
        }
    }

    /// Takes in the rest.
    pub fn finish(mut self, rest: Loaded) -> Replica {
        self.read(&rest.rows);
        let mut it = self.0;
        it.tip = rest.tip.as_deref().and_then(from_bytes).unwrap_or_default();
        it.stored_tip = rest.tip;
        let outbox = rest.outbox.iter().filter_map(|(_, bytes)| Held::read(bytes));
        outbox.for_each(|held| it.outbox.put(held));
        it.refused = rest.refused.iter().filter_map(|(_, bytes)| Refused::read(bytes)).collect();
        it.show();
        it
    }
}

impl Replica {
    /// Opens what storage holds, all at once.
    pub fn open(
        dossier: DossierId,
        person: PersonId,
        key: KeyId,
        born: ReplicaId,
        loaded: Loaded,
    ) -> Replica {
        Opening::begin(dossier, person, key, born).finish(loaded)
    }
}
