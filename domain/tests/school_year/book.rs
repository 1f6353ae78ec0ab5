//! What happened, in plain words: every act with its author and its moment, and when it came to the school. No figure
//! and no fold of the product is used here, nor in the calculation on top of it.

use chrono::NaiveDate;
use dubbelspoor_domain::dossier::{
    Agreement, Body, Confirmation, ConfirmationRequest, Entry, Goal, Link, Outcome, Track,
};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::id::{EntryId, EventHash, PersonId, PlanHash};
use dubbelspoor_domain::sync::Row;
use dubbelspoor_domain::wire::Verdict;
use std::collections::{BTreeMap, BTreeSet};

/// An act that came to the school.
pub(crate) struct Act {
    pub(crate) hash: EventHash,
    pub(crate) by: PersonId,
    /// When it was written, never after it arrived; in milliseconds since 1970.
    pub(crate) at: u64,
    /// The same on its phone's clock, which tells what came after what within a millisecond.
    clock: Hlc,
    pub(crate) received_at: u64,
    /// It counts only when a coach says so.
    pub(crate) waits: bool,
    pub(crate) body: Body,
}

/// A dossier's acts, in the order in which they came.
#[derive(Default)]
pub(crate) struct Book {
    noted: BTreeMap<EventHash, (PersonId, u64, Body)>,
    pub(crate) acts: Vec<Act>,
    /// Where each stands among them, by when it was said.
    said: BTreeMap<(Hlc, EventHash), usize>,
    /// What people read when they agreed to a plan.
    pub(crate) plans: BTreeMap<PlanHash, Vec<Goal>>,
    /// Whose phones the school knows.
    pub(crate) joined: BTreeSet<PersonId>,
}

impl Act {
    /// By when it was said, whenever it came.
    pub(crate) fn said(&self) -> (Hlc, EventHash) {
        (self.clock, self.hash)
    }
}

impl Book {
    pub(crate) fn note(&mut self, hash: EventHash, by: PersonId, at: u64, body: Body) {
        self.noted.insert(hash, (by, at, body));
    }

    /// One name, one plan: whoever read it, and wherever.
    pub(crate) fn read(&mut self, version: PlanHash, goals: Vec<Goal>) {
        let known = self.plans.entry(version).or_insert_with(|| goals.clone());
        assert_eq!(*known, goals, "two plans of one name");
        let names = self.plans.iter().filter(|(_, it)| **it == goals);
        assert_eq!(names.count(), 1, "one plan of two names");
    }

    /// All acts in the order in which they were said.
    pub(crate) fn by_said(&self) -> Vec<&Act> {
        self.said.values().map(|it| &self.acts[*it]).collect()
    }

    pub(crate) fn arrived(&mut self, row: &Row) {
        let Some((by, at, body)) = self.noted.remove(&row.hash) else { return };
        let clock = row.placed().unwrap().event.header().hlc;
        let act = Act {
            hash: row.hash,
            by,
            at: at.min(row.received_at),
            clock: clock.min(Hlc::at(row.received_at)),
            received_at: row.received_at,
            waits: row.verdict == Verdict::Waiting,
            body,
        };
        self.said.insert(act.said(), self.acts.len());
        self.acts.push(act);
    }

    /// What was written and never came: refused by the school.
    pub(crate) fn refused(&self) -> usize {
        self.noted.len()
    }

    /// The versions of each entry, in the order in which they came.
    pub(crate) fn versions(&self) -> BTreeMap<EntryId, Vec<(EventHash, &Entry)>> {
        let mut all: BTreeMap<EntryId, Vec<(EventHash, &Entry)>> = BTreeMap::new();
        for act in &self.acts {
            if let Body::Entry(it) = &act.body {
                all.entry(it.entry).or_default().push((act.hash, it));
            }
        }
        all
    }

    /// The version of each entry that stands: the last that nothing replaced.
    pub(crate) fn standing(&self) -> BTreeMap<EntryId, (EventHash, &Entry)> {
        let stands = |versions: Vec<(EventHash, &'_ Entry)>| {
            let old: Vec<EventHash> =
                versions.iter().flat_map(|(_, it)| it.parents.iter().copied()).collect();
            versions.iter().rev().find(|(hash, _)| !old.contains(hash)).map(|it| it.0)
        };
        let mut all = BTreeMap::new();
        for (entry, versions) in self.versions() {
            let shown = stands(versions.clone()).unwrap();
            let version = versions.into_iter().find(|(hash, _)| *hash == shown).unwrap();
            all.insert(entry, version);
        }
        all
    }

    /// Whether its own author took an act back.
    pub(crate) fn is_taken_back(&self, act: &Act) -> bool {
        self.acts.iter().any(|it| {
            matches!(&it.body, Body::ConfirmationWithdrawn(body) if body.confirmation == act.hash)
                && it.by == act.by
        })
    }

    /// The last word of a coach about an act that waits.
    pub(crate) fn ruled(&self, hash: EventHash) -> Option<bool> {
        self.acts.iter().rev().find_map(|it| {
            let Body::Release(body) = &it.body else { return None };
            (body.event == hash).then_some(body.counts)
        })
    }

    /// The confirmations that count.
    pub(crate) fn given(&self) -> Vec<(&Act, &Confirmation)> {
        let counts =
            |act: &Act| !self.is_taken_back(act) && self.ruled(act.hash).unwrap_or(!act.waits);
        self.confirmations().filter(|(act, _)| counts(act)).collect()
    }

    pub(crate) fn confirmations(&self) -> impl Iterator<Item = (&Act, &Confirmation)> {
        self.acts.iter().filter_map(|act| {
            let Body::Confirmation(it) = &act.body else { return None };
            Some((act, it))
        })
    }

    /// The findings that count: of one mentor, one version and one goal the first.
    pub(crate) fn findings(&self) -> Vec<(&Act, &Confirmation, &Outcome)> {
        let mut all: Vec<(&Act, &Confirmation, &Outcome)> = Vec::new();
        for (act, it) in self.given() {
            for outcome in &it.outcomes {
                let same = |(by, of, other): &(&Act, &Confirmation, &Outcome)| {
                    by.by == act.by && of.version == it.version && other.goal == outcome.goal
                };
                if !all.iter().any(same) {
                    all.push((act, it, outcome));
                }
            }
        }
        all
    }

    /// The last request of each entry.
    pub(crate) fn requests(&self) -> BTreeMap<EntryId, (&Act, &ConfirmationRequest)> {
        let requests = self.acts.iter().filter_map(|act| {
            let Body::ConfirmationRequest(it) = &act.body else { return None };
            Some((it.entry, (act, it)))
        });
        requests.collect()
    }

    /// Who takes part as what, each with the last day where it is over.
    pub(crate) fn links(&self) -> Vec<(&Link, Option<NaiveDate>)> {
        let mut all = BTreeMap::new();
        for act in &self.acts {
            if let Body::Link(it) = &act.body {
                all.insert(it.link, (it, it.to.map(|it| it.0)));
            }
            if let Body::LinkEnded(it) = &act.body
                && let Some((_, to)) = all.get_mut(&it.link)
            {
                *to = Some(it.to.0);
            }
        }
        all.into_values().collect()
    }

    /// The agreements as they are now.
    pub(crate) fn agreements(&self) -> Vec<&Agreement> {
        let mut all = BTreeMap::new();
        for act in &self.acts {
            if let Body::Agreement(it) = &act.body {
                all.insert(it.agreement, it);
            }
        }
        all.into_values().collect()
    }

    pub(crate) fn track(&self) -> Option<&Track> {
        self.acts.iter().rev().find_map(|it| {
            let Body::Track(track) = &it.body else { return None };
            Some(track)
        })
    }
}
