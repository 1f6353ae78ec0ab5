//! An entry in a list: on its rail, with its state at the edge and in words.

use crate::parts::{Icon, Tone, dates, state_chip};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, EntryRecord, Place};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::progress::EntryState;
use leptos::prelude::*;
use leptos_router::components::A;

words! {
    only_here { nl "Op dit toestel" en "On this device" fr "Sur cet appareil" }
    no_text { nl "Zonder tekst" en "Without text" fr "Sans texte" }
}

/// The card of an entry with its day, leading to it.
pub(crate) fn entry_card(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
) -> AnyView {
    let day = dates::day(entry.shown().content.day, session.today());
    card(session, dossier, it, entry, Some(day))
}

/// The card of an entry below the name of its day.
pub(crate) fn entry_card_of_day(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
) -> AnyView {
    card(session, dossier, it, entry, None)
}

fn card(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
    day: Option<String>,
) -> AnyView {
    let shown = entry.shown();
    let content = &shown.content;
    let state = it.state_of(entry);
    let rail = match content.place {
        Place::Workplace => "card-workplace",
        Place::School | Place::TrainingCentre => "card-school",
    };
    let node = match tone_of(state).0 {
        Tone::Plain => "",
        Tone::Waiting => "card-waiting",
        Tone::Confirmed => "card-confirmed",
        Tone::NeedsYou => "card-needs-you",
    };
    let goals = content.goals.iter().filter_map(|touched| it.plan.get(&touched.goal));
    let goals = goals.map(|it| vocabulary::translated(&it.title)).collect::<Vec<_>>().join(" · ");
    let title = match (content.text.is_empty(), goals.is_empty()) {
        (false, _) => content.text.clone(),
        (true, false) => goals.clone(),
        (true, true) => no_text().to_owned(),
    };
    let (place, time) = (vocabulary::place(content.place), u32::from(content.minutes));
    let line = day.into_iter().chain([place.to_owned(), dates::duration(time)]);
    let line = line.collect::<Vec<_>>().join(" · ");
    let chip = state_of(state);
    let here = session.is_only_here(dossier, shown.hash);
    let has_text = !content.text.is_empty() && !goals.is_empty();
    view! {
        <A href=format!("/entry/{}", entry.entry) attr:class=format!("card card-link {rail} {node}")>
            <h3 class="clamp">{title}</h3>
            {has_text.then(|| view! { <p class="soft clamp">{goals}</p> })}
            <div class="card-line">
                <span class="soft">{line}</span>
                {chip}
                {here.then(|| state_chip(Tone::Waiting, Icon::Phone, only_here()))}
            </div>
        </A>
    }
    .into_any()
}

/// A state as a chip.
pub(crate) fn state_of(it: EntryState) -> AnyView {
    let (tone, picture) = tone_of(it);
    state_chip(tone, picture, vocabulary::entry_state(it))
}

fn tone_of(it: EntryState) -> (Tone, Icon) {
    match it {
        EntryState::Draft => (Tone::Plain, Icon::Pencil),
        EntryState::Private => (Tone::Plain, Icon::Lock),
        EntryState::Shared => (Tone::Plain, Icon::People),
        EntryState::Waiting => (Tone::Waiting, Icon::Hourglass),
        EntryState::Answered => (Tone::Confirmed, Icon::Check),
        EntryState::ConfirmedEarlier | EntryState::TwoVersions => (Tone::NeedsYou, Icon::Fork),
        EntryState::Withdrawn => (Tone::Plain, Icon::Barred),
    }
}
