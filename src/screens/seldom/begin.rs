//! A new leertraject: the school begins a dossier with the cursist and a coach: me, or, where I run the centre, whom I
//! name. Everything else of it is written there, with or without a line.

use super::form::find_of;
use crate::parts::{
    El, Part, Tone, button, choice, el, follow, line_field, link, live, needs_you, notice, page,
    section, soft,
};
use crate::screens::seldom::which_centre::which_centre;
use crate::session::{NoAnswer, Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::{Begin, Guide, Known};
use futures_util::future::{FutureExt, LocalBoxFuture};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

words! {
    title { nl "Nieuw leertraject" en "New learning track" fr "Nouveau parcours" }
    lead { nl "Daarna vul je de opleiding, de werkplek, de overeenkomst en het plan aan, en nodig je de cursist en de mentor uit." en "Then you add the course, the workplace, the agreement and the plan, and invite the learner and the mentor." fr "Ensuite vous ajoutez la formation, le lieu de travail, le contrat et le plan, et vous invitez l’apprenant et le mentor." }
    lead_office { nl "Wie begeleidt, vult daarna de opleiding, de werkplek, de overeenkomst en het plan aan, en nodigt de cursist en de mentor uit." en "Whoever coaches then adds the course, the workplace, the agreement and the plan, and invites the learner and the mentor." fr "La personne qui accompagne ajoute ensuite la formation, le lieu de travail, le contrat et le plan, et invite l’apprenant et le mentor." }
    name_label { nl "Naam van de cursist" en "Name of the learner" fr "Nom de l’apprenant" }
    who { nl "Wie is de cursist?" en "Who is the learner?" fr "Qui est l’apprenant ?" }
    somebody_new { nl "Iemand nieuw" en "Somebody new" fr "Quelqu’un de nouveau" }
    somebody_known { nl "Iemand die hier al cursist is" en "Somebody who is a learner here already" fr "Quelqu’un qui est déjà apprenant ici" }
    known_hint { nl "Voor een tweede opleiding of een herstart. Wat deze cursist al schreef, blijft in het eerste leertraject." en "For a second course or a new start. What this learner has written stays in the first track." fr "Pour une deuxième formation ou un nouveau départ. Ce que cet apprenant a écrit reste dans le premier parcours." }
    which { nl "Kies een cursist" en "Choose a learner" fr "Choisissez un apprenant" }
    no_learners { nl "Hier is nog geen cursist." en "There is no learner here yet." fr "Il n’y a pas encore d’apprenant ici." }
    coach_label { nl "Wie begeleidt?" en "Who coaches?" fr "Qui accompagne ?" }
    me(name) { nl "{name} (jij)" en "{name} (you)" fr "{name} (vous)" }
    asking { nl "Wordt opgehaald bij de school." en "Being fetched from the school." fr "En cours de chargement depuis l’école." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    not_listed { nl "Staat je collega er niet bij? Nodig die eerst uit." en "Is your colleague not there? Invite them first." fr "Votre collègue n’y est pas ? Invitez-le d’abord." }
    people { nl "Mensen en toestellen" en "People and devices" fr "Personnes et appareils" }
    send { nl "Begin het leertraject" en "Begin the track" fr "Commencer le parcours" }
    begun { nl "Begonnen. Het dossier komt nu naar dit toestel." en "Begun. The dossier is now coming to this device." fr "Commencé. Le dossier arrive maintenant sur cet appareil." }
    begun_for(name) { nl "Begonnen. {name} krijgt het leertraject op het eigen toestel, en nodigt daar de cursist en de mentor uit." en "Begun. {name} gets the track on their own device, and invites the learner and the mentor there." fr "Commencé. {name} reçoit le parcours sur son propre appareil, et y invite l’apprenant et le mentor." }
    to_coaches { nl "Naar de begeleiders" en "To the coaches" fr "Vers les accompagnateurs" }
    no_centre { nl "Dit toestel kent je centrum nog niet. Wacht tot alles bij de school is." en "This device does not know your centre yet. Wait until all is at the school." fr "Cet appareil ne connaît pas encore votre centre. Attendez que tout soit à l’école." }
    not_yours { nl "Een leertraject begint iemand die in dit centrum begeleidt, of die het beheert." en "A track is begun by somebody who guides in this centre, or runs it." fr "Un parcours est commencé par quelqu’un qui accompagne dans ce centre, ou qui le gère." }
    needs_line { nl "Hiervoor is even verbinding met de school nodig." en "This needs a connection with the school for a moment." fr "Il faut un instant une connexion avec l’école." }
}

/// Once it is begun: whose it is, where that is somebody else.
type Begun = RwSignal<Option<Option<Guide>>>;

pub(crate) fn begin() -> AnyView {
    let session = use_session();
    // Of another centre others may coach; whatever else changes there leaves the form as it is.
    let now = Memo::new(move |_| session.centre().filter(|_| session.runs_centre()));
    let office = now.get_untracked();
    // Named once: asking again begins nothing twice.
    let dossier = RwSignal::new(DossierId(session.new_id()));
    let learner = PersonId(session.new_id());
    let begun = Begun::new(None);
    go_there(session, dossier, begun);
    let lost = move || session.centre().is_none().then(|| needs_you(no_centre()));
    let inside = live(move || match begun.get() {
        None => {
            let office = now.get();
            untrack(|| asking_form(session, office, (dossier, learner), begun)).part()
        }
        Some(None) => said(begun_words(None)).part(),
        Some(Some(coach)) => vec![
            said(begun_words(Some(coach))),
            link("/centre/coaches", "button").add(to_coaches()),
        ]
        .part(),
    });
    let guides = untrack(|| !session.tracks().is_empty());
    let up = if office.is_some() && !guides { "/centre/coaches" } else { "/learners" };
    page(title(), Some(up))
        .add(el("p", "page-lead").add(if office.is_some() { lead_office() } else { lead() }))
        .live(lost)
        .live(move || which_centre(&session.work_centres(), session.centre()?))
        .add(inside)
        .part()
}

fn begun_words(coach: Option<Guide>) -> String {
    coach.map_or_else(|| begun().to_owned(), |it| begun_for(it.name))
}

fn said(words: String) -> El {
    notice(Tone::Confirmed, el("p", "").set("role", "status").add(words))
}

/// To the people of the new leertraject, once it is here: an address of what is not here yet shows nothing.
fn go_there(session: Session, dossier: RwSignal<DossierId>, begun: Begun) {
    let navigate = StoredValue::new_local(use_navigate());
    follow(move || {
        let dossier = dossier.get();
        let is_here = session.with(dossier, |it| it.links.learner().is_some()) == Some(true);
        if is_here && begun.with(|it| matches!(it, Some(None))) {
            navigate.with_value(|go| go(&format!("/invite/{dossier}"), Default::default()));
        }
    });
}

fn asking_form(
    session: Session,
    office: Option<DossierId>,
    (fresh, learner): (RwSignal<DossierId>, PersonId),
    begun: Begun,
) -> El {
    let name = RwSignal::new(String::new());
    let known = RwSignal::new(None::<Known>);
    let coach = RwSignal::new(None::<Guide>);
    let fault = RwSignal::new(None::<NoAnswer>);
    let sent = StoredValue::new(None::<(PersonId, Option<PersonId>)>);
    let busy = RwSignal::new(false);
    let submit = move || {
        let Some(centre) = untrack(|| session.centre()) else { return };
        let (learner, name) = match known.get_untracked() {
            Some(it) => (it.person, it.name),
            None => (learner, name.get_untracked().trim().to_owned()),
        };
        let other = coach.get_untracked().filter(|it| it.person != session.me().person);
        let coach = other.as_ref().map(|it| it.person);
        let said = (learner, coach);
        // Asking again begins nothing twice, whatever the name; with other people it is another leertraject.
        if sent.get_value().is_some_and(|it| it != said) {
            fresh.set(DossierId(session.new_id()));
        }
        sent.set_value(Some(said));
        let dossier = fresh.get_untracked();
        let asked = Begin { centre, dossier, learner, name, coach };
        fault.set(None);
        busy.set(true);
        spawn_local(async move {
            match session.begin(&asked).await {
                Ok(()) => drop(begun.try_set(Some(other))),
                Err(why) => drop(fault.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let is_ready = move || {
        let is_named = known.with(Option::is_some) || name.with(|it| !it.trim().is_empty());
        is_named && (office.is_none() || coach.with(Option::is_some)) && !busy.get()
    };
    el("form", "section")
        .submit(submit)
        .add(learner_of(session, name, known))
        .add(office.map(|centre| coach_of(session, centre, coach)))
        .add(el("button", "button button-primary").disabled(move || !is_ready()).add(send()))
        .live(move || fault.get().map(|it| needs_you(why_not(&it))))
        .add(soft(needs_line()))
}

/// Somebody new, by name, or somebody who is a cursist of the centre already: they stay one person.
fn learner_of(session: Session, name: RwSignal<String>, known: RwSignal<Option<Known>>) -> El {
    let sort = RwSignal::new(Some(0_u32));
    let options = vec![(0, somebody_new().to_owned()), (1, somebody_known().to_owned())];
    let shown = move || {
        known.set(None);
        if sort.get() != Some(1) {
            return line_field("learner-name", "text", name_label(), name);
        }
        name.set(String::new());
        let centre = untrack(|| session.centre());
        let ask = move || async move {
            match centre {
                Some(centre) => session.learners(centre).await,
                None => Err(NoAnswer::No),
            }
        };
        let found = asked(
            Box::new(move || ask().boxed_local()),
            Box::new(move |all| choosing_learner(all, known)),
        );
        el("div", "section").add(soft(known_hint())).add(found)
    };
    section(who()).add(choice(who(), options, sort, false)).live(shown)
}

fn choosing_learner(all: Vec<Known>, known: RwSignal<Option<Known>>) -> El {
    if all.is_empty() {
        return soft(no_learners());
    }
    let options = all.iter().map(|it| (it.person.to_string(), it.name.clone())).collect();
    let chosen = RwSignal::new(String::new());
    follow(move || {
        let found = chosen.with(|key| all.iter().find(|it| it.person.to_string() == *key).cloned());
        known.set(found);
    });
    find_of(which().into(), options, chosen)
}

/// What only the school can tell, and how it is drawn once it did.
fn asked<T: Clone + Send + Sync + 'static>(
    ask: Box<dyn Fn() -> LocalBoxFuture<'static, Result<T, NoAnswer>>>,
    draw: Box<dyn Fn(T) -> El + Send>,
) -> AnyView {
    let answer = RwSignal::new(None::<Result<T, NoAnswer>>);
    let ask = StoredValue::new_local(ask);
    let again_now = move || {
        answer.set(None);
        let asking = ask.with_value(|it| it());
        spawn_local(async move {
            let found = asking.await;
            answer.try_set(Some(found));
        });
    };
    again_now();
    live(move || match answer.get() {
        None => soft(asking()).set("role", "status").part(),
        Some(Ok(all)) => untrack(|| draw(all)).part(),
        Some(Err(why)) => {
            let retry = button("button", again_now).add(again());
            notice(Tone::Waiting, vec![el("p", "").add(why_not(&why)), retry]).part()
        }
    })
}

fn why_not(it: &NoAnswer) -> &'static str {
    match it {
        NoAnswer::No => not_yours(),
        NoAnswer::Offline | NoAnswer::SignInAgain | NoAnswer::Device(_) => reasons::no_answer(it),
    }
}

/// Those who coach in the centre or may.
fn coach_of(session: Session, centre: DossierId, coach: RwSignal<Option<Guide>>) -> El {
    let ask = move || async move { session.coaches(centre).await }.boxed_local();
    let shown = asked(Box::new(ask), Box::new(move |all| choosing_coach(session, all, coach)));
    section(coach_label())
        .add(shown)
        .add(soft(not_listed()))
        .add(link(format!("/invite/{centre}"), "button button-quiet").add(people()))
}

fn choosing_coach(session: Session, all: Vec<Guide>, coach: RwSignal<Option<Guide>>) -> El {
    let own = session.me().person;
    let called = |it: &Guide| if it.person == own { me(&it.name) } else { it.name.clone() };
    let options = (0..).zip(all.iter().map(called)).collect();
    let chosen = RwSignal::new(None::<u32>);
    follow(move || coach.set(chosen.get().and_then(|it| all.get(it as usize).cloned())));
    choice(coach_label(), options, chosen, false)
}
