//! The talks of three: planned, held under the four questions, agreed by all (E1, E3), and what follows from them (E4).

mod answers;
mod material;

use super::form::{Asks, Field, Filled, Sort, field, form, one_of};
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, icon, link, section, soft, state_chip,
};
use crate::screens::file::{Guided, agreed_rows, file_of, may, may_now, reading, screen_of};
use crate::screens::message::put;
use crate::screens::reading::{disclosure, name};
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Chair, Dossier, Held, Intention, Matter, Review, ReviewAgreed, ReviewKind, ReviewState,
    Role, Said,
};
use dubbelspoor_domain::id::{DossierId, PersonId, ReviewId};
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;
use std::cmp::Reverse;

words! {
    title { nl "Gesprekken" en "Talks" fr "Entretiens" }
    talk_title { nl "Gesprek" en "Talk" fr "Entretien" }
    none { nl "Nog geen gesprekken. De trajectbegeleider plant het eerste." en "No talks yet. The coach plans the first one." fr "Pas encore d’entretien. L’accompagnateur planifie le premier." }
    interim { nl "Tussentijds gesprek" en "Interim talk" fr "Entretien intermédiaire" }
    last { nl "Eindgesprek" en "Final talk" fr "Entretien final" }
    planned { nl "Gepland" en "Planned" fr "Prévu" }
    waits { nl "Nog niet door alle drie goedgekeurd" en "Not agreed by all three yet" fr "Pas encore approuvé par les trois" }
    agreed { nl "Door alle drie goedgekeurd" en "Agreed by all three" fr "Approuvé par les trois" }
    plan_one { nl "Plan een gesprek" en "Plan a talk" fr "Planifier un entretien" }
    kind { nl "Welk gesprek?" en "Which talk?" fr "Quel entretien ?" }
    day { nl "Wanneer?" en "When?" fr "Quand ?" }
    wrong_day { nl "Kies een dag." en "Choose a day." fr "Choisissez un jour." }
    write_up { nl "Schrijf het gesprek op" en "Write the talk down" fr "Noter l’entretien" }
    feed_up { nl "Waar gaan we naartoe?" en "Where are we going?" fr "Où allons-nous ?" }
    feedback { nl "Waar staan we nu?" en "Where are we now?" fr "Où en sommes-nous ?" }
    feed_forward { nl "Hoe gaan we verder?" en "How do we go on?" fr "Comment continuer ?" }
    take_up { nl "Wat nemen we mee van de vorige keer?" en "What do we take up from last time?" fr "Que reprenons-nous de la dernière fois ?" }
    points { nl "Afspraken, één per regel" en "Agreed points, one a line" fr "Points convenus, un par ligne" }
    points_title { nl "Afspraken" en "Agreed points" fr "Points convenus" }
    save { nl "Bewaar het gesprek" en "Save the talk" fr "Enregistrer l’entretien" }
    wrong { nl "Kies een dag en schrijf iets onder minstens één vraag. Hoogstens 10 afspraken." en "Choose a day and write something under at least one question. At most 10 agreed points." fr "Choisissez un jour et écrivez sous au moins une question. Dix points au plus." }
    agree { nl "Ik ga akkoord" en "I agree" fr "Je suis d’accord" }
    at_table(who, by) { nl "{who}, aan tafel op het toestel van {by}" en "{who}, at the table on the device of {by}" fr "{who}, à table sur l’appareil de {by}" }
    agrees_here(name) { nl "{name} gaat akkoord, hier aan tafel" en "{name} agrees, here at the table" fr "{name} est d’accord, ici à table" }
    at_table_hint { nl "Geen bereik? Laat de anderen hier zelf tikken. Er staat bij dat het op jouw toestel was; ze kunnen het op hun eigen toestel nog bevestigen." en "No reception? Let the others tap here themselves. It is said that it was on your device; they can still confirm it on their own." fr "Pas de réseau ? Laissez les autres appuyer ici eux-mêmes. Il est indiqué que c’était sur votre appareil ; ils peuvent encore confirmer sur le leur." }
    agree_hint { nl "Je gaat akkoord met precies wat hier staat. Verandert er iets, dan wordt het opnieuw gevraagd." en "You agree to exactly what is here. If something changes, you will be asked again." fr "Vous approuvez exactement ce qui figure ici. En cas de changement, on vous le redemandera." }
    cancel { nl "Gaat niet door" en "Is cancelled" fr "N’a pas lieu" }
    try_this { nl "Neem mee als voornemen" en "Take along as an intention" fr "Prendre comme intention" }
    taken { nl "Meegenomen als voornemen" en "Taken along as an intention" fr "Pris comme intention" }
    no_words { nl "Niets genoteerd" en "Nothing noted" fr "Rien de noté" }
    unknown { nl "Dit gesprek staat niet op dit toestel." en "This talk is not on this device." fr "Cet entretien n’est pas sur cet appareil." }
}

fn kind_words(it: ReviewKind) -> &'static str {
    match it {
        ReviewKind::Interim => interim(),
        ReviewKind::Final => last(),
    }
}

fn state(it: &Dossier, review: &Said<Review>) -> AnyView {
    match it.review_state(review) {
        ReviewState::Planned => state_chip(Tone::Plain, Icon::Hourglass, planned()),
        ReviewState::Held => state_chip(Tone::Waiting, Icon::Hourglass, waits()),
        ReviewState::Agreed => state_chip(Tone::Confirmed, Icon::Check, agreed()),
    }
}

type Planning = fn(Session, DossierId) -> El;
type Writing = fn(DossierId, Review) -> El;

pub(crate) const PLANNING: Planning = planning;
pub(crate) const WRITING: Writing = writing;

pub(crate) fn talks(dossier: &str, planning: Guided<Planning>) -> AnyView {
    screen_of(
        dossier,
        title,
        file_of,
        Box::new(move |session, dossier, page| {
            let list = reading(session, dossier, list);
            let plans = may_now(session, dossier, &blank(session));
            let form =
                planning.filter(|_| plans).map(|it| section(plan_one()).add(it(session, dossier)));
            page.add(list).add(form).add(reading(session, dossier, answers::answers))
        }),
    )
}

/// A talk of which nothing is known yet.
fn blank(session: Session) -> Body {
    let (review, day) = (ReviewId(session.new_id()), untrack(|| session.today()));
    Body::Review(Review { review, kind: ReviewKind::Interim, day, held: None, cancelled: false })
}

fn list(session: Session, it: &Dossier) -> AnyView {
    let mut all: Vec<&Said<Review>> = it.reviews.all().collect();
    if all.is_empty() {
        return soft(none()).part();
    }
    sort_by_key(&mut all, |it| Reverse((it.what.day, it.at)));
    let row = |review: &&Said<Review>| {
        let when = dates::day(review.what.day, session.today());
        let text = el("span", "row-text")
            .add(el("span", "").add(kind_words(review.what.kind)))
            .add(el("span", "soft").add(when))
            .add(el("span", "").add(state(it, review)));
        link(format!("/talk/{}/{}", it.id, review.what.review), "row")
            .add(icon(Icon::People))
            .add(text)
            .add(icon(Icon::Forward))
    };
    el("div", "rows").add(all.iter().map(row).collect::<Vec<_>>()).part()
}

/// Every four weeks, counted from the last one (E3).
fn next_talk(session: Session, dossier: DossierId) -> Day {
    let today = session.today();
    let last = |it: &Dossier| it.reviews.all().map(|it| it.what.day).max();
    let last = session.with(dossier, last).flatten();
    let next = last.and_then(|it| it.checked_add_days(Days::new(28))).map(Day);
    next.filter(|it| *it > today).unwrap_or(today)
}

fn planning(session: Session, dossier: DossierId) -> El {
    let next = untrack(|| next_talk(session, dossier));
    let fields = vec![
        field("talk-kind", kind(), one_of(ReviewKind::ALL.map(kind_words))).with("0"),
        field("talk-day", day(), Sort::Date).with(dates::for_field(next)),
    ];
    let asks = Asks { about: "talk", send: plan_one(), wrong: wrong_day(), then: None };
    let read = move |it: &Filled| {
        let kind = *ReviewKind::ALL.get(it.number(0)? as usize)?;
        let day = it.day(1)?;
        let review = ReviewId(session.new_id());
        Some(vec![Body::Review(Review { review, kind, day, held: None, cancelled: false })])
    };
    form(dossier, asks, fields, Box::new(read))
}

pub(crate) fn talk(dossier: &str, review: &str, writing: Guided<Writing>) -> AnyView {
    let Some(review) = ReviewId::from_hex(review) else { return talks(dossier, None) };
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else { return talks(dossier, None) };
    let fault = RwSignal::new(None::<NotKept>);
    let shown = reading(session, dossier, move |session, it| match it.reviews.get(review) {
        Some(said) => one(session, it, said, fault),
        None => soft(unknown()).part(),
    });
    let before = untrack(|| {
        session.with(dossier, |it| {
            let said = it.reviews.get(review)?;
            may(session, it, &Body::Review(said.what.clone())).then(|| said.what.clone())
        })
    });
    let form = before.flatten().zip(writing);
    let form = form.map(|(it, write)| disclosure(write_up().to_owned(), write(dossier, it)));
    crate::parts::page_named(talk_title().part(), Some(format!("/talks/{dossier}")))
        .add(shown)
        .add(told(fault))
        .add(form)
        .part()
}

fn one(
    session: Session,
    it: &Dossier,
    said: &Said<Review>,
    fault: RwSignal<Option<NotKept>>,
) -> AnyView {
    let when = dates::day(said.what.day, session.today());
    let head = el("div", "card-line")
        .add(el("h2", "").add(format!("{} · {when}", kind_words(said.what.kind))))
        .add(state(it, said));
    let held = said.what.held.as_ref();
    let words = held.map(|held| {
        let part = |question: &'static str, words: &String| {
            let words = if words.is_empty() { no_words().to_owned() } else { words.clone() };
            el("div", "").add(el("h3", "").add(question)).add(el("p", "words").add(words))
        };
        el("article", "card")
            .add(part(take_up(), &held.take_up))
            .add(part(feed_up(), &held.feed_up))
            .add(part(feedback(), &held.feedback))
            .add(part(feed_forward(), &held.feed_forward))
    });
    let points = held.map(|held| agreed_points(session, it, said, held, fault));
    let consents = held.map(|_| consents(session, it, said, fault));
    let cancels = held.is_none() && may(session, it, &Body::Review(said.what.clone()));
    let cancel = cancels.then(|| {
        let gone = Body::Review(Review { cancelled: true, ..said.what.clone() });
        let dossier = it.id;
        button("button button-quiet", move || put(session, dossier, gone.clone(), fault))
            .add(cancel())
    });
    vec![
        head.part(),
        words.part(),
        points.part(),
        consents.part(),
        material::material_for(session, it, said).part(),
        cancel.part(),
    ]
    .part()
}

/// The agreed points; the learner takes them along one by one (E4).
fn agreed_points(
    session: Session,
    it: &Dossier,
    said: &Said<Review>,
    held: &Held,
    fault: RwSignal<Option<NotKept>>,
) -> Option<El> {
    let (dossier, from) = (it.id, Some(said.hash));
    let learns = it.links.learner() == Some(session.me().person);
    let versions = it.reviews.history(said.what.review);
    let of_this_talk = |hash| versions.iter().any(|it| it.hash == hash);
    let mut list = el("ul", "list");
    for point in &held.points {
        let body = Body::Intention(Intention { from, text: point.clone() });
        let is_taken = it.matters.all().any(|it| {
            let Matter::Intention(it) = &it.what else { return false };
            it.text == *point && it.from.is_some_and(of_this_talk)
        });
        let act = if is_taken {
            Some(state_chip(Tone::Confirmed, Icon::Check, taken()))
        } else {
            learns.then(|| {
                button("button", move || put(session, dossier, body.clone(), fault))
                    .add(try_this())
                    .part()
            })
        };
        list = list.add(el("li", "card").add(el("p", "words").add(point.clone())).add(act));
    }
    (!held.points.is_empty()).then(|| section(points_title()).add(list))
}

fn consents(
    session: Session,
    it: &Dossier,
    said: &Said<Review>,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let agreed = |chair| it.review_agreed_by(said.hash, chair);
    let told = |said: &Said<ReviewAgreed>| match said.what.at_table {
        Some(person) => at_table(name(it, person), name(it, said.by)),
        None => name(it, said.by),
    };
    let rows = agreed_rows(&|chair| agreed(chair).map(told));
    let (me, today) = (session.me().person, session.today());
    let mine = it.chair_of(me, today);
    let is_own = |said: &Said<ReviewAgreed>| said.what.at_table.is_none();
    let open = mine.is_some_and(|chair| !agreed(chair).is_some_and(is_own));
    let (dossier, review, version) = (it.id, said.what.review, said.hash);
    let say = move |at_table| {
        let body = Body::ReviewAgreed(ReviewAgreed { review, version, word: None, at_table });
        move || put(session, dossier, body.clone(), fault)
    };
    let agrees = open.then(|| {
        el("div", "section")
            .add(soft(agree_hint()))
            .add(button("button button-primary", say(None)).add(agree()))
    });
    // Once who guides agreed, the others may at the same table.
    let guides = mine == Some(Chair::School) && !open;
    let others = it.links.learner().into_iter().chain(it.links.current(Role::Mentor, today));
    let waits = |person: &PersonId| {
        let chair = it.chair_of(*person, today);
        chair.is_some_and(|chair| chair != Chair::School && agreed(chair).is_none())
    };
    let taps: Vec<El> = others
        .filter(|person| guides && waits(person))
        .map(|person| button("button", say(Some(person))).add(agrees_here(name(it, person))))
        .collect();
    let here =
        (!taps.is_empty()).then(|| el("div", "section").add(soft(at_table_hint())).add(taps));
    el("div", "section").add(rows).add(agrees).add(here)
}

fn writing(dossier: DossierId, before: Review) -> El {
    let held = before.held.clone();
    // What is known is written already; what is said at the table is put beside it.
    let known = || untrack(|| use_session().with(dossier, |it| material::known(it, &before)));
    let held = held.or_else(known);
    let words = |read: fn(&Held) -> &String| held.as_ref().map(read).cloned().unwrap_or_default();
    let points_before = held.as_ref().map(|it| it.points.join("\n")).unwrap_or_default();
    let text =
        |id, label, value: String| -> Field { field(id, label, Sort::Text(1_500)).with(value) };
    let fields = vec![
        field("talk-held", day(), Sort::Date).with(dates::for_field(before.day)),
        text("talk-take-up", take_up(), words(|it| &it.take_up)),
        text("talk-feed-up", feed_up(), words(|it| &it.feed_up)),
        text("talk-feedback", feedback(), words(|it| &it.feedback)),
        text("talk-feed-forward", feed_forward(), words(|it| &it.feed_forward)),
        text("talk-points", points(), points_before),
    ];
    let about = format!("held-{}", before.review);
    // Elsewhere afterwards: the fields would still show what was written before.
    let then = Some(format!("/talks/{dossier}"));
    let asks = Asks { about: &about, send: save(), wrong: wrong(), then };
    let read = move |it: &Filled| {
        let points = it.many(5).into_iter().map(|it| it.trim().to_owned());
        let held = Held {
            take_up: it.text(1),
            feed_up: it.text(2),
            feedback: it.text(3),
            feed_forward: it.text(4),
            points: points.filter(|it| !it.is_empty()).collect(),
        };
        let says = [1, 2, 3, 4].into_iter().any(|at| it.words(at).is_some());
        let fits = says && held.points.len() <= 10;
        let review = Review { day: it.day(0)?, held: Some(held), ..before.clone() };
        fits.then(|| vec![Body::Review(review)])
    };
    form(dossier, asks, fields, Box::new(read))
}
