//! Where a goal is learnt and by whom (B1, B2), around the holidays (B2), and what came up at each workplace (B6).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    Audience, Body, Calendar, Change, Difference, Entry, Goal, Holiday, Moment, Place,
    PlanProposal, Refusal, Stay, Timing, Touched, Track, Workplace,
};
use dubbelspoor_domain::id::{EntryId, PersonId, WorkplaceId};
use dubbelspoor_domain::{Added, Day};
use support::{COACH, LEARNER, MENTOR, Play, TEACHER, day, entry, words};

fn on(text: &str) -> Day {
    Day(text.parse().unwrap())
}

fn planned(code: &str, from_week: u16, to_week: u16) -> Goal {
    let Body::Goal(goal) = support::goal(code) else { panic!("a goal") };
    Goal { from_week, to_week, ..goal }
}

const DOCK: WorkplaceId = WorkplaceId([1; 16]);
const SHOP: WorkplaceId = WorkplaceId([2; 16]);

fn workplace(it: WorkplaceId, company: &str, from: u32, to: Option<u32>, goals: &[&str]) -> Body {
    Body::Workplace(Workplace {
        workplace: it,
        company: company.into(),
        site: "Gent".into(),
        recognition: None,
        stays: vec![Stay { from: day(from), to: to.map(day), when: String::new() }],
        goals: goals.iter().map(|it| (*it).to_owned()).collect(),
    })
}

#[test]
fn b1_a_goal_names_workplaces_and_people_of_the_dossier() {
    let mut play = Play::new();
    play.put(COACH, &workplace(DOCK, "De Kaai", 2, None, &[]));
    let before = Goal { by: None, ..planned("G1", 1, 8) };
    play.put(COACH, &Body::Goal(before.clone()));
    let version = play.dossier().plan.hash();
    let named = Goal {
        workplaces: Added(vec![DOCK]),
        people: Added(vec![MENTOR, TEACHER]),
        ..before.clone()
    };
    play.put(COACH, &Body::Goal(named.clone()));
    assert_eq!(play.dossier().plan.get("G1"), Some(&named));
    let since = play.dossier().plan_since(version).unwrap();
    assert_eq!(since, [Difference::Changed(&before, &named)], "a version to agree to anew (B4)");

    let goal = Some("G1".to_owned());
    let (change, reason) = (Change::AtSchool, "No dock here".to_owned());
    let moves = PlanProposal { goal, change, reason, from_week: None, where_exactly: None };
    let moved = moves.applied_to(&named).unwrap();
    assert_eq!(
        (moved.workplaces, moved.people),
        (Added::default(), Added::default()),
        "the place it leaves (B8)"
    );

    let many = |count| Goal { people: Added(vec![PersonId([9; 16]); count]), ..before.clone() };
    let permitted = |count| play.dossier().permit(COACH, Moment::HERE, &Body::Goal(many(count)));
    assert_eq!(permitted(20), Ok(Timing::InTime));
    assert_eq!(permitted(21), Err(Refusal::OutOfRange));
}

#[test]
fn b6_each_workplace_tells_what_came_up_there_and_what_did_not() {
    let mut play = Play::new();
    for code in ["G1", "G2", "G3"] {
        play.put(COACH, &Body::Goal(planned(code, 1, 8)));
    }
    let at_school = Goal { places: vec![Place::School], ..planned("G4", 1, 8) };
    play.put(COACH, &Body::Goal(at_school));
    play.put(COACH, &Body::Goal(Goal { workplaces: Added(vec![SHOP]), ..planned("G3", 1, 8) }));
    play.put(COACH, &workplace(DOCK, "De Kaai", 2, Some(13), &["G1", "G2", "G3", "G4"]));
    play.put(COACH, &workplace(SHOP, "De Winkel", 12, None, &["G1"]));
    let mut works = |id: u8, on: u32, place, audience, goals: &[&str]| {
        let touched = |it: &&str| Touched { goal: (*it).to_owned(), self_rating: None };
        let goals = goals.iter().map(touched).collect();
        let it = entry(EntryId([id; 16]), "worked");
        let it = Entry { day: day(on), place, audience, goals, ..it };
        play.put(LEARNER, &Body::Entry(it));
    };
    works(1, 10, Place::Workplace, Audience::Shared, &["G1", "G2"]);
    works(2, 11, Place::Workplace, Audience::Shared, &["G2"]);
    works(3, 11, Place::School, Audience::Shared, &["G4"]);
    works(4, 16, Place::Workplace, Audience::Private, &["G3"]);
    works(5, 16, Place::Workplace, Audience::Shared, &["G4"]);
    works(6, 12, Place::Workplace, Audience::Shared, &["G1"]);

    let told: Vec<_> = play
        .dossier()
        .at_work()
        .into_iter()
        .map(|it| {
            let came_up: Vec<_> =
                it.came_up.iter().map(|(goal, times)| (goal.goal.clone(), *times)).collect();
            let not_yet: Vec<_> = it.not_yet.iter().map(|it| it.goal.clone()).collect();
            (it.workplace.company.clone(), it.activities, came_up, not_yet)
        })
        .collect();
    let times = |goal: &str, times| (goal.to_owned(), times);
    // The twelfth and the thirteenth the learner is at both.
    let dock = ("De Kaai".to_owned(), 3, vec![times("G1", 2), times("G2", 2)], vec![]);
    let shop =
        ("De Winkel".to_owned(), 2, vec![times("G1", 1), times("G4", 1)], vec!["G3".to_owned()]);
    assert_eq!(told, [dock, shop]);
}

#[test]
fn b2_a_spread_leaves_the_weeks_of_holiday_free() {
    let mut play = Play::new();
    let Body::Track(track) = support::track() else { panic!("a track") };
    let track = Track { from: on("2026-11-02"), to: on("2027-01-17"), ..track };
    play.put(COACH, &Body::Track(track.clone()));
    assert_eq!(track.weeks(), 1..=11);
    let winter = Holiday { title: words("winter"), from: on("2026-12-19"), to: on("2027-01-03") };
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays: vec![winter] }));
    for code in ["G1", "G2", "G3"] {
        play.put(COACH, &Body::Goal(planned(code, 1, 40)));
    }
    let spread = |play: &mut Play| {
        for it in play.dossier().spread_plan() {
            play.put(COACH, &Body::Goal(it));
        }
        let goals = play.dossier().plan.goals();
        goals.map(|it| (it.from_week, it.to_week)).collect::<Vec<_>>()
    };
    // Weeks 8 and 9 are free: nine weeks of lessons for three goals.
    assert_eq!(spread(&mut play), [(1, 3), (4, 6), (7, 11)]);
    assert!(play.dossier().spread_plan().is_empty(), "and then nothing changes");
    play.put(COACH, &Body::Goal(planned("G3", 8, 9)));
    assert_eq!(spread(&mut play)[2], (10, 11), "what lay in the holiday comes after it");
    let never = Holiday { title: words("never"), from: on("2026-08-31"), to: on("2027-08-30") };
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays: vec![never] }));
    assert_eq!(spread(&mut play), [(1, 1), (1, 1), (1, 1)], "without lessons there is one week");
}
