//! The list: which address shows which screen, and which tabs a role has, program by program.

mod asked;
mod cannot_start;
mod collect;
mod confirm;
mod entry;
mod entry_card;
mod file;
mod join;
mod learners;
mod matters;
mod message;
mod new_entry;
mod own_copy;
mod phrases;
mod reading;
mod seldom;
mod survey_offer;
mod today;
mod waiting;
mod work_floor;

use crate::parts::frame::{Tab, tab_bar, top_bar};
use crate::parts::{El, Icon, Part, Tone, button, el, empty, link, live, needs_you, page, undo};
use crate::session::{
    BRIEF_DIGESTS, DIGESTS, Digesting, Extent, Fault, NotKept, Session, Taste, go_over, use_session,
};
use crate::sync::Line;
use crate::words::vocabulary;
use dubbelspoor_domain::digest::Digest;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::path::program_of;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

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
        nl "Het wordt opgehaald bij de school. Daarna heb je geen verbinding meer nodig. Begin je later, dan komt het op die dag."
        en "It is being fetched from the school. After that you need no connection. If you begin later, it comes on that day."
        fr "Il est téléchargé depuis l’école. Ensuite, vous n’avez plus besoin de connexion. Si vous commencez plus tard, il arrive ce jour-là."
    }
    tab_today { nl "Vandaag" en "Today" fr "Aujourd’hui" }
    tab_diary { nl "Dagboek" en "Diary" fr "Journal" }
    tab_waiting { nl "Te bevestigen" en "To confirm" fr "À confirmer" }
    tab_learners { nl "Cursisten" en "Learners" fr "Apprenants" }
    tab_decide { nl "Wacht op jou" en "Waits for you" fr "Vous attend" }
    tab_questions { nl "Vragen" en "Questions" fr "Questions" }
    tab_more { nl "Meer" en "More" fr "Plus" }
    tab_competences { nl "Competenties" en "Competences" fr "Compétences" }
    update_waits { nl "Er is een nieuwe versie van de app" en "There is a new version of the app" fr "Il y a une nouvelle version de l’application" }
    update { nl "Vernieuw" en "Update" fr "Mettre à jour" }
    not_found_words { nl "De link klopt niet, of de pagina is er niet meer." en "The link is not right, or the page is gone." fr "Le lien n’est pas correct, ou la page n’existe plus." }
    to_start { nl "Naar het begin" en "To the start" fr "Au début" }
    tab_centre { nl "Het centrum" en "The centre" fr "Le centre" }
    not_here { nl "Dit scherm is er nog niet" en "This screen is not here yet" fr "Cet écran n’est pas encore là" }
    not_here_words { nl "Het komt vanzelf zodra er verbinding is. Wat je schreef, staat veilig op dit toestel." en "It comes by itself once there is a connection. What you wrote is safe on this device." fr "Il arrive de lui-même dès qu’il y a une connexion. Ce que vous avez écrit est en sécurité sur cet appareil." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    not_found { nl "Deze pagina bestaat niet" en "This page does not exist" fr "Cette page n’existe pas" }
}

/// What people of one role get to see. An address that is not theirs is nobody's here.
pub struct Program {
    /// As the start page and the build call it.
    name: &'static str,
    home: fn() -> AnyView,
    /// The screens that everybody begins with.
    daily: fn(&[&str]) -> Option<AnyView>,
    /// Those that come after the first one stands.
    seldom: fn(&[&str]) -> Option<AnyView>,
    tabs: fn(Session) -> Vec<Tab>,
    /// The addresses that digests are enough for.
    lists: &'static [&'static str],
    digests: Option<&'static Digesting>,
}

impl Program {
    /// How it keeps digests of dossiers, if it does.
    pub(crate) fn digests(&self) -> Option<&'static Digesting> {
        self.digests
    }
}

/// The cursist's program.
pub const LEARNER: Program = Program {
    name: "learner",
    home: today::today,
    daily: |path| {
        Some(match path {
            ["today"] => today::today(),
            ["new"] => new_entry::new_entry(),
            ["edit", entry] => new_entry::edit_entry(entry),
            ["entry", entry] => entry::entry_screen(entry),
            _ => return None,
        })
    },
    seldom: seldom::learner,
    tabs: |_| {
        vec![
            tab("/today", Icon::Sun, tab_today()),
            tab("/diary", Icon::Book, tab_diary()),
            tab("/competences", Icon::Stations, tab_competences()),
        ]
    },
    lists: &[],
    digests: None,
};

/// The mentor's program.
pub const MENTOR: Program = Program {
    name: "mentor",
    home: waiting::waiting,
    daily: |path| {
        Some(match path {
            ["waiting"] => waiting::waiting(),
            ["confirm", dossier, entry] => confirm::confirm(dossier, entry, None),
            ["learners"] => learners::learners(),
            _ => return None,
        })
    },
    seldom: seldom::mentor,
    tabs: |session| {
        let waiting = counted(session, |it| it.to_confirm);
        let waits = Tab { count: waiting, ..tab("/waiting", Icon::Check, tab_waiting()) };
        vec![waits, tab("/learners", Icon::People, tab_learners()), asked(session)]
    },
    lists: &["learners"],
    digests: Some(&BRIEF_DIGESTS),
};

/// The program of those who guide: coach, teacher, administrator, reader.
pub const DESK: Program = Program {
    name: "desk",
    home: || if only_administers(use_session()) { later("/centre") } else { learners::learners() },
    daily: |path| {
        Some(match path {
            ["learners"] => learners::learners(),
            ["confirm", dossier, entry] => confirm::confirm(dossier, entry, Some(collect::collect)),
            _ => return None,
        })
    },
    seldom: seldom::desk,
    tabs: |session| {
        if only_administers(session) {
            return vec![tab("/centre", Icon::School, tab_centre())];
        }
        let learners = tab("/learners", Icon::People, tab_learners());
        if !decides(session) {
            return vec![learners, asked(session)];
        }
        let undecided = counted(session, |it| it.to_decide);
        let decide = tab("/quarantine", Icon::Alert, tab_decide());
        vec![learners, Tab { count: undecided, ..decide }, asked(session)]
    },
    lists: &["", "learners"],
    digests: Some(&DIGESTS),
};

/// Coach or administrator, of whatever dossier.
fn decides(session: Session) -> bool {
    session.roles().iter().any(|it| matches!(it, Role::Coach | Role::Administrator))
}

/// Runs the centre and guides nobody.
fn only_administers(session: Session) -> bool {
    session.runs_centre() && session.tracks().is_empty()
}

/// Belongs to a centre, and nobody has named them in a leertraject yet. A cursist and a mentor are invited to theirs.
fn only_belongs(session: Session) -> bool {
    program().name == DESK.name && session.roles().is_empty() && !session.centres().is_empty()
}

/// The questions and problems that wait for an answer.
fn asked(session: Session) -> Tab {
    let waiting = counted(session, |it| it.to_answer);
    Tab { count: waiting, ..tab("/questions", Icon::Question, tab_questions()) }
}

/// Over all dossiers.
fn counted(session: Session, count: fn(&Digest) -> u32) -> Signal<usize> {
    Signal::derive(move || session.digests(|_, it| count(it) as usize).into_iter().sum())
}

fn tab(href: &'static str, icon: Icon, label: &'static str) -> Tab {
    Tab { href, icon, label, count: Signal::derive(|| 0) }
}

/// Puts the app on the page, in place of the static shell.
pub(crate) fn mount(
    program: &'static Program,
    taste: Taste,
    opened: Result<Option<Session>, Fault>,
) {
    mount_to_body(move || {
        provide_context(taste);
        provide_context(program);
        match opened {
            Ok(Some(session)) => {
                provide_context(session);
                // Before the screens, which offer it; on the page it comes after them.
                let undo = undo();
                // Another language draws everything again, where it is.
                let app = live(move || {
                    taste.language();
                    afresh(app)
                });
                vec![app, undo.part()].part()
            }
            Ok(None) => view! { <Router>{join::join_screen()}</Router> }.into_any(),
            Err(fault) => cannot_start::cannot_start(&fault).part(),
        }
    });
}

/// Drawn again as a whole, not changed into what comes next.
fn afresh(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    live(draw)
}

fn program() -> &'static Program {
    expect_context()
}

fn app() -> AnyView {
    view! { <Router>{frame()}</Router> }.into_any()
}

/// What stays around every screen, and the screen of the address.
fn frame() -> AnyView {
    let session = use_session();
    let path = use_location().pathname;
    let history = expect_context::<BrowserUrl>();
    let shown = live(move || {
        let path = path.get();
        // The address bar follows once the screen is there.
        history.ready_to_complete();
        // Not what is read: the screen itself sees to its changes.
        let shown = path.clone();
        let is_read = Memo::new(move |_| is_read(session, &shown));
        afresh(move || if is_read.get() { screen(&path) } else { page(starting(), None).part() })
    });
    let update = live(move || session.update_waits().then(|| update_offer(session)).part());
    // Which tabs there are seldom changes, what counts on them often: a tab that is drawn anew loses a tap.
    let standing = Memo::new(move |_| {
        let none = session.roles().is_empty() && !only_belongs(session);
        (none, only_administers(session), decides(session))
    });
    let tabs = Signal::derive(move || {
        standing.get();
        untrack(|| tabs(session))
    });
    vec![top_bar(Signal::derive(move || sync_chip(session))), shown, update, tab_bar(tabs).part()]
        .part()
}

/// Whether what an address shows has been read. Until it is nothing is shown: half a list would not be true.
fn is_read(session: Session, path: &str) -> bool {
    let steps = steps(path);
    let first = steps.first().copied().unwrap_or_default();
    let of_all = ["join", "more", "sync", "devices", "settings", "about"];
    let mut named = steps.iter().filter_map(|it| DossierId::from_hex(it));
    match named.find(|it| session.holds(*it)) {
        Some(dossier) => session.is_read(dossier),
        None => {
            of_all.contains(&first) || program().lists.contains(&first) || session.is_all_read()
        }
    }
}

/// THE list of addresses: what everybody has, and then what the program has.
fn screen(path: &str) -> AnyView {
    match steps(path).as_slice() {
        [""] => home(),
        ["join"] => join::join_screen(),
        other => (program().daily)(other).unwrap_or_else(|| later(path)),
    }
}

fn steps(path: &str) -> Vec<&str> {
    path.trim_matches('/').split('/').collect()
}

/// A screen of the part that comes later. Where it has not come, the device says so and asks again when somebody taps.
fn later(path: &str) -> AnyView {
    let session = use_session();
    session.make_whole();
    let path = path.to_owned();
    live(move || match session.extent() {
        Extent::Whole => (program().seldom)(&steps(&path)).unwrap_or_else(nowhere),
        Extent::Daily | Extent::Coming => page(starting(), None).part(),
        Extent::Missing => page(not_here(), Some("/"))
            .add(el("p", "").add(not_here_words()))
            .add(button("button", move || session.make_whole()).add(again()))
            .part(),
    })
}

fn nowhere() -> AnyView {
    page(not_found(), None)
        .add(el("p", "").add(not_found_words()))
        .add(link("/", "button").add(to_start()))
        .part()
}

/// Says, where it is so, that something was not kept, and why.
fn told(fault: RwSignal<Option<NotKept>>) -> AnyView {
    live(move || fault.get().map(|it| needs_you(vocabulary::not_kept(&it))).part())
}

/// Offered, never forced.
fn update_offer(session: Session) -> El {
    el("div", "undo")
        .set("role", "status")
        .add(el("span", "undo-words").add(update_waits()))
        .add(button("button", move || session.update()).add(update()))
}

/// The first screen of one's role. Who has no role that works here goes over to the program of the role that they have.
fn home() -> AnyView {
    let session = use_session();
    let program = program();
    // Not the roles themselves: they are read anew with every change, and the screen stays.
    let is_here = Memo::new(move |before| {
        let has_work = session.roles().into_iter().any(|it| program_of(it) == program.name);
        // Not before all is here: one's role may be in the dossier that is still on its way.
        let is_settled = before == Some(&true)
            || matches!(session.line(), Line::UpToDate { .. } | Line::Offline);
        has_work || is_settled && only_belongs(session)
    });
    live(move || {
        if is_here.get() {
            return (program.home)();
        }
        let belongs = (!session.centres().is_empty()).then_some(Role::Member);
        let role = session.roles().first().copied().or(belongs);
        if let (Some(role), Line::UpToDate { .. }) = (role, session.line()) {
            go_over(program_of(role));
        }
        page(loading_title(), None).add(empty("", loading_words(), None)).part()
    })
}

/// The tabs of a role, four at most.
fn tabs(session: Session) -> Vec<Tab> {
    if session.roles().is_empty() && !only_belongs(session) {
        return Vec::new();
    }
    let mut tabs = (program().tabs)(session);
    tabs.push(tab("/more", Icon::Dots, tab_more()));
    tabs
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
