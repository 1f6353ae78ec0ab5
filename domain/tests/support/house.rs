//! A centre's own dossier, for tests of what it sets.
#![allow(dead_code, reason = "each test takes what it needs")]

use crate::support::{
    ADMINISTRATOR, COACH, DOSSIER, LEARNER, NOW, Signer, certificate, day, device, person, words,
};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Centre, Course, CourseRecognition, Dossier, Link, Moment, Placed, Recognition, Refusal,
    Role, Site, Timing,
};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{EventId, LinkId, PersonId, WorkplaceId};
use dubbelspoor_domain::sync::{Ledger, School};

/// A centre with one administrator and two members.
pub(crate) struct House {
    pub(crate) ledger: Ledger,
    school: Signer,
    next: u8,
}

impl House {
    pub(crate) fn new() -> House {
        let mut it = House::empty();
        it.write(&Body::Centre(Centre { name: "CVO".into() }));
        for (who, role) in
            [(ADMINISTRATOR, Role::Administrator), (LEARNER, Role::Member), (COACH, Role::Member)]
        {
            it.write(&person(who, "Somebody"));
            it.write(&linked(it.next, who, role));
            it.write(&Body::KeyCertified(certificate(device(who, false).public(), who)));
        }
        it
    }

    pub(crate) fn empty() -> House {
        let school = Signer::new(99, false);
        let identity = School { public: school.public() };
        let epoch = dubbelspoor_domain::id::Epoch([5; 16]);
        House { ledger: Ledger::new(DOSSIER, epoch, identity, school.verify()), school, next: 0 }
    }

    pub(crate) fn write(&mut self, body: &Body) -> Event {
        self.next += 1;
        let now = NOW + u64::from(self.next);
        let unsealed = self.ledger.compose_as_school(EventId([self.next; 16]), now, body);
        let event = unsealed.sealed_with(|input| self.school.sign(input));
        let ruled = self.ledger.receive(&event.raw(), now, &|_| None).ruled;
        assert!(ruled.position.is_some(), "{body:?}: {ruled:?}");
        event
    }

    pub(crate) fn dossier(&self) -> &Dossier {
        self.ledger.dossier()
    }

    pub(crate) fn permits(&self, who: PersonId, body: &Body) -> Result<Timing, Refusal> {
        self.dossier().permit(who, Moment::HERE, body)
    }

    pub(crate) fn shows(&self, to: PersonId, event: &Event) -> bool {
        let at = event.header().hlc;
        let it =
            Placed { event, position: Some(1_000), at, received_at: Some(NOW), waiting: false };
        self.dossier().visible(to, &it)
    }
}

/// A link from the first day on.
pub(crate) fn linked(id: u8, person: PersonId, role: Role) -> Body {
    Body::Link(Link { link: LinkId([id; 16]), person, role, from: day(1), to: None })
}

/// The course of the tests.
pub(crate) fn course(share: u16) -> Body {
    let (course, title) = ("TL".into(), words("Logistiek"));
    Body::Course(Course { course, title, share, withdrawn: false })
}

/// A site with one recognition.
pub(crate) fn site(course: &str, (from, to): (Day, Option<Day>), goals: &[&str]) -> Site {
    let recognition = Recognition { number: "E-1".into(), from, to, kind: None };
    Site {
        site: WorkplaceId([1; 16]),
        company: "Noord".into(),
        address: "Kaai 4".into(),
        recognitions: vec![CourseRecognition { course: course.into(), recognition }],
        goals: goals.iter().map(|it| (*it).to_owned()).collect(),
        reach: "Bus 7".into(),
        places: 2,
        support: String::new(),
        withdrawn: false,
    }
}
