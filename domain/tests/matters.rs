//! Questions, concerns, intentions and well-being: who reads them, what is open, and when a coach hears of it.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Answer, Body, Closed, Concern, Dossier, Feedback, Finding, Intention, LearningQuestion, Level,
    Moment, Placed, Refusal, TakeUp, WellBeing,
};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{EntryId, EventHash, PersonId};
use dubbelspoor_domain::signals::{Signal, SignalKind, Thresholds, signals};
use support::{
    ADMINISTRATOR, COACH, DAY, DOSSIER, LEARNER, MENTOR, NOW, Play, READER, Said, TEACHER,
    confirmation, day, entry,
};

impl Play {
    fn sealed(&mut self, who: PersonId, body: &Body) -> Event {
        self.seal(who, Said::by(who, 0), body)
    }

    fn refused(&self, who: PersonId, body: &Body) -> Option<Refusal> {
        self.dossier().permit(who, Moment::HERE, body).err()
    }

    fn signals(&self, today: Day) -> Vec<(SignalKind, u32)> {
        let all = signals(self.dossier(), Thresholds::default(), today);
        let own = [SignalKind::Concern, SignalKind::WellBeing];
        all.into_iter().filter(|it| own.contains(&it.kind)).map(|it| (it.kind, it.days)).collect()
    }

    fn open(&self) -> Vec<&str> {
        self.dossier().matters.waiting().map(|it| it.what.text()).collect()
    }
}

fn question(text: &str) -> Body {
    Body::LearningQuestion(LearningQuestion { entry: Some(EntryId([9; 16])), text: text.into() })
}

fn concern(urgent: bool) -> Body {
    Body::Concern(Concern { text: "The machine is not guarded".into(), urgent })
}

fn intention(text: &str) -> Body {
    Body::Intention(Intention { from: None, text: text.into() })
}

fn answer(to: EventHash, only: Option<PersonId>) -> Body {
    let text = "Look at page four".into();
    Body::Answer(Answer { to, text, into_class: false, only })
}

fn closed(matter: EventHash, take_up: Option<TakeUp>, only: Option<PersonId>) -> Body {
    Body::Closed(Closed { matter, take_up, only })
}

fn feels(date: u32, mark: u16, to_mentor: bool) -> Body {
    Body::WellBeing(WellBeing { day: day(date), mark, word: None, to_mentor })
}

#[test]
fn each_matter_is_read_by_those_whom_it_concerns() {
    let mut play = Play::new();
    let raised = play.put(MENTOR, &concern(false));
    let asked = play.put(LEARNER, &question("Why 90 degrees?"));
    let table = [
        ("C4 a question is everybody's", question("Why?"), LEARNER, [true; 6]),
        ("C4 so is its answer", answer(asked, None), TEACHER, [true; 6]),
        ("E4 an intention too", intention("lift with my knees"), LEARNER, [true; 6]),
        ("C11 how one feels", feels(3, 2, false), LEARNER, [true, false, true, false, true, false]),
        (
            "C11 shown to mentors, and to nobody else",
            feels(3, 2, true),
            LEARNER,
            [true, true, true, false, true, false],
        ),
        ("D7 a concern", concern(true), MENTOR, [false, true, true, false, true, false]),
        (
            "D7 its answer",
            answer(raised, Some(MENTOR)),
            COACH,
            [false, true, true, false, true, false],
        ),
        (
            "D7 its end",
            closed(raised, None, Some(MENTOR)),
            COACH,
            [false, true, true, false, true, false],
        ),
        (
            "D7 another's answer",
            answer(asked, Some(LEARNER)),
            COACH,
            [true, false, true, false, true, false],
        ),
    ];
    let readers = [LEARNER, MENTOR, COACH, TEACHER, ADMINISTRATOR, READER];
    for (rule, body, by, expected) in table {
        let event = play.sealed(by, &body);
        let placed = Placed {
            event: &event,
            position: Some(99),
            at: event.header().hlc,
            received_at: None,
            waiting: false,
        };
        let sees = readers.map(|it| play.dossier().visible(it, &placed));
        assert_eq!(sees, expected, "{rule}");
    }
}

#[test]
fn a_matter_is_closed_by_whoever_raised_it() {
    use Refusal::{Mismatch, NotYourRole, NotYours, OutOfRange};
    let mut play = Play::new();
    let asked = play.put(LEARNER, &question("Why?"));
    let raised = play.put(MENTOR, &concern(false));
    let tried = play.put(LEARNER, &intention("lift with my knees"));
    let worked = Some(TakeUp::Worked);
    let table = [
        ("C4 not the teacher", TEACHER, closed(asked, None, None), Some(NotYours)),
        ("C4 the learner", LEARNER, closed(asked, None, None), None),
        ("D7 not another", LEARNER, closed(raised, None, Some(MENTOR)), Some(NotYours)),
        ("D7 a coach", COACH, closed(raised, None, Some(MENTOR)), None),
        ("D7 the mentor", MENTOR, closed(raised, None, Some(MENTOR)), None),
        ("D7 not in the open", COACH, closed(raised, None, None), Some(Mismatch)),
        ("E4 with what came of it", LEARNER, closed(tried, worked, None), None),
        ("E4 not without", LEARNER, closed(tried, None, None), Some(Mismatch)),
        ("C4 a question was not tried", LEARNER, closed(asked, worked, None), Some(Mismatch)),
        ("E4 nobody answers it", TEACHER, answer(tried, None), Some(Mismatch)),
        ("D7 not in the open", COACH, answer(raised, None), Some(Mismatch)),
        ("D7 not to another", COACH, answer(raised, Some(LEARNER)), Some(Mismatch)),
        ("D7 only a coach answers", TEACHER, answer(raised, Some(MENTOR)), Some(NotYourRole)),
        ("C4 the learner does not answer", LEARNER, answer(asked, None), Some(NotYourRole)),
        ("C4 something to answer", LEARNER, question(" "), Some(OutOfRange)),
        ("E4 small", LEARNER, intention(&"x".repeat(501)), Some(OutOfRange)),
        ("C11 five marks", LEARNER, feels(3, 6, false), Some(OutOfRange)),
        ("C11 no mark", LEARNER, feels(3, 0, false), Some(OutOfRange)),
    ];
    for (rule, who, body, expected) in table {
        assert_eq!(play.refused(who, &body), expected, "{rule}");
    }
}

#[test]
fn g10_a_matter_ends_when_it_was_first_closed_in_any_order_of_arrival() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut play = Play::new();
        let (asked, tried) =
            (play.put(LEARNER, &concern(false)), play.put(LEARNER, &intention("Look first")));
        for number in order {
            let at = NOW + 10 + number as u64;
            let (who, take_up) = [
                (COACH, TakeUp::Partly),
                (ADMINISTRATOR, TakeUp::Worked),
                (COACH, TakeUp::NotTried),
            ][number];
            for (who, body) in [
                (who, closed(asked, None, Some(LEARNER))),
                // Of one person, on phones that have not heard of each other.
                (LEARNER, closed(tried, Some(take_up), None)),
            ] {
                let event = play.seal(who, Said { at, ..Said::by(who, 0) }, &body);
                assert!(play.desk.receive(&event.raw()).position.is_some());
            }
        }
        let first = Hlc::at(NOW + 10);
        let matters = &play.dossier().matters;
        assert_eq!(matters.closed_by(asked), Some((COACH, first)), "{order:?}");
        assert_eq!(matters.take_up(tried), Some((TakeUp::Partly, first)), "{order:?}");
    }
}

#[test]
fn what_is_taken_into_a_lesson_needs_no_words() {
    let mut play = Play::new();
    let asked = play.put(LEARNER, &question("Why?"));
    let taken = |text: &str, into_class| {
        Body::Answer(Answer { to: asked, text: text.into(), into_class, only: None })
    };
    assert_eq!(play.refused(TEACHER, &taken("", true)), None);
    assert_eq!(play.refused(TEACHER, &taken("", false)), Some(Refusal::OutOfRange));
}

#[test]
fn a_question_waits_until_somebody_answers_and_a_concern_until_it_is_closed() {
    let mut play = Play::new();
    let asked = play.put(LEARNER, &question("Why?"));
    let raised = play.put(MENTOR, &concern(false));
    play.put(LEARNER, &intention("lift with my knees"));
    assert_eq!(play.open(), ["Why?", "The machine is not guarded"]);
    play.put(TEACHER, &answer(asked, None));
    play.put(COACH, &answer(raised, Some(MENTOR)));
    assert_eq!(play.open(), ["The machine is not guarded"]);
    play.put(COACH, &closed(raised, None, Some(MENTOR)));
    assert_eq!(play.open(), [""; 0]);
    assert!(!play.dossier().matters.is_closed(asked), "its learner has not said that it is clear");
    assert_eq!(play.dossier().matters.answers(asked).len(), 1);
}

#[test]
fn the_last_open_intention_is_the_one_to_try() {
    let mut play = Play::new();
    let first = play.put(LEARNER, &intention("lift with my knees"));
    let second = play.put(LEARNER, &intention("ask before I start"));
    let tries = |play: &Play| play.dossier().matters.intention().map(|it| it.hash);
    assert_eq!(tries(&play), Some(second));
    play.put(LEARNER, &closed(second, Some(TakeUp::Partly), None));
    assert_eq!(tries(&play), Some(first));
    let matters = &play.dossier().matters;
    assert_eq!(matters.take_up(second).map(|(it, _)| it), Some(TakeUp::Partly));
    assert_eq!(matters.take_up(first), None);
}

/// C4: what is taken into a lesson waits there until somebody answers it in words.
#[test]
fn a_question_for_the_lesson_waits_until_it_is_answered_in_words() {
    let mut play = Play::new();
    let asked = play.put(LEARNER, &question("Why?"));
    let into_class = Answer { to: asked, text: String::new(), into_class: true, only: None };
    let lesson = |play: &Play| play.dossier().matters.for_lesson().count();
    assert_eq!((lesson(&play), play.open().len()), (0, 1));
    play.put(TEACHER, &Body::Answer(into_class));
    assert_eq!((lesson(&play), play.open().len()), (1, 1), "it was not answered yet");
    play.put(TEACHER, &answer(asked, None));
    assert_eq!((lesson(&play), play.open().len()), (0, 0));
}

/// E4: the next confirmation shows what was tried, and after that what is tried now.
#[test]
fn the_next_confirmation_shows_the_take_up() {
    let mut play = Play::new();
    let shown = |play: &Play| {
        let taken_up = play.dossier().taken_up();
        taken_up.map(|(it, came)| (it.what.text().to_owned(), came))
    };
    assert_eq!(shown(&play), None);
    let first = play.put(LEARNER, &intention("lift with my knees"));
    assert_eq!(shown(&play), Some(("lift with my knees".into(), None)));
    play.put(LEARNER, &closed(first, Some(TakeUp::Worked), None));
    play.put(LEARNER, &intention("ask before I start"));
    assert_eq!(shown(&play), Some(("lift with my knees".into(), Some(TakeUp::Worked))));
    let worked = EntryId([9; 16]);
    let version = play.put(LEARNER, &Body::Entry(entry(worked, "moved pallets")));
    let good = confirmation(worked, version, Finding::Reached(Level::WithHelp));
    play.put(MENTOR, &Body::Confirmation(good));
    assert_eq!(shown(&play), Some(("ask before I start".into(), None)));
}

/// After a restore phones give back what they have in any order.
#[test]
fn an_answer_may_arrive_before_its_question() {
    let mut play = Play::new();
    let question = play.sealed(LEARNER, &question("Why?"));
    let asked = question.hash();
    let said = play.sealed(TEACHER, &answer(asked, None));
    let ended = play.sealed(LEARNER, &closed(asked, None, None));
    let by_another = play.sealed(MENTOR, &closed(asked, None, None));
    let fold = |events: &[&Event]| {
        let mut dossier = Dossier::new(DOSSIER);
        for (event, position) in events.iter().zip(1..) {
            let at = event.header().hlc;
            let position = Some(position);
            dossier.fold(&Placed { event, position, at, received_at: None, waiting: false });
        }
        (dossier.matters.is_closed(asked), dossier.matters.answers(asked).len())
    };
    assert_eq!(fold(&[&said, &question]), (false, 1));
    assert_eq!(fold(&[&by_another, &question]), (false, 0), "nobody closes another's question");
    assert_eq!(fold(&[&by_another, &said, &ended, &question]), (true, 1));
}

#[test]
fn a_coach_hears_of_an_urgent_concern_at_once_and_of_another_after_two_days() {
    let mut play = Play::new();
    play.desk.now = NOW;
    let raised = play.put(MENTOR, &concern(false));
    let on = |days: u64| Day::of_millis(NOW + days * DAY);
    assert_eq!(play.signals(on(1)), []);
    assert_eq!(play.signals(on(2)), [(SignalKind::Concern, 2)]);
    let all = signals(
        play.dossier(),
        Thresholds { silence: 1, plan: 90, ..Thresholds::default() },
        on(2),
    );
    let kinds: Vec<_> = all.iter().map(|it| it.kind).collect();
    let expected = [SignalKind::MayStop, SignalKind::Concern, SignalKind::Silence];
    assert_eq!(kinds, expected, "two at once are a warning, and a problem comes next (G4)");
    let urgent = play.put(LEARNER, &concern(true));
    assert_eq!(play.signals(on(0)), [(SignalKind::Concern, 0)]);
    play.put(COACH, &closed(urgent, None, Some(LEARNER)));
    play.put(MENTOR, &closed(raised, None, Some(MENTOR)));
    assert_eq!(play.signals(on(9)), []);
}

#[test]
fn well_being_is_a_signal_when_it_falls_or_stays_low() {
    let falls = |marks: &[(u32, u16)], today: u32| {
        let mut play = Play::new();
        for (date, mark) in marks {
            play.put(LEARNER, &feels(*date, *mark, false));
        }
        play.signals(day(today))
    };
    let signal = |days| vec![(SignalKind::WellBeing, days)];
    assert_eq!(falls(&[(3, 1)], 3), [], "one mark says little");
    assert_eq!(falls(&[(3, 5), (4, 4)], 4), [], "one step");
    assert_eq!(falls(&[(3, 5), (4, 3)], 5), signal(1), "two steps");
    assert_eq!(falls(&[(3, 2), (5, 2)], 6), signal(3), "low twice, since the first");
    assert_eq!(falls(&[(3, 2), (5, 3)], 6), [], "better again");
    assert_eq!(falls(&[(3, 5), (4, 1), (4, 5)], 4), [], "the last word of a day counts");
    assert_eq!(falls(&[(3, 5), (4, 2)], 18), [], "too long ago to know");
    assert_eq!(falls(&[(3, 5), (4, 2)], 17), signal(13));
    assert_eq!(falls(&[(3, 5), (9, 2)], 8), [], "not before that day");
}

#[test]
fn g1_what_presses_most_comes_first_whatever_its_days_count() {
    let signal = |kind, since: u32, days| Signal { kind, since: day(since), days, grounds: vec![] };
    let mut all = [
        signal(SignalKind::GoalsLate, 25, 40),
        signal(SignalKind::AgreementEnds, 29, 2),
        signal(SignalKind::Silence, 12, 12),
        signal(SignalKind::AgreementEnds, 27, 30),
        signal(SignalKind::ProposalWaits, 7, 20),
        signal(SignalKind::Concern, 27, 0),
        signal(SignalKind::NoAgreement, 27, 1),
    ];
    all.sort_by_key(|it| core::cmp::Reverse(it.urgency(day(27))));
    assert_eq!(
        all.map(|it| (it.kind, it.days)),
        [
            (SignalKind::Concern, 0),
            (SignalKind::NoAgreement, 1),
            (SignalKind::ProposalWaits, 20),
            (SignalKind::AgreementEnds, 2),
            (SignalKind::Silence, 12),
            (SignalKind::GoalsLate, 40),
            (SignalKind::AgreementEnds, 30),
        ],
        "forty goals are no forty days, and the nearer an end the more it presses"
    );
}

#[test]
fn g3_a_message_to_everybody_stands_apart_from_those_at_an_activity() {
    let mut play = Play::new();
    let of = EntryId([7; 16]);
    play.put(LEARNER, &Body::Entry(entry(of, "Rekken gevuld.")));
    let said = |entry, text: &str| Body::Feedback(Feedback { entry, text: text.into() });
    play.put(MENTOR, &said(None, "Morgen om zeven uur."));
    play.put(COACH, &said(Some(of), "Mooi."));
    play.put(LEARNER, &said(None, "Goed, tot dan."));
    let general = play.dossier().feedback.general().map(|it| it.feedback.text.as_str());
    assert_eq!(general.collect::<Vec<_>>(), ["Goed, tot dan.", "Morgen om zeven uur."]);
    assert_eq!(play.dossier().feedback.of_entry(of).count(), 1);
}
