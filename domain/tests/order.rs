//! Any order of arrival, any repetition and any split into pages gives the same dossier; what a newer app wrote survives; and
//! no bytes make a decoder fall over.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Body, Entry, Feedback, Finding, Level, Moment};
use dubbelspoor_domain::event::{Event, Short};
use dubbelspoor_domain::id::{EntryId, EventHash, PersonId, ReplicaId};
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::sync::{Changes, Loaded, Mistrust, Replica, Row};
use dubbelspoor_domain::wire::{Message, PullReply, PushReply, Ruled, Verdict};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::{DOSSIER, Desk, Dice, LEARNER, MENTOR, NOW, Said, confirmation, device, entry, seal};

/// A diary with edits, confirmations and words, as loose events: every installation numbers its own.
fn events(desk: &mut Desk, dice: &mut Dice, many: usize) -> Vec<Event> {
    let mut sequences: BTreeMap<PersonId, (u64, Short)> = BTreeMap::new();
    let mut versions: Vec<(EntryId, EventHash)> = Vec::new();
    let mut all = Vec::new();
    for number in 0..many {
        let by_mentor = !versions.is_empty() && dice.chance(40);
        let who = if by_mentor { MENTOR } else { LEARNER };
        let old = dice.pick(&versions).copied();
        let text = format!("text {number}");
        let body = match old {
            Some((of, version)) if by_mentor && dice.chance(70) => {
                Body::Confirmation(confirmation(of, version, Finding::Reached(Level::WithHelp)))
            }
            Some((of, version)) if !by_mentor && dice.chance(40) => {
                Body::Entry(Entry { parents: vec![version], ..entry(of, &text) })
            }
            _ if by_mentor || dice.chance(20) => Body::Feedback(Feedback { entry: None, text }),
            _ => Body::Entry(entry(EntryId(dice.bytes()), &text)),
        };
        let (seq, prev) = sequences.get(&who).copied().unwrap_or_default();
        let said = Said { seq: seq + 1, prev, ..Said::by(who, 20 + who.0[0]) };
        let event = desk.seal(&device(who, false), said, &body);
        sequences.insert(who, (seq + 1, Short::from(event.hash())));
        if let Body::Entry(it) = &body {
            versions.push((it.entry, event.hash()));
        }
        all.push(event);
    }
    all
}

/// What a dossier shows, apart from positions and times.
fn shows(desk: &Desk) -> Vec<String> {
    let dossier = desk.ledger.dossier();
    let mut lines = Vec::new();
    for it in dossier.diary.entries() {
        let texts: BTreeSet<_> = it.history().map(|it| &it.content.text).collect();
        let heads: BTreeSet<_> = it.heads().iter().map(|it| it.content.text.clone()).collect();
        let confirmed = dossier.outcomes(it.entry).len();
        lines.push(format!(
            "{:?} {texts:?} {heads:?} {:?} {confirmed}",
            it.entry,
            dossier.state_of(it)
        ));
    }
    let said: BTreeSet<_> = dossier.feedback.all().iter().map(|it| &it.feedback.text).collect();
    lines.push(format!("{said:?} {}", dossier.feedback.all().len()));
    let evidence =
        dossier.progress().into_iter().map(|it| (it.minutes, it.entries, it.evidence.len()));
    lines.push(format!("{:?}", evidence.collect::<Vec<_>>()));
    lines
}

fn shuffled<T>(dice: &mut Dice, mut all: Vec<T>) -> Vec<T> {
    for at in (1..all.len()).rev() {
        all.swap(at, dice.below(at + 1));
    }
    all
}

fn page(desk: &Desk, after: u64, most: usize) -> PullReply {
    let rows = desk.rows.iter().filter(|it| it.position > after).take(most);
    let rows: Vec<_> = rows.map(|it| it.to_wire(true)).collect();
    let last = rows.last().map_or(after, |it| it.position);
    PullReply {
        dossier: DOSSIER,
        epoch: desk.ledger.epoch(),
        head: desk.ledger.position(),
        chain: desk.ledger.chain_at(last).unwrap(),
        time: desk.now,
        view: desk.ledger.view_of(LEARNER),
        rows,
    }
}

/// Storage as a plain map; whatever it holds, opening it must give what the running replica shows.
#[derive(Default)]
struct Kept {
    tip: Option<Vec<u8>>,
    rows: BTreeMap<u64, Vec<u8>>,
    outbox: BTreeMap<EventHash, Vec<u8>>,
    refused: BTreeMap<EventHash, Vec<u8>>,
}

impl Kept {
    fn apply(&mut self, it: Changes) {
        assert_eq!(self.tip, it.expected);
        self.tip = Some(it.tip);
        if it.clear_rows {
            self.rows.clear();
        }
        self.rows.extend(it.rows);
        it.outbox_delete.iter().for_each(|hash| drop(self.outbox.remove(hash)));
        self.outbox.extend(it.outbox_put);
        it.refused_delete.iter().for_each(|hash| drop(self.refused.remove(hash)));
        self.refused.extend(it.refused_put);
    }

    fn open(&self) -> Replica {
        let loaded = Loaded {
            tip: self.tip.clone(),
            rows: self.rows.clone().into_iter().collect(),
            outbox: self.outbox.clone().into_iter().collect(),
            refused: self.refused.clone().into_iter().collect(),
        };
        let key = device(LEARNER, false).public().id();
        Replica::open(DOSSIER, LEARNER, key, ReplicaId([40; 16]), loaded)
    }
}

/// The answer of a school that gives any verdict it likes.
fn answer(desk: &Desk, dice: &mut Dice, sent: &dubbelspoor_domain::wire::Push) -> PushReply {
    let ruled = sent.events.iter().zip(1..).map(|(raw, ahead)| {
        let hash = Event::parse(&raw.0).ok().map(|it| it.hash());
        let (verdict, has_place) = match dice.below(4) {
            0 => (Verdict::Accepted, true),
            1 => (Verdict::Waiting, true),
            2 => (Verdict::Quarantined, false),
            _ => (Verdict::Flagged, true),
        };
        let position = has_place.then(|| desk.ledger.position() + ahead);
        Ruled { hash, verdict, position, code: None }
    });
    PushReply {
        request: EventHash(sha256(&[&sent.to_bytes()])),
        dossier: DOSSIER,
        epoch: desk.ledger.epoch(),
        position: desk.ledger.position() + sent.events.len() as u64,
        chain: desk.ledger.chain(),
        time: desk.now,
        ruled: ruled.collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_and_any_repetition_shows_the_same(seed: u64) {
        let mut dice = Dice(seed);
        let mut first = Desk::new(false);
        let made = events(&mut first, &mut dice, 24);
        let mut second = Desk::new(false);
        first.receive_all(&made);
        let again: Vec<Event> = made.iter().chain(made.iter().filter(|_| dice.clone().chance(50))).cloned().collect();
        for it in shuffled(&mut dice, again) {
            let verdict = second.receive(&it.raw()).verdict;
            prop_assert!(matches!(verdict, Verdict::Accepted | Verdict::Duplicate));
        }
        prop_assert_eq!(first.rows.len(), second.rows.len());
        prop_assert_eq!(shows(&first), shows(&second));
    }

    #[test]
    fn any_split_into_pages_is_the_fold_of_the_rows(seed: u64) {
        let mut dice = Dice(seed);
        let mut desk = Desk::new(false);
        let made = events(&mut desk, &mut dice, 24);
        desk.receive_all(&made);
        let (mut kept, mut stale) = (Kept::default(), None);
        let mut replica = kept.open();
        while replica.tip().position < desk.ledger.position() {
            let page = page(&desk, replica.pull().after, 1 + dice.below(9));
            let step = replica.absorb_pull(&page, NOW, &|_| true).unwrap();
            kept.apply(replica.changes(&step));
            replica.take(step);
            if let Some(old) = stale.replace(page) {
                prop_assert_eq!(replica.absorb_pull(&old, NOW, &|_| true).err(), Some(Mistrust::Stale));
            }
        }
        prop_assert!(replica.dossier() == desk.ledger.dossier());
        prop_assert!(kept.open().dossier() == replica.dossier());
    }

    #[test]
    fn what_is_taken_in_step_by_step_is_what_storage_opens(seed: u64) {
        let mut dice = Dice(seed);
        let mut desk = Desk::new(false);
        let made = events(&mut desk, &mut dice, 12);
        desk.receive_all(&made);
        let mut kept = Kept::default();
        let mut replica = kept.open();
        let me = device(LEARNER, false);
        for _ in 0..24 {
            let step = match (dice.below(4), replica.push(1 + dice.below(3), NOW)) {
                (0 | 1, _) => {
                    let page = page(&desk, replica.pull().after, 1 + dice.below(5));
                    replica.absorb_pull(&page, NOW, &|_| true).ok()
                }
                (2, Some(push)) => replica.absorb_push(&push, &answer(&desk, &mut dice, &push), NOW).ok(),
                _ => {
                    let text = format!("{}", dice.roll());
                    let mut composer = replica.compose(NOW);
                    let body = Body::Entry(entry(EntryId(dice.bytes()), &text));
                    let made = composer.add(dice.id(), &body).is_ok();
                    let sealed = composer.finish().into_iter().map(|it| it.sealed_with(|input| me.sign(input)));
                    if made { replica.record(sealed.collect()).ok() } else { None }
                }
            };
            if let Some(step) = step {
                kept.apply(replica.changes(&step));
                replica.take(step);
            }
            let opened = kept.open();
            prop_assert!(opened.dossier() == replica.dossier());
            prop_assert_eq!(opened.counts(), replica.counts());
            prop_assert_eq!(opened.tip(), replica.tip());
        }
    }

    #[test]
    fn fields_of_a_newer_app_survive_an_edit_by_this_one(
        text in "\\PC{0,40}",
        extra in prop::collection::btree_map(10u32..40, prop::collection::vec(any::<u8>(), 0..9), 0..4),
    ) {
        let newer_fields: Vec<_> = extra.into_iter().map(|(key, it)| (key, bytes_item(&it))).collect();
        let written = Entry { newer_fields, ..entry(EntryId([9; 16]), &text) };
        let bytes = Body::Entry(written.clone()).encode();
        let Body::Entry(read) = Body::decode(10, &bytes) else { panic!("no entry") };
        prop_assert_eq!(&read, &written);
        let edited = Entry { text: "edited".into(), ..read };
        let Body::Entry(again) = Body::decode(10, &Body::Entry(edited).encode()) else { panic!("no entry") };
        prop_assert_eq!(again.newer_fields, written.newer_fields);
    }
}

fn bytes_item(bytes: &[u8]) -> Vec<u8> {
    let mut item = vec![0x40 | u8::try_from(bytes.len()).unwrap()];
    item.extend_from_slice(bytes);
    item
}

#[test]
fn an_answer_to_another_request_is_not_taken() {
    let mut desk = Desk::new(false);
    let mut replica = Kept::default().open();
    let page = page(&desk, 0, 500);
    let step = replica.absorb_pull(&page, NOW, &|_| true).unwrap();
    replica.take(step);
    let me = device(LEARNER, false);
    let mut composer = replica.compose(NOW);
    composer.add(desk.dice.id(), &Body::Entry(entry(EntryId([9; 16]), "one"))).unwrap();
    let sealed = composer.finish().into_iter().map(|it| it.sealed_with(|input| me.sign(input)));
    let step = replica.record(sealed.collect()).unwrap();
    replica.take(step);
    let (now, later) = (replica.push(9, NOW).unwrap(), replica.push(9, NOW + 1).unwrap());
    let ruled = vec![Ruled { hash: None, verdict: Verdict::Malformed, position: None, code: None }];
    let reply = PushReply { ruled, ..answer(&desk, &mut Dice(1), &now) };
    assert_eq!(replica.absorb_push(&later, &reply, NOW).err(), Some(Mistrust::Stale));
    assert!(replica.absorb_push(&now, &reply, NOW).is_ok());
}

/// Killed twice per save: once when it is signed and not yet stored, once when it is stored and nobody knows.
#[test]
fn what_was_signed_and_never_stored_leaves_its_number_to_the_next() {
    let (me, mut dice, mut desk) = (device(LEARNER, false), Dice(1), Desk::new(false));
    let mut kept = Kept::default();
    let mut replica = kept.open();
    let step = replica.absorb_pull(&page(&desk, 0, 500), NOW, &|_| true).unwrap();
    kept.apply(replica.changes(&step));
    let mut sealed = |replica: &Replica| {
        let mut composer = replica.compose(NOW);
        let body = Body::Entry(entry(EntryId(dice.bytes()), "one"));
        composer.add(dice.id(), &body).unwrap();
        composer.finish().remove(0).sealed_with(|input| me.sign(input))
    };
    for number in 1..=3 {
        let lost = sealed(&kept.open());
        replica = kept.open();
        let event = sealed(&replica);
        let place = |it: &Event| (it.header().seq, it.header().prev);
        assert_eq!((place(&event), event.header().seq), (place(&lost), number));
        let step = replica.record(vec![event]).unwrap();
        kept.apply(replica.changes(&step));
    }
    for raw in kept.open().push(9, NOW).unwrap().events {
        assert_eq!(desk.receive(&raw.0).verdict, Verdict::Accepted);
    }
    assert_eq!(desk.ledger.contiguous(ReplicaId([40; 16])), 3);
}

/// As when somebody else's phone carries the newest along, and the author's own phone delivers all of it later.
#[test]
fn what_comes_before_its_elders_and_comes_again_counts_once() {
    let (me, mut desk) = (device(LEARNER, false), Desk::new(false));
    let first = entry(EntryId([9; 16]), "first");
    let elder = desk.seal(&me, Said::by(LEARNER, 20), &Body::Entry(first.clone()));
    let edited = Entry { parents: vec![elder.hash()], text: "edited".into(), ..first };
    let said = Said { seq: 2, prev: Short::from(elder.hash()), ..Said::by(LEARNER, 20) };
    let younger = desk.seal(&me, said, &Body::Entry(edited));
    let carried = desk.receive(&younger.raw());
    assert_eq!(carried.verdict, Verdict::Accepted);
    assert_eq!(desk.ledger.contiguous(ReplicaId([20; 16])), 0, "the elder is still awaited");
    assert_eq!(desk.receive(&elder.raw()).verdict, Verdict::Accepted);
    let again = desk.receive(&younger.raw());
    assert_eq!((again.verdict, again.position), (Verdict::Duplicate, carried.position));
    assert_eq!(desk.ledger.contiguous(ReplicaId([20; 16])), 2);
    let written: Vec<_> = desk.ledger.dossier().diary.entries().collect();
    assert_eq!((written.len(), written[0].history().count()), (1, 2));
    let heads: Vec<_> = written[0].heads().iter().map(|it| it.content.text.as_str()).collect();
    assert_eq!(heads, ["edited"]);
}

#[test]
fn a_kind_that_nobody_knows_yet_goes_through_byte_for_byte() {
    let mut desk = Desk::new(false);
    let body = vec![0xa1, 0x00, 0x63, b'n', b'e', b'w'];
    let said = Said::by(LEARNER, 20);
    let event = seal(desk.dice.id(), &device(LEARNER, false), said, 900, body);
    assert_eq!(desk.receive(&event.raw()).verdict, Verdict::Accepted);
    let mut kept = Kept::default();
    let mut replica = kept.open();
    let step = replica.absorb_pull(&page(&desk, 0, 500), NOW, &|_| true).unwrap();
    kept.apply(replica.changes(&step));
    replica.take(step);
    assert_eq!(replica.dossier().unknown, [event.hash()]);
    let stored = kept.rows.values().last().unwrap();
    let wire = dubbelspoor_domain::wire::WireRow::from_bytes(stored).unwrap();
    assert_eq!(wire.event, Some(Bytes(event.raw())));
    assert_eq!(Row::from_wire(&wire).event, Some(event));
}

#[test]
fn a_field_more_in_any_record_and_a_value_that_is_new_break_nothing() {
    let said = Body::Feedback(Feedback { entry: None, text: "well done".into() });
    let mut bytes = said.encode();
    bytes[0] += 1;
    bytes.extend_from_slice(&[0x18, 0x63, 0xf5]);
    assert_eq!(Body::decode(14, &bytes), said);
    let mut it = Body::Entry(entry(EntryId([9; 16]), "text")).encode();
    let stage = it.windows(2).position(|it| it == [2, 2]).unwrap();
    it[stage + 1] = 9;
    assert_eq!(Body::decode(10, &it), Body::Unknown { kind: 10 });
}

#[test]
fn this_app_writes_no_kind_that_it_does_not_know() {
    let desk = Desk::new(false);
    let mut replica = Kept::default().open();
    let step = replica.absorb_pull(&page(&desk, 0, 500), NOW, &|_| true).unwrap();
    replica.take(step);
    let body = Body::Unknown { kind: 900 };
    assert!(replica.dossier().permit(LEARNER, Moment::HERE, &body).is_ok());
    assert!(replica.compose(NOW).add(Dice(1).id(), &body).is_err());
}
