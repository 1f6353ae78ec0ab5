//! The centre, for whoever runs it: its people, and what it sets for all its leertrajecten (G9). All but what only the
//! school can tell works without a line.

mod coaches;
mod figures;
mod lists;
mod questions;
mod settings;
mod sites;

use crate::parts::{El, Icon, Part, el, icon, link, page};
use crate::screens::seldom::form::{Asks, Field, Filled, form};
use crate::screens::seldom::which_centre::which_centre;
use crate::session::use_session;
use dubbelspoor_domain::dossier::{Body, Dossier, Rules};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    title { nl "Het centrum" en "The centre" fr "Le centre" }
    not_yours { nl "Dit is voor wie het centrum beheert." en "This is for who runs the centre." fr "Ceci est pour qui gère le centre." }
    people { nl "Mensen en toestellen" en "People and devices" fr "Personnes et appareils" }
    people_hint { nl "Wie erbij hoort, uitnodigen, een toestel afmelden" en "Who belongs to the centre, inviting, removing a device" fr "Qui fait partie du centre, inviter, retirer un appareil" }
    coaches { nl "Begeleiders" en "Coaches" fr "Accompagnateurs" }
    coaches_hint { nl "Leertrajecten beginnen en doorgeven" en "Beginning and handing over learning tracks" fr "Commencer et transmettre des parcours" }
    figures { nl "Cijfers" en "Figures" fr "Chiffres" }
    figures_hint { nl "Een schooljaar, per opleiding en per leerwerkplek" en "A school year, per course and per workplace" fr "Une année scolaire, par formation et par lieu de travail" }
    courses { nl "Opleidingen" en "Courses" fr "Formations" }
    courses_hint { nl "Namen en het aandeel werkplekleren" en "Names and the share of workplace learning" fr "Noms et part de la formation au travail" }
    calendar { nl "Schoolkalender" en "School calendar" fr "Calendrier scolaire" }
    calendar_hint { nl "Vakanties en vrije dagen" en "Holidays and days off" fr "Vacances et jours libres" }
    thresholds { nl "Drempels" en "Thresholds" fr "Seuils" }
    thresholds_hint { nl "Wanneer een cursist aandacht nodig heeft" en "When a learner needs attention" fr "Quand un apprenant a besoin d’attention" }
    hours { nl "Urentabel" en "Table of hours" fr "Tableau des heures" }
    hours_hint { nl "Wat elke soort overeenkomst vraagt" en "What each kind of agreement asks" fr "Ce que demande chaque type de contrat" }
    levels { nl "Namen van de niveaus" en "Names of the levels" fr "Noms des niveaux" }
    levels_hint { nl "Van zag het voor tot zelfstandig" en "From was shown to on one’s own" fr "De a vu faire à en autonomie" }
    words { nl "Woorden" en "Words" fr "Mots" }
    words_hint { nl "Hoe jullie mensen, plaatsen en overeenkomsten noemen" en "What you call people, places and agreements" fr "Comment vous appelez les personnes, les lieux et les contrats" }
    sheets { nl "Infofiches" en "Information sheets" fr "Fiches d’information" }
    sheets_hint { nl "Wat iedereen kan lezen, ook zonder verbinding" en "What everybody can read, without a connection too" fr "Ce que tous peuvent lire, même sans connexion" }
    surveys { nl "Bevragingen" en "Surveys" fr "Enquêtes" }
    surveys_hint { nl "Wat goed loopt en wat beter kan, zonder namen" en "What goes well and what could be better, without names" fr "Ce qui va bien et ce qui peut aller mieux, sans noms" }
    sites { nl "Leerwerkplekken" en "Workplaces" fr "Lieux de travail" }
    sites_hint { nl "Erkenningen, en wat je er kunt leren" en "Recognitions, and what can be learnt there" fr "Reconnaissances, et ce que l’on peut y apprendre" }
    trail { nl "Logboek" en "Log" fr "Journal" }
    trail_hint { nl "Wie wat instelde, en wie kwam en ging" en "Who set what, and who came and went" fr "Qui a réglé quoi, qui est arrivé et parti" }
    questions { nl "Vragenlijsten" en "Questionnaires" fr "Questionnaires" }
    questions_hint { nl "Wat jullie vragen bij screening, matching en intake" en "What you ask at screening, matching and intake" fr "Ce que vous demandez lors de la sélection et de l’accueil" }
    policy { nl "Evaluatiebeleid" en "Evaluation policy" fr "Politique d’évaluation" }
    policy_hint { nl "Wat, waarom, wanneer en door wie" en "What, why, when and by whom" fr "Quoi, pourquoi, quand et par qui" }
}

/// The addresses under `/centre`.
pub(crate) fn office(path: &[&str]) -> Option<AnyView> {
    Some(match path {
        ["centre"] => home(),
        ["centre", "coaches"] => coaches::coaches(),
        ["centre", "figures"] => figures::figures(),
        ["centre", "courses"] => lists::courses(None),
        ["centre", "courses", course] => lists::courses(Some(course)),
        ["centre", "calendar"] => lists::calendar(),
        ["centre", "hours"] => lists::hours(),
        ["centre", "sites"] => sites::sites(None),
        ["centre", "sites", site] => sites::sites(Some(site)),
        ["centre", "sheets"] => lists::sheets(None),
        ["centre", "sheets", sheet] => lists::sheets(Some(sheet)),
        ["centre", "thresholds"] => settings::thresholds(),
        ["centre", "levels"] => settings::levels(),
        ["centre", "words"] => settings::own_words(),
        ["centre", "policy"] => settings::policy(),
        ["centre", "questions"] => questions::questions(),
        _ => return None,
    })
}

/// The first screen of somebody who runs a centre and guides nobody.
pub(crate) fn home() -> AnyView {
    let row = |href: String, picture, words: &'static str, hint: &'static str| {
        let text =
            el("span", "row-text").add(el("span", "").add(words)).add(el("span", "soft").add(hint));
        link(href, "row").add(icon(picture)).add(text).add(icon(Icon::Forward))
    };
    let at = |name: &str| format!("/centre/{name}");
    of_centre(title(), None, move |centre| {
        let rows = el("div", "rows")
            .add(row(format!("/invite/{centre}"), Icon::People, people(), people_hint()))
            .add(row(at("coaches"), Icon::Forward, coaches(), coaches_hint()))
            .add(row(at("figures"), Icon::Sliders, figures(), figures_hint()))
            .add(row(at("courses"), Icon::Stations, courses(), courses_hint()))
            .add(row(at("sites"), Icon::Place, sites(), sites_hint()))
            .add(row(at("calendar"), Icon::Sun, calendar(), calendar_hint()))
            .add(row(at("thresholds"), Icon::Alert, thresholds(), thresholds_hint()))
            .add(row(at("hours"), Icon::Hourglass, hours(), hours_hint()))
            .add(row(at("levels"), Icon::Check, levels(), levels_hint()))
            .add(row(at("words"), Icon::Pencil, words(), words_hint()))
            .add(row(at("sheets"), Icon::Book, sheets(), sheets_hint()))
            .add(row("/surveys".to_owned(), Icon::Question, surveys(), surveys_hint()))
            .add(row(at("questions"), Icon::Pencil, questions(), questions_hint()))
            .add(row(at("policy"), Icon::Question, policy(), policy_hint()))
            .add(row(format!("/trail/{centre}"), Icon::Book, trail(), trail_hint()));
        el("div", "section").add(which_centre(&use_session().run_centres(), centre)).add(rows)
    })
}

/// A screen of the centre that I run; it is drawn once, so that nobody loses what they type.
fn of_centre(
    title: &'static str,
    up: Option<&'static str>,
    draw: impl Fn(DossierId) -> El + Send + 'static,
) -> AnyView {
    let session = use_session();
    let mine = Memo::new(move |_| session.centre().filter(|_| session.runs_centre()));
    let draw: Box<dyn Fn(DossierId) -> El + Send> = Box::new(draw);
    page(title, up)
        .live(move || match mine.get() {
            Some(centre) => {
                let name = move || session.with(centre, |it: &Dossier| it.centre.clone()).flatten();
                let name = el("p", "page-lead").live(move || name().map(|it| it.name));
                el("div", "section").add(name).add(untrack(|| draw(centre)))
            }
            None => el("p", "").add(not_yours()),
        })
        .part()
}

const UP: Option<&str> = Some("/centre");

/// One form of the centre, with what it has set until now.
fn one_form(
    title: &'static str,
    lead: &'static str,
    wrong: &'static str,
    fields: fn(&Rules) -> Vec<Field>,
    read: fn(&Filled) -> Option<Body>,
) -> AnyView {
    let session = use_session();
    of_centre(title, UP, move |centre: DossierId| {
        let asks = Asks { about: title, send: save(), wrong, then: None };
        // Each of these is set as a whole: what others, or this very form, set since then is taken along.
        let now = move || session.with(centre, |it| fields(&it.rules)).unwrap_or_default();
        let values = |all: &[Field]| all.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
        let fields: Vec<Field> = now().into_iter().map(Field::stay).collect();
        let shown = StoredValue::new(values(&fields));
        let read = move |it: &Filled| {
            let now = untrack(now);
            let whole = it.beside(&shown.get_value(), &values(&now));
            let body = read(&whole)?;
            shown.set_value(it.values().to_vec());
            Some(vec![body])
        };
        el("div", "section").add(el("p", "").add(lead)).add(form(
            centre,
            asks,
            fields,
            Box::new(read),
        ))
    })
}
