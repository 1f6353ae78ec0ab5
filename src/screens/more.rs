//! Everything that is not daily work.

use crate::parts::{Icon, Part, el, icon, link, page};
use crate::session::use_session;
use leptos::prelude::AnyView;

words! {
    title { nl "Meer" en "More" fr "Plus" }
    sync { nl "Verbinding met de school" en "Connection with the school" fr "Connexion avec l’école" }
    sync_hint { nl "Wat verstuurd is en wat terugkwam" en "What was sent and what came back" fr "Ce qui est envoyé et ce qui est revenu" }
    devices { nl "Mijn toestellen" en "My devices" fr "Mes appareils" }
    devices_hint { nl "Waar je aangemeld bent" en "Where you are signed in" fr "Où vous êtes connecté" }
    settings { nl "Taal en uitzicht" en "Language and look" fr "Langue et apparence" }
    settings_hint { nl "Nederlands, English, français" en "Nederlands, English, français" fr "Nederlands, English, français" }
    about { nl "Over Dubbelspoor en privacy" en "About Dubbelspoor and privacy" fr "À propos de Dubbelspoor et vie privée" }
    about_hint { nl "Wie wat ziet, en al je gegevens als bestand" en "Who sees what, and all your data as a file" fr "Qui voit quoi, et toutes vos données dans un fichier" }
}

pub(crate) fn more() -> AnyView {
    let me = use_session().me();
    let row = |href, picture, words: &'static str, hint: &'static str| {
        let text =
            el("span", "row-text").add(el("span", "").add(words)).add(el("span", "soft").add(hint));
        link(href, "row").add(icon(picture)).add(text).add(icon(Icon::Forward))
    };
    let rows = el("div", "rows")
        .add(row("/sync", Icon::Arrows, sync(), sync_hint()))
        .add(row("/devices", Icon::Phone, devices(), devices_hint()))
        .add(row("/settings", Icon::Sliders, settings(), settings_hint()))
        .add(row("/about", Icon::Info, about(), about_hint()));
    page(title(), None)
        .add(el("p", "page-lead").add(format!("{} · {}", me.name, me.centre)))
        .add(rows)
        .part()
}
