//! An agreement with its hours, on a year's basis against the rule of its kind (F2).

use super::planned::activities;
use crate::parts::{El, Icon, Part, Tone, dates, el, icon, link, notice, soft, state_chip};
use crate::screens::reading::{disclosure_of, opens};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Agreement, Dossier};
use dubbelspoor_domain::hours::{self, Rule, Yearly};
use leptos::prelude::*;

words! {
    period(from, to) { nl "{from} tot {to}" en "{from} to {to}" fr "du {from} au {to}" }
    signed { nl "Getekend" en "Signed" fr "Signé" }
    not_signed { nl "Nog niet door iedereen getekend" en "Not signed by all yet" fr "Pas encore signé par tous" }
    over { nl "Afgelopen" en "Over" fr "Terminé" }
    average(time) { nl "Gemiddeld {time} per week" en "{time} a week on average" fr "{time} par semaine en moyenne" }
    average_how(done, weeks) {
        nl "{done} op de werkplek, verdeeld over {weeks} weken die tellen. Hele vakantieweken en aanvaarde ziekteweken tellen niet mee; een week die maar deels in de overeenkomst valt, telt deels."
        en "{done} at the workplace, spread over {weeks} weeks that count. Whole weeks of holiday and accepted weeks of illness do not count; a week that is partly in the agreement counts in part."
        fr "{done} sur le lieu de travail, réparties sur {weeks} semaines qui comptent. Les semaines entières de vacances et les semaines de maladie acceptées ne comptent pas ; une semaine partielle compte en partie."
    }
    divided(time) {
        nl "Daarvan komt {time} van dagen met meer dan één werkplek. De uren van die dagen zijn verdeeld volgens de afgesproken uren per week."
        en "Of these, {time} comes from days with more than one workplace. The hours of those days are divided by the agreed hours a week."
        fr "Dont {time} de jours avec plus d’un lieu de travail. Les heures de ces jours sont réparties selon les heures convenues par semaine."
    }
    at_least(kind, time) { nl "{kind} vraagt minstens {time} per week." en "{kind} asks for at least {time} a week." fr "{kind} demande au moins {time} par semaine." }
    below(kind, time) { nl "{kind} vraagt minder dan {time} per week." en "{kind} asks for less than {time} a week." fr "{kind} demande moins de {time} par semaine." }
    no_rule(kind) { nl "{kind} heeft geen regel voor de uren." en "{kind} has no rule for the hours." fr "{kind} n’a pas de règle pour les heures." }
    source { nl "Volgens de tabel van 2026. Publieke bronnen zijn het er niet over eens." en "By the table of 2026. Public sources do not agree on it." fr "Selon le tableau de 2026. Les sources publiques ne sont pas d’accord." }
    own_table(day) { nl "Volgens de urentabel van het centrum, die geldt vanaf {day}." en "By the centre’s table of hours, which holds from {day}." fr "Selon le tableau des heures du centre, valable à partir du {day}." }
    own_source(day, words) { nl "Volgens de urentabel van het centrum, die geldt vanaf {day}. Waar het staat: {words}" en "By the centre’s table of hours, which holds from {day}. Where it stands: {words}" fr "Selon le tableau des heures du centre, valable à partir du {day}. Où c’est écrit : {words}" }
    missing(time) { nl "{time} te kort tot nu toe" en "{time} short so far" fr "Il manque {time} à ce jour" }
    too_many(time) { nl "{time} te veel tot nu toe" en "{time} too many so far" fr "{time} de trop à ce jour" }
    on_track { nl "Op schema" en "On schedule" fr "Dans les temps" }
    asked_least(weekly, weeks, asked, done) {
        nl "Minstens {weekly} per week is {asked} over {weeks} weken die tellen. Gedaan op de werkplek: {done}."
        en "At least {weekly} a week makes {asked} over {weeks} weeks that count. Done at the workplace: {done}."
        fr "Au moins {weekly} par semaine font {asked} sur {weeks} semaines qui comptent. Fait sur le lieu de travail : {done}."
    }
    asked_below(weekly, weeks, asked, done) {
        nl "Minder dan {weekly} per week is minder dan {asked} over {weeks} weken die tellen. Gedaan op de werkplek: {done}."
        en "Less than {weekly} a week makes less than {asked} over {weeks} weeks that count. Done at the workplace: {done}."
        fr "Moins de {weekly} par semaine font moins de {asked} sur {weeks} semaines qui comptent. Fait sur le lieu de travail : {done}."
    }
    year_misses(expected) { nl "Het jaar haalt de regel niet, ook als alles verder gaat zoals afgesproken: verwacht is {expected} per week." en "The year does not meet the rule, even if all goes on as agreed: {expected} a week is expected." fr "L’année ne respecte pas la règle, même si tout se passe comme convenu : {expected} par semaine sont prévues." }
    needed(time) { nl "Met {time} per week in de weken die nog komen, lukt het wel." en "With {time} in each week that is still to come, it does." fr "Avec {time} par semaine dans les semaines restantes, c’est possible." }
    confirmed(time) { nl "{time} bevestigd door een mentor" en "{time} confirmed by a mentor" fr "{time} confirmées par un mentor" }
    confirmed_how(confirmed, done, average) { nl "{confirmed} van {done}. Met alleen bevestigde uren is het gemiddelde {average} per week." en "{confirmed} of {done}. With confirmed hours only the average is {average} a week." fr "{confirmed} sur {done}. Avec les seules heures confirmées, la moyenne est de {average} par semaine." }
    projection(time) { nl "Verwacht over het hele jaar: {time} per week" en "Expected over the whole year: {time} a week" fr "Prévu sur toute l’année : {time} par semaine" }
    asked_blocks(asked, done) { nl "Volgens de overeenkomst, met haar blokken, is het tot nu toe {asked}. Gedaan op de werkplek: {done}." en "By the agreement, with its blocks, it is {asked} so far. Done at the workplace: {done}." fr "Selon le contrat, avec ses blocs, c’est {asked} jusqu’à présent. Fait sur le lieu de travail : {done}." }
    projection_blocks(weeks) { nl "Als de weken die nog komen gaan zoals afgesproken, met de blokken. In het hele jaar tellen {weeks} weken." en "If the weeks that are still to come go as agreed, with the blocks. In the whole year {weeks} weeks count." fr "Si les semaines à venir se passent comme convenu, avec les blocs. Sur toute l’année, {weeks} semaines comptent." }
    projection_how(weekly, weeks) { nl "Als elke week die nog komt {weekly} telt, zoals afgesproken. In het hele jaar tellen {weeks} weken." en "If each week that is still to come has {weekly}, as agreed. In the whole year {weeks} weeks count." fr "Si chaque semaine restante compte {weekly}, comme convenu. Sur toute l’année, {weeks} semaines comptent." }
    change { nl "Wijzig" en "Change" fr "Modifier" }
}

/// So many minutes a week an agreement may have at the most: beyond them nothing is made good.
const MOST_A_WEEK: u32 = 48 * 60;

/// An agreement, its state, and its figures in this school year.
pub(super) fn card(it: &Dossier, agreement: &Agreement, today: Day, guides: bool) -> El {
    let kind = vocabulary::agreement_kind(agreement.kind);
    let name = format!("{kind} · {}", agreement.workplace);
    let from = dates::short_day(agreement.from);
    let last_day = it.last_day(agreement);
    let is_over = last_day < today;
    let state = match agreement.signed_on() {
        None => state_chip(Tone::NeedsYou, Icon::Pencil, not_signed()),
        Some(_) if is_over => state_chip(Tone::Plain, Icon::Barred, over()),
        Some(_) => state_chip(Tone::Confirmed, Icon::Check, signed()),
    };
    let figures = hours::yearly(it, agreement, today.min(last_day));
    let change = guides.then(|| {
        let form = format!("/agreement/{}/{}", it.id, agreement.agreement);
        link(form, "button button-quiet").add(icon(Icon::Pencil)).add(change())
    });
    el("li", "card")
        .add(el("h3", "").add(name))
        .add(soft(period(from, dates::short_day(last_day))))
        .add(el("div", "chips").add(state))
        .add(so_far(agreement, &figures))
        .add(warning(&figures))
        .add(yearly(it, agreement, &figures, today.min(last_day)))
        .add(change)
}

/// Whether the rule is met by now, and how that is reckoned.
fn so_far(agreement: &Agreement, it: &Yearly) -> Option<El> {
    let name = vocabulary::agreement_kind(agreement.kind);
    let (missing_by, over_by) = (it.missing(), it.over());
    let state = if it.so_far == 0 {
        return None;
    } else if missing_by > 0 {
        state_chip(Tone::NeedsYou, Icon::Hourglass, missing(dates::duration(missing_by)))
    } else if over_by > 0 {
        state_chip(Tone::NeedsYou, Icon::Alert, too_many(dates::duration(over_by)))
    } else {
        state_chip(Tone::Confirmed, Icon::Check, on_track())
    };
    let (weeks, done) = (weeks(it.so_far), dates::duration(it.done));
    let asked = |weekly: u32| dates::duration(weekly * it.so_far / 5);
    let owed = dates::duration(it.owed.0 / 5);
    let how = match it.rule {
        Rule::AtLeast(weekly) if it.owed.0 != weekly * it.so_far => asked_blocks(owed, done),
        Rule::AtLeast(weekly) => asked_least(dates::duration(weekly), weeks, owed, done),
        Rule::Below(weekly) => asked_below(dates::duration(weekly), weeks, asked(weekly), done),
        Rule::None => no_rule(name),
    };
    Some(opens(format!("so-far-{}", agreement.agreement), state, el("p", "").add(how)))
}

/// While there are weeks in which it can still be mended.
fn warning(it: &Yearly) -> Option<El> {
    let expected = it.projection().filter(|_| it.all > it.so_far && it.misses())?;
    let within_a_week = it.needed().filter(|it| *it <= MOST_A_WEEK);
    let inside = vec![
        el("p", "").add(year_misses(dates::duration(expected))).part(),
        within_a_week.map(|it| el("p", "").add(needed(dates::duration(it)))).part(),
    ];
    Some(notice(Tone::NeedsYou, inside))
}

/// Where the rule stands: the row of the centre's table, or the app.
fn where_it_stands(it: &Dossier, agreement: &Agreement) -> String {
    match it.hours_row(agreement) {
        None => source().to_owned(),
        Some(row) if row.source.trim().is_empty() => own_table(dates::full_day(row.from)),
        Some(row) => own_source(dates::full_day(row.from), &row.source),
    }
}

/// Each figure opens into how it came about.
fn yearly(dossier: &Dossier, agreement: &Agreement, it: &Yearly, today: Day) -> Option<AnyView> {
    let name = vocabulary::agreement_kind(agreement.kind);
    let opened = |what: &str| format!("{what}-{}", agreement.agreement);
    let time = dates::duration;
    let average_time = time(it.average()?);
    let rule = match it.rule {
        Rule::AtLeast(weekly) => at_least(name, time(weekly)),
        Rule::Below(weekly) => below(name, time(weekly)),
        Rule::None => no_rule(name),
    };
    let (first, _) = hours::school_year(today);
    let behind = hours::behind_agreement(dossier, agreement, first, today);
    let how = el("div", "section")
        .add(el("p", "").add(average_how(time(it.done), weeks(it.so_far))))
        .add((it.divided > 0).then(|| el("p", "").add(divided(time(it.divided)))))
        .add(el("p", "").add(rule))
        .add(soft(where_it_stands(dossier, agreement)))
        .add(activities(dossier, behind, today));
    let confirmed_average = time(it.confirmed_average().unwrap_or_default());
    let of_them = confirmed_how(time(it.confirmed), time(it.done), confirmed_average);
    let later = it.projection().map(|expected| {
        let how = match it.by_blocks {
            0 => projection_how(time(it.weekly), weeks(it.all)),
            _ => projection_blocks(weeks(it.all)),
        };
        disclosure_of(opened("expected"), projection(time(expected)), el("p", "").add(how))
    });
    let figures = vec![
        disclosure_of(opened("average"), average(average_time), how).part(),
        disclosure_of(opened("confirmed"), confirmed(time(it.confirmed)), el("p", "").add(of_them))
            .part(),
        later.part(),
    ];
    Some(figures.part())
}

/// Fifths as weeks: `10`, `3,4`.
fn weeks(fifths: u32) -> String {
    vocabulary::tenths(fifths * 2)
}
