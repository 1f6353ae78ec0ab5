//! The schedule: who does what, when, with which bad luck. All of it follows from one seed.

use crate::liar::{Forged, Liar, seal};
use crate::line::{Parcel, Weather};
use crate::oracle::{Deed, Fact, Oracle};
use crate::phone::{Kill, Phone, Wrote};
use crate::school::{Answer, Asked, Crash, Server};
use crate::support::{
    COACH, DAY, DOSSIER, Dice, HOUR, LEARNER, MENTOR, NOW, STRANGER, Signer, goal, link, person,
    track,
};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, KeyRevoked, LinkEnded, Role};
use dubbelspoor_domain::id::{EntryId, EventHash, LinkId, PersonId};
use dubbelspoor_domain::wire::Verdict;

/// A turn of the schedule takes about this long, in milliseconds.
pub(crate) const STEP: u64 = HOUR / 4;
pub(crate) const MENTORS_PHONE: usize = 2;

/// What kind of bad luck this seed has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Luck {
    pub(crate) wild_clocks: bool,
    pub(crate) rollback: bool,
    pub(crate) clone: bool,
    pub(crate) end: bool,
    pub(crate) revoke: bool,
}

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) now: u64,
    pub(crate) luck: Luck,
    pub(crate) weather: Weather,
    pub(crate) server: Server,
    pub(crate) phones: Vec<Phone>,
    pub(crate) oracle: Oracle,
    /// The day on which the mentor was stopped.
    pub(crate) ended_on: Option<Day>,
    liar: Liar,
    line: Vec<Parcel>,
    words: usize,
    pub(crate) story: Vec<String>,
}

impl World {
    pub(crate) fn new(seed: u64, real: bool) -> World {
        let mut dice = Dice(seed);
        let luck = Luck {
            wild_clocks: dice.chance(30),
            rollback: dice.chance(30),
            clone: dice.chance(20),
            end: dice.chance(40),
            revoke: dice.chance(15),
        };
        let server = Server::new(real);
        let school = server.signer.public();
        let phone = |name, person, seed| Phone::new(name, person, Signer::new(seed, real), school);
        let phones = vec![
            phone("learner's phone", LEARNER, 10),
            phone("learner's tablet", LEARNER, 11),
            phone("mentor's phone", MENTOR, 12),
            phone("coach's phone", COACH, 13),
        ];
        let weather = Weather::roll(&mut dice);
        let mut it = World {
            dice,
            now: NOW,
            luck,
            weather,
            server,
            phones,
            oracle: Oracle::default(),
            ended_on: None,
            liar: Liar::new(real),
            line: Vec::new(),
            words: 0,
            story: vec![format!("{luck:?} {weather:?}")],
        };
        it.begin();
        it
    }

    fn begin(&mut self) {
        let plan = [
            person(LEARNER, "Amir"),
            link(1, LEARNER, Role::Learner),
            link(2, MENTOR, Role::Mentor),
            link(4, COACH, Role::Coach),
            track(),
            goal("G1"),
        ];
        for body in plan {
            self.school(&body);
        }
        for phone in self.phones.clone() {
            self.server.register(&mut self.dice, self.now, &phone.signer, phone.person);
        }
        self.server.register(&mut self.dice, self.now, &self.liar.cheat.clone(), LEARNER);
        self.server.register(&mut self.dice, self.now, &self.liar.stranger.clone(), STRANGER);
        for phone in 0..self.phones.len() {
            self.round(phone);
        }
    }

    fn school(&mut self, body: &Body) -> EventHash {
        let hash = self.server.write(&mut self.dice, self.now, body);
        self.oracle.school.insert(hash);
        hash
    }

    /// Whether nothing makes verdicts depend on more than who, what and when.
    pub(crate) fn is_calm(&self) -> bool {
        !self.luck.wild_clocks && !self.server.rolled_back
    }

    pub(crate) fn run(&mut self, steps: usize) {
        for _ in 0..steps {
            self.now += self.dice.roll() % STEP;
            self.turn();
            self.deliver();
        }
    }

    fn turn(&mut self) {
        let phone = self.dice.below(self.phones.len());
        match self.dice.below(100) {
            0..38 => self.somebody_acts(phone),
            38..68 => self.send(phone),
            68..72 => self.phones[phone].online ^= true,
            72..75 => self.restart(phone),
            75..79 => self.lie(),
            79..80 => self.newer_app_writes(),
            80..83 => self.server.back_up(),
            83..86 if self.luck.wild_clocks => self.set_clock(phone),
            86 if self.luck.rollback => self.roll_back(),
            87 if self.luck.clone => self.clone_phone(),
            88 if self.luck.end && self.words > 8 => self.end_mentor(),
            89 if self.luck.revoke && self.words > 8 => self.revoke_tablet(),
            _ => self.now += self.dice.roll() % (8 * STEP),
        }
    }

    fn tell(&mut self, what: String) {
        self.story.push(what);
    }

    fn restart(&mut self, phone: usize) {
        let tabs = 1 + self.dice.below(2);
        self.phones[phone].restart(tabs);
        self.tell(format!("{} starts again with {tabs} tabs", self.phones[phone].name));
    }

    fn set_clock(&mut self, phone: usize) {
        let years = i64::try_from(2 * 365 * DAY).unwrap();
        let off = [0, years, -years, -3_600_000][self.dice.below(4)];
        if self.dice.chance(20) {
            self.server.clock = off / 100;
            self.tell(format!("the school's clock is off by {} ms", off / 100));
        } else {
            self.phones[phone].clock = off;
            self.tell(format!("the clock of {} is off by {off} ms", self.phones[phone].name));
        }
    }

    fn roll_back(&mut self) {
        if self.server.restore(&mut self.dice) {
            self.luck.rollback = false;
            let (position, epoch) = (self.server.ledger.position(), self.server.disk.epoch);
            self.tell(format!("the school goes back to {position} in {epoch:?}"));
        }
    }

    fn clone_phone(&mut self) {
        if self.phones[0].replica().is_forked() {
            return;
        }
        self.luck.clone = false;
        self.phones[0].was_cloned = true;
        let mut copy = self.phones[0].clone();
        copy.name = "copy of learner's phone";
        copy.restart(1);
        self.phones.push(copy);
        self.tell("learner's phone is copied".into());
    }

    fn end_mentor(&mut self) {
        self.luck.end = false;
        let is_announced = self.dice.chance(30);
        let today = Day::of_millis(self.server.time(self.now));
        let to = if is_announced { Day(*today + chrono::Days::new(60)) } else { today };
        let hash = self.school(&Body::LinkEnded(LinkEnded { link: LinkId([2; 16]), to }));
        // What is announced changes nothing before its day, and no story goes on for so long.
        if !is_announced {
            self.oracle.mentor_ended = Some(hash);
            self.ended_on = Some(today);
        }
        self.tell(format!("the mentor's link ends; announced: {is_announced}"));
    }

    fn revoke_tablet(&mut self) {
        self.luck.revoke = false;
        let key = self.phones[1].signer.public().id();
        self.server.revoked.push(key);
        self.school(&Body::KeyRevoked(KeyRevoked { key }));
        self.tell("the learner's tablet is revoked".into());
    }

    fn lie(&mut self) {
        let target = self.any_version().unwrap_or((EntryId([1; 16]), EventHash([1; 32])));
        let it = self.liar.lie(&mut self.dice, &self.server, self.now, target);
        let ruled = self.server.take(&it.raw, self.now);
        self.tell(format!("a lie ({}): {:?} {:?}", it.what, ruled.verdict, ruled.code));
        assert!(it.allowed.contains(&ruled.verdict), "{}: {:?}", it.what, ruled.verdict);
    }

    fn newer_app_writes(&mut self) {
        let it = Forged {
            dossier: DOSSIER,
            kind: 900,
            person: LEARNER,
            body: &[0x18, 0x2a],
            now: self.now,
        };
        let event = seal(&self.liar.cheat, &mut self.dice, it);
        let ruled = self.server.take(&event.raw(), self.now);
        let is_in = matches!(ruled.verdict, Verdict::Accepted | Verdict::Flagged);
        assert!(is_in, "an unknown kind: {:?} {:?}", ruled.verdict, ruled.code);
        self.know(usize::MAX, LEARNER, event.hash(), Deed::Newer);
    }

    fn any_version(&mut self) -> Option<(EntryId, EventHash)> {
        let all: Vec<_> = self.server.ledger.dossier().diary.entries().collect();
        self.dice.pick(&all).map(|it| (it.entry, it.shown().hash))
    }

    fn know(&mut self, phone: usize, who: PersonId, hash: EventHash, deed: Deed) {
        let ended = phone == MENTORS_PHONE
            && self.phones[phone].tabs.iter().any(|it| {
                let mut links = it.dossier().links.all();
                let is_open = links.any(|it| it.link.person == MENTOR && it.ended.is_none());
                // A phone that reads anew has no checkpoint to quote: it is judged as of now.
                !is_open || it.tip().position == 0
            });
        let fact = Fact { who, phone, deed, knew_of_the_end: ended, renamed: None };
        assert!(self.oracle.facts.insert(hash, fact).is_none(), "made twice: {hash}");
    }

    fn somebody_acts(&mut self, phone: usize) {
        let tab = self.dice.below(2) % self.phones[phone].tabs.len();
        let acts = match self.phones[phone].person {
            MENTOR => self.mentor_acts(phone, tab),
            COACH => self.coach_acts(phone, tab),
            _ => self.learner_acts(phone, tab),
        };
        let Some((body, deed)) = acts else { return };
        let kill = match self.dice.below(40) {
            0 => Kill::BeforeWrite,
            1 => Kill::AfterWrite,
            _ => Kill::Never,
        };
        let (phones, dice) = (&mut self.phones, &mut self.dice);
        let wrote = phones[phone].write(tab, dice, self.now, core::slice::from_ref(&body), kill);
        self.tell(format!("{} tab {tab}: {deed:?} -> {wrote:?}", self.phones[phone].name));
        if let Wrote::Kept(hashes) = wrote {
            self.words += 1;
            let who = self.phones[phone].person;
            self.know(phone, who, hashes[0], deed);
        }
    }

    fn send(&mut self, phone: usize) {
        let it = &mut self.phones[phone];
        if !it.online {
            return;
        }
        let tab = self.dice.below(it.tabs.len());
        let wants_news = self.dice.chance(30);
        let (sent, asked) =
            if wants_news { (None, it.pull(tab)) } else { it.ask(tab, &mut self.dice, self.now) };
        self.note_new_names(phone);
        let parcel = Parcel { due: self.now, phone, tab, sent, asked, answer: None };
        let carried = self.weather.carry(&mut self.dice, self.now, &parcel);
        self.line.extend(carried);
    }

    /// Everything that is due arrives, in an order that nobody chose.
    fn deliver(&mut self) {
        let due: Vec<Parcel> = self.line.extract_if(.., |it| it.due <= self.now).collect();
        for parcel in due {
            match &parcel.answer {
                None => self.reach_school(&parcel),
                Some(answer) => self.reach_phone(&parcel, answer),
            }
        }
    }

    fn reach_school(&mut self, parcel: &Parcel) {
        let answer = if self.weather.turns_away(&parcel.asked, parcel.sent.as_ref()) {
            Some(Answer::TooLarge)
        } else {
            let crash = self.weather.crash(&mut self.dice);
            self.server.answer(&parcel.asked, self.now, crash)
        };
        if let Some(answer) = answer {
            let back = Parcel { answer: Some(answer), ..parcel.clone() };
            let carried = self.weather.carry(&mut self.dice, self.now, &back);
            self.line.extend(carried);
        }
    }

    fn reach_phone(&mut self, parcel: &Parcel, answer: &Answer) {
        let kill = match self.dice.below(40) {
            0 => Kill::BeforeWrite,
            1 => Kill::AfterWrite,
            _ => Kill::Never,
        };
        let now = self.now;
        let phone = &mut self.phones[parcel.phone];
        phone.absorb(parcel.tab, now, parcel.sent.as_ref(), &parcel.asked, answer, kill);
    }

    fn note_new_names(&mut self, phone: usize) {
        let names = core::mem::take(&mut self.phones[phone].renamed);
        for (old, new) in &names {
            let Some(fact) = self.oracle.facts.get_mut(old) else { continue };
            fact.renamed = Some(*new);
            let mut again = Fact { renamed: None, ..fact.clone() };
            again.deed.rename(&names);
            self.oracle.facts.insert(*new, again);
        }
        if !names.is_empty() {
            self.tell(format!("{} is born again: {names:?}", self.phones[phone].name));
        }
    }

    /// One undisturbed exchange: all there is to give, then all there is to read.
    pub(crate) fn round(&mut self, phone: usize) {
        self.phones[phone].online = true;
        self.phones[phone].most = 100;
        for _ in 0..200 {
            let (sent, asked) = self.phones[phone].ask(0, &mut self.dice, self.now);
            self.note_new_names(phone);
            self.now += 1;
            let Some(answer) = self.server.answer(&asked, self.now, Crash::Never) else { return };
            self.phones[phone].absorb(0, self.now, sent.as_ref(), &asked, &answer, Kill::Never);
            let has_all =
                self.phones[phone].replica().tip().position == self.server.ledger.position();
            let is_done = matches!(asked, Asked::Pull(..)) && has_all && !self.has_more(phone);
            if is_done || matches!(answer, Answer::Unwelcome) {
                return;
            }
        }
    }

    fn has_more(&self, phone: usize) -> bool {
        let replica = self.phones[phone].replica();
        replica.reconcile().is_some() || replica.is_forked() || replica.push(1, 0).is_some()
    }

    /// The faults stop; nobody touches a phone.
    pub(crate) fn heal(&mut self) {
        self.weather = Weather::CALM;
        self.line.clear();
        self.server.clock = 0;
        for it in &mut self.phones {
            it.restart(1);
        }
    }
}
