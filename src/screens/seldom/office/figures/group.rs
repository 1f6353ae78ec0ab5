//! What several leertrajecten come to, as figures that say what they are.

use crate::parts::{El, dates, el};
use crate::screens::reading::disclosure;
use crate::words::{outcomes, vocabulary};
use dubbelspoor_domain::dossier::{EndReason, JobOutcome, TrackResult};
use dubbelspoor_domain::hours::Worked;
use dubbelspoor_domain::wire::{AnswerTime, GroupFigures};

words! {
    nameless { nl "Niet ingevuld" en "Not filled in" fr "Non rempli" }
    of(count, all) { nl "{count} van {all}" en "{count} of {all}" fr "{count} sur {all}" }
    nothing_yet { nl "nog niets" en "nothing yet" fr "encore rien" }
    intake { nl "Instroom" en "Intake" fr "Entrées" }
    began(count) { nl "{count} begonnen" en "{count} began" fr "{count} commencés" }
    intake_how(tracks, planned) { nl "Zoveel leertrajecten begonnen in dit schooljaar. Samen met wie eerder begon of nog moet beginnen, zijn het er {tracks}. Nog niet begonnen: {planned}." en "So many learning tracks began in this school year. With those that began before or have yet to begin, there are {tracks}. Not begun yet: {planned}." fr "Autant de parcours ont commencé cette année scolaire. Avec ceux d’avant et ceux à venir, il y en a {tracks}. Pas encore commencés : {planned}." }
    running { nl "Lopend" en "Running" fr "En cours" }
    running_how(completed) { nl "Ook wie een tijd onderbroken is, telt mee. Van een voorbij schooljaar zie je hoe het op de laatste dag was. Afgerond: {completed}." en "Those that are paused count too. Of a past school year you see how it was on its last day. Completed: {completed}." fr "Les parcours interrompus comptent aussi. D’une année passée, vous voyez la situation du dernier jour. Terminés : {completed}." }
    stopped { nl "Vroegtijdig gestopt" en "Ended early" fr "Arrêtés avant la fin" }
    stopped_how { nl "Gestopt voor de laatste dag en niet herstart, met de reden die de begeleider koos." en "Ended before the last day and not re-started, with the reason that the coach chose." fr "Arrêtés avant le dernier jour et pas repris, avec la raison choisie par l’accompagnateur." }
    qualified { nl "Gekwalificeerd" en "Qualified" fr "Qualifiés" }
    qualified_how { nl "Wie bij de deliberatie een certificaat of een deel ervan kreeg. Ook wat na de laatste dag beslist is, telt mee." en "Who got a certificate or a part of it in the deliberation. What was decided after the last day counts too." fr "Qui a reçu un certificat ou une partie lors de la délibération. Ce qui est décidé après le dernier jour compte aussi." }
    goals { nl "Doelen bereikt" en "Goals reached" fr "Objectifs atteints" }
    goals_how { nl "Bevestigd op het gevraagde niveau, op zoveel dagen als het centrum vraagt, of iemand kon het al. Dit beslist niets over wie leert." en "Confirmed at the expected level, on as many days as the centre asks, or somebody could do it before. This decides nothing about who learns." fr "Confirmés au niveau demandé, autant de jours que le centre le demande, ou déjà acquis. Cela ne décide rien de l’apprenant." }
    visits { nl "Bezoeken" en "Visits" fr "Visites" }
    per_learner(count) { nl "{count} per cursist" en "{count} per learner" fr "{count} par apprenant" }
    visits_how(visits, contacts) { nl "Ter plaatse: {visits}. Telefoon of digitaal: {contacts}. Per cursist telt alleen wat ter plaatse was, verdeeld over wie al begon." en "On the spot: {visits}. By phone or digital: {contacts}. Per learner only those on the spot count, spread over who has begun." fr "Sur place : {visits}. Par téléphone ou numérique : {contacts}. Par apprenant, seules les visites sur place comptent, réparties sur qui a commencé." }
    mentors_answer { nl "Mentoren antwoorden" en "Mentors answer" fr "Les mentors répondent" }
    school_answers { nl "De school antwoordt" en "The school answers" fr "L’école répond" }
    mentors_how(answered, waiting) { nl "Van de vraag om bevestiging tot het antwoord. Beantwoord: {answered}. Wacht nog: {waiting}." en "From the request for confirmation to the answer. Answered: {answered}. Still waiting: {waiting}." fr "De la demande de confirmation à la réponse. Répondu : {answered}. En attente : {waiting}." }
    school_how(answered, waiting) { nl "Van een leervraag, melding of voorstel tot het antwoord. Beantwoord: {answered}. Wacht nog: {waiting}." en "From a question, a reported problem or a proposal to the answer. Answered: {answered}. Still waiting: {waiting}." fr "D’une question, d’un signalement ou d’une proposition à la réponse. Répondu : {answered}. En attente : {waiting}." }
    share { nl "Leren op de werkplek" en "Learning at the workplace" fr "Formation au travail" }
    percent(count) { nl "{count} %" en "{count} %" fr "{count} %" }
    share_how(workplace, school) { nl "{workplace} op de werkplek en {school} op school, zoals cursisten het deelden." en "{workplace} at the workplace and {school} at school, as learners shared it." fr "{workplace} sur le lieu de travail et {school} à l’école, selon ce que les apprenants ont partagé." }
    later { nl "Latere job" en "Later job" fr "Emploi ultérieur" }
    noted(count, all) { nl "{count} van {all} genoteerd" en "{count} of {all} noted" fr "{count} sur {all} notés" }
    later_how { nl "Van de leertrajecten die in dit schooljaar stopten of afliepen. De begeleider noteert wat erna kwam." en "Of the learning tracks that ended in this school year. The coach notes what came after." fr "Parmi les parcours terminés ou arrêtés cette année scolaire. L’accompagnateur note la suite." }
}

/// One figure: what it is, how it stands, what it is made of, and how it is meant.
struct Figure {
    name: &'static str,
    value: String,
    parts: Vec<String>,
    how: String,
}

/// All figures, each opens into how it is meant.
pub(super) fn whole(it: &GroupFigures) -> El {
    let line = |it: Figure| {
        let inside = el("div", "section").add(parts(&it)).add(el("p", "").add(it.how));
        disclosure(format!("{}: {}", it.name, it.value), inside)
    };
    el("div", "card").add(figures(it).map(line).into_iter().collect::<Vec<El>>())
}

/// The courses or workplaces, each opens into its figures.
pub(super) fn by_name(all: &[GroupFigures]) -> El {
    let one = |it: &GroupFigures| {
        let name = if it.name.is_empty() { nameless() } else { it.name.as_str() };
        let row = |it: Figure| {
            let words = el("span", "row-text")
                .add(el("span", "").add(format!("{}: {}", it.name, it.value)))
                .add(parts(&it));
            el("li", "row").add(words)
        };
        let rows: Vec<El> = figures(it).map(row).into_iter().collect();
        disclosure(format!("{name} ({})", it.tracks), el("ul", "rows").add(rows))
    };
    el("div", "card").add(all.iter().map(one).collect::<Vec<El>>())
}

fn parts(it: &Figure) -> Option<El> {
    (!it.parts.is_empty()).then(|| el("span", "soft").add(it.parts.join(" · ")))
}

fn figures(it: &GroupFigures) -> [Figure; 10] {
    let stops = of(it.ended.iter().sum::<u32>(), it.tracks);
    let asked = match it.over {
        0 => nothing_yet().to_owned(),
        over => noted(it.later.iter().sum::<u32>(), over),
    };
    [
        figure(intake(), began(it.began), intake_how(it.tracks, it.planned)),
        figure(running(), of(it.running, it.tracks), running_how(it.completed)),
        figure(stopped(), stops, stopped_how().to_owned())
            .counting(&EndReason::ALL.map(outcomes::end_reason), &it.ended),
        qualification(it),
        figure(goals(), of(it.reached, it.goals), goals_how().to_owned()),
        visiting(it),
        answering(mentors_answer(), &it.by_workplace, mentors_how),
        answering(school_answers(), &it.by_school, school_how),
        sharing(it),
        figure(later(), asked, later_how().to_owned())
            .counting(&JobOutcome::ALL.map(outcomes::job), &it.later),
    ]
}

fn figure(name: &'static str, value: String, how: String) -> Figure {
    Figure { name, value, parts: Vec::new(), how }
}

impl Figure {
    /// With each of its counts that is not nothing.
    fn counting(mut self, names: &[&'static str], counts: &[u32]) -> Figure {
        for (name, count) in names.iter().zip(counts) {
            if *count > 0 {
                self.parts.push(format!("{name}: {count}"));
            }
        }
        self
    }
}

fn qualification(it: &GroupFigures) -> Figure {
    let mut count = 0;
    for (result, many) in TrackResult::ALL.iter().zip(&it.results) {
        if *result != TrackResult::NotYet {
            count += many;
        }
    }
    figure(qualified(), of(count, it.tracks), qualified_how().to_owned())
        .counting(&TrackResult::ALL.map(vocabulary::track_result), &it.results)
}

fn visiting(it: &GroupFigures) -> Figure {
    let tenths = (it.visits * 10).checked_div(it.tracks.saturating_sub(it.planned));
    let value = match tenths {
        Some(it) => per_learner(vocabulary::tenths(it)),
        None => nothing_yet().to_owned(),
    };
    figure(visits(), value, visits_how(it.visits, it.contacts))
}

fn answering(name: &'static str, it: &AnswerTime, how: fn(u32, u32) -> String) -> Figure {
    figure(name, vocabulary::speed(it.median), how(it.answered, it.waiting))
}

fn sharing(it: &GroupFigures) -> Figure {
    let (workplace, school) = (it.at_workplace, it.at_school);
    let value = match (Worked { workplace, school }).workplace_share() {
        Some(it) => percent(it),
        None => nothing_yet().to_owned(),
    };
    figure(share(), value, share_how(dates::duration(workplace), dates::duration(school)))
}
