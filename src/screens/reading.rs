//! A cursist's dossier as others read it: hours, goals, activities, confirmations, people.

use super::asked::goal_title;
use super::entry_card::state_of;
use crate::parts::{Icon, Tone, dates, icon, level_mark, level_track, state_chip};
use crate::session::Session;
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    ConfirmationRecord, Dossier, EntryRecord, Finding, Place, Standing,
};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::{EntryId, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::progress::Progress;
use leptos::prelude::*;
use leptos_router::components::A;

words! {
    somebody { nl "Iemand" en "Somebody" fr "Quelqu’un" }
    week_title { nl "Deze week" en "This week" fr "Cette semaine" }
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
    until(from, to) { nl "van {from} tot {to}" en "from {from} to {to}" fr "du {from} au {to}" }
    reflection { nl "Wat de cursist ervan vond" en "What the learner thought of it" fr "Ce que l’apprenant en a pensé" }
    confirmations_title { nl "Bevestigingen" en "Confirmations" fr "Confirmations" }
    no_confirmations { nl "Nog geen bevestigingen." en "No confirmations yet." fr "Pas encore de confirmations." }
    said_title { nl "Bevestigingen en feedback" en "Confirmations and feedback" fr "Confirmations et retours" }
    earlier_version { nl "Voor een eerdere versie" en "For an earlier version" fr "Pour une version antérieure" }
    withdrawn_because(reason) { nl "Teruggetrokken: {reason}" en "Withdrawn: {reason}" fr "Retirée : {reason}" }
}

/// What is there for whoever asks: one tap opens it.
pub(super) fn disclosure(words: String, inside: AnyView) -> AnyView {
    view! {
        <details>
            <summary class="disclose">{icon(Icon::Forward)} <span>{words}</span></summary>
            {inside}
        </details>
    }
    .into_any()
}

/// A person's name.
pub(super) fn name(it: &Dossier, person: PersonId) -> String {
    it.links.name_of(person).unwrap_or(somebody()).to_owned()
}

/// The course and the workplace, where they are known.
pub(super) fn course(it: &Dossier) -> String {
    let track = it.track.as_ref();
    let parts = track.map(|it| [vocabulary::translated(&it.course), it.workplace.clone()]);
    let parts = parts.into_iter().flatten().filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// The hours of this week by place.
pub(super) fn week(it: &Dossier, today: Day) -> AnyView {
    let worked = hours::in_week(it, today);
    let widest = worked.workplace.max(worked.school).max(1);
    let bar = |words: &'static str, minutes: u32, class: &'static str| {
        let width = format!("{}%", minutes * 100 / widest);
        view! {
            <div class="bar">
                <span>{words}</span>
                <span class="bar-line"><div class=class style:width=width></div></span>
                <span>{dates::duration(minutes)}</span>
            </div>
        }
    };
    let workplace = vocabulary::place(Place::Workplace);
    view! {
        <section class="section">
            <div class="card-line">
                <h2>{week_title()}</h2>
                <span class="soft">{total(dates::duration(worked.total()))}</span>
            </div>
            <div class="card bars">
                {bar(workplace, worked.workplace, "bar-fill bar-fill-workplace")}
                {bar(vocabulary::place(Place::School), worked.school, "bar-fill")}
            </div>
        </section>
    }
    .into_any()
}

/// The goals that were practised, and the others behind one tap.
pub(super) fn goals(it: &Dossier) -> AnyView {
    let (touched, rest): (Vec<_>, Vec<_>) =
        it.progress().into_iter().partition(|it| it.entries > 0 || !it.evidence.is_empty());
    let none = touched.is_empty() && rest.is_empty();
    let touched = (!touched.is_empty()).then(|| {
        view! { <ul class="list">{touched.iter().map(goal).collect_view()}</ul> }
    });
    let rest = (!rest.is_empty()).then(|| {
        let names = rest.iter().map(|it| {
            view! { <li class="row">{vocabulary::translated(&it.goal.title)}</li> }
        });
        let names = view! { <ul class="rows">{names.collect_view()}</ul> };
        disclosure(untouched(rest.len()), names.into_any())
    });
    view! {
        <section class="section">
            <h2>{goals_title()}</h2>
            {none.then(|| view! { <p class="soft">{no_goals()}</p> })}
            {touched}
            {rest}
        </section>
    }
    .into_any()
}

fn goal(it: &Progress<'_>) -> AnyView {
    let level = it.level.map_or(nothing_yet(), vocabulary::level);
    let words = track_words(level, vocabulary::level(it.goal.expected));
    let best = it.best.map(|it| {
        view! { <span class="state">{level_mark(Some(it))} {vocabulary::level(it)}</span> }
    });
    view! {
        <li class="card">
            <h3>{vocabulary::translated(&it.goal.title)}</h3>
            {level_track(it.level, it.goal.expected, words)}
            <div class="card-line">
                <span class="soft">{times(it.entries, dates::duration(it.minutes))}</span>
                {best}
            </div>
        </li>
    }
    .into_any()
}

/// How many activities are shown before one asks for more.
const FEW: usize = 5;
/// And how many at the most, so that a long diary opens at once.
const MOST: usize = 200;

/// The last activities; each opens.
pub(super) fn entries(session: Session, it: &Dossier) -> AnyView {
    let mut written: Vec<_> = it.diary.written().map(|(entry, _)| entry).collect();
    sort_by_key(&mut written, |it| std::cmp::Reverse((it.shown().content.day, it.shown().at)));
    let row = |entry: &&EntryRecord| entry_row(session, it, entry);
    let few = written.iter().take(FEW).map(row).collect_view();
    let rest = (written.len() > FEW).then(|| {
        let rest = written.iter().skip(FEW).take(MOST).map(row).collect_view();
        let rest = view! { <div class="rows">{rest}</div> };
        disclosure(more_entries((written.len() - FEW).min(MOST)), rest.into_any())
    });
    view! {
        <section class="section">
            <h2>{entries_title()}</h2>
            {written.is_empty().then(|| view! { <p class="soft">{no_entries()}</p> })}
            {(!written.is_empty()).then(|| view! { <div class="rows">{few}</div> })}
            {rest}
        </section>
    }
    .into_any()
}

/// One activity as a row.
pub(super) fn entry_row(session: Session, it: &Dossier, entry: &EntryRecord) -> AnyView {
    let content = &entry.shown().content;
    let text = if content.text.is_empty() { without_text() } else { content.text.as_str() };
    let (text, state) = (text.to_owned(), state_of(it.state_of(entry)));
    let day = dates::day(content.day, session.today());
    let line = format!("{day} · {}", dates::duration(u32::from(content.minutes)));
    view! {
        <A href=format!("/confirm/{}/{}", it.id, entry.entry) attr:class="row">
            <span class="row-text">
                <span class="clamp">{text}</span>
                <span class="soft">{line}</span>
                <span>{state}</span>
            </span>
            {icon(Icon::Forward)}
        </A>
    }
    .into_any()
}

/// One activity whole; `None` when it is not here. Where goal by goal is answered below it, its goals are there.
pub(super) fn entry_article(
    session: Session,
    it: &Dossier,
    entry: EntryId,
    answers: bool,
) -> Option<AnyView> {
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
    let thought = content.reflection.clone().map(|it| {
        view! { <div><h3>{reflection()}</h3><p class="words">{it}</p></div> }
    });
    let goals = content.goals.iter().map(|touched| {
        let rating = touched.self_rating.map(|it| {
            view! { <span class="state">{level_mark(Some(it))} {vocabulary::level(it)}</span> }
        });
        view! { <li class="card-line"><span>{goal_title(it, &touched.goal)}</span> {rating}</li> }
    });
    let goals = (!answers).then(|| {
        view! {
            <ul class="bars">{goals.collect_view()}</ul>
            <div>{state_of(it.state_of(record))}</div>
        }
    });
    Some(
        view! {
            <article class=rail>
                <div>
                    <h2>{name(it, record.author)}</h2>
                    <p class="soft">{line}</p>
                </div>
                <p class="words">{content.text.clone()}</p>
                {thought}
                {goals}
            </article>
        }
        .into_any(),
    )
}

/// What was confirmed and said at an activity, in the order in which it was written.
pub(super) fn confirmation_cards(it: &Dossier, entry: EntryId) -> AnyView {
    let given = it.confirmations.of_entry(entry);
    let mut said: Vec<_> = given.map(|record| (record.at, confirmation_card(it, record))).collect();
    said.extend(it.feedback.of_entry(entry).map(|record| {
        let (who, when) = (name(it, record.by), dates::moment(record.at.millis()));
        let card = view! {
            <li class="card">
                <div class="card-line"><h3>{who}</h3><span class="soft">{when}</span></div>
                <p class="words">{record.feedback.text.clone()}</p>
            </li>
        };
        (record.at, card.into_any())
    }));
    sort_by_key(&mut said, |(at, _)| *at);
    let said: Vec<_> = said.into_iter().map(|(_, card)| card).collect();
    (!said.is_empty())
        .then(|| {
            view! {
                <section class="section">
                    <h2>{said_title()}</h2>
                    <ul class="list">{said}</ul>
                </section>
            }
        })
        .into_any()
}

/// A confirmation: by whom, when, what was found, and what it is worth now.
pub(super) fn confirmation_card(it: &Dossier, record: &ConfirmationRecord) -> AnyView {
    let (who, when) = (name(it, record.by), dates::moment(record.at.millis()));
    let found = record.confirmation.outcomes.iter().map(|outcome| {
        view! {
            <li class="card-line">
                <span>{goal_title(it, &outcome.goal)}</span>
                {finding_chip(outcome.finding)}
            </li>
        }
    });
    let withdrawn = it.confirmations.reason_withdrawn(record);
    let withdrawn = withdrawn.filter(|it| !it.is_empty()).map(withdrawn_because);
    let is_earlier = it.is_for_earlier_version(record);
    view! {
        <li class="card">
            <div class="card-line"><h3>{who}</h3><span class="soft">{when}</span></div>
            <ul class="bars">{found.collect_view()}</ul>
            {record.confirmation.feedback.clone().map(|it| view! { <p class="words">{it}</p> })}
            <div class="chips">
                {standing_chip(it.standing(record))}
                {is_earlier.then(|| state_chip(Tone::NeedsYou, Icon::Fork, earlier_version()))}
            </div>
            {withdrawn.map(|it| view! { <p class="soft words">{it}</p> })}
        </li>
    }
    .into_any()
}

/// What a mentor found, as a chip.
pub(super) fn finding_chip(it: Finding) -> AnyView {
    match it {
        Finding::Reached(level) => view! {
            <span class="state state-confirmed">
                {level_mark(Some(level))} {vocabulary::level(level)}
            </span>
        }
        .into_any(),
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
pub(super) fn confirmations(it: &Dossier) -> AnyView {
    let mut all: Vec<_> = it.confirmations.all().collect();
    sort_by_key(&mut all, |it| std::cmp::Reverse(it.at));
    let none = all.is_empty().then(|| view! { <p class="soft">{no_confirmations()}</p> });
    let cards = all.into_iter().take(SOME).map(|record| confirmation_card(it, record));
    view! {
        <section class="section">
            <h2>{confirmations_title()}</h2>
            {none}
            <ul class="list">{cards.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Everybody who has or had a part in the dossier, with the period.
pub(super) fn people(it: &Dossier) -> AnyView {
    let mut all: Vec<_> = it.links.all().collect();
    sort_by_key(&mut all, |it| (it.last_day().is_some(), it.link.role, it.link.from));
    let row = |record: &dubbelspoor_domain::dossier::LinkRecord| {
        let from = dates::short_day(record.link.from);
        let period = match record.last_day() {
            Some(to) => until(from, dates::short_day(to)),
            None => since(from),
        };
        view! {
            <li class="row">
                {icon(Icon::People)}
                <span class="row-text">
                    <span>{name(it, record.link.person)}</span>
                    <span class="soft">
                        {vocabulary::role(record.link.role)} ", " {period}
                    </span>
                </span>
            </li>
        }
    };
    view! {
        <section class="section">
            <h2>{people_title()}</h2>
            <ul class="rows">{all.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}
