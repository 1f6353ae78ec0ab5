//! Ends, re-starts, visits and silent mentors as life has them: put right, given back late, or beside another (A3, A9, G2).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;
#[path = "support/visits.rs"]
mod visits;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Body, Concern, ConfirmationRequest, DaysGranted, EarlyEnd, EndReason, Feedback, Finding,
    HoursConfirmation, Level, Link, LinkEnded, PriorLearning, Restart, Role, Seen, Snoozed,
    TrackState, Visit, VisitKind,
};
use dubbelspoor_domain::floor::visits_of_year;
use dubbelspoor_domain::id::{EntryId, LinkId, PersonId, VisitId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{COACH, DAY, LEARNER, MENTOR, NOW, Play, day};
use visits::visit;

const ENTRY: EntryId = EntryId([44; 16]);
const SECOND: PersonId = PersonId([77; 16]);

fn has(play: &Play, kind: SignalKind, today: Day) -> bool {
    let d = Thresholds { visit: 10, mentor: 5, ..Thresholds::default() };
    signals(play.dossier(), d, today).iter().any(|it| it.kind == kind)
}

fn asked(play: &mut Play) -> dubbelspoor_domain::id::EventHash {
    play.desk.now = NOW;
    let version = play.put(LEARNER, &Body::Entry(support::entry(ENTRY, "gelost")));
    let goals = vec![Asked { goal: "G1".into(), proposed: None }];
    play.put(
        LEARNER,
        &Body::ConfirmationRequest(ConfirmationRequest { entry: ENTRY, version, goals, to: None }),
    );
    version
}

fn end(on: u32) -> Body {
    Body::EarlyEnd(EarlyEnd {
        day: day(on),
        reason: EndReason::Work,
        text: String::new(),
        by: None,
    })
}

fn restart(on: u32) -> Body {
    Body::Restart(Restart { day: day(on), text: String::new() })
}

fn date(text: &str) -> Day {
    Day(text.parse().unwrap())
}

fn on(days: u64) -> Day {
    Day::of_millis(NOW + days * DAY)
}

#[test]
fn a_mentor_on_paper_beside_an_active_one_is_seen() {
    let mut play = Play::new();
    asked(&mut play);
    play.put(MENTOR, &Body::Feedback(Feedback { entry: None, text: "Goed".into() }));
    play.put(
        COACH,
        &Body::Link(Link {
            link: LinkId([70; 16]),
            person: SECOND,
            role: Role::Mentor,
            from: day(1),
            to: None,
        }),
    );
    assert!(has(&play, SignalKind::MentorSilent, on(7)), "SECOND never acted");
}

#[test]
fn a_mentor_who_confirms_hours_acts() {
    let mut play = Play::new();
    let version = asked(&mut play);
    play.put(
        MENTOR,
        &Body::HoursConfirmation(HoursConfirmation {
            entries: vec![Seen { entry: ENTRY, version }],
        }),
    );
    assert!(!has(&play, SignalKind::MentorSilent, on(7)), "MENTOR confirmed hours");
}

#[test]
fn a3_a_mentor_who_reports_a_problem_acts() {
    let mut play = Play::new();
    asked(&mut play);
    assert!(has(&play, SignalKind::MentorSilent, on(7)));
    let text = "Hij komt te laat".to_owned();
    play.put(MENTOR, &Body::Concern(Concern { text, urgent: false }));
    assert!(!has(&play, SignalKind::MentorSilent, on(7)), "they are no mentor on paper only");
}

#[test]
fn a_new_mentor_is_given_time() {
    let mut play = Play::new();
    let version = asked(&mut play);
    play.put(
        MENTOR,
        &Body::Confirmation(support::confirmation(
            ENTRY,
            version,
            Finding::Reached(Level::WithHelp),
        )),
    );
    play.put(COACH, &Body::LinkEnded(LinkEnded { link: LinkId([2; 16]), to: on(6) }));
    play.put(
        COACH,
        &Body::Link(Link {
            link: LinkId([70; 16]),
            person: SECOND,
            role: Role::Mentor,
            from: on(7),
            to: None,
        }),
    );
    assert!(!has(&play, SignalKind::MentorSilent, on(7)), "linked today, nothing waits for them");
}

#[test]
fn an_older_plan_that_comes_later_hides_no_report() {
    let mut play = Play::new();
    play.desk.now = NOW + 2 * DAY;
    let said = |at| support::Said { at, ..support::Said::by(COACH, 0) };
    let plan = play.seal(COACH, said(NOW), &Body::Visit(visit(1, 23, None)));
    let report =
        play.seal(COACH, said(NOW + DAY), &Body::Visit(visit(1, 24, Some("Veilig gewerkt."))));
    play.desk.receive_all(&[report, plan]);
    let kept = play.dossier().guiding.visit(VisitId([1; 16])).unwrap();
    assert_eq!(
        kept.what.report.as_deref(),
        Some("Veilig gewerkt."),
        "written a day after the plan, given back before it"
    );
}

#[test]
fn of_what_is_said_twice_the_later_word_stands_in_any_order_of_arrival() {
    let known = |level| {
        let (goal, evidence, on) = ("G1".into(), "Twee jaar gewerkt".into(), day(20));
        Body::PriorLearning(PriorLearning { goal, evidence, on, level })
    };
    let granted = |days| Body::DaysGranted(DaysGranted { on: day(20), days });
    let mut play = Play::new();
    play.desk.now = NOW + 2 * DAY;
    let said = |at| support::Said { at, ..support::Said::by(COACH, 0) };
    let first =
        [known(Some(Level::WithHelp)), granted(5)].map(|it| play.seal(COACH, said(NOW), &it));
    let last = [known(None), granted(20)].map(|it| play.seal(COACH, said(NOW + DAY), &it));
    play.desk.receive_all(&last);
    play.desk.receive_all(&first);
    let it = play.dossier();
    assert!(it.plan_talk.prior("G1").is_none(), "taken back a day later");
    assert_eq!(it.start.granted(day(20)), 20);
}

#[test]
fn nor_does_an_older_word_on_a_signal_that_was_put_off() {
    let mut play = Play::new();
    play.desk.now = NOW + 2 * DAY;
    let said = |at| support::Said { at, ..support::Said::by(COACH, 0) };
    let off = |until| Body::Snoozed(Snoozed { signal: 1, until: day(until), reason: "x".into() });
    let first = play.seal(COACH, said(NOW), &off(24));
    let second = play.seal(COACH, said(NOW + DAY), &off(29));
    play.desk.receive_all(&[second, first]);
    assert!(play.dossier().guiding.snoozed(1, day(28)).is_some());
}

#[test]
fn an_early_end_with_a_wrong_day_can_be_put_right() {
    let mut play = Play::new();
    play.say(1, &end(29));
    play.say(2, &end(9));
    assert_eq!(play.dossier().state_on(day(12)), TrackState::EndedEarly);
}

#[test]
fn a_second_end_noted_ahead_keeps_the_restart() {
    let mut play = Play::new();
    play.say(1, &end(5));
    play.say(2, &restart(9));
    play.say(3, &end(20));
    assert_eq!(play.dossier().state_on(day(15)), TrackState::Restarted);
}

#[test]
fn an_end_that_happened_stays_when_a_later_one_is_noted_ahead() {
    let mut play = Play::new();
    play.say(1, &end(5));
    play.say(2, &restart(9));
    play.say(3, &end(20));
    assert_eq!(play.dossier().state_on(day(7)), TrackState::EndedEarly);
}

#[test]
fn silence_starts_anew_with_a_restart() {
    let mut play = Play::new();
    play.put(COACH, &end(5));
    play.say(1, &restart(20));
    assert!(!has(&play, SignalKind::Silence, day(20)), "first day back");
}

#[test]
fn a_visit_is_overdue_from_the_restart_on() {
    let mut play = Play::new();
    play.put(COACH, &end(5));
    play.say(1, &restart(20));
    assert!(!has(&play, SignalKind::VisitOverdue, day(20)), "first day back");
}

#[test]
fn a_visit_that_was_held_answers_an_older_plan() {
    let mut play = Play::new();
    play.say(1, &Body::Visit(visit(1, 3, None)));
    play.say(2, &Body::Visit(visit(2, 24, Some("Gezien."))));
    assert!(!has(&play, SignalKind::VisitOverdue, day(25)), "seen yesterday");
}

#[test]
fn g2_the_norm_counts_visits_held_on_the_spot_in_the_school_year() {
    let mut play = Play::new();
    let held = |number, on: &str| Visit { day: date(on), ..visit(number, 1, Some("Gezien.")) };
    let year = |play: &Play, on: &str| visits_of_year(play.dossier(), date(on));
    play.say(1, &Body::Visit(held(1, "2026-08-31")));
    play.say(2, &Body::Visit(held(2, "2026-09-01")));
    play.say(3, &Body::Visit(held(3, "2027-08-31")));
    play.say(4, &Body::Visit(held(4, "2027-09-01")));
    let (before, this, next) = ("2026-08-31", "2026-09-01", "2027-09-01");
    assert_eq!(
        [before, this, next].map(|it| year(&play, it)),
        [1, 2, 1],
        "by the day of the visit"
    );
    play.say(5, &Body::Visit(Visit { report: None, ..held(5, "2026-11-03") }));
    assert_eq!(year(&play, this), 2, "merely planned");
    play.say(6, &Body::Visit(Visit { kind: VisitKind::Call, ..held(6, "2026-11-04") }));
    play.say(7, &Body::Visit(Visit { kind: VisitKind::Digital, ..held(7, "2026-11-05") }));
    assert_eq!(year(&play, this), 2, "nobody went there");
    play.say(8, &Body::Visit(Visit { cancelled: true, ..held(2, "2026-09-01") }));
    assert_eq!(year(&play, this), 1, "cancelled after all");
    play.say(9, &Body::Visit(held(5, "2026-11-03")));
    assert_eq!(year(&play, this), 2, "what was planned was held");
    assert_eq!(Thresholds::default().get(13), 3, "the norm, until the centre sets its own");
}
