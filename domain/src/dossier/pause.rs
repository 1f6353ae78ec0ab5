//! A leertraject that stands still for a while and goes on later (A9).

use super::{Dossier, Placed, Record, Refusal, Restart, Roles, Said, written};
use crate::Day;
use crate::codec::record;
use crate::id::PersonId;
use crate::ordered::sort_by_key;

record! {
    /// Onderbreking: nobody learns until a re-start, whenever that is. All that was earned stays.
    pub map Pause {
        /// Its first day.
        0 day: Day,
        /// Why, 1 to 4,000 bytes.
        1 text: String,
    }
}

impl Record for Pause {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        written(&self.text, 4_000)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let record = Said::of(it, self);
        dossier.guiding.pauses.push(record);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

/// Each stop with the re-start that followed. A stop that is said again before a re-start puts the one before right, and so
/// does a re-start. One re-start ends a pause and an early end alike; once it went on, a stop of the other kind begins
/// anew: the re-start after that says nothing of an earlier stop.
pub(super) fn with_restarts<'s, T, O>(
    stops: &'s [Said<T>],
    others: &[Said<O>],
    restarts: &'s [Said<Restart>],
) -> Vec<(&'s Said<T>, Option<&'s Said<Restart>>)> {
    let mut turns: Vec<_> = stops.iter().map(|it| (it.at, Turn::Stop(it))).collect();
    turns.extend(others.iter().map(|it| (it.at, Turn::Other)));
    turns.extend(restarts.iter().map(|it| (it.at, Turn::Restart(it))));
    sort_by_key(&mut turns, |it| it.0);
    let mut found: Vec<(&Said<T>, Option<&Said<Restart>>)> = Vec::new();
    let mut is_past = false;
    for (_, turn) in turns {
        match (turn, found.last_mut()) {
            (Turn::Stop(stop), Some(last)) if last.1.is_none() => last.0 = stop,
            (Turn::Stop(stop), _) => {
                found.push((stop, None));
                is_past = false;
            }
            (Turn::Other, last) => is_past |= last.is_some_and(|it| it.1.is_some()),
            (Turn::Restart(restart), Some(last)) if !is_past => last.1 = Some(restart),
            // Nothing of this kind stood still.
            (Turn::Restart(_), _) => {}
        }
    }
    found
}

/// What was said of whether it goes on.
enum Turn<'s, T> {
    Stop(&'s Said<T>),
    /// A stop of the other kind.
    Other,
    Restart(&'s Said<Restart>),
}

impl Dossier {
    /// The pause that a day falls in (A9).
    pub fn pause_on(&self, day: Day) -> Option<&Said<Pause>> {
        let covers = |(pause, restart): &(&Said<Pause>, Option<&Said<Restart>>)| {
            pause.what.day <= day && restart.is_none_or(|it| day < it.what.day)
        };
        self.guiding.pauses().into_iter().find(covers).map(|(pause, _)| pause)
    }

    /// Whether nothing is expected of the learner on a day: an absence that a coach accepted, or a pause.
    pub fn is_away(&self, day: Day) -> bool {
        self.free_days.is_accepted_absence(day) || self.pause_on(day).is_some()
    }

    /// Since when nothing is expected any more: the first day of a pause, or the last day before an early end.
    pub fn stands_still(&self, today: Day) -> Option<Day> {
        if self.has_ended_by(today) {
            return self.guiding.end().map(|it| it.what.day);
        }
        let is_over = self.track.as_ref().is_some_and(|it| it.to < today);
        self.pause_on(today).filter(|_| !is_over).map(|it| it.what.day)
    }
}
