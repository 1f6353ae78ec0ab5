//! An attestation of what was achieved, to print (E10): who, which course, what was decided, on which day and by whom. It says
//! plainly where nothing was decided, and is no official document.

use crate::parts::{
    El, Icon, Part, Tone, action_bar, button, dates, el, empty, icon, notice, page_named, section,
    soft,
};
use crate::screens::asked::learner_name;
use crate::screens::file::reading;
use crate::screens::reading::name;
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::achieved::Achieved;
use dubbelspoor_domain::dossier::{Attestation, Deliberation, Dossier, Goal, Said};
use dubbelspoor_domain::id::DossierId;
use leptos::prelude::AnyView;

words! {
    title { nl "Attest van wat bereikt is" en "Attestation of what was achieved" fr "Attestation des acquis" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    empty_title { nl "Nog niets om te attesteren" en "Nothing to attest yet" fr "Encore rien à attester" }
    empty_words { nl "De school heeft nog niets beslist en nog geen doel geëvalueerd dat meetelt. Zodra dat gebeurt, kun je het hier afdrukken." en "The school has decided nothing and evaluated no goal that counts yet. As soon as it does, you can print it here." fr "L’école n’a encore rien décidé et n’a évalué aucun objectif qui compte. Dès que ce sera fait, vous pourrez l’imprimer ici." }
    course { nl "Opleiding" en "Course" fr "Formation" }
    centre { nl "Centrum" en "Centre" fr "Centre" }
    workplace { nl "Leerwerkplek" en "Workplace" fr "Lieu de travail" }
    period { nl "Periode" en "Period" fr "Période" }
    from_to(from, to) { nl "{from} tot {to}" en "{from} to {to}" fr "{from} au {to}" }
    stopped(from, to) { nl "{from} tot {to} (gestopt voor het einde)" en "{from} to {to} (stopped before the end)" fr "{from} au {to} (arrêté avant la fin)" }
    nothing_decided { nl "De school heeft nog niets beslist. Hieronder staat wat tot nu toe vaststaat." en "The school has decided nothing yet. Below is what is established so far." fr "L’école n’a encore rien décidé. Voici ce qui est établi jusqu’à présent." }
    decision { nl "Beslissing" en "Decision" fr "Décision" }
    decided_on(day, who) { nl "Beslist op {day} door: {who}" en "Decided on {day} by: {who}" fr "Décidé le {day} par : {who}" }
    noted_by(who) { nl "Genoteerd door {who}" en "Noted by {who}" fr "Noté par {who}" }
    goals(count) { nl "Bereikte doelen ({count})" en "Goals reached ({count})" fr "Objectifs atteints ({count})" }
    evaluated(count) { nl "Voldoende beheerst volgens de evaluatie ({count})" en "Mastered enough by evaluation ({count})" fr "Suffisamment maîtrisés selon l’évaluation ({count})" }
    evaluated_by(who, day) { nl "Geëvalueerd door {who} op {day}" en "Evaluated by {who} on {day}" fr "Évalué par {who} le {day}" }
    attestations { nl "Attesten" en "Attestations" fr "Attestations" }
    obtained(day) { nl "Behaald op {day}" en "Obtained on {day}" fr "Obtenue le {day}" }
    until(obtained, day) { nl "{obtained}, geldig tot {day}" en "{obtained}, valid until {day}" fr "{obtained}, valable jusqu’au {day}" }
    official { nl "Dit is een overzicht uit het dossier. Het officiële document komt van het centrum." en "This is an overview from the dossier. The official document comes from the centre." fr "Ceci est un aperçu du dossier. Le document officiel vient du centre." }
    made_on(day) { nl "Gemaakt met Dubbelspoor op {day}" en "Made with Dubbelspoor on {day}" fr "Fait avec Dubbelspoor le {day}" }
    for_centre { nl "Voor het centrum: naam en handtekening" en "For the centre: name and signature" fr "Pour le centre : nom et signature" }
    of_learner { nl "De cursist: handtekening" en "The learner: signature" fr "L’apprenant : signature" }
    print { nl "Druk af of bewaar als PDF" en "Print or save as PDF" fr "Imprimer ou enregistrer en PDF" }
}

pub(crate) fn achieved(dossier: &str) -> AnyView {
    let session = use_session();
    let Some(dossier) = DossierId::from_hex(dossier) else {
        let page = page_named(title().part(), Some("/".to_owned()));
        return page.add(el("p", "").add(unknown())).part();
    };
    page_named(title().part(), Some(format!("/evaluation/{dossier}")))
        .add(reading(session, dossier, sheet))
        .part()
}

fn sheet(session: Session, it: &Dossier) -> AnyView {
    let all = Achieved::of(it);
    if all.decision.is_none() && all.is_nothing() {
        return empty(empty_title(), empty_words(), None).part();
    }
    let decided = match all.decision {
        Some(said) => decision_card(it, said),
        None => notice(Tone::Waiting, el("p", "").add(nothing_decided())),
    };
    let by_evaluation: Vec<El> = all
        .evaluated
        .iter()
        .map(|(goal, said)| {
            let day = dates::full_day(Day::of_millis(said.at.millis()));
            reached(goal, Some(evaluated_by(name(it, said.by), day)))
        })
        .collect();
    let by_decision: Vec<El> = all.decided.iter().map(|goal| reached(goal, None)).collect();
    let beside: Vec<El> = all.attestations.iter().map(|it| attested(it)).collect();
    let sign_here = el("div", "paper-only")
        .add(el("p", "sign-here").add(for_centre()))
        .add(el("p", "sign-here").add(of_learner()));
    let foot =
        el("div", "").add(soft(official())).add(soft(made_on(dates::full_day(session.today()))));
    let print = button("button button-primary", move || session.print()).add(print());
    vec![
        who(it).part(),
        decided.part(),
        list(goals(by_decision.len()), by_decision).part(),
        list(evaluated(by_evaluation.len()), by_evaluation).part(),
        list(attestations().to_owned(), beside).part(),
        sign_here.part(),
        foot.part(),
        action_bar(print).part(),
    ]
    .part()
}

fn list(heading: String, rows: Vec<El>) -> Option<El> {
    (!rows.is_empty()).then(|| section(heading).add(el("ul", "rows").add(rows)))
}

/// Whose it is, of which course, where and when.
fn who(it: &Dossier) -> El {
    let mut rows = Vec::new();
    let mut fact = |what: &'static str, words: String| {
        if !words.is_empty() {
            rows.push(row(None, words, Some(what.to_owned())));
        }
    };
    if let Some(track) = &it.track {
        fact(course(), vocabulary::translated(&track.course));
        fact(centre(), track.centre.clone());
        fact(workplace(), track.workplace.clone());
        // Who stopped and did not begin again achieved it until that day.
        let ends = it.guiding.ends();
        let end = ends.last().filter(|(_, restart)| restart.is_none());
        let from = dates::full_day(track.from);
        fact(
            period(),
            match end {
                Some((end, _)) => stopped(from, dates::full_day(end.what.day)),
                None => from_to(from, dates::full_day(track.to)),
            },
        );
    }
    section(learner_name(it)).add((!rows.is_empty()).then(|| el("ul", "rows").add(rows)))
}

fn decision_card(it: &Dossier, said: &Said<Deliberation>) -> El {
    let day = dates::full_day(said.what.day);
    let card = el("div", "card")
        .add(el("h3", "").add(vocabulary::track_result(said.what.result)))
        .add(el("p", "").add(decided_on(day, &said.what.present)))
        .add(soft(noted_by(name(it, said.by))));
    section(decision()).add(card)
}

fn reached(goal: &Goal, by: Option<String>) -> El {
    row(Some(Icon::Check), vocabulary::translated(&goal.title), by)
}

fn attested(it: &Attestation) -> El {
    let day = it.obtained.map(|it| obtained(dates::full_day(it))).unwrap_or_default();
    let line = match it.until {
        Some(last) => until(day, dates::full_day(last)),
        None => day,
    };
    row(Some(Icon::Check), it.name.clone(), Some(line))
}

fn row(picture: Option<Icon>, words: String, below: Option<String>) -> El {
    let text = el("span", "row-text")
        .add(el("span", "").add(words))
        .add(below.map(|it| el("span", "soft").add(it)));
    el("li", "row").add(picture.map(icon)).add(text)
}
