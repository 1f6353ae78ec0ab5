//! What the tests of this crate share: people, keys, words, and numbers that look random and never are.
#![allow(dead_code, reason = "each test takes what it needs")]

use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Audience, Body, Confirmation, Dossier, Entry, Finding, Goal, KeyCertified, Level, Link,
    Outcome, Person, Place, Role, Stage, Touched, Track, Translated,
};
use dubbelspoor_domain::event::{Event, Header, Short, Unsealed, VERSION};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{
    DossierId, EntryId, Epoch, EventHash, EventId, KeyId, LinkId, PersonId, PublicKey, ReplicaId,
    Signature,
};
use dubbelspoor_domain::seal::{SecretKey, Verify, sha256, verify};
use dubbelspoor_domain::sync::{Ledger, Row, School, Stored};
use dubbelspoor_domain::wire::{Ruled, Verdict};
use std::collections::BTreeMap;

pub(crate) const DOSSIER: DossierId = DossierId([7; 16]);
pub(crate) const LEARNER: PersonId = PersonId([1; 16]);
pub(crate) const MENTOR: PersonId = PersonId([2; 16]);
pub(crate) const STRANGER: PersonId = PersonId([3; 16]);
pub(crate) const COACH: PersonId = PersonId([4; 16]);
/// 23 November 2026, a Monday morning.
pub(crate) const NOW: u64 = 1_795_424_400_000;
pub(crate) const HOUR: u64 = 3_600_000;
pub(crate) const DAY: u64 = 24 * HOUR;

/// A device's key: a real one, or one whose signatures cost a single hash.
#[derive(Clone)]
pub(crate) enum Signer {
    Fake(PublicKey),
    Real(Box<SecretKey>),
}

impl Signer {
    pub(crate) fn new(seed: u8, real: bool) -> Signer {
        if real {
            Signer::Real(Box::new(SecretKey::from_bytes(&[seed; 32]).unwrap()))
        } else {
            Signer::Fake(PublicKey([seed; 65]))
        }
    }

    pub(crate) fn public(&self) -> PublicKey {
        match self {
            Signer::Fake(it) => *it,
            Signer::Real(it) => it.public(),
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        match self {
            Signer::Fake(it) => fake_sign(it, message),
            Signer::Real(it) => it.sign(message),
        }
    }

    pub(crate) fn verify(&self) -> Verify {
        match self {
            Signer::Fake(_) => fake_verify,
            Signer::Real(_) => verify,
        }
    }
}

fn fake_sign(key: &PublicKey, message: &[u8]) -> Signature {
    let digest = sha256(&[b"signed by", &key.0, message]);
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(&digest);
    Signature(bytes)
}

/// Like ES256 it takes a second form of every signature: the halves may change places.
pub(crate) fn fake_verify(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let good = fake_sign(key, message);
    *signature == good || *signature == swapped(&good)
}

fn swapped(signature: &Signature) -> Signature {
    let mut bytes = signature.0;
    bytes.rotate_left(32);
    Signature(bytes)
}

/// SplitMix64: the same numbers for the same seed, on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end.max(1) as u64).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.roll().to_be_bytes());
        bytes[8..].copy_from_slice(&self.roll().to_be_bytes());
        bytes
    }

    pub(crate) fn id(&mut self) -> EventId {
        EventId(self.bytes())
    }
}

pub(crate) fn day(day: u32) -> Day {
    Day(NaiveDate::from_ymd_opt(2026, 11, day).unwrap())
}

pub(crate) fn words(text: &str) -> Translated {
    Translated { nl: text.into(), en: text.into(), fr: text.into() }
}

pub(crate) fn person(person: PersonId, name: &str) -> Body {
    Body::Person(Person { person, name: name.into() })
}

pub(crate) fn link(id: u8, person: PersonId, role: Role) -> Body {
    Body::Link(Link { link: LinkId([id; 16]), person, role, from: day(1), to: None })
}

pub(crate) fn certificate(public: PublicKey, person: PersonId) -> KeyCertified {
    KeyCertified { public, person, device: "Phone".into() }
}

pub(crate) fn track() -> Body {
    lasts(day(2), day(30))
}

/// A leertraject between two days as they are written.
pub(crate) fn runs(from: &str, to: &str) -> Body {
    lasts(on(from), on(to))
}

/// A day as it is written.
pub(crate) fn on(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn lasts(from: Day, to: Day) -> Body {
    Body::Track(Track {
        course: words("Logistiek"),
        centre: "CVO".into(),
        workplace: "Magazijn".into(),
        from,
        to,
        week_one: from,
        pace: None,
        general: None,
    })
}

pub(crate) fn goal(code: &str) -> Body {
    Body::Goal(Goal {
        goal: code.into(),
        title: words(code),
        competences: vec![],
        expected: Level::Independent,
        places: vec![Place::Workplace],
        from_week: 1,
        to_week: 8,
        criteria: None,
        by: None,
        where_exactly: None,
        workplaces: dubbelspoor_domain::Added::default(),
        people: dubbelspoor_domain::Added::default(),
    })
}

/// A shared entry, submitted, about one goal.
pub(crate) fn entry(entry: EntryId, text: &str) -> Entry {
    Entry {
        entry,
        parents: vec![],
        stage: Stage::Submitted,
        audience: Audience::Shared,
        day: day(23),
        place: Place::Workplace,
        minutes: 60,
        text: text.into(),
        goals: vec![Touched { goal: "G1".into(), self_rating: Some(Level::WithHelp) }],
        reflection: None,
        newer_fields: vec![],
    }
}

pub(crate) fn confirmation(entry: EntryId, version: EventHash, finding: Finding) -> Confirmation {
    let outcomes = vec![Outcome { goal: "G1".into(), finding }];
    Confirmation { entry, version, outcomes, feedback: None }
}

/// A school with one dossier, its people, and a device for each of them.
pub(crate) struct Desk {
    pub(crate) school: Signer,
    pub(crate) ledger: Ledger,
    pub(crate) rows: Vec<Row>,
    pub(crate) registered: BTreeMap<KeyId, KeyCertified>,
    pub(crate) dice: Dice,
    pub(crate) now: u64,
}

pub(crate) const TEACHER: PersonId = PersonId([5; 16]);
pub(crate) const ADMINISTRATOR: PersonId = PersonId([6; 16]);
pub(crate) const READER: PersonId = PersonId([8; 16]);

/// Who has a part in the dossier, and the number of their link.
pub(crate) const PARTS: [(PersonId, Role, u8); 6] = [
    (LEARNER, Role::Learner, 1),
    (MENTOR, Role::Mentor, 2),
    (COACH, Role::Coach, 4),
    (TEACHER, Role::Teacher, 5),
    (ADMINISTRATOR, Role::Administrator, 6),
    (READER, Role::Reader, 8),
];

/// What a header says, for those who make one by hand. `replica` and `seq` tell the place in a sequence.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) dossier: DossierId,
    pub(crate) person: PersonId,
    pub(crate) replica: ReplicaId,
    pub(crate) seq: u64,
    pub(crate) prev: Short,
    pub(crate) at: u64,
    pub(crate) seen: (u64, Short),
}

impl Said {
    pub(crate) fn by(person: PersonId, replica: u8) -> Said {
        Said {
            dossier: DOSSIER,
            person,
            replica: ReplicaId([replica; 16]),
            seq: 1,
            prev: Short::default(),
            at: NOW,
            seen: (0, Short::default()),
        }
    }
}

/// The key of a person's own device: it has the person's number.
pub(crate) fn device(person: PersonId, real: bool) -> Signer {
    Signer::new(person.0[0] + 100, real)
}

impl Desk {
    pub(crate) fn new(real: bool) -> Desk {
        let school = Signer::new(99, real);
        let identity = School { public: school.public() };
        let ledger = Ledger::new(DOSSIER, Epoch([5; 16]), identity, school.verify());
        let (rows, registered) = (Vec::new(), BTreeMap::new());
        let mut it = Desk { school, ledger, rows, registered, dice: Dice(1), now: NOW };
        for (who, role, number) in PARTS {
            it.write(&link(number, who, role));
            it.write(&Body::KeyCertified(certificate(device(who, real).public(), who)));
        }
        it.write(&track());
        it.write(&goal("G1"));
        let stranger = device(STRANGER, real).public();
        it.registered.insert(stranger.id(), certificate(stranger, STRANGER));
        it
    }

    pub(crate) fn write(&mut self, body: &Body) -> EventHash {
        self.now += 1;
        let unsealed = self.ledger.compose_as_school(self.dice.id(), self.now, body);
        let event = unsealed.sealed_with(|input| self.school.sign(input));
        let ruled = self.receive(&event.raw());
        assert_eq!(ruled.verdict, Verdict::Accepted, "{body:?}");
        event.hash()
    }

    pub(crate) fn seal(&mut self, signer: &Signer, it: Said, body: &Body) -> Event {
        seal(self.dice.id(), signer, it, body.kind(), body.encode())
    }

    pub(crate) fn receive(&mut self, raw: &[u8]) -> Ruled {
        self.now += 1;
        let registered = |key| self.registered.get(&key).cloned();
        let ruling = self.ledger.receive(raw, self.now, &registered);
        if let Stored::Row(row) = ruling.stored {
            self.rows.push(row);
        }
        ruling.ruled
    }

    /// In a row, all of it accepted.
    pub(crate) fn receive_all(&mut self, events: &[Event]) {
        for event in events {
            assert_eq!(self.receive(&event.raw()).verdict, Verdict::Accepted);
        }
    }

    pub(crate) fn checkpoint(&self) -> (u64, Short) {
        (self.ledger.position(), self.ledger.chain().into())
    }
}

/// A desk where everybody's events come from installations of their own, so that order is no matter.
pub(crate) struct Play {
    pub(crate) desk: Desk,
    pub(crate) next: u8,
}

impl Play {
    pub(crate) fn new() -> Play {
        Play { desk: Desk::new(false), next: 20 }
    }

    pub(crate) fn seal(&mut self, who: PersonId, said: Said, body: &Body) -> Event {
        self.next += 1;
        let said = Said { replica: ReplicaId([self.next; 16]), ..said };
        self.desk.seal(&device(who, false), said, body)
    }

    /// Written now, and taken in.
    pub(crate) fn put(&mut self, who: PersonId, body: &Body) -> EventHash {
        let event = self.seal(who, Said::by(who, 0), body);
        let ruled = self.desk.receive(&event.raw());
        assert!(ruled.position.is_some(), "{ruled:?}");
        event.hash()
    }

    pub(crate) fn dossier(&self) -> &Dossier {
        self.desk.ledger.dossier()
    }
}

pub(crate) fn seal(id: EventId, signer: &Signer, it: Said, kind: u16, body: Vec<u8>) -> Event {
    let header = Header {
        version: VERSION,
        kind,
        id,
        dossier: it.dossier,
        replica: it.replica,
        seq: it.seq,
        prev: it.prev,
        hlc: Hlc::at(it.at),
        person: it.person,
        key: signer.public().id(),
        seen_position: it.seen.0,
        seen_chain: it.seen.1,
        body_hash: EventHash([0; 32]),
        body_len: 0,
        flags: 0,
        challenge: None,
    };
    Unsealed::new(header, body).sealed_with(|input| signer.sign(input))
}
