//! Files that travel beside the events: photos, piece by piece, so that a line that breaks begins where it broke.

use crate::codec::{Bytes, record};
use crate::id::{DossierId, FileHash};

/// The most bytes in one piece.
pub const MAX_PIECE: usize = 128 * 1024;

record! {
    /// A piece of a file. To the server in [`super::Signed`], without a session; back from it bare.
    pub map FilePiece {
        /// The dossier in which a record names the file. Files are kept per dossier: who may ask for a hash learns
        /// nothing of other dossiers.
        0 dossier: DossierId,
        /// Which file.
        1 file: FileHash,
        /// Where the piece begins, in bytes.
        2 at: u32,
        /// At most [`MAX_PIECE`] bytes; none only asks how far it is.
        3 bytes: Bytes,
    }

    /// How far a file is.
    #[derive(Copy)]
    pub map FileState {
        /// So many bytes are there, from the first on.
        0 held: u32,
        /// All of it is there, and it is what its hash says.
        1 whole: bool,
    }
}
