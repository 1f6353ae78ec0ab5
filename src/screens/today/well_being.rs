//! How it goes today: one tap, a word for whoever wants to say more, and who sees it said beside it.

use super::super::message::{Asks, put, writing};
use super::super::reading::disclosure;
use super::super::told;
use crate::parts::icons::face;
use crate::parts::{El, button, choices, dates, el, feel, follow, section, soft};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, WellBeing};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    title { nl "Hoe gaat het vandaag?" en "How is it going today?" fr "Comment ça va aujourd’hui ?" }
    coach_sees { nl "Je trajectbegeleider ziet dit. Je mentor niet." en "Your coach sees this. Your mentor does not." fr "Votre accompagnateur voit ceci. Votre mentor non." }
    mentor_sees { nl "Je trajectbegeleider en je mentor zien dit." en "Your coach and your mentor see this." fr "Votre accompagnateur et votre mentor voient ceci." }
    more { nl "Vertel erbij" en "Say more" fr "En dire plus" }
    label { nl "Wat speelt er?" en "What is going on?" fr "Que se passe-t-il ?" }
    who { nl "Wie mag dit zien?" en "Who may see this?" fr "Qui peut voir ceci ?" }
    chosen_above { nl "Wie dit leest, kies je hierboven." en "Above you choose who reads this." fr "Vous choisissez ci-dessus qui lit ceci." }
    mentor_too { nl "Ook mijn mentor" en "My mentor too" fr "Mon mentor aussi" }
    keep { nl "Bewaar" en "Save" fr "Enregistrer" }
}

/// Stays in place while the dossier changes: somebody may be typing.
pub(super) fn well_being(session: Session, dossier: DossierId, today: Day) -> El {
    let said = Memo::new(move |_| {
        session.with(dossier, |it| it.well_being.of(today).map(|it| it.said.clone()))?
    });
    let fault = RwSignal::new(None::<NotKept>);
    let mut faces = el("div", "faces").set("role", "group").set("aria-label", title());
    for mark in WellBeing::MARKS {
        let tap = move || {
            feel::tick();
            let before = said.get_untracked();
            let (word, to_mentor) = before.map_or((None, false), |it| (it.word, it.to_mentor));
            let felt = WellBeing { day: today, mark, word, to_mentor };
            put(session, dossier, Body::WellBeing(felt), fault);
        };
        faces = faces.add(
            button("face", tap)
                .set("aria-label", vocabulary::mark(mark))
                .keep_flag("aria-pressed", move || {
                    said.with(|it| it.as_ref().is_some_and(|it| it.mark == mark))
                })
                .add(face(mark)),
        );
    }
    let ends = WellBeing::MARKS.end();
    let scale = el("div", "card-line")
        .add(soft(vocabulary::mark(*WellBeing::MARKS.start())))
        .add(soft(vocabulary::mark(*ends)));
    let readers = move || {
        let shown = said.with(|it| it.as_ref().is_some_and(|it| it.to_mentor));
        soft(if shown { mentor_sees() } else { coach_sees() })
    };
    let is_said = Memo::new(move |_| said.with(Option::is_some));
    let words = move || {
        is_said.get().then(|| said.get_untracked().map(|before| word(dossier, said, before)))
    };
    section(title())
        .add(faces)
        .add(scale)
        .add(told(fault))
        .live(readers)
        .live(move || words().flatten())
}

fn word(dossier: DossierId, said: Memo<Option<WellBeing>>, before: WellBeing) -> El {
    let WellBeing { day, mark, word, to_mentor } = before;
    let text = word.unwrap_or_default();
    let chosen = RwSignal::new(if to_mentor { vec!["mentor".to_owned()] } else { Vec::new() });
    let options = || vec![("mentor".to_owned(), mentor_too().to_owned())];
    let asks = Asks {
        id: "well-being",
        label: label(),
        hint: chosen_above(),
        send: keep(),
        most: 250,
        is_main: false,
    };
    let body = move |text: String| {
        let to_mentor = !chosen.with_untracked(Vec::is_empty);
        let mark = said.with_untracked(|it| it.as_ref().map_or(mark, |it| it.mark));
        Body::WellBeing(WellBeing { day, mark, word: Some(text), to_mentor })
    };
    // Who may see it is kept at once, also without words.
    let session = use_session();
    let fault = RwSignal::new(None::<NotKept>);
    follow(move || {
        let to_mentor = chosen.with(|it| !it.is_empty());
        let now = untrack(|| said.get()).filter(|it| it.to_mentor != to_mentor);
        if let Some(it) = now {
            put(session, dossier, Body::WellBeing(WellBeing { to_mentor, ..it }), fault);
        }
    });
    // Of one day: half a word of yesterday is not today's.
    let about = format!("{dossier}-{}", dates::for_field(day));
    let field = writing(dossier, &about, asks, RwSignal::new(text), Box::new(body));
    disclosure(
        more().to_owned(),
        el("div", "section").add(choices(who(), options, chosen)).add(told(fault)).add(field),
    )
}
