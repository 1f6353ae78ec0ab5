//! What coaches do beside the work itself: putting off what they know already.

use crate::play::Play;
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Snoozed};
use dubbelspoor_domain::signals::{Thresholds, all_signals};

impl Play {
    /// One of what asks for attention on this phone, for some weeks; now and then it may be seen again at once.
    pub(crate) fn put_off(&mut self, phone: usize, track: usize) {
        if !self.chance(4) {
            return;
        }
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let all = all_signals(dossier, Thresholds::default(), Day(self.today));
        let all: Vec<u16> = all.into_iter().map(|it| it.kind.number()).collect();
        let Some(signal) = self.world.dice.pick(&all).copied() else { return };
        let last = if self.chance(15) {
            self.today - Days::new(1)
        } else {
            self.today + Days::new(self.world.dice.below(50) as u64)
        };
        let (now, reason) = (self.hour(11), "Dat is al besproken.".to_owned());
        let snoozed = Snoozed { signal, until: Day(last), reason };
        self.world.write(phone, track, now, Body::Snoozed(snoozed));
    }
}
