//! What a goal of the plan is made of, what each part is called, what changed of it, and what somebody proposes about it.

use crate::parts::{El, el, soft};
use crate::screens::reading::name as by_name;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, Change, CompetenceType, Difference, Dossier, Goal, PlanProposal,
};

words! {
    is_new(goal) { nl "Nieuw: {goal}" en "New: {goal}" fr "Nouveau : {goal}" }
    is_gone(goal) { nl "Uit het plan: {goal}" en "Out of the plan: {goal}" fr "Retiré du plan : {goal}" }
    at_school { nl "Op school leren" en "Learn it at school" fr "L’apprendre à l’école" }
    elsewhere { nl "Op een andere werkplek" en "At another workplace" fr "Sur un autre lieu de travail" }
    centre { nl "In een opleidingscentrum" en "In a training centre" fr "Dans un centre de formation" }
    earlier { nl "Vroeger in het jaar" en "Earlier in the year" fr "Plus tôt dans l’année" }
    later { nl "Later in het jaar" en "Later in the year" fr "Plus tard dans l’année" }
    level { nl "Een ander niveau" en "Another level" fr "Un autre niveau" }
    other { nl "Iets anders" en "Something else" fr "Autre chose" }
    in_week(week) { nl "vanaf week {week}" en "from week {week}" fr "à partir de la semaine {week}" }
    was(before, now) { nl "Eerst {before}, nu {now}" en "Before {before}, now {now}" fr "Avant {before}, maintenant {now}" }
    criteria { nl "Waaraan zie je dat het lukt?" en "How do you see that it works?" fr "À quoi voit-on que c’est acquis ?" }
    made_of { nl "Waaruit het bestaat" en "What it is made of" fr "De quoi il se compose" }
    where_when { nl "Waar en wanneer" en "Where and when" fr "Où et quand" }
    line(places, from, to) { nl "{places}, week {from} tot {to}" en "{places}, week {from} to {to}" fr "{places}, semaine {from} à {to}" }
    name { nl "Naam" en "Name" fr "Nom" }
    expected { nl "Verwacht niveau" en "Expected level" fr "Niveau attendu" }
    by { nl "Door wie?" en "By whom?" fr "Par qui ?" }
    exactly { nl "Waar precies?" en "Where exactly?" fr "Où exactement ?" }
}

/// Knowledge, skills and attitudes, in this order, each called what it is (B1).
pub(super) fn competences(it: &Goal) -> El {
    let mut rows = el("ul", "rows");
    for sort in CompetenceType::ALL {
        for it in it.competences.iter().filter(|it| it.sort == sort) {
            let text = el("span", "row-text")
                .add(el("span", "").add(vocabulary::translated(&it.text)))
                .add(el("span", "soft").add(vocabulary::competence_type(sort)));
            rows = rows.add(el("li", "row").add(text));
        }
    }
    rows
}

/// At which workplaces of the dossier a goal is learnt, and where exactly in words; empty where nobody said.
pub(super) fn where_exactly(dossier: &Dossier, it: &Goal) -> String {
    let known = it.workplaces.iter().filter_map(|it| dossier.start.workplace(*it));
    known
        .map(|it| it.company.clone())
        .chain(it.where_exactly.clone())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Who teaches a goal, of those who take part and in words; empty where nobody said.
pub(super) fn by_whom(dossier: &Dossier, it: &Goal) -> String {
    let people = it.people.iter().map(|it| by_name(dossier, *it));
    people.chain(it.by.clone()).collect::<Vec<_>>().join(", ")
}

/// What is agreed to of a goal, part by part, each with what it is called.
fn parts_of(dossier: &Dossier, it: &Goal) -> [(&'static str, String); 7] {
    let places: Vec<_> = it.places.iter().map(|it| vocabulary::place(*it)).collect();
    let made_of_all: Vec<_> =
        it.competences.iter().map(|it| vocabulary::translated(&it.text)).collect();
    let said = |words: String| if words.is_empty() { "–".to_owned() } else { words };
    [
        (name(), vocabulary::translated(&it.title)),
        (made_of(), made_of_all.join(", ")),
        (expected(), vocabulary::level(it.expected).to_owned()),
        (where_when(), line(places.join(" + "), it.from_week, it.to_week)),
        (exactly(), said(where_exactly(dossier, it))),
        (by(), said(by_whom(dossier, it))),
        (criteria(), said(it.criteria.clone().unwrap_or_default())),
    ]
}

/// Each part of a goal that is no longer the same: before, and now.
pub(super) fn difference(dossier: &Dossier, it: &Difference<'_>) -> El {
    match it {
        Difference::Dropped(goal) => {
            el("span", "").add(is_gone(vocabulary::translated(&goal.title)))
        }
        Difference::New(goal) => el("span", "").add(is_new(vocabulary::translated(&goal.title))),
        Difference::Changed(old, goal) => {
            let parts = parts_of(dossier, old).into_iter().zip(parts_of(dossier, goal));
            let changed = parts.filter(|(before, now)| before != now);
            let mut row =
                el("span", "row-text").add(el("span", "").add(vocabulary::translated(&goal.title)));
            for ((part, before), (_, now)) in changed {
                row = row.add(soft(part)).add(el("span", "words").add(was(before, now)));
            }
            row
        }
    }
}

/// What a proposal asks for, in words.
pub(super) fn change_words(it: Change) -> &'static str {
    match it {
        Change::AtSchool => at_school(),
        Change::OtherWorkplace => elsewhere(),
        Change::TrainingCentre => centre(),
        Change::Earlier => earlier(),
        Change::Later => later(),
        Change::OtherLevel => level(),
        Change::Other => other(),
    }
}

/// A proposal as people read it: what, from when, where.
pub(super) fn proposal_words(it: &PlanProposal) -> String {
    let week = it.from_week.map(in_week);
    let all = [Some(change_words(it.change).to_owned()), week, it.where_exactly.clone()];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who may say such a thing.
pub(super) fn sample() -> Body {
    let (change, reason) = (Change::Other, "?".to_owned());
    let it = PlanProposal { goal: None, change, reason, from_week: None, where_exactly: None };
    Body::PlanProposal(it)
}
