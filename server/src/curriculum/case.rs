//! A package of 1EdTech CASE 1.0 or 1.1: items, and which is a child of which. Items without children are competences,
//! what they are children of are goals, and whatever is above those is a heading. An item without children and without a
//! parent that is one is a goal by itself.

use super::{At, Curriculum, fault};
use dubbelspoor_domain::dossier::{Competence, CompetenceType, Goal, Level, Place, Translated};
use dubbelspoor_domain::wire::{Assumed, FaultIn, Wrong};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// CASE knows neither levels nor weeks nor places.
const ASSUMED: [Assumed; 4] =
    [Assumed::Independent, Assumed::AllYear, Assumed::BothPlaces, Assumed::Skills];

struct Item<'v> {
    id: &'v str,
    code: &'v str,
    statement: &'v str,
    language: &'v str,
    parent: Option<&'v str>,
}

pub(super) fn read(package: &Value) -> Result<Curriculum, Vec<FaultIn>> {
    let mut faults = Vec::new();
    let mut items = items(package, &mut faults);
    relate(package, &mut items, &mut faults);
    let known: BTreeMap<&str, usize> =
        items.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    for (at, it) in items.iter().enumerate() {
        if is_below_itself(&items, &known, at) {
            faults.push(fault(At::Place(it.id.to_owned()), Wrong::OwnParent, ""));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let parents: BTreeSet<&str> = items.iter().filter_map(|it| it.parent).collect();
    let is_leaf = |it: &Item<'_>| !parents.contains(it.id);
    let mut goals = Vec::new();
    for it in &items {
        let is_own = |own: &&Item<'_>| own.parent == Some(it.id) && is_leaf(own);
        let below: Vec<&Item<'_>> = items.iter().filter(is_own).collect();
        let stands_alone = is_leaf(it) && it.parent.is_none();
        if stands_alone || !below.is_empty() {
            goals.push(goal(it, &below));
        }
    }
    let title = package["CFDocument"]["title"].as_str();
    let language = package["CFDocument"]["language"].as_str().unwrap_or_default();
    let title = title.map(|it| translated(it, language));
    Ok(Curriculum { title, goals, assumed: ASSUMED.to_vec() })
}

fn items<'v>(package: &'v Value, faults: &mut Vec<FaultIn>) -> Vec<Item<'v>> {
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    let listed = package["CFItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (at, value) in listed.iter().enumerate() {
        let text = |field: &str| value[field].as_str().unwrap_or_default();
        let (id, statement) = (text("identifier"), text("fullStatement"));
        let place = At::Place(format!("CFItems[{at}]"));
        if id.is_empty() {
            faults.push(fault(place, Wrong::Empty, "identifier"));
        } else if statement.is_empty() {
            faults.push(fault(place, Wrong::Empty, "fullStatement"));
        } else if !seen.insert(id) {
            faults.push(fault(place, Wrong::Twice, id));
        } else {
            let code = Some(text("humanCodingScheme")).filter(|it| !it.is_empty()).unwrap_or(id);
            let language = text("language");
            items.push(Item { id, code, statement, language, parent: None });
        }
    }
    items
}

/// Who is a child of whom. An item at the top is a child of the document, or of nothing.
fn relate<'v>(package: &'v Value, items: &mut [Item<'v>], faults: &mut Vec<FaultIn>) {
    let document = package["CFDocument"]["identifier"].as_str().unwrap_or_default();
    let known: BTreeMap<&str, usize> =
        items.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let listed = package["CFAssociations"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (at, value) in listed.iter().enumerate() {
        if value["associationType"].as_str() != Some("isChildOf") {
            continue;
        }
        let end = |field: &str| value[field]["identifier"].as_str().unwrap_or_default();
        let (child, parent) = (end("originNodeURI"), end("destinationNodeURI"));
        let place = At::Place(format!("CFAssociations[{at}]"));
        let Some(child) = known.get(child) else {
            faults.push(fault(place, Wrong::NotThere, child));
            continue;
        };
        if parent != document && !known.contains_key(parent) {
            faults.push(fault(place, Wrong::NotThere, parent));
        } else if parent != document {
            items[*child].parent = Some(parent);
        }
    }
}

fn is_below_itself(items: &[Item<'_>], known: &BTreeMap<&str, usize>, at: usize) -> bool {
    let up = |at: usize| items[at].parent.and_then(|it| known.get(it)).copied();
    let mut above = up(at);
    for _ in 0..items.len() {
        match above {
            Some(it) if it == at => return true,
            Some(it) => above = up(it),
            None => return false,
        }
    }
    above.is_some()
}

fn goal(it: &Item<'_>, below: &[&Item<'_>]) -> Goal {
    let competence = |it: &&Item<'_>| Competence {
        code: it.code.to_owned(),
        sort: CompetenceType::Skill,
        text: translated(it.statement, it.language),
    };
    Goal {
        goal: it.code.to_owned(),
        title: translated(it.statement, it.language),
        competences: below.iter().map(competence).collect(),
        expected: Level::Independent,
        places: vec![Place::Workplace, Place::School],
        from_week: 1,
        to_week: 40,
        criteria: None,
        by: None,
        where_exactly: None,
        workplaces: dubbelspoor_domain::Added::default(),
        people: dubbelspoor_domain::Added::default(),
    }
}

/// Dutch is what the screens fall back on, so a text of another language stands there as well.
fn translated(text: &str, language: &str) -> Translated {
    let own = |it: &str| if language.starts_with(it) { text.to_owned() } else { String::new() };
    Translated { nl: text.to_owned(), en: own("en"), fr: own("fr") }
}
