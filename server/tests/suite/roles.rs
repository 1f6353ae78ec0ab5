//! Who may write what, by hand: every kind of record, sealed with a good key by each role, past any app. `permit.rs` of
//! the domain has the same table for all roles.

#[path = "../../../domain/tests/support/samples.rs"]
mod samples;

use crate::on_both_databases;
use crate::support::phone::{Phone, new_key};
use crate::support::place::Place;
use crate::support::school::{Class, confirmation, day, entry, goal, link, track};
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Asked, Body, Centre, ConfirmationRequest,
    ConfirmationWithdrawn, Course, Feedback, HoursConfirmation, HoursTable, InfoSheet,
    KeyCertified, KeyRevoked, LevelNames, LinkEnded, Moment, OfCentre, Person, Policy,
    ProviderWords, Release, Role, Seen, ThresholdsSet, Translated,
};
use dubbelspoor_domain::event::Header;
use dubbelspoor_domain::id::{
    AbsenceId, DossierId, EventHash, LinkId, PersonId, ReplicaId, SheetId,
};
use dubbelspoor_domain::wire::Verdict;
use dubbelspoor_server::{centre, random};
use samples::In;

on_both_databases! {
    each_role_writes_what_is_theirs_and_nothing_else
}

async fn each_role_writes_what_is_theirs_and_nothing_else(place: Place) {
    let mut class = Class::gather(place).await;
    let (done, version) = class.entry("echt werk").await;
    let (mentor, text) = (class.mentor.person, || "waarom?".to_owned());
    let given = class.mentor.record(class.dossier, &[confirmation(done, version)])[0].hash();
    class.sync().await;
    let (unheard, key) = (EventHash([3; 32]), new_key().public());
    let seen = Seen { entry: done, version };
    let Body::Goal(of_the_plan) = goal() else { panic!("a goal") };
    let goals = vec![Asked { goal: of_the_plan.goal, proposed: None }];
    let (from, to, reason) = (day(2), day(3), AbsenceReason::Illness);
    let absence = Absence { absence: AbsenceId([1; 16]), from, to, reason, withdrawn: false };
    let certified = KeyCertified { public: key, person: mentor, device: text() };
    let (planned_goal, apprentice) = (goals[0].goal.clone(), class.learner.person);
    let it = In { learner: apprentice, mentor, goal: planned_goal, day: from };
    // Learner, mentor, coach.
    let (nobody, coach, learner, trains) =
        ([false; 3], [false, false, true], [true, false, false], [false, true, false]);
    let (title, share) = (Translated::default(), 50);
    let course = Course { course: text(), title, share, withdrawn: false };
    let (sheet, language) = (SheetId([1; 16]), None);
    let sheet = InfoSheet { sheet, title: text(), text: text(), language, withdrawn: false };
    let table = [
        (Body::Person(Person { person: mentor, name: text() }), coach),
        (link(PersonId([7; 16]), Role::Reader), coach),
        (Body::LinkEnded(LinkEnded { link: LinkId([7; 16]), to }), coach),
        (Body::KeyCertified(certified), nobody),
        (Body::KeyRevoked(KeyRevoked { key: key.id() }), nobody),
        (track(), coach),
        (goal(), coach),
        (entry("nog werk"), learner),
        (
            Body::ConfirmationRequest(ConfirmationRequest {
                entry: done,
                version,
                goals,
                to: None,
            }),
            learner,
        ),
        (confirmation(done, version), trains),
        (
            Body::ConfirmationWithdrawn(ConfirmationWithdrawn {
                confirmation: given,
                reason: text(),
            }),
            trains,
        ),
        (Body::Feedback(Feedback { entry: None, text: text() }), [true; 3]),
        (Body::Release(Release { event: unheard, counts: true, reason: None }), coach),
        (it.sample(16), learner),
        (it.sample(17), learner),
        (it.sample(18), [true, true, false]),
        (it.sample(19), learner),
        (it.sample(20), [false, true, true]),
        (it.sample(21), [true; 3]),
        (it.sample(22), coach),
        (it.sample(23), coach),
        (Body::Absence(absence), [true, false, true]),
        (Body::AbsenceRuled(AbsenceRuled { report: unheard, accepted: true }), coach),
        (Body::HoursConfirmation(HoursConfirmation { entries: vec![seen] }), trains),
        (it.sample(30), coach),
        (it.sample(31), coach),
        (it.sample(32), coach),
        (it.sample(33), coach),
        (it.sample(34), coach),
        (it.sample(35), coach),
        (it.sample(40), [true, true, false]),
        (it.sample(41), coach),
        (it.sample(42), [true; 3]),
        (it.sample(43), coach),
        (it.sample(44), coach),
        (it.sample(50), [false, true, true]),
        (it.sample(51), [true, true, false]),
        (it.sample(52), [false, true, true]),
        (it.sample(53), [false, true, true]),
        (it.sample(60), coach),
        (it.sample(61), [true; 3]),
        (it.sample(62), coach),
        (it.sample(63), [false, true, true]),
        (it.sample(64), coach),
        (it.sample(70), coach),
        (it.sample(71), coach),
        (it.sample(72), coach),
        (it.sample(73), coach),
        (it.sample(74), coach),
        (it.sample(75), coach),
        (it.sample(76), coach),
        (it.sample(77), [true, false, true]),
        (it.sample(78), coach),
        (it.sample(79), coach),
        (Body::Centre(Centre { name: text() }), nobody),
        (Body::ThresholdsSet(ThresholdsSet { values: vec![] }), nobody),
        (Body::HoursTable(HoursTable { rows: vec![] }), nobody),
        (Body::Course(course), nobody),
        (Body::LevelNames(LevelNames { names: vec![] }), nobody),
        (Body::InfoSheet(sheet), nobody),
        (Body::Policy(Policy::default()), nobody),
        (it.sample(87), coach),
        (Body::ProviderWords(ProviderWords { words: vec![] }), nobody),
        (Body::OfCentre(OfCentre { centre: class.dossier }), nobody),
        (it.sample(90), coach),
        (it.sample(91), nobody),
        (it.sample(92), nobody),
    ];
    let listed: Vec<u16> = table.iter().map(|(body, _)| body.kind()).collect();
    assert_eq!(listed, Body::KINDS, "every kind has its line");
    for (body, expected) in &table {
        for (phone, may) in
            [&mut class.learner, &mut class.mentor, &mut class.coach].into_iter().zip(expected)
        {
            writes_by_hand(phone, class.dossier, body, *may).await;
        }
    }
    // The others as the table of the domain has them, which is tested there against the rules.
    let house = centre::begin(&class.school.server, "CVO").await.unwrap();
    for (role, dossier) in [
        (Role::Teacher, class.dossier),
        (Role::Administrator, class.dossier),
        (Role::Reader, class.dossier),
        (Role::Administrator, house),
        (Role::Member, house),
    ] {
        let person = class.school.add(dossier, "Iemand", role).await;
        let mut phone = class.school.phone(person).await;
        let mut accepted = 0;
        for (body, _) in &table {
            phone.sync(dossier).await.unwrap();
            let may = phone.dossier(dossier).permit(person, Moment::HERE, body).is_ok();
            writes_by_hand(&mut phone, dossier, body, may).await;
            accepted += usize::from(may);
        }
        let expected = match role {
            Role::Reader | Role::Member => 0..1,
            Role::Teacher => 5..15,
            Role::Administrator | Role::Coach | Role::Mentor | Role::Learner => {
                10..table.len() * 2 / 3
            }
        };
        assert!(expected.contains(&accepted), "{role:?}: {accepted} of {}", table.len());
    }
}

/// Sealed with a good key, and sent as if it were the first that this replica wrote.
async fn writes_by_hand(phone: &mut Phone, dossier: DossierId, body: &Body, may: bool) {
    let alone = |it: &mut Header| {
        (it.replica, it.seq) = (ReplicaId(random().unwrap()), 1);
        it.prev = Default::default();
    };
    let by_hand = phone.forge(dossier, body, alone);
    let ruled = phone.deliver(dossier, &[by_hand.raw()]).await;
    let expected = if may { Verdict::Accepted } else { Verdict::Quarantined };
    assert_eq!(ruled[0].verdict, expected, "{body:?}: {:?}", ruled[0].code);
}
