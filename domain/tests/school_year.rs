//! V2: a school year of forty cursisten in three courses, with twenty-five mentors and three coaches: lessons and work,
//! illness, a change of mentor, another workplace, a pause, an early end and a re-start, a reception, plans that three agree to,
//! talks, and a decision at the end, on phones that meet the school now and then. The figures of every dossier equal a
//! calculation of its own, at several moments, and in the end every phone shows what its owner may see of what the school
//! has.
//!
//! `DUBBELSPOOR_SEED=17 cargo test -p dubbelspoor-domain --test school_year -- --nocapture` plays another year.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "school_year/agreed.rs"]
mod agreed;
#[path = "school_year/book.rs"]
mod book;
#[path = "school_year/bound.rs"]
mod bound;
#[path = "school_year/calendar.rs"]
mod calendar;
#[path = "school_year/days.rs"]
mod days;
#[path = "school_year/play.rs"]
mod play;
#[path = "school_year/reasons.rs"]
mod reasons;
#[path = "school_year/still.rs"]
mod still;
#[path = "school_year/sums.rs"]
mod sums;
mod support;
#[path = "school_year/together.rs"]
mod together;
#[path = "school_year/world.rs"]
mod world;
#[path = "school_year/year.rs"]
mod year;

use calendar::{Calendar, at, date};
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Difference, Dossier, EndReason, Matter, ReviewState, Role, TrackResult, TrackState,
};
use dubbelspoor_domain::floor::missing_days;
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::PersonId;
use dubbelspoor_domain::monitoring::{Counted, Monitoring, TrackFigures};
use dubbelspoor_domain::signals::{Thresholds, signals};
use play::{COACHES, LEARNERS, LEAVES, MENTORS, Play, RETURNS, STANDS_STILL};
use std::collections::{BTreeMap, BTreeSet};
use year::Report;

const SEED: u64 = 2_026;

#[test]
fn a_whole_school_year_adds_up_and_all_phones_end_alike() {
    let seed = std::env::var("DUBBELSPOOR_SEED").ok().and_then(|it| it.parse().ok());
    let mut play = Play::begin(seed.unwrap_or(SEED));
    let looks = [(2026, 10, 15), (2026, 12, 1), (2027, 1, 29), (2027, 4, 2), (2027, 6, 30)];
    let looks = looks.map(|(year, month, day)| date(year, month, day));
    let mut compared = 0;
    for day in sums::days(date(2026, 9, 1), date(2027, 6, 30)) {
        play.live(day);
        if looks.contains(&day) {
            compared += (0..LEARNERS).map(|it| compare(&play, it, day)).sum::<usize>();
            compared += compare_year(&play, day);
        }
    }
    // All come home: once to give what they have, once to take what the others gave.
    let summer = date(2027, 7, 5);
    for round in 0..2 {
        (0..play.world.phones.len()).for_each(|it| play.world.sync(it, at(summer, 10 + round, 0)));
    }
    for track in 0..LEARNERS {
        compared += compare(&play, track, summer);
    }
    compared += compare_year(&play, summer);
    let copies = all_phones_end_alike(&play);
    let all: usize = play.world.tracks.iter().map(|it| it.rows.len()).sum();
    it_was_a_real_year(&play);
    println!(
        "{all} events of {LEARNERS} cursisten, {MENTORS} mentors and {COACHES} coaches; \
         {compared} figures are as counted by hand, {copies} copies on phones are alike; \
         the rules refused {} acts on phones, the school put {} aside",
        play.world.refused,
        play.world.tracks.iter().map(|it| it.book.refused()).sum::<usize>(),
    );
}

/// All figures of one dossier on one day; how many there were.
fn compare(play: &Play, track: usize, today: NaiveDate) -> usize {
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
    book: &book::Book,
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

fn compare_what_waits(dossier: &Dossier, book: &book::Book, of: &str) {
    let waiting = dossier.waiting().into_iter().map(|it| {
        let open = it.open.iter().map(|it| it.goal.clone()).collect();
        (it.request.hash, it.entry.entry, open)
    });
    let told: BTreeSet<(_, _, Vec<String>)> = waiting.collect();
    let counted = sums::waiting(book).into_iter().map(|(act, entry, open)| (act.hash, entry, open));
    assert_eq!(told, counted.collect(), "{of}");
}

/// Which plan is agreed, by whom, what changed since, and what was proposed and answered (B3, B4).
fn compare_plan(dossier: &Dossier, book: &book::Book, of: &str) -> usize {
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
fn compare_talks(dossier: &Dossier, book: &book::Book, today: NaiveDate, of: &str) -> usize {
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
fn compare_year(play: &Play, today: NaiveDate) -> usize {
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
    let mut groups = vec![(monitoring.all(), "", all)];
    for (told, counted) in [(monitoring.courses(), courses), (monitoring.workplaces(), workplaces)]
    {
        assert_eq!(told.len(), counted.len(), "on {today}");
        let counted = told.into_iter().zip(counted);
        groups.extend(counted.map(|(told, (name, counted))| (told, name, counted)));
    }
    let compared = groups.len() * 18;
    for (told, name, mut it) in groups {
        let of = format!("{name} on {today}");
        assert_eq!(told.name, name, "{of}");
        let counts = (told.tracks, told.planned, told.running, told.completed);
        assert_eq!(counts, (it.tracks, 0, it.running, it.completed), "{of}");
        let ended = |reason| many(it.ended.iter().filter(|it| **it == reason).count());
        assert_eq!(told.ended, EndReason::ALL.map(ended), "{of}");
        let results = |result| many(it.results.iter().filter(|it| **it == result).count());
        assert_eq!(told.results, TrackResult::ALL.map(results), "{of}");
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

fn many(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

/// Every copy is what its owner may see, folded anew from the school's rows.
fn all_phones_end_alike(play: &Play) -> usize {
    let mut copies = 0;
    for phone in &play.world.phones {
        for (track, replica) in &phone.copies {
            let seen = play.world.tracks[*track].seen_by(phone.person);
            assert!(replica.dossier() == &seen, "{:?} in dossier {track}", phone.person);
            assert_eq!(replica.counts().here, 0, "{:?} in dossier {track}", phone.person);
            nothing_leaks(replica.dossier(), phone.person);
            copies += 1;
        }
    }
    copies
}

/// What somebody wrote for themselves or for the coaches is on no other phone (C5, C11, D7).
fn nothing_leaks(dossier: &Dossier, owner: PersonId) {
    let holds =
        |role| dossier.links.all().any(|it| it.link.role == role && it.link.person == owner);
    let (learns, guides) = (holds(Role::Learner), holds(Role::Coach));
    for it in dossier.diary.entries().flat_map(|it| it.history()) {
        assert!(learns || it.content.is_shared(), "{owner:?} reads a private entry");
    }
    for it in dossier.well_being.all() {
        assert!(learns || guides || it.said.to_mentor, "{owner:?} reads how somebody feels");
    }
    assert!(guides || dossier.guiding.notes().is_empty(), "{owner:?} reads a coach's notes");
    for it in dossier.matters.all().filter(|it| matches!(it.what, Matter::Concern(_))) {
        assert!(guides || it.by == owner, "{owner:?} reads a problem that was told to the coaches");
    }
}

/// What the year must have had, so that equal figures mean something.
fn it_was_a_real_year(play: &Play) {
    let seen = |track: usize| play.world.tracks[track].ledger.dossier();
    let mentors = |track: usize| {
        let links = seen(track).links.all();
        links.filter(|it| it.link.role == Role::Mentor).count()
    };
    let left = [LEAVES, RETURNS, STANDS_STILL].map(|it| seen(it).state_on(Day(date(2027, 6, 30))));
    assert_eq!(left, [TrackState::EndedEarly, TrackState::Restarted, TrackState::Paused]);
    let stops = seen(RETURNS).guiding.pauses().len() + seen(RETURNS).guiding.ends().len();
    assert_eq!(stops, 3, "a pause, an end and a pause");
    assert!((0..LEARNERS).any(|it| seen(it).guiding.last_visit().is_some()), "coaches visit");
    assert_eq!(seen(LEAVES).agreements.all().filter(|it| it.ended.is_some()).count(), 1);
    let forgotten = |it: &usize| {
        let ended = seen(*it).state_on(Day(date(2027, 6, 30))) == TrackState::EndedEarly;
        ended && seen(*it).agreements.all().all(|it| it.ended.is_none())
    };
    assert!((0..LEARNERS).any(|it| forgotten(&it)), "an agreement that nobody ended");
    assert_eq!((seen(RETURNS).agreements.all().count(), mentors(RETURNS)), (2, 2));
    assert_eq!((seen(1).agreements.all().count(), mentors(1)), (1, 2), "another mentor");
    assert_eq!((seen(2).agreements.all().count(), mentors(2)), (2, 2), "another workplace");
    let absences: usize = (0..LEARNERS).map(|it| seen(it).free_days.absences().count()).sum();
    let given: usize = (0..LEARNERS).map(|it| seen(it).confirmations.all().count()).sum();
    let acts = || play.world.tracks.iter().flat_map(|it| &it.book.acts);
    let late = acts().filter(|it| it.waits).count();
    let dismissed = acts().filter(|it| matches!(&it.body, Body::Release(it) if !it.counts)).count();
    let summed =
        (0..LEARNERS).filter(|it| seen(*it).progress().iter().any(|it| it.level.is_some()));
    let two = |it: usize| seen(it).diary.entries().any(|it| it.heads().len() > 1);
    assert!((0..LEARNERS).any(two), "somebody changed an entry on two phones at once");
    assert!(absences > 30, "people are ill: {absences}");
    assert!(given > 1_500, "mentors confirm: {given}");
    assert!(late > 5, "some confirm after their part has ended: {late}");
    assert!(dismissed > 0, "and some of that does not count");
    assert!(summed.count() > LEARNERS / 2, "most reach levels");
    three_met(play);
}

/// Plans were agreed to anew and by two coaches at once, talks were signed, decisions taken.
fn three_met(play: &Play) {
    let books = || play.world.tracks.iter().map(|it| &it.book);
    let agreed: Vec<usize> = books().map(|it| agreed::agreed(it).len()).collect();
    assert!(agreed.iter().filter(|it| **it > 0).count() > LEARNERS / 2, "{agreed:?}");
    assert!(agreed.iter().any(|it| *it > 1), "a plan that changed is agreed to again");
    let acts = || books().flat_map(|it| &it.acts);
    let back = acts().filter(|it| matches!(&it.body, Body::PlanConsent(it) if it.withdrawn));
    assert!(back.count() > 0, "somebody takes a consent back");
    let (mut answers, mut twice) = (BTreeSet::new(), 0);
    for act in acts() {
        if let Body::PlanAnswered(it) = &act.body {
            twice += usize::from(!answers.insert(it.proposal));
        }
    }
    assert!(answers.len() > 20 && twice > 0, "{} proposals, {twice} twice", answers.len());
    let talks: Vec<ReviewState> =
        books().flat_map(|it| agreed::talks(it).into_values().map(|it| it.1)).collect();
    let signed = talks.iter().filter(|it| **it == ReviewState::Agreed).count();
    assert!(signed > LEARNERS && signed < talks.len(), "{signed} of {} talks", talks.len());
    let decided = books().filter(|it| agreed::decided(it).is_some()).count();
    assert!(decided > LEARNERS / 2, "{decided} decisions");
    let done = books().flat_map(|it| year::received(it).into_values()).filter(|it| it.1.is_some());
    let undone = acts().filter(|it| matches!(&it.body, Body::ReceptionTicked(it) if it.undone));
    assert!(done.count() > LEARNERS && undone.count() > 0, "the first days are gone through");
    let mut reasons: Vec<EndReason> = Vec::new();
    for act in acts() {
        if let Body::EarlyEnd(it) = &act.body
            && !reasons.contains(&it.reason)
        {
            reasons.push(it.reason);
        }
    }
    assert!(reasons.len() > 3, "people stop for {reasons:?}");
}
