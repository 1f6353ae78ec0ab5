//! Language and look: one tap, and it is so.

use crate::parts::{Choice, Notice, Page, Tone};
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
    not_remembered { nl "Deze browser onthoudt je keuze niet. Ze geldt tot je de app sluit." en "This browser does not remember your choice. It holds until you close the app." fr "Ce navigateur ne retient pas votre choix. Il vaut jusqu’à la fermeture de l’application." }
}

#[component]
pub(crate) fn Settings() -> impl IntoView {
    let taste = use_taste();
    let spoken = RwSignal::new(untrack(|| Some(taste.language())));
    let worn = RwSignal::new(untrack(|| Some(taste.theme())));
    let forgets = RwSignal::new(false);
    Effect::new(move || {
        if let Some(language) = spoken.get()
            && language != untrack(|| taste.language())
        {
            let kept = taste.speak(language);
            forgets.try_set(!kept);
        }
    });
    Effect::new(move || {
        if let Some(theme) = worn.get()
            && theme != untrack(|| taste.theme())
        {
            forgets.set(!taste.wear(theme));
        }
    });
    let languages =
        [(Language::Nl, "Nederlands"), (Language::En, "English"), (Language::Fr, "Français")];
    let looks = [
        (Theme::System, system()),
        (Theme::Light, light()),
        (Theme::Dark, dark()),
        (Theme::Contrast, contrast()),
    ];
    view! {
        <Page title=title() up="/more">
            <section class="section">
                <h2>{language()}</h2>
                <Choice
                    label=language()
                    options=languages.map(|(it, words)| (it, words.to_owned())).to_vec()
                    chosen=spoken
                />
            </section>
            <section class="section">
                <h2>{look()}</h2>
                <Choice
                    label=look()
                    options=looks.map(|(it, words)| (it, words.to_owned())).to_vec()
                    chosen=worn
                />
                <p class="soft">{text_size()}</p>
            </section>
            {move || forgets.get().then(|| view! {
                <Notice tone=Tone::Waiting><p>{not_remembered()}</p></Notice>
            })}
        </Page>
    }
}
