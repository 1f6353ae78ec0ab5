//! What who guides fills in about people and places.

use super::asking::asking;
use super::{guides_only, status_words, task_words, track, training_words};
use crate::parts::{El, Icon, dates, el, icon, link, soft};
use crate::screens::reading::{disclosure, name};
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form, one_of};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::Added;
use dubbelspoor_domain::dossier::{
    Body, ContactPoint, DaysGranted, LearnerStatus, LinkEnded, LinkRecord, MentorConditions,
    MentorTraining, Recognition, Role, StartNote, StartNoteKind, StatusNoted, Stay, Task,
    Workplace,
};
use dubbelspoor_domain::id::{DossierId, LinkId, PersonId, WorkplaceId};
use leptos::prelude::*;

words! {
    add_workplace { nl "Voeg een leerwerkplek toe" en "Add a workplace" fr "Ajouter un lieu de travail" }
    match_up { nl "Zoek een werkplek die past" en "Find a workplace that fits" fr "Chercher un lieu qui convient" }
    company { nl "Onderneming" en "Company" fr "Entreprise" }
    site { nl "Vestiging (adres)" en "Site (address)" fr "Site (adresse)" }
    number { nl "Nummer van de erkenning" en "Number of the recognition" fr "Numéro de la reconnaissance" }
    recognised_from { nl "Erkend vanaf" en "Recognised from" fr "Reconnu à partir du" }
    recognition_kind { nl "Soort erkenning, als je ze weet" en "Kind of recognition, if you know it" fr "Sorte de reconnaissance, si vous la connaissez" }
    recognised_to { nl "Erkend tot" en "Recognised until" fr "Reconnu jusqu’au" }
    period { nl "Wanneer is de cursist daar?" en "When is the learner there?" fr "Quand l’apprenant y est-il ?" }
    period_hint { nl "Een nieuwe periode komt bij de vorige." en "A new period is added to those before." fr "Une nouvelle période s’ajoute aux précédentes." }
    from { nl "Vanaf" en "From" fr "À partir du" }
    to { nl "Tot en met" en "Up to and including" fr "Jusqu’au" }
    days { nl "Op welke dagen of in welke weken?" en "On which days or in which weeks?" fr "Quels jours ou quelles semaines ?" }
    goals { nl "Welke doelen kun je er leren?" en "Which goals can be learnt there?" fr "Quels objectifs peut-on y apprendre ?" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong_workplace { nl "Vul de onderneming in. Een erkenning heeft een nummer en een eerste dag, en einddagen komen na eerste dagen." en "Fill in the company. A recognition has a number and a first day, and last days come after first days." fr "Indiquez l’entreprise. Une reconnaissance a un numéro et un premier jour, et les fins viennent après les débuts." }
    contact_form { nl "Wie doet wat" en "Who does what" fr "Qui fait quoi" }
    who { nl "Wie?" en "Who?" fr "Qui ?" }
    tasks { nl "Voor wat?" en "For what?" fr "Pour quoi ?" }
    reach { nl "Hoe te bereiken?" en "How to reach?" fr "Comment joindre ?" }
    wrong_person { nl "Kies eerst wie." en "Choose who first." fr "Choisissez d’abord qui." }
    mentor_form { nl "Ervaring en opleiding van een mentor" en "Experience and training of a mentor" fr "Expérience et formation d’un mentor" }
    years { nl "Jaren ervaring" en "Years of experience" fr "Années d’expérience" }
    training { nl "Mentoropleiding" en "Mentor training" fr "Formation de mentor" }
    trains_at { nl "Op welke werkplek? Zonder keuze blijft het zoals het is." en "At which workplace? Without a choice it stays as it is." fr "Sur quel lieu de travail ? Sans choix, rien ne change." }
    no_status { nl "Niet genoteerd" en "Not noted" fr "Pas noté" }
    everywhere { nl "Overal" en "Everywhere" fr "Partout" }
    on { nl "Wanneer?" en "When?" fr "Quand ?" }
    wrong_mentor { nl "Kies een mentor, de jaren (0 tot 60) en de opleiding." en "Choose a mentor, the years (0 to 60) and the training." fr "Choisissez un mentor, les années (0 à 60) et la formation." }
    join_form { nl "Mensen en uitnodigingen" en "People and invitations" fr "Personnes et invitations" }
    leave_form { nl "Iemand neemt niet meer deel" en "Somebody no longer takes part" fr "Quelqu’un ne participe plus" }
    leave_hint { nl "Wat die persoon deed, blijft. Tot en met een latere dag verandert er niets, anders stopt het meteen. Wat daarna komt, ziet die persoon niet meer." en "What that person did stays. Up to and including a later day nothing changes, otherwise it ends at once. What comes after that they no longer see." fr "Ce que cette personne a fait reste. Jusqu’à un jour ultérieur inclus, rien ne change ; sinon cela s’arrête tout de suite. Elle ne voit plus la suite." }
    last_day { nl "Laatste dag" en "Last day" fr "Dernier jour" }
    granted_form { nl "Extra opleidingsdagen" en "More training days" fr "Jours de formation supplémentaires" }
    how_many { nl "Hoeveel? (1 tot 20)" en "How many? (1 to 20)" fr "Combien ? (1 à 20)" }
    wrong_days { nl "Vul een aantal van 1 tot 20 in." en "Fill in a number from 1 to 20." fr "Indiquez un nombre de 1 à 20." }
    note_form { nl "Noteer screening, matching of intake" en "Note screening, matching or intake" fr "Noter sélection, correspondance ou accueil" }
    of_what { nl "Waarvan?" en "Of what?" fr "De quoi ?" }
    found { nl "Wat bleek?" en "What was found?" fr "Qu’a-t-on constaté ?" }
    conclusion { nl "Wat volgt daaruit?" en "What follows from it?" fr "Qu’en découle-t-il ?" }
    wrong_note { nl "Kies waarvan en schrijf wat bleek." en "Choose of what and write what was found." fr "Choisissez de quoi et écrivez ce qui a été constaté." }
    stays_wrong { nl "Welke periode klopt niet en gaat weg?" en "Which period is wrong and goes?" fr "Quelle période est fausse et disparaît ?" }
    from_to(from, to) { nl "{from} tot {to}" en "{from} to {to}" fr "du {from} au {to}" }
    from_on(from) { nl "vanaf {from}" en "from {from}" fr "à partir du {from}" }
    guides_read { nl "Alleen wie begeleidt leest dit." en "Only those who guide read this." fr "Seuls les accompagnateurs lisent ceci." }
    status_form { nl "Statuut van de cursist" en "Status of the learner" fr "Statut de l’apprenant" }
    wrong_status { nl "Kies een statuut." en "Choose a status." fr "Choisissez un statut." }
}

/// All of them, each behind one tap.
pub(super) fn all(session: Session, dossier: DossierId) -> El {
    let today = untrack(|| session.today());
    let people = untrack(|| session.with(dossier, |it| people_of(it, today))).unwrap_or_default();
    let new = WorkplaceId(session.new_id());
    let today = dates::for_field(today);
    // The centre's dossier may come after this screen: only other questions draw their forms anew.
    let questions =
        Memo::new(move |_| StartNoteKind::ALL.map(|kind| (kind, session.questions(dossier, kind))));
    let day = today.clone();
    let asked = move || -> Vec<El> {
        let all = questions.get().into_iter().filter(|(_, it)| !it.is_empty());
        all.map(|(kind, it)| untrack(|| asking(dossier, kind, it, &day))).collect()
    };
    el("div", "section")
        .add(track::filling_in(session, dossier))
        .add(link(format!("/matching/{dossier}"), "button").add(icon(Icon::Place)).add(match_up()))
        .add(disclosure(add_workplace().to_owned(), workplace(session, dossier, new, None)))
        .add(link(format!("/invite/{dossier}"), "button").add(icon(Icon::Plus)).add(join_form()))
        .add(disclosure(leave_form().to_owned(), leaving(session, dossier, today.clone())))
        .add(disclosure(contact_form().to_owned(), contact(dossier, people.clone())))
        .add(disclosure(mentor_form().to_owned(), conditions(session, dossier, people)))
        .add(disclosure(granted_form().to_owned(), granting(dossier, today.clone())))
        .live(asked)
        .add(disclosure(note_form().to_owned(), read_by(guides_only(), noting(dossier, today))))
        .add(disclosure(status_form().to_owned(), read_by(guides_read(), status(dossier))))
}

/// A form under who reads what it asks: told before somebody writes.
fn read_by(who: &'static str, form: El) -> El {
    el("div", "section").add(soft(who)).add(form)
}

type People = Vec<(PersonId, Role, String)>;

fn people_of(it: &dubbelspoor_domain::dossier::Dossier, today: dubbelspoor_domain::Day) -> People {
    let mut all: People = Vec::new();
    for record in it.links.lasting(today) {
        let (person, role) = (record.link.person, record.link.role);
        if !all.iter().any(|(other, ..)| *other == person) {
            all.push((person, role, name(it, person)));
        }
    }
    all
}

/// By their numbers: whoever comes or goes while a form is half filled changes nothing of whom it means.
fn one_of_people(all: &People) -> Sort {
    Sort::Find(all.iter().map(|(person, _, name)| (person.to_string(), name.clone())).collect())
}

pub(super) fn workplace(
    session: Session,
    dossier: DossierId,
    workplace: WorkplaceId,
    before: Option<Workplace>,
) -> El {
    let day = |it: Option<dubbelspoor_domain::Day>| it.map(dates::for_field).unwrap_or_default();
    let known = before.as_ref().and_then(|it| it.recognition.clone());
    let text =
        |read: fn(&Workplace) -> &String| before.as_ref().map(read).cloned().unwrap_or_default();
    let goals_of_plan = untrack(|| {
        session.with(dossier, |it| {
            let all = it.plan.goals();
            all.map(|it| (it.goal.clone(), vocabulary::translated(&it.title))).collect::<Vec<_>>()
        })
    });
    let chosen = before.as_ref().map(|it| it.goals.join("\n")).unwrap_or_default();
    // By its days: what a kept draft says of a period holds whatever comes in meanwhile.
    let key = |it: &Stay| {
        format!("{}/{}", it.from.0, it.to.map(|it| it.0.to_string()).unwrap_or_default())
    };
    let period_words = |it: &Stay| match it.to {
        Some(to) => from_to(dates::short_day(it.from), dates::short_day(to)),
        None => from_on(dates::short_day(it.from)),
    };
    let stays_known = before.as_ref().map(|it| it.stays.as_slice()).unwrap_or_default();
    let stays = stays_known.iter().map(|it| (key(it), period_words(it))).collect();
    let fields = vec![
        field("workplace-company", company(), Sort::Line).with(text(|it| &it.company)),
        field("workplace-site", site(), Sort::Line).with(text(|it| &it.site)),
        field("workplace-number", number(), Sort::Line)
            .with(known.as_ref().map(|it| it.number.clone()).unwrap_or_default()),
        field("workplace-recognised", recognised_from(), Sort::Date)
            .with(day(known.as_ref().map(|it| it.from))),
        field("workplace-until", recognised_to(), Sort::Date)
            .with(day(known.as_ref().and_then(|it| it.to))),
        field("workplace-kind", recognition_kind(), Sort::Line)
            .with(known.as_ref().and_then(|it| it.kind.clone()).unwrap_or_default()),
        field("workplace-period", period(), Sort::Heading(period_hint())),
        field("workplace-from", from(), Sort::Date),
        field("workplace-to", to(), Sort::Date),
        field("workplace-days", days(), Sort::Line),
        field("workplace-goals", goals(), Sort::Many(goals_of_plan.unwrap_or_default()))
            .with(chosen),
        field("workplace-stays", stays_wrong(), Sort::Many(stays)),
    ];
    let about = format!(
        "workplace-{}",
        if before.is_some() { workplace.to_string() } else { String::new() }
    );
    let then = Some(format!("/start/{dossier}"));
    let asks = Asks { about: &about, send: save(), wrong: wrong_workplace(), then };
    let read = move |it: &Filled| {
        let in_order = |from: Option<_>, to: Option<_>| match (from, to) {
            (Some(from), Some(to)) => from <= to,
            (from, to) => from.is_some() || to.is_none(),
        };
        let (since, until, from, to) = (it.day(3), it.day(4), it.day(7), it.day(8));
        let numbered = it.words(2).is_some() == since.is_some();
        let recognition = it.words(2).zip(since).map(|(number, from)| Recognition {
            number,
            from,
            to: until,
            kind: it.words(5),
        });
        let mut stays = before.as_ref().map(|it| it.stays.clone()).unwrap_or_default();
        let wrong = it.many(11);
        stays.retain(|it| !wrong.contains(&key(it)));
        stays.extend(from.map(|from| Stay { from, to, when: it.text(9) }));
        let company = it.words(0)?;
        let fits = numbered && in_order(since, until) && in_order(from, to);
        let (site, goals) = (it.text(1), it.many(10));
        let body = Workplace { workplace, company, site, recognition, stays, goals };
        fits.then(|| vec![Body::Workplace(body)])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn contact(dossier: DossierId, people: People) -> El {
    let all = Task::ALL.into_iter().enumerate();
    let options = all.map(|(at, it)| (at.to_string(), task_words(it).to_owned())).collect();
    let fields = vec![
        field("contact-who", who(), one_of_people(&people)),
        field("contact-tasks", tasks(), Sort::Many(options)),
        field("contact-reach", reach(), Sort::Line),
    ];
    let asks = Asks { about: "contact", send: save(), wrong: wrong_person(), then: None };
    let read = move |it: &Filled| {
        let key = it.words(0)?;
        let person = people.iter().map(|it| it.0).find(|it| it.to_string() == key)?;
        let at = |it: &String| Task::ALL.get(it.parse::<usize>().ok()?).copied();
        let tasks = it.many(1).iter().filter_map(at).collect();
        Some(vec![Body::ContactPoint(ContactPoint { person, tasks, reach: it.text(2) })])
    };
    form(dossier, asks, fields, Box::new(read))
}

/// What stands for all workplaces among their numbers.
const EVERYWHERE: &str = "all";

fn conditions(session: Session, dossier: DossierId, mut people: People) -> El {
    people.retain(|(_, role, _)| *role == Role::Mentor);
    let places = untrack(|| {
        session.with(dossier, |it| {
            let all = it.start.workplaces();
            let named = all.map(|it| (it.workplace.to_string(), it.company.clone()));
            let everywhere = (String::from(EVERYWHERE), everywhere().to_owned());
            std::iter::once(everywhere).chain(named).collect::<Vec<_>>()
        })
    });
    let fields = vec![
        field("mentor-who", who(), one_of_people(&people)),
        field("mentor-years", years(), Sort::Number),
        field(
            "mentor-training",
            training(),
            one_of(MentorTraining::ALL.into_iter().map(training_words)),
        ),
        field("mentor-on", on(), Sort::Date),
        field("mentor-places", trains_at(), Sort::Many(places.unwrap_or_default())),
    ];
    let asks = Asks { about: "mentor", send: save(), wrong: wrong_mentor(), then: None };
    let read = move |it: &Filled| {
        let key = it.words(0)?;
        let mentor = people.iter().map(|it| it.0).find(|it| it.to_string() == key)?;
        let years = u16::try_from(it.number(1)?).ok().filter(|it| *it <= 60)?;
        let training = *MentorTraining::ALL.get(it.number(2)? as usize)?;
        let chosen = it.many(4);
        let places: Vec<_> = chosen.iter().filter_map(|it| WorkplaceId::from_hex(it)).collect();
        let before = || session.with(dossier, |it| it.workplaces_of(mentor).to_vec());
        let workplaces = match (chosen.is_empty(), chosen.iter().any(|it| it == EVERYWHERE)) {
            (true, _) => before().unwrap_or_default(),
            (_, true) => Vec::new(),
            (_, false) => places,
        };
        let (on, workplaces) = (it.day(3), Added(workplaces));
        let it = MentorConditions { mentor, years, training, on, workplaces };
        Some(vec![Body::MentorConditions(it)])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn leaving(session: Session, dossier: DossierId, today: String) -> El {
    let links = untrack(|| {
        session.with(dossier, |it| {
            let others =
                it.links.lasting(session.today()).filter(|it| it.link.role != Role::Learner);
            let line = |person, role| format!("{} ({})", name(it, person), vocabulary::role(role));
            let named =
                |it: &LinkRecord| (it.link.link.to_string(), line(it.link.person, it.link.role));
            others.map(named).collect::<Vec<_>>()
        })
    })
    .unwrap_or_default();
    let fields = vec![
        field("leave", leave_form(), Sort::Heading(leave_hint())),
        field("leave-who", who(), Sort::Find(links)),
        field("leave-day", last_day(), Sort::Date).with(today),
    ];
    let asks = Asks { about: "leave", send: save(), wrong: wrong_person(), then: None };
    let read = move |it: &Filled| {
        let link = LinkId::from_hex(&it.words(1)?)?;
        Some(vec![Body::LinkEnded(LinkEnded { link, to: it.day(2)? })])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn granting(dossier: DossierId, today: String) -> El {
    let fields = vec![
        field("granted-on", on(), Sort::Date).with(today),
        field("granted-days", how_many(), Sort::Number).with("20"),
    ];
    let asks = Asks { about: "granted", send: save(), wrong: wrong_days(), then: None };
    let read = |it: &Filled| {
        let days = u16::try_from(it.number(1)?).ok().filter(|it| (1..=20).contains(it))?;
        Some(vec![Body::DaysGranted(DaysGranted { on: it.day(0)?, days })])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn noting(dossier: DossierId, today: String) -> El {
    let fields = vec![
        field(
            "note-kind",
            of_what(),
            one_of(StartNoteKind::ALL.into_iter().map(vocabulary::start_note)),
        ),
        field("note-day", on(), Sort::Date).with(today),
        field("note-found", found(), Sort::Text(3_000)),
        field("note-conclusion", conclusion(), Sort::Text(3_000)),
    ];
    let asks = Asks { about: "start-note", send: save(), wrong: wrong_note(), then: None };
    let read = |it: &Filled| {
        let kind = *StartNoteKind::ALL.get(it.number(0)? as usize)?;
        let (day, text, conclusion) = (it.day(1)?, it.words(2)?, it.text(3));
        let note = StartNote {
            kind,
            day,
            text,
            conclusion,
            answers: Added::default(),
            for_matching: None,
        };
        Some(vec![Body::StartNote(note)])
    };
    form(dossier, asks, fields, Box::new(read))
}

fn status(dossier: DossierId) -> El {
    // The last of them takes back what was noted.
    let all = LearnerStatus::ALL.into_iter().map(status_words).chain([no_status()]);
    let fields = vec![field("status", status_form(), one_of(all))];
    let asks = Asks { about: "status", send: save(), wrong: wrong_status(), then: None };
    let read = |it: &Filled| {
        let status = LearnerStatus::ALL.get(it.number(0)? as usize).copied();
        Some(vec![Body::StatusNoted(StatusNoted { status })])
    };
    form(dossier, asks, fields, Box::new(read))
}
