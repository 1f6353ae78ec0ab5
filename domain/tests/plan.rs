//! The plan as a talk of three: exact versions, what changed since, proposals, prior learning, and goals that are late.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Attestation, Body, Chair, Change, Difference, Entry, Goal, Level, Moment, Pace, PlanAnswered,
    PlanConsent, PlanProposal, PriorLearning, Refusal, Role, Track,
};
use dubbelspoor_domain::id::{EntryId, PersonId, PlanHash};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use proptest::prelude::*;
use std::ops::RangeInclusive;
use support::{
    COACH, LEARNER, MENTOR, NOW, Play, READER, STRANGER, Said, TEACHER, day, entry, goal,
};

impl Play {
    fn later(&mut self, who: PersonId, after: u64, body: &Body) {
        let event = self.seal(who, Said { at: NOW + after, ..Said::by(who, 0) }, body);
        assert!(self.desk.receive(&event.raw()).position.is_some());
    }

    fn agrees(&mut self, who: PersonId, after: u64, version: PlanHash, withdrawn: bool) {
        self.later(who, after, &Body::PlanConsent(PlanConsent { version, withdrawn }));
    }

    fn signal(&self, kind: SignalKind, today: Day) -> Option<u32> {
        let all = signals(self.dossier(), Thresholds::default(), today);
        all.into_iter().find(|it| it.kind == kind).map(|it| it.days)
    }
}

fn planned(code: &str, weeks: (u16, u16)) -> Goal {
    let Body::Goal(goal) = goal(code) else { panic!("a goal") };
    Goal { from_week: weeks.0, to_week: weeks.1, ..goal }
}

fn proposed(goal: Option<&str>, change: Change, reason: &str) -> PlanProposal {
    let (goal, reason) = (goal.map(Into::into), reason.into());
    PlanProposal { goal, change, reason, from_week: None, where_exactly: None }
}

#[test]
fn three_agree_to_one_exact_version_and_a_change_asks_again() {
    let mut play = Play::new();
    let first = play.dossier().plan.hash();
    play.agrees(LEARNER, 1, first, false);
    play.agrees(MENTOR, 2, first, false);
    assert!(!play.dossier().plan_version(first).is_agreed(), "B4: two are not three");
    play.agrees(COACH, 3, first, false);
    assert!(play.dossier().plan_version(first).is_agreed());
    assert_eq!(play.dossier().agreed_plans(), [first]);

    let changed = planned("G1", (3, 9));
    play.put(COACH, &Body::Goal(changed.clone()));
    play.put(COACH, &goal("G2"));
    let second = play.dossier().plan.hash();
    assert_ne!(first, second);
    assert!(!play.dossier().plan_version(second).is_agreed(), "agreed again, not by itself");
    let since = play.dossier().plan_since(first).unwrap();
    let [Difference::Changed(before, now), Difference::New(new)] = &since[..] else {
        panic!("{since:?}")
    };
    assert_eq!(((before.from_week, before.to_week), *now), ((1, 8), &changed));
    assert_eq!(new.goal, "G2");
    assert_eq!(play.dossier().plan_since(second), Some(vec![]));
    assert_eq!(play.dossier().plan_since(PlanHash([9; 32])), None, "nobody saw such a plan");
    for (who, after) in [(COACH, 11), (LEARNER, 12), (MENTOR, 13)] {
        play.agrees(who, after, second, false);
    }
    assert_eq!(play.dossier().agreed_plans(), [second, first], "both stay, the last first");
}

#[test]
fn a_consent_is_taken_back_by_whoever_gave_it_in_any_order_of_arrival() {
    let mut play = Play::new();
    let version = play.dossier().plan.hash();
    // What was said later arrives first.
    play.agrees(MENTOR, 9, version, true);
    play.agrees(MENTOR, 1, version, false);
    play.agrees(LEARNER, 2, version, false);
    assert_eq!(play.dossier().plan_version(version).agreed, [(Chair::Learner, LEARNER)]);
    play.agrees(MENTOR, 10, version, false);
    let agreed = play.dossier().plan_version(version).agreed;
    assert_eq!(agreed, [(Chair::Learner, LEARNER), (Chair::Workplace, MENTOR)]);
    let consent = Body::PlanConsent(PlanConsent { version, withdrawn: false });
    for nobody in [TEACHER, READER] {
        let refused = play.dossier().permit(nobody, Moment::HERE, &consent);
        assert_eq!(refused, Err(Refusal::NotYourRole), "B4: three, and no others");
    }
}

#[test]
fn a_proposal_waits_for_the_coach_and_is_answered_once() {
    let mut play = Play::new();
    let reason = "Hier staat geen heftruck.";
    let at_school = proposed(Some("G1"), Change::AtSchool, reason);
    let proposal = play.put(MENTOR, &Body::PlanProposal(at_school));
    let today = Day::of_millis(NOW + 3 * support::DAY);
    assert_eq!(play.signal(SignalKind::ProposalWaits, today), Some(3));
    let silent = PlanAnswered { proposal, taken_over: false, text: String::new() };
    let refused = play.dossier().permit(COACH, Moment::HERE, &Body::PlanAnswered(silent.clone()));
    assert_eq!(refused, Err(Refusal::OutOfRange), "B3: who declines says why");
    play.put(COACH, &Body::PlanAnswered(PlanAnswered { taken_over: true, ..silent }));
    assert_eq!(play.dossier().plan_talk.open().count(), 0);
    assert_eq!(play.signal(SignalKind::ProposalWaits, today), None);
    let unknown = proposed(Some("G9"), Change::Other, "?");
    let refused = play.dossier().permit(LEARNER, Moment::HERE, &Body::PlanProposal(unknown));
    assert_eq!(refused, Err(Refusal::UnknownGoal));
}

#[test]
fn b3_of_two_answers_the_first_that_was_said_stands_in_any_order_of_arrival() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        let mut play = Play::new();
        let asked = proposed(None, Change::Other, "Anders.");
        let proposal = play.put(LEARNER, &Body::PlanProposal(asked));
        for number in order {
            // Coaches without a line, of whom none knows what the others say.
            let text = ["eerst", "dan", "laatst"][number].to_owned();
            let answer = PlanAnswered { proposal, taken_over: number == 1, text };
            play.later(COACH, 10 + number as u64, &Body::PlanAnswered(answer));
        }
        let answer = play.dossier().plan_talk.answer(proposal).unwrap();
        assert_eq!((&*answer.what.text, answer.what.taken_over), ("eerst", false), "{order:?}");
    }
}

#[test]
fn b4_of_agreed_plans_the_one_that_was_completed_last_is_first_in_any_order_of_arrival() {
    for order in [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [5, 0, 3, 6, 2, 4, 1]] {
        let mut play = Play::new();
        let old = play.dossier().plan.hash();
        play.put(COACH, &goal("G2"));
        let new = play.dossier().plan.hash();
        // All agree to the new plan, and then the last of them to the old one as well.
        let said = [
            (LEARNER, 1, old, false),
            (MENTOR, 2, old, false),
            (COACH, 3, new, false),
            (MENTOR, 4, new, false),
            (LEARNER, 5, new, false),
            (COACH, 6, old, false),
            (STRANGER, 7, new, false),
        ];
        let mentor = support::link(40, STRANGER, Role::Mentor);
        play.put(COACH, &mentor);
        for it in order {
            let (who, after, version, withdrawn) = said[it];
            play.agrees(who, after, version, withdrawn);
        }
        let agreed = play.dossier().agreed_plans();
        assert_eq!(agreed, [old, new], "one mentor is enough, a second changes nothing; {order:?}");
        play.agrees(COACH, 9, new, true);
        play.agrees(COACH, 10, new, false);
        assert_eq!(play.dossier().agreed_plans(), [new, old], "agreed anew");
        play.agrees(COACH, 11, old, true);
        assert_eq!(play.dossier().agreed_plans(), [new], "one took it back");
    }
}

#[test]
fn a_plan_that_nobody_agreed_to_is_a_signal_from_its_twentieth_day() {
    let mut play = Play::new();
    assert_eq!(play.signal(SignalKind::PlanOpen, day(21)), None);
    assert_eq!(play.signal(SignalKind::PlanOpen, day(22)), Some(20), "B5");
    let version = play.dossier().plan.hash();
    for (who, after) in [(LEARNER, 1), (MENTOR, 2), (COACH, 3)] {
        play.agrees(who, after, version, false);
    }
    assert_eq!(play.signal(SignalKind::PlanOpen, day(22)), None);
}

#[test]
fn a_goal_is_late_after_its_last_week_unless_it_came_up_or_was_known_before() {
    let mut play = Play::new();
    for (code, weeks) in [("G1", (1, 1)), ("G2", (1, 1)), ("G3", (1, 2)), ("G4", (1, 1))] {
        play.put(COACH, &Body::Goal(planned(code, weeks)));
    }
    let late = |play: &Play, on: u32| -> Vec<String> {
        play.dossier().late_goals(day(on)).iter().map(|it| it.goal.clone()).collect()
    };
    assert_eq!(late(&play, 8), [""; 0], "week 1 is 2 to 8 November");
    assert_eq!(late(&play, 9), ["G1", "G2", "G4"]);
    assert_eq!(play.signal(SignalKind::GoalsLate, day(16)), Some(4), "B6: goals, not days");
    let patient = |goals_late, on: u32| {
        let limits = Thresholds { goals_late, ..Thresholds::default() };
        let all = signals(play.dossier(), limits, day(on)).into_iter();
        all.filter(|it| it.kind == SignalKind::GoalsLate).map(|it| (it.since, it.days)).next()
    };
    assert_eq!(patient(0, 9), Some((day(9), 3)), "G1: at once, as it comes");
    assert_eq!(patient(7, 15), None, "G1: the centre waits a week");
    assert_eq!(patient(7, 16), Some((day(9), 3)), "G1: for those of the first week");
    let touched = Entry { day: day(5), ..entry(EntryId([31; 16]), "op tijd") };
    play.put(LEARNER, &Body::Entry(touched));
    let known = PriorLearning {
        goal: "G2".into(),
        evidence: "Rijbewijs heftruck 2021".into(),
        on: day(3),
        level: Some(Level::Independent),
    };
    play.put(COACH, &Body::PriorLearning(known.clone()));
    assert_eq!(late(&play, 9), ["G4"], "B9: what somebody could before is not late");
    let progress = play.dossier().progress();
    let second = progress.iter().find(|it| it.goal.goal == "G2").unwrap();
    assert_eq!((second.best, second.level), (None, None), "B9: no mentor confirmed it");
    play.later(COACH, 1, &Body::PriorLearning(PriorLearning { level: None, ..known }));
    assert_eq!(late(&play, 9), ["G2", "G4"]);
}

#[test]
fn an_attestation_is_planned_obtained_and_taken_off() {
    let mut play = Play::new();
    let planned = Attestation {
        name: "VCA".into(),
        planned: Some(day(10)),
        obtained: None,
        until: None,
        withdrawn: false,
    };
    let obtained = Attestation { obtained: Some(day(12)), until: Some(day(30)), ..planned.clone() };
    play.put(COACH, &Body::Attestation(planned));
    play.later(COACH, 1, &Body::Attestation(obtained.clone()));
    assert_eq!(play.dossier().plan_talk.attestations().collect::<Vec<_>>(), [&obtained]);
    let backwards = Attestation { until: Some(day(11)), ..obtained.clone() };
    let refused = play.dossier().permit(COACH, Moment::HERE, &Body::Attestation(backwards));
    assert_eq!(refused, Err(Refusal::OutOfRange));
    play.later(COACH, 2, &Body::Attestation(Attestation { withdrawn: true, ..obtained }));
    assert_eq!(play.dossier().plan_talk.attestations().count(), 0);
}

#[test]
fn b12_an_attestation_warns_before_it_ends_until_a_newer_one_takes_its_place() {
    let mut play = Play::new();
    let iso = |it: &str| Day::from_iso(it).unwrap();
    let vca = Attestation {
        name: "VCA".into(),
        planned: None,
        obtained: Some(iso("2026-01-19")),
        until: Some(iso("2027-01-19")),
        withdrawn: false,
    };
    play.later(COACH, 1, &Body::Attestation(vca.clone()));
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(19)), None, "61 days");
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(20)), Some(60));
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(27)), Some(53));
    let signal = signals(play.dossier(), Thresholds::default(), day(20));
    let signal = signal.into_iter().find(|it| it.kind == SignalKind::AttestationEnds).unwrap();
    assert_eq!((signal.since, signal.grounds.len()), (iso("2027-01-19"), 1));
    let named = |name: &str| Attestation { name: name.into(), ..vca.clone() };
    let other = Attestation { until: Some(iso("2026-11-10")), ..named("Heftruck") };
    play.later(COACH, 2, &Body::Attestation(other.clone()));
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(20)), Some(0), "one has ended");
    play.later(COACH, 3, &Body::Attestation(Attestation { withdrawn: true, ..other }));
    let newer = Attestation { until: Some(iso("2028-01-19")), ..named(" vca ") };
    play.later(COACH, 4, &Body::Attestation(newer.clone()));
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(27)), None, "however it is spelt");
    play.later(COACH, 5, &Body::Attestation(Attestation { withdrawn: true, ..newer }));
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(27)), Some(53));
    play.later(COACH, 6, &Body::Attestation(Attestation { until: None, ..vca }));
    assert_eq!(play.signal(SignalKind::AttestationEnds, day(27)), None, "valid for good");
}

impl Play {
    /// A plan of these goals and no other.
    fn planning(goals: &[(u16, u16)]) -> Play {
        let mut play = Play::new();
        for (number, weeks) in (1..).zip(goals) {
            play.put(COACH, &Body::Goal(planned(&format!("G{number}"), *weeks)));
        }
        play
    }

    fn all(&self) -> Vec<Goal> {
        self.dossier().plan.goals().cloned().collect()
    }

    fn weeks(&self) -> Vec<(u16, u16)> {
        self.all().iter().map(|it| (it.from_week, it.to_week)).collect()
    }

    fn spreads(&mut self, weeks: RangeInclusive<u16>) -> usize {
        let changed = self.dossier().plan.spread(weeks, &[]);
        for it in &changed {
            self.put(COACH, &Body::Goal(it.clone()));
        }
        changed.len()
    }
}

#[test]
fn b10_goals_keep_their_place_and_length_when_the_pace_changes() {
    let mut play = Play::planning(&[(1, 10), (5, 14), (11, 20), (20, 20)]);
    let before = play.dossier().plan.hash();
    assert_eq!(play.spreads(1..=40), 4, "two years instead of one");
    assert_eq!(play.weeks(), [(1, 20), (9, 28), (21, 40), (39, 40)]);
    assert_ne!(play.dossier().plan.hash(), before, "another version, to be agreed again (B4)");
    assert_eq!(play.spreads(1..=40), 0, "and then nothing changes");
    play.spreads(3..=7);
    assert_eq!(
        play.weeks(),
        [(3, 5), (4, 6), (5, 7), (7, 7)],
        "a start in week 3, a week at least"
    );
    assert!(play.dossier().plan_since(before).is_some(), "what it was is still known");
}

#[test]
fn b10_a_goal_that_ended_before_another_does_not_end_after_it() {
    let mut play = Play::planning(&[(32, 32), (16, 33), (19, 34)]);
    play.spreads(1..=2);
    assert_eq!(play.weeks(), [(2, 2), (1, 2), (1, 2)]);
}

#[test]
fn b2_goals_that_have_no_place_yet_follow_each_other_by_code() {
    let mut play = Play::planning(&[(1, 40), (1, 40), (1, 40), (1, 40)]);
    play.spreads(1..=40);
    assert_eq!(play.weeks(), [(1, 10), (11, 20), (21, 30), (31, 40)]);
    let mut play = Play::planning(&[(1, 40), (1, 40), (1, 40)]);
    play.spreads(1..=2);
    assert_eq!(play.weeks(), [(1, 1), (1, 2), (2, 2)], "more goals than weeks: none is skipped");
}

#[test]
fn b10_the_pace_is_told_with_the_course_and_its_weeks_are_counted() {
    let mut play = Play::new();
    let Body::Track(track) = support::track() else { panic!("a track") };
    assert_eq!((track.pace, track.weeks()), (None, 1..=5));
    let evening = Track { pace: Some(Pace::Evening), from: day(10), ..track.clone() };
    play.put(COACH, &Body::Track(evening.clone()));
    assert_eq!(play.dossier().track.as_ref(), Some(&evening));
    assert_eq!(evening.weeks(), 2..=5, "it begins in the second week of the plan");
    let beside = Track { general: Some("Maandagavond in Aalst".into()), ..evening.clone() };
    play.put(COACH, &Body::Track(beside.clone()));
    assert_eq!(play.dossier().track.as_ref(), Some(&beside), "with general education beside");
    let wordless = Body::Track(Track { general: Some(" ".into()), ..track.clone() });
    let refused = play.dossier().permit(COACH, Moment::HERE, &wordless);
    assert_eq!(refused, Err(Refusal::OutOfRange));
    let old = Body::Track(track.clone()).encode();
    assert_eq!(Body::decode(6, &old), Body::Track(track), "as an older app wrote it");
    assert_eq!(Pace::ALL.map(|it| it as u8), [1, 2, 3, 4, 5]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// B10: the order stays, all weeks lie inside, and nothing else of any goal changes.
    #[test]
    fn b10_any_plan_spread_over_any_weeks_stays_the_same_curriculum(
        goals in prop::collection::vec((0_u16..60, 0_u16..30), 1..9),
        first in 1_u16..12,
        count in 1_u16..110,
    ) {
        let goals: Vec<(u16, u16)> = goals.iter().map(|(from, more)| (*from, from + more)).collect();
        let mut play = Play::planning(&goals);
        let (before, weeks) = (play.all(), first..=first + count - 1);
        play.spreads(weeks.clone());
        let after = play.all();
        prop_assert_eq!(before.len(), after.len());
        for (was, is) in before.iter().zip(&after) {
            prop_assert!(is.from_week <= is.to_week, "a week at least");
            prop_assert!(weeks.contains(&is.from_week) && weeks.contains(&is.to_week));
            let (from_week, to_week) = (was.from_week, was.to_week);
            prop_assert_eq!(was, &Goal { from_week, to_week, ..is.clone() });
            for (other_was, other_is) in before.iter().zip(&after) {
                if was.from_week < other_was.from_week {
                    prop_assert!(is.from_week <= other_is.from_week);
                }
                if was.to_week < other_was.to_week {
                    prop_assert!(is.to_week <= other_is.to_week);
                }
            }
        }
        // Those that came to lie in the same weeks have no place of their own any more.
        if after.iter().any(|it| it.to_week != after[0].to_week) {
            prop_assert_eq!(play.spreads(weeks), 0, "spread once, it stays");
        }
    }
}

#[test]
fn b4_all_versions_that_anybody_agreed_to_are_listed_and_any_two_compared() {
    let mut play = Play::new();
    let first = play.dossier().plan.hash();
    for (who, after) in [(LEARNER, 1), (MENTOR, 2), (COACH, 3)] {
        play.agrees(who, after, first, false);
    }
    play.put(COACH, &goal("G2"));
    let second = play.dossier().plan.hash();
    play.agrees(LEARNER, 4, second, false);
    play.agrees(LEARNER, 5, second, true);
    play.put(COACH, &Body::Goal(planned("G1", (3, 9))));
    play.put(COACH, &Body::Goal(planned("G1", (4, 9))));
    let third = play.dossier().plan.hash();
    play.agrees(COACH, 6, PlanHash([9; 32]), false);
    let it = play.dossier();
    assert_eq!(it.plan_versions(), [third, second, first], "none that nobody ever agreed to");
    let chairs: Vec<Chair> = it.consents_to(first).iter().map(|(chair, _)| *chair).collect();
    assert_eq!(chairs, Chair::ALL);
    let (_, last) = it.consents_to(first)[2];
    assert_eq!((last.by, last.at.millis()), (COACH, NOW + 3), "and when");
    assert!(it.consents_to(second).is_empty(), "taken back");
    let between = |before, after| -> Vec<String> {
        let named = |it: &Difference<'_>| match it {
            Difference::New(goal) => format!("{} is new", goal.goal),
            Difference::Changed(_, goal) => format!("{} changed", goal.goal),
            Difference::Dropped(goal) => format!("{} is gone", goal.goal),
        };
        it.plan_between(before, after).unwrap().iter().map(named).collect()
    };
    assert_eq!(between(first, second), ["G2 is new"]);
    assert_eq!(between(second, third), ["G1 changed"]);
    assert_eq!(between(first, third), ["G1 changed", "G2 is new"]);
}
