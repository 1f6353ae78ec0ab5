//! What the tests of this crate share: people, keys, words, and numbers that look random and never are.
#![allow(dead_code, reason = "each test takes what it needs")]

use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Audience, Body, Confirmation, Entry, Finding, Goal, KeyCertified, Level, Link, Outcome, Person,
    Place, Role, Stage, Touched, Track, Translated,
};
use dubbelspoor_domain::id::{
    DossierId, EntryId, EventHash, EventId, LinkId, PersonId, PublicKey, Signature,
};
use dubbelspoor_domain::seal::{SecretKey, Verify, sha256, verify};

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
    Body::Track(Track {
        course: words("Logistiek"),
        centre: "CVO".into(),
        workplace: "Magazijn".into(),
        from: day(2),
        to: day(30),
        week_one: day(2),
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
