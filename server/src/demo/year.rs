//! A whole year of many cursisten with one coach, for trying what a long list costs. Each dossier is one sitting of the
//! desk, in which the clock moves on: real keys sign, the ledger rules, the store keeps.

use super::cast::{CENTRE, CLASSES, COACHES};
use super::course::{Course, FreeDays, Library};
use super::life::{Dice, at};
use crate::app::Server;
use crate::desk::{Desk, Registered};
use crate::random;
use crate::store::Device;
use anyhow::{Context, Result, bail};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Agreement, AgreementKind, Answer, Asked, Audience, Body,
    Calendar, Closed, Concern, Confirmation, ConfirmationRequest, Entry, Feedback, Finding, Goal,
    HoursConfirmation, Intention, LearningQuestion, Level, Link, Outcome, Party, Person, Place,
    Role, Seen, Signed, Stage, TakeUp, Touched, Track, WellBeing,
};
use dubbelspoor_domain::event::{Header, Short, Unsealed, VERSION};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{
    AbsenceId, AgreementId, DossierId, EntryId, EventHash, EventId, LinkId, PersonId, ReplicaId,
};
use dubbelspoor_domain::seal::SecretKey;
use dubbelspoor_domain::wire::Verdict;

/// So many days back it began.
const DAYS: u64 = 364;
const FIRST: [&str; 8] = ["Amir", "Sofie", "Jonas", "Fatima", "Pieter", "Ines", "Mehdi", "Griet"];
const LAST: [&str; 6] = ["Haddad", "Van Damme", "Öztürk", "Lemmens", "Ndiaye", "De Ridder"];

/// Fills an empty server with dossiers of a full year, all with the demo's first coach.
///
/// # Errors
/// When the store fails.
pub async fn seed_years(
    server: &Server,
    today: NaiveDate,
    dossiers: usize,
    mut tell: impl FnMut(&str),
) -> Result<()> {
    let library = Library::read()?;
    let coach = Pen::new(server, PersonId(random()?), at(today, 1, 0)).await?;
    let mut mentors = Vec::new();
    for name in CLASSES.iter().flat_map(|it| it.mentors) {
        mentors.push((*name, Pen::new(server, PersonId(random()?), at(today, 1, 0)).await?));
    }
    for number in 0..dossiers {
        let name = format!("{} {}", FIRST[number % 8], LAST[number / 8 % 6]);
        tell(&name);
        let learner = Pen::new(server, PersonId(random()?), at(today, 1, 0)).await?;
        let (mentor_name, mentor) = &mentors[number % mentors.len()];
        let pens = [learner, mentor.clone(), coach.clone()];
        let names = [name.as_str(), mentor_name, COACHES[0]];
        let mut year = Year::open(server, &library, number, today, pens).await?;
        year.begin(names).await?;
        year.live().await?;
        year.desk.close().await?;
    }
    Ok(())
}

/// Somebody's device: what it takes to write in one dossier.
#[derive(Clone)]
struct Pen {
    device: Device,
    key: SecretKey,
    replica: ReplicaId,
    written: (u64, Short),
}

impl Pen {
    async fn new(server: &Server, person: PersonId, now: u64) -> Result<Pen> {
        let key = SecretKey::from_bytes(&random()?).context("no key this time: start again")?;
        let device = Device {
            person,
            public_key: key.public(),
            name: "Demotoestel".to_owned(),
            certified_at: now,
            revoked_at: None,
        };
        server.store().put_device(&device).await?;
        Ok(Pen { device, key, replica: ReplicaId(random()?), written: (0, Short::default()) })
    }
}

const LEARNER: usize = 0;
const MENTOR: usize = 1;
const COACH: usize = 2;

/// A dossier while its year goes by.
struct Year<'s> {
    desk: Desk<'s>,
    library: &'s Library,
    course: &'s Course,
    goals: Vec<Goal>,
    number: usize,
    dossier: DossierId,
    today: NaiveDate,
    first: NaiveDate,
    pens: [Pen; 3],
    dice: Dice,
    worked: Vec<Seen>,
    tries: Option<EventHash>,
    is_reported: bool,
}

impl<'s> Year<'s> {
    async fn open(
        server: &'s Server,
        library: &'s Library,
        number: usize,
        today: NaiveDate,
        pens: [Pen; 3],
    ) -> Result<Year<'s>> {
        let course = &library.courses[number % library.courses.len()];
        let dossier = DossierId(random()?);
        let devices = pens.each_ref().map(|it| (it.device.public_key.id(), it.device.clone()));
        let key = server.school().public().id();
        let first = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
        let desk = Desk::open(server, dossier, key, Registered::from(devices)).await?;
        Ok(Year {
            desk: desk.at(at(first, 7, 0)),
            library,
            goals: course.goals(),
            course,
            number,
            dossier,
            today,
            first,
            pens,
            dice: Dice::new(number as u64 + 1_000),
            worked: Vec::new(),
            tries: None,
            is_reported: false,
        })
    }

    /// The school opens the dossier.
    async fn begin(&mut self, names: [&str; 3]) -> Result<()> {
        let class = CLASSES.iter().find(|it| it.course == self.course.id).context("no class")?;
        let workplace = class.workplaces[self.number % 2].to_owned();
        let first = Day(self.first);
        self.school(Body::Track(Track {
            course: self.course.title(),
            centre: CENTRE.to_owned(),
            workplace: workplace.clone(),
            from: first,
            to: Day(self.today.checked_add_days(Days::new(60)).unwrap_or(self.today)),
            week_one: dubbelspoor_domain::hours::monday(first),
            pace: None,
            general: None,
        }))
        .await?;
        let roles = [Role::Learner, Role::Mentor, Role::Coach];
        for ((pen, name), role) in self.pens.clone().iter().zip(names).zip(roles) {
            let person = pen.device.person;
            self.school(Body::Person(Person { person, name: name.to_owned() })).await?;
            let link = LinkId(random()?);
            self.school(Body::Link(Link { link, person, role, from: first, to: None })).await?;
        }
        for goal in self.goals.clone() {
            self.school(Body::Goal(goal)).await?;
        }
        let holidays = self.library.year.holidays.iter().map(FreeDays::holiday).collect();
        self.school(Body::Calendar(Calendar { year: 2026, holidays })).await?;
        let agreement = Agreement {
            agreement: AgreementId(random()?),
            kind: AgreementKind::Odos,
            workplace,
            from: first,
            to: Day(self.today.checked_add_days(Days::new(60)).unwrap_or(self.today)),
            weekly_minutes: 20 * 60,
            signed: Party::ALL.map(|party| Signed { party, on: first }).to_vec(),
            number: None,
            ended: None,
            at: None,
            blocks: dubbelspoor_domain::Added::default(),
            on_holidays: None,
        };
        self.school(Body::Agreement(agreement)).await
    }

    async fn school(&mut self, body: Body) -> Result<()> {
        self.desk.write(&body).await.map(drop).context("the school may write this")
    }

    async fn live(&mut self) -> Result<()> {
        let today = self.today;
        for day in self.first.iter_days().take_while(|it| *it < today) {
            let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            if !is_weekend && !self.library.year.is_free(day) && !self.is_away(day) {
                self.day(day).await?;
            }
        }
        Ok(())
    }

    /// Every fifth has stopped writing; everybody is ill for a few days.
    fn is_away(&self, day: NaiveDate) -> bool {
        let left = (self.today - day).num_days();
        let is_silent = self.number.is_multiple_of(5) && left < 16;
        is_silent || (100..104).contains(&(left - self.number as i64))
    }

    async fn day(&mut self, day: NaiveDate) -> Result<()> {
        let is_school = matches!(day.weekday(), Weekday::Mon | Weekday::Tue);
        if is_school {
            self.activity(day, Place::School, 350).await?;
        } else {
            self.activity(day, Place::Workplace, 240).await?;
            self.activity(day, Place::Workplace, 210).await?;
        }
        let mark = if self.number % 7 == 3 && (self.today - day).num_days() < 10 { 2 } else { 4 };
        let feels = WellBeing { day: Day(day), mark, word: None, to_mentor: false };
        self.say(LEARNER, day, 17, Body::WellBeing(feels)).await?;
        if day.weekday() == Weekday::Fri {
            self.look_back(day).await?;
        }
        let ahead = (self.today - day).num_days() - self.number as i64;
        if !self.is_reported && (104..=107).contains(&ahead) {
            self.is_reported = true;
            self.ill(day, ahead.unsigned_abs()).await?;
        }
        Ok(())
    }

    async fn activity(&mut self, day: NaiveDate, place: Place, minutes: u16) -> Result<()> {
        let goal = self.goals[self.dice.roll(self.goals.len())].clone();
        let did = &goal.competences[self.dice.roll(goal.competences.len())].text.nl;
        let level = Level::ALL[self.dice.roll(4)];
        let entry = EntryId(random()?);
        let body = Body::Entry(Entry {
            entry,
            parents: Vec::new(),
            stage: Stage::Submitted,
            audience: Audience::Shared,
            day: Day(day),
            place,
            minutes,
            text: format!("{did} Ging beter dan vorige week."),
            goals: vec![Touched { goal: goal.goal.clone(), self_rating: Some(level) }],
            reflection: Some("Morgen wil ik het sneller doen.".to_owned()),
            newer_fields: Vec::new(),
        });
        let version = self.say(LEARNER, day, 16, body).await?;
        if place == Place::School {
            return Ok(());
        }
        self.worked.push(Seen { entry, version });
        let goals = vec![Asked { goal: goal.goal.clone(), proposed: Some(level) }];
        let request = ConfirmationRequest { entry, version, goals, to: None };
        self.say(LEARNER, day, 16, Body::ConfirmationRequest(request)).await?;
        // Every third mentor has not answered for three weeks.
        let left = (self.today - day).num_days();
        if self.number % 3 == 1 && left < 21 {
            return Ok(());
        }
        let outcomes = vec![Outcome { goal: goal.goal, finding: Finding::Reached(level) }];
        let feedback = (self.dice.roll(3) == 0).then(|| "Goed gedaan. Let op je rug.".to_owned());
        let body = Body::Confirmation(Confirmation { entry, version, outcomes, feedback });
        self.say(MENTOR, day, 18, body).await.map(drop)
    }

    /// On Fridays: the hours, something to try, a question, a word.
    async fn look_back(&mut self, day: NaiveDate) -> Result<()> {
        let entries = std::mem::take(&mut self.worked);
        if !entries.is_empty() {
            let hours = Body::HoursConfirmation(HoursConfirmation { entries });
            self.say(MENTOR, day, 18, hours).await?;
        }
        if let Some(matter) = self.tries.take() {
            let closed = Closed { matter, take_up: Some(TakeUp::Worked), only: None };
            self.say(LEARNER, day, 19, Body::Closed(closed)).await?;
        }
        let text = "Meteen vragen als ik iets niet begrijp.".to_owned();
        let tries = Body::Intention(Intention { from: None, text });
        self.tries = Some(self.say(LEARNER, day, 19, tries).await?);
        let text = "Wat betekent FIFO precies?".to_owned();
        let question = Body::LearningQuestion(LearningQuestion { entry: None, text });
        let to = self.say(LEARNER, day, 19, question).await?;
        let text = "First in, first out: wat eerst kwam, gaat eerst weg.".to_owned();
        let answer = Body::Answer(Answer { to, text, into_class: false, only: None });
        self.say(MENTOR, day, 20, answer).await?;
        let text = "Een goede week. Volgende week oefenen we dit verder.".to_owned();
        self.say(MENTOR, day, 20, Body::Feedback(Feedback { entry: None, text })).await?;
        if self.number % 8 == 6 && (self.today - day).num_days() < 7 {
            let text = "De cursist komt vaak te laat. Kunnen we samenzitten?".to_owned();
            let concern = Body::Concern(Concern { text, urgent: true });
            self.say(MENTOR, day, 20, concern).await?;
        }
        Ok(())
    }

    /// Says that the days will be lost on which they are away.
    async fn ill(&mut self, day: NaiveDate, ahead: u64) -> Result<()> {
        let after = |days: u64| Day(day.checked_add_days(Days::new(days)).unwrap_or(day));
        let absence = Absence {
            absence: AbsenceId(random()?),
            from: after(ahead - 103),
            to: after(ahead - 100),
            reason: AbsenceReason::Illness,
            withdrawn: false,
        };
        let report = self.say(LEARNER, day, 21, Body::Absence(absence)).await?;
        let ruled = Body::AbsenceRuled(AbsenceRuled { report, accepted: true });
        self.say(COACH, day, 22, ruled).await.map(drop)
    }

    /// Written at an hour of a day, and at the school a little later.
    async fn say(
        &mut self,
        who: usize,
        day: NaiveDate,
        hour: u32,
        body: Body,
    ) -> Result<EventHash> {
        let written = at(day, hour, self.dice.roll(50) as u32);
        self.desk.set_clock(written + 120_000);
        let ledger = self.desk.ledger();
        let (pen, seen) = (&mut self.pens[who], (ledger.position(), ledger.chain()));
        let header = Header {
            version: VERSION,
            kind: body.kind(),
            id: EventId(*uuid::Uuid::now_v7().as_bytes()),
            dossier: self.dossier,
            replica: pen.replica,
            seq: pen.written.0 + 1,
            prev: pen.written.1,
            hlc: Hlc::at(written),
            person: pen.device.person,
            key: pen.device.public_key.id(),
            seen_position: seen.0,
            seen_chain: seen.1.into(),
            body_hash: EventHash([0; 32]),
            body_len: 0,
            flags: body.flags(),
            challenge: None,
        };
        let event = Unsealed::new(header, body.encode()).sealed_with(|it| pen.key.sign(it));
        pen.written = (pen.written.0 + 1, event.hash().into());
        let ruled = self.desk.receive(&event.raw()).await?;
        if !matches!(ruled.verdict, Verdict::Accepted | Verdict::Flagged) {
            bail!("the demo wrote what it may not: {ruled:?} {body:?}");
        }
        Ok(event.hash())
    }
}
