//! A new leertraject: the school begins a dossier with the cursist and me as coach. Everything else of it is written there,
//! with or without a line.

use crate::parts::{Part, el, line_field, live, needs_you, page, soft};
use crate::session::{NoAnswer, use_session};
use crate::words::reasons;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::Begin;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

words! {
    title { nl "Nieuw leertraject" en "New learning track" fr "Nouveau parcours" }
    lead { nl "Daarna vul je de opleiding, de werkplek, de overeenkomst en het plan aan, en nodig je de cursist en de mentor uit." en "Then you add the course, the workplace, the agreement and the plan, and invite the learner and the mentor." fr "Ensuite vous ajoutez la formation, le lieu de travail, le contrat et le plan, et vous invitez l’apprenant et le mentor." }
    name_label { nl "Naam van de cursist" en "Name of the learner" fr "Nom de l’apprenant" }
    send { nl "Begin het leertraject" en "Begin the track" fr "Commencer le parcours" }
    no_centre { nl "Dit toestel kent je centrum nog niet. Wacht tot alles bij de school is." en "This device does not know your centre yet. Wait until all is at the school." fr "Cet appareil ne connaît pas encore votre centre. Attendez que tout soit à l’école." }
    not_yours { nl "Een leertraject begint iemand die in dit centrum begeleidt, of die het beheert." en "A track is begun by somebody who guides in this centre, or runs it." fr "Un parcours est commencé par quelqu’un qui accompagne dans ce centre, ou qui le gère." }
    needs_line { nl "Hiervoor is even verbinding met de school nodig." en "This needs a connection with the school for a moment." fr "Il faut un instant une connexion avec l’école." }
}

pub(crate) fn begin() -> AnyView {
    let session = use_session();
    let navigate = use_navigate();
    let name = RwSignal::new(String::new());
    // Named once: asking again begins nothing twice.
    let (dossier, learner) = (DossierId(session.new_id()), PersonId(session.new_id()));
    let fault = RwSignal::new(None::<NoAnswer>);
    let busy = RwSignal::new(false);
    let submit = move || {
        let Some(centre) = untrack(|| session.centre()) else { return };
        let name = name.get_untracked().trim().to_owned();
        let navigate = navigate.clone();
        fault.set(None);
        busy.set(true);
        spawn_local(async move {
            match session.begin(&Begin { centre, dossier, learner, name }).await {
                Ok(()) => navigate(&format!("/invite/{dossier}"), Default::default()),
                Err(why) => drop(fault.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let why = live(move || {
        let told = fault.get().map(|it| match it {
            NoAnswer::No => not_yours(),
            it @ (NoAnswer::Offline | NoAnswer::SignInAgain | NoAnswer::Device(_)) => {
                reasons::no_answer(&it)
            }
        });
        told.map(needs_you).part()
    });
    let lost = move || session.centre().is_none().then(|| needs_you(no_centre()));
    let form = el("form", "section")
        .submit(submit)
        .add(line_field("learner-name", "text", name_label(), name))
        .add(
            el("button", "button button-primary")
                .disabled(move || busy.get() || name.with(|it| it.trim().is_empty()))
                .add(send()),
        );
    page(title(), Some("/learners"))
        .add(el("p", "page-lead").add(lead()))
        .live(lost)
        .add(form)
        .add(why)
        .add(soft(needs_line()))
        .part()
}
