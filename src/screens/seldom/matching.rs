//! Which of the centre's sites fits a learner (A12): recognised for the course, and with most of the goals that no
//! workplace of the leertraject covers yet. From here a workplace is filled in.

use super::recognised::recognition;
use crate::parts::{El, Part, el, empty, link, section, soft};
use crate::screens::file::{reading, screen_of};
use crate::screens::reading::{disclosure, disclosure_of};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Fit, Goal};
use leptos::prelude::*;

words! {
    title { nl "Welke werkplek past?" en "Which workplace fits?" fr "Quel lieu convient ?" }
    lead { nl "Uit de lijst van het centrum. Bovenaan wie erkend is voor deze opleiding en de meeste doelen heeft die nog geen werkplek dekt." en "From the list of the centre. First those that are recognised for this course and have most of the goals that no workplace covers yet." fr "Dans la liste du centre. D’abord ceux qui sont reconnus pour cette formation et ont le plus d’objectifs qu’aucun lieu ne couvre encore." }
    looked_for { nl "Wat we zoeken" en "What we look for" fr "Ce que nous cherchons" }
    none { nl "Nog geen leerwerkplekken in de lijst" en "No workplaces in the list yet" fr "Pas encore de lieux dans la liste" }
    none_words { nl "Wie het centrum beheert, voegt ze toe. Intussen kun je bij Mensen en plaatsen zelf een werkplek invullen." en "Whoever runs the centre adds them. Meanwhile you can fill in a workplace yourself under People and places." fr "La personne qui gère le centre les ajoute. En attendant, vous pouvez remplir un lieu vous-même sous Personnes et lieux." }
    others(count) { nl "Niet erkend voor deze opleiding ({count})" en "Not recognised for this course ({count})" fr "Pas reconnus pour cette formation ({count})" }
    covers_none { nl "Dekt geen doelen van dit plan" en "Covers no goals of this plan" fr "Ne couvre aucun objectif de ce plan" }
    covers_one { nl "Dekt 1 doel van dit plan" en "Covers 1 goal of this plan" fr "Couvre 1 objectif de ce plan" }
    covers(count) { nl "Dekt {count} [doel|doelen] van dit plan" en "Covers {count} [goal|goals] of this plan" fr "Couvre {count} [objectif|objectifs] de ce plan" }
    places(count) { nl "Plaats voor {count} [cursist|cursisten]" en "Room for {count} [learner|learners]" fr "De la place pour {count} [apprenant|apprenants]" }
    take { nl "Kies deze werkplek" en "Choose this workplace" fr "Choisir ce lieu" }
    is_taken { nl "Staat al in dit leertraject" en "Is in this track already" fr "Figure déjà dans ce parcours" }
    beyond_reach(count) { nl "Doelen die geen erkende werkplek dekt ({count})" en "Goals that no recognised workplace covers ({count})" fr "Objectifs qu’aucun lieu reconnu ne couvre ({count})" }
    beyond_hint { nl "Leer ze op school of in een opleidingscentrum, of zoek een tweede werkplek." en "Learn them at school or at a training centre, or look for a second workplace." fr "Apprenez-les à l’école ou dans un centre de formation, ou cherchez un deuxième lieu." }
}

pub(crate) fn matching(dossier: &str) -> AnyView {
    let up = |dossier| format!("/start/{dossier}");
    screen_of(
        dossier,
        title,
        up,
        Box::new(|session, dossier, page| {
            page.add(el("p", "page-lead").add(lead()))
                .add(reading(session, dossier, |_, it| wanted(it).part()))
                .add(reading(session, dossier, found))
        }),
    )
}

/// What was concluded at the start about the place to look for (A11), the last first.
fn wanted(it: &Dossier) -> Option<El> {
    let said = it.start.notes().iter().rev().filter_map(|it| it.what.for_matching.clone());
    let said: Vec<El> = said.map(|it| el("p", "words").add(it)).collect();
    (!said.is_empty()).then(|| el("div", "card").add(el("h2", "").add(looked_for())).add(said))
}

fn found(session: Session, it: &Dossier) -> AnyView {
    let today = session.today();
    let shown = it.of_centre.and_then(|centre| {
        session.with(centre, |centre| {
            let fits = it.fits(&centre.rules, today);
            (!fits.is_empty()).then(|| sites(it, &fits))
        })
    });
    shown.flatten().unwrap_or_else(|| empty(none(), none_words(), None)).part()
}

fn sites(it: &Dossier, fits: &[Fit<'_>]) -> El {
    let cards = |recognised: bool| {
        let of_these = fits.iter().filter(move |it| it.recognition.is_some() == recognised);
        of_these.map(|fit| el("li", "card").add(card(it, fit))).collect::<Vec<_>>()
    };
    let unrecognised = cards(false);
    let others = (!unrecognised.is_empty())
        .then(|| disclosure(others(unrecognised.len()), el("ul", "list").add(unrecognised)));
    let beyond = it.beyond_reach(fits);
    let missing = (!beyond.is_empty())
        .then(|| section(beyond_reach(beyond.len())).add(soft(beyond_hint())).add(goals(&beyond)));
    el("div", "section").add(el("ul", "list").add(cards(true))).add(missing).add(others)
}

fn card(it: &Dossier, fit: &Fit<'_>) -> El {
    let site = fit.site;
    let room = match site.places {
        0 => None,
        many => Some(places(many)),
    };
    let lines = [Some(site.reach.clone()), room, Some(site.support.clone())];
    let lines: Vec<El> = lines
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .map(|it| el("p", "words").add(it))
        .collect();
    let opens = |words| disclosure_of(site.site.to_string(), words, goals(&fit.covers));
    let covered = match fit.covers.len() {
        0 => soft(covers_none()),
        1 => opens(covers_one().to_owned()),
        many => opens(covers(many)),
    };
    let act = match it.start.workplace(site.site) {
        Some(_) => soft(is_taken()),
        None => {
            let which = el("span", "visually-hidden").add(site.company.clone());
            link(format!("/workplace/{}/{}", it.id, site.site), "button")
                .add(take())
                .add(" ")
                .add(which)
        }
    };
    el("div", "section")
        .add(el("h2", "").add(site.company.clone()))
        .add(soft(site.address.clone()))
        .add(el("div", "").add(recognition(fit.recognition)))
        .add(lines)
        .add(covered)
        .add(act)
}

fn goals(all: &[&Goal]) -> El {
    let row = |it: &&Goal| el("li", "row").add(vocabulary::translated(&it.title));
    el("ul", "rows").add(all.iter().map(row).collect::<Vec<_>>())
}
