//! Backup and restore: every table as CBOR in one file, so that one format serves both databases
//! and a centre can move from one to the other.
//!
//! The file is a heading, then per table its name and its rows, and at the end SHA-256 over all that came before.

use super::{Connection, DbRow, fixed};
use crate::store::{Result, StoreError};
use dubbelspoor_domain::id::{DossierId, Epoch};
use futures::TryStreamExt as _;
use minicbor::{Decoder, Encoder, data::Type};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row as _};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

const HEADING: &[u8] = b"dubbelspoor backup 1\n";

#[derive(Clone, Copy)]
enum Column {
    Number(&'static str),
    Bytes(&'static str),
    Text(&'static str),
}
use Column::{Bytes, Number, Text};

/// Every table that holds something, in an order that satisfies the references.
const TABLES: &[(&str, &[Column])] = &[
    ("meta", &[Text("key"), Bytes("value")]),
    (
        "dossier",
        &[
            Bytes("id"),
            Text("centre"),
            Number("head"),
            Bytes("chain"),
            Bytes("epoch"),
            Number("received_at"),
        ],
    ),
    (
        "event",
        &[
            Bytes("dossier"),
            Number("position"),
            Bytes("hash"),
            Bytes("replica"),
            Number("seq"),
            Number("kind"),
            Bytes("sealed"),
            Bytes("body"),
            Number("verdict"),
            Number("received_at"),
            Number("hlc_eff"),
            Bytes("chain"),
        ],
    ),
    (
        "quarantine",
        &[
            Bytes("dossier"),
            Bytes("hash"),
            Bytes("sealed"),
            Bytes("body"),
            Number("verdict"),
            Number("code"),
            Bytes("sender"),
            Number("received_at"),
            Number("resolved_at"),
        ],
    ),
    ("malformed", &[Bytes("sender"), Bytes("digest"), Bytes("raw"), Number("received_at")]),
    ("person", &[Bytes("id"), Text("name"), Text("centre"), Number("created_at")]),
    ("membership", &[Bytes("person"), Bytes("dossier"), Number("role")]),
    (
        "device",
        &[
            Bytes("key_id"),
            Bytes("person"),
            Bytes("public_key"),
            Text("name"),
            Number("certified_at"),
            Number("revoked_at"),
        ],
    ),
    (
        "invite",
        &[
            Bytes("token_hash"),
            Text("code_hint"),
            Bytes("code_hash"),
            Bytes("person"),
            Number("expires_at"),
            Number("tries"),
            Number("used_at"),
            Bytes("used_by"),
        ],
    ),
    (
        "session",
        &[
            Bytes("token_hash"),
            Bytes("person"),
            Bytes("key_id"),
            Number("created_at"),
            Number("last_seen"),
            Number("expires_at"),
        ],
    ),
    ("survey_asked", &[Bytes("survey"), Bytes("person")]),
    ("survey_ticket", &[Bytes("survey"), Bytes("ticket"), Bytes("answers"), Number("part")]),
    ("reminder", &[Bytes("person"), Bytes("chosen"), Bytes("stop"), Number("last_day")]),
    ("file_piece", &[Bytes("dossier"), Bytes("file"), Number("at"), Bytes("bytes")]),
    ("survey_kept", &[Bytes("survey"), Bytes("coach"), Bytes("asked")]),
];

impl Column {
    fn name(self) -> &'static str {
        match self {
            Number(name) | Bytes(name) | Text(name) => name,
        }
    }
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|it| it.name()).collect::<Vec<_>>().join(", ")
}

/// A file that is hashed while it is written, beside its final name until it is whole.
struct Draft {
    file: BufWriter<File>,
    digest: Sha256,
}

impl Draft {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.digest.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }
}

pub(super) async fn write(tx: &mut Connection, to: &Path) -> Result<()> {
    let beside = to.with_extension("part");
    // It holds the server's key and what people wrote: for its owner only.
    let file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    let mut draft = Draft { file: BufWriter::new(file), digest: Sha256::new() };
    draft.put(HEADING)?;
    for (table, columns) in TABLES {
        write_table(tx, table, columns, &mut draft).await?;
    }
    let digest = draft.digest.clone().finalize();
    draft.file.write_all(&digest)?;
    let file = draft.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    std::fs::rename(&beside, to)?;
    Ok(())
}

async fn write_table(
    tx: &mut Connection,
    table: &str,
    columns: &[Column],
    draft: &mut Draft,
) -> Result<()> {
    let mut bytes = Vec::new();
    encoded(Encoder::new(&mut bytes).str(table).map(drop))?;
    draft.put(&bytes)?;
    // By their keys: in which order rows were written is nobody's business, least of all who answered a survey when.
    let query = format!("select {} from {table} order by 1, 2", names(columns));
    let mut rows = sqlx::query(AssertSqlSafe(query)).fetch(tx);
    while let Some(row) = rows.try_next().await? {
        bytes.clear();
        encode_row(&row, columns, &mut bytes)?;
        draft.put(&bytes)?;
    }
    Ok(())
}

fn encode_row(row: &DbRow, columns: &[Column], into: &mut Vec<u8>) -> Result<()> {
    let mut out = Encoder::new(into);
    encoded(out.array(columns.len() as u64).map(drop))?;
    for (at, column) in columns.iter().enumerate() {
        let written = match column {
            Number(_) => match row.try_get::<Option<i64>, _>(at)? {
                Some(it) => out.i64(it),
                None => out.null(),
            },
            Bytes(_) => match row.try_get::<Option<Vec<u8>>, _>(at)? {
                Some(it) => out.bytes(&it),
                None => out.null(),
            },
            Text(_) => out.str(&row.try_get::<String, _>(at)?),
        };
        encoded(written.map(drop))?;
    }
    Ok(())
}

fn encoded<E>(written: Result<(), minicbor::encode::Error<E>>) -> Result<()> {
    written.map_err(|_| StoreError::Backup("cannot be encoded"))
}

pub(super) async fn read(tx: &mut Connection, from: &Path) -> Result<()> {
    let whole = std::fs::read(from)?;
    let split = whole.len().checked_sub(32).ok_or(StoreError::Backup("too short"))?;
    let (content, digest) = whole.split_at(split);
    if Sha256::digest(content)[..] != *digest {
        return Err(StoreError::Backup("cut off or altered"));
    }
    let content = content.strip_prefix(HEADING).ok_or(StoreError::Backup("another version"))?;
    for (table, _) in TABLES.iter().rev() {
        sqlx::query(AssertSqlSafe(format!("delete from {table}"))).execute(&mut *tx).await?;
    }
    let mut from = Decoder::new(content);
    for (table, columns) in TABLES {
        // A backup of before there was such a table ends sooner.
        if from.position() == content.len() {
            break;
        }
        read_table(tx, table, columns, &mut from).await?;
    }
    if from.position() != content.len() {
        return Err(StoreError::Backup("more than expected"));
    }
    renew_epochs(tx).await
}

async fn read_table(
    tx: &mut Connection,
    table: &str,
    columns: &[Column],
    from: &mut Decoder<'_>,
) -> Result<()> {
    const FORM: StoreError = StoreError::Backup("a table of another form");
    if from.str().map_err(|_| FORM)? != table {
        return Err(FORM);
    }
    let places = (1..=columns.len()).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ");
    let query = format!("insert into {table} ({}) values ({places})", names(columns));
    while matches!(from.datatype(), Ok(Type::Array)) {
        if from.array().map_err(|_| FORM)? != Some(columns.len() as u64) {
            return Err(FORM);
        }
        let mut insert = sqlx::query(AssertSqlSafe(query.clone()));
        for column in columns {
            insert = match column {
                Number(_) => insert.bind(optional(from, Decoder::i64)?),
                Bytes(_) => insert.bind(optional(from, |it| it.bytes().map(<[u8]>::to_vec))?),
                Text(_) => insert.bind(from.str().map_err(|_| FORM)?.to_owned()),
            };
        }
        insert.execute(&mut *tx).await?;
    }
    Ok(())
}

fn optional<'b, T>(
    from: &mut Decoder<'b>,
    read: impl FnOnce(&mut Decoder<'b>) -> Result<T, minicbor::decode::Error>,
) -> Result<Option<T>> {
    let value = match from.datatype() {
        Ok(Type::Null) => from.null().map(|()| None),
        Ok(_) => read(from).map(Some),
        Err(error) => Err(error),
    };
    value.map_err(|_| StoreError::Backup("a value of another form"))
}

/// A restored past is another history: devices must notice, and offer what they hold.
async fn renew_epochs(tx: &mut Connection) -> Result<()> {
    let dossiers = sqlx::query("select id from dossier").fetch_all(&mut *tx).await?;
    for row in &dossiers {
        let dossier = DossierId(fixed(row, 0)?);
        sqlx::query("update dossier set epoch = $2 where id = $1")
            .bind(&dossier.0[..])
            .bind(&crate::random::<16>().map(Epoch)?.0[..])
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}
