//! Talks of three: planned, held under the four questions, agreed by all three to exactly what was written (E1, E3, E4).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Chair, Dossier, Finding, Held, Intention, Level, Moment, Placed, Refusal, Review,
    ReviewAgreed, ReviewKind, ReviewState, WellBeing,
};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{EntryId, EventHash, PersonId, ReviewId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{
    ADMINISTRATOR, COACH, HOUR, LEARNER, MENTOR, NOW, Play, READER, STRANGER, Said, TEACHER,
    confirmation, day, entry,
};

const TALK: ReviewId = ReviewId([6; 16]);
const THREE: [PersonId; 3] = [LEARNER, MENTOR, COACH];

impl Play {
    fn at(&mut self, who: PersonId, minute: u64, body: &Body) -> Event {
        let at = NOW - HOUR + minute * 60_000;
        self.seal(who, Said { at, ..Said::by(who, 0) }, body)
    }

    fn refused(&self, who: PersonId, body: &Body) -> Option<Refusal> {
        self.dossier().permit(who, Moment::HERE, body).err()
    }

    fn state(&self) -> Option<ReviewState> {
        state(self.dossier())
    }
}

fn state(it: &Dossier) -> Option<ReviewState> {
    it.reviews.get(TALK).map(|talk| it.review_state(talk))
}

fn held(feedback: &str) -> Held {
    Held {
        feed_up: "Orders alone by Christmas".into(),
        feedback: feedback.into(),
        feed_forward: "Lift with Luc twice a week".into(),
        take_up: "The list of last time helped".into(),
        points: vec!["Check the label before lifting".into(), "Ask Luc on Monday".into()],
    }
}

fn talk(date: u32, held: Option<Held>) -> Review {
    Review { review: TALK, kind: ReviewKind::Interim, day: day(date), held, cancelled: false }
}

fn agrees(version: EventHash) -> Body {
    Body::ReviewAgreed(ReviewAgreed { review: TALK, version, word: None, at_table: None })
}

fn fold_into(dossier: &mut Dossier, event: &Event) {
    let at = event.header().hlc;
    dossier.fold(&Placed { event, position: Some(100), at, received_at: None, waiting: false });
}

#[test]
fn e3_a_talk_looks_back_on_well_being_and_tells_nobody_more_than_they_may_read() {
    let mut play = Play::new();
    let marks = [(9, 2, false), (16, 4, true), (20, 1, false), (27, 5, true)];
    let said: Vec<Event> = marks
        .into_iter()
        .map(|(date, mark, to_mentor)| {
            let word = (!to_mentor).then(|| "Slecht geslapen".to_owned());
            let felt = WellBeing { day: day(date), mark, word, to_mentor };
            play.at(LEARNER, u64::from(date), &Body::WellBeing(felt))
        })
        .collect();
    let since_last_talk = |who: PersonId| -> Vec<u16> {
        let mut phone = play.dossier().clone();
        for event in &said {
            let at = event.header().hlc;
            let placed =
                Placed { event, position: Some(100), at, received_at: None, waiting: false };
            if play.dossier().visible(who, &placed) {
                phone.fold(&placed);
            }
        }
        phone.well_being.between(day(16), day(26)).map(|it| it.said.mark).collect()
    };
    assert_eq!(since_last_talk(COACH), [1, 4], "since the last talk, the last day first");
    assert_eq!(since_last_talk(LEARNER), [1, 4]);
    assert_eq!(since_last_talk(MENTOR), [4], "only what the learner showed to mentors");
    assert_eq!(since_last_talk(TEACHER), [], "and teachers nothing");
}

/// Every order of some things.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for first in of {
        let rest: Vec<usize> = of.iter().copied().filter(|it| it != first).collect();
        for mut order in orders(&rest) {
            order.insert(0, *first);
            all.push(order);
        }
    }
    all
}

#[test]
fn a_talk_is_planned_then_held_then_agreed_by_all_three() {
    let mut play = Play::new();
    let planned = play.at(COACH, 0, &Body::Review(talk(20, None)));
    play.desk.receive(&planned.raw());
    assert_eq!(play.state(), Some(ReviewState::Planned));
    assert_eq!(play.dossier().reviews.next().map(|it| it.what.day), Some(day(20)));
    let written = play.at(COACH, 1, &Body::Review(talk(21, Some(held("Scanning goes well")))));
    play.desk.receive(&written.raw());
    for (number, who) in THREE.into_iter().enumerate() {
        assert_eq!(play.state(), Some(ReviewState::Held), "{number} of three agreed");
        play.put(who, &agrees(written.hash()));
    }
    assert_eq!(play.state(), Some(ReviewState::Agreed));
    assert_eq!(play.dossier().reviews.last_held(), Some(day(21)));
    assert!(play.dossier().reviews.next().is_none());
}

/// Three phones at one table, without a connection: each gives what it has when it comes by one (E3).
#[test]
fn any_order_of_arrival_ends_in_the_same_talk() {
    let mut play = Play::new();
    let planned = play.at(COACH, 0, &Body::Review(talk(20, None)));
    let written = play.at(COACH, 1, &Body::Review(talk(20, Some(held("Scanning goes well")))));
    let mut events = vec![planned, written.clone()];
    for who in THREE {
        events.push(play.at(who, 2, &agrees(written.hash())));
    }
    for order in orders(&[0, 1, 2, 3, 4]) {
        let mut dossier = play.dossier().clone();
        for at in &order {
            fold_into(&mut dossier, events.get(*at).unwrap());
        }
        assert_eq!(state(&dossier), Some(ReviewState::Agreed), "{order:?}");
        assert_eq!(dossier.reviews.history(TALK).len(), 2);
    }
}

#[test]
fn what_is_written_later_must_be_agreed_to_again() {
    let mut play = Play::new();
    let first = play.at(COACH, 1, &Body::Review(talk(20, Some(held("Scanning goes well")))));
    play.desk.receive(&first.raw());
    for who in THREE {
        play.put(who, &agrees(first.hash()));
    }
    let second = play.at(COACH, 5, &Body::Review(talk(20, Some(held("Scanning goes badly")))));
    play.desk.receive(&second.raw());
    assert_eq!(play.state(), Some(ReviewState::Held));
    for chair in Chair::ALL {
        let dossier = play.dossier();
        assert!(dossier.review_agreed_by(first.hash(), chair).is_some(), "what was agreed stays");
        assert!(dossier.review_agreed_by(second.hash(), chair).is_none());
    }
    play.put(MENTOR, &agrees(second.hash()));
    play.put(MENTOR, &agrees(second.hash()));
    assert_eq!(play.state(), Some(ReviewState::Held), "one voice is one voice");
    play.put(LEARNER, &agrees(second.hash()));
    play.put(ADMINISTRATOR, &agrees(second.hash()));
    assert_eq!(play.state(), Some(ReviewState::Agreed), "somebody speaks for the school");
}

#[test]
fn coaches_write_it_and_only_the_three_agree() {
    let mut play = Play::new();
    let version = play.put(COACH, &Body::Review(talk(20, Some(held("Scanning goes well")))));
    let refused = Some(Refusal::NotYourRole);
    for (who, writes, agrees_to) in [
        (LEARNER, refused, None),
        (MENTOR, refused, None),
        (COACH, None, None),
        (ADMINISTRATOR, None, None),
        (TEACHER, refused, refused),
        (READER, refused, refused),
        (STRANGER, Some(Refusal::NotLinked), Some(Refusal::NotLinked)),
    ] {
        assert_eq!(play.refused(who, &Body::Review(talk(20, None))), writes, "{who:?}");
        assert_eq!(play.refused(who, &agrees(version)), agrees_to, "{who:?}");
    }
    let another = ReviewAgreed { review: ReviewId([7; 16]), version, word: None, at_table: None };
    let refused = play.refused(LEARNER, &Body::ReviewAgreed(another));
    assert_eq!(refused, Some(Refusal::Mismatch), "a version belongs to one talk");
}

/// Without a line only the coach's device has the text: the others say so on it, and it stays the coach's word (E3).
#[test]
fn e3_who_agrees_at_the_table_is_told_apart_and_may_agree_by_themselves() {
    let mut play = Play::new();
    let version = play.put(COACH, &Body::Review(talk(20, Some(held("Scanning goes well")))));
    let here = |person| {
        let at_table = Some(person);
        Body::ReviewAgreed(ReviewAgreed { review: TALK, version, word: None, at_table })
    };
    let refused = Some(Refusal::NotYourRole);
    for (by, of) in [(MENTOR, LEARNER), (LEARNER, MENTOR), (TEACHER, LEARNER), (COACH, COACH)] {
        assert_eq!(play.refused(by, &here(of)), refused, "{by:?} for {of:?}");
    }
    for of in [ADMINISTRATOR, TEACHER, READER, STRANGER] {
        assert_eq!(play.refused(COACH, &here(of)), refused, "nobody else sits there: {of:?}");
    }
    play.put(COACH, &agrees(version));
    play.put(COACH, &here(LEARNER));
    assert_eq!(play.state(), Some(ReviewState::Held));
    play.put(COACH, &here(MENTOR));
    assert_eq!(play.state(), Some(ReviewState::Agreed), "all three, at one table");
    let said = |play: &Play, chair| {
        let said = play.dossier().review_agreed_by(version, chair).unwrap();
        (said.by, said.what.at_table)
    };
    assert_eq!(said(&play, Chair::Learner), (COACH, Some(LEARNER)), "whose word it is");
    play.put(LEARNER, &agrees(version));
    assert_eq!(said(&play, Chair::Learner), (LEARNER, None), "one's own word goes before");
    assert_eq!(said(&play, Chair::Workplace), (COACH, Some(MENTOR)));
}

#[test]
fn a_talk_says_something_under_the_four_questions() {
    let play = Play::new();
    let refused = |change: fn(&mut Held)| {
        let mut it = held("Scanning goes well");
        change(&mut it);
        play.refused(COACH, &Body::Review(talk(20, Some(it))))
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|it| *it = Held { points: it.points.clone(), ..nothing() }), wrong());
    assert_eq!(refused(|it| *it = Held { take_up: "It helped".into(), ..nothing() }), None);
    assert_eq!(refused(|it| it.points = vec!["Look first".into(); 10]), None);
    assert_eq!(refused(|it| it.points = vec!["Look first".into(); 11]), wrong());
    assert_eq!(refused(|it| it.points = vec![" ".into()]), wrong());
    assert_eq!(refused(|it| it.feed_forward = "x".repeat(2_001)), wrong());
}

fn nothing() -> Held {
    let no = String::new;
    Held { feed_up: no(), feedback: no(), feed_forward: no(), take_up: no(), points: vec![] }
}

fn wrong() -> Option<Refusal> {
    Some(Refusal::OutOfRange)
}

#[test]
fn an_agreed_point_becomes_an_intention_of_the_learner_alone() {
    let mut play = Play::new();
    let version = play.put(COACH, &Body::Review(talk(20, Some(held("Scanning goes well")))));
    let point = held("").points.swap_remove(0);
    let takes = Body::Intention(Intention { from: Some(version), text: point.clone() });
    for who in [MENTOR, COACH] {
        assert_eq!(play.refused(who, &takes), Some(Refusal::NotYourRole), "{who:?}");
    }
    let taken = play.put(LEARNER, &takes);
    let next = play.dossier().matters.intention().unwrap();
    assert_eq!((next.hash, next.what.text()), (taken, point.as_str()));
}

#[test]
fn no_talk_for_six_weeks_or_a_planned_one_that_is_late_asks_for_attention() {
    assert_eq!(Thresholds::default().review, 42);
    let limits = Thresholds { review: 20, visit_late: 5, ..Thresholds::default() };
    let overdue = |play: &Play, today: Day| {
        let all = signals(play.dossier(), limits, today);
        let found = all.into_iter().find(|it| it.kind == SignalKind::ReviewOverdue);
        found.map(|it| (it.since, it.days, it.grounds))
    };
    let mut play = Play::new();
    assert_eq!(overdue(&play, day(21)), None);
    assert_eq!(overdue(&play, day(22)), Some((day(2), 20, vec![])), "none since the start");
    let planned = play.at(COACH, 0, &Body::Review(talk(10, None)));
    play.desk.receive(&planned.raw());
    assert_eq!(overdue(&play, day(14)), None);
    assert_eq!(overdue(&play, day(15)), Some((day(10), 5, vec![planned.hash()])), "planned, late");
    let written = play.at(COACH, 1, &Body::Review(talk(12, Some(held("Scanning goes well")))));
    play.desk.receive(&written.raw());
    assert_eq!(overdue(&play, day(30)), None, "held on the 12th");
    let gone = Review { review: ReviewId([8; 16]), cancelled: true, ..talk(14, None) };
    play.put(COACH, &Body::Review(gone));
    assert_eq!(overdue(&play, day(30)), None, "what does not take place is not late");
    for (number, date) in [(11, 9), (12, 18)] {
        let forgotten = Review { review: ReviewId([number; 16]), ..talk(date, None) };
        play.put(COACH, &Body::Review(forgotten));
    }
    let late = overdue(&play, day(30)).map(|(since, days, _)| (since, days));
    assert_eq!(late, Some((day(18), 12)), "one that was overtaken hides none that was not");
}

/// Two voices stay two: where they differ is something to talk about, and no figure lies between them (E3).
#[test]
fn where_ratings_differ_both_are_named() {
    let mut play = Play::new();
    let found = |play: &Play| {
        let all = play.dossier().rating_differences();
        let all = all.into_iter().map(|(goal, own, mentor)| (goal.goal.clone(), own, mentor));
        all.collect::<Vec<_>>()
    };
    let confirms = |play: &mut Play, number: u8, level: Level| {
        let name = EntryId([number; 16]);
        let version = play.put(LEARNER, &Body::Entry(entry(name, "Loaded the van")));
        let said = confirmation(name, version, Finding::Reached(level));
        play.put(MENTOR, &Body::Confirmation(said));
    };
    play.put(LEARNER, &Body::Entry(entry(EntryId([1; 16]), "Loaded the van")));
    assert_eq!(found(&play), [], "the mentor has said nothing yet");
    confirms(&mut play, 2, Level::WithHelp);
    assert_eq!(found(&play), [], "both say the same");
    confirms(&mut play, 3, Level::Independent);
    assert_eq!(found(&play), [("G1".into(), Level::WithHelp, Level::Independent)]);
}
