//! What is said beside the work itself: what somebody could before and does afterwards, what was seen on the spot, what is
//! asked of all; and what coaches put off because they know it already.

use crate::calendar::date;
use crate::play::{COACHES, LEARNERS, MENTORS, Play};
use crate::support::Dice;
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Attitude, AttitudeSeen, Attitudes, Body, JobOutcome, LaterJob, LearnerStatus, Level,
    Observation, PriorLearning, Shows, Snoozed, StatusNoted, Stay, Survey, Workplace,
};
use dubbelspoor_domain::id::{SurveyId, WorkplaceId};
use dubbelspoor_domain::signals::{Thresholds, all_signals};

impl Play {
    /// One of what asks for attention on this phone, for some weeks; now and then it may be seen again at once.
    pub(crate) fn put_off(&mut self, phone: usize, track: usize) {
        if !self.chance(4) {
            return;
        }
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let all = all_signals(dossier, Thresholds::default(), Day(self.today));
        let all: Vec<u16> = all.into_iter().map(|it| it.kind.number()).collect();
        let Some(signal) = self.world.dice.pick(&all).copied() else { return };
        let last = if self.chance(15) {
            self.today - Days::new(1)
        } else {
            self.today + Days::new(self.world.dice.below(50) as u64)
        };
        let (now, reason) = (self.hour(11), "Dat is al besproken.".to_owned());
        let snoozed = Snoozed { signal, until: Day(last), reason };
        self.world.write(phone, track, now, Body::Snoozed(snoozed));
    }

    /// The coach tells when somebody is at a workplace.
    pub(crate) fn stay(
        &mut self,
        track: usize,
        number: u8,
        from: NaiveDate,
        to: Option<NaiveDate>,
    ) {
        let stay = Stay { from: Day(from), to: to.map(Day), when: String::new() };
        let workplace = Workplace {
            workplace: WorkplaceId([number; 16]),
            company: "Magazijn".to_owned(),
            site: String::new(),
            recognition: None,
            stays: vec![stay],
            goals: vec![],
        };
        self.by_coach(track, Body::Workplace(workplace));
    }

    /// From one workplace to another. Some find a list of what to go through there as well, others only that of the first.
    pub(crate) fn move_on(&mut self, track: usize) {
        let (begun, last) = (self.lives[track].began, self.today - Days::new(1));
        let Some(begun) = begun else { return };
        self.stay(track, 1, begun, Some(last));
        self.stay(track, 2, self.today, None);
        if track % 16 == 2 {
            self.prepare(track, Some(WorkplaceId([2; 16])));
        }
    }

    /// What a coach notes now and then: a status, what somebody could before, what they do now that it is over.
    pub(crate) fn note(&mut self, phone: usize, track: usize) {
        let now = self.hour(12);
        if self.chance(2) {
            let status = self.world.dice.pick(&LearnerStatus::ALL[..3]).copied();
            let status = status.filter(|_| self.world.dice.chance(90));
            self.world.write(phone, track, now, Body::StatusNoted(StatusNoted { status }));
        }
        if self.chance(4) {
            let goals = &self.courses[self.lives[track].course].goals;
            let goal = self.world.dice.pick(goals).unwrap().clone();
            let level = self.chance(85).then(|| Level::ALL[self.world.dice.below(4)]);
            let (on, evidence) = (Day(self.today), "Een getuigschrift.".to_owned());
            let prior = PriorLearning { goal, evidence, on, level };
            self.world.write(phone, track, now, Body::PriorLearning(prior));
        }
        if !self.lives[track].learns_on(self.today) && self.chance(10) {
            self.tell_later(phone, track);
        }
    }

    fn tell_later(&mut self, phone: usize, track: usize) {
        let outcome = JobOutcome::ALL[self.world.dice.below(JobOutcome::ALL.len())];
        let job = LaterJob { day: Day(self.today), outcome, text: String::new() };
        let now = self.hour(12);
        self.world.write(phone, track, now, Body::LaterJob(job));
    }

    /// After the last day of all: of most somebody knows what they do.
    pub(crate) fn look_after(&mut self, day: NaiveDate) {
        self.today = day;
        for phone in LEARNERS + MENTORS..LEARNERS + MENTORS + COACHES {
            let tracks: Vec<usize> = self.world.phones[phone].copies.keys().copied().collect();
            for track in tracks {
                if self.chance(70) {
                    self.tell_later(phone, track);
                }
            }
        }
    }

    /// A sheet, or a word about how somebody is at work: neither counts for any figure.
    pub(crate) fn observe(&mut self, phone: usize, track: usize) {
        let goals = &self.courses[self.lives[track].course].goals;
        let goal = self.world.dice.pick(goals).unwrap().clone();
        let dice: &mut Dice = &mut self.world.dice;
        let said = if dice.chance(50) {
            Body::Observation(Observation {
                goal,
                day: Day(self.today),
                criteria: vec![],
                note: "Rustig gewerkt.".to_owned(),
                talked: String::new(),
                approach: None,
                attitude: None,
            })
        } else {
            let attitude = Attitude::ALL[dice.below(4)];
            let seen = vec![AttitudeSeen { attitude, shows: Shows::ALL[dice.below(4)] }];
            Body::Attitudes(Attitudes { seen, word: String::new() })
        };
        let now = self.hour(13);
        self.world.write(phone, track, now, said);
    }

    /// A coach asks the same in each leertraject on their phone; later it is taken away in some.
    pub(crate) fn ask_all(&mut self, phone: usize, number: u8, withdrawn: bool) {
        let survey = Survey {
            survey: SurveyId([number; 16]),
            title: "Hoe gaat het?".to_owned(),
            questions: vec!["Wat gaat goed?".to_owned(), "Wat kan beter?".to_owned()],
            learners: true,
            mentors: number.is_multiple_of(2),
            until: Day(date(2027, 3, 1)),
            withdrawn,
        };
        let tracks: Vec<usize> = self.world.phones[phone].copies.keys().copied().collect();
        for track in tracks {
            if !withdrawn || self.chance(50) {
                let now = self.hour(9);
                self.world.write(phone, track, now, Body::Survey(survey.clone()));
            }
        }
    }
}
