//! What is on its way, in the order in which it is sent, and found by name.

use super::Held;
use crate::id::EventHash;
use crate::ordered::Table;

/// Thousands wait here after the server lost its history, so nothing searches it from end to end.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    held: Table<(u64, EventHash), Held>,
    orders: Table<EventHash, u64>,
}

impl Outbox {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Held> {
        self.held.values()
    }

    pub(super) fn get(&self, hash: EventHash) -> Option<&Held> {
        self.held.get(&(*self.orders.get(&hash)?, hash))
    }

    pub(super) fn contains(&self, hash: EventHash) -> bool {
        self.orders.has(&hash)
    }

    pub(super) fn unsent(&self) -> impl Iterator<Item = &Held> {
        self.iter().filter(|it| it.receipt.is_none())
    }

    /// Puts an event in, or replaces what was known of it.
    pub(super) fn put(&mut self, held: Held) {
        let hash = held.event.hash();
        self.remove(hash);
        self.orders.put(hash, held.order);
        self.held.put((held.order, hash), held);
    }

    pub(super) fn remove(&mut self, hash: EventHash) {
        if let Some(order) = self.orders.take(&hash) {
            self.held.take(&(order, hash));
        }
    }

    /// The order behind all that is here.
    pub(super) fn next_order(&self) -> u64 {
        self.held.iter().next_back().map_or(0, |((order, _), _)| order + 1)
    }
}
