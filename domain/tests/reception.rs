//! The reception (D6): gone through together at each workplace, ticked by both, and when a coach hears that it was not.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Body, Entry, Party, ReceptionPart, ReceptionPoint, ReceptionTicked,
    Signed, Stay, Workplace,
};
use dubbelspoor_domain::id::{AgreementId, EntryId, EventHash, PointId, WorkplaceId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{COACH, LEARNER, MENTOR, Play, day, entry};

const STOP: PointId = PointId([1; 16]);
const LUNCH: PointId = PointId([2; 16]);

fn point(point: PointId, part: ReceptionPart, text: &str) -> Body {
    Body::ReceptionPoint(ReceptionPoint {
        point,
        part,
        text: text.into(),
        dropped: false,
        workplace: None,
    })
}

fn tick(point: PointId, date: u32, undone: bool) -> Body {
    Body::ReceptionTicked(ReceptionTicked { points: vec![point], on: day(date), undone })
}

impl Play {
    fn writes(&mut self, number: u8, change: impl FnOnce(Entry) -> Entry) -> EventHash {
        let it = change(entry(EntryId([number; 16]), "stacked boxes"));
        self.put(LEARNER, &Body::Entry(it))
    }

    fn is_signalled(&self, today: Day) -> bool {
        self.signal(SignalKind::NotReceived, today).is_some()
    }

    fn signal(&self, kind: SignalKind, today: Day) -> Option<u32> {
        let all = signals(self.dossier(), Thresholds::default(), today);
        all.iter().find(|it| it.kind == kind).map(|it| it.days)
    }

    fn open(&self) -> Vec<&str> {
        self.open_on(day(22))
    }

    fn open_on(&self, on: Day) -> Vec<&str> {
        self.dossier().unsafe_points(on).iter().map(|it| it.text.as_str()).collect()
    }
}

#[test]
fn d6_a_point_is_done_when_both_ticked_it_and_open_again_when_one_takes_it_back() {
    let mut play = Play::new();
    play.put(MENTOR, &point(STOP, ReceptionPart::Safety, "Emergency stop"));
    play.put(MENTOR, &point(LUNCH, ReceptionPart::General, "Lunch"));
    play.put(MENTOR, &tick(STOP, 20, false));
    assert_eq!(play.dossier().received_on(STOP), None, "one of two is not enough");
    assert_eq!(play.open(), ["Emergency stop"], "the lunch is not about safety");
    play.put(LEARNER, &tick(STOP, 21, false));
    assert_eq!(play.dossier().received_on(STOP), Some(day(21)), "the day of the second");
    assert_eq!(play.open(), [""; 0]);
    play.put(LEARNER, &tick(STOP, 22, true));
    assert_eq!((play.dossier().received_on(STOP), play.open().len()), (None, 1));
    let gone = ReceptionPoint {
        point: STOP,
        part: ReceptionPart::Safety,
        text: "Emergency stop".into(),
        dropped: true,
        workplace: None,
    };
    play.put(COACH, &Body::ReceptionPoint(gone));
    assert_eq!(play.dossier().reception.points().len(), 1, "only the lunch is left");
    assert_eq!(play.open(), [""; 0]);
}

/// A workplace where the learner is from a day on.
fn workplace(number: u8, from: u32) -> Body {
    Body::Workplace(Workplace {
        workplace: WorkplaceId([number; 16]),
        company: format!("Bedrijf {number}"),
        site: String::new(),
        recognition: None,
        stays: vec![Stay { from: day(from), to: None, when: String::new() }],
        goals: vec![],
    })
}

/// What was gone through at one workplace says nothing of the machines at the next.
#[test]
fn d6_each_workplace_has_its_own_reception() {
    let mut play = Play::new();
    let none = |play: &Play, on: u32| play.signal(SignalKind::NoReception, day(on));
    let at = |play: &Play, place: Option<WorkplaceId>| -> Vec<String> {
        play.dossier().reception_at(place).iter().map(|it| it.text.clone()).collect()
    };
    play.put(MENTOR, &point(STOP, ReceptionPart::Safety, "Emergency stop"));
    assert_eq!(play.dossier().reception_places(), [None]);
    assert_eq!(at(&play, None), ["Emergency stop"]);
    play.put(COACH, &workplace(2, 12));
    play.put(COACH, &workplace(1, 5));
    let [first, second] = [1, 2].map(|it| Some(WorkplaceId([it; 16])));
    assert_eq!(play.dossier().reception_places(), [first, second], "in the order of their days");
    assert_eq!((at(&play, first).len(), at(&play, second).len()), (1, 0), "it was of the first");
    assert_eq!((none(&play, 18), none(&play, 19)), (None, Some(7)), "a week to write it");
    let Body::ReceptionPoint(lunch) = point(LUNCH, ReceptionPart::Safety, "Forklift") else {
        panic!("a point")
    };
    play.put(MENTOR, &Body::ReceptionPoint(ReceptionPoint { workplace: second, ..lunch }));
    assert_eq!((at(&play, first).len(), at(&play, second)), (1, vec!["Forklift".to_owned()]));
    assert_eq!(none(&play, 19), None);
    assert_eq!(play.open(), ["Emergency stop", "Forklift"], "both are still to be gone through");
    assert_eq!(play.open_on(day(8)), ["Emergency stop"], "nobody works at the second yet");
    let Body::Workplace(mut left) = workplace(1, 5) else { panic!("a workplace") };
    left.stays[0].to = Some(day(11));
    play.put(COACH, &Body::Workplace(left));
    assert_eq!(play.open(), ["Forklift"], "nor at the first any more");
}

#[test]
fn d6_missing_safety_is_a_signal_once_work_has_begun_and_blocks_nothing() {
    let mut play = Play::new();
    play.put(MENTOR, &point(STOP, ReceptionPart::Safety, "Emergency stop"));
    play.writes(1, |it| it);
    assert!(!play.is_signalled(day(22)), "the first day of work is tomorrow");
    assert!(play.is_signalled(day(24)));
    play.put(MENTOR, &tick(STOP, 23, false));
    assert!(play.is_signalled(day(24)), "one of both");
    play.put(LEARNER, &tick(STOP, 23, false));
    assert!(!play.is_signalled(day(24)));
}

#[test]
fn d6_work_without_any_list_is_a_signal_after_its_first_week_and_blocks_nothing() {
    let mut play = Play::new();
    let none = |play: &Play, on: u32| play.signal(SignalKind::NoReception, day(on));
    assert_eq!(none(&play, 29), None, "nobody works there yet");
    play.writes(1, |it| Entry { day: day(10), ..it });
    assert_eq!((none(&play, 9), none(&play, 16)), (None, None), "a week to write it");
    assert_eq!(none(&play, 17), Some(7));
    play.writes(2, |it| Entry { day: day(18), ..it });
    assert_eq!(none(&play, 20), Some(10), "it blocks nothing, and goes on");
    let parties = Party::ALL.map(|party| Signed { party, on: day(2) });
    let agreement = Agreement {
        agreement: AgreementId([1; 16]),
        kind: AgreementKind::Odos,
        workplace: "Warehouse".into(),
        from: day(3),
        to: day(30),
        weekly_minutes: 24 * 60,
        signed: parties.to_vec(),
        number: None,
        ended: None,
        at: None,
        blocks: dubbelspoor_domain::Added::default(),
        on_holidays: None,
    };
    play.put(COACH, &Body::Agreement(agreement.clone()));
    assert_eq!(none(&play, 10), Some(7), "the agreement tells when work began");
    play.put(COACH, &point(LUNCH, ReceptionPart::General, "Lunch"));
    assert_eq!(none(&play, 20), None, "a list is there");
    let dropped = ReceptionPoint {
        point: LUNCH,
        part: ReceptionPart::General,
        text: "Lunch".into(),
        dropped: true,
        workplace: None,
    };
    play.put(COACH, &Body::ReceptionPoint(dropped));
    assert_eq!(none(&play, 20), Some(17), "and none again");
    let ended = Some(day(19));
    play.put(COACH, &Body::Agreement(Agreement { ended, ..agreement }));
    assert_eq!(none(&play, 20), None, "nobody works there any more");
}
