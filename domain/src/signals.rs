//! Who needs attention, and why (G1). Each signal is a function of the dossier and the day, and names its grounds.

mod steps;

pub use steps::ATTESTATION_ENDS;

use crate::Day;
use crate::codec::{choice, record};
use crate::dossier::{Agreement, Dossier, Matter, Standing, TrackState};
use crate::hours;
use crate::id::EventHash;
use crate::ordered::sort_by_key;
use chrono::{Datelike, Days, Weekday};

choice! {
    /// What asks for attention. The numbers are kept beside dossiers, in digests.
    pub SignalKind {
        /// No entry for some working days; holidays and days of a reported absence are none.
        1 Silence,
        /// A request for confirmation has waited for some days.
        2 Unconfirmed,
        /// A confirmation that counts only after a decision.
        3 WaitsForCoach,
        /// A reported problem that nobody closed (D7).
        4 Concern,
        /// The learner feels less well, or bad for a while (C11).
        5 WellBeing,
        /// The hours at the workplace stay behind what was agreed (F2).
        6 HoursBehind,
        /// The agreement ends soon and no other follows (A7).
        7 AgreementEnds,
        /// Few training days are left to sign an agreement (A8).
        8 NoAgreement,
        /// The plan has not been agreed to by all three (B5).
        9 PlanOpen,
        /// Goals did not come up in their weeks (B6).
        10 GoalsLate,
        /// No talk of three for too long (E3).
        11 ReviewOverdue,
        /// A visit is late, or none is planned (G2).
        12 VisitOverdue,
        /// A mentor who never acts (A3).
        13 MentorSilent,
        /// Safety points that were not gone through together (D6).
        14 NotReceived,
        /// Several signals at once tell of somebody who may drop out (G4).
        15 MayStop,
        /// A proposal for the plan waits for the coach (B3).
        16 ProposalWaits,
        /// An attestation ends soon, or has ended, and no newer one is there (B12).
        17 AttestationEnds,
        /// Work has gone on for a week without any list for the reception (D6).
        18 NoReception,
        /// Somebody takes part and has not joined on any device (A15).
        19 NotJoined,
        /// Too small a part of the learning is at the workplace (F3).
        20 ShareLow,
    }
}

record! {
    /// A reason to look at a dossier.
    pub map Signal {
        /// What.
        0 kind: SignalKind,
        /// Since when it is so.
        1 since: Day,
        /// For how many days: working days for silence, calendar days otherwise. For what is still to come, how many are left.
        2 days: u32,
        /// The events that it rests on; none for silence from the start.
        3 grounds: Vec<EventHash>,
    }
}

/// The thresholds, each with the number by which a centre keeps it, forever, and what it is where the centre set nothing.
macro_rules! thresholds {
    ($($(#[$doc:meta])* $number:literal $name:ident = $default:literal)*) => {
        /// From when on something is a signal; a centre sets its own.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Thresholds {
            $($(#[$doc])* pub $name: u32,)*
        }

        impl Default for Thresholds {
            fn default() -> Thresholds {
                Thresholds { $($name: $default,)* }
            }
        }

        impl Thresholds {
            /// The numbers of all.
            pub const NUMBERS: &[u16] = &[$($number),*];

            /// One by its number; 0 for one that this version does not know.
            pub fn get(&self, number: u16) -> u32 {
                match number {
                    $($number => self.$name,)*
                    _ => 0,
                }
            }

            /// Sets one by its number; one that this version does not know changes nothing.
            pub fn set(&mut self, number: u16, value: u32) {
                match number {
                    $($number => self.$name = value,)*
                    _ => {}
                }
            }
        }
    };
}

thresholds! {
    /// Working days without an entry.
    1 silence = 5
    /// Days that a request may wait.
    2 unconfirmed = 7
    /// Days that a concern may stay open; an urgent one is a signal at once.
    3 concern = 2
    /// Percent of the agreed hours of the last four weeks; fewer are a signal.
    4 behind = 85
    /// Days before its end from which an agreement is a signal.
    5 ends = 30
    /// Training days that are left without an agreement, from which they are a signal.
    6 training_days = 5
    /// So many steps down from one mark of well-being to the next are a fall.
    7 fall = 2
    /// Days after the start from which a plan that was not agreed to is a signal.
    8 plan = 20
    /// Days since the last talk of three from which the next is overdue.
    9 review = 42
    /// Days that a planned visit or talk may be late.
    10 visit_late = 14
    /// Days without any contact with the workplace while none is planned.
    11 visit = 60
    /// Days in which a mentor who was asked does nothing.
    12 mentor = 14
    /// Visits on the spot that a cursist has in a school year (G2): a norm, no signal; 0 is none.
    13 visit_norm = 3
    /// Days in which somebody who takes part has not joined.
    14 joined = 5
    /// Weeks after the first day under an agreement from which too small a share of workplace learning is a signal: what was
    /// learnt at school before it weighs most in the first of them.
    15 share = 12
    /// Days that a goal may be late.
    16 goals_late = 0
    /// Different days on which a level must be confirmed to count as the level of a goal (D3): a rule, no signal.
    17 level_days = 2
}

/// A mark of well-being that is a signal when it comes twice in a row, and every lower one.
const LOW: u16 = 2;
/// Days after which an older mark no longer tells how somebody is.
const FRESH: u32 = 14;

/// All signals of a dossier, the most urgent first. None of a leertraject that is over or has not begun, except what
/// waits for somebody's own act; and none that a coach put off (G1).
pub fn signals(dossier: &Dossier, thresholds: Thresholds, today: Day) -> Vec<Signal> {
    let mut all = all_signals(dossier, thresholds, today);
    all.retain(|it| dossier.guiding.snoozed(it.kind.number(), today).is_none());
    all
}

/// The same, with those that a coach put off.
pub fn all_signals(dossier: &Dossier, thresholds: Thresholds, today: Day) -> Vec<Signal> {
    let runs = matches!(
        dossier.state_on(today),
        TrackState::Planned | TrackState::Running | TrackState::Restarted
    );
    let mut all: Vec<Signal> = [
        waits_for_coach(dossier, today),
        concern(dossier, thresholds.concern, today),
        steps::proposal_waits(dossier, today),
    ]
    .into_iter()
    .flatten()
    .collect();
    if runs {
        let daily = [
            well_being(dossier, thresholds.fall, today),
            hours_behind(dossier, thresholds.behind, today),
            share_low(dossier, thresholds.share, today),
            agreement_ends(dossier, thresholds.ends, today),
            no_agreement(dossier, thresholds.training_days, today),
            silence(dossier, thresholds.silence, today),
            unconfirmed(dossier, thresholds.unconfirmed, today),
            steps::plan_open(dossier, thresholds.plan, today),
            steps::goals_late(dossier, thresholds.goals_late, today),
            steps::review_overdue(dossier, thresholds, today),
            steps::visit_overdue(dossier, thresholds, today),
            steps::mentor_silent(dossier, thresholds.mentor, today),
            steps::not_received(dossier, today),
            steps::no_reception(dossier, today),
            steps::attestation_ends(dossier, today),
            steps::not_joined(dossier, thresholds.joined, today),
        ];
        all.extend(daily.into_iter().flatten());
        all.extend(steps::may_stop(&all, today));
    }
    sort_by_key(&mut all, |it| core::cmp::Reverse(it.urgency(today)));
    all
}

/// So many days before it ends, something begins to press.
const SOON: u32 = 30;

impl Signal {
    /// How much it presses, whatever its `days` count (G1): who may drop out, a reported problem, what waits for a coach's own
    /// act; among those, what has been so for longest. What is still to come presses more as it comes nearer.
    pub fn urgency(&self, today: Day) -> (u8, u32) {
        use SignalKind::{
            AgreementEnds, AttestationEnds, Concern, GoalsLate, MayStop, NoAgreement, NotReceived,
        };
        let first = [Concern, MayStop].iter().position(|it| *it == self.kind);
        let rank = first.map_or(u8::from(self.kind.asks_to_act()), |at| at as u8 + 2);
        let pressing = if [AgreementEnds, AttestationEnds, NoAgreement].contains(&self.kind) {
            SOON.saturating_sub(self.days)
        } else if [GoalsLate, NotReceived].contains(&self.kind) {
            days_between(self.since, today)
        } else {
            self.days
        };
        (rank, pressing)
    }
}

impl SignalKind {
    /// The number that stands for it in records, forever.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// Somebody waits for a coach's own act: these come before what only asks to look.
    pub fn asks_to_act(self) -> bool {
        matches!(
            self,
            SignalKind::WaitsForCoach
                | SignalKind::Concern
                | SignalKind::NoAgreement
                | SignalKind::MayStop
                | SignalKind::ProposalWaits
        )
    }
}

fn silence(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let track = dossier.track.as_ref()?;
    if today < track.from || today > track.to {
        return None;
    }
    let last = dossier
        .diary
        .written()
        .filter(|(_, it)| it.content.day <= today)
        .max_by_key(|(_, it)| it.content.day);
    let begun = dossier.guiding.began_again(today).map_or(track.from, |it| it.max(track.from));
    let since = last.map_or(begun, |(_, it)| it.content.day.max(begun));
    let asked = |day: &Day| !dossier.is_holiday(*day) && !dossier.free_days.is_reported(*day);
    let days = u32::try_from(working_days(since, today).filter(asked).count()).unwrap_or(u32::MAX);
    let grounds = last.map(|(_, it)| it.hash).into_iter().collect();
    (days >= limit).then_some(Signal { kind: SignalKind::Silence, since, days, grounds })
}

fn unconfirmed(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let asked_on = |millis: u64| Day::of_millis(millis);
    let late: Vec<_> = dossier
        .waiting()
        .into_iter()
        .map(|it| {
            (asked_on(it.request.received_at.unwrap_or(it.request.at.millis())), it.request.hash)
        })
        .filter(|(day, _)| days_between(*day, today) >= limit)
        .collect();
    let since = late.iter().map(|(day, _)| *day).min()?;
    Some(Signal {
        kind: SignalKind::Unconfirmed,
        since,
        days: days_between(since, today),
        grounds: late.into_iter().map(|(_, hash)| hash).collect(),
    })
}

fn waits_for_coach(dossier: &Dossier, today: Day) -> Option<Signal> {
    let waiting =
        dossier.confirmations.all().filter(|it| dossier.standing(it) == Standing::Waiting);
    let waiting: Vec<_> = waiting.map(|it| (Day::of_millis(it.at.millis()), it.hash)).collect();
    let since = waiting.iter().map(|(day, _)| *day).min()?;
    Some(Signal {
        kind: SignalKind::WaitsForCoach,
        since,
        days: days_between(since, today),
        grounds: waiting.into_iter().map(|(_, hash)| hash).collect(),
    })
}

fn concern(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let mut open = Vec::new();
    for it in dossier.matters.waiting() {
        let Matter::Concern(concern) = &it.what else { continue };
        let day = Day::of_millis(it.received_at.unwrap_or(it.at.millis()));
        if concern.urgent || days_between(day, today) >= limit {
            open.push((day, it.hash));
        }
    }
    let since = open.iter().map(|(day, _)| *day).min()?;
    Some(Signal {
        kind: SignalKind::Concern,
        since,
        days: days_between(since, today),
        grounds: open.into_iter().map(|(_, hash)| hash).collect(),
    })
}

/// Two low marks in a row, or a fall from one to the next: seen from the last two, while they are fresh.
fn well_being(dossier: &Dossier, fall: u32, today: Day) -> Option<Signal> {
    let mut marks = dossier.well_being.all().rev().filter(|it| it.said.day <= today);
    let (last, before) = (marks.next()?, marks.next()?);
    let is_fresh = days_between(before.said.day, today) <= FRESH;
    let is_low = last.said.mark <= LOW && before.said.mark <= LOW;
    let falls = u32::from(before.said.mark) >= u32::from(last.said.mark) + fall;
    let since = if is_low { before.said.day } else { last.said.day };
    (is_fresh && (is_low || falls)).then(|| Signal {
        kind: SignalKind::WellBeing,
        since,
        days: days_between(since, today),
        grounds: vec![before.hash, last.hash],
    })
}

/// The last four weeks, up to and including yesterday, under each agreement of today that ran in all of them: a workplace
/// where somebody hardly comes is not made good by another.
fn hours_behind(dossier: &Dossier, percent: u32, today: Day) -> Option<Signal> {
    let from = Day(today.checked_sub_days(Days::new(28))?);
    let until = Day(today.pred_opt()?);
    let is_behind = |it: &Agreement| {
        let done = hours::done_under(dossier, it, from, until);
        let agreed = hours::agreed_under(dossier, it, from, until);
        it.from <= from && done * 100 < agreed * percent
    };
    dossier.agreements_on(today).any(is_behind).then(|| Signal {
        kind: SignalKind::HoursBehind,
        since: from,
        days: days_between(from, today),
        grounds: Vec::new(),
    })
}

/// While an agreement runs; without one it is the agreement that is missing. Since the weeks that it was given are over.
fn share_low(dossier: &Dossier, weeks: u32, today: Day) -> Option<Signal> {
    dossier.agreement_on(today)?;
    let begun = hours::share(dossier, today).filter(|it| it.is_low())?.since?;
    let since = Day(begun.checked_add_days(Days::new(u64::from(weeks) * 7))?);
    (since <= today).then(|| Signal {
        kind: SignalKind::ShareLow,
        since,
        days: days_between(since, today),
        grounds: Vec::new(),
    })
}

fn agreement_ends(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let last = dossier.last_day(dossier.agreement_on(today)?);
    let course_ends = dossier.track.as_ref().is_some_and(|it| it.to <= last);
    let goes_on = |it: &Agreement| dossier.last_day(it) > last && it.signed_on().is_some();
    let left = days_between(today, last);
    let follows = course_ends || dossier.agreements.all().any(goes_on);
    (left <= limit && !follows).then(|| Signal {
        kind: SignalKind::AgreementEnds,
        since: last,
        days: left,
        grounds: Vec::new(),
    })
}

fn no_agreement(dossier: &Dossier, limit: u32, today: Day) -> Option<Signal> {
    let attended = u32::try_from(hours::training_days(dossier, today)?.len()).unwrap_or(u32::MAX);
    let left = hours::training_days_allowed(dossier, today).saturating_sub(attended);
    (attended > 0 && left <= limit).then(|| Signal {
        kind: SignalKind::NoAgreement,
        since: today,
        days: left,
        grounds: Vec::new(),
    })
}

fn days_between(from: Day, to: Day) -> u32 {
    u32::try_from((*to - *from).num_days()).unwrap_or(0)
}

/// The Mondays to Fridays after one day, up to and including another.
fn working_days(after: Day, until: Day) -> impl Iterator<Item = Day> {
    let days = after.iter_days().skip(1).take_while(move |it| *it <= *until);
    days.filter(|it| !matches!(it.weekday(), Weekday::Sat | Weekday::Sun)).map(Day)
}
