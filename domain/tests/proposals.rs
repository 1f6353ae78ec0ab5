//! What a proposal makes of a goal, and how the coach takes it over in one stroke (B3, B8).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    Body, Change, Finding, Goal, Moment, Place, PlanAnswered, PlanProposal, Refusal,
};
use dubbelspoor_domain::id::{EntryId, EventHash};
use support::{COACH, LEARNER, MENTOR, Play, confirmation, entry, goal};

fn proposal(change: Change) -> PlanProposal {
    let (goal, reason) = (Some("G1".into()), "Hier staat geen heftruck.".into());
    PlanProposal { goal, change, reason, from_week: None, where_exactly: None }
}

fn before() -> Goal {
    let Body::Goal(goal) = goal("G1") else { panic!("a goal") };
    let where_exactly = Some("Kade 12".into());
    Goal { places: vec![Place::Workplace, Place::School], where_exactly, ..goal }
}

fn now(play: &Play) -> Goal {
    play.dossier().plan.get("G1").unwrap().clone()
}

/// The coach writes all of it, in its order.
fn takes_over(play: &mut Play, proposal: EventHash) -> usize {
    let all = play.dossier().taking_over(proposal, "Goed.".into());
    for body in &all {
        play.put(COACH, body);
    }
    all.len()
}

#[test]
fn b3_taking_a_proposal_over_changes_the_goal_in_the_same_stroke() {
    let mut play = Play::new();
    play.put(COACH, &Body::Goal(before()));
    let agreed = play.dossier().plan.hash();
    let said = play.put(MENTOR, &Body::PlanProposal(proposal(Change::AtSchool)));
    assert_eq!(takes_over(&mut play, said), 2, "the goal and the answer");
    assert_eq!(now(&play), Goal { places: vec![Place::School], where_exactly: None, ..before() });
    let answer = play.dossier().plan_talk.answer(said).unwrap();
    assert!(answer.what.taken_over && answer.what.text == "Goed.");
    assert_ne!(play.dossier().plan.hash(), agreed, "B4: another version, to be agreed anew");
    assert_eq!(takes_over(&mut play, said), 0, "what was answered is not taken over again");
    play.put(COACH, &Body::Goal(before()));
    assert_eq!(play.dossier().plan.hash(), agreed, "put back: the plan that they agreed to");
}

#[test]
fn b3_a_proposal_moves_a_goal_in_place_and_time_and_keeps_all_else() {
    let made = |it: PlanProposal| it.applied_to(&before());
    let centre = PlanProposal { from_week: Some(9), ..proposal(Change::TrainingCentre) };
    let weeks = before().to_week - before().from_week;
    let moved = Goal { places: vec![Place::TrainingCentre], where_exactly: None, ..before() };
    assert_eq!(made(centre), Some(Goal { from_week: 9, to_week: 9 + weeks, ..moved }));
    let other = proposal(Change::OtherWorkplace);
    assert_eq!(made(other.clone()), None, "which one is for the coach to say");
    let named = PlanProposal { where_exactly: Some("De Kaai".into()), ..other };
    let there = Goal { where_exactly: Some("De Kaai".into()), ..before() };
    assert_eq!(made(named), Some(there), "what is learnt at school too stays there");
    let later = PlanProposal { from_week: Some(20), ..proposal(Change::Later) };
    assert_eq!(made(later), Some(Goal { from_week: 20, to_week: 20 + weeks, ..before() }));
    let last = PlanProposal { from_week: Some(u16::MAX), ..proposal(Change::Later) };
    assert_eq!(made(last).unwrap().to_week, u16::MAX, "never before its first week");
}

#[test]
fn b3_what_is_only_words_is_answered_and_the_coach_says_what_becomes_of_the_goal() {
    for change in [Change::Earlier, Change::Later, Change::OtherLevel, Change::Other] {
        let mut play = Play::new();
        play.put(COACH, &Body::Goal(before()));
        let said = play.put(LEARNER, &Body::PlanProposal(proposal(change)));
        let answer = PlanAnswered { proposal: said, taken_over: true, text: "Goed.".into() };
        let all = play.dossier().taking_over(said, "Goed.".into());
        assert_eq!(all, [Body::PlanAnswered(answer)], "{change:?}");
    }
    let here = PlanProposal { where_exactly: Some("Kade 12".into()), ..proposal(Change::Other) };
    assert_eq!(here.applied_to(&before()), None);
    let long = PlanProposal { where_exactly: Some("x".repeat(201)), ..here };
    let refused = Play::new().dossier().permit(MENTOR, Moment::HERE, &Body::PlanProposal(long));
    assert_eq!(refused, Err(Refusal::OutOfRange));
}

#[test]
fn b8_a_goal_that_is_not_possible_here_waits_for_a_place_until_somebody_proposes_one() {
    let mut play = Play::new();
    play.put(COACH, &Body::Goal(before()));
    let written = play.put(LEARNER, &Body::Entry(entry(EntryId([9; 16]), "heftruck")));
    let finding = confirmation(EntryId([9; 16]), written, Finding::NotPossibleHere);
    let found = play.put(MENTOR, &Body::Confirmation(finding));
    let waits = |play: &Play| {
        let since = play.dossier().confirmations.get(found).unwrap().at;
        play.dossier().waits_for_place("G1", since)
    };
    assert!(waits(&play));
    let said = play.put(MENTOR, &Body::PlanProposal(proposal(Change::AtSchool)));
    assert!(!waits(&play), "one proposal is enough");
    takes_over(&mut play, said);
    assert!(!waits(&play));
    let since = play.dossier().confirmations.get(found).unwrap().at;
    assert!(!play.dossier().waits_for_place("G9", since), "no goal of this plan");
}
