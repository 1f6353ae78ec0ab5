//! What several screens show of the work floor: the way to the reception, empty days, growth and observation sheets.

use super::reading::name;
use crate::parts::{El, Icon, Tone, dates, el, icon, level_mark, link, notice, section, soft};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Goal, Observation, Said};
use dubbelspoor_domain::floor::{growth, missing_days};
use dubbelspoor_domain::progress::Progress;

words! {
    shout(count) { nl "Veiligheid: {count} nog niet door allebei doorgenomen." en "Safety: {count} not gone through by both yet." fr "Sécurité : {count} pas encore parcouru par les deux." }
    look { nl "Neem het door" en "Go through it" fr "Parcourir" }
    so_far(done, all) { nl "Onthaal: {done} van {all}" en "Reception: {done} of {all}" fr "Accueil : {done} sur {all}" }
    growth_title { nl "Groei" en "Growth" fr "Progression" }
    no_growth { nl "Nog geen niveau bevestigd." en "No level confirmed yet." fr "Aucun niveau confirmé pour le moment." }
    since(day) { nl "vanaf {day}" en "from {day}" fr "dès le {day}" }
    sheets_title { nl "Observatiefiches" en "Observation sheets" fr "Fiches d’observation" }
    no_sheets { nl "Nog geen observatiefiches." en "No observation sheets yet." fr "Pas encore de fiches d’observation." }
    no_level { nl "Een fiche is bewijs naast bevestigingen. Ze bepaalt geen niveau." en "A sheet is evidence beside confirmations. It sets no level." fr "Une fiche est une preuve à côté des confirmations. Elle ne fixe aucun niveau." }
    not_seen { nl "Niet gezien" en "Not seen" fr "Pas vu" }
    about_task { nl "Over de taak" en "About the task" fr "Sur la tâche" }
    about_process { nl "Over de aanpak" en "About the approach" fr "Sur la démarche" }
    about_attitude { nl "Over de houding" en "About the attitude" fr "Sur l’attitude" }
    about_talk { nl "Kort gesprek: wat zeiden jullie?" en "Short talk: what did you say?" fr "Bref entretien : qu’avez-vous dit ?" }
    still_empty(count) { nl "{count} [werkdag is nog leeg.|werkdagen zijn nog leeg. Je vult ze in één keer aan.]" en "{count} working [day is still empty.|days are still empty. You fill them in at once.]" fr "{count} [jour ouvrable est encore vide.|jours ouvrables sont encore vides. Vous les complétez en une fois.]" }
    fill_in { nl "Vul aan" en "Fill in" fr "Compléter" }
    reception_word { nl "Onthaal" en "Reception" fr "Accueil" }
}

/// The way to it from a dossier: loud while safety points are missing, else with how far it is.
pub(super) fn reception_way(session: Session, it: &Dossier, href: String) -> El {
    let missing = it.unsafe_points(session.today()).len();
    if missing > 0 {
        let look = link(href, "button").add(look());
        return notice(Tone::NeedsYou, vec![el("p", "").add(shout(missing)), look]);
    }
    let points = it.reception.points();
    let done = points.iter().filter(|point| it.received_on(point.point).is_some()).count();
    let words =
        if points.is_empty() { reception_word().to_owned() } else { so_far(done, points.len()) };
    el("div", "").add(link(href, "button button-quiet").add(icon(Icon::Check)).add(words))
}

/// For the cursist's first screen: only while something is to be gone through.
pub(super) fn reception_on_today(session: Session, it: &Dossier) -> Option<El> {
    let points = it.reception.points();
    let is_open = points.iter().any(|point| it.received_on(point.point).is_none());
    is_open.then(|| reception_way(session, it, "/reception".to_owned()))
}

/// For the first screen: kindly, and only when there are such days.
pub(super) fn empty_days(session: Session, it: &Dossier) -> Option<El> {
    let count = missing_days(it, session.today()).len();
    (count > 0).then(|| {
        let words = still_empty(count);
        let go = link("/days", "button").add(fill_in());
        notice(Tone::Plain, vec![el("p", "").add(words), go])
    })
}

/// The first time of each level, step by step: a list for whoever cannot see the marks.
pub(super) fn steps(it: &Progress<'_>) -> El {
    let mut list = el("ol", "rows");
    let all = growth(it);
    if all.is_empty() {
        return section(growth_title()).add(soft(no_growth()));
    }
    for (day, level) in all {
        let text = el("span", "row-text")
            .add(el("span", "").add(vocabulary::level(level)))
            .add(el("span", "soft").add(since(dates::long_day(day))));
        list = list.add(el("li", "row").add(level_mark(Some(level))).add(text));
    }
    section(growth_title()).add(list)
}

/// The sheets of a goal, the latest first.
pub(super) fn sheets(session: Session, it: &Dossier, progress: &Progress<'_>) -> El {
    let all = it.observed(&progress.goal.goal);
    let cards: Vec<El> = all.map(|record| sheet(session, it, progress.goal, record)).collect();
    let shown = section(sheets_title());
    if cards.is_empty() {
        return shown.add(soft(no_sheets()));
    }
    shown.add(soft(no_level())).add(el("ul", "list").add(cards))
}

fn sheet(session: Session, it: &Dossier, goal: &Goal, record: &Said<Observation>) -> El {
    let observation = &record.what;
    let day = dates::day(observation.day, session.today());
    let mut criteria = el("ul", "rows");
    for criterion in &observation.criteria {
        let found = goal.competences.iter().find(|it| it.code == criterion.code);
        let words =
            found.map_or_else(|| criterion.code.clone(), |it| vocabulary::translated(&it.text));
        let level = criterion.level.map_or(not_seen(), vocabulary::level);
        let text = el("span", "row-text")
            .add(el("span", "").add(words))
            .add(el("span", "soft").add(level));
        criteria = criteria.add(el("li", "row").add(level_mark(criterion.level)).add(text));
    }
    let mut card =
        el("li", "card").add(soft(format!("{day} · {}", name(it, record.by)))).add(criteria);
    // An older sheet has its own headings in its one text.
    let task = observation.is_apart().then(about_task);
    let parts = [
        (task, Some(&observation.note)),
        (Some(about_process()), observation.approach.as_ref()),
        (Some(about_attitude()), observation.attitude.as_ref()),
        (Some(about_talk()), Some(&observation.talked)),
    ];
    for (head, text) in parts {
        if let Some(text) = text.filter(|it| !it.trim().is_empty()) {
            let head = head.map(|it| el("h3", "").add(it));
            card = card.add(head).add(el("p", "words").add(text.clone()));
        }
    }
    card
}
