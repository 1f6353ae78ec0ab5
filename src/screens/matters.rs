//! What is open in a dossier, as several roles see it: questions, reported problems, the intention, well-being.

use super::reading::{disclosure, name};
use crate::parts::icons::face;
use crate::parts::{El, Icon, Tone, dates, el, icon, link, section, state_chip};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{AnswerRecord, Dossier, Matter, MatterRecord, TakeUp};
use leptos::prelude::AnyView;

words! {
    question { nl "Leervraag" en "Learning question" fr "Question d’apprentissage" }
    concern { nl "Gemeld probleem" en "Reported problem" fr "Problème signalé" }
    urgent_concern { nl "Dringend probleem" en "Urgent problem" fr "Problème urgent" }
    intention { nl "Voornemen" en "Intention" fr "Intention" }
    tried(outcome) { nl "Voornemen, {outcome}" en "Intention, {outcome}" fr "Intention, {outcome}" }
    after(lead, words) { nl "{lead}: {words}" en "{lead}: {words}" fr "{lead} : {words}" }
    waits_for_answer { nl "Wacht op antwoord" en "Waits for an answer" fr "Attend une réponse" }
    is_open { nl "Open" en "Open" fr "Ouvert" }
    answered { nl "Beantwoord" en "Answered" fr "Répondu" }
    over { nl "Afgesloten" en "Closed" fr "Clôturé" }
    into_class { nl "Komt in de les" en "Comes up in class" fr "Sera vu en cours" }
    tries { nl "Probeert het nu" en "Trying it now" fr "Essaie maintenant" }
    worked { nl "Gelukt" en "It worked" fr "Réussi" }
    partly { nl "Deels gelukt" en "Partly" fr "En partie" }
    not_tried { nl "Geen kans gehad" en "No chance to try" fr "Pas eu l’occasion" }
    intentions_title { nl "Voornemens" en "Intentions" fr "Intentions" }
    feels_title { nl "Welbevinden" en "Well-being" fr "Bien-être" }
    feels_earlier { nl "Eerder" en "Earlier" fr "Avant" }
    feels_day(day, mark) { nl "{day}: {mark}" en "{day}: {mark}" fr "{day} : {mark}" }
    questions_title { nl "Vragen en meldingen" en "Questions and reports" fr "Questions et signalements" }
}

/// What it is, in a word or two.
pub(super) fn sort(it: &Matter) -> &'static str {
    match it {
        Matter::Question(_) => question(),
        Matter::Concern(it) if it.urgent => urgent_concern(),
        Matter::Concern(_) => concern(),
        Matter::Intention(_) => intention(),
    }
}

/// What came of an intention.
pub(super) fn take_up(it: TakeUp) -> &'static str {
    match it {
        TakeUp::Worked => worked(),
        TakeUp::Partly => partly(),
        TakeUp::NotTried => not_tried(),
    }
}

/// How far it is.
pub(super) fn state(it: &Dossier, record: &MatterRecord) -> AnyView {
    let all = &it.matters;
    let is_taken = !all.answers(record.hash).is_empty();
    match (&record.what, all.is_closed(record.hash)) {
        (Matter::Intention(_), closed) => match all.take_up(record.hash) {
            Some((TakeUp::NotTried, _)) => state_chip(Tone::Plain, Icon::Circle, not_tried()),
            Some((came, _)) => state_chip(Tone::Confirmed, Icon::Check, take_up(came)),
            None if closed => state_chip(Tone::Plain, Icon::Check, over()),
            None => state_chip(Tone::Waiting, Icon::Forward, tries()),
        },
        (_, true) => state_chip(Tone::Plain, Icon::Check, over()),
        (Matter::Question(_), false) if all.is_answered(record.hash) => {
            state_chip(Tone::Confirmed, Icon::Check, answered())
        }
        (Matter::Question(_), false) if is_taken => {
            state_chip(Tone::Waiting, Icon::School, into_class())
        }
        (Matter::Question(_), false) => {
            state_chip(Tone::Waiting, Icon::Hourglass, waits_for_answer())
        }
        (Matter::Concern(_), false) => state_chip(Tone::NeedsYou, Icon::Alert, is_open()),
    }
}

/// One as a row that opens it.
pub(super) fn row(session: Session, it: &Dossier, record: &MatterRecord) -> El {
    let day = dates::day(Day::of_millis(record.at.millis()), session.today());
    let line = format!("{} · {} · {day}", sort(&record.what), name(it, record.by));
    let text = el("span", "row-text")
        .add(el("span", "clamp").add(record.what.text().to_owned()))
        .add(el("span", "soft").add(line))
        .add(el("span", "").add(state(it, record)));
    link(format!("/matter/{}/{}", it.id, record.hash), "row").add(text).add(icon(Icon::Forward))
}

/// An answer: by whom, when, and what.
pub(super) fn answer_card(it: &Dossier, answer: &AnswerRecord) -> El {
    let when = el("span", "soft").add(dates::moment(answer.at.millis()));
    let head = el("div", "card-line").add(el("h3", "").add(name(it, answer.by))).add(when);
    let words =
        (!answer.answer.text.is_empty()).then(|| el("p", "words").add(answer.answer.text.clone()));
    let lesson =
        answer.answer.into_class.then(|| state_chip(Tone::Plain, Icon::School, into_class()));
    el("li", "card").add(head).add(words).add(lesson)
}

/// The questions and problems of a dossier: what is open first, the rest for whoever asks.
pub(super) fn open_matters(session: Session, it: &Dossier) -> Option<El> {
    let talked = |it: &&MatterRecord| !matches!(it.what, Matter::Intention(_));
    let (mut open, mut rest) = (Vec::new(), Vec::new());
    for record in it.matters.all().rev().filter(talked) {
        let into = if it.matters.is_closed(record.hash) { &mut rest } else { &mut open };
        into.push(row(session, it, record));
    }
    let shown = !open.is_empty() || !rest.is_empty();
    let closed = (!rest.is_empty())
        .then(|| disclosure(format!("{} ({})", over(), rest.len()), el("div", "rows").add(rest)));
    let open = (!open.is_empty()).then(|| el("div", "rows").add(open));
    shown.then(|| section(questions_title()).add(open).add(closed))
}

/// What the learner means to try, and what came of what they tried: the last few.
pub(super) fn intentions(it: &Dossier, most: usize) -> Option<El> {
    let tried = |it: &&MatterRecord| matches!(it.what, Matter::Intention(_));
    let mut cards = Vec::new();
    for record in it.matters.all().rev().filter(tried).take(most) {
        let words = el("p", "words").add(record.what.text().to_owned());
        cards.push(el("li", "card").add(words).add(el("div", "chips").add(state(it, record))));
    }
    (!cards.is_empty()).then(|| section(intentions_title()).add(el("ul", "list").add(cards)))
}

/// What the learner means to try now, or tried: what that is, and in whose words.
fn told_of_take_up(it: &Dossier) -> Option<(String, &str)> {
    let (record, came) = it.taken_up()?;
    let lead = came.map_or(intention().to_owned(), |it| tried(take_up(it)));
    Some((lead, record.what.text()))
}

/// Beside what they ask to be confirmed.
pub(super) fn taken_up(it: &Dossier) -> Option<El> {
    let (lead, words) = told_of_take_up(it)?;
    let words = el("p", "words").add(words.to_owned());
    Some(
        el("div", "notice")
            .set("role", "note")
            .add(icon(Icon::Forward))
            .add(el("div", "").add(el("strong", "").add(lead)).add(words)),
    )
}

/// The same in a line, for a card.
pub(super) fn taken_up_line(it: &Dossier) -> Option<String> {
    told_of_take_up(it).map(|(lead, words)| after(&lead, words))
}

/// How the learner felt: the last days, and the words that came along.
pub(super) fn feelings(session: Session, it: &Dossier) -> Option<El> {
    let all: Vec<_> = it.well_being.all().rev().take(20).collect();
    let card = |it: &dubbelspoor_domain::dossier::WellBeingRecord| {
        let day = dates::day(it.said.day, session.today());
        let line = el("div", "card-line").add(
            el("span", "state")
                .add(face(it.said.mark))
                .add(el("span", "").add(feels_day(day, vocabulary::mark(it.said.mark)))),
        );
        el("li", "row").add(line).add(it.said.word.clone().map(|it| el("p", "words").add(it)))
    };
    let (first, rest) = all.split_at(all.len().min(3));
    let earlier = (!rest.is_empty()).then(|| {
        disclosure(
            feels_earlier().to_owned(),
            el("ul", "rows").add(rest.iter().map(|it| card(it)).collect::<Vec<_>>()),
        )
    });
    let list = el("ul", "rows").add(first.iter().map(|it| card(it)).collect::<Vec<_>>());
    (!all.is_empty()).then(|| section(feels_title()).add(list).add(earlier))
}
