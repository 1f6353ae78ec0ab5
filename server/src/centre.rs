//! Centres: beginning one, who belongs to it, and what somebody may do for somebody else's devices. Several centres on
//! one server stay strictly apart (A14).

use crate::app::Server;
use crate::desk::{Desk, Registered};
use crate::error::{Error, Result};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Centre, Dossier, Link, LinkEnded, LinkRecord, Links, OfCentre, Person, Role,
};
use dubbelspoor_domain::id::{DossierId, LinkId, PersonId};
use dubbelspoor_domain::wire::{Guide, Known};
use std::collections::{BTreeMap, BTreeSet};

/// Begins a centre: its dossier, with nobody in it yet.
///
/// # Errors
/// When the store does not answer, or the name is empty or too long.
pub async fn begin(server: &Server, name: &str) -> Result<DossierId> {
    let centre = DossierId(crate::random()?);
    let key = server.school.public().id();
    let mut desk = Desk::open(server, centre, key, Registered::new()).await?;
    desk.write(&Body::Centre(Centre { name: name.to_owned() })).await?;
    desk.close().await?;
    Ok(centre)
}

/// Writes a person and their role into a dossier; a dossier that is begun by it belongs to the centre, where one is named.
///
/// # Errors
/// When the store does not answer, or the role has no place there.
pub async fn add(
    server: &Server,
    dossier: DossierId,
    centre: Option<DossierId>,
    people: &[(PersonId, &str, Role)],
) -> Result<()> {
    let key = server.school.public().id();
    let mut desk = Desk::open(server, dossier, key, Registered::new()).await?;
    let is_new = desk.ledger().position() == 0;
    if let Some(centre) = centre.filter(|_| is_new) {
        desk.write(&Body::OfCentre(OfCentre { centre })).await?;
    }
    for (person, name, role) in people {
        let (person, role) = (*person, *role);
        desk.write(&Body::Person(Person { person, name: (*name).to_owned() })).await?;
        desk.write(&Body::Link(link(person, role)?)).await?;
    }
    desk.close().await.map(drop)
}

fn link(person: PersonId, role: Role) -> Result<Link> {
    let from = today();
    Ok(Link { link: LinkId(crate::random()?), person, role, from, to: None })
}

/// Whoever takes part in a leertraject belongs to its centre: those who are not in the centre's dossier yet come into it.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn welcome(server: &Server, track: &Dossier) -> Result<()> {
    let Some(centre) = track.of_centre else { return Ok(()) };
    let Some(ledger) = server.ledgers.read(&server.store, centre).await? else { return Ok(()) };
    let is_in = |links: &Links, it: PersonId| links.all().any(|link| link.link.person == it);
    let mut missing: Vec<PersonId> = track.links.all().map(|it| it.link.person).collect();
    missing.retain(|it| !is_in(&ledger.dossier().links, *it));
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    let key = server.school.public().id();
    let mut desk = Desk::open(server, centre, key, Registered::new()).await?;
    for person in missing {
        // Somebody else may have been faster.
        if is_in(&desk.ledger().dossier().links, person) {
            continue;
        }
        let name = track.links.name_of(person).unwrap_or_default().to_owned();
        desk.write(&Body::Person(Person { person, name })).await?;
        desk.write(&Body::Link(link(person, Role::Member)?)).await?;
    }
    desk.close().await.map(drop)
}

/// A dossier that somebody asks about: of a learner, or a centre's.
///
/// # Errors
/// `NotFound` for everybody who neither takes part in it nor runs its centre.
pub(crate) async fn run_by(
    server: &Server,
    asker: PersonId,
    dossier: DossierId,
) -> Result<Dossier> {
    let ledger = server.ledgers.read(&server.store, dossier).await?.ok_or(Error::NotFound)?;
    let it = ledger.dossier();
    if runs(server, asker, it).await? { Ok(it.clone()) } else { Err(Error::NotFound) }
}

/// Whether somebody now runs a dossier: as its coach or administrator, or as the administrator of its centre.
pub(crate) async fn runs(server: &Server, asker: PersonId, it: &Dossier) -> Result<bool> {
    if steers(&it.links, asker) {
        return Ok(true);
    }
    let Some(centre) = it.of_centre else { return Ok(false) };
    runs_centre(server, asker, centre).await
}

/// Whether somebody now runs a centre; of what is none, nobody does.
pub(crate) async fn runs_centre(
    server: &Server,
    person: PersonId,
    centre: DossierId,
) -> Result<bool> {
    let ledger = server.ledgers.read(&server.store, centre).await?;
    let centre = ledger.as_ref().map(|it| it.dossier()).filter(|it| it.centre.is_some());
    Ok(centre.is_some_and(|it| it.links.runs_centre(person, today())))
}

/// Whether somebody now runs a centre or is a coach in one of its leertrajecten.
pub(crate) async fn guides_in(
    server: &Server,
    person: PersonId,
    centre: DossierId,
    it: &Dossier,
) -> Result<bool> {
    let today = today();
    let guides = |it: &Dossier| it.links.current(Role::Coach, today).any(|it| it == person);
    Ok(it.links.runs_centre(person, today) || any_track_of(server, person, centre, guides).await?)
}

/// Whether this holds for one of the leertrajecten of a centre in which somebody has or had a part.
pub(crate) async fn any_track_of(
    server: &Server,
    person: PersonId,
    centre: DossierId,
    holds: impl Fn(&Dossier) -> bool + Send,
) -> Result<bool> {
    for (dossier, _) in server.store.heads_for(person).await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        let track = ledger.dossier();
        if track.of_centre == Some(centre) && holds(track) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The leertrajecten of a centre, one at a time: whoever reads them keeps none.
pub(crate) async fn each_track(
    server: &Server,
    centre: DossierId,
    mut see: impl FnMut(DossierId, &Dossier) + Send,
) -> Result<()> {
    for (dossier, _) in server.store.heads().await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        if ledger.dossier().of_centre == Some(centre) {
            see(dossier, ledger.dossier());
        }
    }
    Ok(())
}

/// Who coaches in a centre now, whether or not they still belong to it; and who may: everybody who belongs to it and never
/// was cursist, mentor or reader of one of its leertrajecten. By name.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn coaches(server: &Server, centre: DossierId) -> Result<Vec<Guide>> {
    let ledger = server.ledgers.read(&server.store, centre).await?.ok_or(Error::NotFound)?;
    let links = &ledger.dossier().links;
    let mut all: BTreeMap<PersonId, Guide> = BTreeMap::new();
    let today = today();
    let named = |links: &Links, person| links.name_of(person).unwrap_or_default().to_owned();
    for record in links.lasting(today) {
        let person = record.link.person;
        all.entry(person).or_insert(Guide { person, name: named(links, person), tracks: 0 });
    }
    let mut others = BTreeSet::new();
    each_track(server, centre, |_, track| {
        let is_other = |it: &&Link| matches!(it.role, Role::Learner | Role::Mentor | Role::Reader);
        others.extend(track.links.all().map(|it| &it.link).filter(is_other).map(|it| it.person));
        let coaches: BTreeSet<PersonId> = track.links.current(Role::Coach, today).collect();
        for person in coaches {
            let new = || Guide { person, name: named(&track.links, person), tracks: 0 };
            all.entry(person).or_insert_with(new).tracks += 1;
        }
    })
    .await?;
    let mut all: Vec<Guide> = all.into_values().collect();
    all.retain(|it| it.tracks > 0 || !others.contains(&it.person));
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Who takes part in a centre now, with what they are there; or its cursisten, so that either is told without the other.
/// Whoever takes part in a leertraject belongs to the centre too: that alone makes a cursist nobody of the others. By name.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn known(
    server: &Server,
    centre: DossierId,
    learners: bool,
) -> Result<Vec<Known>> {
    let ledger = server.ledgers.read(&server.store, centre).await?.ok_or(Error::NotFound)?;
    let links = &ledger.dossier().links;
    let mut all: BTreeMap<PersonId, Known> = BTreeMap::new();
    let mut put = |links: &Links, it: &Link| {
        let name = || links.name_of(it.person).unwrap_or_default().to_owned();
        let new = || Known { person: it.person, name: name(), roles: Vec::new() };
        all.entry(it.person).or_insert_with(new).roles.push(it.role);
    };
    let today = today();
    links.lasting(today).for_each(|it| put(links, &it.link));
    let mut learnt = BTreeSet::new();
    each_track(server, centre, |_, track| {
        let own = track.links.all().filter(|it| it.link.role == Role::Learner);
        learnt.extend(own.map(|it| it.link.person));
        let others = track.links.lasting(today).filter(|it| it.link.role != Role::Learner);
        others.for_each(|it| put(&track.links, &it.link));
    })
    .await?;
    let mut all: Vec<Known> = all.into_values().collect();
    for it in &mut all {
        let is_more = learnt.contains(&it.person) || it.roles.iter().any(|it| *it != Role::Member);
        it.roles.retain(|role| *role != Role::Member || !is_more);
        it.roles.sort_unstable();
        it.roles.dedup();
        if learners {
            let is_one = learnt.contains(&it.person) && takes_part(ledger.dossier(), it.person);
            it.roles = if is_one { vec![Role::Learner] } else { Vec::new() };
        }
    }
    all.retain(|it| !it.roles.is_empty());
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Every leertraject that somebody coaches gets another coach, and is no longer theirs: none is without a coach meanwhile.
///
/// # Errors
/// When the store does not answer; what was given until then stays given.
pub(crate) async fn hand_over(
    server: &Server,
    centre: DossierId,
    from: PersonId,
    (to, name): (PersonId, &str),
) -> Result<()> {
    let today = today();
    // Also what they were to coach later on, or until a day that was announced.
    let is_theirs = |it: &&LinkRecord| it.link.person == from && it.link.role == Role::Coach;
    let mut theirs = Vec::new();
    each_track(server, centre, |dossier, track| {
        if track.links.lasting(today).any(|it| is_theirs(&it)) {
            theirs.push(dossier);
        }
    })
    .await?;
    for dossier in theirs {
        let mut desk =
            Desk::open(server, dossier, server.school.public().id(), Registered::new()).await?;
        let links = &desk.ledger().dossier().links;
        let stays = |it: &LinkRecord| it.is_current(today) && it.last_day().is_none();
        let coaches = |it: &LinkRecord| it.link.person == to && it.link.role == Role::Coach;
        let is_there = links.all().any(|it| coaches(it) && stays(it));
        let ended: Vec<LinkEnded> =
            links.lasting(today).filter(is_theirs).map(|it| it.stopped(today)).collect();
        if !is_there {
            desk.write(&Body::Person(Person { person: to, name: name.to_owned() })).await?;
            desk.write(&Body::Link(link(to, Role::Coach)?)).await?;
        }
        for end in ended {
            desk.write(&Body::LinkEnded(end)).await?;
        }
        desk.close().await?;
    }
    Ok(())
}

/// Whether somebody is now a coach or administrator of a dossier.
pub(crate) fn steers(links: &Links, person: PersonId) -> bool {
    let today = today();
    let steering = [Role::Coach, Role::Administrator];
    let mut steering = steering.into_iter().flat_map(|it| links.current(it, today));
    steering.any(|it| it == person)
}

/// What somebody wants to do for somebody else's devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Act {
    /// Let one more in: whoever holds the invitation is that person, everywhere.
    Invite,
    /// Stop one.
    Stop,
}

/// Whether somebody may do this for another. They run a dossier of that person, and nothing of that person lies outside
/// of their reach: an invitation opens all of it, so nobody gets by it what is another coach's or another centre's.
pub(crate) async fn answers_for(
    server: &Server,
    asker: PersonId,
    person: PersonId,
    act: Act,
) -> Result<bool> {
    if asker == person {
        return Ok(true);
    }
    let is_new = server.store.devices(person).await?.is_empty();
    let (mut runs_one, today) = (false, today());
    for (dossier, _) in server.store.heads_for(person).await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        let it = ledger.dossier();
        if runs(server, asker, it).await? {
            runs_one = true;
            continue;
        }
        // Also who will, or who does until a day that was announced.
        let guides = |it: &LinkRecord| {
            it.link.person == person && matches!(it.link.role, Role::Coach | Role::Administrator)
        };
        let is_guide = it.links.lasting(today).any(guides);
        let is_near = match (it.centre.is_some(), it.of_centre) {
            (true, _) => takes_part(it, asker),
            (false, Some(centre)) => {
                let centre = server.ledgers.read(&server.store, centre).await?;
                let is_near = centre.is_some_and(|it| takes_part(it.dossier(), asker));
                is_near && (is_new || act == Act::Stop)
            }
            (false, None) => act == Act::Stop,
        };
        if is_guide || !is_near {
            return Ok(false);
        }
    }
    Ok(runs_one)
}

/// Whether somebody takes part, or will: an invitation may be used before the first day.
pub(crate) fn takes_part(it: &Dossier, person: PersonId) -> bool {
    it.links.lasting(today()).any(|it| it.link.person == person)
}

/// The day of the school's clock, by which a period begins and ends.
pub(crate) fn today() -> Day {
    Day::of_millis(crate::now())
}
