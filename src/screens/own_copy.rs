//! Taking along what this device holds.

use crate::parts::{Part, button, el, live, needs_you, nothing};
use crate::session::use_session;
use crate::words::vocabulary;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    take { nl "Bewaar alles als bestand" en "Save all as a file" fr "Tout enregistrer dans un fichier" }
    taken { nl "Het bestand staat bij je downloads." en "The file is in your downloads." fr "Le fichier est dans vos téléchargements." }
}

/// Everything that this device holds, as one file.
pub(super) fn take_all() -> Vec<AnyView> {
    let session = use_session();
    let outcome = Handed::new(None);
    let tap = move || {
        spawn_local(async move {
            let done = session.export().await;
            outcome.try_set(Some(done.err().map_or("", |why| vocabulary::fault(&why))));
        });
    };
    vec![button("button", tap).add(take()).part(), file_is_there(outcome)]
}

/// Whether a file was handed over: nothing yet, empty when it was, or why not.
pub(super) type Handed = RwSignal<Option<&'static str>>;

/// Says what became of a file that somebody asked for.
pub(super) fn file_is_there(outcome: Handed) -> AnyView {
    live(move || match outcome.get() {
        None => nothing(),
        Some("") => el("p", "").set("role", "status").add(taken()).part(),
        Some(why) => needs_you(why).part(),
    })
}
