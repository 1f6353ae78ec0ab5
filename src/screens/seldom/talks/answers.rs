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
        .add(el("span", "").add(format!("{whose}: {}", vocabulary::speed(it.median()))))
        .add(el("span", "soft").add(counts.join(" · ")));
    el("li", "row").add(icon(picture)).add(text)
}
