//! The reception of the demo: a list of the coach, gone through by cursist and mentor on the first days (D6).

use super::life::Life;
use super::phone::Phone;
use super::random;
use anyhow::Result;
use chrono::NaiveDate;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, ReceptionPart, ReceptionPoint, ReceptionTicked};
use dubbelspoor_domain::id::PointId;

const POINTS: [(ReceptionPart, &str); 6] = [
    (ReceptionPart::General, "Pauzes en waar je eet"),
    (ReceptionPart::General, "Wie je belt als je ziek bent"),
    (ReceptionPart::Safety, "Nooduitgang en verzamelplaats"),
    (ReceptionPart::Safety, "Noodstop van elke machine"),
    (ReceptionPart::Safety, "Beschermkledij: wat, wanneer, waar"),
    (ReceptionPart::WorkPost, "Werkpostfiche samen gelezen"),
];

impl Life<'_> {
    /// The coach writes the list, and both tick all of it.
    pub(super) async fn receive(
        &mut self,
        coach: &mut Phone,
        on: NaiveDate,
        written: (u64, u64),
    ) -> Result<()> {
        let mut list = Vec::new();
        let mut points = Vec::new();
        for (part, text) in POINTS {
            let point = PointId(random()?);
            let text = text.to_owned();
            points.push(point);
            list.push(Body::ReceptionPoint(ReceptionPoint {
                point,
                part,
                text,
                dropped: false,
                workplace: None,
            }));
        }
        coach.write(self.server, written, &list).await?;
        let ticked = Body::ReceptionTicked(ReceptionTicked { points, on: Day(on), undone: false });
        for phone in [&mut self.learner, &mut self.mentor] {
            phone.pull(self.server, written.1).await?;
            phone.write(self.server, written, core::slice::from_ref(&ticked)).await?;
        }
        Ok(())
    }
}
