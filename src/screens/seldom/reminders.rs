//! Reminders (I4): on which days and at which hour, by e-mail or by the phone's own calendar. Never at night.

use super::form::{Asks, Filled, Keeping, Sort, field, form_of, one_of};
use crate::parts::{
    El, Icon, Part, Tone, button, el, follow, icon, needs_you, notice, page, section, soft,
};
use crate::screens::own_copy::{Handed, file_is_there};
use crate::screens::{LEARNER, program};
use crate::session::{Given, NotKept, Session, Telling, use_session};
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
    here { nl "Meldingen op dit toestel" en "Notifications on this device" fr "Notifications sur cet appareil" }
    here_hint { nl "Op de dagen die je koos, alleen als er iets op je wacht, en nooit ’s nachts. Je telefoon kiest zelf wanneer. Er staat niet bij wat." en "On the days that you chose, only when something waits for you, and never at night. Your phone chooses when. It does not say what." fr "Les jours que vous avez choisis, seulement si quelque chose vous attend, et jamais la nuit. Votre téléphone choisit le moment. Il n’est pas dit quoi." }
    tell { nl "Zet meldingen aan" en "Turn notifications on" fr "Activer les notifications" }
    tell_no_more { nl "Zet meldingen uit" en "Turn notifications off" fr "Désactiver les notifications" }
    tells { nl "Dit toestel meldt het als er iets op je wacht." en "This device tells you when something waits." fr "Cet appareil vous prévient quand quelque chose vous attend." }
    not_allowed { nl "Je telefoon laat geen meldingen van Dubbelspoor toe. Sta ze toe in de instellingen van je browser, en probeer opnieuw." en "Your phone does not allow notifications of Dubbelspoor. Allow them in the settings of your browser, and try again." fr "Votre téléphone n’autorise pas les notifications de Dubbelspoor. Autorisez-les dans les réglages de votre navigateur, puis réessayez." }
    not_installed { nl "Dit kan pas als de app op je beginscherm staat. Kies ‘App installeren’ in het menu van je browser, open de app daar, en probeer opnieuw." en "This works once the app is on your home screen. Choose ‘Install app’ in the menu of your browser, open the app there, and try again." fr "Cela marche dès que l’application est sur votre écran d’accueil. Choisissez « Installer l’application » dans le menu de votre navigateur, ouvrez-la là, puis réessayez." }
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
        .live(move || chosen.get().map(|it| on_this_device(session, it)))
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
            if session.tells() {
                session.tell_on(&chosen.days).await;
            }
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

/// By the app itself, where the browser wakes it now and then.
fn on_this_device(session: Session, it: Reminders) -> El {
    let is_known = RwSignal::new(false);
    let tells = RwSignal::new(session.tells());
    let refused = RwSignal::new(None::<&'static str>);
    spawn_local(async move {
        is_known.try_set(session.can_tell().await);
    });
    let begin = move || {
        let days = it.days.clone();
        spawn_local(async move {
            let begun = session.tell_on(&days).await;
            tells.try_set(begun == Telling::Begun);
            refused.try_set(match begun {
                Telling::Begun => None,
                Telling::NotAllowed => Some(not_allowed()),
                Telling::NotInstalled => Some(not_installed()),
            });
        });
    };
    let end = move || {
        spawn_local(session.tell_no_more());
        tells.set(false);
    };
    let switch = move || {
        if tells.get() {
            let told = notice(Tone::Confirmed, el("p", "").add(self::tells()));
            return vec![told, button("button button-quiet", end).add(tell_no_more())];
        }
        let begin = begin.clone();
        vec![button("button", begin).add(icon(Icon::Hourglass)).add(tell())]
    };
    let shown = move || {
        let all = || section(here()).add(soft(here_hint()));
        is_known.get().then(|| all().live(switch.clone()))
    };
    el("div", "section").live(shown).live(move || refused.get().map(needs_you))
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
