//! A leertraject that stands still and goes on later (A9).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, EarlyEnd, EndReason, Moment, Pause, Refusal, Restart, TrackState,
};
use dubbelspoor_domain::floor::missing_days;
use dubbelspoor_domain::hours;
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{COACH, NOW, Play, Said, day};

impl Play {
    /// The coach says it at a moment of their own.
    fn say(&mut self, after: u64, body: &Body) {
        let said = Said { at: NOW + after, ..Said::by(COACH, 0) };
        let event = self.seal(COACH, said, body);
        assert!(self.desk.receive(&event.raw()).position.is_some());
    }

    fn is_silent(&self, on: u32) -> bool {
        let all = signals(self.dossier(), Thresholds::default(), day(on));
        all.iter().any(|it| it.kind == SignalKind::Silence)
    }

    fn states(&self, days: [u32; 4]) -> [TrackState; 4] {
        days.map(|it| self.dossier().state_on(day(it)))
    }
}

fn pause(on: u32) -> Body {
    Body::Pause(Pause { day: day(on), text: "Bevallen".into() })
}

fn restart(on: u32) -> Body {
    Body::Restart(Restart { day: day(on), text: String::new() })
}

#[test]
fn a9_a_pause_has_no_end_until_a_restart_and_nobody_asks_for_anything() {
    let mut play = Play::new();
    let wordless = Body::Pause(Pause { day: day(9), text: " ".into() });
    let refused = play.dossier().permit(COACH, Moment::HERE, &wordless);
    assert_eq!(refused, Err(Refusal::OutOfRange));
    assert!(play.is_silent(27));
    play.say(1, &pause(9));
    use TrackState::{Paused, Restarted, Running};
    assert_eq!(play.states([8, 9, 27, 30]), [Running, Paused, Paused, Paused]);
    assert!(!play.is_silent(27));
    assert_eq!(missing_days(play.dossier(), day(13)), [2, 3, 4, 5, 6].map(day));
    // Weeks of the pause ask for no hours: one week is left of four.
    assert_eq!(hours::accountable(play.dossier(), day(2), day(29)), 5);
    play.say(2, &restart(23));
    assert_eq!(play.states([8, 9, 22, 23]), [Running, Paused, Paused, Restarted]);
    assert_eq!(hours::accountable(play.dossier(), day(2), day(29)), 10);
    assert!(!play.is_silent(27), "counted from the day on which it began again");
    assert_eq!(missing_days(play.dossier(), day(26)), [23, 24, 25].map(day));
    assert_eq!(play.dossier().guiding.restart().map(|it| it.what.day), Some(day(23)));
}

#[test]
fn a9_what_is_said_again_puts_a_pause_right_and_an_early_end_ends_it() {
    let mut play = Play::new();
    play.say(1, &pause(9));
    play.say(2, &pause(16));
    use TrackState::{EndedEarly, Paused, Restarted, Running};
    assert_eq!(play.states([9, 15, 16, 20]), [Running, Running, Paused, Paused]);
    let (reason, text) = (EndReason::Personal, String::new());
    play.say(3, &Body::EarlyEnd(EarlyEnd { day: day(18), reason, text, by: None }));
    assert_eq!(play.states([16, 18, 19, 30]), [Paused, Paused, EndedEarly, EndedEarly]);
    play.say(4, &restart(25));
    assert_eq!(play.states([18, 24, 25, 30]), [Paused, EndedEarly, Restarted, Restarted]);
    let after = Day(day(30).succ_opt().unwrap());
    assert_eq!(play.dossier().state_on(after), TrackState::Completed);
}

#[test]
fn a9_a_restart_ends_what_stood_still_by_then_and_nothing_of_before() {
    use TrackState::{EndedEarly, Paused, Restarted};
    let end = |on| {
        let (reason, text) = (EndReason::Personal, String::new());
        Body::EarlyEnd(EarlyEnd { day: day(on), reason, text, by: None })
    };
    let mut play = Play::new();
    play.say(1, &pause(4));
    play.say(2, &restart(9));
    play.say(3, &end(16));
    play.say(4, &restart(23));
    assert_eq!(play.states([4, 9, 17, 23]), [Paused, Restarted, EndedEarly, Restarted]);
    assert_eq!(hours::accountable(play.dossier(), day(9), day(15)), 5, "a week of work");
    let mut play = Play::new();
    play.say(1, &end(4));
    play.say(2, &restart(9));
    play.say(3, &pause(16));
    play.say(4, &restart(25));
    play.say(5, &restart(23));
    assert_eq!(play.states([5, 9, 17, 23]), [EndedEarly, Restarted, Paused, Restarted]);
    assert!(!play.dossier().has_ended_by(day(12)), "its agreements go on from the ninth");
}

#[test]
fn a9_c10_nobody_is_asked_for_the_days_after_an_early_end() {
    let mut play = Play::new();
    let (reason, text) = (EndReason::Work, String::new());
    play.say(1, &Body::EarlyEnd(EarlyEnd { day: day(9), reason, text, by: None }));
    assert_eq!(missing_days(play.dossier(), day(13)), [2, 3, 4, 5, 6, 9].map(day));
    play.say(2, &restart(12));
    assert_eq!(missing_days(play.dossier(), day(13)), [2, 3, 4, 5, 6, 9, 12].map(day));
}
