//! What waits for a mentor, over all their cursisten: one tap agrees with a card, one with a week.

mod week;

use super::asked::{Asked, learner_name, take_back, waiting_for_me};
use super::told;
use crate::parts::{
    El, Icon, Part, button, dates, el, empty, feel, icon, keyed, link, offer_undo, page, section,
    soft,
};
use crate::session::{NotKept, Session, use_session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Dossier, Refusal, Role};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

words! {
    title { nl "Te bevestigen" en "To confirm" fr "À confirmer" }
    waits(count) { nl "{count} [activiteit wacht|activiteiten wachten] op jou." en "{count} [activity waits|activities wait] for you." fr "{count} [activité vous attend|activités vous attendent]." }
    agree_word { nl "Akkoord" en "Agree" fr "D’accord" }
    other_word { nl "Anders" en "Otherwise" fr "Autrement" }
    choose_word { nl "Kies een niveau" en "Choose a level" fr "Choisir un niveau" }
    about(name) { nl "van {name}" en "of {name}" fr "de {name}" }
    agreed(name) {
        nl "Bevestigd voor {name}. Bewaard op dit toestel."
        en "Confirmed for {name}. Saved on this device."
        fr "Confirmé pour {name}. Enregistré sur cet appareil."
    }
    hours_title { nl "Uren te bevestigen" en "Hours to confirm" fr "Heures à confirmer" }
    hours_of(time) { nl "{time}, tot en met vorige week" en "{time}, up to last week" fr "{time}, jusqu’à la semaine dernière" }
    empty_title { nl "Niets te bevestigen" en "Nothing to confirm" fr "Rien à confirmer" }
    empty_words {
        nl "Vraagt een cursist een bevestiging, dan staat ze hier. Je bevestigt ook zonder bereik."
        en "When a learner asks for a confirmation, it is here. You can confirm without reception too."
        fr "Quand un apprenant demande une confirmation, elle apparaît ici. Vous confirmez aussi sans réseau."
    }
    example {
        nl "Amina, gisteren: “Vorkheftruck gecontroleerd voor de start.” Jij tikt op Akkoord."
        en "Amina, yesterday: “Checked the forklift before starting.” You tap Agree."
        fr "Amina, hier : « Contrôle du chariot élévateur avant le départ. » Vous touchez D’accord."
    }
}

/// How long a card takes to leave.
const LEAVING: Duration = Duration::from_millis(170);

pub(crate) fn waiting() -> AnyView {
    let session = use_session();
    let leaving = RwSignal::new(Vec::<Asked>::new());
    let waiting = Memo::new(move |_| waiting_for_me(session));
    let hours = Memo::new(move |_| hours_waiting(session));
    // A card that was answered stays for a moment, where it was.
    let cards = Memo::new(move |_| {
        let mut cards = waiting.get();
        for it in leaving.get() {
            if !has(&cards, &it) {
                cards.insert(cards.partition_point(|other| other.day < it.day), it);
            }
        }
        cards
    });
    let lead = move || match waiting.with(Vec::len) {
        0 => None,
        count => Some(waits(count)),
    };
    let agree = agreeing(session, leaving);
    let keys = move || cards.with(|it| it.iter().map(key).collect());
    let row = move |wanted| {
        let asked = cards.with_untracked(|it| it.iter().find(|it| key(it) == wanted).cloned());
        asked.map(|asked| card(session, asked, agree, leaving)).part()
    };
    page(title(), None)
        .live(move || lead().map(|it| el("p", "page-lead").set("role", "status").add(it)))
        .live(move || {
            let is_nothing = cards.with(Vec::is_empty) && hours.with(Vec::is_empty);
            is_nothing.then(|| empty(empty_title(), empty_words(), Some(example())))
        })
        .add(week::weeks(session, waiting))
        .add(el("ul", "list").add(keyed(keys, row)))
        .live(move || hours_rows(hours.get()))
        .live(move || super::survey_offer::survey_offer(session))
        .part()
}

/// A week that is over is confirmed at once (D9): whose hours still wait, and how many minutes, as long as I was there.
fn hours_waiting(session: Session) -> Vec<(DossierId, String, u32)> {
    let (me, today) = (session.me().person, session.today());
    let mut all = Vec::new();
    for dossier in session.tracks() {
        let minutes = |it: &Dossier| {
            let mentors = || it.links.all().filter(|it| it.link.role == Role::Mentor);
            let own = mentors().filter(|it| it.link.person == me && it.is_current(today));
            let from = own.map(|it| it.link.from).min()?;
            // Whoever came after another mentor has not seen what was done before; the first one was there.
            let is_first = mentors().all(|it| from <= it.link.from);
            let monday = hours::monday(today);
            let is_past = |day: Day| day < monday && (is_first || from <= day);
            let waiting = hours::unconfirmed(it).into_iter().map(|(_, it)| &it.content);
            let waiting = waiting.filter(|done| it.falls_to(me, done, today));
            let minutes = waiting.filter(|it| is_past(it.day)).map(|it| u32::from(it.minutes));
            Some((dossier, learner_name(it), minutes.sum())).filter(|_| !it.is_over(today))
        };
        all.extend(session.with(dossier, minutes).flatten().filter(|it| it.2 > 0));
    }
    all
}

fn hours_rows(all: Vec<(DossierId, String, u32)>) -> Option<El> {
    let row = |(dossier, name, minutes): (DossierId, String, u32)| {
        let text = el("span", "row-text")
            .add(el("span", "").add(name))
            .add(el("span", "soft").add(hours_of(dates::duration(minutes))));
        link(format!("/hours/{dossier}"), "row").add(text).add(icon(Icon::Forward))
    };
    let rows: Vec<El> = all.into_iter().map(row).collect();
    (!rows.is_empty()).then(|| section(hours_title()).add(el("div", "rows").add(rows)))
}

type Agree = Callback<(Asked, RwSignal<Option<NotKept>>)>;

/// What one tap does: the card leaves, the confirmation is kept, and can be taken back.
fn agreeing(session: Session, leaving: RwSignal<Vec<Asked>>) -> Agree {
    let offer = offer_undo();
    Callback::new(move |(asked, fault): (Asked, RwSignal<Option<NotKept>>)| {
        let Some(confirmation) = asked.agreement() else { return };
        if leaving.with_untracked(|it| has(it, &asked)) {
            return;
        }
        leaving.update(|it| it.push(asked.clone()));
        feel::tick();
        spawn_local(async move {
            let (body, dossier) = (Body::Confirmation(confirmation), asked.dossier);
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(hash) => {
                    let back = move || take_back(session, dossier, vec![hash]);
                    offer(agreed(&asked.learner), Box::new(back));
                }
                // The first of two quick taps did it.
                Err(NotKept::Refused(Refusal::AlreadyDone)) => {}
                Err(why) => drop(fault.try_set(Some(why))),
            }
            let gone = move || {
                leaving.try_update(|it| it.retain(|it| !same(it, &asked)));
            };
            set_timeout(gone, LEAVING);
        });
    })
}

fn key(it: &Asked) -> String {
    format!("{}/{}", it.entry, it.request)
}

fn same(one: &Asked, other: &Asked) -> bool {
    (one.entry, one.request) == (other.entry, other.request)
}

fn has(all: &[Asked], it: &Asked) -> bool {
    all.iter().any(|other| same(other, it))
}

fn card(session: Session, asked: Asked, agree: Agree, leaving: RwSignal<Vec<Asked>>) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let shown = StoredValue::new(asked.clone());
    let leaves = move || shown.with_value(|it| leaving.with(|all| has(all, it)));
    let rail = asked.rail();
    let class =
        move || Some(if leaves() { format!("{rail} card-leaving") } else { rail.to_owned() });
    let opens = format!("/confirm/{}/{}", asked.dossier, asked.entry);
    let who = about(&asked.learner);
    let words = |words: &'static str| {
        let who = el("span", "visually-hidden").add(who.clone());
        el("span", "").add(words).add(" ").add(who)
    };
    let buttons = if asked.agreement().is_some() {
        let tap = move || agree.run((shown.get_value(), fault));
        let main = button("button button-primary", tap).disabled(leaves);
        el("div", "buttons")
            .add(main.add(icon(Icon::Check)).add(words(agree_word())))
            .add(link(opens, "button").add(words(other_word())))
    } else {
        el("div", "buttons").add(link(opens, "button button-primary").add(words(choose_word())))
    };
    let head = el("div", "")
        .add(el("h2", "").add(asked.learner.clone()))
        .add(soft(asked.line(session.today())));
    let card = el("article", "")
        .keep("class", class)
        .add(head)
        .add(el("p", "clamp").add(asked.text.clone()))
        .add(asked.goal_rows())
        .add(asked.taken_up.clone().map(soft))
        .add(told(fault))
        .add(buttons);
    el("li", "").add(card)
}
