//! What came after a leertraject (G7): who notes and reads it, and in which school year it counts.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    Body, EarlyEnd, EndReason, JobOutcome, LaterJob, Moment, Readers, Refusal, Restart,
};
use dubbelspoor_domain::monitoring::{Monitoring, TrackFigures};
use support::{COACH, LEARNER, MENTOR, NOW, Play, Said, day, on, runs};

impl Play {
    /// The coach says it at a moment of their own, whenever it arrives.
    fn say(&mut self, after: u64, body: &Body) {
        let said = Said { at: NOW + after, ..Said::by(COACH, 0) };
        let event = self.seal(COACH, said, body);
        assert!(self.desk.receive(&event.raw()).position.is_some());
    }
}

fn later(on_day: &str, outcome: JobOutcome) -> Body {
    Body::LaterJob(LaterJob { day: on(on_day), outcome, text: String::new() })
}

#[test]
fn g7_a_later_job_counts_in_the_year_in_which_the_leertraject_came_to_an_end() {
    let mut play = Play::new();
    play.put(COACH, &runs("2025-09-01", "2027-06-30"));
    let in_year = |play: &Play, year: &str, today: &str| {
        let it = TrackFigures::of(play.dossier(), on(year), on(today)).unwrap();
        (it.is_over, it.later)
    };
    let (last, before) = ("2026-10-01", "2025-10-01");
    let noted = later("2027-12-01", JobOutcome::StaysOn);
    play.say(2, &noted);
    let earlier = later("2027-09-01", JobOutcome::SeeksWork);
    play.say(1, &earlier);
    assert_eq!(in_year(&play, last, "2027-06-30"), (false, None), "its last day");
    let stays = Some(JobOutcome::StaysOn);
    assert_eq!(in_year(&play, last, "2027-07-01"), (true, stays), "what was said last stands");
    assert_eq!(in_year(&play, before, "2027-07-01"), (false, None), "it went on after this year");
    // It ended early in its first year, and nobody noted anything of that time yet.
    let mut play = Play::new();
    play.put(COACH, &runs("2025-09-01", "2027-06-30"));
    let end =
        EarlyEnd { day: on("2026-03-13"), reason: EndReason::Work, text: String::new(), by: None };
    play.say(1, &Body::EarlyEnd(end));
    assert_eq!(in_year(&play, before, "2026-09-30"), (true, None));
    play.put(COACH, &later("2026-04-01", JobOutcome::OtherWork));
    let elsewhere = (true, Some(JobOutcome::OtherWork));
    assert_eq!(in_year(&play, before, "2026-09-30"), elsewhere);
    // It began again: that was no job after it.
    let it = Restart { day: on("2026-10-05"), text: String::new() };
    play.say(2, &Body::Restart(it));
    assert_eq!(in_year(&play, before, "2026-11-01"), (false, None));
    assert_eq!(in_year(&play, last, "2027-07-01"), (true, None), "asked about anew");
    assert_eq!(play.dossier().later_job(on("2027-07-01")), None);
}

#[test]
fn g7_later_jobs_are_counted_among_those_that_came_to_an_end() {
    let after = |outcomes: &[JobOutcome]| {
        let mut play = Play::new();
        play.put(COACH, &runs("2026-09-01", "2026-11-20"));
        outcomes.iter().for_each(|it| {
            play.put(COACH, &later("2026-11-21", *it));
        });
        play.dossier().clone()
    };
    let mut all = Monitoring::new(day(1), day(24));
    [&[JobOutcome::InTrade][..], &[JobOutcome::InTrade], &[JobOutcome::Unknown], &[]]
        .map(after)
        .iter()
        .for_each(|it| all.add(it));
    all.add(Play::new().dossier());
    let whole = all.all();
    assert_eq!((whole.tracks, whole.over, whole.asked_later()), (5, 4, 3));
    assert_eq!(whole.later, [0, 2, 0, 0, 0, 0, 1]);
    assert_eq!(all.courses()[0].later, whole.later);
}

#[test]
fn g7_a_later_job_is_noted_and_read_by_those_who_guide() {
    let play = Play::new();
    let it = later("2027-09-01", JobOutcome::LearnsOn);
    assert_eq!(it.readers(), Readers::Guides);
    let may = |who| play.dossier().permit(who, Moment::HERE, &it).map(drop);
    assert_eq!(
        [COACH, MENTOR, LEARNER].map(may),
        [Ok(()), Err(Refusal::NotYourRole), Err(Refusal::NotYourRole)]
    );
    let text = "x".repeat(501);
    let (day, outcome) = (on("2027-09-01"), JobOutcome::Other);
    let long = Body::LaterJob(LaterJob { day, outcome, text });
    let refused = play.dossier().permit(COACH, Moment::HERE, &long);
    assert_eq!(refused, Err(Refusal::OutOfRange));
}
