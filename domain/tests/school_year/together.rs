//! What three do together: a plan that is drafted, proposed and agreed to, talks that are planned, held and signed; and
//! what the school says of goals, up to the decision at the end.

use crate::calendar::{at, date};
use crate::play::Play;
use chrono::Days;
use dubbelspoor_domain::dossier::{
    Attestation, Body, Change, Deliberation, Evaluation, EvaluationKind, Goal, Held, PlanAnswered,
    PlanConsent, PlanProposal, ReceptionPart, ReceptionPoint, ReceptionTicked, Review,
    ReviewAgreed, ReviewKind, StartNote, StartNoteKind, TrackResult,
};
use dubbelspoor_domain::id::{EventHash, PointId, ReviewId, WorkplaceId};
use dubbelspoor_domain::{Added, Day};

impl Play {
    /// What any of the three may do: propose, agree to the plan as it is shown here, sign what was written of a talk.
    pub(crate) fn speak(&mut self, phone: usize, track: usize, proposes: bool) {
        if proposes && self.chance(2) {
            self.propose(phone, track);
        }
        if self.chance(15) {
            self.agree(phone, track);
        }
        if self.chance(30) {
            self.sign_talks(phone, track);
        }
        if proposes && self.chance(10) {
            self.tick(phone, track);
        }
    }

    /// The coach tells what was said at the intake, and what is gone through on the first days.
    pub(crate) fn receive(&mut self, track: usize) {
        let (kind, day) = (StartNoteKind::Intake, Day(self.today));
        let (text, conclusion) = ("Zin om te beginnen.".to_owned(), String::new());
        self.by_coach(
            track,
            Body::StartNote(StartNote {
                kind,
                day,
                text,
                conclusion,
                answers: Added::default(),
                for_matching: None,
            }),
        );
        self.prepare(track, None);
    }

    /// What is to be gone through, at a workplace with a name or at the first.
    pub(crate) fn prepare(&mut self, track: usize, workplace: Option<WorkplaceId>) {
        for (part, text) in ReceptionPart::ALL.into_iter().zip(["Nooduitgang", "Heftruck", "Pauze"])
        {
            let point = PointId(self.world.dice.bytes());
            let point =
                ReceptionPoint { point, part, text: text.to_owned(), dropped: false, workplace };
            self.by_coach(track, Body::ReceptionPoint(point));
        }
    }

    /// One's own side of some points; and now and then not after all.
    fn tick(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let me = self.world.person(phone);
        let all = dossier.reception.points().into_iter().map(|it| it.point);
        let (done, open): (Vec<_>, Vec<_>) =
            all.partition(|it| dossier.reception.ticked_by(*it, me).is_some());
        let undone = self.chance(4);
        let mut points = if undone { done } else { open };
        points.truncate(2);
        if !points.is_empty() {
            let (now, on) = (self.hour(12), Day(self.today));
            let ticked = ReceptionTicked { points, on, undone };
            self.world.write(phone, track, now, Body::ReceptionTicked(ticked));
        }
    }

    fn propose(&mut self, phone: usize, track: usize) {
        let goals = self.courses[self.lives[track].course].goals.clone();
        let goal = if self.chance(80) { self.world.dice.pick(&goals).cloned() } else { None };
        let change = Change::ALL[self.world.dice.below(Change::ALL.len())];
        let reason = "Dat kan hier niet.".to_owned();
        let proposal = PlanProposal { goal, change, reason, from_week: None, where_exactly: None };
        let now = self.hour(18);
        self.world.write(phone, track, now, Body::PlanProposal(proposal));
    }

    /// To exactly what stands on this phone, which may be older than what the school has; now and then taken back.
    fn agree(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let (me, version) = (self.world.person(phone), dossier.plan.hash());
        let goals: Vec<Goal> = dossier.plan.goals().cloned().collect();
        let withdrawn = dossier.plan_version(version).agreed.iter().any(|it| it.1 == me);
        if self.chance(if withdrawn { 6 } else { 70 }) {
            let now = self.hour(18);
            let consent = Body::PlanConsent(PlanConsent { version, withdrawn });
            self.world.tracks[track].book.read(version, goals);
            self.world.write(phone, track, now, consent);
        }
    }

    fn sign_talks(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let Some(chair) = dossier.chair_of(self.world.person(phone), Day(self.today)) else {
            return;
        };
        let open = dossier.reviews.all().filter(|it| it.what.held.is_some());
        let open = open.filter(|it| dossier.review_agreed_by(it.hash, chair).is_none());
        let open: Vec<_> = open.map(|it| (it.what.review, it.hash)).collect();
        for (review, version) in open {
            let (now, word) = (self.hour(19), self.chance(20).then(|| "Klopt.".to_owned()));
            let agreed = ReviewAgreed { review, version, word, at_table: None };
            self.world.write(phone, track, now, Body::ReviewAgreed(agreed));
        }
    }

    /// What a coach does with a plan, talks and goals.
    pub(crate) fn steer(&mut self, phone: usize, track: usize) {
        self.answer_proposals(phone, track);
        if self.chance(6) {
            self.draft(phone, track, None);
        }
        self.hold_talks(phone, track);
        if self.chance(3) {
            self.attest(phone, track);
        }
        if self.chance(15) {
            self.evaluate(phone, track);
        }
        if self.today >= date(2027, 6, 14) && self.lives[track].learns_on(self.today) {
            self.decide(phone, track);
        }
    }

    fn answer_proposals(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let open = dossier.plan_talk.open().map(|it| (it.hash, it.what.goal.clone()));
        let open: Vec<(EventHash, Option<String>)> = open.collect();
        for (proposal, goal) in open {
            if !self.chance(50) {
                continue;
            }
            let taken_over = self.chance(60);
            let text = if taken_over { String::new() } else { "Nog niet.".to_owned() };
            let now = self.hour(11);
            let mut said = vec![Body::PlanAnswered(PlanAnswered { proposal, taken_over, text })];
            if taken_over && let Some(it) = self.world.shows(phone, track) {
                said = it.taking_over(proposal, String::new());
            }
            let only_words = said.len() == 1;
            for body in said {
                self.world.write(phone, track, now, body);
            }
            if taken_over && only_words {
                self.draft(phone, track, goal);
            }
        }
    }

    /// A goal in other weeks, with other criteria, or one that the curriculum does not have.
    fn draft(&mut self, phone: usize, track: usize, goal: Option<String>) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let all: Vec<Goal> = dossier.plan.goals().cloned().collect();
        let named = all.iter().find(|it| goal.as_ref() == Some(&it.goal)).cloned();
        let Some(mut it) = named.or_else(|| self.world.dice.pick(&all).cloned()) else { return };
        match self.world.dice.below(6) {
            0 => it.goal = format!("EIGEN-{}", 1 + self.world.dice.below(3)),
            1 => it.criteria = Some(format!("Zonder fouten, op {}.", self.today)),
            2 => it.from_week = it.from_week.saturating_sub(2).max(1),
            _ => it.to_week += 2,
        }
        let now = self.hour(11);
        self.world.write(phone, track, now, Body::Goal(it));
    }

    fn hold_talks(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let (today, now) = (Day(self.today), at(self.today, 14, 0));
        let planned = dossier.reviews.all().filter(|it| it.what.held.is_none());
        // Of two that were planned one is forgotten.
        let planned = planned.map(|it| it.what.clone()).max_by_key(|it| (it.day, it.review));
        let held = dossier.reviews.all().filter(|it| it.what.held.is_some());
        let held: Vec<Review> = held.map(|it| it.what.clone()).collect();
        let talk = match planned {
            Some(it) if it.day <= today && self.chance(35) => {
                let cancelled = self.chance(15);
                let held = (!cancelled).then(|| said("Het gaat vooruit."));
                Review { day: today, cancelled, held, ..it }
            }
            // Another day, or the same talk planned once more beside the one that was forgotten.
            Some(it) if self.chance(4) => {
                let day = Day(self.today + Days::new(7));
                let other = ReviewId(self.world.dice.bytes());
                let review = if self.chance(50) { other } else { it.review };
                Review { review, day, ..it }
            }
            None if self.chance(12) => Review {
                review: ReviewId(self.world.dice.bytes()),
                kind: ReviewKind::ALL[usize::from(self.today >= date(2027, 6, 1))],
                day: Day(self.today + Days::new(self.world.dice.below(15) as u64)),
                held: None,
                cancelled: false,
            },
            _ if self.chance(4) => {
                // Something was forgotten: all three sign anew.
                let Some(it) = self.world.dice.pick(&held).cloned() else { return };
                Review { held: Some(said("En de veiligheid ook.")), ..it }
            }
            _ => return,
        };
        self.world.write(phone, track, now, Body::Review(talk));
    }

    /// An attestation that ends in half a year at most, another one of that name, or none after all.
    fn attest(&mut self, phone: usize, track: usize) {
        let name = ["VCA", "Heftruck"][self.world.dice.below(2)].to_owned();
        let obtained = Some(Day(self.today));
        let until = Some(Day(self.today + Days::new(self.world.dice.below(180) as u64)));
        let withdrawn = self.chance(10);
        let it = Attestation { name, planned: None, obtained, until, withdrawn };
        let now = self.hour(14);
        self.world.write(phone, track, now, Body::Attestation(it));
    }

    fn evaluate(&mut self, phone: usize, track: usize) {
        let goals = self.courses[self.lives[track].course].goals.clone();
        let Some(goal) = self.world.dice.pick(&goals).cloned() else { return };
        let is_late = self.today >= date(2027, 1, 11);
        let evaluation = Evaluation {
            goal,
            kind: if is_late && self.chance(60) {
                EvaluationKind::Summative
            } else {
                EvaluationKind::Formative
            },
            mastered: self.chance(70),
            grounds: "Gezien op de werkvloer.".to_owned(),
            heard: None,
            mentor_said: String::new(),
            evidence: vec![],
        };
        let now = self.hour(15);
        self.world.write(phone, track, now, Body::Evaluation(evaluation));
    }

    /// The decision; some are taken again.
    fn decide(&mut self, phone: usize, track: usize) {
        let Some(dossier) = self.world.shows(phone, track) else { return };
        let codes = dossier.plan.goals().map(|it| it.goal.clone());
        let mastered: Vec<String> =
            codes.filter(|it| dossier.evaluations.is_mastered(it)).collect();
        let all = dossier.plan.len();
        let is_decided = dossier.evaluations.deliberation().is_some();
        if !self.chance(if is_decided { 10 } else { 80 }) {
            return;
        }
        let result = match mastered.len() {
            0 => TrackResult::NotYet,
            some if some * 3 > all => TrackResult::Certificate,
            _ => TrackResult::Partial,
        };
        let (day, present) = (Day(self.today), "Het team".to_owned());
        let grounds = "Alles gelezen.".to_owned();
        let now = self.hour(16);
        let decision = Deliberation { day, present, mastered, result, grounds };
        self.world.write(phone, track, now, Body::Deliberation(decision));
    }
}

fn said(feedback: &str) -> Held {
    Held {
        feed_up: "Zelfstandig werken".to_owned(),
        feedback: feedback.to_owned(),
        feed_forward: String::new(),
        take_up: String::new(),
        points: vec!["Meer oefenen".to_owned()],
    }
}
