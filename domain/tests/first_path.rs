//! One entry and its confirmation, from one phone to another, through a real ledger and real signatures.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Audience, Body, Competence, CompetenceType, Confirmation, ConfirmationRequest, Entry,
    Finding, Goal, KeyCertified, Level, Link, Outcome, Person, Place, Role, Stage, Touched, Track,
    Translated,
};
use dubbelspoor_domain::id::{
    DossierId, EntryId, Epoch, EventHash, EventId, LinkId, PersonId, ReplicaId,
};
use dubbelspoor_domain::progress::EntryState;
use dubbelspoor_domain::seal::{SecretKey, sha256, verify};
use dubbelspoor_domain::sync::{Ledger, Loaded, Replica, Row, School, Stored};
use dubbelspoor_domain::wire::{Message, PullReply, PushReply, Verdict};

const NOW: u64 = 1_795_000_000_000;
const DOSSIER: DossierId = DossierId([7; 16]);
const LEARNER: PersonId = PersonId([1; 16]);
const MENTOR: PersonId = PersonId([2; 16]);

struct Phone {
    key: SecretKey,
    replica: Replica,
    next_id: u8,
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_bytes(&[seed; 32]).unwrap()
}

fn day(day: u32) -> Day {
    Day(NaiveDate::from_ymd_opt(2026, 11, day).unwrap())
}

fn words(text: &str) -> Translated {
    Translated { nl: text.into(), en: text.into(), fr: text.into() }
}

impl Phone {
    fn new(person: PersonId, seed: u8) -> Phone {
        let key = key(seed);
        let id = key.public().id();
        let replica = Replica::open(DOSSIER, person, id, ReplicaId([seed; 16]), Loaded::default());
        Phone { key, replica, next_id: 0 }
    }

    fn record(&mut self, bodies: &[Body]) {
        let mut composer = self.replica.compose(NOW);
        for body in bodies {
            self.next_id += 1;
            composer.add(EventId([self.next_id; 16]), body).unwrap();
        }
        let sealed =
            composer.finish().into_iter().map(|it| it.sealed_with(|input| self.key.sign(input)));
        let step = self.replica.record(sealed.collect()).unwrap();
        self.replica.take(step);
    }

    fn exchange(&mut self, ledger: &mut Ledger, rows: &mut Vec<Row>) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        while let Some(push) = self.replica.push(100, NOW) {
            let mut ruled = Vec::new();
            for raw in &push.events {
                let ruling = ledger.receive(&raw.0, NOW, &|_| None);
                if let Stored::Row(row) = ruling.stored {
                    rows.push(row);
                }
                ruled.push(ruling.ruled);
            }
            verdicts.extend(ruled.iter().map(|it| it.verdict));
            let reply = PushReply {
                request: EventHash(sha256(&[&push.to_bytes()])),
                dossier: DOSSIER,
                epoch: ledger.epoch(),
                position: ledger.position(),
                chain: ledger.chain(),
                time: NOW,
                ruled,
            };
            let step = self.replica.absorb_push(&push, &reply, NOW).unwrap();
            self.replica.take(step);
        }
        verdicts
    }
}

fn pull(phone: &mut Phone, rows: &[Row], ledger: &Ledger, reader: PersonId) {
    let after = phone.replica.pull().after;
    let page = rows.iter().filter(|it| it.position > after);
    let page = page.map(|it| {
        let visible = it.placed().is_some_and(|it| ledger.dossier().visible(reader, &it));
        it.to_wire(visible)
    });
    let reply = PullReply {
        dossier: DOSSIER,
        epoch: ledger.epoch(),
        head: ledger.position(),
        chain: ledger.chain(),
        time: NOW,
        view: ledger.view_of(reader),
        rows: page.collect(),
    };
    let step = phone.replica.absorb_pull(&reply, NOW, &|_| true).unwrap();
    phone.replica.take(step);
}

#[test]
fn an_entry_is_written_asked_about_confirmed_and_seen() {
    let school = key(99);
    let mut ledger =
        Ledger::new(DOSSIER, Epoch([5; 16]), School { public: school.public() }, verify);
    let mut rows = Vec::new();
    let mut learner = Phone::new(LEARNER, 1);
    let mut mentor = Phone::new(MENTOR, 2);
    let certify = |phone: &Phone, person| KeyCertified {
        public: phone.key.public(),
        person,
        device: "Phone".into(),
    };
    let link =
        |id, person, role| Link { link: LinkId([id; 16]), person, role, from: day(1), to: None };
    let beginning = [
        Body::Person(Person { person: LEARNER, name: "Amir".into() }),
        Body::Link(link(1, LEARNER, Role::Learner)),
        Body::Link(link(2, MENTOR, Role::Mentor)),
        Body::KeyCertified(certify(&learner, LEARNER)),
        Body::KeyCertified(certify(&mentor, MENTOR)),
        Body::Track(Track {
            course: words("Logistiek"),
            centre: "CVO".into(),
            workplace: "Magazijn".into(),
            from: day(1),
            to: day(30),
            week_one: day(2),
            pace: None,
            general: None,
        }),
        Body::Goal(Goal {
            goal: "TL-01".into(),
            title: words("Veilig starten"),
            competences: vec![Competence {
                code: "TL-01.1".into(),
                sort: CompetenceType::Skill,
                text: words("Ik draag beschermkledij."),
            }],
            expected: Level::Independent,
            places: vec![Place::Workplace],
            from_week: 1,
            to_week: 8,
            criteria: None,
            by: None,
            where_exactly: None,
            workplaces: dubbelspoor_domain::Added::default(),
            people: dubbelspoor_domain::Added::default(),
        }),
    ];
    for (body, id) in beginning.iter().zip(100..) {
        let unsealed = ledger.compose_as_school(EventId([id; 16]), NOW, body);
        let event = unsealed.sealed_with(|input| school.sign(input));
        let ruling = ledger.receive(&event.raw(), NOW, &|_| None);
        assert_eq!(ruling.ruled.verdict, Verdict::Accepted);
        if let Stored::Row(row) = ruling.stored {
            rows.push(row);
        }
    }
    pull(&mut learner, &rows, &ledger, LEARNER);
    pull(&mut mentor, &rows, &ledger, MENTOR);

    let entry = EntryId([9; 16]);
    let body = Body::Entry(Entry {
        entry,
        parents: vec![],
        stage: Stage::Submitted,
        audience: Audience::Shared,
        day: day(23),
        place: Place::Workplace,
        minutes: 480,
        text: "Pallets verplaatst".into(),
        goals: vec![Touched { goal: "TL-01".into(), self_rating: Some(Level::WithHelp) }],
        reflection: None,
        newer_fields: vec![(10, vec![0x18, 0x2a])],
    });
    learner.record(&[body]);
    let version = learner.replica.dossier().diary.get(entry).unwrap().shown().hash;
    let asked = Asked { goal: "TL-01".into(), proposed: Some(Level::WithHelp) };
    let request = ConfirmationRequest { entry, version, goals: vec![asked], to: None };
    learner.record(&[Body::ConfirmationRequest(request)]);
    assert_eq!(learner.replica.counts().here, 2);

    assert_eq!(learner.exchange(&mut ledger, &mut rows), [Verdict::Accepted, Verdict::Accepted]);
    assert_eq!(learner.replica.counts().here, 0);
    pull(&mut learner, &rows, &ledger, LEARNER);
    pull(&mut mentor, &rows, &ledger, MENTOR);

    let waiting = mentor.replica.dossier().waiting_for(MENTOR, day(23));
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].version.content.newer_fields, vec![(10, vec![0x18, 0x2a])]);
    let outcome = Outcome { goal: "TL-01".into(), finding: Finding::Reached(Level::Supervised) };
    let confirmation = Confirmation { entry, version, outcomes: vec![outcome], feedback: None };
    mentor.record(&[Body::Confirmation(confirmation)]);
    let state = |phone: &Phone| {
        let dossier = phone.replica.dossier();
        dossier.state_of(dossier.diary.get(entry).unwrap())
    };
    assert_eq!(state(&mentor), EntryState::Answered);
    assert_eq!(mentor.exchange(&mut ledger, &mut rows), [Verdict::Accepted]);
    assert_eq!(state(&learner), EntryState::Waiting);
    pull(&mut learner, &rows, &ledger, LEARNER);
    assert_eq!(state(&learner), EntryState::Answered);
    assert_eq!(learner.replica.dossier().progress()[0].best, Some(Level::Supervised));
}
