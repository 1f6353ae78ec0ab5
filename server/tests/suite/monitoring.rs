//! The figures of a school year, as those who run a centre get them in both forms, and nobody else in any (G7, A10, A14).

use crate::centres::House;
use crate::on_both_databases;
use crate::support::http::{self, Answer};
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{School, confirmation, entry, track};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Body, ConfirmationRequest, EarlyEnd, EndReason, JobOutcome, LaterJob, LearnerStatus,
    Link, LinkEnded, Person, Role, StatusNoted, Track, Translated,
};
use dubbelspoor_domain::hours::school_year;
use dubbelspoor_domain::id::{DossierId, LinkId, PersonId};
use dubbelspoor_domain::wire::{Message, YearFigures, path};
use dubbelspoor_server::{centre, now, random};
use hyper::StatusCode;
use std::collections::BTreeMap;
use std::io::Cursor;

on_both_databases! {
    who_runs_a_centre_takes_its_school_year_along_as_csv_and_as_a_workbook
    the_same_figures_come_as_a_message_for_a_screen
    what_came_after_a_leertraject_is_in_the_table_of_both_files
    a_status_is_counted_once_there_are_enough_and_stands_beside_nobody
    nobody_else_gets_the_figures_and_nothing_of_another_centre_is_in_them
}

async fn ask(by: &Phone, centre: DossierId, rest: &str) -> Answer {
    by.get(&format!("{}?centre={centre}{rest}", path::MONITORING)).await.unwrap()
}

/// A leertraject at a workplace, its course as written.
fn at(workplace: &str, course: &str) -> Body {
    let Body::Track(it) = track() else { panic!("a leertraject") };
    let course = Translated { nl: course.into(), ..it.course.clone() };
    Body::Track(Track { workplace: workplace.into(), course, ..it })
}

/// The cells under their headings, line by line.
fn csv(answer: &Answer) -> Vec<BTreeMap<String, String>> {
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let text = answer.text().strip_prefix('\u{feff}').unwrap();
    assert!(text.lines().next().unwrap().starts_with("Opleiding;Leerwerkplek;"), "{text}");
    let mut table = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    table.deserialize().map(Result::unwrap).collect()
}

fn workbook(answer: Answer) -> Xlsx<Cursor<Vec<u8>>> {
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("content-type").ends_with("spreadsheetml.sheet"));
    open_workbook_from_rs(Cursor::new(answer.body)).unwrap()
}

/// The cell under a heading, in a row that begins so.
fn cell(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, row: &str, head: &str) -> Data {
    let sheet = book.worksheet_range(sheet).unwrap();
    let is = |it: &Data, text: &str| *it == *text;
    let column = sheet.rows().next().unwrap().iter().position(|it| is(it, head)).unwrap();
    sheet.rows().find(|it| is(&it[0], row)).unwrap()[column].clone()
}

async fn who_runs_a_centre_takes_its_school_year_along_as_csv_and_as_a_workbook(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school, "CVO Een").await;
    let formula = "=HYPERLINK(\"http://ergens\";\"klik\")";
    house.coach.record(house.track, &[at(formula, "Logistiek")]);
    house.coach.sync(house.track).await.unwrap();
    let mut mentor = school.phone(house.mentor).await;
    house.learner.sync(house.track).await.unwrap();
    let body = entry("Gelost");
    let Body::Entry(it) = &body else { panic!("an entry") };
    let of = it.entry;
    let version = house.learner.record(house.track, &[body])[0].hash();
    let goals = vec![Asked { goal: "TL-01".into(), proposed: None }];
    let asks = ConfirmationRequest { entry: of, version, goals, to: None };
    house.learner.record(house.track, &[Body::ConfirmationRequest(asks)]);
    house.learner.sync(house.track).await.unwrap();
    mentor.sync(house.track).await.unwrap();
    mentor.record(house.track, &[confirmation(of, version)]);
    mentor.sync(house.track).await.unwrap();

    let answer = ask(&house.administrator, house.centre, "&format=csv").await;
    let (first, last) = school_year(Day::of_millis(now()));
    let name = format!("cijfers-{}-{}.csv", first.format("%Y"), last.format("%Y"));
    assert!(answer.header("content-disposition").ends_with(&format!("filename=\"{name}\"")));
    assert!(!answer.text().contains("Amir"), "nobody is named");
    let rows = csv(&answer);
    assert_eq!(rows.len(), 1);
    let told = |head: &str| rows[0][head].as_str();
    assert_eq!(told("Opleiding"), "Logistiek");
    assert_eq!(told("Leerwerkplek"), format!("'{formula}"), "words, and no formula");
    assert_eq!((told("Van"), told("Stand")), ("2026-01-01", "Loopt"));
    assert_eq!((told("Doelen bereikt"), told("Doelen gepland")), ("0", "1"));
    assert_eq!((told("Uren op de werkplek"), told("Aandeel werkplek (%)")), ("8,0", "100"));
    let answered = (told("Beantwoord door werkplek"), told("Wacht op werkplek"));
    assert_eq!((told("Antwoordtijd werkplek (uren, mediaan)"), answered), ("0,0", ("1", "0")));

    let mut book = workbook(ask(&house.administrator, house.centre, "&format=xlsx").await);
    let sheets = ["Leertrajecten", "Per opleiding", "Per leerwerkplek", "Statuut"];
    assert_eq!(book.sheet_names(), sheets);
    let cells = book.worksheet_formula("Leertrajecten").unwrap();
    assert!(cells.cells().all(|(_, _, it)| it.is_empty()), "words, and no formula");
    let hours = cell(&mut book, "Leertrajecten", "Logistiek", "Uren op de werkplek");
    assert_eq!(hours, Data::Float(8.0));
    assert_eq!(cell(&mut book, "Leertrajecten", "Logistiek", "Van").to_string(), "46023");
    for (sheet, row) in [("Per opleiding", "Logistiek"), ("Per leerwerkplek", formula)] {
        for row in [row, "Alles samen"] {
            assert_eq!(cell(&mut book, sheet, row, "Lopend"), Data::Float(1.0), "{sheet} {row}");
        }
    }
    let before = ask(&house.administrator, house.centre, "&format=csv&year=2024").await;
    assert_eq!(csv(&before).len(), 0, "it had not begun");
}

async fn the_same_figures_come_as_a_message_for_a_screen(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school, "CVO Een").await;
    house.coach.record(house.track, &[at("Magazijn", "Logistiek")]);
    house.coach.sync(house.track).await.unwrap();
    house.learner.sync(house.track).await.unwrap();
    house.learner.record(house.track, &[entry("Gelost")]);
    house.learner.sync(house.track).await.unwrap();

    let before = now();
    let answer = ask(&house.administrator, house.centre, "&format=cbor").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/cbor");
    let year = YearFigures::from_bytes(&answer.body).unwrap();
    let (first, _) = school_year(Day::of_millis(before));
    let Body::Track(it) = track() else { panic!("a leertraject") };
    assert_eq!((year.from, year.since), (first, school_year(it.from).0));
    assert!((before..=now()).contains(&year.at));
    assert_eq!((year.all.tracks, year.all.running, year.all.at_workplace), (1, 1, 480));
    let names = [&year.courses, &year.workplaces].map(|it| it[0].name.as_str());
    assert_eq!(names, ["Logistiek", "Magazijn"]);
    let other = ask(&house.administrator, house.centre, "&format=cbor&year=2024").await;
    assert_eq!(YearFigures::from_bytes(&other.body).unwrap().all.tracks, 0);
}

async fn what_came_after_a_leertraject_is_in_the_table_of_both_files(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school, "CVO Een").await;
    let day = Day(Day::of_millis(now()).pred_opt().unwrap());
    let outcome = JobOutcome::StaysOn;
    let end = EarlyEnd { day, reason: EndReason::Work, text: String::new(), by: None };
    let later = LaterJob { day, outcome, text: "Magazijnier".into() };
    let all = [at("Magazijn", "Logistiek"), Body::EarlyEnd(end), Body::LaterJob(later)];
    house.coach.record(house.track, &all);
    house.coach.sync(house.track).await.unwrap();

    let answer = ask(&house.administrator, house.centre, "&format=csv").await;
    assert!(!answer.text().contains("Magazijnier"), "what somebody wrote is in no table");
    assert_eq!(csv(&answer)[0]["Latere job"], "Werkt verder op de leerwerkplek");
    let mut book = workbook(ask(&house.administrator, house.centre, "&format=xlsx").await);
    let heads = ["Voorbij", "Latere job genoteerd", "Later: Werkt verder op de leerwerkplek"];
    for head in heads {
        assert_eq!(cell(&mut book, "Per opleiding", "Logistiek", head), Data::Float(1.0), "{head}");
    }
    let other = cell(&mut book, "Per leerwerkplek", "Alles samen", "Later: Zoekt werk");
    assert_eq!(other, Data::Float(0.0));
    // The learner's own phone never gets it.
    house.learner.sync(house.track).await.unwrap();
    let today = Day::of_millis(now());
    let noted = |it: &mut Phone| {
        let it = it.dossier(house.track);
        (it.is_over(today), it.later_job(today).is_some())
    };
    assert_eq!(noted(&mut house.coach), (true, true));
    assert_eq!(noted(&mut house.learner), (true, false));
}

async fn a_status_is_counted_once_there_are_enough_and_stands_beside_nobody(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school, "CVO Een").await;
    let noted = Body::StatusNoted(StatusNoted { status: Some(LearnerStatus::Leefloon) });
    house.coach.record(house.track, std::slice::from_ref(&noted));
    house.coach.sync(house.track).await.unwrap();
    let count = "Leertrajecten (kleine aantallen worden niet getoond)";
    for (more, told) in [(0, Data::String("niet getoond".into())), (4, Data::Float(5.0))] {
        for _ in 0..more {
            let dossier = DossierId(random().unwrap());
            centre::add(&school.server, dossier, Some(house.centre), &[]).await.unwrap();
            school.write(dossier, &[track(), noted.clone()]).await;
        }
        let answer = ask(&house.administrator, house.centre, "&format=xlsx").await;
        let mut book = workbook(answer);
        assert_eq!(cell(&mut book, "Statuut", "Leefloon", count), told);
        for sheet in ["Leertrajecten", "Per opleiding", "Per leerwerkplek"] {
            let sheet = book.worksheet_range(sheet).unwrap();
            assert!(sheet.used_cells().all(|(_, _, it)| *it != *"Leefloon"));
        }
    }
    let answer = ask(&house.administrator, house.centre, "&format=csv").await;
    assert!(!answer.text().contains("Leefloon"));
}

async fn nobody_else_gets_the_figures_and_nothing_of_another_centre_is_in_them(place: Place) {
    let school = School::open(place).await;
    let mut one = House::build(&school, "CVO Een").await;
    let mut other = House::build(&school, "Syntra Twee").await;
    one.coach.record(one.track, &[at("Hier", "Logistiek")]);
    one.coach.sync(one.track).await.unwrap();
    other.coach.record(other.track, &[at("Elders", "Zorg")]);
    other.coach.sync(other.track).await.unwrap();
    let without = DossierId(random().unwrap());
    school.write(without, &[at("Nergens", "Zonder centrum")]).await;

    let rows = csv(&ask(&one.administrator, one.centre, "&format=csv").await);
    let places: Vec<&str> = rows.iter().map(|it| it["Leerwerkplek"].as_str()).collect();
    assert_eq!(places, ["Hier"]);
    let mentor = school.phone(one.mentor).await;
    let unknown = DossierId(random().unwrap());
    for form in ["&format=csv", "&format=xlsx", "&format=cbor"] {
        for by in [&one.learner, &one.coach, &mentor, &other.administrator, &other.coach] {
            for centre in [one.centre, one.track] {
                let answer = ask(by, centre, form).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{form}");
                assert_eq!(answer.text(), "not-permitted");
            }
        }
        for centre in [other.centre, one.track, without, unknown] {
            let answer = ask(&one.administrator, centre, form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{form}");
        }
        let address = format!("{}?centre={}{form}", path::MONITORING, one.centre);
        let stranger = http::get(&address);
        let answer = http::send(school.address, stranger).await.unwrap();
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    for wrong in ["", "&format=pdf", "&format=csv&year=70000"] {
        let answer = ask(&one.administrator, one.centre, wrong).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    // Whoever runs it no longer, no longer gets them.
    let second = PersonId(random().unwrap());
    let link = LinkId(random().unwrap());
    let role = Role::Administrator;
    let from = Day::of_millis(now());
    let begins = Link { link, person: second, role, from, to: None };
    let named = Person { person: second, name: "Ann".into() };
    school.write(one.centre, &[Body::Person(named), Body::Link(begins)]).await;
    let phone = school.phone(second).await;
    assert_eq!(ask(&phone, one.centre, "&format=csv").await.status, StatusCode::OK);
    let ends = LinkEnded { link, to: from };
    school.write(one.centre, &[Body::LinkEnded(ends)]).await;
    assert_eq!(ask(&phone, one.centre, "&format=csv").await.status, StatusCode::FORBIDDEN);
}
