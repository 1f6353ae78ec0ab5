//! What a goal of the plan is made of, what each part is called, and what changed of it.

use crate::parts::{El, el, soft};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Difference, Goal};

words! {
    is_new(goal) { nl "Nieuw: {goal}" en "New: {goal}" fr "Nouveau : {goal}" }
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

/// What is agreed to of a goal, part by part, each with what it is called.
pub(super) fn parts_of(it: &Goal) -> [(&'static str, String); 7] {
    let places: Vec<_> = it.places.iter().map(|it| vocabulary::place(*it)).collect();
    let made_of_all: Vec<_> =
        it.competences.iter().map(|it| vocabulary::translated(&it.text)).collect();
    let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "–".to_owned());
    [
        (name(), vocabulary::translated(&it.title)),
        (made_of(), made_of_all.join(", ")),
        (expected(), vocabulary::level(it.expected).to_owned()),
        (where_when(), line(places.join(" + "), it.from_week, it.to_week)),
        (exactly(), said(&it.where_exactly)),
        (by(), said(&it.by)),
        (criteria(), said(&it.criteria)),
    ]
}

/// Each part of a goal that is no longer the same: before, and now.
pub(super) fn difference(it: &Difference<'_>) -> El {
    match it {
        Difference::New(goal) => el("span", "").add(is_new(vocabulary::translated(&goal.title))),
        Difference::Changed(old, goal) => {
            let parts = parts_of(old).into_iter().zip(parts_of(goal));
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
