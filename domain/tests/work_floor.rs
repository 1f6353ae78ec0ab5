//! The work floor: observation sheets, the question of the day, days without an entry, phrases,
//! growth, variety, and a portfolio that is text and nothing else.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Audience, Body, Calendar, Confirmation, Dossier, Entry,
    Feedback, Finding, Frame, Holiday, Level, Moment, Observation, Observed, Place, Refusal, Stage,
    TaskDescription, Touched,
};
use dubbelspoor_domain::floor::{
    Question, activities_of, growth, missing_days, phrases, variety, words_of,
};
use dubbelspoor_domain::hours::{LESSON, hours_as_lessons, lessons, lessons_as_hours};
use dubbelspoor_domain::id::{AbsenceId, EntryId, EventHash, PersonId};
use dubbelspoor_domain::portfolio::{Chosen, Heading, Order, Piece, groups, page};
use std::collections::BTreeSet;
use std::sync::Arc;
use support::{
    COACH, LEARNER, MENTOR, NOW, Play, READER, Said, TEACHER, confirmation, day, entry, words,
};

impl Play {
    fn writes(&mut self, number: u8, change: impl FnOnce(Entry) -> Entry) -> EventHash {
        let it = change(entry(EntryId([number; 16]), "stacked boxes"));
        self.put(LEARNER, &Body::Entry(it))
    }

    fn refused(&self, who: PersonId, body: &Body) -> Option<Refusal> {
        self.dossier().permit(who, Moment::HERE, body).err()
    }

    fn missing(&self) -> Vec<Day> {
        missing_days(self.dossier(), day(23))
    }
}

fn observed(goal: &str, date: u32, level: Option<Level>, talked: &str) -> Observation {
    Observation {
        goal: goal.into(),
        day: day(date),
        criteria: vec![Observed { code: "G1.1".into(), level }],
        note: String::new(),
        talked: talked.into(),
        approach: None,
        attitude: None,
    }
}

#[test]
fn d4_task_approach_and_attitude_stand_apart_each_as_long_as_the_others() {
    let blank = Observation {
        approach: Some(String::new()),
        attitude: Some(String::new()),
        ..observed("G1", 20, None, "")
    };
    let (approach, attitude) = (Some("Keek eerst".to_owned()), Some("Rustig".to_owned()));
    let one = Body::Observation(Observation { approach, ..blank.clone() });
    let other = Body::Observation(Observation { attitude, ..blank.clone() });
    let play = Play::new();
    for (body, says) in [(&one, "Keek eerst"), (&other, "Rustig")] {
        assert_eq!((play.refused(MENTOR, body), body.text()), (None, says), "one part is enough");
        assert_eq!(&Body::decode(52, &body.encode()), body);
    }
    assert!(blank.is_apart());
    let (most, more) = (Some("a".repeat(2_000)), Some("a".repeat(2_001)));
    let refused = |it| play.refused(MENTOR, &Body::Observation(it));
    assert_eq!(refused(blank.clone()), Some(Refusal::OutOfRange), "says nothing");
    let whole = Observation { approach: most.clone(), attitude: most, ..blank.clone() };
    assert_eq!(refused(whole), None, "each may be as long as the task");
    let long = Observation { approach: more.clone(), ..blank.clone() };
    assert_eq!(refused(long), Some(Refusal::OutOfRange));
    assert_eq!(refused(Observation { attitude: more, ..blank }), Some(Refusal::OutOfRange));
}

#[test]
fn d4_a_sheet_is_evidence_beside_confirmations_and_never_a_level() {
    let mut play = Play::new();
    let first = observed("G1", 20, Some(Level::Independent), "");
    let second = observed("G1", 21, Some(Level::Independent), "Proud of it");
    play.put(MENTOR, &Body::Observation(first.clone()));
    play.put(TEACHER, &Body::Observation(second.clone()));
    let seen: Vec<_> = play.dossier().observed("G1").map(|it| (it.by, &it.what)).collect();
    assert_eq!(seen, [(TEACHER, &second), (MENTOR, &first)], "the latest first");
    let progress = play.dossier().progress();
    let goal = progress.iter().find(|it| it.goal.goal == "G1").unwrap();
    assert_eq!((goal.level, goal.best, goal.evidence.len()), (None, None, 0));
    let empty = Body::Observation(observed("G1", 20, None, ""));
    assert_eq!(play.refused(MENTOR, &empty), Some(Refusal::OutOfRange), "says nothing");
    let elsewhere = Body::Observation(observed("G9", 20, Some(Level::WithHelp), ""));
    assert_eq!(play.refused(MENTOR, &elsewhere), Some(Refusal::UnknownGoal));
}

fn tasks(tasks: &str, feedback: &str) -> Body {
    Body::TaskDescription(TaskDescription { tasks: tasks.into(), feedback: feedback.into() })
}

#[test]
fn d10_tasks_and_feedback_are_what_was_said_last_in_any_order_of_arrival() {
    let said = [
        (COACH, 1, tasks("Unload lorries", "")),
        (MENTOR, 2, tasks("Unload and check", "On Friday, by Luc")),
    ];
    for order in [[0, 1], [1, 0]] {
        let mut play = Play::new();
        for at in order {
            let (who, after, body) = &said[at];
            let event = play.seal(*who, Said { at: NOW + after, ..Said::by(*who, 0) }, body);
            assert!(play.desk.receive(&event.raw()).position.is_some());
        }
        let now = play.dossier().tasks.as_ref().unwrap();
        assert_eq!(Body::TaskDescription(now.what.clone()), said[1].2);
        assert_eq!(now.by, MENTOR);
        assert!(play.dossier().has_acted(MENTOR), "A3: the mentor did something");
    }
}

#[test]
fn d10_coach_and_mentor_write_it_and_all_read_it() {
    let play = Play::new();
    let body = tasks("Unload lorries", "Each week, by the mentor");
    for who in [MENTOR, COACH] {
        assert_eq!(play.refused(who, &body), None);
    }
    for who in [LEARNER, TEACHER, READER] {
        assert_eq!(play.refused(who, &body), Some(Refusal::NotYourRole));
    }
    assert_eq!(body.readers(), dubbelspoor_domain::dossier::Readers::All);
    for wrong in [tasks(" ", "x"), tasks(&"x".repeat(4_001), ""), tasks("x", &"x".repeat(4_001))] {
        assert_eq!(play.refused(COACH, &wrong), Some(Refusal::OutOfRange));
    }
    assert_eq!(
        play.refused(COACH, &tasks(&"x".repeat(4_000), "")),
        None,
        "agreements may come later"
    );
}

#[test]
fn c3_the_question_turns_by_day_and_each_comes_round() {
    let of = |date: u32| Question::of(day(date));
    assert_eq!(of(23), of(23), "the same all day, on every phone");
    for date in 2..30 {
        assert_ne!(of(date), of(date + 1), "another on {}", date + 1);
    }
    let mondays: BTreeSet<Question> = (0..7)
        .map(|week| {
            Question::of(Day(day(2).checked_add_days(chrono::Days::new(7 * week)).unwrap()))
        })
        .collect();
    assert_eq!(mondays.len(), Question::ALL.len(), "whoever works on Mondays meets them all");
}

#[test]
fn c3_a_question_stands_above_an_answer_only_where_it_was_asked() {
    let mut play = Play::new();
    let written = |of: u8, on: Day| {
        let content = Entry { day: on, ..entry(EntryId([of; 16]), "Rekken gevuld.") };
        Body::Entry(Entry { reflection: Some("Ging goed.".into()), ..content })
    };
    let today = Day::of_millis(play.desk.now);
    let before = Day(today.pred_opt().unwrap());
    play.put(LEARNER, &written(1, today));
    play.put(LEARNER, &written(2, before));
    let asked = |of: u8| play.dossier().diary.get(EntryId([of; 16])).unwrap().question();
    assert_eq!(asked(1), Some(Question::of(today)));
    assert_eq!(asked(2), None, "filled in a day later, under another question");
}

#[test]
fn c10_days_without_an_entry_a_holiday_or_an_absence_are_missing() {
    let mut play = Play::new();
    let weekdays = |dates: &[u32]| dates.iter().map(|it| day(*it)).collect::<Vec<_>>();
    assert_eq!(play.missing(), weekdays(&[9, 10, 11, 12, 13, 16, 17, 18, 19, 20]), "not today");
    play.writes(1, |it| Entry { day: day(10), ..it });
    play.writes(2, |it| Entry { day: day(12), stage: Stage::Withdrawn, ..it });
    let title = words("Armistice");
    let holidays = vec![Holiday { title, from: day(11), to: day(11) }];
    let calendar = Calendar { year: 2026, holidays };
    let frame = Frame { calendars: vec![calendar.clone()], ..Frame::default() };
    let framed = Dossier { frame: Arc::new(frame), ..play.dossier().clone() };
    let of_centre = weekdays(&[9, 12, 13, 16, 17, 18, 19, 20]);
    assert_eq!(missing_days(&framed, day(23)), of_centre, "the centre's holidays are known too");
    play.put(COACH, &Body::Calendar(calendar));
    let ill = Absence {
        absence: AbsenceId([1; 16]),
        from: day(17),
        to: day(18),
        reason: AbsenceReason::Illness,
        withdrawn: false,
    };
    let report = play.put(LEARNER, &Body::Absence(ill));
    assert_eq!(play.missing(), weekdays(&[9, 12, 13, 16, 19, 20]), "told is enough");
    play.put(COACH, &Body::AbsenceRuled(AbsenceRuled { report, accepted: false }));
    assert_eq!(play.missing(), weekdays(&[9, 12, 13, 16, 17, 18, 19, 20]), "not accepted");
    assert_eq!(missing_days(play.dossier(), day(4)), weekdays(&[2, 3]), "not before it began");
}

#[test]
fn d5_phrases_are_ones_own_the_most_used_first() {
    let mut play = Play::new();
    let version = play.writes(1, |it| it);
    let said = |text: &str| Some(text.to_owned());
    for text in ["Mind your back", "Well stacked", " Mind your back "] {
        let feedback = said(text);
        let it = confirmation(EntryId([1; 16]), version, Finding::NotYet);
        play.put(MENTOR, &Body::Confirmation(Confirmation { feedback, ..it }));
    }
    let long = "x".repeat(200);
    for text in ["Well stacked", "Well stacked", &long] {
        play.put(MENTOR, &Body::Feedback(Feedback { entry: None, text: text.into() }));
    }
    play.put(COACH, &Body::Feedback(Feedback { entry: None, text: "See you".into() }));
    let mine = words_of(play.dossier(), MENTOR);
    assert_eq!(
        phrases(&mine, 4),
        ["Well stacked", "Mind your back"],
        "nobody else's, none too long"
    );
    assert_eq!(phrases(&mine, 1), ["Well stacked"]);
    assert_eq!(phrases(&activities_of(play.dossier()), 4), ["stacked boxes"]);
}

#[test]
fn d3_growth_is_each_first_time_of_a_higher_level() {
    let mut play = Play::new();
    let found = [
        (3, Finding::Reached(Level::WithHelp)),
        (4, Finding::NotYet),
        (5, Finding::Reached(Level::Demonstrated)),
        (9, Finding::Reached(Level::Supervised)),
        (9, Finding::Reached(Level::Independent)),
        (10, Finding::Reached(Level::Independent)),
    ];
    for (number, (date, finding)) in (1..).zip(found) {
        let version = play.writes(number, |it| Entry { day: day(date), ..it });
        let it = confirmation(EntryId([number; 16]), version, finding);
        play.put(MENTOR, &Body::Confirmation(it));
    }
    let progress = play.dossier().progress();
    let goal = progress.iter().find(|it| it.goal.goal == "G1").unwrap();
    assert_eq!(growth(goal), [(day(3), Level::WithHelp), (day(9), Level::Independent)]);
}

#[test]
fn c9_variety_names_what_comes_often_what_never_and_what_is_written_again() {
    let mut play = Play::new();
    play.put(COACH, &support::goal("G2"));
    for number in 1..=3 {
        play.writes(number, |it| it);
    }
    play.writes(4, |it| Entry { text: "Something else".into(), ..it });
    play.writes(5, |it| Entry { stage: Stage::Draft, text: "stacked boxes".into(), ..it });
    let found = variety(play.dossier());
    assert_eq!((found.entries, found.at_workplace), (4, 4));
    assert_eq!(found.practised[0], ("G1".to_owned(), 4));
    assert!(found.never.contains(&"G2".to_owned()));
    assert_eq!(found.repeated, [("stacked boxes".to_owned(), 3)]);
}

#[test]
fn f1_a_lesson_is_fifty_minutes() {
    assert_eq!(8 * LESSON, 400);
    let mut play = Play::new();
    let place = Place::School;
    play.writes(1, |it| Entry { place, minutes: 400, ..it });
    let worked = dubbelspoor_domain::hours::in_week(play.dossier(), day(23));
    assert_eq!((worked.school, worked.workplace), (8 * LESSON, 0), "figures stay minutes");
}

#[test]
fn f1_a_day_at_school_is_told_in_lessons_and_one_at_work_in_hours() {
    assert_eq!(
        (lessons(200), lessons(400), lessons(480), lessons(0)),
        (Some(4), Some(8), None, None)
    );
    assert_eq!(4 * LESSON, 3 * 60 + 20, "four lessons are 3 h 20");
    for hours in 1..=12 {
        let told = hours_as_lessons(hours * 60);
        assert_eq!(lessons(told), Some(hours), "as many lessons as hours");
        assert_eq!(lessons_as_hours(told), hours * 60, "and back");
    }
    assert_eq!(
        (hours_as_lessons(5), hours_as_lessons(456)),
        (LESSON, 8 * LESSON),
        "7 h 36 is a day"
    );
    assert_eq!(lessons_as_hours(75), 75, "what is no lesson stays what it is");
}

#[test]
fn c7_a_portfolio_holds_what_was_typed_as_text_and_nothing_that_runs() {
    let nasty = "</p><script>alert(1)</script><img src=x onerror='a(\"b\")'> & \"quotes\"";
    let piece = Piece {
        line: nasty.into(),
        text: nasty.into(),
        goals: vec![nasty.into()],
        said: vec![nasty.into()],
    };
    let html = page("nl\"><script>", nasty, nasty, &[(nasty.into(), vec![piece])]);
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    assert_eq!(html.matches("&lt;script&gt;").count(), 9, "kept, as text");
    assert!(html.contains("onerror=&#39;a(&quot;b&quot;)&#39;"));
    assert!(html.starts_with("<!doctype html>") && html.contains("@media print"));
    assert!(html.contains("default-src 'none'"), "it fetches nothing");
}

#[test]
fn c7_pieces_stand_by_goal_by_week_and_by_place_from_the_first_day_on() {
    let mut play = Play::new();
    play.put(COACH, &support::goal("G2"));
    let touches = |goals: &[&str]| -> Vec<Touched> {
        let touched = |it: &&str| Touched { goal: (*it).to_owned(), self_rating: None };
        goals.iter().map(touched).collect()
    };
    let id = |number| EntryId([number; 16]);
    play.writes(1, |it| Entry { day: day(17), goals: touches(&["G2", "G1", "G2"]), ..it });
    play.writes(2, |it| Entry { day: day(16), goals: touches(&["G1"]), ..it });
    play.writes(3, |it| Entry { day: day(9), goals: vec![], place: Place::School, ..it });
    play.writes(4, |it| Entry { stage: Stage::Draft, ..it });
    play.writes(5, |it| Entry { stage: Stage::Withdrawn, ..it });
    let found = |order| groups(play.dossier(), order);
    let by_goal = [
        (Heading::Goal("G1".into()), vec![id(2), id(1)]),
        (Heading::Goal("G2".into()), vec![id(1)]),
        (Heading::WithoutGoal, vec![id(3)]),
    ];
    assert_eq!(found(Order::Goal), by_goal);
    let by_week =
        [(Heading::Week(day(9)), vec![id(3)]), (Heading::Week(day(16)), vec![id(2), id(1)])];
    assert_eq!(found(Order::Time), by_week);
    let by_place = [
        (Heading::Place(Place::Workplace), vec![id(2), id(1)]),
        (Heading::Place(Place::School), vec![id(3)]),
    ];
    assert_eq!(found(Order::Place), by_place);
}

#[test]
fn c7_what_is_private_goes_along_by_choice_only_and_not_when_it_becomes_so_later() {
    let shared = entry(EntryId([1; 16]), "stacked boxes");
    let own = Entry { audience: Audience::Private, ..entry(EntryId([2; 16]), "was afraid") };
    let mut chosen = Chosen::default();
    assert_eq!((chosen.takes(&shared), chosen.takes(&own)), (true, false), "at first");
    chosen.turn(&own);
    chosen.turn(&shared);
    assert_eq!((chosen.takes(&shared), chosen.takes(&own)), (false, true), "as it was chosen");
    chosen.turn(&own);
    chosen.turn(&shared);
    assert_eq!((chosen.takes(&shared), chosen.takes(&own)), (true, false), "and back");
    let since = Entry { audience: Audience::Private, ..shared };
    assert!(!chosen.takes(&since), "the choice was made for what all may read");
}
