//! Language and look: one tap, and it is so.

use crate::parts::{Part, Tone, choice, el, follow, needs_you, notice, page, section, soft};
use crate::session::{Theme, use_taste};
use crate::words::Language;
use leptos::prelude::*;

words! {
    title { nl "Taal en uitzicht" en "Language and look" fr "Langue et apparence" }
    language { nl "Taal" en "Language" fr "Langue" }
    look { nl "Uitzicht" en "Look" fr "Apparence" }
    system { nl "Zoals dit toestel" en "As this device" fr "Comme cet appareil" }
    light { nl "Licht" en "Light" fr "Clair" }
    dark { nl "Donker" en "Dark" fr "Sombre" }
    contrast { nl "Veel contrast, voor in de zon" en "High contrast, for sunlight" fr "Contraste élevé, pour le soleil" }
    text_size { nl "Grotere letters? Zet ze groter in je browser of op je toestel: Dubbelspoor volgt." en "Larger letters? Set them in your browser or on your device: Dubbelspoor follows." fr "Des lettres plus grandes ? Réglez-les dans votre navigateur ou sur votre appareil : Dubbelspoor suit." }
    not_here {
        nl "Deze taal staat nog niet op dit toestel en de school is niet bereikbaar. Er is niets veranderd. Kies ze opnieuw als je verbinding hebt."
        en "This language is not on this device yet and the school cannot be reached. Nothing has changed. Choose it again when you have a connection."
        fr "Cette langue n’est pas encore sur cet appareil et l’école est injoignable. Rien n’a changé. Choisissez-la à nouveau quand vous aurez une connexion."
    }
    not_remembered { nl "Deze browser onthoudt je keuze niet. Ze geldt tot je de app sluit." en "This browser does not remember your choice. It holds until you close the app." fr "Ce navigateur ne retient pas votre choix. Il vaut jusqu’à la fermeture de l’application." }
}

const LANGUAGES: [(Language, &str); 3] =
    [(Language::Nl, "Nederlands"), (Language::En, "English"), (Language::Fr, "Français")];
const LOOKS: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

pub(crate) fn settings() -> AnyView {
    let taste = use_taste();
    let spoken = RwSignal::new(Some(untrack(|| taste.language()) as u32));
    let worn = RwSignal::new(Some(untrack(|| taste.theme()) as u32));
    let forgets = RwSignal::new(false);
    let is_away = RwSignal::new(false);
    taste.keep_all_languages();
    follow(move || {
        let chosen = spoken.get().and_then(|it| LANGUAGES.get(it as usize));
        if let Some((language, _)) = chosen
            && *language != untrack(|| taste.language())
        {
            is_away.set(false);
            taste.learn(*language, move |is_here| {
                // Not when another was chosen meanwhile; somebody who left this screen still means it.
                if spoken.try_get_untracked().is_some_and(|it| it != Some(*language as u32)) {
                    return;
                }
                if is_here {
                    forgets.try_set(!taste.speak(*language));
                } else {
                    is_away.try_set(true);
                    spoken.try_set(Some(untrack(|| taste.language()) as u32));
                }
            });
        }
    });
    follow(move || {
        if let Some(theme) = worn.get().and_then(|it| LOOKS.get(it as usize))
            && *theme != untrack(|| taste.theme())
        {
            forgets.set(!taste.wear(*theme));
        }
    });
    let languages = LANGUAGES.map(|(it, words)| (it as u32, words.to_owned())).to_vec();
    let names = [system(), light(), dark(), contrast()];
    let looks = (0..).zip(names.map(str::to_owned)).collect();
    let away = move || is_away.get().then(|| needs_you(not_here()));
    page(title(), Some("/more"))
        .add(section(language()).add(choice(language(), languages, spoken, false)).live(away))
        .add(section(look()).add(choice(look(), looks, worn, false)).add(soft(text_size())))
        .live(move || {
            forgets.get().then(|| notice(Tone::Waiting, el("p", "").add(not_remembered())))
        })
        .part()
}
