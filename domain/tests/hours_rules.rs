//! The rules for hours, as worked examples: each line names its requirement and was reckoned by hand. And against a plain
//! reckoning day by day.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/agreed.rs"]
mod agreed;
mod support;

use agreed::agreement;
use chrono::{Datelike, NaiveDate, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Agreement, AgreementKind, Audience, Body, Calendar,
    ConfirmationWithdrawn, Entry, Holiday, HoursConfirmation, Moment, Place, Refusal, Seen,
};
use dubbelspoor_domain::hours::{
    Worked, accountable, school_year, share, told_between, training_days, without_agreement,
};
use dubbelspoor_domain::id::{AbsenceId, AgreementId, EntryId, EventHash};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::{COACH, LEARNER, MENTOR, Play, entry, on, runs, words};

impl Play {
    /// The autumn and Christmas holidays of 2026.
    fn has_holidays(&mut self) {
        let holiday = |from, to| Holiday { title: words("holiday"), from: on(from), to: on(to) };
        let holidays = vec![
            holiday("2026-11-02", "2026-11-08"),
            holiday("2026-11-11", "2026-11-11"),
            holiday("2026-12-21", "2027-01-03"),
        ];
        self.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays }));
    }

    fn is_ill(&mut self, from: &str, to: &str) -> EventHash {
        let (from, to) = (on(from), on(to));
        let absence = AbsenceId([1; 16]);
        let reason = AbsenceReason::Illness;
        self.put(LEARNER, &Body::Absence(Absence { absence, from, to, reason, withdrawn: false }))
    }

    fn rules(&mut self, report: EventHash, accepted: bool) {
        self.put(COACH, &Body::AbsenceRuled(AbsenceRuled { report, accepted }));
    }
}

use AgreementKind::{Da, Odo, Odos, Odow};

#[test]
fn the_weekly_average_of_each_kind() {
    // rule, kind, agreed hours a week, first day, today, hours done; average minutes, missing, over
    let table = [
        ("F2 two whole weeks", Odos, 24, "2026-09-07", "2026-09-18", 48, 1440, 0, 0),
        ("F2 twenty hours suffice", Odos, 24, "2026-09-07", "2026-09-18", 40, 1200, 0, 0),
        ("F2 one hour is missing", Odos, 24, "2026-09-07", "2026-09-18", 39, 1170, 60, 0),
        ("F2 begins on a Wednesday", Odos, 24, "2026-09-09", "2026-09-11", 12, 1200, 0, 0),
        ("F2 in the middle of a week", Odos, 24, "2026-09-07", "2026-09-16", 32, 1200, 0, 0),
        ("F2 fewer than twenty", Odo, 16, "2026-09-07", "2026-09-11", 19, 1140, 0, 0),
        ("F2 twenty are too many", Odo, 16, "2026-09-07", "2026-09-11", 20, 1200, 0, 1),
        ("F2 no rule", Odow, 16, "2026-09-07", "2026-09-11", 2, 120, 0, 0),
        ("F2 by the contract", Da, 30, "2026-09-07", "2026-09-11", 28, 1680, 120, 0),
        ("F2 a weekend adds nothing", Odos, 24, "2026-09-07", "2026-09-20", 40, 1200, 0, 0),
    ];
    for (rule, kind, weekly, first, today, done, average, missing, over) in table {
        let mut play = Play::new();
        let it = agreement(kind, first, "2027-06-30", weekly);
        play.hours(first, done);
        let figures = play.figures(&it, today);
        assert_eq!(figures.average(), Some(average), "{rule}");
        assert_eq!((figures.missing(), figures.over()), (missing, over), "{rule}");
    }
}

#[test]
fn which_weeks_count() {
    // rule, from, to, fifths
    let table = [
        ("F2 whole weeks", "2026-09-07", "2026-09-18", 10),
        ("F2 three of five days", "2026-09-09", "2026-09-11", 3),
        ("F2 only a weekend", "2026-09-12", "2026-09-13", 0),
        ("F4 the autumn holiday", "2026-10-26", "2026-11-13", 10),
        ("F4 a single free day changes nothing", "2026-11-09", "2026-11-13", 5),
        ("F4 Christmas, across the turn of the year", "2026-12-14", "2027-01-08", 10),
        ("F4 within a holiday", "2026-12-22", "2026-12-24", 0),
        ("F2 the turn of a year without a holiday", "2027-12-27", "2028-01-07", 10),
    ];
    let mut play = Play::new();
    play.has_holidays();
    for (rule, from, to, fifths) in table {
        assert_eq!(accountable(play.dossier(), on(from), on(to)), fifths, "{rule}");
    }
}

#[test]
fn a_week_of_illness_counts_not_once_it_is_accepted() {
    let mut play = Play::new();
    let weeks = |play: &Play| accountable(play.dossier(), on("2026-10-05"), on("2026-10-23"));
    let report = play.is_ill("2026-10-12", "2026-10-16");
    assert_eq!(weeks(&play), 15, "F4 reported only");
    play.rules(report, true);
    assert_eq!(weeks(&play), 10, "F4 accepted");
    play.rules(report, false);
    assert_eq!(weeks(&play), 15, "F4 the last word counts");
    let shorter = play.is_ill("2026-10-12", "2026-10-14");
    play.rules(shorter, true);
    assert_eq!(weeks(&play), 15, "F4 not the whole week");
    play.rules(report, true);
    assert_eq!(weeks(&play), 15, "F4 what was reported before is no longer so");
}

#[test]
fn an_agreement_that_is_replaced_keeps_its_own_figures() {
    let mut play = Play::new();
    let first = Agreement {
        ended: Some(on("2026-10-16")),
        ..agreement(Odo, "2026-09-07", "2027-06-30", 16)
    };
    let second = Agreement {
        agreement: AgreementId([2; 16]),
        ..agreement(Odos, "2026-10-19", "2027-06-30", 24)
    };
    play.agrees(&first);
    play.agrees(&second);
    play.hours("2026-10-16", 96);
    play.hours("2026-10-19", 24);
    let (before, after) = (play.figures(&first, "2026-10-23"), play.figures(&second, "2026-10-23"));
    assert_eq!((before.done, before.so_far, before.all), (96 * 60, 30, 30), "A16 six weeks");
    assert_eq!(before.average(), Some(960), "F2 sixteen hours");
    assert_eq!((after.done, after.so_far, after.average()), (24 * 60, 5, Some(1440)));
    let under = |day| play.dossier().agreement_on(on(day)).map(|it| it.kind);
    assert_eq!(
        [under("2026-10-16"), under("2026-10-17"), under("2026-10-19")],
        [Some(Odo), None, Some(Odos)]
    );
}

#[test]
fn a_school_year_begins_in_september() {
    let year = |day| school_year(on(day));
    assert_eq!(year("2026-08-31"), (on("2025-09-01"), on("2026-08-31")));
    assert_eq!(year("2026-09-01"), (on("2026-09-01"), on("2027-08-31")));
    let mut play = Play::new();
    let it = agreement(Odos, "2026-03-02", "2027-02-28", 24);
    play.hours("2026-08-31", 8);
    play.hours("2026-09-01", 20);
    let figures = play.figures(&it, "2026-09-04");
    // The 31st is a Monday of the year before: four days are left of that week.
    assert_eq!((figures.done, figures.so_far, figures.average()), (1200, 4, Some(1500)), "F2");
}

#[test]
fn the_projection_takes_what_is_left_as_agreed() {
    let mut play = Play::new();
    let it = agreement(Odos, "2026-09-07", "2026-09-18", 20);
    play.hours("2026-09-07", 10);
    let figures = play.figures(&it, "2026-09-11");
    assert_eq!((figures.so_far, figures.all), (5, 10));
    assert_eq!(figures.projection(), Some(900), "F2 (10 h + 20 h) over two weeks");
    let before = play.figures(&it, "2026-09-01");
    assert_eq!((before.average(), before.projection()), (None, Some(1200)), "F2 not begun");
}

#[test]
fn f2_what_the_year_comes_to_is_told_while_it_can_still_be_mended() {
    // rule, kind, agreed hours a week, last day, hours in the first of the weeks; misses, minutes a week still needed
    let table = [
        ("F2 just enough", Odos, 20, "2026-09-18", 20, false, Some(1_200)),
        (
            "F2 an hour is missing, and so is it in the end",
            Odos,
            20,
            "2026-09-18",
            19,
            true,
            Some(1_260),
        ),
        ("F2 more was agreed than is asked", Odos, 24, "2026-09-18", 16, false, Some(1_440)),
        ("F2 too little was agreed", Odos, 18, "2026-09-18", 20, true, Some(1_200)),
        ("F2 over three weeks, rounded up", Odos, 20, "2026-09-25", 19, true, Some(1_230)),
        ("F2 nothing is needed any more", Odos, 20, "2026-09-18", 41, false, Some(0)),
        ("F2 no week is left", Odos, 20, "2026-09-11", 19, true, None),
        ("F2 fewer than twenty", Odo, 16, "2026-09-18", 23, false, None),
        ("F2 twenty are too many", Odo, 16, "2026-09-18", 24, true, None),
        ("F2 no rule", Odow, 16, "2026-09-18", 0, false, None),
        ("F2 by the contract", Da, 30, "2026-09-18", 29, true, Some(1_860)),
    ];
    for (rule, kind, weekly, last, done, misses, needed) in table {
        let mut play = Play::new();
        let it = agreement(kind, "2026-09-07", last, weekly);
        play.hours("2026-09-07", done);
        let figures = play.figures(&it, "2026-09-11");
        assert_eq!((figures.misses(), figures.needed()), (misses, needed), "{rule}");
    }
}

#[test]
fn only_hours_that_a_mentor_confirmed_of_this_version_are_confirmed() {
    let mut play = Play::new();
    let it = agreement(Odos, "2026-09-07", "2027-06-30", 24);
    let (name, version) = play.works("2026-09-07", Place::Workplace, 480);
    let (other, changed) = play.works("2026-09-08", Place::Workplace, 240);
    let seen = |entry, version| Seen { entry, version };
    let both = vec![seen(name, version), seen(other, changed)];
    let body = Body::HoursConfirmation(HoursConfirmation { entries: both });
    let permit = |who| play.dossier().permit(who, Moment::HERE, &body).err();
    assert_eq!(permit(LEARNER), Some(Refusal::OwnWork), "D2 nobody confirms their own work");
    assert_eq!(permit(COACH), Some(Refusal::NotYourRole));
    let confirmation = play.put(MENTOR, &body);
    let confirmed = |play: &Play| play.figures(&it, "2026-09-11").confirmed;
    assert_eq!(confirmed(&play), 720, "D9 a week at once");
    let longer = Entry {
        day: on("2026-09-08"),
        parents: vec![changed],
        minutes: 300,
        ..entry(other, "worked")
    };
    play.put(LEARNER, &Body::Entry(longer));
    assert_eq!(confirmed(&play), 480, "D9 what was changed is to be confirmed anew");
    let reason = "another week".into();
    let back = Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason });
    play.put(MENTOR, &back);
    assert_eq!(confirmed(&play), 0, "D2 taken back");
}

#[test]
fn what_the_learner_keeps_for_themselves_counts_on_no_phone() {
    let mut play = Play::new();
    let it = agreement(Odos, "2026-09-07", "2027-06-30", 24);
    play.hours("2026-09-07", 8);
    for (number, place) in [(200, Place::Workplace), (201, Place::School)] {
        let day = on("2026-09-08");
        let own = Entry {
            day,
            place,
            audience: Audience::Private,
            ..entry(EntryId([number; 16]), "own")
        };
        play.put(LEARNER, &Body::Entry(own));
    }
    let today = on("2026-09-11");
    assert_eq!(play.figures(&it, "2026-09-11").done, 480, "F2");
    assert_eq!(training_days(play.dossier(), today), Some(vec![]), "A8");
    assert_eq!(without_agreement(play.dossier()).len(), 1, "A7");
    let told = told_between(play.dossier(), on("2026-09-01"), today);
    assert_eq!(told, Worked { workplace: 480, school: 0 }, "F3");
}

#[test]
fn half_of_the_learning_is_at_the_workplace() {
    let share = |workplace, school| Worked { workplace, school }.workplace_share();
    assert_eq!(share(900, 900), Some(50), "F3");
    assert_eq!(share(899, 901), Some(49), "F3 rounded down");
    assert_eq!(share(0, 0), None);
    assert_eq!(share(1_000_000_000, 1_000_000_000), Some(50), "of a large centre");
}

#[test]
fn f3_too_small_a_share_is_told_in_time_and_not_in_the_first_weeks() {
    let mut play = Play::new();
    play.put(COACH, &runs("2026-09-01", "2027-06-30"));
    let told = |play: &Play, today: &str| {
        share(play.dossier(), on(today)).map(|it| (it.percent, it.since, it.is_low()))
    };
    let heard = |play: &Play, today: &str, weeks| {
        let limits = Thresholds { share: weeks, ..Thresholds::default() };
        let all = signals(play.dossier(), limits, on(today)).into_iter();
        all.filter(|it| it.kind == SignalKind::ShareLow).map(|it| (it.since, it.days)).next()
    };
    assert_eq!(told(&play, "2026-09-01"), None, "F3 nothing was done");
    for day in ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-05"] {
        play.works(day, Place::School, 600);
    }
    assert_eq!(told(&play, "2026-09-05"), Some((0, None, false)), "F3 only lessons yet");
    let it = agreement(Odos, "2026-09-07", "2027-06-25", 24);
    play.agrees(&it);
    let begun = Some(on("2026-09-07"));
    play.hours("2026-09-08", 49);
    assert_eq!(told(&play, "2026-09-06"), Some((0, None, false)), "F3 not begun");
    assert_eq!(told(&play, "2026-09-08"), Some((49, begun, true)), "F3 49 of 99 hours");
    assert_eq!(heard(&play, "2026-11-29", 12), None, "F3 a day before twelve weeks");
    let since = on("2026-11-30");
    assert_eq!(heard(&play, "2026-11-30", 12), Some((since, 0)), "F3 twelve weeks");
    assert_eq!(heard(&play, "2026-12-04", 12), Some((since, 4)), "F3 since then");
    assert_eq!(heard(&play, "2026-11-30", 13), None, "F3 the centre waits longer");
    assert_eq!(heard(&play, "2027-06-26", 12), None, "F3 no agreement runs");
    play.hours("2026-12-01", 1);
    assert_eq!(told(&play, "2026-12-01"), Some((50, begun, false)), "F3 half is enough");
    assert_eq!(heard(&play, "2026-12-01", 12), None, "F3");
}

#[test]
fn work_before_the_last_signature_is_flagged() {
    let mut play = Play::new();
    let early = play.works("2026-09-07", Place::Workplace, 480).0;
    let late = play.works("2026-09-10", Place::Workplace, 480).0;
    play.works("2026-09-07", Place::School, 350);
    let mut it = agreement(Odos, "2026-09-07", "2027-06-30", 24);
    it.signed[1].on = on("2026-09-09");
    play.agrees(&it);
    let flagged: Vec<_> = without_agreement(play.dossier()).iter().map(|it| it.entry).collect();
    assert_eq!(flagged, [early], "A7");
    it.ended = Some(on("2026-09-09"));
    play.agrees(&it);
    let flagged: Vec<_> = without_agreement(play.dossier()).iter().map(|it| it.entry).collect();
    assert_eq!(flagged, [late, early], "A7 the last first");
}

#[test]
fn a_coach_hears_in_time() {
    use SignalKind::{AgreementEnds, HoursBehind, NoAgreement};
    let kinds = |play: &Play, today: &str| -> Vec<(SignalKind, u32)> {
        let own = [HoursBehind, AgreementEnds, NoAgreement];
        let all = signals(play.dossier(), Thresholds::default(), on(today));
        all.into_iter().filter(|it| own.contains(&it.kind)).map(|it| (it.kind, it.days)).collect()
    };
    let mut play = Play::new();
    for day in 2..17 {
        play.works(&format!("2026-11-{day:02}"), Place::School, 350);
    }
    assert_eq!(kinds(&play, "2026-11-15"), [], "A8 fourteen lessons leave six");
    assert_eq!(kinds(&play, "2026-11-16"), [(NoAgreement, 5)], "A8");
    // Four weeks of 20 hours: 68 of 80 hours are 85 percent.
    play.agrees(&agreement(Odos, "2026-10-19", "2026-11-27", 20));
    play.hours("2026-10-19", 68);
    assert_eq!(kinds(&play, "2026-10-28"), [(AgreementEnds, 30)], "A7 too early for the hours");
    assert_eq!(kinds(&play, "2026-10-27"), [], "A7 a day before");
    assert_eq!(kinds(&play, "2026-11-16"), [(AgreementEnds, 11)], "F2 just enough");
    let next = Agreement {
        agreement: AgreementId([2; 16]),
        ..agreement(Odos, "2026-11-28", "2027-06-30", 20)
    };
    play.agrees(&next);
    assert_eq!(kinds(&play, "2026-11-16"), [], "A16 another follows");
    assert_eq!(kinds(&play, "2026-11-17"), [(HoursBehind, 28)], "F2 that day fell out");
}

#[test]
fn an_agreement_fits_its_fields() {
    let play = Play::new();
    let good = agreement(Odos, "2026-09-07", "2027-06-30", 24);
    let twice = [good.signed.clone(), vec![good.signed[0].clone()]].concat();
    let table = [
        ("A7 as it should be", good.clone(), None),
        ("A7 ends first", Agreement { to: on("2026-09-06"), ..good.clone() }, Some(())),
        ("A7 49 hours", Agreement { weekly_minutes: 2_940, ..good.clone() }, Some(())),
        ("A7 signed twice", Agreement { signed: twice, ..good.clone() }, Some(())),
        ("A9 ended before", Agreement { ended: Some(on("2026-09-01")), ..good.clone() }, Some(())),
        ("A7 long number", Agreement { number: Some("x".repeat(65)), ..good }, Some(())),
    ];
    for (rule, it, refused) in table {
        let found = play.dossier().permit(COACH, Moment::HERE, &Body::Agreement(it)).err();
        assert_eq!(found, refused.map(|()| Refusal::OutOfRange), "{rule}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Day by day, week by week of the ISO calendar.
    #[test]
    fn weeks_are_counted_as_by_hand(
        first in 0u64..500,
        length in 0u64..200,
        holidays in prop::collection::vec((0u64..600, 0u64..20), 0..6),
        ill in (0u64..600, 0u64..30),
    ) {
        let start = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let date = |days: u64| Day(start + chrono::Days::new(days));
        let mut play = Play::new();
        let free: Vec<_> = holidays.iter().map(|(from, days)| (date(*from), date(from + days))).collect();
        let holiday = |(from, to): &(Day, Day)| Holiday { title: words("holiday"), from: *from, to: *to };
        let holidays = free.iter().map(holiday).collect();
        play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays }));
        let (from, to) = (date(ill.0), date(ill.0 + ill.1));
        let reason = AbsenceReason::Illness;
        let absence = Absence { absence: AbsenceId([1; 16]), from, to, reason, withdrawn: false };
        let report = play.put(LEARNER, &Body::Absence(absence));
        play.rules(report, true);

        let is_free = |day: Day| free.iter().any(|(from, to)| *from <= day && day <= *to);
        let is_ill = |day: Day| from <= day && day <= to;
        let mut weeks: BTreeMap<(i32, u32), Vec<(bool, Day)>> = BTreeMap::new();
        for days in 0..900 {
            let day = date(days);
            if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                let touched = (first..=first + length).contains(&days);
                let week = (day.iso_week().year(), day.iso_week().week());
                weeks.entry(week).or_default().push((touched, day));
            }
        }
        let counted: usize = weeks.values().map(|week| {
            let touched: Vec<Day> = week.iter().filter(|(it, _)| *it).map(|(_, day)| *day).collect();
            let is_out = week.iter().all(|(_, day)| is_free(*day)) || touched.iter().all(|day| is_ill(*day));
            if is_out { 0 } else { touched.len() }
        }).sum();
        let found = accountable(play.dossier(), date(first), date(first + length));
        prop_assert_eq!(found as usize, counted);
    }
}
