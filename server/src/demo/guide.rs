//! What the coach does in the demo: a plan that three agreed to, talks, a visit, an evaluation along the way.

use super::cast::Way;
use super::life::Life;
use super::phone::Phone;
use crate::random;
use anyhow::Result;
use chrono::{Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Attitude, AttitudeSeen, Attitudes, Body, Evaluation, EvaluationKind, Held, PlanConsent, Review,
    ReviewAgreed, ReviewKind, Shows, Visit, VisitKind,
};
use dubbelspoor_domain::id::{ReviewId, VisitId};

/// Days until the next talk, and since the last one and the last visit.
const NEXT: u64 = 8;
const TALKED: u64 = 20;
const VISITED: u64 = 30;

impl Life<'_> {
    /// As of today. Only where all goes well there was a talk already.
    pub(super) async fn guide(&mut self, mut coach: Phone, now: u64) -> Result<()> {
        let before = |days| back(self.today, days);
        coach.pull(self.server, now).await?;
        let next = self.today.checked_add_days(Days::new(NEXT)).unwrap_or(self.today);
        let planned = talk(ReviewId(random()?), Day(next), None);
        coach.write(self.server, (now, now), &[Body::Review(planned)]).await?;
        if !matches!(self.way, Way::Lively | Way::Steady) {
            return Ok(());
        }
        let version = coach.plan();
        let consent = Body::PlanConsent(PlanConsent { version, withdrawn: false });
        let review = ReviewId(random()?);
        let held = Body::Review(talk(review, before(TALKED), Some(said())));
        let mut bodies = vec![consent.clone(), Body::Visit(visit(before(VISITED))?), held];
        bodies.extend(self.evaluation());
        let written = coach.write(self.server, (now, now), &bodies).await?;
        for phone in [&mut self.learner, &mut self.mentor] {
            phone.pull(self.server, now).await?;
            phone.write(self.server, (now, now), std::slice::from_ref(&consent)).await?;
        }
        // The learner has not agreed to the talk yet: it waits on their phone.
        let Some(version) = written.get(2).copied() else { return Ok(()) };
        let agrees =
            Body::ReviewAgreed(ReviewAgreed { review, version, word: None, at_table: None });
        coach.write(self.server, (now, now), std::slice::from_ref(&agrees)).await?;
        self.mentor.write(self.server, (now, now), &[agrees, attitudes()]).await?;
        Ok(())
    }

    fn evaluation(&self) -> Option<Body> {
        let goal = self.goals.first()?.goal.clone();
        Some(Body::Evaluation(Evaluation {
            goal,
            kind: EvaluationKind::Formative,
            mastered: false,
            grounds: "Lukt met hulp. Alleen nog niet, maar het gaat elke week vlotter.".to_owned(),
            heard: None,
            mentor_said: String::new(),
            evidence: Vec::new(),
        }))
    }
}

fn back(today: NaiveDate, days: u64) -> Day {
    Day(today.checked_sub_days(Days::new(days)).unwrap_or(today))
}

fn talk(review: ReviewId, day: Day, held: Option<Held>) -> Review {
    Review { review, kind: ReviewKind::Interim, day, held, cancelled: false }
}

fn said() -> Held {
    Held {
        feed_up: "Tegen de zomer zelfstandig werken, ook als het druk is.".to_owned(),
        feedback: "Op tijd, netjes, vraagt hulp als het nodig is. Tempo mag omhoog.".to_owned(),
        feed_forward: "Elke week één taak helemaal alleen, daarna samen nakijken.".to_owned(),
        take_up: "De opdracht eerst lezen lukt nu bijna altijd.".to_owned(),
        points: vec![
            "Elke maandag samen één taak kiezen.".to_owned(),
            "Vrijdag kort opschrijven wat alleen lukte.".to_owned(),
        ],
    }
}

fn visit(day: Day) -> Result<Visit> {
    Ok(Visit {
        visit: VisitId(random()?),
        kind: VisitKind::OnSite,
        day,
        present: "Cursist en mentor".to_owned(),
        about: "Hoe het gaat op de werkplek".to_owned(),
        report: Some("Goede ontvangst, duidelijke taken. De mentor maakt tijd.".to_owned()),
        agreed: "Het tussentijds gesprek komt over anderhalve week.".to_owned(),
        cancelled: false,
    })
}

fn attitudes() -> Body {
    let seen = |attitude, shows| AttitudeSeen { attitude, shows };
    Body::Attitudes(Attitudes {
        seen: vec![seen(Attitude::Punctual, Shows::Always), seen(Attitude::Orderly, Shows::Mostly)],
        word: "Ruimt uit zichzelf op.".to_owned(),
    })
}
