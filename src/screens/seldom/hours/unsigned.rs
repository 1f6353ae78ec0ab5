//! Without a signed agreement: the training days, and the lessons of a week (A8).

use crate::parts::{El, Part, Tone, dates, el, notice, soft};
use crate::screens::reading::disclosure;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::Dossier;
use dubbelspoor_domain::hours::{self, LESSON, LESSONS_A_WEEK};
use dubbelspoor_domain::signals::Thresholds;

words! {
    none_title { nl "Nog geen getekende overeenkomst" en "No signed agreement yet" fr "Pas encore de contrat signé" }
    ended_title(day) { nl "De overeenkomst liep tot {day}" en "The agreement ran until {day}" fr "Le contrat a duré jusqu’au {day}" }
    no_next { nl "Er is nog geen nieuwe getekend." en "No new one is signed yet." fr "Aucun nouveau contrat n’est encore signé." }
    training_days(used, all) { nl "{used} van de {all} opleidingsdagen zijn gebruikt." en "{used} of the {all} training days are used." fr "{used} des {all} jours de formation sont utilisés." }
    training_days_how { nl "Elke dag les in dit schooljaar telt, als er op die dag geen getekende overeenkomst is." en "Each day of lessons in this school year counts if there is no signed agreement on that day." fr "Chaque jour de cours de cette année scolaire compte, s’il n’y a pas de contrat signé ce jour-là." }
    until_then(lessons, time) { nl "Tot er een overeenkomst is, zijn er minstens {lessons} lesuren per week op school. Een lesuur is 50 minuten: samen {time}." en "Until there is an agreement, there are at least {lessons} lessons a week at school. A lesson has 50 minutes: {time} together." fr "Jusqu’au contrat, il y a au moins {lessons} heures de cours par semaine à l’école. Une heure de cours dure 50 minutes : {time} au total." }
    at_school_now(time) { nl "Deze week op school: {time}" en "At school this week: {time}" fr "À l’école cette semaine : {time}" }
    short(count, lessons) { nl "{count} [volle week had|volle weken hadden] minder dan {lessons} lesuren op school" en "{count} whole [week|weeks] had fewer than {lessons} lessons at school" fr "{count} [semaine complète avait|semaines complètes avaient] moins de {lessons} heures de cours à l’école" }
    short_how { nl "Weken met een vakantiedag, een gemelde afwezigheid of een getekende overeenkomst tellen niet mee." en "Weeks with a holiday, a reported absence or a signed agreement do not count." fr "Les semaines avec un jour de vacances, une absence signalée ou un contrat signé ne comptent pas." }
    week_of(day, time) { nl "Week van {day}: {time}" en "Week of {day}: {time}" fr "Semaine du {day} : {time}" }
}

/// Until somebody signs, training days are counted; nothing once the leertraject is over.
pub(super) fn unsigned(it: &Dossier, limits: Thresholds, today: Day) -> Option<El> {
    if it.is_over(today) {
        return None;
    }
    let days = hours::training_days(it, today)?;
    let used = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let allowed = hours::training_days_allowed(it, today);
    let ended = hours::agreement_ended(it, today);
    let title = ended.map_or(none_title().to_owned(), |it| ended_title(dates::full_day(it)));
    let rows = days.iter().rev().map(|day| el("li", "row").add(dates::day(*day, today)));
    let how = el("div", "section")
        .add(el("p", "").add(training_days_how()))
        .add(el("ul", "rows").add(rows.collect::<Vec<_>>()));
    let least = dates::duration(LESSONS_A_WEEK * LESSON);
    let inside = vec![
        el("h3", "").add(title).part(),
        ended.map(|_| el("p", "").add(no_next())).part(),
        disclosure(training_days(used, allowed), how).part(),
        el("p", "").add(until_then(LESSONS_A_WEEK, least)).part(),
        soft(at_school_now(dates::duration(hours::in_week(it, today).school))).part(),
    ];
    let few_left = allowed.saturating_sub(used) <= limits.training_days;
    let tone = if few_left { Tone::NeedsYou } else { Tone::Waiting };
    Some(el("div", "section").add(notice(tone, inside)).add(short_weeks(it, today)))
}

/// Whole weeks with too few lessons, the last first.
fn short_weeks(it: &Dossier, today: Day) -> Option<El> {
    let all = hours::short_weeks(it, today);
    let words = match all.len() {
        0 => return None,
        count => short(count, LESSONS_A_WEEK),
    };
    let row = |(monday, minutes): &(Day, u32)| {
        el("li", "row").add(week_of(dates::short_day(*monday), dates::duration(*minutes)))
    };
    let rows: Vec<El> = all.iter().rev().map(row).collect();
    let how =
        el("div", "section").add(el("p", "").add(short_how())).add(el("ul", "rows").add(rows));
    Some(notice(Tone::NeedsYou, disclosure(words, how)))
}
