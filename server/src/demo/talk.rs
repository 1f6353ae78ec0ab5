//! What people tell each other beside the diary: how it goes, what somebody tries, asks or reports.

use super::cast::Way;
use super::life::{Life, moment};
use anyhow::Result;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Answer, Body, Closed, Concern, HoursConfirmation, Intention, LearningQuestion, TakeUp,
    WellBeing,
};

const INTENTIONS: [&str; 4] = [
    "Eerst de hele opdracht lezen, dan pas beginnen.",
    "Door mijn knieën buigen als ik iets optil.",
    "Meteen vragen als ik iets niet begrijp.",
    "Mijn werkplek opruimen voor de pauze.",
];

const QUESTIONS: [(&str, &str); 3] = [
    (
        "Waarom moet ik dit elke keer twee keer controleren?",
        "Omdat een fout later veel meer werk kost. Kijk maar mee bij de volgende levering.",
    ),
    ("Wat betekent FIFO precies?", "First in, first out: wat eerst kwam, gaat eerst weg."),
    ("Mag ik dit volgende week zelf proberen?", "Ja, dinsdag. Ik blijf erbij."),
];

impl Life<'_> {
    /// On Fridays people look back.
    pub(super) async fn talk(&mut self, day: NaiveDate) -> Result<()> {
        if day.weekday() != Weekday::Fri || day >= self.today {
            return Ok(());
        }
        let week = usize::try_from((day - self.week_one).num_days() / 7).unwrap_or(0);
        let mut said = vec![Body::WellBeing(self.feeling(day, week))];
        if self.way != Way::Silent && week.is_multiple_of(2) {
            let came = [TakeUp::Worked, TakeUp::Partly, TakeUp::NotTried][week / 2 % 3];
            said.extend(
                self.tries
                    .take()
                    .map(|matter| Body::Closed(Closed { matter, take_up: Some(came), only: None })),
            );
            let text = INTENTIONS[week / 2 % INTENTIONS.len()].to_owned();
            let tries = [Body::Intention(Intention { from: None, text })];
            let hashes = self.learner.write(self.server, moment(day, 17, 0), &tries).await?;
            self.tries = hashes.first().copied();
        }
        self.learner.write(self.server, moment(day, 17, 5), &said).await?;
        if matches!(self.way, Way::Lively | Way::Steady) && !self.worked.is_empty() {
            let entries = std::mem::take(&mut self.worked);
            let hours = Body::HoursConfirmation(HoursConfirmation { entries });
            self.mentor.write(self.server, moment(day, 16, 30), &[hours]).await?;
        }
        if self.way == Way::Lively && week % 3 == 1 {
            self.ask(day, week / 3).await?;
        }
        Ok(())
    }

    fn feeling(&self, day: NaiveDate, week: usize) -> WellBeing {
        let is_late = (self.today - day).num_days() < 15;
        let (mark, word) = match self.way {
            Way::Lively => (4 + (week % 2) as u16, None),
            Way::Steady => (3 + (week % 2) as u16, None),
            Way::Unanswered => (4, None),
            Way::Silent if is_late => (2, Some("Het is moeilijk om vol te houden.".to_owned())),
            Way::Silent => (4, None),
        };
        WellBeing { day: Day(day), mark, word, to_mentor: false }
    }

    /// The last question is still open.
    async fn ask(&mut self, day: NaiveDate, number: usize) -> Result<()> {
        let (question, answer) = QUESTIONS[number % QUESTIONS.len()];
        let entry = self.written.last().copied();
        let asked = Body::LearningQuestion(LearningQuestion { entry, text: question.to_owned() });
        let hashes = self.learner.write(self.server, moment(day, 17, 10), &[asked]).await?;
        let later = day.checked_add_days(Days::new(10)).unwrap_or(day);
        let Some(to) = hashes.first().copied().filter(|_| later < self.today) else {
            return Ok(());
        };
        let text = answer.to_owned();
        let answer = Body::Answer(Answer { to, text, into_class: false, only: None });
        self.mentor.write(self.server, moment(day, 18, 0), &[answer]).await?;
        let closed = Body::Closed(Closed { matter: to, take_up: None, only: None });
        self.learner.write(self.server, moment(day, 20, 0), &[closed]).await?;
        Ok(())
    }

    /// A mentor who hears nothing any more tells the coach.
    pub(super) async fn report(&mut self, day: NaiveDate) -> Result<()> {
        let text = "Ik zie de cursist de laatste weken bijna niet meer. Kunnen we samenzitten?";
        let concern = Body::Concern(Concern { text: text.to_owned(), urgent: false });
        self.mentor.write(self.server, moment(day, 12, 30), &[concern]).await?;
        Ok(())
    }
}
