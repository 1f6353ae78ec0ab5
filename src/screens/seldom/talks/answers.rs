//! How soon the workplace and the school answer: all three see both, and the same (G10).

use crate::parts::{El, Icon, Part, el, icon, section, soft};
use crate::session::Session;
use crate::words::vocabulary;
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::Dossier;
use dubbelspoor_domain::monitoring::{Answers, Counted};
use leptos::prelude::AnyView;

words! {
    title { nl "Hoe snel komt er antwoord?" en "How soon do answers come?" fr "En combien de temps vient une réponse ?" }
    lead { nl "De voorbije 30 dagen. De werkplek antwoordt op vragen om bevestiging, de school op leervragen en voorstellen." en "The past 30 days. The workplace answers requests for confirmation, the school answers questions and proposals." fr "Les 30 derniers jours. Le lieu de travail répond aux demandes de confirmation, l’école aux questions et propositions." }
    within_hour { nl "de helft binnen het uur" en "half of them within the hour" fr "la moitié dans l’heure" }
    within_hours(hours) { nl "de helft binnen {hours} uur" en "half of them within {hours} hours" fr "la moitié en {hours} heures" }
    within_days(days) { nl "de helft binnen {days} dagen" en "half of them within {days} days" fr "la moitié en {days} jours" }
    no_answers { nl "nog geen antwoorden" en "no answers yet" fr "pas encore de réponse" }
    answered(count) { nl "Beantwoord: {count}" en "Answered: {count}" fr "Répondu : {count}" }
    waits(count) { nl "Wacht nog: {count}" en "Waiting: {count}" fr "En attente : {count}" }
}

pub(super) fn answers(session: Session, it: &Dossier) -> AnyView {
    let today = session.today();
    let from = Day(today.checked_sub_days(Days::new(30)).unwrap_or(*today));
    let school = it.answers_of_school(Counted::ReadByAll, from, today);
    let rows = el("ul", "rows")
        .add(row(
            Icon::People,
            vocabulary::place_workplace(),
            &it.answers_of_workplace(from, today),
        ))
        .add(row(Icon::School, vocabulary::place_school(), &school));
    section(title()).add(soft(lead())).add(rows).part()
}

fn row(picture: Icon, whose: &'static str, it: &Answers) -> El {
    let mut counts = vec![answered(it.count())];
    counts.extend((it.waiting > 0).then(|| waits(it.waiting)));
    let text = el("span", "row-text")
        .add(el("span", "").add(format!("{whose}: {}", speed(it.median()))))
        .add(el("span", "soft").add(counts.join(" · ")));
    el("li", "row").add(icon(picture)).add(text)
}

/// In whole hours, beyond two days in whole days, rounded up: half of the answers came within it.
fn speed(median: Option<u32>) -> String {
    match median {
        None => no_answers().to_owned(),
        Some(..=60) => within_hour().to_owned(),
        Some(it @ ..=2_880) => within_hours(it.div_ceil(60)),
        Some(it) => within_days(it.div_ceil(1_440)),
    }
}
