//! The diary: every entry on its rail, newest first, to search and to filter. Smooth at five thousand.

use super::entry_card::entry_card_of_day;
use crate::parts::{ActionBar, Choice, Empty, Icon, LongList, Page, dates, icon};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Entry, EntryRecord, Place};
use dubbelspoor_domain::id::{DossierId, EntryId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::progress::EntryState;
use dubbelspoor_domain::{Day, hours};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

words! {
    title { nl "Dagboek" en "Diary" fr "Journal" }
    new_activity { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    search { nl "Zoek in je dagboek" en "Search your diary" fr "Chercher dans votre journal" }
    show_only { nl "Toon" en "Show" fr "Afficher" }
    one { nl "1 activiteit" en "1 activity" fr "1 activité" }
    only_goal(goal) { nl "Alleen dit doel: {goal}" en "Only this goal: {goal}" fr "Seulement cet objectif : {goal}" }
    only_week { nl "Alleen deze week" en "Only this week" fr "Seulement cette semaine" }
    show_all { nl "Toon alles" en "Show all" fr "Tout afficher" }
    count(count) { nl "{count} activiteiten" en "{count} activities" fr "{count} activités" }
    none_title { nl "Niets gevonden" en "Nothing found" fr "Rien trouvé" }
    none_words { nl "Probeer een ander woord of toon alles." en "Try another word or show all." fr "Essayez un autre mot ou affichez tout." }
    empty_title { nl "Nog geen activiteiten" en "No activities yet" fr "Pas encore d’activités" }
    empty_words { nl "Wat je schrijft, komt hier op het spoor van je werkplek of je school." en "What you write comes here, on the track of your workplace or your school." fr "Ce que vous écrivez arrive ici, sur la voie de votre lieu de travail ou de votre école." }
    waits { nl "Wacht" en "Waiting" fr "En attente" }
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
    fn lets(self, it: &Dossier, entry: &EntryRecord) -> bool {
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

/// A part of the diary that another screen points at: the entries behind a figure.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Part {
    goal: Option<String>,
    is_this_week: bool,
}

impl Part {
    fn lets(&self, it: &Entry, monday: Day) -> bool {
        let has_goal = |goal: &String| it.goals.iter().any(|touched| touched.goal == *goal);
        self.goal.as_ref().is_none_or(has_goal) && (!self.is_this_week || it.day >= monday)
    }

    /// What it is, in words; `None` when it is all.
    fn words(&self, it: &Dossier) -> Option<String> {
        match &self.goal {
            Some(goal) => {
                let title = it.plan.get(goal).map(|it| vocabulary::translated(&it.title));
                Some(only_goal(title.as_ref().unwrap_or(goal)))
            }
            None => self.is_this_week.then(|| only_week().to_owned()),
        }
    }
}

/// The entries found, newest day first.
type Found = Vec<(Day, EntryId)>;

/// About how high a card is, with the gap below it.
const CARD: f64 = 152.0;

#[component]
pub(crate) fn Diary() -> impl IntoView {
    let session = use_session();
    let query = use_query_map();
    let text = RwSignal::new(String::new());
    let filter = RwSignal::new(None::<Filter>);
    let part = Memo::new(move |_| {
        query.with(|it| Part { goal: it.get("goal"), is_this_week: it.get("week").is_some() })
    });
    let dossier = Memo::new(move |_| session.own_dossier());
    let found = Memo::new(move |_| {
        let Some(dossier) = dossier.get() else { return Found::new() };
        let (wanted, monday) = (text.get().to_lowercase(), hours::monday(session.today()));
        let found = session.with(dossier, |it| {
            part.with(|part| find(it, &wanted, filter.get(), |entry| part.lets(entry, monday)))
        });
        found.unwrap_or_default()
    });
    let filters = vec![
        (Filter::At(Place::Workplace), vocabulary::place_workplace().to_owned()),
        (Filter::At(Place::School), vocabulary::place_school().to_owned()),
        (Filter::Waiting, waits().to_owned()),
        (Filter::Confirmed, vocabulary::state_answered().to_owned()),
        (Filter::YourTurn, to_do().to_owned()),
    ];
    let is_searching = move || {
        filter.get().is_some() || text.with(|it| !it.is_empty()) || part.get() != Part::default()
    };
    let number = Memo::new(move |_| found.with(Vec::len));
    let only = move || {
        let words = session.with(dossier.get()?, |it| part.with(|part| part.words(it)))??;
        Some(view! {
            <div class="card-line">
                <span>{words}</span>
                <A href="/diary" attr:class="button button-quiet">{show_all()}</A>
            </div>
        })
    };
    view! {
        <Page title=title()>
            <section class="section" aria-label=search()>
                <input
                    type="search"
                    class="field-input"
                    aria-label=search()
                    placeholder=search()
                    prop:value=move || text.get()
                    on:input:target=move |it| text.set(it.target().value())
                />
                <Choice label=show_only() options=filters chosen=filter clears=true />
                {only}
                <p class="soft" role="status">{move || how_many(number.get())}</p>
            </section>
            {move || (number.get() == 0).then(|| nothing(is_searching()))}
            <LongList count=number height=CARD row=move |index| row(session, dossier, found, index) />
            <ActionBar>
                <A href="/new" attr:class="button button-primary">{icon(Icon::Plus)} {new_activity()}</A>
            </ActionBar>
        </Page>
    }
}

fn how_many(number: usize) -> String {
    if number == 1 { one().to_owned() } else { count(number) }
}

fn nothing(is_searching: bool) -> AnyView {
    if is_searching {
        view! { <Empty title=none_title() words=none_words() /> }.into_any()
    } else {
        view! { <Empty title=empty_title() words=empty_words() /> }.into_any()
    }
}

fn find(
    it: &Dossier,
    wanted: &str,
    filter: Option<Filter>,
    in_part: impl Fn(&Entry) -> bool,
) -> Found {
    let mut found: Vec<_> = it
        .diary
        .entries()
        .filter(|entry| it.state_of(entry) != EntryState::Withdrawn)
        .filter(|entry| filter.is_none_or(|filter| filter.lets(it, entry)))
        .map(|entry| (entry, entry.shown()))
        .filter(|(_, shown)| in_part(&shown.content))
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
    sort_by_key(&mut found, |it| std::cmp::Reverse(*it));
    found.into_iter().map(|((day, _), entry)| (day, entry)).collect()
}

/// A card, below the name of its day when it is the first of it.
fn row(
    session: Session,
    dossier: Memo<Option<DossierId>>,
    found: Memo<Found>,
    index: usize,
) -> AnyView {
    let here = Memo::new(move |_| {
        found.with(|it| {
            let (day, entry) = *it.get(index)?;
            let above = index.checked_sub(1).and_then(|above| it.get(above));
            Some((entry, above.is_none_or(|(it, _)| *it != day).then_some(day)))
        })
    });
    let heading = move || {
        let (_, day) = here.get()?;
        Some(view! { <h2 class="diary-day on-rails">{dates::day(day?, session.today())}</h2> })
    };
    let card = move || {
        let (dossier, (entry, _)) = (dossier.get()?, here.get()?);
        session.with(dossier, |it| {
            Some(entry_card_of_day(session, dossier, it, it.diary.get(entry)?))
        })?
    };
    view! { {heading} {card} }.into_any()
}
