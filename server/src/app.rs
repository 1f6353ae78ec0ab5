//! The server as a whole: what all requests share, and the router with everything around it.

use crate::error::Result;
use crate::http;
use crate::http::live::Live;
use crate::ledgers::Ledgers;
use crate::limits::{Allowance, Limits};
use crate::metrics::Metrics;
use crate::noted::Noted;
use crate::reminding::{Mailer, STOP};
use crate::school::SchoolKey;
use crate::store::SharedStore;
use crate::{assets, health};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::watch;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

/// What a server is told when it starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme, host and port under which phones know us.
    pub origin: String,
    /// The centre's name, for people whose dossier does not name one yet.
    pub centre: String,
    /// Reverse proxies that are believed about addresses.
    pub proxies: Vec<IpAddr>,
    /// The way to a mail server, where there is one.
    pub mailer: Option<Mailer>,
    /// How often somebody may ask.
    pub allowance: Allowance,
}

/// What all requests share.
pub struct Server {
    pub(crate) store: SharedStore,
    pub(crate) school: SchoolKey,
    pub(crate) ledgers: Ledgers,
    pub(crate) noted: Option<Noted>,
    pub(crate) metrics: Metrics,
    pub(crate) limits: Limits,
    pub(crate) live: Live,
    pub(crate) mailer: Option<Mailer>,
    pub(crate) origin: String,
    pub(crate) centre: String,
    closing: watch::Sender<bool>,
}

/// The server as handlers hold it.
pub type Shared = Arc<Server>;

impl Server {
    /// Reads the school's key. Whoever answers phones notes the heads in a folder, and finds out there whether the
    /// database is older than it was; a command beside it leaves that file alone.
    ///
    /// # Errors
    /// When the store does not answer, or the folder cannot be written.
    pub async fn start(
        store: SharedStore,
        heads: Option<&Path>,
        settings: Settings,
    ) -> Result<Shared> {
        let school = SchoolKey::load(&store).await?;
        let noted = match heads {
            Some(folder) => Some(Noted::open(folder, &store).await?),
            None => None,
        };
        let (closing, closed) = watch::channel(false);
        Ok(Arc::new(Server {
            ledgers: Ledgers::new(school.identity()),
            noted,
            metrics: Metrics::default(),
            limits: Limits::new(settings.allowance, settings.proxies),
            live: Live::start(store.clone(), closed),
            mailer: settings.mailer,
            origin: settings.origin,
            centre: settings.centre,
            school,
            store,
            closing,
        }))
    }

    /// The store, for commands beside the router.
    pub fn store(&self) -> &SharedStore {
        &self.store
    }

    /// The key that phones check everything with.
    pub fn school(&self) -> &SchoolKey {
        &self.school
    }

    /// Ends what would otherwise never end by itself.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Cookies get their strictest form wherever that form exists: on https.
    pub(crate) fn is_https(&self) -> bool {
        self.origin.starts_with("https:")
    }
}

/// Every address of the server.
pub fn router(server: Shared) -> Router {
    Router::new()
        .merge(http::routes(&server).router)
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .route(STOP, post(http::reminders::stop))
        .fallback(assets::serve)
        .layer(from_fn_with_state(server.clone(), measure))
        .layer(from_fn_with_state(security_headers(&server), dress))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(server)
}

fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|it| it.to_str().ok());
    // The address without its query: nothing that could name a person.
    tracing::info_span!("request", id, method = %request.method(), path = request.uri().path())
}

async fn measure(State(server): State<Shared>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let path = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let response = next.run(request).await;
    let path = path.as_deref().unwrap_or("asset");
    server.metrics.answered(path, response.status().as_u16(), begun.elapsed());
    response
}

type Headers = Arc<Vec<(HeaderName, HeaderValue)>>;

fn security_headers(server: &Server) -> Headers {
    let mut headers = vec![
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()".to_owned(),
        ),
        (header::CONTENT_SECURITY_POLICY, assets::content_security_policy()),
    ];
    if server.is_https() {
        let a_year = "max-age=31536000; includeSubDomains".to_owned();
        headers.push((header::STRICT_TRANSPORT_SECURITY, a_year));
    }
    let valid = headers
        .into_iter()
        .filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?)));
    Arc::new(valid.collect())
}

async fn dress(State(headers): State<Headers>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in headers.iter() {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}
