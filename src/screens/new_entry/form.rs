//! What the form holds, what it proposes, and how it survives a closed tab.

use crate::session::Session;
use crate::words::vocabulary;
use chrono::Datelike;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Audience, Body, ConfirmationRequest, Entry, GoalId, Level, Place, Stage, Touched,
};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash};
use dubbelspoor_domain::ordered::{Table, sort_by_key};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// One tap each, in minutes, and two for the rest.
const OFTEN: [u16; 5] = [30, 60, 120, 240, 480];
const SOMETIMES: [u16; 10] = [15, 45, 90, 150, 180, 210, 300, 360, 420, 456];
const USUAL_MINUTES: u16 = 480;
/// A habit of a weekday is at most so old: three weeks.
const HABIT_DAYS: i64 = 21;
/// The kind of an entry's body: a draft of the form is kept in the same form as the event.
const KIND: u16 = 10;

/// The form's fields. A handle.
#[derive(Clone, Copy)]
pub(super) struct Form {
    entry: EntryId,
    before: StoredValue<Option<Entry>>,
    parents: StoredValue<Vec<EventHash>>,
    others: StoredValue<Vec<Entry>>,
    is_saved: StoredValue<bool>,
    pub(super) day: RwSignal<Option<Day>>,
    pub(super) place: RwSignal<Option<Place>>,
    pub(super) minutes: RwSignal<Option<u16>>,
    pub(super) goals: RwSignal<Vec<GoalId>>,
    pub(super) ratings: RwSignal<Table<GoalId, Level>>,
    pub(super) text: RwSignal<String>,
    pub(super) reflection: RwSignal<String>,
    pub(super) audience: RwSignal<Option<Audience>>,
    pub(super) ask: RwSignal<Option<bool>>,
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
        let habit = session.with(dossier, |it| {
            let is_recent = |day: Day| (0..=HABIT_DAYS).contains(&(*today - *day).num_days());
            let last = it.diary.written().map(|(_, it)| it).max_by_key(|it| {
                let is_habit =
                    is_recent(it.content.day) && it.content.day.weekday() == today.weekday();
                (is_habit, it.content.day, it.at)
            });
            last.map(|it| (it.content.place, it.content.minutes))
        });
        let (place, minutes) = habit.flatten().unwrap_or((Place::Workplace, USUAL_MINUTES));
        Form {
            entry: session.new_entry_id(),
            before: StoredValue::new(None),
            parents: StoredValue::new(Vec::new()),
            others: StoredValue::new(Vec::new()),
            is_saved: StoredValue::new(false),
            day: RwSignal::new(Some(today)),
            place: RwSignal::new(Some(place)),
            minutes: RwSignal::new(Some(minutes)),
            goals: RwSignal::new(Vec::new()),
            ratings: RwSignal::new(Table::default()),
            text: RwSignal::new(String::new()),
            reflection: RwSignal::new(String::new()),
            audience: RwSignal::new(Some(Audience::Shared)),
            ask: RwSignal::new(Some(true)),
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
        self.day.set(Some(it.day));
        self.place.set(Some(it.place));
        self.minutes.set(Some(it.minutes));
        self.goals.set(it.goals.iter().map(|it| it.goal.clone()).collect());
        let rated = it.goals.iter().filter_map(|it| Some((it.goal.clone(), it.self_rating?)));
        self.ratings.set(rated.collect());
        self.text.set(it.text.clone());
        self.reflection.set(it.reflection.clone().unwrap_or_default());
        self.audience.set(Some(it.audience));
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

    /// Whether saving also asks the mentor.
    pub(super) fn asks(&self) -> bool {
        self.audience.get() == Some(Audience::Shared)
            && self.ask.get() == Some(true)
            && self.goals.with(|it| !it.is_empty())
    }

    pub(super) fn asked(&self) -> Option<Asking> {
        let asks = untrack(|| self.asks());
        let goals = self.touched().into_iter();
        let goals = goals.map(|it| Asked { goal: it.goal, proposed: it.self_rating });
        asks.then(|| Asking { entry: self.entry, goals: goals.collect() })
    }

    fn touched(&self) -> Vec<Touched> {
        let ratings = self.ratings.get_untracked();
        let goals = self.goals.get_untracked().into_iter();
        goals.map(|goal| Touched { self_rating: ratings.get(&goal).copied(), goal }).collect()
    }

    /// The entry that the form describes.
    pub(super) fn read(&self, stage: Stage) -> Entry {
        let reflection = self.reflection.get_untracked().trim().to_owned();
        Entry {
            entry: self.entry,
            parents: self.parents.get_value(),
            stage,
            audience: self.audience.get_untracked().unwrap_or(Audience::Private),
            day: self.day.get_untracked().unwrap_or(Day::of_millis(0)),
            place: self.place.get_untracked().unwrap_or(Place::Workplace),
            minutes: self.minutes.get_untracked().unwrap_or(USUAL_MINUTES),
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
            let draft = session.draft(&kept).await.and_then(|it| unhex(&it));
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
        Effect::new(move |begun: Option<()>| {
            self.day.track();
            self.place.track();
            self.minutes.track();
            self.goals.track();
            self.ratings.track();
            self.text.track();
            self.reflection.track();
            self.audience.track();
            if begun.is_none() {
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
    day: Option<Day>,
    chosen: &[GoalId],
    all: bool,
) -> Vec<(GoalId, String)> {
    let found = session.with(dossier, |it| {
        let week = it.track.as_ref().zip(day).map_or(0, |(track, day)| track.week_of(day));
        let mut recent: Vec<_> = it.diary.written().map(|(_, it)| &it.content).collect();
        sort_by_key(&mut recent, |it| std::cmp::Reverse(it.day));
        let recent = recent.into_iter().take(2).flat_map(|it| it.goals.iter().map(|it| &it.goal));
        let mut wanted: Vec<GoalId> = recent.cloned().collect();
        wanted.extend(it.plan.in_week(week).map(|it| it.goal.clone()));
        wanted.truncate(6);
        wanted.extend(chosen.iter().cloned());
        if all || wanted.is_empty() {
            wanted.extend(it.plan.goals().map(|it| it.goal.clone()));
        }
        let mut shown: Vec<(GoalId, String)> = Vec::new();
        for goal in wanted {
            if let (Some(found), false) =
                (it.plan.get(&goal), shown.iter().any(|(it, _)| *it == goal))
            {
                shown.push((goal, vocabulary::translated(&found.title)));
            }
        }
        shown
    });
    found.unwrap_or_default()
}

/// The durations to choose from: those near at hand, with what is proposed among them, and the others.
pub(super) fn durations(proposed: Option<u16>) -> (Vec<u16>, Vec<u16>) {
    let mut near = OFTEN.to_vec();
    near.extend(proposed.filter(|it| !OFTEN.contains(it)));
    sort_by_key(&mut near, |it| *it);
    let far = SOMETIMES.into_iter().filter(|it| proposed != Some(*it)).collect();
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
