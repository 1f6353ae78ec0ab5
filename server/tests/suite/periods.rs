//! Who takes part until a day, or from a day on, is let in and kept out by the school's own clock (A1, A16).

use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{Class, School, confirmation, entry, goal, track};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Feedback, Link, LinkEnded, Person, Role};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{DossierId, LinkId, PersonId};
use dubbelspoor_domain::wire::{Code, HeadsReply, Message, Verdict, path};
use dubbelspoor_server::desk::{Desk, Registered};
use dubbelspoor_server::{now, random};
use hyper::StatusCode;

on_both_databases! {
    a_reader_gets_something_in_their_period_only
    an_announced_end_takes_sight_and_rights_away_after_its_day
    until_an_announced_end_a_mentor_confirms_and_reads
    who_begins_later_joins_and_reads_before_and_writes_afterwards
}

const DAY: u64 = 86_400_000;

fn new_person() -> PersonId {
    PersonId(random().unwrap())
}

/// So many days from today.
fn ahead(days: i64) -> Day {
    Day::of_millis(now().saturating_add_signed(days * DAY.cast_signed()))
}

fn link(person: PersonId, role: Role, from: i64, to: Option<i64>) -> Body {
    let link = LinkId(random().unwrap());
    Body::Link(Link { link, person, role, from: ahead(from), to: to.map(ahead) })
}

fn said(text: &str) -> Body {
    Body::Feedback(Feedback { entry: None, text: text.into() })
}

/// What the school wrote at a moment of the past.
async fn in_the_past(school: &School, dossier: DossierId, days: u64, bodies: &[Body]) {
    let key = school.server.school().public().id();
    let desk = Desk::open(&school.server, dossier, key, Registered::new()).await.unwrap();
    let mut desk = desk.at(now() - days * DAY);
    for body in bodies {
        desk.write(body).await.unwrap();
    }
    desk.close().await.unwrap();
}

async fn is_listed(phone: &Phone, dossier: DossierId) -> bool {
    let answer = phone.get(path::HEADS).await.unwrap();
    let heads = HeadsReply::from_bytes(&answer.body).unwrap();
    heads.heads.iter().any(|it| it.dossier == dossier)
}

async fn reads(phone: &Phone, dossier: DossierId) -> bool {
    let address = format!("{}?dossier={dossier}&after=0", path::PULL);
    let status = phone.get(&address).await.unwrap().status;
    assert!(matches!(status, StatusCode::OK | StatusCode::NOT_FOUND), "{status}");
    status == StatusCode::OK
}

async fn a_reader_gets_something_in_their_period_only(place: Place) {
    let school = School::open(place).await;
    let dossier = DossierId(random().unwrap());
    let (was, is, comes) = (new_person(), new_person(), new_person());
    let periods = [(was, -3, -1), (is, -3, 0), (comes, 1, 9)];
    let mut bodies = vec![track(), goal()];
    for (person, from, to) in periods {
        bodies.push(Body::Person(Person { person, name: "Inspectie".into() }));
        bodies.push(link(person, Role::Reader, from, Some(to)));
    }
    in_the_past(&school, dossier, 3, &bodies).await;
    for (person, expected) in [(was, false), (is, true), (comes, false)] {
        let mut phone = school.phone(person).await;
        assert_eq!(is_listed(&phone, dossier).await, expected);
        assert_eq!(reads(&phone, dossier).await, expected);
        let file = format!("{}?dossier={dossier}&file={}&at=0", path::FILES, "0".repeat(64));
        assert_eq!(phone.get(&file).await.unwrap().status, StatusCode::NOT_FOUND);
        if expected {
            phone.sync(dossier).await.unwrap();
            assert!(phone.dossier(dossier).track.is_some());
        }
    }
}

async fn an_announced_end_takes_sight_and_rights_away_after_its_day(place: Place) {
    let school = School::open(place).await;
    let dossier = DossierId(random().unwrap());
    let (learner, mentor) = (new_person(), new_person());
    let link_of_mentor = link(mentor, Role::Mentor, -9, None);
    let Body::Link(Link { link: named, .. }) = &link_of_mentor else { panic!("a link") };
    let ended = Body::LinkEnded(LinkEnded { link: *named, to: ahead(-1) });
    let mut bodies = vec![track(), goal(), link(learner, Role::Learner, -9, None)];
    bodies.push(Body::Person(Person { person: learner, name: "Amir".into() }));
    bodies.extend([link_of_mentor, ended]);
    in_the_past(&school, dossier, 3, &bodies).await;
    in_the_past(
        &school,
        dossier,
        1,
        &[Body::Person(Person { person: mentor, name: "Jef".into() })],
    )
    .await;
    let mut learner = school.phone(learner).await;
    let work = entry("na de laatste dag van Jef");
    let Body::Entry(it) = &work else { panic!("an entry") };
    let it = it.entry;
    learner.sync(dossier).await.unwrap();
    let version = learner.record(dossier, &[work])[0].hash();
    learner.sync(dossier).await.unwrap();

    let mut mentor = school.phone(mentor).await;
    mentor.sync(dossier).await.unwrap();
    let seen = mentor.dossier(dossier);
    assert_eq!(seen.links.name_of(mentor_of(seen)), Some("Jef"), "what came in on the last day");
    assert!(seen.diary.get(it).is_none(), "nothing of what came after it");
    // Honest, it is put aside. Set back it is as well: the phone has seen what the school took in since.
    let given = confirmation(it, version);
    for back in [0, 2 * DAY] {
        let event = mentor.forge(dossier, &given, |it| it.hlc = Hlc::at(now() - back));
        let ruled = mentor.deliver(dossier, &[event.raw()]).await;
        assert_eq!(
            (ruled[0].verdict, ruled[0].code),
            (Verdict::Quarantined, Some(Code::NotLinked))
        );
    }
}

fn mentor_of(it: &dubbelspoor_domain::dossier::Dossier) -> PersonId {
    it.links.all().find(|it| it.link.role == Role::Mentor).unwrap().link.person
}

async fn until_an_announced_end_a_mentor_confirms_and_reads(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let links = &class.coach.dossier(dossier).links;
    let it = links.all().find(|it| it.link.role == Role::Mentor).unwrap().link.link;
    class.coach.record(dossier, &[Body::LinkEnded(LinkEnded { link: it, to: ahead(7) })]);
    class.sync().await;
    let (done, version) = class.entry("in de laatste week").await;
    assert!(class.mentor.dossier(dossier).diary.get(done).is_some(), "it is still seen");
    class.mentor.record(dossier, &[confirmation(done, version)]);
    let ruled = class.mentor.push(dossier).await.unwrap().unwrap();
    assert_eq!(ruled[0].verdict, Verdict::Accepted);
    // Stopped all the same: at once.
    class.coach.record(dossier, &[Body::LinkEnded(LinkEnded { link: it, to: ahead(0) })]);
    class.sync().await;
    let (done, _) = class.entry("daarna").await;
    assert!(class.mentor.dossier(dossier).diary.get(done).is_none());
}

async fn who_begins_later_joins_and_reads_before_and_writes_afterwards(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let comes = new_person();
    let named = Body::Person(Person { person: comes, name: "Hilde".into() });
    class.coach.record(dossier, &[named, link(comes, Role::Mentor, 2, None)]);
    class.sync().await;
    let mut comes = class.school.phone(comes).await;
    assert!(is_listed(&comes, dossier).await);
    let (done, _) = class.entry("van voor haar tijd").await;
    comes.sync(dossier).await.unwrap();
    let seen = comes.dossier(dossier);
    assert!(seen.diary.get(done).is_some(), "who takes over reads ahead");
    assert!(seen.links.all().any(|it| it.later && it.link.from == ahead(2)), "and from when it is");
    let early = comes.forge(dossier, &said("ik ben er al"), |it| it.hlc = Hlc::at(now() + 3 * DAY));
    let ruled = comes.deliver(dossier, &[early.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Quarantined, Some(Code::NotLinked)));
}
