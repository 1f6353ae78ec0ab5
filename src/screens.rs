//! The list: which address shows which screen, and which tabs a role has.

mod about;
mod asked;
mod competences;
mod confirm;
mod devices;
mod diary;
mod dossier_overview;
mod entry;
mod entry_card;
mod join;
mod learner;
mod learners;
mod message;
mod more;
mod new_entry;
mod quarantine;
mod reading;
mod settings;
mod sync_state;
mod today;
mod waiting;

use crate::parts::frame::Tab;
use crate::parts::{Empty, Icon, Notice, Page, TabBar, Tone, TopBar, Undo};
use crate::session::{Fault, Session, Taste, use_session};
use crate::sync::Line;
use dubbelspoor_domain::dossier::Role;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

words! {
    all_at_school { nl "Alles is bij de school" en "All is at school" fr "Tout est à l’école" }
    sending { nl "Wordt verstuurd" en "Sending" fr "Envoi en cours" }
    only_here(count) { nl "{count} op dit toestel" en "{count} on this device" fr "{count} sur cet appareil" }
    to_see(count) { nl "{count} te bekijken" en "{count} to look at" fr "{count} à voir" }
    no_line { nl "Geen verbinding" en "No connection" fr "Pas de connexion" }
    sign_in_again { nl "Meld je opnieuw aan" en "Sign in again" fr "Reconnectez-vous" }
    starting { nl "Even kijken" en "One moment" fr "Un instant" }
    loading_title { nl "Je dossier komt eraan" en "Your dossier is on its way" fr "Votre dossier arrive" }
    loading_words {
        nl "Het wordt opgehaald bij de school. Daarna heb je geen verbinding meer nodig."
        en "It is being fetched from the school. After that you need no connection."
        fr "Il est téléchargé depuis l’école. Ensuite, vous n’avez plus besoin de connexion."
    }
    tab_today { nl "Vandaag" en "Today" fr "Aujourd’hui" }
    tab_diary { nl "Dagboek" en "Diary" fr "Journal" }
    tab_waiting { nl "Te bevestigen" en "To confirm" fr "À confirmer" }
    tab_learners { nl "Cursisten" en "Learners" fr "Apprenants" }
    tab_decide { nl "Wacht op jou" en "Waits for you" fr "Vous attend" }
    tab_more { nl "Meer" en "More" fr "Plus" }
    tab_competences { nl "Competenties" en "Competences" fr "Compétences" }
    update_waits { nl "Er is een nieuwe versie van de app" en "There is a new version of the app" fr "Il y a une nouvelle version de l’application" }
    update { nl "Vernieuw" en "Update" fr "Mettre à jour" }
    not_found { nl "Deze pagina bestaat niet" en "This page does not exist" fr "Cette page n’existe pas" }
    cannot_open { nl "De app kan niet openen" en "The app cannot open" fr "L’application ne peut pas s’ouvrir" }
    close_tabs {
        nl "Sluit de andere vensters van Dubbelspoor en open de app opnieuw. Alles wat je schreef staat nog op dit toestel."
        en "Close the other Dubbelspoor windows and open the app again. All you wrote is still on this device."
        fr "Fermez les autres fenêtres de Dubbelspoor et rouvrez l’application. Tout ce que vous avez écrit est encore sur cet appareil."
    }
    no_storage {
        nl "Deze browser bewaart niets, misschien door een privévenster. Open de app in een gewoon venster."
        en "This browser keeps nothing, perhaps because of a private window. Open the app in a normal window."
        fr "Ce navigateur ne conserve rien, peut-être à cause d’une fenêtre privée. Ouvrez l’application dans une fenêtre normale."
    }
    open_again {
        nl "Open de app opnieuw. Helpt dat niet, dan kun je hier bewaren wat nog niet verstuurd is:"
        en "Open the app again. If that does not help, you can save here what has not been sent yet:"
        fr "Rouvrez l’application. Si cela n’aide pas, vous pouvez enregistrer ici ce qui n’a pas encore été envoyé :"
    }
    rescue { nl "Noodpagina" en "Rescue page" fr "Page de secours" }
}

/// Puts the app on the page, in place of the static shell.
pub(crate) fn mount(opened: Result<Option<Session>, Fault>) {
    let taste = Taste::load();
    mount_to_body(move || {
        provide_context(taste);
        let shown = match opened {
            Ok(Some(session)) => {
                provide_context(session);
                // Another language draws everything again, where it is.
                let app = move || {
                    taste.language();
                    view! { <App /> }
                };
                view! { <Undo>{app}</Undo> }.into_any()
            }
            Ok(None) => view! { <Router><join::Join /></Router> }.into_any(),
            Err(fault) => cannot_start(&fault),
        };
        view! { {shown} }
    });
}

fn cannot_start(fault: &Fault) -> AnyView {
    let words = match fault {
        Fault::CloseTabs(_) => close_tabs(),
        Fault::NoStorage(_) => no_storage(),
        Fault::Retry(_)
        | Fault::Reopen(_)
        | Fault::FreeSpace(_)
        | Fault::Update(_)
        | Fault::NoKeyHere(_)
        | Fault::Offline(_)
        | Fault::Unsupported(_) => open_again(),
    };
    view! {
        <main id="content" class="page">
            <h1>{cannot_open()}</h1>
            <Notice tone=Tone::NeedsYou>
                <p>{words}</p>
                <a href="/rescue.html" class="button">{rescue()}</a>
            </Notice>
        </main>
    }
    .into_any()
}

#[component]
fn App() -> impl IntoView {
    let session = use_session();
    view! {
        <Router>
            <TopBar sync=Signal::derive(move || sync_chip(session)) />
            <Routes fallback=|| view! { <Page title=not_found()>""</Page> }>
                <Route path=path!("/") view=Home />
                <Route path=path!("/join") view=join::Join />
                <Route path=path!("/today") view=today::Today />
                <Route path=path!("/new") view=new_entry::NewEntry />
                <Route path=path!("/edit/:entry") view=new_entry::EditEntry />
                <Route path=path!("/diary") view=diary::Diary />
                <Route path=path!("/entry/:entry") view=entry::EntryScreen />
                <Route path=path!("/competences") view=competences::Competences />
                <Route path=path!("/goal/:goal") view=competences::GoalScreen />
                <Route path=path!("/waiting") view=waiting::Waiting />
                <Route path=path!("/confirm/:dossier/:entry") view=confirm::Confirm />
                <Route path=path!("/learner/:dossier") view=learner::Learner />
                <Route path=path!("/learners") view=learners::Learners />
                <Route path=path!("/dossier/:dossier") view=dossier_overview::DossierOverview />
                <Route path=path!("/quarantine") view=quarantine::Quarantine />
                <Route path=path!("/more") view=more::More />
                <Route path=path!("/sync") view=sync_state::SyncState />
                <Route path=path!("/devices") view=devices::Devices />
                <Route path=path!("/settings") view=settings::Settings />
                <Route path=path!("/about") view=about::About />
            </Routes>
            {move || session.update_waits().then(|| update_offer(session))}
            <TabBar tabs=Signal::derive(move || tabs(session)) />
        </Router>
    }
}

/// Offered, never forced.
fn update_offer(session: Session) -> AnyView {
    view! {
        <div class="undo" role="status">
            <span class="undo-words">{update_waits()}</span>
            <button type="button" class="button" on:click=move |_| session.update()>{update()}</button>
        </div>
    }
    .into_any()
}

/// The first screen of one's role.
#[component]
fn Home() -> impl IntoView {
    let session = use_session();
    move || match session.home_role() {
        None => view! {
            <Page title=loading_title()>
                <Empty title="" words=loading_words() />
            </Page>
        }
        .into_any(),
        Some(Role::Learner) => view! { <today::Today /> }.into_any(),
        Some(Role::Mentor) => view! { <waiting::Waiting /> }.into_any(),
        Some(Role::Coach | Role::Teacher | Role::Administrator | Role::Reader) => {
            view! { <learners::Learners /> }.into_any()
        }
    }
}

/// The tabs of a role, four at most.
fn tabs(session: Session) -> Vec<Tab> {
    let tab = |href, icon, label, count| Tab { href, icon, label, count };
    let none = Signal::derive(|| 0);
    let waiting = Signal::derive(move || asked::waiting_for_me(session).len());
    let undecided = Signal::derive(move || quarantine::late_count(session));
    let learners = tab("/learners", Icon::People, tab_learners(), none);
    let more = tab("/more", Icon::Dots, tab_more(), none);
    match session.home_role() {
        None => Vec::new(),
        Some(Role::Learner) => vec![
            tab("/today", Icon::Sun, tab_today(), none),
            tab("/diary", Icon::Book, tab_diary(), none),
            tab("/competences", Icon::Stations, tab_competences(), none),
            more,
        ],
        Some(Role::Mentor) => {
            vec![tab("/waiting", Icon::Check, tab_waiting(), waiting), learners, more]
        }
        Some(Role::Coach | Role::Administrator) => {
            vec![learners, tab("/quarantine", Icon::Alert, tab_decide(), undecided), more]
        }
        Some(Role::Teacher | Role::Reader) => vec![learners, more],
    }
}

/// In one glance: is everything at the school?
fn sync_chip(session: Session) -> (Icon, String, Tone) {
    let counts = session.counts();
    match session.line() {
        _ if counts.to_see > 0 => (Icon::Alert, to_see(counts.to_see), Tone::NeedsYou),
        Line::SignInAgain | Line::Forbidden | Line::Mistrusted => {
            (Icon::Alert, sign_in_again().to_owned(), Tone::NeedsYou)
        }
        Line::Sending if counts.here > 0 => (Icon::Arrows, sending().to_owned(), Tone::Waiting),
        _ if counts.here > 0 => (Icon::Phone, only_here(counts.here), Tone::Waiting),
        Line::Offline => (Icon::Offline, no_line().to_owned(), Tone::Plain),
        Line::Unknown => (Icon::Arrows, starting().to_owned(), Tone::Plain),
        Line::UpToDate { .. } | Line::Sending => {
            (Icon::Check, all_at_school().to_owned(), Tone::Plain)
        }
    }
}
