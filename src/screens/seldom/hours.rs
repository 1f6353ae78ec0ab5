//! Hours of a dossier: by agreement, on a year's basis. Every figure opens into how it came about.

mod absences;
mod agreements;
mod confirming;
mod planned;
mod proofs;
mod unsigned;

use crate::parts::{El, Icon, Part, dates, el, icon, link, live, needs_you, page, section};
use crate::screens::asked::learner_name;
use crate::screens::reading::{disclosure, disclosure_of, hours_by_place};
use crate::session::{Session, use_session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Agreement, Dossier, EntryRecord};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::signals::Thresholds;
use leptos::prelude::*;

words! {
    title { nl "Uren" en "Hours" fr "Heures" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    this_week { nl "Deze week" en "This week" fr "Cette semaine" }
    week_total(time) { nl "{time} in totaal" en "{time} in total" fr "{time} au total" }
    share(percent) { nl "{percent} % op de werkplek" en "{percent} % at the workplace" fr "{percent} % sur le lieu de travail" }
    share_how(workplace, school, percent) { nl "{workplace} op de werkplek en {school} op school, sinds het begin. Deze opleiding vraagt minstens {percent} % op de werkplek." en "{workplace} at the workplace and {school} at school, since the beginning. This course asks for at least {percent} % at the workplace." fr "{workplace} sur le lieu de travail et {school} à l’école, depuis le début. Cette formation demande au moins {percent} % sur le lieu de travail." }
    share_low(percent, least) { nl "Er is te weinig op de werkplek geleerd: {percent} %. De opleiding vraagt minstens {least} %." en "Too little was learnt at the workplace: {percent} %. The course asks for at least {least} %." fr "Trop peu a été appris sur le lieu de travail : {percent} %. La formation demande au moins {least} %." }
    agreements_title { nl "Overeenkomst" en "Agreement" fr "Contrat" }
    holiday_work(count) { nl "{count} [activiteit op de werkplek valt|activiteiten op de werkplek vallen] in een vakantie. Vakantie is een recht: de overeenkomst zegt niet dat er dan gewerkt wordt." en "{count} [activity at the workplace falls|activities at the workplace fall] on a holiday. Holidays are a right: the agreement does not say that there is work then." fr "{count} [activité sur le lieu de travail tombe|activités sur le lieu de travail tombent] pendant les vacances. Les vacances sont un droit : le contrat ne dit pas qu’on travaille alors." }
    uncovered(count) { nl "{count} [activiteit op de werkplek valt|activiteiten op de werkplek vallen] buiten een getekende overeenkomst." en "{count} [activity at the workplace falls|activities at the workplace fall] outside a signed agreement." fr "{count} [activité sur le lieu de travail est|activités sur le lieu de travail sont] en dehors d’un contrat signé." }
    add { nl "Nieuwe overeenkomst" en "New agreement" fr "Nouveau contrat" }
    show { nl "Welke?" en "Which?" fr "Lesquelles ?" }
}

/// One's own hours.
pub(crate) fn own() -> AnyView {
    let session = use_session();
    let found = Memo::new(move |_| session.own_dossier());
    hours(session, found, "/today", absences::absences)
}

/// Those of a learner whom one guides.
pub(crate) fn of_learner(dossier: &str) -> AnyView {
    shown(dossier, absences::absences)
}

/// Those of a learner whom one trains.
pub(crate) fn to_confirm(dossier: &str) -> AnyView {
    shown(dossier, |session, dossier| {
        let confirming = confirming::confirming(session, dossier);
        el("div", "section").add(confirming).add(absences::absences(session, dossier))
    })
}

fn shown(dossier: &str, fields: fn(Session, DossierId) -> El) -> AnyView {
    let found = DossierId::from_hex(dossier);
    hours(use_session(), Memo::new(move |_| found), "/learners", fields)
}

fn hours(
    session: Session,
    found: Memo<Option<DossierId>>,
    up: &'static str,
    fields: fn(Session, DossierId) -> El,
) -> AnyView {
    let whose = move || session.with(found.get()?, learner_name);
    let figures = move || {
        let found = found.get()?;
        let limits = session.thresholds(found);
        session.with(found, |it| figures(session, it, limits))
    };
    let fields = live(move || match found.get() {
        Some(dossier) => fields(session, dossier).part(),
        None => el("p", "").add(unknown()).part(),
    });
    page(title(), Some(up))
        .add(el("p", "page-lead").live(move || whose().unwrap_or_default()))
        .live(move || figures().part())
        .add(fields)
        .part()
}

fn figures(session: Session, it: &Dossier, limits: Thresholds) -> AnyView {
    let today = session.today();
    let guides = it.is_guided_by(session.me().person, session.today());
    let mut all: Vec<&Agreement> = it.agreements.all().collect();
    sort_by_key(&mut all, |it| std::cmp::Reverse(it.from));
    let card = |agreement: &&Agreement| agreements::card(it, agreement, today, guides);
    let cards: Vec<El> = all.iter().map(card).collect();
    let add = guides
        .then(|| link(format!("/agreement/{}", it.id), "button").add(icon(Icon::Plus)).add(add()));
    let agreements = section(agreements_title())
        .add(unsigned::unsigned(it, limits, today))
        .add(el("ul", "list").add(cards))
        .add(add);
    vec![
        week(it, today).part(),
        agreements.part(),
        planned::planned(it, today).part(),
        shared(it, today).part(),
        flagged(it, today).part(),
        holidays_worked(it, today).part(),
    ]
    .part()
}

/// This week by place, and the activities behind it.
fn week(it: &Dossier, today: Day) -> El {
    let worked = hours::in_week(it, today);
    let (from, to) = hours::week_of(today);
    let written = it.diary.written();
    let written = written.filter(|(_, version)| (from..=to).contains(&version.content.day));
    let behind = planned::activities(it, written.collect(), today);
    let total = week_total(dates::duration(worked.total()));
    let card = el("div", "card").add(hours_by_place(&worked)).add(disclosure(total, behind));
    section(this_week()).add(card)
}

fn shared(it: &Dossier, today: Day) -> Option<El> {
    let found = hours::share(it, today)?;
    let how = share_how(
        dates::duration(found.worked.workplace),
        dates::duration(found.worked.school),
        found.least,
    );
    let low = found.is_low().then(|| needs_you(share_low(found.percent, found.least)));
    let figure = disclosure(share(found.percent), el("p", "").add(how));
    Some(el("div", "card").add(low).add(figure))
}

/// Work on days that no signed agreement covers.
fn flagged(it: &Dossier, today: Day) -> Option<El> {
    let all = hours::without_agreement(it);
    worked_on(it, uncovered(all.len()), all, today)
}

/// Work on holidays, which are the learner's right (F4).
fn holidays_worked(it: &Dossier, today: Day) -> Option<El> {
    let all = hours::on_holidays(it);
    worked_on(it, holiday_work(all.len()), all, today)
}

fn worked_on(it: &Dossier, words: String, all: Vec<&EntryRecord>, today: Day) -> Option<El> {
    if all.is_empty() {
        return None;
    }
    let inside = needs_you(words.clone());
    let list = all.into_iter().map(|entry| (entry, entry.shown())).collect();
    let list = planned::activities(it, list, today);
    Some(el("div", "section").add(inside).add(disclosure_of(words, show().to_owned(), list)))
}
