//! Reminders (I4): on which days and at which hour, by e-mail or by the phone's own calendar. Never at night.

use super::form::{Asks, Filled, Keeping, Sort, field, form_of, one_of};
use crate::parts::{
    El, Icon, Part, Tone, button, el, follow, icon, needs_you, notice, page, section, soft,
};
use crate::screens::own_copy::{Handed, file_is_there};
use crate::screens::{LEARNER, program};
use crate::session::{Given, NotKept, Session, use_session};
use crate::words::{Language, vocabulary};
use dubbelspoor_domain::reminder::{Reminders, calendar};
use dubbelspoor_domain::wire::Message as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_url;

words! {
    title { nl "Herinneringen" en "Reminders" fr "Rappels" }
    lead { nl "Kies zelf wanneer we je herinneren, per e-mail of met je agenda. Nooit ’s nachts." en "Choose yourself when we remind you, by e-mail or with your calendar. Never at night." fr "Choisissez vous-même quand nous vous rappelons, par e-mail ou avec votre agenda. Jamais la nuit." }
    days { nl "Op welke dagen?" en "On which days?" fr "Quels jours ?" }
    monday { nl "maandag" en "Monday" fr "lundi" }
    tuesday { nl "dinsdag" en "Tuesday" fr "mardi" }
    wednesday { nl "woensdag" en "Wednesday" fr "mercredi" }
    thursday { nl "donderdag" en "Thursday" fr "jeudi" }
    friday { nl "vrijdag" en "Friday" fr "vendredi" }
    saturday { nl "zaterdag" en "Saturday" fr "samedi" }
    sunday { nl "zondag" en "Sunday" fr "dimanche" }
    hour { nl "Hoe laat?" en "What time?" fr "À quelle heure ?" }
    at(hour) { nl "{hour} uur" en "{hour}:00" fr "{hour} h" }
    email { nl "Je e-mailadres (mag leeg blijven)" en "Your e-mail address (may stay empty)" fr "Votre adresse e-mail (peut rester vide)" }
    by_email { nl "Per e-mail" en "By e-mail" fr "Par e-mail" }
    email_hint { nl "Alleen als er iets op je wacht. In de mail staat hoeveel, nooit een naam en nooit wat iemand schreef." en "Only when something waits for you. The mail tells how much, never a name and never what somebody wrote." fr "Seulement si quelque chose vous attend. L’e-mail dit combien, jamais un nom et jamais ce que quelqu’un a écrit." }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong { nl "Dit e-mailadres klopt niet. Kijk het na, of laat het leeg." en "This e-mail address is not right. Check it, or leave it empty." fr "Cette adresse e-mail n’est pas correcte. Vérifiez-la ou laissez-la vide." }
    waits { nl "Bewaard op dit toestel. De school hoort het zodra je bereik hebt." en "Saved on this device. The school hears it as soon as you have reception." fr "Enregistré sur cet appareil. L’école le saura dès que vous aurez du réseau." }
    by_mail(when, address) { nl "Je krijgt een e-mail op {when}, naar {address}." en "You get an e-mail on {when}, to {address}." fr "Vous recevez un e-mail {when}, à {address}." }
    no_mail { nl "Je krijgt geen e-mail." en "You get no e-mail." fr "Vous ne recevez pas d’e-mail." }
    no_mail_here { nl "Je school verstuurt geen e-mails. Zet de herinnering in de agenda van je telefoon." en "Your school sends no e-mails. Put the reminder in your phone’s calendar." fr "Votre école n’envoie pas d’e-mails. Mettez le rappel dans l’agenda de votre téléphone." }
    phone { nl "Op je telefoon" en "On your phone" fr "Sur votre téléphone" }
    phone_hint { nl "De agenda van je telefoon herinnert je, ook zonder bereik. Anders of stoppen doe je daar." en "Your phone’s calendar reminds you, also without reception. You change or stop it there." fr "L’agenda de votre téléphone vous rappelle, même sans réseau. C’est là que vous changez ou arrêtez." }
    put_in { nl "Zet in mijn agenda" en "Put in my calendar" fr "Mettre dans mon agenda" }
    for_learner { nl "Dubbelspoor: schrijf op wat je deed" en "Dubbelspoor: write down what you did" fr "Dubbelspoor : notez ce que vous avez fait" }
    for_others { nl "Dubbelspoor: kijk wat er wacht" en "Dubbelspoor: see what waits" fr "Dubbelspoor : voyez ce qui attend" }
}

/// Those that are offered: before work, at noon, and around its end.
const HOURS: [u16; 6] = [7, 8, 12, 16, 18, 20];

fn day_names() -> [&'static str; 7] {
    [monday(), tuesday(), wednesday(), thursday(), friday(), saturday(), sunday()]
}

pub(crate) fn reminders() -> AnyView {
    let session = use_session();
    let known = RwSignal::new(None::<(Reminders, Option<Given>)>);
    // Once more after each exchange: what was sent, was sent.
    follow(move || {
        session.line();
        spawn_local(async move {
            known.try_set(Some(read(session).await));
        });
    });
    let chosen = Memo::new(move |_| known.with(|it| it.as_ref().map(|it| it.0.clone())));
    let given = Memo::new(move |_| known.with(|it| it.as_ref().and_then(|it| it.1)));
    page(title(), Some("/more"))
        .add(el("p", "page-lead").add(lead()))
        .live(move || chosen.get().map(|it| asking(session, known, it)))
        .live(move || given.get().and_then(|it| chosen.get().map(|chosen| told(it, &chosen))))
        .live(move || chosen.get().map(|it| on_the_phone(session, it)))
        .part()
}

/// What was chosen here and waits; else what the school has; else what was chosen here; else what most want.
async fn read(session: Session) -> (Reminders, Option<Given>) {
    let here = session.reminders().await.ok().flatten();
    let here = here.and_then(|(it, given)| Some((Reminders::from_bytes(&it)?, given)));
    let there = match &here {
        Some((_, Given::Waits)) => None,
        _ => session.reminders_at_school().await,
    };
    let there = there.and_then(|it| Reminders::from_bytes(&it));
    let first = || {
        let (days, email, language) = ((0..5).collect(), String::new(), String::new());
        Reminders { email, days, hour: 16, language }
    };
    match (there, here) {
        (Some(it), _) => (it, Some(Given::Sent)),
        (None, Some((it, given))) => (it, Some(given)),
        (None, None) => (first(), None),
    }
}

fn asking(
    session: Session,
    known: RwSignal<Option<(Reminders, Option<Given>)>>,
    it: Reminders,
) -> El {
    let days_now: Vec<String> = it.days.iter().map(u16::to_string).collect();
    let options = (0..).zip(day_names()).map(|(at, name): (u16, _)| (at.to_string(), name.into()));
    let hour_now = HOURS.iter().position(|at| *at == it.hour).unwrap_or_default().to_string();
    let fields = vec![
        field("reminder-days", days(), Sort::Many(options.collect())).with(days_now.join("\n")),
        field("reminder-hour", hour(), one_of(HOURS.map(at))).with(hour_now),
        field("by-email", by_email(), Sort::Heading(email_hint())),
        field("reminder-email", email(), Sort::Line).with(it.email),
    ];
    let draft = "form-reminders".to_owned();
    let kept = draft.clone();
    let keep = move |filled: &Filled| {
        let chosen = filled_in(filled).filter(Reminders::is_sound)?;
        let keeping = session.choose_reminders(chosen.to_bytes(), kept.clone());
        let keeping: Keeping = Box::pin(async move {
            keeping.await?;
            known.try_set(Some((chosen, Some(Given::Waits))));
            Ok::<(), NotKept>(())
        });
        Some(keeping)
    };
    let asks = Asks { about: "reminders", send: save(), wrong: wrong(), then: None };
    form_of(draft, asks, fields, Box::new(keep))
}

fn filled_in(filled: &Filled) -> Option<Reminders> {
    let mut days: Vec<u16> = filled.many(0).iter().filter_map(|it| it.parse().ok()).collect();
    days.sort_unstable();
    Some(Reminders {
        email: filled.text(3),
        days,
        hour: *HOURS.get(filled.number(1)? as usize)?,
        language: Language::spoken().short().to_owned(),
    })
}

/// How far the choice is, and what it means.
fn told(given: Given, it: &Reminders) -> El {
    let says = |tone, words: String| notice(tone, el("p", "").add(words));
    let names = it.days.iter().filter_map(|at| day_names().get(usize::from(*at)).copied());
    let when = format!("{}, {}", names.collect::<Vec<_>>().join(", "), at(it.hour));
    match given {
        Given::Waits => says(Tone::Waiting, waits().to_owned()),
        Given::NotTaken if !it.email.is_empty() => needs_you(no_mail_here()),
        Given::Sent if !it.email.is_empty() && !it.days.is_empty() => {
            says(Tone::Confirmed, by_mail(when, &it.email))
        }
        Given::Nothing | Given::Sent | Given::NotTaken => says(Tone::Plain, no_mail().to_owned()),
    }
}

/// The phone's own calendar: no server and no line.
fn on_the_phone(session: Session, it: Reminders) -> El {
    let outcome = Handed::new(None);
    let here = use_url();
    let tap = move || {
        let name = if program().name == LEARNER.name { for_learner() } else { for_others() };
        let id = format!("{}@dubbelspoor", session.me().person);
        let link = here.with_untracked(|it| it.origin().to_owned());
        let file = calendar(&it, &id, session.today(), name, &link).unwrap_or_default();
        let done = session.hand_out("dubbelspoor.ics", "text/calendar", file.as_bytes());
        outcome.set(Some(done.err().map_or("", |why| vocabulary::fault(&why))));
    };
    section(phone())
        .add(soft(phone_hint()))
        .add(button("button", tap).add(icon(Icon::Book)).add(put_in()))
        .add(file_is_there(outcome))
}
