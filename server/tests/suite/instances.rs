//! Two servers on one database tell one story.

use crate::live::Stream;
use crate::on_both_databases;
use crate::support::place::Place;
use crate::support::school::{Class, confirmation, entry};
use dubbelspoor_domain::wire::{Code, Verdict};
use dubbelspoor_server::check::check;

on_both_databases! {
    what_one_takes_in_the_other_gives_out
    both_take_in_at_once
    what_one_put_aside_the_other_knows
}

async fn what_one_takes_in_the_other_gives_out(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    class.mentor.server = class.school.second().await;
    // Only PostgreSQL carries hints from one server to the other.
    let hears = class.school.place.is_postgres();
    let mut stream = Stream::open(&class.mentor).await;
    for day in 0..5 {
        let version = class.learner.record(dossier, &[entry(&format!("dag {day}"))])[0].hash();
        let ruled = class.learner.push(dossier).await.unwrap().unwrap();
        if hears {
            let hint = format!("{dossier} {}", ruled[0].position.unwrap());
            while stream.next().await.unwrap() != hint {}
        }
        class.mentor.sync(dossier).await.unwrap();
        let diary = &class.mentor.dossier(dossier).diary;
        let it = diary.entries().find(|it| it.version(version).is_some()).unwrap().entry;
        let given = class.mentor.record(dossier, &[confirmation(it, version)])[0].hash();
        class.mentor.sync(dossier).await.unwrap();
        class.learner.sync(dossier).await.unwrap();
        assert!(class.learner.dossier(dossier).confirmations.get(given).is_some());
    }
    assert_eq!(check(&class.school.server).await.unwrap().faults, Vec::<String>::new());
}

async fn both_take_in_at_once(place: Place) {
    let mut class = Class::gather(place).await;
    let dossier = class.dossier;
    let second = class.school.second().await;
    let mut other = class.school.phone(class.learner.person).await;
    other.sync(dossier).await.unwrap();
    other.server = second;
    let sending = async |phone: &mut crate::support::phone::Phone| {
        for _ in 0..20 {
            phone.record(dossier, &[entry("tegelijk")]);
            while phone.push(dossier).await.unwrap().is_some() {}
        }
    };
    tokio::join!(sending(&mut class.learner), sending(&mut other));
    class.mentor.sync(dossier).await.unwrap();
    assert_eq!(class.mentor.dossier(dossier).diary.entries().count(), 40);
    assert_eq!(check(&class.school.server).await.unwrap().faults, Vec::<String>::new());
}

async fn what_one_put_aside_the_other_knows(place: Place) {
    let mut class = Class::gather(place).await;
    let (it, version) = class.entry("eigen werk").await;
    let second = class.school.second().await;
    let own = class.learner.forge(class.dossier, &confirmation(it, version), |_| {});
    for address in [class.school.address, second, class.school.address] {
        class.learner.server = address;
        let ruled = class.learner.deliver(class.dossier, &[own.raw()]).await;
        assert_eq!((ruled[0].verdict, ruled[0].code), (Verdict::Quarantined, Some(Code::OwnWork)));
    }
    assert_eq!(class.school.store().quarantined(class.dossier).await.unwrap().len(), 1);
}
