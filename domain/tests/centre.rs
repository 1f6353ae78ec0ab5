//! The centre's own dossier: who writes in it, who reads what, and what its rules do to the figures of its leertrajecten.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/house.rs"]
mod house;
mod support;

use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Body, Calendar, Centre, Dossier, Feedback, Frame, Holiday, HoursRow,
    HoursTable, InfoSheet, Level, LevelName, LevelNames, LinkEnded, OfCentre, Policy, ProviderWord,
    ProviderWords, Questionnaire, Questionnaires, Refusal, Role, Setting, StartNoteKind, Survey,
    ThresholdsSet, Timing, Tongue, Word,
};
use dubbelspoor_domain::hours::{self, Rule};
use dubbelspoor_domain::id::{
    AgreementId, DossierId, EventId, LinkId, PersonId, SheetId, SurveyId,
};
use dubbelspoor_domain::signals::Thresholds;
use house::{House, course, linked, site};
use std::sync::Arc;
use support::{
    ADMINISTRATOR, COACH, LEARNER, MENTOR, NOW, Said, certificate, day, device, person, track,
    words,
};

fn sheet(title: &str, withdrawn: bool) -> Body {
    let (sheet, language) = (SheetId([1; 16]), Some(Tongue::Nl));
    Body::InfoSheet(InfoSheet { sheet, title: title.into(), text: "t".into(), language, withdrawn })
}

fn survey() -> Survey {
    Survey {
        survey: SurveyId([1; 16]),
        title: "Hoe gaat het?".into(),
        questions: vec!["Wat loopt goed?".into(), "Wat kan beter?".into()],
        learners: true,
        mentors: false,
        until: day(20),
        withdrawn: false,
    }
}

fn thresholds(values: &[(u16, u32)]) -> Body {
    let values = values.iter().map(|(number, value)| Setting { number: *number, value: *value });
    Body::ThresholdsSet(ThresholdsSet { values: values.collect() })
}

fn christmas() -> Holiday {
    Holiday { title: words("Kerst"), from: day(9), to: day(15) }
}

fn on(year: i32, month: u32, day: u32) -> Day {
    Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

/// G9, A14: everything that a centre sets, and who may.
#[test]
fn only_an_administrator_sets_what_a_centre_sets() {
    let house = House::new();
    let row = |minutes| HoursRow {
        kind: AgreementKind::Odos,
        from: day(1),
        at_least: Some(minutes),
        below: None,
        source: "decreet".into(),
    };
    let name = LevelName { level: Level::Supervised, name: words("Met toezicht") };
    let word = ProviderWord { word: Word::Learner, text: words("leerling") };
    let all = [
        thresholds(&[(1, 3)]),
        Body::HoursTable(HoursTable { rows: vec![row(1_200)] }),
        course(60),
        Body::LevelNames(LevelNames { names: vec![name] }),
        sheet("Verlof", false),
        Body::Survey(survey()),
        Body::Site(site("TL", (day(1), None), &["G1"])),
        Body::Policy(Policy { why: "om te leren".into(), ..Policy::default() }),
        Body::ProviderWords(ProviderWords { words: vec![word] }),
        Body::Calendar(Calendar { year: 2026, holidays: vec![christmas()] }),
        Body::Centre(Centre { name: "CVO Nieuw".into() }),
        linked(50, MENTOR, Role::Member),
        person(MENTOR, "Jef"),
    ];
    for body in all {
        assert_eq!(house.permits(ADMINISTRATOR, &body), Ok(Timing::InTime), "{body:?}");
        assert_eq!(house.permits(LEARNER, &body), Err(Refusal::NotYourRole), "{body:?}");
        assert_eq!(house.permits(MENTOR, &body), Err(Refusal::NotLinked), "{body:?}");
    }
}

/// A14: nothing of a leertraject comes into a centre, nobody coaches a centre, and nobody moves a leertraject.
#[test]
fn a_centre_is_no_leertraject() {
    let mut house = House::new();
    let said = Body::Feedback(Feedback { entry: None, text: "dag".into() });
    let goal = support::goal("G1");
    let of = |it| Body::OfCentre(OfCentre { centre: DossierId([it; 16]) });
    for body in [said, goal, track(), linked(51, COACH, Role::Coach), of(3)] {
        assert_eq!(house.permits(ADMINISTRATOR, &body), Err(Refusal::Mismatch), "{body:?}");
        assert_eq!(house.permits(PersonId::SCHOOL, &body), Err(Refusal::Mismatch), "{body:?}");
    }
    house = House::empty();
    house.write(&of(3));
    house.write(&of(3));
    assert_eq!(house.permits(PersonId::SCHOOL, &of(4)), Err(Refusal::AlreadyDone));
    assert_eq!(house.dossier().of_centre, Some(DossierId([3; 16])));
    let member = linked(52, COACH, Role::Member);
    assert_eq!(house.permits(PersonId::SCHOOL, &member), Err(Refusal::Mismatch));
}

/// H5: a member reads who runs the centre and what it sets, not who else belongs to it.
#[test]
fn members_do_not_read_who_the_others_are() {
    let mut house = House::new();
    let before = house.ledger.view_of(LEARNER);
    let mentor = [
        house.write(&person(MENTOR, "Jef")),
        house.write(&linked(53, MENTOR, Role::Member)),
        house.write(&Body::KeyCertified(certificate(device(MENTOR, false).public(), MENTOR))),
    ];
    let told = house.write(&sheet("Verlof", false));
    assert_eq!(house.ledger.view_of(LEARNER), before);
    for event in &mentor {
        assert!(house.shows(ADMINISTRATOR, event) && house.shows(MENTOR, event));
        assert!(!house.shows(LEARNER, event) && !house.shows(COACH, event));
    }
    assert!(house.shows(LEARNER, &told) && !house.shows(PersonId([77; 16]), &told));
    house.write(&linked(54, MENTOR, Role::Administrator));
    assert!(mentor.iter().all(|it| house.shows(LEARNER, it)));
    assert_ne!(house.ledger.view_of(LEARNER), before, "phones read again who runs the centre");
}

/// G1, G9: a centre sets what it names; numbers of a newer app change nothing.
#[test]
fn thresholds_of_the_centre_stand_in_place_of_those_of_the_app() {
    let mut house = House::new();
    assert_eq!(house.dossier().rules.thresholds(), Thresholds::default());
    house.write(&thresholds(&[(1, 3), (7, 1), (65_000, 9)]));
    let expected = Thresholds { silence: 3, fall: 1, ..Thresholds::default() };
    assert_eq!(house.dossier().rules.thresholds(), expected);
    for number in Thresholds::NUMBERS {
        let mut it = Thresholds::default();
        it.set(*number, 1_234);
        assert_eq!(it.get(*number), 1_234);
        assert_ne!(it, Thresholds::default());
    }
    assert_eq!(expected.get(65_000), 0);
}

/// D3, E8, G8, A13: names, sheets, policy and words, the last of each.
#[test]
fn the_last_that_was_set_holds() {
    let mut house = House::new();
    house.write(&sheet("Verlof", false));
    house.write(&sheet("Verlof en ziekte", false));
    let titles = |house: &House| -> Vec<String> {
        house.dossier().rules.sheets().map(|it| it.title.clone()).collect()
    };
    assert_eq!(titles(&house), ["Verlof en ziekte"]);
    house.write(&sheet("Verlof en ziekte", true));
    assert!(titles(&house).is_empty());
    let name = LevelName { level: Level::Supervised, name: words("Met toezicht") };
    house.write(&Body::LevelNames(LevelNames { names: vec![name] }));
    let word = ProviderWord { word: Word::Learner, text: words("leerling") };
    house.write(&Body::ProviderWords(ProviderWords { words: vec![word] }));
    house.write(&Body::Policy(Policy { when: "elke maand".into(), ..Policy::default() }));
    for question in ["Wat wil je leren?", "Wat kun je al?"] {
        let (kind, questions) = (StartNoteKind::Screening, vec![question.into()]);
        let lists = vec![Questionnaire { kind, questions }];
        house.write(&Body::Questionnaires(Questionnaires { lists }));
    }
    let rules = &house.dossier().rules;
    assert_eq!(rules.level(Level::Supervised).unwrap().nl, "Met toezicht");
    assert_eq!(rules.level(Level::Independent), None);
    assert_eq!(rules.word(Word::Learner).unwrap().nl, "leerling");
    assert_eq!(rules.policy().when, "elke maand");
    assert_eq!(rules.questions(StartNoteKind::Screening), ["Wat kun je al?"]);
    assert_eq!(rules.questions(StartNoteKind::Intake), [""; 0]);
}

#[test]
fn what_a_centre_sets_fits_its_field() {
    let house = House::new();
    let long = "x".repeat(20_001);
    let wrong = [
        sheet(" ", false),
        sheet(&"x".repeat(201), false),
        course(101),
        Body::Policy(Policy { what: long, ..Policy::default() }),
        thresholds(&[(1, 1); 101]),
        Body::Survey(Survey { title: " ".into(), ..survey() }),
        Body::Survey(Survey { questions: vec![], ..survey() }),
        Body::Survey(Survey { questions: vec!["?".into(); 6], ..survey() }),
        Body::Survey(Survey { questions: vec![String::new()], ..survey() }),
        Body::Survey(Survey { questions: vec!["x".repeat(301)], ..survey() }),
        Body::Survey(Survey { learners: false, ..survey() }),
        Body::Centre(Centre { name: String::new() }),
    ];
    for body in wrong {
        assert_eq!(house.permits(ADMINISTRATOR, &body), Err(Refusal::OutOfRange));
    }
}

/// F2, F3, F4: what the centre sets reaches the figures of its leertrajecten, and a dossier's own calendar goes before.
#[test]
fn figures_rest_on_the_rules_of_the_centre() {
    let mut house = House::new();
    let row = |from, at_least, below| HoursRow {
        kind: AgreementKind::Odo,
        from,
        at_least,
        below,
        source: "loket".into(),
    };
    let rows = vec![
        row(on(2020, 9, 1), Some(600), None),
        row(on(2026, 9, 1), None, Some(900)),
        row(on(2027, 9, 1), None, None),
    ];
    house.write(&Body::HoursTable(HoursTable { rows }));
    house.write(&Body::Calendar(Calendar { year: 2026, holidays: vec![christmas()] }));
    house.write(&course(65));
    let level_days = Setting { number: 17, value: 1 };
    house.write(&Body::ThresholdsSet(ThresholdsSet { values: vec![level_days] }));
    let frame = Arc::new(house.dossier().as_frame());

    let mut desk = support::Desk::new(false);
    let plain = desk.ledger.dossier().clone();
    let framed = Dossier { frame: frame.clone(), ..plain.clone() };
    let agreement = |from, kind| Agreement {
        agreement: AgreementId([1; 16]),
        kind,
        workplace: "Magazijn".into(),
        from,
        to: on(2028, 1, 1),
        weekly_minutes: 900,
        signed: vec![],
        number: None,
        ended: None,
        at: None,
        blocks: dubbelspoor_domain::Added::default(),
        on_holidays: None,
    };
    assert_eq!([plain.days_for_level(), framed.days_for_level()], [2, 1], "D3");
    let odo = |year| agreement(on(year, 10, 1), AgreementKind::Odo);
    assert_eq!(framed.rule(&odo(2019)), Rule::Below(1_200), "before the table begins");
    assert_eq!(framed.rule(&odo(2021)), Rule::AtLeast(600));
    assert_eq!(framed.rule(&odo(2026)), Rule::Below(900));
    assert_eq!(framed.rule(&odo(2027)), Rule::None);
    let odos = agreement(on(2026, 10, 1), AgreementKind::Odos);
    assert_eq!(framed.rule(&odos), Rule::AtLeast(1_200), "a kind that the table leaves out");
    assert_eq!(hours::yearly(&framed, &odo(2026), day(23)).rule, Rule::Below(900));
    let source = |it| framed.hours_row(&it).map(|it| (it.from, it.source.as_str()));
    assert_eq!(source(odo(2026)), Some((on(2026, 9, 1), "loket")), "F2: which row rules");
    assert_eq!((source(odo(2019)), source(odos)), (None, None), "F2: the rule of the app");
    assert_eq!((plain.least_share(), framed.least_share()), (50, 65));

    let weeks = |it: &Dossier| hours::accountable(it, day(2), day(22));
    assert_eq!((weeks(&plain), weeks(&framed)), (15, 10));
    desk.write(&Body::Calendar(Calendar { year: 2026, holidays: vec![] }));
    let own = Dossier { frame, ..desk.ledger.dossier().clone() };
    assert_eq!(weeks(&own), 15, "its own calendar goes before");
    assert_eq!(Frame::default(), *plain.frame);
}

/// Said, and not refused as unknown: a member's phone can check an administrator's event.
#[test]
fn an_administrator_writes_with_their_own_key() {
    let mut house = House::new();
    let body = thresholds(&[(1, 4)]);
    let said = Said::by(ADMINISTRATOR, 30);
    let signer = device(ADMINISTRATOR, false);
    let event = support::seal(EventId([99; 16]), &signer, said, body.kind(), body.encode());
    assert!(house.ledger.receive(&event.raw(), NOW, &|_| None).ruled.position.is_some());
    assert_eq!(house.dossier().rules.thresholds().silence, 4);
    assert!(house.shows(LEARNER, &event));
}

/// G6: what is asked, of whom and until when stays as those who answered read it; a survey only goes and comes back.
#[test]
fn a_survey_stays_as_it_was_asked() {
    let mut house = House::new();
    let told = house.write(&Body::Survey(survey()));
    assert!(house.shows(LEARNER, &told), "members read it");
    for other in [
        Survey { title: "Anders".into(), ..survey() },
        Survey { questions: vec!["Wie ben je?".into(), "Wat kan beter?".into()], ..survey() },
        Survey { mentors: true, ..survey() },
        Survey { until: day(2), ..survey() },
    ] {
        let again = house.permits(ADMINISTRATOR, &Body::Survey(other));
        assert_eq!(again, Err(Refusal::Mismatch));
    }
    let open = |house: &House| house.dossier().rules.surveys().any(|it| it.is_open(day(20)));
    assert!(open(&house));
    house.write(&Body::Survey(Survey { withdrawn: true, ..survey() }));
    assert!(!open(&house));
    house.write(&Body::Survey(survey()));
    assert_eq!(house.dossier().rules.survey(survey().survey), Some(&survey()));
}

/// G6: a survey asks those whom it names, as long as they take part, and is answered with one text to each question.
#[test]
fn a_survey_asks_those_whom_it_names() {
    let it = survey();
    assert!(it.is_open(day(20)) && !it.is_open(day(21)));
    assert!(!it.is_over(on(2026, 12, 4)) && it.is_over(on(2026, 12, 5)), "two weeks later");
    let mut desk = support::Desk::new(false);
    let mentors = Survey { learners: false, mentors: true, ..it.clone() };
    let asks = |desk: &support::Desk, it: &Survey, who| it.asks(who, desk.ledger.dossier(), day(1));
    assert!(asks(&desk, &it, LEARNER) && !asks(&desk, &it, MENTOR) && !asks(&desk, &it, COACH));
    assert!(asks(&desk, &mentors, MENTOR) && !asks(&desk, &mentors, LEARNER));
    desk.write(&Body::LinkEnded(LinkEnded { link: LinkId([2; 16]), to: day(2) }));
    assert!(!asks(&desk, &mentors, MENTOR), "no longer there");
    let answers = |texts: &[&str]| -> Vec<String> { texts.iter().map(|it| (*it).into()).collect() };
    assert!(it.is_answered_by(&answers(&["De sfeer", ""])));
    for wrong in [&["De sfeer"][..], &["", " "], &["a", "b", "c"], &[&"x".repeat(8_001), ""]] {
        assert!(!it.is_answered_by(&answers(wrong)), "{wrong:?}");
    }
}
