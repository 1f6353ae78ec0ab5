//! How often somebody may ask. Behind a school's one address there are many phones, so keys count before addresses.

use crate::error::{Error, Result};
use axum::http::HeaderMap;
use dubbelspoor_domain::id::KeyId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// How often each thing is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Attempts to join from one address at once, and answers to surveys: a class of thirty joins behind one. Guessing at one invitation is
    /// counted on the invitation itself.
    pub joins: NonZeroU32,
    /// After that, one more per this time.
    pub join_pause: Duration,
    /// Pushes of one device per minute.
    pub pushes: NonZeroU32,
    /// Invitations and the like that one device asks for per minute.
    pub invites: NonZeroU32,
    /// Pieces of files of one device per minute.
    pub pieces: NonZeroU32,
}

impl Default for Allowance {
    fn default() -> Allowance {
        Allowance {
            joins: SIXTY,
            join_pause: Duration::from_secs(5),
            pushes: SIXTY,
            invites: SIXTY,
            pieces: SIXTY,
        }
    }
}

const SIXTY: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// Who has asked how often.
pub struct Limits {
    joins: DefaultKeyedRateLimiter<IpAddr>,
    answers: DefaultKeyedRateLimiter<IpAddr>,
    pushes: DefaultKeyedRateLimiter<KeyId>,
    invites: DefaultKeyedRateLimiter<KeyId>,
    pieces: DefaultKeyedRateLimiter<KeyId>,
    proxies: Vec<IpAddr>,
}

impl Limits {
    /// Nobody has asked yet.
    pub fn new(allowed: Allowance, proxies: Vec<IpAddr>) -> Limits {
        let joins = Quota::with_period(allowed.join_pause)
            .unwrap_or(Quota::per_minute(allowed.joins))
            .allow_burst(allowed.joins);
        Limits {
            joins: RateLimiter::keyed(joins),
            answers: RateLimiter::keyed(joins),
            pushes: RateLimiter::keyed(Quota::per_minute(allowed.pushes)),
            invites: RateLimiter::keyed(Quota::per_minute(allowed.invites)),
            pieces: RateLimiter::keyed(Quota::per_minute(allowed.pieces)),
            proxies,
        }
    }

    /// Somebody shows an invitation.
    ///
    /// # Errors
    /// `TooOften`, with the time to wait.
    pub fn join(&self, from: IpAddr) -> Result<()> {
        ask(&self.joins, &from)
    }

    /// Somebody answers a survey: nobody is to know who, so their address is all there is to count.
    ///
    /// # Errors
    /// `TooOften`, with the time to wait.
    pub fn answer(&self, from: IpAddr) -> Result<()> {
        ask(&self.answers, &from)
    }

    /// A device sends events, or opens a session.
    ///
    /// # Errors
    /// `TooOften`, with the time to wait.
    pub fn push(&self, by: KeyId) -> Result<()> {
        ask(&self.pushes, &by)
    }

    /// A device asks for an invitation, or for something else that is rare.
    ///
    /// # Errors
    /// `TooOften`, with the time to wait.
    pub fn invite(&self, by: KeyId) -> Result<()> {
        ask(&self.invites, &by)
    }

    /// A device sends a piece of a file.
    ///
    /// # Errors
    /// `TooOften`, with the time to wait.
    pub fn file(&self, by: KeyId) -> Result<()> {
        ask(&self.pieces, &by)
    }

    /// Forgets those who have not asked for long.
    pub fn tidy(&self) {
        self.joins.retain_recent();
        self.answers.retain_recent();
        self.pushes.retain_recent();
        self.invites.retain_recent();
        self.pieces.retain_recent();
    }

    /// Where a request really comes from. Only our own proxies are believed about it.
    pub fn origin_of(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.proxies.contains(&peer) {
            return peer;
        }
        let said = headers.get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok());
        let hops: Vec<IpAddr> =
            said.flat_map(|it| it.split(',')).filter_map(|it| it.trim().parse().ok()).collect();
        hops.into_iter().rev().find(|it| !self.proxies.contains(it)).unwrap_or(peer)
    }
}

fn ask<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, who: &K) -> Result<()> {
    limiter
        .check_key(who)
        .map_err(|until| Error::TooOften(until.wait_time_from(DefaultClock::default().now())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_counts_only_from_our_own_proxy() {
        let [proxy, phone, liar]: [IpAddr; 3] =
            ["10.0.0.1", "84.1.2.3", "9.9.9.9"].map(|it| it.parse().unwrap());
        let limits = Limits::new(Allowance::default(), vec![proxy]);
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "9.9.9.9, 84.1.2.3".parse().unwrap());
        assert_eq!(limits.origin_of(proxy, &headers), phone);
        assert_eq!(limits.origin_of(liar, &headers), liar);
        assert_eq!(limits.origin_of(proxy, &HeaderMap::new()), proxy);
    }

    #[test]
    fn a_class_joins_at_once_and_a_guesser_waits() {
        let limits = Limits::new(Allowance::default(), Vec::new());
        let [here, there]: [IpAddr; 2] = ["84.1.2.3", "84.1.2.4"].map(|it| it.parse().unwrap());
        assert!((0..60).all(|_| limits.join(here).is_ok()));
        assert!(matches!(limits.join(here), Err(Error::TooOften(_))));
        assert!(limits.join(there).is_ok());
    }
}
