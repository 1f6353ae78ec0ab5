//! One cursist as their mentor sees them: how far, what lately, who confirmed, with whom.

use super::asked::learner_name;
use super::message::Message;
use super::reading::{confirmations, course, entries, goals, people, week};
use crate::parts::{Icon, Page, Tone, icon, state_chip};
use crate::session::use_session;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

words! {
    title { nl "Cursist" en "Learner" fr "Apprenant" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    waits(count) { nl "Te bevestigen: {count}" en "To confirm: {count}" fr "À confirmer : {count}" }
    nothing_waits { nl "Niets wacht op jou" en "Nothing waits for you" fr "Rien ne vous attend" }
}

#[component]
pub(crate) fn Learner() -> impl IntoView {
    let session = use_session();
    let dossier = use_params_map().with_untracked(|it| it.get("dossier"));
    let Some(dossier) = dossier.and_then(|it| DossierId::from_hex(&it)) else {
        return view! { <Page title=title() up="/learners"><p>{unknown()}</p></Page> }.into_any();
    };
    let name = move || session.with(dossier, learner_name).unwrap_or_else(|| title().to_owned());
    let head = move || {
        let me = session.me().person;
        session.with(dossier, |it| {
            let waiting = it.waiting_for(me).len();
            if waiting > 0 {
                view! {
                    <A href="/waiting" attr:class="button button-primary">
                        {icon(Icon::Check)} {waits(waiting)}
                    </A>
                }
                .into_any()
            } else {
                view! { <div>{state_chip(Tone::Confirmed, Icon::Check, nothing_waits())}</div> }
                    .into_any()
            }
        })
    };
    let lead = move || session.with(dossier, course);
    let far = move || {
        session.with(
            dossier,
            |it| view! { {week(it, session.today())} {entries(session, it)} {goals(it)} },
        )
    };
    let others = move || session.with(dossier, |it| view! { {confirmations(it)} {people(it)} });
    view! {
        <Page title=Signal::derive(name) up="/learners" two=true>
            <p class="page-lead">{lead}</p>
            <div class="section">{head} {far}</div>
            <div class="section">
                {others}
                <Message dossier=dossier />
            </div>
        </Page>
    }
    .into_any()
}
