//! Counts for whoever watches over the server.

use dubbelspoor_domain::wire::Verdict;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

#[derive(Clone, Hash, PartialEq, Eq, Debug, EncodeLabelSet)]
struct Ruled {
    verdict: &'static str,
}

#[derive(Clone, Hash, PartialEq, Eq, Debug, EncodeLabelSet)]
struct Answered {
    path: String,
    status: u16,
}

/// The counters and their registry.
pub(crate) struct Metrics {
    registry: Registry,
    events: Family<Ruled, Counter>,
    requests: Family<Answered, Counter>,
    seconds: Histogram,
    live: Gauge,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("dubbelspoor");
        let events = Family::default();
        let requests = Family::default();
        let seconds = Histogram::new(exponential_buckets(0.001, 2.0, 14));
        let live = Gauge::default();
        registry.register("events", "Events by verdict", events.clone());
        registry.register("requests", "Requests by address and status", requests.clone());
        registry.register("request_seconds", "Time to answer", seconds.clone());
        registry.register("live_streams", "Phones that listen for hints now", live.clone());
        Metrics { registry, events, requests, seconds, live }
    }
}

impl Metrics {
    /// Counts a verdict.
    pub(crate) fn ruled(&self, verdict: Verdict) {
        let verdict = match verdict {
            Verdict::Accepted => "accepted",
            Verdict::Duplicate => "duplicate",
            Verdict::Flagged => "flagged",
            Verdict::Waiting => "waiting",
            Verdict::Quarantined => "quarantined",
            Verdict::Malformed => "malformed",
        };
        self.events.get_or_create(&Ruled { verdict }).inc();
    }

    /// Counts an answer. `path` is the route's pattern, never what a visitor typed.
    pub(crate) fn answered(&self, path: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { path: path.to_owned(), status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Streams that are open now.
    pub(crate) fn live(&self) -> &Gauge {
        &self.live
    }

    /// The text format that monitoring reads.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        match text::encode(&mut out, &self.registry) {
            Ok(()) => out,
            Err(_) => String::new(),
        }
    }
}
