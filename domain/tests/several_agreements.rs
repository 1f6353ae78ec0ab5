//! Hours where agreements run beside each other or end before their time (A6, A9, F2), as worked examples: each line names
//! its requirement and was reckoned by hand.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/agreed.rs"]
mod agreed;
mod support;

use agreed::agreement;
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Body, EarlyEnd, EndReason, Place, Recognition, Restart, Stay,
    Workplace,
};
use dubbelspoor_domain::hours::{self, accountable, training_days, without_agreement};
use dubbelspoor_domain::id::{AgreementId, WorkplaceId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{COACH, NOW, Play, Said, on, runs};

use AgreementKind::{Odos, Odow};

impl Play {
    /// A workplace, recognised, with the learner there in these times.
    fn has_workplace(&mut self, number: u8, stays: &[(&str, Option<&str>)]) {
        let recognition =
            Recognition { number: "E1".into(), from: on("2026-09-01"), to: None, kind: None };
        let stay = |(from, to): &(&str, Option<&str>)| Stay {
            from: on(from),
            to: to.map(on),
            when: "ma, di".into(),
        };
        self.put(
            COACH,
            &Body::Workplace(Workplace {
                workplace: WorkplaceId([number; 16]),
                company: format!("Magazijn {number}"),
                site: String::new(),
                recognition: Some(recognition),
                stays: stays.iter().map(stay).collect(),
                goals: vec![],
            }),
        );
    }

    fn says(&mut self, minute: u64, body: &Body) {
        let said = Said { at: NOW + minute * 60_000, ..Said::by(COACH, 0) };
        let event = self.seal(COACH, said, body);
        assert!(self.desk.receive(&event.raw()).position.is_some());
    }

    fn ends(&mut self, minute: u64, day: &str) {
        let (day, reason, text) = (on(day), EndReason::Personal, String::new());
        self.says(minute, &Body::EarlyEnd(EarlyEnd { day, reason, text, by: None }));
    }

    fn begins_again(&mut self, minute: u64, day: &str) {
        self.says(minute, &Body::Restart(Restart { day: on(day), text: String::new() }));
    }

    fn is_behind(&self, today: &str) -> bool {
        let all = signals(self.dossier(), Thresholds::default(), on(today));
        all.iter().any(|it| it.kind == SignalKind::HoursBehind)
    }
}

/// From the first Monday of September, of so many hours a week; at a workplace, where it names one.
fn of(number: u8, kind: AgreementKind, weekly: u16, at: Option<u8>) -> Agreement {
    Agreement {
        agreement: AgreementId([number; 16]),
        at: at.map(|it| WorkplaceId([it; 16])),
        ..agreement(kind, "2026-09-07", "2027-06-30", weekly)
    }
}

#[test]
fn a6_work_counts_for_the_agreement_of_the_workplace_where_somebody_is() {
    let mut play = Play::new();
    // A week here, a week there.
    play.has_workplace(1, &[("2026-09-07", Some("2026-09-13")), ("2026-09-21", None)]);
    play.has_workplace(2, &[("2026-09-14", Some("2026-09-20"))]);
    let (first, second) = (of(1, Odos, 20, Some(1)), of(2, Odow, 20, Some(2)));
    play.agrees(&first);
    play.agrees(&second);
    play.hours("2026-09-08", 30);
    play.hours("2026-09-15", 10);
    let done = |it| {
        let found = play.figures(it, "2026-09-18");
        (found.done, found.missing(), found.average(), found.divided)
    };
    // Two weeks of twenty hours are asked; thirty were done under the one, ten under the other.
    assert_eq!(done(&first), (1_800, 600, Some(900), 0), "F2 ten hours are missing");
    assert_eq!(done(&second), (600, 0, Some(300), 0), "A6");
    assert!(without_agreement(play.dossier()).is_empty(), "A7");
}

#[test]
fn a6_what_cannot_be_told_is_divided_and_never_counts_twice() {
    let unsigned = |it: Agreement| Agreement { signed: vec![], ..it };
    // rule, the one, the other, minutes of one day; minutes for the one and for the other
    let table = [
        ("A6 by agreed hours", of(1, Odos, 24, Some(1)), of(2, Odos, 12, Some(2)), 360, (240, 120)),
        ("A6 no minute is lost", of(1, Odos, 20, Some(1)), of(2, Odos, 16, Some(2)), 100, (55, 45)),
        ("A6 both without a place", of(1, Odos, 20, None), of(2, Odos, 20, None), 480, (240, 240)),
        ("A6 where somebody is", of(1, Odos, 20, Some(1)), of(2, Odos, 20, None), 480, (480, 0)),
        ("A6 not there", of(1, Odos, 20, Some(3)), of(2, Odos, 20, None), 480, (0, 480)),
        (
            "A6 not there either",
            of(1, Odos, 20, Some(3)),
            of(2, Odos, 20, Some(4)),
            480,
            (240, 240),
        ),
        ("A6 nothing agreed", of(1, Odow, 0, Some(1)), of(2, Odow, 0, Some(2)), 90, (0, 90)),
        (
            "A7 signed first",
            of(1, Odos, 20, Some(1)),
            unsigned(of(2, Odos, 20, Some(2))),
            90,
            (90, 0),
        ),
        (
            "A7 none signed",
            unsigned(of(1, Odos, 20, None)),
            unsigned(of(2, Odos, 20, None)),
            90,
            (45, 45),
        ),
    ];
    for (rule, first, second, minutes, expected) in table {
        let mut play = Play::new();
        // At both at once, on days that are only words; at two others later.
        play.has_workplace(1, &[("2026-09-07", None)]);
        play.has_workplace(2, &[("2026-09-07", None)]);
        play.has_workplace(3, &[("2027-01-04", None)]);
        play.has_workplace(4, &[("2027-01-04", None)]);
        play.agrees(&first);
        play.agrees(&second);
        play.works("2026-09-08", Place::Workplace, minutes);
        let found = [&first, &second].map(|it| play.figures(it, "2026-09-11"));
        assert_eq!((found[0].done, found[1].done), expected, "{rule}");
        let is_divided = expected.0 > 0 && expected.1 > 0;
        assert_eq!(found[0].divided, if is_divided { expected.0 } else { 0 }, "{rule}");
    }
}

#[test]
fn f2_a_workplace_where_somebody_hardly_comes_is_not_made_good_by_another() {
    let mut play = Play::new();
    play.put(COACH, &runs("2026-09-01", "2027-06-30"));
    play.has_workplace(1, &[("2026-09-07", Some("2026-09-20"))]);
    play.has_workplace(2, &[("2026-09-21", None)]);
    play.agrees(&of(1, Odos, 10, Some(1)));
    play.agrees(&of(2, Odos, 10, Some(2)));
    // Four weeks: 40 hours are agreed under each, 34 are 85 percent.
    play.hours("2026-09-10", 34);
    play.hours("2026-09-24", 33);
    assert!(play.is_behind("2026-10-05"), "F2 an hour too few at the second");
    play.hours("2026-09-25", 1);
    assert!(!play.is_behind("2026-10-05"), "F2 just enough at both");
    let mut all_at_one = Play::new();
    all_at_one.put(COACH, &runs("2026-09-01", "2027-06-30"));
    all_at_one.has_workplace(1, &[("2026-09-07", None)]);
    all_at_one.has_workplace(2, &[("2026-12-01", None)]);
    all_at_one.agrees(&of(1, Odos, 10, Some(1)));
    all_at_one.agrees(&of(2, Odos, 10, Some(2)));
    all_at_one.hours("2026-09-10", 80);
    assert!(all_at_one.is_behind("2026-10-05"), "F2 the other has nothing");
}

#[test]
fn a9_an_early_end_is_the_last_day_of_its_agreements() {
    let mut play = Play::new();
    let it = of(1, Odos, 20, None);
    play.agrees(&it);
    // Four weeks and three days of the fifth: 92 hours are asked, and done.
    play.hours("2026-09-07", 80);
    play.hours("2026-10-07", 12);
    let late = play.works("2026-10-08", Place::Workplace, 60).0;
    play.works("2026-10-12", Place::School, 350);
    let told = |play: &Play, today| {
        let found = play.figures(&it, today);
        (found.done, found.so_far, found.missing())
    };
    // Before anybody said so, twelve weeks and two days ask for 248 hours.
    assert_eq!(told(&play, "2026-12-01"), (93 * 60, 62, 155 * 60), "A9 not said");
    play.ends(1, "2026-10-07");
    assert_eq!(told(&play, "2026-12-01"), (92 * 60, 23, 0), "A9 no hours are asked any more");
    assert_eq!(play.figures(&it, "2026-12-01").all, 23, "A9 nor expected");
    assert_eq!(play.dossier().last_day(&it), on("2026-10-07"));
    let flagged: Vec<_> = without_agreement(play.dossier()).iter().map(|it| it.entry).collect();
    assert_eq!(flagged, [late], "A7 work after the end");
    assert_eq!(hours::week(play.dossier(), on("2026-10-07")).planned, 12 * 60, "F5 three days");
    assert_eq!(hours::week(play.dossier(), on("2026-10-14")).planned, 0, "F5");
    let used = |play: &Play, today| training_days(play.dossier(), on(today)).map(|it| it.len());
    assert_eq!((used(&play, "2026-10-07"), used(&play, "2026-10-12")), (None, Some(1)), "A8");

    play.begins_again(2, "2026-11-02");
    assert_eq!(told(&play, "2026-10-30"), (92 * 60, 23, 0), "A9 before it began again");
    assert_eq!(told(&play, "2026-11-06"), (92 * 60, 28, 20 * 60), "A9 a week more");
    assert_eq!(play.dossier().last_day(&it), on("2027-06-30"), "A9 as it is written");
    assert!(play.dossier().agreement_on(on("2026-10-20")).is_none());
    assert!(play.dossier().agreement_on(on("2026-11-02")).is_some());
}

#[test]
fn a9_an_end_stops_only_what_had_begun_and_one_that_went_on_at_once_nothing() {
    let mut play = Play::new();
    let next = Agreement {
        agreement: AgreementId([2; 16]),
        ..agreement(Odos, "2026-10-19", "2027-06-30", 20)
    };
    let first = of(1, Odos, 20, None);
    play.agrees(&first);
    play.agrees(&next);
    play.ends(1, "2026-10-16");
    let weeks = |play: &Play, it| play.figures(it, "2026-10-30").so_far;
    assert_eq!((weeks(&play, &first), weeks(&play, &next)), (30, 10), "A9 a new workplace");
    play.begins_again(2, "2026-10-17");
    let all = accountable(play.dossier(), on("2026-09-07"), on("2026-10-30"));
    assert_eq!((weeks(&play, &first), all), (40, 40), "A9 without a day between");
}
