//! A package of 1EdTech CASE 1.0 or 1.1: items, and which is a child of which. Items without children are competences,
//! what they are children of are goals, and whatever is above those is a heading. An item without children and without a
//! parent that is one is a goal by itself.

use super::spot::{Part, Spots};
use super::{At, Curriculum, Found, GoalLines, fault};
use dubbelspoor_domain::dossier::{Competence, CompetenceType, Goal, Level, Place, Translated};
use dubbelspoor_domain::wire::{Assumed, FaultIn, Wrong};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// CASE knows neither levels nor weeks nor places.
const ASSUMED: [Assumed; 4] =
    [Assumed::Independent, Assumed::AllYear, Assumed::BothPlaces, Assumed::Skills];

/// What tells a package from the product's own JSON.
#[derive(Deserialize)]
pub(super) struct Kind {
    #[serde(rename = "CFItems")]
    items: Option<IgnoredAny>,
}

impl Kind {
    pub(super) fn is_package(&self) -> bool {
        self.items.is_some()
    }
}

#[derive(Deserialize)]
struct Package<'f> {
    #[serde(rename = "CFDocument", default)]
    document: Value,
    #[serde(rename = "CFItems", borrow)]
    items: Vec<Part<'f>>,
    #[serde(rename = "CFAssociations", default)]
    associations: Vec<Part<'f>>,
}

/// A value of the package and the line where it begins.
type Lined = (u64, Value);

struct Item<'v> {
    line: u64,
    id: &'v str,
    code: &'v str,
    statement: &'v str,
    language: &'v str,
    parent: Option<&'v str>,
}

pub(super) fn read(file: &[u8]) -> Result<Found, Vec<FaultIn>> {
    let spots = Spots::of(file);
    let Package { document, items: listed, associations } = spots.whole()?;
    let (listed, associations) = (lined(&spots, listed)?, lined(&spots, associations)?);
    let mut faults = Vec::new();
    let mut items = items(&listed, &mut faults);
    let top = document["identifier"].as_str().unwrap_or_default();
    relate(top, &associations, &mut items, &mut faults);
    let known: BTreeMap<&str, usize> =
        items.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    for (at, it) in items.iter().enumerate() {
        if is_below_itself(&items, &known, at) {
            let at = At::Place(it.line, it.id.to_owned());
            faults.push(fault(at, Wrong::OwnParent, ""));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let (goals, lines) = goals(&items);
    let language = document["language"].as_str().unwrap_or_default();
    let title = document["title"].as_str().map(|it| translated(it, language));
    Ok(Found { curriculum: Curriculum { title, goals, assumed: ASSUMED.to_vec() }, lines })
}

fn lined<'f>(spots: &Spots<'f>, parts: Vec<Part<'f>>) -> Result<Vec<Lined>, Vec<FaultIn>> {
    let read = |part| spots.read(part).map(|it| (spots.line(part), it)).map_err(|it| vec![it]);
    parts.into_iter().map(read).collect()
}

fn goals(items: &[Item<'_>]) -> (Vec<Goal>, Vec<GoalLines>) {
    let parents: BTreeSet<&str> = items.iter().filter_map(|it| it.parent).collect();
    let is_leaf = |it: &Item<'_>| !parents.contains(it.id);
    let mut found = (Vec::new(), Vec::new());
    for it in items {
        let is_own = |own: &&Item<'_>| own.parent == Some(it.id) && is_leaf(own);
        let below: Vec<&Item<'_>> = items.iter().filter(is_own).collect();
        let stands_alone = is_leaf(it) && it.parent.is_none();
        if stands_alone || !below.is_empty() {
            let competences = below.iter().map(|it| it.line).collect();
            found.0.push(goal(it, &below));
            found.1.push(GoalLines { goal: it.line, competences });
        }
    }
    found
}

fn items<'v>(listed: &'v [Lined], faults: &mut Vec<FaultIn>) -> Vec<Item<'v>> {
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, (line, value)) in listed.iter().enumerate() {
        let text = |field: &str| value[field].as_str().unwrap_or_default();
        let (id, statement) = (text("identifier"), text("fullStatement"));
        let place = At::Place(*line, format!("CFItems[{at}]"));
        if id.is_empty() {
            faults.push(fault(place, Wrong::Empty, "identifier"));
        } else if statement.is_empty() {
            faults.push(fault(place, Wrong::Empty, "fullStatement"));
        } else if !seen.insert(id) {
            faults.push(fault(place, Wrong::Twice, id));
        } else {
            let code = Some(text("humanCodingScheme")).filter(|it| !it.is_empty()).unwrap_or(id);
            let language = text("language");
            items.push(Item { line: *line, id, code, statement, language, parent: None });
        }
    }
    items
}

/// Who is a child of whom. An item at the top is a child of the document, or of nothing.
fn relate<'v>(
    document: &str,
    listed: &'v [Lined],
    items: &mut [Item<'v>],
    faults: &mut Vec<FaultIn>,
) {
    let known: BTreeMap<&str, usize> =
        items.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    for (at, (line, value)) in listed.iter().enumerate() {
        if value["associationType"].as_str() != Some("isChildOf") {
            continue;
        }
        let end = |field: &str| value[field]["identifier"].as_str().unwrap_or_default();
        let (child, parent) = (end("originNodeURI"), end("destinationNodeURI"));
        let place = At::Place(*line, format!("CFAssociations[{at}]"));
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
