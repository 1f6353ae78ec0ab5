//! Bytes, positions, people, ids: what the server keeps. It does not know what any record means.
//!
//! One trait, because two databases really run: SQLite in a folder, PostgreSQL by URL.

mod postgres;
mod sqlite;

use async_trait::async_trait;
use dubbelspoor_domain::id::{
    Chain, DossierId, Epoch, EventHash, FileHash, KeyId, PersonId, PublicKey, ReplicaId, SurveyId,
    TicketHash,
};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::broadcast;

/// Why the store could not do something. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or did not answer.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A value in the database does not have its expected form.
    #[error("stored value of unexpected form: {0}")]
    Form(&'static str),
    /// Rows that do not continue the order exactly.
    #[error("rows do not continue the dossier's order")]
    Order,
    /// A backup that is cut off, altered or of another version.
    #[error("not a whole backup: {0}")]
    Backup(&'static str),
    /// A file could not be read or written.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
}

/// What a store operation gives.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Where a dossier's order stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The last position given out; 0 before the first.
    pub position: u64,
    /// The hash chain at that position.
    pub chain: Chain,
    /// Which history this is.
    pub epoch: Epoch,
    /// When the last event arrived, in milliseconds since 1970.
    pub received_at: u64,
}

/// An event at its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// From 1, without holes.
    pub position: u64,
    /// Its identity.
    pub hash: EventHash,
    /// The installation that wrote it.
    pub replica: ReplicaId,
    /// Its number there.
    pub seq: u64,
    /// Which record kind, for people who look into the database.
    pub kind: u16,
    /// The signed bytes, as they came.
    pub sealed: Vec<u8>,
    /// The body's bytes, unless redacted.
    pub body: Option<Vec<u8>>,
    /// The verdict's number.
    pub verdict: u8,
    /// When it arrived, in milliseconds since 1970: strictly rising with the position.
    pub received_at: u64,
    /// Its hybrid time, never after its arrival.
    pub hlc_eff: u64,
    /// The hash chain up to and including this row.
    pub chain: Chain,
}

/// An event that was kept but not taken into the order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quarantined {
    /// Its identity.
    pub hash: EventHash,
    /// The signed bytes, as they came.
    pub sealed: Vec<u8>,
    /// The body's bytes.
    pub body: Option<Vec<u8>>,
    /// The verdict's number.
    pub verdict: u8,
    /// Why, as a number of the wire.
    pub code: u16,
    /// The key of the device that delivered it.
    pub sender: KeyId,
    /// When, in milliseconds since 1970.
    pub received_at: u64,
}

/// Somebody the centre knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Somebody {
    /// Who.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Of which centre.
    pub centre: String,
    /// Since when, in milliseconds since 1970.
    pub created_at: u64,
}

/// A device and its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    /// Whose.
    pub person: PersonId,
    /// Its key.
    pub public_key: PublicKey,
    /// What its owner calls it.
    pub name: String,
    /// When the school began to vouch for it, in milliseconds since 1970.
    pub certified_at: u64,
    /// When it stopped.
    pub revoked_at: Option<u64>,
}

/// A login. Only the hash of its token is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Whose.
    pub person: PersonId,
    /// The device that it was opened on.
    pub key: KeyId,
    /// Milliseconds since 1970.
    pub created_at: u64,
    /// Milliseconds since 1970.
    pub last_seen: u64,
    /// The absolute end, milliseconds since 1970.
    pub expires_at: u64,
}

/// An invitation for one device of one person. Only hashes are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invite {
    /// SHA-256 of the link's token.
    pub token_hash: [u8; 32],
    /// The half of the short code that finds the invitation again.
    pub code_hint: String,
    /// SHA-256 of the whole short code.
    pub code_hash: [u8; 32],
    /// For whom.
    pub person: PersonId,
    /// Until when, in milliseconds since 1970.
    pub expires_at: u64,
}

/// How often a wrong code may be tried on one invitation.
pub const MAX_TRIES: u64 = 5;

/// What somebody shows in order to join.
#[derive(Clone, Copy, Debug)]
pub enum Ticket<'a> {
    /// SHA-256 of the link's token.
    Token([u8; 32]),
    /// The short code: its finding half, and SHA-256 of the whole.
    Code {
        /// The finding half.
        hint: &'a str,
        /// The whole, hashed.
        hash: [u8; 32],
    },
}

/// The device that wants in, not yet tied to a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Newcomer {
    /// Its key.
    pub public_key: PublicKey,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the session token that it will hold.
    pub session: [u8; 32],
    /// The session's absolute end, milliseconds since 1970.
    pub session_expires_at: u64,
}

/// What somebody chose to be reminded of by e-mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reminder {
    /// Who.
    pub person: PersonId,
    /// [`dubbelspoor_domain::reminder::Reminders`] as bytes.
    pub chosen: Vec<u8>,
    /// What stops it from within the mail; nobody can guess it.
    pub stop: [u8; 16],
    /// The last day for which one was sent, in days since the beginning of our era.
    pub last_day: Option<u64>,
}

/// What came of showing a ticket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Enrolment {
    /// In, as this person. Repeating the same request with the same key gives the same.
    Joined(PersonId),
    /// No such invitation, or a wrong code.
    Unknown,
    /// Too late.
    Expired,
    /// Another device has used it, or this key belongs to somebody else.
    Used,
    /// Wrong codes were tried too often; a new invitation is needed.
    Blocked,
}

/// A dossier has moved on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hint {
    /// Which.
    pub dossier: DossierId,
    /// To where.
    pub position: u64,
}

/// The store as everybody shares it.
pub type SharedStore = Arc<dyn Store>;

/// What the server keeps.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens a transaction that holds the dossier's head: until it ends nobody else appends there.
    /// A dossier that is not there yet begins with this epoch.
    async fn begin(&self, dossier: DossierId, epoch: Epoch) -> Result<Box<dyn HeadLock>>;
    /// Where a dossier stands.
    async fn head(&self, dossier: DossierId) -> Result<Option<Head>>;
    /// Events after a position, in order.
    async fn rows(&self, dossier: DossierId, after: u64, limit: u32) -> Result<Vec<Row>>;
    /// The dossiers that a person takes part in.
    async fn heads_for(&self, person: PersonId) -> Result<Vec<(DossierId, Head)>>;

    /// The dossiers in which a person has or had this part, by its number, and no other.
    async fn only_as(&self, person: PersonId, role: u8) -> Result<Vec<DossierId>>;
    /// All dossiers.
    async fn heads(&self) -> Result<Vec<(DossierId, Head)>>;
    /// What waits in quarantine.
    async fn quarantined(&self, dossier: DossierId) -> Result<Vec<Quarantined>>;
    /// Everything that was ever put aside in a dossier, decided or not, with its code.
    async fn put_aside(&self, dossier: DossierId) -> Result<Vec<(EventHash, u16)>>;
    /// Who takes part in a dossier.
    async fn members(&self, dossier: DossierId) -> Result<Vec<PersonId>>;
    /// Declares a new history for a dossier.
    async fn renew_epoch(&self, dossier: DossierId, epoch: Epoch) -> Result<()>;
    /// Keeps bytes that are no event, for 90 days and within the sender's allowance.
    async fn keep_malformed(&self, sender: KeyId, raw: &[u8], now: u64) -> Result<()>;

    /// Adds a person, or renames them.
    async fn put_person(&self, person: &Somebody) -> Result<()>;
    /// Somebody by id.
    async fn person(&self, id: PersonId) -> Result<Option<Somebody>>;
    /// Everybody.
    async fn people(&self) -> Result<Vec<Somebody>>;

    /// Adds an invitation.
    async fn put_invite(&self, invite: &Invite) -> Result<()>;
    /// Until when the newest unused invitation of a person is good, in milliseconds since 1970.
    async fn open_invite(&self, person: PersonId, now: u64) -> Result<Option<u64>>;
    /// Uses up an invitation, registers the device and opens its session: all three or none.
    async fn enrol(&self, ticket: Ticket<'_>, by: &Newcomer, now: u64) -> Result<Enrolment>;

    /// A device by its key.
    async fn device(&self, key: KeyId) -> Result<Option<Device>>;
    /// A person's devices, revoked ones included.
    async fn devices(&self, person: PersonId) -> Result<Vec<Device>>;
    /// When each of a person's devices was last seen reading, in milliseconds since 1970.
    async fn last_seen(&self, person: PersonId) -> Result<Vec<(KeyId, u64)>>;
    /// Adds a device that needs no invitation; an existing key stays as it is.
    async fn put_device(&self, device: &Device) -> Result<()>;
    /// Stops a device: its sessions end with it. Says whether it was active until now.
    async fn revoke_device(&self, key: KeyId, now: u64) -> Result<bool>;

    /// Opens a session.
    async fn put_session(&self, session: &Session) -> Result<()>;
    /// A session by the hash of its token.
    async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Session>>;
    /// Notes that a session is in use.
    async fn touch_session(&self, token_hash: [u8; 32], now: u64) -> Result<()>;
    /// Ends a session.
    async fn end_session(&self, token_hash: [u8; 32]) -> Result<()>;

    /// Notes that a person has a ticket for a survey and, apart from that, which tickets there are. `false` when they
    /// had another one before.
    async fn give_ticket(
        &self,
        survey: SurveyId,
        person: PersonId,
        ticket: TicketHash,
    ) -> Result<bool>;
    /// Keeps what came with a ticket; a second time changes nothing. `false` when there is no such ticket. So many
    /// answers one after the other are one part.
    async fn put_answer(
        &self,
        survey: SurveyId,
        ticket: TicketHash,
        answers: &[u8],
        together: u16,
    ) -> Result<bool>;
    /// Keeps what a coach asks under a name, and who asks it; `false` when something else was kept before.
    async fn keep_survey(&self, survey: SurveyId, coach: PersonId, asked: &[u8]) -> Result<bool>;
    /// What was kept of a coach's survey: who asks, and what.
    async fn kept_survey(&self, survey: SurveyId) -> Result<Option<(PersonId, Vec<u8>)>>;
    /// What was answered, each with its part, in the order of the tickets' hashes.
    async fn answers(&self, survey: SurveyId) -> Result<Vec<(u64, Vec<u8>)>>;

    /// Keeps what somebody chose; what stops it and the last day stay as they were.
    async fn put_reminder(&self, it: &Reminder) -> Result<()>;
    /// What somebody chose.
    async fn reminder(&self, person: PersonId) -> Result<Option<Reminder>>;
    /// What everybody chose.
    async fn reminders(&self) -> Result<Vec<Reminder>>;
    /// Sets the last day, unless it is not any more as it was read. `false`: another server was first.
    async fn note_reminder(&self, it: &Reminder, day: Option<u64>) -> Result<bool>;
    /// Takes away the reminder that this stops. `false` when there is none.
    async fn stop_reminder(&self, stop: [u8; 16]) -> Result<bool>;

    /// How many bytes of a file are there, from its first on.
    async fn file_length(&self, dossier: DossierId, file: FileHash) -> Result<u32>;
    /// What is there of a file.
    async fn file(&self, dossier: DossierId, file: FileHash) -> Result<Vec<u8>>;
    /// Keeps the piece that begins where the file ends, and gives its length then. One that begins where another one
    /// began changes nothing.
    async fn put_piece(
        &self,
        dossier: DossierId,
        file: FileHash,
        at: u32,
        bytes: &[u8],
    ) -> Result<u32>;
    /// Takes a file away.
    async fn drop_file(&self, dossier: DossierId, file: FileHash) -> Result<()>;

    /// Keeps a value under a name unless there is one already; gives the one that stands.
    async fn meta(&self, key: &str, first: &[u8]) -> Result<Vec<u8>>;

    /// Writes everything into one file, the same for every database.
    async fn backup(&self, to: &Path) -> Result<()>;
    /// Replaces everything by a backup; every dossier gets a new epoch.
    async fn restore(&self, from: &Path) -> Result<()>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<()>;
    /// Tells of every commit, those of other instances included.
    fn hints(&self) -> broadcast::Receiver<Hint>;
    /// Closes all connections.
    async fn close(&self);
}

/// An open transaction that holds a dossier's head. Dropping it undoes everything.
#[async_trait]
pub trait HeadLock: Send {
    /// Where the dossier stands, what was appended here included.
    fn head(&self) -> Head;
    /// Events after a position, in order.
    async fn rows_after(&mut self, position: u64, limit: u32) -> Result<Vec<Row>>;
    /// Appends rows that continue the order exactly. What was in quarantine leaves it by that.
    async fn append(&mut self, rows: &[Row]) -> Result<()>;
    /// Keeps events outside the order; one that is there already stays, with its newest code.
    async fn quarantine(&mut self, events: &[Quarantined]) -> Result<()>;
    /// An event that waits in quarantine.
    async fn quarantined(&mut self, hash: EventHash) -> Result<Option<Quarantined>>;
    /// Notes that somebody decided about a quarantined event.
    async fn resolve_quarantine(&mut self, hash: EventHash, now: u64) -> Result<()>;
    /// Replaces who takes part in the dossier.
    async fn set_members(&mut self, members: &[(PersonId, u8)]) -> Result<()>;
    /// Adds a person, or renames them.
    async fn put_person(&mut self, person: &Somebody) -> Result<()>;
    /// The devices of a person, the oldest first.
    async fn devices(&mut self, person: PersonId) -> Result<Vec<Device>>;
    /// Adds a device of a known person; an existing key stays as it is.
    async fn put_device(&mut self, device: &Device) -> Result<()>;
    /// Stops a device: its sessions end with it.
    async fn revoke_device(&mut self, key: KeyId, now: u64) -> Result<()>;
    /// Makes all of it last. After an error nothing of it is there, or all of it.
    async fn commit(self: Box<Self>) -> Result<()>;
}

/// Opens the database that the URL names, and brings its schema up to date.
///
/// # Errors
/// When it cannot be reached or its schema is of a newer server.
pub async fn open(url: &str) -> Result<SharedStore> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        postgres::open(url).await
    } else {
        sqlite::open(Path::new(url.strip_prefix("sqlite:").unwrap_or(url))).await
    }
}
