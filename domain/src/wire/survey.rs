//! Surveys (G6): a ticket that is asked for by name, and answers that go without one.

use crate::codec::record;
use crate::event::Short;
use crate::id::{DossierId, SurveyId, TicketHash};
use crate::seal::sha256;

record! {
    /// Somebody wants to answer a survey. The phone makes the ticket and tells only its hash, so that asking twice gets
    /// one, and nobody who reads this can answer with it. Travels in [`super::Signed`].
    #[derive(Copy)]
    pub map TicketFor {
        /// The dossier that it stands in: the centre's, or a leertraject in which a coach asks.
        0 dossier: DossierId,
        /// Which.
        1 survey: SurveyId,
        /// SHA-256 of the ticket.
        2 ticket: TicketHash,
    }

    /// What somebody answered. Travels bare and without a session: nothing in it or around it says who.
    pub map SurveyAnswer {
        /// The centre whose survey it is, or in whose leertrajecten a coach asks it: never a leertraject.
        0 centre: DossierId,
        /// Which.
        1 survey: SurveyId,
        /// The ticket, random.
        2 ticket: Short,
        /// To each question, in their order, at most 8,000 bytes; one may stay empty.
        3 answers: Vec<String>,
    }

    /// What was answered, as far as it is shown.
    pub map SurveyResults {
        /// So many have answered.
        0 count: u32,
        /// So many of those are shown: none below five.
        1 shown: u32,
        /// To each question what those wrote, in no order.
        2 answers: Vec<Vec<String>>,
    }
}

impl SurveyAnswer {
    /// What the school may know of the ticket before it comes.
    pub fn ticket_hash(&self) -> TicketHash {
        TicketHash(sha256(&[&self.ticket.0]))
    }
}
