//! Collecting an activity for a lesson with one tap, and taking that back with another (C9).

use super::file::may_now;
use super::told;
use crate::parts::{El, Icon, button, el, icon, link};
use crate::session::{NotKept, Session};
use dubbelspoor_domain::dossier::{Body, Collected};
use dubbelspoor_domain::id::{DossierId, EntryId};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    collect_it { nl "Verzamel voor de les" en "Collect for class" fr "Rassembler pour le cours" }
    collected { nl "Verzameld voor de les. Leraren en begeleiders zien dit, de cursist en de mentor niet." en "Collected for class. Teachers and coaches see this, the learner and the mentor do not." fr "Rassemblé pour le cours. Les enseignants et accompagnateurs le voient, pas l’apprenant ni le mentor." }
    see { nl "Bekijk wat verzameld is" en "See what is collected" fr "Voir ce qui est rassemblé" }
}

/// The way to collect an activity, for who teaches or guides; `None` for others.
pub(super) fn collect(session: Session, dossier: DossierId, entry: EntryId) -> Option<El> {
    if !may_now(session, dossier, &body(entry, false)) {
        return None;
    }
    let fault = RwSignal::new(None::<NotKept>);
    let has = Memo::new(move |_| session.with(dossier, |it| it.collected.has(entry)) == Some(true));
    // What others do not read is not taken along into a class either.
    let shows = move || {
        session.with(dossier, |it| it.diary.shared().any(|(it, _)| it.entry == entry)) == Some(true)
    };
    let toggle = button("chip chip-many", move || {
        set_collected(session, dossier, entry, !has.get_untracked(), fault);
    })
    .keep_flag("aria-pressed", move || has.get())
    .add(collect_it());
    let after = move || {
        has.get().then(|| {
            let more = link("/class", "button button-quiet").add(see()).add(icon(Icon::Forward));
            vec![el("p", "soft").set("role", "status").add(collected()), more]
        })
    };
    let all = el("div", "section")
        .keep("hidden", move || (!shows()).then(String::new))
        .add(el("div", "chips").add(toggle))
        .add(told(fault))
        .live(after);
    Some(all)
}

/// Says whether an activity is collected.
pub(super) fn set_collected(
    session: Session,
    dossier: DossierId,
    entry: EntryId,
    is_collected: bool,
    fault: RwSignal<Option<NotKept>>,
) {
    spawn_local(async move {
        let body = body(entry, !is_collected);
        let done = session.record(dossier, move |it| it.add(&body)).await;
        fault.try_set(done.err());
    });
}

fn body(entry: EntryId, withdrawn: bool) -> Body {
    Body::Collected(Collected { entry, withdrawn })
}
