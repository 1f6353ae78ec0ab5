//! What waits for a coach's decision: absences, confirmations that came too late, and what the school put aside.

use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, empty, icon, keyed, link, live, notice, offer_undo,
    page, section, soft, state_chip, text_field,
};
use crate::screens::asked::learner_name;
use crate::screens::message::submit_with_words;
use crate::screens::reading::{confirmation_card, name};
use crate::screens::told;
use crate::session::{NoAnswer, NotKept, Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Dossier, Release, Standing};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::wire::{Code, Quarantined};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Wacht op jou" en "Waits for you" fr "Vous attend" }
    late_title { nl "Bevestigingen die te laat kwamen" en "Confirmations that came late" fr "Confirmations arrivées en retard" }
    late_why { nl "Dit kwam aan toen de mentor of het toestel niet meer bij dit dossier hoorde. Het telt mee als jij dat beslist." en "This arrived when the mentor or the device no longer belonged to this dossier. It counts if you decide so." fr "Ceci est arrivé quand le mentor ou l’appareil n’appartenait plus à ce dossier. Cela compte si vous le décidez." }
    absent_title { nl "Gemelde afwezigheden" en "Reported absences" fr "Absences signalées" }
    absent_days(from, to) { nl "{from} tot en met {to}" en "{from} up to and including {to}" fr "du {from} au {to} inclus" }
    aside_title { nl "Apart gezet door de school" en "Put aside by the school" fr "Mis de côté par l’école" }
    aside_none { nl "De school heeft niets apart gezet." en "The school has put nothing aside." fr "L’école n’a rien mis de côté." }
    asking { nl "Wordt opgehaald bij de school." en "Being fetched from the school." fr "En cours de chargement depuis l’école." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    out_title { nl "Telt niet mee" en "Does not count" fr "Ne compte pas" }
    learner_line(name) { nl "Cursist: {name}" en "Learner: {name}" fr "Apprenant : {name}" }
    by_line(name, when) { nl "{name}, {when}" en "{name}, {when}" fr "{name}, {when}" }
    open { nl "Bekijk de activiteit" en "Look at the activity" fr "Voir l’activité" }
    count_it { nl "Laat meetellen" en "Let it count" fr "Faire compter" }
    count_out { nl "Telt niet mee" en "Does not count" fr "Ne compte pas" }
    why_out { nl "Waarom telt dit niet mee?" en "Why does this not count?" fr "Pourquoi cela ne compte-t-il pas ?" }
    why_hint { nl "De mentor en de cursist lezen dit." en "The mentor and the learner read this." fr "Le mentor et l’apprenant lisent ceci." }
    never { nl "Niet te herstellen: de school weet niet zeker van wie dit komt. Vraag het opnieuw aan wie het schreef." en "Cannot be repaired: the school is not sure who this is from. Ask whoever wrote it to do it again." fr "Irréparable : l’école n’est pas sûre de l’auteur. Demandez à la personne de recommencer." }
    counts_now { nl "Telt mee. Bewaard op dit toestel." en "It counts. Saved on this device." fr "Compte. Enregistré sur cet appareil." }
    out_now { nl "Telt niet mee. Bewaard op dit toestel." en "Does not count. Saved on this device." fr "Ne compte pas. Enregistré sur cet appareil." }
    undone { nl "Meteen ongedaan gemaakt" en "Undone at once" fr "Annulé aussitôt" }
    empty_title { nl "Niets wacht op jou" en "Nothing waits for you" fr "Rien ne vous attend" }
    empty_words { nl "Meldt een cursist een afwezigheid, of komt een bevestiging aan nadat een mentor vertrok, dan beslis je hier." en "When a learner reports an absence, or a confirmation arrives after a mentor left, you decide here." fr "Quand un apprenant signale une absence, ou qu’une confirmation arrive après le départ d’un mentor, vous décidez ici." }
}

type Aside = Vec<(DossierId, Quarantined)>;
type Answer = RwSignal<Option<Result<Aside, NoAnswer>>>;

pub(crate) fn quarantine() -> AnyView {
    let session = use_session();
    let aside = Answer::new(None);
    ask(session, aside);
    let late = Memo::new(move |_| confirmations(session, Standing::Waiting));
    let out = Memo::new(move |_| confirmations(session, Standing::Dismissed));
    let waits = move || {
        let words = || section(late_title()).add(soft(late_why()));
        (!late.with(Vec::is_empty)).then(|| words().add(cards(session, late)))
    };
    let decided =
        move || (!out.with(Vec::is_empty)).then(|| section(out_title()).add(cards(session, out)));
    let absent = Memo::new(move |_| absences(session));
    let away = move || (!absent.with(Vec::is_empty)).then(|| absent_rows(absent.get()));
    let nothing = move || {
        let none = matches!(aside.get(), Some(Ok(it)) if undecided(session, &it).is_empty());
        (none && late.with(Vec::is_empty) && absent.with(Vec::is_empty))
            .then(|| empty(empty_title(), empty_words(), None))
    };
    page(title(), None)
        .set("class", "page page-two")
        .add(el("div", "section").live(nothing).live(away).live(waits).live(decided))
        .add(section(aside_title()).live(move || put_aside(session, aside)))
        .part()
}

fn cards(session: Session, all: Memo<Vec<(DossierId, EventHash)>>) -> El {
    let keys = move || all.with(|it| it.iter().map(|(_, it)| it.to_string()).collect());
    let row = move |key: String| {
        let found =
            all.with_untracked(|it| it.iter().find(|(_, it)| it.to_string() == key).copied());
        found.map(|(dossier, it)| late(session, dossier, it)).part()
    };
    el("ul", "list").add(keyed(keys, row))
}

/// The confirmations of one standing in the dossiers that I guide, oldest first.
fn confirmations(session: Session, standing: Standing) -> Vec<(DossierId, EventHash)> {
    let mut all: Vec<(Hlc, DossierId, EventHash)> = Vec::new();
    for dossier in guided(session) {
        session.with(dossier, |it| {
            for record in it.confirmations.all() {
                if it.standing(record) == standing {
                    let found = (record.at, dossier, record.hash);
                    all.insert(all.partition_point(|it| *it < found), found);
                }
            }
        });
    }
    all.into_iter().map(|(_, dossier, hash)| (dossier, hash)).collect()
}

/// An absence that nobody decided on: whose, when, and where it is decided.
#[derive(Clone, PartialEq)]
struct Away {
    dossier: DossierId,
    learner: String,
    from: Day,
    to: Day,
}

fn absences(session: Session) -> Vec<Away> {
    let mut all = Vec::new();
    for dossier in guided(session) {
        session.with(dossier, |it| {
            for record in it.free_days.undecided() {
                let (from, to) = (record.absence.from, record.absence.to);
                all.push(Away { dossier, learner: learner_name(it), from, to });
            }
        });
    }
    sort_by_key(&mut all, |it| it.from);
    all
}

fn absent_rows(all: Vec<Away>) -> El {
    let row = |it: Away| {
        let days = absent_days(dates::short_day(it.from), dates::short_day(it.to));
        let text = el("span", "row-text")
            .add(el("span", "").add(it.learner))
            .add(el("span", "soft").add(days));
        link(format!("/hours/{}", it.dossier), "row").add(text).add(icon(Icon::Forward))
    };
    let rows: Vec<El> = all.into_iter().map(row).collect();
    section(absent_title()).add(el("div", "rows").add(rows))
}

fn guided(session: Session) -> Vec<DossierId> {
    let (me, today) = (session.me().person, session.today());
    let guides = |it: &Dossier| it.is_guided_by(me, today);
    let mut all = session.tracks();
    all.retain(|it| session.with(*it, guides).unwrap_or(false));
    all
}

fn ask(session: Session, aside: Answer) {
    aside.set(None);
    let dossiers = untrack(|| guided(session));
    spawn_local(async move {
        let mut all = Aside::new();
        for dossier in dossiers {
            match session.quarantine(dossier).await {
                Ok(found) => {
                    for it in found {
                        let at =
                            all.partition_point(|(_, other)| other.received_at <= it.received_at);
                        all.insert(at, (dossier, it));
                    }
                }
                Err(why) => {
                    aside.try_set(Some(Err(why)));
                    return;
                }
            }
        }
        aside.try_set(Some(Ok(all)));
    });
}

fn undecided(session: Session, all: &Aside) -> Vec<&(DossierId, Quarantined)> {
    let mut open = Vec::new();
    for it in all {
        let counts = session.with(it.0, |all| all.releases.counts(it.1.hash).is_some());
        if counts != Some(true) {
            open.push(it);
        }
    }
    open
}

fn put_aside(session: Session, aside: Answer) -> El {
    match aside.get() {
        None => soft(asking()).set("role", "status"),
        Some(Err(why)) => {
            let retry = button("button", move || ask(session, aside)).add(again());
            notice(Tone::Waiting, vec![el("p", "").add(reasons::no_answer(&why)), retry])
        }
        Some(Ok(all)) => {
            let open = undecided(session, &all);
            if open.is_empty() {
                return soft(aside_none());
            }
            let mut list = el("ul", "list");
            for (dossier, it) in open {
                list = list.add(put_aside_card(session, *dossier, it));
            }
            list
        }
    }
}

fn late(session: Session, dossier: DossierId, confirmation: EventHash) -> El {
    let is_decided = move || {
        let decided = session.with(dossier, |it| it.releases.counts(confirmation).is_some());
        decided.unwrap_or(false)
    };
    let is_again = untrack(is_decided);
    let shown = live(move || {
        let shown = session.with(dossier, |it| {
            let record = it.confirmations.get(confirmation)?;
            let entry = record.confirmation.entry;
            let look = link(format!("/confirm/{dossier}/{entry}"), "button button-quiet");
            let parts = vec![
                el("h3", "").add(learner_line(learner_name(it))),
                el("ul", "").add(confirmation_card(it, record)),
                look.add(open()),
            ];
            Some(parts.part())
        });
        shown.flatten().part()
    });
    el("li", "section").add(shown).add(decision(session, dossier, confirmation, is_again))
}

fn put_aside_card(session: Session, dossier: DossierId, it: &Quarantined) -> El {
    let event = Event::parse(&it.event.0).ok();
    let body = event
        .as_ref()
        .map(|event| Body::decode(event.header().kind, event.body().unwrap_or_default()));
    let author = event.map(|event| event.header().person);
    let by = author.and_then(|author| session.with(dossier, |it| name(it, author)));
    let by = by.map(|by| by_line(by, dates::moment(it.received_at)));
    let of = session.with(dossier, learner_name).map(learner_line);
    let text = body.as_ref().and_then(reasons::text_of);
    let decide = if is_authentic(it.code) {
        decision(session, dossier, it.hash, false).part()
    } else {
        el("p", "").add(never()).part()
    };
    let head = el("div", "")
        .add(el("h3", "").add(body.as_ref().map(reasons::kind)))
        .add(soft(by))
        .add(soft(of));
    let why = state_chip(Tone::NeedsYou, Icon::Alert, reasons::code(it.code));
    el("li", "card")
        .add(head)
        .add(text.map(|it| el("p", "words").add(it)))
        .add(el("div", "").add(why))
        .add(decide)
}

/// Whether the school knows for certain who wrote it: only then can a person let it count.
fn is_authentic(code: Code) -> bool {
    !matches!(
        code,
        Code::UnknownKey | Code::NotAuthorsKey | Code::Signature | Code::Shape | Code::Body
    )
}

/// Lets something count, or not with a reason; either can be taken back.
fn decision(session: Session, dossier: DossierId, event: EventHash, again: bool) -> Vec<AnyView> {
    let offer = offer_undo();
    let reason = RwSignal::new(String::new());
    let asks = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<NotKept>);
    let decide = move |counts: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let words = reason.get_untracked().trim().to_owned();
        let release = Release { event, counts, reason: (!words.is_empty()).then_some(words) };
        spawn_local(async move {
            let body = Body::Release(release);
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(_) => {
                    let said = if counts { counts_now() } else { out_now() };
                    let back = move || reverse(session, dossier, event, !counts);
                    offer(said.to_owned(), Box::new(back));
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let yes = button("button button-primary", move || decide(true))
        .disabled(move || busy.get())
        .add(count_it());
    let no = (!again).then(|| {
        button("button", move || asks.update(|it| *it = !*it))
            .keep_flag("aria-expanded", move || asks.get())
            .add(count_out())
    });
    let why = live(move || {
        let form = asks.get().then(|| {
            el("form", "section")
                .submit(move || decide(false))
                .add(text_field("reason", why_out(), Some(why_hint()), reason, 2, 1_000))
                .add(submit_with_words(count_out(), reason))
        });
        form.part()
    });
    vec![el("div", "buttons").add(yes).add(no).part(), why, told(fault)]
}

/// Undo: the opposite decision, which replaces the last one.
fn reverse(session: Session, dossier: DossierId, event: EventHash, counts: bool) {
    let body = Body::Release(Release { event, counts, reason: Some(undone().to_owned()) });
    spawn_local(async move {
        // What the device refuses leaves the first decision as it was, and the list shows it.
        let _ = session.record(dossier, move |it| it.add(&body)).await;
    });
}
