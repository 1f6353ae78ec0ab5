//! What this is, who sees what, where it is kept, and how to take it along.

use crate::parts::{Icon, Part, el, icon, page, section, soft};
use crate::screens::own_copy::take_all;
use leptos::prelude::AnyView;

words! {
    title { nl "Over Dubbelspoor" en "About Dubbelspoor" fr "À propos de Dubbelspoor" }
    lead { nl "Leren op school en op de werkplek, samen op één spoor." en "Learning at school and at the workplace, together on one track." fr "Apprendre à l’école et sur le lieu de travail, sur une même voie." }
    version(number) { nl "Versie {number}" en "Version {number}" fr "Version {number}" }
    who_title { nl "Wie ziet wat" en "Who sees what" fr "Qui voit quoi" }
    draft { nl "Een concept, of wat alleen voor jou is" en "A draft, or what is only for you" fr "Un brouillon, ou ce qui n’est que pour vous" }
    draft_who { nl "Alleen jij, op je eigen toestellen. De school bewaart er een kopie van, maar geeft die aan niemand anders." en "Only you, on your own devices. The school keeps a copy, but gives it to nobody else." fr "Vous seul, sur vos appareils. L’école en garde une copie, mais ne la donne à personne d’autre." }
    shared { nl "Een gedeelde activiteit, een bevestiging, feedback" en "A shared activity, a confirmation, feedback" fr "Une activité partagée, une confirmation, un retour" }
    shared_who { nl "De cursist, de mentors, de trajectbegeleiders en de leraren van dat dossier, en wie je centrum beheert. Kijkt er iemand van buiten mee, zoals de inspectie, dan staat die bij Mensen." en "The learner, the mentors, the coaches and the teachers of that dossier, and who runs your centre. If somebody from outside reads along, such as the inspectorate, they are listed under People." fr "L’apprenant, les mentors, les accompagnateurs et les professeurs de ce dossier, et la personne qui gère votre centre. Si quelqu’un d’extérieur lit aussi, comme l’inspection, son nom figure sous Personnes." }
    left { nl "Wie niet meer bij een dossier hoort" en "Who no longer belongs to a dossier" fr "Qui n’appartient plus à un dossier" }
    left_who { nl "Krijgt niets meer van wat daarna komt." en "Gets nothing of what comes after." fr "Ne reçoit plus rien de ce qui suit." }
    where_title { nl "Waar het bewaard wordt" en "Where it is kept" fr "Où c’est conservé" }
    where_words {
        nl "Op dit toestel, en op de server van je centrum. Nergens anders. Alles wat je schrijft is ondertekend met een sleutel die dit toestel nooit verlaat, zodat niemand het ongemerkt kan wijzigen."
        en "On this device, and on the server of your centre. Nowhere else. All you write is signed with a key that never leaves this device, so that nobody can change it unnoticed."
        fr "Sur cet appareil et sur le serveur de votre centre. Nulle part ailleurs. Tout ce que vous écrivez est signé avec une clé qui ne quitte jamais cet appareil, pour que personne ne puisse le modifier sans que cela se voie."
    }
    no_tracking { nl "Geen reclame, geen meetpunten, geen bezoek aan andere websites." en "No advertising, no tracking, no visits to other websites." fr "Pas de publicité, pas de traçage, pas de visite d’autres sites." }
    take_title { nl "Al je gegevens" en "All your data" fr "Toutes vos données" }
    take_words { nl "Je krijgt één bestand met alles wat op dit toestel staat, ook wat nog niet verstuurd is. Bewaar het op een veilige plek: het bevat persoonlijke gegevens." en "You get one file with all that is on this device, the unsent included. Keep it in a safe place: it contains personal data." fr "Vous recevez un fichier avec tout ce qui se trouve sur cet appareil, y compris ce qui n’est pas envoyé. Gardez-le en lieu sûr : il contient des données personnelles." }
}

pub(crate) fn about() -> AnyView {
    let who = |picture, what: &'static str, sees: &'static str| {
        let text =
            el("span", "row-text").add(el("strong", "").add(what)).add(el("span", "").add(sees));
        el("li", "row").add(icon(picture)).add(text)
    };
    let rows = el("ul", "rows")
        .add(who(Icon::Lock, draft(), draft_who()))
        .add(who(Icon::People, shared(), shared_who()))
        .add(who(Icon::Barred, left(), left_who()));
    let place = section(where_title())
        .add(el("p", "").add(where_words()))
        .add(el("p", "").add(no_tracking()));
    let take = section(take_title()).add(el("p", "").add(take_words())).add(take_all());
    page(title(), Some("/more"))
        .add(el("p", "page-lead").add(lead()))
        .add(section(who_title()).add(rows))
        .add(place)
        .add(take)
        .add(soft(version(env!("CARGO_PKG_VERSION"))))
        .part()
}
