//! The language and the look that a person chose on this device. They change in place.

use crate::device::settings::{self, Settings};
use crate::words::Language;
use leptos::prelude::*;

/// How the app looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Theme {
    /// As the device does.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, for sunlight.
    Contrast,
}

impl Theme {
    fn name(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
            Theme::Contrast => Some("contrast"),
        }
    }

    fn named(name: Option<&str>) -> Theme {
        let all = [Theme::Light, Theme::Dark, Theme::Contrast];
        all.into_iter().find(|it| it.name() == name).unwrap_or(Theme::System)
    }
}

/// The choices of the running app. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Taste {
    language: RwSignal<Language>,
    theme: RwSignal<Theme>,
}

/// The choices of the running app.
pub(crate) fn use_taste() -> Taste {
    expect_context()
}

impl Taste {
    /// As kept on this device; the browser's first language where nothing was chosen.
    pub(crate) fn load() -> Taste {
        let kept = Settings::load();
        let spoken = kept.language.or_else(settings::first_language).unwrap_or_default();
        let language = Language::from_tag(&spoken);
        let theme = Theme::named(kept.theme.as_deref());
        language.speak();
        settings::show(theme.name(), language.tag());
        Taste { language: RwSignal::new(language), theme: RwSignal::new(theme) }
    }

    /// The language; whoever reads it here is drawn again when it changes.
    pub(crate) fn language(self) -> Language {
        self.language.get()
    }

    /// The look.
    pub(crate) fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Speaks another language from now on. `false`: only until the app closes.
    pub(crate) fn speak(self, language: Language) -> bool {
        language.speak();
        settings::show(self.theme.get_untracked().name(), language.tag());
        let short = language.tag().get(..2).map(str::to_owned);
        let kept = Settings::change(|it| it.language = short);
        self.language.set(language);
        kept
    }

    /// Looks otherwise from now on. `false`: only until the app closes.
    pub(crate) fn wear(self, theme: Theme) -> bool {
        settings::show(theme.name(), self.language.get_untracked().tag());
        let kept = Settings::change(|it| it.theme = theme.name().map(str::to_owned));
        self.theme.set(theme);
        kept
    }
}
