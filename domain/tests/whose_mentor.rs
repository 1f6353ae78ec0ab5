//! To which mentor work falls (A3, A6, D1): to who trains where it was done, and never to nobody.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    Asked, Body, ConfirmationRequest, Entry, Feedback, Goal, Link, LinkEnded, MentorConditions,
    MentorTraining, Moment, Place, Refusal, Role, Stay, Workplace,
};
use dubbelspoor_domain::id::{EntryId, LinkId, PersonId, WorkplaceId};
use dubbelspoor_domain::reminder::Pending;
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use dubbelspoor_domain::{Added, hours};
use support::{COACH, LEARNER, MENTOR, NOW, Play, Said, day, entry, goal};

const SECOND: PersonId = PersonId([77; 16]);
const DOCK: WorkplaceId = WorkplaceId([1; 16]);
const SHOP: WorkplaceId = WorkplaceId([2; 16]);

fn trains(mentor: PersonId, at: &[WorkplaceId]) -> Body {
    let workplaces = Added(at.to_vec());
    let training = MentorTraining::Done;
    Body::MentorConditions(MentorConditions { mentor, years: 5, training, on: None, workplaces })
}

fn workplace(workplace: WorkplaceId, from: u32, to: Option<u32>) -> Body {
    let stays = vec![Stay { from: day(from), to: to.map(day), when: String::new() }];
    let (company, site) = ("Noord".into(), String::new());
    Body::Workplace(Workplace { workplace, company, site, recognition: None, stays, goals: vec![] })
}

/// Said by the coach, later than all before: of two the last stands.
fn tells(play: &mut Play, it: &Body) {
    let at = NOW + 1_000 * play.desk.rows.len() as u64;
    let event = play.seal(COACH, Said { at, ..Said::by(COACH, 0) }, it);
    play.desk.now = play.desk.now.max(at);
    assert!(play.desk.receive(&event.raw()).position.is_some());
}

/// Two mentors, and a learner who was at the dock until the 15th and in the shop from the 16th on.
fn rotating() -> Play {
    let mut play = Play::new();
    let (link, role) = (LinkId([70; 16]), Role::Mentor);
    play.put(COACH, &Body::Link(Link { link, person: SECOND, role, from: day(2), to: None }));
    tells(&mut play, &workplace(DOCK, 2, Some(15)));
    tells(&mut play, &workplace(SHOP, 16, None));
    play
}

/// Work of a day, for which a confirmation is asked.
fn asks(play: &mut Play, on: u32, place: Place, to: Option<PersonId>) {
    let it = EntryId([u8::try_from(on).unwrap(); 16]);
    let done = Entry { day: day(on), place, ..entry(it, "gedaan") };
    let version = play.put(LEARNER, &Body::Entry(done));
    let goals = vec![Asked { goal: "G1".into(), proposed: None }];
    let request = ConfirmationRequest { entry: it, version, goals, to };
    play.put(LEARNER, &Body::ConfirmationRequest(request));
}

/// The days of what waits for both mentors, as of the 23rd.
fn wait(play: &Play) -> [Vec<u32>; 2] {
    [MENTOR, SECOND].map(|who| {
        let all = play.dossier().waiting_for(who, day(23));
        let count = Pending::of(play.dossier(), who, Thresholds::default(), day(23)).to_confirm;
        let is_mentor = play.dossier().links.current(Role::Mentor, day(23)).any(|it| it == who);
        assert_eq!(count, if is_mentor { all.len() } else { 0 }, "reminders tell the same");
        all.iter().map(|it| chrono::Datelike::day(&*it.version.content.day)).collect()
    })
}

#[test]
fn a6_in_rotation_work_falls_to_the_mentor_of_where_it_was_done() {
    let mut play = rotating();
    asks(&mut play, 9, Place::Workplace, None);
    asks(&mut play, 17, Place::Workplace, None);
    assert_eq!(wait(&play), [[9, 17], [9, 17]], "who names no workplace trains at all of them");
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    assert_eq!(wait(&play), [vec![9], vec![9, 17]]);
    tells(&mut play, &trains(SECOND, &[SHOP]));
    assert_eq!(wait(&play), [[9], [17]]);
    tells(&mut play, &trains(SECOND, &[SHOP, DOCK]));
    assert_eq!(wait(&play), [vec![9], vec![9, 17]], "at several");
    asks(&mut play, 18, Place::School, None);
    tells(&mut play, &trains(SECOND, &[SHOP]));
    assert_eq!(wait(&play), [[9, 18], [17, 18]], "what was done at school goes to all, as before");
}

#[test]
fn a6_at_two_workplaces_at_once_work_falls_to_both_mentors() {
    let mut play = rotating();
    tells(&mut play, &workplace(DOCK, 2, None));
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    tells(&mut play, &trains(SECOND, &[SHOP]));
    asks(&mut play, 9, Place::Workplace, None);
    asks(&mut play, 17, Place::Workplace, None);
    assert_eq!(wait(&play), [vec![9, 17], vec![17]]);
}

#[test]
fn a3_work_that_falls_to_nobody_falls_to_every_mentor() {
    let mut play = rotating();
    tells(&mut play, &trains(MENTOR, &[SHOP]));
    tells(&mut play, &trains(SECOND, &[SHOP]));
    asks(&mut play, 9, Place::Workplace, None);
    assert_eq!(wait(&play), [[9], [9]], "nobody trains at the dock");
    tells(&mut play, &trains(SECOND, &[DOCK]));
    asks(&mut play, 1, Place::Workplace, None);
    assert_eq!(wait(&play), [vec![1], vec![1, 9]], "of the 1st no workplace is known");
    let unknown = WorkplaceId([9; 16]);
    tells(&mut play, &trains(SECOND, &[unknown]));
    assert_eq!(wait(&play), [[1, 9], [1, 9]], "a workplace that is not there is nobody's");
}

#[test]
fn a16_who_takes_a_workplace_over_gets_what_still_waits_there() {
    let mut play = rotating();
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    tells(&mut play, &trains(SECOND, &[SHOP]));
    asks(&mut play, 9, Place::Workplace, None);
    asks(&mut play, 12, Place::Workplace, Some(MENTOR));
    assert_eq!(wait(&play), [vec![9, 12], vec![]]);
    play.put(COACH, &Body::LinkEnded(LinkEnded { link: LinkId([2; 16]), to: day(23) }));
    let left = wait(&play)[1].clone();
    assert_eq!(
        left,
        [9, 12],
        "without a mentor at the dock it falls to the other, whoever it was asked of"
    );
    let third = PersonId([78; 16]);
    let (link, role) = (LinkId([71; 16]), Role::Mentor);
    play.put(COACH, &Body::Link(Link { link, person: third, role, from: day(23), to: None }));
    tells(&mut play, &trains(third, &[DOCK]));
    assert_eq!(wait(&play)[1], [0; 0]);
    assert_eq!(play.dossier().waiting_for(third, day(23)).len(), 2, "and to who took over");
}

#[test]
fn d1_what_is_addressed_to_one_mentor_waits_for_that_one_wherever_it_was_done() {
    let mut play = rotating();
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    tells(&mut play, &trains(SECOND, &[SHOP]));
    asks(&mut play, 9, Place::Workplace, Some(SECOND));
    assert_eq!(wait(&play), [vec![], vec![9]]);
}

#[test]
fn a3_a_mentor_is_not_called_silent_about_work_of_another_workplace() {
    let mut play = rotating();
    play.put(MENTOR, &Body::Feedback(Feedback { entry: None, text: "Goed".into() }));
    asks(&mut play, 9, Place::Workplace, None);
    let kinds = |play: &Play| {
        let limits = Thresholds { mentor: 3, unconfirmed: 3, ..Thresholds::default() };
        let all = signals(play.dossier(), limits, day(28));
        [SignalKind::MentorSilent, SignalKind::Unconfirmed]
            .map(|it| all.iter().any(|s| s.kind == it))
    };
    assert_eq!(kinds(&play), [true, true], "SECOND never acted");
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    tells(&mut play, &trains(SECOND, &[SHOP]));
    assert_eq!(kinds(&play), [false, true], "and it still waits, for the other");
}

#[test]
fn d9_hours_fall_to_the_mentor_of_where_they_were_made() {
    let mut play = rotating();
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    tells(&mut play, &trains(SECOND, &[SHOP]));
    for on in [9, 17] {
        asks(&mut play, on, Place::Workplace, None);
    }
    let of = |who| {
        let mut all = hours::unconfirmed(play.dossier());
        all.retain(|(_, it)| play.dossier().falls_to(who, &it.content, day(23)));
        all.iter().map(|(_, it)| it.content.day).collect::<Vec<_>>()
    };
    assert_eq!((of(MENTOR), of(SECOND)), (vec![day(9)], vec![day(17)]));
}

#[test]
fn d8_a_mentor_sees_the_goals_of_their_own_workplaces_coming() {
    let mut play = rotating();
    let Body::Goal(plain) = goal("G1") else { panic!("a goal") };
    let at = |places: &[WorkplaceId]| Goal { workplaces: Added(places.to_vec()), ..plain.clone() };
    let school = Goal { places: vec![Place::School], ..plain.clone() };
    let all = |play: &Play| {
        [at(&[]), at(&[DOCK]), at(&[SHOP]), at(&[DOCK, SHOP]), school.clone()]
            .map(|it| play.dossier().is_trained_by(MENTOR, &it))
    };
    assert_eq!(all(&play), [true, true, true, true, false]);
    tells(&mut play, &trains(MENTOR, &[DOCK]));
    assert_eq!(all(&play), [true, true, false, true, false]);
    let many = trains(MENTOR, &[DOCK; 21]);
    let refused = play.dossier().permit(COACH, Moment::HERE, &many).err();
    assert_eq!(refused, Some(Refusal::OutOfRange));
}

/// What was signed before a mentor's workplaces could be told keeps its bytes and its meaning.
#[test]
fn a6_conditions_of_before_are_of_every_workplace() {
    let named = trains(MENTOR, &[DOCK]).encode();
    let plain = trains(MENTOR, &[]).encode();
    assert_eq!((plain[0], named[0]), (0xa3, 0xa4), "a map of three, and of four");
    let read = Body::decode(trains(MENTOR, &[]).kind(), &plain);
    assert_eq!(read, trains(MENTOR, &[]));
}
