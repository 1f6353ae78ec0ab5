//! Planned beside done (F5): this week and each month of the school year. Each opens into the activities behind it.

use crate::parts::{El, Icon, dates, el, icon, link, needs_you, section, soft};
use crate::screens::reading::disclosure_of;
use crate::screens::{LEARNER, program};
use chrono::Days;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Dossier, EntryRecord, Version};
use dubbelspoor_domain::hours::{self, Period};
use dubbelspoor_domain::ordered::sort_by_key;
use std::cmp::Reverse;

words! {
    title { nl "Gepland en gedaan" en "Planned and done" fr "Prévu et fait" }
    how { nl "Op de werkplek. Gepland is wat in de overeenkomst staat, zonder vakantieweken en aanvaarde ziekteweken." en "At the workplace. Planned is what the agreement says, without weeks of holiday and accepted weeks of illness." fr "Sur le lieu de travail. Prévu : ce que dit le contrat, sans les semaines de vacances ni les semaines de maladie acceptées." }
    week_line(done, planned) { nl "Deze week: {done} van {planned}" en "This week: {done} of {planned}" fr "Cette semaine : {done} sur {planned}" }
    earlier_line(day, done, planned) { nl "Week van {day}: {done} van {planned}" en "Week of {day}: {done} of {planned}" fr "Semaine du {day} : {done} sur {planned}" }
    year_line(month, done, planned) { nl "Dit schooljaar tot en met {month}: {done} van {planned}" en "This school year up to and including {month}: {done} of {planned}" fr "Cette année scolaire jusqu’à {month} inclus : {done} sur {planned}" }
    month_line(month, done, planned) { nl "In {month}: {done} van {planned}" en "In {month}: {done} of {planned}" fr "En {month} : {done} sur {planned}" }
    none { nl "Geen activiteiten op de werkplek." en "No activities at the workplace." fr "Aucune activité sur le lieu de travail." }
    fewer(time) { nl "{time} minder dan gepland" en "{time} fewer than planned" fr "{time} de moins que prévu" }
    more(time) { nl "{time} meer dan gepland" en "{time} more than planned" fr "{time} de plus que prévu" }
    rest(count) { nl "En nog {count}" en "And {count} more" fr "Et encore {count}" }
}

/// So many weeks before this one are told one by one.
const EARLIER: u64 = 4;

/// So many activities are told of a period.
const SHOWN: usize = 40;

/// Nothing until there is a signed agreement.
pub(super) fn planned(it: &Dossier, today: Day) -> Option<El> {
    let months = hours::months(it, today);
    if months.is_empty() {
        return None;
    }
    let time = dates::duration;
    let week = hours::week(it, today);
    let words = week_line(time(week.done), time(week.planned));
    let mut all = vec![("week".to_owned(), words, week)];
    for back in 1..=EARLIER {
        let Some(day) = today.checked_sub_days(Days::new(back * 7)) else { break };
        let week = hours::week(it, Day(day));
        if months.last().is_some_and(|it| week.to < it.from) {
            break;
        }
        let from = dates::short_day(week.from);
        let words = earlier_line(from, time(week.done), time(week.planned));
        all.push((format!("week-{}", dates::for_field(week.from)), words, week));
    }
    if let Some(year) = hours::year(&months) {
        let words = year_line(dates::month(year.to), time(year.done), time(year.planned));
        all.push(("year".to_owned(), words, year));
    }
    for month in months {
        let words = month_line(dates::month(month.from), time(month.done), time(month.planned));
        all.push((dates::for_field(month.from), words, month));
    }
    let part = |(name, words, period): (String, String, Period)| {
        disclosure_of(name, words, inside(it, period, today))
    };
    let parts = all.into_iter().map(part);
    let card = el("div", "card").add(parts.collect::<Vec<_>>());
    Some(section(title()).add(soft(how())).add(card))
}

fn inside(it: &Dossier, period: Period, today: Day) -> El {
    // A period that is not over yet falls short of nothing.
    let is_over = period.to < today;
    let short = period.planned.saturating_sub(period.done);
    let long = period.done.saturating_sub(period.planned);
    let short = (is_over && short > 0).then(|| needs_you(fewer(dates::duration(short))));
    let long = (long > 0).then(|| soft(more(dates::duration(long))));
    let behind: Vec<_> = hours::behind(it, period).collect();
    let none = behind.is_empty().then(|| soft(none()));
    el("div", "section").add(short).add(long).add(none).add(activities(it, behind, today))
}

/// What is behind a figure, the last day first: the day, how long, the words; each opens.
pub(super) fn activities(it: &Dossier, mut all: Vec<(&EntryRecord, &Version)>, today: Day) -> El {
    sort_by_key(&mut all, |(_, version)| Reverse(version.content.day));
    let learns = program().name == LEARNER.name;
    let rest = all.len().checked_sub(SHOWN).filter(|it| *it > 0).map(|it| soft(rest(it)));
    let row = |(entry, version): &(&EntryRecord, &Version)| {
        let content = &version.content;
        let way = match learns {
            true => format!("/entry/{}", entry.entry),
            false => format!("/confirm/{}/{}", it.id, entry.entry),
        };
        let time = dates::duration(u32::from(content.minutes));
        let line = format!("{} · {time}", dates::day(content.day, today));
        let text = el("span", "row-text").add(el("span", "").add(line));
        let words = el("span", "soft clamp").add(content.text.clone());
        el("li", "").add(link(way, "row").add(text.add(words)).add(icon(Icon::Forward)))
    };
    let rows: Vec<El> = all.iter().take(SHOWN).map(row).collect();
    el("div", "section").add(el("ul", "rows").add(rows)).add(rest)
}
