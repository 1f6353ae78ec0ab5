//! Periods of people that are known ahead: an announced end, a beginning that is still to come, a reader for a while
//! (A1, A16). The school's order and the school's clock decide, not what a phone claims.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Body, ConfirmationRequest, Dossier, Feedback, Finding, HoursConfirmation, Level, Link,
    LinkEnded, Moment, Placed, Refusal, Role, Seen,
};
use dubbelspoor_domain::event::Short;
use dubbelspoor_domain::id::{EntryId, EventHash, LinkId, PersonId};
use dubbelspoor_domain::reminder::Pending;
use dubbelspoor_domain::signals::Thresholds;
use dubbelspoor_domain::wire::{Code, Ruled, Verdict};
use support::{
    ADMINISTRATOR, COACH, DAY, LEARNER, MENTOR, NOW, Play, READER, STRANGER, Said, certificate,
    confirmation, day, device, entry,
};

const ENTRY: EntryId = EntryId([44; 16]);
/// The links of the mentor, the coach and the reader, by their numbers.
const MENTORS: LinkId = LinkId([2; 16]);
const COACHES: LinkId = LinkId([4; 16]);
const READERS: LinkId = LinkId([8; 16]);
const NEW: LinkId = LinkId([70; 16]);
const PUT_ASIDE: (Verdict, Option<Code>) = (Verdict::Quarantined, Some(Code::NotLinked));

/// Noon of a day of November 2026.
fn noon(of: u32) -> u64 {
    NOW + 3 * support::HOUR + u64::from(of) * DAY - 23 * DAY
}

fn ends(link: LinkId, to: u32) -> Body {
    Body::LinkEnded(LinkEnded { link, to: day(to) })
}

fn begins(person: PersonId, role: Role, from: u32, to: Option<u32>) -> Body {
    Body::Link(Link { link: NEW, person, role, from: day(from), to: to.map(day) })
}

fn said(text: &str) -> Body {
    Body::Feedback(Feedback { entry: None, text: text.into() })
}

fn confirms(version: EventHash) -> Body {
    Body::Confirmation(confirmation(ENTRY, version, Finding::Reached(Level::WithHelp)))
}

/// A leertraject in which the learner asked a confirmation of any mentor on the 23rd.
fn asked() -> (Play, EventHash) {
    let mut play = Play::new();
    play.desk.registered.insert(
        device(STRANGER, false).public().id(),
        certificate(device(STRANGER, false).public(), STRANGER),
    );
    let version = play.put(LEARNER, &Body::Entry(entry(ENTRY, "moved pallets")));
    let goals = vec![Asked { goal: "G1".into(), proposed: None }];
    let request = ConfirmationRequest { entry: ENTRY, version, goals, to: None };
    play.put(LEARNER, &Body::ConfirmationRequest(request));
    (play, version)
}

/// Arrives at noon of a day, as written at another noon on a device that had seen this.
fn arrives(
    play: &mut Play,
    on: u32,
    claims: u32,
    by: PersonId,
    seen: (u64, Short),
    it: &Body,
) -> Ruled {
    play.desk.now = noon(on);
    let event = play.seal(by, Said { at: noon(claims), seen, ..Said::by(by, 0) }, it);
    play.desk.receive(&event.raw())
}

fn ruled(it: &Ruled) -> (Verdict, Option<Code>) {
    (it.verdict, it.code)
}

fn shows(play: &Play, to: PersonId, hash: EventHash) -> bool {
    let row = play.desk.rows.iter().find(|it| it.hash == hash).unwrap();
    play.dossier().visible(to, &row.placed().unwrap())
}

fn is_mentor(it: &Dossier, person: PersonId, on: u32) -> bool {
    it.links.current(Role::Mentor, day(on)).any(|it| it == person)
}

#[test]
fn a16_an_announced_end_counts_from_the_day_after_it() {
    let (mut play, version) = asked();
    play.put(COACH, &ends(MENTORS, 27));
    let seen = play.desk.checkpoint();
    for on in [23, 27] {
        assert!(is_mentor(play.dossier(), MENTOR, on));
        assert_eq!(
            Pending::of(play.dossier(), MENTOR, Thresholds::default(), day(on)).to_confirm,
            1
        );
    }
    assert!(!is_mentor(play.dossier(), MENTOR, 28));
    assert_eq!(Pending::of(play.dossier(), MENTOR, Thresholds::default(), day(28)).to_confirm, 0);
    let given = arrives(&mut play, 27, 27, MENTOR, seen, &confirms(version));
    assert_eq!(ruled(&given), (Verdict::Accepted, None), "rights until the last day");
    let on_the_last_day = play.put(LEARNER, &said("dank u"));
    play.desk.now = noon(28);
    let afterwards = play.put(LEARNER, &said("nu voor iemand anders"));
    assert!(shows(&play, MENTOR, on_the_last_day), "and what came in until then is seen");
    assert!(!shows(&play, MENTOR, afterwards), "nothing of what came after");
    assert!(shows(&play, COACH, afterwards));
    let on = |on| play.dossier().permit(MENTOR, Moment::on(day(on)), &said("x")).map(drop);
    assert_eq!((on(27), on(28)), (Ok(()), Err(Refusal::NotLinked)), "the phone says so as well");
}

#[test]
fn a16_a_clock_that_is_set_back_gives_no_rights_again() {
    let (mut play, version) = asked();
    play.put(COACH, &ends(MENTORS, 25));
    let seen = play.desk.checkpoint();
    let honest = arrives(&mut play, 26, 26, MENTOR, seen, &said("te laat"));
    assert_eq!(ruled(&honest), PUT_ASIDE, "written after the last day");
    // A device that quotes an old checkpoint and an old day: evidence waits for a coach, hours are put aside for one.
    let late = arrives(&mut play, 26, 24, MENTOR, seen, &confirms(version));
    assert_eq!(ruled(&late), (Verdict::Waiting, Some(Code::LinkEnded)));
    let entries = vec![Seen { entry: ENTRY, version }];
    let hours = Body::HoursConfirmation(HoursConfirmation { entries });
    let late = arrives(&mut play, 26, 24, MENTOR, seen, &hours);
    assert_eq!(ruled(&late), (Verdict::Quarantined, Some(Code::LinkEnded)));
    // What the school took in on the 26th was seen: it was written after that, whatever the clock says.
    play.put(LEARNER, &said("op de 26ste"));
    let seen = play.desk.checkpoint();
    for it in [&confirms(version), &said("op tijd, echt")] {
        let proven = arrives(&mut play, 27, 24, MENTOR, seen, it);
        assert_eq!(ruled(&proven), PUT_ASIDE, "proves to be of a later day than it claims");
    }
}

#[test]
fn a16_who_steered_until_a_day_lets_nobody_in_after_it() {
    let (mut play, _) = asked();
    play.put(ADMINISTRATOR, &ends(COACHES, 25));
    let seen = play.desk.checkpoint();
    let before =
        arrives(&mut play, 25, 25, COACH, seen, &begins(STRANGER, Role::Teacher, 25, None));
    assert_eq!(ruled(&before), (Verdict::Accepted, None));
    for it in [begins(COACH, Role::Coach, 24, None), ends(MENTORS, 24)] {
        let late = arrives(&mut play, 26, 24, COACH, seen, &it);
        assert_eq!(ruled(&late), (Verdict::Quarantined, Some(Code::LinkEnded)), "{it:?}");
    }
    assert!(!play.dossier().is_guided_by(COACH, day(26)));
    assert!(is_mentor(play.dossier(), MENTOR, 26));
}

#[test]
fn a16_an_end_of_today_or_earlier_counts_at_once_as_it_always_did() {
    for last in [20, 23] {
        let (mut play, version) = asked();
        play.put(COACH, &ends(MENTORS, last));
        let seen = play.desk.checkpoint();
        let after = play.put(LEARNER, &said("meteen daarna"));
        assert!(!shows(&play, MENTOR, after));
        assert!(!is_mentor(play.dossier(), MENTOR, 23));
        let given = arrives(&mut play, 23, 23, MENTOR, seen, &confirms(version));
        assert_eq!(ruled(&given), PUT_ASIDE);
    }
}

#[test]
fn a16_an_announced_end_is_moved_until_it_has_come_and_revives_nothing_after() {
    let (mut play, _) = asked();
    let last = |play: &Play| {
        play.dossier().links.all().find(|it| it.link.link == MENTORS).unwrap().last_day()
    };
    play.put(COACH, &ends(MENTORS, 25));
    play.put(COACH, &ends(MENTORS, 27));
    assert_eq!(last(&play), Some(day(27)), "put off");
    play.put(COACH, &ends(MENTORS, 26));
    assert_eq!(last(&play), Some(day(26)), "brought forward");
    let of_the_26th = {
        play.desk.now = noon(26);
        play.put(LEARNER, &said("de laatste dag"))
    };
    play.desk.now = noon(27);
    play.put(ADMINISTRATOR, &ends(MENTORS, 29));
    assert!(!is_mentor(play.dossier(), MENTOR, 27), "what is over does not begin again");
    let after = play.put(LEARNER, &said("daarna"));
    assert!(shows(&play, MENTOR, of_the_26th) && !shows(&play, MENTOR, after));
    // Stopped at once, an older announcement that still comes in gives nothing back.
    let (mut play, _) = asked();
    play.put(COACH, &ends(MENTORS, 23));
    play.put(ADMINISTRATOR, &ends(MENTORS, 29));
    let after = play.put(LEARNER, &said("daarna"));
    assert!(!shows(&play, MENTOR, after) && !is_mentor(play.dossier(), MENTOR, 23));
    assert_eq!(last(&play), Some(day(23)));
}

#[test]
fn a16_an_end_that_arrives_before_its_beginning_is_announced_as_well() {
    for (to, sees) in [(28, true), (22, false)] {
        let mut play = Play::new();
        play.put(COACH, &ends(NEW, to));
        play.put(COACH, &begins(STRANGER, Role::Mentor, 22, None));
        let after = play.put(LEARNER, &said("vandaag"));
        assert_eq!(shows(&play, STRANGER, after), sees, "until the {to}th");
        assert_eq!(is_mentor(play.dossier(), STRANGER, 23), sees);
        assert!(!is_mentor(play.dossier(), STRANGER, 29));
    }
}

#[test]
fn a1_who_begins_later_reads_ahead_and_writes_from_the_first_day_on() {
    let (mut play, version) = asked();
    let before = play.desk.rows.last().unwrap().hash;
    play.put(COACH, &begins(STRANGER, Role::Mentor, 30, None));
    let seen = play.desk.checkpoint();
    assert!(shows(&play, STRANGER, before), "the invitation may be used before");
    assert!(play.dossier().links.may_read(STRANGER, day(23)));
    let link = play.dossier().links.all().find(|it| it.link.link == NEW).unwrap();
    assert!(!link.has_begun(day(29)) && link.has_begun(day(30)) && !link.is_over(day(23)));
    assert!(!is_mentor(play.dossier(), STRANGER, 29) && is_mentor(play.dossier(), STRANGER, 30));
    let early = arrives(&mut play, 29, 29, STRANGER, seen, &confirms(version));
    assert_eq!(ruled(&early), PUT_ASIDE, "not yet");
    let early = arrives(&mut play, 29, 30, STRANGER, seen, &said("ik ben er al"));
    assert_eq!(ruled(&early), PUT_ASIDE, "a clock that runs ahead begins nothing");
    let given = arrives(&mut play, 30, 30, STRANGER, seen, &confirms(version));
    assert_eq!(ruled(&given), (Verdict::Accepted, None));
    let behind = arrives(&mut play, 30, 29, STRANGER, seen, &said("mijn klok loopt achter"));
    assert_eq!(ruled(&behind), (Verdict::Accepted, None), "one that is behind stops nobody");
    let on = |on| play.dossier().permit(STRANGER, Moment::on(day(on)), &said("x")).map(drop);
    assert_eq!((on(29), on(30)), (Err(Refusal::NotLinked), Ok(())));
}

#[test]
fn a1_a_link_that_had_begun_asks_no_clock() {
    let play = Play::new();
    // A phone whose clock stands years back still shows and keeps the work of everybody who has no period.
    let back = Day("2020-01-01".parse().unwrap());
    assert!(play.dossier().links.current(Role::Mentor, back).any(|it| it == MENTOR));
    assert!(play.dossier().permit(LEARNER, Moment::on(back), &said("oude klok")).is_ok());
}

#[test]
fn a1_a_beginning_that_does_not_happen_gives_nothing() {
    let (mut play, _) = asked();
    play.put(COACH, &begins(STRANGER, Role::Mentor, 27, None));
    let link = play.dossier().links.all().find(|it| it.link.link == NEW).unwrap().clone();
    let too_early = LinkEnded { link: NEW, to: day(25) };
    let refused = play.dossier().permit(COACH, Moment::HERE, &Body::LinkEnded(too_early));
    assert_eq!(refused.err(), Some(Refusal::OutOfRange));
    play.put(COACH, &Body::LinkEnded(link.stopped(day(23))));
    assert!(play.dossier().links.all().any(|it| it.link.link == NEW && it.never_was()));
    let after = play.put(LEARNER, &said("toch niet"));
    assert!(!shows(&play, STRANGER, after));
    assert!((23..30).all(|on| !is_mentor(play.dossier(), STRANGER, on)));
}

#[test]
fn a1_a_reader_for_a_period_reads_in_it_and_not_outside_of_it() {
    let (mut play, _) = asked();
    play.put(COACH, &begins(STRANGER, Role::Reader, 24, Some(25)));
    let may = |play: &Play, on| play.dossier().links.may_read(STRANGER, day(on));
    assert_eq!([23, 24, 25, 26].map(|on| may(&play, on)), [false, true, true, false]);
    play.desk.now = noon(25);
    let on_the_last_day = play.put(LEARNER, &said("de inspectie is er"));
    play.desk.now = noon(26);
    let after = play.put(LEARNER, &said("de inspectie is weg"));
    assert!(shows(&play, STRANGER, on_the_last_day) && !shows(&play, STRANGER, after));
    // Longer than planned, told in time; and a reader without a period reads on until they are stopped.
    assert!(play.dossier().links.may_read(READER, day(26)));
    play.put(COACH, &ends(READERS, 28));
    assert_eq!([28, 29].map(|on| play.dossier().links.may_read(READER, day(on))), [true, false]);
    // Whoever did their work here keeps what was theirs.
    play.put(COACH, &ends(MENTORS, 26));
    assert!(play.dossier().links.may_read(MENTOR, day(30)));
    let nobody = PersonId([99; 16]);
    assert!(!play.dossier().links.may_read(nobody, day(26)));
}

#[test]
fn a16_a_change_of_mentor_that_is_announced_a_week_before_orphans_nothing() {
    let (mut play, version) = asked();
    play.put(COACH, &ends(MENTORS, 27));
    play.put(COACH, &begins(STRANGER, Role::Mentor, 28, None));
    let waits = |play: &Play, who, on| {
        Pending::of(play.dossier(), who, Thresholds::default(), day(on)).to_confirm
    };
    for on in 23..=30 {
        let mentors: Vec<PersonId> = play.dossier().links.current(Role::Mentor, day(on)).collect();
        let who = if on <= 27 { MENTOR } else { STRANGER };
        assert_eq!(mentors, [who], "on the {on}th");
        assert_eq!(waits(&play, who, on), 1, "what was asked waits for whoever is there");
    }
    let seen = play.desk.checkpoint();
    let given = arrives(&mut play, 28, 28, STRANGER, seen, &confirms(version));
    assert_eq!(ruled(&given), (Verdict::Accepted, None), "what was asked of the one before");
    assert_eq!(waits(&play, STRANGER, 28), 0);
    let at: Vec<PersonId> = play.dossier().confirmations.all().map(|it| it.by).collect();
    assert_eq!(at, [STRANGER]);
}

/// The same line for every reader, however the rows come: it hangs on the school's order alone.
#[test]
fn a16_where_the_line_is_drawn_is_in_the_rows() {
    let (mut play, _) = asked();
    play.put(COACH, &ends(MENTORS, 24));
    let mut of_day = Vec::new();
    for on in [24, 25] {
        play.desk.now = noon(on);
        of_day.push(play.put(LEARNER, &said("x")));
    }
    let row = |hash| play.desk.rows.iter().find(|it| it.hash == hash).unwrap();
    let (seen, hidden) = (row(of_day[0]), row(of_day[1]));
    // A claimed time moves nothing across it: the one that counts is the school's.
    let hidden = hidden.placed().unwrap();
    let backdated = Placed { at: seen.placed().unwrap().at, ..hidden };
    assert!(!play.dossier().visible(MENTOR, &backdated));
    assert!(play.dossier().visible(MENTOR, &seen.placed().unwrap()));
}

#[test]
fn a16_only_what_had_not_begun_can_be_called_off() {
    let (mut play, _) = asked();
    let refused = |play: &Play, it: &Body| play.dossier().permit(COACH, Moment::HERE, it).err();
    let first = play.dossier().links.all().find(|it| it.link.link == MENTORS).unwrap().link.from;
    let before = Day(first.pred_opt().unwrap());
    let gone = Body::LinkEnded(LinkEnded { link: MENTORS, to: before });
    assert_eq!(refused(&play, &gone), Some(Refusal::OutOfRange), "who trained here did");
    play.desk.now = noon(23);
    play.put(COACH, &begins(STRANGER, Role::Mentor, 26, None));
    assert_eq!(refused(&play, &ends(NEW, 25)), None);
    assert_eq!(refused(&play, &ends(NEW, 24)), Some(Refusal::OutOfRange));
}
