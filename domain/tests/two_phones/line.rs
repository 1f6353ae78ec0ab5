//! The line between phones and school: it loses requests and answers, repeats, delays, reorders, cuts off.

use crate::school::{Answer, Asked, Crash};
use crate::support::Dice;
use dubbelspoor_domain::wire::{Message, Push};

/// Something on its way.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) due: u64,
    pub(crate) phone: usize,
    pub(crate) tab: usize,
    pub(crate) sent: Option<Push>,
    pub(crate) asked: Asked,
    /// Absent on the way to the school.
    pub(crate) answer: Option<Answer>,
}

/// How bad the line is, in percent; and what a box in between makes of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
    pub(crate) cut: usize,
    pub(crate) slow: u64,
    pub(crate) crash: usize,
    /// The most events that a proxy lets through in one request.
    pub(crate) narrow: usize,
}

impl Weather {
    pub(crate) const CALM: Weather =
        Weather { lost: 0, doubled: 0, cut: 0, slow: 1, crash: 0, narrow: usize::MAX };

    pub(crate) fn roll(dice: &mut Dice) -> Weather {
        Weather {
            lost: dice.below(30),
            doubled: dice.below(30),
            cut: dice.below(10),
            slow: 1 + dice.roll() % 4,
            crash: dice.below(10),
            narrow: if dice.chance(30) { 1 + dice.below(4) } else { usize::MAX },
        }
    }

    /// The parcels that leave when one is sent: none, one, two; late, perhaps cut off.
    pub(crate) fn carry(&self, dice: &mut Dice, now: u64, parcel: &Parcel) -> Vec<Parcel> {
        let mut out = Vec::new();
        let copies = 1 + usize::from(dice.chance(self.doubled));
        for _ in 0..copies {
            if dice.chance(self.lost) {
                continue;
            }
            let mut it = parcel.clone();
            it.due = now + dice.roll() % (self.slow * crate::world::STEP);
            if dice.chance(self.cut) {
                it.cut_off(dice);
            }
            out.push(it);
        }
        out
    }

    pub(crate) fn crash(&self, dice: &mut Dice) -> Crash {
        match (dice.chance(self.crash), dice.chance(50)) {
            (false, _) => Crash::Never,
            (true, true) => Crash::BeforeCommit,
            (true, false) => Crash::AfterCommit,
        }
    }

    /// A proxy that turns large requests away.
    pub(crate) fn turns_away(&self, asked: &Asked, sent: Option<&Push>) -> bool {
        let events = sent.map_or(0, |it| it.events.len());
        let fits = |bytes: &[u8]| dubbelspoor_domain::wire::Signed::from_bytes(bytes).is_some();
        events > self.narrow && matches!(asked, Asked::Push(bytes) if fits(bytes))
    }
}

impl Parcel {
    fn cut_off(&mut self, dice: &mut Dice) {
        let bytes = match (&mut self.answer, &mut self.asked) {
            (Some(Answer::Bytes(bytes)), _) => bytes,
            (None, Asked::Push(bytes) | Asked::Reconcile(bytes)) => bytes,
            (Some(Answer::TooLarge | Answer::Unwelcome), _) | (None, Asked::Pull(..)) => return,
        };
        bytes.truncate(dice.below(bytes.len()));
    }
}
