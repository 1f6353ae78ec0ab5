//! On the first screen: the centre or a coach asks something. It is gone once it was answered on this device.

use crate::parts::{El, Tone, el, link, notice};
use crate::session::Session;

words! {
    asks(title) { nl "Je centrum vraagt je mening: {title}" en "Your centre asks your opinion: {title}" fr "Votre centre demande votre avis : {title}" }
    coach_asks(title) { nl "Je trajectbegeleider vraagt je mening: {title}" en "Your coach asks your opinion: {title}" fr "Votre accompagnateur demande votre avis : {title}" }
    fill_in { nl "Vul de bevraging in" en "Fill in the survey" fr "Remplir l’enquête" }
}

pub(super) fn survey_offer(session: Session) -> Option<El> {
    let (home, it) = session.open_survey()?;
    let is_centres = session.centre_of(home) == home;
    let lead = if is_centres { asks(it.title) } else { coach_asks(it.title) };
    let way = link(format!("/survey/{}", it.survey), "button").add(fill_in());
    Some(notice(Tone::Plain, vec![el("p", "").add(lead), way]))
}
