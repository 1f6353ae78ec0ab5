//! A curriculum from a file or of the school (B11): what would change in the plan, or what is wrong in the file, before anything is written.

use crate::parts::{El, Icon, Tone, button, el, icon, link, needs_you, notice, section, soft};
use crate::screens::file::screen_of;
use crate::screens::reading::disclosure;
use crate::screens::seldom::goal_parts::difference;
use crate::screens::told;
use crate::session::{NoAnswer, NotKept, Session};
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::dossier::{Body, Difference, Dossier, Goal, Preview};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{Assumed, CurriculumRead, FaultIn, LONGEST_FILE, Wrong};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Leerplan" en "Curriculum" fr "Programme" }
    lead { nl "Kies een bestand met de doelen van de opleiding: JSON, CSV of CASE. Er verandert niets voor je het zelf zegt." en "Choose a file with the goals of the course: JSON, CSV or CASE. Nothing changes before you say so." fr "Choisissez un fichier avec les objectifs de la formation : JSON, CSV ou CASE. Rien ne change avant que vous le disiez." }
    needs_line { nl "Hiervoor is verbinding nodig: de school leest het bestand." en "This needs a connection: the school reads the file." fr "Une connexion est nécessaire : l’école lit le fichier." }
    choose { nl "Kies een bestand" en "Choose a file" fr "Choisir un fichier" }
    known { nl "Of begin met een leerplan van de school" en "Or begin with a curriculum of the school" fr "Ou commencez par un programme de l’école" }
    known_goals(title, count) { nl "{title} ({count} [doel|doelen])" en "{title} ({count} [goal|goals])" fr "{title} ({count} [objectif|objectifs])" }
    other { nl "Kies een ander bestand" en "Choose another file" fr "Choisir un autre fichier" }
    reading { nl "Het bestand wordt gelezen." en "The file is being read." fr "Le fichier est en cours de lecture." }
    too_large { nl "Dit bestand is groter dan 1 MB. Een leerplan is kleiner: kijk of het het juiste bestand is." en "This file is larger than 1 MB. A curriculum is smaller: check whether it is the right file." fr "Ce fichier dépasse 1 Mo. Un programme est plus petit : vérifiez si c’est le bon fichier." }
    faults_title(count) { nl "Er klopt iets niet ({count})" en "Something is not right ({count})" fr "Quelque chose ne va pas ({count})" }
    faults_words { nl "Er is niets veranderd. Verbeter dit in het bestand en kies het opnieuw." en "Nothing has changed. Correct this in the file and choose it again." fr "Rien n’a changé. Corrigez ceci dans le fichier et choisissez-le à nouveau." }
    first_of(count) { nl "Dit zijn de eerste {count}." en "These are the first {count}." fr "Voici les {count} premières." }
    line(number) { nl "Regel {number}" en "Line {number}" fr "Ligne {number}" }
    whole { nl "Het bestand" en "The file" fr "Le fichier" }
    unread(about) { nl "kan niet gelezen worden ({about})" en "cannot be read ({about})" fr "ne peut pas être lu ({about})" }
    no_column(about) { nl "de kolom {about} ontbreekt" en "the column {about} is missing" fr "la colonne {about} manque" }
    other_columns { nl "heeft een ander aantal kolommen dan de eerste regel" en "has another number of columns than the first line" fr "n’a pas le même nombre de colonnes que la première ligne" }
    is_empty(about) { nl "{about} is leeg" en "{about} is empty" fr "{about} est vide" }
    no_level(about) { nl "“{about}” is geen niveau" en "“{about}” is no level" fr "« {about} » n’est pas un niveau" }
    no_place(about) { nl "“{about}” is geen plaats" en "“{about}” is no place" fr "« {about} » n’est pas un lieu" }
    no_sort(about) { nl "“{about}” is geen soort competentie" en "“{about}” is no sort of competence" fr "« {about} » n’est pas un type de compétence" }
    no_week(about) { nl "“{about}” is geen week" en "“{about}” is no week" fr "« {about} » n’est pas une semaine" }
    differs(about) { nl "zegt iets anders over {about} dan een eerdere regel" en "says something else of {about} than an earlier line" fr "dit autre chose de {about} qu’une ligne précédente" }
    twice(about) { nl "{about} staat er twee keer in" en "{about} is there twice" fr "{about} s’y trouve deux fois" }
    not_there(about) { nl "{about} staat niet in het bestand" en "{about} is not in the file" fr "{about} n’est pas dans le fichier" }
    own_parent { nl "hoort onder zichzelf" en "belongs under itself" fr "se trouve sous lui-même" }
    no_goals { nl "heeft geen doelen" en "has no goals" fr "n’a pas d’objectifs" }
    too_many(about) { nl "heeft {about} competenties, dat is te veel" en "has {about} competences, which is too many" fr "a {about} compétences, c’est trop" }
    bad_code { nl "heeft geen code, of een te lange" en "has no code, or one that is too long" fr "n’a pas de code, ou un code trop long" }
    bad_weeks(about) { nl "de weken {about} kunnen niet" en "the weeks {about} cannot be" fr "les semaines {about} sont impossibles" }
    found(new, changed, same) { nl "{new} [nieuw doel|nieuwe doelen], {changed} veranderd, {same} hetzelfde." en "{new} new [goal|goals], {changed} changed, {same} the same." fr "{new} [nouvel objectif|nouveaux objectifs], {changed} [modifié|modifiés], {same} [identique|identiques]." }
    new_title(count) { nl "Nieuw ({count})" en "New ({count})" fr "Nouveaux ({count})" }
    changed_title(count) { nl "Veranderd ({count})" en "Changed ({count})" fr "Modifiés ({count})" }
    stays_title(count) { nl "Niet in het bestand: blijft staan ({count})" en "Not in the file: stays ({count})" fr "Pas dans le fichier : restent ({count})" }
    assumed_title { nl "Het bestand zegt dit niet. We vullen het zo in:" en "The file does not tell this. We fill it in so:" fr "Le fichier ne le dit pas. Nous le complétons ainsi :" }
    independent { nl "Elk doel: zelfstandig" en "Each goal: independently" fr "Chaque objectif : en autonomie" }
    all_year { nl "Week 1 tot 40" en "Week 1 to 40" fr "Semaines 1 à 40" }
    both_places { nl "Op de werkplek en op school" en "At the workplace and at school" fr "Sur le lieu de travail et à l’école" }
    skills { nl "Elke competentie is een vaardigheid" en "Each competence is a skill" fr "Chaque compétence est une aptitude" }
    put { nl "Zet dit in het plan" en "Put this in the plan" fr "Mettre dans le plan" }
    agree_anew { nl "Alle drie geven daarna opnieuw hun akkoord." en "All three agree anew after that." fr "Les trois donnent ensuite à nouveau leur accord." }
    nothing_new { nl "Het plan is al zoals het bestand." en "The plan is as the file already." fr "Le plan est déjà comme le fichier." }
    own_stays { nl "Weken en plaatsen blijven zoals ze in dit plan staan." en "Weeks and places stay as they are in this plan." fr "Les semaines et les lieux restent comme dans ce plan." }
    done(count) { nl "{count} [doel staat|doelen staan] nu in het plan. Bewaard op dit toestel." en "{count} [goal is|goals are] in the plan now. Saved on this device." fr "{count} [objectif est|objectifs sont] maintenant dans le plan. Enregistré sur cet appareil." }
    to_plan { nl "Bekijk het plan" en "See the plan" fr "Voir le plan" }
}

const KINDS: &str = ".json,.csv,application/json,text/csv";

/// How far it is.
#[derive(Clone, PartialEq)]
enum State {
    Begin,
    Reading,
    TooLarge,
    NoAnswer(NoAnswer),
    Read(CurriculumRead),
    Done(usize),
}

pub(crate) fn curriculum(dossier: &str) -> AnyView {
    screen_of(dossier, title, |it| format!("/plan/{it}"), Box::new(choosing))
}

fn choosing(session: Session, id: DossierId, page: El) -> El {
    let state = RwSignal::new(State::Begin);
    let pick = move || {
        spawn_local(async move {
            let Ok(file) = session.take_in(KINDS).await else { return };
            state.try_set(State::Reading);
            let now = if file.len() > LONGEST_FILE {
                State::TooLarge
            } else {
                session.read_curriculum(file).await.map_or_else(State::NoAnswer, State::Read)
            };
            state.try_set(now);
        });
    };
    let is_begun = move || state.with(|it| *it != State::Begin);
    let words = move || if is_begun() { other() } else { choose() };
    let class = move || Some(if is_begun() { "button" } else { "button button-primary" }.into());
    let choose = button("", pick)
        .keep("class", class)
        .disabled(move || state.with(|it| *it == State::Reading))
        .add(icon(Icon::Book))
        .live(words);
    page.add(el("p", "").add(lead()))
        .live(move || (!is_begun()).then(|| soft(needs_line())))
        .live(move || shown(session, id, state))
        .add(choose)
        .live(of_school(session, state))
}

/// Those that the school has: one tap shows what would change. A device that saw them once has them without a line too.
fn of_school(session: Session, state: RwSignal<State>) -> impl Fn() -> Option<El> + Send + 'static {
    let all = RwSignal::new(Vec::<CurriculumRead>::new());
    spawn_local(async move {
        all.try_set(session.known_curricula().await);
    });
    move || {
        let row = |it: CurriculumRead| {
            let title = it.title.as_ref().map(vocabulary::translated).unwrap_or_default();
            let words = known_goals(title, it.goals.len());
            button("button", move || state.set(State::Read(it.clone()))).add(words)
        };
        let rows: Vec<El> = all.get().into_iter().map(row).collect();
        let is_begun = state.with(|it| *it != State::Begin);
        (!rows.is_empty() && !is_begun).then(|| section(known()).add(rows))
    }
}

fn shown(session: Session, id: DossierId, state: RwSignal<State>) -> Option<El> {
    state.with(|it| match it {
        State::Begin => None,
        State::Reading => Some(el("p", "").set("role", "status").add(reading())),
        State::TooLarge => Some(needs_you(too_large())),
        State::NoAnswer(why) => Some(needs_you(reasons::no_answer(why))),
        State::Read(it) if !it.faults.is_empty() => Some(faults(it)),
        State::Read(it) => Some(preview(session, id, it, state)),
        State::Done(count) => {
            let words = el("p", "").add(done(*count));
            let way = link(format!("/plan/{id}"), "button button-primary").add(to_plan());
            Some(el("div", "section").add(notice(Tone::Confirmed, words)).add(way))
        }
    })
}

fn faults(it: &CurriculumRead) -> El {
    let mut list = el("ul", "list");
    for it in &it.faults {
        let text = el("p", "").add(el("strong", "").add(place(it))).add(": ").add(wrong(it));
        list = list.add(el("li", "card").add(text));
    }
    let is_more = it.all_faults as usize > it.faults.len();
    section(faults_title(it.all_faults))
        .set("role", "alert")
        .add(el("p", "").add(faults_words()))
        .add(is_more.then(|| soft(first_of(it.faults.len()))))
        .add(list)
}

fn place(it: &FaultIn) -> String {
    match it.line {
        Some(number) if it.at.is_empty() => line(number),
        Some(number) => format!("{} ({})", line(number), it.at),
        None if it.at.is_empty() => whole().to_owned(),
        None => it.at.clone(),
    }
}

fn wrong(it: &FaultIn) -> String {
    let about = &it.about;
    match it.wrong {
        Wrong::Unread => unread(about),
        Wrong::NoColumn => no_column(about),
        Wrong::OtherColumns => other_columns().to_owned(),
        Wrong::Empty => is_empty(about),
        Wrong::NoLevel => no_level(about),
        Wrong::NoPlace => no_place(about),
        Wrong::NoSort => no_sort(about),
        Wrong::NoWeek => no_week(about),
        Wrong::Differs => differs(about),
        Wrong::Twice => twice(about),
        Wrong::NotThere => not_there(about),
        Wrong::OwnParent => own_parent().to_owned(),
        Wrong::NoGoals => no_goals().to_owned(),
        Wrong::TooMany => too_many(about),
        Wrong::BadCode => bad_code().to_owned(),
        Wrong::BadWeeks => bad_weeks(about),
    }
}

/// Compared with the plan as it is when one looks, not as it was when the file was read.
fn preview(session: Session, id: DossierId, read: &CurriculumRead, state: RwSignal<State>) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let found = session
        .with(id, |it| Preview::of(&read.goals, &it.plan, read.detail()))
        .unwrap_or_default();
    let count = found.changes().count();
    let bodies: Vec<Body> = found.changes().cloned().map(Body::Goal).collect();
    let write = move || {
        let bodies = bodies.clone();
        spawn_local(async move {
            match session.record(id, move |it| it.add_all(&bodies)).await {
                Ok(_) => drop(state.try_set(State::Done(count))),
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    let sum = found_words(&found, read);
    let changes = (count > 0).then(|| {
        el("div", "section")
            .add(button("button button-primary", write).add(put()))
            .add(soft(agree_anew()))
    });
    el("div", "section")
        .add(sum)
        .add(told(fault))
        .add(changes)
        .add(goals(new_title(found.new.len()), &found.new))
        .add(session.with(id, |it| changes_of(it, &found.changed)).flatten())
        .add(stays(&found))
}

fn found_words(it: &Preview, read: &CurriculumRead) -> El {
    let (new, changed) = (it.new.len(), it.changed.len());
    let sum =
        if new + changed == 0 { nothing_new().to_owned() } else { found(new, changed, it.same) };
    let name = read.title.as_ref().map(|it| el("h2", "").add(vocabulary::translated(it)));
    let mut filled_in = el("ul", "");
    for it in &read.assumed {
        filled_in = filled_in.add(el("li", "").add(match it {
            Assumed::Independent => independent(),
            Assumed::AllYear => all_year(),
            Assumed::BothPlaces => both_places(),
            Assumed::Skills => skills(),
        }));
    }
    let assumes = !read.assumed.is_empty();
    el("div", "section")
        .add(name)
        .add(el("p", "").set("role", "status").add(sum))
        .add(assumes.then(|| el("div", "").add(soft(assumed_title())).add(filled_in)))
}

fn goals(title: String, all: &[Goal]) -> Option<El> {
    let mut list = el("ul", "");
    for it in all {
        let name = format!("{} {}", it.goal, vocabulary::translated(&it.title));
        list = list.add(el("li", "").add(name));
    }
    (!all.is_empty()).then(|| disclosure(title, list))
}

/// Each with what it is now and what it becomes.
fn changes_of(it: &Dossier, changed: &[Goal]) -> Option<El> {
    let mut list = el("ul", "rows");
    for now in changed {
        let before = it.plan.get(&now.goal)?;
        let row = difference(it, &Difference::Changed(before, now));
        list = list.add(el("li", "row").add(row));
    }
    let inside = el("div", "section").add(soft(own_stays())).add(list);
    (!changed.is_empty()).then(|| disclosure(changed_title(changed.len()), inside))
}

fn stays(it: &Preview) -> Option<El> {
    let words = || el("p", "").add(it.stays.join(", "));
    (!it.stays.is_empty()).then(|| disclosure(stays_title(it.stays.len()), words()))
}
