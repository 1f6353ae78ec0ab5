//! Joining: one follows the link, or types its code.

use crate::parts::icons::logo;
use crate::parts::{El, Part, Tone, el, live, needs_you, notice, soft};
use crate::session::{JoinFault, Session, join};
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::event::Short;
use dubbelspoor_domain::id::EventId;
use dubbelspoor_domain::wire::Secret;
use dubbelspoor_domain::wire::path::program_of;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

words! {
    title { nl "Welkom bij Dubbelspoor" en "Welcome to Dubbelspoor" fr "Bienvenue dans Dubbelspoor" }
    lead {
        nl "Leren op school en op de werkplek, samen op één spoor."
        en "Learning at school and at the workplace, together on one track."
        fr "Apprendre à l’école et sur le lieu de travail, sur une même voie."
    }
    invited {
        nl "Je bent uitgenodigd. Je hebt geen account of wachtwoord nodig."
        en "You have been invited. You need no account and no password."
        fr "Vous êtes invité. Vous n’avez besoin ni de compte ni de mot de passe."
    }
    is_of(name) {
        nl "Dit toestel is nu van {name}. Doe je mee als iemand anders? Wat van {name} is, blijft hier staan. Terug gaat via Meer."
        en "This device is {name}’s now. Do you join as somebody else? What is {name}’s stays here. The way back is under More."
        fr "Cet appareil est à {name} pour l’instant. Vous participez comme quelqu’un d’autre ? Ce qui est à {name} reste ici. Pour revenir : Plus."
    }
    code_label { nl "Code van je uitnodiging" en "Code of your invitation" fr "Code de votre invitation" }
    code_hint {
        nl "Acht letters en cijfers. Je kreeg ze van je trajectbegeleider."
        en "Eight letters and digits. Your coach gave them to you."
        fr "Huit lettres et chiffres. Votre accompagnateur vous les a donnés."
    }
    join_word { nl "Doe mee" en "Join" fr "Participer" }
    joining { nl "Even geduld" en "One moment" fr "Un instant" }
    not_valid {
        nl "Deze uitnodiging is al gebruikt, te oud of niet juist. Vraag je trajectbegeleider een nieuwe."
        en "This invitation has been used, is too old or is not right. Ask your coach for a new one."
        fr "Cette invitation a déjà servi, est trop ancienne ou incorrecte. Demandez-en une nouvelle à votre accompagnateur."
    }
    too_often {
        nl "Er is te vaak geprobeerd. Wacht een minuut en probeer het dan opnieuw."
        en "There were too many tries. Wait a minute and try again."
        fr "Il y a eu trop d’essais. Attendez une minute puis réessayez."
    }
    offline {
        nl "Er is geen verbinding met de school. Je uitnodiging blijft geldig: probeer het straks opnieuw."
        en "There is no connection with the school. Your invitation stays valid: try again later."
        fr "Pas de connexion avec l’école. Votre invitation reste valable : réessayez plus tard."
    }
    device_fault {
        nl "Deze browser kan geen sleutel bewaren. Gebruik een gewoon venster, geen privévenster, in een recente browser."
        en "This browser cannot keep a key. Use a normal window, not a private one, in a recent browser."
        fr "Ce navigateur ne peut pas conserver de clé. Utilisez une fenêtre normale, pas privée, dans un navigateur récent."
    }
    this_device { nl "Dit toestel" en "This device" fr "Cet appareil" }
}

/// The token behind `#` in the link, or nothing.
fn token(hash: &str) -> Option<Secret> {
    let token = EventId::from_hex(hash.trim_start_matches('#'))?;
    Some(Secret::Token(Short(token.0)))
}

pub(crate) fn join_screen() -> AnyView {
    // Whoever has this screen open and then follows the link stays on the same page.
    let hash = use_location().hash;
    live(move || {
        let linked = token(&hash.get());
        live(move || form(linked.clone()))
    })
}

fn form(linked: Option<Secret>) -> AnyView {
    let code = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<JoinFault>);
    let has_link = linked.is_some();
    let session = use_context::<Session>();
    let submit = move || {
        let secret = linked.clone().unwrap_or_else(|| Secret::Code(code.get_untracked()));
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            if let Some(session) = session {
                let role = untrack(|| session.roles()).first().copied().unwrap_or(Role::Member);
                // Without room for a way back they join all the same, and nothing of it is lost.
                session.make_room(program_of(role)).await.ok();
            }
            match join(secret, this_device().to_owned()).await {
                Ok(_) => crate::session::start_afresh(),
                Err(why) => {
                    busy.set(false);
                    fault.set(Some(why));
                }
            }
        });
    };
    let explained = move || {
        fault.get().map(|it| {
            let words = match it {
                JoinFault::NotValid => not_valid(),
                JoinFault::TooOften => too_often(),
                JoinFault::Offline => offline(),
                JoinFault::Device(_) => device_fault(),
            };
            needs_you(words)
        })
    };
    let send = el("button", "button button-primary")
        .disabled(move || busy.get())
        .live(move || if busy.get() { joining() } else { join_word() });
    let form = el("form", "section")
        .submit(submit)
        .add(logo())
        .add(el("h1", "").add(title()))
        .add(el("p", "page-lead").add(if has_link { invited() } else { lead() }))
        .add(session.map(|it| notice(Tone::Waiting, el("p", "").add(is_of(it.me().name)))))
        .add((!has_link).then(|| code_field(code)))
        .live(explained)
        .add(send);
    el("main", "page page-first").set("id", "content").add(form).part()
}

fn code_field(code: RwSignal<String>) -> El {
    let field = el("input", "field-input code-input")
        .set("id", "code")
        .set("autocomplete", "one-time-code")
        .set("autocapitalize", "characters")
        .set("spellcheck", "false")
        .set("maxlength", "12")
        .set("required", "")
        .set("aria-describedby", "code-hint")
        .bind(code);
    el("div", "field")
        .add(el("label", "field-label").set("for", "code").add(code_label()))
        .add(soft(code_hint()).set("id", "code-hint"))
        .add(field)
}
