//! The hybrid logical clock: milliseconds and a counter, so that what follows sorts after.
//!
//! It breaks ties and is shown to people; it never decides whether something may be saved.

use crate::codec::{Blank, Reader, Value, Writer};

/// How far another clock may pull ours ahead, in milliseconds.
const TRUST: u64 = 5 * 60 * 1000;

/// 48 bits of milliseconds since 1970, then a 16 bit counter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Hlc(pub u64);

impl Value for Hlc {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }

    fn read(&mut self, from: &mut Reader<'_>) {
        self.0.read(from);
    }
}

impl Blank for Hlc {
    const BLANK: Hlc = Hlc(0);
}

impl Hlc {
    /// The first reading of a millisecond; instants beyond the 48 bits stop at their last.
    pub fn at(millis: u64) -> Hlc {
        Hlc(millis.min((1 << 48) - 1) << 16)
    }

    /// Milliseconds since 1970, as its device claimed.
    pub fn millis(self) -> u64 {
        self.0 >> 16
    }

    /// The reading for the next event of this device: after the last one, and not before `now`.
    #[must_use]
    pub fn tick(self, now: u64) -> Hlc {
        Hlc(self.0.saturating_add(1)).max(Hlc::at(now))
    }

    /// What this clock reads after seeing another's event: never more than five minutes ahead of `now`.
    #[must_use]
    pub fn witness(self, other: Hlc, now: u64) -> Hlc {
        self.max(other.min(Hlc::at(now.saturating_add(TRUST))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_back_still_moves_on() {
        let first = Hlc::default().tick(1_000);
        let second = first.tick(10);
        assert!(second > first);
        assert_eq!(second.millis(), 1_000);
    }

    #[test]
    fn a_full_counter_carries_into_the_next_millisecond() {
        let full = Hlc((1_000 << 16) | 0xffff);
        assert_eq!(full.tick(1_000), Hlc::at(1_001));
        assert_eq!(Hlc(u64::MAX).tick(5), Hlc(u64::MAX));
    }

    #[test]
    fn the_year_9999_pulls_nobody_along() {
        let far = Hlc::at(253_370_764_800_000);
        assert_eq!(Hlc::at(5).witness(far, 10), Hlc::at(10 + TRUST));
    }
}
