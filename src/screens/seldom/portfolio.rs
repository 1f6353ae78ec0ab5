//! The cursist's portfolio (C7): what goes along, in which order, and all of it as one file that opens without us.

use crate::parts::{
    El, Icon, Part, Tone, action_bar, button, choice, dates, el, empty, icon, link, live, page,
    state_chip,
};
use crate::screens::asked::{goal_title, learner_name};
use crate::screens::entry_card::state_of;
use crate::screens::own_copy::{Handed, file_is_there};
use crate::screens::reading::{course, name};
use crate::session::{Session, use_session};
use crate::words::{Language, vocabulary};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Audience, Dossier, Entry, EntryRecord, Finding, Standing};
use dubbelspoor_domain::id::{DossierId, EntryId};
use dubbelspoor_domain::portfolio::{self, Chosen, Heading, Order, Piece, groups};
use leptos::prelude::*;

words! {
    title { nl "Portfolio" en "Portfolio" fr "Portfolio" }
    lead { nl "Kies wat je meeneemt en bewaar het als bestand. Het is van jou en opent ook zonder Dubbelspoor." en "Choose what you take along and save it as a file. It is yours and opens without Dubbelspoor too." fr "Choisissez ce que vous emportez et enregistrez-le dans un fichier. Il est à vous et s’ouvre aussi sans Dubbelspoor." }
    order { nl "In welke orde?" en "In which order?" fr "Dans quel ordre ?" }
    by_goal { nl "Per doel" en "By goal" fr "Par objectif" }
    by_week { nl "Per week" en "By week" fr "Par semaine" }
    by_place { nl "Per plaats" en "By place" fr "Par lieu" }
    without_goal { nl "Zonder doel" en "Without a goal" fr "Sans objectif" }
    week_of(day) { nl "Week van {day}" en "Week of {day}" fr "Semaine du {day}" }
    goes(count, all) { nl "{count} van {all} gaan mee" en "{count} of {all} go along" fr "{count} sur {all} en font partie" }
    private_stays { nl "Wat alleen voor jou is, gaat niet mee. Tik het aan als je het toch wilt." en "What is only for you does not go along. Tap it if you want it all the same." fr "Ce qui n’est que pour vous n’en fait pas partie. Touchez-le si vous le voulez quand même." }
    save { nl "Bewaar als bestand" en "Save as a file" fr "Enregistrer dans un fichier" }
    empty_title { nl "Nog niets voor je portfolio" en "Nothing for your portfolio yet" fr "Encore rien pour votre portfolio" }
    empty_words { nl "Alles wat je in je dagboek schrijft, komt hier vanzelf. Je kiest zelf wat je toont of meeneemt." en "All that you write in your diary comes here by itself. You choose what you show or take along." fr "Tout ce que vous écrivez dans votre journal arrive ici. Vous choisissez ce que vous montrez ou emportez." }
    example { nl "Drie vrachtwagens gelost met de mentor erbij. Bevestigd: zelfstandig." en "Unloaded three lorries with the mentor present. Confirmed: on one’s own." fr "Déchargé trois camions avec le mentor. Confirmé : en autonomie." }
    write { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    no_text { nl "Zonder tekst" en "Without text" fr "Sans texte" }
    portfolio_of(name) { nl "Portfolio van {name}" en "Portfolio of {name}" fr "Portfolio de {name}" }
    saved_on(day) { nl "Bewaard op {day}" en "Saved on {day}" fr "Enregistré le {day}" }
    thought(words) { nl "Wat ik ervan vond: {words}" en "What I thought of it: {words}" fr "Ce que j’en ai pensé : {words}" }
    confirmed(who, goal, level) { nl "{who} bevestigde {goal}: {level}" en "{who} confirmed {goal}: {level}" fr "{who} a confirmé {goal} : {level}" }
    said(who, words) { nl "{who}: {words}" en "{who}: {words}" fr "{who} : {words}" }
}

// Types of this module around those of the domain: what is made for them comes with the second part.

#[derive(Clone, Default)]
struct Choice(Chosen);

#[derive(Clone, PartialEq)]
struct Groups(Vec<(Heading, Vec<EntryId>)>);

/// How many pieces go along, how many there are, and how many of those are private.
#[derive(Clone, Copy, PartialEq, Default)]
struct Counts {
    taken: usize,
    all: usize,
    private: usize,
}

/// What the screen holds while it is open.
#[derive(Clone, Copy)]
struct Held {
    session: Session,
    dossier: DossierId,
    chosen: RwSignal<Choice>,
    order: RwSignal<Option<u32>>,
    outcome: Handed,
}

pub(crate) fn portfolio(dossier: &str) -> AnyView {
    let session = use_session();
    let shown = page(title(), Some("/more")).add(el("p", "page-lead").add(lead()));
    let Some(dossier) = DossierId::from_hex(dossier) else {
        return shown.add(nothing_yet()).part();
    };
    let (chosen, order) = (RwSignal::new(Choice::default()), RwSignal::new(Some(0)));
    let held = Held { session, dossier, chosen, order, outcome: Handed::new(None) };
    // Whoever holds another role besides has dossiers of others on this device: those are not theirs to take.
    let is_own = move |it: &Dossier| it.links.learner() == Some(session.me().person);
    let has_any = move |it: &Dossier| is_own(it) && it.diary.written().next().is_some();
    let is_empty = Memo::new(move |_| session.with(dossier, has_any) != Some(true));
    shown.live(move || if is_empty.get() { nothing_yet() } else { choosing(held) }).part()
}

fn nothing_yet() -> AnyView {
    let write = link("/new", "button button-primary").add(icon(Icon::Plus)).add(write());
    vec![empty(empty_title(), empty_words(), Some(example())).part(), action_bar(write).part()]
        .part()
}

fn order_of(chosen: Option<u32>) -> Order {
    let at = chosen.unwrap_or_default() as usize;
    Order::ALL.get(at).copied().unwrap_or(Order::Goal)
}

fn choosing(held: Held) -> AnyView {
    let Held { session, dossier, chosen, order: by, outcome } = held;
    let found = Memo::new(move |_| {
        Groups(session.with(dossier, |it| groups(it, order_of(by.get()))).unwrap_or_default())
    });
    let orders = [(0, by_goal().to_owned()), (1, by_week().to_owned()), (2, by_place().to_owned())];
    let count = Memo::new(move |_| {
        chosen.with(|chosen| session.with(dossier, |it| counted(it, &chosen.0))).unwrap_or_default()
    });
    let told = el("div", "section")
        .add(el("p", "").set("role", "status").live(move || {
            let count = count.get();
            goes(count.taken, count.all)
        }))
        .live(move || (count.get().private > 0).then(|| el("p", "soft").add(private_stays())));
    let list = live(move || {
        let all = found.get().0.into_iter().enumerate();
        all.map(|(at, (heading, pieces))| group(held, heading, pieces, at == 0))
            .collect::<Vec<_>>()
            .part()
    });
    let save = button("button button-primary", move || save_it(held))
        .disabled(move || count.get().taken == 0)
        .add(icon(Icon::Book))
        .add(save());
    vec![
        choice(order(), orders.into(), by, false).part(),
        told.part(),
        el("div", "list").add(list).part(),
        action_bar(vec![file_is_there(outcome), save.part()]).part(),
    ]
    .part()
}

fn counted(it: &Dossier, chosen: &Chosen) -> Counts {
    let mut counts = Counts::default();
    for (_, shown) in it.diary.written() {
        counts.taken += usize::from(chosen.takes(&shown.content));
        counts.all += 1;
        counts.private += usize::from(shown.content.audience == Audience::Private);
    }
    counts
}

/// A group, folded up but for the first one; its rows are made when it opens, so that a long diary opens at once.
fn group(held: Held, heading: Heading, pieces: Vec<EntryId>, is_first: bool) -> El {
    let Held { session, dossier, chosen, .. } = held;
    let open = RwSignal::new(is_first);
    // Told once: news in the dossier folds nothing up.
    let words = untrack(|| session.with(dossier, |it| heading_words(it, &heading)));
    let all = pieces.len();
    let own = pieces.clone();
    let taken = move || {
        session.with(dossier, |it| {
            let contents = own.iter().filter_map(|it_| it.diary.get(*it_)).map(content);
            chosen.with(|chosen| contents.filter(|it| chosen.0.takes(it)).count())
        })
    };
    let summary = el("summary", "disclose").add(icon(Icon::Forward)).add(
        el("span", "row-text")
            .add(el("span", "").add(words.unwrap_or_default()))
            .add(el("span", "soft").live(move || goes(taken().unwrap_or_default(), all))),
    );
    let rows = move || {
        open.get().then(|| {
            let row = |entry: &EntryId| session.with(dossier, |it| row(held, it, *entry)).flatten();
            el("div", "rows").add(pieces.iter().filter_map(row).collect::<Vec<El>>())
        })
    };
    el("details", "").keep_open(open).add(summary).live(rows)
}

fn content(it: &EntryRecord) -> &Entry {
    &it.shown().content
}

fn heading_words(it: &Dossier, heading: &Heading) -> String {
    match heading {
        Heading::Goal(goal) => goal_title(it, goal),
        Heading::WithoutGoal => without_goal().to_owned(),
        Heading::Week(monday) => week_of(dates::full_day(*monday)),
        Heading::Place(place) => vocabulary::place(*place).to_owned(),
    }
}

/// A piece, which goes along while its box is ticked.
fn row(held: Held, it: &Dossier, entry: EntryId) -> Option<El> {
    let Held { chosen, outcome, .. } = held;
    let record = it.diary.get(entry)?;
    let shown = content(record).clone();
    let text = if shown.text.is_empty() { no_text() } else { shown.text.as_str() };
    let words = el("span", "row-text")
        .add(el("span", "clamp").add(text.to_owned()))
        .add(el("span", "soft").add(line(&shown, dates::short_day(shown.day))))
        .add(el("span", "").add(state(it, record)));
    let taken = shown.clone();
    let turn = move || {
        chosen.update(|it| it.0.turn(&shown));
        outcome.set(None);
    };
    Some(
        button("row pick", turn)
            .keep_flag("aria-pressed", move || chosen.with(|it| it.0.takes(&taken)))
            .add(words),
    )
}

/// Private pieces say so before all else: here it decides whether they go along.
fn state(it: &Dossier, record: &EntryRecord) -> AnyView {
    match content(record).audience {
        Audience::Private => {
            state_chip(Tone::Plain, Icon::Lock, vocabulary::entry_state(it.state_of(record)))
        }
        Audience::Shared => state_of(it.state_of(record)),
    }
}

fn line(it: &Entry, day: String) -> String {
    let time = dates::duration(u32::from(it.minutes));
    format!("{day} · {} · {time}", vocabulary::place(it.place))
}

/// Hands the file over: made here, so no connection is needed.
fn save_it(held: Held) {
    let Held { session, dossier, chosen, order, outcome } = held;
    let today = untrack(|| session.today());
    let by = order_of(order.get_untracked());
    let made = |it: &Dossier| chosen.with(|chosen| file_of_pieces(it, &chosen.0, by, today));
    let file = untrack(|| session.with(dossier, made));
    let name = format!("portfolio-{}.html", dates::for_field(today));
    let done = session.hand_out(&name, "text/html", file.unwrap_or_default().as_bytes());
    outcome.set(Some(done.err().map_or("", |why| vocabulary::fault(&why))));
}

fn file_of_pieces(it: &Dossier, chosen: &Chosen, by: Order, today: Day) -> String {
    let mut all = Vec::new();
    for (heading, entries) in groups(it, by) {
        let records = entries.iter().filter_map(|entry| it.diary.get(*entry));
        let taken = records.filter(|record| chosen.takes(content(record)));
        let pieces: Vec<Piece> = taken.map(|record| piece(it, record, &heading)).collect();
        if !pieces.is_empty() {
            all.push((heading_words(it, &heading), pieces));
        }
    }
    let centre = it.track.as_ref().map(|it| it.centre.clone()).unwrap_or_default();
    let lead = [course(it, today), centre, saved_on(dates::full_day(today))];
    let lead: Vec<String> = lead.into_iter().filter(|it| !it.is_empty()).collect();
    let language = Language::spoken().short();
    portfolio::page(language, &portfolio_of(learner_name(it)), &lead.join(" · "), &all)
}

/// The goal that it stands below is not named again.
fn piece(it: &Dossier, record: &EntryRecord, below: &Heading) -> Piece {
    let content = content(record);
    let thought = content.reflection.as_deref().filter(|it| !it.is_empty()).map(thought);
    let text = [Some(content.text.clone()), thought].into_iter().flatten();
    let text: Vec<String> = text.filter(|it| !it.is_empty()).collect();
    let mut all = Vec::new();
    for (record, outcome) in it.outcomes(record.entry) {
        if let Finding::Reached(level) = outcome.finding {
            let goal = goal_title(it, &outcome.goal);
            all.push(confirmed(name(it, record.by), goal, vocabulary::level(level)));
        }
    }
    let given = it.confirmations.of_entry(record.entry);
    let given = given.filter(|record| it.standing(record) == Standing::Given);
    let given = given.filter_map(|it| Some((it.by, it.confirmation.feedback.as_deref()?)));
    let goals = content.goals.iter().map(|it| &it.goal);
    let goals = goals.filter(|goal| !matches!(below, Heading::Goal(it) if it == *goal));
    let written = it.feedback.of_entry(record.entry);
    let written = written.map(|it| (it.by, it.feedback.text.as_str()));
    for (by, words) in given.chain(written).filter(|(_, words)| !words.is_empty()) {
        all.push(said(name(it, by), words));
    }
    Piece {
        line: line(content, dates::full_day(content.day)),
        text: text.join("\n\n"),
        goals: goals.map(|goal| goal_title(it, goal)).collect(),
        said: all,
    }
}
