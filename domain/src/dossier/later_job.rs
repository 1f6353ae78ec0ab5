//! What came of somebody after the leertraject (G7).

use super::{Dossier, Placed, Readers, Record, Refusal, Roles, Said, TrackState, fits};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::PersonId;

choice! {
    /// What somebody does after the leertraject.
    pub JobOutcome {
        /// Works on at the workplace of the leertraject.
        1 StaysOn,
        /// Works elsewhere, in this trade.
        2 InTrade,
        /// Works, in another trade.
        3 OtherWork,
        /// Learns on.
        4 LearnsOn,
        /// Looks for work.
        5 SeeksWork,
        /// Something else; the text may say what.
        6 Other,
        /// Was asked about, and nobody knows.
        7 Unknown,
    }
}

impl JobOutcome {
    /// All of them.
    pub const ALL: [JobOutcome; 7] = [
        JobOutcome::StaysOn,
        JobOutcome::InTrade,
        JobOutcome::OtherWork,
        JobOutcome::LearnsOn,
        JobOutcome::SeeksWork,
        JobOutcome::Other,
        JobOutcome::Unknown,
    ];
}

record! {
    /// Latere job: what somebody does after the leertraject. What was said last stands.
    pub map LaterJob {
        /// The day on which it was so.
        0 day: Day,
        /// What.
        1 outcome: JobOutcome,
        /// In words, at most 500 bytes.
        2 text: String,
    }
}

impl Record for LaterJob {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.text, 500)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        // A phone may give an older one back after a restore.
        if said.stands_over(dossier.guiding.later_job.as_ref()) {
            dossier.guiding.later_job = Some(said);
        }
    }

    /// The leertraject is over by then: cursist and mentor no longer work with it.
    fn readers(&self) -> Readers {
        Readers::Guides
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Dossier {
    /// Whether the leertraject lies behind the learner on a day: it ended early, or its last day has passed.
    pub fn is_over(&self, today: Day) -> bool {
        matches!(self.state_on(today), TrackState::EndedEarly | TrackState::Completed)
    }

    /// What came after the leertraject (G7): nothing while it is not over. What was noted about a day before it began
    /// again came before, not after.
    pub fn later_job(&self, today: Day) -> Option<&Said<LaterJob>> {
        let began_again = self.guiding.began_again(today);
        let came_after = |it: &&Said<LaterJob>| began_again.is_none_or(|day| day < it.what.day);
        self.guiding.later_job.as_ref().filter(|_| self.is_over(today)).filter(came_after)
    }
}
