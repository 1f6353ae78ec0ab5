//! Surveys (G6): whoever runs the centre asks all who belong to it, a coach asks their own cursisten and mentors. Here
//! they ask, and read what was answered.

mod own;

use super::form::{Asks, Field, Filled, Sort, field, form};
use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, empty, icon, link, notice, page, page_named, section,
    soft,
};
use crate::screens::message::put;
use crate::screens::told;
use crate::session::{NoAnswer, NotKept, Session, use_session};
use crate::words::reasons;
use dubbelspoor_domain::dossier::{Body, Dossier, Survey, TOGETHER};
use dubbelspoor_domain::id::{DossierId, SurveyId};
use dubbelspoor_domain::ordered::sort_by_key;
use dubbelspoor_domain::wire::SurveyResults;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Bevragingen" en "Surveys" fr "Enquêtes" }
    none_title { nl "Nog geen bevraging" en "No survey yet" fr "Pas encore d’enquête" }
    none_words { nl "Vraag kort wat goed loopt en wat beter kan. Niemand ziet wie wat antwoordt." en "Ask briefly what goes well and what could be better. Nobody sees who answers what." fr "Demandez brièvement ce qui va bien et ce qui peut aller mieux. Personne ne voit qui répond quoi." }
    lasts(whom, day) { nl "Voor {whom}, tot en met {day}" en "For {whom}, up to and including {day}" fr "Pour {whom}, jusqu’au {day} inclus" }
    gone { nl "Weggehaald" en "Taken away" fr "Retirée" }
    learners { nl "cursisten" en "learners" fr "les apprenants" }
    mentors { nl "mentoren" en "mentors" fr "les mentors" }
    both { nl "cursisten en mentoren" en "learners and mentors" fr "les apprenants et les mentors" }
    new_title { nl "Nieuwe bevraging" en "New survey" fr "Nouvelle enquête" }
    name { nl "Naam van de bevraging" en "Name of the survey" fr "Nom de l’enquête" }
    question_1 { nl "Vraag 1" en "Question 1" fr "Question 1" }
    question_2 { nl "Vraag 2" en "Question 2" fr "Question 2" }
    question_3 { nl "Vraag 3" en "Question 3" fr "Question 3" }
    question_4 { nl "Vraag 4" en "Question 4" fr "Question 4" }
    question_5 { nl "Vraag 5" en "Question 5" fr "Question 5" }
    goes_well { nl "Wat loopt goed?" en "What goes well?" fr "Qu’est-ce qui va bien ?" }
    could_be_better { nl "Wat kan beter?" en "What could be better?" fr "Qu’est-ce qui peut aller mieux ?" }
    for_whom { nl "Voor wie?" en "For whom?" fr "Pour qui ?" }
    last_day { nl "Laatste dag" en "Last day" fr "Dernier jour" }
    ask { nl "Stel deze vragen" en "Ask this" fr "Poser ces questions" }
    wrong { nl "Schrijf een naam en minstens één vraag, kies voor wie, en een laatste dag die nog komt." en "Write a name and at least one question, choose for whom, and a last day that is still to come." fr "Écrivez un nom et au moins une question, choisissez pour qui, et un dernier jour à venir." }
    stays { nl "De vragen blijven zoals je ze stelt: wie antwoordde, las deze. Niemand ziet wie wat schreef." en "The questions stay as you ask them: who answered read these. Nobody sees who wrote what." fr "Les questions restent telles quelles : qui a répondu a lu celles-ci. Personne ne voit qui a écrit quoi." }
    asking { nl "De antwoorden worden opgehaald." en "The answers are being fetched." fr "Les réponses sont en cours de chargement." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    some_of(count, least) { nl "{count} van {least} antwoorden. Vanaf {least} lees je ze hier." en "{count} of {least} answers. From {least} on you read them here." fr "{count} réponses sur {least}. À partir de {least}, vous les lisez ici." }
    answers_in(count) { nl "{count} [antwoord|antwoorden]" en "{count} [answer|answers]" fr "{count} [réponse|réponses]" }
    shown_of(shown, count, least) { nl "{count} antwoorden. Je leest er {shown}: er komen er telkens {least} bij, en alle andere twee weken na de laatste dag." en "{count} answers. You read {shown}: {least} are added each time, and all others two weeks after the last day." fr "{count} réponses. Vous en lisez {shown} : {least} s’ajoutent chaque fois, et toutes les autres deux semaines après le dernier jour." }
    nobody { nl "Hier schreef niemand iets." en "Nobody wrote anything here." fr "Personne n’a rien écrit ici." }
    remove { nl "Haal deze bevraging weg" en "Take this survey away" fr "Retirer cette enquête" }
    bring_back { nl "Zet deze bevraging terug" en "Put this survey back" fr "Remettre cette enquête" }
    not_here { nl "Deze bevraging is er niet." en "This survey is not here." fr "Cette enquête n’existe pas." }
}

/// All surveys of the centre, and a form for one more.
pub(crate) fn surveys() -> AnyView {
    let session = use_session();
    let centre = Memo::new(move |_| session.centre());
    let runs = Memo::new(move |_| session.runs_centre());
    let up = if untrack(|| runs.get()) { "/centre" } else { "/more" };
    let listed = move || {
        let of_centre = centre.get().and_then(|it| session.with(it, all)).unwrap_or_default();
        let rows = rows(of_centre.into_iter().chain(own::all(session)).collect());
        if rows.is_empty() {
            return empty(none_title(), none_words(), None);
        }
        el("div", "rows").add(rows)
    };
    let form = move || match centre.get().filter(|_| runs.get()) {
        Some(centre) => {
            untrack(|| section(new_title()).add(soft(stays())).add(making(session, centre)))
        }
        None => own::making(session),
    };
    page(title(), Some(up)).live(listed).live(form).part()
}

fn all(it: &Dossier) -> Vec<Survey> {
    it.rules.surveys().cloned().collect()
}

/// Those that end last come first.
fn rows(mut all: Vec<Survey>) -> Vec<El> {
    sort_by_key(&mut all, |it| std::cmp::Reverse(it.until));
    let row = |it: Survey| {
        let about = about(&it);
        let text = el("span", "row-text")
            .add(el("span", "").add(it.title))
            .add(el("span", "soft").add(about));
        link(format!("/survey/{}", it.survey), "row").add(text).add(icon(Icon::Forward))
    };
    all.into_iter().map(row).collect()
}

fn about(it: &Survey) -> String {
    if it.withdrawn {
        return gone().to_owned();
    }
    let whom = match (it.learners, it.mentors) {
        (true, true) => both(),
        (true, false) => learners(),
        _ => mentors(),
    };
    lasts(whom, dates::long_day(it.until))
}

fn making(session: Session, centre: DossierId) -> El {
    let read = move |it: &Filled| Some(vec![Body::Survey(survey(session, it)?)]);
    let asks = Asks { about: "survey", send: ask(), wrong: wrong(), then: None };
    form(centre, asks, fields(), Box::new(read))
}

fn fields() -> Vec<Field> {
    let whom = [("learners", learners()), ("mentors", mentors())];
    let whom = whom.map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec();
    vec![
        field("survey-name", name(), Sort::Line),
        field("question-1", question_1(), Sort::Line).with(goes_well()),
        field("question-2", question_2(), Sort::Line).with(could_be_better()),
        field("question-3", question_3(), Sort::Line),
        field("question-4", question_4(), Sort::Line),
        field("question-5", question_5(), Sort::Line),
        field("survey-whom", for_whom(), Sort::Many(whom)).with("learners"),
        field("survey-until", last_day(), Sort::Date),
    ]
}

/// What the fields say as a survey.
fn survey(session: Session, it: &Filled) -> Option<Survey> {
    let whom = it.many(6);
    let is_for = |name: &str| whom.iter().any(|it| it == name);
    let today = untrack(|| session.today());
    let survey = Survey {
        survey: SurveyId(session.new_id()),
        title: it.words(0)?,
        questions: (1..=5).filter_map(|at| it.words(at)).collect(),
        learners: is_for("learners"),
        mentors: is_for("mentors"),
        until: it.day(7).filter(|it| *it >= today)?,
        withdrawn: false,
    };
    let is_whole = !survey.questions.is_empty() && (survey.learners || survey.mentors);
    is_whole.then_some(survey)
}

type Asked = Option<Result<SurveyResults, NoAnswer>>;

/// What was answered. Only the school has it, so only with a connection.
pub(crate) fn results(survey: &str) -> AnyView {
    let session = use_session();
    let id = SurveyId::from_hex(survey);
    let found = Memo::new(move |_| session.survey(id?));
    let answer = RwSignal::new(Asked::None);
    if let Some((home, it)) = untrack(|| found.get()) {
        fetch(session, home, it.survey, answer);
    }
    let name = crate::parts::live(move || match found.get() {
        Some((_, it)) => it.title.part(),
        None => title().part(),
    });
    let shown = move || {
        let Some((home, it)) = found.get() else { return el("p", "").add(not_here()) };
        let told = match answer.get() {
            None => soft(asking()).set("role", "status"),
            Some(Ok(results)) => read_out(&it, results),
            Some(Err(why)) => {
                let retry = button("button", move || fetch(session, home, it.survey, answer));
                let words = el("p", "").add(reasons::no_answer(&why));
                notice(Tone::Waiting, vec![words, retry.add(again())])
            }
        };
        el("div", "section").add(soft(about(&it))).add(told)
    };
    page_named(name, Some("/surveys".to_owned()))
        .live(shown)
        .live(move || found.get().map(|(home, it)| steering(session, home, it)))
        .part()
}

fn fetch(session: Session, home: DossierId, survey: SurveyId, answer: RwSignal<Asked>) {
    answer.set(None);
    spawn_local(async move {
        let found = session.survey_results(home, survey).await;
        answer.try_set(Some(found));
    });
}

fn read_out(it: &Survey, found: SurveyResults) -> El {
    let SurveyResults { count, shown, answers } = found;
    if shown == 0 {
        return el("p", "").set("role", "status").add(some_of(count, TOGETHER));
    }
    let lead = if shown < count { shown_of(shown, count, TOGETHER) } else { answers_in(count) };
    let mut all = el("div", "section").add(el("p", "").set("role", "status").add(lead));
    for (question, texts) in it.questions.iter().zip(answers) {
        let card = |it: String| el("li", "card").add(el("p", "words").add(it));
        let nobody = texts.is_empty().then(|| soft(nobody()));
        let cards: Vec<El> = texts.into_iter().map(card).collect();
        let list = (!cards.is_empty()).then(|| el("ul", "list").add(cards));
        all = all.add(section(question.clone()).add(nobody).add(list));
    }
    all
}

/// What whoever asks can still do with it.
fn steering(session: Session, home: DossierId, it: Survey) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    if session.centre_of(home) != home {
        return own::steering(session, it, fault);
    }
    let all = el("div", "section");
    if !session.runs_centre() {
        return all;
    }
    let tap = {
        let other = Survey { withdrawn: !it.withdrawn, ..it.clone() };
        move || put(session, home, Body::Survey(other.clone()), fault)
    };
    all.add(told(fault)).add(removal(&it, tap))
}

fn removal(it: &Survey, tap: impl Fn() + 'static) -> El {
    let words = if it.withdrawn { bring_back() } else { remove() };
    button("button button-quiet", tap).add(words)
}
