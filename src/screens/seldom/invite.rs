//! The people of a leertraject or of the centre: who takes part, a new one, an invitation by QR, link and code, and their
//! devices (A15, G9). Who takes part is written without a line; only the school makes invitations.

mod adding;

use crate::parts::qr::qr;
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, needs_you, nothing, notice, page, soft, state_chip,
};
use crate::screens::file::{for_guides, guides_now};
use crate::screens::reading::name;
use crate::screens::told;
use crate::session::{NoAnswer, NotKept, Session, use_session};
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::dossier::{Body, Dossier, LinkRecord};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{Device, Enrolled, Invited};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Mensen" en "People" fr "Personnes" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    since(role, day) { nl "{role} sinds {day}" en "{role} since {day}" fr "{role} depuis le {day}" }
    begins(role, day) { nl "{role} vanaf {day}" en "{role} from {day}" fr "{role} à partir du {day}" }
    until(role, from, to) { nl "{role} van {from} tot en met {to}" en "{role} from {from} up to and including {to}" fr "{role} du {from} au {to} inclus" }
    end_today { nl "Stopt vandaag" en "Ends today" fr "Termine aujourd’hui" }
    never_begins { nl "Gaat niet door" en "Will not happen" fr "N’aura pas lieu" }
    about(name) { nl "{name}" en "{name}" fr "{name}" }
    invite { nl "Nodig uit" en "Invite" fr "Inviter" }
    invite_again { nl "Nodig uit voor nog een toestel" en "Invite for one more device" fr "Inviter pour un autre appareil" }
    not_joined { nl "Deed nog niet mee" en "Has not joined yet" fr "N’a pas encore participé" }
    invited_until(when) { nl "Uitnodiging nog niet gebruikt, geldig tot {when}" en "Invitation not used yet, good until {when}" fr "Invitation pas encore utilisée, valable jusqu’au {when}" }
    device(name, when) { nl "{name}, laatst gezien op {when}" en "{name}, last seen on {when}" fr "{name}, vu pour la dernière fois le {when}" }
    stop { nl "Meld toestel af" en "Remove device" fr "Retirer l’appareil" }
    stopped(name) { nl "{name}: afgemeld" en "{name}: removed" fr "{name} : retiré" }
    scan { nl "Laat deze code lezen met de camera van de gsm, of stuur de link door. Hij werkt één keer." en "Let the phone’s camera read this code, or send the link on. It works once." fr "Faites lire ce code par l’appareil photo du téléphone, ou transmettez le lien. Il fonctionne une seule fois." }
    qr_label { nl "QR-code van de uitnodiging" en "QR code of the invitation" fr "Code QR de l’invitation" }
    or_type { nl "Of typ in de app:" en "Or type in the app:" fr "Ou tapez dans l’application :" }
    copy { nl "Kopieer de link" en "Copy the link" fr "Copier le lien" }
    copied { nl "Gekopieerd" en "Copied" fr "Copié" }
    good_until(when) { nl "Geldig tot {when}" en "Good until {when}" fr "Valable jusqu’au {when}" }
    not_possible { nl "Dit kan nu niet: de school kent deze persoon nog niet, of die hoort ook elders bij. Wacht tot alles bij de school is, of vraag het aan de beheerder." en "This is not possible now: the school does not know this person yet, or they belong elsewhere as well. Wait until all is at the school, or ask the administrator." fr "Ce n’est pas possible maintenant : l’école ne connaît pas encore cette personne, ou elle appartient aussi ailleurs. Attendez que tout soit à l’école, ou demandez au gestionnaire." }
    needs_line { nl "Uitnodigen en afmelden kan alleen met verbinding." en "Inviting and removing needs a connection." fr "Inviter et retirer nécessite une connexion." }
}

/// What the school told, while it did.
type Asked = RwSignal<Option<Result<Vec<Enrolled>, NoAnswer>>>;

pub(crate) fn invite_screen(dossier: &str) -> AnyView {
    let session = use_session();
    let dossier = DossierId::from_hex(dossier);
    let Some(dossier) = dossier.filter(|it| untrack(|| session.with(*it, |_| ()).is_some())) else {
        return page(title(), Some("/")).add(el("p", "").add(unknown())).part();
    };
    if !guides_now(session, dossier) {
        return page(title(), Some("/learners")).add(for_guides()).part();
    }
    let is_centre = untrack(|| session.with(dossier, |it| it.centre.is_some())) == Some(true);
    let answer: Asked = RwSignal::new(None);
    ask(session, dossier, answer);
    let fault = RwSignal::new(None::<NotKept>);
    let shown = RwSignal::new(None::<(PersonId, Result<Invited, NoAnswer>)>);
    let cards = move || {
        let people = session.with(dossier, people).unwrap_or_default();
        let card = |(person, links): (PersonId, Vec<LinkRecord>)| {
            one(session, dossier, person, links, answer, fault, shown)
        };
        el("ul", "list").add(people.into_iter().map(card).collect::<Vec<_>>())
    };
    let offline = move || {
        let failed = answer.with(|it| matches!(it, Some(Err(_))));
        failed.then(|| notice(Tone::Waiting, el("p", "").add(needs_line())))
    };
    let up = if is_centre { "/centre" } else { "/learners" };
    page(title(), Some(up))
        .live(offline)
        .live(cards)
        .add(told(fault))
        .add(adding::adding(session, dossier, is_centre))
        .part()
}

fn ask(session: Session, dossier: DossierId, answer: Asked) {
    spawn_local(async move {
        let found = session.enrolled(dossier).await;
        answer.try_set(Some(found));
    });
}

/// Everybody with their links, by name.
fn people(it: &Dossier) -> Vec<(PersonId, Vec<LinkRecord>)> {
    let mut all: Vec<(PersonId, Vec<LinkRecord>)> = Vec::new();
    for record in it.links.all().filter(|it| !it.never_was()) {
        let who = record.link.person;
        match all.iter_mut().find(|(person, _)| *person == who) {
            Some((_, links)) => links.push(record.clone()),
            None => all.push((who, vec![record.clone()])),
        }
    }
    dubbelspoor_domain::ordered::sort_by_key(&mut all, |(person, _)| name(it, *person));
    all
}

fn one(
    session: Session,
    dossier: DossierId,
    person: PersonId,
    links: Vec<LinkRecord>,
    answer: Asked,
    fault: RwSignal<Option<NotKept>>,
    shown: RwSignal<Option<(PersonId, Result<Invited, NoAnswer>)>>,
) -> El {
    let called = session.with(dossier, |it| name(it, person)).unwrap_or_default();
    let today = session.today();
    let mut card = el("li", "card").add(el("h2", "").add(called.clone()));
    for record in links {
        let role = vocabulary::role(record.link.role);
        let from = dates::day(record.link.from, today);
        let has_begun = record.has_begun(today);
        let words = match record.last_day() {
            Some(to) => until(role, from, dates::day(to, today)),
            None if has_begun => since(role, from),
            None => begins(role, from),
        };
        let may_end = !record.is_over(today) && person != session.me().person;
        let end = move || {
            let body = Body::LinkEnded(record.stopped(untrack(|| session.today())));
            crate::screens::message::put(session, dossier, body, fault);
        };
        let which = el("span", "visually-hidden").add(about(&called));
        let ends = if has_begun { end_today() } else { never_begins() };
        let end = may_end.then(|| button("button button-quiet", end).add(ends).add(" ").add(which));
        card = card.add(el("div", "card-line").add(soft(words)).add(end));
    }
    let known = answer.with(|it| match it {
        Some(Ok(all)) => all.iter().find(|it| it.person == person).cloned(),
        _ => None,
    });
    let has_devices =
        known.as_ref().is_some_and(|it| it.devices.iter().any(|it| it.revoked.is_none()));
    if let Some(it) = known {
        card = card.add(devices(session, dossier, it, answer));
    }
    let tap = move || {
        spawn_local(async move {
            let made = session.invite(dossier, person).await;
            shown.try_set(Some((person, made)));
            ask(session, dossier, answer);
        });
    };
    let which = el("span", "visually-hidden").add(about(&called));
    let words = if has_devices { invite_again() } else { invite() };
    let class = if has_devices { "button button-quiet" } else { "button" };
    card.add(button(class, tap).add(words).add(" ").add(which)).live(move || {
        shown.with(|it| match it {
            Some((of, Ok(made))) if *of == person => invitation(session, made).part(),
            Some((of, Err(NoAnswer::No))) if *of == person => needs_you(not_possible()).part(),
            Some((of, Err(why))) if *of == person => needs_you(reasons::no_answer(why)).part(),
            _ => nothing(),
        })
    })
}

fn invitation(session: Session, it: &Invited) -> El {
    let link = it.link.clone();
    let done = RwSignal::new(false);
    let tap = move || {
        let link = link.clone();
        spawn_local(async move {
            let copied = session.copy(&link).await;
            done.try_set(copied);
        });
    };
    el("div", "section")
        .set("role", "status")
        .add(el("p", "").add(scan()))
        .add(qr(it.side, &it.modules.0, qr_label()))
        .add(el("p", "words").add(it.link.clone()))
        .add(el("p", "").add(or_type()).add(" ").add(el("strong", "").add(it.code.clone())))
        .add(soft(good_until(dates::moment(it.expires))))
        .add(button("button", tap).live(move || if done.get() { copied() } else { copy() }))
}

fn devices(session: Session, dossier: DossierId, it: Enrolled, answer: Asked) -> AnyView {
    let mut lines = Vec::new();
    let fault = RwSignal::new(None::<&'static str>);
    if it.devices.is_empty() {
        let words =
            it.invited.map_or(not_joined().to_owned(), |at| invited_until(dates::moment(at)));
        lines.push(el("div", "").add(state_chip(Tone::Waiting, Icon::Hourglass, words)));
    }
    if !it.roles.is_empty() {
        let roles: Vec<&str> = it.roles.iter().map(|it| vocabulary::role(*it)).collect();
        lines.push(el("p", "").add(roles.join(", ")));
    }
    for Device { key, name, last_seen, since, revoked } in it.devices {
        if revoked.is_some() {
            lines.push(soft(stopped(name)));
            continue;
        }
        let tap = move || {
            fault.set(None);
            spawn_local(async move {
                match session.revoke(key).await {
                    Ok(()) => ask(session, dossier, answer),
                    Err(why) => drop(fault.try_set(Some(reasons::no_answer(&why)))),
                }
            });
        };
        let words = device(&name, dates::moment(last_seen.unwrap_or(since)));
        let which = el("span", "visually-hidden").add(name);
        let stop = button("button button-quiet", tap).add(stop()).add(" ").add(which);
        let stop = (key != session.this_device()).then_some(stop);
        lines.push(el("div", "card-line").add(soft(words)).add(stop));
    }
    lines.push(el("div", "").live(move || fault.get().map(needs_you)));
    lines.part()
}
