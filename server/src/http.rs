//! The addresses under `/v1`: one file per group. `api.cddl` describes them; a test compares.

mod coaches;
mod curriculum;
mod devices;
mod files;
mod join;
pub(crate) mod live;
mod monitoring;
mod people;
mod quarantine;
pub(crate) mod reminders;
mod session;
mod surveys;
pub mod sync;

use crate::app::{Server, Shared};
use crate::error::{Error, Result};
use crate::store::Device;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use dubbelspoor_domain::seal;
use dubbelspoor_domain::wire::{MAX_BATCH_BYTES, Message, Purpose, Signed};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// A full batch and the signature around it.
const MAX_BODY: usize = MAX_BATCH_BYTES + 1024;
/// Long enough for a full batch over the poorest line that still carries one.
const SLOWEST: Duration = Duration::from_secs(120);

/// The routes, and their names as the description has them.
pub struct Routes {
    /// To be merged into the whole.
    pub router: Router<Shared>,
    /// For example `POST /v1/push`.
    pub names: Vec<String>,
}

impl Routes {
    fn at(mut self, method: &str, path: &str, handler: MethodRouter<Shared>) -> Routes {
        self.names.push(format!("{method} {path}"));
        self.router = self.router.route(path, handler);
        self
    }
}

/// All of `/v1`.
pub fn routes(server: &Shared) -> Routes {
    let mut routes = Routes { router: Router::new(), names: Vec::new() };
    for group in [
        join::routes,
        session::routes,
        sync::routes,
        live::routes,
        devices::routes,
        quarantine::routes,
        coaches::routes,
        people::routes,
        monitoring::routes,
        curriculum::routes,
        surveys::routes,
        reminders::routes,
        files::routes,
    ] {
        routes = group(routes);
    }
    // From the outside in: the bytes on the line, what they unfold to, where they come from.
    routes.router = routes
        .router
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(RequestDecompressionLayer::new())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, SLOWEST))
        .layer(from_fn_with_state(server.clone(), only_our_own_pages))
        .layer(CompressionLayer::new());
    routes
}

/// No other site can make a browser speak for its owner here.
async fn only_our_own_pages(
    State(server): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response> {
    let headers = request.headers();
    if text(headers, "sec-fetch-site").is_some_and(|it| it != "same-origin" && it != "none") {
        return Err(Error::Foreign("sec-fetch-site"));
    }
    if let Some(origin) = text(headers, "origin")
        && !is_ours(&server, origin, headers)
    {
        return Err(Error::Foreign("origin"));
    }
    if request.method() == Method::POST {
        // A form or an image can send neither of these.
        if text(headers, "content-type") != Some(CBOR) {
            return Err(Error::NotCbor);
        }
        if text(headers, "x-dl") != Some("1") {
            return Err(Error::Foreign("x-dl"));
        }
    }
    let mut response = next.run(request).await;
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(no_store);
    Ok(response)
}

/// The configured address, or the very host that was asked.
fn is_ours(server: &Server, origin: &str, headers: &HeaderMap) -> bool {
    let host = text(headers, "host");
    let asked = origin.split_once("://").map(|(_, host)| host);
    origin.eq_ignore_ascii_case(&server.origin) || (asked.is_some() && asked == host)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|it| it.to_str().ok())
}

const CBOR: &str = "application/cbor";

/// A message in the body of a request, or of an answer.
struct Cbor<T>(T);

impl<T: Message> FromRequest<Shared> for Cbor<T> {
    type Rejection = Error;

    async fn from_request(request: Request, server: &Shared) -> Result<Cbor<T>> {
        let bytes = Bytes::from_request(request, server).await.map_err(|it| {
            let too_large = it.status() == StatusCode::PAYLOAD_TOO_LARGE;
            if too_large { Error::TooLarge } else { Error::Message }
        })?;
        T::from_bytes(&bytes).map(Cbor).ok_or(Error::Message)
    }
}

impl<T: Message> IntoResponse for Cbor<T> {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, CBOR)], self.0.to_bytes()).into_response()
    }
}

/// Where a request comes from, for limits.
struct From(IpAddr);

impl axum::extract::FromRequestParts<Shared> for From {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, server: &Shared) -> Result<From> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(From(server.limits.origin_of(peer, &parts.headers)))
    }
}

/// The known, active device that signed a message. This needs no session: a phone that was away for weeks can deliver.
async fn sender(server: &Server, signed: &Signed, purpose: Purpose) -> Result<Device> {
    let device = server.store.device(signed.key).await?.ok_or(Error::UnknownDevice)?;
    let input = purpose.signing_input(&signed.payload.0);
    let signs = seal::verify(&device.public_key, &input, &signed.signature);
    if signs && device.revoked_at.is_none() { Ok(device) } else { Err(Error::UnknownDevice) }
}

/// A header that no caller can have too long.
fn set_cookie(value: &str) -> Result<(HeaderName, HeaderValue)> {
    let value = HeaderValue::from_str(value).map_err(|_| Error::Corrupt("a cookie"))?;
    Ok((header::SET_COOKIE, value))
}
