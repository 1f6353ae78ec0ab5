//! A new activity in under twenty seconds, and changing one later.

mod form;

use crate::parts::{
    ActionBar, Choice, Choices, Notice, Page, TextField, Tone, dates, finding_choice, offer_undo,
};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Audience, Body, Entry, Finding, Level, Place, Stage};
use dubbelspoor_domain::id::{DossierId, EntryId};
use form::{Form, durations, suggested_goals};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

words! {
    title_new { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    title_edit { nl "Activiteit wijzigen" en "Change activity" fr "Modifier l’activité" }
    place_label { nl "Waar?" en "Where?" fr "Où ?" }
    day_label { nl "Wanneer?" en "When?" fr "Quand ?" }
    duration_label { nl "Hoe lang?" en "How long?" fr "Combien de temps ?" }
    other_duration { nl "Andere duur" en "Other duration" fr "Autre durée" }
    other_day { nl "Andere dag" en "Other day" fr "Autre jour" }
    goals_label { nl "Wat heb je geoefend?" en "What did you practise?" fr "Qu’avez-vous exercé ?" }
    goals_more { nl "Andere doelen" en "Other goals" fr "Autres objectifs" }
    rating_label(goal) { nl "Hoe ging het: {goal}" en "How did it go: {goal}" fr "Comment ça s’est passé : {goal}" }
    rating_head { nl "Hoe ging het?" en "How did it go?" fr "Comment ça s’est passé ?" }
    text_label { nl "Wat heb je gedaan?" en "What did you do?" fr "Qu’avez-vous fait ?" }
    text_hint { nl "Eén zin is genoeg." en "One sentence is enough." fr "Une phrase suffit." }
    reflection_well { nl "Wat ging goed?" en "What went well?" fr "Qu’est-ce qui s’est bien passé ?" }
    reflection_better { nl "Wat wil je de volgende keer beter doen?" en "What do you want to do better next time?" fr "Que voulez-vous mieux faire la prochaine fois ?" }
    reflection_learnt { nl "Wat heb je vandaag geleerd?" en "What did you learn today?" fr "Qu’avez-vous appris aujourd’hui ?" }
    reflection_planned { nl "Liep het zoals je gepland had?" en "Did it go as you planned?" fr "Cela s’est-il passé comme prévu ?" }
    reflection_hint { nl "Mag je overslaan." en "You may skip this." fr "Vous pouvez passer cette question." }
    who_label { nl "Wie mag dit lezen?" en "Who may read this?" fr "Qui peut lire ceci ?" }
    who_shared { nl "Mentor en school" en "Mentor and school" fr "Mentor et école" }
    who_private { nl "Alleen ik" en "Only me" fr "Moi seul" }
    who_shared_words { nl "Je mentor, je trajectbegeleider en je leraren kunnen dit lezen." en "Your mentor, your coach and your teachers can read this." fr "Votre mentor, votre accompagnateur et vos enseignants peuvent lire ceci." }
    who_private_words { nl "Niemand anders leest dit, ook de school niet. Je kunt het later delen." en "Nobody else reads this, not even the school. You can share it later." fr "Personne d’autre ne lit ceci, pas même l’école. Vous pourrez le partager plus tard." }
    who_was_shared_words { nl "Wat je eerder deelde, blijft leesbaar voor je mentor en de school." en "What you shared before can still be read by your mentor and the school." fr "Ce que vous avez partagé avant reste lisible pour votre mentor et l’école." }
    ask_label { nl "Bevestiging" en "Confirmation" fr "Confirmation" }
    ask_yes { nl "Vraag mijn mentor" en "Ask my mentor" fr "Demander à mon mentor" }
    ask_no { nl "Nu niet" en "Not now" fr "Pas maintenant" }
    save_and_ask { nl "Bewaar en vraag bevestiging" en "Save and ask for confirmation" fr "Enregistrer et demander confirmation" }
    just_save { nl "Bewaar" en "Save" fr "Enregistrer" }
    save_draft { nl "Bewaar als concept" en "Save as a draft" fr "Enregistrer comme brouillon" }
    needs_something { nl "Schrijf één zin of kies een doel. Dan kun je bewaren." en "Write one sentence or choose a goal. Then you can save." fr "Écrivez une phrase ou choisissez un objectif. Ensuite vous pourrez enregistrer." }
    saved { nl "Bewaard op dit toestel" en "Saved on this device" fr "Enregistré sur cet appareil" }
    other_version { nl "De andere versie" en "The other version" fr "L’autre version" }
    other_version_words { nl "Neem over wat je wilt houden. Na het bewaren blijft deze versie in de geschiedenis." en "Take over what you want to keep. After saving, this version stays in the history." fr "Reprenez ce que vous voulez garder. Après l’enregistrement, cette version reste dans l’historique." }
    unknown_entry { nl "Deze activiteit staat niet op dit toestel." en "This activity is not on this device." fr "Cette activité n’est pas sur cet appareil." }
}

/// The screen for something new.
#[component]
pub(crate) fn NewEntry() -> impl IntoView {
    let session = use_session();
    // Made once: what another tab or the school writes meanwhile must not begin the form anew.
    let dossier = Memo::new(move |_| session.own_dossier());
    move || match dossier.get() {
        Some(dossier) => untrack(|| {
            let form = Form::for_new(session, dossier);
            editor(session, dossier, form, "new".to_owned(), title_new())
        }),
        None => view! { <Page title=title_new()>""</Page> }.into_any(),
    }
}

/// The screen for changing what is there.
#[component]
pub(crate) fn EditEntry() -> impl IntoView {
    let session = use_session();
    let entry = use_params_map().with_untracked(|it| it.get("entry"));
    let entry = entry.and_then(|it| EntryId::from_hex(&it));
    let found = untrack(|| {
        let dossier = session.own_dossier()?;
        Some((dossier, Form::for_edit(session, dossier, entry?)?))
    });
    match (found, entry) {
        (Some((dossier, form)), Some(entry)) => {
            editor(session, dossier, form, format!("edit-{entry}"), title_edit())
        }
        _ => view! { <Page title=title_edit() up="/diary"><p>{unknown_entry()}</p></Page> }
            .into_any(),
    }
}

fn editor(
    session: Session,
    dossier: DossierId,
    form: Form,
    draft: String,
    title: &'static str,
) -> AnyView {
    let fault = RwSignal::new(None::<NotKept>);
    let busy = RwSignal::new(false);
    form.keep_while_typing(session, draft.clone());
    let save = saver(session, dossier, form, draft, busy, fault);
    let ready = move || form.is_worth_keeping() && !busy.get();
    let asks = move || form.asks();
    let submit = {
        let save = save.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            save(Stage::Submitted);
        }
    };
    let as_draft = move |_| save(Stage::Draft);
    view! {
        <form on:submit=submit>
            <Page title=title up="/">
                {where_and_when(session, form)}
                {goals(session, dossier, form)}
                {other_versions(form)}
                <TextField id="text" label=text_label() hint=text_hint() text=form.text />
                {reflection(session, form)}
                {readers(form)}
                {move || fault.get().map(|it| {
                    view! { <Notice tone=Tone::NeedsYou><p>{vocabulary::not_kept(&it)}</p></Notice> }
                })}
                <button type="button" class="button button-quiet" disabled=move || !ready() on:click=as_draft>
                    {save_draft()}
                </button>
                {move || (!form.is_worth_keeping()).then(|| view! { <p class="soft">{needs_something()}</p> })}
            </Page>
            <ActionBar>
                <button class="button button-primary" disabled=move || !ready()>
                    {move || if asks() { save_and_ask() } else { just_save() }}
                </button>
            </ActionBar>
        </form>
    }
    .into_any()
}

/// What the form replaces without showing it: the words of the other version, to take from.
fn other_versions(form: Form) -> Vec<AnyView> {
    let shown = |it: Entry| {
        let reflection = it.reflection.map(|it| view! { <p class="words">{it}</p> });
        view! {
            <div class="card">
                <h2>{other_version()}</h2>
                <p class="words">{it.text}</p>
                {reflection}
                <p class="soft">{other_version_words()}</p>
            </div>
        }
        .into_any()
    };
    form.others().into_iter().map(shown).collect()
}

/// Keeps the form as an event, goes home and offers to take it back.
fn saver(
    session: Session,
    dossier: DossierId,
    form: Form,
    draft: String,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<NotKept>>,
) -> impl Fn(Stage) + Clone + 'static {
    let navigate = use_navigate();
    let undo = offer_undo();
    move |stage| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        form.set_saved(true);
        let entry = form.read(stage);
        let asked = (stage == Stage::Submitted).then(|| form.asked()).flatten();
        let (navigate, draft) = (navigate.clone(), draft.clone());
        let was = form.before();
        spawn_local(async move {
            let written = entry.clone();
            let recorded = session.record_clearing(dossier, &draft, move |writing| {
                let version = writing.add(&Body::Entry(written.clone()))?;
                match asked.clone().map(|it| it.of_version(version)) {
                    Some(request) => writing.add(&Body::ConfirmationRequest(request)),
                    None => Ok(version),
                }
            });
            match recorded.await {
                Ok(_) => {
                    navigate("/", NavigateOptions::default());
                    undo(
                        saved().to_owned(),
                        Box::new(move || take_back(session, dossier, &entry, was.as_ref())),
                    );
                }
                Err(why) => {
                    form.set_saved(false);
                    busy.try_set(false);
                    fault.try_set(Some(why));
                }
            }
        });
    }
}

/// Undo is one more version: what was there before, or the same withdrawn.
fn take_back(session: Session, dossier: DossierId, written: &Entry, was: Option<&Entry>) {
    let again = match was {
        Some(was) => was.clone(),
        None => Entry { stage: Stage::Withdrawn, ..written.clone() },
    };
    spawn_local(async move {
        let entry = again.entry;
        let heads = session.with(dossier, |it| {
            let record = it.diary.get(entry);
            record.map(|it| it.heads().iter().map(|head| head.hash).collect::<Vec<_>>())
        });
        let again = Entry { parents: heads.flatten().unwrap_or_default(), ..again };
        // Should a rule forbid it by now, the entry simply stays: it can be withdrawn from its own screen.
        let _ = session.record(dossier, move |it| it.add(&Body::Entry(again.clone()))).await;
    });
}

/// What is mostly right beforehand stays small: the day one tap away, the place and the duration to correct.
fn where_and_when(session: Session, form: Form) -> AnyView {
    let places = [Place::Workplace, Place::School].map(|it| (it, vocabulary::place(it).to_owned()));
    let named = |it: &u16| (*it, dates::duration(u32::from(*it)));
    let (near, far) = durations(form.minutes.get_untracked());
    let (near, far): (Vec<_>, Vec<_>) =
        (near.iter().map(named).collect(), far.iter().map(named).collect());
    view! {
        <section class="section">
            {day(session, form)}
            <Choice label=place_label() options=places.to_vec() chosen=form.place />
            <Choice label=duration_label() options=near chosen=form.minutes />
            <details>
                <summary class="button button-quiet aside">{other_duration()}</summary>
                <Choice label=other_duration() options=far chosen=form.minutes />
            </details>
        </section>
    }
    .into_any()
}

fn day(session: Session, form: Form) -> AnyView {
    let today = session.today();
    let before = |days| Day(today.checked_sub_days(Days::new(days)).unwrap_or(*today));
    let called = |days, it| if days < 2 { dates::day(it, today) } else { dates::short_day(it) };
    let days: Vec<_> = (0..4).map(|days| (before(days), called(days, before(days)))).collect();
    let chosen = move || form.day.get().map(|it| dates::day(it, today));
    view! {
        <details>
            <summary class="button button-quiet aside">
                <span class="aside-words">{chosen}</span>
                <span>{other_day()}</span>
            </summary>
            <div class="section">
                <Choice label=day_label() options=days chosen=form.day />
                {other_date(form)}
            </div>
        </details>
    }
    .into_any()
}

fn other_date(form: Form) -> AnyView {
    let value = move || form.day.get().map(|it| it.0.to_string());
    let typed = move |text: String| {
        if let Some(day) = Day::from_iso(&text) {
            form.day.set(Some(day));
        }
    };
    view! {
        <input
            type="date"
            class="field-input"
            aria-label=other_day()
            prop:value=value
            on:change:target=move |it| typed(it.target().value())
        />
    }
    .into_any()
}

fn goals(session: Session, dossier: DossierId, form: Form) -> AnyView {
    let all_shown = RwSignal::new(false);
    // Another list only when it is another: whoever taps keeps the focus.
    let options = Memo::new(move |_| {
        let chosen = form.goals.get();
        suggested_goals(session, dossier, form.day.get(), &chosen, all_shown.get())
    });
    let ratings = move || {
        let named = options.get();
        let chosen = form.goals.get().into_iter();
        let named = chosen.filter_map(|goal| named.iter().find(|(it, _)| *it == goal).cloned());
        named.map(|(goal, title)| rating(form, goal, title)).collect_view()
    };
    view! {
        <section class="section" aria-labelledby="goals">
            <h2 id="goals">{goals_label()}</h2>
            <Choices label=goals_label() options=options chosen=form.goals />
            {move || (!all_shown.get()).then(|| view! {
                <button type="button" class="button button-quiet" on:click=move |_| all_shown.set(true)>
                    {goals_more()}
                </button>
            })}
            {ratings}
        </section>
    }
    .into_any()
}

fn rating(form: Form, goal: String, title: String) -> AnyView {
    let (shown, tapped) = (goal.clone(), goal);
    let chosen = Signal::derive(move || {
        form.ratings.with(|it| it.get(&shown).map(|level| Finding::Reached(*level)))
    });
    let tap = Callback::new(move |finding| {
        let Finding::Reached(level) = finding else { return };
        form.ratings.update(|it| {
            if it.put(tapped.clone(), level) == Some(level) {
                it.take(&tapped);
            }
        });
    });
    let levels = Level::ALL.map(|it| (Finding::Reached(it), vocabulary::level(it)));
    view! {
        <div class="field">
            <p class="field-label">{rating_head()} " " <span class="soft">{title.clone()}</span></p>
            {finding_choice(rating_label(title), levels.to_vec(), chosen, tap)}
        </div>
    }
    .into_any()
}

/// One question a day, in turn.
fn reflection(session: Session, form: Form) -> AnyView {
    let questions = [reflection_well, reflection_better, reflection_learnt, reflection_planned];
    let turn = (*session.today() - chrono::NaiveDate::default()).num_days().unsigned_abs() as usize;
    let question = questions[turn % questions.len()]();
    view! { <TextField id="reflection" label=question hint=reflection_hint() text=form.reflection lines=2 /> }
        .into_any()
}

fn readers(form: Form) -> AnyView {
    let who = vec![
        (Audience::Shared, who_shared().to_owned()),
        (Audience::Private, who_private().to_owned()),
    ];
    let was_shared = form.before().is_some_and(|it| it.is_shared());
    let is_shared = move || form.audience.get() == Some(Audience::Shared);
    let ask = move || {
        let can_ask = is_shared() && form.goals.with(|it| !it.is_empty());
        can_ask.then(|| {
            let options = vec![(true, ask_yes().to_owned()), (false, ask_no().to_owned())];
            view! { <Choice label=ask_label() options=options chosen=form.ask /> }
        })
    };
    view! {
        <section class="section" aria-labelledby="who">
            <h2 id="who">{who_label()}</h2>
            <Choice label=who_label() options=who chosen=form.audience />
            <p class="soft">{move || if is_shared() { who_shared_words() } else { who_private_words() }}</p>
            {move || (was_shared && !is_shared()).then(|| view! { <p class="soft">{who_was_shared_words()}</p> })}
            {ask}
        </section>
    }
    .into_any()
}
