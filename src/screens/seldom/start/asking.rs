//! The questions that the centre asks at the start (A11), and what was answered: to guide by and to find a workplace by.

use crate::parts::{El, el, soft};
use crate::screens::reading::disclosure;
use crate::screens::seldom::form::{Asks, Filled, Sort, field, form, named};
use crate::words::vocabulary;
use dubbelspoor_domain::Added;
use dubbelspoor_domain::dossier::{
    AnsweredQuestion, Body, MOST_QUESTIONS, StartNote, StartNoteKind,
};
use dubbelspoor_domain::id::{DossierId, FileHash};
use dubbelspoor_domain::seal::sha256;

words! {
    questions_of(kind) { nl "Vragen van het centrum: {kind}" en "Questions of the centre: {kind}" fr "Questions du centre : {kind}" }
    on { nl "Wanneer?" en "When?" fr "Quand ?" }
    for_guiding { nl "Wat volgt daaruit voor de begeleiding?" en "What follows from it for guiding?" fr "Qu’en découle-t-il pour l’accompagnement ?" }
    for_matching { nl "En voor de werkplek die we zoeken?" en "And for the workplace that we look for?" fr "Et pour le lieu de travail que nous cherchons ?" }
    all_read { nl "Iedereen in dit dossier leest dit, ook de cursist en de mentor." en "Everybody in this dossier reads this, the learner and the mentor too." fr "Tout le monde dans ce dossier lit ceci, l’apprenant et le mentor aussi." }
    guides_read { nl "Alleen de trajectbegeleider en de beheerder van het centrum lezen dit." en "Only the coach and the administrator of the centre read this." fr "Seuls l’accompagnateur et l’administrateur du centre lisent ceci." }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong { nl "Kies een dag en beantwoord minstens één vraag." en "Choose a day and answer at least one question." fr "Choisissez un jour et répondez à au moins une question." }
}

/// The names on the page of the fields for one kind: the day, the questions, and what follows from them.
macro_rules! ids {
    ($($kind:literal)*) => {
        [$(ids!(of $kind "on" "1" "2" "3" "4" "5" "6" "7" "8" "9" "10" "11" "12" "13" "14" "15"
            "16" "17" "18" "19" "20" "guiding" "matching")),*]
    };
    (of $kind:literal $($field:literal)*) => { [$(concat!("asked-", $kind, "-", $field)),*] };
}

const IDS: [[&str; MOST_QUESTIONS + 3]; StartNoteKind::ALL.len()] = ids!("1" "2" "3" "4");

/// The questions for one kind of note.
pub(super) fn asking(
    dossier: DossierId,
    kind: StartNoteKind,
    questions: Vec<String>,
    today: &str,
) -> El {
    let [day, ids @ .., guiding, matching] = IDS[kind as usize - 1];
    let question = |(text, id): (&String, &'static str)| named(id, text.clone(), Sort::Text(650));
    let mut fields = vec![field(day, on(), Sort::Date).with(today)];
    fields.extend(questions.iter().zip(ids).map(question));
    fields.push(field(guiding, for_guiding(), Sort::Text(1_300)));
    // Everybody reads an intake, the workplace too.
    let is_for_all = kind == StartNoteKind::Intake;
    if !is_for_all {
        fields.push(field(matching, for_matching(), Sort::Text(1_300)));
    }
    let name = vocabulary::start_note(kind);
    // Of other questions another draft: no answer comes to stand under a question that it does not answer.
    let about = format!("{}-{}", kind as u16, questions_hash(&questions));
    let asks = Asks { about: &about, send: save(), wrong: wrong(), then: None };
    let read = move |it: &Filled| note(kind, &questions, it).map(|it| vec![Body::StartNote(it)]);
    let form = form(dossier, asks, fields, Box::new(read));
    let readers = soft(if is_for_all { all_read() } else { guides_read() });
    disclosure(questions_of(name), el("div", "section").add(readers).add(form))
}

fn questions_hash(questions: &[String]) -> FileHash {
    FileHash(sha256(&[questions.join("\n").as_bytes()]))
}

fn note(kind: StartNoteKind, questions: &[String], it: &Filled) -> Option<StartNote> {
    let answer = |(at, question): (usize, &String)| {
        let question = question.clone();
        it.words(at + 1).map(|answer| AnsweredQuestion { question, answer })
    };
    let answers: Vec<_> = questions.iter().enumerate().filter_map(answer).collect();
    let behind = questions.len() + 1;
    (!answers.is_empty()).then_some(StartNote {
        kind,
        day: it.day(0)?,
        text: String::new(),
        conclusion: it.text(behind),
        answers: Added(answers),
        for_matching: it.words(behind + 1),
    })
}

/// What was asked then, and answered.
pub(super) fn answered(it: &StartNote) -> Option<El> {
    let mut list = el("dl", "section");
    for it in it.answers.iter() {
        let answer = el("dd", "words").add(it.answer.clone());
        list = list.add(el("div", "").add(el("dt", "soft").add(it.question.clone())).add(answer));
    }
    (!it.answers.is_empty()).then_some(list)
}
