//! A request for confirmation, ready to show and to answer: for the list and for the screen of one.

use crate::parts::{El, dates, el, level_mark};
use crate::session::Session;
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Body, Confirmation, ConfirmationWithdrawn, Dossier, Finding, GoalId, Level, Outcome, Place,
    Role,
};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash, PersonId};
use dubbelspoor_domain::progress::Waiting;
use leptos::task::spawn_local;

words! {
    somebody { nl "Een cursist" en "A learner" fr "Un apprenant" }
    no_level { nl "Geen niveau voorgesteld" en "No level proposed" fr "Aucun niveau proposé" }
    undone { nl "Meteen ongedaan gemaakt" en "Undone at once" fr "Annulé aussitôt" }
}

/// A goal that waits for an answer.
#[derive(Clone, PartialEq)]
pub(super) struct AskedGoal {
    pub(super) goal: GoalId,
    pub(super) title: String,
    pub(super) proposed: Option<Level>,
}

/// A request as one card shows it.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) dossier: DossierId,
    pub(super) entry: EntryId,
    pub(super) version: EventHash,
    pub(super) request: EventHash,
    pub(super) learner: String,
    pub(super) day: Day,
    pub(super) place: Place,
    pub(super) minutes: u16,
    pub(super) text: String,
    pub(super) goals: Vec<AskedGoal>,
    /// What the learner means to try, or tried.
    pub(super) taken_up: Option<String>,
    /// When the version to confirm was written, if the entry was changed after that.
    pub(super) changed_since: Option<u64>,
}

impl Asked {
    fn of(dossier: DossierId, it: &Dossier, waiting: &Waiting<'_>) -> Asked {
        let content = &waiting.version.content;
        let goal = |asked: &&dubbelspoor_domain::dossier::Asked| AskedGoal {
            goal: asked.goal.clone(),
            title: goal_title(it, &asked.goal),
            proposed: asked.proposed,
        };
        let is_shown = waiting.entry.heads().iter().any(|it| it.hash == waiting.version.hash);
        Asked {
            dossier,
            entry: waiting.entry.entry,
            version: waiting.version.hash,
            request: waiting.request.hash,
            learner: learner_name(it),
            day: content.day,
            place: content.place,
            minutes: content.minutes,
            text: content.text.clone(),
            goals: waiting.open.iter().map(goal).collect(),
            taken_up: super::matters::taken_up_line(it),
            changed_since: (!is_shown).then(|| waiting.version.at.millis()),
        }
    }

    /// What agreeing with everything that was proposed says; `None` where a level is missing.
    pub(super) fn agreement(&self) -> Option<Confirmation> {
        let outcome = |it: &AskedGoal| {
            Some(Outcome { goal: it.goal.clone(), finding: Finding::Reached(it.proposed?) })
        };
        let outcomes = self.goals.iter().map(outcome).collect::<Option<Vec<_>>>()?;
        Some(Confirmation { entry: self.entry, version: self.version, outcomes, feedback: None })
    }

    /// When, where, how long: one line.
    pub(super) fn line(&self, today: Day) -> String {
        let (day, place) = (dates::day(self.day, today), vocabulary::place(self.place));
        format!("{day} · {place} · {}", dates::duration(u32::from(self.minutes)))
    }

    /// The rail on which it happened.
    pub(super) fn rail(&self) -> &'static str {
        match self.place {
            Place::Workplace => "card card-workplace",
            Place::School | Place::TrainingCentre => "card card-school",
        }
    }

    /// Its goals, each with the proposed level: a shape at the edge, then the words.
    pub(super) fn goal_rows(&self) -> El {
        let mut rows = el("ul", "bars");
        for it in &self.goals {
            let level = it.proposed.map_or(no_level(), vocabulary::level);
            let level_words = el("span", "soft").add(level).add(": ");
            let words = el("span", "").add(level_words).add(it.title.clone());
            rows = rows.add(el("li", "goal-row").add(level_mark(it.proposed)).add(words));
        }
        rows
    }
}

/// All that waits for me as a mentor, oldest activity first.
pub(super) fn waiting_for_me(session: Session) -> Vec<Asked> {
    let (me, today) = (session.me().person, session.today());
    let mut all: Vec<Asked> = Vec::new();
    for dossier in session.tracks() {
        session.with(dossier, |it| {
            if is_mentor(it, me, today) {
                for (at, waiting) in it.waiting_for(me, today).into_iter().enumerate() {
                    let mut asked = Asked::of(dossier, it, &waiting);
                    // Said once: with the oldest, which is answered next.
                    asked.taken_up = asked.taken_up.filter(|_| at == 0);
                    all.insert(all.partition_point(|it| it.day <= asked.day), asked);
                }
            }
        });
    }
    all
}

/// Whether somebody confirms in a dossier now.
pub(super) fn is_mentor(it: &Dossier, person: PersonId, today: Day) -> bool {
    it.links.current(Role::Mentor, today).any(|mentor| mentor == person)
}

/// The cursist's name.
pub(super) fn learner_name(it: &Dossier) -> String {
    name_or_somebody(it.links.learner().and_then(|learner| it.links.name_of(learner)))
}

/// As people are called whose name is not here yet.
pub(super) fn name_or_somebody(name: Option<&str>) -> String {
    name.unwrap_or(somebody()).to_owned()
}

/// A goal in words; its code where the plan does not tell.
pub(super) fn goal_title(it: &Dossier, goal: &str) -> String {
    it.plan.known(goal).map_or_else(|| goal.to_owned(), |it| vocabulary::translated(&it.title))
}

/// What undo does to confirmations that were given together.
pub(super) fn take_back(session: Session, dossier: DossierId, given: Vec<EventHash>) {
    let withdrawn = |confirmation| {
        let reason = undone().to_owned();
        Body::ConfirmationWithdrawn(ConfirmationWithdrawn { confirmation, reason })
    };
    let bodies: Vec<Body> = given.into_iter().map(withdrawn).collect();
    spawn_local(async move {
        // Taking back one's own confirmation is refused by no rule; what the device refuses stays in the list.
        let _ = session.record(dossier, move |it| it.add_all(&bodies)).await;
    });
}
