//! A school with a ledger per dossier, and the phones of everybody: each has a copy of the dossiers in which its owner
//! takes part, writes into it without a connection, and exchanges when there is one.

use crate::book::Book;
use crate::support::{Dice, Signer, certificate};
use dubbelspoor_domain::dossier::{Body, Dossier, KeyCertified};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, Epoch, EventHash, KeyId, PersonId, ReplicaId};
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::sync::{Ledger, Loaded, Replica, Row, School, Stored};
use dubbelspoor_domain::wire::{Message, PullReply, Push, PushReply, Ruled};
use std::collections::BTreeMap;

/// The most rows in one page.
const PAGE: usize = 150;

/// A dossier as the school has it, and what the test noted of it.
pub(crate) struct Track {
    pub(crate) ledger: Ledger,
    pub(crate) rows: Vec<Row>,
    pub(crate) book: Book,
}

pub(crate) struct Phone {
    pub(crate) person: PersonId,
    signer: Signer,
    replica: ReplicaId,
    pub(crate) copies: BTreeMap<usize, Replica>,
}

pub(crate) struct World {
    pub(crate) dice: Dice,
    school: Signer,
    registered: BTreeMap<KeyId, KeyCertified>,
    pub(crate) tracks: Vec<Track>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) refused: usize,
}

impl World {
    pub(crate) fn new(seed: u64, owners: &[PersonId], tracks: usize) -> World {
        let school = Signer::new(99, false);
        let identity = School { public: school.public() };
        let track = |number: u8| Track {
            ledger: Ledger::new(DossierId([number; 16]), Epoch([5; 16]), identity, school.verify()),
            rows: Vec::new(),
            book: Book::default(),
        };
        let phone = |(number, owner): (u8, &PersonId)| Phone {
            person: *owner,
            signer: Signer::new(number + 100, false),
            replica: ReplicaId([number; 16]),
            copies: BTreeMap::new(),
        };
        let phones: Vec<Phone> = (1..).zip(owners).map(phone).collect();
        let certified = phones.iter().map(|it| certificate(it.signer.public(), it.person));
        let registered = certified.map(|it| (it.public.id(), it)).collect();
        let tracks = (1..).take(tracks).map(track).collect();
        World { dice: Dice(seed), school, registered, tracks, phones, refused: 0 }
    }

    pub(crate) fn person(&self, phone: usize) -> PersonId {
        self.phones[phone].person
    }

    /// The dossier as somebody's phone shows it.
    pub(crate) fn shows(&self, phone: usize, track: usize) -> Option<&Dossier> {
        self.phones[phone].copies.get(&track).map(Replica::dossier)
    }

    /// The school itself writes.
    pub(crate) fn school_writes(&mut self, track: usize, now: u64, body: &Body) {
        let it = &mut self.tracks[track];
        let unsealed = it.ledger.compose_as_school(self.dice.id(), now, body);
        let event = unsealed.sealed_with(|input| self.school.sign(input));
        it.book.note(event.hash(), PersonId::SCHOOL, now, body.clone());
        let ruled = it.receive(&event.raw(), now, &self.registered);
        assert!(ruled.position.is_some(), "{ruled:?} {body:?}");
    }

    /// Somebody writes on their phone: kept there, and noted. `None`: the rules do not let them.
    pub(crate) fn write(
        &mut self,
        phone: usize,
        track: usize,
        now: u64,
        body: Body,
    ) -> Option<EventHash> {
        let it = &mut self.phones[phone];
        let replica = it.copies.get_mut(&track)?;
        let mut composer = replica.compose(now);
        if composer.add(self.dice.id(), &body).is_err() {
            self.refused += 1;
            return None;
        }
        let sealed = composer
            .finish()
            .into_iter()
            .map(|made| made.sealed_with(|it_is| it.signer.sign(it_is)));
        let events: Vec<Event> = sealed.collect();
        let hash = events[0].hash();
        let claimed = events[0].header().hlc.millis();
        let step = replica.record(events).unwrap();
        replica.take(step);
        self.tracks[track].book.note(hash, it.person, claimed, body);
        Some(hash)
    }

    /// One phone exchanges all that it has and may have.
    pub(crate) fn sync(&mut self, phone: usize, now: u64) {
        let it = &mut self.phones[phone];
        for (number, track) in self.tracks.iter_mut().enumerate() {
            let takes_part =
                track.ledger.dossier().links.all().any(|link| link.link.person == it.person);
            if !takes_part {
                continue;
            }
            let key = it.signer.public().id();
            if track.ledger.dossier().keys.get(key).is_none() {
                let certified = Body::KeyCertified(self.registered[&key].clone());
                let unsealed = track.ledger.compose_as_school(self.dice.id(), now, &certified);
                let event = unsealed.sealed_with(|input| self.school.sign(input));
                track.receive(&event.raw(), now, &self.registered);
                track.book.joined.insert(it.person);
            }
            let empty = || {
                let id = track.ledger.dossier().id;
                Replica::open(id, it.person, key, it.replica, Loaded::default())
            };
            let replica = it.copies.entry(number).or_insert_with(empty);
            while let Some(push) = replica.push(100, now) {
                let reply = track.take(&push, now, &self.registered);
                let step = replica.absorb_push(&push, &reply, now).unwrap();
                replica.take(step);
            }
            loop {
                let page = track.page(it.person, replica.pull().after, now);
                let step = replica.absorb_pull(&page, now, &|_| true).unwrap();
                replica.take(step);
                if replica.tip().position >= track.ledger.position() {
                    break;
                }
            }
        }
    }
}

impl Track {
    fn receive(
        &mut self,
        raw: &[u8],
        now: u64,
        registered: &BTreeMap<KeyId, KeyCertified>,
    ) -> Ruled {
        let ruling = self.ledger.receive(raw, now, &|key| registered.get(&key).cloned());
        if let Stored::Row(row) = ruling.stored {
            self.book.arrived(&row);
            self.rows.push(row);
        }
        ruling.ruled
    }

    fn take(
        &mut self,
        push: &Push,
        now: u64,
        registered: &BTreeMap<KeyId, KeyCertified>,
    ) -> PushReply {
        let ruled = push.events.iter().map(|it| self.receive(&it.0, now, registered)).collect();
        PushReply {
            request: EventHash(sha256(&[&push.to_bytes()])),
            dossier: push.dossier,
            epoch: self.ledger.epoch(),
            position: self.ledger.position(),
            chain: self.ledger.chain(),
            time: now,
            ruled,
        }
    }

    fn page(&self, reader: PersonId, after: u64, now: u64) -> PullReply {
        let first = usize::try_from(after).unwrap();
        let sees =
            |row: &Row| row.placed().is_some_and(|it| self.ledger.dossier().visible(reader, &it));
        let rows = self.rows.iter().skip(first).take(PAGE);
        let rows: Vec<_> = rows.map(|it| it.to_wire(sees(it))).collect();
        PullReply {
            dossier: self.ledger.dossier().id,
            epoch: self.ledger.epoch(),
            head: self.ledger.position(),
            chain: self.ledger.chain_at(after + rows.len() as u64).unwrap(),
            time: now,
            view: self.ledger.view_of(reader),
            rows,
        }
    }

    /// What somebody may see of it, folded from nothing.
    pub(crate) fn seen_by(&self, person: PersonId) -> Dossier {
        let mut dossier = Dossier::new(self.ledger.dossier().id);
        for row in &self.rows {
            let placed = row.placed().unwrap();
            if self.ledger.dossier().visible(person, &placed) {
                dossier.fold(&placed);
            }
        }
        dossier
    }
}
