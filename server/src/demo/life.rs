//! Eight weeks of one cursist, day by day: what they write, ask and hear back.

use super::cast::Way;
use super::course::{Course, Example, Library, place};
use super::phone::Phone;
use crate::app::Server;
use crate::random;
use anyhow::Result;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Audience, Body, Confirmation, ConfirmationRequest, ConfirmationWithdrawn, Entry,
    Feedback, Finding, Goal, Level, Outcome, Place, Seen, Stage, Touched,
};
use dubbelspoor_domain::id::{EntryId, EventHash};
use std::collections::VecDeque;

/// A little chance, the same at every start.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// From 0 up to, not including, `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((it ^ (it >> 31)) >> 1).unwrap_or(0) % sides.max(1)
    }
}

/// One cursist with their mentor, and what still has to happen.
pub(super) struct Life<'l> {
    pub(super) server: &'l Server,
    pub(super) library: &'l Library,
    pub(super) course: &'l Course,
    pub(super) way: Way,
    pub(super) learner: Phone,
    pub(super) mentor: Phone,
    pub(super) today: NaiveDate,
    pub(super) week_one: NaiveDate,
    pub(super) dice: Dice,
    pub(super) goals: Vec<Goal>,
    examples: VecDeque<Example>,
    asked: VecDeque<Waiting>,
    answered: Vec<(EntryId, EventHash)>,
    pub(super) written: Vec<EntryId>,
    /// At the workplace, with hours that the mentor has not confirmed.
    pub(super) worked: Vec<Seen>,
    /// The intention that is open.
    pub(super) tries: Option<EventHash>,
}

struct Waiting {
    due: NaiveDate,
    entry: EntryId,
    version: EventHash,
    goals: Vec<Asked>,
}

const TAILS: [&str; 8] = [
    "Ging goed.",
    "Eerst met hulp, daarna alleen.",
    "Het was druk vandaag.",
    "Mijn mentor keek mee.",
    "Morgen wil ik het sneller doen.",
    "Ik moest het twee keer doen.",
    "Samen met een collega.",
    "Lukt al beter dan vorige week.",
];

impl<'l> Life<'l> {
    pub(super) fn new(
        server: &'l Server,
        library: &'l Library,
        course: &'l Course,
        way: Way,
        (learner, mentor): (Phone, Phone),
        (today, week_one): (NaiveDate, NaiveDate),
        number: usize,
    ) -> Life<'l> {
        let own = library.examples.iter().filter(|it| it.course == course.id && it.lang == "nl");
        let mut examples: VecDeque<_> = own.cloned().collect();
        examples.rotate_left((number * 5) % examples.len().max(1));
        Life {
            server,
            library,
            course,
            way,
            learner,
            mentor,
            today,
            week_one,
            dice: Dice::new(number as u64 + 1),
            goals: course.goals(),
            examples,
            asked: VecDeque::new(),
            answered: Vec::new(),
            written: Vec::new(),
            worked: Vec::new(),
            tries: None,
        }
    }

    /// Lives until today.
    pub(super) async fn live(&mut self, from: NaiveDate) -> Result<()> {
        let today = self.today;
        for day in from.iter_days().take_while(|it| *it <= today) {
            if day.weekday() == Weekday::Mon {
                let now = at(day, 6, 0);
                self.learner.pull(self.server, now).await?;
                self.mentor.pull(self.server, now).await?;
            }
            // On its day, before what came after it: what arrives later has arrived later.
            if self.way == Way::Silent && day + Days::new(3) == today {
                self.report(day).await?;
            }
            if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
                && !self.library.year.is_free(day)
            {
                self.answer(day).await?;
                if self.writes(day) {
                    self.write(day).await?;
                }
                self.talk(day).await?;
            }
        }
        match self.way {
            Way::Lively => self.leave_loose_ends().await,
            Way::Steady | Way::Silent | Way::Unanswered => Ok(()),
        }
    }

    fn writes(&mut self, day: NaiveDate) -> bool {
        let left = (self.today - day).num_days();
        match self.way {
            Way::Lively => left > 0 && self.dice.roll(12) > 0,
            Way::Steady | Way::Unanswered => left > 0 && self.dice.roll(4) > 0,
            Way::Silent => left > 15 && self.dice.roll(3) > 0,
        }
    }

    async fn write(&mut self, day: NaiveDate) -> Result<()> {
        let entry = self.entry(day)?;
        let hour = 16 + self.dice.roll(4) as u32;
        let asks = entry.place == Place::Workplace && !entry.goals.is_empty();
        self.written.extend((entry.audience == Audience::Shared).then_some(entry.entry));
        let mut bodies = vec![Body::Entry(entry.clone())];
        let written = self.learner.write(self.server, moment(day, hour, 20), &bodies).await?;
        let Some(version) = written.first().copied().filter(|_| asks) else { return Ok(()) };
        if entry.audience == Audience::Shared {
            self.worked.push(Seen { entry: entry.entry, version });
        }
        let asked = |it: &Touched| Asked { goal: it.goal.clone(), proposed: it.self_rating };
        let goals: Vec<_> = entry.goals.iter().map(asked).collect();
        bodies = vec![Body::ConfirmationRequest(ConfirmationRequest {
            entry: entry.entry,
            version,
            goals: goals.clone(),
            to: None,
        })];
        self.learner.write(self.server, moment(day, hour, 21), &bodies).await?;
        let wait = 1 + self.dice.roll(3) as u64;
        let due = day.checked_add_days(Days::new(wait)).unwrap_or(day);
        self.asked.push_back(Waiting { due, entry: entry.entry, version, goals });
        Ok(())
    }

    /// School on Monday and Tuesday, the workplace on the other days.
    fn entry(&mut self, day: NaiveDate) -> Result<Entry> {
        let wanted = match day.weekday() {
            Weekday::Mon | Weekday::Tue => Place::School,
            Weekday::Wed | Weekday::Thu | Weekday::Fri | Weekday::Sat | Weekday::Sun => {
                Place::Workplace
            }
        };
        let found = self.examples.iter().position(|it| place(&it.place) == wanted);
        let example = found.and_then(|at| self.examples.remove(at));
        let week = (day - self.week_one).num_days() / 7 + 1;
        let (text, reflection, goals, minutes) = match example {
            Some(it) => (it.text, Some(it.reflection), it.goal_codes, it.minutes.max(60)),
            None => self.practised(week, wanted),
        };
        let rating = self.rating(week);
        let goals = goals.into_iter().map(|goal| Touched { goal, self_rating: rating }).collect();
        let is_private = self.way == Way::Lively && self.dice.roll(15) == 0;
        Ok(Entry {
            entry: EntryId(random()?),
            parents: Vec::new(),
            stage: Stage::Submitted,
            audience: if is_private { Audience::Private } else { Audience::Shared },
            day: Day(day),
            place: wanted,
            minutes,
            text,
            goals: if is_private { Vec::new() } else { goals },
            reflection: reflection.filter(|it| !it.is_empty()),
            newer_fields: Vec::new(),
        })
    }

    /// Where the examples end: what the plan says for the week, in the learner's own words of the curriculum.
    fn practised(&mut self, week: i64, at: Place) -> (String, Option<String>, Vec<String>, u16) {
        let fits = |it: &&Goal| {
            it.places.contains(&at)
                && (i64::from(it.from_week)..=i64::from(it.to_week) + 4).contains(&week)
        };
        let fitting: Vec<_> = self.goals.iter().filter(fits).cloned().collect();
        let pool = if fitting.is_empty() { self.goals.clone() } else { fitting };
        let first = pool[self.dice.roll(pool.len())].clone();
        let second = pool[self.dice.roll(pool.len())].clone();
        let did = first.competences[self.dice.roll(first.competences.len())].text.nl.clone();
        let text = format!("{did} {}", TAILS[self.dice.roll(TAILS.len())]);
        let mut goals = vec![first.goal];
        if second.goal != goals[0] && self.dice.roll(2) == 0 {
            goals.push(second.goal);
        }
        let minutes = [240, 360, 420, 456, 480][self.dice.roll(5)];
        (text, None, goals, if at == Place::School { 350 } else { minutes })
    }

    fn rating(&mut self, week: i64) -> Option<Level> {
        let grown = usize::try_from(week / 5).unwrap_or(0) + self.dice.roll(3);
        (self.dice.roll(8) > 0).then(|| Level::ALL[grown.min(3)])
    }

    /// The mentor answers what has waited long enough.
    async fn answer(&mut self, day: NaiveDate) -> Result<()> {
        let left = (self.today - day).num_days();
        let answers = match self.way {
            Way::Unanswered => left > 24,
            Way::Lively | Way::Steady | Way::Silent => left > 4,
        };
        while answers && self.asked.front().is_some_and(|it| it.due <= day) {
            let Some(it) = self.asked.pop_front() else { break };
            let outcomes: Vec<_> = it.goals.iter().map(|it| self.outcome(it)).collect();
            let feedback = self.remark(&outcomes);
            let body = Body::Confirmation(Confirmation {
                entry: it.entry,
                version: it.version,
                outcomes,
                feedback,
            });
            let hour = 9 + self.dice.roll(3) as u32;
            let minute = 5 + self.dice.roll(50) as u32;
            let hashes = self.mentor.write(self.server, moment(day, hour, minute), &[body]).await?;
            self.answered.extend(hashes.first().map(|hash| (it.entry, *hash)));
        }
        Ok(())
    }

    fn outcome(&mut self, asked: &Asked) -> Outcome {
        let proposed = asked.proposed.unwrap_or(Level::WithHelp);
        let finding = match self.dice.roll(14) {
            0 => Finding::NotYet,
            1 => Finding::NotPossibleHere,
            2..4 if proposed > Level::Demonstrated => Finding::Reached(Level::WithHelp),
            _ => Finding::Reached(proposed),
        };
        Outcome { goal: asked.goal.clone(), finding }
    }

    fn remark(&mut self, outcomes: &[Outcome]) -> Option<String> {
        let is_not_yet = outcomes.iter().any(|it| it.finding == Finding::NotYet);
        if !is_not_yet && self.dice.roll(3) > 0 {
            return None;
        }
        let own: Vec<_> =
            self.library.remarks.iter().filter(|it| it.course == self.course.id).collect();
        let text = own.get(self.dice.roll(own.len()))?.text.clone();
        Some(text)
    }

    /// What a real dossier has too: a draft, an edit after a confirmation, a confirmation taken back, an answer.
    async fn leave_loose_ends(&mut self) -> Result<()> {
        let day = self.today.checked_sub_days(Days::new(1)).unwrap_or(self.today);
        self.learner.pull(self.server, at(self.today, 6, 0)).await?;
        self.mentor.pull(self.server, at(self.today, 6, 0)).await?;
        let Some((entry, _)) = self.answered.last().copied() else { return Ok(()) };
        if let Some(edited) = self.learner.edited(entry) {
            self.learner.write(self.server, moment(day, 19, 0), &[Body::Entry(edited)]).await?;
        }
        let thanks =
            Feedback { entry: Some(entry), text: "Dank je. Ik let er morgen op.".to_owned() };
        self.learner.write(self.server, moment(day, 19, 5), &[Body::Feedback(thanks)]).await?;
        if let Some((_, confirmation)) = self.answered.iter().rev().nth(2).copied() {
            let reason = "Verkeerde activiteit aangetikt.".to_owned();
            let body = Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason });
            self.mentor.write(self.server, moment(day, 20, 0), &[body]).await?;
        }
        let draft = Entry { stage: Stage::Draft, ..self.entry(day)? };
        self.learner.write(self.server, moment(day, 21, 0), &[Body::Entry(draft)]).await?;
        Ok(())
    }
}

/// Milliseconds since 1970 of a time of the day, near enough in Belgium.
pub(super) fn at(day: NaiveDate, hour: u32, minute: u32) -> u64 {
    let time = day.and_hms_opt(hour, minute, 0).unwrap_or_default();
    u64::try_from(time.and_utc().timestamp_millis()).unwrap_or(0)
}

/// Written then, at the school two minutes later.
pub(super) fn moment(day: NaiveDate, hour: u32, minute: u32) -> (u64, u64) {
    let written = at(day, hour, minute);
    (written, written + 120_000)
}
