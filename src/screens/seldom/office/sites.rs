//! The sites of the centre (A4): what each is recognised for and what can be learnt there, so that who guides finds a
//! place that fits (A12).

use super::lists::{Row, UP, asks, list};
use super::of_centre;
use crate::parts::{dates, el};
use crate::screens::reading::disclosure;
use crate::screens::seldom::form::{Filled, Sort, field, form, one_of};
use crate::session::use_session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, Course, CourseRecognition, Dossier, Recognition, Site};
use dubbelspoor_domain::id::{DossierId, WorkplaceId};
use leptos::prelude::*;

words! {
    title { nl "Leerwerkplekken" en "Workplaces" fr "Lieux de travail" }
    lead { nl "Uit deze lijst kiest wie begeleidt een plek die past. Een overeenkomst kan alleen beginnen waar een erkenning is." en "From this list those who guide choose a place that fits. An agreement can only begin where there is a recognition." fr "Dans cette liste, les accompagnateurs choisissent un lieu qui convient. Un contrat ne peut commencer que là où il y a une reconnaissance." }
    add_site { nl "Voeg een leerwerkplek toe" en "Add a workplace" fr "Ajouter un lieu de travail" }
    company { nl "Onderneming" en "Company" fr "Entreprise" }
    address { nl "Adres" en "Address" fr "Adresse" }
    reach { nl "Hoe geraak je er?" en "How does one get there?" fr "Comment s’y rendre ?" }
    places { nl "Hoeveel cursisten tegelijk?" en "How many learners at once?" fr "Combien d’apprenants à la fois ?" }
    support { nl "Welke steun vindt een cursist er?" en "Which support does a learner find there?" fr "Quel soutien l’apprenant y trouve-t-il ?" }
    goals { nl "Doelen die je er kunt leren: hun codes, elk op een regel" en "Goals that can be learnt there: their codes, each on a line" fr "Objectifs que l’on peut y apprendre : leurs codes, un par ligne" }
    recognition { nl "Een erkenning" en "A recognition" fr "Une reconnaissance" }
    recognition_hint { nl "Een nieuwe komt bij de vorige. Met hetzelfde nummer voor dezelfde opleiding vervangt ze die." en "A new one is added to those before. With the same number for the same course it replaces that one." fr "Une nouvelle s’ajoute aux précédentes. Avec le même numéro pour la même formation, elle la remplace." }
    course { nl "Voor welke opleiding?" en "For which course?" fr "Pour quelle formation ?" }
    number { nl "Nummer van de erkenning" en "Number of the recognition" fr "Numéro de la reconnaissance" }
    from { nl "Erkend vanaf" en "Recognised from" fr "Reconnu à partir du" }
    kind { nl "Soort erkenning, als je ze weet" en "Kind of recognition, if you know it" fr "Sorte de reconnaissance, si vous la connaissez" }
    to { nl "Erkend tot" en "Recognised until" fr "Reconnu jusqu’au" }
    wrong { nl "Vul de onderneming in. Een erkenning heeft een opleiding, een nummer en een eerste dag, en eindigt niet voor ze begint." en "Fill in the company. A recognition has a course, a number and a first day, and does not end before it begins." fr "Indiquez l’entreprise. Une reconnaissance a une formation, un numéro et un premier jour, et ne finit pas avant de commencer." }
    not_recognised { nl "nergens voor erkend" en "recognised for nothing" fr "reconnu pour rien" }
    open_ended(course, number, from) { nl "{course}: {number}, vanaf {from}" en "{course}: {number}, from {from} on" fr "{course} : {number}, à partir du {from}" }
    limited(course, number, from, to) { nl "{course}: {number}, van {from} tot {to}" en "{course}: {number}, from {from} to {to}" fr "{course} : {number}, du {from} au {to}" }
}

pub(super) fn sites(site: Option<&str>) -> AnyView {
    let session = use_session();
    let wanted = site.and_then(WorkplaceId::from_hex);
    of_centre(title(), UP, move |centre| {
        let find = |it: &Dossier| wanted.and_then(|site| it.rules.site(site).cloned());
        let now = session.with(centre, find).flatten();
        let courses: Vec<Course> =
            session.with(centre, |it| it.rules.courses().cloned().collect()).unwrap_or_default();
        let names = courses.iter().map(|it| vocabulary::translated(&it.title));
        let text = |of: fn(&Site) -> String| now.as_ref().map(of).unwrap_or_default();
        let fields = vec![
            field("site-company", company(), Sort::Line).with(text(|it| it.company.clone())),
            field("site-address", address(), Sort::Line).with(text(|it| it.address.clone())),
            field("site-reach", reach(), Sort::Line).with(text(|it| it.reach.clone())),
            field("site-places", places(), Sort::Number).with(text(|it| it.places.to_string())),
            field("site-support", support(), Sort::Text(900)).with(text(|it| it.support.clone())),
            field("site-goals", goals(), Sort::Text(9_000)).with(text(|it| it.goals.join("\n"))),
            field("site-recognition", recognition(), Sort::Heading(recognition_hint())),
            field("site-course", course(), one_of(names)),
            field("site-number", number(), Sort::Line),
            field("site-from", from(), Sort::Date),
            field("site-to", to(), Sort::Date),
            field("site-kind", kind(), Sort::Line),
        ];
        let site = now.as_ref().map_or_else(|| WorkplaceId(session.new_id()), |it| it.site);
        let is_known = now.is_some();
        let then = is_known.then_some("/centre/sites");
        let read = move |it: &Filled| {
            let mut recognitions = now.as_ref().map(|it| it.recognitions.clone());
            add_recognition(it, &courses, recognitions.get_or_insert_default())?;
            Some(vec![Body::Site(Site {
                site,
                company: it.words(0)?,
                address: it.text(1),
                recognitions: recognitions.unwrap_or_default(),
                goals: codes(&it.text(5)),
                reach: it.text(2),
                places: it.number(3).map_or(Some(0), |it| u16::try_from(it).ok())?,
                support: it.text(4),
                withdrawn: false,
            })])
        };
        let form = form(centre, asks("site", wrong(), then), fields, Box::new(read));
        if is_known {
            return el("div", "section").add(form);
        }
        // The list may be long: what is new stands above it.
        el("div", "section")
            .add(el("p", "").add(lead()))
            .add(disclosure(add_site().to_owned(), form))
            .add(list(session, centre, site_rows))
    })
}

/// What was filled in of a recognition, if anything; `None` where it does not fit together.
fn add_recognition(
    it: &Filled,
    courses: &[Course],
    all: &mut Vec<CourseRecognition>,
) -> Option<()> {
    let (number, from, to) = (it.words(8), it.day(9), it.day(10));
    if number.is_none() && from.is_none() && to.is_none() {
        return Some(());
    }
    let course = courses.get(it.number(7)? as usize)?.course.clone();
    let recognition = Recognition { number: number?, from: from?, to, kind: it.words(11) };
    to.is_none_or(|to| recognition.from <= to).then_some(())?;
    all.retain(|it| (&it.course, &it.recognition.number) != (&course, &recognition.number));
    all.push(CourseRecognition { course, recognition });
    Some(())
}

/// Codes as people write them under each other: each once.
fn codes(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for code in text.split(['\n', ',', ';']).map(str::trim).filter(|it| !it.is_empty()) {
        if !all.iter().any(|it| it == code) {
            all.push(code.to_owned());
        }
    }
    all
}

fn site_rows(it: &Dossier, _: DossierId) -> Vec<Row> {
    let row = |site: &Site| Row {
        title: site.company.clone(),
        hint: hint(it, site),
        change: Some(format!("/centre/sites/{}", site.site)),
        without: Body::Site(Site { withdrawn: true, ..site.clone() }),
        with: Body::Site(site.clone()),
    };
    it.rules.sites().map(row).collect()
}

fn hint(it: &Dossier, site: &Site) -> String {
    let mut lines = vec![site.address.clone()];
    for CourseRecognition { course, recognition } in &site.recognitions {
        let known = it.rules.courses().find(|it| it.course == *course);
        let name = known.map_or_else(|| course.clone(), |it| vocabulary::translated(&it.title));
        let (number, from) = (&recognition.number, dates::long_day(recognition.from));
        lines.push(match recognition.to {
            Some(to) => limited(name, number, from, dates::long_day(to)),
            None => open_ended(name, number, from),
        });
    }
    if site.recognitions.is_empty() {
        lines.push(not_recognised().to_owned());
    }
    lines.retain(|it| !it.is_empty());
    lines.join(" · ")
}
