//! What people did, in plain data, and what a dossier must therefore show. It shares no code with the fold.

use crate::school::Server;
use crate::support::{COACH, LEARNER, MENTOR};
use dubbelspoor_domain::dossier::{Dossier, Finding, Standing};
use dubbelspoor_domain::id::{EntryId, EventHash, PersonId};
use dubbelspoor_domain::wire::{Code, Verdict};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Deed {
    Wrote {
        entry: EntryId,
        parents: Vec<EventHash>,
        text: String,
        shared: bool,
        takes_back: bool,
    },
    Asked {
        entry: EntryId,
        version: EventHash,
    },
    Confirmed {
        version: EventHash,
        finding: Finding,
    },
    TookBack(EventHash),
    Said(String),
    /// For the coach alone, or also for one other person.
    Confided {
        text: String,
        only: Option<PersonId>,
    },
    /// A question, or an answer to one, for everybody.
    Wondered(String),
    Decided {
        event: EventHash,
        counts: bool,
    },
    /// Of a kind that only a newer app knows.
    Newer,
}

impl Deed {
    /// What only its author may read.
    pub(crate) fn private_text(&self) -> Option<&str> {
        let Deed::Wrote { shared: false, text, .. } = self else { return None };
        Some(text)
    }

    /// The same about events that were sealed again.
    pub(crate) fn rename(&mut self, names: &BTreeMap<EventHash, EventHash>) {
        let rename = |hash: &mut EventHash| {
            if let Some(new) = names.get(hash) {
                *hash = *new;
            }
        };
        match self {
            Deed::Wrote { parents, .. } => parents.iter_mut().for_each(rename),
            Deed::Asked { version: it, .. }
            | Deed::Confirmed { version: it, .. }
            | Deed::TookBack(it)
            | Deed::Decided { event: it, .. } => rename(it),
            Deed::Said(_) | Deed::Confided { .. } | Deed::Wondered(_) | Deed::Newer => {}
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) who: PersonId,
    pub(crate) phone: usize,
    pub(crate) deed: Deed,
    /// The author's phone had read that their link or key had ended.
    pub(crate) knew_of_the_end: bool,
    /// The event under which it goes on, after a copied phone was born again.
    pub(crate) renamed: Option<EventHash>,
}

/// What the school did that changes what people may.
#[derive(Clone, Default)]
pub(crate) struct Oracle {
    pub(crate) facts: BTreeMap<EventHash, Fact>,
    pub(crate) school: BTreeSet<EventHash>,
    /// The event that ended the mentor's link.
    pub(crate) mentor_ended: Option<EventHash>,
}

/// What a person sees, without positions, hashes of seals, or times.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Picture {
    /// Per entry: every text, the texts to choose from, and the one on top.
    pub(crate) entries: BTreeMap<EntryId, (BTreeSet<String>, BTreeSet<String>, String)>,
    pub(crate) confirmations: BTreeMap<EventHash, (Finding, &'static str)>,
    pub(crate) requests: BTreeMap<EntryId, EventHash>,
    pub(crate) said: Vec<String>,
    /// Questions, concerns and what was answered.
    pub(crate) open: BTreeSet<String>,
    pub(crate) newer: usize,
}

/// The order in which the school has it all.
pub(crate) struct Order {
    pub(crate) rows: Vec<(EventHash, Verdict)>,
}

impl Order {
    pub(crate) fn of(server: &Server) -> Order {
        Order { rows: server.rows().iter().map(|it| (it.hash, it.verdict)).collect() }
    }

    pub(crate) fn place(&self, hash: EventHash) -> Option<usize> {
        self.rows.iter().position(|it| it.0 == hash)
    }
}

impl Oracle {
    /// What has to become of a fact that the school has seen; an error says what is wrong.
    pub(crate) fn judge(
        &self,
        hash: EventHash,
        order: &Order,
        aside: Option<Code>,
        is_calm: bool,
    ) -> Result<(), String> {
        let fact = &self.facts[&hash];
        let end = self.mentor_ended.and_then(|it| order.place(it));
        let place = order.place(hash);
        let after_end =
            fact.who == MENTOR && end.is_some() && place.is_none_or(|it| Some(it) > end);
        let verdict = place.map(|at| order.rows[at].1);
        let is_evidence = matches!(fact.deed, Deed::Confirmed { .. });
        let fine = match (verdict, aside) {
            (Some(_), Some(_)) => false,
            (Some(Verdict::Waiting), None) => is_evidence && after_end,
            (Some(Verdict::Accepted), None) => !after_end,
            (Some(Verdict::Flagged), None) => {
                (after_end && (!is_evidence || self.is_released(hash, order))) || !is_calm
            }
            (Some(Verdict::Duplicate | Verdict::Quarantined | Verdict::Malformed), None) => false,
            (None, Some(Code::Fork)) => fact.renamed.is_some() || !is_calm,
            (None, Some(Code::AlreadyConfirmed)) => {
                matches!(fact.deed, Deed::Wrote { takes_back: true, .. })
            }
            (None, Some(Code::NotLinked)) => after_end && (fact.knew_of_the_end || !is_calm),
            (None, Some(_)) => false,
            (None, None) => fact.renamed.is_some() || (fact.deed == Deed::Newer && !is_calm),
        };
        if fine { Ok(()) } else { Err(format!("{fact:?}: {verdict:?}, put aside: {aside:?}")) }
    }

    fn is_released(&self, hash: EventHash, order: &Order) -> bool {
        order.rows.iter().any(|(row, _)| {
            let deed = self.facts.get(row).map(|it| &it.deed);
            matches!(deed, Some(Deed::Decided { event, counts: true }) if *event == hash)
        })
    }

    /// The school itself has everything.
    fn sees(&self, person: PersonId, at: usize, fact: &Fact, order: &Order) -> bool {
        if person == PersonId::SCHOOL {
            return true;
        }
        let is_private = match &fact.deed {
            Deed::Wrote { shared, .. } => !shared,
            Deed::Confided { only, .. } => person != COACH && *only != Some(person),
            Deed::Asked { .. }
            | Deed::Confirmed { .. }
            | Deed::TookBack(_)
            | Deed::Said(_)
            | Deed::Wondered(_)
            | Deed::Decided { .. }
            | Deed::Newer => false,
        };
        let ended = (person == MENTOR).then(|| self.mentor_ended.and_then(|it| order.place(it)));
        let in_time = ended.flatten().is_none_or(|end| at <= end);
        let is_linked = [LEARNER, MENTOR, COACH].contains(&person) && in_time;
        fact.who == person || (is_linked && !is_private)
    }

    /// What a person has to see, once everything that the school has has come through.
    pub(crate) fn picture(&self, person: PersonId, order: &Order) -> Picture {
        let mut seen = Vec::new();
        for (at, (hash, verdict)) in order.rows.iter().enumerate() {
            if let Some(fact) = self.facts.get(hash).filter(|it| self.sees(person, at, it, order)) {
                seen.push((*hash, *verdict, fact));
            }
        }
        let mut picture = Picture::default();
        let replaced: BTreeSet<EventHash> = seen
            .iter()
            .filter_map(|(_, _, it)| {
                let Deed::Wrote { parents, .. } = &it.deed else { return None };
                Some(parents.clone())
            })
            .flatten()
            .collect();
        for (hash, verdict, fact) in &seen {
            match &fact.deed {
                Deed::Wrote { entry, text, .. } => {
                    let it = picture.entries.entry(*entry).or_default();
                    it.0.insert(text.clone());
                    if !replaced.contains(hash) {
                        it.1.insert(text.clone());
                        it.2.clone_from(text);
                    }
                }
                Deed::Asked { entry, version } => drop(picture.requests.insert(*entry, *version)),
                Deed::Confirmed { finding, .. } => {
                    let waits = *verdict == Verdict::Waiting;
                    let standing = self.worth(*hash, fact.who, waits, &seen);
                    picture.confirmations.insert(*hash, (*finding, standing));
                }
                Deed::Said(text) => picture.said.push(text.clone()),
                Deed::Wondered(text) | Deed::Confided { text, .. } => {
                    picture.open.insert(text.clone());
                }
                Deed::Newer => picture.newer += 1,
                Deed::TookBack(_) | Deed::Decided { .. } => {}
            }
        }
        picture.said.sort();
        picture
    }

    fn worth(
        &self,
        hash: EventHash,
        by: PersonId,
        waits: bool,
        seen: &[(EventHash, Verdict, &Fact)],
    ) -> &'static str {
        let mut worth = if waits { "waiting" } else { "given" };
        for (_, _, fact) in seen {
            if let Deed::Decided { event, counts } = &fact.deed
                && *event == hash
            {
                worth = if *counts { "given" } else { "dismissed" };
            }
        }
        let taken_back = seen
            .iter()
            .any(|(_, _, it)| matches!(it.deed, Deed::TookBack(of) if of == hash) && it.who == by);
        if taken_back { "withdrawn" } else { worth }
    }
}

impl Picture {
    /// What differs, for a reader with little time.
    pub(crate) fn against(&self, other: &Picture) -> String {
        let mut lines = Vec::new();
        for id in self.entries.keys().chain(other.entries.keys()).collect::<BTreeSet<_>>() {
            let (shown, done) = (self.entries.get(id), other.entries.get(id));
            if shown != done {
                lines.push(format!("{id:?} shows {shown:?}, done was {done:?}"));
            }
        }
        for id in
            self.confirmations.keys().chain(other.confirmations.keys()).collect::<BTreeSet<_>>()
        {
            let (shown, done) = (self.confirmations.get(id), other.confirmations.get(id));
            if shown != done {
                lines.push(format!("{id:?} shows {shown:?}, done was {done:?}"));
            }
        }
        if self.requests != other.requests {
            lines.push(format!("{:?}, done was {:?}", self.requests, other.requests));
        }
        if self.open != other.open {
            lines.push(format!("{:?}, done was {:?}", self.open, other.open));
        }
        if self.said != other.said || self.newer != other.newer {
            lines.push(format!("{:?}, done was {:?}", self.said, other.said));
        }
        lines.join("\n")
    }

    /// What a dossier shows.
    pub(crate) fn of(dossier: &Dossier) -> Picture {
        let mut picture = Picture { newer: dossier.unknown.len(), ..Picture::default() };
        for record in dossier.diary.entries() {
            let texts = record.history().map(|it| it.content.text.clone()).collect();
            let heads = record.heads().iter().map(|it| it.content.text.clone()).collect();
            let shown = record.shown().content.text.clone();
            picture.entries.insert(record.entry, (texts, heads, shown));
        }
        for it in dossier.confirmations.all() {
            let standing = match dossier.standing(it) {
                Standing::Given => "given",
                Standing::Waiting => "waiting",
                Standing::Withdrawn => "withdrawn",
                Standing::Dismissed => "dismissed",
            };
            let finding = it.confirmation.outcomes[0].finding;
            picture.confirmations.insert(it.hash, (finding, standing));
        }
        for it in dossier.requests.all() {
            picture.requests.insert(it.request.entry, it.request.version);
        }
        picture.said = dossier.feedback.all().iter().map(|it| it.feedback.text.clone()).collect();
        picture.said.sort();
        for it in dossier.matters.all() {
            picture.open.insert(it.what.text().to_owned());
            let answers = dossier.matters.answers(it.hash).iter();
            picture.open.extend(answers.map(|it| it.answer.text.clone()));
        }
        picture
    }
}
