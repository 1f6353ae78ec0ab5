//! Work, lessons and agreements, as the examples of the rules for hours have them.
#![allow(dead_code, reason = "each test takes what it needs")]

use crate::support::{COACH, LEARNER, Play, entry, on};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Agreement, AgreementKind, Body, Entry, Party, Place, Signed};
use dubbelspoor_domain::hours::{Yearly, yearly};
use dubbelspoor_domain::id::{AgreementId, EntryId, EventHash};

impl Play {
    /// Minutes at a place on a day.
    pub(crate) fn works(&mut self, day: &str, place: Place, minutes: u16) -> (EntryId, EventHash) {
        let name = EntryId([self.next + 1; 16]);
        let it = Entry { day: on(day), place, minutes, ..entry(name, "worked") };
        (name, self.put(LEARNER, &Body::Entry(it)))
    }

    /// At the workplace, in pieces of at most twelve hours on that day.
    pub(crate) fn hours(&mut self, day: &str, hours: u16) {
        let mut left = hours * 60;
        while left > 0 {
            let minutes = left.min(720);
            self.works(day, Place::Workplace, minutes);
            left -= minutes;
        }
    }

    pub(crate) fn agrees(&mut self, it: &Agreement) {
        self.put(COACH, &Body::Agreement(it.clone()));
    }

    pub(crate) fn figures(&self, agreement: &Agreement, today: &str) -> Yearly {
        yearly(self.dossier(), agreement, on(today))
    }
}

/// Signed by all three a week before it begins.
pub(crate) fn agreement(kind: AgreementKind, from: &str, to: &str, weekly_hours: u16) -> Agreement {
    let signed_on = Day(on(from).checked_sub_days(chrono::Days::new(7)).unwrap());
    Agreement {
        agreement: AgreementId([1; 16]),
        kind,
        workplace: "Warehouse".into(),
        from: on(from),
        to: on(to),
        weekly_minutes: weekly_hours * 60,
        signed: Party::ALL.map(|party| Signed { party, on: signed_on }).to_vec(),
        number: None,
        ended: None,
        at: None,
        blocks: dubbelspoor_domain::Added::default(),
        on_holidays: None,
    }
}
