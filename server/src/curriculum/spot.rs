//! Where in a JSON file something stands, so that a fault of its meaning names a line as one of its form does (V5).

use super::{At, fault};
use dubbelspoor_domain::wire::{FaultIn, Wrong};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A part of the file as it stands there, not read yet.
pub(super) type Part<'f> = &'f RawValue;

/// A file and where its lines begin.
pub(super) struct Spots<'f> {
    file: &'f [u8],
    begins: Vec<usize>,
}

impl<'f> Spots<'f> {
    pub(super) fn of(file: &'f [u8]) -> Spots<'f> {
        let ends = file.iter().enumerate().filter(|(_, it)| **it == b'\n');
        let begins = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Spots { file, begins }
    }

    /// The line, from 1, on which a part of this file begins.
    pub(super) fn line(&self, part: Part<'f>) -> u64 {
        let at = part.get().as_ptr().addr().saturating_sub(self.file.as_ptr().addr());
        self.begins.partition_point(|begins| *begins <= at) as u64
    }

    /// The file as a whole.
    pub(super) fn whole<T: Deserialize<'f>>(&self) -> Result<T, Vec<FaultIn>> {
        serde_json::from_slice(self.file).map_err(|it| vec![unread(1, &it)])
    }

    /// One part of it.
    pub(super) fn read<T: Deserialize<'f>>(&self, part: Part<'f>) -> Result<T, FaultIn> {
        serde_json::from_str(part.get()).map_err(|it| unread(self.line(part), &it))
    }
}

/// What cannot be read, with the words of its reader; it counts lines from where it began.
fn unread(begun: u64, error: &serde_json::Error) -> FaultIn {
    let line = begun + (error.line() as u64).saturating_sub(1);
    let words = error.to_string();
    let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
    fault(At::Line(line), Wrong::Unread, what)
}
