//! What the centre asks at the start of a leertraject (A11): a list of questions for each kind of note.

use super::one_form;
use crate::screens::seldom::form::{Field, Filled, Sort, named};
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{
    Body, LONGEST_QUESTION, MOST_QUESTIONS, Questionnaire, Questionnaires, Rules, StartNoteKind,
};
use leptos::prelude::*;

words! {
    title { nl "Vragenlijsten" en "Questionnaires" fr "Questionnaires" }
    lead { nl "Eén vraag per regel. De trajectbegeleider vult ze in bij Mensen en plaatsen, naast het vrije veld. Ze dienen om te begeleiden, niet om te selecteren." en "One question on each line. The coach fills them in under People and places, beside the free field. They are there to guide, not to select." fr "Une question par ligne. L’accompagnateur y répond sous Personnes et lieux, à côté du champ libre. Elles servent à accompagner, pas à sélectionner." }
    wrong { nl "Hoogstens 20 vragen, elk van hoogstens 300 letters." en "At most 20 questions, each of at most 300 letters." fr "Au plus 20 questions, chacune d’au plus 300 lettres." }
}

/// The longest question.
const LETTERS: usize = 300;
const IDS: [&str; 4] = ["questions-1", "questions-2", "questions-3", "questions-4"];

pub(super) fn questions() -> AnyView {
    one_form(title(), lead(), wrong(), fields, read)
}

fn fields(rules: &Rules) -> Vec<Field> {
    let one = |(kind, id): (StartNoteKind, &'static str)| {
        let label = vocabulary::start_note(kind).to_owned();
        named(id, label, Sort::Text(6_100)).with(rules.questions(kind).join("\n"))
    };
    StartNoteKind::ALL.into_iter().zip(IDS).map(one).collect()
}

fn read(it: &Filled) -> Option<Body> {
    let mut lists = Vec::new();
    for (at, kind) in StartNoteKind::ALL.into_iter().enumerate() {
        let text = it.text(at);
        let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
        let questions: Vec<String> = lines.map(str::to_owned).collect();
        let fits = questions.len() <= MOST_QUESTIONS
            && questions
                .iter()
                .all(|it| it.chars().count() <= LETTERS && it.len() <= LONGEST_QUESTION);
        if !fits {
            return None;
        }
        lists.push(Questionnaire { kind, questions });
    }
    Some(Body::Questionnaires(Questionnaires { lists }))
}
