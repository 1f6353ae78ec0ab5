//! The diary: entries with their versions, none of which is ever overwritten (C1, C2, C5, C8).

use super::{Dossier, GoalId, Level, Placed, Readers, Record, Refusal, Role, Roles, fits};
use crate::Day;
use crate::codec::{choice, record};
use crate::hlc::Hlc;
use crate::id::{EntryId, EventHash, PersonId, ReplicaId};
use crate::ordered::Table;
use std::sync::Arc;

/// The shortest activity, in minutes.
pub const MIN_MINUTES: u16 = 5;
/// The longest activity, in minutes.
pub const MAX_MINUTES: u16 = 720;

choice! {
    /// Where something is learnt.
    pub Place {
        /// Leerwerkplek.
        1 Workplace,
        /// The centre.
        2 School,
        /// A training centre.
        3 TrainingCentre,
    }

    /// Who may read an entry once it is more than a draft.
    pub Audience {
        /// The learner alone.
        1 Private,
        /// Everybody linked to the dossier.
        2 Shared,
    }

    /// How far an entry is.
    pub Stage {
        /// Being written; nobody else sees it.
        1 Draft,
        /// Written.
        2 Submitted,
        /// Taken back by its author; can be restored.
        3 Withdrawn,
    }
}

record! {
    /// A goal that an activity touched, and how the learner rates themselves in it.
    pub map Touched {
        /// Which goal.
        0 goal: GoalId,
        /// The learner's own rating; never averaged with the mentor's.
        1 self_rating: Option<Level>,
    }

    /// One version of a diary entry, whole. It names the versions that it was made from.
    pub map Entry {
        /// Which entry.
        0 entry: EntryId,
        /// The versions that this one replaces: none at first, one for an edit, several for a choice.
        1 parents: Vec<EventHash>,
        /// How far it is.
        2 stage: Stage,
        /// Who may read it.
        3 audience: Audience,
        /// The day of the activity.
        4 day: Day,
        /// Where.
        5 place: Place,
        /// How long: [`MIN_MINUTES`] to [`MAX_MINUTES`].
        6 minutes: u16,
        /// What was done, at most 4,000 bytes.
        7 text: String,
        /// The goals touched, at most 20.
        8 goals: Vec<Touched>,
        /// What the learner thought of it, at most 4,000 bytes.
        9 reflection: Option<String>,
        ..
        /// What a newer app wrote into this version. An edit carries it along untouched.
        newer_fields,
    }
}

impl Entry {
    /// Whether others see it.
    pub fn is_shared(&self) -> bool {
        self.audience == Audience::Shared && self.stage != Stage::Draft
    }
}

impl Record for Entry {
    fn permit(&self, by: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.only(Role::Learner)?;
        fits(&self.text, 4_000)?;
        fits(self.reflection.as_deref().unwrap_or_default(), 4_000)?;
        let in_range = (MIN_MINUTES..=MAX_MINUTES).contains(&self.minutes)
            && self.goals.len() <= 20
            && self.parents.len() <= 20;
        if !in_range {
            return Err(Refusal::OutOfRange);
        }
        dossier.plan.knows(self.goals.iter().map(|it| &it.goal))?;
        match dossier.diary.get(self.entry) {
            Some(record) if record.author != by => Err(Refusal::NotYours),
            Some(_) if self.stage == Stage::Withdrawn && dossier.is_confirmed(self.entry) => {
                Err(Refusal::AlreadyConfirmed)
            }
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        dossier.diary.fold(it, self);
    }

    fn readers(&self) -> Readers {
        if self.is_shared() { Readers::All } else { Readers::Author }
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        self.parents.iter_mut().for_each(rename);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

/// A version in the fold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Its event: what a confirmation names.
    pub hash: EventHash,
    /// Its content.
    pub content: Entry,
    /// When it was written.
    pub at: Hlc,
    /// Its place in the server's order; `None` while only on this device.
    pub position: Option<u64>,
    /// The installation that wrote it.
    pub replica: ReplicaId,
}

/// An entry with all its versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryRecord {
    /// Which entry.
    pub entry: EntryId,
    /// The learner who wrote it.
    pub author: PersonId,
    versions: Vec<Arc<Version>>,
}

impl EntryRecord {
    /// All versions, oldest first.
    pub fn history(&self) -> impl DoubleEndedIterator<Item = &Version> {
        self.versions.iter().map(Arc::as_ref)
    }

    /// A version by its event.
    pub fn version(&self, hash: EventHash) -> Option<&Version> {
        self.history().find(|it| it.hash == hash)
    }

    /// The versions that nothing has replaced. More than one: two devices wrote at once, a person chooses.
    pub fn heads(&self) -> Vec<&Version> {
        let replaced = |it: &Version| {
            self.history()
                .any(|other| other.hash != it.hash && other.content.parents.contains(&it.hash))
        };
        self.history().filter(|it| !replaced(it)).collect()
    }

    /// The version to show: the head that came last.
    pub fn shown(&self) -> &Version {
        // A record is made with its first version, and a loop of parents would need a hash collision.
        self.heads().last().copied().unwrap_or_else(|| &self.versions[0])
    }
}

/// The learner's entries.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diary {
    entries: Table<EntryId, Arc<EntryRecord>>,
    owners: Table<EventHash, EntryId>,
}

impl Diary {
    /// An entry by its name.
    pub fn get(&self, entry: EntryId) -> Option<&EntryRecord> {
        self.entries.get(&entry).map(Arc::as_ref)
    }

    /// The entry that a version belongs to.
    pub fn entry_of(&self, version: EventHash) -> Option<EntryId> {
        self.owners.get(&version).copied()
    }

    /// All entries, in no order that means something.
    pub fn entries(&self) -> impl Iterator<Item = &EntryRecord> {
        self.entries.values().map(Arc::as_ref)
    }

    /// The entries that stand: neither drafts nor withdrawn.
    pub fn written(&self) -> impl Iterator<Item = (&EntryRecord, &Version)> {
        self.entries()
            .map(|it| (it, it.shown()))
            .filter(|(_, shown)| shown.content.stage == Stage::Submitted)
    }

    /// Those of them that everybody reads: what the learner keeps for themselves counts for nobody.
    pub fn shared(&self) -> impl Iterator<Item = (&EntryRecord, &Version)> {
        self.written().filter(|(_, shown)| shown.content.is_shared())
    }

    /// The minutes that were written on a day in other entries than this one.
    pub fn minutes_on(&self, day: Day, but: EntryId) -> u32 {
        let there =
            self.written().filter(|(it, version)| version.content.day == day && it.entry != but);
        there.map(|(_, version)| u32::from(version.content.minutes)).sum()
    }

    pub(super) fn fold(&mut self, it: &Placed<'_>, content: Entry) {
        let entry = content.entry;
        let version = Arc::new(Version {
            hash: it.hash(),
            content,
            at: it.at,
            position: it.position,
            replica: it.event.header().replica,
        });
        match self.entries.get_mut(&entry) {
            Some(record) => {
                let record = Arc::make_mut(record);
                if record.version(version.hash).is_none() && record.author == it.author() {
                    self.owners.put(version.hash, entry);
                    record.versions.push(version);
                }
            }
            None => {
                self.owners.put(version.hash, entry);
                let record = EntryRecord { entry, author: it.author(), versions: vec![version] };
                self.entries.put(entry, Arc::new(record));
            }
        }
    }
}
