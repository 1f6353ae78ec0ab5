//! Whose signatures a pulled page rests on, so that a phone believes no server (sync.md I5).

use super::{Replica, Row};
use crate::dossier::Body;
use crate::event::Event;
use crate::id::{EventHash, PublicKey, Signature};
use crate::ordered::Table;
use crate::wire::PullReply;

/// A signature to check before its event is believed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The event.
    pub event: EventHash,
    /// The key that the school certified for its author.
    pub public: PublicKey,
    /// What must have been signed.
    pub message: Vec<u8>,
    /// The signature.
    pub signature: Signature,
}

impl Replica {
    /// The claims of a page, one per readable event whose author's key is certified, here or in the page itself.
    /// A certificate in the page is a claim of the school's own: when it fails, so does the page.
    pub fn claims(&self, page: &PullReply, school: &PublicKey) -> Vec<Claim> {
        let events = page.rows.iter().filter_map(|row| Row::from_wire(row).event);
        let events: Vec<_> = events.collect();
        let mut certified = Table::default();
        for it in events.iter().filter(|it| it.header().key == school.id()) {
            let body = it.body().map(|bytes| Body::decode(it.header().kind, bytes));
            if let Some(Body::KeyCertified(it)) = body {
                certified.put(it.public.id(), it);
            }
        }
        let key_of = |event: &Event| {
            self.key_of(event, school).or_else(|| {
                let certified = certified.get(&event.header().key)?;
                (certified.person == event.header().person).then_some(certified.public)
            })
        };
        let claim = |event: &Event| {
            let (message, signature) = event.claim()?;
            Some(Claim { event: event.hash(), public: key_of(event)?, message, signature })
        };
        events.iter().filter_map(claim).collect()
    }
}
