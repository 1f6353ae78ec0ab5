//! What the demo centre sets for all its leertrajecten.

use super::School;
use super::cast::ADMINISTRATOR;
use super::course::FreeDays;
use crate::centre;
use crate::desk::{Desk, Registered};
use crate::random;
use anyhow::Result;
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Calendar, Course, InfoSheet, Policy, Role, Survey, Tongue,
};
use dubbelspoor_domain::id::{SheetId, SurveyId};

const SHEETS: [(&str, &str); 3] = [
    (
        "Wie bel je wanneer?",
        "Ziek of te laat? Bel eerst je werkplek, en meld het daarna hier bij Uren.\n\nProbleem op de werkplek? Meld het in deze app of bel je trajectbegeleider.\n\nSecretariaat: elke werkdag van 8.30 tot 16.30 uur.",
    ),
    (
        "Je vergoeding",
        "Met een ODO of ODOS krijg je een leervergoeding van de onderneming. Met een ODOW of een deeltijdse arbeidsovereenkomst krijg je loon. Je trajectbegeleider weet wat voor jou geldt.",
    ),
    (
        "Vakantie",
        "De schoolvakanties zijn van jou. Werken in een vakantie kan alleen als je dat zelf afspreekt met je mentor en je trajectbegeleider.",
    ),
];

impl School<'_> {
    /// The centre, who runs it, and what it set.
    pub(super) async fn open(&mut self) -> Result<()> {
        let person = self.person(ADMINISTRATOR)?;
        let first = [(person, ADMINISTRATOR, Role::Administrator)];
        centre::add(self.server, self.centre, None, &first).await?;
        let key = self.server.school().public().id();
        let mut desk = Desk::open(self.server, self.centre, key, Registered::new()).await?;
        let holidays = self.library.year.holidays.iter().map(FreeDays::holiday).collect();
        desk.write(&Body::Calendar(Calendar { year: 2026, holidays })).await?;
        for course in &self.library.courses {
            let (course, title) = (course.id.clone(), course.title());
            let course = Course { course, title, share: 50, withdrawn: false };
            desk.write(&Body::Course(course)).await?;
        }
        for (title, text) in SHEETS {
            let (title, text) = (title.to_owned(), text.to_owned());
            let (sheet, language) = (SheetId(random()?), Some(Tongue::Nl));
            let sheet = InfoSheet { sheet, title, text, language, withdrawn: false };
            desk.write(&Body::InfoSheet(sheet)).await?;
        }
        desk.write(&Body::Policy(policy())).await?;
        desk.write(&Body::Survey(self.survey()?)).await?;
        desk.close().await?;
        Ok(())
    }

    fn survey(&self) -> Result<Survey> {
        let until = self.today.checked_add_days(Days::new(14)).unwrap_or(self.today);
        Ok(Survey {
            survey: SurveyId(random()?),
            title: "Hoe loopt de begeleiding?".into(),
            questions: vec!["Wat loopt goed?".into(), "Wat kan beter?".into()],
            learners: false,
            mentors: true,
            until: Day(until),
            withdrawn: false,
        })
    }
}

fn policy() -> Policy {
    let [what, why, criteria, when, who, tool] = [
        "Alle doelen van je opleidingsplan: kennis, vaardigheden en attitudes.",
        "Om te zien waar je staat en wat je volgende stap is. Je plan is geen evaluatie.",
        "De criteria van elk doel staan bij Competenties. Je kunt ze lezen voor je eraan begint.",
        "Elke maand een gesprek met drie. Op het einde een eindgesprek en een deliberatie.",
        "Je leraar en je trajectbegeleider beslissen. Je mentor wordt gehoord.",
        "Je dagboek, de bevestigingen en de observatiefiches in deze app.",
    ]
    .map(str::to_owned);
    Policy { what, why, criteria, when, who, tool }
}
