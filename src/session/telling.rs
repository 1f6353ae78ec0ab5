//! Telling on this device that something waits (I4). Only the app can read what does, so that it leaves a note of the
//! coming days for when it is closed. What somebody else writes meanwhile is told once the app was open again.

use super::Session;
use crate::device::settings::Settings;
use crate::device::{note, telling};
use chrono::{Datelike as _, Days};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::digest::Digest;
use dubbelspoor_domain::floor::missing_days;
use leptos::prelude::untrack;

pub(crate) use crate::device::telling::Telling;

words! {
    waits_said { nl "Er wacht iets op je." en "Something waits for you." fr "Quelque chose vous attend." }
}

/// So far ahead: who does not open the app in two weeks hears it from somebody else.
const AHEAD: u64 = 14;

impl Session {
    /// Whether this browser can tell while the app is closed.
    pub(crate) async fn can_tell(self) -> bool {
        telling::is_known().await
    }

    /// Whether this device was asked to, and may.
    pub(crate) fn tells(self) -> bool {
        self.told_on().is_some() && telling::is_allowed()
    }

    /// On which days I am told here; another person on this device is told nothing of mine.
    fn told_on(self) -> Option<String> {
        let kept = Settings::load().tells?;
        let (whom, days) = kept.split_once(':')?;
        (whom == self.me().person.to_string()).then(|| days.to_owned())
    }

    /// Has this device tell on these days of the week, from 0 for Monday.
    pub(crate) async fn tell_on(self, days: &[u16]) -> Telling {
        let begun = telling::begin().await.unwrap_or(Telling::NotInstalled);
        if begun == Telling::Begun {
            let days: String = days.iter().map(u16::to_string).collect();
            let kept = format!("{}:{days}", self.me().person);
            Settings::change(|it| it.tells = Some(kept));
            self.note_what_waits().await;
        }
        begun
    }

    /// Has it tell no more.
    pub(crate) async fn tell_no_more(self) {
        Settings::change(|it| it.tells = None);
        if let Err(fault) = telling::end().await {
            note(&fault.to_string());
        }
    }

    /// Leaves the note, where this device tells.
    pub(crate) async fn note_what_waits(self) {
        let Some(on) = self.told_on() else {
            // What the person before left here goes; that they want it stays.
            if Settings::load().tells.is_some()
                && let Err(fault) = telling::leave(&[], waits_said()).await
            {
                note(&fault.to_string());
            }
            return;
        };
        let today = untrack(|| self.today());
        let listed = untrack(|| self.count_listed());
        let waiting = |on: Day| listed + untrack(|| self.count_missing(on));
        telling::badge(waiting(today));
        let coming = (0..AHEAD).filter_map(|it| today.checked_add_days(Days::new(it)).map(Day));
        let is_wanted = |it: &Day| on.contains(&it.weekday().num_days_from_monday().to_string());
        let waits = |it: &Day| waiting(*it) > 0;
        let days: Vec<String> =
            coming.filter(is_wanted).filter(waits).map(|it| it.to_string()).collect();
        if let Err(fault) = telling::leave(&days, waits_said()).await {
            note(&fault.to_string());
        }
    }

    /// So much waits for me whatever the day.
    fn count_listed(self) -> usize {
        let known = |it: &Digest| match it.current.is_empty() {
            true => 0,
            false => it.to_confirm + it.to_answer + it.to_decide,
        };
        self.digests(|_, it| known(it)).into_iter().sum::<u32>() as usize
    }

    /// So many days will be empty in my diary on a day, by what stands there now.
    fn count_missing(self, on: Day) -> usize {
        let own = self.own_dossier();
        own.and_then(|it| self.with(it, |it| missing_days(it, on).len())).unwrap_or(0)
    }
}
