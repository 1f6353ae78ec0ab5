//! Somebody comes into a leertraject or the centre: somebody new, or somebody who takes part in the centre already, who
//! stays the same person with the same devices (A1, A3, A14).

use crate::parts::{El, Part, Tone, choice, dates, el, follow, live, notice, section, soft};
use crate::screens::reading::name;
use crate::screens::seldom::form::{Asks, Field, Filled, Sort, field, form};
use crate::session::{NoAnswer, Session};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, Dossier, Link, LinkRecord, Person, Role};
use dubbelspoor_domain::id::{DossierId, LinkId, PersonId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::wire::Known;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Iemand erbij" en "Add somebody" fr "Ajouter quelqu’un" }
    hint { nl "Wie nieuw is, krijgt daarna een uitnodiging van je." en "Somebody new gets an invitation from you afterwards." fr "Une personne nouvelle reçoit ensuite une invitation de votre part." }
    who { nl "Wie?" en "Who?" fr "Qui ?" }
    somebody_new { nl "Iemand nieuw" en "Somebody new" fr "Quelqu’un de nouveau" }
    somebody_known { nl "Iemand die hier al meedoet" en "Somebody who takes part already" fr "Quelqu’un qui participe déjà" }
    which { nl "Kies een persoon" en "Choose a person" fr "Choisissez une personne" }
    known_hint { nl "Wie al een toestel heeft, krijgt het daar vanzelf. Anders nodig je die persoon daarna uit." en "Whoever has a device already gets it there by itself. Otherwise you invite that person afterwards." fr "Qui a déjà un appareil le reçoit tout seul. Sinon, vous invitez cette personne ensuite." }
    asking { nl "Wordt opgehaald bij de school." en "Being fetched from the school." fr "En cours de chargement depuis l’école." }
    only_near { nl "De school is nu niet te bereiken. Dit zijn de mensen die dit toestel al kent." en "The school cannot be reached now. These are the people whom this device knows already." fr "L’école est injoignable pour l’instant. Voici les personnes que cet appareil connaît déjà." }
    nobody { nl "Er is nog niemand anders." en "There is nobody else yet." fr "Il n’y a encore personne d’autre." }
    name_label { nl "Naam" en "Name" fr "Nom" }
    role_label { nl "Rol" en "Role" fr "Rôle" }
    from_label { nl "Vanaf" en "From" fr "À partir du" }
    to_label { nl "Tot en met, als je dat weet" en "Up to and including, if you know" fr "Jusqu’au, si vous le savez" }
    add { nl "Voeg toe" en "Add" fr "Ajouter" }
    wrong { nl "Schrijf een naam, kies een rol en een eerste dag. De laatste dag komt niet voor de eerste." en "Write a name, choose a role and a first day. The last day does not come before the first." fr "Écrivez un nom, choisissez un rôle et un premier jour. Le dernier jour ne vient pas avant le premier." }
    wrong_known { nl "Kies iemand, een rol die deze persoon hier nog niet heeft, en een eerste dag. De laatste dag komt niet voor de eerste." en "Choose somebody, a role that they do not have here yet, and a first day. The last day does not come before the first." fr "Choisissez quelqu’un, un rôle qu’il n’a pas encore ici et un premier jour. Le dernier jour ne vient pas avant le premier." }
}

/// Who can be chosen, and whether the school told.
type Around = RwSignal<Option<(Vec<Known>, bool)>>;

pub(super) fn adding(session: Session, dossier: DossierId, is_centre: bool) -> El {
    let roles = if is_centre {
        vec![Role::Member, Role::Administrator]
    } else {
        vec![Role::Mentor, Role::Coach, Role::Teacher, Role::Reader]
    };
    let known = RwSignal::new(Some(0_u32));
    let around = Around::new(None);
    follow(move || {
        if known.get() == Some(1) && around.with_untracked(Option::is_none) {
            look_around(session, dossier, is_centre, around);
        }
    });
    let shown = live(move || {
        if known.get() != Some(1) {
            return untrack(|| for_new(session, dossier, &roles)).part();
        }
        match around.get() {
            None => soft(asking()).set("role", "status").part(),
            Some(it) => untrack(|| for_known(session, dossier, &roles, it)).part(),
        }
    });
    let options = vec![(0, somebody_new().to_owned()), (1, somebody_known().to_owned())];
    section(title()).add(choice(who(), options, known, false)).add(shown)
}

/// Asks the school who takes part, and goes on with those who are known here where it does not answer.
fn look_around(session: Session, dossier: DossierId, is_centre: bool, around: Around) {
    let of = untrack(|| session.with(dossier, |it| it.of_centre)).flatten();
    let centre = if is_centre { Some(dossier) } else { of };
    let mut all = untrack(|| near(session));
    spawn_local(async move {
        let mut is_told = true;
        let told = match centre {
            Some(centre) => match session.known(centre).await {
                Ok(told) => told,
                Err(why) => {
                    is_told = why == NoAnswer::No;
                    session.kept_known(centre).await
                }
            },
            None => Vec::new(),
        };
        // What the school tells goes before what is known here.
        all.retain(|it| told.iter().all(|other| other.person != it.person));
        all.extend(told);
        let learner = untrack(|| session.with(dossier, |it| it.links.learner())).flatten();
        all.retain(|it| Some(it.person) != learner);
        sort_by_key(&mut all, |it| it.name.clone());
        around.try_set(Some((all, is_told)));
    });
}

/// Who guides or trains in my own dossiers, of whatever centre.
fn near(session: Session) -> Vec<Known> {
    let mut found: Vec<Known> = Vec::new();
    let mut look = |it: &Dossier| {
        for link in it.links.all().map(|it| &it.link).filter(|it| it.role != Role::Learner) {
            let person = link.person;
            match found.iter_mut().find(|it| it.person == person) {
                Some(it) if it.roles.contains(&link.role) => {}
                Some(it) => it.roles.push(link.role),
                None => {
                    found.push(Known { person, name: name(it, person), roles: vec![link.role] });
                }
            }
        }
    };
    for track in session.tracks() {
        session.with(track, &mut look);
    }
    found
}

fn role_and_day(session: Session, roles: &[Role], first: &'static str) -> [Field; 3] {
    let roles = roles.iter().map(|it| vocabulary::role(*it).to_owned());
    let options = (0..).zip(roles).collect();
    let today = dates::for_field(session.today());
    [
        field("role", role_label(), Sort::One(options)).with(first),
        field("from", from_label(), Sort::Date).with(today),
        field("to", to_label(), Sort::Date),
    ]
}

/// The link that the last three fields of a form say.
fn link_of(session: Session, it: &Filled, person: PersonId, roles: &[Role]) -> Option<Link> {
    let role = *roles.get(it.number(1)? as usize)?;
    let (from, to) = (it.day(2)?, it.day(3));
    let link = Link { link: LinkId(session.new_id()), person, role, from, to };
    to.is_none_or(|to| from <= to).then_some(link)
}

fn for_new(session: Session, dossier: DossierId, roles: &[Role]) -> El {
    let mut fields = vec![field("name", name_label(), Sort::Line)];
    fields.extend(role_and_day(session, roles, "0"));
    let roles = roles.to_vec();
    let read = move |it: &Filled| {
        let (person, name) = (PersonId(session.new_id()), it.words(0)?);
        let link = link_of(session, it, person, &roles)?;
        Some(vec![Body::Person(Person { person, name }), Body::Link(link)])
    };
    let asks = Asks { about: "person-new", send: add(), wrong: wrong(), then: None };
    el("div", "section").add(soft(hint())).add(form(dossier, asks, fields, Box::new(read)))
}

/// Nobody is asked for a name again.
fn for_known(
    session: Session,
    dossier: DossierId,
    roles: &[Role],
    (all, is_told): (Vec<Known>, bool),
) -> El {
    let near = (!is_told).then(|| notice(Tone::Waiting, el("p", "").add(only_near())));
    let shown = el("div", "section").add(near);
    if all.is_empty() {
        return shown.add(soft(nobody()));
    }
    let options = all.iter().map(|it| {
        let what: Vec<&str> = it.roles.iter().map(|it| vocabulary::role(*it)).collect();
        (it.person.to_string(), format!("{} · {}", it.name, what.join(", ")))
    });
    let mut fields = vec![field("who", which(), Sort::Find(options.collect()))];
    // Whoever is known belongs to the centre already.
    let first = if roles.first() == Some(&Role::Member) { "1" } else { "0" };
    fields.extend(role_and_day(session, roles, first));
    let roles = roles.to_vec();
    let read = move |it: &Filled| {
        let key = it.words(0)?;
        let chosen = all.iter().find(|it| it.person.to_string() == key)?;
        let link = link_of(session, it, chosen.person, &roles)?;
        let has = |it: &Dossier| {
            let same = |it: &LinkRecord| (it.link.person, it.link.role) == (link.person, link.role);
            it.links.lasting(session.today()).any(same)
        };
        if untrack(|| session.with(dossier, has)) == Some(true) {
            return None;
        }
        let person = Person { person: chosen.person, name: chosen.name.clone() };
        Some(vec![Body::Person(person), Body::Link(link)])
    };
    let asks = Asks { about: "known", send: add(), wrong: wrong_known(), then: None };
    shown.add(soft(known_hint())).add(form(dossier, asks, fields, Box::new(read)))
}
