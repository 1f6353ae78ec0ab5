//! The server process dies in the middle of everything. What was receipted is there, once.

use crate::on_both_databases;
use crate::support::phone::{Phone, Trouble};
use crate::support::place::Place;
use crate::support::process::{Process, binary};
use crate::support::school::{Class, School, entry, secret};
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::wire::{Verdict, path};
use dubbelspoor_server::random;
use hyper::StatusCode;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::Semaphore;

on_both_databases! {
    fifty_kills_during_a_sync_lose_nothing_that_was_receipted
    the_commands_work_together
    asked_to_end_it_ends_well
}

const KILLS: usize = 50;

/// What the server promised: this event at this position.
type Promises = BTreeMap<EventHash, u64>;

/// Writes and sends until the line is cut; keeps every promise that came through.
async fn send_until_cut(
    phone: &mut Phone,
    dossier: DossierId,
    promises: &mut Promises,
    receipts: &Semaphore,
) {
    loop {
        phone.record(dossier, &[entry("een"), entry("twee")]);
        match phone.push(dossier).await {
            Ok(ruled) => {
                for it in ruled.unwrap_or_default() {
                    let known = [Verdict::Accepted, Verdict::Duplicate].contains(&it.verdict);
                    assert!(known, "{it:?}");
                    let before = promises.insert(it.hash.unwrap(), it.position.unwrap());
                    assert!(before.is_none_or(|before| Some(before) == it.position));
                }
                receipts.add_permits(1);
            }
            Err(Trouble::Cut | Trouble::Refused(StatusCode::SERVICE_UNAVAILABLE)) => return,
            Err(trouble) => panic!("{trouble:?}"),
        }
    }
}

async fn fifty_kills_during_a_sync_lose_nothing_that_was_receipted(place: Place) {
    let Class { school, dossier, mut learner, mut mentor, .. } = Class::gather(place).await;
    let place = school.close().await;
    let mut promises = Promises::new();
    for round in 0..KILLS {
        let process = Process::start(&place).await;
        learner.server = process.address;
        let receipts = Semaphore::new(0);
        let [moment] = random::<1>().unwrap();
        let killing = async {
            // Every second time some receipts come first, however slow the machine is.
            let wanted = if round % 2 == 0 { 0 } else { 1 + u32::from(moment % 4) };
            receipts.acquire_many(wanted).await.unwrap().forget();
            tokio::time::sleep(Duration::from_micros(u64::from(moment) * 100)).await;
            process.kill().await;
        };
        let sending = send_until_cut(&mut learner, dossier, &mut promises, &receipts);
        tokio::join!(sending, killing);
    }
    let process = Process::start(&place).await;
    [learner.server, mentor.server] = [process.address; 2];
    learner.sync(dossier).await.unwrap();
    mentor.sync(dossier).await.unwrap();
    let counts = learner.replica(dossier).counts();
    assert_eq!((counts.here, counts.to_see), (0, 0));
    assert!(promises.len() >= KILLS);

    let store = place.open().await;
    let mut positions = BTreeMap::new();
    let mut after = 0;
    while let Some(last) = store.rows(dossier, after, 1000).await.unwrap().last().cloned() {
        let rows = store.rows(dossier, after, 1000).await.unwrap();
        positions.extend(rows.iter().map(|it| (it.hash, it.position)));
        after = last.position;
    }
    for (hash, position) in &promises {
        assert_eq!(positions.get(hash), Some(position));
    }
    assert_eq!(positions.len() as u64, after);
    let written = learner.dossier(dossier).diary.entries().count();
    assert_eq!(mentor.dossier(dossier).diary.entries().count(), written);
    assert_eq!(counts.at_school, written);
    process.kill().await;
    assert!(binary(&place).arg("check").status().await.unwrap().success());
}

fn word_after<'t>(text: &'t str, name: &str) -> &'t str {
    let line = text.lines().find_map(|it| it.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap()
}

/// Invite, join, back up, lose, restore, and go on: as somebody at a keyboard would.
async fn the_commands_work_together(place: Place) {
    let run = async |words: &[&str]| {
        let output = binary(&place).args(words).output().await.unwrap();
        let (out, err) = (output.stdout, String::from_utf8_lossy(&output.stderr).into_owned());
        assert!(output.status.success(), "{words:?}: {err}");
        String::from_utf8(out).unwrap()
    };
    let invited = run(&["invite", "--name", "Noor Çelik", "--role", "cursist"]).await;
    let dossier = DossierId::from_hex(word_after(&invited, "dossier")).unwrap();
    let process = Process::start(&place).await;
    let mut noor = Phone::join(process.address, secret(word_after(&invited, "link"))).await;
    noor.sync(dossier).await.unwrap();
    noor.record(dossier, &[entry("eerste dag")]);
    noor.sync(dossier).await.unwrap();

    // Another process writes in the same dossier while this one serves.
    let number = dossier.to_string();
    let mentor = run(&["invite", "--name", "Jef", "--role", "mentor", "--dossier", &number]).await;
    let mut jef = Phone::join(process.address, secret(word_after(&mentor, "link"))).await;
    jef.sync(dossier).await.unwrap();
    assert_eq!(jef.dossier(dossier).diary.entries().count(), 1);
    let file = place.folder.path().join("backup");
    run(&["backup", file.to_str().unwrap()]).await;
    noor.record(dossier, &[entry("tweede dag")]);
    noor.sync(dossier).await.unwrap();
    process.kill().await;

    run(&["restore", file.to_str().unwrap()]).await;
    let process = Process::start(&place).await;
    [noor.server, jef.server] = [process.address; 2];
    noor.sync(dossier).await.unwrap();
    jef.sync(dossier).await.unwrap();
    assert_eq!(jef.dossier(dossier).diary.entries().count(), 2);
    assert!(run(&["check"]).await.starts_with("1 dossiers"));
    let again = run(&["invite", "--person", &noor.person.to_string()]).await;
    Phone::join(process.address, secret(word_after(&again, "link"))).await;
}

async fn asked_to_end_it_ends_well(place: Place) {
    let school = School::open(place).await;
    let place = school.close().await;
    let process = Process::start(&place).await;
    let address = process.address;
    assert!(process.ask_to_end().await);
    let gone = crate::support::http::send(address, crate::support::http::get(path::HEADS)).await;
    assert!(gone.is_err());
}
