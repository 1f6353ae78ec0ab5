//! The versions of the plan (B4): who agreed to each and when, and what differs between any two.

use super::goal_parts::difference;
use crate::parts::{El, Icon, Part, Tone, choice, dates, el, live, section, soft, state_chip};
use crate::screens::file::{agreed_rows, screen_of};
use crate::screens::reading::name;
use crate::session::Session;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Chair, Dossier};
use dubbelspoor_domain::id::{DossierId, PlanHash};
use leptos::prelude::*;

words! {
    title { nl "Versies van het plan" en "Versions of the plan" fr "Versions du plan" }
    explain { nl "Het plan zoals het nu is, en elke versie waarmee iemand akkoord ging." en "The plan as it is now, and each version that somebody agreed to." fr "Le plan tel qu’il est maintenant, et chaque version que quelqu’un a approuvée." }
    none { nl "Er is nog geen plan." en "There is no plan yet." fr "Il n’y a pas encore de plan." }
    version(number) { nl "Versie {number}" en "Version {number}" fr "Version {number}" }
    now(number) { nl "Versie {number}, nu" en "Version {number}, now" fr "Version {number}, maintenant" }
    agreed { nl "Alle drie akkoord" en "All three agree" fr "Les trois d’accord" }
    some(count) { nl "{count} van 3 akkoord" en "{count} of 3 agree" fr "{count} sur 3 d’accord" }
    who_when(who, day) { nl "{who}, {day}" en "{who}, {day}" fr "{who}, {day}" }
    compare { nl "Vergelijk twee versies" en "Compare two versions" fr "Comparer deux versions" }
    one { nl "De ene" en "The one" fr "L’une" }
    other { nl "De andere" en "The other" fr "L’autre" }
    differs(count, from, to) { nl "Van versie {from} naar {to} veranderde: {count}" en "Changed from version {from} to {to}: {count}" fr "Changé de la version {from} à {to} : {count}" }
    choose_two { nl "Kies twee verschillende versies." en "Choose two different versions." fr "Choisissez deux versions différentes." }
}

/// The last first. A type of this module: what is made for it comes with the second part.
#[derive(Clone, PartialEq)]
struct Versions(Vec<PlanHash>);

pub(crate) fn versions(dossier: &str) -> AnyView {
    screen_of(
        dossier,
        title,
        |dossier| format!("/plan/{dossier}"),
        Box::new(|session, dossier, page| {
            let known = |it: &Dossier| it.plan_versions();
            let all =
                Memo::new(move |_| Versions(session.with(dossier, known).unwrap_or_default()));
            let listed = move || {
                let Versions(all) = all.get();
                session.with(dossier, |it| list(it, all)).part()
            };
            page.add(el("p", "").add(explain())).add(live(listed)).live(move || {
                (all.with(|it| it.0.len()) > 1).then(|| comparing(session, dossier, all))
            })
        }),
    )
}

/// The last first. Their numbers count from the oldest on, so that they stay when a new one comes.
fn list(it: &Dossier, all: Vec<PlanHash>) -> AnyView {
    if it.plan.is_empty() {
        return soft(none()).part();
    }
    let count = all.len();
    let cards: Vec<El> = all
        .into_iter()
        .enumerate()
        .map(|(at, version)| card(it, version, count - at, at))
        .collect();
    el("ul", "list").add(cards).part()
}

fn card(it: &Dossier, version: PlanHash, number: usize, back: usize) -> El {
    let said = it.consents_to(version);
    let by = |chair: Chair| {
        let (_, said) = said.iter().find(|(it, _)| *it == chair)?;
        let day = dates::full_day(Day::of_millis(said.at.millis()));
        Some(who_when(name(it, said.by), day))
    };
    let chairs = Chair::ALL.into_iter().filter(|it| said.iter().any(|(other, _)| other == it));
    let state = match chairs.count() {
        3 => state_chip(Tone::Confirmed, Icon::Check, agreed()),
        count => state_chip(Tone::Waiting, Icon::Hourglass, some(count)),
    };
    let heading = if back == 0 { now(number) } else { self::version(number) };
    el("li", "card")
        .add(el("div", "card-line").add(el("h2", "").add(heading)).add(state))
        .add(agreed_rows(&by))
}

/// Which two, at first the last two, and goal by goal what changed from the older to the newer one.
fn comparing(session: Session, dossier: DossierId, all: Memo<Versions>) -> El {
    let count = untrack(|| all.with(|it| it.0.len())) as u32;
    let (from, to) = (RwSignal::new(Some(count - 1)), RwSignal::new(Some(count)));
    let numbers: Vec<(u32, String)> = (1..=count).map(|it| (it, version(it))).collect();
    let shown = live(move || {
        let (one, other) = (from.get().unwrap_or_default(), to.get().unwrap_or_default());
        let (from, to) = (one.min(other), one.max(other));
        if from == to {
            return soft(choose_two()).part();
        }
        let hash = |number: u32| all.with(|it| it.0.get(it.0.len() - number as usize).copied());
        let found = hash(from).zip(hash(to)).and_then(|(before, after)| {
            session.with(dossier, |it| {
                let all = it.plan_between(before, after)?;
                let rows: Vec<El> =
                    all.iter().map(|row| el("li", "row").add(difference(it, row))).collect();
                let count = rows.len();
                let list = (count > 0).then(|| el("ul", "rows").add(rows));
                Some(vec![el("h3", "").add(differs(count, from, to)).part(), list.part()].part())
            })?
        });
        found.part()
    });
    section(compare())
        .add(soft(one()))
        .add(choice(one(), numbers.clone(), from, false))
        .add(soft(other()))
        .add(choice(other(), numbers, to, false))
        .add(el("div", "list").set("role", "status").add(shown))
}
