//! The days in which an agreement is to be signed (A8), as worked examples: each line names its requirement and was counted
//! by hand.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/agreed.rs"]
mod agreed;
mod support;

use agreed::agreement;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, Agreement, AgreementKind::Odos, Body, Calendar, Holiday, Party, Place,
    Signed,
};
use dubbelspoor_domain::hours::{agreement_ended, short_weeks, training_days};
use dubbelspoor_domain::id::{AbsenceId, AgreementId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{COACH, LEARNER, Play, on, runs, words};

impl Play {
    fn learns(&mut self, days: &[&str]) {
        for day in days {
            self.works(day, Place::School, 350);
        }
    }

    fn used(&self, today: &str) -> Option<Vec<String>> {
        let days = training_days(self.dossier(), on(today))?;
        Some(days.iter().map(|it| it.to_string()[5..].to_owned()).collect())
    }
}

#[test]
fn lessons_without_an_agreement_are_counted_by_day() {
    let mut play = Play::new();
    play.works("2026-08-31", Place::School, 350);
    play.works("2026-11-17", Place::School, 350);
    play.works("2026-11-16", Place::School, 350);
    play.works("2026-11-16", Place::TrainingCentre, 100);
    play.works("2026-11-18", Place::Workplace, 480);
    let two = Some(vec!["11-16".to_owned(), "11-17".to_owned()]);
    assert_eq!(play.used("2026-11-20"), two, "A8 of this school year, in their order");
    let mut it = agreement(Odos, "2026-11-23", "2027-06-30", 24);
    it.signed.truncate(2);
    play.agrees(&it);
    assert_eq!(play.used("2026-11-20"), two, "A8 one has not signed");
    it.signed.push(Signed { party: Party::Provider, on: on("2026-11-19") });
    play.agrees(&it);
    assert_eq!(play.used("2026-11-20"), None, "A8 signed");
}

#[test]
fn a8_days_under_an_agreement_that_ended_use_up_nothing() {
    // Lessons: two before it was signed, one after that, one while it ran, one on its last day, and what follows.
    let lessons =
        ["2026-09-03", "2026-09-10", "2026-09-11", "2026-09-24", "2026-10-16", "2026-10-20"];
    let ended = Agreement {
        ended: Some(on("2026-10-16")),
        signed: Party::ALL.map(|party| Signed { party, on: on("2026-09-11") }).to_vec(),
        ..agreement(Odos, "2026-09-14", "2027-06-30", 24)
    };
    // rule, today, the days that are used
    let table: [(&str, &str, Option<&[&str]>); 5] = [
        ("A8 before", "2026-09-10", Some(&["09-03", "09-10"])),
        ("A8 signed, not begun", "2026-09-11", None),
        ("A8 its last day", "2026-10-16", None),
        ("A8 the day after", "2026-10-17", Some(&["09-03", "09-10"])),
        ("A8 between two workplaces", "2026-10-23", Some(&["09-03", "09-10", "10-20"])),
    ];
    let mut play = Play::new();
    play.learns(&lessons);
    play.agrees(&ended);
    for (rule, today, used) in table {
        let used = used.map(|it| it.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(play.used(today), used, "{rule}");
    }
    let next = Agreement {
        agreement: AgreementId([2; 16]),
        ..agreement(Odos, "2026-11-02", "2027-06-30", 24)
    };
    play.agrees(&next);
    assert_eq!(play.used("2026-10-25"), Some(vec!["09-03".into(), "09-10".into(), "10-20".into()]));
    assert_eq!(play.used("2026-10-26"), None, "A8 the next is signed");
}

#[test]
fn a8_an_agreement_that_is_over_is_told_with_its_last_day() {
    let mut play = Play::new();
    let ended = |play: &Play, today| agreement_ended(play.dossier(), on(today));
    assert_eq!(ended(&play, "2026-10-17"), None, "A8 there was none");
    let unsigned = Agreement { signed: vec![], ..agreement(Odos, "2026-09-07", "2026-10-09", 24) };
    play.agrees(&unsigned);
    assert_eq!(ended(&play, "2026-10-17"), None, "A8 nobody signed it");
    let second = Agreement {
        agreement: AgreementId([2; 16]),
        ended: Some(on("2026-10-16")),
        ..agreement(Odos, "2026-09-07", "2027-06-30", 24)
    };
    play.agrees(&second);
    assert_eq!(ended(&play, "2026-10-16"), None, "A8 its last day");
    assert_eq!(ended(&play, "2026-10-17"), Some(on("2026-10-16")), "A8 over");
}

#[test]
fn a8_a_whole_week_without_an_agreement_has_twenty_eight_lessons() {
    let mut play = Play::new();
    play.put(COACH, &runs("2026-09-01", "2027-06-30"));
    // 28 lessons of fifty minutes are 1,400 minutes (F1).
    play.learns(&["2026-09-02"]);
    let learnt =
        [("2026-09-07", 700), ("2026-09-11", 700), ("2026-09-14", 700), ("2026-09-18", 699)];
    for (day, minutes) in learnt {
        play.works(day, Place::School, minutes);
    }
    // Hours at the workplace are none at school.
    play.works("2026-09-15", Place::Workplace, 480);
    let holidays =
        vec![Holiday { title: words("vrij"), from: on("2026-09-23"), to: on("2026-09-23") }];
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays }));
    let (from, to, reason) = (on("2026-10-01"), on("2026-10-01"), AbsenceReason::Illness);
    let absence = AbsenceId([1; 16]);
    play.put(LEARNER, &Body::Absence(Absence { absence, from, to, reason, withdrawn: false }));
    let it = Agreement {
        signed: Party::ALL.map(|party| Signed { party, on: on("2026-10-16") }).to_vec(),
        ..agreement(Odos, "2026-10-19", "2026-10-30", 24)
    };
    play.agrees(&it);
    let second = "09-14: 1399";
    // rule, today, the short weeks
    let table: [(&str, &str, &[&str]); 6] = [
        ("A8 the first week was not whole", "2026-09-13", &[]),
        ("A8 as many as asked", "2026-09-14", &[]),
        ("A8 a week that is not over", "2026-09-20", &[]),
        ("A8 a minute too few", "2026-09-21", &[second]),
        ("A8 F4 a day off and a day of illness", "2026-10-05", &[second]),
        ("A8 nothing at all; then it is signed", "2026-11-02", &[second, "10-05: 0"]),
    ];
    for (rule, today, expected) in table {
        let found = short_weeks(play.dossier(), on(today)).into_iter();
        let found: Vec<String> =
            found.map(|(it, time)| format!("{}: {time}", &it.to_string()[5..])).collect();
        assert_eq!(found, expected, "{rule}");
    }
    assert_eq!(short_weeks(play.dossier(), on("2026-11-09")).len(), 3, "A8 after it was over");
}

#[test]
fn a8_between_two_workplaces_nobody_hears_that_the_days_are_used_up() {
    let mut play = Play::new();
    play.put(COACH, &runs("2026-09-01", "2027-06-30"));
    // Three weeks of lessons under an agreement, one day after it.
    let lessons: Vec<String> = (7..=25).map(|it| format!("2026-09-{it:02}")).collect();
    lessons.iter().for_each(|day| play.learns(&[day]));
    play.learns(&["2026-09-28"]);
    play.agrees(&agreement(Odos, "2026-09-07", "2026-09-25", 24));
    let heard = |play: &Play| {
        let all = signals(play.dossier(), Thresholds::default(), on("2026-09-29"));
        all.iter().any(|it| it.kind == SignalKind::NoAgreement)
    };
    assert!(!heard(&play), "A8 one day of twenty");
    for it in 1..=15 {
        play.works(&format!("2026-08-{it:02}"), Place::School, 350);
    }
    assert!(!heard(&play), "A8 those of the year before do not count");
}
