//! One's own devices. Only the school knows them all, so only with a connection.

use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, live, needs_you, notice, page, soft, state_chip,
};
use crate::session::{NoAnswer, Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::id::KeyId;
use dubbelspoor_domain::wire::Device;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Mijn toestellen" en "My devices" fr "Mes appareils" }
    lead { nl "Een toestel kwijt? Meld het hier af. Dan kan niemand er nog in jouw naam mee schrijven." en "Lost a device? Remove it here. Then nobody can write with it in your name." fr "Appareil perdu ? Retirez-le ici. Plus personne ne pourra écrire en votre nom avec." }
    asking { nl "De lijst wordt opgehaald." en "The list is being fetched." fr "La liste est en cours de chargement." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    this_one { nl "Dit toestel" en "This device" fr "Cet appareil" }
    joined(when) { nl "Aangemeld op {when}" en "Joined on {when}" fr "Connecté le {when}" }
    seen(when) { nl "Laatst gezien op {when}" en "Last seen on {when}" fr "Vu pour la dernière fois le {when}" }
    removed(when) { nl "Afgemeld op {when}" en "Removed on {when}" fr "Retiré le {when}" }
    remove { nl "Meld af" en "Remove" fr "Retirer" }
    about(name) { nl "toestel {name}" en "device {name}" fr "appareil {name}" }
    what_stays {
        nl "Wat dit toestel al verstuurde, blijft. Wat er nog op staat en niet verstuurd is, telt later alleen mee als je trajectbegeleider dat beslist. Terugkomen kan met een nieuwe uitnodiging."
        en "What this device has sent stays. What is still on it unsent counts later only if your coach decides so. It can come back with a new invitation."
        fr "Ce que cet appareil a déjà envoyé reste. Ce qui s’y trouve encore sans être envoyé ne comptera que si votre accompagnateur le décide. Il peut revenir avec une nouvelle invitation."
    }
    yes_remove { nl "Meld dit toestel af" en "Remove this device" fr "Retirer cet appareil" }
    keep { nl "Laat staan" en "Keep it" fr "Le garder" }
}

type Asked = Option<Result<Vec<Device>, NoAnswer>>;

pub(crate) fn devices() -> AnyView {
    let session = use_session();
    let answer = RwSignal::new(Asked::None);
    ask(session, answer);
    let shown = move || match answer.get() {
        None => soft(asking()).set("role", "status"),
        Some(Ok(devices)) => {
            let mut list = el("ul", "list");
            for it in devices {
                list = list.add(card(session, it, answer));
            }
            list
        }
        Some(Err(why)) => {
            let retry = button("button", move || ask(session, answer)).add(again());
            notice(Tone::Waiting, vec![el("p", "").add(reasons::no_answer(&why)), retry])
        }
    };
    page(title(), Some("/more")).add(el("p", "page-lead").add(lead())).live(shown).part()
}

fn ask(session: Session, answer: RwSignal<Asked>) {
    answer.set(None);
    spawn_local(async move {
        let found = session.devices().await;
        answer.try_set(Some(found));
    });
}

fn card(session: Session, device: Device, answer: RwSignal<Asked>) -> El {
    let Device { key, name, since, last_seen, revoked } = device;
    let is_this = key == session.this_device();
    let this = is_this.then(|| state_chip(Tone::Confirmed, Icon::Phone, this_one()));
    let gone =
        |it| el("div", "").add(state_chip(Tone::Plain, Icon::Barred, removed(dates::moment(it))));
    el("li", "card")
        .add(el("div", "card-line").add(el("h2", "").add(name.clone())).add(this))
        .add(soft(joined(dates::moment(since))))
        .add(last_seen.map(|it| soft(seen(dates::moment(it)))))
        .add(revoked.map(gone))
        .add((!is_this && revoked.is_none()).then(|| removal(session, key, name, answer)))
}

/// The offer to remove a device, and the question that comes first: it cannot be taken back.
fn removal(session: Session, key: KeyId, name: String, answer: RwSignal<Asked>) -> Vec<AnyView> {
    let asks = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<&'static str>);
    let revoke = move || {
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            match session.revoke(key).await {
                Ok(()) => ask(session, answer),
                Err(why) => {
                    fault.try_set(Some(reasons::no_answer(&why)));
                    busy.try_set(false);
                }
            }
        });
    };
    let shown = move || {
        if asks.get() {
            let sure = button("button button-danger", revoke)
                .disabled(move || busy.get())
                .add(yes_remove());
            let no = button("button", move || asks.set(false)).add(keep());
            let buttons = el("div", "buttons").add(sure).add(no);
            notice(Tone::NeedsYou, vec![el("p", "").add(what_stays()), buttons])
        } else {
            let which = el("span", "visually-hidden").add(about(&name));
            let words = el("span", "").add(remove()).add(" ").add(which);
            button("button button-danger", move || asks.set(true)).add(words)
        }
    };
    vec![live(move || shown().part()), live(move || fault.get().map(needs_you).part())]
}
