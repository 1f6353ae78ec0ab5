//! The only writer: here an action of a person becomes an event.
//!
//! One queue: compose, sign, store, show, one action after the other. What another tab wrote in between is
//! noticed by storage; then the action is composed again on what is there now.

mod aside;
mod choices;
mod join;
mod school;
mod upkeep;

pub(crate) use choices::{Taste, Theme, use_taste};
pub(crate) use join::{JoinFault, go_over, join, start_afresh};
pub(crate) use school::NoAnswer;

pub(crate) use crate::device::Fault;
use crate::device::channel::Channel;
use crate::device::keys::Signer;
use crate::device::store::{Applied, Store};
use crate::device::worker::Updates;
use crate::device::{clock, is_typing, note, typing};
use crate::sync::{Line, Nudge};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Dossier, Refusal, Role};
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash, EventId, PersonId, ReplicaId};
use dubbelspoor_domain::ordered::Table;
use dubbelspoor_domain::sync::{Composer, Counts, Mistrust, Opening, Refused, Replica, Step};
use dubbelspoor_domain::wire::{Joined, Message};
use futures_util::future::{FutureExt, LocalBoxFuture};
use futures_util::lock::Mutex;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// Where the installation's own things are kept.
const ME: &str = "me";
const BORN: &str = "replica";
const KEY: &str = "device";
const SKEW: &str = "skew";

/// Who uses this device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Me {
    /// The person.
    pub(crate) person: PersonId,
    /// Their name.
    pub(crate) name: String,
    /// Their centre.
    pub(crate) centre: String,
}

/// Why something was not written. Nothing of it was kept; the form still has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum NotKept {
    /// A rule of the dossier.
    Refused(Refusal),
    /// The device.
    Device(Fault),
}

impl From<Fault> for NotKept {
    fn from(fault: Fault) -> NotKept {
        NotKept::Device(fault)
    }
}

/// The person's dossiers on this device. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    replicas: RwSignal<Table<DossierId, RwSignal<Replica>>>,
    line: RwSignal<Line>,
    today: RwSignal<Day>,
    update_waits: RwSignal<bool>,
}

struct Inner {
    store: Store,
    signer: Signer,
    joined: Joined,
    born: ReplicaId,
    /// The server's clock minus this device's, in milliseconds, as last seen.
    skew: Cell<i64>,
    turn: Mutex<()>,
    channel: Channel,
    nudge: Nudge,
    updates: Updates,
}

impl Inner {
    /// Under which name this device keeps what is this person's.
    fn account(&self) -> String {
        self.joined.person.to_string()
    }
}

/// What one action writes. It may run again when another tab was first.
type Act = Box<dyn Fn(&mut Writing<'_>) -> Result<EventHash, Refusal>>;
/// Resolves when the action is kept. Boxed: every screen that writes waits for the same thing.
pub(crate) type Recording = LocalBoxFuture<'static, Result<EventHash, NotKept>>;

/// The session of the running app.
pub(crate) fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Opens what this device holds for the person who joined on it; `None` when nobody has.
    pub(crate) async fn open() -> Result<Option<Session>, Fault> {
        let Some(account) = join::account().await? else { return Ok(None) };
        let store = Store::of(&account);
        let (me, born) = (store.meta(ME).await?, store.meta(BORN).await?);
        let joined = me.as_deref().and_then(Joined::from_bytes);
        let born = born.as_deref().and_then(ReplicaId::from_slice);
        let (Some(joined), Some(born)) = (joined, born) else { return Ok(None) };
        let Some(signer) = Signer::load(&store, KEY).await? else { return Ok(None) };
        let skew =
            store.meta(SKEW).await?.and_then(|it| Some(i64::from_be_bytes(it.try_into().ok()?)));
        let held = store.dossiers().await?;
        let reloads: StoredValue<Option<Session>, LocalStorage> = StoredValue::new_local(None);
        let channel = Channel::open(&account, move |dossier| {
            if let Some(session) = reloads.get_value() {
                session.read_again(dossier);
            }
        });
        let update_waits = RwSignal::new(false);
        let inner = Inner {
            store,
            signer,
            joined,
            born,
            skew: Cell::new(skew.unwrap_or(0)),
            turn: Mutex::new(()),
            channel,
            nudge: Nudge::default(),
            updates: Updates::watch(move || update_waits.set(true), is_typing),
        };
        let session = Session {
            inner: StoredValue::new_local(Rc::new(inner)),
            replicas: RwSignal::new(Table::default()),
            line: RwSignal::new(Line::Unknown),
            today: RwSignal::new(Day(clock::today())),
            update_waits,
        };
        for dossier in held {
            session.open_dossier(dossier).await?;
        }
        reloads.set_value(Some(session));
        Ok(Some(session))
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// Who uses this device.
    pub(crate) fn me(self) -> Me {
        let it = &self.inner().joined;
        Me { person: it.person, name: it.name.clone(), centre: it.centre.clone() }
    }

    /// The learner's local day.
    pub(crate) fn today(self) -> Day {
        self.today.get()
    }

    /// Milliseconds since 1970, by the server's clock as far as it is known.
    pub(crate) fn now(self) -> u64 {
        clock::now_ms().saturating_add_signed(self.inner().skew.get())
    }

    /// All dossiers on this device, the centre's included.
    pub(crate) fn dossiers(self) -> Vec<DossierId> {
        self.replicas.with(|it| it.keys().copied().collect())
    }

    /// The dossiers of learners.
    pub(crate) fn tracks(self) -> Vec<DossierId> {
        let is_track = |it: &DossierId| self.with(*it, |it| it.centre.is_none()) == Some(true);
        self.dossiers().into_iter().filter(is_track).collect()
    }

    /// The dossier in which I am the cursist.
    pub(crate) fn own_dossier(self) -> Option<DossierId> {
        let me = self.me().person;
        let own = |it: &DossierId| self.with(*it, |it| it.links.learner()) == Some(Some(me));
        self.dossiers().into_iter().find(own)
    }

    /// The roles that I hold or held, over all dossiers; the one whose screens come first is first.
    pub(crate) fn roles(self) -> Vec<Role> {
        let me = self.me().person;
        let mut roles = Vec::new();
        for dossier in self.dossiers() {
            self.with(dossier, |it| {
                roles.extend(
                    it.links
                        .all()
                        .map(|it| &it.link)
                        .filter(|it| it.person == me && it.role != Role::Member)
                        .map(|it| it.role),
                );
            });
        }
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Reads a dossier; the reader runs again when it changes.
    pub(crate) fn with<T>(self, dossier: DossierId, read: impl FnOnce(&Dossier) -> T) -> Option<T> {
        self.with_replica(dossier, |it| read(it.dossier()))
    }

    fn with_replica<T>(self, dossier: DossierId, read: impl FnOnce(&Replica) -> T) -> Option<T> {
        let replica = self.replicas.with(|it| it.get(&dossier).copied())?;
        Some(replica.with(read))
    }

    /// Whether an own event has not reached the school yet.
    pub(crate) fn is_only_here(self, dossier: DossierId, event: EventHash) -> bool {
        self.with_replica(dossier, |it| it.is_only_here(event)).unwrap_or(false)
    }

    /// The three totals over all dossiers.
    pub(crate) fn counts(self) -> Counts {
        let counts =
            self.dossiers().into_iter().filter_map(|it| self.with_replica(it, Replica::counts));
        counts.fold(Counts::default(), |sum, it| Counts {
            here: sum.here + it.here,
            at_school: sum.at_school + it.at_school,
            to_see: sum.to_see + it.to_see,
            oldest_here: [sum.oldest_here, it.oldest_here].into_iter().flatten().min(),
        })
    }

    /// How the connection with the school is.
    pub(crate) fn line(self) -> Line {
        self.line.get()
    }

    /// Whether a newer version of the app is here and waits to be asked for.
    pub(crate) fn update_waits(self) -> bool {
        self.update_waits.get()
    }

    /// Goes over to it. What is half written has been kept.
    pub(crate) fn update(self) {
        if let Err(fault) = self.inner().updates.apply() {
            note(&fault.to_string());
        }
    }

    /// What came back.
    pub(crate) fn refused(self) -> Vec<(DossierId, Refused)> {
        let of = |it| {
            let refused = self.with_replica(it, |replica| replica.refused().to_vec());
            refused.unwrap_or_default().into_iter().map(move |refused| (it, refused))
        };
        self.dossiers().into_iter().flat_map(of).collect()
    }

    /// A name for something new.
    pub(crate) fn new_id(self) -> [u8; 16] {
        clock::uuid()
    }

    /// A name for a new entry.
    pub(crate) fn new_entry_id(self) -> EntryId {
        EntryId(self.new_id())
    }

    /// Writes what one action of a person says: one transaction, kept before it is shown.
    /// `act` may run again when another tab was first.
    pub(crate) fn record(
        self,
        dossier: DossierId,
        act: impl Fn(&mut Writing<'_>) -> Result<EventHash, Refusal> + 'static,
    ) -> Recording {
        self.write(dossier, None, Box::new(act)).boxed_local()
    }

    /// As [`Session::record`]; the draft that became these events goes in the same stroke.
    pub(crate) fn record_clearing(
        self,
        dossier: DossierId,
        draft: &str,
        act: impl Fn(&mut Writing<'_>) -> Result<EventHash, Refusal> + 'static,
    ) -> Recording {
        self.write(dossier, Some(draft.to_owned()), Box::new(act)).boxed_local()
    }

    async fn write(
        self,
        dossier: DossierId,
        draft: Option<String>,
        act: Act,
    ) -> Result<EventHash, NotKept> {
        let inner = self.inner();
        let _turn = inner.turn.lock().await;
        if let Some(draft) = &draft {
            // Sooner than the save: after it, what was typed must not come back as a second one.
            typing::forget(&inner.account(), draft);
        }
        let is_first = self.counts_untracked() == 0;
        loop {
            let replica = self.replica(dossier).ok_or(NotKept::Refused(Refusal::NotLinked))?;
            let composed = replica.with_untracked(|it| {
                let mut writing = Writing { composer: it.compose(self.now()) };
                let last = act(&mut writing)?;
                Ok((last, writing.composer.finish()))
            });
            let (last, unsealed) = composed.map_err(NotKept::Refused)?;
            let mut events = Vec::with_capacity(unsealed.len());
            for it in unsealed {
                let signature = inner.signer.sign(&it.signing_input()).await?;
                events.push(it.seal(signature));
            }
            let step = replica.with_untracked(|it| it.record(events));
            let kept = match step {
                Ok(step) => self.keep(dossier, step, draft.as_deref()).await?,
                Err(_) => false,
            };
            if kept {
                self.after_save(is_first);
                return Ok(last);
            }
            self.reload(dossier).await?;
        }
    }

    /// A refused event leaves the list.
    pub(crate) async fn dismiss(self, dossier: DossierId, event: EventHash) -> Result<(), NotKept> {
        let stepped = self.step(dossier, &|it| Ok(it.dismiss(event))).await;
        stepped.map(drop).map_err(NotKept::Device)
    }

    /// Takes a step of the sync loop, or any that depends only on what is here. `Ok(false)`: it no longer applied.
    pub(crate) async fn step(
        self,
        dossier: DossierId,
        decide: &dyn Fn(&Replica) -> Result<Step, Mistrust>,
    ) -> Result<Result<(), Mistrust>, Fault> {
        let inner = self.inner();
        let _turn = inner.turn.lock().await;
        loop {
            let Some(replica) = self.replica(dossier) else { return Ok(Err(Mistrust::Stale)) };
            let step = match replica.with_untracked(decide) {
                Ok(step) => step,
                Err(mistrust) => return Ok(Err(mistrust)),
            };
            if self.keep(dossier, step, None).await? {
                return Ok(Ok(()));
            }
            self.reload(dossier).await?;
        }
    }

    /// Stores a step and then shows it. `false`: another tab was first, and nothing was stored.
    async fn keep(
        self,
        dossier: DossierId,
        step: Step,
        draft: Option<&str>,
    ) -> Result<bool, Fault> {
        let Some(replica) = self.replica(dossier) else { return Ok(false) };
        let inner = self.inner();
        let changes = replica.with_untracked(|it| it.changes(&step));
        if inner.store.apply(&[changes], draft).await? == Applied::Moved {
            return Ok(false);
        }
        replica.update(|it| it.take(step));
        inner.channel.notify(dossier);
        Ok(true)
    }

    fn after_save(self, is_first: bool) {
        let inner = self.inner();
        inner.nudge.now();
        if is_first {
            leptos::task::spawn_local(async move {
                crate::device::storage::persist().await;
                if let Err(fault) = inner.store.reserve().await {
                    note(&fault.to_string());
                }
            });
        }
    }

    fn counts_untracked(self) -> usize {
        let counts = untrack(|| self.counts());
        counts.here + counts.at_school
    }

    pub(crate) fn replica(self, dossier: DossierId) -> Option<RwSignal<Replica>> {
        self.replicas.with_untracked(|it| it.get(&dossier).copied())
    }

    /// Makes room for a dossier that this device did not have, or reads it from storage.
    pub(crate) async fn open_dossier(self, dossier: DossierId) -> Result<(), Fault> {
        let inner = self.inner();
        let (person, key) = (inner.joined.person, inner.signer.public_key().id());
        let begin = || Opening::begin(dossier, person, key, inner.born);
        let replica = inner.store.open(dossier, &begin).await?;
        match self.replica(dossier) {
            Some(signal) => signal.set(replica),
            None => self.replicas.update(|it| {
                it.put(dossier, RwSignal::new(replica));
            }),
        }
        Ok(())
    }

    async fn reload(self, dossier: DossierId) -> Result<(), Fault> {
        self.open_dossier(dossier).await
    }

    /// Another tab has written.
    fn read_again(self, dossier: DossierId) {
        leptos::task::spawn_local(async move {
            let inner = self.inner();
            let _turn = inner.turn.lock().await;
            if let Err(fault) = self.reload(dossier).await {
                note(&fault.to_string());
            }
        });
    }
}

/// What one action writes. Several events are kept together or not at all.
pub(crate) struct Writing<'r> {
    composer: Composer<'r>,
}

impl Writing<'_> {
    /// Adds an event and tells what it will be known by.
    pub(crate) fn add(&mut self, body: &Body) -> Result<EventHash, Refusal> {
        self.composer.add(EventId(clock::uuid()), body)
    }
}
