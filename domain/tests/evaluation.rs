//! Evaluation on goals, attitudes and the deliberation: a person decides with grounds, figures never do (B7, E5-E7, E10, E11).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::achieved::Achieved;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Attestation, Attitude, AttitudeSeen, Attitudes, Body,
    Deliberation, Evaluation, EvaluationKind, Finding, Goal, HoursConfirmation, Level, Moment,
    Refusal, Seen, Shows, TrackResult,
};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{AbsenceId, EntryId, EventHash, PersonId};
use dubbelspoor_domain::ordered::Table;
use proptest::prelude::*;
use support::{
    ADMINISTRATOR, COACH, Dice, HOUR, LEARNER, MENTOR, NOW, Play, READER, STRANGER, Said, TEACHER,
    confirmation, day, entry, goal,
};

impl Play {
    fn at(&mut self, who: PersonId, minute: u64, body: &Body) -> Event {
        let at = NOW - HOUR + minute * 60_000;
        let event = self.seal(who, Said { at, ..Said::by(who, 0) }, body);
        let ruled = self.desk.receive(&event.raw());
        assert!(ruled.position.is_some(), "{ruled:?}");
        event
    }

    fn refused(&self, who: PersonId, body: &Body) -> Option<Refusal> {
        self.dossier().permit(who, Moment::HERE, body).err()
    }
}

fn evaluation(kind: EvaluationKind, mastered: bool, grounds: &str) -> Evaluation {
    Evaluation {
        goal: "G1".into(),
        kind,
        mastered,
        grounds: grounds.into(),
        heard: Some(MENTOR),
        mentor_said: "She does it alone now".into(),
        evidence: vec![],
    }
}

fn attitudes(seen: &[(Attitude, Shows)]) -> Body {
    let seen =
        seen.iter().map(|(attitude, shows)| AttitudeSeen { attitude: *attitude, shows: *shows });
    Body::Attitudes(Attitudes { seen: seen.collect(), word: String::new() })
}

fn decision(result: TrackResult, mastered: &[&str]) -> Deliberation {
    let mastered = mastered.iter().map(|it| (*it).to_owned()).collect();
    let (present, grounds) = ("Els, Luc, Amina".into(), "All that was seen".into());
    Deliberation { day: day(28), present, mastered, result, grounds }
}

#[test]
fn the_school_evaluates_those_who_work_along_see_attitudes_coaches_decide() {
    let play = Play::new();
    let no = Some(Refusal::NotYourRole);
    let evaluates = Body::Evaluation(evaluation(EvaluationKind::Summative, true, "Seen twice"));
    let attends = attitudes(&[(Attitude::Punctual, Shows::Mostly)]);
    let decides = Body::Deliberation(decision(TrackResult::NotYet, &[]));
    for (who, goal, attitude, result) in [
        (LEARNER, no, Some(Refusal::OwnWork), no),
        (MENTOR, no, None, no),
        (TEACHER, None, None, no),
        (COACH, None, None, None),
        (ADMINISTRATOR, None, None, None),
        (READER, no, no, no),
        (STRANGER, Some(Refusal::NotLinked), Some(Refusal::NotLinked), Some(Refusal::NotLinked)),
    ] {
        assert_eq!(play.refused(who, &evaluates), goal, "{who:?}");
        assert_eq!(play.refused(who, &attends), attitude, "{who:?}");
        assert_eq!(play.refused(who, &decides), result, "{who:?}");
    }
}

#[test]
fn an_evaluation_is_of_a_goal_of_the_plan_and_says_why() {
    let play = Play::new();
    let refused = |change: fn(&mut Evaluation)| {
        let mut it = evaluation(EvaluationKind::Formative, false, "Needs help with the scanner");
        change(&mut it);
        play.refused(COACH, &Body::Evaluation(it))
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|it| it.grounds = "  ".into()), Some(Refusal::OutOfRange));
    assert_eq!(refused(|it| it.goal = "G9".into()), Some(Refusal::UnknownGoal));
    assert_eq!(refused(|it| it.evidence = vec![EventHash([1; 32]); 50]), None);
    let many = refused(|it| it.evidence = vec![EventHash([1; 32]); 51]);
    assert_eq!(many, Some(Refusal::OutOfRange));
}

#[test]
fn a_later_evaluation_supersedes_and_none_is_erased() {
    use EvaluationKind::{Formative, Summative};
    let mut play = Play::new();
    let stands = |play: &Play| {
        let all = &play.dossier().evaluations;
        let it = all.standing("G1").map(|it| it.what.grounds.clone()).unwrap_or_default();
        (it, all.is_mastered("G1"), all.of_goal("G1").len())
    };
    assert_eq!(stands(&play), (String::new(), false, 0));
    let says = |kind, mastered, why: &str| Body::Evaluation(evaluation(kind, mastered, why));
    play.at(COACH, 1, &says(Formative, true, "along the way"));
    assert_eq!(stands(&play), ("along the way".into(), false, 1), "formative counts for nothing");
    play.at(TEACHER, 4, &says(Summative, true, "second"));
    assert_eq!(stands(&play), ("second".into(), true, 2));
    play.at(COACH, 2, &says(Summative, false, "first"));
    assert_eq!(stands(&play), ("second".into(), true, 3), "written earlier, arrived later");
    play.at(COACH, 5, &says(Formative, false, "word"));
    assert_eq!(stands(&play), ("second".into(), true, 4));
    play.at(COACH, 6, &says(Summative, false, "third"));
    assert_eq!(stands(&play), ("third".into(), false, 5));
}

/// After a restore what it rests on may be sealed again, under another name.
#[test]
fn its_evidence_keeps_pointing_to_what_was_confirmed() {
    let (old, new) = (EventHash([1; 32]), EventHash([2; 32]));
    let mut it = evaluation(EvaluationKind::Summative, true, "Seen twice");
    it.evidence = vec![EventHash([9; 32]), old];
    let mut names = Table::default();
    names.put(old, new);
    let Body::Evaluation(renamed) = Body::Evaluation(it).renamed(&names) else { panic!() };
    assert_eq!(renamed.evidence, [EventHash([9; 32]), new]);
}

#[test]
fn attitudes_have_a_scale_of_their_own_and_show_growth() {
    let mut play = Play::new();
    assert_eq!(play.refused(MENTOR, &attitudes(&[])), Some(Refusal::OutOfRange));
    let twice = [(Attitude::Orderly, Shows::Seldom), (Attitude::Orderly, Shows::Always)];
    assert_eq!(play.refused(MENTOR, &attitudes(&twice)), Some(Refusal::OutOfRange));
    play.put(MENTOR, &attitudes(&[(Attitude::Orderly, Shows::Seldom)]));
    play.put(TEACHER, &attitudes(&Attitude::ALL.map(|it| (it, Shows::Mostly))));
    let all = play.dossier().evaluations.attitudes();
    let orderly = all.iter().flat_map(|it| &it.what.seen);
    let orderly = orderly.filter(|it| it.attitude == Attitude::Orderly).map(|it| it.shows);
    assert_eq!(orderly.collect::<Vec<_>>(), [Shows::Seldom, Shows::Mostly]);
    assert!(Shows::ALL.is_sorted());
}

#[test]
fn a_decision_fits_the_goals_that_it_names() {
    let mut play = Play::new();
    play.desk.write(&goal("G2"));
    let refused =
        |result, goals: &[&str]| play.refused(COACH, &Body::Deliberation(decision(result, goals)));
    for result in [TrackResult::Certificate, TrackResult::Partial] {
        assert_eq!(refused(result, &["G1"]), None);
        assert_eq!(refused(result, &[]), Some(Refusal::Mismatch));
        assert_eq!(refused(result, &["G1", "G9"]), Some(Refusal::UnknownGoal));
    }
    assert_eq!(refused(TrackResult::NotYet, &[]), None);
    assert_eq!(refused(TrackResult::NotYet, &["G1"]), Some(Refusal::Mismatch));
    let nobody = Deliberation { present: " ".into(), ..decision(TrackResult::NotYet, &[]) };
    assert_eq!(play.refused(COACH, &Body::Deliberation(nobody)), Some(Refusal::OutOfRange));
    play.at(COACH, 5, &Body::Deliberation(decision(TrackResult::Partial, &["G1"])));
    play.at(COACH, 2, &Body::Deliberation(decision(TrackResult::NotYet, &[])));
    let stands = play.dossier().evaluations.deliberation().map(|it| it.what.result);
    assert_eq!(stands, Some(TrackResult::Partial), "the last one, whatever the order of arrival");
}

/// Something that happens on the floor or at school, and that somebody might take for a judgement.
fn happens(play: &mut Play, dice: &mut Dice, number: u8) {
    let name = EntryId([number; 16]);
    let version = play.put(LEARNER, &Body::Entry(entry(name, "Loaded the van")));
    match dice.below(4) {
        0 | 1 => {
            let level = *dice.pick(&[Level::WithHelp, Level::Independent]).unwrap();
            let said = confirmation(name, version, Finding::Reached(level));
            play.put(MENTOR, &Body::Confirmation(said));
        }
        2 => {
            let entries = vec![Seen { entry: name, version }];
            play.put(MENTOR, &Body::HoursConfirmation(HoursConfirmation { entries }));
        }
        _ => {
            let report = play.put(
                LEARNER,
                &Body::Absence(Absence {
                    absence: AbsenceId([number; 16]),
                    from: day(3),
                    to: day(20),
                    reason: AbsenceReason::Illness,
                    withdrawn: false,
                }),
            );
            let accepted = dice.chance(50);
            play.put(COACH, &Body::AbsenceRuled(AbsenceRuled { report, accepted }));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// B7, E11: no number of confirmations, hours or absences makes, changes or ends an evaluation or a decision.
    #[test]
    fn what_happens_never_evaluates_anybody(seed: u64, many in 1_u8..30, says: bool) {
        let (mut play, mut dice) = (Play::new(), Dice(seed));
        if says {
            let it = evaluation(EvaluationKind::Summative, false, "Not yet alone");
            play.put(COACH, &Body::Evaluation(it));
            play.put(COACH, &Body::Deliberation(decision(TrackResult::NotYet, &[])));
        }
        let before = play.dossier().evaluations.clone();
        for number in 0..many {
            happens(&mut play, &mut dice, number);
        }
        prop_assert_eq!(&play.dossier().evaluations, &before);
        prop_assert!(!play.dossier().evaluations.is_mastered("G1"));
        prop_assert_eq!(before.deliberation().is_some(), says);
        prop_assert!(play.dossier().diary.written().count() == usize::from(many));
    }
}

#[test]
fn e10_what_was_achieved_is_what_was_decided_and_evaluated_and_nothing_that_was_only_done() {
    let mut play = Play::new();
    for code in ["G2", "G3"] {
        play.put(COACH, &goal(code));
    }
    let version = play.put(LEARNER, &Body::Entry(entry(EntryId([1; 16]), "stacked boxes")));
    let seen = confirmation(EntryId([1; 16]), version, Finding::Reached(Level::Independent));
    play.put(MENTOR, &Body::Confirmation(seen));
    let planned = Attestation {
        name: "Forklift".into(),
        planned: Some(day(20)),
        obtained: None,
        until: None,
        withdrawn: false,
    };
    play.put(COACH, &Body::Attestation(planned.clone()));
    let none = Achieved::of(play.dossier());
    assert!(none.is_nothing() && none.decision.is_none(), "done, confirmed and planned is not it");

    play.put(COACH, &Body::Attestation(Attestation { obtained: Some(day(21)), ..planned }));
    let said = |code: &str, kind, mastered| {
        Body::Evaluation(Evaluation { goal: code.into(), ..evaluation(kind, mastered, "Seen") })
    };
    play.at(TEACHER, 1, &said("G1", EvaluationKind::Formative, true));
    play.at(TEACHER, 2, &said("G2", EvaluationKind::Summative, true));
    play.at(TEACHER, 3, &said("G3", EvaluationKind::Summative, false));
    let names = |it: &Achieved<'_>| {
        let name = |it: &&Goal| it.goal.clone();
        let evaluated: Vec<String> = it.evaluated.iter().map(|(it, _)| it.goal.clone()).collect();
        (it.decided.iter().map(name).collect::<Vec<_>>(), evaluated)
    };
    let so_far = Achieved::of(play.dossier());
    assert_eq!(names(&so_far), (vec![], vec!["G2".to_owned()]), "along the way does not count");
    assert_eq!(so_far.evaluated[0].1.by, TEACHER);
    assert_eq!(so_far.attestations[0].name, "Forklift");

    play.put(COACH, &Body::Deliberation(decision(TrackResult::Partial, &["G1"])));
    let decided = Achieved::of(play.dossier());
    assert_eq!(names(&decided), (vec!["G1".to_owned()], vec!["G2".to_owned()]));
    assert_eq!(decided.decision.unwrap().what.result, TrackResult::Partial);
}
