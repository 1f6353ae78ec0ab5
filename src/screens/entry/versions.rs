//! An entry's versions: the history, and the choice when two devices wrote at once. Nothing is merged by a machine.

use crate::parts::{Icon, Notice, Tone, dates, icon};
use crate::session::{NotKept, Session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, Dossier, Entry, EntryRecord, Stage, Version};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

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
) -> AnyView {
    let heads = entry.heads();
    let hashes: Vec<_> = heads.iter().map(|it| it.hash).collect();
    let fault = RwSignal::new(None::<NotKept>);
    let card = |head: &&Version| {
        let chosen = Entry { parents: hashes.clone(), ..head.content.clone() };
        let keep = move |_| {
            let body = Body::Entry(chosen.clone());
            spawn_local(async move {
                if let Err(why) = session.record(dossier, move |it| it.add(&body)).await {
                    fault.try_set(Some(why));
                }
            });
        };
        let goals = head.content.goals.iter().filter_map(|touched| it.plan.get(&touched.goal));
        let goals =
            goals.map(|it| vocabulary::translated(&it.title)).collect::<Vec<_>>().join(" · ");
        let label = version_of(dates::moment(head.at.millis()));
        view! {
            <li class="card">
                <h3>{label}</h3>
                <p class="words">{head.content.text.clone()}</p>
                <p class="soft">{goals}</p>
                <p class="soft">
                    {dates::long_day(head.content.day)} " · " {dates::duration(u32::from(head.content.minutes))}
                </p>
                <button class="button" on:click=keep>{keep_this()}</button>
            </li>
        }
    };
    view! {
        <section class="section">
            <Notice tone=Tone::NeedsYou><h2>{two_title()}</h2><p>{two_words()}</p></Notice>
            {move || fault.get().map(|it| view! {
                <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
            })}
            <ul class="list">{heads.iter().map(card).collect_view()}</ul>
            <A href=format!("/edit/{}", entry.entry) attr:class="button">{icon(Icon::Pencil)} {combine()}</A>
        </section>
    }
    .into_any()
}

/// Every version, newest first.
pub(super) fn history(it: &Dossier, entry: &EntryRecord) -> Option<AnyView> {
    let confirmed: Vec<_> =
        it.outcomes(entry.entry).iter().map(|(it, _)| it.confirmation.version).collect();
    let line = |version: &Version| {
        let what = match version.content.stage {
            Stage::Draft => drafted(),
            Stage::Withdrawn => withdrawn(),
            Stage::Submitted if version.content.parents.is_empty() => first(),
            Stage::Submitted => changed(),
        };
        let sealed = if confirmed.contains(&version.hash) { was_confirmed() } else { "" };
        view! {
            <li class="row">
                <span class="row-text">
                    <span>{what} " " <span class="soft">{sealed}</span></span>
                    <span class="soft">{dates::moment(version.at.millis())}</span>
                    {differs(entry, version).map(|it| view! { <span class="soft">{it}</span> })}
                    <span class="clamp">{version.content.text.clone()}</span>
                </span>
            </li>
        }
    };
    let versions: Vec<_> = entry.history().rev().map(line).collect();
    (versions.len() > 1).then(|| {
        view! {
            <details class="section">
                <summary class="button button-quiet">{history_title()} " (" {versions.len()} ")"</summary>
                <ul class="rows">{versions}</ul>
            </details>
        }
        .into_any()
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
    let fields: Vec<_> =
        fields.into_iter().filter_map(|(is_new, it)| is_new.then_some(it)).collect();
    (!fields.is_empty()).then(|| changed_what(fields.join(", ")))
}
