//! What the centre sets in a form: thresholds (G1), names of the levels (D3), words (A13), the policy of evaluation (E8).

use super::one_form;
use crate::screens::seldom::form::{Field, Filled, Sort, field};
use crate::words::thresholds::threshold;
use dubbelspoor_domain::dossier::{
    Body, Level, LevelName, LevelNames, Policy, ProviderWord, ProviderWords, Setting,
    ThresholdsSet, Translated, Word,
};
use dubbelspoor_domain::signals::Thresholds;
use leptos::prelude::*;

words! {
    thresholds_title { nl "Drempels" en "Thresholds" fr "Seuils" }
    thresholds_lead { nl "Vanaf wanneer iets in de lijst van de trajectbegeleider komt, en hoeveel bezoeken de norm zijn. Het geldt voor alle cursisten van het centrum." en "From when on something comes into the coach’s list, and how many visits are the norm. It holds for all learners of the centre." fr "À partir de quand un point arrive dans la liste de l’accompagnateur, et combien de visites sont la norme. Cela vaut pour tous les apprenants du centre." }
    thresholds_wrong { nl "Schrijf in elk veld een getal." en "Write a number in each field." fr "Écrivez un nombre dans chaque champ." }
    levels_title { nl "Namen van de niveaus" en "Names of the levels" fr "Noms des niveaux" }
    levels_lead { nl "Laat leeg om de naam van de app te houden. De volgorde blijft." en "Leave empty to keep the name of the app. The order stays." fr "Laissez vide pour garder le nom de l’application. L’ordre reste." }
    level_demonstrated { nl "Zag het voor" en "Was shown" fr "A vu faire" }
    level_with_help { nl "Met hulp" en "With help" fr "Avec aide" }
    level_supervised { nl "Onder toezicht" en "Supervised" fr "Sous surveillance" }
    level_independent { nl "Zelfstandig" en "On one’s own" fr "En autonomie" }
    words_title { nl "Woorden" en "Words" fr "Mots" }
    words_lead { nl "Een CVO zegt cursist en school, Syntra zegt cursist en campus, een school leerling. Laat leeg om het woord van de app te houden." en "A CVO says cursist and school, Syntra says cursist and campus, a school says pupil. Leave empty to keep the word of the app." fr "Un CVO dit apprenant et école, Syntra dit apprenant et campus, une école dit élève. Laissez vide pour garder le mot de l’application." }
    word_learner { nl "Cursist" en "Learner" fr "Apprenant" }
    word_coach { nl "Trajectbegeleider" en "Coach" fr "Accompagnateur" }
    word_mentor { nl "Mentor" en "Mentor" fr "Mentor" }
    word_teacher { nl "Leraar" en "Teacher" fr "Enseignant" }
    word_school { nl "School" en "School" fr "École" }
    word_workplace { nl "Werkplek" en "Workplace" fr "Lieu de travail" }
    word_training_centre { nl "Opleidingscentrum" en "Training centre" fr "Centre de formation" }
    in_dutch { nl "In het Nederlands" en "In Dutch" fr "En néerlandais" }
    in_english { nl "In het Engels" en "In English" fr "En anglais" }
    in_french { nl "In het Frans" en "In French" fr "En français" }
    too_long { nl "Een naam heeft hoogstens 60 letters." en "A name has at most 60 letters." fr "Un nom a au plus 60 lettres." }
    policy_title { nl "Evaluatiebeleid" en "Evaluation policy" fr "Politique d’évaluation" }
    policy_lead { nl "Iedereen leest dit onder Meer, ook zonder verbinding." en "Everybody reads this under More, without a connection too." fr "Tout le monde lit ceci sous Plus, même sans connexion." }
    what { nl "Welke competenties?" en "Which competences?" fr "Quelles compétences ?" }
    why { nl "Waarom?" en "Why?" fr "Pourquoi ?" }
    criteria { nl "Volgens welke criteria?" en "By which criteria?" fr "Selon quels critères ?" }
    when { nl "Wanneer?" en "When?" fr "Quand ?" }
    who { nl "Door wie?" en "By whom?" fr "Par qui ?" }
    tool { nl "Waarmee?" en "With what?" fr "Avec quoi ?" }
}

/// The names of the fields, by number; of a newer threshold none is known.
const THRESHOLDS: [&str; 18] = [
    "threshold",
    "threshold-1",
    "threshold-2",
    "threshold-3",
    "threshold-4",
    "threshold-5",
    "threshold-6",
    "threshold-7",
    "threshold-8",
    "threshold-9",
    "threshold-10",
    "threshold-11",
    "threshold-12",
    "threshold-13",
    "threshold-14",
    "threshold-15",
    "threshold-16",
    "threshold-17",
];

pub(super) fn thresholds() -> AnyView {
    one_form(
        thresholds_title(),
        thresholds_lead(),
        thresholds_wrong(),
        |rules| {
            let set = rules.thresholds();
            let one = |number: &u16| {
                let id = THRESHOLDS.get(usize::from(*number)).copied().unwrap_or(THRESHOLDS[0]);
                field(id, threshold(*number), Sort::Number).with(set.get(*number).to_string())
            };
            Thresholds::NUMBERS.iter().map(one).collect()
        },
        |it| {
            let one = |(at, number): (usize, &u16)| {
                it.number(at).map(|value| Setting { number: *number, value })
            };
            let values: Option<Vec<Setting>> =
                Thresholds::NUMBERS.iter().enumerate().map(one).collect();
            Some(Body::ThresholdsSet(ThresholdsSet { values: values? }))
        },
    )
}

/// A name in three languages: its heading, and a field for each. Four places in a form.
fn in_three(heading: &'static str, ids: [&'static str; 3], now: Option<&Translated>) -> [Field; 4] {
    let [nl, en, fr] = ids;
    let text = |of: fn(&Translated) -> &String| now.map(of).cloned().unwrap_or_default();
    [
        field(nl, heading, Sort::Heading("")),
        field(nl, in_dutch(), Sort::Line).with(text(|it| &it.nl)),
        field(en, in_english(), Sort::Line).with(text(|it| &it.en)),
        field(fr, in_french(), Sort::Line).with(text(|it| &it.fr)),
    ]
}

/// The name in the so-manieth four places; nothing when it is too long.
fn three(it: &Filled, at: usize) -> Option<Translated> {
    let [nl, en, fr] = [1, 2, 3].map(|place| it.text(at * 4 + place));
    let fits = [&nl, &en, &fr].into_iter().all(|it| it.len() <= 60);
    fits.then_some(Translated { nl, en, fr })
}

pub(super) fn levels() -> AnyView {
    const IDS: [[&str; 3]; 4] = [
        ["level-1", "level-1-en", "level-1-fr"],
        ["level-2", "level-2-en", "level-2-fr"],
        ["level-3", "level-3-en", "level-3-fr"],
        ["level-4", "level-4-en", "level-4-fr"],
    ];
    one_form(
        levels_title(),
        levels_lead(),
        too_long(),
        |rules| {
            let names =
                [level_demonstrated(), level_with_help(), level_supervised(), level_independent()];
            let all = Level::ALL.into_iter().zip(names).zip(IDS);
            all.flat_map(|((level, name), ids)| in_three(name, ids, rules.level(level))).collect()
        },
        |it| {
            let name = |(at, level)| three(it, at).map(|name| LevelName { level, name });
            let names: Option<Vec<LevelName>> =
                Level::ALL.into_iter().enumerate().map(name).collect();
            Some(Body::LevelNames(LevelNames { names: names? }))
        },
    )
}

pub(super) fn own_words() -> AnyView {
    const IDS: [[&str; 3]; 11] = [
        ["word-1", "word-1-en", "word-1-fr"],
        ["word-2", "word-2-en", "word-2-fr"],
        ["word-3", "word-3-en", "word-3-fr"],
        ["word-4", "word-4-en", "word-4-fr"],
        ["word-5", "word-5-en", "word-5-fr"],
        ["word-6", "word-6-en", "word-6-fr"],
        ["word-7", "word-7-en", "word-7-fr"],
        ["word-8", "word-8-en", "word-8-fr"],
        ["word-9", "word-9-en", "word-9-fr"],
        ["word-10", "word-10-en", "word-10-fr"],
        ["word-11", "word-11-en", "word-11-fr"],
    ];
    one_form(
        words_title(),
        words_lead(),
        too_long(),
        |rules| {
            let people = [word_learner(), word_coach(), word_mentor(), word_teacher()];
            let places = [word_school(), word_workplace(), word_training_centre()];
            let names = people.into_iter().chain(places).chain(["ODO", "ODOS", "ODOW", "DA"]);
            let all = Word::ALL.into_iter().zip(names).zip(IDS);
            all.flat_map(|((word, name), ids)| in_three(name, ids, rules.word(word))).collect()
        },
        |it| {
            let name = |(at, word)| three(it, at).map(|text| ProviderWord { word, text });
            let words: Option<Vec<ProviderWord>> =
                Word::ALL.into_iter().enumerate().map(name).collect();
            Some(Body::ProviderWords(ProviderWords { words: words? }))
        },
    )
}

pub(super) fn policy() -> AnyView {
    one_form(
        policy_title(),
        policy_lead(),
        "",
        |rules| {
            let it = rules.policy();
            let part =
                |id, label, text: &String| field(id, label, Sort::Text(2_000)).with(text.clone());
            vec![
                part("what", what(), &it.what),
                part("why", why(), &it.why),
                part("criteria", criteria(), &it.criteria),
                part("when", when(), &it.when),
                part("who", who(), &it.who),
                part("tool", tool(), &it.tool),
            ]
        },
        |it| {
            let [what, why, criteria, when, who, tool] = [0, 1, 2, 3, 4, 5].map(|at| it.text(at));
            Some(Body::Policy(Policy { what, why, criteria, when, who, tool }))
        },
    )
}
