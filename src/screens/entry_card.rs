//! An entry in a list: on its rail, with its state at the edge and in words.

use crate::parts::{El, Icon, Tone, dates, el, link, state_chip};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Entry, EntryRecord, Place};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::progress::EntryState;
use leptos::prelude::AnyView;

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
) -> El {
    let day = dates::day(entry.shown().content.day, session.today());
    card(session, dossier, it, entry, Some(day))
}

/// The card of an entry below the name of its day.
pub(crate) fn entry_card_of_day(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
) -> El {
    card(session, dossier, it, entry, None)
}

fn card(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    entry: &EntryRecord,
    day: Option<String>,
) -> El {
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
    let goals = goal_titles(it, content);
    let title = match (content.text.is_empty(), goals.is_empty()) {
        (false, _) => content.text.clone(),
        (true, false) => goals.clone(),
        (true, true) => no_text().to_owned(),
    };
    let (place, time) = (vocabulary::place(content.place), u32::from(content.minutes));
    let line = format!("{place} · {}", dates::duration(time));
    let line = day.map_or_else(|| line.clone(), |day| format!("{day} · {line}"));
    let here = session.is_only_here(dossier, shown.hash);
    let here = here.then(|| state_chip(Tone::Waiting, Icon::Phone, only_here()));
    let has_both = !content.text.is_empty() && !goals.is_empty();
    let line =
        el("div", "card-line").add(el("span", "soft").add(line)).add(state_of(state)).add(here);
    link(format!("/entry/{}", entry.entry), "")
        .set("class", format!("card card-link {rail} {node}"))
        .add(el("h3", "clamp").add(title))
        .add(has_both.then(|| el("p", "soft clamp").add(goals)))
        .add(line)
}

/// The goals that an entry touches, in words.
pub(super) fn goal_titles(it: &Dossier, content: &Entry) -> String {
    let mut titles = String::new();
    for touched in &content.goals {
        if let Some(goal) = it.plan.known(&touched.goal) {
            if !titles.is_empty() {
                titles.push_str(" · ");
            }
            titles.push_str(&vocabulary::translated(&goal.title));
        }
    }
    titles
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
        EntryState::NotReached => (Tone::Plain, Icon::Circle),
        EntryState::ConfirmedEarlier | EntryState::TwoVersions => (Tone::NeedsYou, Icon::Fork),
        EntryState::Withdrawn => (Tone::Plain, Icon::Barred),
    }
}
