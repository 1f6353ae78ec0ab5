//! What lies on the table at a talk: what happened since the one before, and what of it can be written down already (E3).

use crate::parts::icons::face;
use crate::parts::{El, Tone, dates, el, notice, section, soft};
use crate::screens::asked::goal_title;
use crate::screens::entry_card::state_of;
use crate::screens::matters::{self, intentions};
use crate::screens::reading::{disclosure, name};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    ConfirmationRecord, Dossier, EntryRecord, Finding, Held, Matter, Review, Said, Standing,
};
use dubbelspoor_domain::hours;
use std::ops::RangeInclusive;

words! {
    material { nl "Sinds het vorige gesprek" en "Since the last talk" fr "Depuis le dernier entretien" }
    hours_line(work, school) { nl "{work} op de werkplek, {school} op school" en "{work} at the workplace, {school} at school" fr "{work} sur le lieu de travail, {school} à l’école" }
    done(count) { nl "{count} [activiteit|activiteiten] gedeeld" en "{count} [activity|activities] shared" fr "{count} [activité partagée|activités partagées]" }
    differ { nl "Verschil om over te praten" en "A difference to talk about" fr "Une différence dont parler" }
    differs(goal, own, mentor) { nl "{goal}: zelf {own}, mentor {mentor}" en "{goal}: own rating {own}, mentor {mentor}" fr "{goal} : soi-même {own}, mentor {mentor}" }
    felt_title { nl "Welbevinden" en "Well-being" fr "Bien-être" }
    felt_line(day, mark) { nl "{day}: {mark}" en "{day}: {mark}" fr "{day} : {mark}" }
    not_to_mentor { nl "De mentor leest dit niet." en "The mentor does not read this." fr "Le mentor ne lit pas ceci." }
    activities(count) { nl "Activiteiten ({count})" en "Activities ({count})" fr "Activités ({count})" }
    confirmed(count) { nl "Bevestigd ({count})" en "Confirmed ({count})" fr "Confirmé ({count})" }
    reached(goal, level) { nl "{goal}: {level}" en "{goal}: {level}" fr "{goal} : {level}" }
    by_whom(who, day) { nl "{who}, {day}" en "{who}, {day}" fr "{who}, {day}" }
    told(words, came) { nl "{words}: {came}" en "{words}: {came}" fr "{words} : {came}" }
}

/// From the talk before, or the first day, to this one.
fn period(it: &Dossier, review: &Review) -> RangeInclusive<Day> {
    let start = it.track.as_ref().map_or(review.day, |it| it.from);
    let earlier = it.reviews.all().filter(|other| {
        let what = &other.what;
        what.held.is_some() && what.day < review.day && what.review != review.review
    });
    let since = earlier.map(|it| it.what.day).max().unwrap_or(start);
    since..=review.day.max(since)
}

fn activities_in<'d>(it: &'d Dossier, period: &RangeInclusive<Day>) -> Vec<&'d EntryRecord> {
    let shared = it.diary.shared().filter(|(_, it)| period.contains(&it.content.day));
    shared.map(|(entry, _)| entry).collect()
}

/// What counts of what mentors confirmed of these days, in its order.
fn confirmed_in<'d>(
    it: &'d Dossier,
    period: &RangeInclusive<Day>,
) -> Vec<(Day, &'d ConfirmationRecord)> {
    let day = |record: &ConfirmationRecord| {
        let entry = it.diary.get(record.confirmation.entry)?;
        Some(entry.shown().content.day).filter(|day| period.contains(day))
    };
    let counts = it.confirmations.all().filter(|record| it.standing(record) == Standing::Given);
    counts.filter_map(|record| Some((day(record)?, record))).collect()
}

/// What there is to talk about: the figures since the last talk, intentions, and where ratings differ.
pub(super) fn material_for(session: Session, it: &Dossier, said: &Said<Review>) -> El {
    let period = period(it, &said.what);
    let (since, until) = (*period.start(), *period.end());
    let worked = hours::told_between(it, since, until);
    let entries = activities_in(it, &period);
    let line = hours_line(dates::duration(worked.workplace), dates::duration(worked.school));
    let mut differences = el("ul", "rows");
    let mut any = false;
    for (goal, own, mentor) in it.rating_differences() {
        any = true;
        let words = differs(
            vocabulary::translated(&goal.title),
            vocabulary::level(own),
            vocabulary::level(mentor),
        );
        differences = differences.add(el("li", "row").add(words));
    }
    let differences =
        any.then(|| notice(Tone::Plain, vec![el("h3", "").add(differ()), differences]));
    section(material())
        .add(el("p", "").add(done(entries.len())))
        .add(el("p", "").add(line))
        .add(listed(session, it, &entries))
        .add(reached_rows(it, &period))
        .add(felt(it, since, until))
        .add(differences)
        .add(intentions(it, 5))
}

/// How the cursist felt since the last talk. Where the mentor does not read it, it says so: they sit at the same table.
fn felt(it: &Dossier, since: Day, until: Day) -> Option<El> {
    let mut rows = el("ul", "rows");
    let mut any = false;
    for record in it.well_being.between(since, until) {
        any = true;
        let said = &record.said;
        let words = felt_line(dates::short_day(said.day), vocabulary::mark(said.mark));
        let text = el("span", "row-text")
            .add(el("span", "").add(words))
            .add(said.word.clone().map(|it| el("span", "words").add(it)))
            .add((!said.to_mentor).then(|| soft(not_to_mentor())));
        rows = rows.add(el("li", "row").add(face(said.mark)).add(text));
    }
    any.then(|| disclosure(felt_title().to_owned(), rows))
}

fn listed(session: Session, it: &Dossier, entries: &[&EntryRecord]) -> Option<El> {
    let row = |entry: &&EntryRecord| {
        let content = &entry.shown().content;
        let text = el("span", "row-text")
            .add(el("span", "").add(dates::day(content.day, session.today())))
            .add(el("span", "words").add(content.text.clone()))
            .add(el("span", "").add(state_of(it.state_of(entry))));
        el("li", "row").add(text)
    };
    let rows = el("ul", "rows").add(entries.iter().rev().map(row).collect::<Vec<_>>());
    (!entries.is_empty()).then(|| disclosure(activities(entries.len()), rows))
}

fn reached_rows(it: &Dossier, period: &RangeInclusive<Day>) -> Option<El> {
    let mut rows = Vec::new();
    for (day, record) in confirmed_in(it, period).into_iter().rev() {
        for outcome in &record.confirmation.outcomes {
            if let Finding::Reached(level) = outcome.finding {
                let goal = goal_title(it, &outcome.goal);
                let who = by_whom(name(it, record.by), dates::short_day(day));
                let text = el("span", "row-text")
                    .add(el("span", "").add(reached(goal, vocabulary::level(level))))
                    .add(el("span", "soft").add(who));
                rows.push(el("li", "row").add(text));
            }
        }
    }
    let count = rows.len();
    (count > 0).then(|| disclosure(confirmed(count), el("ul", "rows").add(rows)))
}

/// What of a talk can be written before it is held: what was taken up, and where the learner stands by the mentors' words
/// and levels. Where to and how on is for the three.
pub(super) fn known(it: &Dossier, review: &Review) -> Held {
    let period = period(it, review);
    let mut taken_up = Vec::new();
    for record in it.matters.all() {
        let Matter::Intention(intention) = &record.what else { continue };
        if let Some((came, at)) = it.matters.take_up(record.hash)
            && period.contains(&Day::of_millis(at.millis()))
        {
            taken_up.push(told(&intention.text, matters::take_up(came)));
        }
    }
    let confirmed = confirmed_in(it, &period);
    let mut levels: Vec<(&str, String)> = Vec::new();
    for (goal, outcome) in confirmed
        .iter()
        .flat_map(|(_, it)| &it.confirmation.outcomes)
        .map(|it| (&it.goal, it.finding))
    {
        if let Finding::Reached(level) = outcome {
            levels.retain(|(known, _)| *known != goal.as_str());
            levels.push((goal, reached(goal_title(it, goal), vocabulary::level(level))));
        }
    }
    let words = confirmed.iter().filter_map(|(_, record)| {
        let words = record.confirmation.feedback.as_ref()?;
        Some(told(name(it, record.by), words))
    });
    let lines: Vec<String> = levels.into_iter().map(|(_, it)| it).chain(words).collect();
    Held {
        take_up: as_far_as_fits(&taken_up),
        feed_up: String::new(),
        feedback: as_far_as_fits(&lines),
        feed_forward: String::new(),
        points: Vec::new(),
    }
}

/// Whole lines, the last ones first to stay: there is room for 1,500 letters, and for what is still to be said.
fn as_far_as_fits(lines: &[String]) -> String {
    let mut room = 1_000;
    let fits = |it: &&String| {
        let long = it.chars().count() + 1;
        let is_room = long <= room;
        room = room.saturating_sub(long);
        is_room
    };
    let mut kept: Vec<&str> = lines.iter().rev().take_while(fits).map(String::as_str).collect();
    kept.reverse();
    kept.join("\n")
}
