//! What the demo centre sets for all its leertrajecten.

use super::School;
use super::cast::{ADMINISTRATOR, CLASSES, Class};
use super::course::FreeDays;
use crate::centre;
use crate::desk::{Desk, Registered};
use crate::random;
use anyhow::Result;
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Calendar, Course, CourseRecognition, InfoSheet, Policy, Recognition, Role, Site, Survey,
    Tongue,
};
use dubbelspoor_domain::id::{SheetId, SurveyId, WorkplaceId};
use dubbelspoor_domain::seal::sha256;

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

const NUMBERS: [&str; 2] = ["E-2026-114", "E-2026-207"];
const ADDRESSES: [&str; 2] = ["Industrieweg 12, Antwerpen", "Kaai 214, Antwerpen"];
const REACH: [&str; 2] = [
    "Bus 31, halte Industrieweg. Fietspad tot aan de poort.",
    "Tram 7. Vroege shift: enkel met de fiets of de auto.",
];
const SUPPORT: [&str; 2] = ["Een vaste mentor per cursist. Rustige start in de eerste week.", ""];

/// The name of the site of a company, the same in every list.
pub(super) fn named(company: &str) -> WorkplaceId {
    let mut name = [0; 16];
    name.copy_from_slice(&sha256(&[company.as_bytes()])[..16]);
    WorkplaceId(name)
}

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
        for site in CLASSES.iter().flat_map(|class| self.sites(class)) {
            desk.write(&Body::Site(site)).await?;
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

    /// The sites where a class learns: the second one teaches other goals than the first.
    fn sites(&self, class: &Class) -> Vec<Site> {
        let goals = self.library.courses.iter().find(|it| it.id == class.course);
        let goals: Vec<String> =
            goals.into_iter().flat_map(|it| it.goals()).map(|it| it.goal).collect();
        let from = Day(self.today.checked_sub_days(Days::new(700)).unwrap_or(self.today));
        let of = |(at, company): (usize, &&str)| {
            let recognition =
                Recognition { number: NUMBERS[at].to_owned(), from, to: None, kind: None };
            Site {
                site: named(company),
                company: (*company).to_owned(),
                address: ADDRESSES[at].to_owned(),
                recognitions: vec![CourseRecognition {
                    course: class.course.to_owned(),
                    recognition,
                }],
                goals: goals.iter().skip(at * 8).take(12).cloned().collect(),
                reach: REACH[at].to_owned(),
                places: 2,
                support: SUPPORT[at].to_owned(),
                withdrawn: false,
            }
        };
        class.workplaces.iter().enumerate().map(of).collect()
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
