//! One good record of each kind from 16 on, but for those about an entry, for those who try who may write it, here and against the real server.

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::*;
use dubbelspoor_domain::id::{
    AbsenceId, AgreementId, EntryId, EventHash, FileHash, PersonId, PlanHash, PointId, ReviewId,
    SurveyId, VisitId, WorkplaceId,
};

/// In whose dossier.
pub(crate) struct In {
    pub(crate) learner: PersonId,
    pub(crate) mentor: PersonId,
    /// A goal of the plan.
    pub(crate) goal: String,
    pub(crate) day: Day,
}

impl In {
    /// The record that stands for a kind.
    pub(crate) fn sample(&self, kind: u16) -> Body {
        match kind {
            ..30 => self.of_the_days(kind),
            30..40 => self.of_the_start(kind),
            40..50 => self.of_the_plan(kind),
            50..60 => self.of_the_floor(kind),
            60..70 => self.of_talks(kind),
            70..80 => self.of_guiding(kind),
            80 => Body::Centre(Centre { name: text() }),
            87 => Body::Collected(Collected { entry: EntryId([1; 16]), withdrawn: false }),
            90 => Body::Survey(self.survey()),
            91 => Body::Site(site()),
            92 => Body::Questionnaires(Questionnaires { lists: vec![] }),
            _ => panic!("no sample of kind {kind}"),
        }
    }

    fn of_the_days(&self, kind: u16) -> Body {
        let day = self.day;
        match kind {
            16 => Body::WellBeing(WellBeing { day, mark: 3, word: None, to_mentor: false }),
            17 => Body::LearningQuestion(LearningQuestion { entry: None, text: text() }),
            18 => Body::Concern(Concern { text: text(), urgent: false }),
            19 => Body::Intention(Intention { from: None, text: text() }),
            20 => Body::Answer(Answer { to: UNHEARD, text: text(), into_class: false, only: None }),
            21 => Body::Closed(Closed { matter: UNHEARD, take_up: None, only: None }),
            22 => Body::Agreement(Agreement {
                agreement: AgreementId([1; 16]),
                kind: AgreementKind::Odos,
                workplace: text(),
                from: day,
                to: day,
                weekly_minutes: 1_200,
                signed: vec![],
                number: None,
                ended: None,
                at: None,
                blocks: dubbelspoor_domain::Added::default(),
                on_holidays: None,
            }),
            23 => Body::Calendar(Calendar { year: 2026, holidays: vec![] }),
            _ => panic!("no sample of kind {kind}"),
        }
    }

    fn of_the_start(&self, kind: u16) -> Body {
        let (day, text_kind) = (self.day, StartNoteKind::Screening);
        match kind {
            30 => Body::Workplace(Workplace {
                workplace: WorkplaceId([1; 16]),
                company: text(),
                site: text(),
                recognition: None,
                stays: vec![],
                goals: vec![],
            }),
            31 => Body::ContactPoint(ContactPoint {
                person: self.mentor,
                tasks: vec![Task::Contact],
                reach: text(),
            }),
            32 => Body::MentorConditions(MentorConditions {
                mentor: self.mentor,
                years: 3,
                training: MentorTraining::Done,
                on: None,
                workplaces: Default::default(),
            }),
            33 => Body::DaysGranted(DaysGranted { on: day, days: 20 }),
            34 => Body::StartNote(StartNote {
                kind: text_kind,
                day,
                text: text(),
                conclusion: text(),
                answers: Default::default(),
                for_matching: None,
            }),
            35 => Body::StatusNoted(StatusNoted { status: None }),
            _ => panic!("no sample of kind {kind}"),
        }
    }

    fn of_the_plan(&self, kind: u16) -> Body {
        match kind {
            40 => Body::PlanProposal(PlanProposal {
                goal: None,
                change: Change::Other,
                reason: text(),
                from_week: Some(3),
                where_exactly: Some(text()),
            }),
            41 => Body::PlanAnswered(PlanAnswered {
                proposal: UNHEARD,
                taken_over: true,
                text: text(),
            }),
            42 => Body::PlanConsent(PlanConsent { version: PlanHash([1; 32]), withdrawn: false }),
            43 => Body::PriorLearning(PriorLearning {
                goal: self.goal.clone(),
                evidence: text(),
                on: self.day,
                level: Some(Level::WithHelp),
            }),
            44 => Body::Attestation(Attestation {
                name: text(),
                planned: None,
                obtained: None,
                until: None,
                withdrawn: false,
            }),
            _ => panic!("no sample of kind {kind}"),
        }
    }

    fn of_the_floor(&self, kind: u16) -> Body {
        let (point, day) = (PointId([1; 16]), self.day);
        match kind {
            50 => Body::ReceptionPoint(ReceptionPoint {
                point,
                part: ReceptionPart::Safety,
                text: text(),
                dropped: false,
                workplace: None,
            }),
            51 => Body::ReceptionTicked(ReceptionTicked {
                points: vec![point],
                on: day,
                undone: false,
            }),
            52 => Body::Observation(Observation {
                goal: self.goal.clone(),
                day,
                criteria: vec![],
                note: text(),
                talked: text(),
                approach: None,
                attitude: None,
            }),
            53 => Body::TaskDescription(TaskDescription { tasks: text(), feedback: text() }),
            _ => panic!("no sample of kind {kind}"),
        }
    }

    fn of_talks(&self, kind: u16) -> Body {
        let (review, day) = (ReviewId([1; 16]), self.day);
        match kind {
            60 => Body::Review(Review {
                review,
                kind: ReviewKind::Interim,
                day,
                held: None,
                cancelled: false,
            }),
            61 => Body::ReviewAgreed(ReviewAgreed {
                review,
                version: UNHEARD,
                word: None,
                at_table: None,
            }),
            62 => Body::Evaluation(Evaluation {
                goal: self.goal.clone(),
                kind: EvaluationKind::Formative,
                mastered: true,
                grounds: text(),
                heard: None,
                mentor_said: text(),
                evidence: vec![],
            }),
            63 => Body::Attitudes(Attitudes {
                seen: vec![AttitudeSeen { attitude: Attitude::Orderly, shows: Shows::Mostly }],
                word: text(),
            }),
            64 => Body::Deliberation(Deliberation {
                day,
                present: text(),
                mastered: vec![],
                result: TrackResult::NotYet,
                grounds: text(),
            }),
            _ => panic!("no sample of kind {kind}"),
        }
    }

    fn of_guiding(&self, kind: u16) -> Body {
        let day = self.day;
        match kind {
            70 => Body::Visit(Visit {
                visit: VisitId([1; 16]),
                kind: VisitKind::OnSite,
                day,
                present: text(),
                about: text(),
                report: None,
                agreed: text(),
                cancelled: false,
            }),
            71 => Body::Note(Note { text: text() }),
            72 => Body::Mediation(Mediation {
                day,
                present: text(),
                text: text(),
                outcome: MediationOutcome::GoesOn,
                learner: Some(self.learner),
            }),
            73 => Body::EarlyEnd(EarlyEnd { day, reason: EndReason::Work, text: text(), by: None }),
            74 => Body::Restart(Restart { day, text: text() }),
            76 => Body::Pause(Pause { day, text: text() }),
            77 => Body::AbsenceProof(AbsenceProof {
                absence: AbsenceId([1; 16]),
                file: FileHash([1; 32]),
                length: 1_000,
                learner: self.learner,
                withdrawn: false,
            }),
            79 => Body::GoalDropped(GoalDropped { goal: self.goal.clone() }),
            78 => Body::LaterJob(LaterJob { day, outcome: JobOutcome::StaysOn, text: text() }),
            75 => Body::Snoozed(Snoozed { signal: 1, until: day, reason: text() }),
            _ => panic!("no sample of kind {kind}"),
        }
    }
}

impl In {
    fn survey(&self) -> Survey {
        Survey {
            survey: SurveyId([1; 16]),
            title: text(),
            questions: vec![text()],
            learners: true,
            mentors: false,
            until: self.day,
            withdrawn: false,
        }
    }
}

fn site() -> Site {
    Site {
        site: WorkplaceId([1; 16]),
        company: text(),
        address: text(),
        recognitions: vec![],
        goals: vec![],
        reach: text(),
        places: 1,
        support: text(),
        withdrawn: false,
    }
}

/// An event that nobody has seen.
const UNHEARD: EventHash = EventHash([0x33; 32]);

fn text() -> String {
    "why?".to_owned()
}
