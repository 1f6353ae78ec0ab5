//! What a record says, in a line, where nobody typed it as a text: what was set, and to what.

use crate::parts::dates;
use crate::words::thresholds::threshold;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Body, HoursRow};

words! {
    set_to(threshold, value) { nl "{threshold}: {value}" en "{threshold}: {value}" fr "{threshold} : {value}" }
    runs(kind, place, from, to) { nl "{kind}, {place}, {from} tot {to}" en "{kind}, {place}, {from} to {to}" fr "{kind}, {place}, du {from} au {to}" }
    at_least(kind, time) { nl "{kind}: minstens {time}" en "{kind}: at least {time}" fr "{kind} : au moins {time}" }
    below(kind, time) { nl "{kind}: minder dan {time}" en "{kind}: less than {time}" fr "{kind} : moins de {time}" }
    no_rule(kind) { nl "{kind}: geen regel" en "{kind}: no rule" fr "{kind} : pas de règle" }
    share(course, percent) { nl "{course}, minstens {percent}% op de werkplek" en "{course}, at least {percent}% at the workplace" fr "{course}, au moins {percent}% sur le lieu de travail" }
    days(from, to) { nl "{from} tot {to}" en "{from} to {to}" fr "du {from} au {to}" }
    more_days(count) { nl "{count} [dag|dagen]" en "{count} [day|days]" fr "{count} [jour|jours]" }
}

pub(super) fn told(it: &Body) -> Option<String> {
    let listed = |all: Vec<String>| all.join(" · ");
    #[expect(clippy::wildcard_enum_match_arm, reason = "the others say it in words of their own")]
    let said = match it {
        Body::Agreement(it) => {
            let (from, to) = (dates::short_day(it.from), dates::short_day(it.last_day()));
            runs(vocabulary::agreement_kind(it.kind), &it.workplace, from, to)
        }
        Body::ThresholdsSet(it) => {
            listed(it.values.iter().map(|it| set_to(threshold(it.number), it.value)).collect())
        }
        Body::HoursTable(it) => listed(it.rows.iter().map(row).collect()),
        Body::Calendar(it) => {
            listed(it.holidays.iter().map(|it| vocabulary::translated(&it.title)).collect())
        }
        Body::Course(it) => share(vocabulary::translated(&it.title), it.share),
        Body::LevelNames(it) => {
            listed(it.names.iter().map(|it| vocabulary::translated(&it.name)).collect())
        }
        Body::ProviderWords(it) => {
            listed(it.words.iter().map(|it| vocabulary::translated(&it.text)).collect())
        }
        Body::Questionnaires(it) => {
            listed(it.lists.iter().flat_map(|it| &it.questions).cloned().collect())
        }
        Body::Site(it) => it.company.clone(),
        Body::Workplace(it) => it.company.clone(),
        Body::InfoSheet(it) => it.title.clone(),
        Body::Survey(it) => it.title.clone(),
        Body::Absence(it) => days(dates::short_day(it.from), dates::short_day(it.to)),
        Body::DaysGranted(it) => more_days(it.days),
        _ => return None,
    };
    Some(said)
}

fn row(it: &HoursRow) -> String {
    let kind = vocabulary::agreement_kind(it.kind);
    match (it.at_least, it.below) {
        (Some(minutes), _) => at_least(kind, dates::duration(minutes.into())),
        (None, Some(minutes)) => below(kind, dates::duration(minutes.into())),
        (None, None) => no_rule(kind).to_owned(),
    }
}
