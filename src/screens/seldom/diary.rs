//! The diary: every entry on its rail, newest first, to search and to filter. Smooth at five thousand.

use crate::parts::{
    El, Icon, Part as _, action_bar, choice, dates, el, empty, icon, link, live, long_list, page,
};
use crate::screens::entry_card::entry_card_of_day;
use crate::session::{Session, use_session};
use crate::words::{lowercase, vocabulary};
use dubbelspoor_domain::dossier::{Dossier, Entry, EntryRecord, Place, Stage};
use dubbelspoor_domain::id::EntryId;
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::progress::EntryState;
use dubbelspoor_domain::{Day, hours};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::cmp::Reverse;

words! {
    title { nl "Dagboek" en "Diary" fr "Journal" }
    new_activity { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    search { nl "Zoek in je dagboek" en "Search your diary" fr "Chercher dans votre journal" }
    show_only { nl "Toon" en "Show" fr "Afficher" }
    only_goal(goal) { nl "Alleen dit doel: {goal}" en "Only this goal: {goal}" fr "Seulement cet objectif : {goal}" }
    only_week { nl "Alleen deze week" en "Only this week" fr "Seulement cette semaine" }
    show_all { nl "Toon alles" en "Show all" fr "Tout afficher" }
    count(count) { nl "{count} [activiteit|activiteiten]" en "{count} [activity|activities]" fr "{count} [activité|activités]" }
    none_title { nl "Niets gevonden" en "Nothing found" fr "Rien trouvé" }
    none_words { nl "Probeer een ander woord of toon alles." en "Try another word or show all." fr "Essayez un autre mot ou affichez tout." }
    empty_title { nl "Nog geen activiteiten" en "No activities yet" fr "Pas encore d’activités" }
    empty_words { nl "Wat je schrijft, komt hier op het spoor van je werkplek of je school." en "What you write comes here, on the track of your workplace or your school." fr "Ce que vous écrivez arrive ici, sur la voie de votre lieu de travail ou de votre école." }
    waits { nl "Wacht" en "Waiting" fr "En attente" }
    withdrawn { nl "Ingetrokken" en "Withdrawn" fr "Retirées" }
    to_do { nl "Jij bent aan zet" en "Your turn" fr "À vous de jouer" }
}

/// What a filter shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Filter {
    At(Place),
    Waiting,
    Confirmed,
    YourTurn,
    Withdrawn,
}

impl Filter {
    fn lets(self, it: &Dossier, entry: &EntryRecord) -> bool {
        let state = || it.state_of(entry);
        match self {
            Filter::At(place) => entry.shown().content.place == place,
            Filter::Waiting => state() == EntryState::Waiting,
            Filter::Confirmed => state() == EntryState::Answered,
            Filter::Withdrawn => entry.shown().content.stage == Stage::Withdrawn,
            Filter::YourTurn => matches!(
                state(),
                EntryState::Draft | EntryState::TwoVersions | EntryState::ConfirmedEarlier
            ),
        }
    }
}

/// In the order of the chips.
const FILTERS: [Filter; 6] = [
    Filter::At(Place::Workplace),
    Filter::At(Place::School),
    Filter::Waiting,
    Filter::Confirmed,
    Filter::YourTurn,
    Filter::Withdrawn,
];

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
                let title = it.plan.known(goal).map(|it| vocabulary::translated(&it.title));
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

pub(crate) fn diary() -> AnyView {
    let session = use_session();
    let query = use_query_map();
    let text = RwSignal::new(String::new());
    let filter = RwSignal::new(None::<u32>);
    let part = move || {
        query.with(|it| Part { goal: it.get("goal"), is_this_week: it.get("week").is_some() })
    };
    let found = Memo::new(move |_| {
        let Some(dossier) = session.own_dossier() else { return Found::new() };
        let (wanted, monday) = (text.with(|it| lowercase(it)), hours::monday(session.today()));
        let (part, filter) = (part(), filter.get().map(|it| FILTERS[it as usize]));
        session.with(dossier, |it| find(it, &wanted, filter, &part, monday)).unwrap_or_default()
    });
    let is_searching = move || {
        filter.get().is_some() || text.with(|it| !it.is_empty()) || part() != Part::default()
    };
    let number = Signal::derive(move || found.with(Vec::len));
    let field = el("input", "field-input")
        .set("type", "search")
        .set("aria-label", search())
        .set("placeholder", search())
        .bind(text);
    let narrow = el("section", "section")
        .set("aria-label", search())
        .keep("hidden", move || (number.get() == 0 && !is_searching()).then(String::new))
        .add(field)
        .add(choice(show_only(), filters(), filter, true))
        .live(move || only(session, &part()))
        .add(el("p", "soft").set("role", "status").live(move || count(number.get())));
    let write = link("/new", "button button-primary").add(icon(Icon::Plus)).add(new_activity());
    page(title(), None)
        .add(narrow)
        .live(move || (number.get() == 0).then(|| none(is_searching())))
        .add(long_list(number, CARD, move |index| row(session, found, index)))
        .add(action_bar(write))
        .part()
}

fn filters() -> Vec<(u32, String)> {
    let places = [vocabulary::place_workplace(), vocabulary::place_school()];
    let states = [waits(), vocabulary::state_answered(), to_do(), withdrawn()];
    (0..).zip(places.into_iter().chain(states).map(str::to_owned)).collect()
}

/// Says what part is shown, with the way to all.
fn only(session: Session, part: &Part) -> Option<El> {
    let words = session.with(session.own_dossier()?, |it| part.words(it))??;
    let all = link("/diary", "button button-quiet").add(show_all());
    Some(el("div", "card-line").add(el("span", "").add(words)).add(all))
}

fn none(is_searching: bool) -> El {
    if is_searching {
        empty(none_title(), none_words(), None)
    } else {
        empty(empty_title(), empty_words(), None)
    }
}

fn find(it: &Dossier, wanted: &str, filter: Option<Filter>, part: &Part, monday: Day) -> Found {
    // A title is looked at once, not once per entry.
    let mut goals = Vec::new();
    for goal in it.plan.goals() {
        if !wanted.is_empty() && lowercase(&vocabulary::translated(&goal.title)).contains(wanted) {
            goals.push(&goal.goal);
        }
    }
    let mut found = Vec::new();
    for entry in it.diary.entries() {
        let shown = entry.shown();
        let content = &shown.content;
        let says = |text: &str| lowercase(text).contains(wanted);
        let is_wanted = || {
            wanted.is_empty()
                || says(&content.text)
                || content.reflection.as_deref().is_some_and(says)
                || content.goals.iter().any(|touched| goals.contains(&&touched.goal))
        };
        // What was taken back is out of the way, and can be found to put it back (C8).
        let is_shown = content.stage != Stage::Withdrawn || filter == Some(Filter::Withdrawn);
        if is_shown
            && part.lets(content, monday)
            && filter.is_none_or(|filter| filter.lets(it, entry))
            && is_wanted()
        {
            found.push(((content.day, shown.at), entry.entry));
        }
    }
    sort_by_key(&mut found, |it| Reverse(*it));
    found.into_iter().map(|((day, _), entry)| (day, entry)).collect()
}

/// A card, below the name of its day when it is the first of it.
fn row(session: Session, found: Memo<Found>, index: usize) -> AnyView {
    let drawn = move || {
        let (day, entry) = found.with(|it| it.get(index).copied())?;
        let above = found.with(|it| it.get(index.checked_sub(1)?).copied());
        let is_first = above.is_none_or(|(it, _)| it != day);
        let heading =
            is_first.then(|| el("h2", "diary-day on-rails").add(dates::day(day, session.today())));
        let dossier = session.own_dossier()?;
        let card = session.with(dossier, |it| {
            Some(entry_card_of_day(session, dossier, it, it.diary.get(entry)?))
        })?;
        Some(vec![heading.part(), card.part()].part())
    };
    live(move || drawn().part())
}
