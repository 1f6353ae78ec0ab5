//! The centre's own names for levels, people, places and agreements (D3, A13), in place of those of the app.

use super::Language;
use dubbelspoor_domain::dossier::{AgreementKind, Level, Place, Role, Rules, Translated, Word};
use std::cell::Cell;

/// In three languages; empty where the centre has no name of its own.
type Name = [&'static str; 3];

const COUNT: usize = Level::ALL.len() + Word::ALL.len();

thread_local! {
    /// The levels, and then the words.
    static NAMES: Cell<[Name; COUNT]> = const { Cell::new([[""; 3]; COUNT]) };
}

/// Takes the names over: whatever is drawn from now on has them. What is no longer said stays in memory: a centre
/// renames a level once.
pub(crate) fn learn(rules: &Rules) {
    let mut names = NAMES.get();
    let levels = Level::ALL.map(|it| rules.level(it));
    let words = Word::ALL.map(|it| rules.word(it));
    for (name, text) in names.iter_mut().zip(levels.into_iter().chain(words)) {
        let texts = text.map_or(["", "", ""], |it: &Translated| [&it.nl, &it.en, &it.fr]);
        for (said, text) in name.iter_mut().zip(texts) {
            if *said != text {
                *said = String::leak(text.to_owned());
            }
        }
    }
    NAMES.set(names);
}

fn said(at: usize, otherwise: &'static str) -> &'static str {
    let name = NAMES.get()[at];
    let own = [name[Language::spoken() as usize], name[0]];
    own.into_iter().find(|it| !it.is_empty()).unwrap_or(otherwise)
}

/// The name of a level.
pub(crate) fn level(it: Level, otherwise: &'static str) -> &'static str {
    said(it as usize - 1, otherwise)
}

/// The name of a role.
pub(crate) fn role(it: Role, otherwise: &'static str) -> &'static str {
    let word = match it {
        Role::Learner => Word::Learner,
        Role::Coach => Word::Coach,
        Role::Mentor => Word::Mentor,
        Role::Teacher => Word::Teacher,
        Role::Administrator | Role::Reader | Role::Member => return otherwise,
    };
    named(word, otherwise)
}

/// The name of a place.
pub(crate) fn place(it: Place, otherwise: &'static str) -> &'static str {
    let word = match it {
        Place::Workplace => Word::Workplace,
        Place::School => Word::School,
        Place::TrainingCentre => Word::TrainingCentre,
    };
    named(word, otherwise)
}

/// The name of a kind of agreement.
pub(crate) fn agreement(it: AgreementKind, otherwise: &'static str) -> &'static str {
    let word = match it {
        AgreementKind::Odo => Word::Odo,
        AgreementKind::Odos => Word::Odos,
        AgreementKind::Odow => Word::Odow,
        AgreementKind::Da => Word::Da,
    };
    named(word, otherwise)
}

fn named(word: Word, otherwise: &'static str) -> &'static str {
    said(Level::ALL.len() - 1 + word as usize, otherwise)
}
