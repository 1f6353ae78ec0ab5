//! What can go wrong while answering, and what the other side is told of it. Causes are logged, never sent.

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// The one error of the server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not the message that belongs here.
    #[error("not the expected message")]
    Message,
    /// No session, or one that has ended. Local work is not touched by it.
    #[error("no session")]
    NoSession,
    /// A device that is not known, or no longer.
    #[error("unknown or revoked device")]
    UnknownDevice,
    /// A page of another site wants something, or a request lacks what our own pages send.
    #[error("not from our own pages: {0}")]
    Foreign(&'static str),
    /// Not theirs to do.
    #[error("not permitted")]
    NotPermitted,
    /// No such thing.
    #[error("not found")]
    NotFound,
    /// No such invitation.
    #[error("no such invitation")]
    NoInvite,
    /// The invitation is too old, used, or guessed at too often.
    #[error("the invitation is {0}")]
    InviteOver(&'static str),
    /// More than one message may hold.
    #[error("too large")]
    TooLarge,
    /// Something other than CBOR.
    #[error("not application/cbor")]
    NotCbor,
    /// Bytes that are not the file whose name they have, or tell more than a picture. None of them is kept.
    #[error("not the file, or more than a picture")]
    NotTheFile,
    /// Too often.
    #[error("too often")]
    TooOften(Duration),
    /// The database cannot answer now. Nothing was stored, so nothing was promised.
    #[error("store")]
    Store(#[from] StoreError),
    /// What is stored contradicts itself.
    #[error("stored data contradicts itself: {0}")]
    Corrupt(&'static str),
    /// The machine failed us.
    #[error("system: {0}")]
    System(#[from] std::io::Error),
}

/// What answering gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// How long a client waits after we could not answer.
const RETRY: Duration = Duration::from_secs(5);

impl Error {
    /// The status, and one word that a program can rely on.
    fn told(&self) -> (StatusCode, &'static str) {
        match self {
            Error::Message => (StatusCode::BAD_REQUEST, "not-the-message"),
            Error::NoSession => (StatusCode::UNAUTHORIZED, "no-session"),
            Error::UnknownDevice => (StatusCode::FORBIDDEN, "unknown-device"),
            Error::Foreign(_) => (StatusCode::FORBIDDEN, "foreign"),
            Error::NotPermitted => (StatusCode::FORBIDDEN, "not-permitted"),
            Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Error::NoInvite => (StatusCode::NOT_FOUND, "no-invite"),
            Error::InviteOver(word) => (StatusCode::GONE, word),
            Error::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Error::NotCbor => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-cbor"),
            Error::NotTheFile => (StatusCode::UNPROCESSABLE_ENTITY, "not-the-file"),
            Error::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, "too-often"),
            Error::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Error::Corrupt(_) | Error::System(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        if let Error::TooOften(wait) = self {
            return Some(*wait);
        }
        self.told().0.is_server_error().then_some(RETRY)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, word) = self.told();
        if status.is_server_error() {
            tracing::error!(error = %self, cause = ?self, "could not answer");
        } else {
            tracing::debug!(error = %self, "refused");
        }
        let mut response = (status, word).into_response();
        if let Some(wait) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        }
        response
    }
}
