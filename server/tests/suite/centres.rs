//! Several centres on one server, strictly apart (A14), and inviting on a screen (A15): by hand-made requests, past any app.

use super::handover::today;
use crate::on_both_databases;
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{School, entry, goal, link, secret, track};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Link, Person, Role, Setting, ThresholdsSet};
use dubbelspoor_domain::event::Header;
use dubbelspoor_domain::id::{DossierId, PersonId, ReplicaId};
use dubbelspoor_domain::wire::{
    Begin, EnrolledList, HeadsReply, InviteFor, Invited, Message, Revoke, Verdict, path,
};
use dubbelspoor_server::{centre, random};
use hyper::StatusCode;

on_both_databases! {
    nobody_of_one_centre_reads_or_writes_anything_of_another
    nobody_of_one_centre_invites_or_stops_anybody_of_another
    nobody_invites_who_will_guide_elsewhere
    an_invitation_on_a_screen_lets_somebody_in
    a_coach_begins_a_leertraject_and_everybody_belongs_to_the_centre
    who_runs_it_looks_after_devices_and_nobody_else
    only_administrators_are_told_who_belongs_to_a_centre
}

/// A centre with an administrator, and a leertraject with a learner, a mentor and a coach.
pub(crate) struct House {
    pub(crate) centre: DossierId,
    pub(crate) track: DossierId,
    pub(crate) administrator: Phone,
    pub(crate) learner: Phone,
    pub(crate) mentor: PersonId,
    pub(crate) coach: Phone,
}

impl House {
    pub(crate) async fn build(school: &School, name: &str) -> House {
        let house = centre::begin(&school.server, name).await.unwrap();
        let [administrator, learner, mentor, coach] = [(); 4].map(|()| PersonId(random().unwrap()));
        let first = [(administrator, "Mieke", Role::Administrator)];
        centre::add(&school.server, house, None, &first).await.unwrap();
        let track_of = DossierId(random().unwrap());
        let people = [
            (learner, "Amir", Role::Learner),
            (mentor, "Jef", Role::Mentor),
            (coach, "An", Role::Coach),
        ];
        centre::add(&school.server, track_of, Some(house), &people).await.unwrap();
        school.write(track_of, &[track(), goal()]).await;
        let mut it = House {
            centre: house,
            track: track_of,
            administrator: school.phone(administrator).await,
            learner: school.phone(learner).await,
            coach: school.phone(coach).await,
            mentor,
        };
        it.administrator.sync(house).await.unwrap();
        it.coach.sync(track_of).await.unwrap();
        it
    }
}

async fn two(place: Place) -> (School, House, House) {
    let school = School::open(place).await;
    let (one, other) =
        (House::build(&school, "CVO Een").await, House::build(&school, "Syntra Twee").await);
    (school, one, other)
}

async fn invite(by: &Phone, dossier: DossierId, person: PersonId) -> StatusCode {
    let signed = by.signed(&InviteFor { dossier, person });
    by.post(path::INVITE, signed).await.unwrap().status
}

async fn dossiers(of: &Phone) -> Vec<DossierId> {
    let heads = of.get(path::HEADS).await.unwrap();
    let heads = HeadsReply::from_bytes(&heads.body).unwrap().heads;
    heads.into_iter().map(|it| it.dossier).collect()
}

async fn nobody_of_one_centre_reads_or_writes_anything_of_another(place: Place) {
    let (_school, one, other) = two(place).await;
    let set = Body::ThresholdsSet(ThresholdsSet { values: vec![Setting { number: 1, value: 1 }] });
    let named = Body::Person(Person { person: other.mentor, name: "Niemand".into() });
    let me = one.administrator.person;
    let written = [
        (other.centre, &set),
        (other.centre, &named),
        (other.centre, &link(me, Role::Administrator)),
        (other.track, &named),
        (other.track, &link(me, Role::Coach)),
        (other.track, &entry("niet van hier")),
    ];
    for mut by in [one.administrator, one.coach, one.learner] {
        let mut own = dossiers(&by).await;
        own.retain(|it| *it != one.centre && *it != one.track);
        assert!(own.is_empty(), "only what is theirs: {own:?}");
        for dossier in [other.centre, other.track] {
            for address in [path::PULL, path::QUARANTINE, path::PEOPLE] {
                let address = format!("{address}?dossier={dossier}&after=0");
                let answer = by.get(&address).await.unwrap();
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
            }
        }
        for (dossier, body) in &written {
            let alone = |it: &mut Header| it.replica = ReplicaId(random().unwrap());
            let event = by.forge(*dossier, body, alone);
            let ruled = by.deliver(*dossier, &[event.raw()]).await;
            assert_eq!(ruled[0].verdict, Verdict::Quarantined, "{body:?}");
        }
    }
}

/// Who is to coach elsewhere from next week is nobody whom another coach may invite, though they have no device yet: the
/// invitation would open what they are to coach.
async fn nobody_invites_who_will_guide_elsewhere(place: Place) {
    let school = School::open(place).await;
    let house = House::build(&school, "CVO Een").await;
    let [to_come, other, learner] = [(); 3].map(|()| PersonId(random().unwrap()));
    let next_week = Day(today().checked_add_days(chrono::Days::new(7)).unwrap());
    let Body::Link(coaches) = link(to_come, Role::Coach) else { panic!("a link") };
    let begins = Body::Link(Link { from: next_week, ..coaches });
    let named = Body::Person(Person { person: to_come, name: "Rik".into() });
    school.write(house.track, &[named, begins]).await;
    let second = DossierId(random().unwrap());
    let people = [(other, "Els", Role::Coach), (learner, "Zoë", Role::Learner)];
    centre::add(&school.server, second, Some(house.centre), &people).await.unwrap();
    let mut by = school.phone(other).await;
    by.sync(second).await.unwrap();
    by.record(second, &[link(to_come, Role::Mentor)]);
    by.sync(second).await.unwrap();
    assert_eq!(invite(&by, second, to_come).await, StatusCode::FORBIDDEN);
    assert_eq!(invite(&house.coach, house.track, to_come).await, StatusCode::OK);
}

/// Also not by linking them in one's own dossier first: an invitation would open all that is theirs.
async fn nobody_of_one_centre_invites_or_stops_anybody_of_another(place: Place) {
    let (school, mut one, other) = two(place).await;
    let targets = [other.learner.person, other.mentor, other.coach.person];
    for person in targets {
        for by in [&one.administrator, &one.coach] {
            for dossier in [other.centre, other.track, one.centre, one.track] {
                assert_eq!(invite(by, dossier, person).await, StatusCode::NOT_FOUND);
            }
        }
    }
    let key = other.learner.key_id();
    let stop = |by: &Phone| by.signed(&Revoke { key });
    for person in targets {
        one.coach.record(one.track, &[link(person, Role::Mentor)]);
        one.administrator.record(one.centre, &[link(person, Role::Member)]);
    }
    one.coach.sync(one.track).await.unwrap();
    one.administrator.sync(one.centre).await.unwrap();
    for (by, dossier) in [(&one.coach, one.track), (&one.administrator, one.centre)] {
        for person in targets {
            assert_eq!(invite(by, dossier, person).await, StatusCode::FORBIDDEN);
        }
        let answer = by.post(path::REVOKE, stop(by)).await.unwrap();
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let begin = Begin {
        centre: other.centre,
        dossier: DossierId(random().unwrap()),
        learner: PersonId(random().unwrap()),
        name: "Nieuw".into(),
        coach: None,
    };
    let theirs = one.coach.post(path::BEGIN, one.coach.signed(&begin)).await.unwrap();
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    assert!(school.store().head(begin.dossier).await.unwrap().is_none());
    assert!(school.store().device(key).await.unwrap().unwrap().revoked_at.is_none());
    // Whoever takes part in both still reads both, and only those two.
    let mut seen = dossiers(&other.coach).await;
    seen.sort_unstable();
    let mut expected = vec![one.centre, one.track, other.centre, other.track];
    expected.sort_unstable();
    assert_eq!(seen, expected);
}

async fn an_invitation_on_a_screen_lets_somebody_in(place: Place) {
    let (school, one, _other) = two(place).await;
    let signed = one.coach.signed(&InviteFor { dossier: one.track, person: one.mentor });
    let answer = one.coach.post(path::INVITE, signed.clone()).await.unwrap();
    let made = Invited::from_bytes(&answer.body).unwrap();
    assert!(made.link.contains("/join?mentor#") && made.code.len() == 9, "{made:?}");
    let side = usize::from(made.side);
    assert_eq!(made.modules.0.len(), (side * side).div_ceil(8));
    // The three corners of a QR code begin with seven dark modules.
    let dark = |x: usize, y: usize| {
        let at = y * side + x;
        made.modules.0[at / 8] & (0x80 >> (at % 8)) != 0
    };
    for (x, y) in [(0, 0), (side - 7, 0), (0, side - 7)] {
        assert!((0..7).all(|step| dark(x + step, y)) && !dark(x + 1, y + 1));
    }
    let mentor = Phone::join(school.address, secret(&made.link)).await;
    assert_eq!(mentor.person, one.mentor);
    // The same signature with another's session, or without one, invites nobody.
    let answer = one.learner.post(path::INVITE, signed).await.unwrap();
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(invite(&one.learner, one.track, one.mentor).await, StatusCode::NOT_FOUND);
    assert_eq!(invite(&mentor, one.track, one.learner.person).await, StatusCode::NOT_FOUND);
    // A coach is not let in as the administrator, not even by a link in their own dossier.
    let mut coach = one.coach;
    let boss = one.administrator.person;
    coach.record(one.track, &[link(boss, Role::Reader)]);
    coach.sync(one.track).await.unwrap();
    assert_eq!(invite(&coach, one.track, boss).await, StatusCode::FORBIDDEN);
}

async fn a_coach_begins_a_leertraject_and_everybody_belongs_to_the_centre(place: Place) {
    let (school, one, other) = two(place).await;
    let begin = Begin {
        centre: one.centre,
        dossier: DossierId(random().unwrap()),
        learner: PersonId(random().unwrap()),
        name: "Sanne".into(),
        coach: None,
    };
    for _ in 0..2 {
        let answer = one.coach.post(path::BEGIN, one.coach.signed(&begin)).await.unwrap();
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
    }
    let rows = school.store().rows(begin.dossier, 0, 100).await.unwrap();
    let kinds: Vec<u16> = rows.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [89, 1, 2, 4, 1, 2], "begun once, and the coach's device is known");
    let of = school.store().members(one.centre).await.unwrap();
    assert!(of.contains(&begin.learner) && of.contains(&one.mentor));
    let mut coach = one.coach;
    coach.sync(begin.dossier).await.unwrap();
    coach.record(begin.dossier, &[track(), goal()]);
    coach.sync(begin.dossier).await.unwrap();
    assert_eq!(coach.dossier(begin.dossier).of_centre, Some(one.centre));
    for (by, wanted) in [(&one.learner, &begin), (&other.coach, &begin)] {
        let again = Begin { dossier: DossierId(random().unwrap()), ..wanted.clone() };
        let answer = by.post(path::BEGIN, by.signed(&again)).await.unwrap();
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    // A number of somebody elsewhere brings nobody over.
    let taken = Begin {
        dossier: DossierId(random().unwrap()),
        learner: other.learner.person,
        ..begin.clone()
    };
    let answer = coach.post(path::BEGIN, coach.signed(&taken)).await.unwrap();
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

async fn who_runs_it_looks_after_devices_and_nobody_else(place: Place) {
    let (school, one, _other) = two(place).await;
    let address = |it| format!("{}?dossier={it}", path::PEOPLE);
    let answer = one.administrator.get(&address(one.centre)).await.unwrap();
    let list = EnrolledList::from_bytes(&answer.body).unwrap().people;
    let of = |person| list.iter().find(|it| it.person == person).unwrap();
    assert_eq!(list.len(), 4);
    assert_eq!((of(one.mentor).devices.len(), of(one.mentor).invited), (0, None));
    assert_eq!(of(one.learner.person).devices[0].key, one.learner.key_id());
    assert_eq!(invite(&one.administrator, one.centre, one.mentor).await, StatusCode::OK);
    let answer = one.coach.get(&address(one.track)).await.unwrap();
    let list = EnrolledList::from_bytes(&answer.body).unwrap().people;
    let invited = list.iter().find(|it| it.person == one.mentor).unwrap().invited;
    assert!(invited > Some(dubbelspoor_server::now()));
    for (by, dossier) in
        [(&one.learner, one.track), (&one.learner, one.centre), (&one.coach, one.centre)]
    {
        let answer = by.get(&address(dossier)).await.unwrap();
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let key = one.coach.key_id();
    let revoke = |by: &Phone| by.signed(&Revoke { key });
    let by_learner = one.learner.post(path::REVOKE, revoke(&one.learner)).await.unwrap();
    assert_eq!(by_learner.status, StatusCode::NOT_FOUND);
    let boss = &one.administrator;
    assert_eq!(boss.post(path::REVOKE, revoke(boss)).await.unwrap().status, StatusCode::NO_CONTENT);
    assert!(school.store().device(key).await.unwrap().unwrap().revoked_at.is_some());
}

async fn only_administrators_are_told_who_belongs_to_a_centre(place: Place) {
    let (_school, mut one, _other) = two(place).await;
    one.learner.sync(one.centre).await.unwrap();
    one.administrator.sync(one.centre).await.unwrap();
    let people = |phone: &mut Phone| phone.dossier(one.centre).links.all().count();
    assert_eq!((people(&mut one.administrator), people(&mut one.learner)), (4, 2));
    let set = Body::ThresholdsSet(ThresholdsSet { values: vec![Setting { number: 1, value: 3 }] });
    one.administrator.record(one.centre, &[set]);
    one.administrator.sync(one.centre).await.unwrap();
    one.learner.sync(one.centre).await.unwrap();
    assert_eq!(one.learner.dossier(one.centre).rules.thresholds().silence, 3);
    // The second administrator's word is believed too, by phones that had read past their beginning.
    one.administrator.record(one.centre, &[link(one.coach.person, Role::Administrator)]);
    one.administrator.sync(one.centre).await.unwrap();
    one.coach.sync(one.centre).await.unwrap();
    let set = Body::ThresholdsSet(ThresholdsSet { values: vec![Setting { number: 1, value: 9 }] });
    one.coach.record(one.centre, &[set]);
    one.coach.sync(one.centre).await.unwrap();
    one.learner.sync(one.centre).await.unwrap();
    assert_eq!(one.learner.dossier(one.centre).rules.thresholds().silence, 9);
    assert_eq!(people(&mut one.learner), 4, "both links of the coach, and one's own");
}
