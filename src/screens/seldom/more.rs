//! Everything that is not daily work.

use crate::parts::{El, Icon, Part, button, dates, el, icon, link, live, page, section, soft};
use crate::screens::{DESK, LEARNER, decides, file, program, told};
use crate::session::{NotKept, Other, Session, go_over, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Dossier, Role};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::path::program_of;
use leptos::prelude::{AnyView, Get, RwSignal, Set};
use leptos::task::spawn_local;

words! {
    title { nl "Meer" en "More" fr "Plus" }
    ask { nl "Mijn vragen" en "My questions" fr "Mes questions" }
    ask_hint { nl "Vraag iets aan je leraar, mentor of trajectbegeleider" en "Ask your teacher, mentor or coach something" fr "Demandez quelque chose à votre enseignant, mentor ou accompagnateur" }
    intentions { nl "Mijn voornemens" en "My intentions" fr "Mes intentions" }
    intentions_hint { nl "Wat je probeert en wat ervan kwam" en "What you try and what came of it" fr "Ce que vous essayez et ce que ça a donné" }
    report { nl "Meld een probleem" en "Report a problem" fr "Signaler un problème" }
    report_hint { nl "Alleen je trajectbegeleider leest het" en "Only your coach reads it" fr "Seul votre accompagnateur le lit" }
    info { nl "Informatie van je centrum" en "Information of your centre" fr "Informations de votre centre" }
    info_hint { nl "Afspraken, contacten en hoe je geëvalueerd wordt" en "Rules, contacts and how you are evaluated" fr "Accords, contacts et comment vous êtes évalué" }
    centre { nl "Het centrum beheren" en "Run the centre" fr "Gérer le centre" }
    centre_hint { nl "Mensen, kalender, drempels en meer" en "People, calendar, thresholds and more" fr "Personnes, calendrier, seuils et plus" }
    surveys { nl "Bevragingen" en "Surveys" fr "Enquêtes" }
    surveys_hint { nl "Wat cursisten en mentoren antwoordden, zonder namen" en "What learners and mentors answered, without names" fr "Ce que les apprenants et les mentors ont répondu, sans noms" }
    sync { nl "Verbinding met de school" en "Connection with the school" fr "Connexion avec l’école" }
    sync_hint { nl "Wat verstuurd is en wat terugkwam" en "What was sent and what came back" fr "Ce qui est envoyé et ce qui est revenu" }
    devices { nl "Mijn toestellen" en "My devices" fr "Mes appareils" }
    devices_hint { nl "Waar je aangemeld bent" en "Where you are signed in" fr "Où vous êtes connecté" }
    reminders { nl "Herinneringen" en "Reminders" fr "Rappels" }
    reminders_hint { nl "Wanneer, en per e-mail of in je agenda" en "When, and by e-mail or in your calendar" fr "Quand, et par e-mail ou dans votre agenda" }
    settings { nl "Taal en uitzicht" en "Language and look" fr "Langue et apparence" }
    settings_hint { nl "Nederlands, English, français" en "Nederlands, English, français" fr "Nederlands, English, français" }
    about { nl "Over Dubbelspoor en privacy" en "About Dubbelspoor and privacy" fr "À propos de Dubbelspoor et vie privée" }
    now_in(course) { nl "Nu open: {course}" en "Open now: {course}" fr "Ouvert : {course}" }
    other_track(course) { nl "Verder met {course}" en "Go on with {course}" fr "Continuer avec {course}" }
    a_track(day) { nl "leertraject van {day}" en "learning track of {day}" fr "parcours du {day}" }
    also_here { nl "Ook van dit toestel" en "Also of this device" fr "Aussi sur cet appareil" }
    other_person(name) { nl "Verder als {name}" en "Go on as {name}" fr "Continuer comme {name}" }
    other_role(role) { nl "Verder als {role}" en "Go on as {role}" fr "Continuer comme {role}" }
    reception { nl "Onthaal" en "Reception" fr "Accueil" }
    reception_hint { nl "Wat je met je mentor doorneemt op een nieuwe werkplek" en "What you go through with your mentor at a new workplace" fr "Ce que vous parcourez avec votre mentor sur un nouveau lieu de travail" }
    days { nl "Dagen aanvullen" en "Fill in days" fr "Compléter des jours" }
    days_hint { nl "Werkdagen waarop nog niets staat" en "Working days with nothing yet" fr "Jours ouvrables encore vides" }
    about_hint { nl "Wie wat ziet, en al je gegevens als bestand" en "Who sees what, and all your data as a file" fr "Qui voit quoi, et toutes vos données dans un fichier" }
}

pub(crate) fn more() -> AnyView {
    let me = use_session().me();
    let row = |href, picture, words: &'static str, hint: &'static str| {
        let text =
            el("span", "row-text").add(el("span", "").add(words)).add(el("span", "soft").add(hint));
        link(href, "row").add(icon(picture)).add(text).add(icon(Icon::Forward))
    };
    let learns = program().name == LEARNER.name;
    let mut rows = el("div", "rows");
    if learns {
        rows = rows
            .add(row("/ask", Icon::Question, ask(), ask_hint()))
            .add(row("/try", Icon::Circle, intentions(), intentions_hint()))
            .add(row("/report", Icon::Alert, report(), report_hint()))
            .add(row("/reception", Icon::Check, reception(), reception_hint()))
            .add(row("/days", Icon::Book, days(), days_hint()));
    }
    if program().name == DESK.name && use_session().runs_centre() {
        rows = rows.add(row("/centre", Icon::School, centre(), centre_hint()));
    }
    if program().name == DESK.name && decides(use_session()) {
        rows = rows.add(row("/surveys", Icon::Question, surveys(), surveys_hint()));
    }
    let rows = rows
        .add(row("/info", Icon::Book, info(), info_hint()))
        .add(row("/sync", Icon::Arrows, sync(), sync_hint()))
        .add(row("/devices", Icon::Phone, devices(), devices_hint()))
        .add(row("/reminders", Icon::Hourglass, reminders(), reminders_hint()))
        .add(row("/settings", Icon::Sliders, settings(), settings_hint()))
        .add(row("/about", Icon::Info, about(), about_hint()));
    let own = use_session();
    let file = learns.then(|| {
        live(move || {
            let ways = |it: &_| file::ways(own, it, false);
            let file = own.own_dossier().and_then(|dossier| own.with(dossier, ways));
            vec![tracks(own).part(), file.part()].part()
        })
    });
    page(title(), None)
        .add(el("p", "page-lead").add(format!("{} · {}", me.name, me.centre)))
        .add(file)
        .add(rows)
        .add(others(use_session()))
        .add(people(use_session()))
        .part()
}

/// For the cursist of several leertrajecten: which one is open, and a way to each other.
fn tracks(session: Session) -> Option<El> {
    let here = session.own_dossier()?;
    let own = session.own_dossiers();
    let named = |it: DossierId| session.with(it, |it| track_name(session, it)).unwrap_or_default();
    let way = |it: &DossierId| {
        let it = *it;
        button("button", move || session.learn_in(it)).add(other_track(named(it)))
    };
    let ways: Vec<El> = own.iter().filter(|it| **it != here).map(way).collect();
    (own.len() > 1).then(|| el("div", "section").add(soft(now_in(named(here)))).add(ways))
}

/// By its course, or, while nobody has said which, by the day on which it began.
fn track_name(session: Session, it: &Dossier) -> String {
    let course = it.track.as_ref().map(|it| vocabulary::translated(&it.course));
    course.filter(|it| !it.is_empty()).unwrap_or_else(|| {
        let me = session.me().person;
        let since = it.links.all().find(|it| it.link.person == me).map(|it| it.link.from);
        a_track(since.map(|it| dates::day(it, session.today())).unwrap_or_default())
    })
}

/// One way over for each other program in which I have work.
fn others(session: Session) -> Vec<AnyView> {
    let mut seen = vec![program().name];
    let mut is_new = |role: &Role| {
        let name = program_of(*role);
        let is_new = !seen.contains(&name);
        seen.push(name);
        is_new
    };
    let roles = session.roles().into_iter().filter(&mut is_new);
    let way = |role| {
        button("button", move || go_over(program_of(role))).add(other_role(vocabulary::role(role)))
    };
    roles.map(|it| way(it).part()).collect()
}

/// The other people of this device, with a way over to each.
fn people(session: Session) -> AnyView {
    let found = RwSignal::new(Vec::<Other>::new());
    let fault = RwSignal::new(None::<NotKept>);
    spawn_local(async move {
        found.try_set(session.others().await.unwrap_or_default());
    });
    let from = program().name;
    let way = move |it: Other| {
        let words = other_person(&it.name);
        let tap = move || {
            let it = it.clone();
            spawn_local(async move {
                if let Err(why) = session.go_on_as(&it, from).await {
                    fault.try_set(Some(NotKept::Device(why)));
                }
            });
        };
        button("button", tap).add(words)
    };
    let ways = live(move || {
        let ways: Vec<El> = found.get().into_iter().map(way).collect();
        (!ways.is_empty()).then(|| section(also_here()).add(ways)).part()
    });
    vec![ways, told(fault)].part()
}
