//! For whoever watches over the server: does it live, and what does it do.

use crate::app::Shared;
use crate::error::{Error, Result};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(5);

/// Says "ok" when the database answers.
pub(crate) async fn healthz(State(server): State<Shared>) -> Result<&'static str> {
    match timeout(PATIENCE, server.store.ping()).await {
        Ok(answered) => answered.map(|()| "ok").map_err(Error::from),
        Err(_) => Err(Error::System(std::io::ErrorKind::TimedOut.into())),
    }
}

/// The counters, for a collector on this machine only: what comes through a proxy comes from outside.
pub(crate) async fn metrics(
    State(server): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    if !peer.ip().is_loopback() || headers.contains_key("x-forwarded-for") {
        return Err(Error::NotFound);
    }
    let openmetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, openmetrics)], server.metrics.text()))
}
