//! A new activity in under twenty seconds, and changing one later.

mod form;

use super::phrases::phrase_chips;
use super::reading::disclosure;
use super::told;
use crate::parts::el::text_of;
use crate::parts::{
    El, Part, action_bar, button, choice, choices, dates, el, finding_choice, follow, live,
    needs_you, offer_undo, page, soft, text_field,
};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Dossier, Entry, Finding, Level, Place, Stage};
use dubbelspoor_domain::floor::{Question, activities_of, phrases};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::{DossierId, EntryId};
use form::{Form, PLACES, day_of, durations, number_of, suggested_goals};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

words! {
    title_new { nl "Nieuwe activiteit" en "New activity" fr "Nouvelle activité" }
    title_edit { nl "Activiteit wijzigen" en "Change activity" fr "Modifier l’activité" }
    place_label { nl "Waar?" en "Where?" fr "Où ?" }
    day_label { nl "Wanneer?" en "When?" fr "Quand ?" }
    duration_label { nl "Hoe lang?" en "How long?" fr "Combien de temps ?" }
    lessons_label { nl "Hoeveel lessen?" en "How many lessons?" fr "Combien de leçons ?" }
    some_lessons(count) { nl "{count} [les|lessen]" en "{count} [lesson|lessons]" fr "{count} [leçon|leçons]" }
    lessons_time(lessons, time) { nl "{lessons} van 50 minuten: {time}" en "{lessons} of 50 minutes: {time}" fr "{lessons} de 50 minutes : {time}" }
    other_duration { nl "Andere duur" en "Other duration" fr "Autre durée" }
    other_day { nl "Andere dag" en "Other day" fr "Autre jour" }
    goals_label { nl "Wat heb je geoefend?" en "What did you practise?" fr "Qu’avez-vous exercé ?" }
    goals_more { nl "Andere doelen" en "Other goals" fr "Autres objectifs" }
    no_goals { nl "Je plan heeft nog geen doelen. Schrijven kan al." en "Your plan has no goals yet. You can write already." fr "Votre plan n’a pas encore d’objectifs. Vous pouvez déjà écrire." }
    rating_label(goal) { nl "Hoe ging het: {goal}" en "How did it go: {goal}" fr "Comment ça s’est passé : {goal}" }
    rating_head { nl "Hoe ging het?" en "How did it go?" fr "Comment ça s’est passé ?" }
    text_label { nl "Wat heb je gedaan?" en "What did you do?" fr "Qu’avez-vous fait ?" }
    text_hint { nl "Eén zin is genoeg." en "One sentence is enough." fr "Une phrase suffit." }
    earlier_words { nl "Eerder geschreven" en "Written before" fr "Déjà écrit" }
    still_to_come { nl "Die dag moet nog komen. Kies vandaag of een dag ervoor." en "That day is still to come. Choose today or a day before." fr "Ce jour n’est pas encore venu. Choisissez aujourd’hui ou un jour avant." }
    outside_course(from, to) { nl "Deze dag valt buiten je opleiding: {from} tot {to}." en "This day is outside your course: {from} to {to}." fr "Ce jour est en dehors de votre formation : du {from} au {to}." }
    long_day(time) { nl "Samen schrijf je {time} op deze dag. Klopt dat?" en "Together you write {time} on this day. Is that right?" fr "En tout, vous notez {time} ce jour-là. Est-ce juste ?" }
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
pub(crate) fn new_entry() -> AnyView {
    let session = use_session();
    // Made once: what another tab or the school writes meanwhile must not begin the form anew.
    let dossier = Memo::new(move |before: Option<&Option<DossierId>>| {
        before.copied().flatten().or_else(|| session.own_dossier())
    });
    live(move || match dossier.get() {
        Some(dossier) => untrack(|| {
            let form = Form::for_new(session, dossier);
            editor(session, dossier, form, format!("new-{dossier}"), title_new()).part()
        }),
        None => page(title_new(), None).part(),
    })
}

/// The screen for changing what is there.
pub(crate) fn edit_entry(entry: &str) -> AnyView {
    let session = use_session();
    let entry = EntryId::from_hex(entry);
    // Made once here too, or it would take the words out of somebody's hands.
    let dossier = Memo::new(move |_| {
        let has = |dossier: &DossierId| {
            session.with(*dossier, |it| it.diary.get(entry?).map(drop)).flatten().is_some()
        };
        session.own_dossiers().into_iter().find(has)
    });
    live(move || {
        let form = dossier.get().zip(entry).and_then(|(dossier, entry)| {
            untrack(|| {
                let form = Form::for_edit(session, dossier, entry)?;
                let draft = format!("edit-{entry}");
                Some(editor(session, dossier, form, draft, title_edit()))
            })
        });
        let unknown = || page(title_edit(), Some("/diary")).add(el("p", "").add(unknown_entry()));
        form.unwrap_or_else(unknown).part()
    })
}

fn editor(
    session: Session,
    dossier: DossierId,
    form: Form,
    draft: String,
    title: &'static str,
) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let busy = RwSignal::new(false);
    form.keep_while_typing(session, draft.clone());
    let save = saver(session, dossier, form, draft, busy, fault);
    let is_idle = move || !form.is_worth_keeping() || busy.get() || form.day() > session.today();
    let as_draft = button("button button-quiet", move || save.run(Stage::Draft)).disabled(is_idle);
    let needs = move || (!form.is_worth_keeping()).then(|| soft(needs_something()));
    let fields = page(title, Some("/"))
        .add(where_and_when(session, dossier, form))
        .add(goals(session, dossier, form))
        .add(form.others().into_iter().map(other_version_card).collect::<Vec<_>>())
        .add(text_field("text", text_label(), Some(text_hint()), form.text, 3, 4_000))
        .add(earlier(session, dossier, form))
        .add(reflection(session, dossier, form))
        .add(readers(form))
        .add(told(fault))
        .add(as_draft.add(save_draft()))
        .live(needs);
    let main = el("button", "button button-primary")
        .disabled(is_idle)
        .live(move || if form.asks() { save_and_ask() } else { just_save() });
    el("form", "").submit(move || save.run(Stage::Submitted)).add(fields).add(action_bar(main))
}

/// What the form replaces without showing it: the words of the other version, to take from.
fn other_version_card(it: Entry) -> El {
    el("div", "card")
        .add(el("h2", "").add(other_version()))
        .add(el("p", "words").add(it.text))
        .add(it.reflection.map(|it| el("p", "words").add(it)))
        .add(soft(other_version_words()))
}

/// Keeps the form as an event, goes home and offers to take it back.
fn saver(
    session: Session,
    dossier: DossierId,
    form: Form,
    draft: String,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<NotKept>>,
) -> Callback<Stage, ()> {
    let navigate = use_navigate();
    let undo = offer_undo();
    let save = move |stage| {
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
    };
    Callback::new(save)
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
fn where_and_when(session: Session, dossier: DossierId, form: Form) -> El {
    let place = |code: u32| (code, vocabulary::place(PLACES[code as usize]).to_owned());
    let mut places = vec![place(0), place(1)];
    // Few learn there: offered where the plan sends somebody, or where they were last time.
    let goes_there =
        |it: &Dossier| it.plan.goals().any(|it| it.places.contains(&Place::TrainingCentre));
    if form.place.get_untracked() == Some(2) || session.with(dossier, goes_there) == Some(true) {
        places.push(place(2));
    }
    // What is tapped here turns hours into lessons; what a kept draft says of place and time stays as it was.
    let tapped = RwSignal::new(form.place.get_untracked());
    follow(move || tapped.set(form.place.get()));
    follow(move || {
        let place = tapped.get();
        if form.place.with_untracked(|it| *it != place) {
            form.move_to(place);
        }
    });
    let in_lessons = Memo::new(move |_| {
        form.place.track();
        form.is_in_lessons()
    });
    el("section", "section")
        .add(day(session, form))
        .add(choice(place_label(), places, tapped, false))
        .live(move || how_long(form, in_lessons.get()))
        .add(el("div", "").set("role", "status").live(move || doubts(session, dossier, form)))
}

/// Minutes of a day that are asked about.
const LONG_DAY: u32 = 12 * 60;

/// Hours, or at school lessons (F1): one tap for what is usual, two for the rest.
fn how_long(form: Form, in_lessons: bool) -> El {
    let called = move |minutes| match hours::lessons(minutes).filter(|_| in_lessons) {
        Some(count) => some_lessons(count),
        None => dates::duration(minutes),
    };
    let named = |all: Vec<u32>| all.into_iter().map(|it| (it, called(it))).collect();
    let (near, far) = durations(form.minutes.get_untracked(), in_lessons);
    let others = el("details", "")
        .add(el("summary", "button button-quiet aside").add(other_duration()))
        .add(choice(other_duration(), named(far), form.minutes, false));
    let label = if in_lessons { lessons_label() } else { duration_label() };
    let together = move || {
        let minutes = form.minutes.get().filter(|_| in_lessons)?;
        let count = hours::lessons(minutes)?;
        Some(soft(lessons_time(some_lessons(count), dates::duration(minutes))))
    };
    el("div", "section")
        .add(choice(label, named(near), form.minutes, false))
        .live(together)
        .add(others)
}

fn day(session: Session, form: Form) -> El {
    let today = untrack(|| session.today());
    let number = number_of(today);
    let called = |before: u32| {
        let day = day_of(number - before);
        let name = if before < 2 { dates::day(day, today) } else { dates::short_day(day) };
        (number - before, name)
    };
    let days = vec![called(0), called(1), called(2), called(3)];
    let chosen = move || dates::day(form.day(), today);
    let summary = el("summary", "button button-quiet aside")
        .add(el("span", "aside-words").live(chosen))
        .add(el("span", "").add(other_day()));
    let inside =
        el("div", "section").add(choice(day_label(), days, form.day, false)).add(other_date(form));
    el("details", "").add(summary).add(inside)
}

fn other_date(form: Form) -> El {
    let typed = move |event| {
        if let Some(day) = Day::from_iso(&text_of(&event)) {
            form.day.set(Some(number_of(day)));
        }
    };
    el("input", "field-input")
        .set("type", "date")
        .set("aria-label", other_day())
        .keep_value(move || dates::for_field(form.day()))
        .on("change", typed)
}

fn goals(session: Session, dossier: DossierId, form: Form) -> El {
    let all_shown = RwSignal::new(false);
    // Another list only when it is another: whoever taps keeps the focus.
    let options = Memo::new(move |_| {
        let chosen = form.goals.get();
        suggested_goals(session, dossier, form.day(), &chosen, all_shown.get())
    });
    let ratings = move || {
        let mut fields = Vec::new();
        let named = options.get();
        for goal in form.goals.get() {
            if let Some((goal, title)) = named.iter().find(|(it, _)| *it == goal) {
                fields.push(rating(form, goal.clone(), title.clone()));
            }
        }
        fields
    };
    let more = move || {
        let all = session.with(dossier, |it| it.plan.goals().count()).unwrap_or_default();
        let tap = move || all_shown.set(true);
        match options.with(Vec::len) {
            _ if all == 0 => Some(soft(no_goals())),
            shown => (shown < all).then(|| button("button button-quiet", tap).add(goals_more())),
        }
    };
    el("section", "section")
        .set("aria-labelledby", "goals")
        .add(el("h2", "").set("id", "goals").add(goals_label()))
        .add(choices(goals_label(), move || options.get(), form.goals))
        .live(more)
        .live(ratings)
}

fn rating(form: Form, goal: String, title: String) -> El {
    let (shown, tapped) = (goal.clone(), goal);
    let chosen = Signal::derive(move || {
        form.ratings.with(|it| {
            let rated = it.iter().find(|(it, _)| *it == shown);
            rated.map(|(_, level)| Finding::Reached(*level))
        })
    });
    let tap = Callback::new(move |finding| {
        let Finding::Reached(level) = finding else { return };
        form.ratings.update(|it| {
            let is_new = !it.contains(&(tapped.clone(), level));
            it.retain(|(goal, _)| *goal != tapped);
            if is_new {
                it.push((tapped.clone(), level));
            }
        });
    });
    let levels = Level::ALL.map(|it| (Finding::Reached(it), vocabulary::level(it)));
    let label = el("p", "field-label")
        .add(rating_head())
        .add(" ")
        .add(el("span", "soft").add(title.clone()));
    el("div", "field").add(label).add(finding_choice(
        rating_label(title),
        levels.to_vec(),
        chosen,
        tap,
    ))
}

/// What was written often, one tap each.
fn earlier(session: Session, dossier: DossierId, form: Form) -> Option<El> {
    let words = untrack(|| session.with(dossier, activities_of)).unwrap_or_default();
    let chips = phrase_chips(phrases(&words, 4), form.text)?;
    Some(disclosure(earlier_words().to_owned(), chips))
}

/// One question a day, in turn. Of what is changed, the one that was asked then, so that it stays above its answer (C3).
fn reflection(session: Session, dossier: DossierId, form: Form) -> El {
    let asked = untrack(|| match form.before() {
        None => Some(Question::of(session.today())),
        Some(it) => session.with(dossier, |own| own.diary.get(it.entry)?.question()).flatten(),
    });
    let words = asked.map_or(vocabulary::question_unknown(), vocabulary::question);
    text_field("reflection", words, Some(reflection_hint()), form.reflection, 2, 4_000)
}

/// What is worth a second look before it is kept. Only a day that is still to come is not kept.
fn doubts(session: Session, dossier: DossierId, form: Form) -> Option<El> {
    let (day, today) = (form.day(), session.today());
    if day > today {
        return Some(needs_you(still_to_come()));
    }
    let minutes = form.minutes.get().unwrap_or_default();
    session.with(dossier, |it| {
        let course = it.track.as_ref().map(|it| (it.from, it.to));
        let outside = course.filter(|(from, to)| day < *from || *to < day);
        if let Some((from, to)) = outside {
            let (from, to) = (dates::full_day(from), dates::full_day(to));
            return Some(soft(outside_course(from, to)));
        }
        let sum = minutes + it.diary.minutes_on(day, form.entry());
        (sum > LONG_DAY).then(|| soft(long_day(dates::duration(sum))))
    })?
}

fn readers(form: Form) -> El {
    let who = vec![(0, who_shared().to_owned()), (1, who_private().to_owned())];
    let was_shared = form.before().is_some_and(|it| it.is_shared());
    let ask = move || {
        let can_ask = form.is_shared() && form.goals.with(|it| !it.is_empty());
        can_ask.then(|| {
            let options = vec![(1, ask_yes().to_owned()), (0, ask_no().to_owned())];
            choice(ask_label(), options, form.ask, false)
        })
    };
    let words = move || if form.is_shared() { who_shared_words() } else { who_private_words() };
    el("section", "section")
        .set("aria-labelledby", "who")
        .add(el("h2", "").set("id", "who").add(who_label()))
        .add(choice(who_label(), who, form.audience, false))
        .add(el("p", "soft").live(words))
        .live(move || (was_shared && !form.is_shared()).then(|| soft(who_was_shared_words())))
        .live(ask)
}
