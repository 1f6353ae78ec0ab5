//! What the screens of a dossier share that come after its first page: where they belong, and who may act.

use super::reading::course;
use super::{LEARNER, MENTOR, program};
use crate::parts::{El, Icon, Part, Tone, dates, el, icon, link, live, notice, page_named};
use crate::session::{Session, use_session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Chair, Dossier, Moment, Person, TrackState};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::{AnyView, untrack};

words! {
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    plan { nl "Opleidingsplan" en "Training plan" fr "Plan de formation" }
    plan_hint { nl "Doelen over het jaar, voorstellen en akkoord" en "Goals over the year, proposals and consent" fr "Objectifs sur l’année, propositions et accord" }
    plan_waits { nl "Het opleidingsplan wacht op jouw akkoord." en "The training plan waits for your consent." fr "Le plan de formation attend votre accord." }
    talk_waits { nl "Een gesprek wacht op jouw akkoord." en "A talk waits for your consent." fr "Un entretien attend votre accord." }
    by_learner { nl "Cursist" en "Learner" fr "Apprenant" }
    by_workplace { nl "Werkplek" en "Workplace" fr "Lieu de travail" }
    by_school { nl "School" en "School" fr "École" }
    not_yet { nl "nog niet" en "not yet" fr "pas encore" }
    talks { nl "Gesprekken" en "Talks" fr "Entretiens" }
    talks_hint { nl "Gesprekken van drie en wat is afgesproken" en "Talks of three and what was agreed" fr "Entretiens à trois et ce qui est convenu" }
    evaluation { nl "Evaluatie" en "Evaluation" fr "Évaluation" }
    evaluation_hint { nl "Per doel: beheerst of nog niet, en waarom" en "Per goal: mastered or not yet, and why" fr "Par objectif : maîtrisé ou pas encore, et pourquoi" }
    portfolio { nl "Portfolio" en "Portfolio" fr "Portfolio" }
    portfolio_hint { nl "Jouw werk, om te tonen of mee te nemen" en "Your work, to show or to take along" fr "Votre travail, à montrer ou à emporter" }
    start { nl "Mensen en plaatsen" en "People and places" fr "Personnes et lieux" }
    start_hint { nl "Werkplekken, aanspreekpunten en wanneer je waar bent" en "Workplaces, contact points and who is where when" fr "Lieux de travail, points de contact et qui est où quand" }
    only_guides { nl "Dit schrijft alleen wie dit leertraject begeleidt." en "Only those who guide this learning track write this." fr "Seuls ceux qui accompagnent ce parcours écrivent ceci." }
    guiding { nl "Begeleiding" en "Guidance" fr "Accompagnement" }
    guiding_hint { nl "Bezoeken, notities, bemiddeling, stopzetting" en "Visits, notes, mediation, early end" fr "Visites, notes, médiation, arrêt" }
    guided_hint { nl "Bezoeken aan de werkplek en wat is afgesproken" en "Visits to the workplace and what was agreed" fr "Visites du lieu de travail et ce qui est convenu" }
    messages { nl "Berichten" en "Messages" fr "Messages" }
    messages_hint { nl "Aan iedereen in dit dossier" en "To everybody in this dossier" fr "À tout le monde dans ce dossier" }
    stands_still(day) { nl "Dit leertraject staat stil sinds {day}." en "This learning track has stood still since {day}." fr "Ce parcours est interrompu depuis le {day}." }
    has_ended(day) { nl "Dit leertraject is gestopt. Laatste dag: {day}." en "This learning track has ended. Last day: {day}." fr "Ce parcours est arrêté. Dernier jour : {day}." }
    look_why { nl "Lees waarom" en "Read why" fr "Lire pourquoi" }
}

/// The first page of a dossier in the program that runs.
pub(super) fn file_of(dossier: DossierId) -> String {
    match program().name {
        it if it == LEARNER.name => "/more".to_owned(),
        it if it == MENTOR.name => format!("/learner/{dossier}"),
        _ => format!("/dossier/{dossier}"),
    }
}

/// A screen of a dossier; `inside` is drawn once, with the dossier's name. An address that names none says so.
pub(super) fn screen_of(
    dossier: &str,
    title: fn() -> &'static str,
    up: fn(DossierId) -> String,
    inside: Box<dyn FnOnce(Session, DossierId, El) -> El>,
) -> AnyView {
    let session = use_session();
    match DossierId::from_hex(dossier) {
        Some(dossier) => {
            let page = page_named(title().part(), Some(up(dossier)))
                .add(el("p", "page-lead").live(move || lead(session, dossier)));
            inside(session, dossier, page).part()
        }
        None => {
            page_named(title().part(), Some("/".to_owned())).add(el("p", "").add(unknown())).part()
        }
    }
}

fn lead(session: Session, dossier: DossierId) -> Option<String> {
    let line = session.with(dossier, |it| {
        let name = it.links.learner().and_then(|it_| it.links.name_of(it_)).unwrap_or_default();
        [name.to_owned(), course(it, session.today())]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
    })?;
    Some(line.join(" · "))
}

/// A form of those who guide: only their program passes it on, so that nobody else carries it along.
pub(super) type Guided<F> = Option<F>;

/// Whether this person may write such a record here now.
pub(super) fn may(session: Session, it: &Dossier, body: &Body) -> bool {
    it.permit(session.me().person, Moment::on(session.today()), body).is_ok()
}

/// The same, where it is asked once: what depends on it stays while the dossier changes.
pub(super) fn may_now(session: Session, dossier: DossierId, body: &Body) -> bool {
    untrack(|| session.with(dossier, |it| may(session, it, body))) == Some(true)
}

/// Whether this person guides here, or runs the centre, and may write what only they write.
pub(super) fn guides(session: Session, it: &Dossier) -> bool {
    let mine = Person { person: session.me().person, name: String::new() };
    may(session, it, &Body::Person(mine))
}

/// The same, where it is asked once.
pub(super) fn guides_now(session: Session, dossier: DossierId) -> bool {
    untrack(|| session.with(dossier, |it| guides(session, it))) == Some(true)
}

/// Instead of a form of those who guide, for whoever came there otherwise.
pub(super) fn for_guides() -> El {
    el("p", "soft").add(only_guides())
}

/// Whose seat at the table it is.
pub(super) fn chair(it: Chair) -> &'static str {
    match it {
        Chair::Learner => by_learner(),
        Chair::Workplace => by_workplace(),
        Chair::School => by_school(),
    }
}

/// Who of the three agreed to something, in words.
pub(super) fn agreed_rows(by: &dyn Fn(Chair) -> Option<String>) -> El {
    let mut rows = el("ul", "rows");
    for chair in Chair::ALL {
        let whose = self::chair(chair);
        let (picture, who) = match by(chair) {
            Some(by) => (Icon::Check, by),
            None => (Icon::Circle, not_yet().to_owned()),
        };
        let line = el("span", "row-text").add(format!("{whose}: {who}"));
        rows = rows.add(el("li", "row").add(icon(picture)).add(line));
    }
    rows
}

/// What waits for this person's consent: the plan as it stands, or what was written of a talk.
fn to_agree(session: Session, it: &Dossier) -> Vec<El> {
    let me = session.me().person;
    let mut all = Vec::new();
    let Some(chair) = it.chair_of(me, session.today()) else { return all };
    let way = |words: &'static str, href: String, button: &'static str| {
        let inside = vec![el("p", "").add(words), link(href, "button").add(button)];
        notice(Tone::Waiting, inside)
    };
    let version = it.plan_version(it.plan.hash());
    if !it.plan.is_empty() && !version.agreed.iter().any(|(_, by)| *by == me) {
        all.push(way(plan_waits(), format!("/plan/{}", it.id), plan()));
    }
    for said in it.reviews.all().filter(|it| it.what.held.is_some()) {
        // What was noted at the table is not one's own word yet.
        let own = it.review_agreed_by(said.hash, chair).filter(|it| it.what.at_table.is_none());
        if own.is_none() {
            all.push(way(talk_waits(), format!("/talk/{}/{}", it.id, said.what.review), talks()));
        }
    }
    all
}

/// That nothing is expected any more, for who might wonder (A9).
pub(super) fn standing_still(it: &Dossier, today: Day) -> Option<El> {
    let day = dates::short_day(it.stands_still(today)?);
    let is_over = it.state_on(today) == TrackState::EndedEarly;
    let words = if is_over { has_ended(day) } else { stands_still(day) };
    let look = link(format!("/guiding/{}", it.id), "button").add(look_why());
    Some(notice(Tone::Waiting, vec![el("p", "").add(words), look]))
}

/// The ways from the first page of a dossier to the rest of it.
pub(super) fn ways(session: Session, it: &Dossier, guides: bool) -> El {
    let dossier = it.id;
    let row = |place: &str, picture, words: &'static str, hint: &'static str| {
        let text =
            el("span", "row-text").add(el("span", "").add(words)).add(el("span", "soft").add(hint));
        link(format!("/{place}/{dossier}"), "row")
            .add(icon(picture))
            .add(text)
            .add(icon(Icon::Forward))
    };
    let learns = program().name == LEARNER.name;
    let rows = el("div", "rows")
        .add(row("plan", Icon::Stations, plan(), plan_hint()))
        .add(row("talks", Icon::People, talks(), talks_hint()))
        .add(row("evaluation", Icon::Check, evaluation(), evaluation_hint()))
        .add(learns.then(|| row("portfolio", Icon::Book, portfolio(), portfolio_hint())))
        .add(row("start", Icon::Place, start(), start_hint()))
        .add(row(
            "guiding",
            Icon::Book,
            guiding(),
            if guides { guiding_hint() } else { guided_hint() },
        ))
        .add(row("messages", Icon::Question, messages(), messages_hint()));
    el("div", "section").add(to_agree(session, it)).add(rows)
}

/// Drawn again whenever the dossier changes.
pub(super) fn reading(
    session: Session,
    dossier: DossierId,
    draw: impl Fn(Session, &Dossier) -> AnyView + Send + 'static,
) -> AnyView {
    live(move || session.with(dossier, |it| draw(session, it)).part())
}
