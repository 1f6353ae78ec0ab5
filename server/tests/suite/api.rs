//! The description of the API and the code say the same.

use crate::support::phone::new_key;
use crate::support::place::{Kind, Place};
use crate::support::school::{Class, School, entry};
use cddl_cat::validate_cbor_bytes;
use dubbelspoor_domain::dossier::{Body, Role};
use dubbelspoor_domain::event::{Event, Short};
use dubbelspoor_domain::id::{
    Chain, DossierId, Epoch, EventHash, FileHash, KeyId, PersonId, PublicKey, ReplicaId, Signature,
    SurveyId, TicketHash,
};
use dubbelspoor_domain::reminder::Reminders;
use dubbelspoor_domain::wire::{
    AnswerTime, Assumed, Begin, Challenge, Code, Curricula, CurriculumFile, CurriculumRead, Device,
    Devices, Enrolled, EnrolledList, FaultIn, FilePiece, FileState, GroupFigures, Guide, Guides,
    HandOver, Head, HeadsReply, Held, InviteFor, Invited, Join, Joined, Known, KnownList, Message,
    PullReply, Push, PushReply, QuarantineList, Quarantined, Reconcile, ReconcileReply, Revoke,
    Ruled, Secret, Signed, SurveyAnswer, SurveyResults, TicketFor, Verdict, WireRow, Wrong,
    YearFigures,
};
use dubbelspoor_domain::{Bytes, Day};
use dubbelspoor_server::http;
use minicbor::Decoder;

const API: &str = include_str!("../../api.cddl");

/// `GET /v1/heads` and the like, as the description lists them.
fn described() -> Vec<String> {
    let lines = API.lines().filter_map(|it| it.strip_prefix("; "));
    let words = lines.map(|it| it.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
    words.filter(|it| it.contains(" /v1/")).collect()
}

#[tokio::test]
async fn every_address_is_described_and_every_description_is_an_address() {
    let school = School::open(Place::new(Kind::Sqlite).await.unwrap()).await;
    let mut real = http::routes(&school.server).names;
    let mut described = described();
    real.sort();
    described.sort();
    assert_eq!(real, described);
    for name in &real {
        let (method, path) = name.split_once(' ').unwrap();
        let builder = crate::support::http::request(method, path)
            .header("x-dl", "1")
            .header("content-type", "application/cbor");
        let request = builder.body(http_body_util::Full::default()).unwrap();
        let answer = crate::support::http::send(school.address, request).await.unwrap();
        assert_ne!(answer.status, hyper::StatusCode::NOT_FOUND, "{name}");
        assert_ne!(answer.status, hyper::StatusCode::METHOD_NOT_ALLOWED, "{name}");
    }
}

fn check(rule: &str, bytes: &[u8]) {
    validate_cbor_bytes(rule, API, bytes).unwrap_or_else(|it| panic!("{rule}: {it}"));
    // A description that takes anything describes nothing.
    for (at, other) in [(0, 0x80), (0, 0xa0), (0, 0xf6)] {
        let mut altered = bytes.to_vec();
        altered[at] = other;
        altered.truncate(1);
        assert!(validate_cbor_bytes(rule, API, &altered).is_err(), "{rule} takes {other:x}");
    }
}

const DOSSIER: DossierId = DossierId([1; 16]);
const HASH: EventHash = EventHash([2; 32]);
const KEY: KeyId = KeyId([3; 8]);
const EPOCH: Epoch = Epoch([4; 16]);

#[test]
fn messages_about_people_are_as_described() {
    let person = PersonId([5; 16]);
    let public = PublicKey([6; 65]);
    for secret in [Secret::Token(Short([7; 16])), Secret::Code("10ZA-PJ10".into())] {
        check("join", &Join { secret, public, device: "gsm".into() }.to_bytes());
    }
    check("challenge", &Challenge { challenge: Bytes(vec![1; 56]) }.to_bytes());
    let joined = Joined {
        person,
        name: "Noor".into(),
        centre: "CVO".into(),
        school: public,
        dossiers: vec![DOSSIER],
        time: 9,
    };
    check("joined", &joined.to_bytes());
    let device = |moment| Device {
        key: KEY,
        name: "gsm".into(),
        since: 1,
        last_seen: moment,
        revoked: moment,
    };
    check("devices", &Devices { devices: vec![device(None), device(Some(2))] }.to_bytes());
    check("revoke", &Revoke { key: KEY }.to_bytes());
    check("invite-for", &InviteFor { dossier: DOSSIER, person }.to_bytes());
    let (link, code, modules) = ("https://…".into(), "10ZA-PJ10".into(), Bytes(vec![1; 105]));
    check("invited", &Invited { link, code, expires: 1, side: 29, modules }.to_bytes());
    let (centre, dossier, name) = (DOSSIER, DOSSIER, "Noor".into());
    let begin = Begin { centre, dossier, learner: person, name, coach: None };
    check("begin", &begin.to_bytes());
    check("begin", &Begin { coach: Some(person), ..begin }.to_bytes());
    let enrolled = |invited| Enrolled {
        person,
        devices: vec![device(None)],
        invited,
        roles: vec![Role::Mentor],
    };
    check(
        "enrolled-list",
        &EnrolledList { people: vec![enrolled(None), enrolled(Some(1))] }.to_bytes(),
    );
    let guide = Guide { person, name: "An".into(), tracks: 3 };
    check("guides", &Guides { all: vec![guide] }.to_bytes());
    let known = Known { person, name: "Jef".into(), roles: vec![Role::Mentor] };
    check("known-list", &KnownList { all: vec![known] }.to_bytes());
    check("hand-over", &HandOver { centre, from: person, to: person }.to_bytes());
    let signed = Signed { payload: Bytes(vec![1]), key: KEY, signature: Signature([8; 64]) };
    check("signed", &signed.to_bytes());
}

#[test]
fn messages_about_surveys_are_as_described() {
    let (centre, survey) = (DOSSIER, SurveyId([9; 16]));
    let ticket = TicketHash([10; 32]);
    check("ticket-for", &TicketFor { dossier: centre, survey, ticket }.to_bytes());
    let (ticket, answers) = (Short([11; 16]), vec!["de sfeer".into(), String::new()]);
    check("survey-answer", &SurveyAnswer { centre, survey, ticket, answers }.to_bytes());
    let answers = vec![vec!["de sfeer".into()], vec![]];
    check("survey-results", &SurveyResults { count: 5, shown: 5, answers }.to_bytes());
}

#[test]
fn the_message_about_a_school_year_is_as_described() {
    let answers = |median| AnswerTime { median, answered: 2, waiting: 1 };
    let group = || GroupFigures {
        name: "Logistiek".into(),
        tracks: 3,
        began: 2,
        planned: 0,
        running: 2,
        ended: vec![0, 1],
        completed: 0,
        results: vec![0, 0, 0],
        over: 1,
        later: vec![],
        reached: 4,
        goals: 9,
        visits: 5,
        contacts: 1,
        at_workplace: 600,
        at_school: 300,
        by_workplace: answers(Some(90)),
        by_school: answers(None),
    };
    let (from, since) = (Day::of_millis(1 << 40), Day::of_millis(0));
    let (courses, workplaces) = (vec![group(), group()], vec![]);
    let year = YearFigures { from, since, at: 9, all: group(), courses, workplaces };
    check("year-figures", &year.to_bytes());
}

#[test]
fn messages_about_a_curriculum_are_as_described() {
    check("curriculum-file", &CurriculumFile { file: Bytes(b"{}".to_vec()) }.to_bytes());
    let Body::Goal(goal) = crate::support::school::goal() else { panic!("a goal") };
    let (line, at) = (Some(3), String::new());
    let faults = vec![FaultIn { line, at, wrong: Wrong::NoLevel, about: "best".into() }];
    let title = Some(goal.title.clone());
    let (goals, assumed) = (vec![goal], vec![Assumed::AllYear]);
    let read = CurriculumRead { title, goals, assumed, faults, all_faults: 1 };
    check("curriculum-read", &read.to_bytes());
    check("curricula", &Curricula { all: vec![read] }.to_bytes());
}

#[test]
fn the_message_about_reminders_is_as_described() {
    let (email, language) = ("jef@magazijn.example".into(), "nl".into());
    check("reminders", &Reminders { email, days: vec![0, 3], hour: 16, language }.to_bytes());
}

#[test]
fn messages_about_files_are_as_described() {
    let piece =
        FilePiece { dossier: DOSSIER, file: FileHash([1; 32]), at: 3, bytes: Bytes(vec![1]) };
    check("file-piece", &piece.to_bytes());
    check("file-state", &FileState { held: 4, whole: true }.to_bytes());
}

#[test]
fn messages_about_events_are_as_described() {
    check("push", &Push { dossier: DOSSIER, sent_at: 1, events: vec![Bytes(vec![1])] }.to_bytes());
    let ruled = |hash, position, code| Ruled { hash, verdict: Verdict::Flagged, position, code };
    let reply = PushReply {
        request: HASH,
        dossier: DOSSIER,
        epoch: EPOCH,
        position: 3,
        chain: Chain([9; 32]),
        time: 1,
        ruled: vec![ruled(Some(HASH), Some(3), Some(Code::Clock)), ruled(None, None, None)],
    };
    check("push-reply", &reply.to_bytes());
    let row = |event| WireRow {
        position: 1,
        hash: HASH,
        verdict: Verdict::Accepted,
        received_at: 1,
        event,
    };
    let page = PullReply {
        dossier: DOSSIER,
        epoch: EPOCH,
        head: 2,
        chain: Chain([9; 32]),
        time: 1,
        view: u64::MAX,
        rows: vec![row(None), row(Some(Bytes(vec![1])))],
    };
    check("pull-reply", &page.to_bytes());
    let head = Head { dossier: DOSSIER, epoch: EPOCH, position: 2 };
    let heads = HeadsReply { person: PersonId([5; 16]), heads: vec![head], time: 1 };
    check("heads-reply", &heads.to_bytes());
    let held = Held { replica: ReplicaId([6; 16]), seq: 4, hash: HASH };
    check("reconcile", &Reconcile { dossier: DOSSIER, held: vec![held] }.to_bytes());
    let wanted = vec![(ReplicaId([6; 16]), 2)];
    let reply = ReconcileReply { dossier: DOSSIER, epoch: EPOCH, wanted };
    check("reconcile-reply", &reply.to_bytes());
    let aside = Quarantined { hash: HASH, event: Bytes(vec![1]), code: Code::Fork, received_at: 1 };
    let list = QuarantineList { dossier: DOSSIER, quarantined: vec![aside] };
    check("quarantine-list", &list.to_bytes());
}

/// The event, and what is wrapped inside it.
fn check_event(raw: &[u8]) {
    check("event", raw);
    let event = Event::parse(raw).unwrap();
    let mut sealed = Decoder::new(event.sealed());
    assert_eq!(sealed.tag().unwrap().as_u64(), 18);
    let cose = &event.sealed()[sealed.position()..];
    check("cose-sign1", cose);
    let mut parts = Decoder::new(cose);
    parts.array().unwrap();
    check("protected", parts.bytes().unwrap());
    parts.skip().unwrap();
    check("header", parts.bytes().unwrap());
}

#[tokio::test]
async fn real_events_are_as_described() {
    let mut class = Class::gather(Place::new(Kind::Sqlite).await.unwrap()).await;
    let Body::Entry(written) = entry("echt") else { panic!("an entry") };
    let event = class.learner.record(class.dossier, &[Body::Entry(written)]).remove(0);
    check_event(&event.raw());
    let page = class.mentor.page(class.dossier).await;
    let rows = class.school.store().rows(class.dossier, 0, 100).await.unwrap();
    assert!(page.is_ok() && rows.len() > 5);
    for row in rows {
        let event = Event::join(&row.sealed, row.body.as_deref()).unwrap();
        check_event(&event.raw());
    }
    let forged = class.learner.forge(class.dossier, &entry("x"), |it| {
        it.key = new_key().public().id();
        it.challenge = Some(Short([1; 16]));
    });
    check_event(&forged.raw());
}
