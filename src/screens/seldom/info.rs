//! What the centre tells everybody: its sheets of information (G8) and how it evaluates (E8). Readable without a line.

use crate::parts::{El, Part, el, empty, page, section, soft};
use crate::screens::reading::disclosure;
use crate::session::{Session, use_session};
use crate::words::Language;
use dubbelspoor_domain::dossier::{Policy, Rules, Tongue};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::AnyView;

words! {
    title { nl "Informatie van je centrum" en "Information of your centre" fr "Informations de votre centre" }
    nothing_title { nl "Nog geen informatie" en "No information yet" fr "Pas encore d’informations" }
    nothing_words { nl "Zodra je centrum iets meedeelt, staat het hier. Je kunt het ook zonder verbinding lezen." en "As soon as your centre tells something, it is here. You can read it without a connection too." fr "Dès que votre centre communique quelque chose, c’est ici. Vous pouvez aussi le lire sans connexion." }
    policy_title { nl "Hoe je geëvalueerd wordt" en "How you are evaluated" fr "Comment vous êtes évalué" }
    what { nl "Wat?" en "What?" fr "Quoi ?" }
    why { nl "Waarom?" en "Why?" fr "Pourquoi ?" }
    criteria { nl "Volgens welke criteria?" en "By which criteria?" fr "Selon quels critères ?" }
    when { nl "Wanneer?" en "When?" fr "Quand ?" }
    who { nl "Door wie?" en "By whom?" fr "Par qui ?" }
    tool { nl "Waarmee?" en "With what?" fr "Avec quoi ?" }
}

pub(crate) fn info() -> AnyView {
    let session = use_session();
    page(title(), Some("/more")).live(move || told(session)).part()
}

fn told(session: Session) -> AnyView {
    let centres = session.centres();
    let of_one = |centre: &DossierId| {
        session.with(*centre, |it| {
            let (sheets, policy) = (sheets(&it.rules), policy(it.rules.policy()));
            let tells = !sheets.is_empty() || policy.is_some();
            // Of several centres each says whose words these are.
            let whose = it.centre.as_ref().filter(|_| centres.len() > 1);
            let whose = whose.map(|it| soft(it.name.clone()));
            tells.then(|| el("div", "section").add(whose).add(sheets).add(policy))
        })?
    };
    let told: Vec<El> = centres.iter().filter_map(of_one).collect();
    if told.is_empty() { empty(nothing_title(), nothing_words(), None).part() } else { told.part() }
}

/// Those in the language that is spoken and those for everybody; all of them where there are none.
fn sheets(rules: &Rules) -> Vec<El> {
    let tongue = match Language::spoken() {
        Language::Nl => Tongue::Nl,
        Language::En => Tongue::En,
        Language::Fr => Tongue::Fr,
    };
    let is_mine = |it: Option<Tongue>| it.is_none_or(|it| it == tongue);
    let any = rules.sheets().any(|it| is_mine(it.language));
    let shown = rules.sheets().filter(|it| !any || is_mine(it.language));
    let card = |it: &dubbelspoor_domain::dossier::InfoSheet| {
        el("div", "card").add(disclosure(it.title.clone(), el("p", "words").add(it.text.clone())))
    };
    shown.map(card).collect()
}

fn policy(it: &Policy) -> Option<El> {
    let parts = [
        (what(), &it.what),
        (why(), &it.why),
        (criteria(), &it.criteria),
        (when(), &it.when),
        (who(), &it.who),
        (tool(), &it.tool),
    ];
    let said = parts.into_iter().filter(|(_, text)| !text.is_empty());
    let said: Vec<El> = said
        .map(|(heading, text)| {
            el("div", "card").add(el("h3", "").add(heading)).add(el("p", "words").add(text.clone()))
        })
        .collect();
    (!said.is_empty()).then(|| section(policy_title()).add(said))
}
