//! Hours of a dossier: by agreement, on a year's basis. Every figure opens into how it came about.

mod absences;
mod confirming;
mod planned;
mod proofs;

use crate::parts::{
    El, Icon, Part, Tone, dates, el, icon, link, live, needs_you, notice, page, section, soft,
    state_chip,
};
use crate::screens::asked::learner_name;
use crate::screens::reading::{disclosure, hours_by_place};
use crate::session::{Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Agreement, Dossier};
use dubbelspoor_domain::hours::{self, Rule, Yearly};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;

words! {
    title { nl "Uren" en "Hours" fr "Heures" }
    unknown { nl "Dit dossier staat niet op dit toestel." en "This dossier is not on this device." fr "Ce dossier n’est pas sur cet appareil." }
    this_week { nl "Deze week" en "This week" fr "Cette semaine" }
    agreements_title { nl "Overeenkomst" en "Agreement" fr "Contrat" }
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
    missing(time) { nl "{time} te kort tot nu toe" en "{time} short so far" fr "Il manque {time} à ce jour" }
    too_many(time) { nl "{time} te veel tot nu toe" en "{time} too many so far" fr "{time} de trop à ce jour" }
    on_track { nl "Op schema" en "On schedule" fr "Dans les temps" }
    confirmed(time) { nl "{time} bevestigd door een mentor" en "{time} confirmed by a mentor" fr "{time} confirmées par un mentor" }
    confirmed_how(confirmed, done, average) { nl "{confirmed} van {done}. Met alleen bevestigde uren is het gemiddelde {average} per week." en "{confirmed} of {done}. With confirmed hours only the average is {average} a week." fr "{confirmed} sur {done}. Avec les seules heures confirmées, la moyenne est de {average} par semaine." }
    projection(time) { nl "Verwacht over het hele jaar: {time} per week" en "Expected over the whole year: {time} a week" fr "Prévu sur toute l’année : {time} par semaine" }
    projection_how(weekly, weeks) { nl "Als elke week die nog komt {weekly} telt, zoals afgesproken. In het hele jaar tellen {weeks} weken." en "If each week that is still to come has {weekly}, as agreed. In the whole year {weeks} weeks count." fr "Si chaque semaine restante compte {weekly}, comme convenu. Sur toute l’année, {weeks} semaines comptent." }
    share(percent) { nl "{percent} % op de werkplek" en "{percent} % at the workplace" fr "{percent} % sur le lieu de travail" }
    share_how(workplace, school, percent) { nl "{workplace} op de werkplek en {school} op school, sinds het begin. Deze opleiding vraagt minstens {percent} % op de werkplek." en "{workplace} at the workplace and {school} at school, since the beginning. This course asks for at least {percent} % at the workplace." fr "{workplace} sur le lieu de travail et {school} à l’école, depuis le début. Cette formation demande au moins {percent} % sur le lieu de travail." }
    none_title { nl "Nog geen getekende overeenkomst" en "No signed agreement yet" fr "Pas encore de contrat signé" }
    training_days(used, all) { nl "{used} van de {all} opleidingsdagen zijn gebruikt. Tot er een overeenkomst is, volg je 28 uur per week bij de school." en "{used} of the {all} training days are used. Until there is an agreement, it is 28 hours a week at the school." fr "{used} des {all} jours de formation sont utilisés. Jusqu’au contrat, c’est 28 heures par semaine à l’école." }
    at_school_now(time) { nl "Deze week op school: {time}" en "At school this week: {time}" fr "À l’école cette semaine : {time}" }
    uncovered(count) { nl "{count} activiteiten op de werkplek vallen buiten een getekende overeenkomst." en "{count} activities at the workplace fall outside a signed agreement." fr "{count} activités sur le lieu de travail sont en dehors d’un contrat signé." }
    add { nl "Nieuwe overeenkomst" en "New agreement" fr "Nouveau contrat" }
    change { nl "Wijzig" en "Change" fr "Modifier" }
    show { nl "Welke?" en "Which?" fr "Lesquelles ?" }
}

/// One's own hours.
pub(crate) fn own() -> AnyView {
    let session = use_session();
    let found = Memo::new(move |_| session.own_dossier());
    hours(session, found, "/today", absences::absences)
}

/// Those of a learner whom one guides.
pub(crate) fn of_learner(dossier: &str) -> AnyView {
    shown(dossier, absences::absences)
}

/// Those of a learner whom one trains.
pub(crate) fn to_confirm(dossier: &str) -> AnyView {
    shown(dossier, |session, dossier| {
        let confirming = confirming::confirming(session, dossier);
        el("div", "section").add(confirming).add(absences::absences(session, dossier))
    })
}

fn shown(dossier: &str, fields: fn(Session, DossierId) -> El) -> AnyView {
    let found = DossierId::from_hex(dossier);
    hours(use_session(), Memo::new(move |_| found), "/learners", fields)
}

fn hours(
    session: Session,
    found: Memo<Option<DossierId>>,
    up: &'static str,
    fields: fn(Session, DossierId) -> El,
) -> AnyView {
    let whose = move || session.with(found.get()?, learner_name);
    // Whoever reads how a figure came about goes on reading when news arrives.
    let open = [(); 4].map(|()| RwSignal::new(false));
    let periods = [(); planned::MOST].map(|()| RwSignal::new(false));
    let figures = move || session.with(found.get()?, |it| figures(session, it, open, periods));
    let fields = live(move || match found.get() {
        Some(dossier) => fields(session, dossier).part(),
        None => el("p", "").add(unknown()).part(),
    });
    page(title(), Some(up))
        .add(el("p", "page-lead").live(move || whose().unwrap_or_default()))
        .live(move || figures().part())
        .add(fields)
        .part()
}

/// Which of the figures are open: the average, what is confirmed, what is expected, the share.
type Open = [RwSignal<bool>; 4];

fn figures(session: Session, it: &Dossier, open: Open, periods: planned::Open) -> AnyView {
    let today = session.today();
    let week =
        section(this_week()).add(el("div", "card").add(hours_by_place(&hours::in_week(it, today))));
    let guides = it.is_guided_by(session.me().person);
    let mut all: Vec<&Agreement> = it.agreements.all().collect();
    sort_by_key(&mut all, |it| std::cmp::Reverse(it.from));
    let cards: Vec<El> =
        all.iter().map(|agreement| card(it, agreement, today, guides, open)).collect();
    let add = guides
        .then(|| link(format!("/agreement/{}", it.id), "button").add(icon(Icon::Plus)).add(add()));
    let agreements = section(agreements_title())
        .add(no_agreement(it, today))
        .add(el("ul", "list").add(cards))
        .add(add);
    vec![
        week.part(),
        agreements.part(),
        planned::planned(it, today, periods).part(),
        shared(it, today, open).part(),
        flagged(it, today).part(),
    ]
    .part()
}

/// Until somebody signs, training days are counted.
fn no_agreement(it: &Dossier, today: Day) -> Option<El> {
    let used = u32::try_from(hours::training_days(it, today)?.len()).unwrap_or(u32::MAX);
    let allowed = hours::training_days_allowed(it, today);
    let school = hours::in_week(it, today).school;
    let inside = vec![
        el("h3", "").add(none_title()),
        el("p", "").add(training_days(used, allowed)),
        soft(at_school_now(dates::duration(school))),
    ];
    let tone = if used + 5 >= allowed { Tone::NeedsYou } else { Tone::Waiting };
    Some(notice(tone, inside))
}

fn card(it: &Dossier, agreement: &Agreement, today: Day, guides: bool, open: Open) -> El {
    let name = format!("{} · {}", vocabulary::agreement_kind(agreement.kind), agreement.workplace);
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
        .add(el("div", "chips").add(state).add(so_far(&figures)))
        .add(yearly(agreement, &figures, open))
        .add(change)
}

fn so_far(it: &Yearly) -> Option<AnyView> {
    let (missing_by, over_by) = (it.missing(), it.over());
    if it.so_far == 0 {
        None
    } else if missing_by > 0 {
        Some(state_chip(Tone::NeedsYou, Icon::Hourglass, missing(dates::duration(missing_by))))
    } else if over_by > 0 {
        Some(state_chip(Tone::NeedsYou, Icon::Alert, too_many(dates::duration(over_by))))
    } else {
        Some(state_chip(Tone::Confirmed, Icon::Check, on_track()))
    }
}

/// Each figure opens into how it came about.
fn yearly(agreement: &Agreement, it: &Yearly, open: Open) -> Option<AnyView> {
    let time = dates::duration;
    let average_time = time(it.average()?);
    let name = vocabulary::agreement_kind(agreement.kind);
    let rule = match it.rule {
        Rule::AtLeast(weekly) => at_least(name, time(weekly)),
        Rule::Below(weekly) => below(name, time(weekly)),
        Rule::None => no_rule(name),
    };
    let how = el("div", "section")
        .add(el("p", "").add(average_how(time(it.done), weeks(it.so_far))))
        .add((it.divided > 0).then(|| el("p", "").add(divided(time(it.divided)))))
        .add(el("p", "").add(rule))
        .add(soft(source()));
    let confirmed_average = time(it.confirmed_average().unwrap_or_default());
    let of_them = confirmed_how(time(it.confirmed), time(it.done), confirmed_average);
    let later = it.projection().map(|expected| {
        let how = projection_how(time(it.weekly), weeks(it.all));
        disclosure(projection(time(expected)), el("p", "").add(how)).keep_open(open[2])
    });
    let figures = vec![
        disclosure(average(average_time), how).keep_open(open[0]).part(),
        disclosure(confirmed(time(it.confirmed)), el("p", "").add(of_them))
            .keep_open(open[1])
            .part(),
        later.part(),
    ];
    Some(figures.part())
}

/// Fifths as weeks: `10`, `3,4`.
fn weeks(fifths: u32) -> String {
    vocabulary::tenths(fifths * 2)
}

fn shared(it: &Dossier, today: Day, open: Open) -> Option<El> {
    let from = it.track.as_ref()?.from;
    let worked = hours::told_between(it, from, today);
    let percent = worked.workplace_share()?;
    let how = share_how(
        dates::duration(worked.workplace),
        dates::duration(worked.school),
        it.least_share(),
    );
    Some(el("div", "card").add(disclosure(share(percent), el("p", "").add(how)).keep_open(open[3])))
}

/// Work on days that no signed agreement covers.
fn flagged(it: &Dossier, today: Day) -> Option<El> {
    let all = hours::without_agreement(it);
    if all.is_empty() {
        return None;
    }
    let mut list = el("ul", "rows");
    for entry in all.iter().take(30) {
        let content = &entry.shown().content;
        let time = dates::duration(u32::from(content.minutes));
        list =
            list.add(el("li", "row").add(format!("{} · {time}", dates::day(content.day, today))));
    }
    let inside = needs_you(uncovered(all.len()));
    Some(el("div", "section").add(inside).add(disclosure(show().to_owned(), list)))
}
