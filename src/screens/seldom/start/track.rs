//! The course itself: its name, its days, and its pace (B10). The coach fills it in, everybody reads it.

use super::stay_line;
use crate::parts::{El, Part, dates, el, section};
use crate::screens::reading::disclosure;
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form, one_of};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, Course, Dossier, Pace, Track, Translated};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Opleiding" en "Course" fr "Formation" }
    weeks(count) { nl "{count} [week|weken]" en "{count} [week|weeks]" fr "{count} [semaine|semaines]" }
    change { nl "Opleiding, dagen en tempo" en "Course, days and pace" fr "Formation, jours et rythme" }
    course { nl "Welke opleiding?" en "Which course?" fr "Quelle formation ?" }
    other_course { nl "Of een andere, in woorden" en "Or another one, in words" fr "Ou une autre, en mots" }
    centre { nl "Aanbieder" en "Provider" fr "Prestataire" }
    workplace { nl "Werkplek, zoals mensen ze noemen" en "Workplace, as people call it" fr "Lieu de travail, comme on l’appelle" }
    from { nl "Eerste dag van de opleiding" en "First day of the course" fr "Premier jour de la formation" }
    to { nl "Laatste dag van de opleiding" en "Last day of the course" fr "Dernier jour de la formation" }
    week_one { nl "Een dag in week 1 van het plan" en "A day in week 1 of the plan" fr "Un jour de la semaine 1 du plan" }
    pace { nl "Tempo" en "Pace" fr "Rythme" }
    general { nl "Aanvullende Algemene Vorming" en "Supplementary general education" fr "Formation générale complémentaire" }
    general_label { nl "Aanvullende Algemene Vorming: waar en wanneer? Leeg als die niet gevolgd wordt." en "Supplementary general education: where and when? Empty where it is not followed." fr "Formation générale complémentaire : où et quand ? Laissez vide si elle n’est pas suivie." }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong { nl "Vul de opleiding en de dagen in: de laatste komt niet voor de eerste." en "Fill in the course and the days: the last is not before the first." fr "Indiquez la formation et les jours : le dernier n’est pas avant le premier." }
}

/// From when to when, and how many weeks that is.
pub(super) fn listed(_: Session, it: &Dossier) -> AnyView {
    let track = it.track.as_ref();
    let beside = track.and_then(|it| it.general.as_ref());
    let beside = beside.map(|it| el("p", "words").add(format!("{}: {it}", general())));
    let line = track.map(|it| {
        let period = stay_line(dates::short_day(it.from), dates::short_day(it.to));
        let pace = it.pace.map(|it| format!(" · {}", vocabulary::pace(it))).unwrap_or_default();
        format!("{period} · {}{pace}", weeks(it.weeks().count()))
    });
    line.map(|it| section(title()).add(el("p", "").add(it)).add(beside)).part()
}

/// The form; another one, with what holds then, whenever it was changed.
pub(super) fn filling_in(session: Session, dossier: DossierId) -> El {
    let there = Memo::new(move |_| session.with(dossier, |it| it.track.clone()).flatten());
    let own = session.me().centre;
    let offered = Memo::new(move |_| {
        let centre = session.with(dossier, |it| it.of_centre)??;
        session.with(centre, |it| it.rules.courses().cloned().collect::<Vec<Course>>())
    });
    let filled = move || {
        let courses = offered.get().unwrap_or_default();
        disclosure(change().to_owned(), fields_of(dossier, there.get(), courses, &own))
    };
    el("div", "").live(filled)
}

/// Of the centre's list a course comes with its names in all languages, its least share and its recognised sites (A4, F3).
fn fields_of(dossier: DossierId, before: Option<Track>, courses: Vec<Course>, own: &str) -> El {
    let text = |read: fn(&Track) -> &String| before.as_ref().map(read).cloned().unwrap_or_default();
    let day = |read: fn(&Track) -> dubbelspoor_domain::Day| {
        before.as_ref().map(|it| dates::for_field(read(it))).unwrap_or_default()
    };
    let centre_now = before.as_ref().map_or_else(|| own.to_owned(), |it| it.centre.clone());
    let paced = before.as_ref().and_then(|it| it.pace).map(|it| (it as u8 - 1).to_string());
    let title_now = text(|it| &it.course.nl);
    let known = courses.iter().find(|it| it.title.nl == title_now);
    let known = known.map(|it| it.course.clone());
    let options: Vec<_> =
        courses.iter().map(|it| (it.course.clone(), vocabulary::translated(&it.title))).collect();
    let other = if known.is_some() { String::new() } else { title_now };
    let before_words = other.clone();
    let label = if courses.is_empty() { course() } else { other_course() };
    let mut fields = vec![
        field("track-course", label, Sort::Line).with(other),
        field("track-centre", centre(), Sort::Line).with(centre_now),
        field("track-workplace", workplace(), Sort::Line).with(text(|it| &it.workplace)),
        field("track-from", from(), Sort::Date).with(day(|it| it.from)),
        field("track-to", to(), Sort::Date).with(day(|it| it.to)),
        field("track-week-one", week_one(), Sort::Date).with(day(|it| it.week_one)),
        field("track-pace", pace(), one_of(Pace::ALL.map(vocabulary::pace)))
            .with(paced.unwrap_or_default()),
        field("track-general", general_label(), Sort::Line)
            .with(before.as_ref().and_then(|it| it.general.clone()).unwrap_or_default()),
    ];
    // There too where the centre has no list: the length of the form is that of what is kept of it.
    let choice = field("track-offered", course(), Sort::Find(options));
    fields.insert(0, choice.with(known.unwrap_or_default()));
    let asks = Asks { about: "track", send: save(), wrong: wrong(), then: None };
    let read = move |it: &Filled| {
        let (from, to) = (it.day(4)?, it.day(5)?);
        // Words that were there before give way to a choice.
        let is_chosen = it.words(0).is_some();
        let words = it.words(1).filter(|it| *it != before_words || !is_chosen);
        let course = match words {
            Some(nl) => {
                // Another course has no names yet in the other languages.
                let titles = courses.iter().map(|it| &it.title);
                let mut titles = titles.chain(before.as_ref().map(|it| &it.course));
                let known = titles.find(|it| it.nl == nl).cloned();
                known.unwrap_or_else(|| Translated { nl, ..Translated::default() })
            }
            None => {
                let chosen = it.words(0)?;
                courses.iter().find(|it| it.course == chosen)?.title.clone()
            }
        };
        let (centre, workplace) = (it.text(2), it.text(3));
        let week_one = hours::monday(it.day(6).unwrap_or(from));
        let pace = it.number(7).and_then(|at| Pace::ALL.get(at as usize).copied());
        let general = it.words(8);
        let track = Track { course, centre, workplace, from, to, week_one, pace, general };
        (from <= to).then(|| vec![Body::Track(track)])
    };
    form(dossier, asks, fields, Box::new(read))
}
