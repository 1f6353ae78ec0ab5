//! A phone: a disk that survives, tabs over it that do not, and a clock that may say anything.

use crate::school::{Answer, Asked};
use crate::support::{DOSSIER, Dice, Signer};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Body, Refusal};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{EventHash, PersonId, PublicKey, ReplicaId};
use dubbelspoor_domain::sync::{Changes, Loaded, Replica, Step, Trail};
use dubbelspoor_domain::wire::{
    Code, Message, PullReply, Purpose, Push, PushReply, ReconcileReply, Signed, WireRow,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a browser keeps: bytes, and one rule. A write counts only if the tip is still the expected one.
#[derive(Clone, Default)]
pub(crate) struct PhoneDisk {
    tip: Option<Vec<u8>>,
    pub(crate) rows: BTreeMap<u64, Vec<u8>>,
    pub(crate) outbox: BTreeMap<EventHash, Vec<u8>>,
    pub(crate) refused: BTreeMap<EventHash, Vec<u8>>,
}

impl PhoneDisk {
    fn apply(&mut self, it: &Changes) -> bool {
        if self.tip != it.expected {
            return false;
        }
        self.tip = Some(it.tip.clone());
        if it.clear_rows {
            self.rows.clear();
        }
        self.rows.extend(it.rows.iter().cloned());
        for (store, put, delete) in [
            (&mut self.outbox, &it.outbox_put, &it.outbox_delete),
            (&mut self.refused, &it.refused_put, &it.refused_delete),
        ] {
            delete.iter().for_each(|hash| drop(store.remove(hash)));
            store.extend(put.iter().cloned());
        }
        true
    }

    fn load(&self) -> Loaded {
        let pairs = |store: &BTreeMap<EventHash, Vec<u8>>| {
            store.iter().map(|(hash, bytes)| (*hash, bytes.clone())).collect()
        };
        Loaded {
            tip: self.tip.clone(),
            rows: self.rows.iter().map(|(at, bytes)| (*at, bytes.clone())).collect(),
            outbox: pairs(&self.outbox),
            refused: pairs(&self.refused),
        }
    }
}

/// When the browser dies during a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kill {
    Never,
    BeforeWrite,
    AfterWrite,
}

/// How writing went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Wrote {
    Kept(Vec<EventHash>),
    /// The browser died before the disk had it: nobody was told that it was kept.
    Gone,
    /// Another tab was first.
    Moved,
    Refused(Refusal),
}

#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) name: &'static str,
    pub(crate) person: PersonId,
    pub(crate) signer: Signer,
    pub(crate) school: PublicKey,
    born: ReplicaId,
    pub(crate) disk: PhoneDisk,
    pub(crate) tabs: Vec<Replica>,
    /// How far its clock is off, in milliseconds.
    pub(crate) clock: i64,
    /// The most events that it dares to send at once.
    pub(crate) most: usize,
    pub(crate) online: bool,
    pub(crate) was_cloned: bool,
    /// Receipts as they came: the history, the position, the event.
    pub(crate) receipts: Vec<([u8; 16], u64, EventHash)>,
    /// An event under its new name, after this installation had to be born again.
    pub(crate) renamed: BTreeMap<EventHash, EventHash>,
}

impl Phone {
    pub(crate) fn new(
        name: &'static str,
        person: PersonId,
        signer: Signer,
        school: PublicKey,
    ) -> Phone {
        let mut born = [0; 16];
        born.copy_from_slice(&signer.public().0[1..17]);
        let mut it = Phone {
            name,
            person,
            signer,
            school,
            born: ReplicaId(born),
            disk: PhoneDisk::default(),
            tabs: Vec::new(),
            clock: 0,
            most: 100,
            online: true,
            was_cloned: false,
            receipts: Vec::new(),
            renamed: BTreeMap::new(),
        };
        it.restart(1);
        it
    }

    fn opened(&self) -> Replica {
        let key = self.signer.public().id();
        Replica::open(DOSSIER, self.person, key, self.born, self.disk.load())
    }

    /// Every tab starts anew from the disk.
    pub(crate) fn restart(&mut self, tabs: usize) {
        self.tabs = vec![self.opened(); tabs];
    }

    pub(crate) fn reload(&mut self, tab: usize) {
        let tab = tab % self.tabs.len();
        self.tabs[tab] = self.opened();
    }

    pub(crate) fn replica(&self) -> &Replica {
        &self.tabs[0]
    }

    pub(crate) fn time(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.clock)
    }

    /// Stores a step and takes it in, unless another tab was first or the browser dies.
    fn keep(&mut self, tab: usize, step: Step, kill: Kill) -> bool {
        let changes = self.tabs[tab].changes(&step);
        if kill == Kill::BeforeWrite {
            self.restart(1);
            return false;
        }
        let written = self.disk.apply(&changes);
        match (written, kill) {
            (_, Kill::AfterWrite) => self.restart(1),
            (true, _) => self.tabs[tab].take(step),
            (false, _) => self.reload(tab),
        }
        written
    }

    /// One action of a person in one tab.
    pub(crate) fn write(
        &mut self,
        tab: usize,
        dice: &mut Dice,
        now: u64,
        bodies: &[Body],
        kill: Kill,
    ) -> Wrote {
        let tab = tab % self.tabs.len();
        let time = self.time(now);
        let mut composer = self.tabs[tab].compose(time);
        for body in bodies {
            if let Err(refusal) = composer.add(dice.id(), body) {
                return Wrote::Refused(refusal);
            }
        }
        let events: Vec<Event> = composer
            .finish()
            .into_iter()
            .map(|it| it.sealed_with(|input| self.signer.sign(input)))
            .collect();
        let hashes = events.iter().map(Event::hash).collect();
        let Ok(step) = self.tabs[tab].record(events) else { return Wrote::Moved };
        match (self.keep(tab, step, kill), kill) {
            (true, _) => Wrote::Kept(hashes),
            (false, Kill::BeforeWrite) => Wrote::Gone,
            (false, _) => Wrote::Moved,
        }
    }

    /// What a tab asks next. An installation that was copied first goes on under a new name.
    pub(crate) fn ask(&mut self, tab: usize, dice: &mut Dice, now: u64) -> (Option<Push>, Asked) {
        let tab = tab % self.tabs.len();
        if self.tabs[tab].is_forked() && !self.tabs[tab].tip().reconcile {
            self.be_reborn(tab, dice, now);
        }
        let replica = &self.tabs[tab];
        if let Some(offer) = replica.reconcile() {
            return (None, Asked::Reconcile(self.signed(&offer)));
        }
        match replica.push(self.most, self.time(now)) {
            Some(push) => {
                let bytes = self.signed(&push);
                (Some(push), Asked::Push(bytes))
            }
            None => (None, Asked::Pull(self.person, replica.pull())),
        }
    }

    /// Whether a tab only has to read.
    pub(crate) fn pull(&self, tab: usize) -> Asked {
        Asked::Pull(self.person, self.tabs[tab % self.tabs.len()].pull())
    }

    fn signed(&self, message: &impl Message) -> Vec<u8> {
        let payload = message.to_bytes();
        let signature = self.signer.sign(&Purpose::Request.signing_input(&payload));
        Signed { payload: Bytes(payload), key: self.signer.public().id(), signature }.to_bytes()
    }

    fn be_reborn(&mut self, tab: usize, dice: &mut Dice, now: u64) {
        let name = ReplicaId(dice.bytes());
        let mut ids = dice.clone();
        let before = self.orphans(tab);
        let made = self.tabs[tab].rebirth(name, self.time(now), &mut || ids.id());
        *dice = ids;
        let events: Vec<Event> =
            made.into_iter().map(|it| it.sealed_with(|input| self.signer.sign(input))).collect();
        assert_eq!(before.len(), events.len(), "{}: an event was not sealed again", self.name);
        let names: Vec<_> = before.into_iter().zip(events.iter().map(Event::hash)).collect();
        let step = self.tabs[tab].reborn(name, events);
        if self.keep(tab, step, Kill::Never) {
            self.renamed.extend(names);
        }
    }

    /// What has to be sealed again, in order: refused as a fork, or unsent.
    fn orphans(&self, tab: usize) -> Vec<EventHash> {
        let replica = &self.tabs[tab];
        let mine = |event: &Event| event.header().replica == replica.replica();
        let forked = replica.refused().iter().filter(|it| it.code == Some(Code::Fork));
        let forked = forked.map(|it| it.event.clone());
        let unsent = replica.push(100, 0).map(|it| it.events).unwrap_or_default();
        let unsent = unsent.into_iter().map(|it| Event::parse(&it.0).unwrap());
        let mut all: Vec<Event> = forked.chain(unsent).filter(mine).collect();
        all.sort_by_key(|it| it.header().seq);
        all.iter().map(Event::hash).collect()
    }

    /// Takes an answer in, if it is one. Whatever is odd about it, nothing is lost.
    pub(crate) fn absorb(
        &mut self,
        tab: usize,
        now: u64,
        sent: Option<&Push>,
        asked: &Asked,
        answer: &Answer,
        kill: Kill,
    ) {
        let tab = tab % self.tabs.len();
        let bytes = match answer {
            Answer::Bytes(bytes) => bytes,
            Answer::TooLarge => return self.send_less(tab, now, sent),
            Answer::Unwelcome => return,
        };
        let Some(payload) = self.opened_answer(bytes) else { return };
        let now = self.time(now);
        let replica = &self.tabs[tab];
        let step = match asked {
            Asked::Push(_) => {
                let (Some(sent), Some(reply)) = (sent, PushReply::from_bytes(&payload)) else {
                    return;
                };
                let step = replica.absorb_push(sent, &reply, now);
                self.note_receipts(&reply);
                step
            }
            Asked::Reconcile(_) => {
                let Some(reply) = ReconcileReply::from_bytes(&payload) else { return };
                replica.absorb_reconcile(&reply)
            }
            Asked::Pull(..) => {
                let Some(page) = PullReply::from_bytes(&payload) else { return };
                let proven = self.proven(tab, &page);
                replica.absorb_pull(&page, now, &|event| proven.contains(&event.hash()))
            }
        };
        if let Ok(step) = step {
            self.keep(tab, step, kill);
        }
    }

    fn opened_answer(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let signed = Signed::from_bytes(bytes)?;
        let input = Purpose::Answer.signing_input(&signed.payload.0);
        self.signer.verify()(&self.school, &input, &signed.signature).then_some(signed.payload.0)
    }

    fn note_receipts(&mut self, reply: &PushReply) {
        for it in &reply.ruled {
            if let (Some(hash), Some(position)) = (it.hash, it.position) {
                self.receipts.push((reply.epoch.0, position, hash));
            }
        }
    }

    /// The events of a page whose signatures hold.
    pub(crate) fn proven(&self, tab: usize, page: &PullReply) -> BTreeSet<EventHash> {
        let claims = self.tabs[tab].claims(page, &self.school);
        let verify = self.signer.verify();
        let holds = claims.iter().filter(|it| verify(&it.public, &it.message, &it.signature));
        holds.map(|it| it.event).collect()
    }

    fn send_less(&mut self, tab: usize, now: u64, sent: Option<&Push>) {
        let Some(sent) = sent else { return };
        if sent.events.len() > 1 {
            self.most = sent.events.len() / 2;
        } else {
            let step = self.tabs[tab].give_up_too_large(sent, self.time(now));
            self.keep(tab, step, Kill::Never);
        }
    }

    pub(crate) fn trail(&self) -> Trail {
        self.disk.load().trail()
    }

    /// Every event that the disk knows, wherever it is kept.
    pub(crate) fn known(&self) -> BTreeSet<EventHash> {
        let rows = self.disk.rows.values().map(|it| WireRow::from_bytes(it).unwrap().hash);
        let others = self.disk.outbox.keys().chain(self.disk.refused.keys()).copied();
        rows.chain(others).collect()
    }
}
