//! What waits for a coach's decision: confirmations that came too late, and what the school put aside.

use super::asked::learner_name;
use super::reading::{confirmation_card, name};
use crate::parts::{Empty, Icon, Notice, Page, TextField, Tone, dates, offer_undo, state_chip};
use crate::session::{NoAnswer, NotKept, Session, use_session};
use crate::words::{reasons, vocabulary};
use dubbelspoor_domain::dossier::{Body, Dossier, Release, Role, Standing};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::wire::{Code, Quarantined};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

words! {
    title { nl "Wacht op jou" en "Waits for you" fr "Vous attend" }
    late_title { nl "Bevestigingen die te laat kwamen" en "Confirmations that came late" fr "Confirmations arrivées en retard" }
    late_why { nl "Dit kwam aan toen de mentor of het toestel niet meer bij dit dossier hoorde. Het telt mee als jij dat beslist." en "This arrived when the mentor or the device no longer belonged to this dossier. It counts if you decide so." fr "Ceci est arrivé quand le mentor ou l’appareil n’appartenait plus à ce dossier. Cela compte si vous le décidez." }
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
    empty_words { nl "Komt een bevestiging aan nadat een mentor vertrok, dan beslis je hier of ze meetelt." en "When a confirmation arrives after a mentor left, you decide here whether it counts." fr "Quand une confirmation arrive après le départ d’un mentor, vous décidez ici si elle compte." }
}

type Aside = Vec<(DossierId, Quarantined)>;

#[component]
pub(crate) fn Quarantine() -> impl IntoView {
    let session = use_session();
    let aside = RwSignal::new(None::<Result<Aside, NoAnswer>>);
    ask(session, aside);
    let late = Memo::new(move |_| confirmations(session, Standing::Waiting));
    let out = Memo::new(move |_| confirmations(session, Standing::Dismissed));
    let cards = move |all: Memo<Vec<(DossierId, EventHash)>>| {
        view! {
            <ul class="list">
                <For each=move || all.get() key=|it| *it let:it>
                    <Late dossier=it.0 confirmation=it.1 />
                </For>
            </ul>
        }
    };
    let waits = move || {
        (!late.with(Vec::is_empty)).then(|| {
            view! {
                <section class="section">
                    <h2>{late_title()}</h2>
                    <p class="soft">{late_why()}</p>
                    {cards(late)}
                </section>
            }
        })
    };
    let decided = move || {
        (!out.with(Vec::is_empty)).then(|| {
            view! {
                <section class="section"><h2>{out_title()}</h2> {cards(out)}</section>
            }
        })
    };
    let nothing = move || {
        let none = matches!(aside.get(), Some(Ok(it)) if undecided(session, &it).is_empty());
        (none && late.with(Vec::is_empty))
            .then(|| view! { <Empty title=empty_title() words=empty_words() /> })
    };
    view! {
        <Page title=title() two=true>
            <div class="section">{nothing} {waits} {decided}</div>
            <section class="section">
                <h2>{aside_title()}</h2>
                {move || put_aside(session, aside)}
            </section>
        </Page>
    }
}

/// The confirmations of one standing in the dossiers that I guide, oldest first.
fn confirmations(session: Session, standing: Standing) -> Vec<(DossierId, EventHash)> {
    let of = |dossier| {
        let found = session.with(dossier, |it| {
            let all = it.confirmations.all().filter(|record| it.standing(record) == standing);
            all.map(|record| (record.at, (dossier, record.hash))).collect::<Vec<_>>()
        });
        found.unwrap_or_default()
    };
    let mut all: Vec<_> = guided(session).into_iter().flat_map(of).collect();
    sort_by_key(&mut all, |it| *it);
    all.into_iter().map(|(_, it)| it).collect()
}

/// How many confirmations wait for a decision.
pub(super) fn late_count(session: Session) -> usize {
    confirmations(session, Standing::Waiting).len()
}

fn guided(session: Session) -> Vec<DossierId> {
    let me = session.me().person;
    let guides = |it: &Dossier| {
        let mut guides = it.links.current(Role::Coach).chain(it.links.current(Role::Administrator));
        guides.any(|person| person == me)
    };
    let mut all = session.dossiers();
    all.retain(|it| session.with(*it, guides).unwrap_or(false));
    all
}

fn ask(session: Session, aside: RwSignal<Option<Result<Aside, NoAnswer>>>) {
    aside.set(None);
    let dossiers = untrack(|| guided(session));
    spawn_local(async move {
        let mut all = Vec::new();
        for dossier in dossiers {
            match session.quarantine(dossier).await {
                Ok(found) => all.extend(found.into_iter().map(|it| (dossier, it))),
                Err(why) => {
                    aside.try_set(Some(Err(why)));
                    return;
                }
            }
        }
        sort_by_key(&mut all, |(_, it)| it.received_at);
        aside.try_set(Some(Ok(all)));
    });
}

fn undecided(session: Session, all: &Aside) -> Aside {
    let open = |(dossier, it): &&(DossierId, Quarantined)| {
        session.with(*dossier, |all| all.releases.counts(it.hash).is_none()).unwrap_or(true)
    };
    all.iter().filter(open).cloned().collect()
}

fn put_aside(session: Session, aside: RwSignal<Option<Result<Aside, NoAnswer>>>) -> AnyView {
    match aside.get() {
        None => view! { <p class="soft" role="status">{asking()}</p> }.into_any(),
        Some(Err(why)) => view! {
            <Notice tone=Tone::Waiting>
                <p>{reasons::no_answer(&why)}</p>
                <button type="button" class="button" on:click=move |_| ask(session, aside)>
                    {again()}
                </button>
            </Notice>
        }
        .into_any(),
        Some(Ok(all)) => {
            let open = undecided(session, &all);
            if open.is_empty() {
                return view! { <p class="soft">{aside_none()}</p> }.into_any();
            }
            let cards = open.into_iter().map(|(dossier, it)| {
                view! { <PutAside dossier=dossier it=it /> }
            });
            view! { <ul class="list">{cards.collect_view()}</ul> }.into_any()
        }
    }
}

#[component]
fn Late(dossier: DossierId, confirmation: EventHash) -> impl IntoView {
    let session = use_session();
    let shown = move || {
        session.with(dossier, |it| {
            let record = it.confirmations.get(confirmation)?;
            let entry = record.confirmation.entry;
            let decided = it.releases.counts(confirmation).is_some();
            let (of, card) = (learner_line(learner_name(it)), confirmation_card(it, record));
            Some(view! {
                <h3>{of}</h3>
                <ul>{card}</ul>
                <A href=format!("/confirm/{dossier}/{entry}") attr:class="button button-quiet">
                    {open()}
                </A>
                <Decide dossier=dossier event=confirmation again=decided />
            })
        })?
    };
    view! { <li class="section">{shown}</li> }
}

#[component]
fn PutAside(dossier: DossierId, it: Quarantined) -> impl IntoView {
    let session = use_session();
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
        view! { <Decide dossier=dossier event=it.hash again=false /> }.into_any()
    } else {
        view! { <p>{never()}</p> }.into_any()
    };
    view! {
        <li class="card">
            <div>
                <h3>{body.as_ref().map(reasons::kind)}</h3>
                <p class="soft">{by}</p>
                <p class="soft">{of}</p>
            </div>
            {text.map(|it| view! { <p class="words">{it}</p> })}
            <div>{state_chip(Tone::NeedsYou, Icon::Alert, reasons::code(it.code))}</div>
            {decide}
        </li>
    }
}

/// Whether the school knows for certain who wrote it: only then can a person let it count.
fn is_authentic(code: Code) -> bool {
    !matches!(
        code,
        Code::UnknownKey | Code::NotAuthorsKey | Code::Signature | Code::Shape | Code::Body
    )
}

/// Lets something count, or not with a reason; either can be taken back.
#[component]
fn Decide(dossier: DossierId, event: EventHash, again: bool) -> impl IntoView {
    let session = use_session();
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
                    offer(
                        said.to_owned(),
                        Box::new(move || reverse(session, dossier, event, !counts)),
                    );
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        decide(false);
    };
    view! {
        <div class="buttons">
            <button
                type="button"
                class="button button-primary"
                disabled=move || busy.get()
                on:click=move |_| decide(true)
            >
                {count_it()}
            </button>
            {(!again).then(|| view! {
                <button
                    type="button"
                    class="button"
                    aria-expanded=move || asks.get().to_string()
                    on:click=move |_| asks.update(|it| *it = !*it)
                >
                    {count_out()}
                </button>
            })}
        </div>
        {move || asks.get().then(|| view! {
            <form class="section" on:submit=submit>
                <TextField id="reason" label=why_out() hint=why_hint() text=reason lines=2 most=1_000 />
                <button class="button" disabled=move || reason.with(|it| it.trim().is_empty())>
                    {count_out()}
                </button>
            </form>
        })}
        {move || fault.get().map(|it| view! {
            <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice>
        })}
    }
}

/// Undo: the opposite decision, which replaces the last one.
fn reverse(session: Session, dossier: DossierId, event: EventHash, counts: bool) {
    let body = Body::Release(Release { event, counts, reason: Some(undone().to_owned()) });
    spawn_local(async move {
        // What the device refuses leaves the first decision as it was, and the list shows it.
        let _ = session.record(dossier, move |it| it.add(&body)).await;
    });
}
