//! Reminders by e-mail (I4), against a mail server of this test: when one goes out, to whom, and what it tells.

use crate::on_both_databases;
use crate::support::http::{request, send};
use crate::support::mail::MailServer;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{Class, settings};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Asked, Body, ConfirmationRequest, Level};
use dubbelspoor_domain::reminder::Reminders;
use dubbelspoor_domain::wire::{Message as _, path};
use dubbelspoor_server::app::{Settings, Shared};
use dubbelspoor_server::now;
use dubbelspoor_server::reminding::{Mailer, remind};
use http_body_util::Full;
use hyper::StatusCode;

on_both_databases! {
    a_mentor_is_reminded_once_a_day_by_day_of_what_waits
    nobody_is_reminded_of_nothing_and_what_is_not_taken_is_tried_again
    a_mail_stops_from_within_and_only_with_its_own_secret
    what_cannot_be_done_is_refused_and_another_device_reads_what_was_chosen
}

/// In milliseconds.
const HOUR: u64 = 3_600_000;

fn chosen(email: &str, language: &str) -> Reminders {
    let days = (0..7).collect();
    Reminders { email: email.into(), days, hour: 16, language: language.into() }
}

/// This hour of today as Belgium counts it, and a quarter; 24 more is tomorrow's.
fn at(hour: u64) -> u64 {
    let today = Day::of_millis(now());
    // Back in quarters to the first of the day.
    let mut first = now() / (HOUR / 4) * (HOUR / 4);
    while Day::of_millis(first - HOUR / 4) == today {
        first -= HOUR / 4;
    }
    first + hour * HOUR + HOUR / 4
}

/// A class whose mentor speaks with a server of the same school that has a way to a mail server.
async fn with_mail(place: Place) -> (Class, Shared, MailServer) {
    let mut class = Class::gather(place).await;
    let mail = MailServer::open().await;
    let mailer = Mailer::new(&mail.url(), "Dubbelspoor <dubbelspoor@cvo.example>").unwrap();
    let settings = Settings { mailer: Some(mailer), ..settings() };
    let (server, address) = class.school.second_with(settings).await;
    class.mentor.server = address;
    (class, server, mail)
}

/// The learner writes an entry and asks to have it confirmed.
async fn asked(class: &mut Class, text: &str) {
    let (entry, version) = class.entry(text).await;
    let goals = vec![Asked { goal: "TL-01".into(), proposed: Some(Level::WithHelp) }];
    let it = ConfirmationRequest { entry, version, goals, to: None };
    class.learner.record(class.dossier, &[Body::ConfirmationRequest(it)]);
    class.learner.sync(class.dossier).await.unwrap();
}

async fn choose(by: &Phone, it: &Reminders) -> StatusCode {
    by.post(path::REMINDERS, by.signed(it)).await.unwrap().status
}

async fn a_mentor_is_reminded_once_a_day_by_day_of_what_waits(place: Place) {
    let (mut class, server, mail) = with_mail(place).await;
    asked(&mut class, "Rekken gevuld.").await;
    asked(&mut class, "Pallets gestapeld.").await;
    let it = chosen("jef@magazijn.example", "nl");
    assert_eq!(choose(&class.mentor, &it).await, StatusCode::NO_CONTENT);
    for night in [0, 3, 6, 15, 19, 21, 23] {
        assert_eq!(remind(&server, at(night)).await.unwrap(), 0, "{night}");
    }
    assert_eq!(remind(&server, at(16)).await.unwrap(), 1);
    for again in [16, 17, 18] {
        assert_eq!(remind(&server, at(again)).await.unwrap(), 0, "once a day");
    }
    let both = tokio::join!(remind(&server, at(16 + 24)), remind(&server, at(16 + 24)));
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 1, "the next day again, of two servers one");
    let mails = mail.taken();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].to, "jef@magazijn.example");
    let text = &mails[0].text;
    assert!(text.contains("Subject: Dubbelspoor: er wacht iets op jou"), "{text}");
    assert!(text.contains("- 2 activiteiten wachten op je bevestiging"), "{text}");
    for secret in ["Amir", "Rekken", "Pallets"] {
        assert!(!text.contains(secret), "a mail travels openly: {text}");
    }
}

async fn nobody_is_reminded_of_nothing_and_what_is_not_taken_is_tried_again(place: Place) {
    let (mut class, server, mail) = with_mail(place).await;
    choose(&class.mentor, &chosen("jef@magazijn.example", "en")).await;
    assert_eq!(remind(&server, at(16)).await.unwrap(), 0);
    asked(&mut class, "Rekken gevuld.").await;
    mail.refuse(true);
    assert_eq!(remind(&server, at(16 + 24)).await.unwrap(), 0);
    mail.refuse(false);
    assert_eq!(remind(&server, at(17 + 24)).await.unwrap(), 1, "tried again within the hours");
    assert!(mail.taken()[0].text.contains("- 1 activity waits for your confirmation"));
    let nowhere = Reminders { email: String::new(), ..chosen("", "en") };
    assert_eq!(choose(&class.mentor, &nowhere).await, StatusCode::NO_CONTENT);
    assert_eq!(remind(&server, at(16 + 48)).await.unwrap(), 0, "taken back");
}

async fn a_mail_stops_from_within_and_only_with_its_own_secret(place: Place) {
    let (mut class, server, mail) = with_mail(place).await;
    asked(&mut class, "Rekken gevuld.").await;
    choose(&class.mentor, &chosen("jef@magazijn.example", "fr")).await;
    assert_eq!(remind(&server, at(16)).await.unwrap(), 1);
    let text = mail.taken()[0].text.clone();
    assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{text}");
    let whole = text.replace("\r\n ", "");
    let secret = whole.split("/stop-reminders?").nth(1).unwrap().split('>').next().unwrap();
    let ask = async |secret: &str| {
        let builder = request("POST", &format!("/stop-reminders?{secret}"))
            .header("content-type", "application/x-www-form-urlencoded");
        let body = Full::from("List-Unsubscribe=One-Click");
        send(class.school.address, builder.body(body).unwrap()).await.unwrap().status
    };
    for wrong in ["", "0", &"0".repeat(32), &"f".repeat(33), "x%27%20or%201"] {
        assert_eq!(ask(wrong).await, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(ask(secret).await, StatusCode::NO_CONTENT);
    assert_eq!(ask(secret).await, StatusCode::NOT_FOUND, "it is over");
    assert_eq!(remind(&server, at(16 + 24)).await.unwrap(), 0);
}

async fn what_cannot_be_done_is_refused_and_another_device_reads_what_was_chosen(place: Place) {
    let (mut class, _, _) = with_mail(place).await;
    let good = chosen("jef@magazijn.example", "nl");
    for bad in [
        Reminders { hour: 3, ..good.clone() },
        Reminders { email: "jef@x.be\r\nBcc: a@b.be".into(), ..good.clone() },
        Reminders { days: vec![0, 7], ..good.clone() },
    ] {
        assert_eq!(choose(&class.mentor, &bad).await, StatusCode::BAD_REQUEST);
    }
    let there = class.mentor.get(path::REMINDERS).await.unwrap();
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(choose(&class.mentor, &good).await, StatusCode::NO_CONTENT);
    let there = class.mentor.get(path::REMINDERS).await.unwrap();
    assert_eq!(Reminders::from_bytes(&there.body), Some(good.clone()));
    let others = class.learner.get(path::REMINDERS).await.unwrap();
    assert_eq!(others.status, StatusCode::NOT_FOUND, "one's own only");
    class.mentor.server = class.school.address;
    let here = choose(&class.mentor, &good).await;
    assert_eq!(here, StatusCode::NOT_FOUND, "a school that sends no mail says so");
}
