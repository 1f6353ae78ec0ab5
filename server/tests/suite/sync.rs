//! Push, pull, heads, reconcile: what a phone may rely on.

use crate::on_both_databases;
use crate::support::http::{post, request, send};
use crate::support::phone::{Phone, new_key, sign};
use crate::support::place::Place;
use crate::support::school::{Class, confirmation, entry, goal, link};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Audience, Body, LinkEnded, Role, Standing};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{
    Code, HeadsReply, MAX_BATCH, Message, Purpose, Push, PushReply, Verdict, path,
};
use dubbelspoor_server::desk::{Desk, Registered};
use dubbelspoor_server::random;
use flate2::{Compression, write::GzEncoder};
use http_body_util::Full;
use hyper::StatusCode;
use std::io::Write as _;

on_both_databases! {
    an_entry_and_its_confirmation_go_from_phone_to_phone
    drafts_stay_with_their_author
    a_stranger_reads_nothing
    a_receipt_names_what_it_answers
    more_than_a_batch_is_too_large
    gzip_is_unfolded_within_limits
    a_new_role_is_read_from_its_first_event
    a_long_dossier_comes_in_pages
    a_server_clock_that_jumps_back_keeps_the_order
}

async fn an_entry_and_its_confirmation_go_from_phone_to_phone(place: Place) {
    let mut class = Class::gather(place).await;
    let (entry, version) = class.entry("Pallets verplaatst").await;
    let event = &class.mentor.record(class.dossier, &[confirmation(entry, version)])[0];
    class.sync().await;
    class.sync().await;
    for phone in [&mut class.learner, &mut class.mentor, &mut class.coach] {
        let dossier = phone.dossier(class.dossier);
        let it = dossier.confirmations.get(event.hash()).unwrap();
        assert_eq!((it.by, it.confirmation.version), (event.header().person, version));
        assert_eq!(dossier.standing(it), Standing::Given);
        assert!(it.position.is_some());
    }
    assert_eq!(class.learner.dossier(class.dossier), class.coach.dossier(class.dossier));
}

async fn drafts_stay_with_their_author(place: Place) {
    let mut class = Class::gather(place).await;
    let Body::Entry(mut private) = entry("Ik durf dit nog niet te zeggen") else { panic!() };
    private.audience = Audience::Private;
    let entry = private.entry;
    class.learner.record(class.dossier, &[Body::Entry(private)]);
    class.sync().await;
    assert!(class.learner.dossier(class.dossier).diary.get(entry).is_some());
    assert!(class.mentor.dossier(class.dossier).diary.get(entry).is_none());
    let after = class.mentor.replica(class.dossier).tip().position;
    assert_eq!(after, class.learner.replica(class.dossier).tip().position);
}

async fn a_stranger_reads_nothing(place: Place) {
    let class = Class::gather(place).await;
    let elsewhere = DossierId(random().unwrap());
    let person = class.school.add(elsewhere, "Zoë", Role::Mentor).await;
    let stranger = class.school.phone(person).await;
    for unreadable in [class.dossier, DossierId(random().unwrap())] {
        for address in [path::PULL, path::QUARANTINE] {
            let address = format!("{address}?dossier={unreadable}&after=0");
            assert_eq!(stranger.get(&address).await.unwrap().status, StatusCode::NOT_FOUND);
        }
    }
    let heads = stranger.get(path::HEADS).await.unwrap();
    let heads = HeadsReply::from_bytes(&heads.body).unwrap().heads;
    assert!(heads.iter().all(|it| it.dossier == elsewhere));
}

async fn a_receipt_names_what_it_answers(place: Place) {
    let mut class = Class::gather(place).await;
    class.learner.record(class.dossier, &[entry("een"), entry("twee")]);
    let now = class.learner.now();
    let push = class.learner.replica(class.dossier).push(100, now).unwrap();
    let answer = send(class.school.address, post(path::PUSH, class.learner.signed(&push))).await;
    let reply: PushReply = class.learner.opened(&answer.unwrap()).unwrap();
    assert_eq!(reply.request.0, dubbelspoor_domain::seal::sha256(&[&push.to_bytes()]));
    let head = class.school.store().head(class.dossier).await.unwrap().unwrap();
    assert_eq!((reply.position, reply.chain, reply.epoch), (head.position, head.chain, head.epoch));
    let positions: Vec<_> = reply.ruled.iter().map(|it| it.position.unwrap()).collect();
    assert_eq!(positions, [head.position - 1, head.position]);
    assert!(reply.ruled.iter().all(|it| it.verdict == Verdict::Accepted && it.code.is_none()));
}

async fn more_than_a_batch_is_too_large(place: Place) {
    let class = Class::gather(place).await;
    let before = class.school.store().head(class.dossier).await.unwrap();
    let many = vec![Bytes(vec![0x80]); MAX_BATCH + 1];
    let large = vec![Bytes(vec![0; 64 * 1024]); 5];
    for events in [many, large] {
        let push = Push { dossier: class.dossier, sent_at: 1, events };
        let body = class.learner.signed(&push);
        let answer = send(class.school.address, post(path::PUSH, body)).await.unwrap();
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(class.school.store().head(class.dossier).await.unwrap(), before);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

async fn gzip_is_unfolded_within_limits(place: Place) {
    let mut class = Class::gather(place).await;
    let send_zipped = async |phone: &Phone, push: &Push| {
        let request = request("POST", path::PUSH)
            .header("content-type", "application/cbor")
            .header("content-encoding", "gzip")
            .header("x-dl", "1")
            .body(Full::from(gzip(&phone.signed(push))))
            .unwrap();
        send(phone.server, request).await.unwrap()
    };
    class.learner.record(class.dossier, &[entry(&"werk ".repeat(200))]);
    let push = class.learner.replica(class.dossier).push(100, 1).unwrap();
    let answer = send_zipped(&class.learner, &push).await;
    let reply: PushReply = class.learner.opened(&answer).unwrap();
    assert_eq!(reply.ruled[0].verdict, Verdict::Accepted);
    let bomb =
        Push { dossier: class.dossier, sent_at: 1, events: vec![Bytes(vec![0; 30_000_000])] };
    let answer = send_zipped(&class.learner, &bomb).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

async fn a_new_role_is_read_from_its_first_event(place: Place) {
    let mut class = Class::gather(place).await;
    class.entry("voor de tweede mentor er was").await;
    let second = class.school.add(class.dossier, "Mia", Role::Mentor).await;
    let mut phone = class.school.phone(second).await;
    phone.sync(class.dossier).await.unwrap();
    assert_eq!(phone.dossier(class.dossier).diary.entries().count(), 1);
    let Body::Link(mut ended) = link(second, Role::Mentor) else { panic!() };
    ended.link = phone
        .dossier(class.dossier)
        .links
        .all()
        .find(|it| it.link.person == second)
        .unwrap()
        .link
        .link;
    let end = LinkEnded { link: ended.link, to: ended.from };
    class.school.write(class.dossier, &[Body::LinkEnded(end)]).await;
    class.entry("toen de tweede mentor weg was").await;
    phone.sync(class.dossier).await.unwrap();
    assert_eq!(phone.dossier(class.dossier).diary.entries().count(), 1);
}

async fn a_long_dossier_comes_in_pages(place: Place) {
    let mut class = Class::gather(place).await;
    for _ in 0..6 {
        let many: Vec<Body> = (0..100).map(|it| entry(&format!("dag {it}"))).collect();
        class.learner.record(class.dossier, &many);
    }
    class.learner.sync(class.dossier).await.unwrap();
    let first = class.mentor.page(class.dossier).await.unwrap();
    assert_eq!(first.rows.len(), 500);
    assert!(class.mentor.pull(class.dossier).await.unwrap());
    // The second page is lost on its way: the next question begins there again, and not before.
    let lost = class.mentor.page(class.dossier).await.unwrap();
    let again = class.mentor.page(class.dossier).await.unwrap();
    let next = first.rows.last().unwrap().position + 1;
    assert_eq!((lost.rows[0].position, &lost.rows), (next, &again.rows));
    class.mentor.sync(class.dossier).await.unwrap();
    assert_eq!(class.mentor.dossier(class.dossier).diary.entries().count(), 600);
}

/// The clock was a day ahead until the time service noticed.
async fn a_server_clock_that_jumps_back_keeps_the_order(place: Place) {
    let mut class = Class::gather(place).await;
    let key = class.school.server.school().public().id();
    let ahead = dubbelspoor_server::now() + 24 * 60 * 60 * 1000;
    let desk = Desk::open(&class.school.server, class.dossier, key, Registered::new()).await;
    let mut desk = desk.unwrap().at(ahead);
    desk.write(&goal()).await.unwrap();
    desk.close().await.unwrap();
    class.entry("na de sprong").await;
    let rows = class.school.store().rows(class.dossier, 0, 100).await.unwrap();
    assert!(rows.is_sorted_by(|a, b| a.received_at < b.received_at));
    assert_eq!(rows.last().unwrap().received_at, ahead + 1);
    assert_eq!(class.mentor.dossier(class.dossier).diary.entries().count(), 1);
}

/// Keys that nobody certified, and signatures for something else.
#[tokio::test]
async fn only_a_known_key_delivers() {
    let place = Place::new(crate::support::place::Kind::Sqlite).await.unwrap();
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let event = class.learner.record(dossier, &[entry("van mij")]).remove(0);
    let push = Push { dossier, sent_at: 1, events: vec![Bytes(event.raw())] };
    let mut altered = sign(&class.learner.key, Purpose::Request, push.to_bytes());
    altered.payload.0[30] ^= 1;
    for wrong in [
        sign(&new_key(), Purpose::Request, push.to_bytes()),
        sign(&class.learner.key, Purpose::Session, push.to_bytes()),
        altered,
    ] {
        let answer = send(class.school.address, post(path::PUSH, wrong.to_bytes())).await.unwrap();
        assert_eq!((answer.status, answer.text()), (StatusCode::FORBIDDEN, "unknown-device"));
    }
    let ruled = class.mentor.deliver(dossier, &[event.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Accepted, None));
    let again = class.learner.deliver(dossier, &[event.raw()]).await;
    assert_eq!((again[0].verdict, again[0].position), (Verdict::Duplicate, ruled[0].position));
    assert_eq!(again[0].code, None::<Code>);
}
