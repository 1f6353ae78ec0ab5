//! What was collected of all cursisten, for a lesson (C9): without names unless somebody asks for them, and on paper.

use crate::parts::choices::choice_of;
use crate::parts::{
    El, Icon, Part, button, dates, el, empty, icon, link, live, offer_undo, page, section, soft,
};
use crate::screens::asked::learner_name;
use crate::screens::collect::set_collected;
use crate::screens::entry_card::goal_titles;
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Dossier, EntryRecord, MatterRecord, Place, Role};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash};
use dubbelspoor_domain::lesson::Names;
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;
use std::cmp::Reverse;

words! {
    title { nl "Voor de les" en "For class" fr "Pour le cours" }
    lead { nl "Activiteiten die de school verzamelde om samen te bekijken, en vragen voor de les." en "Activities that the school collected to look at together, and questions for the lesson." fr "Activités que l’école a rassemblées pour les regarder ensemble, et questions pour le cours." }
    empty_title { nl "Nog niets verzameld" en "Nothing collected yet" fr "Rien de rassemblé" }
    empty_words { nl "Open een activiteit van een cursist en tik op Verzamel voor de les. Ze komt dan hier, zonder naam." en "Open an activity of a learner and tap Collect for class. It then comes here, without a name." fr "Ouvrez une activité d’un apprenant et appuyez sur Rassembler pour le cours. Elle arrive alors ici, sans nom." }
    questions_title { nl "Vragen die mee naar de les gaan" en "Questions to take into class" fr "Questions à aborder en cours" }
    answer { nl "Schrijf het antwoord" en "Write the answer" fr "Écrire la réponse" }
    how { nl "Hoe toon je ze?" en "How do you show them?" fr "Comment les montrer ?" }
    without { nl "Zonder namen" en "Without names" fr "Sans noms" }
    with { nl "Met namen" en "With names" fr "Avec noms" }
    without_hint { nl "Namen van mensen en bedrijven uit het dossier zijn vervangen door puntjes. Lees zelf na of iets anders verraadt wie het is." en "Names of people and companies in the dossier are replaced by dots. Read it through: something else may tell who it is." fr "Les noms des personnes et entreprises du dossier sont remplacés par des points. Relisez : autre chose peut révéler de qui il s’agit." }
    without_text { nl "Zonder tekst" en "Without text" fr "Sans texte" }
    open { nl "Open de activiteit" en "Open the activity" fr "Ouvrir l’activité" }
    remove { nl "Haal weg" en "Take away" fr "Retirer" }
    removed { nl "Niet meer verzameld" en "No longer collected" fr "N’est plus rassemblé" }
    print { nl "Druk af of bewaar als PDF" en "Print or save as PDF" fr "Imprimer ou enregistrer en PDF" }
}

/// One activity. What tells whose it is stands apart from what is shown to everybody.
#[derive(Clone, PartialEq)]
struct Piece {
    dossier: DossierId,
    entry: EntryId,
    day: Day,
    place: Place,
    goals: String,
    text: String,
    hidden: String,
    name: String,
    workplace: String,
}

const WITHOUT: u32 = 0;
const WITH: u32 = 1;

pub(crate) fn class() -> AnyView {
    let session = use_session();
    let pieces = Memo::new(move |_| all(session));
    let chosen = RwSignal::new(Some(WITHOUT));
    let fault = RwSignal::new(None::<NotKept>);
    let is_named = move || chosen.get() == Some(WITH);
    let asked = Memo::new(move |_| questions(session));
    let none = move || pieces.with(Vec::is_empty) && asked.with(Vec::is_empty);
    let undo = offer_undo();
    let take_away = move |dossier, entry| {
        set_collected(session, dossier, entry, false, fault);
        let back = move || set_collected(session, dossier, entry, true, fault);
        undo(removed().to_owned(), Box::new(back));
    };
    let options = vec![(WITHOUT, without().to_owned()), (WITH, with().to_owned())];
    let choice = el("div", "section screen-only")
        .keep("hidden", move || none().then(String::new))
        .add(el("h2", "").add(how()))
        .add(choice_of(how().into(), options, chosen, false))
        .live(move || (!is_named()).then(|| soft(without_hint())));
    let list = live(move || {
        if none() {
            return empty(empty_title(), empty_words(), None).part();
        }
        let named = is_named();
        let cards = |it: &Vec<Piece>| -> Vec<El> {
            it.iter().map(|it| card(it, named, take_away)).collect()
        };
        let questions: Vec<El> = asked.with(|it| it.iter().map(|it| question(it, named)).collect());
        let questions = (!questions.is_empty())
            .then(|| section(questions_title()).add(el("ul", "list").add(questions)));
        el("div", "section").add(el("ul", "list").add(pieces.with(cards))).add(questions).part()
    });
    let acts = el("div", "section screen-only")
        .keep("hidden", move || none().then(String::new))
        .add(button("button button-primary", move || session.print()).add(print()));
    page(title(), Some("/learners"))
        .add(el("p", "page-lead").add(lead()))
        .add(choice)
        .add(told(fault))
        .add(list)
        .add(acts)
        .part()
}

/// A question that is answered in a lesson.
#[derive(Clone, PartialEq)]
struct Asked {
    dossier: DossierId,
    matter: EventHash,
    text: String,
    hidden: String,
    name: String,
}

fn questions(session: Session) -> Vec<Asked> {
    let of_dossier = |it: &Dossier, names: &Names| {
        let asked = |record: &MatterRecord| Asked {
            dossier: it.id,
            matter: record.hash,
            text: record.what.text().to_owned(),
            hidden: names.leave_out(record.what.text()),
            name: learner_name(it),
        };
        it.matters.for_lesson().map(asked).collect()
    };
    of_all(session, of_dossier)
}

fn question(it: &Asked, named: bool) -> El {
    let text = if named { &it.text } else { &it.hidden };
    let way = link(format!("/matter/{}/{}", it.dossier, it.matter), "button button-quiet");
    el("li", "card")
        .add(named.then(|| el("h3", "").add(it.name.clone())))
        .add(el("p", "words").add(text.clone()))
        .add(el("div", "card-line screen-only").add(way.add(answer()).add(icon(Icon::Forward))))
}

/// Something of all whom this person teaches or guides.
fn of_all<T>(session: Session, read: impl Fn(&Dossier, &Names) -> Vec<T>) -> Vec<T> {
    let (me, today) = (session.me().person, session.today());
    let mut all = Vec::new();
    for dossier in session.tracks() {
        let of_dossier = session.with(dossier, |it| {
            let guides = it.is_guided_by(me, today)
                || it.links.current(Role::Teacher, today).any(|it| it == me);
            guides.then(|| read(it, &Names::of(it)))
        });
        all.extend(of_dossier.flatten().into_iter().flatten());
    }
    all
}

/// Newest first.
fn all(session: Session) -> Vec<Piece> {
    let mut pieces = of_all(session, |it, names| {
        it.collected.to_show(&it.diary).map(|entry| piece(it, entry, names)).collect()
    });
    sort_by_key(&mut pieces, |it| Reverse((it.day, it.entry)));
    pieces
}

fn piece(it: &Dossier, entry: &EntryRecord, names: &Names) -> Piece {
    let content = &entry.shown().content;
    Piece {
        dossier: it.id,
        entry: entry.entry,
        day: content.day,
        place: content.place,
        goals: goal_titles(it, content),
        text: content.text.clone(),
        hidden: names.leave_out(&content.text),
        name: learner_name(it),
        workplace: it.works_at(content.day),
    }
}

/// What one thought of it stays in the dossier: in a class it could tell whose it is, and it is not what the lesson is about.
fn card(it: &Piece, named: bool, take_away: impl Fn(DossierId, EntryId) + Copy + 'static) -> El {
    let (dossier, entry) = (it.dossier, it.entry);
    let rail = match it.place {
        Place::Workplace => "card card-workplace",
        Place::School | Place::TrainingCentre => "card card-school",
    };
    let place = vocabulary::place(it.place);
    let text = if named { &it.text } else { &it.hidden };
    let text = if text.is_empty() { without_text() } else { text.as_str() };
    // A day would tell whose it is to who was there.
    let line = match named {
        true => format!("{} · {place}", dates::full_day(it.day)),
        false => format!("{} · {place}", dates::month(it.day)),
    };
    let who = named.then(|| {
        let workplace = (!it.workplace.is_empty()).then(|| soft(it.workplace.clone()));
        el("div", "").add(el("h2", "").add(it.name.clone())).add(workplace)
    });
    let way = named.then(|| {
        link(format!("/confirm/{dossier}/{entry}"), "button button-quiet")
            .add(open())
            .add(icon(Icon::Forward))
    });
    let away = button("button button-quiet", move || take_away(dossier, entry)).add(remove());
    el("li", rail)
        .add(who)
        .add(el("p", "words").add(text.to_owned()))
        .add((!it.goals.is_empty()).then(|| el("p", "").add(it.goals.clone())))
        .add(soft(line))
        .add(el("div", "card-line screen-only").add(way).add(away))
}
