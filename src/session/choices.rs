//! The language and the look that a person chose on this device. They change in place.

use crate::device::packs;
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
    /// As kept on this device. The language is the one of the texts that came along with the program: the page chose
    /// it before the program was there, as kept, else as the browser does.
    pub(crate) fn load() -> Taste {
        let theme = Theme::named(Settings::load().theme.as_deref());
        let mut language = Language::default();
        if let Some((tag, packs)) = packs::first() {
            language = Language::from_tag(&tag);
            language.learn(packs);
        }
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

    /// Gets the texts of a language, unless they are here, and then tells whether they are.
    pub(crate) fn learn(self, language: Language, told: impl FnOnce(bool) + 'static) {
        if language.is_here() {
            return told(true);
        }
        leptos::task::spawn_local(async move {
            let packs = packs::bring(language.short()).await;
            let is_here = packs.is_ok();
            if let Ok(packs) = packs {
                language.learn(packs);
            }
            told(is_here);
        });
    }

    /// Has the texts of every language kept on this device, quietly, so that a choice needs no connection.
    pub(crate) fn keep_all_languages(self) {
        packs::keep_all();
    }

    /// Speaks another language, of which the texts are here, from now on. `false`: only until the app closes.
    pub(crate) fn speak(self, language: Language) -> bool {
        language.speak();
        settings::show(self.theme.get_untracked().name(), language.tag());
        let kept = Settings::change(|it| it.language = Some(language.short().to_owned()));
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
