//! The centre's own names for levels and people (D3, A13), in place of those of the app.

use super::Language;
use dubbelspoor_domain::dossier::{Level, Role, Rules, Translated, Word};
use std::cell::Cell;

/// In three languages; empty where the centre has no name of its own.
type Name = [&'static str; 3];

thread_local! {
    /// The levels, and then the words.
    static NAMES: Cell<[Name; 8]> = const { Cell::new([[""; 3]; 8]) };
}

/// Takes the names over. Says whether something is called otherwise now. What is no longer said stays in memory: a
/// centre renames a level once.
pub(crate) fn learn(rules: &Rules) -> bool {
    let before = NAMES.get();
    let mut names = before;
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
    names != before
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
    said(Level::ALL.len() - 1 + word as usize, otherwise)
}
