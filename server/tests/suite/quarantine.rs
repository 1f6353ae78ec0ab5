//! What was put aside is kept word for word, shown to whom it concerns, and can be released.

use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{Class, confirmation, entry, link};
use dubbelspoor_domain::dossier::{Body, LinkEnded, Release, Role, Standing};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{
    Code, HeadsReply, Message, QuarantineList, Quarantined, Verdict, path,
};
use dubbelspoor_server::random;

on_both_databases! {
    the_author_and_the_coach_see_what_was_put_aside
    a_coach_releases_what_was_put_aside
    a_released_link_lets_its_person_in
    a_coach_leaves_it_aside
    nobody_releases_what_nobody_signed
    a_confirmation_after_the_end_waits_for_the_coach
    a_key_that_became_known_is_judged_anew
}

async fn aside(phone: &Phone, dossier: DossierId) -> Vec<Quarantined> {
    let answer = phone.get(&format!("{}?dossier={dossier}", path::QUARANTINE)).await.unwrap();
    QuarantineList::from_bytes(&answer.body).unwrap().quarantined
}

fn release(event: &dubbelspoor_domain::event::Event, counts: bool) -> Body {
    Body::Release(Release { event: event.hash(), counts, reason: Some("gesproken".into()) })
}

async fn the_author_and_the_coach_see_what_was_put_aside(place: Place) {
    let mut class = Class::gather(place).await;
    let (entry, version) = class.entry("eigen werk").await;
    let own = class.learner.forge(class.dossier, &confirmation(entry, version), |_| {});
    for _ in 0..2 {
        let ruled = class.learner.deliver(class.dossier, &[own.raw()]).await;
        assert_eq!(ruled[0].verdict, Verdict::Quarantined);
        assert_eq!(ruled[0].code, Some(Code::OwnWork));
    }
    for phone in [&class.learner, &class.coach] {
        let list = aside(phone, class.dossier).await;
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].hash, list[0].code), (own.hash(), Code::OwnWork));
        assert_eq!(list[0].event.0, own.raw());
    }
    assert_eq!(aside(&class.mentor, class.dossier).await, []);
}

/// The mentor's link came too late into the dossier: the coach knows better.
async fn a_coach_releases_what_was_put_aside(place: Place) {
    let mut class = Class::gather(place).await;
    let (entry, version) = class.entry("met de invaller").await;
    let elsewhere = DossierId(random().unwrap());
    let stand_in = class.school.add(elsewhere, "Fatma", Role::Mentor).await;
    let mut stand_in = class.school.phone(stand_in).await;
    let given = stand_in.forge(class.dossier, &confirmation(entry, version), |_| {});
    let ruled = stand_in.deliver(class.dossier, &[given.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Quarantined, Some(Code::NotLinked)));
    class.school.write(class.dossier, &[link(stand_in.person, Role::Mentor)]).await;
    class.coach.sync(class.dossier).await.unwrap();
    class.coach.record(class.dossier, &[release(&given, true)]);
    class.sync().await;
    class.sync().await;
    assert_eq!(aside(&class.coach, class.dossier).await, []);
    let confirmations = &class.learner.dossier(class.dossier).confirmations;
    assert_eq!(confirmations.get(given.hash()).unwrap().by, stand_in.person);
    let again = stand_in.deliver(class.dossier, &[given.raw()]).await;
    assert_eq!(again[0].verdict, Verdict::Duplicate);
}

/// A coach who left had added a mentor before; it arrives late, and the other coach lets it count.
async fn a_released_link_lets_its_person_in(place: Place) {
    let mut class = Class::gather(place).await;
    let mut people = Vec::new();
    for (name, role) in [("Rik", Role::Coach), ("Nadia", Role::Mentor)] {
        let elsewhere = DossierId(random().unwrap());
        let person = class.school.add(elsewhere, name, role).await;
        people.push(class.school.phone(person).await);
    }
    let (mut left, mut added) = (people.remove(0), people.remove(0));
    let own = link(left.person, Role::Coach);
    let Body::Link(as_coach) = &own else { panic!("a link") };
    let end = LinkEnded { link: as_coach.link, to: as_coach.from };
    class.school.write(class.dossier, &[own]).await;
    left.sync(class.dossier).await.unwrap();
    left.record(class.dossier, &[link(added.person, Role::Mentor)]);
    class.school.write(class.dossier, &[Body::LinkEnded(end)]).await;
    left.sync(class.dossier).await.unwrap();
    let list = aside(&class.coach, class.dossier).await;
    assert_eq!(list.len(), 1, "it gives rights, and came too late");
    let hears = async |phone: &Phone| {
        let heads = phone.get(path::HEADS).await.unwrap();
        let heads = HeadsReply::from_bytes(&heads.body).unwrap().heads;
        heads.iter().any(|it| it.dossier == class.dossier)
    };
    assert!(!hears(&added).await);
    class.coach.sync(class.dossier).await.unwrap();
    let counts = Release { event: list[0].hash, counts: true, reason: Some("klopt".into()) };
    class.coach.record(class.dossier, &[Body::Release(counts)]);
    class.coach.sync(class.dossier).await.unwrap();
    assert!(hears(&added).await, "whoever is let in hears of it");
    added.sync(class.dossier).await.unwrap();
    let person = added.person;
    let it = added.dossier(class.dossier);
    assert!(it.links.all().any(|it| it.link.person == person));
    assert!(it.keys.all().any(|it| it.certified.person == person), "and their device is known");
}

async fn a_coach_leaves_it_aside(place: Place) {
    let mut class = Class::gather(place).await;
    let (entry, version) = class.entry("eigen werk").await;
    let own = class.learner.forge(class.dossier, &confirmation(entry, version), |_| {});
    class.learner.deliver(class.dossier, &[own.raw()]).await;
    class.coach.record(class.dossier, &[release(&own, false)]);
    class.sync().await;
    assert_eq!(aside(&class.learner, class.dossier).await, []);
    let again = class.learner.deliver(class.dossier, &[own.raw()]).await;
    assert_eq!((again[0].verdict, again[0].position), (Verdict::Quarantined, None));
    assert_eq!(aside(&class.coach, class.dossier).await, []);
}

/// Not even a coach can make a forged confirmation count, and nobody's phone chokes on the attempt.
async fn nobody_releases_what_nobody_signed(place: Place) {
    let mut class = Class::gather(place).await;
    let (entry, version) = class.entry("eigen werk").await;
    let mentor = class.mentor.person;
    let body = confirmation(entry, version);
    let forged = class.learner.forge(class.dossier, &body, |it| it.person = mentor);
    let ruled = class.learner.deliver(class.dossier, &[forged.raw()]).await;
    assert_eq!(ruled[0].code, Some(Code::NotAuthorsKey));
    class.coach.record(class.dossier, &[release(&forged, true)]);
    class.sync().await;
    class.sync().await;
    for phone in [&mut class.learner, &mut class.mentor, &mut class.coach] {
        assert!(phone.dossier(class.dossier).confirmations.get(forged.hash()).is_none());
    }
    assert_eq!(aside(&class.mentor, class.dossier).await.len(), 1);
}

async fn a_confirmation_after_the_end_waits_for_the_coach(place: Place) {
    let mut class = Class::gather(place).await;
    let (entry, version) = class.entry("laatste week").await;
    let given = class.mentor.record(class.dossier, &[confirmation(entry, version)]).remove(0);
    let person = class.mentor.person;
    let links = &class.coach.dossier(class.dossier).links;
    let ended = links.all().find(|it| it.link.person == person).unwrap().link.clone();
    let today = dubbelspoor_domain::Day::of_millis(dubbelspoor_server::now());
    let end = Body::LinkEnded(LinkEnded { link: ended.link, to: today });
    class.coach.record(class.dossier, &[end]);
    class.coach.sync(class.dossier).await.unwrap();
    let ruled = class.mentor.push(class.dossier).await.unwrap().unwrap();
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Waiting, Some(Code::LinkEnded)));
    assert!(ruled[0].position.is_some());
    class.learner.sync(class.dossier).await.unwrap();
    let dossier = class.learner.dossier(class.dossier);
    let it = dossier.confirmations.get(given.hash()).unwrap();
    assert_eq!(dossier.standing(it), Standing::Waiting);
    class.coach.sync(class.dossier).await.unwrap();
    class.coach.record(class.dossier, &[release(&given, true)]);
    class.coach.sync(class.dossier).await.unwrap();
    class.learner.sync(class.dossier).await.unwrap();
    let dossier = class.learner.dossier(class.dossier);
    let it = dossier.confirmations.get(given.hash()).unwrap();
    assert_eq!(dossier.standing(it), Standing::Given);
}

/// The event was carried by another phone and came before its author's certificate.
async fn a_key_that_became_known_is_judged_anew(place: Place) {
    let mut class = Class::gather(place).await;
    let key = class.learner.key_id();
    let carried = class.learner.record(class.dossier, &[entry("gedragen")]).remove(0);
    let fresh = DossierId(random().unwrap());
    class.school.write(fresh, &[link(class.mentor.person, Role::Mentor)]).await;
    let strange = crate::support::phone::new_key();
    let unknown = dubbelspoor_domain::event::Unsealed::new(
        dubbelspoor_domain::event::Header {
            key: strange.public().id(),
            ..carried.header().clone()
        },
        carried.body().unwrap().to_vec(),
    );
    let unknown = unknown.sealed_with(|input| strange.sign(input));
    let ruled = class.mentor.deliver(class.dossier, &[unknown.raw(), carried.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Quarantined, Some(Code::UnknownKey)));
    assert_eq!(ruled[1].verdict, Verdict::Accepted);
    let device = dubbelspoor_server::store::Device {
        person: class.learner.person,
        public_key: strange.public(),
        name: "nu wel".into(),
        certified_at: 1,
        revoked_at: None,
    };
    class.school.store().put_device(&device).await.unwrap();
    let ruled = class.mentor.deliver(class.dossier, &[unknown.raw()]).await;
    assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Quarantined, Some(Code::Fork)));
    let seen = aside(&class.coach, class.dossier).await;
    assert_eq!((seen.len(), seen[0].code), (1, Code::Fork));
    class.coach.sync(class.dossier).await.unwrap();
    let keys = &class.coach.dossier(class.dossier).keys;
    assert!(keys.get(key).is_some() && keys.get(strange.public().id()).is_some());
}
