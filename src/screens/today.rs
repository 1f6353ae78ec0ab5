//! Today: what this week holds, what waits, what came back, and the way to write.

mod intention;
mod well_being;

use super::entry_card::entry_card;
use super::reading::{hours_by_place, name};
use crate::parts::{
    El, Icon, Part, Tone, action_bar, dates, el, empty, icon, link, live, nothing, notice, page,
    section, state_chip,
};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, EntryRecord, Matter, MatterRecord, Stage};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::progress::EntryState;
use dubbelspoor_domain::signals::ATTESTATION_ENDS;
use leptos::prelude::*;

words! {
    title { nl "Vandaag" en "Today" fr "Aujourd’hui" }
    hello(name) { nl "Dag {name}" en "Hello {name}" fr "Bonjour {name}" }
    new_activity { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    week_title { nl "Deze week" en "This week" fr "Cette semaine" }
    week_total(hours) { nl "{hours} in totaal" en "{hours} in all" fr "{hours} au total" }
    week_entries { nl "Bekijk deze week" en "Look at this week" fr "Voir cette semaine" }
    all_hours { nl "Al mijn uren" en "All my hours" fr "Toutes mes heures" }
    goals_title { nl "Gepland deze week" en "Planned this week" fr "Prévu cette semaine" }
    your_turn { nl "Jij bent aan zet" en "Your turn" fr "À vous de jouer" }
    came_in { nl "Nieuw voor jou" en "New for you" fr "Nouveau pour vous" }
    messages_title { nl "Berichten" en "Messages" fr "Messages" }
    latest { nl "Laatst geschreven" en "Written last" fr "Derniers écrits" }
    waiting(count) { nl "{count} [wacht|wachten] op je mentor" en "{count} waiting for your mentor" fr "{count} en attente de votre mentor" }
    refused_words(count) {
        nl "{count} [kwam|kwamen] terug van de school. Niets is verloren."
        en "{count} came back from the school. Nothing is lost."
        fr "{count} [est revenu|sont revenus] de l’école. Rien n’est perdu."
    }
    answer_came { nl "Je vraag is beantwoord." en "Your question was answered." fr "Votre question a reçu une réponse." }
    answers_came_in(count) { nl "{count} van je vragen zijn beantwoord." en "{count} of your questions were answered." fr "{count} de vos questions ont reçu une réponse." }
    valid_until(name, day) { nl "Attest {name}: geldig tot {day}" en "Attestation {name}: valid until {day}" fr "Attestation {name} : valable jusqu’au {day}" }
    look { nl "Bekijk" en "Look" fr "Voir" }
    empty_title { nl "Je dagboek begint hier" en "Your diary begins here" fr "Votre journal commence ici" }
    empty_words {
        nl "Schrijf na je werk of les wat je deed. Eén zin is genoeg."
        en "After work or class, write what you did. One sentence is enough."
        fr "Après le travail ou le cours, écrivez ce que vous avez fait. Une phrase suffit."
    }
    empty_example {
        nl "Twee vrachtwagens gelost met een collega. Ik heb de dozen geteld."
        en "Unloaded two lorries with a colleague. I counted the boxes."
        fr "Déchargé deux camions avec un collègue. J’ai compté les cartons."
    }
}

pub(crate) fn today() -> AnyView {
    let session = use_session();
    let name = session.me().name;
    let greeting = hello(name.split(' ').next().unwrap_or_default());
    let lead = move || format!("{greeting} · {}", dates::long_day(session.today()));
    let shown = live(move || {
        let dossier = session.own_dossier();
        let drawn =
            dossier.and_then(|dossier| session.with(dossier, |it| content(session, dossier, it)));
        drawn.part()
    });
    let write = link("/new", "button button-primary").add(icon(Icon::Plus)).add(new_activity());
    let own = Memo::new(move |_| session.own_dossier());
    let first = live(move || match own.get() {
        Some(dossier) => el("div", "section")
            .live(intention::intention(session, dossier))
            .live(move || answers_came(session, dossier))
            .live(move || super::survey_offer::survey_offer(session))
            .part(),
        None => nothing(),
    });
    // The same day told again draws nothing anew.
    let day = Memo::new(move |_| session.today());
    let feels = live(move || {
        let today = day.get();
        own.get().map(|it| well_being::well_being(session, it, today)).part()
    });
    page(title(), None)
        .add(el("p", "page-lead").live(lead))
        .add(first)
        .add(feels)
        .add(shown)
        .add(action_bar(write))
        .part()
}

fn content(session: Session, dossier: DossierId, it: &Dossier) -> AnyView {
    if it.diary.entries().all(|it| it.shown().content.stage == Stage::Withdrawn) {
        let nothing_yet = empty(empty_title(), empty_words(), Some(empty_example()));
        return vec![
            super::file::standing_still(it, session.today()).part(),
            super::work_floor::reception_on_today(session, it).part(),
            messages(session, it).part(),
            nothing_yet.part(),
            super::work_floor::empty_days(session, it).part(),
            planned(session, it).part(),
        ]
        .part();
    }
    let list = |heading, entries: &[&EntryRecord]| list(session, dossier, it, heading, entries);
    vec![
        came_back(session).part(),
        super::file::standing_still(it, session.today()).part(),
        super::work_floor::reception_on_today(session, it).part(),
        super::work_floor::empty_days(session, it).part(),
        attestation_ends(session, it).part(),
        messages(session, it).part(),
        week(session, it).part(),
        list(your_turn(), &mine_to_do(it)),
        list(came_in(), &news(session, it)),
        planned(session, it).part(),
        list(latest(), &written_last(it)),
    ]
    .part()
}

/// Questions that were answered and not yet called clear.
fn answers_came(session: Session, dossier: DossierId) -> Option<El> {
    let count = session.with(dossier, |it| {
        let all = &it.matters;
        let waits = |it: &&MatterRecord| {
            matches!(it.what, Matter::Question(_))
                && !all.is_closed(it.hash)
                && all.is_answered(it.hash)
        };
        all.all().filter(waits).count()
    })?;
    (count > 0).then(|| {
        let words = if count == 1 { answer_came().to_owned() } else { answers_came_in(count) };
        let look = link("/ask", "button").add(look());
        notice(Tone::Confirmed, vec![el("p", "").add(words), look])
    })
}

/// An attestation that ends soon or has ended: the cursist hears it too (B12).
fn attestation_ends(session: Session, it: &Dossier) -> Option<El> {
    let ending = it.plan_talk.ending(session.today(), ATTESTATION_ENDS);
    let (until, said) = ending.into_iter().min_by_key(|(until, _)| *until)?;
    let words = valid_until(&said.what.name, dates::short_day(until));
    let look = link(format!("/plan/{}", it.id), "button").add(look());
    Some(notice(Tone::Waiting, vec![el("p", "").add(words), look]))
}

fn came_back(session: Session) -> Option<El> {
    let count = session.counts().to_see;
    (count > 0).then(|| {
        let look = link("/sync", "button").add(look());
        notice(Tone::NeedsYou, vec![el("p", "").add(refused_words(count)), look])
    })
}

fn week(session: Session, it: &Dossier) -> El {
    let worked = hours::in_week(it, session.today());
    let head = el("div", "card-line")
        .add(el("h2", "").set("id", "week").add(week_title()))
        .add(el("span", "soft").add(week_total(dates::duration(worked.total()))));
    let more = el("div", "card-line")
        .add(link("/diary?week", "button button-quiet").add(week_entries()))
        .add(link("/hours", "button button-quiet").add(all_hours()))
        .add(waits(it));
    el("section", "section")
        .set("aria-labelledby", "week")
        .add(head)
        .add(el("div", "card").add(hours_by_place(&worked)).add(more))
}

fn waits(it: &Dossier) -> Option<AnyView> {
    let count = it.waiting().len();
    (count > 0).then(|| state_chip(Tone::Waiting, Icon::Hourglass, waiting(count)))
}

fn planned(session: Session, it: &Dossier) -> Option<El> {
    let week = it.track.as_ref()?.week_of(session.today());
    let mut rows = Vec::new();
    for goal in it.plan.in_week(week).take(4) {
        let title = el("span", "").add(vocabulary::translated(&goal.title));
        rows.push(
            link(format!("/goal/{}", goal.goal), "row")
                .add(el("span", "row-text").add(title))
                .add(icon(Icon::Forward)),
        );
    }
    (!rows.is_empty()).then(|| {
        el("section", "section")
            .set("aria-labelledby", "planned")
            .add(el("h2", "").set("id", "planned").add(goals_title()))
            .add(el("div", "rows").add(rows))
    })
}

/// Drafts, entries with two versions, and those that changed after they were confirmed.
fn mine_to_do(it: &Dossier) -> Vec<&EntryRecord> {
    let wants = |state| {
        matches!(state, EntryState::Draft | EntryState::TwoVersions | EntryState::ConfirmedEarlier)
    };
    latest_three(it.diary.entries().filter(|entry| wants(it.state_of(entry))).collect())
}

/// What others said to everybody in the last three days.
fn messages(session: Session, it: &Dossier) -> Option<El> {
    let (recent, me) = (recent(session), session.me().person);
    let mut rows = Vec::new();
    for said in it.feedback.general().filter(|said| said.at.millis() > recent && said.by != me) {
        let text = el("span", "row-text")
            .add(el("span", "soft").add(name(it, said.by)))
            .add(el("span", "clamp").add(said.feedback.text.clone()));
        let way = link(format!("/messages/{}", it.id), "row").add(text).add(icon(Icon::Forward));
        rows.push(way);
    }
    rows.truncate(3);
    (!rows.is_empty()).then(|| section(messages_title()).add(el("div", "rows").add(rows)))
}

fn recent(session: Session) -> u64 {
    session.now().saturating_sub(3 * 86_400_000)
}

/// What others wrote in the last three days.
fn news(session: Session, it: &Dossier) -> Vec<&EntryRecord> {
    let (recent, me) = (recent(session), session.me().person);
    let mut entries = Vec::new();
    for it in it.confirmations.all() {
        if it.at.millis() > recent {
            entries.push(it.confirmation.entry);
        }
    }
    for it in it.feedback.all() {
        if it.at.millis() > recent && it.by != me {
            entries.extend(it.feedback.entry);
        }
    }
    latest_three(it.diary.entries().filter(|it| entries.contains(&it.entry)).collect())
}

fn written_last(it: &Dossier) -> Vec<&EntryRecord> {
    latest_three(it.diary.written().map(|(entry, _)| entry).collect())
}

/// The three of the latest days, the latest first.
fn latest_three(mut entries: Vec<&EntryRecord>) -> Vec<&EntryRecord> {
    let mut latest = Vec::new();
    while latest.len() < 3 && !entries.is_empty() {
        let mut at = 0;
        for (place, it) in entries.iter().enumerate() {
            let when = |it: &EntryRecord| (it.shown().content.day, it.shown().at);
            if when(it) > when(entries[at]) {
                at = place;
            }
        }
        latest.push(entries.swap_remove(at));
    }
    latest
}

fn list(
    session: Session,
    dossier: DossierId,
    it: &Dossier,
    heading: &'static str,
    entries: &[&EntryRecord],
) -> AnyView {
    if entries.is_empty() {
        return nothing();
    }
    let mut cards = el("div", "list");
    for entry in entries {
        cards = cards.add(entry_card(session, dossier, it, entry));
    }
    section(heading).set("aria-label", heading).add(cards).part()
}
