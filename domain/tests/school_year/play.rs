//! The year, day by day: who learns where, who is ill, who answers, and what changes on the way. Chance decides, the
//! same for the same seed; what people do, they do on their own phones.

use crate::calendar::{Calendar, Course, at, courses, date};
use crate::support::{person, words};
use crate::world::World;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Block, Body, Calendar as Holidays, EarlyEnd, EndReason, Goal, Level,
    Link, LinkEnded, Mediation, MediationOutcome, Party, Pause, Place, Restart, Role, Signed,
    Track,
};
use dubbelspoor_domain::id::{AgreementId, LinkId, PersonId};

pub(crate) const LEARNERS: usize = 40;
pub(crate) const MENTORS: usize = 25;
pub(crate) const COACHES: usize = 3;
/// The phones: cursisten first, then mentors, then coaches.
pub(crate) const PEOPLE: usize = LEARNERS + MENTORS + COACHES;
const COACHES_FROM: usize = LEARNERS + MENTORS;
/// Whoever of the cursisten has a second phone: behind all others.
const SECOND: [usize; 4] = [4, 13, 22, 31];
/// Who leaves before the end, and who leaves and comes back.
pub(crate) const LEAVES: usize = 7;
pub(crate) const RETURNS: usize = 11;
/// Who stands still when the year is over.
pub(crate) const STANDS_STILL: usize = 6;

/// A mentor who never does a thing, one who only tells the coach what goes wrong, and one whose phone works from spring on.
pub(crate) const ON_PAPER: usize = LEARNERS + 17;
pub(crate) const ONLY_TELLS: usize = LEARNERS + 20;
const JOINS_LATE: usize = LEARNERS + 12;
/// A teacher who is invited by some and has no phone at all.
const NEVER_JOINS: PersonId = PersonId([250; 16]);

/// What changes on a day of somebody's year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Change {
    /// The agreement is signed, to begin on the same day.
    Sign,
    /// Another mentor takes over.
    Mentor,
    /// Another workplace, with its own agreement and mentor.
    Workplace,
    /// It stops.
    End,
    /// It begins again.
    Begin,
    /// It stands still from today on.
    Pause,
    /// It will stand still for so many days from next week on: both are said today.
    PauseAhead(u64),
    /// It goes on after a pause, where it was.
    GoOn,
}

/// One cursist's way through the year.
pub(crate) struct Life {
    pub(crate) course: usize,
    pub(crate) coach: usize,
    /// The mentor of now, with the name of their link.
    mentor: Option<(usize, LinkId)>,
    mentors: usize,
    /// The first day at the first workplace, of those who go to a second one.
    pub(crate) began: Option<NaiveDate>,
    pub(crate) agreement: Option<Agreement>,
    changes: Vec<(NaiveDate, Change)>,
    is_learning: bool,
    /// When it stands still: the first day, and the one on which it goes on, as far as that is known.
    still: Option<(NaiveDate, Option<NaiveDate>)>,
    pub(crate) ill_until: Option<NaiveDate>,
}

pub(crate) struct Play {
    pub(crate) world: World,
    pub(crate) calendar: Calendar,
    pub(crate) courses: Vec<Course>,
    pub(crate) lives: Vec<Life>,
    pub(crate) today: NaiveDate,
}

impl Play {
    pub(crate) fn begin(seed: u64) -> Play {
        let people = (1..).take(PEOPLE).map(|it| PersonId([it; 16]));
        let mut owners: Vec<PersonId> = people.collect();
        owners.extend(SECOND.map(|it| owners[it]));
        let world = World::new(seed, &owners, LEARNERS);
        let lives = (0..LEARNERS).map(Life::new).collect();
        let (calendar, courses) = (Calendar::read(), courses());
        let mut play = Play { world, calendar, courses, lives, today: date(2026, 8, 31) };
        for track in 0..LEARNERS {
            play.open(track);
        }
        for phone in 0..owners.len() {
            play.world.sync(phone, at(play.today, 12, 0));
        }
        play
    }

    /// The school opens a dossier: who, the leertraject, the training plan, the calendar.
    fn open(&mut self, track: usize) {
        let now = at(self.today, 8, 0);
        let (coach, course) = (self.lives[track].coach, self.lives[track].course);
        let mut parts = vec![(track, Role::Learner), (coach, Role::Coach)];
        // Some have two coaches, who do not always know of each other what they answer.
        parts.extend(
            (track % 4 == 2).then_some((COACHES_FROM + (track + 1) % COACHES, Role::Coach)),
        );
        for (phone, role) in parts {
            let link = LinkId(self.world.dice.bytes());
            let who = self.world.person(phone);
            self.world.school_writes(track, now, &person(who, &format!("P{phone}")));
            let link = Link { link, person: who, role, from: Day(self.today), to: None };
            self.world.school_writes(track, now, &Body::Link(link));
        }
        if track % 7 == 3 {
            let link = LinkId(self.world.dice.bytes());
            let (role, from) = (Role::Teacher, Day(self.today));
            self.world.school_writes(track, now, &person(NEVER_JOINS, "Leraar"));
            let link = Link { link, person: NEVER_JOINS, role, from, to: None };
            self.world.school_writes(track, now, &Body::Link(link));
        }
        let begins = Body::Track(Track {
            course: words(self.courses[course].title),
            centre: "CVO".into(),
            workplace: format!("Werkplek {}", track % 7),
            from: Day(date(2026, 9, 1)),
            to: Day(date(2027, 6, 30)),
            week_one: Day(date(2026, 8, 31)),
            pace: None,
            general: None,
        });
        self.world.school_writes(track, now, &begins);
        for (number, code) in (0..).zip(self.courses[course].goals.clone()) {
            let goal = Body::Goal(Goal {
                title: words(&code),
                goal: code,
                competences: vec![],
                expected: Level::Independent,
                places: vec![Place::Workplace],
                from_week: 1 + 2 * number,
                to_week: 12 + 2 * number,
                criteria: None,
                by: None,
                where_exactly: None,
                workplaces: dubbelspoor_domain::Added::default(),
                people: dubbelspoor_domain::Added::default(),
            });
            self.world.school_writes(track, now, &goal);
        }
        let year = Holidays { year: 2026, holidays: self.calendar.holidays() };
        self.world.school_writes(track, now, &Body::Calendar(year));
    }

    /// Lives one day: changes first, then work, answers, and the hours at which phones find a connection.
    pub(crate) fn live(&mut self, day: NaiveDate) {
        self.today = day;
        for track in 0..LEARNERS {
            while let Some(at) = self.lives[track].changes.iter().position(|it| it.0 <= day) {
                let (_, change) = self.lives[track].changes.remove(at);
                self.change(track, change);
            }
        }
        if self.calendar.is_open(day) {
            for track in 0..LEARNERS {
                self.learn(track);
            }
            for phone in LEARNERS..LEARNERS + MENTORS {
                self.mentor(phone);
            }
            for phone in LEARNERS + MENTORS..PEOPLE {
                self.coach(phone);
            }
        }
        for phone in COACHES_FROM..PEOPLE {
            let number = u8::try_from(phone).unwrap();
            if day == date(2027, 2, 1) || day == date(2027, 2, 15) {
                self.ask_all(phone, number, day == date(2027, 2, 15));
            }
        }
        self.meet_again(day);
    }

    /// The phone that a cursist has at hand.
    pub(crate) fn own_phone(&mut self, track: usize) -> usize {
        let second = SECOND.iter().position(|it| *it == track);
        second.filter(|_| self.world.dice.chance(40)).map_or(track, |it| PEOPLE + it)
    }

    /// The phone that stayed at home.
    pub(crate) fn other_phone(&self, track: usize, phone: usize) -> Option<usize> {
        let second = PEOPLE + SECOND.iter().position(|it| *it == track)?;
        Some(if phone == track { second } else { track })
    }

    fn meet_again(&mut self, day: NaiveDate) {
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        for phone in 0..self.world.phones.len() {
            let often = match phone {
                _ if is_weekend => 10,
                0..LEARNERS => 65,
                _ if phone < LEARNERS + MENTORS => 45,
                _ if phone < PEOPLE => 80,
                _ => 20,
            };
            let has_phone = phone != JOINS_LATE || day >= date(2027, 3, 1);
            if has_phone && self.world.dice.chance(often) {
                self.world.sync(phone, at(day, 20, 0) + phone as u64 * 1_000);
            }
        }
    }

    fn change(&mut self, track: usize, change: Change) {
        match change {
            Change::Sign => {
                if !track.is_multiple_of(9) {
                    self.receive(track);
                }
                self.take_mentor(track);
                self.sign(track);
                if track % 8 == 2 {
                    self.lives[track].began = Some(self.today);
                    self.stay(track, 1, self.today, None);
                }
            }
            Change::Mentor => {
                self.leave_mentor(track);
                self.take_mentor(track);
            }
            Change::Workplace => {
                self.end_agreement(track);
                self.move_on(track);
                self.leave_mentor(track);
                self.take_mentor(track);
                self.sign(track);
            }
            Change::End => {
                self.try_once_more(track);
                // Where somebody stops for good, a coach may not think of the agreement.
                if track == LEAVES || track == RETURNS {
                    self.end_agreement(track);
                }
                self.leave_mentor(track);
                self.lives[track].is_learning = false;
            }
            Change::Begin => {
                let (day, text) = (Day(self.today), "Elders, met een andere mentor.".to_owned());
                self.by_coach(track, Body::Restart(Restart { day, text }));
                self.lives[track].is_learning = true;
                self.take_mentor(track);
                self.sign(track);
            }
            Change::Pause => self.pause(track, self.today),
            Change::PauseAhead(days) => {
                let from = self.today + Days::new(7);
                self.pause(track, from);
                self.go_on(track, from + Days::new(days));
            }
            Change::GoOn => self.go_on(track, self.today),
        }
    }

    /// Now and then the day that was said first was the wrong one.
    fn pause(&mut self, track: usize, from: NaiveDate) {
        let (text, said) = ("Bevallen.".to_owned(), Day(from - Days::new(3)));
        if self.chance(30) {
            self.by_coach(track, Body::Pause(Pause { day: said, text: text.clone() }));
        }
        self.by_coach(track, Body::Pause(Pause { day: Day(from), text }));
        self.lives[track].still = Some((from, None));
    }

    fn go_on(&mut self, track: usize, on: NaiveDate) {
        let (text, said) = (String::new(), Day(on + Days::new(4)));
        if self.chance(30) {
            self.by_coach(track, Body::Restart(Restart { day: said, text: text.clone() }));
        }
        self.by_coach(track, Body::Restart(Restart { day: Day(on), text }));
        self.lives[track].still = self.lives[track].still.map(|(from, _)| (from, Some(on)));
    }

    /// A mediation, and when it does not help the end, with its reason.
    fn try_once_more(&mut self, track: usize) {
        let (day, text) = (Day(self.today), "Het lukt niet meer.".to_owned());
        let learner = Some(self.world.person(track));
        let (present, outcome) = ("Alle drie".to_owned(), MediationOutcome::Ends);
        let mediation = Mediation { day, present, text: text.clone(), outcome, learner };
        self.by_coach(track, Body::Mediation(mediation));
        let reason = EndReason::ALL[track % EndReason::ALL.len()];
        self.by_coach(track, Body::EarlyEnd(EarlyEnd { day, reason, text, by: None }));
    }

    /// As the coach writes it, from their own phone.
    pub(crate) fn by_coach(&mut self, track: usize, body: Body) {
        let (coach, now) = (self.lives[track].coach, at(self.today, 9, 0));
        let written = self.world.write(coach, track, now, body);
        assert!(written.is_some(), "a coach may do this");
    }

    fn take_mentor(&mut self, track: usize) {
        let life = &mut self.lives[track];
        let phone = LEARNERS + (track + 9 * life.mentors) % MENTORS;
        life.mentors += 1;
        let link = LinkId(self.world.dice.bytes());
        life.mentor = Some((phone, link));
        let who = self.world.person(phone);
        self.by_coach(track, person(who, &format!("P{phone}")));
        let (role, from) = (Role::Mentor, Day(self.today));
        self.by_coach(track, Body::Link(Link { link, person: who, role, from, to: None }));
    }

    /// The school knows at once; the mentor, without a connection, still answers what waits: a coach decides on it.
    fn leave_mentor(&mut self, track: usize) {
        let Some((phone, link)) = self.lives[track].mentor.take() else { return };
        self.by_coach(track, Body::LinkEnded(LinkEnded { link, to: Day(self.today) }));
        self.world.sync(self.lives[track].coach, at(self.today, 9, 30));
        if ![ON_PAPER, ONLY_TELLS].contains(&phone) {
            self.answer(phone, track);
        }
    }

    fn sign(&mut self, track: usize) {
        let kind = AgreementKind::ALL[track % 4];
        let weekly = [20 * 60, 16 * 60, 24 * 60, 28 * 60][track % 4];
        let on = Day(self.today);
        let number = self.lives[track].mentors;
        // One in five ends before the summer, and nobody thinks of it in time.
        let to = if track % 5 == 4 { date(2027, 3, 31) } else { date(2027, 6, 30) };
        // Some have a block of two weeks at school or at the workplace (F4).
        let weeks = [
            (date(2026, 11, 23), date(2026, 12, 6), 0),
            (date(2027, 1, 11), date(2027, 1, 24), 38 * 60),
        ];
        let fits =
            |(from, last, _): &(NaiveDate, NaiveDate, u16)| self.today <= *from && *last <= to;
        let weeks = weeks.into_iter().filter(|it| track % 4 != 1 && fits(it));
        let block =
            |(from, to, weekly_minutes)| Block { from: Day(from), to: Day(to), weekly_minutes };
        let blocks = weeks.map(block).collect();
        let agreement = Agreement {
            agreement: AgreementId(self.world.dice.bytes()),
            kind,
            workplace: format!("Werkplek {}", (track + number) % 9),
            from: on,
            to: Day(to.max(self.today)),
            weekly_minutes: weekly,
            signed: Party::ALL.map(|party| Signed { party, on }).to_vec(),
            number: None,
            ended: None,
            at: None,
            blocks: dubbelspoor_domain::Added(blocks),
            on_holidays: track.is_multiple_of(3).then_some(true),
        };
        self.lives[track].agreement = Some(agreement.clone());
        self.by_coach(track, Body::Agreement(agreement));
    }

    fn end_agreement(&mut self, track: usize) {
        if let Some(mut it) = self.lives[track].agreement.take() {
            it.ended = Some(Day(self.today.min(it.to.0)));
            self.by_coach(track, Body::Agreement(it));
        }
    }
}

impl Life {
    pub(crate) fn learns_on(&self, day: NaiveDate) -> bool {
        let is_still =
            self.still.is_some_and(|(from, to)| from <= day && to.is_none_or(|to| day < to));
        self.is_learning && !is_still
    }

    fn new(track: usize) -> Life {
        // Everybody begins with lessons; some sign late.
        let late = if track % 10 == 3 { 45 } else { track as u64 % 6 };
        let mut changes = vec![(date(2026, 9, 2) + Days::new(late), Change::Sign)];
        let within = Days::new(track as u64 * 2);
        match track {
            LEAVES => changes.push((date(2027, 2, 3), Change::End)),
            RETURNS => {
                changes.push((date(2026, 12, 9), Change::End));
                changes.push((date(2027, 1, 25), Change::Begin));
                // Stands still before it stops and after it began again: each time it goes on from that alone.
                changes.push((date(2026, 10, 5), Change::Pause));
                changes.push((date(2026, 10, 28), Change::GoOn));
                changes.push((date(2027, 3, 17), Change::Pause));
                changes.push((date(2027, 4, 26), Change::GoOn));
            }
            _ if track % 12 == 3 => changes.push((date(2027, 3, 9) + within, Change::End)),
            _ if track % 4 == 1 => changes.push((date(2027, 1, 12) + within, Change::Mentor)),
            _ if track % 8 == 2 => changes.push((date(2026, 12, 1) + within, Change::Workplace)),
            _ => {}
        }
        match track {
            // Goes on, and stops in spring.
            15 => {
                changes.push((date(2026, 10, 12), Change::Pause));
                changes.push((date(2026, 11, 9), Change::GoOn));
            }
            // Stops without going on.
            27 => changes.push((date(2027, 4, 19), Change::Pause)),
            STANDS_STILL => changes.push((date(2027, 5, 18), Change::Pause)),
            _ if track % 6 == 4 => {
                let begins = date(2026, 11, 12) + within;
                changes.push((begins, Change::Pause));
                changes.push((begins + Days::new(16 + track as u64), Change::GoOn));
            }
            _ if track % 12 == 8 => {
                changes.push((date(2027, 2, 4) + within, Change::PauseAhead(20)));
            }
            _ => {}
        }
        Life {
            course: track % 3,
            coach: COACHES_FROM + track % COACHES,
            mentor: None,
            mentors: 0,
            began: None,
            agreement: None,
            changes,
            is_learning: true,
            still: None,
            ill_until: None,
        }
    }
}
