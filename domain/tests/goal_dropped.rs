//! A goal that goes out of the plan and comes back (B4): another version to agree to, and nothing that was written is lost.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{Body, Difference, Finding, GoalDropped, Level};
use dubbelspoor_domain::id::EntryId;
use support::{COACH, LEARNER, MENTOR, Play, confirmation, entry, goal};

fn dropped(code: &str) -> Body {
    Body::GoalDropped(GoalDropped { goal: code.into() })
}

impl Play {
    fn codes(&self) -> Vec<&str> {
        self.dossier().plan.goals().map(|it| it.goal.as_str()).collect()
    }
}

#[test]
fn b4_a_goal_goes_out_of_the_plan_and_comes_back() {
    let mut play = Play::new();
    for code in ["G1", "G2", "G3"] {
        play.put(COACH, &goal(code));
    }
    let whole = play.dossier().plan.hash();
    play.put(COACH, &dropped("G2"));
    let less = play.dossier().plan.hash();
    assert_eq!((play.codes(), play.dossier().plan.len()), (vec!["G1", "G3"], 2));
    assert!(play.dossier().plan.get("G2").is_none());
    assert_eq!(play.dossier().plan.known("G2").unwrap().goal, "G2", "what was written names it");
    let since = play.dossier().plan_since(whole).unwrap();
    assert!(matches!(since[..], [Difference::Dropped(it)] if it.goal == "G2"));
    play.put(COACH, &dropped("G2"));
    assert_eq!(play.dossier().plan.hash(), less, "twice is once");
    assert!(play.dossier().plan_since(whole).is_some());
    assert_eq!(play.dossier().plan.ever().count(), 3, "what was decided of it can still be told");

    play.put(COACH, &goal("G2"));
    assert_eq!(play.dossier().plan.hash(), whole, "the same plan is the same version");
    assert_eq!(play.codes(), ["G1", "G2", "G3"]);
    let since = play.dossier().plan_since(less).unwrap();
    assert!(matches!(since[..], [Difference::New(it)] if it.goal == "G2"));
}

#[test]
fn b4_what_was_confirmed_of_a_goal_stays_and_still_arrives() {
    let mut play = Play::new();
    play.put(COACH, &goal("G1"));
    play.put(COACH, &goal("G2"));
    let done = EntryId([9; 16]);
    let version = play.put(LEARNER, &Body::Entry(entry(done, "moved pallets")));
    play.put(COACH, &dropped("G1"));
    let good = confirmation(done, version, Finding::Reached(Level::WithHelp));
    play.put(MENTOR, &Body::Confirmation(good));
    assert!(play.dossier().is_confirmed(done), "the mentor had not heard of it yet");
    assert!(play.dossier().progress().iter().all(|it| it.goal.goal != "G1"));
    play.put(COACH, &goal("G1"));
    let progress = play.dossier().progress();
    assert_eq!(progress[0].best, Some(Level::WithHelp), "it comes back with what it had");
}
