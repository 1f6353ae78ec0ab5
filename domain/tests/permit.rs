//! Who may write what: a table of every role and every record kind, and a batch of everything that can be wrong with an
//! event, each with its verdict. The numbers are those of the requirements.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/samples.rs"]
mod samples;
mod support;

use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Asked, Body, Centre, ConfirmationRequest,
    ConfirmationWithdrawn, Course, Entry, Feedback, Finding, HoursConfirmation, HoursTable,
    InfoSheet, KeyRevoked, Level, LevelNames, LinkEnded, Moment, OfCentre, Policy, ProviderWords,
    Refusal, Release, Role, Seen, Stage, ThresholdsSet, Timing,
};
use dubbelspoor_domain::event::{Event, MAX_BODY, MAX_EVENT, Short};
use dubbelspoor_domain::id::{
    AbsenceId, DossierId, EntryId, EventHash, LinkId, PersonId, SheetId, Signature,
};
use dubbelspoor_domain::wire::{Code, Verdict};
use samples::In;
use support::{
    ADMINISTRATOR, COACH, DAY, Desk, LEARNER, MENTOR, NOW, PARTS, READER, STRANGER, Said, TEACHER,
    certificate, confirmation, day, device, entry, goal, link, person, seal, track, words,
};

const ENTRY: EntryId = EntryId([9; 16]);
const GOOD: Finding = Finding::Reached(Level::Supervised);

fn said(text: &str) -> Body {
    Body::Feedback(Feedback { entry: None, text: text.into() })
}

fn request(version: EventHash) -> Body {
    let goals = vec![Asked { goal: "G1".into(), proposed: None }];
    Body::ConfirmationRequest(ConfirmationRequest { entry: ENTRY, version, goals, to: None })
}

fn confirms(version: EventHash) -> Body {
    Body::Confirmation(confirmation(ENTRY, version, GOOD))
}

fn takes_back(confirmation: EventHash) -> Body {
    Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason: "mistake".into() })
}

/// A desk with an entry of the learner and a confirmation by the mentor.
fn desk() -> (Desk, EventHash, EventHash) {
    let mut desk = Desk::new(false);
    let mut put = |who, replica, body: &Body| {
        let event = desk.seal(&device(who, false), Said::by(who, replica), body);
        assert_eq!(desk.receive(&event.raw()).verdict, Verdict::Accepted);
        event.hash()
    };
    let version = put(LEARNER, 20, &Body::Entry(entry(ENTRY, "moved pallets")));
    let confirmed = put(MENTOR, 21, &confirms(version));
    (desk, version, confirmed)
}

#[test]
fn each_role_writes_what_is_theirs() {
    use Refusal::{NotLinked, NotYourRole, NotYours, OnlySchool, OwnWork};
    let (desk, version, confirmed) = desk();
    let columns =
        [LEARNER, MENTOR, COACH, TEACHER, ADMINISTRATOR, READER, STRANGER, PersonId::SCHOOL];
    let ok = Ok(Timing::InTime);
    let no = Err(NotYourRole);
    let away = Err(NotLinked);
    let steers = [no, no, ok, no, ok, no, away, ok];
    let learns = [ok, no, no, no, no, no, away, no];
    let only_school = [
        Err(OnlySchool),
        Err(OnlySchool),
        Err(OnlySchool),
        Err(OnlySchool),
        Err(OnlySchool),
        Err(OnlySchool),
        away,
        ok,
    ];
    let only_mentor = [Err(OwnWork), ok, no, no, no, no, away, no];
    let only_giver = [
        Err(NotYours),
        ok,
        Err(NotYours),
        Err(NotYours),
        Err(NotYours),
        Err(NotYours),
        away,
        Err(NotYours),
    ];
    let talks = [ok, ok, ok, ok, ok, no, away, ok];
    let passes = [ok, ok, ok, ok, ok, ok, away, ok];
    let release = Release { event: confirmed, counts: true, reason: None };
    let ends = LinkEnded { link: LinkId([2; 16]), to: day(30) };
    let key = certificate(device(MENTOR, false).public(), MENTOR);
    let revoked = KeyRevoked { key: key.public.id() };
    let unheard = EventHash([0x33; 32]);
    let (absence, reason) = (AbsenceId([1; 16]), AbsenceReason::Illness);
    let absence =
        Body::Absence(Absence { absence, from: day(2), to: day(3), reason, withdrawn: false });
    let ruled = Body::AbsenceRuled(AbsenceRuled { report: unheard, accepted: true });
    let seen = Seen { entry: ENTRY, version };
    let hours = Body::HoursConfirmation(HoursConfirmation { entries: vec![seen] });
    let it = In { learner: LEARNER, mentor: MENTOR, goal: "G1".into(), day: day(2) };
    let agrees = [ok, ok, ok, no, ok, no, away, no];
    let misplaced = {
        let no = Err(Refusal::Mismatch);
        [no, no, no, no, no, no, away, no]
    };
    let course = Course { course: "TL".into(), title: words("L"), share: 50, withdrawn: false };
    let text = || "why?".to_owned();
    let (sheet, title) = (SheetId([1; 16]), text());
    let sheet = InfoSheet { sheet, title, text: text(), language: None, withdrawn: false };
    let table = [
        ("G9 names of people", person(LEARNER, "Amir"), steers),
        ("A1 who takes part", link(40, READER, Role::Reader), steers),
        ("A16 who leaves", Body::LinkEnded(ends), steers),
        ("G9 keys are vouched for", Body::KeyCertified(key), only_school),
        ("G9 keys are revoked", Body::KeyRevoked(revoked), only_school),
        ("B1 the course", track(), steers),
        ("B1 the plan", goal("G1"), steers),
        ("C1 the diary", Body::Entry(entry(EntryId([10; 16]), "swept")), learns),
        ("D1 asking", request(version), learns),
        ("D2 confirming", confirms(version), only_mentor),
        ("D2 taking back", takes_back(confirmed), only_giver),
        ("C6 feedback", said("well done"), talks),
        ("D2 a coach decides", Body::Release(release), steers),
        ("C11 well-being", it.sample(16), learns),
        ("C4 learning questions", it.sample(17), learns),
        ("D7 reporting a problem", it.sample(18), [ok, ok, no, ok, no, no, away, no]),
        ("E4 intentions", it.sample(19), learns),
        ("C4 answering", it.sample(20), [no, ok, ok, ok, ok, no, away, no]),
        ("C4 closing", it.sample(21), [ok, ok, ok, ok, ok, no, away, no]),
        ("A7 agreements", it.sample(22), steers),
        ("F4 holidays", it.sample(23), steers),
        ("F4 absence", absence, [ok, no, ok, no, ok, no, away, no]),
        ("F4 accepting it", ruled, steers),
        ("D9 confirming hours", hours, only_mentor),
        ("A4 workplaces", it.sample(30), steers),
        ("A2 contact points", it.sample(31), steers),
        ("A5 a mentor's conditions", it.sample(32), steers),
        ("A8 training days granted", it.sample(33), steers),
        ("A11 screening", it.sample(34), steers),
        ("A10 status", it.sample(35), steers),
        ("B3 proposing", it.sample(40), [ok, ok, no, ok, no, no, away, no]),
        ("B3 answering", it.sample(41), steers),
        ("B4 agreeing to the plan", it.sample(42), agrees),
        ("B9 prior learning", it.sample(43), steers),
        ("B12 attestations", it.sample(44), steers),
        ("D6 points of the reception", it.sample(50), [no, ok, ok, no, ok, no, away, ok]),
        ("D6 ticking them", it.sample(51), [ok, ok, no, no, no, no, away, no]),
        ("D4 observing", it.sample(52), [Err(OwnWork), ok, ok, ok, ok, no, away, no]),
        ("D10 describing tasks", it.sample(53), [no, ok, ok, no, ok, no, away, ok]),
        ("E3 talks", it.sample(60), steers),
        ("E3 agreeing to a talk", it.sample(61), agrees),
        ("E5 evaluating", it.sample(62), [no, no, ok, ok, ok, no, away, no]),
        ("E7 attitudes", it.sample(63), [Err(OwnWork), ok, ok, ok, ok, no, away, no]),
        ("E10 deciding", it.sample(64), steers),
        ("G2 visits", it.sample(70), steers),
        ("G3 notes", it.sample(71), steers),
        ("A9 mediation", it.sample(72), steers),
        ("A9 an early end", it.sample(73), steers),
        ("A9 a re-start", it.sample(74), steers),
        ("G1 putting a signal off", it.sample(75), steers),
        ("A9 a pause", it.sample(76), steers),
        ("F4 proof of an absence", it.sample(77), [ok, no, ok, no, ok, no, away, no]),
        ("G7 a later job", it.sample(78), steers),
        ("B4 a goal less in the plan", it.sample(79), steers),
        ("A14 the centre", Body::Centre(Centre { name: text() }), only_school),
        (
            "G9 thresholds only in a centre",
            Body::ThresholdsSet(ThresholdsSet { values: vec![] }),
            misplaced,
        ),
        ("F2 the hours table only there", Body::HoursTable(HoursTable { rows: vec![] }), misplaced),
        ("F3 courses only there", Body::Course(course), misplaced),
        ("D3 level names only there", Body::LevelNames(LevelNames { names: vec![] }), misplaced),
        ("G8 sheets only there", Body::InfoSheet(sheet), misplaced),
        ("E8 the policy only there", Body::Policy(Policy::default()), misplaced),
        ("C9 collecting for a lesson", it.sample(87), [Err(OwnWork), no, ok, ok, ok, no, away, no]),
        ("A13 words only there", Body::ProviderWords(ProviderWords { words: vec![] }), misplaced),
        ("A14 whose it is", Body::OfCentre(OfCentre { centre: DossierId([3; 16]) }), only_school),
        ("G6 a coach's surveys", it.sample(90), steers),
        ("A4 sites only there", it.sample(91), misplaced),
        ("A11 questions only there", it.sample(92), misplaced),
        ("a kind of a newer app", Body::Unknown { kind: 900 }, passes),
    ];
    let listed: Vec<u16> = table.iter().map(|(_, body, _)| body.kind()).collect();
    let missing: Vec<u16> = Body::KINDS.iter().copied().filter(|it| !listed.contains(it)).collect();
    assert_eq!(missing, [0; 0], "kinds without a row");
    for (rule, body, expected) in table {
        for (who, expected) in columns.into_iter().zip(expected) {
            let found = desk.ledger.dossier().permit(who, Moment::HERE, &body);
            assert_eq!(found, expected, "{rule}: {who:?}");
        }
    }
}

#[test]
fn what_is_written_fits_its_field() {
    use Refusal::{AlreadyConfirmed, Mismatch, NotYours, OutOfRange, UnknownGoal};
    let (mut desk, version, _) = desk();
    desk.write(&link(41, STRANGER, Role::Learner));
    let it = entry(ENTRY, "moved pallets");
    let long = "x".repeat(4_001);
    let other = Entry { entry: EntryId([11; 16]), ..it.clone() };
    let elsewhere = confirmation(EntryId([12; 16]), version, GOOD);
    let nothing = dubbelspoor_domain::dossier::Confirmation {
        outcomes: vec![],
        ..confirmation(ENTRY, version, GOOD)
    };
    let unknown = {
        let mut it = confirmation(ENTRY, version, GOOD);
        it.outcomes[0].goal = "G9".into();
        it
    };
    let table = [
        ("C2 too short", LEARNER, Body::Entry(Entry { minutes: 4, ..it.clone() }), OutOfRange),
        (
            "C2 too long a day",
            LEARNER,
            Body::Entry(Entry { minutes: 721, ..it.clone() }),
            OutOfRange,
        ),
        ("C2 too much text", LEARNER, Body::Entry(Entry { text: long, ..it.clone() }), OutOfRange),
        (
            "C8 withdrawn after a confirmation",
            LEARNER,
            Body::Entry(Entry { stage: Stage::Withdrawn, parents: vec![version], ..it.clone() }),
            AlreadyConfirmed,
        ),
        ("C1 another's entry", STRANGER, Body::Entry(it), NotYours),
        ("D2 of another entry", MENTOR, Body::Confirmation(elsewhere), Mismatch),
        ("D2 of no goal", MENTOR, Body::Confirmation(nothing), OutOfRange),
        ("B1 a goal that nobody planned", MENTOR, Body::Confirmation(unknown), UnknownGoal),
        ("C6 an empty word", MENTOR, said("  "), OutOfRange),
    ];
    let dossier = desk.ledger.dossier();
    for (rule, who, body, expected) in table {
        assert_eq!(dossier.permit(who, Moment::HERE, &body), Err(expected), "{rule}");
    }
    let allowed = Body::Entry(other);
    assert_eq!(dossier.permit(LEARNER, Moment::HERE, &allowed), Ok(Timing::InTime));
}

/// The same signature with `s` replaced by `n - s`: as valid as the first.
fn flipped(raw: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let (_, Signature(good)) = Event::parse(raw).unwrap().claim().unwrap();
    let mut other = good;
    let mut borrow = 0;
    for at in (0..32).rev() {
        let difference = i16::from(ORDER[at]) - i16::from(good[32 + at]) - borrow;
        borrow = i16::from(difference < 0);
        other[32 + at] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    let at = raw.windows(64).position(|it| it == good).unwrap();
    let mut raw = raw.to_vec();
    raw[at..at + 64].copy_from_slice(&other);
    raw
}

fn changed(raw: &[u8], at: usize) -> Vec<u8> {
    let mut raw = raw.to_vec();
    raw[at] ^= 1;
    raw
}

#[test]
fn each_event_of_a_bad_batch_gets_its_verdict_and_the_rest_is_accepted() {
    use Verdict::{Accepted, Duplicate, Flagged, Malformed, Quarantined};
    let mut desk = Desk::new(true);
    let (learner, mentor) = (device(LEARNER, true), device(MENTOR, true));
    let (stranger, unknown) = (device(STRANGER, true), support::Signer::new(77, true));
    let first = desk.seal(&learner, Said::by(LEARNER, 20), &Body::Entry(entry(ENTRY, "one")));
    let version = first.hash();
    let follow =
        |seq, prev: &Event| Said { seq, prev: Short::from(prev.hash()), ..Said::by(LEARNER, 20) };
    let second = desk.seal(&learner, follow(2, &first), &request(version));
    let fork = desk.seal(&learner, follow(2, &first), &said("another second"));
    let loose = desk.seal(&learner, follow(3, &first), &said("names the wrong one before"));
    let third = desk.seal(&learner, follow(3, &second), &said("third"));
    let mut by = |signer, said, body: &Body| desk.seal(signer, said, body);
    let far = Said { at: NOW + 2 * 365 * DAY, ..Said::by(MENTOR, 30) };
    let ahead = by(&mentor, far, &said("from the year 2028"));
    let forged = by(&stranger, Said::by(MENTOR, 31), &confirms(version));
    let own = by(&learner, Said::by(LEARNER, 32), &confirms(version));
    let foreign = by(&stranger, Said::by(STRANGER, 33), &confirms(version));
    let nobody = by(&unknown, Said::by(MENTOR, 34), &confirms(version));
    let elsewhere = Said { dossier: DossierId([8; 16]), ..Said::by(MENTOR, 35) };
    let replayed = by(&mentor, elsewhere, &confirms(version));
    let good = by(&mentor, Said::by(MENTOR, 36), &confirms(version));
    let mut swapped = good.raw();
    let body = Body::Confirmation(confirmation(ENTRY, version, Finding::NotPossibleHere)).encode();
    swapped.truncate(swapped.len() - good.body().unwrap().len());
    swapped.extend_from_slice(&body);
    let huge = vec![0x18; MAX_EVENT + 1];
    let raw = good.raw();
    let batch = [
        ("an entry", first.raw(), Accepted, None),
        ("the same again", first.raw(), Duplicate, None),
        ("with its signature flipped", flipped(&first.raw()), Duplicate, None),
        ("another's name", forged.raw(), Quarantined, Some(Code::NotAuthorsKey)),
        ("own work", own.raw(), Quarantined, Some(Code::OwnWork)),
        ("not linked", foreign.raw(), Quarantined, Some(Code::NotLinked)),
        ("an unknown device", nobody.raw(), Quarantined, Some(Code::UnknownKey)),
        ("of another dossier", replayed.raw(), Malformed, Some(Code::WrongDossier)),
        ("a request", second.raw(), Accepted, None),
        ("a fork", fork.raw(), Quarantined, Some(Code::Fork)),
        ("the fork again", fork.raw(), Quarantined, Some(Code::Fork)),
        ("after a fork", loose.raw(), Quarantined, Some(Code::Fork)),
        ("two years ahead", ahead.raw(), Flagged, Some(Code::Clock)),
        ("another body", swapped, Malformed, None),
        ("a changed byte in the body", changed(&raw, raw.len() - 1), Malformed, None),
        ("a changed byte in the header", changed(&raw, 60), Malformed, None),
        ("cut off", raw[..raw.len() - 1].to_vec(), Malformed, Some(Code::Shape)),
        ("nothing", vec![], Malformed, Some(Code::Shape)),
        ("huge", huge, Malformed, Some(Code::TooLarge)),
        ("a confirmation", good.raw(), Accepted, None),
        ("third", third.raw(), Accepted, None),
    ];
    let mut accepted = desk.rows.len();
    for (what, raw, verdict, code) in batch {
        let ruled = desk.receive(&raw);
        assert_eq!(ruled.verdict, verdict, "{what}: {ruled:?}");
        assert!(code.is_none_or(|it| ruled.code == Some(it)), "{what}: {ruled:?}");
        accepted += usize::from(matches!(verdict, Accepted | Flagged));
        assert_eq!(desk.rows.len(), accepted, "{what}");
    }
    assert!(desk.ledger.dossier().is_confirmed(ENTRY));
}

#[test]
fn a_signature_by_another_key_is_no_signature() {
    let mut desk = Desk::new(true);
    let claims = Said::by(MENTOR, 50);
    let good = desk.seal(&device(MENTOR, true), claims, &said("mine"));
    let (_, Signature(signature)) = good.claim().unwrap();
    let raw = good.raw();
    let at = raw.windows(64).position(|it| it == signature).unwrap();
    let ruled = desk.receive(&changed(&raw, at + 40));
    assert_eq!((ruled.verdict, ruled.code), (Verdict::Malformed, Some(Code::Signature)));
    assert_eq!(desk.receive(&raw).verdict, Verdict::Accepted);
}

#[test]
fn a_body_of_the_largest_size_passes_and_a_larger_one_does_not() {
    let mut desk = Desk::new(false);
    let mut of_size = |size: usize, replica| {
        let mut body = vec![0x59, 0, 0];
        let inside = u16::try_from(size - 3).unwrap();
        body[1..3].copy_from_slice(&inside.to_be_bytes());
        body.resize(size, 7);
        let event =
            seal(desk.dice.id(), &device(LEARNER, false), Said::by(LEARNER, replica), 900, body);
        desk.receive(&event.raw()).verdict
    };
    assert_eq!(of_size(MAX_BODY, 60), Verdict::Accepted);
    assert_eq!(of_size(MAX_BODY + 1, 61), Verdict::Malformed);
}

/// A16 and sync.md 2.6: what somebody wrote who has left, by what their phone had seen and when it arrived.
#[test]
fn who_has_left_waits_or_is_put_aside() {
    let (mut desk, version, _) = desk();
    let before = desk.checkpoint();
    let mentor = device(MENTOR, false);
    let by = |replica, seen, at| Said { seen, at, ..Said::by(MENTOR, replica) };
    let end = Body::LinkEnded(LinkEnded { link: LinkId([2; 16]), to: day(23) });
    desk.write(&end);
    let after = desk.checkpoint();
    let mut send = |said: Said, body: &Body| {
        let event = desk.seal(&mentor, said, body);
        let ruled = desk.receive(&event.raw());
        (ruled.verdict, ruled.code)
    };
    let waits = (Verdict::Waiting, Some(Code::LinkEnded));
    let flagged = (Verdict::Flagged, Some(Code::LinkEnded));
    let aside = (Verdict::Quarantined, Some(Code::NotLinked));
    assert_eq!(send(by(50, before, NOW), &confirms(version)), waits, "seen before, arrives after");
    assert_eq!(send(by(51, before, NOW), &said("bye")), flagged, "words are no evidence");
    let entries = vec![Seen { entry: ENTRY, version }];
    let hours = Body::HoursConfirmation(HoursConfirmation { entries });
    let late = (Verdict::Quarantined, Some(Code::LinkEnded));
    assert_eq!(send(by(56, before, NOW), &hours), late, "D9 hours are put aside for a coach");
    assert_eq!(send(by(52, after, NOW), &confirms(version)), aside, "knew of the end");
    assert_eq!(
        send(by(53, (0, Short::default()), NOW), &said("x")),
        aside,
        "no checkpoint: as of now"
    );
    let forged = (before.0, Short([9; 16]));
    assert_eq!(send(by(54, forged, NOW), &confirms(version)), aside, "a made-up checkpoint");
    desk.now = NOW + 5 * DAY;
    let event = desk.seal(&mentor, by(55, before, NOW + 4 * DAY), &confirms(version));
    assert_eq!(desk.receive(&event.raw()).verdict, Verdict::Quarantined, "after the last day");
}

#[test]
fn a_revoked_key_speaks_no_more_and_what_it_said_before_stays() {
    let (mut desk, version, confirmed) = desk();
    let before = desk.checkpoint();
    let mentor = device(MENTOR, false);
    desk.write(&Body::KeyRevoked(KeyRevoked { key: mentor.public().id() }));
    let after = desk.checkpoint();
    let mut send = |replica, seen, body: &Body| {
        let event = desk.seal(&mentor, Said { seen, ..Said::by(MENTOR, replica) }, body);
        let ruled = desk.receive(&event.raw());
        (ruled.verdict, ruled.code)
    };
    let late = Some(Code::RevokedKey);
    assert_eq!(send(50, before, &confirms(version)), (Verdict::Waiting, late));
    assert_eq!(send(51, before, &said("on my way")), (Verdict::Flagged, late));
    assert_eq!(send(52, after, &said("still here")), (Verdict::Quarantined, late));
    let dossier = desk.ledger.dossier();
    assert!(dossier.confirmations.get(confirmed).is_some());
    assert!(dossier.is_confirmed(ENTRY));
}

#[test]
fn everybody_in_the_table_has_a_part() {
    let desk = Desk::new(false);
    for (who, role, _) in PARTS {
        let (roles, _) = desk.ledger.dossier().links.roles(who, Moment::HERE).unwrap();
        assert!(roles.has(role));
    }
}
