//! Planned beside done, by week and by month (F5), reckoned by hand.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Audience, Block, Body, Calendar, Entry, Holiday, Moment, Party,
    Place, Refusal, Signed,
};
use dubbelspoor_domain::hours::{self, Period};
use dubbelspoor_domain::id::{AgreementId, EntryId};
use dubbelspoor_domain::{Added, Day};
use support::{COACH, LEARNER, Play, entry, words};

fn on(text: &str) -> Day {
    Day(text.parse().unwrap())
}

fn agreement(id: u8, from: &str, to: &str, weekly_hours: u16) -> Agreement {
    Agreement {
        agreement: AgreementId([id; 16]),
        kind: AgreementKind::Odos,
        workplace: "Warehouse".into(),
        from: on(from),
        to: on(to),
        weekly_minutes: weekly_hours * 60,
        signed: Party::ALL.map(|party| Signed { party, on: on("2026-09-01") }).to_vec(),
        number: None,
        ended: None,
        at: None,
        blocks: dubbelspoor_domain::Added::default(),
        on_holidays: None,
    }
}

fn works(play: &mut Play, day: &str, place: Place, minutes: u16, audience: Audience) {
    let name = EntryId([play.next + 1; 16]);
    let it = Entry { day: on(day), place, minutes, audience, ..entry(name, "worked") };
    play.put(LEARNER, &Body::Entry(it));
}

fn told(it: &Period) -> (String, u32, u32) {
    (it.from.to_string(), it.planned, it.done)
}

#[test]
fn f5_planned_stands_beside_done_by_week_and_month() {
    let mut play = Play::new();
    assert!(hours::months(play.dossier(), on("2026-11-23")).is_empty(), "nothing is agreed yet");
    // From a Thursday, twenty hours: four a day.
    let first = agreement(1, "2026-10-15", "2027-06-30", 20);
    play.put(COACH, &Body::Agreement(first.clone()));
    let autumn = Holiday { title: words("holiday"), from: on("2026-11-02"), to: on("2026-11-08") };
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays: vec![autumn] }));
    works(&mut play, "2026-10-16", Place::Workplace, 300, Audience::Shared);
    works(&mut play, "2026-11-17", Place::Workplace, 240, Audience::Shared);
    works(&mut play, "2026-11-17", Place::School, 400, Audience::Shared);
    works(&mut play, "2026-11-18", Place::Workplace, 100, Audience::Private);

    let months = hours::months(play.dossier(), on("2026-11-23"));
    let expected = [
        // 21 working days in November, of which a week is holiday: 16 of 4 hours.
        ("2026-11-01".to_owned(), 16 * 240, 240),
        // From 15 October 12 working days.
        ("2026-10-01".to_owned(), 12 * 240, 300),
    ];
    assert_eq!(months.iter().map(told).collect::<Vec<_>>(), expected);
    let year = hours::year(&months).unwrap();
    assert_eq!(told(&year), ("2026-10-01".to_owned(), 28 * 240, 540), "and the year as a whole");
    let (signed, until) = (agreement(1, "2026-10-15", "2027-06-30", 20), on("2026-11-16"));
    let counted = hours::behind_agreement(play.dossier(), &signed, on("2026-09-01"), until);
    let counted: Vec<_> = counted.iter().map(|(_, it)| it.content.minutes).collect();
    assert_eq!(counted, [300], "up to a day, at the workplace");
    let week = hours::week(play.dossier(), on("2026-11-22"));
    assert_eq!(told(&week), ("2026-11-16".to_owned(), 1_200, 240), "a Sunday belongs to its week");
    let behind: Vec<_> =
        hours::behind(play.dossier(), months[0]).map(|(_, it)| it.content.minutes).collect();
    assert_eq!(behind, [240], "each figure opens into what is behind it");

    // F4: a block of a week at school, and one with more work.
    let block = |from: &str, to: &str, hours: u16| Block {
        from: on(from),
        to: on(to),
        weekly_minutes: hours * 60,
    };
    let blocks = vec![block("2026-11-09", "2026-11-15", 0), block("2026-11-16", "2026-11-20", 38)];
    let in_blocks = Agreement { blocks: Added(blocks), ..first.clone() };
    play.put(COACH, &Body::Agreement(in_blocks.clone()));
    let planned = |play: &Play, day| hours::week(play.dossier(), on(day)).planned;
    assert_eq!(planned(&play, "2026-11-09"), 0, "nothing is expected in a week at school");
    assert_eq!(planned(&play, "2026-11-16"), 38 * 60);
    assert_eq!(planned(&play, "2026-11-23"), 20 * 60, "and the usual hours after it");
    let all = hours::yearly(play.dossier(), &in_blocks, on("2026-11-06"));
    let plain = hours::yearly(play.dossier(), &first, on("2026-11-06"));
    assert_eq!(all.by_blocks, (-20 + 18) * 60 * 5, "what they change is in what is expected");
    assert!(all.projection() < plain.projection());
    // A DA asks the agreed hours: no more in a block at school, and those of a block at work.
    let contract = Agreement { kind: AgreementKind::Da, ..in_blocks.clone() };
    let owed = hours::yearly(play.dossier(), &contract, on("2026-11-20"));
    // Twelve days before it, a week of holiday, one of none, and one of 38 hours.
    assert_eq!(owed.owed.0 / 5, 12 * 240 + 38 * 60);
    for wrong in [
        vec![block("2026-11-09", "2026-11-15", 0), block("2026-11-15", "2026-11-20", 38)],
        vec![block("2026-11-15", "2026-11-09", 0)],
        vec![block("2026-10-01", "2026-10-20", 0)],
        vec![block("2026-11-09", "2026-11-15", 49)],
    ] {
        let body = Body::Agreement(Agreement { blocks: Added(wrong), ..first.clone() });
        let said = play.dossier().permit(COACH, Moment::HERE, &body);
        assert_eq!(said, Err(Refusal::OutOfRange), "at once, backwards, outside, too much");
    }
    play.put(COACH, &Body::Agreement(first.clone()));

    // A second workplace at once counts as well; one that nobody signed does not.
    play.put(COACH, &Body::Agreement(agreement(2, "2026-11-16", "2026-11-20", 10)));
    let unsigned = Agreement { signed: vec![], ..agreement(3, "2026-11-16", "2027-06-30", 38) };
    play.put(COACH, &Body::Agreement(unsigned));
    assert_eq!(hours::week(play.dossier(), on("2026-11-16")).planned, 1_200 + 600);
    let ended = Agreement { ended: Some(on("2026-11-18")), ..first };
    play.put(COACH, &Body::Agreement(ended));
    assert_eq!(hours::week(play.dossier(), on("2026-11-16")).planned, 720 + 600, "up to its end");
    let next_year = hours::months(play.dossier(), on("2027-09-02"));
    assert!(next_year.is_empty(), "another school year, without an agreement of its own");
}

#[test]
fn f4_work_on_a_holiday_is_told_unless_the_agreement_says_so() {
    let mut play = Play::new();
    let signed = agreement(1, "2026-10-15", "2027-06-30", 20);
    play.put(COACH, &Body::Agreement(signed.clone()));
    let autumn = Holiday { title: words("holiday"), from: on("2026-11-02"), to: on("2026-11-08") };
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays: vec![autumn] }));
    for day in ["2026-10-16", "2026-11-03", "2026-11-05"] {
        works(&mut play, day, Place::Workplace, 300, Audience::Shared);
    }
    works(&mut play, "2026-11-04", Place::School, 300, Audience::Shared);
    let told = |play: &Play| -> Vec<String> {
        let all = hours::on_holidays(play.dossier()).into_iter();
        all.map(|it| it.shown().content.day.to_string()).collect()
    };
    assert_eq!(told(&play), ["2026-11-05", "2026-11-03"], "the last first");
    let free = Agreement { on_holidays: Some(false), ..signed.clone() };
    play.put(COACH, &Body::Agreement(free));
    assert_eq!(told(&play).len(), 2, "no is no agreement");
    play.put(COACH, &Body::Agreement(Agreement { on_holidays: Some(true), ..signed }));
    assert_eq!(told(&play), [""; 0]);
}
