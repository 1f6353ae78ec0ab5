//! A short survey (G6): what goes well, what could be better. Its questions are a record, so that everybody reads them
//! without a line: of the centre's dossier where the centre asks, and where a coach asks the same record in each of the
//! leertrajecten that they choose. An answer is no event, since an event is signed by its author: it goes to the school by
//! itself, without a name (`wire/survey.rs`).

use super::{Dossier, Placed, Record, Refusal, Role, Roles, Rules, written};
use crate::Day;
use crate::codec::record;
use crate::id::{PersonId, SurveyId};
use chrono::Days;

record! {
    /// A survey. What was asked and of whom stays as it is: a later record of the same name only takes it away or back.
    pub map Survey {
        /// Its own name.
        0 survey: SurveyId,
        /// 1 to 200 bytes.
        1 title: String,
        /// 1 to [`MAX_QUESTIONS`], each 1 to 300 bytes.
        2 questions: Vec<String>,
        /// Cursisten are asked.
        3 learners: bool,
        /// Mentors are asked.
        4 mentors: bool,
        /// The last day on which it is shown to be filled in.
        5 until: Day,
        /// It is shown no more.
        6 withdrawn: bool,
    }
}

/// The most questions in a survey.
pub const MAX_QUESTIONS: usize = 5;
/// The most bytes in the answer to one question.
pub const MAX_ANSWER: usize = 8_000;
/// So many people answered before anybody reads anything. Answers are also shown by so many more at a time, so that
/// looking before and after somebody answered tells nothing.
pub const TOGETHER: u16 = 5;
/// What was filled in without a line may arrive so many days after the last day.
const GRACE: u64 = 14;

impl Record for Survey {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        if dossier.centre.is_some() {
            roles.administers()?
        } else {
            roles.steers()?
        }
        written(&self.title, 200)?;
        self.questions.iter().try_for_each(|it| written(it, 300))?;
        let is_asked = self.learners || self.mentors;
        if !is_asked || !(1..=MAX_QUESTIONS).contains(&self.questions.len()) {
            return Err(Refusal::OutOfRange);
        }
        match dossier.rules.survey(self.survey) {
            Some(known) if (Survey { withdrawn: self.withdrawn, ..known.clone() }) != *self => {
                Err(Refusal::Mismatch)
            }
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let surveys = &mut dossier.rules.surveys;
        let by = surveys.get(&self.survey).map_or(it.author(), |(by, _)| *by);
        surveys.put(self.survey, (by, self));
    }
}

impl Survey {
    /// Whether it is there to be filled in.
    pub fn is_open(&self, today: Day) -> bool {
        !self.withdrawn && today <= self.until
    }

    /// Whether an answer no longer comes in: then all of them are shown.
    pub fn is_over(&self, today: Day) -> bool {
        self.until.checked_add_days(Days::new(GRACE)).is_none_or(|last| *today > last)
    }

    /// Whether it asks somebody who now takes part in a leertraject: in one of its centre, or one that it stands in.
    pub fn asks(&self, person: PersonId, track: &Dossier, today: Day) -> bool {
        let holds = |role| track.links.current(role, today).any(|it| it == person);
        self.learners && holds(Role::Learner) || self.mentors && holds(Role::Mentor)
    }

    /// Whether these are answers to its questions: one for each, and something in one of them.
    pub fn is_answered_by(&self, answers: &[String]) -> bool {
        answers.len() == self.questions.len()
            && answers.iter().all(|it| it.len() <= MAX_ANSWER)
            && answers.iter().any(|it| !it.trim().is_empty())
    }
}

impl Rules {
    /// All surveys, also those that were taken away.
    pub fn surveys(&self) -> impl Iterator<Item = &Survey> {
        self.surveys.values().map(|(_, it)| it)
    }

    /// One of them.
    pub fn survey(&self, survey: SurveyId) -> Option<&Survey> {
        self.surveys.get(&survey).map(|(_, it)| it)
    }

    /// Who asked it.
    pub fn asked_by(&self, survey: SurveyId) -> Option<PersonId> {
        self.surveys.get(&survey).map(|(by, _)| *by)
    }
}
