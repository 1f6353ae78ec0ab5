//! What the centre sets in a form: thresholds (G1), names of the levels (D3), words (A13), the policy of evaluation (E8).

use super::one_form;
use crate::screens::seldom::form::{Field, Filled, Sort, field};
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
    silence { nl "Werkdagen zonder activiteit" en "Working days without an activity" fr "Jours ouvrables sans activité" }
    unconfirmed { nl "Dagen dat een vraag om bevestiging wacht" en "Days that a request for confirmation waits" fr "Jours d’attente d’une confirmation" }
    concern { nl "Dagen dat een melding open blijft" en "Days that a reported problem stays open" fr "Jours qu’un signalement reste ouvert" }
    behind { nl "Procent van de afgesproken uren" en "Percent of the agreed hours" fr "Pourcentage des heures convenues" }
    ends { nl "Dagen voor een overeenkomst eindigt" en "Days before an agreement ends" fr "Jours avant la fin d’un contrat" }
    training_days { nl "Opleidingsdagen die overblijven zonder overeenkomst" en "Training days left without an agreement" fr "Jours de formation restants sans contrat" }
    fall { nl "Stappen dat het welbevinden daalt" en "Steps that well-being falls" fr "Niveaux de baisse du bien-être" }
    joined { nl "Dagen dat iemand nog niet meedoet" en "Days that somebody has not joined" fr "Jours sans que quelqu’un ait rejoint" }
    share { nl "Weken vanaf de eerste overeenkomst met te weinig leren op de werkplek" en "Weeks from the first agreement on with too little learning at the workplace" fr "Semaines à partir du premier contrat avec trop peu d’apprentissage sur le lieu de travail" }
    goals_late { nl "Dagen dat een doel te laat mag zijn" en "Days that a goal may be late" fr "Jours de retard permis pour un objectif" }
    visit_norm { nl "Werkplekbezoeken per schooljaar (0 = geen norm)" en "Workplace visits per school year (0 = no norm)" fr "Visites du lieu de travail par année scolaire (0 = pas de norme)" }
    plan { nl "Dagen zonder akkoord over het plan" en "Days without agreement on the plan" fr "Jours sans accord sur le plan" }
    review { nl "Dagen sinds het laatste gesprek van drie" en "Days since the last talk of three" fr "Jours depuis le dernier entretien à trois" }
    late { nl "Dagen dat een gepland bezoek of gesprek te laat mag zijn" en "Days that a planned visit or talk may be late" fr "Jours de retard permis pour une visite ou un entretien prévu" }
    visit { nl "Dagen zonder contact met de werkplek" en "Days without contact with the workplace" fr "Jours sans contact avec le lieu de travail" }
    mentor { nl "Dagen waarin een mentor die gevraagd is niets doet" en "Days in which a mentor who was asked does nothing" fr "Jours pendant lesquels un mentor sollicité ne fait rien" }
    other_threshold { nl "Nog een drempel" en "Another threshold" fr "Un autre seuil" }
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

fn threshold(number: u16) -> (&'static str, &'static str) {
    match number {
        1 => ("threshold-1", silence()),
        2 => ("threshold-2", unconfirmed()),
        3 => ("threshold-3", concern()),
        4 => ("threshold-4", behind()),
        5 => ("threshold-5", ends()),
        6 => ("threshold-6", training_days()),
        7 => ("threshold-7", fall()),
        8 => ("threshold-8", plan()),
        9 => ("threshold-9", review()),
        10 => ("threshold-10", late()),
        11 => ("threshold-11", visit()),
        12 => ("threshold-12", mentor()),
        13 => ("threshold-13", visit_norm()),
        14 => ("threshold-14", joined()),
        15 => ("threshold-15", share()),
        16 => ("threshold-16", goals_late()),
        _ => ("threshold", other_threshold()),
    }
}

pub(super) fn thresholds() -> AnyView {
    one_form(
        thresholds_title(),
        thresholds_lead(),
        thresholds_wrong(),
        |rules| {
            let set = rules.thresholds();
            let one = |number: &u16| {
                let (id, label) = threshold(*number);
                field(id, label, Sort::Number).with(set.get(*number).to_string())
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
