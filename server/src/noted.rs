//! The heads, noted outside the database: who puts an older database back is found out at the next start.
//!
//! One small record behind the other in a file; the last one of each dossier counts.

use crate::error::Result;
use crate::store::{Head, SharedStore};
use dubbelspoor_domain::id::{Chain, DossierId, Epoch};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

const NAME: &str = "heads";
const RECORD: usize = 16 + 8 + 32;

/// The open file.
pub(crate) struct Noted(Mutex<File>);

impl Noted {
    /// Compares what was noted with what the database tells. A dossier that has lost events gets a new epoch.
    ///
    /// # Errors
    /// When the store does not answer or the file cannot be written.
    pub(crate) async fn open(folder: &Path, store: &SharedStore) -> Result<Noted> {
        let path = folder.join(NAME);
        for (dossier, (position, chain)) in read(&path)? {
            if !still_tells(store, dossier, position, chain).await? {
                tracing::warn!(%dossier, position, "the database is older than it was: new epoch");
                store.renew_epoch(dossier, Epoch(crate::random()?)).await?;
            }
        }
        let heads = store.heads().await?;
        Ok(Noted(Mutex::new(begin(&path, &heads)?)))
    }

    /// Notes a head that has been committed. Failing to is no reason to refuse anybody's work.
    pub(crate) fn note(&self, dossier: DossierId, position: u64, chain: Chain) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = file.write_all(&record(dossier, position, chain)) {
            tracing::error!(%error, "could not note a head");
        }
    }
}

/// Forgets: after a restore on purpose every dossier has its new epoch already.
///
/// # Errors
/// When the file is there and cannot be removed.
pub fn forget(folder: &Path) -> Result<()> {
    match std::fs::remove_file(folder.join(NAME)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Whether the database still holds that position with that chain.
async fn still_tells(
    store: &SharedStore,
    dossier: DossierId,
    position: u64,
    chain: Chain,
) -> Result<bool> {
    let Some(before) = position.checked_sub(1) else { return Ok(true) };
    let row = store.rows(dossier, before, 1).await?;
    Ok(row.first().is_some_and(|it| it.position == position && it.chain == chain))
}

fn record(dossier: DossierId, position: u64, chain: Chain) -> Vec<u8> {
    [&dossier.0[..], &position.to_be_bytes(), &chain.0].concat()
}

/// The last record of each dossier. What a crash cut off at the end is ignored.
fn read(path: &Path) -> Result<BTreeMap<DossierId, (u64, Chain)>> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        read => read?,
    };
    let (records, _) = bytes.as_chunks::<RECORD>();
    let parsed = records.iter().filter_map(|it| {
        let position = u64::from_be_bytes(it[16..24].try_into().ok()?);
        let dossier = DossierId::from_slice(&it[..16])?;
        Some((dossier, (position, Chain::from_slice(&it[24..])?)))
    });
    Ok(parsed.collect())
}

/// Starts the file anew with one record per dossier, and leaves it open at its end.
fn begin(path: &Path, heads: &[(DossierId, Head)]) -> Result<File> {
    let beside: PathBuf = path.with_extension("new");
    let mut file = File::create(&beside)?;
    for (dossier, head) in heads {
        file.write_all(&record(*dossier, head.position, head.chain))?;
    }
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    Ok(OpenOptions::new().append(true).open(path)?)
}
