//! What the form holds, what it proposes, and how it survives a closed tab.

use crate::parts::follow;
use crate::session::Session;
use crate::words::vocabulary;
use chrono::{Datelike, Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Audience, Body, ConfirmationRequest, Dossier, Entry, GoalId, Level, Place, Stage,
    Touched, Version,
};
use dubbelspoor_domain::hours::{LESSON, hours_as_lessons, lessons_as_hours};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash};
use dubbelspoor_domain::ordered::sort_by_key;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// One tap each, in minutes, and two for the rest.
const OFTEN: [u32; 5] = [30, 60, 120, 240, 480];
const SOMETIMES: [u32; 10] = [15, 45, 90, 150, 180, 210, 300, 360, 420, 456];
/// At school, in lessons.
const LESSONS: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
const USUAL_MINUTES: u16 = 480;
/// A habit of a weekday is at most so old: three weeks.
const HABIT_DAYS: i64 = 21;
/// The kind of an entry's body: a draft of the form is kept in the same form as the event.
const KIND: u16 = 10;

/// What the choices stand for.
pub(super) const PLACES: [Place; 3] = [Place::Workplace, Place::School, Place::TrainingCentre];
pub(super) const AUDIENCES: [Audience; 2] = [Audience::Shared, Audience::Private];

/// The form's fields. A handle.
#[derive(Clone, Copy)]
pub(super) struct Form {
    entry: EntryId,
    before: StoredValue<Option<Entry>>,
    parents: StoredValue<Vec<EventHash>>,
    others: StoredValue<Vec<Entry>>,
    is_saved: StoredValue<bool>,
    /// Days since 1970.
    pub(super) day: RwSignal<Option<u32>>,
    /// By its place in [`PLACES`].
    pub(super) place: RwSignal<Option<u32>>,
    pub(super) minutes: RwSignal<Option<u32>>,
    /// What the duration was when the form last was at the other sort of place: who taps the wrong one loses nothing.
    elsewhere: StoredValue<Option<u32>>,
    pub(super) goals: RwSignal<Vec<GoalId>>,
    pub(super) ratings: RwSignal<Vec<(GoalId, Level)>>,
    pub(super) text: RwSignal<String>,
    pub(super) reflection: RwSignal<String>,
    /// By its place in [`AUDIENCES`].
    pub(super) audience: RwSignal<Option<u32>>,
    /// One where the mentor is asked.
    pub(super) ask: RwSignal<Option<u32>>,
}

/// A request that waits for the hash of its version.
#[derive(Clone)]
pub(super) struct Asking {
    entry: EntryId,
    goals: Vec<Asked>,
}

impl Asking {
    pub(super) fn of_version(self, version: EventHash) -> ConfirmationRequest {
        ConfirmationRequest { entry: self.entry, version, goals: self.goals, to: None }
    }
}

impl Form {
    /// Today, with the place and the duration of the last such weekday, or else of last time.
    pub(super) fn for_new(session: Session, dossier: DossierId) -> Form {
        let today = session.today();
        let habit = session.with(dossier, |it| habit(it, today)).flatten();
        let (place, minutes) = habit.unwrap_or((Place::Workplace, USUAL_MINUTES));
        Form {
            entry: session.new_entry_id(),
            before: StoredValue::new(None),
            parents: StoredValue::new(Vec::new()),
            others: StoredValue::new(Vec::new()),
            is_saved: StoredValue::new(false),
            day: RwSignal::new(Some(number_of(today))),
            place: RwSignal::new(code_in(&PLACES, place)),
            minutes: RwSignal::new(Some(minutes.into())),
            elsewhere: StoredValue::new(None),
            goals: RwSignal::new(Vec::new()),
            ratings: RwSignal::new(Vec::new()),
            text: RwSignal::new(String::new()),
            reflection: RwSignal::new(String::new()),
            audience: RwSignal::new(Some(0)),
            ask: RwSignal::new(Some(1)),
        }
    }

    /// What is shown now; with two versions, the later one, and the new one replaces both.
    pub(super) fn for_edit(session: Session, dossier: DossierId, entry: EntryId) -> Option<Form> {
        let (content, others, heads) = session.with(dossier, |it| {
            let record = it.diary.get(entry)?;
            let (shown, heads) = (record.shown(), record.heads());
            let others = heads.iter().filter(|it| it.hash != shown.hash);
            let others: Vec<_> = others.map(|it| it.content.clone()).collect();
            Some((
                shown.content.clone(),
                others,
                heads.iter().map(|it| it.hash).collect::<Vec<_>>(),
            ))
        })??;
        let form = Form { entry, ..Form::for_new(session, dossier) };
        form.fill(&content);
        form.parents.set_value(heads);
        form.others.set_value(others);
        form.before.set_value(Some(content));
        Some(form)
    }

    fn fill(&self, it: &Entry) {
        self.day.set(Some(number_of(it.day)));
        self.place.set(code_in(&PLACES, it.place));
        self.minutes.set(Some(it.minutes.into()));
        let mut goals = Vec::new();
        let mut ratings = Vec::new();
        for it in &it.goals {
            goals.push(it.goal.clone());
            ratings.extend(it.self_rating.map(|level| (it.goal.clone(), level)));
        }
        self.goals.set(goals);
        self.ratings.set(ratings);
        self.text.set(it.text.clone());
        self.reflection.set(it.reflection.clone().unwrap_or_default());
        self.audience.set(code_in(&AUDIENCES, it.audience));
    }

    /// Whether the time is told in lessons: at school (F1).
    pub(super) fn is_in_lessons(&self) -> bool {
        chosen(&PLACES, self.place) == Some(Place::School)
    }

    /// To another place. Hours become as many lessons, and lessons hours (F1).
    pub(super) fn move_to(&self, place: Option<u32>) {
        let was = self.is_in_lessons();
        self.place.set(place);
        if was == self.is_in_lessons() {
            return;
        }
        let before = self.minutes.get_untracked();
        let turned = if was { lessons_as_hours } else { hours_as_lessons };
        self.minutes.set(self.elsewhere.get_value().or(before.map(turned)));
        self.elsewhere.set_value(before);
    }

    /// The entry as it was before the form opened.
    pub(super) fn before(&self) -> Option<Entry> {
        self.before.get_value()
    }

    /// What was written at once on other devices: the person makes one of it.
    pub(super) fn others(&self) -> Vec<Entry> {
        self.others.get_value()
    }

    /// Whether there is something to keep.
    pub(super) fn is_worth_keeping(&self) -> bool {
        let has_goal = self.goals.with(|it| !it.is_empty());
        has_goal || self.text.with(|it| !it.trim().is_empty())
    }

    /// Whether others may read it.
    pub(super) fn is_shared(&self) -> bool {
        self.audience.get() == Some(0)
    }

    /// The day of the form.
    pub(super) fn day(&self) -> Day {
        day_of(self.day.get().unwrap_or_default())
    }

    pub(super) fn entry(&self) -> EntryId {
        self.entry
    }

    /// Whether saving also asks the mentor.
    pub(super) fn asks(&self) -> bool {
        self.is_shared() && self.ask.get() == Some(1) && self.goals.with(|it| !it.is_empty())
    }

    pub(super) fn asked(&self) -> Option<Asking> {
        let asks = untrack(|| self.asks());
        let goals = self.touched().into_iter();
        let goals = goals.map(|it| Asked { goal: it.goal, proposed: it.self_rating });
        asks.then(|| Asking { entry: self.entry, goals: goals.collect() })
    }

    fn touched(&self) -> Vec<Touched> {
        let ratings = self.ratings.get_untracked();
        let mut touched = Vec::new();
        for goal in self.goals.get_untracked() {
            let rated = ratings.iter().find(|(it, _)| *it == goal);
            touched.push(Touched { self_rating: rated.map(|(_, level)| *level), goal });
        }
        touched
    }

    /// The entry that the form describes.
    pub(super) fn read(&self, stage: Stage) -> Entry {
        let reflection = self.reflection.get_untracked().trim().to_owned();
        Entry {
            entry: self.entry,
            parents: self.parents.get_value(),
            stage,
            audience: chosen(&AUDIENCES, self.audience).unwrap_or(Audience::Private),
            day: untrack(|| self.day()),
            place: chosen(&PLACES, self.place).unwrap_or(Place::Workplace),
            minutes: self.minutes.get_untracked().map_or(USUAL_MINUTES, |it| it as u16),
            text: self.text.get_untracked().trim().to_owned(),
            goals: self.touched(),
            reflection: (!reflection.is_empty()).then_some(reflection),
            newer_fields: self.before().map(|it| it.newer_fields).unwrap_or_default(),
        }
    }

    /// Keeps the half-written form on the device, and brings back what an earlier visit left.
    pub(super) fn keep_while_typing(self, session: Session, name: String) {
        let untouched = self.read(Stage::Draft);
        let restored = RwSignal::new(false);
        let kept = name.clone();
        spawn_local(async move {
            let mut draft = session.draft(&kept).await;
            if draft.is_none() && kept.starts_with("new-") {
                // What was half written when there was one draft for all leertrajecten.
                draft = session.draft("new").await;
                session.keep_draft("new", String::new());
            }
            let draft = draft.and_then(|it| unhex(&it));
            if let Some(Body::Entry(draft)) = draft.map(|it| Body::decode(KIND, &it)) {
                self.fill(&draft);
                // What another device wrote since then is not replaced unseen: it becomes a second version.
                self.parents.try_set_value(draft.parents);
            }
            restored.try_set(true);
        });
        let keep = Callback::new(move |()| {
            if self.is_saved.get_value() || !restored.get_untracked() {
                return;
            }
            let draft = self.read(Stage::Draft);
            let is_typed = draft.reflection.is_some() || untrack(|| self.is_worth_keeping());
            let draft = (is_typed && draft != untouched).then(|| hex(&Body::Entry(draft).encode()));
            session.keep_draft(&name, draft.unwrap_or_default());
        });
        self.keep_soon_after_each_change(keep);
        let leaving = window_event_listener_untyped("pagehide", move |_| keep.run(()));
        on_cleanup(move || leaving.remove());
    }

    fn keep_soon_after_each_change(self, keep: Callback<()>) {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let begun = StoredValue::new(false);
        follow(move || {
            self.day.track();
            self.place.track();
            self.minutes.track();
            self.goals.track();
            self.ratings.track();
            self.text.track();
            self.reflection.track();
            self.audience.track();
            if !begun.get_value() {
                begun.set_value(true);
                return;
            }
            if let Some(waiting) = timer.get_value() {
                waiting.clear();
            }
            let later = set_timeout_with_handle(move || keep.run(()), Duration::from_millis(400));
            timer.set_value(later.ok());
        });
        on_cleanup(move || {
            if let Some(Some(waiting)) = timer.try_get_value() {
                waiting.clear();
            }
        });
    }

    /// From now on nothing of it is half-written.
    pub(super) fn set_saved(&self, is_saved: bool) {
        self.is_saved.try_set_value(is_saved);
    }
}

/// First what is planned this week and what was done last time, then the rest when asked for.
pub(super) fn suggested_goals(
    session: Session,
    dossier: DossierId,
    day: Day,
    chosen: &[GoalId],
    all: bool,
) -> Vec<(GoalId, String)> {
    let found = session.with(dossier, |it| suggested(it, day, chosen, all));
    found.unwrap_or_default()
}

fn suggested(it: &Dossier, day: Day, chosen: &[GoalId], all: bool) -> Vec<(GoalId, String)> {
    let week = it.track.as_ref().map_or(0, |track| track.week_of(day));
    let mut wanted: Vec<&GoalId> = Vec::new();
    for entry in last_two(it) {
        wanted.extend(entry.goals.iter().map(|it| &it.goal));
    }
    wanted.extend(it.plan.in_week(week).map(|it| &it.goal));
    wanted.truncate(6);
    wanted.extend(chosen);
    if all || wanted.is_empty() {
        wanted.extend(it.plan.goals().map(|it| &it.goal));
    }
    let mut shown: Vec<(GoalId, String)> = Vec::new();
    for goal in wanted {
        let is_new = shown.iter().all(|(it, _)| it != goal);
        if let (Some(found), true) = (it.plan.known(goal), is_new) {
            shown.push((goal.clone(), vocabulary::translated(&found.title)));
        }
    }
    shown
}

/// The entries of the two latest days that were written on.
fn last_two(it: &Dossier) -> Vec<&Entry> {
    let mut latest: [Option<&Entry>; 2] = [None, None];
    let is_later = |one: &Entry, other: Option<&Entry>| other.is_none_or(|it| one.day > it.day);
    for (_, version) in it.diary.written() {
        let entry = &version.content;
        if is_later(entry, latest[0]) {
            latest = [Some(entry), latest[0]];
        } else if is_later(entry, latest[1]) {
            latest[1] = Some(entry);
        }
    }
    latest.into_iter().flatten().collect()
}

/// The place and the duration of the last such weekday, or else of last time.
fn habit(it: &Dossier, today: Day) -> Option<(Place, u16)> {
    let is_habit = |day: Day| {
        let age = (*today - *day).num_days();
        (0..=HABIT_DAYS).contains(&age) && day.weekday() == today.weekday()
    };
    let mut last: Option<&Version> = None;
    let rank = |it: &Version| (is_habit(it.content.day), it.content.day, it.at);
    for (_, it) in it.diary.written() {
        if last.is_none_or(|last| rank(it) > rank(last)) {
            last = Some(it);
        }
    }
    last.map(|it| (it.content.place, it.content.minutes))
}

/// Days since 1970.
pub(super) fn number_of(day: Day) -> u32 {
    (*day - NaiveDate::default()).num_days().try_into().unwrap_or_default()
}

pub(super) fn day_of(number: u32) -> Day {
    Day(NaiveDate::default() + Days::new(number.into()))
}

fn code_in<T: Copy + PartialEq>(all: &[T], it: T) -> Option<u32> {
    all.iter().position(|other| *other == it).map(|it| it as u32)
}

fn chosen<T: Copy>(all: &[T], code: RwSignal<Option<u32>>) -> Option<T> {
    all.get(code.get_untracked()? as usize).copied()
}

/// The durations to choose from: those near at hand, with what is proposed among them, and the others.
pub(super) fn durations(proposed: Option<u32>, in_lessons: bool) -> (Vec<u32>, Vec<u32>) {
    let mut near = if in_lessons { LESSONS.map(|it| it * LESSON).to_vec() } else { OFTEN.to_vec() };
    near.extend(proposed.filter(|it| !near.contains(it)));
    sort_by_key(&mut near, |it| *it);
    let mut far = SOMETIMES.to_vec();
    if in_lessons {
        far.extend(OFTEN);
        sort_by_key(&mut far, |it| *it);
    }
    far.retain(|it| !near.contains(it));
    (near, far)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}
