//! Reminders that one can steer (I4): when one is due, what an address may be, and what the calendar of a phone gets.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use chrono::{Datelike as _, Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::reminder::{BY_DAY, Reminders, calendar};

fn chosen(hour: u16) -> Reminders {
    Reminders {
        email: "jef@magazijn.example".into(),
        days: vec![0, 3],
        hour,
        language: "nl".into(),
    }
}

/// Milliseconds since 1970 of an hour in UTC.
fn utc(year: i32, month: u32, day: u32, hour: u32) -> u64 {
    let it = NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(hour, 5, 0).unwrap();
    u64::try_from(it.and_utc().timestamp_millis()).unwrap()
}

fn on(year: i32, month: u32, day: u32) -> Day {
    Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn i4_a_reminder_is_due_at_the_chosen_hour_in_winter_and_in_summer() {
    let monday = on(2026, 11, 23);
    // In winter Belgium is one hour ahead, in summer two; the last two hours are for a server that was away.
    for (hour, is_due) in [(14, false), (15, true), (17, true), (18, false), (23, false)] {
        let due = chosen(16).due(utc(2026, 11, 23, hour), None);
        assert_eq!(due, is_due.then_some(monday), "winter, {hour}");
    }
    for (hour, is_due) in [(13, false), (14, true), (16, true), (17, false)] {
        let due = chosen(16).due(utc(2026, 6, 22, hour), None);
        assert_eq!(due, is_due.then_some(on(2026, 6, 22)), "summer, {hour}");
    }
    assert_eq!(chosen(16).due(utc(2026, 11, 24, 15), None), None, "no Tuesday was chosen");
    assert_eq!(chosen(16).due(utc(2026, 11, 23, 15), Some(monday)), None, "once a day");
    assert!(chosen(16).due(utc(2026, 11, 23, 15), Some(on(2026, 11, 19))).is_some());
    let nowhere = Reminders { email: String::new(), ..chosen(16) };
    assert_eq!(nowhere.due(utc(2026, 11, 23, 15), None), None);
}

#[test]
fn i4_nobody_is_reminded_at_night_whatever_was_chosen() {
    for (day, hour, at) in
        (0..365).flat_map(|day| (0..24 * 24).map(move |it| (day, it / 24, it % 24)))
    {
        let it = Reminders { days: (0..7).collect(), ..chosen(hour) };
        let date = on(2026, 1, 1).checked_add_days(Days::new(day)).unwrap();
        let at = u32::from(at);
        if it.due(utc(date.year(), date.month(), date.day(), at), None).is_some() {
            // In the two months in which clocks change it is one of both.
            let ahead = match date.month() {
                4..=9 => 2..=2,
                3 | 10 => 1..=2,
                _ => 1..=1,
            };
            assert!(
                ahead.into_iter().any(|it| (7..=20).contains(&(at + it))),
                "{date} {at}:05 UTC"
            );
        }
    }
    assert_eq!(BY_DAY, 7..=20);
}

#[test]
fn i4_what_cannot_be_an_address_a_day_or_an_hour_is_no_choice() {
    assert!(chosen(7).is_sound() && chosen(20).is_sound());
    assert!(!chosen(6).is_sound() && !chosen(21).is_sound());
    for days in [vec![7], vec![1, 1], vec![3, 0]] {
        assert!(!Reminders { days, ..chosen(16) }.is_sound());
    }
    assert!(!Reminders { language: "de".into(), ..chosen(16) }.is_sound());
    let with = |email: &str| Reminders { email: email.into(), ..chosen(16) }.is_sound();
    for good in ["", "a@b.be", "jef.de-smet+werk@mail.cvo.example"] {
        assert!(with(good), "{good}");
    }
    for bad in [
        "jef",
        "jef@",
        "@b.be",
        "jef@b",
        "jef@b.",
        "a@b@c.be",
        "a b@c.be",
        "a@c.be,b@c.be",
        "a@c.be\r\nBcc: b@c.be",
        "<a@c.be>",
        "é@c.be",
    ] {
        assert!(!with(bad), "{bad:?}");
    }
    assert!(!with(&format!("{}@b.be", "a".repeat(250))));
}

#[test]
fn i4_the_calendar_of_a_phone_gets_an_event_that_it_can_read() {
    let it = chosen(16);
    let name =
        "Dubbelspoor: wat deed je vandaag, en wat heb je geleerd; échte vragen\nvan elke dag";
    let text =
        calendar(&it, "a1@dubbelspoor", on(2026, 11, 24), name, "https://leren.be/").unwrap();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let whole = text.replace("\r\n ", "");
    assert!(whole.contains("DTSTART:20261126T160000\r\n"), "the next of the days: {whole}");
    assert!(whole.contains("RRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n"));
    assert!(whole.contains("geleerd\\; échte vragen\\nvan elke dag\r\n"));
    assert_eq!(whole.matches("BEGIN:").count(), whole.matches("END:").count());
    let never = Reminders { days: Vec::new(), ..it };
    assert_eq!(calendar(&never, "a", on(2026, 11, 24), "x", "y"), None);
}
