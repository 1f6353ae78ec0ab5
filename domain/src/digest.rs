//! What lists, tabs and totals show of a dossier, small enough to keep beside it: a coach's list then opens without
//! reading forty dossiers (G1). Whatever is kept can be worked out anew from the dossier, so nothing depends on it.

use crate::codec::{from_bytes, record, to_bytes};
use crate::dossier::{Dossier, Role, Standing, Translated};
use crate::id::PersonId;
use crate::ordered::sort_by_key;
use crate::signals::{Signal, Thresholds, signals};
use crate::sync::{Counts, Replica, Tip};
use crate::wire::Head;
use crate::{Bytes, Day};

/// How digests are made. A digest of another form is worked out anew.
const FORM: u16 = 5;
/// Of one without signals.
const BRIEF: u16 = FORM + 1_000;

record! {
    /// What one person's lists need of a dossier, as of a day and of a tip.
    pub map Digest {
        /// How it was made.
        0 form: u16,
        /// The bytes of the tip that it was worked out at.
        1 tip: Bytes,
        /// For which day.
        2 day: Day,
        /// Whose dossier it is.
        3 learner: Option<PersonId>,
        /// The learner's name.
        4 name: Option<String>,
        /// The course.
        5 course: Translated,
        /// Where the learner works on that day.
        6 workplace: String,
        /// The roles that the person holds or held, each once, in their order.
        7 roles: Vec<Role>,
        /// Those that are not over.
        8 current: Vec<Role>,
        /// Why somebody who guides should look; nothing for who does not guide.
        9 signals: Vec<Signal>,
        /// Entries that wait for this person's confirmation.
        10 to_confirm: u32,
        /// Questions and concerns that wait for an answer.
        11 to_answer: u32,
        /// Confirmations and absences that wait for this person's decision.
        12 to_decide: u32,
        /// Own events without a receipt.
        13 here: u32,
        /// Own events that the school has.
        14 at_school: u32,
        /// Own events that came back.
        15 to_see: u32,
        /// When the oldest without a receipt was written, in milliseconds since 1970.
        16 oldest_here: Option<u64>,
        /// All events that came back.
        17 refused: u32,
        /// Whether something is to be sent to the school.
        18 sends: bool,
        /// Whether it is the centre's own dossier, and nobody's leertraject.
        19 is_centre: bool,
        /// Since when the leertraject stands still, or its last day where it stopped before its time.
        20 stands_still: Option<Day>,
        /// From when the person takes part, while none of that has begun.
        21 begins: Option<Day>,
    }
}

impl Digest {
    /// Works it out for the person of the replica; `thresholds` are those of the centre.
    pub fn of(replica: &Replica, thresholds: Thresholds, today: Day) -> Digest {
        let brief = Digest::brief(replica, thresholds, today);
        let guides = brief.current.iter().any(|it| !matches!(it, Role::Learner | Role::Mentor));
        let signals =
            if guides { signals(replica.dossier(), thresholds, today) } else { Vec::new() };
        Digest { form: FORM, signals, ..brief }
    }

    /// The same without signals, for a program that shows none and does not carry their rules.
    pub fn brief(replica: &Replica, _: Thresholds, today: Day) -> Digest {
        let (it, me) = (replica.dossier(), replica.person());
        let links = it.links.all().map(|it| &it.link);
        let links = links.filter(|it| it.person == me && it.role != Role::Member);
        let roles = sorted(links.map(|it| it.role).collect());
        let holds = |role: &Role| it.links.current(*role, today).any(|person| person == me);
        let current: Vec<Role> = roles.iter().copied().filter(holds).collect();
        let coming = it.links.lasting(today).filter(|it| it.link.person == me);
        let begins = coming.map(|it| it.link.from).min().filter(|_| current.is_empty());
        let learner = it.links.learner();
        let track = it.track.as_ref();
        let decides = current.iter().any(|it| matches!(it, Role::Coach | Role::Administrator));
        let mentors = current.contains(&Role::Mentor);
        let counts = replica.counts();
        Digest {
            form: BRIEF,
            tip: Bytes(replica.stored_tip().unwrap_or_default().to_vec()),
            day: today,
            learner,
            name: learner.and_then(|person| it.links.name_of(person)).map(str::to_owned),
            course: track.map(|it| it.course.clone()).unwrap_or_default(),
            workplace: it.works_at(today),
            signals: Vec::new(),
            to_confirm: if mentors { many(it.waiting_for(me, today).len()) } else { 0 },
            to_answer: many(it.matters.waiting().count()),
            to_decide: if decides { to_decide(it) } else { 0 },
            roles,
            current,
            here: many(counts.here),
            at_school: many(counts.at_school),
            to_see: many(counts.to_see),
            oldest_here: counts.oldest_here,
            refused: many(replica.refused().len()),
            sends: replica.sends(),
            is_centre: it.centre.is_some(),
            stands_still: it.stands_still(today),
            begins,
        }
    }

    /// Reads one that was kept beside a tip. Of another tip, or made otherwise, it tells nothing.
    pub fn read(bytes: &[u8], tip: &[u8]) -> Option<Digest> {
        Digest::read_brief(bytes, tip).filter(|it| it.form == FORM)
    }

    /// The same where signals are of no use: with or without them.
    pub fn read_brief(bytes: &[u8], tip: &[u8]) -> Option<Digest> {
        let digest = from_bytes::<Digest>(bytes)?;
        ([FORM, BRIEF].contains(&digest.form) && digest.tip.0 == tip).then_some(digest)
    }

    /// As it is kept.
    pub fn write(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// The three totals.
    pub fn counts(&self) -> Counts {
        Counts {
            here: self.here as usize,
            at_school: self.at_school as usize,
            to_see: self.to_see as usize,
            oldest_here: self.oldest_here,
        }
    }

    /// Whether the dossier has been read as far as the school tells.
    pub fn is_at(&self, head: &Head) -> bool {
        let tip = from_bytes::<Tip>(&self.tip.0).unwrap_or_default();
        tip.epoch == Some(head.epoch) && tip.position == head.position
    }
}

pub(crate) fn to_decide(it: &Dossier) -> u32 {
    let late = it.confirmations.all().filter(|record| it.standing(record) == Standing::Waiting);
    many(late.count() + it.free_days.undecided().count())
}

fn sorted(mut roles: Vec<Role>) -> Vec<Role> {
    sort_by_key(&mut roles, |it| *it);
    roles.dedup();
    roles
}

fn many(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
