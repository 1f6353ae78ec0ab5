//! A record has one form in bytes. What has another is not read: not half, and not with a guess.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Entry, Feedback};
use dubbelspoor_domain::event::{Broken, Event};
use dubbelspoor_domain::id::{EntryId, EventId};
use dubbelspoor_domain::wire::{Message, ReconcileReply, WireRow};
use support::{LEARNER, Said, device, seal};

const FEEDBACK: u16 = 14;

fn reads(bytes: &[u8]) -> Option<Feedback> {
    let body = Body::decode(FEEDBACK, bytes);
    if let Body::Feedback(it) = body {
        return Some(it);
    }
    assert_eq!(body, Body::Unknown { kind: FEEDBACK });
    None
}

fn said(entry: Option<EntryId>, text: &str) -> Option<Feedback> {
    Some(Feedback { entry, text: text.into() })
}

#[test]
fn a_map_has_each_field_once_in_order_and_whole() {
    assert_eq!(reads(&[0xa1, 1, 0x61, b'a']), said(None, "a"));
    assert_eq!(reads(&[0xa2, 0, 0xf6, 1, 0x61, b'a']), said(None, "a"), "null is absent");
    assert_eq!(reads(&[0xa2, 1, 0x61, b'a', 9, 0x80]), said(None, "a"), "a newer field");
    let with_entry = [vec![0xa2, 0, 0x50], vec![7; 16], vec![1, 0x61, b'a']].concat();
    assert_eq!(reads(&with_entry), said(Some(EntryId([7; 16])), "a"));
    let others: [(&str, &[u8]); 13] = [
        ("nothing", &[]),
        ("no text", &[0xa0]),
        ("an array", &[0x82, 0xf6, 0x61, b'a']),
        ("twice", &[0xa2, 1, 0x61, b'a', 1, 0x61, b'b']),
        ("back to front", &[0xa2, 1, 0x61, b'a', 0, 0xf6]),
        ("more after the end", &[0xa1, 1, 0x61, b'a', 0]),
        ("fewer fields than promised", &[0xa2, 1, 0x61, b'a']),
        ("bytes for text", &[0xa1, 1, 0x41, b'a']),
        ("no UTF-8", &[0xa1, 1, 0x61, 0xff]),
        ("an id of two bytes", &[0xa2, 0, 0x42, 7, 7, 1, 0x61, b'a']),
        ("a key below zero", &[0xa2, 1, 0x61, b'a', 0x20, 0]),
        ("a key in words", &[0xa2, 1, 0x61, b'a', 0x61, b'b', 0]),
        ("of no length", &[0xbf, 1, 0x61, b'a', 0xff]),
    ];
    for (what, bytes) in others {
        assert_eq!(reads(bytes), None, "{what}");
    }
}

#[test]
fn an_array_has_its_fields_in_a_row() {
    let row = |count: u8, verdict: &[u8], behind: &[u8]| {
        let head = [vec![0x80 | count, 3, 0x58, 32], vec![5; 32]].concat();
        WireRow::from_bytes(&[&head, verdict, &[0x19, 1, 0], behind].concat())
    };
    let whole = row(4, &[1], &[]).unwrap();
    assert_eq!((whole.position, whole.received_at, &whole.event), (3, 256, &None));
    assert_eq!(row(5, &[1], &[0xf6]).as_ref(), Some(&whole), "null is absent");
    assert_eq!(row(6, &[1], &[0xf6, 0x82, 0, 0]).as_ref(), Some(&whole), "a newer field");
    assert_eq!(row(3, &[1], &[]), None, "one field too few");
    assert_eq!(row(4, &[0xf6], &[]), None, "null where something must be");
    assert_eq!(row(4, &[7], &[]), None, "a verdict that does not exist");
    assert_eq!(row(4, &[0x20], &[]), None, "a number below zero");

    let pairs = |pairs: &[u8]| {
        let head = [vec![0xa3, 0, 0x50], vec![7; 16], vec![1, 0x50], vec![5; 16]].concat();
        ReconcileReply::from_bytes(&[&head, &[2][..], pairs].concat())
    };
    let id = [3; 16];
    let pair = |count: u8, rest: &[u8]| [&[0x81, 0x80 | count, 0x50], &id[..], rest].concat();
    assert_eq!(pairs(&pair(2, &[9])).unwrap().wanted[0].1, 9);
    assert_eq!(pairs(&pair(3, &[9, 9])), None);
    assert_eq!(pairs(&pair(1, &[])), None);
}

#[test]
fn a_number_fits_its_field() {
    let entry = Entry { minutes: 480, ..support::entry(EntryId([9; 16]), "text") };
    let body = Body::Entry(entry).encode();
    let minutes = body.windows(2).position(|it| it == [6, 0x19]).unwrap();
    let with = |number: &[u8]| {
        let bytes = [&body[..=minutes], number, &body[minutes + 4..]].concat();
        matches!(Body::decode(10, &bytes), Body::Entry(_))
    };
    assert!(with(&[0x19, 0xff, 0xff]));
    assert!(!with(&[0x1a, 0, 1, 0, 0]));
    assert!(!with(&[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    assert!(!with(&[0x1c]), "no such length");
    let day = body.windows(2).position(|it| it == [4, 0x1a]).unwrap();
    let on = |number: &[u8]| {
        let bytes = [&body[..=day], number, &body[day + 6..]].concat();
        matches!(Body::decode(10, &bytes), Body::Entry(it) if Body::Entry(it.clone()).encode() == bytes)
    };
    assert!(on(&[0x0a]));
    assert!(on(&[0x39, 0x01, 0x00]), "before the year one");
    assert!(!on(&[0x1a, 0x7f, 0xff, 0xff, 0xff]), "no such day");
    assert!(!on(&[0x1b, 0, 0, 0, 1, 0, 0, 0, 0]), "no such day");
}

#[test]
fn what_nobody_understands_yet_is_one_well_formed_item() {
    let passes = |body: &[u8]| {
        let (signer, said) = (device(LEARNER, false), Said::by(LEARNER, 60));
        let event = seal(EventId([1; 16]), &signer, said, 900, body.to_vec());
        match Event::parse(&event.raw()) {
            Ok(read) => read == event,
            Err(broken) => {
                assert_eq!(broken, Broken::Body);
                false
            }
        }
    };
    let well: [&[u8]; 6] = [
        &[0],
        &[0xf9, 0x3c, 0x00],
        &[0xc1, 0x1a, 0, 0, 0, 1],
        &[0x83, 0x80, 0xa1, 0x61, b'k', 0x82, 0xf5, 0xf7, 0x38, 0xff],
        &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
        &[0xd8, 0x20, 0x61, b'u'],
    ];
    assert!(well.iter().all(|it| passes(it)));
    let ill: [&[u8]; 9] = [
        &[],
        &[0, 0],
        &[0x82, 0],
        &[0xa1, 0],
        &[0xc1],
        &[0x61, 0xff],
        &[0x1d],
        &[0x9f, 0, 0xff],
        &[0xff],
    ];
    assert!(!ill.iter().any(|it| passes(it)));
}

#[test]
fn a_date_field_gives_a_day_or_nothing() {
    assert_eq!(Day::from_iso("2026-11-23"), Some(support::day(23)));
    for text in ["", "2026-11", "2026-11-31", "2026-11-23-1", "23/11/2026", "-2026-11-23"] {
        assert_eq!(Day::from_iso(text), None, "{text}");
    }
}
