//! Bytes of every released format, which today's code must read and fold to the same dossier, forever.
//!
//! Append only: a file in `golden/` is never changed and never removed. A new kind, field or message gets a case here and
//! new files; `DUBBELSPOOR_BLESS=1 cargo test -p dubbelspoor-domain --test golden` writes what is missing and nothing else.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/life.rs"]
mod life;
mod support;

use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{
    Asked, Audience, Body, Competence, CompetenceType, Confirmation, ConfirmationRequest,
    ConfirmationWithdrawn, Dossier, Entry, Feedback, Finding, Goal, KeyRevoked, Level, LinkEnded,
    Outcome, Place, Release, Role, Stage, Touched,
};
use dubbelspoor_domain::event::{Event, Short};
use dubbelspoor_domain::id::{
    Chain, DossierId, EntryId, Epoch, EventHash, EventId, LinkId, PersonId, PublicKey, ReplicaId,
};
use dubbelspoor_domain::seal::verify;
use dubbelspoor_domain::sync::Row;
use dubbelspoor_domain::wire::{
    Challenge, Code, Device, Devices, Head, HeadsReply, Held, Join, Joined, Message, Pull,
    PullReply, Purpose, Push, PushReply, QuarantineList, Quarantined, Reconcile, ReconcileReply,
    Revoke, Ruled, Secret, Signed, Verdict, WireRow,
};
use std::fs;
use std::path::{Path, PathBuf};
use support::{
    COACH, DOSSIER, LEARNER, MENTOR, NOW, Said, Signer, certificate, day, device, link, person,
    seal, track, words,
};

const ENTRY: EntryId = EntryId([9; 16]);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1")
}

/// The bytes of a case: from its file, or, when it is missing and a blessing was asked for, into it.
fn golden(name: &str, made: &[u8]) -> Vec<u8> {
    let text = golden_text(name, &as_hex(made));
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn golden_text(name: &str, made: &str) -> String {
    let path = folder().join(name);
    if !path.exists() && std::env::var_os("DUBBELSPOOR_BLESS").is_some() {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&path, made).unwrap();
    }
    fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{name} is missing: golden files are never removed"))
}

fn as_hex(bytes: &[u8]) -> String {
    let line = |line: &[u8]| line.iter().map(|it| format!("{it:02x}")).collect::<String>() + "\n";
    bytes.chunks(40).map(line).collect()
}

fn school() -> Signer {
    Signer::new(99, true)
}

struct Case {
    name: &'static str,
    kind: u16,
    person: PersonId,
    body: Vec<u8>,
}

/// One event of each kind, as a life goes: every installation writes its own, so each is the first of a sequence.
fn cases() -> Vec<Case> {
    let case =
        |name, person, body: &Body| Case { name, kind: body.kind(), person, body: body.encode() };
    let by_school = |name, body: Body| case(name, PersonId::SCHOOL, &body);
    let key = |who| Body::KeyCertified(certificate(device(who, true).public(), who));
    let first = EventHash([0x11; 32]);
    let asked = Asked { goal: "TL-01".into(), proposed: Some(Level::WithHelp) };
    let outcomes = [Finding::Reached(Level::Supervised), Finding::NotYet, Finding::NotPossibleHere]
        .into_iter()
        .zip(["TL-01", "TL-02", "TL-03"])
        .map(|(finding, goal)| Outcome { goal: goal.into(), finding })
        .collect();
    let ended = LinkEnded { link: LinkId([6; 16]), to: day(20) };
    let revoked = KeyRevoked { key: device(COACH, true).public().id() };
    vec![
        by_school("01-person.hex", person(LEARNER, "Amir Haddad")),
        by_school("02-link-learner.hex", link(1, LEARNER, Role::Learner)),
        by_school("03-link-mentor.hex", link(2, MENTOR, Role::Mentor)),
        by_school("04-link-coach.hex", link(4, COACH, Role::Coach)),
        by_school("05-key-learner.hex", key(LEARNER)),
        by_school("06-key-mentor.hex", key(MENTOR)),
        by_school("07-key-coach.hex", key(COACH)),
        by_school("08-track.hex", track()),
        by_school("09-goal.hex", full_goal("TL-01")),
        case("10-entry.hex", LEARNER, &Body::Entry(full_entry())),
        case(
            "11-request.hex",
            LEARNER,
            &Body::ConfirmationRequest(ConfirmationRequest {
                entry: ENTRY,
                version: first,
                goals: vec![asked],
                to: Some(MENTOR),
            }),
        ),
        case(
            "12-confirmation.hex",
            MENTOR,
            &Body::Confirmation(Confirmation {
                entry: ENTRY,
                version: first,
                outcomes,
                feedback: Some("Let op je rug.".into()),
            }),
        ),
        case(
            "13-withdrawal.hex",
            MENTOR,
            &Body::ConfirmationWithdrawn(ConfirmationWithdrawn {
                confirmation: EventHash([0x12; 32]),
                reason: "Verkeerde dag.".into(),
            }),
        ),
        case(
            "14-feedback.hex",
            MENTOR,
            &Body::Feedback(Feedback { entry: Some(ENTRY), text: "Goed gedaan.".into() }),
        ),
        case(
            "15-release.hex",
            COACH,
            &Body::Release(Release {
                event: EventHash([0x13; 32]),
                counts: true,
                reason: Some("Gezien.".into()),
            }),
        ),
        by_school("16-link-ended.hex", Body::LinkEnded(ended)),
        by_school("17-key-revoked.hex", Body::KeyRevoked(revoked)),
        Case {
            name: "18-kind-900.hex",
            kind: 900,
            person: LEARNER,
            body: vec![0xa1, 0, 0x63, b'n', b'e', b'w'],
        },
    ]
}

fn full_goal(code: &str) -> Body {
    Body::Goal(Goal {
        goal: code.into(),
        title: words("Veilig starten"),
        competences: vec![Competence {
            code: format!("{code}.1"),
            sort: CompetenceType::Attitude,
            text: words("Ik draag beschermkledij."),
        }],
        expected: Level::Independent,
        places: vec![Place::Workplace, Place::School, Place::TrainingCentre],
        from_week: 1,
        to_week: 8,
        criteria: None,
        by: None,
        where_exactly: None,
        workplaces: dubbelspoor_domain::Added::default(),
        people: dubbelspoor_domain::Added::default(),
    })
}

/// With every field filled, and one that a newer app wrote.
fn full_entry() -> Entry {
    Entry {
        entry: ENTRY,
        parents: vec![EventHash([0x10; 32])],
        stage: Stage::Submitted,
        audience: Audience::Shared,
        day: day(23),
        place: Place::Workplace,
        minutes: 480,
        text: "Pallets verplaatst".into(),
        goals: vec![Touched { goal: "TL-01".into(), self_rating: Some(Level::WithHelp) }],
        reflection: Some("Ging vlot.".into()),
        newer_fields: vec![(10, vec![0x18, 0x2a])],
    }
}

fn made(number: u8, case: &Case) -> Event {
    let signer = if case.person == PersonId::SCHOOL { school() } else { device(case.person, true) };
    let said = Said {
        replica: ReplicaId([number; 16]),
        at: NOW + u64::from(number),
        seen: (u64::from(number), Short([number; 16])),
        ..Said::by(case.person, 0)
    };
    seal(EventId([number; 16]), &signer, said, case.kind, case.body.clone())
}

fn rows() -> Vec<Row> {
    let cases = cases();
    let read = (1..).zip(&cases).map(|(number, case)| {
        let raw = golden(case.name, &made(number, case).raw());
        let event = Event::parse(&raw).unwrap_or_else(|it| panic!("{}: {it:?}", case.name));
        Row {
            position: u64::from(number),
            hash: event.hash(),
            verdict: Verdict::Accepted,
            received_at: NOW + 1_000 * u64::from(number),
            event: Some(event),
        }
    });
    read.collect()
}

#[test]
fn every_event_ever_written_can_be_read() {
    for (row, case) in rows().iter().zip(cases()) {
        let event = row.event.as_ref().unwrap();
        assert_eq!(event.header().kind, case.kind, "{}", case.name);
        let bytes = event.body().unwrap();
        let body = Body::decode(case.kind, bytes);
        if let Body::Unknown { kind } = body {
            assert_eq!(kind, 900, "{} is unknown", case.name);
        } else {
            assert_eq!(body.encode(), bytes, "{} is written otherwise", case.name);
        }
        let signer =
            if case.person == PersonId::SCHOOL { school() } else { device(case.person, true) };
        let (message, signature) = event.claim().unwrap();
        assert!(verify(&signer.public(), &message, &signature), "{}: signature", case.name);
        assert_eq!(Event::parse(&event.raw()).as_ref(), Ok(event), "{}", case.name);
    }
}

#[test]
fn they_fold_to_the_same_dossier() {
    let mut dossier = Dossier::new(DOSSIER);
    rows().iter().filter_map(Row::placed).for_each(|it| dossier.fold(&it));
    let chain = rows().iter().fold(Chain::START, |chain, row| row.chain(chain));
    let portrait = format!("{}chain {chain}\n", portrait(&dossier));
    assert_eq!(portrait, golden_text("dossier.txt", &portrait));
}

/// The app's own tests work the same out in a browser: see `src/figures.rs`.
#[test]
fn a_log_comes_to_the_same_figures_here() {
    let worked_out = life::worked_out();
    assert!(worked_out == life::FIGURES, "{worked_out}");
}

/// A dossier in words that no change of types can alter.
fn portrait(dossier: &Dossier) -> String {
    let mut lines = vec![format!("learner {:?}", dossier.links.name_of(LEARNER))];
    for it in dossier.links.all() {
        let last = it.last_day().map(|it| it.to_string());
        lines
            .push(format!("link {} {:?} {} {last:?}", it.link.person, it.link.role, *it.link.from));
    }
    for it in dossier.keys.all() {
        lines.push(format!(
            "key {} {} {:?}",
            it.certified.public.id(),
            it.certified.person,
            it.revoked
        ));
    }
    let track = dossier.track.as_ref().unwrap();
    lines.push(format!(
        "track {} {} {} {}",
        track.course.nl, track.workplace, *track.from, *track.to
    ));
    for it in dossier.plan.goals() {
        lines.push(format!(
            "goal {} {} {:?} {}",
            it.goal,
            it.title.fr,
            it.expected,
            it.competences.len()
        ));
    }
    for it in dossier.diary.entries() {
        let shown = &it.shown().content;
        lines.push(format!("entry {} {} {} {}", it.entry, *shown.day, shown.minutes, shown.text));
        lines.push(format!(
            "state {:?} of {} versions",
            dossier.state_of(it),
            it.history().count()
        ));
    }
    for it in dossier.requests.all() {
        lines.push(format!("asked {} about {}", it.request.entry, it.request.version));
    }
    for it in dossier.confirmations.all() {
        let found: Vec<_> = it.confirmation.outcomes.iter().map(|it| it.finding).collect();
        lines.push(format!("confirmed {} {found:?} {:?}", it.hash, dossier.standing(it)));
    }
    for it in dossier.feedback.all() {
        lines.push(format!("said {}", it.feedback.text));
    }
    lines.push(format!("released {:?}", dossier.releases.counts(EventHash([0x13; 32]))));
    lines.push(format!("unknown {}", dossier.unknown.len()));
    lines.join("\n") + "\n"
}

fn reads<M: Message + PartialEq + core::fmt::Debug>(name: &str, message: &M) {
    let bytes = golden(name, &message.to_bytes());
    let read = M::from_bytes(&bytes).unwrap_or_else(|| panic!("{name} cannot be read"));
    assert_eq!(&read, message, "{name}");
    assert_eq!(read.to_bytes(), bytes, "{name} is written otherwise");
}

#[test]
fn every_message_ever_sent_can_be_read() {
    let (hash, epoch, chain) = (EventHash([1; 32]), Epoch([5; 16]), Chain([6; 32]));
    let key = device(LEARNER, true).public();
    let event = Bytes(rows()[9].event.as_ref().unwrap().raw());
    let push = Push { dossier: DOSSIER, sent_at: NOW, events: vec![event.clone()] };
    let payload = push.to_bytes();
    let signature = device(LEARNER, true).sign(&Purpose::Request.signing_input(&payload));
    reads("wire-signed.hex", &Signed { payload: Bytes(payload), key: key.id(), signature });
    reads("wire-push.hex", &push);
    let ruled = |verdict, position, code| Ruled { hash: Some(hash), verdict, position, code };
    reads(
        "wire-push-reply.hex",
        &PushReply {
            request: hash,
            dossier: DOSSIER,
            epoch,
            position: 3,
            chain,
            time: NOW,
            ruled: vec![
                ruled(Verdict::Accepted, Some(1), None),
                ruled(Verdict::Duplicate, Some(1), None),
                ruled(Verdict::Flagged, Some(2), Some(Code::Clock)),
                ruled(Verdict::Waiting, Some(3), Some(Code::LinkEnded)),
                ruled(Verdict::Quarantined, None, Some(Code::Other(9_999))),
                Ruled {
                    hash: None,
                    verdict: Verdict::Malformed,
                    position: None,
                    code: Some(Code::Shape),
                },
            ],
        },
    );
    reads("wire-pull.hex", &Pull { dossier: DOSSIER, after: 70_000 });
    let row =
        |event| WireRow { position: 1, hash, verdict: Verdict::Accepted, received_at: NOW, event };
    reads("wire-row.hex", &row(Some(event.clone())));
    let rows = vec![row(Some(event.clone())), row(None)];
    reads(
        "wire-pull-reply.hex",
        &PullReply { dossier: DOSSIER, epoch, head: 2, chain, time: NOW, view: u64::MAX, rows },
    );
    let head = Head { dossier: DOSSIER, epoch, position: 2 };
    reads("wire-heads-reply.hex", &HeadsReply { person: LEARNER, heads: vec![head], time: NOW });
    let held = Held { replica: ReplicaId([3; 16]), seq: 4, hash };
    reads("wire-reconcile.hex", &Reconcile { dossier: DOSSIER, held: vec![held] });
    let wanted = vec![(ReplicaId([3; 16]), 2)];
    reads("wire-reconcile-reply.hex", &ReconcileReply { dossier: DOSSIER, epoch, wanted });
    people(key, event, hash);
}

fn people(key: PublicKey, event: Bytes, hash: EventHash) {
    let join = |secret| Join { secret, public: key, device: "Telefoon".into() };
    reads("wire-join-token.hex", &join(Secret::Token(Short([4; 16]))));
    reads("wire-join-code.hex", &join(Secret::Code("7K3M-9QXA".into())));
    reads(
        "wire-joined.hex",
        &Joined {
            person: LEARNER,
            name: "Amir Haddad".into(),
            centre: "CVO".into(),
            school: school().public(),
            dossiers: vec![DOSSIER, DossierId([8; 16])],
            time: NOW,
        },
    );
    let challenge = Bytes(vec![7; 32]);
    reads("wire-challenge.hex", &Challenge { challenge });
    let device = Device {
        key: key.id(),
        name: "Telefoon".into(),
        since: NOW,
        last_seen: Some(NOW),
        revoked: None,
    };
    reads("wire-devices.hex", &Devices { devices: vec![device] });
    reads("wire-revoke.hex", &Revoke { key: key.id() });
    let quarantined = vec![Quarantined { hash, event, code: Code::OwnWork, received_at: NOW }];
    reads("wire-quarantine-list.hex", &QuarantineList { dossier: DOSSIER, quarantined });
}
