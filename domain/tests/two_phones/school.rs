//! The school's server: a ledger in memory over rows on a disk that can be put back to an older copy.

use crate::support::{DOSSIER, Dice, Signer};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Body, KeyCertified};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{Epoch, EventHash, KeyId, PersonId};
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::sync::{Ledger, Row, School, Stored};
use dubbelspoor_domain::wire::{
    Code, Message, Pull, PullReply, Purpose, Push, PushReply, Reconcile, Signed, WireRow,
};
use std::collections::BTreeMap;

/// What a phone asks.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    Push(Vec<u8>),
    Reconcile(Vec<u8>),
    Pull(PersonId, Pull),
}

/// What comes back, when anything does.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Bytes(Vec<u8>),
    TooLarge,
    Unwelcome,
}

/// Where the process dies, if it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Crash {
    Never,
    BeforeCommit,
    AfterCommit,
}

#[derive(Clone)]
pub(crate) struct Disk {
    pub(crate) epoch: Epoch,
    rows: Vec<Vec<u8>>,
    pub(crate) aside: BTreeMap<EventHash, (Code, Vec<u8>)>,
    pub(crate) malformed: usize,
}

pub(crate) struct Server {
    pub(crate) signer: Signer,
    pub(crate) ledger: Ledger,
    pub(crate) disk: Disk,
    backups: Vec<Disk>,
    pub(crate) registered: BTreeMap<KeyId, KeyCertified>,
    pub(crate) revoked: Vec<KeyId>,
    /// How far its clock is off, in milliseconds.
    pub(crate) clock: i64,
    pub(crate) rolled_back: bool,
}

impl Server {
    pub(crate) fn new(real: bool) -> Server {
        let signer = Signer::new(99, real);
        let disk =
            Disk { epoch: Epoch([5; 16]), rows: Vec::new(), aside: BTreeMap::new(), malformed: 0 };
        let ledger = open(&disk, &signer);
        Server {
            signer,
            ledger,
            disk,
            backups: Vec::new(),
            registered: BTreeMap::new(),
            revoked: Vec::new(),
            clock: 0,
            rolled_back: false,
        }
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        let rows = self.disk.rows.iter();
        rows.map(|it| Row::from_wire(&WireRow::from_bytes(it).unwrap())).collect()
    }

    pub(crate) fn time(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.clock)
    }

    /// The school itself writes.
    pub(crate) fn write(&mut self, dice: &mut Dice, now: u64, body: &Body) -> EventHash {
        let unsealed = self.ledger.compose_as_school(dice.id(), self.time(now), body);
        let event = unsealed.sealed_with(|input| self.signer.sign(input));
        let hash = event.hash();
        self.take(&event.raw(), now);
        hash
    }

    pub(crate) fn register(
        &mut self,
        dice: &mut Dice,
        now: u64,
        signer: &Signer,
        person: PersonId,
    ) {
        let certified = crate::support::certificate(signer.public(), person);
        self.registered.insert(signer.public().id(), certified.clone());
        self.write(dice, now, &Body::KeyCertified(certified));
    }

    pub(crate) fn take(&mut self, raw: &[u8], now: u64) -> dubbelspoor_domain::wire::Ruled {
        let registered = |key| self.registered.get(&key).cloned();
        let ruling = self.ledger.receive(raw, self.time(now), &registered);
        match ruling.stored {
            Stored::Nothing => {}
            Stored::Row(row) => {
                self.keep(&row);
                self.release(&row, now);
            }
            Stored::Quarantine(event) => {
                let code = ruling.ruled.code.unwrap();
                self.disk.aside.insert(event.hash(), (code, event.raw()));
            }
            Stored::Malformed => self.disk.malformed += 1,
        }
        ruling.ruled
    }

    fn keep(&mut self, row: &Row) {
        self.disk.rows.push(row.to_wire(true).to_bytes());
        self.disk.aside.remove(&row.hash);
    }

    /// What a coach lets count comes out of quarantine.
    fn release(&mut self, row: &Row, now: u64) {
        let Some(event) = &row.event else { return };
        let body = Body::decode(event.header().kind, event.body().unwrap());
        let Body::Release(it) = body else { return };
        let raw = self.disk.aside.get(&it.event).filter(|_| it.counts).map(|it| it.1.clone());
        let Some(raw) = raw else { return };
        let admitted = self.ledger.admit(Event::parse(&raw).unwrap(), self.time(now));
        if let Some(Stored::Row(row)) = admitted.map(|it| it.stored) {
            self.keep(&row);
        }
    }

    pub(crate) fn answer(&mut self, asked: &Asked, now: u64, crash: Crash) -> Option<Answer> {
        let before = self.disk.clone();
        let answer = match asked {
            Asked::Push(bytes) => self.push(bytes, now),
            Asked::Reconcile(bytes) => self.reconcile(bytes),
            Asked::Pull(reader, pull) => Some(self.pull(*reader, *pull, now)),
        };
        if crash == Crash::BeforeCommit {
            self.disk = before;
        }
        if crash != Crash::Never {
            self.ledger = open(&self.disk, &self.signer);
            return None;
        }
        answer
    }

    fn push(&mut self, bytes: &[u8], now: u64) -> Option<Answer> {
        let (signed, sender) = self.opened(bytes)?;
        if !sender {
            return Some(Answer::Unwelcome);
        }
        let push = Push::from_bytes(&signed.payload.0)?;
        let ruled: Vec<_> = push.events.iter().map(|it| self.take(&it.0, now)).collect();
        Some(self.sign(&PushReply {
            request: EventHash(sha256(&[&signed.payload.0])),
            dossier: push.dossier,
            epoch: self.ledger.epoch(),
            position: self.ledger.position(),
            chain: self.ledger.chain(),
            time: self.time(now),
            ruled,
        }))
    }

    fn reconcile(&self, bytes: &[u8]) -> Option<Answer> {
        let (signed, sender) = self.opened(bytes)?;
        let offer = Reconcile::from_bytes(&signed.payload.0)?;
        Some(if sender { self.sign(&self.ledger.reconcile(&offer)) } else { Answer::Unwelcome })
    }

    fn opened(&self, bytes: &[u8]) -> Option<(Signed, bool)> {
        let signed = Signed::from_bytes(bytes)?;
        let known =
            self.registered.get(&signed.key).filter(|_| !self.revoked.contains(&signed.key));
        let input = Purpose::Request.signing_input(&signed.payload.0);
        let signs = |it: &KeyCertified| self.signer.verify()(&it.public, &input, &signed.signature);
        let is_sender = known.is_some_and(signs);
        Some((signed, is_sender))
    }

    fn pull(&self, reader: PersonId, pull: Pull, now: u64) -> Answer {
        let after = pull.after.min(self.ledger.position());
        let first = usize::try_from(after).unwrap();
        let page: Vec<WireRow> = self
            .disk
            .rows
            .iter()
            .skip(first)
            .take(7)
            .map(|bytes| {
                let wire = WireRow::from_bytes(bytes).unwrap();
                let row = Row::from_wire(&wire);
                let seen = row.placed().is_none_or(|it| self.ledger.dossier().visible(reader, &it));
                WireRow { event: wire.event.filter(|_| seen), ..wire }
            })
            .collect();
        let last = after + page.len() as u64;
        self.sign(&PullReply {
            dossier: DOSSIER,
            epoch: self.ledger.epoch(),
            head: self.ledger.position(),
            chain: self.ledger.chain_at(last).unwrap(),
            time: self.time(now),
            view: self.ledger.view_of(reader),
            rows: page,
        })
    }

    fn sign(&self, message: &impl Message) -> Answer {
        let payload = message.to_bytes();
        let signature = self.signer.sign(&Purpose::Answer.signing_input(&payload));
        let key = self.signer.public().id();
        Answer::Bytes(Signed { payload: Bytes(payload), key, signature }.to_bytes())
    }

    pub(crate) fn back_up(&mut self) {
        self.backups.push(self.disk.clone());
    }

    /// Puts an older copy back: as a new history, or by a careless hand as if nothing had happened.
    pub(crate) fn restore(&mut self, dice: &mut Dice) -> bool {
        let Some(mut disk) = dice.pick(&self.backups).cloned() else { return false };
        if dice.chance(70) {
            disk.epoch = Epoch(dice.bytes());
        }
        self.disk = disk;
        self.ledger = open(&self.disk, &self.signer);
        self.backups.clear();
        self.rolled_back = true;
        true
    }
}

fn open(disk: &Disk, signer: &Signer) -> Ledger {
    let school = School { public: signer.public() };
    let mut ledger = Ledger::new(DOSSIER, disk.epoch, school, signer.verify());
    for bytes in &disk.rows {
        ledger.replay(&Row::from_wire(&WireRow::from_bytes(bytes).unwrap()));
    }
    disk.aside.iter().for_each(|(hash, (code, _))| ledger.replay_put_aside(*hash, *code));
    ledger
}
