//! What somebody sees when the app cannot open: what happened, what is safe, what to do.

use crate::parts::{El, Tone, el, link, notice};
use crate::session::Fault;

words! {
    cannot_open { nl "De app kan niet openen" en "The app cannot open" fr "L’application ne peut pas s’ouvrir" }
    close_tabs {
        nl "Sluit de andere vensters van Dubbelspoor en open de app opnieuw. Alles wat je schreef staat nog op dit toestel."
        en "Close the other Dubbelspoor windows and open the app again. All you wrote is still on this device."
        fr "Fermez les autres fenêtres de Dubbelspoor et rouvrez l’application. Tout ce que vous avez écrit est encore sur cet appareil."
    }
    no_storage {
        nl "Deze browser bewaart niets, misschien door een privévenster. Open de app in een gewoon venster."
        en "This browser keeps nothing, perhaps because of a private window. Open the app in a normal window."
        fr "Ce navigateur ne conserve rien, peut-être à cause d’une fenêtre privée. Ouvrez l’application dans une fenêtre normale."
    }
    open_again {
        nl "Open de app opnieuw. Helpt dat niet, dan kun je hier bewaren wat nog niet verstuurd is:"
        en "Open the app again. If that does not help, you can save here what has not been sent yet:"
        fr "Rouvrez l’application. Si cela n’aide pas, vous pouvez enregistrer ici ce qui n’a pas encore été envoyé :"
    }
    rescue { nl "Noodpagina" en "Rescue page" fr "Page de secours" }
}

pub(super) fn cannot_start(fault: &Fault) -> El {
    let words = match fault {
        Fault::CloseTabs(_) => close_tabs(),
        Fault::NoStorage(_) => no_storage(),
        Fault::Retry(_)
        | Fault::Reopen(_)
        | Fault::FreeSpace(_)
        | Fault::Update(_)
        | Fault::NoKeyHere(_)
        | Fault::Offline(_)
        | Fault::Unsupported(_) => open_again(),
    };
    let inside = vec![el("p", "").add(words), link("/rescue.html", "button").add(rescue())];
    el("main", "page")
        .set("id", "content")
        .add(el("h1", "").add(cannot_open()))
        .add(notice(Tone::NeedsYou, inside))
}
