//! Reception: what is gone through together at a new workplace, ticked by mentor and cursist on their own phones.

use super::form::{Asks, Filled, Sort, field, form};
use crate::parts::frame::page_named;
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, empty, keyed, live, nothing, section, soft, state_chip,
};
use crate::screens::file::{file_of, may_now};
use crate::screens::message::put;
use crate::screens::reading::disclosure;
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use dubbelspoor_domain::dossier::{
    Body, Dossier, ReceptionPart, ReceptionPoint, ReceptionTicked, Role,
};
use dubbelspoor_domain::id::{DossierId, PointId, WorkplaceId};
use leptos::prelude::*;

words! {
    title { nl "Onthaal" en "Reception" fr "Accueil" }
    lead { nl "Neem dit samen door. Jullie tikken elk op je eigen toestel aan wat klaar is." en "Go through this together. Each of you ticks on your own device what is done." fr "Parcourez ceci ensemble. Chacun coche sur son propre appareil ce qui est fait." }
    general { nl "Algemeen" en "General" fr "Généralités" }
    safety { nl "Veiligheid, machine per machine" en "Safety, machine by machine" fr "Sécurité, machine par machine" }
    work_post { nl "Werkpostfiche" en "Work-post sheet" fr "Fiche de poste de travail" }
    gone_through { nl "Doorgenomen" en "Gone through" fr "Parcouru" }
    by_mentor { nl "Mentor" en "Mentor" fr "Mentor" }
    by_learner { nl "Cursist" en "Learner" fr "Apprenant" }
    done(day) { nl "Klaar op {day}" en "Done on {day}" fr "Terminé le {day}" }
    per_line { nl "Eén punt per regel." en "One point per line." fr "Un point par ligne." }
    write_list { nl "Bewaar de lijst" en "Save the list" fr "Enregistrer la liste" }
    change_list { nl "Pas de lijst aan" en "Change the list" fr "Modifier la liste" }
    wrong_list { nl "Schrijf ten minste één punt." en "Write at least one point." fr "Écrivez au moins un point." }
    empty_title { nl "Nog geen lijst" en "No list yet" fr "Pas encore de liste" }
    empty_words { nl "Je mentor of je trajectbegeleider maakt de lijst. Daarna neem je ze samen door." en "Your mentor or your coach makes the list. Then you go through it together." fr "Votre mentor ou votre accompagnateur prépare la liste. Ensuite vous la parcourez ensemble." }
    empty_example { nl "Veiligheid: waar de noodstop van de heftruck zit." en "Safety: where the emergency stop of the forklift is." fr "Sécurité : où se trouve l’arrêt d’urgence du chariot élévateur." }
    no_list { nl "Begin met deze lijst en pas ze aan. Je neemt ze daarna samen door." en "Begin with this list and change it. Then you go through it together." fr "Commencez par cette liste et adaptez-la. Ensuite vous la parcourez ensemble." }
    usual_general {
        nl "Pauzes en waar je eet|Wie je belt als je ziek bent of te laat komt|Rondleiding en kennismaking met collega’s"
        en "Breaks and where you eat|Whom to call when you are ill or late|Tour and meeting the colleagues"
        fr "Les pauses et l’endroit où manger|Qui appeler en cas de maladie ou de retard|Visite et rencontre des collègues"
    }
    usual_safety {
        nl "Nooduitgang en verzamelplaats|EHBO en wie helpt bij een ongeval|Beschermkledij: wat, wanneer, waar|Per machine: noodstop en wat je niet alleen doet"
        en "Emergency exit and meeting point|First aid and who helps after an accident|Protective clothing: what, when, where|Per machine: emergency stop and what you do not do alone"
        fr "Sortie de secours et point de rassemblement|Premiers secours et qui aide en cas d’accident|Vêtements de protection : quoi, quand, où|Par machine : arrêt d’urgence et ce que vous ne faites pas seul"
    }
    usual_work_post {
        nl "Risico’s van de werkpost doorgenomen|Werkpostfiche gelezen en besproken"
        en "Risks of the work post gone through|Work-post sheet read and talked about"
        fr "Risques du poste parcourus|Fiche de poste lue et discutée"
    }
}

/// In the order in which they are gone through.
const PARTS: [ReceptionPart; 3] =
    [ReceptionPart::General, ReceptionPart::Safety, ReceptionPart::WorkPost];

/// The names of the fields, of a form for each workplace; nobody learns at more.
const FIELDS: [[&str; 3]; 5] = [
    ["general", "safety", "work-post"],
    ["general-2", "safety-2", "work-post-2"],
    ["general-3", "safety-3", "work-post-3"],
    ["general-4", "safety-4", "work-post-4"],
    ["general-5", "safety-5", "work-post-5"],
];

fn group_name(it: ReceptionPart) -> &'static str {
    match it {
        ReceptionPart::General => general(),
        ReceptionPart::Safety => safety(),
        ReceptionPart::WorkPost => work_post(),
    }
}

/// Of a dossier; without one, one's own.
pub(crate) fn reception(dossier: Option<&str>) -> AnyView {
    let session = use_session();
    let named = dossier.and_then(DossierId::from_hex);
    let up = named.map_or("/".to_owned(), file_of);
    let own = Memo::new(move |_| named.or_else(|| session.own_dossier()));
    let body = live(move || own.get().map(|it| untrack(|| lists(session, it))).part());
    page_named(title().part(), Some(up)).add(body).part()
}

/// A list for each workplace: each has machines of its own. Where the learner is now comes first.
fn lists(session: Session, dossier: DossierId) -> El {
    let places = Memo::new(move |_| {
        let today = session.today();
        let places = |it: &Dossier| {
            let mut all = it.reception_places();
            let is_here = |at: &Option<WorkplaceId>| {
                it.start.on(today).any(|(it, _)| Some(it.workplace) == *at)
            };
            all.sort_by_key(|it| !is_here(it));
            all
        };
        session.with(dossier, places).unwrap_or_default()
    });
    el("div", "section").live(move || {
        let all = places.get();
        let is_one = all.len() < 2;
        let named = move |(nth, at): (usize, Option<WorkplaceId>)| {
            let name = |it: &Dossier| Some(it.start.workplace(at?)?.company.clone());
            let name = untrack(|| session.with(dossier, name).flatten()).filter(|_| !is_one);
            let list = untrack(|| list(session, dossier, at, nth));
            match name {
                Some(name) => section(name).add(list),
                None => list,
            }
        };
        all.into_iter().enumerate().map(named).collect::<Vec<_>>()
    })
}

fn list(session: Session, dossier: DossierId, at: Option<WorkplaceId>, nth: usize) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let may_write = may_now(
        session,
        dossier,
        &Body::ReceptionPoint(ReceptionPoint {
            point: PointId([0; 16]),
            part: ReceptionPart::General,
            text: "?".to_owned(),
            dropped: false,
            workplace: at,
        }),
    );
    let is_empty = Memo::new(move |_| {
        session.with(dossier, |it| it.reception_at(at).is_empty()) != Some(false)
    });
    let mut all = el("div", "section").live(move || {
        Some(match (is_empty.get(), may_write) {
            (false, _) => soft(lead()),
            (true, true) => soft(no_list()),
            (true, false) => empty(empty_title(), empty_words(), Some(empty_example())),
        })
    });
    for group in PARTS {
        let points = move || {
            session.with(dossier, |it| {
                let of_part = it.reception_at(at).into_iter().filter(|it| it.part == group);
                of_part.map(|it| it.point.to_string()).collect::<Vec<_>>()
            })
        };
        let points = Memo::new(move |_| points().unwrap_or_default());
        let row = move |key: String| {
            PointId::from_hex(&key).map(|it| point(session, dossier, it, fault)).part()
        };
        let rows = keyed(move || points.get(), row);
        let heading =
            move || (!points.with(Vec::is_empty)).then(|| el("h2", "").add(group_name(group)));
        all = all.add(el("section", "section").live(heading).add(el("ul", "list").add(rows)));
    }
    let fields = live(move || match (may_write, is_empty.get()) {
        (false, _) => nothing(),
        (true, true) => untrack(|| list_form(session, dossier, at, nth)).part(),
        (true, false) => {
            disclosure(change_list().to_owned(), untrack(|| list_form(session, dossier, at, nth)))
                .part()
        }
    });
    all.add(told(fault)).add(fields)
}

/// Whether a mentor and the cursist have ticked a point.
fn ticked(it: &Dossier, point: PointId) -> (bool, bool) {
    let by = |person| it.reception.ticked_by(point, person).is_some();
    let mut mentors = it.links.all().map(|it| &it.link).filter(|it| it.role == Role::Mentor);
    (mentors.any(|it| by(it.person)), it.links.learner().is_some_and(by))
}

/// One point: what it is, who ticked it, and my own tick.
fn point(
    session: Session,
    dossier: DossierId,
    point: PointId,
    fault: RwSignal<Option<NotKept>>,
) -> El {
    let (me, today) = (session.me().person, untrack(|| session.today()));
    let found = untrack(|| {
        session.with(dossier, |it| {
            let text = it.reception.point(point).map(|it| it.text.clone());
            let is = |role| it.links.current(role, today).any(|person| person == me);
            (text.unwrap_or_default(), is(Role::Learner) || is(Role::Mentor))
        })
    });
    let (text, may) = found.unwrap_or_default();
    let state = Memo::new(move |_| {
        session.with(dossier, |it| {
            let mine = it.reception.ticked_by(point, me).is_some();
            (ticked(it, point), it.received_on(point), mine)
        })
    });
    let chips = move || {
        let ((mentor, learner), day, _) = state.get().unwrap_or_default();
        let chip = |is: bool, words: &'static str| {
            let (tone, picture) =
                if is { (Tone::Confirmed, Icon::Check) } else { (Tone::Waiting, Icon::Circle) };
            state_chip(tone, picture, words)
        };
        let day = day.map(|it| soft(done(dates::short_day(it))));
        let chips = el("div", "chips").add(chip(mentor, by_mentor()));
        Some(chips.add(chip(learner, by_learner())).add(day))
    };
    let is_mine = move || state.get().is_some_and(|(.., mine)| mine);
    let tap = move || {
        let (points, undone) = (vec![point], untrack(is_mine));
        let on = untrack(|| session.today());
        let tick = ReceptionTicked { points, on, undone };
        put(session, dossier, Body::ReceptionTicked(tick), fault);
    };
    let tick = may.then(|| {
        button("chip chip-many", tap)
            .keep_flag("aria-pressed", is_mine)
            .set("aria-label", format!("{}: {text}", gone_through()))
            .add(gone_through())
    });
    el("li", "card").add(el("h3", "").add(text)).live(chips).add(tick)
}

fn known(session: Session, dossier: DossierId, at: Option<WorkplaceId>) -> Vec<ReceptionPoint> {
    let points = |it: &Dossier| it.reception_at(at).into_iter().cloned().collect();
    untrack(|| session.with(dossier, points)).unwrap_or_default()
}

fn list_form(session: Session, dossier: DossierId, at: Option<WorkplaceId>, nth: usize) -> El {
    let before = known(session, dossier, at);
    let now = |part: ReceptionPart, usual: &str| {
        if before.is_empty() {
            return usual.replace('|', "\n");
        }
        let of_part = before.iter().filter(|it| it.part == part);
        of_part.map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let text = |id, words, value: String| field(id, words, Sort::Text(4_000)).with(value).stay();
    let [of_general, of_safety, of_work_post] = FIELDS[nth.min(FIELDS.len() - 1)];
    let fields = vec![
        text(of_general, general(), now(ReceptionPart::General, usual_general())),
        text(of_safety, safety(), now(ReceptionPart::Safety, usual_safety())),
        text(of_work_post, work_post(), now(ReceptionPart::WorkPost, usual_work_post())),
    ];
    let about = at.map_or("reception".to_owned(), |it| format!("reception-{it}"));
    let asks = Asks { about: &about, send: write_list(), wrong: wrong_list(), then: None };
    let shown = StoredValue::new(before.iter().map(|it| it.point).collect::<Vec<_>>());
    let read = move |filled: &Filled| {
        let bodies = changes(session, known(session, dossier, at), &shown.get_value(), at, filled)?;
        // What was added here is shown here from then on.
        let new = bodies.iter().filter_map(|it| {
            let Body::ReceptionPoint(it) = it else { return None };
            (!it.dropped).then_some(it.point)
        });
        shown.update_value(|it| it.extend(new));
        Some(bodies)
    };
    el("div", "section").add(soft(per_line())).add(form(dossier, asks, fields, Box::new(read)))
}

/// New lines are new points, lines that went drop theirs; what stays keeps its ticks, and what somebody else added since the
/// list was `shown` stays.
fn changes(
    session: Session,
    mut known: Vec<ReceptionPoint>,
    shown: &[PointId],
    workplace: Option<WorkplaceId>,
    filled: &Filled,
) -> Option<Vec<Body>> {
    let mut bodies = Vec::new();
    let mut written = 0;
    for (at, part) in PARTS.into_iter().enumerate() {
        for line in filled.text(at).lines().map(str::trim).filter(|it| !it.is_empty()) {
            written += 1;
            let before = known.len();
            known.retain(|it| it.part != part || it.text != line);
            if known.len() == before {
                let (point, text) = (PointId(session.new_id()), line.to_owned());
                let it = ReceptionPoint { point, part, text, dropped: false, workplace };
                bodies.push(Body::ReceptionPoint(it));
            }
        }
    }
    for it in known.into_iter().filter(|it| shown.contains(&it.point)) {
        bodies.push(Body::ReceptionPoint(ReceptionPoint { dropped: true, ..it }));
    }
    (written > 0).then_some(bodies)
}
