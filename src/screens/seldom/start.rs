//! People and places of a leertraject: where the cursist is when (A6), who sees to what (A2), recognised workplaces and what
//! they cover (A4, A12), what the tasks are (D10), at which pace (B10). Who guides fills it in; everybody reads it.

mod asking;
mod forms;
mod tasks;
mod track;

use super::recognised::{from_site, recognition};
use crate::parts::{El, Icon, Part, dates, el, icon, link, needs_you, page_named, section, soft};
use crate::screens::file::{
    Guided, file_of, guides_now, may_now, reading, screen_of, standing_still,
};
use crate::screens::reading::{disclosure, name};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Dossier, Goal, LearnerStatus, MentorTraining, Role, Said, StartNote, Task, Week,
    Workplace,
};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::{DossierId, PersonId, WorkplaceId};
use leptos::prelude::*;

words! {
    begins(day) { nl "vanaf {day}" en "from {day}" fr "à partir du {day}" }
    ends(day) { nl "tot en met {day}" en "up to and including {day}" fr "jusqu’au {day} inclus" }
    title { nl "Mensen en plaatsen" en "People and places" fr "Personnes et lieux" }
    workplace_title { nl "Leerwerkplek" en "Workplace" fr "Lieu de travail" }
    now_at { nl "Nu" en "Now" fr "Maintenant" }
    week_by_week { nl "Waar, week per week" en "Where, week by week" fr "Où, semaine par semaine" }
    week_of(day) { nl "Week van {day}" en "Week of {day}" fr "Semaine du {day}" }
    holiday { nl "Vakantie" en "Holiday" fr "Vacances" }
    nowhere { nl "Op geen werkplek" en "At no workplace" fr "Sur aucun lieu de travail" }
    workplaces { nl "Leerwerkplekken" en "Workplaces" fr "Lieux de travail" }
    no_workplace { nl "Nog geen leerwerkplek." en "No workplace yet." fr "Pas encore de lieu de travail." }
    stay_line(from, to) { nl "van {from} tot {to}" en "from {from} to {to}" fr "du {from} au {to}" }
    stay_open(from) { nl "vanaf {from}" en "from {from} on" fr "à partir du {from}" }
    came_up(count) { nl "Kwam hier aan bod ({count})" en "Came up here ({count})" fr "Abordé ici ({count})" }
    not_yet(count) { nl "Kwam hier nog niet aan bod ({count})" en "Has not come up here yet ({count})" fr "Pas encore abordé ici ({count})" }
    times(count) { nl "{count} keer" en "{count} times" fr "{count} fois" }
    how_counted { nl "Een activiteit telt voor de werkplek waar je die dag was; op een dag met twee werkplekken voor allebei." en "An activity counts for the workplace where you were that day; on a day with two workplaces for both." fr "Une activité compte pour le lieu de travail de ce jour-là ; un jour avec deux lieux, pour les deux." }
    covers(count) { nl "{count} [doel|doelen] kun je hier leren" en "{count} [goal|goals] can be learnt here" fr "{count} [objectif peut être appris|objectifs peuvent être appris] ici" }
    uncovered(count) { nl "Doelen die geen werkplek dekt ({count})" en "Goals that no workplace covers ({count})" fr "Objectifs qu’aucun lieu ne couvre ({count})" }
    people { nl "Wie doet wat?" en "Who does what?" fr "Qui fait quoi ?" }
    content { nl "inhoud" en "content" fr "contenu" }
    administration { nl "administratie" en "administration" fr "administration" }
    contact { nl "aanspreekpunt" en "contact point" fr "point de contact" }
    mentor_years(years) { nl "{years} jaar ervaring" en "{years} years of experience" fr "{years} ans d’expérience" }
    training_on(training, day) { nl "{training} ({day})" en "{training} ({day})" fr "{training} ({day})" }
    training_done { nl "mentoropleiding gevolgd" en "trained as a mentor" fr "formation de mentor suivie" }
    training_planned { nl "mentoropleiding gepland" en "mentor training planned" fr "formation de mentor prévue" }
    training_missing { nl "nog geen mentoropleiding" en "no mentor training yet" fr "pas encore de formation de mentor" }
    missing_training(name) { nl "Van {name} is geen mentoropleiding bekend." en "No mentor training is known of {name}." fr "Aucune formation de mentor n’est connue pour {name}." }
    notes { nl "Screening en intake" en "Screening and intake" fr "Sélection et accueil" }
    for_matching(words) { nl "Voor de werkplek: {words}" en "For the workplace: {words}" fr "Pour le lieu de travail : {words}" }
    guides_only { nl "Alleen wie begeleidt leest dit; de intake leest iedereen." en "Only those who guide read this; everybody reads the intake." fr "Seuls les accompagnateurs lisent ceci ; tous lisent l’accueil." }
    status_line(status) { nl "Statuut: {status}" en "Status: {status}" fr "Statut : {status}" }
    days_line(allowed) { nl "{allowed} opleidingsdagen om een overeenkomst te tekenen; tot dan minstens 28 lesuren per week bij de aanbieder." en "{allowed} training days to sign an agreement; until then at least 28 lessons a week at the provider." fr "{allowed} jours de formation pour signer un contrat ; jusque-là au moins 28 heures de cours par semaine chez le prestataire." }
    change { nl "Pas deze leerwerkplek aan" en "Change this workplace" fr "Modifier ce lieu de travail" }
    from_list { nl "Uit de lijst van het centrum. Vul nog in wanneer de cursist daar is." en "From the list of the centre. Still to fill in: when the learner is there." fr "Dans la liste du centre. Reste à indiquer quand l’apprenant y est." }
    unknown { nl "Deze leerwerkplek staat niet op dit toestel." en "This workplace is not on this device." fr "Ce lieu de travail n’est pas sur cet appareil." }
    seeking_benefit { nl "Werkzoekend met uitkering" en "Seeking work, with a benefit" fr "Demandeur d’emploi indemnisé" }
    seeking { nl "Werkzoekend zonder uitkering" en "Seeking work, without a benefit" fr "Demandeur d’emploi non indemnisé" }
    employed { nl "Aan het werk" en "Employed" fr "Au travail" }
    leefloon { nl "Leefloon" en "Living wage" fr "Revenu d’intégration" }
    school_leaver { nl "Schoolverlater" en "School leaver" fr "Sortant de l’école" }
    other_status { nl "Iets anders" en "Something else" fr "Autre" }
}

fn task_words(it: Task) -> &'static str {
    match it {
        Task::Content => content(),
        Task::Administration => administration(),
        Task::Contact => contact(),
    }
}

fn training_words(it: MentorTraining) -> &'static str {
    match it {
        MentorTraining::Done => training_done(),
        MentorTraining::Planned => training_planned(),
        MentorTraining::Missing => training_missing(),
    }
}

fn status_words(it: LearnerStatus) -> &'static str {
    match it {
        LearnerStatus::SeekingWithBenefit => seeking_benefit(),
        LearnerStatus::Seeking => seeking(),
        LearnerStatus::Employed => employed(),
        LearnerStatus::Leefloon => leefloon(),
        LearnerStatus::SchoolLeaver => school_leaver(),
        LearnerStatus::Other => other_status(),
    }
}

/// What who guides fills in about a leertraject.
type FillIn = fn(Session, DossierId) -> El;
/// And about one workplace.
type FillInPlace = fn(Session, DossierId, WorkplaceId, Option<Workplace>) -> El;

pub(crate) const FILL_IN: FillIn = forms::all;
pub(crate) const FILL_IN_PLACE: FillInPlace = forms::workplace;

/// What coach and mentor fill in about the tasks.
pub(crate) const DESCRIBE: FillIn = tasks::describing;

pub(crate) fn start(dossier: &str, fill_in: Guided<FillIn>, describe: Guided<FillIn>) -> AnyView {
    screen_of(
        dossier,
        title,
        file_of,
        Box::new(move |session, dossier, page| {
            let steers = guides_now(session, dossier);
            let describes = may_now(session, dossier, &tasks::sample());
            let page = page
                .add(reading(session, dossier, track::listed))
                .add(reading(session, dossier, places))
                .add(reading(session, dossier, tasks::listed))
                .add(describe.filter(|_| describes).map(|it| it(session, dossier)))
                .add(reading(session, dossier, listed_people))
                .add(reading(session, dossier, listed_notes));
            page.add(fill_in.filter(|_| steers).map(|it| it(session, dossier)))
        }),
    )
}

fn places(session: Session, it: &Dossier) -> AnyView {
    let today = session.today();
    let mut now = el("ul", "rows");
    let mut any = false;
    let is_over = it.track.as_ref().is_some_and(|it| it.to < today);
    let goes_on = !is_over && it.stands_still(today).is_none();
    for (place, stay) in it.start.on(today).filter(|_| goes_on) {
        any = true;
        let line = format!("{} · {}", place.company, stay.when);
        now = now.add(el("li", "row").add(icon(Icon::Place)).add(el("span", "row-text").add(line)));
    }
    let now = any.then(|| section(now_at()).add(now));
    let weeks = weeks(it, today);
    let cards: Vec<El> = it.start.workplaces().map(|place| place_row(it, place)).collect();
    let none = cards.is_empty().then(|| soft(no_workplace()));
    let missing: Vec<El> = it
        .uncovered_goals()
        .iter()
        .map(|goal| el("li", "row").add(vocabulary::translated(&goal.title)))
        .collect();
    let missing = (!missing.is_empty() && !cards.is_empty())
        .then(|| disclosure(uncovered(missing.len()), el("ul", "rows").add(missing)));
    let without = it.agreements.all().next().is_none();
    let days = without.then(|| soft(days_line(hours::training_days_allowed(it, today))));
    vec![
        standing_still(it, today).part(),
        now.part(),
        weeks.part(),
        section(workplaces())
            .add(none)
            .add(el("div", "rows").add(cards))
            .add(missing)
            .add(days)
            .part(),
    ]
    .part()
}

/// So far ahead it is told where somebody is: a year.
const AHEAD: usize = 53;

/// Where the learner is, week by week (A6). With one workplace that never changes there is nothing to tell.
fn weeks(it: &Dossier, today: Day) -> Option<El> {
    if it.start.workplaces().flat_map(|it| &it.stays).count() < 2 {
        return None;
    }
    let row = |it: Week<'_>| {
        let mut places: Vec<String> = it
            .places
            .iter()
            .map(|(place, stay)| match &*stay.when {
                "" => place.company.clone(),
                when => format!("{} ({when})", place.company),
            })
            .collect();
        if it.is_free {
            places = vec![holiday().to_owned()];
        } else if places.is_empty() {
            places = vec![nowhere().to_owned()];
        }
        let text = el("span", "row-text")
            .add(el("span", "soft").add(week_of(dates::short_day(it.from))))
            .add(el("span", "").add(places.join(" · ")));
        el("li", "row").add(text)
    };
    let rows: Vec<El> = it.weeks(today, AHEAD).into_iter().map(row).collect();
    Some(disclosure(week_by_week().to_owned(), el("ul", "rows").add(rows)))
}

fn stays(it: &Workplace) -> Vec<String> {
    let line = |it: &dubbelspoor_domain::dossier::Stay| {
        let from = dates::short_day(it.from);
        let period = match it.to {
            Some(to) => stay_line(from, dates::short_day(to)),
            None => stay_open(from),
        };
        if it.when.is_empty() { period } else { format!("{period} · {}", it.when) }
    };
    it.stays.iter().map(line).collect()
}

fn place_row(it: &Dossier, place: &Workplace) -> El {
    let text = el("span", "row-text")
        .add(el("span", "").add(place.company.clone()))
        .add(el("span", "soft").add(stays(place).join(" · ")))
        .add(el("span", "").add(recognition(place.recognition.as_ref())));
    link(format!("/workplace/{}/{}", it.id, place.workplace), "row")
        .add(text)
        .add(icon(Icon::Forward))
}

/// One workplace whole, and its form for who guides.
pub(crate) fn workplace(dossier: &str, workplace: &str, fill_in: Guided<FillInPlace>) -> AnyView {
    let session = use_session();
    let found = (DossierId::from_hex(dossier), WorkplaceId::from_hex(workplace));
    let (Some(dossier), Some(workplace)) = found else {
        return page_named(workplace_title().part(), Some("/".to_owned())).part();
    };
    let page = page_named(workplace_title().part(), Some(format!("/start/{dossier}")));
    let known = untrack(|| session.with(dossier, |it| it.start.workplace(workplace).cloned()));
    let known = known.flatten();
    let may_write = |it: &Workplace| may_now(session, dossier, &Body::Workplace(it.clone()));
    let new = fill_in.filter(|_| known.is_none()).and_then(|fill_in| {
        let from = untrack(|| from_site(session, dossier, workplace));
        Some((from.filter(may_write)?, fill_in))
    });
    if let Some((from, fill_in)) = new {
        let form = fill_in(session, dossier, workplace, Some(from));
        return page.add(el("p", "page-lead").add(from_list())).add(form).part();
    }
    let shown = reading(session, dossier, move |_, it| match it.start.workplace(workplace) {
        Some(place) => one_place(it, place),
        None => soft(unknown()).part(),
    });
    let form = known.filter(may_write).zip(fill_in).map(|(it, fill_in)| {
        disclosure(change().to_owned(), fill_in(session, dossier, workplace, Some(it)))
    });
    page.add(shown).add(form).part()
}

/// What came up at a workplace and what did not yet (B6).
fn came_up_at(it: &Dossier, place: &Workplace) -> Option<El> {
    let found = it.at_workplace(place);
    let row = |goal: &Goal, line: Option<String>| {
        let text = el("span", "row-text")
            .add(el("span", "").add(vocabulary::translated(&goal.title)))
            .add(line.map(|it| el("span", "soft").add(it)));
        link(format!("/goal/{}/{}", it.id, goal.goal), "row").add(text).add(icon(Icon::Forward))
    };
    let done: Vec<El> =
        found.came_up.iter().map(|(goal, count)| row(goal, Some(times(*count)))).collect();
    let open: Vec<El> = found.not_yet.iter().map(|goal| row(goal, None)).collect();
    let group = |words: fn(usize) -> String, rows: Vec<El>| {
        let heading = (!rows.is_empty()).then(|| el("h2", "").add(words(rows.len())))?;
        Some(el("section", "section").add(heading).add(el("div", "rows").add(rows)))
    };
    let (done, open) = (group(came_up, done), group(not_yet, open));
    let any = done.is_some() || open.is_some();
    any.then(|| el("div", "section").add(done).add(open).add(soft(how_counted())))
}

fn one_place(it: &Dossier, place: &Workplace) -> AnyView {
    let mut list = el("ul", "rows");
    for goal in place.goals.iter().filter_map(|goal| it.plan.get(goal)) {
        list = list.add(el("li", "row").add(vocabulary::translated(&goal.title)));
    }
    let periods: Vec<El> = stays(place).into_iter().map(|it| el("li", "row").add(it)).collect();
    let card = el("article", "card")
        .add(el("h2", "").add(place.company.clone()))
        .add(el("p", "words").add(place.site.clone()))
        .add(el("div", "").add(recognition(place.recognition.as_ref())))
        .add((!periods.is_empty()).then(|| el("ul", "rows").add(periods)))
        .add(el("h3", "").add(covers(place.goals.len())))
        .add((!place.goals.is_empty()).then_some(list));
    vec![card.part(), came_up_at(it, place).part()].part()
}

/// Everybody of now and of later, until when, what they see to and how to reach them.
fn listed_people(session: Session, it: &Dossier) -> AnyView {
    let mut rows = el("ul", "rows");
    let mut seen: Vec<(PersonId, Role)> = Vec::new();
    let today = session.today();
    for record in it.links.lasting(today) {
        let (person, role) = (record.link.person, record.link.role);
        if seen.contains(&(person, role)) {
            continue;
        }
        seen.push((person, role));
        let mut lines = vec![vocabulary::role(role).to_owned()];
        let first = Some(record.link.from).filter(|_| !record.has_begun(today));
        lines.extend(first.map(|it| begins(dates::short_day(it))));
        lines.extend(record.last_day().map(|it| ends(dates::short_day(it))));
        if let Some(point) = it.start.contact(person) {
            lines.extend(point.tasks.iter().map(|it| task_words(*it).to_owned()));
            lines.extend(Some(point.reach.clone()).filter(|it| !it.is_empty()));
        }
        if let Some(conditions) = it.start.conditions(person).filter(|_| role == Role::Mentor) {
            lines.push(mentor_years(conditions.years));
            let training = training_words(conditions.training);
            lines.push(match conditions.on {
                Some(day) => training_on(training, dates::short_day(day)),
                None => training.to_owned(),
            });
            let places =
                conditions.workplaces.iter().filter_map(|place| it.start.workplace(*place));
            lines.extend(places.map(|it| it.company.clone()));
        }
        let text = el("span", "row-text")
            .add(el("span", "").add(name(it, person)))
            .add(el("span", "soft").add(lines.join(" · ")));
        rows = rows.add(el("li", "row").add(icon(Icon::People)).add(text));
    }
    let guides = it.is_guided_by(session.me().person, session.today());
    let untrained = it.mentors_without_training(session.today());
    let missing: Vec<El> =
        untrained.iter().map(|mentor| needs_you(missing_training(name(it, *mentor)))).collect();
    section(people()).add(rows).add(guides.then_some(missing)).part()
}

fn listed_notes(session: Session, it: &Dossier) -> AnyView {
    let card = |said: &Said<StartNote>| {
        let line = format!("{} · {}", name(it, said.by), dates::short_day(said.what.day));
        let conclusion = (!said.what.conclusion.is_empty()).then(|| said.what.conclusion.clone());
        el("li", "card")
            .add(el("h3", "").add(vocabulary::start_note(said.what.kind)))
            .add(soft(line))
            .add(asking::answered(&said.what))
            .add((!said.what.text.is_empty()).then(|| el("p", "words").add(said.what.text.clone())))
            .add(conclusion.map(|it| el("p", "words").add(it)))
            .add(said.what.for_matching.clone().map(|it| el("p", "words").add(for_matching(it))))
    };
    let cards: Vec<El> = it.start.notes().iter().rev().map(card).collect();
    let guides = it.is_guided_by(session.me().person, session.today());
    let status = it.start.status().filter(|_| guides).map(|it| soft(status_line(status_words(it))));
    let hint = guides.then(|| soft(guides_only()));
    let shown = !cards.is_empty() || status.is_some();
    shown.then(|| section(notes()).add(hint).add(status).add(el("ul", "list").add(cards))).part()
}
