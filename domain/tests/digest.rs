//! A digest tells what its dossier would (G1): after any pages, after a reload, and in any order of arrival; kept beside
//! another tip or made otherwise, it tells nothing.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::digest::Digest;
use dubbelspoor_domain::dossier::{
    Asked, Body, Concern, ConfirmationRequest, Feedback, Finding, LearningQuestion, Level, Role,
    Standing, WellBeing,
};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{EntryId, EventId, PersonId, ReplicaId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use dubbelspoor_domain::sync::{Loaded, Replica};
use dubbelspoor_domain::wire::{Head, PullReply};
use std::collections::BTreeMap;
use support::{
    COACH, DOSSIER, Desk, Dice, LEARNER, MENTOR, NOW, Play, READER, Said, TEACHER, confirmation,
    day, device, entry,
};

/// What people of one dossier write, each event from an installation of its own: order is no matter.
fn said(dice: &mut Dice) -> Vec<Event> {
    let mut play = Play::new();
    let mut all = Vec::new();
    let mut put = |who: PersonId, body: &Body| {
        let event = play.seal(who, Said::by(who, 0), body);
        all.push(event.clone());
        event.hash()
    };
    for number in 0..12_u16 {
        let of = EntryId(dice.bytes());
        let version = put(LEARNER, &Body::Entry(entry(of, "Rekken gevuld.")));
        let goals = vec![Asked { goal: "G1".into(), proposed: Some(Level::WithHelp) }];
        let to = dice.chance(30).then_some(MENTOR);
        let request = ConfirmationRequest { entry: of, version, goals, to };
        put(LEARNER, &Body::ConfirmationRequest(request));
        if dice.chance(60) {
            let found = Finding::Reached(Level::WithHelp);
            put(MENTOR, &Body::Confirmation(confirmation(of, version, found)));
        }
        if dice.chance(30) {
            let text = format!("Vraag {number}");
            put(LEARNER, &Body::LearningQuestion(LearningQuestion { entry: Some(of), text }));
        }
        if dice.chance(20) {
            let text = "We zien elkaar te weinig.".to_owned();
            put(MENTOR, &Body::Concern(Concern { text, urgent: dice.chance(50) }));
        }
        let mark = 1 + u16::try_from(dice.below(5)).unwrap();
        let on = day(10 + u32::from(number));
        let feels = WellBeing { day: on, mark, word: None, to_mentor: false };
        put(LEARNER, &Body::WellBeing(feels));
    }
    all
}

fn page(desk: &Desk, who: PersonId, after: u64, most: usize) -> PullReply {
    let rows = desk.rows.iter().filter(|it| it.position > after).take(most);
    let seen = |it: &dubbelspoor_domain::sync::Row| {
        it.to_wire(it.placed().is_some_and(|placed| desk.ledger.dossier().visible(who, &placed)))
    };
    let rows: Vec<_> = rows.map(seen).collect();
    let last = rows.last().map_or(after, |it| it.position);
    PullReply {
        dossier: DOSSIER,
        epoch: desk.ledger.epoch(),
        head: desk.ledger.position(),
        chain: desk.ledger.chain_at(last).unwrap(),
        time: desk.now,
        view: desk.ledger.view_of(who),
        rows,
    }
}

/// A phone and its storage.
struct Phone {
    who: PersonId,
    replica: Replica,
    tip: Option<Vec<u8>>,
    rows: BTreeMap<u64, Vec<u8>>,
    outbox: BTreeMap<dubbelspoor_domain::id::EventHash, Vec<u8>>,
}

impl Phone {
    fn of(who: PersonId) -> Phone {
        let replica = open(who, Loaded::default());
        Phone { who, replica, tip: None, rows: BTreeMap::new(), outbox: BTreeMap::new() }
    }

    fn keep(&mut self, step: dubbelspoor_domain::sync::Step) {
        let changes = self.replica.changes(&step);
        self.tip = Some(changes.tip);
        self.rows.extend(changes.rows);
        self.outbox.extend(changes.outbox_put);
        self.replica.take(step);
    }

    fn pull(&mut self, desk: &Desk, dice: &mut Dice) {
        while self.replica.tip().position < desk.ledger.position() {
            let page = page(desk, self.who, self.replica.pull().after, 1 + dice.below(9));
            let step = self.replica.absorb_pull(&page, NOW, &|_| true).unwrap();
            self.keep(step);
        }
    }

    fn write(&mut self, body: &Body) {
        let mut composer = self.replica.compose(NOW);
        composer.add(EventId([9; 16]), body).unwrap();
        let key = device(self.who, false);
        let sealed = composer.finish().into_iter().map(|it| it.sealed_with(|it| key.sign(it)));
        let step = self.replica.record(sealed.collect()).unwrap();
        self.keep(step);
    }

    fn reloaded(&self) -> Replica {
        let (tip, rows) = (self.tip.clone(), self.rows.clone().into_iter().collect());
        let outbox = self.outbox.clone().into_iter().collect();
        open(self.who, Loaded { tip, rows, outbox, refused: Vec::new() })
    }
}

fn open(who: PersonId, loaded: Loaded) -> Replica {
    Replica::open(DOSSIER, who, device(who, false).public().id(), ReplicaId([40; 16]), loaded)
}

fn digest_of(replica: &Replica, today: Day) -> Digest {
    Digest::of(replica, Thresholds::default(), today)
}

fn later(days: u64) -> Day {
    Day(day(23).checked_add_days(Days::new(days)).unwrap())
}

/// Apart from where the copy stands, and from the order of what a signal rests on.
fn told(mut digest: Digest) -> Digest {
    digest.tip = dubbelspoor_domain::Bytes::default();
    digest.signals.iter_mut().for_each(|it| it.grounds.sort());
    digest
}

fn shuffled(dice: &mut Dice, mut all: Vec<Event>) -> Vec<Event> {
    for at in (1..all.len()).rev() {
        all.swap(at, dice.below(at + 1));
    }
    all
}

#[test]
fn a_digest_is_the_same_after_any_pages_a_reload_and_any_order() {
    for seed in 0..24 {
        let mut dice = Dice(seed);
        let events = said(&mut dice);
        let (mut one, mut other) = (Desk::new(false), Desk::new(false));
        one.receive_all(&events);
        let again = shuffled(&mut dice, events);
        other.receive_all(&again);
        for who in [LEARNER, MENTOR, COACH, TEACHER, READER] {
            let today = later(dice.below(20) as u64);
            let (mut here, mut there) = (Phone::of(who), Phone::of(who));
            here.pull(&one, &mut dice);
            there.pull(&other, &mut dice);
            let digest = digest_of(&here.replica, today);
            assert_eq!(digest, digest_of(&here.reloaded(), today), "seed {seed}");
            assert_eq!(told(digest.clone()), told(digest_of(&there.replica, today)), "seed {seed}");
            let kept = digest.write();
            assert_eq!(Digest::read(&kept, here.tip.as_deref().unwrap()), Some(digest));
        }
    }
}

#[test]
fn a_digest_says_what_the_lists_would_say() {
    let mut dice = Dice(3);
    let mut desk = Desk::new(false);
    desk.receive_all(&said(&mut dice));
    let today = later(7);
    let digest = |who| {
        let mut phone = Phone::of(who);
        phone.pull(&desk, &mut Dice(4));
        (digest_of(&phone.replica, today), phone)
    };
    let (of_coach, coach) = digest(COACH);
    let dossier = coach.replica.dossier();
    assert_eq!(of_coach.learner, Some(LEARNER));
    assert_eq!(of_coach.course.nl, "Logistiek");
    assert_eq!(of_coach.workplace, "Magazijn");
    assert_eq!((of_coach.roles.as_slice(), of_coach.day), ([Role::Coach].as_slice(), today));
    assert_eq!(of_coach.signals, signals(dossier, Thresholds::default(), today));
    assert!(of_coach.signals.iter().any(|it| it.kind == SignalKind::Unconfirmed));
    assert_eq!(of_coach.to_answer as usize, dossier.matters.waiting().count());
    assert_eq!(of_coach.to_confirm, 0);
    let waits = dossier.confirmations.all().filter(|it| dossier.standing(it) == Standing::Waiting);
    assert_eq!(of_coach.to_decide as usize, waits.count() + dossier.free_days.undecided().count());

    let (of_mentor, mentor) = digest(MENTOR);
    assert!(of_mentor.signals.is_empty(), "a mentor's list has no signals");
    assert_eq!(
        of_mentor.to_confirm as usize,
        mentor.replica.dossier().waiting_for(MENTOR, day(23)).len()
    );
    assert!(of_mentor.to_confirm > 0);
    assert_eq!(of_mentor.counts(), mentor.replica.counts());
}

#[test]
fn a_brief_digest_is_enough_without_signals_and_never_with_them() {
    let desk = Desk::new(false);
    let mut phone = Phone::of(COACH);
    phone.pull(&desk, &mut Dice(1));
    let (limits, today) = (Thresholds::default(), day(25));
    let tip = phone.tip.as_deref().unwrap();
    let (whole, brief) =
        (Digest::of(&phone.replica, limits, today), Digest::brief(&phone.replica, limits, today));
    assert_eq!((whole.name.clone(), whole.to_answer), (brief.name.clone(), brief.to_answer));
    assert!(brief.signals.is_empty());
    assert_eq!(Digest::read(&brief.write(), tip), None, "a list with reasons would have none");
    for it in [whole, brief] {
        assert_eq!(Digest::read_brief(&it.write(), tip), Some(it));
    }
}

#[test]
fn a_digest_of_another_tip_or_another_form_tells_nothing() {
    let desk = Desk::new(false);
    let mut phone = Phone::of(COACH);
    phone.pull(&desk, &mut Dice(1));
    let before = digest_of(&phone.replica, day(23));
    let head =
        Head { dossier: DOSSIER, epoch: desk.ledger.epoch(), position: desk.ledger.position() };
    assert!(before.is_at(&head) && !before.sends);
    assert!(!before.is_at(&Head { position: head.position + 1, ..head }));

    phone.write(&Body::Feedback(Feedback { entry: None, text: "Tot maandag.".to_owned() }));
    let after = digest_of(&phone.replica, day(23));
    assert!(after.sends);
    assert_eq!((after.here, after.counts()), (1, phone.replica.counts()));
    assert!(after.oldest_here.is_some_and(|it| it >= NOW));
    let tip = phone.tip.as_deref().unwrap();
    assert_eq!(Digest::read(&before.write(), tip), None, "it is of the tip before");
    assert_eq!(Digest::read(&after.write(), tip), Some(after.clone()));
    let otherwise = Digest { form: after.form + 1, ..after.clone() };
    assert_eq!(Digest::read(&otherwise.write(), tip), None);
    assert_eq!(Digest::read(&after.write()[1..], tip), None, "no digest at all");

    let changes = phone.replica.digested(after.write()).unwrap();
    assert_eq!((changes.expected.as_deref(), changes.tip.as_slice()), (Some(tip), tip));
    assert!(changes.rows.is_empty() && changes.outbox_put.is_empty() && !changes.clear_rows);
}
