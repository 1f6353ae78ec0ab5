//! Who coaches how many leertrajecten, beginning one, and giving all of somebody's to somebody else: who fell ill or left cannot do it
//! themselves (A16). Only the school can tell, so only with a connection.

use super::{UP, of_centre};
use crate::parts::{El, Tone, button, choice, el, link, needs_you, notice, section, soft};
use crate::session::{NoAnswer, Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{Guide, HandOver};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Begeleiders" en "Coaches" fr "Accompagnateurs" }
    asking { nl "Wordt opgehaald bij de school." en "Being fetched from the school." fr "En cours de chargement depuis l’école." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    tracks(count) { nl "{count} [leertraject|leertrajecten]" en "{count} learning [track|tracks]" fr "{count} parcours" }
    give_title { nl "Geef alle leertrajecten van iemand door" en "Hand over all learning tracks of somebody" fr "Transmettre tous les parcours de quelqu’un" }
    give_words { nl "Voor wie ziek wordt of vertrekt. De nieuwe begeleider ziet alles meteen; wie ze doorgeeft, leest wat er tot vandaag stond. Later teruggeven kan." en "For who falls ill or leaves. The new coach sees all of it at once; who hands over reads what was there until today. They can be given back later." fr "Pour qui tombe malade ou part. Le nouvel accompagnateur voit tout aussitôt ; l’ancien lit ce qui s’y trouvait jusqu’à aujourd’hui. On peut les rendre plus tard." }
    from { nl "Van wie?" en "Whose?" fr "De qui ?" }
    to { nl "Naar wie?" en "To whom?" fr "À qui ?" }
    give { nl "Geef door" en "Hand over" fr "Transmettre" }
    given { nl "Doorgegeven." en "Handed over." fr "Transmis." }
    begin { nl "Nieuw leertraject" en "New learning track" fr "Nouveau parcours" }
    none_yet { nl "Nog niemand begeleidt hier. Begin een leertraject en zeg van wie het is." en "Nobody coaches here yet. Begin a learning track and say whose it is." fr "Personne n’accompagne encore ici. Commencez un parcours et dites à qui il revient." }
    nobody { nl "Nodig eerst een collega uit bij Mensen en toestellen." en "First invite a colleague under People and devices." fr "Invitez d’abord un collègue sous Personnes et appareils." }
}

type Asked = RwSignal<Option<Result<Vec<Guide>, NoAnswer>>>;

pub(super) fn coaches() -> AnyView {
    of_centre(title(), UP, move |centre| {
        let session = use_session();
        let answer = Asked::new(None);
        let given = RwSignal::new(None::<Result<(), NoAnswer>>);
        ask(session, centre, answer);
        let shown = move || match answer.get() {
            None => soft(asking()).set("role", "status"),
            Some(Ok(all)) => untrack(|| listed(session, centre, all, (answer, given))),
            Some(Err(why)) => {
                let retry = button("button", move || ask(session, centre, answer)).add(again());
                notice(Tone::Waiting, vec![el("p", "").add(reasons::no_answer(&why)), retry])
            }
        };
        let told = move || {
            Some(match given.get()? {
                Ok(()) => {
                    notice(Tone::Confirmed, el("p", "").set("role", "status").add(self::given()))
                }
                Err(why) => needs_you(reasons::no_answer(&why)),
            })
        };
        let begin = link("/begin", "button").add(begin());
        el("div", "section").live(shown).live(told).add(begin)
    })
}

fn ask(session: Session, centre: DossierId, answer: Asked) {
    answer.set(None);
    spawn_local(async move {
        let found = session.coaches(centre).await;
        answer.try_set(Some(found));
    });
}

type Outcome = (Asked, RwSignal<Option<Result<(), NoAnswer>>>);

fn listed(session: Session, centre: DossierId, all: Vec<Guide>, outcome: Outcome) -> El {
    let row = |it: &&Guide| {
        let count = tracks(it.tracks);
        let text = el("span", "row-text")
            .add(el("span", "").add(it.name.clone()))
            .add(el("span", "soft").add(count));
        el("li", "row").add(text)
    };
    let busy: Vec<&Guide> = all.iter().filter(|it| it.tracks > 0).collect();
    let rows = el("ul", "rows").add(busy.iter().map(row).collect::<Vec<_>>());
    let form = (!busy.is_empty()).then(|| {
        let is_possible = all.len() > 1;
        section(give_title())
            .add(soft(give_words()))
            .add((!is_possible).then(|| needs_you(nobody())))
            .add(is_possible.then(|| giving(session, centre, &all, outcome)))
    });
    let first = busy.is_empty().then(|| el("p", "").add(none_yet()));
    el("div", "section").add(rows).add(first).add(form)
}

fn giving(session: Session, centre: DossierId, all: &[Guide], (answer, given): Outcome) -> El {
    let named = |is_asked: fn(&Guide) -> bool| -> Vec<(u32, String)> {
        let asked = (0..).zip(all).filter(|(_, it)| is_asked(it));
        asked.map(|(at, it)| (at, it.name.clone())).collect()
    };
    let (whose, whom) = (RwSignal::new(None::<u32>), RwSignal::new(None::<u32>));
    let people: Vec<_> = all.iter().map(|it| it.person).collect();
    let chosen = move || {
        let person = |it: Option<u32>| people.get(it? as usize).copied();
        let (from, to) = (person(whose.get())?, person(whom.get())?);
        (from != to).then_some(HandOver { centre, from, to })
    };
    let ready = chosen.clone();
    let tap = move || {
        let Some(it) = untrack(&chosen) else { return };
        spawn_local(async move {
            let done = session.hand_over(&it).await;
            let is_done = done.is_ok();
            given.try_set(Some(done));
            if is_done {
                answer.try_set(Some(session.coaches(centre).await));
            }
        });
    };
    el("div", "section")
        .add(el("h3", "").add(from()))
        .add(choice(from(), named(|it| it.tracks > 0), whose, false))
        .add(el("h3", "").add(to()))
        .add(choice(to(), named(|_| true), whom, false))
        .add(button("button button-primary", tap).disabled(move || ready().is_none()).add(give()))
}
