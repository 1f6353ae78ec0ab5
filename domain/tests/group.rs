//! Cursisten side by side: the same figures as their dossiers tell, and a sheet that is nothing but words and numbers.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{Body, Entry, Finding, Level, PriorLearning};
use dubbelspoor_domain::group::{InGroup, sheet};
use dubbelspoor_domain::id::EntryId;
use support::{COACH, LEARNER, MENTOR, Play, confirmation, day, entry, goal};

#[test]
fn g5_a_row_tells_what_the_dossier_tells() {
    let mut play = Play::new();
    play.put(COACH, &goal("G2"));
    let before = InGroup::of(play.dossier(), day(25));
    assert_eq!((before.goals, before.practised, before.at_level), (2, 0, 0));
    assert_eq!((before.last_activity, before.weekly), (None, None));
    for date in [20, 21, 23] {
        let id = EntryId([u8::try_from(date).unwrap(); 16]);
        let written = Entry { day: day(date), ..entry(id, "Stacked boxes") };
        let version = play.put(LEARNER, &Body::Entry(written));
        let found = confirmation(id, version, Finding::Reached(Level::Independent));
        play.put(MENTOR, &Body::Confirmation(found));
    }
    let known = |level| PriorLearning {
        goal: "G2".into(),
        evidence: "Two years of work".into(),
        on: day(2),
        level: Some(level),
    };
    play.put(COACH, &Body::PriorLearning(known(Level::WithHelp)));
    assert_eq!(InGroup::of(play.dossier(), day(22)).at_level, 1, "known, and not at that level");
    play.put(COACH, &Body::PriorLearning(known(Level::Independent)));
    let after = InGroup::of(play.dossier(), day(22));
    assert_eq!((after.goals, after.practised, after.at_level), (2, 1, 2));
    assert_eq!(after.last_activity, Some(day(21)), "not one of tomorrow");
}

#[test]
fn g5_a_sheet_opens_as_words_whatever_somebody_is_called() {
    let row = |name: &str| vec![name.to_owned(), "12".to_owned()];
    let text = sheet(&[row("Naam; \"voornaam\""), row("=1+1"), row("-2"), row("Zoë")]);
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [r#""Naam; ""voornaam""";"12""#, r#""'=1+1";"12""#, r#""'-2";"12""#, r#""Zoë";"12""#]
    );
}
