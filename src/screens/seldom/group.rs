//! A whole group side by side (G5): by course, on paper, in a spreadsheet. Figures to talk about; they judge nobody (E11).

use crate::parts::choices::choice_of;
use crate::parts::{
    El, Icon, Part, button, dates, el, empty, icon, link, live, page, section, soft,
};
use crate::screens::asked::name_or_somebody;
use crate::screens::own_copy::{Handed, file_is_there};
use crate::session::{Session, use_session};
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Dossier, Role};
use dubbelspoor_domain::group::{InGroup, sheet};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::signals::signals;
use leptos::prelude::*;

words! {
    title { nl "De groep" en "The group" fr "Le groupe" }
    lead { nl "Cijfers om over te praten. Ze oordelen over niemand." en "Figures to talk about. They judge nobody." fr "Des chiffres pour en parler. Ils ne jugent personne." }
    empty_title { nl "Nog geen cursisten" en "No learners yet" fr "Pas encore d’apprenants" }
    empty_words { nl "Zodra je iemand begeleidt of lesgeeft, zie je hier de hele groep." en "As soon as you guide or teach somebody, you see the whole group here." fr "Dès que vous accompagnez quelqu’un ou lui enseignez, vous voyez ici tout le groupe." }
    which { nl "Wie toon je?" en "Whom do you show?" fr "Qui affichez-vous ?" }
    everybody { nl "Iedereen" en "Everybody" fr "Tout le monde" }
    attention { nl "Wie aandacht nodig heeft" en "Who needs attention" fr "À suivre" }
    nobody { nl "Niemand voor deze keuze." en "Nobody for this choice." fr "Personne pour ce choix." }
    goals_line(practised, goals, reached) { nl "{practised} van {goals} doelen geoefend, {reached} op niveau" en "{practised} of {goals} goals practised, {reached} at level" fr "{practised} objectifs sur {goals} exercés, {reached} au niveau" }
    weekly_line(average, asked) { nl "{average} per week op de werkplek, afgesproken {asked}" en "{average} a week at the workplace, agreed {asked}" fr "{average} par semaine au travail, convenu {asked}" }
    weekly_only(average) { nl "{average} per week op de werkplek" en "{average} a week at the workplace" fr "{average} par semaine au travail" }
    and_more(count) { nl "en nog {count}" en "and {count} more" fr "et encore {count}" }
    last_line(day) { nl "Laatste activiteit: {day}" en "Last activity: {day}" fr "Dernière activité : {day}" }
    no_activity { nl "Nog geen activiteit" en "No activity yet" fr "Pas encore d’activité" }
    for_class { nl "Verzameld voor de les" en "Collected for class" fr "Rassemblé pour le cours" }
    print { nl "Druk af" en "Print" fr "Imprimer" }
    save { nl "Bewaar als rekenblad (CSV)" en "Save as a spreadsheet (CSV)" fr "Enregistrer comme tableur (CSV)" }
    head_name { nl "Naam" en "Name" fr "Nom" }
    head_course { nl "Opleiding" en "Course" fr "Formation" }
    head_workplace { nl "Werkplek" en "Workplace" fr "Lieu de travail" }
    head_goals { nl "Doelen" en "Goals" fr "Objectifs" }
    head_practised { nl "Geoefend" en "Practised" fr "Exercés" }
    head_reached { nl "Op niveau" en "At level" fr "Au niveau" }
    head_weekly { nl "Minuten per week" en "Minutes a week" fr "Minutes par semaine" }
    head_asked { nl "Afgesproken minuten per week" en "Agreed minutes a week" fr "Minutes convenues par semaine" }
    head_last { nl "Laatste activiteit" en "Last activity" fr "Dernière activité" }
    head_attention { nl "Aandacht" en "Attention" fr "Attention" }
}

/// One cursist of the group.
#[derive(Clone, PartialEq)]
struct Row {
    dossier: DossierId,
    name: String,
    course: String,
    workplace: String,
    figures: InGroup,
    attention: Vec<String>,
}

/// Everybody, or only who needs attention; the courses come after these.
const EVERYBODY: u32 = 0;
const ATTENTION: u32 = 1;

/// So many reasons to look are told here; the rest is in the dossier and in the spreadsheet.
const SHOWN: usize = 2;

pub(crate) fn group() -> AnyView {
    let session = use_session();
    let rows = Memo::new(move |_| all(session));
    let chosen = RwSignal::new(Some(EVERYBODY));
    let shown = move || rows.with(|it| those(it, chosen.get().unwrap_or(EVERYBODY)));
    let choice = live(move || rows.with(|it| choices(it, chosen)).part());
    let list = live(move || {
        if rows.with(Vec::is_empty) {
            return empty(empty_title(), empty_words(), None).part();
        }
        groups(session, &shown()).part()
    });
    let outcome = Handed::new(None);
    let save_it = move || {
        let file = sheet(&cells(&untrack(shown)));
        let done = session.hand_out("dubbelspoor.csv", "text/csv", file.as_bytes());
        outcome.set(Some(done.err().map_or("", |why| vocabulary::fault(&why))));
    };
    let acts = el("div", "section screen-only")
        .keep("hidden", move || rows.with(Vec::is_empty).then(String::new))
        .add(button("button", save_it).add(icon(Icon::Book)).add(save()))
        .add(file_is_there(outcome))
        .add(button("button", move || session.print()).add(print()));
    let lesson =
        link("/class", "button button-quiet screen-only").add(for_class()).add(icon(Icon::Forward));
    page(title(), Some("/learners"))
        .add(el("p", "page-lead").add(lead()))
        .add(choice)
        .add(list)
        .add(acts)
        .add(lesson)
        .part()
}

/// By course and name.
fn all(session: Session) -> Vec<Row> {
    let today = session.today();
    let me = session.me().person;
    let mut rows: Vec<Row> = Vec::new();
    for dossier in session.tracks() {
        let row =
            session.with(dossier, |it| follows(it, me, today).then(|| row_of(session, it, today)));
        rows.extend(row.flatten());
    }
    sort_by_key(&mut rows, |it| (it.course.clone(), it.name.clone()));
    rows
}

/// Whoever guides, teaches or reads, and not only learns or trains.
fn follows(it: &Dossier, me: PersonId, today: Day) -> bool {
    let roles = [Role::Coach, Role::Administrator, Role::Teacher, Role::Reader];
    roles.into_iter().any(|role| it.links.current(role, today).any(|person| person == me))
}

fn row_of(session: Session, it: &Dossier, today: Day) -> Row {
    let learner = it.links.learner();
    let track = it.track.as_ref();
    let reasons = signals(it, session.thresholds(it.id), today);
    Row {
        dossier: it.id,
        name: name_or_somebody(learner.and_then(|person| it.links.name_of(person))),
        course: track.map(|it| vocabulary::translated(&it.course)).unwrap_or_default(),
        workplace: it.works_at(today),
        figures: InGroup::of(it, today),
        attention: reasons.iter().map(reasons::signal).collect(),
    }
}

fn courses(rows: &[Row]) -> Vec<String> {
    let mut all: Vec<String> = rows.iter().map(|it| it.course.clone()).collect();
    all.dedup();
    all
}

fn those(rows: &[Row], chosen: u32) -> Vec<Row> {
    let course = (chosen as usize).checked_sub(2).and_then(|at| courses(rows).get(at).cloned());
    let fits = |it: &&Row| match chosen {
        EVERYBODY => true,
        ATTENTION => !it.attention.is_empty(),
        _ => course.as_ref() == Some(&it.course),
    };
    rows.iter().filter(fits).cloned().collect()
}

fn choices(rows: &[Row], chosen: RwSignal<Option<u32>>) -> Option<El> {
    let mut options =
        vec![(EVERYBODY, everybody().to_owned()), (ATTENTION, attention().to_owned())];
    let courses = courses(rows);
    if courses.len() > 1 {
        options.extend((2..).zip(courses));
    }
    (!rows.is_empty()).then(|| {
        let choice = choice_of(which().into(), options, chosen, false);
        el("div", "section screen-only").add(el("h2", "").add(which())).add(choice)
    })
}

fn groups(session: Session, rows: &[Row]) -> Vec<El> {
    if rows.is_empty() {
        return vec![el("p", "").set("role", "status").add(nobody())];
    }
    let one = |course: &String| {
        let of_course: Vec<&Row> = rows.iter().filter(|it| it.course == *course).collect();
        let cards: Vec<El> = of_course.iter().map(|it| card(session, it)).collect();
        let words = if course.is_empty() { title().to_owned() } else { course.clone() };
        section(format!("{words} ({})", of_course.len())).add(el("ul", "list").add(cards))
    };
    courses(rows).iter().map(one).collect()
}

fn card(session: Session, it: &Row) -> El {
    let InGroup { goals, practised, at_level, last_activity, weekly } = it.figures;
    let last = last_activity.map(|day| last_line(dates::day(day, session.today())));
    let weekly = weekly.map(|(average, asked)| {
        let average = dates::duration(average);
        el("p", "").add(match asked {
            0 => weekly_only(average),
            asked => weekly_line(average, dates::duration(asked)),
        })
    });
    let mut attention: Vec<El> = Vec::new();
    for words in it.attention.iter().take(SHOWN) {
        attention.push(el("p", "words").add(words.clone()));
    }
    let more = it.attention.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| soft(and_more(more)));
    let inside = link(format!("/dossier/{}", it.dossier), "card card-link")
        .add(el("h3", "").add(it.name.clone()))
        .add((!it.workplace.is_empty()).then(|| soft(it.workplace.clone())))
        .add(el("p", "").add(goals_line(practised, goals, at_level)))
        .add(weekly)
        .add(soft(last.unwrap_or_else(|| no_activity().to_owned())))
        .add(attention)
        .add(more);
    el("li", "").add(inside)
}

fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let head = [
        head_name(),
        head_course(),
        head_workplace(),
        head_goals(),
        head_practised(),
        head_reached(),
        head_weekly(),
        head_asked(),
        head_last(),
        head_attention(),
    ];
    let mut all = vec![head.map(str::to_owned).to_vec()];
    for it in rows {
        let of = &it.figures;
        let minutes = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
        all.push(vec![
            it.name.clone(),
            it.course.clone(),
            it.workplace.clone(),
            of.goals.to_string(),
            of.practised.to_string(),
            of.at_level.to_string(),
            minutes(of.weekly.map(|it| it.0)),
            minutes(of.weekly.map(|it| it.1)),
            of.last_activity.map(dates::for_field).unwrap_or_default(),
            it.attention.join(" | "),
        ]);
    }
    all
}
