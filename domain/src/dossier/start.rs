//! How it begins: workplaces and their recognition (A4, A6), who is whose contact (A2), a mentor's conditions (A5), training
//! days that were granted (A8), and what only those who guide read: status (A10), screening and intake (A11, A12).

use super::{
    Dossier, GoalId, LONGEST_QUESTION, MOST_QUESTIONS, Placed, Readers, Record, Refusal, Roles,
    Said, fits, written,
};
use crate::Day;
use crate::codec::{Added, choice, record};
use crate::id::{PersonId, WorkplaceId};
use crate::ordered::Table;

/// The longest text, in bytes.
const LONGEST: usize = 4_000;

record! {
    /// Erkenning: a site may teach this course, from one day to another.
    pub map Recognition {
        /// Its number, 1 to 64 bytes.
        0 number: String,
        /// First day.
        1 from: Day,
        /// Last day; none where it does not end.
        2 to: Option<Day>,
        /// Which kind, 1 to 100 bytes, where that is told.
        3 kind: Option<String>,
    }

    /// A time at a workplace.
    pub map Stay {
        /// First day.
        0 from: Day,
        /// Last day; none where it is open.
        1 to: Option<Day>,
        /// On which days or in which weeks, in words; at most 200 bytes.
        2 when: String,
    }

    /// A site as a place to learn for this course. A later record of the same name replaces it.
    pub map Workplace {
        /// Its own name.
        0 workplace: WorkplaceId,
        /// The company, 1 to 200 bytes.
        1 company: String,
        /// The site: its address, as people write it; at most 400 bytes.
        2 site: String,
        /// Its recognition for the course; nothing while there is none.
        3 recognition: Option<Recognition>,
        /// When the learner is there, at most 20 times.
        4 stays: Vec<Stay>,
        /// The goals that can be learnt there.
        5 goals: Vec<GoalId>,
    }
}

choice! {
    /// What somebody sees to in a leertraject.
    pub Task {
        /// What is learnt.
        1 Content,
        /// Papers.
        2 Administration,
        /// Whom to call first.
        3 Contact,
    }

    /// Training as a mentor.
    pub MentorTraining {
        /// Not yet, and not planned.
        1 Missing,
        /// Planned.
        2 Planned,
        /// Done.
        3 Done,
    }

    /// The status of a learner at the start (A10).
    pub LearnerStatus {
        /// Seeks work, with a benefit.
        1 SeekingWithBenefit,
        /// Seeks work, without a benefit.
        2 Seeking,
        /// Has work.
        3 Employed,
        /// Leefloon.
        4 Leefloon,
        /// Left school not long ago.
        5 SchoolLeaver,
        /// Another.
        6 Other,
    }

    /// What a note at the start is of.
    pub StartNoteKind {
        /// Screening: what somebody can and wants.
        1 Screening,
        /// Self-direction and maturity: a need of support, never a selection.
        2 Support,
        /// Which workplace fits, and why.
        3 Matching,
        /// The intake talk and its agreements.
        4 Intake,
    }
}

impl Task {
    /// All of them.
    pub const ALL: [Task; 3] = [Task::Content, Task::Administration, Task::Contact];
}

impl MentorTraining {
    /// All of them.
    pub const ALL: [MentorTraining; 3] =
        [MentorTraining::Missing, MentorTraining::Planned, MentorTraining::Done];
}

impl LearnerStatus {
    /// All of them.
    pub const ALL: [LearnerStatus; 6] = [
        LearnerStatus::SeekingWithBenefit,
        LearnerStatus::Seeking,
        LearnerStatus::Employed,
        LearnerStatus::Leefloon,
        LearnerStatus::SchoolLeaver,
        LearnerStatus::Other,
    ];
}

impl StartNoteKind {
    /// All of them.
    pub const ALL: [StartNoteKind; 4] = [
        StartNoteKind::Screening,
        StartNoteKind::Support,
        StartNoteKind::Matching,
        StartNoteKind::Intake,
    ];
}

record! {
    /// What a person sees to, and how to reach them. A later one of the same person replaces it.
    pub map ContactPoint {
        /// Who.
        0 person: PersonId,
        /// Each task at most once.
        1 tasks: Vec<Task>,
        /// How to reach them, at most 200 bytes.
        2 reach: String,
    }

    /// A mentor's conditions. A later one of the same mentor replaces it.
    pub map MentorConditions {
        /// Who.
        0 mentor: PersonId,
        /// Years of experience in the trade.
        1 years: u16,
        /// Training as a mentor.
        2 training: MentorTraining,
        /// When it was or will be.
        3 on: Option<Day>,
        /// At which workplaces of the dossier they train the learner; at all of them where none is named. At most 20.
        4 workplaces: Added<WorkplaceId>,
    }

    /// More training days to sign an agreement, in one school year.
    pub map DaysGranted {
        /// When it was granted; it holds for the school year of this day.
        0 on: Day,
        /// How many more, 1 to 20.
        1 days: u16,
    }

    /// A note at the start (A11). An intake is read by all; the others by those who guide.
    pub map StartNote {
        /// Of what.
        0 kind: StartNoteKind,
        /// The day.
        1 day: Day,
        /// The words, at most 4,000 bytes; some, unless questions were answered.
        2 text: String,
        /// What follows from it for who guides, at most 4,000 bytes.
        3 conclusion: String,
        /// Questions of the centre that were answered, at most [`MOST_QUESTIONS`], as they were asked then.
        4 answers: Added<AnsweredQuestion>,
        /// What follows from it for the workplace to look for, at most 4,000 bytes.
        5 for_matching: Option<String>,
    }

    /// A question of the centre and what somebody answered.
    pub map AnsweredQuestion {
        /// The question, 1 to [`LONGEST_QUESTION`] bytes.
        0 question: String,
        /// The answer, 1 to 2,000 bytes.
        1 answer: String,
    }

    /// The learner's status. Only those who guide read it.
    pub map StatusNoted {
        /// Which; nothing takes it back.
        0 status: Option<LearnerStatus>,
    }
}

impl Recognition {
    /// Whether its words are as long as they may be.
    ///
    /// # Errors
    /// A number or a kind that is empty or too long.
    pub(super) fn is_written(&self) -> Result<(), Refusal> {
        written(&self.number, 64)?;
        self.kind.as_deref().map_or(Ok(()), |it| written(it, 100))
    }

    /// Whether it holds on a day.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl Stay {
    /// Whether the learner is there on a day, as far as days tell.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl Workplace {
    /// The first day on which the learner is there, as far as that is known.
    pub fn first_day(&self) -> Option<Day> {
        self.stays.iter().map(|it| it.from).min()
    }
}

impl Record for Workplace {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        written(&self.company, 200)?;
        fits(&self.site, 400)?;
        self.stays.iter().try_for_each(|it| fits(&it.when, 200))?;
        dossier.plan.knows(self.goals.iter())?;
        let wrong_way = |from: Day, to: Option<Day>| to.is_some_and(|to| to < from);
        let mut fits =
            self.stays.len() <= 20 && !self.stays.iter().any(|it| wrong_way(it.from, it.to));
        if let Some(it) = &self.recognition {
            it.is_written()?;
            fits &= !wrong_way(it.from, it.to);
        }
        if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.workplace, &mut dossier.start.workplaces);
    }
}

impl Record for ContactPoint {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        fits(&self.reach, 200)?;
        if self.tasks.len() > Task::ALL.len() { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.person, &mut dossier.start.contacts);
    }
}

impl Record for MentorConditions {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        let fits = self.years <= 60 && self.workplaces.len() <= 20;
        if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.mentor, &mut dossier.start.mentors);
    }
}

impl Record for DaysGranted {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        if (1..=20).contains(&self.days) { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let year = |it: &DaysGranted| crate::hours::school_year(it.on).0;
        Said::of(it, self).put_latest(year, &mut dossier.start.granted);
    }
}

impl Record for StartNote {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        if self.answers.is_empty() {
            written(&self.text, LONGEST)?;
        }
        fits(&self.text, LONGEST)?;
        fits(&self.conclusion, LONGEST)?;
        fits(self.for_matching.as_deref().unwrap_or_default(), LONGEST)?;
        if self.answers.len() > MOST_QUESTIONS {
            return Err(Refusal::OutOfRange);
        }
        self.answers.iter().try_for_each(|it| {
            written(&it.question, LONGEST_QUESTION)?;
            written(&it.answer, 2_000)
        })
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.start.notes.push(said);
    }

    fn readers(&self) -> Readers {
        if self.kind == StartNoteKind::Intake { Readers::All } else { Readers::Guides }
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for StatusNoted {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        // Of two coaches one may have been without a connection.
        if said.stands_over(dossier.start.status.as_ref()) {
            dossier.start.status = Some(said);
        }
    }

    fn readers(&self) -> Readers {
        Readers::Guides
    }
}

/// What there is at the start of a leertraject, and where it takes place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Start {
    workplaces: Table<WorkplaceId, Said<Workplace>>,
    contacts: Table<PersonId, Said<ContactPoint>>,
    mentors: Table<PersonId, Said<MentorConditions>>,
    granted: Table<Day, Said<DaysGranted>>,
    notes: Vec<Said<StartNote>>,
    status: Option<Said<StatusNoted>>,
}

impl Start {
    /// One workplace.
    pub fn workplace(&self, workplace: WorkplaceId) -> Option<&Workplace> {
        self.workplaces.get(&workplace).map(|it| &it.what)
    }

    /// All workplaces.
    pub fn workplaces(&self) -> impl Iterator<Item = &Workplace> {
        self.workplaces.values().map(|it| &it.what)
    }

    /// The workplaces where the learner is on a day, with when in that time.
    pub fn on(&self, day: Day) -> impl Iterator<Item = (&Workplace, &Stay)> {
        let there = move |it: &&Stay| it.covers(day);
        self.workplaces()
            .flat_map(move |it| it.stays.iter().filter(there).map(move |stay| (it, stay)))
    }

    /// What a person sees to.
    pub fn contact(&self, person: PersonId) -> Option<&ContactPoint> {
        self.contacts.get(&person).map(|it| &it.what)
    }

    /// A mentor's conditions.
    pub fn conditions(&self, mentor: PersonId) -> Option<&MentorConditions> {
        self.mentors.get(&mentor).map(|it| &it.what)
    }

    /// Training days that were granted beside the first twenty, in the school year of a day (A8).
    pub fn granted(&self, day: Day) -> u32 {
        let (first, _) = crate::hours::school_year(day);
        self.granted.get(&first).map_or(0, |it| it.what.days.into())
    }

    /// The learner's status, where a coach noted it: what was said last stands.
    pub fn status(&self) -> Option<LearnerStatus> {
        self.status.as_ref()?.what.status
    }

    /// The notes, in the order in which they came.
    pub fn notes(&self) -> &[Said<StartNote>] {
        &self.notes
    }
}

impl Dossier {
    /// The goals of the plan that no workplace of the dossier can teach (A12).
    pub fn uncovered_goals(&self) -> Vec<&super::Goal> {
        let is_covered = |goal: &GoalId| self.start.workplaces().any(|it| it.goals.contains(goal));
        self.learnt_at_work().filter(|it| !is_covered(&it.goal)).collect()
    }

    /// The goals of the plan that are learnt at a workplace, there alone or there as well.
    pub(super) fn learnt_at_work(&self) -> impl Iterator<Item = &super::Goal> {
        self.plan.goals().filter(|it| it.places.contains(&super::Place::Workplace))
    }

    /// Mentors of now whose conditions are not there, or who have no training done or planned (A5).
    pub fn mentors_without_training(&self, today: Day) -> Vec<PersonId> {
        let mut all: Vec<PersonId> = self.links.current(super::Role::Mentor, today).collect();
        let is_fine = |it: &PersonId| {
            self.start.conditions(*it).is_some_and(|it| it.training != MentorTraining::Missing)
        };
        all.retain(|it| !is_fine(it));
        all.sort_unstable();
        all.dedup();
        all
    }
}
