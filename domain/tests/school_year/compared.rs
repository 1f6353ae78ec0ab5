//! The product's figures beside those that are counted from the book.

use crate::book::Book;
use crate::calendar::Calendar;
use crate::play::Play;
use crate::year::Report;
use crate::{agreed, bound, reasons, still, sums, year};
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Difference, Dossier, EndReason, JobOutcome, LearnerStatus, TrackResult,
};
use dubbelspoor_domain::floor::missing_days;
use dubbelspoor_domain::hours;
use dubbelspoor_domain::monitoring::{Counted, Monitoring, TrackFigures};
use dubbelspoor_domain::signals::{Thresholds, signals};
use std::collections::{BTreeMap, BTreeSet};

/// All figures of one dossier on one day; how many there were.
pub(crate) fn compare(play: &Play, track: usize, today: NaiveDate) -> usize {
    let it = &play.world.tracks[track];
    let (dossier, book, calendar) = (it.ledger.dossier(), &it.book, &play.calendar);
    let of = format!("dossier {track} on {today}");
    let mut compared = 0;
    assert_eq!(dossier.agreements.all().count(), book.agreements().len(), "{of}");
    for agreement in book.agreements() {
        let told = hours::yearly(dossier, agreement, Day(today));
        let told = sums::Figures {
            done: told.done,
            confirmed: told.confirmed,
            so_far: told.so_far,
            all: told.all,
            average: told.average(),
            confirmed_average: told.confirmed_average(),
            projection: told.projection(),
            missing: told.missing(),
            over: told.over(),
        };
        assert_eq!(told, sums::figures(book, calendar, agreement, today), "{of}");
        compared += 9;
    }
    let year = hours::told_between(dossier, Day(sums::first()), Day(today));
    let (work, school) = sums::worked(book, sums::first(), today);
    assert_eq!((year.workplace, year.school), (work, school), "{of}");
    let share = (work + school > 0).then(|| work * 100 / (work + school));
    assert_eq!(year.workplace_share(), share, "{of}");
    let used = hours::training_days(dossier, Day(today));
    let used = used.map(|it| it.into_iter().map(|it| it.0).collect::<Vec<_>>());
    assert_eq!(used, bound::training_days(book, today), "{of}");
    let uncovered = hours::without_agreement(dossier).into_iter().map(|it| it.entry);
    assert_eq!(uncovered.collect::<BTreeSet<_>>(), bound::without_agreement(book), "{of}");
    let free = hours::on_holidays(dossier).into_iter().map(|it| it.entry);
    assert_eq!(free.collect::<BTreeSet<_>>(), bound::on_holidays(book, calendar), "{of}");
    let progress = dossier.progress();
    assert_eq!(progress.len(), agreed::plan(book).len(), "{of}");
    for goal in &progress {
        let told = sums::Reached {
            entries: goal.entries,
            minutes: goal.minutes,
            last_day: goal.last_day.map(|it| it.0),
            self_rating: goal.self_rating,
            best: goal.best,
            level: goal.level,
            findings: goal.evidence.len(),
        };
        assert_eq!(told, sums::reached(book, &goal.goal.goal), "{of}, {}", goal.goal.goal);
        compared += 7;
    }
    compare_what_waits(dossier, book, &of);
    compare_surveys(dossier, book, &of);
    compared += compare_plan(dossier, book, &of);
    compared += compare_talks(dossier, book, today, &of);
    let mut told: Vec<reasons::Reason> = signals(dossier, Thresholds::default(), Day(today))
        .into_iter()
        .filter(|it| reasons::COUNTED.contains(&it.kind))
        .map(|it| (it.kind, it.since.0, it.days))
        .collect();
    compare_standing_still(dossier, book, calendar, today, &of);
    let mut counted = reasons::reasons(book, calendar, today);
    told.sort();
    counted.sort();
    assert_eq!(told, counted, "{of}");
    compared + 9 + reasons::COUNTED.len()
}

/// Where it stands (A9), and what it asks for while it goes on (A8, C10, F5).
fn compare_standing_still(
    dossier: &Dossier,
    book: &Book,
    calendar: &Calendar,
    today: NaiveDate,
    of: &str,
) {
    assert_eq!(dossier.state_on(Day(today)), still::state(book, today), "{of}");
    let missing = missing_days(dossier, Day(today)).into_iter().map(|it| it.0);
    let missing: Vec<NaiveDate> = missing.collect();
    assert_eq!(missing, still::missing_days(book, calendar, today), "{of}");
    let short = hours::short_weeks(dossier, Day(today)).into_iter().map(|it| (it.0.0, it.1));
    let short: Vec<_> = short.collect();
    assert_eq!(short, still::short_weeks(book, calendar, today), "{of}");
    let months = hours::months(dossier, Day(today)).into_iter();
    let months: Vec<_> = months.map(|it| (it.from.0, it.planned, it.done)).collect();
    assert_eq!(months, still::months(book, calendar, today), "{of}");
}

fn compare_what_waits(dossier: &Dossier, book: &Book, of: &str) {
    let waiting = dossier.waiting().into_iter().map(|it| {
        let open = it.open.iter().map(|it| it.goal.clone()).collect();
        (it.request.hash, it.entry.entry, open)
    });
    let told: BTreeSet<(_, _, Vec<String>)> = waiting.collect();
    let counted = sums::waiting(book).into_iter().map(|(act, entry, open)| (act.hash, entry, open));
    assert_eq!(told, counted.collect(), "{of}");
}

/// What a coach asks of all, and whether it is still there to be filled in (G6).
fn compare_surveys(dossier: &Dossier, book: &Book, of: &str) {
    let mut asked = BTreeMap::new();
    for act in &book.acts {
        if let Body::Survey(it) = &act.body {
            asked.insert(it.survey, it);
        }
    }
    let told = dossier.rules.surveys().map(|it| (it.survey, it));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), asked, "{of}");
}

/// Which plan is agreed, by whom, what changed since, and what was proposed and answered (B3, B4).
fn compare_plan(dossier: &Dossier, book: &Book, of: &str) -> usize {
    let consents = agreed::consents(book);
    for (version, said) in &consents {
        let agreed = agreed::chairs(book, said);
        assert_eq!(dossier.plan_version(*version).agreed, agreed, "{of}, {version:?}");
        let told = dossier.plan_since(*version).map(|it| {
            let pairs = it.into_iter().map(|it| match it {
                Difference::New(now) => (None, now),
                Difference::Changed(before, now) => (Some(before), now),
                Difference::Dropped(_) => panic!("{of}: nobody takes a goal out"),
            });
            pairs.collect::<Vec<_>>()
        });
        assert_eq!(told, agreed::since(book, *version), "{of}, {version:?}");
    }
    assert_eq!(dossier.agreed_plans(), agreed::agreed(book), "{of}");
    let told = dossier.plan_talk.proposals().iter().map(|it| {
        (it.hash, dossier.plan_talk.answer(it.hash).map(|answer| (answer.hash, answer.by)))
    });
    let counted = agreed::proposals(book)
        .into_iter()
        .map(|(proposal, (_, answer))| (proposal, answer.map(|answer| (answer.hash, answer.by))));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), counted.collect(), "{of}");
    2 + 2 * consents.len()
}

/// How far the talks are (E1, E3), what the school said of the goals (E5, E10), and how soon it answers (G10).
fn compare_talks(dossier: &Dossier, book: &Book, today: NaiveDate, of: &str) -> usize {
    let told =
        dossier.reviews.all().map(|it| (it.what.review, (it.what.day.0, dossier.review_state(it))));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), agreed::talks(book), "{of}");
    assert_eq!(dossier.reviews.last_held().map(|it| it.0), agreed::talk_days(book).0, "{of}");
    for goal in agreed::plan(book).into_keys() {
        let told = dossier.evaluations.standing(goal);
        let told = told.map(|it| (it.hash, dossier.evaluations.is_mastered(goal)));
        assert_eq!(told, agreed::evaluated(book, goal), "{of}, {goal}");
    }
    let decided = dossier.evaluations.deliberation().map(|it| (it.hash, it.what.result));
    assert_eq!(decided, agreed::decided(book), "{of}");
    // Of the year, and of the last month alone.
    for from in [sums::first(), today - Days::new(30)] {
        for (counted, concerns) in [(Counted::ReadByAll, false), (Counted::All, true)] {
            let told = dossier.answers_of_school(counted, Day(from), Day(today));
            let told = (told.median(), told.count(), told.waiting);
            let counted = agreed::by_school(book, concerns, from, today).told();
            assert_eq!(told, counted, "{of} from {from}");
        }
    }
    let told = dossier.answers_of_workplace(Day(sums::first()), Day(today));
    let told = (told.median(), told.count(), told.waiting);
    assert_eq!(told, year::by_workplace(book, sums::first(), today).told(), "{of}");
    for (point, (_, on)) in year::received(book) {
        assert_eq!(dossier.received_on(point).map(|it| it.0), on, "{of}");
    }
    18 + dossier.plan.len()
}

/// The figures of the centre: all together, by course, and by workplace (G7).
pub(crate) fn compare_year(play: &Play, today: NaiveDate) -> usize {
    let mut monitoring = Monitoring::new(Day(today), Day(today));
    let (mut all, mut courses, mut workplaces) =
        (Report::default(), BTreeMap::new(), BTreeMap::new());
    for (number, it) in play.world.tracks.iter().enumerate() {
        let dossier = it.ledger.dossier();
        monitoring.add(dossier);
        let own = Report::of(&it.book, today);
        all.add(&own);
        let course = play.courses[number % 3].title;
        courses.entry(course).or_insert_with(Report::default).add(&own);
        let workplace = year::workplace(&it.book);
        workplaces.entry(workplace).or_insert_with(Report::default).add(&own);
        let told = TrackFigures::of(dossier, Day(today), Day(today)).unwrap();
        assert_eq!(told.intake.map(|it| it.0), year::intake(&it.book), "dossier {number}");
    }
    compare_statuses(play, &monitoring);
    let mut groups = vec![(monitoring.all(), "", all)];
    for (told, counted) in [(monitoring.courses(), courses), (monitoring.workplaces(), workplaces)]
    {
        assert_eq!(told.len(), counted.len(), "on {today}");
        let counted = told.into_iter().zip(counted);
        groups.extend(counted.map(|(told, (name, counted))| (told, name, counted)));
    }
    let compared = groups.len() * 26;
    for (told, name, mut it) in groups {
        let of = format!("{name} on {today}");
        assert_eq!(told.name, name, "{of}");
        let counts = (told.tracks, told.planned, told.running, told.completed);
        assert_eq!(counts, (it.tracks, 0, it.running, it.completed), "{of}");
        let ended = |reason| many(it.ended.iter().filter(|it| **it == reason).count());
        assert_eq!(told.ended, EndReason::ALL.map(ended), "{of}");
        let results = |result| many(it.results.iter().filter(|it| **it == result).count());
        assert_eq!(told.results, TrackResult::ALL.map(results), "{of}");
        let later = |outcome| many(it.later.iter().filter(|it| **it == outcome).count());
        assert_eq!((told.over, told.later), (it.over, JobOutcome::ALL.map(later)), "{of}");
        let sums = &told.sums;
        assert_eq!((sums.goals, sums.reached), (it.goals, it.reached), "{of}");
        assert_eq!((sums.visits, sums.contacts), (it.visits, it.contacts), "{of}");
        assert_eq!((sums.worked.workplace, sums.worked.school), it.minutes, "{of}");
        for (told, counted) in
            [(&sums.by_workplace, &mut it.by_workplace), (&sums.by_school, &mut it.by_school)]
        {
            assert_eq!((told.median(), told.count(), told.waiting), counted.told(), "{of}");
        }
    }
    compared
}

/// How many have which status: never fewer than five, nor just one count alone that is missing (A10).
fn compare_statuses(play: &Play, told: &Monitoring) {
    let noted: Vec<_> = play.world.tracks.iter().filter_map(|it| year::status(&it.book)).collect();
    let count = |status| many(noted.iter().filter(|it| **it == status).count());
    let mut shown = LearnerStatus::ALL.map(count).to_vec();
    shown.retain(|it| *it >= 5);
    if shown.len() == LearnerStatus::ALL.len() - 1 {
        let least = shown.iter().min().copied();
        let at = shown.iter().position(|it| Some(*it) == least).unwrap();
        shown.remove(at);
    }
    let told: Vec<u32> = told.statuses().into_iter().filter_map(|it| it.1).collect();
    assert_eq!(told, shown);
    for it in &play.world.tracks {
        assert_eq!(it.ledger.dossier().start.status(), year::status(&it.book));
    }
}

fn many(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}
