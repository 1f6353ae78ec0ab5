//! The goals spread over the weeks that the leertraject has (B10): one tap of the coach makes another version of the plan.

use crate::parts::{El, button, el, feel, offer_undo, soft};
use crate::screens::told;
use crate::session::{NotKept, Session};
use dubbelspoor_domain::dossier::{Body, Dossier, Goal};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    spread(count) { nl "Spreid de doelen over {count} [week|weken]" en "Spread the goals over {count} [week|weeks]" fr "Répartir les objectifs sur {count} [semaine|semaines]" }
    hint(from, to) {
        nl "Week {from} tot {to}. De volgorde blijft, geen doel valt weg en vakanties blijven vrij. Alle drie geven daarna opnieuw hun akkoord."
        en "Week {from} to {to}. The order stays, no goal is dropped and holidays stay free. All three agree anew after that."
        fr "Semaine {from} à {to}. L’ordre reste, aucun objectif ne disparaît et les vacances restent libres. Les trois donnent ensuite à nouveau leur accord."
    }
    done(count) { nl "De doelen liggen nu over {count} [week|weken]. Bewaard op dit toestel." en "The goals now lie over {count} [week|weeks]. Saved on this device." fr "Les objectifs couvrent maintenant {count} [semaine|semaines]. Enregistré sur cet appareil." }
}

/// Offered where the goals lie otherwise than over all of the weeks.
pub(super) fn spreading(session: Session, dossier: DossierId) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let offer = offer_undo();
    let weeks = Memo::new(move |_| session.with(dossier, to_spread).flatten());
    let offered = move || {
        weeks.get().map(|(first, last)| {
            let count = last - first + 1;
            let tap = move || spread_now(session, dossier, count, fault, offer);
            el("div", "section")
                .add(soft(hint(first, last)))
                .add(button("button", tap).add(spread(count)))
        })
    };
    el("div", "section").live(offered).add(told(fault))
}

/// The first and the last week to spread over, where that changes anything.
fn to_spread(it: &Dossier) -> Option<(u16, u16)> {
    let weeks = it.track.as_ref()?.weeks();
    let ends = (*weeks.start(), *weeks.end());
    (!it.spread_plan().is_empty()).then_some(ends)
}

fn spread_now(
    session: Session,
    dossier: DossierId,
    count: u16,
    fault: RwSignal<Option<NotKept>>,
    offer: impl Fn(String, Box<dyn Fn() + Send + Sync>) + Copy + 'static,
) {
    feel::tick();
    let found = untrack(|| {
        session.with(dossier, |it| {
            let now = it.spread_plan();
            let was = |goal: &Goal| it.plan.get(&goal.goal).cloned();
            let before: Vec<Goal> = now.iter().filter_map(was).collect();
            (now, before)
        })
    });
    let Some((now, before)) = found.filter(|(now, _)| !now.is_empty()) else { return };
    spawn_local(async move {
        if keep(session, dossier, now, fault).await {
            let back = move || {
                let before = before.clone();
                spawn_local(async move {
                    keep(session, dossier, before, fault).await;
                });
            };
            offer(done(count), Box::new(back));
        }
    });
}

/// All of the goals at once: one version of the plan, not as many as there are goals.
async fn keep(
    session: Session,
    dossier: DossierId,
    goals: Vec<Goal>,
    fault: RwSignal<Option<NotKept>>,
) -> bool {
    let bodies: Vec<Body> = goals.into_iter().map(Body::Goal).collect();
    let kept = session.record(dossier, move |it| it.add_all(&bodies)).await;
    fault.try_set(kept.as_ref().err().cloned());
    kept.is_ok()
}
