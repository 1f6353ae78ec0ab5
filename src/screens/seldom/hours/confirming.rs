//! A mentor confirms the hours of a week at once, with exceptions apart.

use crate::parts::{El, button, choices, dates, el, feel, offer_undo, section, soft};
use crate::screens::message::put;
use crate::screens::told;
use crate::session::{NotKept, Session};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, ConfirmationWithdrawn, Dossier, EntryRecord, HoursConfirmation, Seen, Version,
};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash, PersonId};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Uren te bevestigen" en "Hours to confirm" fr "Heures à confirmer" }
    all_done { nl "Alle uren op de werkplek zijn bevestigd." en "All hours at the workplace are confirmed." fr "Toutes les heures sur le lieu de travail sont confirmées." }
    week_of(day) { nl "Week van {day}" en "Week of {day}" fr "Semaine du {day}" }
    which { nl "Wat klopt?" en "What is right?" fr "Qu’est-ce qui est correct ?" }
    confirm(time) { nl "Bevestig {time}" en "Confirm {time}" fr "Confirmer {time}" }
    kept(time) { nl "{time} bevestigd. Bewaard op dit toestel." en "{time} confirmed. Saved on this device." fr "{time} confirmées. Enregistré sur cet appareil." }
    undone { nl "Meteen ongedaan gemaakt" en "Undone at once" fr "Annulé aussitôt" }
}

/// Weeks that are shown at once; the rest follow when these are done.
const WEEKS: usize = 4;

/// One entry whose hours wait.
#[derive(Clone, PartialEq)]
struct Worked {
    monday: Day,
    entry: EntryId,
    version: EventHash,
    minutes: u32,
    words: String,
}

pub(super) fn confirming(session: Session, dossier: DossierId) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let open = Memo::new(move |_| {
        let (me, today) = (session.me().person, session.today());
        session.with(dossier, |it| unconfirmed(it, me, today)).unwrap_or_default()
    });
    let offer = offer_undo();
    let weeks = move || {
        let all = open.get();
        if all.is_empty() {
            return soft(all_done());
        }
        let mut list = el("ul", "list");
        for week in all.chunk_by(|a, b| a.monday == b.monday).take(WEEKS) {
            list = list.add(card(session, dossier, week.to_vec(), fault, offer));
        }
        list
    };
    section(title()).add(told(fault)).live(weeks)
}

/// What was done where this mentor trains, by week, the oldest first.
fn unconfirmed(it: &Dossier, mentor: PersonId, today: Day) -> Vec<Worked> {
    let worked = |(entry, version): (&EntryRecord, &Version)| {
        let (day, minutes) = (version.content.day, u32::from(version.content.minutes));
        let words = format!("{} · {}", dates::day(day, today), dates::duration(minutes));
        let monday = hours::monday(day);
        Worked { monday, entry: entry.entry, version: version.hash, minutes, words }
    };
    let mut all = hours::unconfirmed(it);
    all.retain(|(_, version)| it.falls_to(mentor, &version.content, today));
    all.into_iter().map(worked).collect()
}

fn card(
    session: Session,
    dossier: DossierId,
    week: Vec<Worked>,
    fault: RwSignal<Option<NotKept>>,
    offer: impl Fn(String, Box<dyn Fn() + Send + Sync>) + Copy + 'static,
) -> El {
    let chosen = RwSignal::new(week.iter().map(|it| it.entry.to_string()).collect::<Vec<_>>());
    let options: Vec<_> = week.iter().map(|it| (it.entry.to_string(), it.words.clone())).collect();
    let heading = week.first().map(|it| week_of(dates::short_day(it.monday)));
    let all = StoredValue::new_local(week);
    let right = move || -> Vec<Worked> {
        let mut all = all.get_value();
        chosen.with(|chosen| all.retain(|it| chosen.contains(&it.entry.to_string())));
        all
    };
    let sum = move || right().iter().map(|it| it.minutes).sum::<u32>();
    let tap = move || {
        feel::tick();
        let right = untrack(right);
        let time = dates::duration(right.iter().map(|it| it.minutes).sum());
        let seen = |it: &Worked| Seen { entry: it.entry, version: it.version };
        let entries = right.iter().map(seen).collect();
        let body = Body::HoursConfirmation(HoursConfirmation { entries });
        fault.set(None);
        spawn_local(async move {
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(confirmation) => {
                    let reason = undone().to_owned();
                    let back =
                        Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason });
                    let back = move || put(session, dossier, back.clone(), fault);
                    offer(kept(time), Box::new(back));
                }
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    el("li", "card")
        .add(el("h3", "").add(heading))
        .add(choices(which(), move || options.clone(), chosen))
        .add(
            button("button button-primary", tap)
                .disabled(move || chosen.with(Vec::is_empty))
                .live(move || confirm(dates::duration(sum()))),
        )
}
