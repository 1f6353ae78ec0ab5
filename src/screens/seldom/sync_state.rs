//! What is only here, what is at the school, and what came back: three totals, and the refused inbox.

use crate::parts::{
    El, Icon, Part, Tone, button, dates, el, notice, page, section, soft, state_chip,
};
use crate::screens::asked::learner_name;
use crate::screens::own_copy::take_all;
use crate::screens::told;
use crate::session::{NotKept, Session, use_session};
use crate::sync::Line;
use crate::words::reasons;
use dubbelspoor_domain::dossier::{Body, Stage};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::sync::Refused;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

words! {
    title { nl "Verbinding met de school" en "Connection with the school" fr "Connexion avec l’école" }
    here { nl "op dit toestel" en "on this device" fr "sur cet appareil" }
    at_school { nl "bij de school" en "at the school" fr "à l’école" }
    to_see { nl "te bekijken" en "to look at" fr "à voir" }
    oldest(when) { nl "Het oudste wacht sinds {when}. Het staat veilig op dit toestel." en "The oldest has waited since {when}. It is safe on this device." fr "Le plus ancien attend depuis le {when}. Il est en sécurité sur cet appareil." }
    photos(count) { nl "Nog {count} [foto wacht. Ze gaat|foto’s wachten. Ze gaan] vanzelf mee." en "{count} [photo is still waiting. It goes by itself|photos are still waiting. They go by themselves]." fr "{count} [photo attend encore. Elle part d’elle-même|photos attendent encore. Elles partent d’elles-mêmes]." }
    line_unknown { nl "De app zoekt verbinding met de school." en "The app looks for a connection with the school." fr "L’application cherche une connexion avec l’école." }
    line_sending { nl "De app wisselt nu uit met de school." en "The app is exchanging with the school now." fr "L’application échange avec l’école en ce moment." }
    line_up_to_date(when) { nl "Alles is uitgewisseld, het laatst op {when}." en "All is exchanged, last on {when}." fr "Tout est échangé, la dernière fois le {when}." }
    line_offline { nl "Geen verbinding met de school. Je kunt gewoon verder werken. De app probeert het vanzelf opnieuw." en "No connection with the school. You can simply go on. The app tries again by itself." fr "Pas de connexion avec l’école. Vous pouvez continuer à travailler. L’application réessaie d’elle-même." }
    line_sign_in { nl "Wat je schrijft wordt verstuurd. Om nieuwe dingen te zien heb je een nieuwe uitnodiging nodig: vraag ze aan je trajectbegeleider." en "What you write is sent. To see new things you need a new invitation: ask your coach." fr "Ce que vous écrivez est envoyé. Pour voir les nouveautés, il vous faut une nouvelle invitation : demandez-la à votre accompagnateur." }
    line_forbidden { nl "De school kent dit toestel niet meer. Wat hier staat, blijft hier. Vraag een nieuwe uitnodiging." en "The school no longer knows this device. What is here stays here. Ask for a new invitation." fr "L’école ne connaît plus cet appareil. Ce qui est ici reste ici. Demandez une nouvelle invitation." }
    line_mistrusted { nl "Het antwoord van de school past niet bij wat ze eerder zei. De app neemt het niet over en probeert het opnieuw. Wat je schreef is veilig." en "The school’s answer does not fit what it said before. The app does not take it in and tries again. What you wrote is safe." fr "La réponse de l’école ne correspond pas à la précédente. L’application ne la prend pas en compte et réessaie. Ce que vous avez écrit est en sécurité." }
    no_button { nl "Je hoeft nergens op te drukken." en "You need not press anything." fr "Vous n’avez rien à faire." }
    came_back { nl "Te bekijken" en "To look at" fr "À voir" }
    came_back_words { nl "De school nam dit niet aan. Het telt niet mee, maar het is niet weg." en "The school did not take this. It does not count, but it is not gone." fr "L’école n’a pas accepté ceci. Cela ne compte pas, mais ce n’est pas perdu." }
    nothing_back { nl "Er kwam niets terug." en "Nothing came back." fr "Rien n’est revenu." }
    dossier_of(name) { nl "Dossier van {name}" en "Dossier of {name}" fr "Dossier de {name}" }
    coach_sees { nl "Je trajectbegeleider ziet dit ook en kan het alsnog laten meetellen." en "Your coach sees this too and can still let it count." fr "Votre accompagnateur le voit aussi et peut encore le faire compter." }
    new_entry { nl "Maak er een nieuwe activiteit van" en "Make it a new activity" fr "En faire une nouvelle activité" }
    copy { nl "Kopieer de tekst" en "Copy the text" fr "Copier le texte" }
    copied { nl "De tekst is gekopieerd. Je kunt ze ergens plakken." en "The text was copied. You can paste it somewhere." fr "Le texte est copié. Vous pouvez le coller ailleurs." }
    not_copied { nl "Deze browser laat kopiëren niet toe. Bewaar alles als bestand." en "This browser does not allow copying. Save all as a file." fr "Ce navigateur ne permet pas de copier. Enregistrez tout dans un fichier." }
    seen { nl "Gezien" en "Seen" fr "Vu" }
}

pub(crate) fn sync_state() -> AnyView {
    let session = use_session();
    let refused = Memo::new(move |_| session.refused());
    let totals = move || {
        let counts = session.counts();
        el("div", "totals")
            .add(total(here(), counts.here))
            .add(total(at_school(), counts.at_school))
            .add(total(to_see(), counts.to_see))
    };
    let oldest = move || {
        let since = session.counts().oldest_here;
        since.map(|it| el("p", "").add(oldest(dates::moment(it))))
    };
    let waiting = move || match session.count_unsent_photos() {
        0 => None,
        count => Some(el("p", "").add(photos(count))),
    };
    let inbox = move || {
        let mut cards = el("ul", "list");
        for (dossier, it) in refused.get() {
            cards = cards.add(card(session, dossier, it));
        }
        cards
    };
    let told = move || if refused.with(Vec::is_empty) { nothing_back() } else { came_back_words() };
    let back = section(came_back()).add(el("p", "soft").live(told)).live(inbox);
    page(title(), Some("/more"))
        .live(totals)
        .live(move || doing(session))
        .live(oldest)
        .live(waiting)
        .add(back)
        .add(take_all())
        .part()
}

fn total(words: &'static str, count: usize) -> El {
    el("div", "total")
        .add(el("span", "total-number").add(count.to_string()))
        .add(el("span", "").add(words))
}

/// What the line does now, in plain words.
fn doing(session: Session) -> El {
    let (tone, words) = match session.line() {
        Line::Unknown => (Tone::Plain, line_unknown().to_owned()),
        Line::Sending => (Tone::Plain, line_sending().to_owned()),
        Line::UpToDate { at } => (Tone::Confirmed, line_up_to_date(dates::moment(at))),
        Line::Offline => (Tone::Waiting, line_offline().to_owned()),
        Line::SignInAgain => (Tone::NeedsYou, line_sign_in().to_owned()),
        Line::Forbidden => (Tone::NeedsYou, line_forbidden().to_owned()),
        Line::Mistrusted => (Tone::NeedsYou, line_mistrusted().to_owned()),
    };
    let more = (tone != Tone::NeedsYou).then(|| soft(no_button()));
    notice(tone, vec![el("p", "").add(words).part(), more.part()])
}

fn card(session: Session, dossier: DossierId, refused: Refused) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let hash = refused.event.hash();
    let body = read(&refused.event);
    let of = session.with(dossier, learner_name).map(dossier_of).unwrap_or_default();
    let dismiss = move || {
        spawn_local(async move {
            if let Err(why) = session.dismiss(dossier, hash).await {
                fault.try_set(Some(why));
            }
        });
    };
    let text = reasons::text_of(&body);
    let quote = text.clone().map(|it| el("blockquote", "words clamp").add(it));
    let why = refused.code.map(|it| state_chip(Tone::NeedsYou, Icon::Alert, reasons::code(it)));
    let was_copied = RwSignal::new(None::<bool>);
    let told_copied = move || was_copied.get().map(|it| if it { copied() } else { not_copied() });
    let buttons = el("div", "buttons")
        .add(again(session, dossier, body.clone()))
        .add(text.map(|it| copy_button(session, it, was_copied)))
        .add(button("button", dismiss).add(seen()));
    let when = format!("{of} · {}", dates::moment(refused.time));
    el("li", "card")
        .add(el("div", "").add(el("h3", "").add(reasons::kind(&body))).add(soft(when)))
        .add(quote)
        .add(el("div", "").add(why))
        .add(soft(coach_sees()))
        .add(buttons)
        .add(el("p", "soft").set("role", "status").live(told_copied))
        .add(told(fault))
}

fn copy_button(session: Session, text: String, was_copied: RwSignal<Option<bool>>) -> El {
    let tap = move || {
        let text = text.clone();
        spawn_local(async move {
            let done = session.copy(&text).await;
            was_copied.try_set(Some(done));
        });
    };
    button("button", tap).add(copy())
}

/// What was written becomes a draft of a new activity: nothing has to be typed again.
fn again(session: Session, dossier: DossierId, body: Body) -> Option<El> {
    let Body::Entry(entry) = body else { return None };
    if untrack(|| session.own_dossier()) != Some(dossier) {
        return None;
    }
    let navigate = use_navigate();
    let tap = move || {
        let mut draft = entry.clone();
        draft.entry = session.new_entry_id();
        draft.parents = Vec::new();
        draft.stage = Stage::Draft;
        let navigate = navigate.clone();
        spawn_local(async move {
            let name = format!("new-{dossier}");
            if session.draft(&name).await.is_none() {
                session.keep_draft(&name, hex(&Body::Entry(draft).encode()));
                navigate("/new", Default::default());
                return;
            }
            // Another one is half written already: this one is kept beside it.
            let way = format!("/edit/{}", draft.entry);
            let body = Body::Entry(draft);
            if session.record(dossier, move |it| it.add(&body)).await.is_ok() {
                navigate(&way, Default::default());
            }
        });
    };
    Some(button("button", tap).add(new_entry()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(event: &Event) -> Body {
    Body::decode(event.header().kind, event.body().unwrap_or_default())
}
