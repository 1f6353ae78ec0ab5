//! The audit trail (G9): who wrote what in a dossier and when, the newest first; of a leertraject for who guides, of the
//! centre itself for who runs it. It is read from the signed events on this device, so it works without a line.

mod told;

use crate::parts::{
    El, Icon, Part, Tone, dates, el, empty, follow, live, long_list, needs_you, soft, state_chip,
};
use crate::screens::asked::goal_title;
use crate::screens::file::screen_of;
use crate::session::{Session, use_session};
use crate::words::{lowercase, reasons, vocabulary};
use dubbelspoor_domain::dossier::{Body, Dossier};
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::sync::{Trail, Written};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Logboek" en "Log" fr "Journal" }
    lead { nl "Wie wat schreef, het nieuwste eerst. Wat hier staat, is getekend en verdwijnt niet." en "Who wrote what, the newest first. What is here is signed and does not disappear." fr "Qui a écrit quoi, le plus récent d’abord. Ce qui est ici est signé et ne disparaît pas." }
    reading { nl "Wordt gelezen." en "Being read." fr "Lecture en cours." }
    search { nl "Zoek op naam, soort of woorden" en "Search by name, kind or words" fr "Chercher un nom, un type ou des mots" }
    lines(count) { nl "{count} [regel|regels]" en "{count} [line|lines]" fr "{count} [ligne|lignes]" }
    hidden(count) { nl "Daarnaast {count} die je niet mag lezen: ze zijn privé of voor anderen." en "Besides these {count} that you may not read: they are private or for others." fr "En outre {count} que vous ne pouvez pas lire : ils sont privés ou pour d’autres." }
    none { nl "Niets gevonden" en "Nothing found" fr "Rien trouvé" }
    none_words { nl "Zoek op een ander woord." en "Search for another word." fr "Cherchez un autre mot." }
    school { nl "De school" en "The school" fr "L’école" }
    somebody { nl "Iemand van vroeger" en "Somebody from before" fr "Quelqu’un d’avant" }
    only_here { nl "Alleen op dit toestel" en "Only on this device" fr "Seulement sur cet appareil" }
    arrived(when) { nl "Bij de school op {when}" en "At the school on {when}" fr "À l’école le {when}" }
    erased { nl "Tekst gewist" en "Text erased" fr "Texte effacé" }
}

/// From this far apart, when it was written and when it arrived are told apart.
const LATE: u64 = 60 * 60 * 1_000;

/// About how high a line is.
const LINE: f64 = 96.0;

/// A line as it is read.
#[derive(Clone, PartialEq)]
struct Line {
    what: &'static str,
    about: String,
    by: String,
    at: u64,
    received_at: Option<u64>,
}

pub(crate) fn trail(dossier: &str) -> AnyView {
    screen_of(dossier, title, up, Box::new(inside))
}

fn up(dossier: DossierId) -> String {
    let is_centre = untrack(|| use_session().centre()) == Some(dossier);
    if is_centre { "/centre".to_owned() } else { format!("/dossier/{dossier}") }
}

fn inside(session: Session, dossier: DossierId, page: El) -> El {
    let known = RwSignal::new(None::<Result<Trail, &'static str>>);
    follow(move || {
        session.with(dossier, |_| ());
        spawn_local(async move {
            let read = session.trail(dossier).await;
            known.try_set(Some(read.map_err(|why| vocabulary::fault(&why))));
        });
    });
    let text = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = text.with(|it| lowercase(it));
        let lines = session.with(dossier, |it| {
            known.with(|known| match known {
                Some(Ok(trail)) => lines_of(it, trail, &wanted),
                _ => Vec::new(),
            })
        });
        lines.unwrap_or_default()
    });
    let number = Signal::derive(move || found.with(Vec::len));
    let field = el("input", "field-input")
        .set("type", "search")
        .set("aria-label", search())
        .set("placeholder", search())
        .bind(text);
    let beside = move || known.with(|it| Some(it.as_ref()?.as_ref().ok()?.hidden));
    let told = move || match known.with(|it| it.as_ref().map(|it| it.as_ref().err().copied())) {
        None => soft(reading()).part(),
        Some(Some(why)) => needs_you(why).part(),
        Some(None) if number.get() == 0 => empty(none(), none_words(), None).part(),
        Some(None) => soft(lines(number.get())).set("role", "status").part(),
    };
    page.add(el("p", "").add(lead()))
        .add(field)
        .add(live(told))
        .add(long_list(number, LINE, move |index| {
            live(move || found.with(|it| it.get(index).map(row)).part())
        }))
        .live(move || beside().filter(|it| *it > 0).map(|it| soft(hidden(it))))
}

fn lines_of(it: &Dossier, trail: &Trail, wanted: &str) -> Vec<Line> {
    let mut all = Vec::new();
    for written in &trail.written {
        let line = line_of(it, written);
        let says = |text: &str| lowercase(text).contains(wanted);
        if says(&line.by) || says(line.what) || says(&line.about) {
            all.push(line);
        }
    }
    all
}

fn line_of(it: &Dossier, written: &Written) -> Line {
    let (what, about) = match &written.body {
        Some(body) => (reasons::kind(body), about(it, body)),
        None => (erased(), String::new()),
    };
    let (at, received_at) = (written.at, written.received_at);
    Line { what, about, by: who(it, written.by), at, received_at }
}

fn who(it: &Dossier, person: PersonId) -> String {
    let name = if person == PersonId::SCHOOL { Some(school()) } else { it.links.name_of(person) };
    name.unwrap_or(somebody()).to_owned()
}

/// Whom or what it is about, in a line; else what a person typed into it.
fn about(it: &Dossier, body: &Body) -> String {
    if let Body::Person(named) = body {
        named.name.clone()
    } else if let Body::Link(link) = body {
        format!("{} · {}", who(it, link.person), vocabulary::role(link.role))
    } else if let Body::LinkEnded(ended) = body {
        let link = it.links.all().find(|it| it.link.link == ended.link);
        link.map(|link| who(it, link.link.person)).unwrap_or_default()
    } else if let Body::KeyCertified(key) = body {
        format!("{} · {}", who(it, key.person), key.device)
    } else if let Body::GoalDropped(gone) = body {
        goal_title(it, &gone.goal)
    } else if let Body::Goal(goal) = body {
        vocabulary::translated(&goal.title)
    } else {
        told::told(body).or_else(|| reasons::text_of(body)).unwrap_or_default()
    }
}

fn row(it: &Line) -> El {
    let about = (!it.about.is_empty()).then(|| el("span", "clamp").add(it.about.clone()));
    let late = match it.received_at {
        None => Some(state_chip(Tone::Waiting, Icon::Hourglass, only_here().to_owned())),
        Some(received) if received.abs_diff(it.at) > LATE => {
            Some(soft(arrived(dates::moment(received))).part())
        }
        Some(_) => None,
    };
    let by = soft(format!("{} · {}", it.by, dates::moment(it.at)));
    el("div", "card").add(el("strong", "").add(it.what)).add(about).add(by).add(late)
}
