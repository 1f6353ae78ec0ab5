//! What the centre keeps as lists: courses (F3), holidays (F4), the table of hours (F2), sheets of information (G8). Each
//! shows what there is, and a form for one more.

use super::of_centre;
use crate::parts::{El, button, dates, el, link, offer_undo, section, soft};
use crate::screens::message::put;
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form, one_of};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use chrono::Datelike;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    AgreementKind, Body, Calendar, Course, Dossier, Holiday, HoursRow, HoursTable, InfoSheet,
    LEAST_SHARE, Tongue, Translated,
};
use dubbelspoor_domain::hours::school_year;
use dubbelspoor_domain::id::{DossierId, SheetId};
use leptos::prelude::*;

words! {
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    remove { nl "Neem weg" en "Remove" fr "Retirer" }
    removed { nl "Weggenomen" en "Removed" fr "Retiré" }
    change { nl "Wijzig" en "Change" fr "Modifier" }
    none_yet { nl "Nog niets." en "Nothing yet." fr "Rien pour le moment." }
    courses_title { nl "Opleidingen" en "Courses" fr "Formations" }
    course_form { nl "Een opleiding" en "A course" fr "Une formation" }
    code_label { nl "Code" en "Code" fr "Code" }
    name_nl { nl "Naam in het Nederlands" en "Name in Dutch" fr "Nom en néerlandais" }
    name_en { nl "Naam in het Engels" en "Name in English" fr "Nom en anglais" }
    name_fr { nl "Naam in het Frans" en "Name in French" fr "Nom en français" }
    share_label { nl "Minstens zoveel procent op de werkplek" en "At least so many percent at the workplace" fr "Au moins ce pourcentage sur le lieu de travail" }
    share_of(percent) { nl "Minstens {percent} % op de werkplek" en "At least {percent} % at the workplace" fr "Au moins {percent} % sur le lieu de travail" }
    course_wrong { nl "Schrijf een code, een naam, en een percentage van 0 tot 100." en "Write a code, a name, and a percentage from 0 to 100." fr "Écrivez un code, un nom et un pourcentage de 0 à 100." }
    calendar_title { nl "Schoolkalender" en "School calendar" fr "Calendrier scolaire" }
    calendar_lead { nl "Een week die helemaal vrij is, telt niet mee voor het gemiddelde van de uren. Een dossier met een eigen kalender houdt die." en "A week that is wholly free does not count for the average of the hours. A dossier with a calendar of its own keeps it." fr "Une semaine entièrement libre ne compte pas pour la moyenne des heures. Un dossier avec son propre calendrier le garde." }
    holiday_form { nl "Een vakantie of vrije dag" en "A holiday or day off" fr "Des vacances ou un jour libre" }
    holiday_name { nl "Naam" en "Name" fr "Nom" }
    first { nl "Eerste dag" en "First day" fr "Premier jour" }
    last { nl "Laatste dag" en "Last day" fr "Dernier jour" }
    holiday_wrong { nl "Schrijf een naam en twee dagen; de laatste komt niet voor de eerste." en "Write a name and two days; the last does not come before the first." fr "Écrivez un nom et deux jours ; le dernier ne vient pas avant le premier." }
    from_to(from, to) { nl "{from} tot {to}" en "{from} to {to}" fr "du {from} au {to}" }
    hours_title { nl "Urentabel" en "Table of hours" fr "Tableau des heures" }
    hours_lead { nl "Wat het gemiddelde per week op de werkplek moet zijn, voor overeenkomsten die vanaf een dag beginnen. Staat een soort hier niet, dan geldt de regel van de app." en "What the weekly average at the workplace has to be, for agreements that begin from a day on. If a kind is not here, the rule of the app holds." fr "Ce que doit être la moyenne hebdomadaire sur le lieu de travail, pour les contrats qui commencent à partir d’un jour. Si un type n’y est pas, la règle de l’application vaut." }
    hours_form { nl "Een regel" en "A rule" fr "Une règle" }
    kind_label { nl "Soort overeenkomst" en "Kind of agreement" fr "Type de contrat" }
    valid_from { nl "Geldt vanaf" en "Holds from" fr "Vaut à partir du" }
    asks_label { nl "Wat wordt gevraagd?" en "What is asked?" fr "Que demande-t-on ?" }
    at_least { nl "Minstens" en "At least" fr "Au moins" }
    fewer { nl "Minder dan" en "Fewer than" fr "Moins de" }
    no_rule { nl "Geen regel" en "No rule" fr "Pas de règle" }
    hours_label { nl "Uren per week" en "Hours a week" fr "Heures par semaine" }
    source_label { nl "Waar het staat" en "Where it stands" fr "Où c’est écrit" }
    hours_wrong { nl "Kies een soort, een dag, en hoogstens 48 uur." en "Choose a kind, a day, and at most 48 hours." fr "Choisissez un type, un jour et au plus 48 heures." }
    least(kind, time) { nl "{kind}: minstens {time} per week" en "{kind}: at least {time} a week" fr "{kind} : au moins {time} par semaine" }
    below(kind, time) { nl "{kind}: minder dan {time} per week" en "{kind}: fewer than {time} a week" fr "{kind} : moins de {time} par semaine" }
    free(kind) { nl "{kind}: geen regel" en "{kind}: no rule" fr "{kind} : pas de règle" }
    from_source(day, source) { nl "Vanaf {day}. {source}" en "From {day}. {source}" fr "À partir du {day}. {source}" }
    sheets_title { nl "Infofiches" en "Information sheets" fr "Fiches d’information" }
    sheet_form { nl "Een fiche" en "A sheet" fr "Une fiche" }
    sheet_title { nl "Titel" en "Title" fr "Titre" }
    sheet_text { nl "Tekst" en "Text" fr "Texte" }
    sheet_language { nl "Voor wie leest in" en "For who reads in" fr "Pour qui lit en" }
    all_languages { nl "Alle talen" en "All languages" fr "Toutes les langues" }
    sheet_wrong { nl "Schrijf een titel en een tekst." en "Write a title and a text." fr "Écrivez un titre et un texte." }
}

pub(super) const UP: Option<&str> = Some("/centre");

/// What there is, each with a way to take it away, which can be undone.
pub(super) fn list(
    session: Session,
    centre: DossierId,
    rows: fn(&Dossier, DossierId) -> Vec<Row>,
) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let offer = offer_undo();
    let shown = move || {
        let rows = session.with(centre, |it| rows(it, centre)).unwrap_or_default();
        if rows.is_empty() {
            return soft(none_yet());
        }
        let one = |it: Row| {
            let Row { title, hint, change: to, without, with } = it;
            let which = el("span", "visually-hidden").add(title.clone());
            let tap = move || {
                let (without, with) = (without.clone(), with.clone());
                put(session, centre, without, fault);
                let back = move || put(session, centre, with.clone(), fault);
                offer(removed().to_owned(), Box::new(back));
            };
            let also = el("span", "visually-hidden").add(title.clone());
            let change =
                to.map(|it| link(it, "button button-quiet").add(change()).add(" ").add(also));
            let remove = button("button button-quiet", tap).add(remove()).add(" ").add(which);
            el("li", "card")
                .add(el("h2", "").add(title))
                .add(soft(hint))
                .add(el("div", "buttons").add(change).add(remove))
        };
        el("ul", "list").add(rows.into_iter().map(one).collect::<Vec<_>>())
    };
    el("div", "section").live(shown).add(told(fault))
}

/// One of a list: the record that takes it away, and the one that brings it back.
pub(super) struct Row {
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) change: Option<String>,
    pub(super) without: Body,
    pub(super) with: Body,
}

pub(super) fn asks(about: &'static str, wrong: &'static str, then: Option<&str>) -> Asks<'static> {
    Asks { about, send: save(), wrong, then: then.map(str::to_owned) }
}

pub(super) fn courses(course: Option<&str>) -> AnyView {
    let session = use_session();
    let wanted = course.map(str::to_owned);
    of_centre(courses_title(), UP, move |centre| {
        let find = |it: &Dossier| {
            it.rules.courses().find(|it| Some(&it.course) == wanted.as_ref()).cloned()
        };
        let now = session.with(centre, find).flatten();
        let text = |of: fn(&Course) -> String| now.as_ref().map(of).unwrap_or_default();
        let share = now.as_ref().map_or(LEAST_SHARE, |it| it.share);
        let fields = vec![
            field("course", code_label(), Sort::Line).with(text(|it| it.course.clone())),
            field("course-nl", name_nl(), Sort::Line).with(text(|it| it.title.nl.clone())),
            field("course-en", name_en(), Sort::Line).with(text(|it| it.title.en.clone())),
            field("course-fr", name_fr(), Sort::Line).with(text(|it| it.title.fr.clone())),
            field("share", share_label(), Sort::Number).with(share.to_string()),
        ];
        let read = |it: &Filled| {
            let title = Translated { nl: it.words(1)?, en: it.text(2), fr: it.text(3) };
            let share = u16::try_from(it.number(4)?).ok().filter(|it| *it <= 100)?;
            let course = it.words(0)?;
            Some(vec![Body::Course(Course { course, title, share, withdrawn: false })])
        };
        let asks = asks("course", course_wrong(), now.is_some().then_some("/centre/courses"));
        el("div", "section")
            .add(list(session, centre, course_rows))
            .add(section(course_form()).add(form(centre, asks, fields, Box::new(read))))
    })
}

fn course_rows(it: &Dossier, _: DossierId) -> Vec<Row> {
    let row = |it: &Course| Row {
        title: vocabulary::translated(&it.title),
        hint: share_of(it.share),
        change: Some(format!("/centre/courses/{}", it.course)),
        without: Body::Course(Course { withdrawn: true, ..it.clone() }),
        with: Body::Course(it.clone()),
    };
    it.rules.courses().map(row).collect()
}

pub(super) fn calendar() -> AnyView {
    let session = use_session();
    of_centre(calendar_title(), UP, move |centre| {
        let fields = vec![
            field("holiday", holiday_name(), Sort::Line),
            field("first", first(), Sort::Date),
            field("last", last(), Sort::Date),
        ];
        let read = move |it: &Filled| {
            let (name, from, to) = (it.words(0)?, it.day(1)?, it.day(2)?);
            let title = Translated { nl: name, ..Translated::default() };
            (from <= to).then_some(())?;
            let year = year_of(from);
            let known = untrack(|| session.with(centre, |it| holidays(it, year)));
            let mut holidays = known.unwrap_or_default();
            let at = holidays.partition_point(|it| it.from <= from);
            holidays.insert(at, Holiday { title, from, to });
            Some(vec![Body::Calendar(Calendar { year, holidays })])
        };
        let asks = asks("holiday", holiday_wrong(), None);
        el("div", "section")
            .add(el("p", "").add(calendar_lead()))
            .add(list(session, centre, holiday_rows))
            .add(section(holiday_form()).add(form(centre, asks, fields, Box::new(read))))
    })
}

/// The year in which the school year of a day begins.
fn year_of(day: Day) -> u16 {
    u16::try_from(school_year(day).0.year()).unwrap_or_default()
}

fn holidays(it: &Dossier, year: u16) -> Vec<Holiday> {
    let of_year = it.free_days.calendars().find(|it| it.year == year);
    of_year.map(|it| it.holidays.clone()).unwrap_or_default()
}

fn holiday_rows(it: &Dossier, _: DossierId) -> Vec<Row> {
    let mut rows = Vec::new();
    for calendar in it.free_days.calendars() {
        for (at, holiday) in calendar.holidays.iter().enumerate() {
            let mut without = calendar.clone();
            without.holidays.remove(at);
            rows.push(Row {
                title: vocabulary::translated(&holiday.title),
                hint: from_to(dates::long_day(holiday.from), dates::long_day(holiday.to)),
                change: None,
                without: Body::Calendar(without),
                with: Body::Calendar(calendar.clone()),
            });
        }
    }
    rows
}

pub(super) fn hours() -> AnyView {
    let session = use_session();
    of_centre(hours_title(), UP, move |centre| {
        let fields = vec![
            field("kind", kind_label(), one_of(AgreementKind::ALL.map(vocabulary::agreement_kind)))
                .with("0"),
            field("valid", valid_from(), Sort::Date),
            field("asks", asks_label(), one_of([at_least(), fewer(), no_rule()])).with("0"),
            field("hours", hours_label(), Sort::Number).with("20"),
            field("source", source_label(), Sort::Line),
        ];
        let read = move |it: &Filled| {
            let kind = *AgreementKind::ALL.get(it.number(0)? as usize)?;
            let minutes = it.number(3).filter(|it| *it <= 48).map(|it| it as u16 * 60);
            let (at_least, below) = match it.number(2)? {
                0 => (Some(minutes?), None),
                1 => (None, Some(minutes?)),
                _ => (None, None),
            };
            let row = HoursRow { kind, from: it.day(1)?, at_least, below, source: it.text(4) };
            let known = untrack(|| session.with(centre, |it| it.rules.hours().to_vec()));
            let mut rows = known.unwrap_or_default();
            rows.retain(|it| (it.kind, it.from) != (row.kind, row.from));
            rows.push(row);
            Some(vec![Body::HoursTable(HoursTable { rows })])
        };
        let asks = asks("hours", hours_wrong(), None);
        el("div", "section")
            .add(el("p", "").add(hours_lead()))
            .add(list(session, centre, hours_rows))
            .add(section(hours_form()).add(form(centre, asks, fields, Box::new(read))))
    })
}

fn hours_rows(it: &Dossier, _: DossierId) -> Vec<Row> {
    let all = it.rules.hours();
    let row = |(at, it): (usize, &HoursRow)| {
        let kind = vocabulary::agreement_kind(it.kind);
        let time = |minutes: u16| dates::duration(u32::from(minutes));
        let title = match (it.at_least, it.below) {
            (Some(minutes), _) => least(kind, time(minutes)),
            (None, Some(minutes)) => below(kind, time(minutes)),
            (None, None) => free(kind),
        };
        let mut without = all.to_vec();
        without.remove(at);
        Row {
            title,
            hint: from_source(dates::long_day(it.from), &it.source),
            change: None,
            without: Body::HoursTable(HoursTable { rows: without }),
            with: Body::HoursTable(HoursTable { rows: all.to_vec() }),
        }
    };
    all.iter().enumerate().map(row).collect()
}

pub(super) fn sheets(sheet: Option<&str>) -> AnyView {
    let session = use_session();
    let wanted = sheet.and_then(SheetId::from_hex);
    of_centre(sheets_title(), UP, move |centre| {
        let find = |it: &Dossier| wanted.and_then(|sheet| it.rules.sheet(sheet).cloned());
        let now = session.with(centre, find).flatten();
        let tongue = now.as_ref().and_then(|it| it.language);
        let at = Tongue::ALL.iter().position(|it| Some(*it) == tongue).map_or(0, |it| it + 1);
        let names = [all_languages(), "Nederlands", "English", "Français"];
        let text = |of: fn(&InfoSheet) -> String| now.as_ref().map(of).unwrap_or_default();
        let fields = vec![
            field("sheet-title", sheet_title(), Sort::Line).with(text(|it| it.title.clone())),
            field("sheet-text", sheet_text(), Sort::Text(10_000)).with(text(|it| it.text.clone())),
            field("sheet-language", sheet_language(), one_of(names)).with(at.to_string()),
        ];
        let is_known = now.is_some();
        let read = move |it: &Filled| {
            let sheet = wanted.filter(|_| is_known).unwrap_or_else(|| SheetId(session.new_id()));
            let at = it.number(2).unwrap_or(0).checked_sub(1);
            let language = at.and_then(|at| Tongue::ALL.get(at as usize).copied());
            let (title, text) = (it.words(0)?, it.words(1)?);
            Some(vec![Body::InfoSheet(InfoSheet {
                sheet,
                title,
                text,
                language,
                withdrawn: false,
            })])
        };
        let asks = asks("sheet", sheet_wrong(), is_known.then_some("/centre/sheets"));
        el("div", "section")
            .add(list(session, centre, sheet_rows))
            .add(section(sheet_form()).add(form(centre, asks, fields, Box::new(read))))
    })
}

fn sheet_rows(it: &Dossier, _: DossierId) -> Vec<Row> {
    let row = |it: &InfoSheet| Row {
        title: it.title.clone(),
        hint: it.text.chars().take(80).collect(),
        change: Some(format!("/centre/sheets/{}", it.sheet)),
        without: Body::InfoSheet(InfoSheet { withdrawn: true, ..it.clone() }),
        with: Body::InfoSheet(it.clone()),
    };
    it.rules.sheets().map(row).collect()
}
