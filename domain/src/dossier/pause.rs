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
/// does a re-start.
pub(super) fn with_restarts<'s, T>(
    stops: &'s [Said<T>],
    restarts: &'s [Said<Restart>],
) -> Vec<(&'s Said<T>, Option<&'s Said<Restart>>)> {
    let mut turns: Vec<_> = stops.iter().map(|it| (it.at, Ok(it))).collect();
    turns.extend(restarts.iter().map(|it| (it.at, Err(it))));
    sort_by_key(&mut turns, |it| it.0);
    let mut found: Vec<(&Said<T>, Option<&Said<Restart>>)> = Vec::new();
    for (_, turn) in turns {
        match (turn, found.last_mut()) {
            (Ok(stop), Some(last)) if last.1.is_none() => last.0 = stop,
            (Ok(stop), _) => found.push((stop, None)),
            (Err(restart), Some(last)) => last.1 = Some(restart),
            // Nothing stood still.
            (Err(_), None) => {}
        }
    }
    found
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
}
