//! Planned beside done, by week and by month (F5), reckoned by hand.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Audience, Body, Calendar, Entry, Holiday, Party, Place, Signed,
};
use dubbelspoor_domain::hours::{self, Period};
use dubbelspoor_domain::id::{AgreementId, EntryId};
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
