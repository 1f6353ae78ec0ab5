//! What one person does on one day.

use crate::calendar::at;
use crate::play::{ON_PAPER, ONLY_TELLS, Play};
use chrono::{Datelike, Days, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Absence, AbsenceReason, AbsenceRuled, Answer, Asked, Audience, Body, Closed, Concern,
    Confirmation, ConfirmationRequest, ConfirmationWithdrawn, Entry, Feedback, Finding,
    HoursConfirmation, Intention, LearningQuestion, Level, Matter, Note, Outcome, Place, Release,
    Role, Seen, Stage, Standing, TakeUp, Touched, Visit, VisitKind, WellBeing,
};
use dubbelspoor_domain::id::{AbsenceId, EntryId, EventHash, VisitId};

impl Play {
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.world.dice.chance(percent)
    }

    pub(crate) fn hour(&mut self, hour: u32) -> u64 {
        at(self.today, hour, u32::try_from(self.world.dice.below(60)).unwrap())
    }

    pub(crate) fn learn(&mut self, track: usize) {
        let phone = self.own_phone(track);
        let life = &self.lives[track];
        if !life.learns_on(self.today) || life.ill_until.is_some_and(|it| it >= self.today) {
            return;
        }
        if self.chance(1) {
            return self.fall_ill(phone, track);
        }
        if track % 13 == 5 && self.today.day() > 17 {
            return; // Some write little, and not at the end of a month.
        }
        let is_lesson = matches!(self.today.weekday(), Weekday::Mon | Weekday::Tue);
        if self.chance(88) {
            self.tell(phone, track, if is_lesson { Place::School } else { Place::Workplace });
        }
        if self.chance(6) {
            self.tell(
                phone,
                track,
                if is_lesson { Place::TrainingCentre } else { Place::Workplace },
            );
        }
        if self.chance(8) {
            self.change_mind(phone, track);
        }
        if self.chance(35) {
            let mark = [4, 3, 5, 2, 1, 4, 3][self.world.dice.below(7)];
            let (day, to_mentor) = (Day(self.today), self.chance(50));
            let feels = WellBeing { day, mark, word: None, to_mentor };
            let now = self.hour(17);
            self.world.write(phone, track, now, Body::WellBeing(feels));
        }
        if self.chance(12) {
            self.look_back(phone, track);
        }
        self.speak(phone, track, true);
    }

    fn tell(&mut self, phone: usize, track: usize, place: Place) {
        let goals = self.courses[self.lives[track].course].goals.clone();
        let mut touched: Vec<Touched> = Vec::new();
        for _ in 0..self.world.dice.below(3) {
            let goal = self.world.dice.pick(&goals).unwrap().clone();
            let self_rating = self.chance(85).then(|| Level::ALL[self.world.dice.below(4)]);
            if touched.iter().all(|it| it.goal != goal) {
                touched.push(Touched { goal, self_rating });
            }
        }
        let entry = Entry {
            entry: EntryId(self.world.dice.bytes()),
            parents: vec![],
            stage: if self.chance(5) { Stage::Draft } else { Stage::Submitted },
            audience: if self.chance(6) { Audience::Private } else { Audience::Shared },
            day: Day(self.today),
            place,
            minutes: [120, 240, 350, 420, 456, 480][self.world.dice.below(6)],
            text: format!("Dag {}", self.today),
            goals: touched,
            reflection: None,
            newer_fields: vec![],
        };
        let now = self.hour(16);
        let version = self.world.write(phone, track, now, Body::Entry(entry.clone()));
        if place == Place::Workplace && self.chance(85) {
            self.ask(phone, track, &entry, version);
        }
    }

    fn ask(&mut self, phone: usize, track: usize, entry: &Entry, version: Option<EventHash>) {
        let (Some(version), false) = (version, entry.goals.is_empty()) else { return };
        if entry.audience == Audience::Private || entry.stage != Stage::Submitted {
            return;
        }
        let asked = |it: &Touched| Asked { goal: it.goal.clone(), proposed: it.self_rating };
        let goals = entry.goals.iter().map(asked).collect();
        let request = ConfirmationRequest { entry: entry.entry, version, goals, to: None };
        let now = self.hour(17);
        self.world.write(phone, track, now, Body::ConfirmationRequest(request));
    }

    /// A draft is finished, an hour put right, something taken back.
    fn change_mind(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let shown = dossier.diary.entries().map(|it| it.shown());
        let mut all: Vec<(EventHash, Entry)> = shown
            .filter(|it| it.content.stage != Stage::Withdrawn)
            .map(|it| (it.hash, it.content.clone()))
            .collect();
        all.sort_by_key(|(hash, it)| (std::cmp::Reverse(it.day), *hash));
        all.truncate(6);
        let Some((hash, mut entry)) = self.world.dice.pick(&all).cloned() else { return };
        entry.parents = vec![hash];
        match self.world.dice.below(5) {
            0 => entry.stage = Stage::Withdrawn,
            1 => entry.minutes = entry.minutes.saturating_sub(30).max(60),
            2 => entry.goals.truncate(1),
            _ => entry.text.push_str(" Nagelezen."),
        }
        if entry.stage == Stage::Draft {
            entry.stage = Stage::Submitted;
        }
        let now = self.hour(18);
        let version = self.world.write(phone, track, now, Body::Entry(entry.clone()));
        if let Some(other) = self.other_phone(track, phone) {
            // The same evening on the other phone, which has not heard of it: two versions stand.
            let minutes = entry.minutes.max(90) - 20;
            let too = Entry { minutes, text: "Toch anders.".into(), ..entry.clone() };
            let knows =
                self.world.shows(other, track).is_some_and(|it| it.diary.entry_of(hash).is_some());
            if knows && self.chance(60) {
                self.world.write(other, track, now + 60_000, Body::Entry(too));
            }
        }
        if entry.place == Place::Workplace && self.chance(50) {
            self.ask(phone, track, &entry, version);
        }
    }

    /// An intention that ends, a new one, a question.
    fn look_back(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let me = self.world.person(track);
        let open =
            dossier.matters.all().filter(|it| it.by == me && !dossier.matters.is_closed(it.hash));
        let open = open.filter(|it| !matches!(it.what, Matter::Concern(_)));
        let open: Vec<_> =
            open.map(|it| (it.hash, matches!(it.what, Matter::Intention(_)))).collect();
        let (now, text) = (self.hour(19), "Eerst lezen, dan doen.".to_owned());
        if let Some((matter, is_intention)) = self.world.dice.pick(&open).copied() {
            let take_up = is_intention.then_some(TakeUp::Partly);
            let closed = Body::Closed(Closed { matter, take_up, only: None });
            self.world.write(phone, track, now, closed);
        }
        let said = if self.chance(50) {
            Body::Intention(Intention { from: None, text })
        } else {
            Body::LearningQuestion(LearningQuestion { entry: None, text: "Waarom zo?".to_owned() })
        };
        self.world.write(phone, track, now, said);
    }

    fn fall_ill(&mut self, phone: usize, track: usize) {
        let last = self.today + Days::new(self.world.dice.below(15) as u64);
        self.lives[track].ill_until = Some(last);
        let absence = Absence {
            absence: AbsenceId(self.world.dice.bytes()),
            from: Day(self.today),
            to: Day(last),
            reason: AbsenceReason::Illness,
            withdrawn: false,
        };
        if self.chance(25) {
            return self.by_coach(track, Body::Absence(absence));
        }
        let now = self.hour(8);
        self.world.write(phone, track, now, Body::Absence(absence.clone()));
        if self.chance(10) {
            // Longer than it looked: the first report no longer counts, and neither does what was said of it.
            let to = Day(absence.to.0 + Days::new(2));
            self.lives[track].ill_until = Some(to.0);
            self.world.write(phone, track, now + 60_000, Body::Absence(Absence { to, ..absence }));
        }
    }

    /// Looks at what waits, in all dossiers, and does some of it.
    pub(crate) fn mentor(&mut self, phone: usize) {
        if phone == ON_PAPER {
            return;
        }
        let me = self.world.person(phone);
        let tracks: Vec<usize> = self.world.phones[phone].copies.keys().copied().collect();
        for track in tracks {
            let Some(dossier) = self.world.shows(phone, track) else { continue };
            if !dossier.links.current(Role::Mentor, Day(self.today)).any(|it| it == me)
                || !self.chance(45)
            {
                continue;
            }
            if phone != ONLY_TELLS {
                self.answer(phone, track);
                self.speak(phone, track, true);
                if self.today.weekday() == Weekday::Fri {
                    self.count_hours(phone, track);
                }
                if self.chance(3) {
                    self.observe(phone, track);
                }
            }
            if self.chance(4) {
                let text = "Kom ik niet meer uit. Kunnen we praten?".to_owned();
                let concern = Body::Concern(Concern { text, urgent: self.chance(30) });
                let now = self.hour(18);
                self.world.write(phone, track, now, concern);
            }
        }
    }

    pub(crate) fn answer(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let waiting = dossier.waiting_for(self.world.person(phone), Day(self.today));
        let waiting: Vec<_> = waiting
            .into_iter()
            .map(|it| (it.entry.entry, it.version.hash, it.open.into_iter().cloned().collect()))
            .collect();
        let questions =
            dossier.matters.waiting().filter(|it| matches!(it.what, Matter::Question(_)));
        let questions: Vec<EventHash> = questions.map(|it| it.hash).collect();
        for (entry, version, open) in waiting {
            if !self.chance(60) {
                continue;
            }
            let open: Vec<Asked> = open;
            let outcomes = open.iter().map(|it| self.find(it)).collect();
            let body = Confirmation { entry, version, outcomes, feedback: None };
            let now = self.hour(18);
            let given = self.world.write(phone, track, now, Body::Confirmation(body));
            if let (Some(confirmation), true) = (given, self.chance(4)) {
                let reason = "Verkeerd getikt.".to_owned();
                let body = ConfirmationWithdrawn { confirmation, reason };
                self.world.write(phone, track, now + 60_000, Body::ConfirmationWithdrawn(body));
            }
        }
        for to in questions {
            let (now, text) = (self.hour(19), "Omdat het veilig moet.".to_owned());
            let answer = Answer { to, text, into_class: false, only: None };
            self.world.write(phone, track, now, Body::Answer(answer));
        }
        if self.chance(10) {
            let (now, text) = (self.hour(19), "Goed gewerkt.".to_owned());
            self.world.write(phone, track, now, Body::Feedback(Feedback { entry: None, text }));
        }
    }

    fn find(&mut self, asked: &Asked) -> Outcome {
        let finding = match self.world.dice.below(10) {
            0 => Finding::NotYet,
            1 => Finding::NotPossibleHere,
            2 | 3 => Finding::Reached(Level::ALL[self.world.dice.below(4)]),
            _ => Finding::Reached(asked.proposed.unwrap_or(Level::WithHelp)),
        };
        Outcome { goal: asked.goal.clone(), finding }
    }

    fn count_hours(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let worked = dossier.diary.written().filter(|(entry, it)| {
            it.content.place == Place::Workplace
                && it.content.is_shared()
                && !dossier.has_confirmed_hours(entry.entry, it.hash)
        });
        let seen = worked.map(|(entry, it)| Seen { entry: entry.entry, version: it.hash });
        let entries: Vec<Seen> = seen.take(40).collect();
        if !entries.is_empty() {
            let now = self.hour(18);
            let hours = Body::HoursConfirmation(HoursConfirmation { entries });
            let given = self.world.write(phone, track, now, hours);
            if let (Some(confirmation), true) = (given, self.chance(6)) {
                let reason = "De verkeerde week.".to_owned();
                let body = ConfirmationWithdrawn { confirmation, reason };
                self.world.write(phone, track, now + 60_000, Body::ConfirmationWithdrawn(body));
            }
        }
    }

    /// Rules on absences, on what came too late, and on problems.
    pub(crate) fn coach(&mut self, phone: usize) {
        let tracks: Vec<usize> = self.world.phones[phone].copies.keys().copied().collect();
        for track in tracks {
            if !self.chance(30) {
                continue;
            }
            self.visit(phone, track);
            self.put_off(phone, track);
            self.note(phone, track);
            self.steer(phone, track);
            self.speak(phone, track, false);
            let Some(dossier) = self.world.shows(phone, track) else { continue };
            let undecided = dossier.free_days.absences();
            let undecided = undecided.filter(|it| dossier.free_days.ruling(it).is_none());
            let absences: Vec<EventHash> = undecided.map(|it| it.hash).collect();
            let late =
                dossier.confirmations.all().filter(|it| dossier.standing(it) == Standing::Waiting);
            let late: Vec<EventHash> = late.map(|it| it.hash).collect();
            let concerns = dossier.matters.waiting();
            let concerns = concerns.filter(|it| matches!(it.what, Matter::Concern(_)));
            let concerns: Vec<_> = concerns.map(|it| (it.hash, it.only())).collect();
            let now = self.hour(10);
            for report in absences {
                let accepted = self.chance(85);
                let ruled = Body::AbsenceRuled(AbsenceRuled { report, accepted });
                self.world.write(phone, track, now, ruled);
            }
            for event in late {
                let counts = self.chance(50);
                let release = Body::Release(Release { event, counts, reason: None });
                self.world.write(phone, track, now, release);
            }
            for (matter, only) in concerns {
                let closed = Body::Closed(Closed { matter, take_up: None, only });
                self.world.write(phone, track, now, closed);
            }
        }
    }

    /// Plans a visit, or reports on the one that was planned; and sometimes a note that only coaches read.
    fn visit(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let (today, now) = (Day(self.today), at(self.today, 9, 40));
        let planned = dossier.guiding.next_visit().map(|it| it.what.clone());
        let visit = match planned {
            Some(it) if it.day <= today && self.chance(25) => {
                Visit { day: today, report: Some("Gezien.".to_owned()), ..it }
            }
            None if self.chance(6) => Visit {
                visit: VisitId(self.world.dice.bytes()),
                kind: VisitKind::ALL[self.world.dice.below(3)],
                day: Day(self.today + Days::new(self.world.dice.below(30) as u64)),
                present: "Wij drie".to_owned(),
                about: String::new(),
                report: None,
                agreed: String::new(),
                cancelled: false,
            },
            _ => return,
        };
        self.world.write(phone, track, now, Body::Visit(visit));
        let note = Body::Note(Note { text: "Volgende keer vroeger gaan.".to_owned() });
        self.world.write(phone, track, now, note);
    }
}
