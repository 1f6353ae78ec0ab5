//! A cursist's dossier as others read it: hours, goals, activities, confirmations, people.

use super::asked::{goal_title, learner_name};
use super::entry_card::state_of;
use crate::parts::frame::page_named;
use crate::parts::{
    El, Icon, Part, Tone, dates, el, icon, level_mark, level_track, link, live, section, soft,
    state_chip,
};
use crate::session::Session;
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    ConfirmationRecord, Dossier, EntryRecord, Finding, Level, LinkRecord, Place, Standing,
    Translated,
};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::{DossierId, EntryId, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::progress::Progress;
use leptos::prelude::AnyView;
use std::cmp::Reverse;

words! {
    somebody { nl "Iemand" en "Somebody" fr "Quelqu’un" }
    week_title { nl "Deze week" en "This week" fr "Cette semaine" }
    all_hours { nl "Alle uren" en "All hours" fr "Toutes les heures" }
    total(time) { nl "{time} in totaal" en "{time} in total" fr "{time} au total" }
    goals_title { nl "Doelen" en "Goals" fr "Objectifs" }
    untouched(count) { nl "Nog niet geoefend ({count})" en "Not practised yet ({count})" fr "Pas encore exercés ({count})" }
    times(count, time) { nl "{count} keer, {time}" en "{count} times, {time}" fr "{count} fois, {time}" }
    track_words(level, aim) { nl "Bevestigd: {level}. Te bereiken: {aim}." en "Confirmed: {level}. To reach: {aim}." fr "Confirmé : {level}. À atteindre : {aim}." }
    nothing_yet { nl "nog niets" en "nothing yet" fr "rien encore" }
    no_goals { nl "Er staan nog geen doelen in het plan." en "There are no goals in the plan yet." fr "Il n’y a pas encore d’objectifs dans le plan." }
    entries_title { nl "Laatste activiteiten" en "Last activities" fr "Dernières activités" }
    no_entries { nl "Nog niets gedeeld." en "Nothing shared yet." fr "Rien de partagé pour le moment." }
    without_text { nl "Zonder tekst" en "Without text" fr "Sans texte" }
    more_entries(count) { nl "Nog {count}" en "{count} more" fr "Encore {count}" }
    people_title { nl "Mensen" en "People" fr "Personnes" }
    since(day) { nl "sinds {day}" en "since {day}" fr "depuis le {day}" }
    begins(day) { nl "vanaf {day}" en "from {day}" fr "à partir du {day}" }
    until(from, to) { nl "van {from} tot en met {to}" en "from {from} up to and including {to}" fr "du {from} au {to} inclus" }
    confirmations_title { nl "Bevestigingen" en "Confirmations" fr "Confirmations" }
    no_confirmations { nl "Nog geen bevestigingen." en "No confirmations yet." fr "Pas encore de confirmations." }
    said_title { nl "Bevestigingen en feedback" en "Confirmations and feedback" fr "Confirmations et retours" }
    earlier_version { nl "Voor een eerdere versie" en "For an earlier version" fr "Pour une version antérieure" }
    withdrawn_because(reason) { nl "Teruggetrokken: {reason}" en "Withdrawn: {reason}" fr "Retirée : {reason}" }
}

/// The page of somebody's dossier: their name, their course, two columns on a tablet.
pub(super) fn dossier_page(session: Session, dossier: DossierId, title: &'static str) -> El {
    let name = live(move || {
        let name = session.with(dossier, learner_name);
        name.unwrap_or_else(|| title.to_owned()).part()
    });
    page_named(name, Some("/learners".to_owned())).set("class", "page page-two").add(
        el("p", "page-lead").live(move || session.with(dossier, |it| course(it, session.today()))),
    )
}

/// The hours of a week as two bars.
pub(super) fn hours_by_place(worked: &hours::Worked) -> El {
    let widest = worked.workplace.max(worked.school).max(1);
    let bar = |words: &'static str, minutes: u32, class: &'static str| {
        let fill = el("div", class).style("width", format!("{}%", minutes * 100 / widest));
        el("div", "bar")
            .add(el("span", "").add(words))
            .add(el("span", "bar-line").add(fill))
            .add(el("span", "").add(dates::duration(minutes)))
    };
    let workplace = vocabulary::place_workplace();
    el("div", "bars").add(bar(workplace, worked.workplace, "bar-fill bar-fill-workplace")).add(bar(
        vocabulary::place_school(),
        worked.school,
        "bar-fill",
    ))
}

/// What is there for whoever asks: one tap opens it.
pub(super) fn disclosure(words: String, inside: El) -> El {
    // Numbers change with what comes in.
    disclosure_of(words.replace(|it: char| it.is_ascii_digit(), ""), words, inside)
}

/// The same where others on the page have the same words: `name` tells them apart.
pub(super) fn disclosure_of(name: String, words: String, inside: El) -> El {
    opens(name, el("span", "").add(words).part(), inside)
}

/// The same under what says more than words, such as a state.
pub(super) fn opens(name: String, head: AnyView, inside: El) -> El {
    let summary = el("summary", "disclose").add(icon(Icon::Forward)).add(" ").add(head);
    el("details", "").stays_open(name).add(summary).add(inside)
}

/// A person's name.
pub(super) fn name(it: &Dossier, person: PersonId) -> String {
    it.links.name_of(person).unwrap_or(somebody()).to_owned()
}

/// The course, the workplace and the pace, where they are known.
pub(super) fn course(it: &Dossier, today: Day) -> String {
    let Some(track) = &it.track else { return String::new() };
    let line = course_line(&track.course, &it.works_at(today));
    match track.pace {
        Some(pace) if line.is_empty() => vocabulary::pace(pace).to_owned(),
        Some(pace) => format!("{line} · {}", vocabulary::pace(pace)),
        None => line,
    }
}

/// A course and a workplace in one line.
pub(super) fn course_line(course: &Translated, workplace: &str) -> String {
    let parts = [vocabulary::translated(course), workplace.to_owned()];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The hours of this week by place.
pub(super) fn week(it: &Dossier, today: Day) -> El {
    let worked = hours::in_week(it, today);
    let head = el("div", "card-line")
        .add(el("h2", "").add(week_title()))
        .add(el("span", "soft").add(total(dates::duration(worked.total()))));
    let more = link(format!("/hours/{}", it.id), "button button-quiet")
        .add(all_hours())
        .add(icon(Icon::Forward));
    el("section", "section").add(head).add(el("div", "card").add(hours_by_place(&worked)).add(more))
}

/// The goals that were practised, and the others behind one tap.
pub(super) fn goals(it: &Dossier) -> El {
    let dossier = it.id;
    let mut touched = Vec::new();
    let mut rest = Vec::new();
    for it in &it.progress() {
        if it.entries > 0 || !it.evidence.is_empty() {
            touched.push(goal(dossier, it));
        } else {
            rest.push(el("li", "").add(goal_link(dossier, it)));
        }
    }
    let none = touched.is_empty() && rest.is_empty();
    let count = rest.len();
    section(goals_title())
        .add(none.then(|| soft(no_goals())))
        .add((!touched.is_empty()).then(|| el("ul", "list").add(touched)))
        .add((count > 0).then(|| disclosure(untouched(count), el("ul", "rows").add(rest))))
}

/// The way to all that was seen of a goal.
fn goal_link(dossier: DossierId, it: &Progress<'_>) -> El {
    let title = el("span", "row-text").add(vocabulary::translated(&it.goal.title));
    link(format!("/seen/{dossier}/{}", it.goal.goal), "row").add(title).add(icon(Icon::Forward))
}

fn goal(dossier: DossierId, it: &Progress<'_>) -> El {
    let level = it.level.map_or(nothing_yet(), vocabulary::level);
    let words = track_words(level, vocabulary::level(it.goal.expected));
    let line = el("div", "card-line")
        .add(el("span", "soft").add(times(it.entries, dates::duration(it.minutes))))
        .add(it.best.map(level_chip));
    el("li", "card")
        .add(el("h3", "").add(goal_link(dossier, it)))
        .add(level_track(it.level, it.goal.expected, words))
        .add(line)
}

fn level_chip(it: Level) -> El {
    el("span", "state").add(level_mark(Some(it))).add(" ").add(vocabulary::level(it))
}

/// How many activities are shown before one asks for more.
const FEW: usize = 5;
/// And how many at the most, so that a long diary opens at once.
const MOST: usize = 200;

/// The last activities; each opens.
pub(super) fn entries(session: Session, it: &Dossier) -> El {
    let mut written: Vec<_> = it.diary.written().map(|(entry, _)| entry).collect();
    sort_by_key(&mut written, |it| Reverse((it.shown().content.day, it.shown().at)));
    let rows = |from: usize, most: usize| -> Vec<El> {
        let entries = written.iter().skip(from).take(most);
        entries.map(|entry| entry_row(session, it, entry)).collect()
    };
    if written.is_empty() {
        return section(entries_title()).add(soft(no_entries()));
    }
    let rest = rows(FEW, MOST);
    let more = (!rest.is_empty())
        .then(|| disclosure(more_entries(rest.len()), el("div", "rows").add(rest)));
    section(entries_title()).add(el("div", "rows").add(rows(0, FEW))).add(more)
}

/// One activity as a row.
pub(super) fn entry_row(session: Session, it: &Dossier, entry: &EntryRecord) -> El {
    let content = &entry.shown().content;
    let text = if content.text.is_empty() { without_text() } else { content.text.as_str() };
    let day = dates::day(content.day, session.today());
    let line = format!("{day} · {}", dates::duration(u32::from(content.minutes)));
    let text = el("span", "row-text")
        .add(el("span", "clamp").add(text.to_owned()))
        .add(el("span", "soft").add(line))
        .add(el("span", "").add(state_of(it.state_of(entry))));
    link(format!("/confirm/{}/{}", it.id, entry.entry), "row").add(text).add(icon(Icon::Forward))
}

/// One activity whole; `None` when it is not here. Where goal by goal is answered below it, its goals are there.
pub(super) fn entry_article(
    session: Session,
    it: &Dossier,
    entry: EntryId,
    answers: bool,
) -> Option<El> {
    let record = it.diary.get(entry)?;
    let content = &record.shown().content;
    let rail = match content.place {
        Place::Workplace => "card card-workplace",
        Place::School | Place::TrainingCentre => "card card-school",
    };
    let line = format!(
        "{} · {} · {}",
        dates::day(content.day, session.today()),
        vocabulary::place(content.place),
        dates::duration(u32::from(content.minutes))
    );
    let asked = record.question().map_or(vocabulary::question_unknown(), vocabulary::question);
    let thought = content
        .reflection
        .clone()
        .map(|it| el("div", "").add(el("h3", "").add(asked)).add(el("p", "words").add(it)));
    let article = el("article", rail)
        .add(el("div", "").add(el("h2", "").add(name(it, record.author))).add(soft(line)))
        .add(el("p", "words").add(content.text.clone()))
        .add(thought);
    if answers {
        return Some(article);
    }
    let mut goals = el("ul", "bars");
    for touched in &content.goals {
        let title = el("span", "").add(goal_title(it, &touched.goal));
        goals =
            goals.add(el("li", "card-line").add(title).add(touched.self_rating.map(level_chip)));
    }
    Some(article.add(goals).add(el("div", "").add(state_of(it.state_of(record)))))
}

/// What was confirmed and said at an activity, in the order in which it was written.
pub(super) fn confirmation_cards(it: &Dossier, entry: EntryId) -> Option<El> {
    let mut said: Vec<(Hlc, El)> = Vec::new();
    let mut put =
        |at: Hlc, card: El| said.insert(said.partition_point(|(it, _)| *it <= at), (at, card));
    for record in it.confirmations.of_entry(entry) {
        put(record.at, confirmation_card(it, record));
    }
    for record in it.feedback.of_entry(entry) {
        let head = who_and_when(name(it, record.by), record.at);
        let words = el("p", "words").add(record.feedback.text.clone());
        put(record.at, el("li", "card").add(head).add(words));
    }
    let cards: Vec<El> = said.into_iter().map(|(_, card)| card).collect();
    (!cards.is_empty()).then(|| section(said_title()).add(el("ul", "list").add(cards)))
}

pub(super) fn who_and_when(who: String, at: Hlc) -> El {
    el("div", "card-line")
        .add(el("h3", "").add(who))
        .add(el("span", "soft").add(dates::moment(at.millis())))
}

/// A confirmation: by whom, when, what was found, and what it is worth now.
pub(super) fn confirmation_card(it: &Dossier, record: &ConfirmationRecord) -> El {
    let mut found = el("ul", "bars");
    for outcome in &record.confirmation.outcomes {
        let title = el("span", "").add(goal_title(it, &outcome.goal));
        found = found.add(el("li", "card-line").add(title).add(finding_chip(outcome.finding)));
    }
    let withdrawn = it.confirmations.reason_withdrawn(record);
    let withdrawn = withdrawn.filter(|it| !it.is_empty()).map(withdrawn_because);
    let earlier = it
        .is_for_earlier_version(record)
        .then(|| state_chip(Tone::NeedsYou, Icon::Fork, earlier_version()));
    let chips = el("div", "chips").add(standing_chip(it.standing(record))).add(earlier);
    el("li", "card")
        .add(who_and_when(name(it, record.by), record.at))
        .add(found)
        .add(record.confirmation.feedback.clone().map(|it| el("p", "words").add(it)))
        .add(chips)
        .add(withdrawn.map(|it| el("p", "soft words").add(it)))
}

/// What a mentor found, as a chip.
pub(super) fn finding_chip(it: Finding) -> AnyView {
    match it {
        Finding::Reached(level) => level_chip(level).set("class", "state state-confirmed").part(),
        Finding::NotYet => state_chip(Tone::Waiting, Icon::Circle, vocabulary::finding(it)),
        Finding::NotPossibleHere => state_chip(Tone::Plain, Icon::Barred, vocabulary::finding(it)),
    }
}

fn standing_chip(it: Standing) -> AnyView {
    let (tone, picture) = match it {
        Standing::Given => (Tone::Confirmed, Icon::Check),
        Standing::Waiting => (Tone::NeedsYou, Icon::Hourglass),
        Standing::Withdrawn | Standing::Dismissed => (Tone::Plain, Icon::Barred),
    };
    state_chip(tone, picture, reasons::standing(it))
}

/// How many confirmations a list shows.
const SOME: usize = 8;

/// The last confirmations of a dossier, newest first.
pub(super) fn confirmations(it: &Dossier) -> El {
    let mut all: Vec<_> = it.confirmations.all().collect();
    sort_by_key(&mut all, |it| Reverse(it.at));
    let none = all.is_empty().then(|| soft(no_confirmations()));
    let cards: Vec<_> = all.iter().take(SOME).map(|record| confirmation_card(it, record)).collect();
    section(confirmations_title()).add(none).add(el("ul", "list").add(cards))
}

/// Everybody who has or had a part in the dossier, with the period.
pub(super) fn people(it: &Dossier, today: Day) -> El {
    let mut all: Vec<_> = it.links.all().filter(|it| !it.never_was()).collect();
    sort_by_key(&mut all, |it| (it.is_over(today), it.link.role, it.link.from));
    let mut rows = el("ul", "rows");
    for record in all {
        rows = rows.add(person_row(it, record, today));
    }
    section(people_title()).add(rows)
}

/// Who takes part, as what, and in which period.
pub(super) fn person_row(it: &Dossier, record: &LinkRecord, today: Day) -> El {
    let from = dates::short_day(record.link.from);
    let period = match record.last_day() {
        Some(to) => until(from, dates::short_day(to)),
        None if record.has_begun(today) => since(from),
        None => begins(from),
    };
    let role = format!("{}, {period}", vocabulary::role(record.link.role));
    let text = el("span", "row-text")
        .add(el("span", "").add(name(it, record.link.person)))
        .add(el("span", "soft").add(role));
    el("li", "row").add(icon(Icon::People)).add(text)
}
