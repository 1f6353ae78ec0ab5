//! Languages, and the macro that puts a screen's words beside the screen.

use std::cell::Cell;
use std::fmt::{Display, Write};
use std::sync::atomic::{AtomicU8, Ordering};

/// The languages of the app. Dutch is written first; the others say the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Language {
    /// Nederlands.
    #[default]
    Nl,
    /// English.
    En,
    /// Français.
    Fr,
}

static SPOKEN: AtomicU8 = AtomicU8::new(0);

impl Language {
    /// The language of the texts that are made from now on.
    pub(crate) fn speak(self) {
        SPOKEN.store(self as u8, Ordering::Relaxed);
    }

    /// The language that is spoken now.
    pub(crate) fn spoken() -> Language {
        match SPOKEN.load(Ordering::Relaxed) {
            1 => Language::En,
            2 => Language::Fr,
            _ => Language::Nl,
        }
    }

    /// The language of a BCP 47 tag; Dutch for any other.
    pub(crate) fn from_tag(tag: &str) -> Language {
        match tag.get(..2) {
            Some("en") => Language::En,
            Some("fr") => Language::Fr,
            _ => Language::Nl,
        }
    }

    /// Its BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Language::Nl => "nl-BE",
            Language::En => "en-GB",
            Language::Fr => "fr-BE",
        }
    }

    /// The first two letters of it.
    pub(crate) fn short(self) -> &'static str {
        self.tag().get(..2).unwrap_or_default()
    }
}

/// Texts in three languages as functions. A missing language does not compile; an unused text is dead code.
///
/// The texts themselves are not in the program, only a key of each: `xtask stage` reads them here and puts them in a
/// file per language beside the program, with what that program says and no more.
///
/// ```text
/// words! {
///     title { nl "Dagboek" en "Diary" fr "Journal" }
///     greeting(name) { nl "Dag {name}" en "Hello {name}" fr "Bonjour {name}" }
///     days(count) { nl "{count} [dag|dagen]" en "{count} [day|days]" fr "{count} [jour|jours]" }
/// }
/// ```
macro_rules! words {
    ($($name:ident $(($($argument:ident),+))? { nl $nl:literal en $en:literal fr $fr:literal })+) => {
        $(words!(@one $name [$($($argument)+)?] $nl $en $fr);)+
    };
    (@one $name:ident [] $nl:literal $en:literal $fr:literal) => {
        pub(crate) fn $name() -> &'static str {
            const KEY: u32 = $crate::words::key([$nl, $en, $fr]);
            $crate::words::said(KEY)
        }
    };
    (@one $name:ident [$($argument:ident)+] $nl:literal $en:literal $fr:literal) => {
        pub(crate) fn $name($($argument: impl std::fmt::Display),+) -> String {
            const KEY: u32 = $crate::words::key([$nl, $en, $fr]);
            // Never called: a placeholder that is not an argument does not compile.
            let _ = || (format!($nl), format!($en), format!($fr));
            $crate::words::filled(KEY, &[$(&$argument),+])
        }
    };
}

/// What a program calls a text: FNV-1a over its three languages. No byte of it is zero, so that it is found whole in
/// the data of a program and is never taken for a place (`xtask/src/words.rs` has the same).
pub(crate) const fn key(texts: [&str; 3]) -> u32 {
    const PRIME: u32 = 0x0100_0193;
    let mut hash: u32 = 0x811c_9dc5;
    let mut language = 0;
    while language < 3 {
        let text = texts[language].as_bytes();
        let mut at = 0;
        while at < text.len() {
            hash = (hash ^ text[at] as u32).wrapping_mul(PRIME);
            at += 1;
        }
        hash = (hash ^ 0xff).wrapping_mul(PRIME);
        language += 1;
    }
    let mut bytes = hash.to_le_bytes();
    let mut at = 0;
    while at < 4 {
        if bytes[at] == 0 {
            bytes[at] = 0x5a;
        }
        at += 1;
    }
    u32::from_le_bytes(bytes)
}

const _: () = assert!(key(["Dagboek", "Diary", "Journal"]) == 0xd450_6571);

/// All texts of a program in one language.
#[derive(Default)]
struct Pack {
    /// The keys of some of them, in the same place; 0 for one without. The others are called by their place.
    keys: Vec<u32>,
    texts: Vec<&'static str>,
}

/// A text that is in no pack: there is none in the tests of parts.
const UNKNOWN: &str = "?";

thread_local! {
    /// Those that are here, by language. They stay: a screen holds on to the texts that it shows.
    static PACKS: Cell<[Option<&'static Pack>; 3]> = const { Cell::new([None; 3]) };
}

impl Language {
    /// Whether its texts are here.
    pub(crate) fn is_here(self) -> bool {
        PACKS.get()[self as usize].is_some()
    }

    /// Takes its texts in, as the build packed them: in each pack a line of keys, each of eight letters, and a line for
    /// each text. The second pack counts on where the first ends.
    pub(crate) fn learn(self, packs: Vec<String>) {
        let mut all = Pack::default();
        let key = |it: &[u8]| it.iter().fold(0, |key, letter| key << 4 | u32::from(letter - b'a'));
        for pack in packs {
            let mut lines = String::leak(pack).split('\n');
            let letters = lines.next().unwrap_or_default().as_bytes();
            all.keys.resize(all.texts.len(), 0);
            all.keys.extend(letters.chunks_exact(8).map(key));
            all.texts.extend(lines);
        }
        let mut packs = PACKS.get();
        packs[self as usize] = Some(Box::leak(Box::new(all)));
        PACKS.set(packs);
    }

    /// Forgets all texts: more of each are to be had.
    pub(crate) fn forget_all() {
        PACKS.set([None; 3]);
    }
}

/// The text in the language that is spoken now, by its key or by its place in the pack.
#[inline(never)]
pub(crate) fn said(key: u32) -> &'static str {
    let known = || {
        let pack = PACKS.get()[Language::spoken() as usize]?;
        let place = match u16::try_from(key) {
            Ok(place) => usize::from(place),
            Err(_) => pack.keys.iter().position(|it| *it == key)?,
        };
        pack.texts.get(place).copied()
    };
    known().unwrap_or(UNKNOWN)
}

/// The text in the language that is spoken now, with the values where a character 1, 2 and so on keeps their place.
#[inline(never)]
pub(crate) fn filled(key: u32, values: &[&dyn Display]) -> String {
    let mut text = String::new();
    let mut is_one = false;
    for piece in said(key).split_inclusive(|it: char| it.is_ascii_control()) {
        let number = piece.bytes().next_back().unwrap_or_default();
        match values.get(usize::from(number).wrapping_sub(1)) {
            Some(value) => {
                agree(&mut text, piece.get(..piece.len() - 1).unwrap_or_default(), is_one);
                let begins = text.len();
                // Writing into a text cannot fail.
                let _ = write!(text, "{value}");
                is_one = is_singular(text.get(begins..).unwrap_or_default());
            }
            None => agree(&mut text, piece, is_one),
        }
    }
    text
}

/// French says `0 jour`, the others `0 days`.
fn is_singular(number: &str) -> bool {
    number == "1" || number == "0" && Language::spoken() == Language::Fr
}

/// Adds words that follow a number, with the form that goes with it: `{days} [dag|dagen]`.
fn agree(text: &mut String, words: &str, is_one: bool) {
    let mut rest = words;
    while let Some((before, (forms, after))) =
        rest.split_once('[').and_then(|(before, it)| Some((before, it.split_once(']')?)))
    {
        let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
        text.push_str(before);
        text.push_str(if is_one { one } else { many });
        rest = after;
    }
    text.push_str(rest);
}

/// In small letters, by the browser's own tables.
pub(crate) fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

pub(crate) mod outcomes;
pub(crate) mod own;
pub(crate) mod reasons;
pub(crate) mod thresholds;
pub(crate) mod vocabulary;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_with_the_number_before_them() {
        let told = |count: u32, week: u32| filled(0, &[&count, &week]);
        Language::Nl.learn(vec!["\n\u{1} [doel staat|doelen staan] in week \u{2}".to_owned()]);
        assert_eq!(told(1, 3), "1 doel staat in week 3");
        assert_eq!(told(0, 1), "0 doelen staan in week 1");
        assert_eq!(told(21, 1), "21 doelen staan in week 1");
        Language::Fr.learn(vec!["\n\u{1} [objectif|objectifs], semaine \u{2} [.".to_owned()]);
        Language::Fr.speak();
        assert_eq!(told(0, 1), "0 objectif, semaine 1 [.");
        assert_eq!(told(2, 1), "2 objectifs, semaine 1 [.");
        Language::Nl.speak();
        Language::forget_all();
    }
}
