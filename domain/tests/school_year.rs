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
#[path = "school_year/aside.rs"]
mod aside;
#[path = "school_year/book.rs"]
mod book;
#[path = "school_year/bound.rs"]
mod bound;
#[path = "school_year/calendar.rs"]
mod calendar;
#[path = "school_year/compared.rs"]
mod compared;
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

use calendar::{at, date};
use compared::{compare, compare_year};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Dossier, EndReason, Matter, ReviewState, Role, TrackState,
};
use dubbelspoor_domain::id::PersonId;
use dubbelspoor_domain::signals::{SignalKind, Thresholds, all_signals};
use play::{COACHES, LEARNERS, LEAVES, MENTORS, Play, RETURNS, STANDS_STILL};
use std::collections::BTreeSet;

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
    play.look_after(date(2027, 7, 2));
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
        let is_shown = it.said.to_mentor && holds(Role::Mentor);
        assert!(learns || guides || is_shown, "{owner:?} reads how somebody feels");
    }
    assert!(guides || dossier.guiding.notes().is_empty(), "{owner:?} reads a coach's notes");
    let told_later = dossier.later_job(Day(date(2027, 7, 5))).is_some();
    let of_coaches = told_later || dossier.start.status().is_some();
    assert!(guides || !of_coaches, "{owner:?} reads what only coaches note (A10, G7)");
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
    let put_off = acts().filter(|it| matches!(it.body, Body::Snoozed(_))).count();
    assert!(put_off > LEARNERS, "coaches put off what they know: {put_off}");
    let told: BTreeSet<SignalKind> = play.world.tracks.iter().flat_map(signals_told).collect();
    let jobs = books().filter(|it| year::later(it, date(2027, 7, 5)).is_some()).count();
    assert!(jobs > LEARNERS / 2, "of most it is known what they do: {jobs}");
    let unprepared = |it: &usize| {
        let told = signals_told(&play.world.tracks[*it]);
        it % 16 == 10 && told.contains(&SignalKind::NoReception)
    };
    assert!((0..LEARNERS).any(|it| unprepared(&it)), "a second workplace without a reception");
    let silent = [SignalKind::MentorSilent, SignalKind::NotJoined];
    assert!(silent.iter().all(|it| told.contains(it)), "{told:?}");
}

fn signals_told(track: &world::Track) -> Vec<SignalKind> {
    let dossier = track.ledger.dossier();
    let days = [date(2027, 1, 29), date(2027, 6, 28)].into_iter();
    let all = days.flat_map(|it| all_signals(dossier, Thresholds::default(), Day(it)));
    all.map(|it| it.kind).collect()
}
