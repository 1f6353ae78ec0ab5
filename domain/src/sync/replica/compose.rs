//! What one action of a person writes, and how a copied installation writes it again under a new name.

use super::{Held, Mistrust, Replica, Step, Tip};
use crate::Day;
use crate::dossier::{Body, Moment, Refusal};
use crate::event::{Event, Header, MAX_BODY, Short, Unsealed, VERSION};
use crate::id::{Chain, EventHash, EventId, ReplicaId, Signature};
use crate::ordered::{Table, sort_by_key};
use crate::wire::Code;

impl Replica {
    /// Begins what one action of a person writes. `now` in milliseconds since 1970, as well as it is known.
    pub fn compose(&self, now: u64) -> Composer<'_> {
        Composer { replica: self, tip: self.tip.clone(), now, made: Vec::new() }
    }

    /// The step that keeps sealed events, in the order in which they were composed.
    ///
    /// # Errors
    /// `Stale` when they do not follow what is here now: another tab wrote in between. Compose again.
    pub fn record(&self, events: Vec<Event>) -> Result<Step, Mistrust> {
        let mut step = self.step();
        for (order, event) in (self.next_order()..).zip(events) {
            let header = event.header();
            let follows = header.dossier == self.dossier
                && header.replica == self.replica()
                && header.seq == step.tip.seq + 1
                && header.prev == step.tip.prev.map(Short::from).unwrap_or_default();
            if !follows {
                return Err(Mistrust::Stale);
            }
            step.tip.seq = header.seq;
            step.tip.prev = Some(event.hash());
            step.tip.hlc = step.tip.hlc.max(header.hlc);
            step.hold.push(Held { event, order, receipt: None });
        }
        Ok(step)
    }

    /// Whether the server found that this installation was copied.
    pub fn is_forked(&self) -> bool {
        self.refused
            .iter()
            .any(|it| it.code == Some(Code::Fork) && it.event.header().replica == self.replica())
    }

    /// Goes on as a new installation: what was refused or is unsent has to be sealed again.
    /// Returns the tip to compose from and the bodies, in order; `reborn` then keeps the new seals.
    pub fn rebirth(
        &self,
        replica: ReplicaId,
        now: u64,
        ids: &mut dyn FnMut() -> EventId,
    ) -> Vec<Unsealed> {
        let tip = Tip { replica: Some(replica), seq: 0, prev: None, ..self.tip.clone() };
        let mut composer = Composer { replica: self, tip, now, made: Vec::new() };
        let mut renamed = Table::default();
        for event in self.orphans() {
            let Some(bytes) = event.body() else { continue };
            let kind = event.header().kind;
            let body = Body::decode(kind, bytes);
            let is_unknown = matches!(body, Body::Unknown { .. });
            let body = if is_unknown { bytes.to_vec() } else { body.renamed(&renamed).encode() };
            let hash = composer.put(ids(), kind, event.header().flags, body);
            renamed.put(event.hash(), hash);
        }
        composer.made
    }

    /// The step that replaces what a copied installation had not delivered by its new seals.
    pub fn reborn(&self, replica: ReplicaId, events: Vec<Event>) -> Step {
        let mut step = self.step();
        let orphans: Vec<_> = self.orphans().into_iter().map(Event::hash).collect();
        step.tip.replica = Some(replica);
        step.tip.seq = events.last().map_or(0, |it| it.header().seq);
        step.tip.prev = events.last().map(Event::hash);
        step.tip.hlc = events.last().map_or(step.tip.hlc, |it| step.tip.hlc.max(it.header().hlc));
        step.hold = (self.next_order()..)
            .zip(events)
            .map(|(order, event)| Held { event, order, receipt: None })
            .collect();
        step.let_go = orphans.clone();
        step.forget = orphans;
        step
    }

    /// In the order in which they were written, whatever the order in which storage gave them back.
    fn orphans(&self) -> Vec<&Event> {
        let forked = self.refused.iter().filter(|it| it.code == Some(Code::Fork));
        let unsent = self.outbox.unsent();
        let all = forked.map(|it| &it.event).chain(unsent.map(|it| &it.event));
        let mut own: Vec<_> = all.filter(|it| it.header().replica == self.replica()).collect();
        sort_by_key(&mut own, |it| it.header().seq);
        own
    }
}

/// What one action of a person writes: composed together, signed, then kept in one transaction.
pub struct Composer<'r> {
    replica: &'r Replica,
    tip: Tip,
    now: u64,
    made: Vec<Unsealed>,
}

impl Composer<'_> {
    /// Adds an event and tells what it will be known by.
    ///
    /// # Errors
    /// The rule that forbids it.
    pub fn add(&mut self, id: EventId, body: &Body) -> Result<EventHash, Refusal> {
        let me = self.replica.person;
        self.replica.shown.permit(me, Moment::on(Day::of_millis(self.now)), body)?;
        if let Body::Confirmation(it) = body
            && self.replica.shown.repeats(me, it)
        {
            return Err(Refusal::AlreadyDone);
        }
        let bytes = body.encode();
        // A kind that this app does not know has no bytes that it could write.
        if bytes.is_empty() || bytes.len() > MAX_BODY {
            return Err(Refusal::OutOfRange);
        }
        Ok(self.put(id, body.kind(), body.flags(), bytes))
    }

    fn put(&mut self, id: EventId, kind: u16, flags: u16, body: Vec<u8>) -> EventHash {
        let tip = &mut self.tip;
        tip.hlc = tip.hlc.tick(self.now);
        let header = Header {
            version: VERSION,
            kind,
            id,
            dossier: self.replica.dossier,
            replica: tip.replica.unwrap_or(self.replica.born),
            seq: tip.seq + 1,
            prev: tip.prev.map(Short::from).unwrap_or_default(),
            hlc: tip.hlc,
            person: self.replica.person,
            key: self.replica.key,
            seen_position: tip.position,
            seen_chain: tip.chain.unwrap_or(Chain::START).into(),
            body_hash: EventHash([0; 32]),
            body_len: 0,
            flags,
            challenge: None,
        };
        let unsealed = Unsealed::new(header, body);
        tip.seq += 1;
        tip.prev = Some(unsealed.hash());
        self.made.push(unsealed);
        self.made.last().map_or(EventHash([0; 32]), Unsealed::hash)
    }

    /// What has to be signed, in order.
    pub fn finish(self) -> Vec<Unsealed> {
        self.made
    }
}

impl Unsealed {
    /// Signs with whatever holds the key, and closes.
    pub fn sealed_with(self, sign: impl FnOnce(&[u8]) -> Signature) -> Event {
        let signature = sign(&self.signing_input());
        self.seal(signature)
    }
}
