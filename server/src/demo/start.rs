//! How it began in the demo, and what is planned: the workplace, who sees to what, a visit, an attestation, a proposal.

use super::cast::Way;
use super::life::Life;
use super::{at, house, phone::Phone, random};
use crate::app::Server;
use anyhow::Result;
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::dossier::{
    Attestation, Body, Change, ContactPoint, Goal, MentorConditions, MentorTraining, Note,
    PlanProposal, Recognition, StartNote, StartNoteKind, Stay, Task, Visit, VisitKind, Workplace,
};
use dubbelspoor_domain::id::{DossierId, PersonId, VisitId};
use dubbelspoor_domain::{Added, Day};

/// Who plays it, where, and since when.
pub(super) struct Scene<'s> {
    pub(super) server: &'s Server,
    pub(super) dossier: DossierId,
    pub(super) coach: PersonId,
    pub(super) mentor: PersonId,
    pub(super) company: &'s str,
    pub(super) goals: Vec<Goal>,
    pub(super) today: NaiveDate,
    pub(super) week_one: NaiveDate,
}

impl Scene<'_> {
    fn before(&self, days: u64) -> Day {
        Day(self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today))
    }

    fn after(&self, days: u64) -> Day {
        Day(self.today.checked_add_days(Days::new(days)).unwrap_or(self.today))
    }

    /// All of it, the evening before today. With who fell silent it has not come so far.
    pub(super) async fn play(&self, life: &mut Life<'_>, way: Way) -> Result<()> {
        let evening = at(self.before(1).0, 22, 0);
        let written = (evening, evening + 60_000);
        let mut coach = Phone::new(self.server, self.coach, self.dossier, evening).await?;
        coach.pull(self.server, evening).await?;
        coach.write(self.server, written, &self.begun()?).await?;
        if way == Way::Silent {
            return Ok(());
        }
        life.receive(&mut coach, self.week_one, written).await?;
        coach.write(self.server, written, &self.ahead()?).await?;
        if way == Way::Unanswered {
            life.mentor.pull(self.server, evening).await?;
            let proposal = PlanProposal {
                goal: self.goals.last().map(|it| it.goal.clone()),
                change: Change::AtSchool,
                reason: "Dat toestel staat hier niet. Op school kan het wel.".to_owned(),
                from_week: None,
                where_exactly: None,
            };
            life.mentor.write(self.server, written, &[Body::PlanProposal(proposal)]).await?;
        }
        Ok(())
    }

    /// The workplace, who sees to what, and what was found at the start.
    fn begun(&self) -> Result<Vec<Body>> {
        let from = Day(self.week_one);
        let recognition =
            Recognition { number: "E-2026-114".to_owned(), from, to: None, kind: None };
        let stay = Stay { from, to: None, when: "maandag tot woensdag".to_owned() };
        let at_work = self.goals.iter().take(12).map(|it| it.goal.clone());
        let note = |kind, text: &str, conclusion: &str| {
            let (text, conclusion) = (text.to_owned(), conclusion.to_owned());
            Body::StartNote(StartNote {
                kind,
                day: from,
                text,
                conclusion,
                answers: Added::default(),
                for_matching: None,
            })
        };
        let met = Visit {
            visit: VisitId(random()?),
            kind: VisitKind::Call,
            day: Day(self.week_one.checked_add_days(Days::new(4)).unwrap_or(self.week_one)),
            present: "mentor".to_owned(),
            about: "Kennismaking".to_owned(),
            report: Some("De mentor kent het plan en heeft tijd op maandag.".to_owned()),
            agreed: String::new(),
            cancelled: false,
        };
        Ok(vec![
            Body::Visit(met),
            Body::Workplace(Workplace {
                workplace: house::named(self.company),
                company: self.company.to_owned(),
                site: "Industrieweg 12, Antwerpen".to_owned(),
                recognition: Some(recognition),
                stays: vec![stay],
                goals: at_work.collect(),
            }),
            Body::ContactPoint(ContactPoint {
                person: self.coach,
                tasks: vec![Task::Content, Task::Contact],
                reach: "0470 12 34 56".to_owned(),
            }),
            Body::MentorConditions(MentorConditions {
                mentor: self.mentor,
                years: 9,
                training: MentorTraining::Done,
                on: None,
                workplaces: Added::default(),
            }),
            note(
                StartNoteKind::Intake,
                "Komt met de fiets, kan om zeven uur beginnen.",
                "We spreken elke maand met drie.",
            ),
            note(
                StartNoteKind::Support,
                "Plant zelf nog niet ver vooruit.",
                "Samen de week overlopen op maandag.",
            ),
        ])
    }

    /// What is planned: a visit, an attestation; and a note for those who guide.
    fn ahead(&self) -> Result<Vec<Body>> {
        let visit = Visit {
            visit: VisitId(random()?),
            kind: VisitKind::OnSite,
            day: self.after(9),
            present: "cursist en mentor".to_owned(),
            about: "Hoe gaat het met de veiligheid aan de kade?".to_owned(),
            report: None,
            agreed: String::new(),
            cancelled: false,
        };
        let attestation = Attestation {
            name: "VCA basis".to_owned(),
            planned: Some(self.after(30)),
            obtained: None,
            until: None,
            withdrawn: false,
        };
        let text = "Thuis is het druk. Volgende keer rustig vragen.".to_owned();
        Ok(vec![Body::Visit(visit), Body::Attestation(attestation), Body::Note(Note { text })])
    }
}
