//! What waits for a mentor, over all their cursisten: one tap agrees with a card.

use super::asked::{Asked, take_back, waiting_for_me};
use crate::parts::{Empty, Icon, Notice, Page, Tone, feel, icon, offer_undo};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, Refusal};
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use std::time::Duration;

words! {
    title { nl "Te bevestigen" en "To confirm" fr "À confirmer" }
    one_waits { nl "1 activiteit wacht op jou." en "1 activity waits for you." fr "1 activité vous attend." }
    some_wait(count) { nl "{count} activiteiten wachten op jou." en "{count} activities wait for you." fr "{count} activités vous attendent." }
    agree_word { nl "Akkoord" en "Agree" fr "D’accord" }
    other_word { nl "Anders" en "Otherwise" fr "Autrement" }
    choose_word { nl "Kies een niveau" en "Choose a level" fr "Choisir un niveau" }
    about(name) { nl "van {name}" en "of {name}" fr "de {name}" }
    agreed(name) {
        nl "Bevestigd voor {name}. Bewaard op dit toestel."
        en "Confirmed for {name}. Saved on this device."
        fr "Confirmé pour {name}. Enregistré sur cet appareil."
    }
    empty_title { nl "Niets te bevestigen" en "Nothing to confirm" fr "Rien à confirmer" }
    empty_words {
        nl "Vraagt een cursist een bevestiging, dan staat ze hier. Je bevestigt ook zonder bereik."
        en "When a learner asks for a confirmation, it is here. You can confirm without reception too."
        fr "Quand un apprenant demande une confirmation, elle apparaît ici. Vous confirmez aussi sans réseau."
    }
    example {
        nl "Amina, gisteren: “Vorkheftruck gecontroleerd voor de start.” Jij tikt op Akkoord."
        en "Amina, yesterday: “Checked the forklift before starting.” You tap Agree."
        fr "Amina, hier : « Contrôle du chariot élévateur avant le départ. » Vous touchez D’accord."
    }
}

/// How long a card takes to leave.
const LEAVING: Duration = Duration::from_millis(170);

#[component]
pub(crate) fn Waiting() -> impl IntoView {
    let session = use_session();
    let leaving = RwSignal::new(Vec::<Asked>::new());
    let waiting = Memo::new(move |_| waiting_for_me(session));
    let cards = move || {
        let mut cards = waiting.get();
        let gone = leaving.get().into_iter().filter(|it| !has(&cards, it)).collect::<Vec<_>>();
        cards.extend(gone);
        sort_by_key(&mut cards, |it| it.day);
        cards
    };
    let lead = move || match waiting.with(Vec::len) {
        0 => None,
        1 => Some(one_waits().to_owned()),
        count => Some(some_wait(count)),
    };
    let offer = offer_undo();
    let agree = move |asked: Asked, fault: RwSignal<Option<NotKept>>| {
        let Some(confirmation) = asked.agreement() else { return };
        if leaving.with_untracked(|it| has(it, &asked)) {
            return;
        }
        leaving.update(|it| it.push(asked.clone()));
        feel::tick();
        spawn_local(async move {
            let (body, dossier) = (Body::Confirmation(confirmation), asked.dossier);
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(hash) => {
                    let back = move || take_back(session, dossier, hash);
                    offer(agreed(&asked.learner), Box::new(back));
                }
                // The first of two quick taps did it.
                Err(NotKept::Refused(Refusal::AlreadyDone)) => {}
                Err(why) => drop(fault.try_set(Some(why))),
            }
            let gone = move || {
                leaving.try_update(|it| it.retain(|it| !same(it, &asked)));
            };
            set_timeout(gone, LEAVING);
        });
    };
    let is_leaving = move |it: &Asked| leaving.with(|all| has(all, it));
    view! {
        <Page title=title()>
            {move || lead().map(|it| view! { <p class="page-lead" role="status">{it}</p> })}
            {move || cards().is_empty().then(nothing)}
            <ul class="list">
                <For each=cards key=|it| (it.entry, it.request) let:asked>
                    {card(session, asked, agree, is_leaving)}
                </For>
            </ul>
        </Page>
    }
}

fn same(one: &Asked, other: &Asked) -> bool {
    (one.entry, one.request) == (other.entry, other.request)
}

fn has(all: &[Asked], it: &Asked) -> bool {
    all.iter().any(|other| same(other, it))
}

fn nothing() -> AnyView {
    view! { <Empty title=empty_title() words=empty_words() example=example() /> }.into_any()
}

fn card(
    session: Session,
    asked: Asked,
    agree: impl Fn(Asked, RwSignal<Option<NotKept>>) + Copy + Send + Sync + 'static,
    is_leaving: impl Fn(&Asked) -> bool + Copy + Send + Sync + 'static,
) -> AnyView {
    let fault = RwSignal::new(None::<NotKept>);
    let opens = format!("/confirm/{}/{}", asked.dossier, asked.entry);
    let (shown, tapped) = (StoredValue::new(asked.clone()), StoredValue::new(asked.clone()));
    let leaves = move || shown.with_value(is_leaving);
    let class = move || {
        let leaving = if leaves() { " card-leaving" } else { "" };
        shown.with_value(|it| format!("{}{leaving}", it.rail()))
    };
    let who = about(&asked.learner);
    let buttons = if asked.agreement().is_some() {
        view! {
            <button
                type="button"
                class="button button-primary"
                disabled=leaves
                on:click=move |_| agree(tapped.get_value(), fault)
            >
                {icon(Icon::Check)}
                <span>{agree_word()} <span class="visually-hidden">{who.clone()}</span></span>
            </button>
            <A href=opens attr:class="button">
                <span>{other_word()} <span class="visually-hidden">{who}</span></span>
            </A>
        }
        .into_any()
    } else {
        view! {
            <A href=opens attr:class="button button-primary">
                <span>{choose_word()} <span class="visually-hidden">{who}</span></span>
            </A>
        }
        .into_any()
    };
    view! {
        <li>
            <article class=class>
                <div>
                    <h2>{asked.learner.clone()}</h2>
                    <p class="soft">{asked.line(session.today())}</p>
                </div>
                <p class="clamp">{asked.text.clone()}</p>
                {asked.goal_rows()}
                {move || fault.get().map(|it| view! {
                    <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
                })}
                <div class="buttons">{buttons}</div>
            </article>
        </li>
    }
    .into_any()
}
