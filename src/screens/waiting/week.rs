//! A week of a cursist at once, or a day of it, with exceptions apart (D1): what is left out goes on waiting as a card.

use super::super::asked::{Asked, take_back};
use super::super::told;
use crate::parts::{El, Icon, Part, button, dates, el, feel, icon, keyed, offer_undo, soft};
use crate::session::{NotKept, Session, Writing};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Refusal};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::EventHash;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

words! {
    week_of(day) { nl "Week van {day}" en "Week of {day}" fr "Semaine du {day}" }
    all_of_week(count) { nl "Bevestig alles van deze week ({count})" en "Confirm all of this week ({count})" fr "Confirmer toute la semaine ({count})" }
    which { nl "Wat bevestig je?" en "What do you confirm?" fr "Que confirmez-vous ?" }
    whole_week { nl "Hele week" en "Whole week" fr "Toute la semaine" }
    apart_word { nl "Apart bekijken" en "Look at it apart" fr "Voir à part" }
    as_proposed(count) { nl "Bevestig zoals voorgesteld ({count})" en "Confirm as proposed ({count})" fr "Confirmer comme proposé ({count})" }
    stays { nl "Wat je apart bekijkt, blijft hieronder wachten." en "What you look at apart goes on waiting below." fr "Ce que vous voyez à part reste en attente ci-dessous." }
    confirmed(count, name) {
        nl "{count} keer bevestigd voor {name}. Bewaard op dit toestel."
        en "Confirmed {count} times for {name}. Saved on this device."
        fr "Confirmé {count} fois pour {name}. Enregistré sur cet appareil."
    }
}

/// The weeks of which more than one activity can be agreed to; what one tap cannot agree to is in none of them.
pub(super) fn weeks(session: Session, waiting: Memo<Vec<Asked>>) -> AnyView {
    let all = Memo::new(move |_| {
        let mut weeks: Vec<(String, Vec<Asked>)> = Vec::new();
        for it in waiting.get().into_iter().filter(|it| it.agreement().is_some()) {
            let key = format!("{}/{}", it.dossier, dates::for_field(hours::monday(it.day)));
            match weeks.iter_mut().find(|(other, _)| *other == key) {
                Some((_, week)) => week.push(it),
                None => weeks.push((key, vec![it])),
            }
        }
        weeks.retain(|(_, week)| week.len() > 1);
        weeks
    });
    let keys = move || all.with(|it| it.iter().map(|(key, _)| key.clone()).collect());
    let row = move |wanted: String| {
        let week = Memo::new(move |_| {
            let found = all.with(|it| it.iter().find(|(key, _)| *key == wanted).cloned());
            found.map(|(_, week)| week).unwrap_or_default()
        });
        card(session, week).part()
    };
    let any = Memo::new(move |_| all.with(|it| !it.is_empty()));
    el("div", "").live(move || any.get().then(|| el("ul", "list").add(keyed(keys, row)))).part()
}

/// What is looked at apart, by its request.
type Apart = RwSignal<Vec<EventHash>>;

fn card(session: Session, week: Memo<Vec<Asked>>) -> El {
    let (apart, open) = (Apart::default(), RwSignal::new(false));
    let fault = RwSignal::new(None::<NotKept>);
    let first = week.with_untracked(|it| it.first().cloned());
    let (name, monday) = first.map(|it| (it.learner, hours::monday(it.day))).unzip();
    let summary = el("summary", "disclose")
        .add(icon(Icon::Forward))
        .add(" ")
        .live(move || el("span", "").add(all_of_week(week.with(Vec::len))));
    // Drawn for whoever opens it: there may be many weeks.
    let inside = move || open.get().then(|| choosing(session, week, apart, fault));
    el("li", "card")
        .add(el("h2", "").add(name))
        .add(monday.map(|it| soft(week_of(dates::short_day(it)))))
        .add(el("details", "").keep_open(open).add(summary).live(inside))
}

fn choosing(
    session: Session,
    week: Memo<Vec<Asked>>,
    apart: Apart,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let offer = offer_undo();
    let chosen = move || {
        let mut all = week.get();
        apart.with(|apart| all.retain(|it| !apart.contains(&it.request)));
        all
    };
    let tap = move || {
        feel::tick();
        confirm(session, untrack(chosen), fault, offer);
    };
    let main = button("button button-primary", tap)
        .disabled(move || chosen().is_empty())
        .add(icon(Icon::Check))
        .live(move || el("span", "").add(as_proposed(chosen().len())));
    el("div", "section")
        .live(move || by_day(session, week, apart))
        .live(move || rows(session, week, apart))
        .add(soft(stays()))
        .add(told(fault))
        .add(main)
}

/// The whole week, or one day of it: what is of another day is apart.
fn by_day(session: Session, week: Memo<Vec<Asked>>, apart: Apart) -> Option<El> {
    let mut days: Vec<Day> = week.with(|it| it.iter().map(|it| it.day).collect());
    days.dedup();
    let others = move |day: Option<Day>| -> Vec<EventHash> {
        let is_other = |it: &&Asked| day.is_some_and(|day| day != it.day);
        week.with(|it| it.iter().filter(is_other).map(|it| it.request).collect())
    };
    let chip = |day: Option<Day>| {
        let words = day.map(|it| dates::day(it, session.today()));
        button("chip", move || apart.set(untrack(|| others(day))))
            .keep_flag("aria-pressed", move || apart.get() == others(day))
            .add(words.unwrap_or_else(|| whole_week().to_owned()))
    };
    let chips = el("div", "chips").set("role", "group").set("aria-label", which());
    let of_days: Vec<El> = days.iter().map(|it| chip(Some(*it))).collect();
    (days.len() > 1).then(|| chips.add(chip(None)).add(of_days))
}

fn rows(session: Session, week: Memo<Vec<Asked>>, apart: Apart) -> El {
    let row = |it: &Asked| {
        let request = it.request;
        let switch = move || {
            apart.update(|apart| {
                let before = apart.len();
                apart.retain(|other| *other != request);
                if apart.len() == before {
                    apart.push(request);
                }
            });
        };
        let text = el("span", "visually-hidden").add(it.text.clone());
        el("li", "section")
            .add(soft(it.line(session.today())))
            .add(el("p", "words").add(it.text.clone()))
            .add(it.goal_rows())
            .add(
                button("chip chip-many", switch)
                    .keep_flag("aria-pressed", move || apart.with(|it| it.contains(&request)))
                    .add(el("span", "").add(apart_word()).add(" ").add(text)),
            )
    };
    let rows: Vec<El> = week.with(|it| it.iter().map(row).collect());
    el("ul", "list").add(rows)
}

/// Each gets a confirmation of its own; all are kept together, and taken back together.
fn confirm(
    session: Session,
    chosen: Vec<Asked>,
    fault: RwSignal<Option<NotKept>>,
    offer: impl Fn(String, Box<dyn Fn() + Send + Sync>) + Copy + 'static,
) {
    let Some(first) = chosen.first() else { return };
    let (dossier, learner) = (first.dossier, first.learner.clone());
    fault.set(None);
    let given = Rc::new(RefCell::new(Vec::new()));
    let kept = given.clone();
    let write = move |writing: &mut Writing<'_>| {
        let mut given = given.borrow_mut();
        given.clear();
        let mut said = Vec::new();
        for mut it in chosen.iter().filter_map(Asked::agreement) {
            // Asked twice for the same version is answered once.
            it.outcomes.retain(|outcome| !said.contains(&(it.version, outcome.goal.clone())));
            said.extend(it.outcomes.iter().map(|outcome| (it.version, outcome.goal.clone())));
            if it.outcomes.is_empty() {
                continue;
            }
            match writing.add(&Body::Confirmation(it)) {
                Ok(hash) => given.push(hash),
                // Another tab, or the first of two quick taps, did this one.
                Err(Refusal::AlreadyDone) => {}
                Err(why) => return Err(why),
            }
        }
        given.last().copied().ok_or(Refusal::AlreadyDone)
    };
    spawn_local(async move {
        match session.record(dossier, write).await {
            Ok(_) => {
                let given = kept.take();
                let words = confirmed(given.len(), learner);
                offer(words, Box::new(move || take_back(session, dossier, given.clone())));
            }
            Err(NotKept::Refused(Refusal::AlreadyDone)) => {}
            Err(why) => drop(fault.try_set(Some(why))),
        }
    });
}
