//! What must hold after every run, whatever went wrong on the way (the invariants of the design, I1 to I7).

use crate::oracle::{Deed, Fact, Order, Picture};
use crate::phone::Phone;
use crate::support::{DOSSIER, LEARNER};
use crate::world::World;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::Dossier;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{EventHash, PersonId};
use dubbelspoor_domain::sync::Row;
use dubbelspoor_domain::wire::{Message, WireRow};
use std::collections::{BTreeMap, BTreeSet};

/// How often everybody may exchange after the faults have stopped, without anybody touching a phone.
const ROUNDS: usize = 3;

pub(crate) fn heal_and_check(world: &mut World) {
    world.heal();
    for _ in 0..ROUNDS {
        (0..world.phones.len()).for_each(|phone| world.round(phone));
    }
    everything_went_out(world);
    (0..world.phones.len()).for_each(|phone| world.round(phone));
    nothing_is_lost_or_doubled(world);
    only_who_may(world);
    receipts_hold(world);
    everybody_sees_what_was_done(world);
    confirmations_verify(world);
    nobody_sees_more(world);
    the_trail_tells_all(world);
}

/// I1, while it runs: what a phone said it kept is on its disk, or at the school and about to be read again.
pub(crate) fn kept_is_kept(world: &World) {
    let order = Order::of(&world.server);
    for (index, phone) in world.phones.iter().enumerate() {
        let known = phone.known();
        let own = world.oracle.facts.iter().filter(|(_, it)| it.phone == index);
        for (hash, fact) in own.filter(|(_, it)| it.renamed.is_none()) {
            let is_at_school = order.place(*hash).is_some();
            assert!(known.contains(hash) || is_at_school, "I1 {}: {fact:?}", phone.name);
        }
    }
}

/// I7: the outbox empties by itself, and nothing is left to be read.
fn everything_went_out(world: &World) {
    for phone in &world.phones {
        if world.server.revoked.contains(&phone.signer.public().id()) {
            continue;
        }
        let replica = phone.replica();
        assert!(replica.push(1, 0).is_none(), "I7 {}: something is unsent", phone.name);
        assert_eq!(replica.reconcile(), None, "I7 {}", phone.name);
        assert!(!replica.is_forked(), "I7 {}: still forked", phone.name);
    }
}

/// I1, I2, I3: created is accepted, put aside or still here; and the school has each event once.
fn nothing_is_lost_or_doubled(world: &World) {
    let rows = world.server.rows();
    let at_school: BTreeSet<EventHash> = rows.iter().map(|it| it.hash).collect();
    assert_eq!(at_school.len(), rows.len(), "I3: an event has two positions");
    let places: BTreeSet<_> = rows.iter().filter_map(|it| it.event.as_ref()).map(place).collect();
    assert_eq!(places.len(), rows.len(), "I3: a place in a sequence is held twice");
    let facts = &world.oracle.facts;
    let expected =
        |hash: &EventHash| facts.contains_key(hash) || world.oracle.school.contains(hash);
    let foreign: Vec<_> = at_school.iter().filter(|it| !expected(it)).collect();
    let certificates = world.server.registered.len();
    assert_eq!(foreign.len(), certificates, "I2: the school has what nobody did");

    let here: BTreeSet<EventHash> = world.phones.iter().flat_map(Phone::known).collect();
    let count = |is_in: &dyn Fn(&EventHash) -> bool| facts.keys().filter(|it| is_in(it)).count();
    let accepted = count(&|it| at_school.contains(it));
    let aside = count(&|it| world.server.disk.aside.contains_key(it));
    let elsewhere =
        |it: &EventHash| at_school.contains(it) || world.server.disk.aside.contains_key(it);
    let local = count(&|it| !elsewhere(it) && here.contains(it));
    // The newer app's phone is not played here: what it wrote the school alone may have held.
    let may_go =
        |it: &Fact| it.renamed.is_some() || (it.deed == Deed::Newer && world.server.rolled_back);
    let gone: Vec<&Fact> = facts
        .iter()
        .filter(|(hash, _)| !elsewhere(hash) && !here.contains(hash))
        .map(|(_, fact)| fact)
        .collect();
    let lost = gone.iter().find(|it| !may_go(it));
    assert!(lost.is_none(), "I1, I2: in no place: {lost:?}");
    let gone = gone.len();
    assert_eq!(facts.len(), accepted + aside + local + gone, "I2: there is a fourth place");
}

fn place(event: &Event) -> ([u8; 16], u64) {
    (event.header().replica.0, event.header().seq)
}

/// Every verdict is what who, what and when allow; a lie is in no row.
fn only_who_may(world: &World) {
    let order = Order::of(&world.server);
    let here: BTreeSet<EventHash> = world.phones.iter().flat_map(Phone::known).collect();
    // After midnight what claims to be of the new day is refused, whatever its author knew.
    let is_same_day = world.ended_on.is_none_or(|it| it == Day::of_millis(world.now));
    let is_calm = world.is_calm() && is_same_day;
    for hash in world.oracle.facts.keys() {
        let aside = world.server.disk.aside.get(hash).map(|it| it.0);
        if order.place(*hash).is_none() && aside.is_none() && here.contains(hash) {
            continue;
        }
        let judged = world.oracle.judge(*hash, &order, aside, is_calm);
        assert_eq!(judged, Ok(()), "who may");
    }
}

/// I6: a receipt stays true, or the phone has noticed that the school tells another history.
fn receipts_hold(world: &World) {
    let rows = world.server.rows();
    let positions: BTreeMap<EventHash, u64> =
        rows.iter().map(|it| (it.hash, it.position)).collect();
    let is_welcome = |it: &&Phone| !world.server.revoked.contains(&it.signer.public().id());
    for phone in world.phones.iter().filter(is_welcome) {
        for (_, position, hash) in &phone.receipts {
            let now = positions.get(hash);
            let is_again = world.server.disk.aside.contains_key(hash)
                || world.oracle.facts.get(hash).is_some_and(|it| it.renamed.is_some());
            // What came back after a rollback was judged anew, and may have a new place or name.
            let holds =
                now == Some(position) || (world.server.rolled_back && (now.is_some() || is_again));
            assert!(holds, "I6 {}: the receipt of {hash} does not hold", phone.name);
        }
    }
}

/// I4, and the oracle: the same prefix shows the same, and shows what people did.
fn everybody_sees_what_was_done(world: &World) {
    let order = Order::of(&world.server);
    let rows = world.server.rows();
    for phone in &world.phones {
        let is_revoked = world.server.revoked.contains(&phone.signer.public().id());
        let replica = phone.replica();
        if !is_revoked {
            assert_eq!(replica.tip().position, rows.len() as u64, "I7 {}: unread", phone.name);
            let plain = fold_visible(world, &rows, phone.person);
            assert!(replica.dossier() == &plain, "I4 {}: not the fold of its rows", phone.name);
            same(
                phone.name,
                &Picture::of(replica.dossier()),
                &world.oracle.picture(phone.person, &order),
            );
        }
    }
    let server = Picture::of(world.server.ledger.dossier());
    same("the school", &server, &world.oracle.picture(PersonId::SCHOOL, &order));
}

fn same(who: &str, shown: &Picture, done: &Picture) {
    assert!(shown == done, "{who}: {}", shown.against(done));
}

fn fold_visible(world: &World, rows: &[Row], person: PersonId) -> Dossier {
    let mut dossier = Dossier::new(DOSSIER);
    let all = world.server.ledger.dossier();
    let placed = rows.iter().filter_map(Row::placed);
    placed.filter(|it| all.visible(person, it)).for_each(|it| dossier.fold(&it));
    dossier
}

/// I5: every confirmation on a phone is signed by a key that the school certified for its mentor.
fn confirmations_verify(world: &World) {
    for phone in &world.phones {
        let verify = phone.signer.verify();
        let rows =
            phone.disk.rows.values().map(|it| Row::from_wire(&WireRow::from_bytes(it).unwrap()));
        let events: BTreeMap<EventHash, Event> =
            rows.filter_map(|it| Some((it.hash, it.event?))).collect();
        for it in phone.replica().dossier().confirmations.all() {
            let event = &events[&it.hash];
            let key = phone.replica().key_of(event, &phone.school).expect("I5: no certificate");
            let (message, signature) = event.claim().unwrap();
            assert!(verify(&key, &message, &signature), "I5 {}: not signed", phone.name);
            assert!(world.oracle.facts.contains_key(&it.hash), "I5 {}: forged", phone.name);
        }
    }
}

/// What must not reach a phone is not on its disk.
fn nobody_sees_more(world: &World) {
    let private = world.oracle.facts.values().filter_map(|it| it.deed.private_text());
    let private: Vec<&str> = private.collect();
    for phone in world.phones.iter().filter(|it| it.person != LEARNER) {
        for bytes in phone.disk.rows.values().chain(phone.disk.outbox.values()) {
            let leaks = private.iter().any(|text| contains(bytes, text.as_bytes()));
            assert!(!leaks, "{} holds a private text", phone.name);
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

/// G9: the trail has every row once, the last first, under the name of who did it; what may not be seen is counted.
fn the_trail_tells_all(world: &World) {
    let rows = world.server.rows();
    for phone in &world.phones {
        if world.server.revoked.contains(&phone.signer.public().id()) {
            continue;
        }
        let trail = phone.trail();
        let (settled, held): (Vec<_>, Vec<_>) =
            trail.written.iter().partition(|it| rows.iter().any(|row| row.hash == it.hash));
        assert!(held.is_empty(), "G9 {}: in the trail, not at the school", phone.name);
        assert_eq!(settled.len() + trail.hidden, rows.len(), "G9 {}", phone.name);
        assert!(settled.is_sorted_by_key(|it| std::cmp::Reverse(it.received_at)), "G9");
        for it in settled {
            let who = world.oracle.facts.get(&it.hash).map_or(PersonId::SCHOOL, |it| it.who);
            assert_eq!(it.by, who, "G9 {}: another's name", phone.name);
        }
    }
}
