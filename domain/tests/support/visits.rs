//! A coach's visits, and what a coach says one thing after the other.

use crate::support::{COACH, DAY, NOW, Play, Said, day};
use dubbelspoor_domain::dossier::{Body, Visit, VisitKind};
use dubbelspoor_domain::id::VisitId;

/// Planned, or reported with these words.
pub(crate) fn visit(number: u8, on: u32, report: Option<&str>) -> Visit {
    Visit {
        visit: VisitId([number; 16]),
        kind: VisitKind::OnSite,
        day: day(on),
        present: "Luc".into(),
        about: String::new(),
        report: report.map(str::to_owned),
        agreed: String::new(),
        cancelled: false,
    }
}

impl Play {
    /// Said by the coach, each a minute after the one before.
    pub(crate) fn say(&mut self, minute: u64, body: &Body) {
        self.desk.now = NOW + DAY;
        let said = Said { at: NOW + minute * 60_000, ..Said::by(COACH, 0) };
        let event = self.seal(COACH, said, body);
        self.desk.receive_all(&[event]);
    }
}
