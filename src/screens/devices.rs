//! One's own devices. Only the school knows them all, so only with a connection.

use crate::parts::{Icon, Notice, Page, Tone, dates, state_chip};
use crate::session::{NoAnswer, Session, use_session};
use crate::words::reasons;
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

#[component]
pub(crate) fn Devices() -> impl IntoView {
    let session = use_session();
    let answer = RwSignal::new(Asked::None);
    ask(session, answer);
    let shown = move || match answer.get() {
        None => view! { <p class="soft" role="status">{asking()}</p> }.into_any(),
        Some(Ok(devices)) => {
            let cards = devices.into_iter().map(|it| view! { <Card device=it answer=answer /> });
            view! { <ul class="list">{cards.collect_view()}</ul> }.into_any()
        }
        Some(Err(why)) => view! {
            <Notice tone=Tone::Waiting>
                <p>{reasons::no_answer(&why)}</p>
                <button type="button" class="button" on:click=move |_| ask(session, answer)>
                    {again()}
                </button>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <Page title=title() up="/more">
            <p class="page-lead">{lead()}</p>
            {shown}
        </Page>
    }
}

fn ask(session: Session, answer: RwSignal<Asked>) {
    answer.set(None);
    spawn_local(async move {
        let found = session.devices().await;
        answer.try_set(Some(found));
    });
}

#[component]
fn Card(device: Device, answer: RwSignal<Asked>) -> impl IntoView {
    let session = use_session();
    let Device { key, name, since, last_seen, revoked } = device;
    let heading = name.clone();
    let asks = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<NoAnswer>);
    let is_this = key == session.this_device();
    let may = !is_this && revoked.is_none();
    let revoke = move |_| {
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            match session.revoke(key).await {
                Ok(()) => ask(session, answer),
                Err(why) => {
                    fault.try_set(Some(why));
                    busy.try_set(false);
                }
            }
        });
    };
    let offer = move || {
        (!asks.get()).then(|| {
            let which = about(&name);
            view! {
                <button type="button" class="button button-danger" on:click=move |_| asks.set(true)>
                    <span>{remove()} <span class="visually-hidden">{which}</span></span>
                </button>
            }
        })
    };
    let question = move || {
        asks.get().then(|| {
            view! {
                <Notice tone=Tone::NeedsYou>
                    <p>{what_stays()}</p>
                    <div class="buttons">
                        <button
                            type="button"
                            class="button button-danger"
                            disabled=move || busy.get()
                            on:click=revoke
                        >
                            {yes_remove()}
                        </button>
                        <button type="button" class="button" on:click=move |_| asks.set(false)>
                            {keep()}
                        </button>
                    </div>
                </Notice>
            }
        })
    };
    view! {
        <li class="card">
            <div class="card-line">
                <h2>{heading}</h2>
                {is_this.then(|| state_chip(Tone::Confirmed, Icon::Phone, this_one()))}
            </div>
            <p class="soft">{joined(dates::moment(since))}</p>
            {last_seen.map(|it| view! { <p class="soft">{seen(dates::moment(it))}</p> })}
            {revoked.map(|it| view! { <div>{state_chip(Tone::Plain, Icon::Barred, removed(dates::moment(it)))}</div> })}
            {may.then(|| view! { {offer} {question} })}
            {move || fault.get().map(|it| view! {
                <Notice tone=Tone::NeedsYou><p>{reasons::no_answer(&it)}</p></Notice>
            })}
        </li>
    }
}
