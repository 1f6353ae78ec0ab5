//! The diary: every entry on its rail, newest first, to search and to filter. Smooth at five thousand.

use super::entry_card::entry_card;
use crate::parts::{ActionBar, Choice, Empty, Icon, LongList, Page, icon};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Place};
use dubbelspoor_domain::id::{DossierId, EntryId};
use dubbelspoor_domain::progress::EntryState;
use leptos::prelude::*;
use leptos_router::components::A;

words! {
    title { nl "Dagboek" en "Diary" fr "Journal" }
    new_activity { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    search { nl "Zoek in je dagboek" en "Search your diary" fr "Chercher dans votre journal" }
    show_only { nl "Toon" en "Show" fr "Afficher" }
    count(count) { nl "{count} activiteiten" en "{count} activities" fr "{count} activités" }
    none_title { nl "Niets gevonden" en "Nothing found" fr "Rien trouvé" }
    none_words { nl "Probeer een ander woord of toon alles." en "Try another word or show all." fr "Essayez un autre mot ou affichez tout." }
    empty_title { nl "Nog geen activiteiten" en "No activities yet" fr "Pas encore d’activités" }
    empty_words { nl "Wat je schrijft, komt hier op het spoor van je werkplek of je school." en "What you write comes here, on the track of your workplace or your school." fr "Ce que vous écrivez arrive ici, sur la voie de votre lieu de travail ou de votre école." }
    to_do { nl "Jij bent aan zet" en "Your turn" fr "À vous de jouer" }
}

/// What a filter shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Filter {
    At(Place),
    Waiting,
    Confirmed,
    YourTurn,
}

impl Filter {
    fn lets(self, it: &Dossier, entry: &dubbelspoor_domain::dossier::EntryRecord) -> bool {
        let state = || it.state_of(entry);
        match self {
            Filter::At(place) => entry.shown().content.place == place,
            Filter::Waiting => state() == EntryState::Waiting,
            Filter::Confirmed => state() == EntryState::Answered,
            Filter::YourTurn => matches!(
                state(),
                EntryState::Draft | EntryState::TwoVersions | EntryState::ConfirmedEarlier
            ),
        }
    }
}

/// About how high a card is, with the gap below it.
const CARD: f64 = 152.0;

#[component]
pub(crate) fn Diary() -> impl IntoView {
    let session = use_session();
    let text = RwSignal::new(String::new());
    let filter = RwSignal::new(None::<Filter>);
    let found = Memo::new(move |_| {
        let dossier = session.own_dossier()?;
        let wanted = text.get().to_lowercase();
        let entries = session.with(dossier, |it| find(it, &wanted, filter.get()))?;
        Some((dossier, entries))
    });
    let filters = vec![
        (Filter::At(Place::Workplace), vocabulary::place_workplace().to_owned()),
        (Filter::At(Place::School), vocabulary::place_school().to_owned()),
        (Filter::Waiting, vocabulary::state_waiting().to_owned()),
        (Filter::Confirmed, vocabulary::state_answered().to_owned()),
        (Filter::YourTurn, to_do().to_owned()),
    ];
    let is_searching = move || filter.get().is_some() || text.with(|it| !it.is_empty());
    let number = Memo::new(move |_| found.with(|it| it.as_ref().map_or(0, |(_, it)| it.len())));
    view! {
        <Page title=title()>
            <input
                type="search"
                class="field-input"
                aria-label=search()
                placeholder=search()
                prop:value=move || text.get()
                on:input:target=move |it| text.set(it.target().value())
            />
            <Choice label=show_only() options=filters chosen=filter clears=true />
            <h2 class="soft"><span role="status">{move || count(number.get())}</span></h2>
            {move || (number.get() == 0).then(|| nothing(is_searching()))}
            <LongList count=number height=CARD row=move |index| row(session, found, index) />
            <ActionBar>
                <A href="/new" attr:class="button button-primary">{icon(Icon::Plus)} {new_activity()}</A>
            </ActionBar>
        </Page>
    }
}

fn nothing(is_searching: bool) -> AnyView {
    if is_searching {
        view! { <Empty title=none_title() words=none_words() /> }.into_any()
    } else {
        view! { <Empty title=empty_title() words=empty_words() /> }.into_any()
    }
}

fn find(it: &Dossier, wanted: &str, filter: Option<Filter>) -> Vec<EntryId> {
    let mut found: Vec<_> = it
        .diary
        .entries()
        .filter(|entry| it.state_of(entry) != EntryState::Withdrawn)
        .filter(|entry| filter.is_none_or(|filter| filter.lets(it, entry)))
        .map(|entry| (entry, entry.shown()))
        .filter(|(_, shown)| {
            let content = &shown.content;
            let in_text = |text: &str| text.to_lowercase().contains(wanted);
            wanted.is_empty()
                || in_text(&content.text)
                || content.reflection.as_deref().is_some_and(in_text)
                || content.goals.iter().any(|touched| {
                    it.plan
                        .get(&touched.goal)
                        .is_some_and(|it| in_text(&vocabulary::translated(&it.title)))
                })
        })
        .map(|(entry, shown)| ((shown.content.day, shown.at), entry.entry))
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn row(session: Session, found: Memo<Option<(DossierId, Vec<EntryId>)>>, index: usize) -> AnyView {
    let card = move || {
        let (dossier, entry) = found.with(|it| {
            let (dossier, entries) = it.as_ref()?;
            Some((*dossier, *entries.get(index)?))
        })?;
        session.with(dossier, |it| Some(entry_card(session, dossier, it, it.diary.get(entry)?)))?
    };
    card.into_any()
}
