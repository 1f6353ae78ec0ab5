//! Languages, and the macro that puts a screen's words beside the screen.

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
}

/// Texts in three languages as functions. A missing language does not compile; an unused text is dead code.
///
/// ```text
/// words! {
///     title { nl "Dagboek" en "Diary" fr "Journal" }
///     greeting(name) { nl "Dag {name}" en "Hello {name}" fr "Bonjour {name}" }
/// }
/// ```
macro_rules! words {
    ($($name:ident $(($($argument:ident),+))? { nl $nl:literal en $en:literal fr $fr:literal })+) => {
        $(words!(@one $name [$($($argument)+)?] $nl $en $fr);)+
    };
    (@one $name:ident [] $nl:literal $en:literal $fr:literal) => {
        pub(crate) fn $name() -> &'static str {
            $crate::words::said(&[$nl, $en, $fr])
        }
    };
    (@one $name:ident [$($argument:ident)+] $nl:literal $en:literal $fr:literal) => {
        pub(crate) fn $name($($argument: impl std::fmt::Display),+) -> String {
            // Never runs: a placeholder that is not an argument does not compile.
            if false {
                let _ = (format!($nl), format!($en), format!($fr));
            }
            $crate::words::filled(&[$nl, $en, $fr], &[$((stringify!($argument), &$argument)),+])
        }
    };
}

/// The text in the language that is spoken now.
#[inline(never)]
pub(crate) fn said(texts: &[&'static str; 3]) -> &'static str {
    texts[Language::spoken() as usize]
}

/// The text in the language that is spoken now, with each `{name}` replaced by its value.
#[inline(never)]
pub(crate) fn filled(texts: &[&'static str; 3], values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::new();
    let mut rest = said(texts);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        for (_, value) in values.iter().filter(|(it, _)| *it == name) {
            // Writing into a text cannot fail.
            let _ = write!(text, "{value}");
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// In small letters, by the browser's own tables.
pub(crate) fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

pub(crate) mod reasons;
pub(crate) mod vocabulary;
