//! The server's side: one ruling per event, one order per dossier.

use super::Row;
use crate::Day;
use crate::dossier::{Body, Dossier, KeyCertified, LinkRecord, Moment, Role, Timing};
use crate::event::{Event, Header, Short, Unsealed, VERSION};
use crate::hlc::Hlc;
use crate::id::{
    Chain, DossierId, Epoch, EventHash, EventId, KeyId, PersonId, PublicKey, ReplicaId,
};
use crate::seal::{Verify, sha256};
use crate::wire::{self, Code, Reconcile, ReconcileReply, Ruled, Verdict};
use chrono::Datelike;
use std::collections::BTreeMap;

const DAY_MILLIS: u64 = 86_400_000;
/// Changes when `Dossier::visible` does, so that phones read again.
const VIEW_RULES: u32 = 2;

/// The centre's own identity: the key behind certificates and receipts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct School {
    /// Its public key.
    pub public: PublicKey,
}

/// One dossier as the server holds it.
#[derive(Clone, Debug)]
pub struct Ledger {
    school: School,
    verify: Verify,
    epoch: Epoch,
    dossier: Dossier,
    rows: Vec<Settled>,
    positions: BTreeMap<EventHash, u64>,
    put_aside: BTreeMap<EventHash, Code>,
    replicas: BTreeMap<ReplicaId, BTreeMap<u64, EventHash>>,
}

#[derive(Clone, Copy, Debug)]
struct Settled {
    chain: Chain,
    received_at: u64,
}

/// What became of one event, and what the store has to do for it.
#[derive(Clone, PartialEq, Debug)]
pub struct Ruling {
    /// What to tell the sender.
    pub ruled: Ruled,
    /// What to store.
    pub stored: Stored,
}

/// What to store for a ruling.
#[derive(Clone, PartialEq, Debug)]
pub enum Stored {
    /// Nothing: it was there.
    Nothing,
    /// This row, behind the last.
    Row(Row),
    /// The event, put aside.
    Quarantine(Event),
    /// The bytes as they came, in the sender's own capped corner.
    Malformed,
}

impl Ledger {
    /// An empty dossier.
    pub fn new(dossier: DossierId, epoch: Epoch, school: School, verify: Verify) -> Ledger {
        Ledger {
            school,
            verify,
            epoch,
            dossier: Dossier::new(dossier),
            rows: Vec::new(),
            positions: BTreeMap::new(),
            put_aside: BTreeMap::new(),
            replicas: BTreeMap::new(),
        }
    }

    /// Takes a stored row in again. Rows come in order.
    pub fn replay(&mut self, row: &Row) {
        let chain = row.chain(self.chain());
        self.rows.push(Settled { chain, received_at: row.received_at });
        self.positions.insert(row.hash, row.position);
        self.put_aside.remove(&row.hash);
        if let Some(placed) = row.placed() {
            let header = placed.event.header();
            self.replicas.entry(header.replica).or_default().entry(header.seq).or_insert(row.hash);
            self.dossier.fold(&placed);
        }
    }

    /// Remembers what was put aside, so that a repeated push gets the same verdict.
    pub fn replay_put_aside(&mut self, hash: EventHash, code: Code) {
        self.put_aside.insert(hash, code);
    }

    /// The fold.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The last position; 0 when empty.
    pub fn position(&self) -> u64 {
        self.rows.len() as u64
    }

    /// The chain after the last row.
    pub fn chain(&self) -> Chain {
        self.chain_at(self.position()).unwrap_or(Chain::START)
    }

    /// The chain after some row.
    pub fn chain_at(&self, position: u64) -> Option<Chain> {
        let before = usize::try_from(position).ok()?.checked_sub(1);
        before.map_or(Some(Chain::START), |at| self.rows.get(at).map(|it| it.chain))
    }

    /// Which history this is.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// A number that changes when a person may see more or less than before.
    pub fn view_of(&self, person: PersonId) -> u64 {
        let mut seen = VIEW_RULES.to_be_bytes().to_vec();
        // In a centre everybody reads who runs it, from the start.
        let is_centre = self.dossier.centre.is_some();
        let counts = |it: &&LinkRecord| {
            it.link.person == person || is_centre && it.link.role == Role::Administrator
        };
        for it in self.dossier.links.all().filter(counts) {
            seen.extend_from_slice(&it.link.link.0);
            seen.extend_from_slice(&it.ended.map_or(0, |it| it.position).to_be_bytes());
            let counts_from_its_day = it.ended.is_none_or(|it| !it.at_once);
            if let Some(last) = it.last_day().filter(|_| counts_from_its_day) {
                seen.extend_from_slice(&last.num_days_from_ce().to_be_bytes());
            }
        }
        let mut first = [0; 8];
        first.copy_from_slice(&sha256(&[&seen])[..8]);
        u64::from_be_bytes(first)
    }

    /// Rules on one event as it came, and takes it in when it is accepted.
    ///
    /// `now` in milliseconds since 1970. `registered` knows the keys of the whole centre: a key that this
    /// dossier never saw still tells who spoke.
    pub fn receive(
        &mut self,
        raw: &[u8],
        now: u64,
        registered: &dyn Fn(KeyId) -> Option<KeyCertified>,
    ) -> Ruling {
        let event = match Event::parse(raw) {
            Ok(event) => event,
            Err(broken) => return malformed(None, broken.into()),
        };
        let hash = event.hash();
        if event.header().dossier != self.dossier.id {
            return malformed(Some(hash), Code::WrongDossier);
        }
        if let Some(position) = self.positions.get(&hash) {
            return ruling(Verdict::Duplicate, hash, Some(*position), None, Stored::Nothing);
        }
        // Nobody could check an unknown key's signature: once its certificate is here, it is judged anew.
        if let Some(code) = self.put_aside.get(&hash).filter(|it| **it != Code::UnknownKey) {
            return ruling(Verdict::Quarantined, hash, None, Some(*code), Stored::Nothing);
        }
        match self.authenticate(&event, registered) {
            Err(Unproven::Forged) => malformed(Some(hash), Code::Signature),
            Err(Unproven::Bodiless) => malformed(Some(hash), Code::Body),
            Err(Unproven::Unauthorised(code)) => self.put_aside(event, code),
            Ok(()) => match self.judge(&event, now) {
                Ok((verdict, code)) => self.append(event, verdict, code, now),
                Err(code) => self.put_aside(event, code),
            },
        }
    }

    /// Takes in what a coach released from quarantine: it was authentic, a person has decided. `None` when nobody
    /// can know who wrote it: phones would not believe it either. They check with the certificates of this
    /// dossier, so its author's key is certified here first.
    pub fn admit(&mut self, event: Event, now: u64) -> Option<Ruling> {
        let code = self.put_aside.get(&event.hash())?;
        let is_proven = !matches!(code, Code::UnknownKey | Code::NotAuthorsKey);
        is_proven.then(|| self.append(event, Verdict::Flagged, None, now))
    }

    fn authenticate(
        &self,
        event: &Event,
        registered: &dyn Fn(KeyId) -> Option<KeyCertified>,
    ) -> Result<(), Unproven> {
        let header = event.header();
        let (public, owner) = if header.key == self.school.public.id() {
            (self.school.public, PersonId::SCHOOL)
        } else {
            let known = self.dossier.keys.get(header.key).map(|it| it.certified.clone());
            let known = known.or_else(|| registered(header.key));
            let certified = known.ok_or(Unproven::Unauthorised(Code::UnknownKey))?;
            (certified.public, certified.person)
        };
        let (message, signature) = event.claim().ok_or(Unproven::Forged)?;
        if !(self.verify)(&public, &message, &signature) {
            return Err(Unproven::Forged);
        }
        if owner != header.person {
            return Err(Unproven::Unauthorised(Code::NotAuthorsKey));
        }
        if event.body().is_none() { Err(Unproven::Bodiless) } else { Ok(()) }
    }

    fn judge(&self, event: &Event, now: u64) -> Result<(Verdict, Option<Code>), Code> {
        let header = event.header();
        self.follows(event)?;
        let seen = self.seen(header);
        let revoked = self.dossier.keys.get(header.key).and_then(|it| it.revoked);
        if revoked.is_some_and(|position| position <= seen) {
            return Err(Code::RevokedKey);
        }
        // Nothing was written before what its device had seen by then, whatever its clock says.
        let claimed = header.hlc.min(Hlc::at(now)).millis().max(self.seen_at(header).unwrap_or(0));
        let days = Some((Day::of_millis(claimed), Day::of_millis(now)));
        let body = Body::decode(header.kind, event.body().unwrap_or_default());
        let timing = self.dossier.permit(header.person, Moment { seen, days }, &body)?;
        let late = match (timing, revoked) {
            (_, Some(_)) => Some(Code::RevokedKey),
            (Timing::Late, None) => Some(Code::LinkEnded),
            (Timing::InTime, None) => None,
        };
        Ok(match late {
            // A removed mentor could quote an old checkpoint: evidence waits for a person, hours are put aside for one, and
            // so is what would give somebody rights again.
            Some(code) if matches!(body, Body::Confirmation(_)) => (Verdict::Waiting, Some(code)),
            Some(code) if is_of_power(&body) => return Err(code),
            Some(code) => (Verdict::Flagged, Some(code)),
            None if self.clock_is_off(header, now) => (Verdict::Flagged, Some(Code::Clock)),
            None => (Verdict::Accepted, None),
        })
    }

    /// One installation has one event per sequence number, each naming the one before.
    fn follows(&self, event: &Event) -> Result<(), Code> {
        let header = event.header();
        let Some(mine) = self.replicas.get(&header.replica) else { return Ok(()) };
        let before = header.seq.checked_sub(1).and_then(|seq| mine.get(&seq));
        let breaks = before.is_some_and(|before| Short::from(*before) != header.prev);
        if mine.contains_key(&header.seq) || breaks { Err(Code::Fork) } else { Ok(()) }
    }

    /// What the author's device knew. A checkpoint of another history proves nothing: then it is judged as of now.
    fn seen(&self, header: &Header) -> u64 {
        let quoted = self.chain_at(header.seen_position).map(Short::from);
        let is_ours = header.seen_position > 0 && quoted == Some(header.seen_chain);
        if is_ours { header.seen_position } else { self.position() }
    }

    /// When the school took in the last that the author's device had seen, if it tells the truth about that.
    fn seen_at(&self, header: &Header) -> Option<u64> {
        let position = header.seen_position;
        let is_ours = self.chain_at(position).map(Short::from) == Some(header.seen_chain);
        let at = usize::try_from(position).ok()?.checked_sub(1).filter(|_| is_ours)?;
        self.rows.get(at).map(|it| it.received_at)
    }

    fn clock_is_off(&self, header: &Header, now: u64) -> bool {
        let claimed = header.hlc.millis();
        let seen_at = self.seen_at(header);
        claimed > now + DAY_MILLIS || seen_at.is_some_and(|it| claimed + DAY_MILLIS < it)
    }

    fn append(&mut self, event: Event, verdict: Verdict, code: Option<Code>, now: u64) -> Ruling {
        let last = self.rows.last().map_or(0, |it| it.received_at);
        let row = Row {
            position: self.position() + 1,
            hash: event.hash(),
            verdict,
            // A server's clock may be set back; the order of arrival may not.
            received_at: now.max(last + 1),
            event: Some(event),
        };
        self.replay(&row);
        ruling(verdict, row.hash, Some(row.position), code, Stored::Row(row))
    }

    fn put_aside(&mut self, event: Event, code: Code) -> Ruling {
        self.put_aside.insert(event.hash(), code);
        ruling(Verdict::Quarantined, event.hash(), None, Some(code), Stored::Quarantine(event))
    }

    /// The header and body of an event by the school itself, to be signed and received like any other.
    pub fn compose_as_school(&self, id: EventId, now: u64, body: &Body) -> Unsealed {
        let replica = self.school_replica();
        let last = self.replicas.get(&replica).and_then(|it| it.last_key_value());
        let header = Header {
            version: VERSION,
            kind: body.kind(),
            id,
            dossier: self.dossier.id,
            replica,
            seq: last.map_or(1, |(seq, _)| seq + 1),
            prev: last.map(|(_, hash)| Short::from(*hash)).unwrap_or_default(),
            hlc: Hlc::at(now),
            person: PersonId::SCHOOL,
            key: self.school.public.id(),
            seen_position: self.position(),
            seen_chain: self.chain().into(),
            body_hash: EventHash([0; 32]),
            body_len: 0,
            flags: body.flags(),
            challenge: None,
        };
        Unsealed::new(header, body.encode())
    }

    /// A history of its own: after a restore the school's new events never collide with its lost ones.
    fn school_replica(&self) -> ReplicaId {
        let mut id = [0; 16];
        id.copy_from_slice(&sha256(&[b"school", &self.epoch.0])[..16]);
        ReplicaId(id)
    }

    /// Which of the events that a phone holds are missing here.
    pub fn reconcile(&self, offer: &Reconcile) -> ReconcileReply {
        let wanted = offer.held.iter().filter_map(|it| {
            let contiguous = self.contiguous(it.replica);
            let same = self.replicas.get(&it.replica).and_then(|mine| mine.get(&it.seq));
            // Another event at the same number is a fork: everything is wanted, so that each gets its verdict.
            match same {
                Some(hash) if *hash != it.hash => Some((it.replica, 1)),
                _ if contiguous < it.seq => Some((it.replica, contiguous + 1)),
                _ => None,
            }
        });
        ReconcileReply { dossier: self.dossier.id, epoch: self.epoch, wanted: wanted.collect() }
    }

    /// How far an installation's events are here without a hole.
    pub fn contiguous(&self, replica: ReplicaId) -> u64 {
        let Some(mine) = self.replicas.get(&replica) else { return 0 };
        mine.keys().zip(1..).take_while(|(seq, count)| *seq == count).count() as u64
    }

    /// The head, to tell a phone.
    pub fn head(&self) -> wire::Head {
        wire::Head { dossier: self.dossier.id, epoch: self.epoch, position: self.position() }
    }
}

/// What gives somebody rights, takes them away, lets what others wrote count, or confirms hours: after its author's link
/// has ended a person decides about it, however old it says that it is.
fn is_of_power(body: &Body) -> bool {
    matches!(
        body,
        Body::Link(_) | Body::LinkEnded(_) | Body::Release(_) | Body::HoursConfirmation(_)
    )
}

enum Unproven {
    Forged,
    Bodiless,
    Unauthorised(Code),
}

fn ruling(
    verdict: Verdict,
    hash: EventHash,
    position: Option<u64>,
    code: Option<Code>,
    stored: Stored,
) -> Ruling {
    Ruling { ruled: Ruled { hash: Some(hash), verdict, position, code }, stored }
}

fn malformed(hash: Option<EventHash>, code: Code) -> Ruling {
    let ruled = Ruled { hash, verdict: Verdict::Malformed, position: None, code: Some(code) };
    Ruling { ruled, stored: Stored::Malformed }
}
