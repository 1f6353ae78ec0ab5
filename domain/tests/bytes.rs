//! The bytes of record kinds that came after the first golden files, with every field filled: written once, read forever.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Agreement, AgreementKind, Answer, Block, Body, Calendar,
    Chair, Closed, Concern, EarlyEnd, EndReason, Holiday, HoursConfirmation, Intention,
    LearningQuestion, Level, Observation, Observed, Party, Recognition, ReviewAgreed, Seen, Signed,
    TakeUp, WellBeing, Workplace,
};
use dubbelspoor_domain::id::{
    AbsenceId, AgreementId, EntryId, EventHash, PersonId, ReviewId, WorkplaceId,
};
use dubbelspoor_domain::{Added, Day};
use support::{day, words};

fn on(text: &str) -> Day {
    Day(text.parse().unwrap())
}

fn expect_bytes(bodies: &[Body], expected: &[String]) {
    assert_eq!(bodies.len(), expected.len());
    for (body, expected) in bodies.iter().zip(expected) {
        let hex: String = body.encode().iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(&hex, expected, "kind {}", body.kind());
        assert_eq!(&Body::decode(body.kind(), &body.encode()), body);
    }
}

#[test]
fn questions_concerns_intentions_and_well_being() {
    let hash = EventHash([0x11; 32]);
    let word = Some("moe".to_owned());
    let bodies = [
        Body::WellBeing(WellBeing { day: day(3), mark: 2, word, to_mentor: true }),
        Body::LearningQuestion(LearningQuestion {
            entry: Some(EntryId([9; 16])),
            text: "Waarom?".into(),
        }),
        Body::Concern(Concern { text: "The machine is not guarded".into(), urgent: true }),
        Body::Intention(Intention { from: Some(hash), text: "Knieën".into() }),
        Body::Answer(Answer {
            to: hash,
            text: "Zo.".into(),
            into_class: true,
            only: Some(PersonId([2; 16])),
        }),
        Body::Closed(Closed {
            matter: hash,
            take_up: Some(TakeUp::NotTried),
            only: Some(PersonId([2; 16])),
        }),
    ];
    let eleven = "11".repeat(32);
    let (nine, twos) = ("09".repeat(16), "02".repeat(16));
    let expected = [
        "a4001a000b4a53010202636d6f6503f5".to_owned(),
        format!("a20050{nine}0167576161726f6d3f"),
        "a200781a546865206d616368696e65206973206e6f74206775617264656401f5".to_owned(),
        format!("a2005820{eleven}01674b6e6965c3ab6e"),
        format!("a4005820{eleven}01635a6f2e02f50350{twos}"),
        format!("a3005820{eleven}01030250{twos}"),
    ];
    expect_bytes(&bodies, &expected);
}

#[test]
fn agreements_free_days_and_hours() {
    let full = Agreement {
        agreement: AgreementId([1; 16]),
        kind: AgreementKind::Odos,
        workplace: "Warehouse".into(),
        from: on("2026-09-07"),
        to: on("2027-06-30"),
        weekly_minutes: 24 * 60,
        signed: vec![Signed { party: Party::Learner, on: on("2026-08-31") }],
        number: Some("R1".into()),
        ended: Some(on("2027-01-29")),
        at: None,
        blocks: Added::default(),
        on_holidays: None,
    };
    let with_blocks = Agreement {
        blocks: Added(vec![Block {
            from: on("2026-11-09"),
            to: on("2026-11-15"),
            weekly_minutes: 0,
        }]),
        on_holidays: Some(true),
        ..full.clone()
    };
    let hash = EventHash([0x11; 32]);
    let title = words("vrij");
    let holidays = vec![Holiday { title, from: on("2026-11-02"), to: on("2026-11-08") }];
    let (absence, from, to) = (AbsenceId([2; 16]), on("2026-11-02"), on("2026-11-03"));
    let reason = AbsenceReason::Holiday;
    let seen = Seen { entry: EntryId([9; 16]), version: hash };
    let bodies = [
        Body::Agreement(full),
        Body::Calendar(Calendar { year: 2026, holidays }),
        Body::Absence(Absence { absence, from, to, reason, withdrawn: true }),
        Body::AbsenceRuled(AbsenceRuled { report: hash, accepted: true }),
        Body::HoursConfirmation(HoursConfirmation { entries: vec![seen] }),
        Body::Agreement(with_blocks),
        Body::EarlyEnd(EarlyEnd {
            day: on("2026-11-20"),
            reason: EndReason::Work,
            text: String::new(),
            by: Some(Chair::Workplace),
        }),
        Body::ReviewAgreed(ReviewAgreed {
            review: ReviewId([3; 16]),
            version: hash,
            word: None,
            at_table: Some(PersonId([4; 16])),
        }),
        Body::Workplace(Workplace {
            workplace: WorkplaceId([5; 16]),
            company: "W".into(),
            site: String::new(),
            recognition: Some(Recognition {
                number: "E".into(),
                from: on("2026-09-01"),
                to: None,
                kind: Some("d".into()),
            }),
            stays: vec![],
            goals: vec![],
        }),
    ];
    let (ones, nines, elevens) = ("01".repeat(16), "09".repeat(16), "11".repeat(32));
    let twos = "02".repeat(16);
    let expected = [
        format!(
            "a90050{ones}0102026957617265686f757365031a000b4a1a041a000b4b42051905a0\
             0681a20001011a000b4a1307625231081a000b4aaa"
        ),
        "a2001907ea0181a300a300647672696a01647672696a02647672696a011a000b4a52021a000b4a58"
            .to_owned(),
        format!("a50050{twos}011a000b4a52021a000b4a53030204f5"),
        format!("a2005820{elevens}01f5"),
        format!("a10081a20050{nines}015820{elevens}"),
        "ab0050010101010101010101010101010101010102026957617265686f757365031a000b4a1a041a000b4b42051905a00681a20001011a000b4a1307625231081a000b4aaa0a81a3001a000b4a59011a000b4a5f02000bf5".to_owned(),
        "a4001a000b4a64010102600302".to_owned(),
        "a30050030303030303030303030303030303030158201111111111111111111111111111111111111111111111111111111111111111035004040404040404040404040404040404".to_owned(),
        "a6005005050505050505050505050505050505016157026003a3006145011a000b4a1403616404800580".to_owned(),
    ];
    expect_bytes(&bodies, &expected);
}

#[test]
fn d4_a_sheet_of_before_task_approach_and_attitude_were_asked_apart_keeps_its_one_text() {
    let old = Observation {
        goal: "G1".into(),
        day: day(20),
        criteria: vec![Observed { code: "G1.1".into(), level: Some(Level::WithHelp) }],
        note: "Recht gezet".into(),
        talked: String::new(),
        approach: None,
        attitude: None,
    };
    let (approach, attitude) = (Some("Kijkt".into()), Some(String::new()));
    let now = Observation { approach, attitude, ..old.clone() };
    assert_eq!((old.is_apart(), now.is_apart()), (false, true), "one text is about all of it");
    let five = "00624731011a000b4a640281a2006447312e310102036b52656368742067657a65740460";
    let expected = [format!("a5{five}"), format!("a7{five}05654b696a6b740660")];
    expect_bytes(&[Body::Observation(old), Body::Observation(now)], &expected);
}
