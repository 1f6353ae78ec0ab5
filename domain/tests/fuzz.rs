//! Bytes from anywhere: genuine ones, bent, cut, spliced and nested without end. No decoder falls over, and no ledger takes in what
//! nobody signed. `DUBBELSPOOR_FUZZ=10000000` goes on for longer; a failure prints the round, which is its seed.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{Body, Dossier, Feedback, Moment};
use dubbelspoor_domain::event::{Event, MAX_BODY};
use dubbelspoor_domain::id::EventHash;
use dubbelspoor_domain::sync::Row;
use dubbelspoor_domain::wire::{
    Challenge, Devices, HeadsReply, Join, Joined, Message, Pull, PullReply, Push, PushReply,
    QuarantineList, Reconcile, ReconcileReply, Revoke, Signed, Verdict, WireRow,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use support::{DOSSIER, Desk, Dice, LEARNER, MENTOR, Said, device, entry, seal};

const ROUNDS: u64 = 40_000;

/// Every decoder there is. What comes out is used, so that a value that cannot be handled is found as well.
fn decode_all(bytes: &[u8]) {
    for kind in (0..20).chain([900]) {
        let body = Body::decode(kind, bytes);
        let _ = (
            body.encode(),
            body.flags(),
            Dossier::new(DOSSIER).permit(LEARNER, Moment::HERE, &body),
        );
    }
    if let Ok(event) = Event::parse(bytes) {
        assert_eq!(event.raw(), bytes, "what is read is passed on as it came");
        let _ = (event.claim(), event.header());
    }
    if let Some(row) = WireRow::from_bytes(bytes) {
        let row = Row::from_wire(&row);
        row.placed().iter().for_each(|it| Dossier::new(DOSSIER).fold(it));
    }
    let _ = (Signed::from_bytes(bytes), Push::from_bytes(bytes), PushReply::from_bytes(bytes));
    let _ = (Pull::from_bytes(bytes), PullReply::from_bytes(bytes), HeadsReply::from_bytes(bytes));
    let _ = (Reconcile::from_bytes(bytes), ReconcileReply::from_bytes(bytes));
    let _ = (Join::from_bytes(bytes), Joined::from_bytes(bytes), Challenge::from_bytes(bytes));
    let _ =
        (Devices::from_bytes(bytes), Revoke::from_bytes(bytes), QuarantineList::from_bytes(bytes));
}

/// The golden bytes, and the bodies inside them.
fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1");
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    names.retain(|it| it.extension().is_some_and(|it| it == "hex"));
    names.sort();
    let read = |path: &std::path::PathBuf| {
        let digits: Vec<u8> =
            fs::read(path).unwrap().into_iter().filter(u8::is_ascii_hexdigit).collect();
        let byte =
            |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.chunks(2).map(byte).collect::<Vec<u8>>()
    };
    let whole: Vec<Vec<u8>> = names.iter().map(read).collect();
    let bodies = whole.iter().filter_map(|it| Some(Event::parse(it).ok()?.body()?.to_vec()));
    whole.iter().cloned().chain(bodies).collect()
}

fn bend(dice: &mut Dice, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = dice.below(bytes.len() + 1);
    let end = (at + dice.below(9)).min(bytes.len());
    match dice.below(7) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        1 if at < bytes.len() => {
            bytes[at] = [0, 0x1b, 0x5b, 0x7b, 0x9b, 0xbb, 0xf6, 0xff][dice.below(8)]
        }
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => drop(bytes.splice(at..end, dice.bytes().into_iter().take(8))),
        5 => {
            let from = dice.below(other.len());
            let until = (from + dice.below(40)).min(other.len());
            bytes.splice(at..end, other[from..until].iter().copied());
        }
        _ => bytes.extend_from_slice(&other[dice.below(other.len())..]),
    }
}

#[test]
fn no_bytes_make_a_decoder_fall_over() {
    let rounds = std::env::var("DUBBELSPOOR_FUZZ").ok().and_then(|it| it.parse().ok());
    let corpus = corpus();
    assert!(corpus.len() > 40, "the golden files are the corpus");
    for round in 0..rounds.unwrap_or(ROUNDS) {
        let mut dice = Dice(round);
        let mut bytes = dice.pick(&corpus).unwrap().clone();
        for _ in 0..=dice.below(4) {
            let other = dice.pick(&corpus).unwrap().clone();
            bend(&mut dice, &mut bytes, &other);
        }
        let seen = bytes.clone();
        let outcome = std::panic::catch_unwind(move || decode_all(&bytes));
        assert!(outcome.is_ok(), "round {round}: {seen:02x?}");
    }
}

#[test]
fn whatever_is_cut_off_is_nothing() {
    for whole in corpus() {
        for end in 0..whole.len() {
            let part = &whole[..end];
            decode_all(part);
            assert!(Event::parse(part).is_err());
        }
    }
}

/// Nesting, and lengths that promise more than there is.
#[test]
fn bombs_do_not_go_off() {
    let deep = [
        vec![0x81; MAX_BODY - 1],
        vec![0x9f; MAX_BODY - 1],
        vec![0xa1; MAX_BODY - 1],
        vec![0xc1; MAX_BODY - 1],
        [0xa1, 0x00].repeat(MAX_BODY / 2 - 1),
        [0x5f].repeat(MAX_BODY - 1),
    ];
    let mut desk = Desk::new(false);
    for mut body in deep {
        body.push(0);
        decode_all(&body);
        for kind in [10, 12, 900] {
            let replica = u8::try_from(desk.rows.len() + 60).unwrap();
            let said = Said::by(LEARNER, replica);
            let event = seal(desk.dice.id(), &device(LEARNER, false), said, kind, body.clone());
            desk.receive(&event.raw());
        }
    }
    for head in [0x5b, 0x7b, 0x9b, 0xbb, 0xdb] {
        for length in [u64::MAX, 1 << 40, 1 << 31, 70_000] {
            let mut bytes = vec![head];
            bytes.extend_from_slice(&length.to_be_bytes());
            decode_all(&bytes);
            for before in [
                vec![0x82],
                vec![0x83, 0x41, 0],
                vec![0xa1, 0x02],
                vec![0xa1, 0x06],
                vec![0xa1, 0x01],
            ] {
                decode_all(&[before, bytes.clone()].concat());
            }
        }
    }
}

/// Whatever is done to genuine bytes, the ledger has only rows that somebody signed.
#[test]
fn a_bent_event_is_in_no_ledger() {
    let mut desk = Desk::new(false);
    let mut dice = Dice(7);
    let mut genuine = Vec::new();
    for number in 0..30u8 {
        let who = if number % 3 == 0 { MENTOR } else { LEARNER };
        let text = format!("text {number}");
        let body = if who == MENTOR {
            Body::Feedback(Feedback { entry: None, text })
        } else {
            Body::Entry(entry(dubbelspoor_domain::id::EntryId([number; 16]), &text))
        };
        genuine.push(desk.seal(&device(who, false), Said::by(who, 60 + number), &body));
    }
    let signed: BTreeSet<EventHash> = genuine.iter().map(Event::hash).collect();
    let before: BTreeSet<EventHash> = desk.rows.iter().map(|it| it.hash).collect();
    for _ in 0..3_000 {
        let mut bytes = dice.pick(&genuine).unwrap().raw();
        let other = dice.pick(&genuine).unwrap().raw();
        bend(&mut dice, &mut bytes, &other);
        let rows = desk.rows.len();
        let ruled = desk.receive(&bytes);
        let is_in = matches!(ruled.verdict, Verdict::Accepted | Verdict::Flagged);
        assert_eq!(desk.rows.len(), rows + usize::from(is_in));
    }
    let foreign =
        desk.rows.iter().find(|it| !signed.contains(&it.hash) && !before.contains(&it.hash));
    assert_eq!(foreign, None);
    for event in &genuine {
        let verdict = desk.receive(&event.raw()).verdict;
        assert!(matches!(verdict, Verdict::Accepted | Verdict::Duplicate), "{verdict:?}");
    }
}
