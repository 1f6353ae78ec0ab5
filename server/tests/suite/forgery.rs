//! Everything that a phone, a thief or a broken line could send: each event gets its verdict, the others flow on.

use crate::on_both_databases;
use crate::support::http::{post, send};
use crate::support::phone::{new_key, sign};
use crate::support::place::Place;
use crate::support::school::{Class, confirmation, entry};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, ReplicaId};
use dubbelspoor_domain::wire::{Code, Message, Purpose, Push, Ruled, Verdict, path};
use dubbelspoor_server::random;
use hyper::StatusCode;
use minicbor::Encoder;

on_both_databases! {
    each_forgery_gets_its_verdict_and_the_rest_is_accepted
    a_mirrored_signature_is_the_same_event
    an_event_of_another_dossier_stays_there
    a_copied_installation_is_noticed
    a_clock_two_years_off_blocks_nobody
    ten_megabytes_are_refused_whole
    malformed_bytes_are_kept_for_a_while
    no_bytes_whatsoever_are_too_much_for_it
}

fn verdict(it: &Ruled) -> (Verdict, Option<Code>) {
    (it.verdict, it.code)
}

/// The bytes of an event with another body, or none, under its valid header.
fn with_body(event: &Event, body: Option<&[u8]>) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut out = Encoder::new(&mut raw);
    let out = out.array(2).unwrap().bytes(event.sealed()).unwrap();
    match body {
        Some(body) => out.bytes(body).unwrap(),
        None => out.null().unwrap(),
    };
    raw
}

async fn each_forgery_gets_its_verdict_and_the_rest_is_accepted(place: Place) {
    let mut class = Class::gather(place).await;
    let (dossier, mentor) = (class.dossier, class.mentor.person);
    let (done, version) = class.entry("echt werk").await;
    let elsewhere = DossierId(random().unwrap());
    let other = class.school.add(elsewhere, "Bo", Role::Mentor).await;
    let mut other = class.school.phone(other).await;
    let alone = |it: &mut dubbelspoor_domain::event::Header| {
        (it.replica, it.seq) = (ReplicaId(random().unwrap()), 1);
        it.prev = Default::default();
    };

    let body = confirmation(done, version);
    let of_someone_else = other.forge(dossier, &body, alone);
    let own_work = class.learner.forge(dossier, &body, alone);
    let in_anothers_name = class.learner.forge(dossier, &body, |it| {
        alone(it);
        it.person = mentor;
    });
    let strange = new_key();
    let unknown = class.learner.forge(dossier, &entry("?"), |it| {
        alone(it);
        it.key = strange.public().id();
    });
    let event = class.learner.forge(dossier, &entry("gewijzigd"), alone);
    let mut changed_byte = event.raw();
    changed_byte[40] ^= 1;
    let mut wrong_signature = event.raw();
    let at = wrong_signature.len() - event.body().unwrap().len() - 12;
    wrong_signature[at] ^= 1;
    let swapped = with_body(&event, Some(entry("iets anders").encode().as_slice()));
    let bodiless = with_body(&event, None);
    let cut = event.raw()[..60].to_vec();
    let large = with_body(&event, Some(&vec![0x60; 70 * 1024]));
    let first = class.learner.record(dossier, &[entry("goed een")]).remove(0);
    let last = class.learner.record(dossier, &[entry("goed twee")]).remove(0);

    let delivered = [
        cut,
        first.raw(),
        of_someone_else.raw(),
        own_work.raw(),
        in_anothers_name.raw(),
        unknown.raw(),
        wrong_signature,
        swapped,
        bodiless,
        large,
        b"{}".to_vec(),
        Vec::new(),
        last.raw(),
    ];
    let ruled = class.learner.deliver(dossier, &delivered).await;
    let expected = [
        (Verdict::Malformed, Some(Code::Shape)),
        (Verdict::Accepted, None),
        (Verdict::Quarantined, Some(Code::NotLinked)),
        (Verdict::Quarantined, Some(Code::OwnWork)),
        (Verdict::Quarantined, Some(Code::NotAuthorsKey)),
        (Verdict::Quarantined, Some(Code::UnknownKey)),
        (Verdict::Malformed, Some(Code::Signature)),
        (Verdict::Malformed, Some(Code::Body)),
        (Verdict::Malformed, Some(Code::Body)),
        (Verdict::Malformed, Some(Code::TooLarge)),
        (Verdict::Malformed, Some(Code::Shape)),
        (Verdict::Malformed, Some(Code::Shape)),
        (Verdict::Accepted, None),
    ];
    assert_eq!(ruled.iter().map(verdict).collect::<Vec<_>>(), expected);
    let changed = class.learner.deliver(dossier, &[changed_byte]).await;
    assert_eq!(changed[0].verdict, Verdict::Malformed);
    class.sync().await;
    class.sync().await;
    for phone in [&mut class.learner, &mut class.mentor, &mut class.coach] {
        assert_eq!(phone.dossier(dossier).confirmations.all().count(), 0);
        assert_eq!(phone.dossier(dossier).diary.entries().count(), 3);
    }
    assert_eq!(class.school.store().quarantined(dossier).await.unwrap().len(), 4);
}

/// `n - s` is valid wherever `s` is: a signature is no identity.
async fn a_mirrored_signature_is_the_same_event(place: Place) {
    let mut class = Class::gather(place).await;
    let event = class.learner.record(class.dossier, &[entry("gespiegeld")]).remove(0);
    let (message, signature) = event.claim().unwrap();
    let mirrored = mirror(signature);
    assert_ne!(mirrored.0, signature.0);
    assert!(dubbelspoor_domain::seal::verify(&class.learner.key.public(), &message, &mirrored));
    let raw = event.raw();
    let at = raw.windows(64).position(|it| it == signature.0).unwrap();
    let mut flipped = raw.clone();
    flipped[at..at + 64].copy_from_slice(&mirrored.0);
    let ruled = class.learner.deliver(class.dossier, &[flipped, raw]).await;
    assert_eq!(verdict(&ruled[0]), (Verdict::Accepted, None));
    assert_eq!(verdict(&ruled[1]), (Verdict::Duplicate, None));
    assert_eq!((ruled[0].hash, ruled[0].position), (ruled[1].hash, ruled[1].position));
    class.sync().await;
    assert_eq!(class.learner.replica(class.dossier).counts().here, 0);
}

fn mirror(it: dubbelspoor_domain::id::Signature) -> dubbelspoor_domain::id::Signature {
    let signature = p256::ecdsa::Signature::from_slice(&it.0).unwrap();
    let (r, s) = signature.split_scalars();
    let mirrored = p256::ecdsa::Signature::from_scalars(r, -s).unwrap();
    let mut bytes = [0; 64];
    bytes.copy_from_slice(&mirrored.to_bytes());
    dubbelspoor_domain::id::Signature(bytes)
}

async fn an_event_of_another_dossier_stays_there(place: Place) {
    let mut class = Class::gather(place).await;
    let (done, version) = class.entry("bij Amir").await;
    let given = class.mentor.record(class.dossier, &[confirmation(done, version)]).remove(0);
    class.mentor.sync(class.dossier).await.unwrap();
    let other = DossierId(random().unwrap());
    class.school.write(other, &[crate::support::school::goal()]).await;
    let bo = class.school.add(other, "Bo", Role::Learner).await;
    let bo = class.school.phone(bo).await;
    let ruled = bo.deliver(other, &[given.raw()]).await;
    assert_eq!(verdict(&ruled[0]), (Verdict::Malformed, Some(Code::WrongDossier)));
    assert_eq!(class.school.store().quarantined(other).await.unwrap(), []);
}

/// The same place in the sequence, twice: the first stays, the second is put aside, the installation is born again.
async fn a_copied_installation_is_noticed(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let on_the_copy = class.learner.forge(dossier, &entry("op de kopie"), |_| {});
    class.mentor.deliver(dossier, &[on_the_copy.raw()]).await;
    class.learner.record(dossier, &[entry("op het origineel")]);
    let ruled = class.learner.push(dossier).await.unwrap().unwrap();
    assert_eq!(verdict(&ruled[0]), (Verdict::Quarantined, Some(Code::Fork)));
    assert!(class.learner.replica(dossier).is_forked());
    let (key, now, reborn) =
        (class.learner.key.clone(), class.learner.now(), ReplicaId(random().unwrap()));
    let replica = class.learner.replica(dossier);
    let mut ids = || dubbelspoor_domain::id::EventId(random().unwrap());
    let seals = replica.rebirth(reborn, now, &mut ids).into_iter();
    let seals = seals.map(|it| it.sealed_with(|input| key.sign(input))).collect();
    let step = replica.reborn(reborn, seals);
    replica.take(step);
    class.sync().await;
    class.sync().await;
    assert_eq!(class.mentor.dossier(dossier).diary.entries().count(), 2);
    assert_eq!(class.learner.replica(dossier).counts().to_see, 0);
}

async fn a_clock_two_years_off_blocks_nobody(place: Place) {
    let mut class = Class::gather(place).await;
    let two_years = 2 * 365 * 24 * 60 * 60 * 1000;
    let mut others = Vec::new();
    for (off, expected) in [(two_years, Some(Code::Clock)), (0, None)] {
        let mut phone = class.school.phone(class.learner.person).await;
        phone.clock_off = off;
        let event = phone.forge(class.dossier, &entry("klok"), |_| {});
        let ruled = phone.deliver(class.dossier, &[event.raw()]).await;
        let counts = matches!(ruled[0].verdict, Verdict::Accepted | Verdict::Flagged);
        assert!(counts && ruled[0].code == expected, "{ruled:?}");
        others.push(event);
    }
    class.mentor.sync(class.dossier).await.unwrap();
    let rows = class.school.store().rows(class.dossier, 0, 100).await.unwrap();
    assert!(rows.is_sorted_by(|a, b| a.received_at < b.received_at));
    assert!(rows.iter().all(|it| it.hlc_eff >> 16 <= it.received_at));
    assert_eq!(class.mentor.dossier(class.dossier).diary.entries().count(), others.len());
}

async fn ten_megabytes_are_refused_whole(place: Place) {
    let mut class = Class::gather(place).await;
    let before = class.school.store().head(class.dossier).await.unwrap();
    let good = class.learner.record(class.dossier, &[entry("goed")]).remove(0);
    let events = vec![Bytes(good.raw()), Bytes(vec![0; 10 << 20])];
    let push = Push { dossier: class.dossier, sent_at: 1, events };
    // The server may hang up before it has read everything: then there is no answer to read.
    if let Ok(answer) =
        send(class.school.address, post(path::PUSH, class.learner.signed(&push))).await
    {
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(class.school.store().head(class.dossier).await.unwrap(), before);
    class.learner.sync(class.dossier).await.unwrap();
    assert_eq!(class.learner.replica(class.dossier).counts().here, 0);
}

async fn malformed_bytes_are_kept_for_a_while(place: Place) {
    let class = Class::gather(place).await;
    class
        .learner
        .deliver(class.dossier, &[b"onleesbaar, maar misschien belangrijk".to_vec()])
        .await;
    let file = class.school.place.folder.path().join("all");
    class.school.store().backup(&file).await.unwrap();
    let all = std::fs::read(file).unwrap();
    assert!(all.windows(10).any(|it| it == b"onleesbaar"));
}

/// The next number of a sequence that begins the same each time (splitmix64).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut it = *state;
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((it ^ (it >> 31)) >> 33).unwrap()
}

/// Changes, drops or repeats a few bytes.
fn spoil(bytes: &mut Vec<u8>, seed: &mut u64) {
    for _ in 0..=next(seed) % 4 {
        if bytes.is_empty() {
            return;
        }
        let at = next(seed) % bytes.len();
        match next(seed) % 5 {
            0 => bytes.truncate(at),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, [0x9f, 0xbf, 0x5b, 0xff, 0x81][next(seed) % 5]),
            3 => bytes.extend_from_within(at..),
            _ => bytes[at] = u8::try_from(next(seed) % 256).unwrap(),
        }
    }
}

/// Spoilt events, and spoilt messages under a valid signature: always an answer, never a fault.
async fn no_bytes_whatsoever_are_too_much_for_it(place: Place) {
    let mut class = Class::gather(place).await;
    let good = class.learner.record(class.dossier, &[entry("tussen de rommel")]).remove(0);
    for seed in 0..300 {
        let mut state = seed;
        let mut spoilt = good.raw();
        spoil(&mut spoilt, &mut state);
        let push = Push { dossier: class.dossier, sent_at: 1, events: vec![Bytes(spoilt)] };
        let mut message = push.to_bytes();
        if seed % 2 == 1 {
            spoil(&mut message, &mut state);
        }
        let signed = sign(&class.learner.key, Purpose::Request, message);
        let answer = send(class.school.address, post(path::PUSH, signed.to_bytes())).await.unwrap();
        let expected = [StatusCode::OK, StatusCode::BAD_REQUEST];
        assert!(expected.contains(&answer.status), "seed {seed}: {}", answer.status);
    }
    let ruled = class.learner.deliver(class.dossier, &[good.raw()]).await;
    assert!(ruled[0].position.is_some());
    let report = dubbelspoor_server::check::check(&class.school.server).await.unwrap();
    assert_eq!(report.dossiers, 1, "a dossier out of nothing");
    assert_eq!(report.faults, Vec::<String>::new());
}
