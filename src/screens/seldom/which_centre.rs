//! For whoever works at several centres: everything else they do is done for this one (A14).

use crate::parts::{El, choice, follow, section};
use crate::session::use_session;
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::*;

words! {
    which { nl "Aan welk centrum werk je?" en "At which centre are you working?" fr "Dans quel centre travaillez-vous ?" }
}

/// The choice, where there is one.
pub(super) fn which_centre(all: &[DossierId], centre: DossierId) -> Option<El> {
    let session = use_session();
    let named =
        |it: &DossierId| session.with(*it, |it| it.centre.as_ref().map(|it| it.name.clone()));
    let options = all.iter().map(|it| named(it).flatten().unwrap_or_default());
    let options = (0..).zip(options).collect();
    let at = all.iter().position(|it| *it == centre)?;
    let chosen = RwSignal::new(u32::try_from(at).ok());
    let known = all.to_vec();
    follow(move || {
        let centre = chosen.get().and_then(|it| known.get(it as usize).copied());
        if let Some(centre) = centre.filter(|_| chosen.get() != u32::try_from(at).ok()) {
            session.work_at(centre);
        }
    });
    (all.len() > 1).then(|| section(which()).add(choice(which(), options, chosen, false)))
}
