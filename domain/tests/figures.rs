//! The figures over a dossier, each against a plain reckoning beside it: hours, progress, the state of an entry, signals.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Asked, Audience, Body, Calendar, ConfirmationRequest,
    ConfirmationWithdrawn, Entry, Finding, Holiday, Level, LinkEnded, Place, Release, Role, Stage,
    Standing, Touched,
};
use dubbelspoor_domain::event::Short;
use dubbelspoor_domain::hours::{between, in_week, monday};
use dubbelspoor_domain::id::{AbsenceId, EntryId, EventHash, LinkId};
use dubbelspoor_domain::progress::EntryState;
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use dubbelspoor_domain::wire::Verdict;
use proptest::prelude::*;
use support::{
    COACH, DAY, LEARNER, MENTOR, NOW, Play, STRANGER, Said, confirmation, day, entry, words,
};

const STATED: EntryId = EntryId([9; 16]);

impl Play {
    fn state(&self) -> EntryState {
        self.dossier().state_of(self.dossier().diary.get(STATED).unwrap())
    }

    fn ask(&mut self, of: EntryId, version: EventHash, goals: &[&str]) -> EventHash {
        let asked = |goal: &&str| Asked { goal: (*goal).into(), proposed: None };
        let goals = goals.iter().map(asked).collect();
        let request = ConfirmationRequest { entry: of, version, goals, to: Some(MENTOR) };
        self.put(LEARNER, &Body::ConfirmationRequest(request))
    }

    fn confirm(&mut self, of: EntryId, version: EventHash, finding: Finding) -> EventHash {
        self.put(MENTOR, &Body::Confirmation(confirmation(of, version, finding)))
    }
}

fn on(date: u32, number: u8) -> Entry {
    Entry { day: day(date), ..entry(EntryId([number; 16]), "text") }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn hours_are_the_sum_of_what_stands(
        written in prop::collection::vec((1u32..29, 5u16..721, 0u8..3, 0u8..3), 0..20),
        first in 1u32..29,
        length in 0u32..14,
    ) {
        let mut play = Play::new();
        let last = (first + length).min(28);
        let (mut workplace, mut school) = (0, 0);
        for (number, (date, minutes, place, stage)) in (100..).zip(&written) {
            let place = [Place::Workplace, Place::School, Place::TrainingCentre][usize::from(*place)];
            let stage = [Stage::Submitted, Stage::Draft, Stage::Withdrawn][usize::from(*stage)];
            play.put(LEARNER, &Body::Entry(Entry { minutes: *minutes, place, stage, ..on(*date, number) }));
            if stage == Stage::Submitted && (first..=last).contains(date) {
                match place {
                    Place::Workplace => workplace += u32::from(*minutes),
                    Place::School | Place::TrainingCentre => school += u32::from(*minutes),
                }
            }
        }
        let sum = between(play.dossier(), day(first), day(last));
        prop_assert_eq!((sum.workplace, sum.school), (workplace, school));
        prop_assert_eq!(sum.total(), workplace + school);
    }

    #[test]
    fn a_level_is_what_two_different_days_agree_on(
        findings in prop::collection::vec((2u32..8, 0usize..6), 0..9),
        rated in 0usize..5,
    ) {
        let mut play = Play::new();
        let finding_of = |it: usize| match it {
            4 => Finding::NotYet,
            5 => Finding::NotPossibleHere,
            level => Finding::Reached(Level::ALL[level]),
        };
        for (number, (date, finding)) in (100..).zip(&findings) {
            let self_rating = Level::ALL.get(rated).copied();
            let goals = vec![Touched { goal: "G1".into(), self_rating }];
            let it = Entry { goals, ..on(*date, number) };
            let version = play.put(LEARNER, &Body::Entry(it.clone()));
            play.confirm(it.entry, version, finding_of(*finding));
        }
        // The plain reckoning: per level, on which days something at least as high was found.
        let days_of = |level: usize| {
            let mut days: Vec<u32> =
                findings.iter().filter(|it| it.1 < 4 && it.1 >= level).map(|it| it.0).collect();
            days.sort_unstable();
            days.dedup();
            days.len()
        };
        let highest = |least: usize| (0..4).rev().find(|it| days_of(*it) >= least).map(|it| Level::ALL[it]);
        let progress = play.dossier().progress();
        prop_assert_eq!(progress[0].best, highest(1));
        prop_assert_eq!(progress[0].level, highest(2));
        prop_assert_eq!(progress[0].evidence.len(), findings.len());
        let rating = if findings.is_empty() { None } else { Level::ALL.get(rated).copied() };
        prop_assert_eq!(progress[0].self_rating, rating);
    }
}

#[test]
fn a_week_runs_from_monday_to_sunday() {
    let mut play = Play::new();
    for (number, date) in (100..).zip([8, 9, 15, 16]) {
        play.put(LEARNER, &Body::Entry(Entry { minutes: 100, ..on(date, number) }));
    }
    assert_eq!(monday(day(15)), day(9));
    assert_eq!(monday(day(9)), day(9));
    assert_eq!(in_week(play.dossier(), day(12)).workplace, 200);
}

#[test]
fn what_is_not_possible_here_is_no_level_and_an_own_rating_is_no_evidence() {
    let mut play = Play::new();
    for (number, date) in [(100, 3), (101, 4)] {
        let goals = vec![Touched { goal: "G1".into(), self_rating: Some(Level::Independent) }];
        let it = Entry { goals, ..on(date, number) };
        let version = play.put(LEARNER, &Body::Entry(it.clone()));
        play.confirm(it.entry, version, Finding::NotPossibleHere);
    }
    let progress = play.dossier().progress();
    assert_eq!((progress[0].best, progress[0].level), (None, None));
    assert_eq!(progress[0].self_rating, Some(Level::Independent));
    assert_eq!((progress[0].entries, progress[0].minutes), (2, 120));
    assert_eq!(progress[0].last_day, Some(day(4)));
}

#[test]
fn two_confirmations_of_one_day_are_one_day() {
    let mut play = Play::new();
    for number in [100, 101] {
        let version = play.put(LEARNER, &Body::Entry(on(3, number)));
        play.confirm(EntryId([number; 16]), version, Finding::Reached(Level::Supervised));
    }
    let progress = play.dossier().progress();
    assert_eq!((progress[0].best, progress[0].level), (Some(Level::Supervised), None));
}

#[test]
fn an_entry_goes_from_draft_to_answered_and_back_to_asking() {
    let mut play = Play::new();
    play.desk.write(&support::goal("G2"));
    let base = entry(STATED, "one");
    let draft = Entry { stage: Stage::Draft, ..base.clone() };
    let mut parents = vec![play.put(LEARNER, &Body::Entry(draft))];
    assert_eq!(play.state(), EntryState::Draft);
    let mut edit = |play: &mut Play, it: Entry| {
        let it = Entry { parents: parents.clone(), ..it };
        parents = vec![play.put(LEARNER, &Body::Entry(it))];
        parents[0]
    };
    edit(&mut play, Entry { audience: Audience::Private, ..base.clone() });
    assert_eq!(play.state(), EntryState::Private);
    edit(&mut play, Entry { stage: Stage::Withdrawn, ..base.clone() });
    assert_eq!(play.state(), EntryState::Withdrawn);
    let version = edit(&mut play, base.clone());
    assert_eq!(play.state(), EntryState::Shared);
    play.ask(STATED, version, &["G1", "G2"]);
    assert_eq!(play.state(), EntryState::Waiting);
    assert_eq!(play.dossier().waiting_for(MENTOR, day(23))[0].open.len(), 2);
    assert!(play.dossier().waiting_for(COACH, day(23)).is_empty());
    play.confirm(STATED, version, Finding::NotYet);
    assert_eq!(play.state(), EntryState::Waiting, "one goal is still open");
    let mut second = confirmation(STATED, version, Finding::Reached(Level::WithHelp));
    second.outcomes[0].goal = "G2".into();
    let second = play.put(MENTOR, &Body::Confirmation(second));
    assert_eq!(play.state(), EntryState::Answered);
    let later = edit(&mut play, Entry { text: "two".into(), ..base });
    assert_eq!(play.state(), EntryState::ConfirmedEarlier);
    let confirmed = play.dossier().confirmations.get(second).unwrap();
    assert!(play.dossier().is_for_earlier_version(confirmed));
    play.ask(STATED, later, &["G1"]);
    assert_eq!(play.state(), EntryState::Waiting);
    play.confirm(STATED, later, Finding::Reached(Level::Independent));
    assert_eq!(play.state(), EntryState::Answered);
}

#[test]
fn an_old_confirmation_sent_again_says_nothing_about_the_edited_entry() {
    let mut play = Play::new();
    let base = entry(STATED, "one");
    let version = play.put(LEARNER, &Body::Entry(base.clone()));
    let good = Body::Confirmation(confirmation(STATED, version, Finding::NotPossibleHere));
    let given = play.seal(MENTOR, Said::by(MENTOR, 0), &good);
    play.desk.receive_all(core::slice::from_ref(&given));
    assert_eq!(play.state(), EntryState::NotReached, "answered, and nothing is confirmed");
    let more = Entry { text: "much more".into(), parents: vec![version], ..base };
    play.put(LEARNER, &Body::Entry(more));
    assert_eq!(play.desk.receive(&given.raw()).verdict, Verdict::Duplicate);
    assert_eq!(play.state(), EntryState::ConfirmedEarlier);
    let all: Vec<_> = play.dossier().confirmations.all().collect();
    assert_eq!(all.len(), 1);
    assert!(play.dossier().is_for_earlier_version(all[0]));
}

#[test]
fn two_versions_wait_for_a_choice_and_a_choice_ends_it() {
    let mut play = Play::new();
    let base = entry(STATED, "one");
    let first = play.put(LEARNER, &Body::Entry(base.clone()));
    let edit = |text: &str, parents: &[EventHash]| {
        Body::Entry(Entry { text: text.into(), parents: parents.to_vec(), ..base.clone() })
    };
    let phone = play.put(LEARNER, &edit("on the phone", &[first]));
    let tablet = play.put(LEARNER, &edit("on the tablet", &[first]));
    assert_eq!(play.state(), EntryState::TwoVersions);
    let texts = |play: &Play| -> Vec<String> {
        let record = play.dossier().diary.get(STATED).unwrap();
        record.heads().iter().map(|it| it.content.text.clone()).collect()
    };
    assert_eq!(texts(&play), ["on the phone", "on the tablet"]);
    play.put(LEARNER, &edit("both", &[phone, tablet]));
    assert_eq!(texts(&play), ["both"]);
    assert_eq!(play.state(), EntryState::Shared);
    assert_eq!(play.dossier().diary.get(STATED).unwrap().history().count(), 4);
}

#[test]
fn a_double_tap_counts_once_and_taking_back_counts_it_out() {
    let mut play = Play::new();
    let version = play.put(LEARNER, &Body::Entry(entry(STATED, "one")));
    let good = Finding::Reached(Level::Supervised);
    let first = play.confirm(STATED, version, good);
    let second = play.confirm(STATED, version, Finding::NotYet);
    assert_eq!(play.dossier().outcomes(STATED).len(), 1);
    assert_eq!(play.dossier().outcomes(STATED)[0].1.finding, good);
    let take_back = |confirmation, reason: &str| {
        Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason: reason.into() })
    };
    play.put(MENTOR, &take_back(first, "not this one"));
    assert_eq!(play.dossier().outcomes(STATED)[0].1.finding, Finding::NotYet);
    play.put(MENTOR, &take_back(second, "nor this one"));
    assert!(!play.dossier().is_confirmed(STATED));
    let it = play.dossier().confirmations.get(first).unwrap();
    assert_eq!(play.dossier().standing(it), Standing::Withdrawn);
    assert_eq!(play.dossier().confirmations.reason_withdrawn(it), Some("not this one"));
}

#[test]
fn two_mentors_who_confirm_at_once_both_count_and_stay_two() {
    let mut play = Play::new();
    let colleague = STRANGER;
    play.desk.write(&support::link(3, colleague, Role::Mentor));
    let version = play.put(LEARNER, &Body::Entry(entry(STATED, "one")));
    // Neither phone has seen what the other wrote.
    let (here, there) = (Finding::Reached(Level::Supervised), Finding::NotYet);
    let one = play.seal(
        MENTOR,
        Said::by(MENTOR, 0),
        &Body::Confirmation(confirmation(STATED, version, here)),
    );
    let other = play.seal(
        colleague,
        Said::by(colleague, 0),
        &Body::Confirmation(confirmation(STATED, version, there)),
    );
    play.desk.receive_all(&[one.clone(), other.clone()]);
    let given = play.dossier().outcomes(STATED);
    let by: Vec<_> = given.iter().map(|(it, outcome)| (it.by, outcome.finding)).collect();
    assert_eq!(by, [(MENTOR, here), (colleague, there)]);
    assert_eq!(play.dossier().confirmations.all().count(), 2);
}

/// A confirmation that arrives after its mentor has left: it waits, until a coach decides, and decides again.
#[test]
fn a_late_confirmation_counts_when_a_coach_says_so() {
    let mut play = Play::new();
    let version = play.put(LEARNER, &Body::Entry(entry(STATED, "one")));
    let seen: (u64, Short) = play.desk.checkpoint();
    play.desk.write(&Body::LinkEnded(LinkEnded { link: LinkId([2; 16]), to: day(23) }));
    let good = Body::Confirmation(confirmation(STATED, version, Finding::Reached(Level::WithHelp)));
    let event = play.seal(MENTOR, Said { seen, ..Said::by(MENTOR, 0) }, &good);
    assert_eq!(play.desk.receive(&event.raw()).verdict, Verdict::Waiting);
    let standing = |play: &Play| {
        play.dossier().standing(play.dossier().confirmations.get(event.hash()).unwrap())
    };
    assert_eq!(standing(&play), Standing::Waiting);
    assert_eq!(play.dossier().progress()[0].best, None);
    let waiting = signals(play.dossier(), Thresholds::default(), day(23));
    assert_eq!(waiting[0].kind, SignalKind::WaitsForCoach);
    assert_eq!(waiting[0].grounds, [event.hash()]);
    for (counts, expected) in [(true, Standing::Given), (false, Standing::Dismissed)] {
        let release = Release { event: event.hash(), counts, reason: None };
        play.put(COACH, &Body::Release(release));
        assert_eq!(standing(&play), expected);
    }
}

#[test]
fn silence_counts_working_days_only() {
    let mut play = Play::new();
    let kinds = |play: &Play, today: Day| -> Vec<(SignalKind, u32)> {
        let mut all = signals(play.dossier(), Thresholds::default(), today);
        all.retain(|it| it.kind != SignalKind::NoReception);
        all.into_iter().map(|it| (it.kind, it.days)).collect()
    };
    // The course began on Monday the 2nd; nothing was ever written.
    assert_eq!(kinds(&play, day(6)), [], "four working days after the first");
    assert_eq!(kinds(&play, day(9)), [(SignalKind::Silence, 5)], "a weekend does not count");
    assert_eq!(kinds(&play, day(8)), [], "nor its Sunday");
    play.put(LEARNER, &Body::Entry(on(12, 100)));
    assert_eq!(kinds(&play, day(18)), [], "Thursday to Wednesday: four");
    assert_eq!(kinds(&play, day(19)), [(SignalKind::Silence, 5)]);
    play.put(LEARNER, &Body::Entry(Entry { stage: Stage::Draft, ..on(18, 101) }));
    assert_eq!(kinds(&play, day(19)), [(SignalKind::Silence, 5)], "a draft breaks no silence");
    let after = Day(*day(30) + chrono::Days::new(1));
    assert_eq!(kinds(&play, after), [], "after the course nobody is silent");
}

#[test]
fn silence_counts_neither_holidays_nor_days_that_somebody_reported() {
    let mut play = Play::new();
    let silent = |play: &Play, today: Day| {
        let all = signals(play.dossier(), Thresholds::default(), today);
        all.into_iter().find(|it| it.kind == SignalKind::Silence).map(|it| it.days)
    };
    assert_eq!(silent(&play, day(13)), Some(9), "nothing since Monday the 2nd");
    let title = words("Herfst");
    let holidays = vec![Holiday { title, from: day(9), to: day(10) }];
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays }));
    assert_eq!(silent(&play, day(13)), Some(7));
    let ill = Absence {
        absence: AbsenceId([1; 16]),
        from: day(10),
        to: day(12),
        reason: AbsenceReason::Illness,
        withdrawn: false,
    };
    let report = play.put(LEARNER, &Body::Absence(ill));
    assert_eq!(silent(&play, day(13)), Some(5), "reported is told");
    play.put(COACH, &Body::AbsenceRuled(AbsenceRuled { report, accepted: false }));
    assert_eq!(silent(&play, day(13)), Some(7), "declined is not");
}

#[test]
fn a_request_is_late_from_its_seventh_day_at_school() {
    let mut play = Play::new();
    play.desk.now = NOW;
    let version = play.put(LEARNER, &Body::Entry(on(23, 100)));
    let request = play.ask(EntryId([100; 16]), version, &["G1"]);
    let late = |play: &Play, after: u64| {
        let today = Day::of_millis(NOW + after * DAY);
        let all = signals(
            play.dossier(),
            Thresholds { silence: 100, plan: 100, ..Thresholds::default() },
            today,
        );
        let all = all.into_iter().filter(|it| it.kind != SignalKind::NoReception);
        all.map(|it| (it.kind, it.days, it.grounds)).collect::<Vec<_>>()
    };
    assert_eq!(late(&play, 6), []);
    assert_eq!(late(&play, 7), [(SignalKind::Unconfirmed, 7, vec![request])]);
    play.confirm(EntryId([100; 16]), version, Finding::NotYet);
    assert_eq!(late(&play, 9), []);
}
