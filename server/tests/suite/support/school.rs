//! A school with one dossier: a learner, a mentor and a coach, each with an invitation.

use super::phone::Phone;
use super::place::Place;
use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Audience, Body, Competence, CompetenceType, Confirmation, Entry, Finding, Goal, Level, Link,
    Outcome, Person, Place as Where, Role, Stage, Touched, Track, Translated,
};
use dubbelspoor_domain::event::Short;
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash, LinkId, PersonId};
use dubbelspoor_domain::wire::Secret;
use dubbelspoor_server::app::{Server, Settings, Shared};
use dubbelspoor_server::desk::{Desk, Registered};
use dubbelspoor_server::invite::invite;
use dubbelspoor_server::limits::Allowance;
use dubbelspoor_server::serve::serve;
use dubbelspoor_server::store::SharedStore;
use dubbelspoor_server::{now, random};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server of this process, on a port of its own.
pub(crate) struct School {
    pub(crate) server: Shared,
    pub(crate) address: SocketAddr,
    pub(crate) place: Place,
    end: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

pub(crate) fn settings() -> Settings {
    let many = NonZeroU32::new(100_000).unwrap();
    Settings {
        origin: "http://localhost".into(),
        centre: "CVO Test".into(),
        proxies: Vec::new(),
        mailer: None,
        allowance: Allowance {
            joins: many,
            join_pause: Duration::from_millis(1),
            pushes: many,
            invites: many,
            pieces: many,
        },
    }
}

impl School {
    pub(crate) async fn open(place: Place) -> School {
        School::open_with(place, settings()).await
    }

    pub(crate) async fn open_with(place: Place, settings: Settings) -> School {
        let store = place.open().await;
        let server = Server::start(store, Some(place.folder.path()), settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel::<()>();
        let running = server.clone();
        let serving = tokio::spawn(async move {
            serve(running, listener, async move { drop(ended.await) }).await.unwrap();
        });
        School { server, address, place, end: Some(end), serving }
    }

    pub(crate) fn store(&self) -> &SharedStore {
        self.server.store()
    }

    /// A second server on the same database; it lives as long as the test.
    pub(crate) async fn second(&self) -> SocketAddr {
        self.second_with(settings()).await.1
    }

    /// The same, set up otherwise.
    pub(crate) async fn second_with(&self, settings: Settings) -> (Shared, SocketAddr) {
        let store = self.place.open().await;
        let server = Server::start(store, None, settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(server.clone(), listener, std::future::pending()));
        (server, address)
    }

    /// Ends well and gives the database back.
    pub(crate) async fn close(mut self) -> Place {
        drop(self.end.take());
        self.serving.await.unwrap();
        self.place
    }

    /// Writes as the school.
    pub(crate) async fn write(&self, dossier: DossierId, bodies: &[Body]) {
        let key = self.server.school().public().id();
        let mut desk = Desk::open(&self.server, dossier, key, Registered::new()).await.unwrap();
        for body in bodies {
            desk.write(body).await.unwrap();
        }
        desk.close().await.unwrap();
    }

    pub(crate) async fn add(&self, dossier: DossierId, name: &str, role: Role) -> PersonId {
        let person = PersonId(random().unwrap());
        let named = Body::Person(Person { person, name: name.into() });
        self.write(dossier, &[named, link(person, role)]).await;
        person
    }

    pub(crate) async fn invitation(&self, person: PersonId) -> Secret {
        let invitation = invite(&self.server, person).await.unwrap();
        secret(&invitation.link)
    }

    pub(crate) async fn phone(&self, person: PersonId) -> Phone {
        Phone::join(self.address, self.invitation(person).await).await
    }
}

/// What stands behind the hash of an invitation's link.
pub(crate) fn secret(link: &str) -> Secret {
    let (_, token) = link.split_once('#').unwrap();
    let token = (0..16).map(|at| u8::from_str_radix(&token[2 * at..2 * at + 2], 16).unwrap());
    Secret::Token(Short(token.collect::<Vec<u8>>().try_into().unwrap()))
}

pub(crate) fn link(person: PersonId, role: Role) -> Body {
    let from = day(1);
    Body::Link(Link { link: LinkId(random().unwrap()), person, role, from, to: None })
}

/// A school, a dossier and the three phones in it.
pub(crate) struct Class {
    pub(crate) school: School,
    pub(crate) dossier: DossierId,
    pub(crate) learner: Phone,
    pub(crate) mentor: Phone,
    pub(crate) coach: Phone,
}

impl Class {
    pub(crate) async fn gather(place: Place) -> Class {
        let school = School::open(place).await;
        let dossier = DossierId(random().unwrap());
        school.write(dossier, &[track(), goal()]).await;
        let [learner, mentor, coach] =
            [("Amir", Role::Learner), ("Jef", Role::Mentor), ("An", Role::Coach)];
        let learner = school.add(dossier, learner.0, learner.1).await;
        let mentor = school.add(dossier, mentor.0, mentor.1).await;
        let coach = school.add(dossier, coach.0, coach.1).await;
        let mut class = Class {
            learner: school.phone(learner).await,
            mentor: school.phone(mentor).await,
            coach: school.phone(coach).await,
            dossier,
            school,
        };
        class.sync().await;
        class
    }

    pub(crate) async fn sync(&mut self) {
        for phone in [&mut self.learner, &mut self.mentor, &mut self.coach] {
            phone.sync(self.dossier).await.unwrap();
        }
    }

    /// The learner writes an entry, everybody reads it; gives the entry and its version.
    pub(crate) async fn entry(&mut self, text: &str) -> (EntryId, EventHash) {
        let body = entry(text);
        let Body::Entry(it) = &body else { panic!("an entry") };
        let it = it.entry;
        let version = self.learner.record(self.dossier, &[body])[0].hash();
        self.sync().await;
        (it, version)
    }
}

pub(crate) fn day(day: u32) -> Day {
    Day(NaiveDate::from_ymd_opt(2026, 1, day).unwrap())
}

fn words(text: &str) -> Translated {
    Translated { nl: text.into(), en: text.into(), fr: text.into() }
}

pub(crate) fn track() -> Body {
    Body::Track(Track {
        course: words("Logistiek"),
        centre: "CVO Test".into(),
        workplace: "Magazijn".into(),
        from: day(1),
        to: Day(NaiveDate::from_ymd_opt(2036, 1, 1).unwrap()),
        week_one: day(5),
        pace: None,
        general: None,
    })
}

pub(crate) fn goal() -> Body {
    Body::Goal(Goal {
        goal: "TL-01".into(),
        title: words("Veilig starten"),
        competences: vec![Competence {
            code: "TL-01.1".into(),
            sort: CompetenceType::Skill,
            text: words("Ik draag beschermkledij."),
        }],
        expected: Level::Independent,
        places: vec![Where::Workplace],
        from_week: 1,
        to_week: 8,
        criteria: None,
        by: None,
        where_exactly: None,
        workplaces: dubbelspoor_domain::Added::default(),
        people: dubbelspoor_domain::Added::default(),
    })
}

pub(crate) fn entry(text: &str) -> Body {
    Body::Entry(Entry {
        entry: EntryId(random().unwrap()),
        parents: vec![],
        stage: Stage::Submitted,
        audience: Audience::Shared,
        day: Day::of_millis(now()),
        place: Where::Workplace,
        minutes: 480,
        text: text.into(),
        goals: vec![Touched { goal: "TL-01".into(), self_rating: Some(Level::WithHelp) }],
        reflection: None,
        newer_fields: vec![],
    })
}

pub(crate) fn confirmation(entry: EntryId, version: EventHash) -> Body {
    let finding = Finding::Reached(Level::Supervised);
    let outcomes = vec![Outcome { goal: "TL-01".into(), finding }];
    Body::Confirmation(Confirmation { entry, version, outcomes, feedback: None })
}
