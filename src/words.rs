//! Languages, and the macro that puts a screen's words beside the screen.

use std::sync::atomic::{AtomicU8, Ordering};

/// The languages of the app. Dutch is written first; the others say the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
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
            match $crate::words::Language::spoken() {
                $crate::words::Language::Nl => $nl,
                $crate::words::Language::En => $en,
                $crate::words::Language::Fr => $fr,
            }
        }
    };
    (@one $name:ident [$($argument:ident)+] $nl:literal $en:literal $fr:literal) => {
        pub(crate) fn $name($($argument: impl std::fmt::Display),+) -> String {
            match $crate::words::Language::spoken() {
                $crate::words::Language::Nl => format!($nl),
                $crate::words::Language::En => format!($en),
                $crate::words::Language::Fr => format!($fr),
            }
        }
    };
}

pub(crate) mod reasons;
pub(crate) mod vocabulary;
