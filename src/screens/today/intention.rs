//! What the cursist means to try: asked after from the next day on.

use super::super::matters::take_up;
use super::super::message::put;
use super::super::told;
use crate::parts::{El, button, el, feel, offer_undo, section, soft};
use crate::session::{NotKept, Session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Closed, Matter, TakeUp};
use dubbelspoor_domain::id::{DossierId, EventHash};
use leptos::prelude::*;

words! {
    title { nl "Je voornemen" en "Your intention" fr "Votre intention" }
    later { nl "Probeer het bij je volgende dienst." en "Try it on your next shift." fr "Essayez lors de votre prochain service." }
    how { nl "Is het gelukt?" en "Did it work?" fr "Est-ce que ça a marché ?" }
    thanks { nl "Bewaard op dit toestel." en "Saved on this device." fr "Enregistré sur cet appareil." }
}

/// The intention of now and, once a night has passed, what came of it with one tap.
pub(super) fn intention(session: Session, dossier: DossierId) -> impl FnMut() -> Option<El> {
    let offer = offer_undo();
    let fault = RwSignal::new(None::<NotKept>);
    let now = Memo::new(move |_| {
        session.with(dossier, |it| {
            let record = it.matters.intention()?;
            let Matter::Intention(intention) = &record.what else { return None };
            Some((record.hash, intention.clone(), Day::of_millis(record.at.millis())))
        })?
    });
    move || {
        let (hash, intention, since) = now.get()?;
        let card = section(title()).add(el("p", "words").add(intention.text.clone()));
        if since >= session.today() {
            return Some(card.add(soft(later())));
        }
        let mut ways = el("div", "chips").set("role", "group").set("aria-label", how());
        for came in [TakeUp::Worked, TakeUp::Partly, TakeUp::NotTried] {
            let again = intention.clone();
            let tap = move || {
                feel::tick();
                put(session, dossier, closing(hash, came), fault);
                let again = again.clone();
                let back = move || put(session, dossier, Body::Intention(again.clone()), fault);
                offer(thanks().to_owned(), Box::new(back));
            };
            ways = ways.add(button("chip", tap).add(take_up(came)));
        }
        Some(card.add(soft(how())).add(ways).add(told(fault)))
    }
}

fn closing(matter: EventHash, came: TakeUp) -> Body {
    Body::Closed(Closed { matter, take_up: Some(came), only: None })
}
