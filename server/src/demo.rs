//! The demo centre: three courses, some people, eight weeks of diary up to today. Everything goes the real way:
//! each person's phone signs, the ledger rules, the store keeps.

mod cast;
mod course;
mod guide;
mod house;
mod life;
mod phone;
mod reception;
mod start;
mod talk;
mod year;

pub use year::seed_years;

use crate::app::Server;
use crate::centre;
use crate::desk::{Desk, Registered};
use crate::invite::{Invitation, invite};
use crate::random;
use anyhow::{Context, Result};
use cast::{ADMINISTRATOR, CENTRE, CLASSES, COACHES, Class, Cursist, Way};
use chrono::{Days, NaiveDate};
use course::{Course, FreeDays, Library};
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Audience, Body, Calendar, Dossier, Entry, Link, OfCentre, Party,
    Person, Place, Role, Signed, Stage, Touched, Track,
};
use dubbelspoor_domain::id::{AgreementId, DossierId, EntryId, LinkId, PersonId};
use dubbelspoor_domain::{Day, hours};
use life::{Life, at};
use phone::Phone;
use std::collections::BTreeMap;

/// Weeks of diary, and weeks since the course began.
const WEEKS_TOLD: u64 = 8;
const WEEKS_BEGUN: u64 = 12;

/// Somebody to be, in the demo.
pub struct Player {
    /// What they are, as people say it.
    pub role: &'static str,
    /// Their name.
    pub name: &'static str,
    /// How to become them on a device.
    pub invitation: Invitation,
}

/// Fills an empty server with the demo centre, as of a day. `tell` hears how far it is.
///
/// # Errors
/// When the store fails.
pub async fn seed(server: &Server, today: NaiveDate, mut tell: impl FnMut(&str)) -> Result<()> {
    let library = Library::read()?;
    let centre = centre::begin(server, CENTRE).await?;
    let mut stage = School { server, library: &library, today, centre, people: BTreeMap::new() };
    stage.open().await?;
    let mut number = 0;
    for class in &CLASSES {
        let course =
            library.courses.iter().find(|it| it.id == class.course).context("no such course")?;
        for cursist in &class.cursisten {
            tell(cursist.name);
            stage.play(class, course, cursist, number).await?;
            number += 1;
        }
    }
    Ok(())
}

/// One invitation per role, for the people whose phones show the most.
///
/// # Errors
/// When the store fails or the demo was not seeded.
pub async fn players(server: &Server) -> Result<Vec<Player>> {
    let people = server.store().people().await?;
    let mut players = Vec::new();
    let wanted = [
        ("cursist", CLASSES[0].cursisten[0].name),
        ("mentor", CLASSES[0].mentors[0]),
        ("trajectbegeleider", COACHES[0]),
        ("beheerder", ADMINISTRATOR),
    ];
    for (role, name) in wanted {
        // Not every demo has all of them.
        let Some(person) = people.iter().find(|it| it.name == name) else { continue };
        players.push(Player { role, name, invitation: invite(server, person.id).await? });
    }
    anyhow::ensure!(!players.is_empty(), "the demo is not here");
    Ok(players)
}

struct School<'s> {
    server: &'s Server,
    library: &'s Library,
    today: NaiveDate,
    centre: DossierId,
    people: BTreeMap<&'static str, PersonId>,
}

impl School<'_> {
    fn person(&mut self, name: &'static str) -> Result<PersonId> {
        if let Some(known) = self.people.get(name) {
            return Ok(*known);
        }
        let person = PersonId(random()?);
        self.people.insert(name, person);
        Ok(person)
    }

    async fn play(
        &mut self,
        class: &Class,
        course: &Course,
        cursist: &Cursist,
        number: usize,
    ) -> Result<()> {
        let dossier = DossierId(random()?);
        let week_one = hours::monday(Day(self.today)).0;
        let week_one = week_one.checked_sub_days(Days::new(7 * WEEKS_BEGUN)).unwrap_or(week_one);
        let learner = self.person(cursist.name)?;
        let mentor_name = class.mentors[cursist.mentor];
        let mentor = self.person(mentor_name)?;
        let mut roles =
            vec![(learner, cursist.name, Role::Learner), (mentor, mentor_name, Role::Mentor)];
        roles.push((self.person(COACHES[0])?, COACHES[0], Role::Coach));
        if number % 2 == 1 {
            roles.push((self.person(COACHES[1])?, COACHES[1], Role::Coach));
        }
        let workplace = class.workplaces[cursist.mentor.min(1)];
        self.begin(dossier, course, workplace, week_one, cursist.way, &roles).await?;
        let begun = at(week_one, 8, 0);
        let phones = (
            Phone::new(self.server, learner, dossier, begun).await?,
            Phone::new(self.server, mentor, dossier, begun).await?,
        );
        if let Some((second, ..)) = roles.get(3) {
            Phone::new(self.server, *second, dossier, begun).await?;
        }
        let from = self.today.checked_sub_days(Days::new(7 * WEEKS_TOLD)).unwrap_or(week_one);
        let days = (self.today, week_one);
        let mut life =
            Life::new(self.server, self.library, course, cursist.way, phones, days, number);
        life.learner.pull(self.server, begun).await?;
        life.mentor.pull(self.server, begun).await?;
        life.live(from).await?;
        let scene = start::Scene {
            server: self.server,
            dossier,
            coach: self.person(COACHES[0])?,
            mentor,
            company: workplace,
            goals: course.goals(),
            today: self.today,
            week_one,
        };
        scene.play(&mut life, cursist.way).await?;
        let now = at(self.today, 5, 0);
        let coach = self.person(COACHES[0])?;
        life.guide(Phone::new(self.server, coach, dossier, now).await?, now).await
    }

    /// The school opens the dossier: who takes part, the leertraject, the training plan.
    async fn begin(
        &self,
        dossier: DossierId,
        course: &Course,
        workplace: &str,
        week_one: NaiveDate,
        way: Way,
        roles: &[(PersonId, &str, Role)],
    ) -> Result<()> {
        let key = self.server.school().public().id();
        let desk = Desk::open(self.server, dossier, key, Registered::new()).await?;
        let mut desk = desk.at(at(week_one, 7, 0));
        desk.write(&Body::OfCentre(OfCentre { centre: self.centre })).await?;
        desk.write(&Body::Track(Track {
            course: course.title(),
            centre: CENTRE.to_owned(),
            workplace: workplace.to_owned(),
            from: Day(week_one),
            to: Day(week_one.checked_add_days(Days::new(7 * 40)).unwrap_or(week_one)),
            week_one: Day(week_one),
            pace: None,
            general: None,
        }))
        .await?;
        for (person, name, role) in roles {
            desk.write(&Body::Person(Person { person: *person, name: (*name).to_owned() })).await?;
            let link = Link {
                link: LinkId(random()?),
                person: *person,
                role: *role,
                from: Day(week_one),
                to: None,
            };
            desk.write(&Body::Link(link)).await?;
        }
        for goal in course.goals() {
            desk.write(&Body::Goal(goal)).await?;
        }
        let holidays = self.library.year.holidays.iter().map(FreeDays::holiday).collect();
        desk.write(&Body::Calendar(Calendar { year: 2026, holidays })).await?;
        desk.write(&Body::Agreement(self.agreement(way, workplace)?)).await?;
        desk.close().await?;
        Ok(())
    }
}

impl School<'_> {
    /// Signed a week before the work began; one of them ends soon.
    fn agreement(&self, way: Way, workplace: &str) -> Result<Agreement> {
        let before =
            |days: u64| Day(self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today));
        let after =
            |days: u64| Day(self.today.checked_add_days(Days::new(days)).unwrap_or(self.today));
        let (kind, weekly_minutes, to) = match way {
            Way::Lively => (AgreementKind::Odos, 18 * 60, after(200)),
            Way::Steady => (AgreementKind::Odow, 0, after(200)),
            Way::Unanswered => (AgreementKind::Odos, 20 * 60, after(20)),
            Way::Silent => (AgreementKind::Odo, 16 * 60, after(200)),
        };
        let on = before(7 * WEEKS_TOLD + 7);
        Ok(Agreement {
            agreement: AgreementId(random()?),
            kind,
            workplace: workplace.to_owned(),
            from: before(7 * WEEKS_TOLD),
            to,
            weekly_minutes,
            signed: Party::ALL.map(|party| Signed { party, on }).to_vec(),
            number: None,
            ended: None,
            at: None,
            blocks: dubbelspoor_domain::Added::default(),
            on_holidays: None,
        })
    }
}

/// Gives the demo's first cursist many more entries, for trying long lists. They lie in the past, a day each.
///
/// # Errors
/// When the store fails or the demo was not seeded.
pub async fn write_many(server: &Server, today: NaiveDate, entries: usize) -> Result<()> {
    let name = CLASSES[0].cursisten[0].name;
    let people = server.store().people().await?;
    let person = people.iter().find(|it| it.name == name).context("the demo is not here")?.id;
    let own = server.store().heads_for(person).await?;
    let mut dossier = None;
    for (id, _) in own {
        if folded(server, id).await?.links.learner() == Some(person) {
            dossier = Some(id);
        }
    }
    let dossier = dossier.context("no dossier")?;
    let now = at(today, 5, 0);
    let mut phone = Phone::new(server, person, dossier, now).await?;
    phone.pull(server, now).await?;
    let goals = Library::read()?.courses.first().map(Course::goals).unwrap_or_default();
    let mut bodies = Vec::with_capacity(50);
    for number in 0..entries {
        let goal = &goals[number % goals.len()];
        let day = today.checked_sub_days(Days::new(60 + number as u64 / 3)).unwrap_or(today);
        bodies.push(Body::Entry(Entry {
            entry: EntryId(random()?),
            parents: Vec::new(),
            stage: Stage::Submitted,
            audience: Audience::Shared,
            day: Day(day),
            place: if number % 5 < 2 { Place::School } else { Place::Workplace },
            minutes: 240,
            text: goal.competences[number % goal.competences.len()].text.nl.clone(),
            goals: vec![Touched { goal: goal.goal.clone(), self_rating: None }],
            reflection: None,
            newer_fields: Vec::new(),
        }));
        if bodies.len() == 50 || number + 1 == entries {
            phone.write(server, (now, now), &bodies).await?;
            bodies.clear();
        }
    }
    Ok(())
}

/// A dossier of the demo as its ledger folds it.
///
/// # Errors
/// When the store fails or there is no such dossier.
pub async fn folded(server: &Server, dossier: DossierId) -> Result<Dossier> {
    let ledger = server.ledgers.read(&server.store, dossier).await?.context("no such dossier")?;
    Ok(ledger.dossier().clone())
}
