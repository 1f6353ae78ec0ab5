//! The diary: entries with their versions, none of which is ever overwritten (C1, C2, C5, C8).

use super::{Dossier, GoalId, Level, Placed, Record, Refusal, Role, Roles, fits};
use crate::hlc::Hlc;
use crate::id::{EntryId, EventHash, PersonId, ReplicaId};
use crate::{Day, codec};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The shortest activity, in minutes.
pub const MIN_MINUTES: u16 = 5;
/// The longest activity, in minutes.
pub const MAX_MINUTES: u16 = 720;

/// Where something is learnt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Place {
    /// Leerwerkplek.
    #[n(1)]
    Workplace,
    /// The centre.
    #[n(2)]
    School,
    /// A training centre.
    #[n(3)]
    TrainingCentre,
}

/// Who may read an entry once it is more than a draft.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Audience {
    /// The learner alone.
    #[n(1)]
    Private,
    /// Everybody linked to the dossier.
    #[n(2)]
    Shared,
}

/// How far an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Stage {
    /// Being written; nobody else sees it.
    #[n(1)]
    Draft,
    /// Written.
    #[n(2)]
    Submitted,
    /// Taken back by its author; can be restored.
    #[n(3)]
    Withdrawn,
}

/// A goal that an activity touched, and how the learner rates themselves in it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Touched {
    /// Which goal.
    #[n(0)]
    pub goal: GoalId,
    /// The learner's own rating; never averaged with the mentor's.
    #[n(1)]
    pub self_rating: Option<Level>,
}

#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
struct Fields {
    #[n(0)]
    entry: EntryId,
    #[n(1)]
    parents: Vec<EventHash>,
    #[n(2)]
    stage: Stage,
    #[n(3)]
    audience: Audience,
    #[n(4)]
    day: Day,
    #[n(5)]
    place: Place,
    #[n(6)]
    minutes: u16,
    #[n(7)]
    text: String,
    #[n(8)]
    goals: Vec<Touched>,
    #[n(9)]
    reflection: Option<String>,
}

const FIRST_UNKNOWN_FIELD: u32 = 10;

/// One version of a diary entry, whole. It names the versions that it was made from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Which entry.
    pub entry: EntryId,
    /// The versions that this one replaces: none at first, one for an edit, several for a choice.
    pub parents: Vec<EventHash>,
    /// How far it is.
    pub stage: Stage,
    /// Who may read it.
    pub audience: Audience,
    /// The day of the activity.
    pub day: Day,
    /// Where.
    pub place: Place,
    /// How long: [`MIN_MINUTES`] to [`MAX_MINUTES`].
    pub minutes: u16,
    /// What was done, at most 4,000 bytes.
    pub text: String,
    /// The goals touched, at most 20.
    pub goals: Vec<Touched>,
    /// What the learner thought of it, at most 4,000 bytes.
    pub reflection: Option<String>,
    /// What a newer app wrote into this version. An edit carries it along untouched.
    pub newer_fields: Vec<(u32, Vec<u8>)>,
}

impl Record for Entry {
    fn to_body(&self) -> Vec<u8> {
        let it = self.clone();
        let known = codec::to_bytes(&Fields {
            entry: it.entry,
            parents: it.parents,
            stage: it.stage,
            audience: it.audience,
            day: it.day,
            place: it.place,
            minutes: it.minutes,
            text: it.text,
            goals: it.goals,
            reflection: it.reflection,
        });
        codec::with_fields(&known, &self.newer_fields)
    }

    fn from_body(bytes: &[u8]) -> Option<Entry> {
        let it: Fields = codec::from_bytes(bytes).ok()?;
        Some(Entry {
            newer_fields: codec::fields_from(FIRST_UNKNOWN_FIELD, bytes).ok()?,
            entry: it.entry,
            parents: it.parents,
            stage: it.stage,
            audience: it.audience,
            day: it.day,
            place: it.place,
            minutes: it.minutes,
            text: it.text,
            goals: it.goals,
            reflection: it.reflection,
        })
    }
}

impl Entry {
    /// Whether others see it.
    pub fn is_shared(&self) -> bool {
        self.audience == Audience::Shared && self.stage != Stage::Draft
    }

    pub(super) fn permit(
        &self,
        by: PersonId,
        roles: Roles,
        dossier: &Dossier,
    ) -> Result<(), Refusal> {
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
    entries: BTreeMap<EntryId, Arc<EntryRecord>>,
    owners: BTreeMap<EventHash, EntryId>,
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
                    self.owners.insert(version.hash, entry);
                    record.versions.push(version);
                }
            }
            None => {
                self.owners.insert(version.hash, entry);
                let record = EntryRecord { entry, author: it.author(), versions: vec![version] };
                self.entries.insert(entry, Arc::new(record));
            }
        }
    }
}
