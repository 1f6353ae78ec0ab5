//! A message to everybody in a dossier, at an activity or about the work as a whole.

use super::told;
use crate::parts::{El, el, text_field};
use crate::session::{NotKept, use_session};
use dubbelspoor_domain::dossier::{Body, Feedback};
use dubbelspoor_domain::id::{DossierId, EntryId};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    label { nl "Schrijf feedback" en "Write feedback" fr "Écrire un retour" }
    hint { nl "Iedereen in dit dossier leest dit, ook de cursist." en "Everybody in this dossier reads this, the learner too." fr "Tout le monde dans ce dossier lit ceci, l’apprenant aussi." }
    send { nl "Plaats" en "Post" fr "Publier" }
    sent { nl "Bewaard op dit toestel. Gaat naar de school zodra je bereik hebt." en "Saved on this device. It goes to the school as soon as you have reception." fr "Enregistré sur cet appareil. Sera envoyé à l’école dès que vous aurez du réseau." }
}

/// The field and the button. It stays in place while the dossier changes: somebody may be typing.
pub(super) fn message(dossier: DossierId, entry: Option<EntryId>) -> El {
    let session = use_session();
    let text = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<NotKept>);
    let posted = RwSignal::new(false);
    let post = move || {
        let words = text.get_untracked().trim().to_owned();
        if words.is_empty() {
            return;
        }
        fault.set(None);
        spawn_local(async move {
            let body = Body::Feedback(Feedback { entry, text: words });
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(_) => {
                    text.try_set(String::new());
                    posted.try_set(true);
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    let said = move || (posted.get() && text.with(String::is_empty)).then(sent);
    el("form", "section")
        .submit(post)
        .add(text_field("message", label(), Some(hint()), text, 2, 2_000))
        .add(told(fault))
        .add(el("p", "soft").set("role", "status").live(said))
        .add(submit_with_words(send(), text))
}

/// A button that waits until something was written.
pub(super) fn submit_with_words(words: &'static str, text: RwSignal<String>) -> El {
    el("button", "button").disabled(move || text.with(|it| it.trim().is_empty())).add(words)
}
