//! A line that loses, repeats and cuts. Browsers repeat POSTs by themselves.

use crate::on_both_databases;
use crate::support::http::{post, send};
use crate::support::phone::{Phone, Trouble, new_key};
use crate::support::place::Place;
use crate::support::school::{Class, confirmation, entry};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{PushReply, Verdict, path};
use hyper::StatusCode;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

on_both_databases! {
    a_post_that_the_browser_repeats_counts_once
    an_answer_that_was_lost_comes_again
    half_a_request_leaves_nothing
    everything_twice_and_every_third_answer_lost
    forty_phones_at_once
    a_store_that_fails_promises_nothing
    a_rotten_event_in_front_holds_nothing_up
}

async fn a_post_that_the_browser_repeats_counts_once(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("een"), entry("twee"), entry("drie")]);
    let push = class.learner.replica(class.dossier).push(100, 1).unwrap();
    let body = class.learner.signed(&push);
    let mut repeats = JoinSet::new();
    for _ in 0..12 {
        let (to, body) = (class.school.address, body.clone());
        repeats.spawn(async move { send(to, post(path::PUSH, body)).await.unwrap() });
    }
    let before = class.learner.replica(class.dossier).tip().position;
    let mut accepted = 0;
    for answer in repeats.join_all().await {
        let reply: PushReply = class.learner.opened(&answer).unwrap();
        let positions: Vec<_> =
            reply.ruled.iter().map(|it| it.position.unwrap() - before).collect();
        assert_eq!(positions, [1, 2, 3]);
        accepted += reply.ruled.iter().filter(|it| it.verdict == Verdict::Accepted).count();
    }
    assert_eq!(accepted, 3);
    class.sync().await;
    assert_eq!(class.mentor.dossier(class.dossier).diary.entries().count(), 3);
}

async fn an_answer_that_was_lost_comes_again(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("aangekomen")]);
    let push = class.learner.replica(class.dossier).push(100, 1).unwrap();
    let lost = send(class.school.address, post(path::PUSH, class.learner.signed(&push))).await;
    let lost: PushReply = class.learner.opened(&lost.unwrap()).unwrap();
    let again = class.learner.push(class.dossier).await.unwrap().unwrap();
    assert_eq!(again[0].verdict, Verdict::Duplicate);
    assert_eq!((again[0].hash, again[0].position), (lost.ruled[0].hash, lost.ruled[0].position));
    assert_eq!(class.learner.replica(class.dossier).counts().here, 0);
}

async fn half_a_request_leaves_nothing(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("een"), entry("twee")]);
    let push = class.learner.replica(class.dossier).push(100, 1).unwrap();
    let body = class.learner.signed(&push);
    let before = class.school.store().head(class.dossier).await.unwrap();
    for part in [1, body.len() / 2, body.len() - 1] {
        let short =
            send(class.school.address, post(path::PUSH, body[..part].to_vec())).await.unwrap();
        assert_eq!(short.status, StatusCode::BAD_REQUEST);
        let mut line = TcpStream::connect(class.school.address).await.unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/cbor\r\nx-dl: 1\r\n\
             content-length: {}\r\n\r\n",
            path::PUSH,
            body.len()
        );
        line.write_all(head.as_bytes()).await.unwrap();
        line.write_all(&body[..part]).await.unwrap();
        line.shutdown().await.unwrap();
    }
    assert_eq!(class.school.store().head(class.dossier).await.unwrap(), before);
    class.learner.sync(class.dossier).await.unwrap();
    assert_eq!(class.learner.replica(class.dossier).counts().here, 0);
}

/// Sends what waits over a line that delivers twice and loses every third answer.
async fn push_badly(phone: &mut Phone, dossier: DossierId, count: &mut u32) {
    let mut rounds = 0;
    while let Some(push) = phone.replica(dossier).push(3, 1) {
        rounds += 1;
        assert!(rounds < 200, "a queue that never empties");
        let body = phone.signed(&push);
        send(phone.server, post(path::PUSH, body.clone())).await.unwrap();
        let second = send(phone.server, post(path::PUSH, body)).await.unwrap();
        *count += 1;
        if !count.is_multiple_of(3) {
            let reply: PushReply = phone.opened(&second).unwrap();
            let now = phone.now();
            let replica = phone.replica(dossier);
            let step = replica.absorb_push(&push, &reply, now).unwrap();
            replica.take(step);
        }
    }
}

async fn everything_twice_and_every_third_answer_lost(place: Place) {
    let mut class = Class::gather(place).await;
    let (dossier, mut count) = (class.dossier, 0);
    for day in 0..6 {
        let version = class.learner.record(dossier, &[entry(&format!("dag {day}"))])[0].hash();
        push_badly(&mut class.learner, dossier, &mut count).await;
        class.mentor.sync(dossier).await.unwrap();
        let diary = &class.mentor.dossier(dossier).diary;
        let entry = diary.entries().find(|it| it.version(version).is_some()).unwrap().entry;
        class.mentor.record(dossier, &[confirmation(entry, version)]);
        push_badly(&mut class.mentor, dossier, &mut count).await;
    }
    class.sync().await;
    class.sync().await;
    for phone in [&mut class.learner, &mut class.mentor, &mut class.coach] {
        assert_eq!(phone.dossier(dossier).diary.entries().count(), 6);
        assert_eq!(phone.dossier(dossier).confirmations.all().count(), 6);
        let counts = phone.replica(dossier).counts();
        assert_eq!((counts.here, counts.to_see), (0, 0));
    }
}

async fn forty_phones_at_once(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let mut phones = JoinSet::new();
    for _ in 0..40 {
        let mut phone = class.school.phone(class.learner.person).await;
        phones.spawn(async move {
            phone.sync(dossier).await.unwrap();
            for _ in 0..3 {
                phone.record(dossier, &[entry("tegelijk")]);
                while phone.push(dossier).await.unwrap().is_some() {}
            }
            phone.replica(dossier).counts().here
        });
    }
    assert!(phones.join_all().await.iter().all(|waiting| *waiting == 0));
    class.mentor.sync(dossier).await.unwrap();
    assert_eq!(class.mentor.dossier(dossier).diary.entries().count(), 120);
    let report = dubbelspoor_server::check::check(&class.school.server).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}

/// The last statement before the commit fails, as when a disk is full.
async fn a_store_that_fails_promises_nothing(place: Place) {
    const FULL: [&str; 2] = [
        "create trigger disk_full before update on dossier
         begin select raise(abort, 'the disk is full'); end",
        "create function disk_full() returns trigger language plpgsql
         as $$ begin raise exception 'the disk is full'; end $$;
         create trigger disk_full before update on dossier
         for each row execute function disk_full()",
    ];
    const ROOM: [&str; 2] = ["drop trigger disk_full", "drop trigger disk_full on dossier"];
    let mut class = Class::gather(place).await;
    let kind = usize::from(class.school.place.is_postgres());
    let before = class.school.store().head(class.dossier).await.unwrap().unwrap();
    class.school.place.sql(FULL[kind]).await;
    class.learner.record(class.dossier, &[entry("bij een volle schijf")]);
    for _ in 0..2 {
        let failed = class.learner.push(class.dossier).await;
        let status = StatusCode::SERVICE_UNAVAILABLE;
        assert!(matches!(failed, Err(Trouble::Refused(it)) if it == status), "{failed:?}");
    }
    assert_eq!(class.learner.replica(class.dossier).counts().here, 1);
    class.school.place.sql(ROOM[kind]).await;
    let ruled = class.learner.push(class.dossier).await.unwrap().unwrap();
    assert_eq!(ruled[0].verdict, Verdict::Accepted);
    assert_eq!(ruled[0].position, Some(before.position + 1));
}

/// The oldest in the outbox has a signature that does not fit, as after a fault of the disk.
async fn a_rotten_event_in_front_holds_nothing_up(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let key = std::mem::replace(&mut class.learner.key, new_key());
    let rotten = class.learner.record(dossier, &[entry("bedorven")])[0].hash();
    class.learner.key = key;
    class.learner.record(dossier, &[entry("goed een"), entry("goed twee")]);
    let ruled = class.learner.push(dossier).await.unwrap().unwrap();
    let verdicts: Vec<_> = ruled.iter().map(|it| it.verdict).collect();
    assert_eq!(verdicts, [Verdict::Malformed, Verdict::Accepted, Verdict::Accepted]);
    class.sync().await;
    let replica = class.learner.replica(dossier);
    let (counts, refused) = (replica.counts(), replica.refused());
    assert_eq!((counts.here, counts.to_see), (0, 1));
    assert!(refused.iter().map(|it| it.event.hash()).eq([rotten]));
    assert_eq!(class.mentor.dossier(dossier).diary.entries().count(), 2);
}
