//! The cursist's intentions: feedback becomes one small thing to try, and afterwards what came of it.

use crate::parts::{El, Part, el, live, nothing, page};
use crate::screens::matters::intentions as tried;
use crate::screens::message::{Asks, writing};
use crate::session::use_session;
use dubbelspoor_domain::dossier::{Body, Dossier, Intention};
use dubbelspoor_domain::id::{DossierId, EventHash};
use leptos::prelude::*;

words! {
    title { nl "Mijn voornemens" en "My intentions" fr "Mes intentions" }
    said { nl "Dit kreeg je mee" en "This is what you were told" fr "Ce qu’on vous a dit" }
    label { nl "Wat probeer je de volgende keer?" en "What will you try next time?" fr "Qu’allez-vous essayer la prochaine fois ?" }
    hint { nl "Eén klein ding. Je mentor en je trajectbegeleider zien het ook." en "One small thing. Your mentor and your coach see it too." fr "Une petite chose. Votre mentor et votre accompagnateur la voient aussi." }
    send { nl "Dit neem ik mee" en "I take this along" fr "Je m’y engage" }
}

/// The screen; from a piece of feedback, the intention is made of that.
pub(crate) fn intentions(from: Option<&str>) -> AnyView {
    let session = use_session();
    let from = from.and_then(EventHash::from_hex);
    let dossier = Memo::new(move |_| session.own_dossier());
    let field = live(move || match dossier.get() {
        Some(dossier) => {
            let told = untrack(|| session.with(dossier, |it| feedback(it, from?))).flatten();
            vec![told.map(quote).part(), field(dossier, from).part()].part()
        }
        None => nothing(),
    });
    let before = move || session.with(dossier.get()?, |it| tried(it, 30))?;
    page(title(), Some("/more")).add(field).live(before).part()
}

/// The words that came with a confirmation or a message.
fn feedback(it: &Dossier, from: EventHash) -> Option<String> {
    let confirmed = it.confirmations.get(from).and_then(|it| it.confirmation.feedback.clone());
    let said = || it.feedback.all().iter().find(|it| it.hash == from);
    confirmed.or_else(|| said().map(|it| it.feedback.text.clone()))
}

fn quote(words: String) -> El {
    el("article", "card").add(el("h2", "").add(said())).add(el("p", "words").add(words))
}

fn field(dossier: DossierId, from: Option<EventHash>) -> El {
    let asks = Asks {
        id: "intention",
        label: label(),
        hint: hint(),
        send: send(),
        most: 250,
        is_main: true,
    };
    let about = from.map_or_else(|| dossier.to_string(), |it| it.to_string());
    let body = move |text| Body::Intention(Intention { from, text });
    writing(dossier, &about, asks, RwSignal::new(String::new()), Box::new(body))
}
