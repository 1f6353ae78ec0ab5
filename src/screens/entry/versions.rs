//! An entry's versions: the history, and the choice when two devices wrote at once. Nothing is merged by a machine.

use super::super::entry_card::goal_titles;
use super::super::told;
use super::write;
use crate::parts::{El, Icon, Tone, button, dates, el, icon, link, notice, soft};
use crate::session::{NotKept, Session};
use dubbelspoor_domain::dossier::{Body, Dossier, Entry, EntryRecord, Stage, Version};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::RwSignal;

words! {
    two_title { nl "Twee versies" en "Two versions" fr "Deux versions" }
    two_words {
        nl "Je schreef dit op twee toestellen tegelijk. Beide zijn bewaard. Kies wat blijft."
        en "You wrote this on two devices at once. Both are kept. Choose what stays."
        fr "Vous avez écrit ceci sur deux appareils en même temps. Les deux sont conservés. Choisissez."
    }
    keep_this { nl "Houd deze versie" en "Keep this version" fr "Garder cette version" }
    combine { nl "Maak er één van" en "Make one of them" fr "En faire une seule" }
    history_title { nl "Geschiedenis" en "History" fr "Historique" }
    version_of(moment) { nl "Versie van {moment}" en "Version of {moment}" fr "Version du {moment}" }
    first { nl "Geschreven" en "Written" fr "Écrit" }
    changed { nl "Gewijzigd" en "Changed" fr "Modifié" }
    drafted { nl "Concept" en "Draft" fr "Brouillon" }
    withdrawn { nl "Ingetrokken" en "Withdrawn" fr "Retiré" }
    changed_what(fields) { nl "Anders: {fields}" en "Different: {fields}" fr "Différent : {fields}" }
    field_text { nl "tekst" en "text" fr "texte" }
    field_reflection { nl "terugblik" en "looking back" fr "retour sur soi" }
    field_goals { nl "doelen" en "goals" fr "objectifs" }
    field_duration { nl "duur" en "duration" fr "durée" }
    field_day { nl "dag" en "day" fr "jour" }
    field_place { nl "plaats" en "place" fr "lieu" }
    field_readers { nl "wie het leest" en "who reads it" fr "qui le lit" }
    was_confirmed { nl "bevestigd" en "confirmed" fr "confirmée" }
}

/// The heads side by side, each with its own button.
pub(super) fn choice(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
) -> El {
    let heads = entry.heads();
    let hashes: Vec<_> = heads.iter().map(|it| it.hash).collect();
    let fault = RwSignal::new(None::<NotKept>);
    let mut list = el("ul", "list");
    for head in heads {
        let content = &head.content;
        let chosen = Body::Entry(Entry { parents: hashes.clone(), ..content.clone() });
        let keep = move || write(session, dossier, chosen.clone(), fault);
        let when = dates::long_day(content.day);
        let line = format!("{when} · {}", dates::duration(u32::from(content.minutes)));
        list = list.add(
            el("li", "card")
                .add(el("h3", "").add(version_of(dates::moment(head.at.millis()))))
                .add(el("p", "words").add(content.text.clone()))
                .add(soft(goal_titles(it, content)))
                .add(soft(line))
                .add(button("button", keep).add(keep_this())),
        );
    }
    let both = vec![el("h2", "").add(two_title()), el("p", "").add(two_words())];
    let one = link(format!("/edit/{}", entry.entry), "button");
    el("section", "section")
        .add(notice(Tone::NeedsYou, both))
        .add(told(fault))
        .add(list)
        .add(one.add(icon(Icon::Pencil)).add(combine()))
}

/// Every version, newest first.
pub(super) fn history(it: &Dossier, entry: &EntryRecord) -> Option<El> {
    let outcomes = it.outcomes(entry.entry);
    let is_sealed = |hash| outcomes.iter().any(|(it, _)| it.confirmation.version == hash);
    let mut rows = Vec::new();
    for version in entry.history().rev() {
        let what = match version.content.stage {
            Stage::Draft => drafted(),
            Stage::Withdrawn => withdrawn(),
            Stage::Submitted if version.content.parents.is_empty() => first(),
            Stage::Submitted => changed(),
        };
        let sealed = if is_sealed(version.hash) { was_confirmed() } else { "" };
        let text = el("span", "row-text")
            .add(el("span", "").add(what).add(" ").add(el("span", "soft").add(sealed)))
            .add(el("span", "soft").add(dates::moment(version.at.millis())))
            .add(differs(entry, version).map(|it| el("span", "soft").add(it)))
            .add(el("span", "clamp").add(version.content.text.clone()));
        rows.push(el("li", "row").add(text));
    }
    (rows.len() > 1).then(|| {
        let summary = format!("{} ({})", history_title(), rows.len());
        el("details", "section")
            .stays_open("history".to_owned())
            .add(el("summary", "button button-quiet").add(summary))
            .add(el("ul", "rows").add(rows))
    })
}

/// In what a version differs from the one that it was made from.
fn differs(entry: &EntryRecord, it: &Version) -> Option<String> {
    let before = &entry.version(*it.content.parents.last()?)?.content;
    let now = &it.content;
    let fields = [
        (before.text != now.text, field_text()),
        (before.reflection != now.reflection, field_reflection()),
        (before.goals != now.goals, field_goals()),
        (before.minutes != now.minutes, field_duration()),
        (before.day != now.day, field_day()),
        (before.place != now.place, field_place()),
        (before.audience != now.audience, field_readers()),
    ];
    let mut told = String::new();
    for (is_new, it) in fields {
        if is_new {
            told.push_str(if told.is_empty() { "" } else { ", " });
            told.push_str(it);
        }
    }
    (!told.is_empty()).then(|| changed_what(told))
}
