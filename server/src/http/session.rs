//! Sessions: reading needs one. Opaque, hashed at rest, ended by the server; a lost one never touches local work.

use super::{Cbor, Routes, sender, set_cookie, text};
use crate::app::{Server, Shared};
use crate::error::{Error, Result};
use crate::store::Session;
use axum::extract::{FromRequestParts, State};
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::id::{KeyId, PersonId};
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::wire::{Challenge, Joined, Message, Purpose, Signed, path};

const DAY: u64 = 24 * 60 * 60 * 1000;
/// Unused for so long, a session ends.
const IDLE: u64 = 60 * DAY;
/// However much used, it ends.
const ABSOLUTE: u64 = 400 * DAY;
/// Being in use is noted this often.
const TOUCH: u64 = 60 * 60 * 1000;
/// How long a challenge waits for its signature.
const CHALLENGE: u64 = 5 * 60 * 1000;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::CHALLENGE, get(challenge)).at("POST", path::SESSION, post(open)).at(
        "POST",
        path::LEAVE,
        post(end),
    )
}

/// A fresh token and what belongs to it.
pub(super) struct Opened {
    pub(super) token_hash: [u8; 32],
    pub(super) expires_at: u64,
    cookie: String,
}

impl Opened {
    pub(super) fn new(server: &Server, now: u64) -> Result<Opened> {
        let token = crate::hex(&crate::random::<32>()?);
        let name = cookie_name(server);
        let secure = if server.is_https() { "; Secure" } else { "" };
        let age = ABSOLUTE / 1000;
        let cookie =
            format!("{name}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
        Ok(Opened { token_hash: sha256(&[token.as_bytes()]), expires_at: now + ABSOLUTE, cookie })
    }

    pub(super) fn header(&self) -> Result<(HeaderName, HeaderValue)> {
        set_cookie(&self.cookie)
    }
}

/// The prefix ties a cookie to this very host, but browsers only take it over https.
fn cookie_name(server: &Server) -> &'static str {
    if server.is_https() { "__Host-dl" } else { "dl" }
}

/// Whose session a device means: on one that several people use, another's would show what is not theirs.
const MEANT: &str = "x-person";

/// Who reads.
pub(super) struct Reader {
    pub(super) person: PersonId,
    pub(super) key: KeyId,
    token_hash: [u8; 32],
}

impl FromRequestParts<Shared> for Reader {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, server: &Shared) -> Result<Reader> {
        let cookies = text(&parts.headers, "cookie").unwrap_or_default();
        let name = cookie_name(server);
        let token = cookies
            .split(';')
            .filter_map(|it| it.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
            .ok_or(Error::NoSession)?;
        let token_hash = sha256(&[token.as_bytes()]);
        let session = server.store.session(token_hash).await?.ok_or(Error::NoSession)?;
        let now = crate::now();
        if session.expires_at < now || session.last_seen + IDLE < now {
            server.store.end_session(token_hash).await?;
            return Err(Error::NoSession);
        }
        let meant = text(&parts.headers, MEANT);
        if meant.is_some_and(|it| PersonId::from_hex(it) != Some(session.person)) {
            return Err(Error::NoSession);
        }
        if session.last_seen + TOUCH < now {
            server.store.touch_session(token_hash, now).await?;
        }
        Ok(Reader { person: session.person, key: session.key, token_hash })
    }
}

/// Something for a known device to sign.
async fn challenge(State(server): State<Shared>) -> Result<Cbor<Challenge>> {
    let challenge = server.school.challenge(crate::now() + CHALLENGE, crate::random()?);
    Ok(Cbor(Challenge { challenge: Bytes(challenge) }))
}

/// A known device shows that it still holds its key. Nobody has to type anything.
async fn open(
    State(server): State<Shared>,
    Cbor(signed): Cbor<Signed>,
) -> Result<impl IntoResponse> {
    let device = sender(&server, &signed, Purpose::Session).await?;
    server.limits.push(signed.key)?;
    let now = crate::now();
    let given = Challenge::from_bytes(&signed.payload.0).ok_or(Error::Message)?;
    if !server.school.knows(&given.challenge.0, now) {
        return Err(Error::UnknownDevice);
    }
    let opened = Opened::new(&server, now)?;
    let session = Session {
        token_hash: opened.token_hash,
        person: device.person,
        key: signed.key,
        created_at: now,
        last_seen: now,
        expires_at: opened.expires_at,
    };
    server.store.put_session(&session).await?;
    let joined = joined(&server, device.person, now).await?;
    Ok(([opened.header()?], Cbor(joined)))
}

async fn end(State(server): State<Shared>, reader: Reader) -> Result<impl IntoResponse> {
    server.store.end_session(reader.token_hash).await?;
    let secure = if server.is_https() { "; Secure" } else { "" };
    let gone =
        format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", cookie_name(&server));
    Ok([set_cookie(&gone)?])
}

/// Who one is, and which dossiers there are to read.
pub(super) async fn joined(server: &Server, person: PersonId, now: u64) -> Result<Joined> {
    let known = server.store.person(person).await?;
    let (name, centre) = known.map(|it| (it.name, it.centre)).unwrap_or_default();
    let heads = super::sync::readable(server, person).await?;
    Ok(Joined {
        person,
        name,
        centre: if centre.is_empty() { server.centre.clone() } else { centre },
        school: server.school.public(),
        dossiers: heads.into_iter().map(|(dossier, _)| dossier).collect(),
        time: now,
    })
}
