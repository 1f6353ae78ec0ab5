//! A school year in figures, to take along as a file (G7). Only the school has all leertrajecten, so only with a connection.

use super::of_centre;
use crate::parts::{El, button, el, section, soft};
use crate::screens::own_copy::{Handed, file_is_there};
use crate::session::use_session;
use crate::words::reasons;
use chrono::Datelike;
use dubbelspoor_domain::hours::school_year;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Cijfers" en "Figures" fr "Chiffres" }
    lead { nl "Instroom, vorderingen, stopzettingen, bezoeken, uren en hoe snel er antwoord komt. Er staan geen namen in." en "Intake, progress, early ends, visits, hours and how soon answers come. There are no names in it." fr "Entrées, progrès, arrêts, visites, heures et délais de réponse. Sans aucun nom." }
    needs_line { nl "Hiervoor is verbinding nodig: alleen de school heeft alle leertrajecten." en "This needs a connection: only the school has all learning tracks." fr "Une connexion est nécessaire : seule l’école a tous les parcours." }
    year_of(first, last) { nl "Schooljaar {first}-{last}" en "School year {first}-{last}" fr "Année scolaire {first}-{last}" }
    workbook { nl "Bewaar voor Excel (XLSX)" en "Save for Excel (XLSX)" fr "Enregistrer pour Excel (XLSX)" }
    csv { nl "Bewaar als CSV" en "Save as CSV" fr "Enregistrer en CSV" }
}

/// This school year and the one before.
pub(super) fn figures() -> AnyView {
    let session = use_session();
    of_centre(title(), Some("/centre"), move |centre| {
        let (first, _) = school_year(untrack(|| session.today()));
        el("div", "section")
            .add(el("p", "").add(lead()))
            .add(soft(needs_line()))
            .add(year(centre, first.year()))
            .add(year(centre, first.year() - 1))
    })
}

fn year(centre: DossierId, year: i32) -> El {
    let session = use_session();
    let busy = RwSignal::new(false);
    let outcome = Handed::new(None);
    let take = move |form: &'static str, words: &'static str| {
        let tap = move || {
            busy.set(true);
            outcome.set(None);
            spawn_local(async move {
                let done = session.take_figures(centre, year, form).await;
                outcome.try_set(Some(done.err().map_or("", |why| reasons::no_answer(&why))));
                busy.try_set(false);
            });
        };
        button("button", tap).disabled(move || busy.get()).add(words)
    };
    let buttons = el("div", "buttons").add(take("xlsx", workbook())).add(take("csv", csv()));
    section(year_of(year, year + 1)).add(buttons).add(file_is_there(outcome))
}
