//! Live hints: "this dossier has moved to there". A phone that hears nothing for a while asks by itself.

use super::Routes;
use super::session::Reader;
use super::sync::shut_to;
use crate::app::Shared;
use crate::error::{Error, Result};
use crate::store::{Hint, SharedStore};
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::path;
use futures::{Stream, StreamExt as _, stream};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// Proxies cut streams that say nothing.
const BREATH: Duration = Duration::from_secs(20);
/// A stream ends after this long, so that an ended session or link cannot listen on. The browser comes back by itself.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// A hint, and who may hear it.
struct Told {
    hint: Hint,
    readers: Vec<PersonId>,
}

/// Passes the store's hints on, with the question who may hear them answered once.
pub(crate) struct Live {
    told: broadcast::Sender<Arc<Told>>,
    closed: watch::Receiver<bool>,
}

impl Live {
    pub(crate) fn start(store: SharedStore, closed: watch::Receiver<bool>) -> Live {
        let (told, _) = broadcast::channel(1024);
        tokio::spawn(relay(store.hints(), store, told.clone(), closed.clone()));
        Live { told, closed }
    }
}

async fn relay(
    mut hints: broadcast::Receiver<Hint>,
    store: SharedStore,
    told: broadcast::Sender<Arc<Told>>,
    mut closed: watch::Receiver<bool>,
) {
    loop {
        let heard = tokio::select! {
            heard = hints.recv() => heard,
            _ = closed.wait_for(|it| *it) => return,
        };
        match heard {
            Ok(hint) => match store.members(hint.dossier).await {
                Ok(readers) => drop(told.send(Arc::new(Told { hint, readers }))),
                Err(error) => tracing::warn!(%error, "a hint was lost"),
            },
            Err(RecvError::Lagged(lost)) => tracing::warn!(lost, "hints were lost"),
            Err(RecvError::Closed) => return,
        }
    }
}

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::LIVE, get(live))
}

/// A stream has no header of its own.
#[derive(Deserialize)]
struct Of {
    person: Option<String>,
}

async fn live(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<impl IntoResponse> {
    if of.person.is_some_and(|it| PersonId::from_hex(&it) != Some(reader.person)) {
        return Err(Error::NoSession);
    }
    // A stream ends before long: who begins or ends meanwhile hears so then.
    let shut = shut_to(&server, reader.person).await?;
    let hints = listen(&server, reader.person, shut);
    Ok(Sse::new(hints).keep_alive(KeepAlive::new().interval(BREATH)))
}

/// `{dossier} {position}` each time. Who is too slow to hear all is cut off: who comes back, asks.
fn listen(
    server: &Shared,
    person: PersonId,
    shut: Vec<DossierId>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let counted = Counted::new(server.clone());
    let told = server.live.told.subscribe();
    let mut closed = server.live.closed.clone();
    let ends = async move {
        tokio::select! {
            _ = closed.wait_for(|it| *it) => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    let begun = (told, counted, shut);
    let heard = stream::unfold(begun, move |(mut told, counted, shut)| async move {
        loop {
            let event = match told.recv().await {
                Ok(it) if !it.readers.contains(&person) => continue,
                Ok(it) if shut.contains(&it.hint.dossier) => continue,
                Ok(it) => {
                    Event::default().data(format!("{} {}", it.hint.dossier, it.hint.position))
                }
                Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
            };
            return Some((Ok(event), (told, counted, shut)));
        }
    });
    heard.take_until(Box::pin(ends)).boxed()
}

/// Counts an open stream for as long as it is open.
struct Counted(Shared);

impl Counted {
    fn new(server: Shared) -> Counted {
        server.metrics.live().inc();
        Counted(server)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.metrics.live().dec();
    }
}
