//! The only writer: here an action of a person becomes an event.
//!
//! One queue: compose, sign, store, show, one action after the other. What another tab wrote in between is
//! noticed by storage; then the action is composed again on what is there now.

mod aside;
mod centre;
mod choices;
mod figures;
mod join;
mod own;
mod photos;
mod reminders;
mod school;
mod shelf;
mod survey;
mod telling;
mod upkeep;
mod whole;

pub(crate) use choices::{Taste, Theme, use_taste};
pub(crate) use join::{JoinFault, Other, go_over, join, start_afresh};
pub(crate) use school::NoAnswer;
pub(crate) use shelf::{BRIEF_DIGESTS, DIGESTS, Digesting};
pub(crate) use survey::Given;
pub(crate) use telling::Telling;
pub(crate) use whole::Extent;

pub(crate) use crate::device::Fault;
use crate::device::channel::Channel;
use crate::device::keys::Signer;
use crate::device::settings::Settings;
use crate::device::store::Store;
use crate::device::worker::Updates;
use crate::device::{clock, is_typing, net, note, typing};
use crate::sync::{Line, Nudge};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Refusal};
use dubbelspoor_domain::id::{
    DossierId, EntryId, EventHash, EventId, FileHash, PersonId, ReplicaId, SurveyId,
};
use dubbelspoor_domain::ordered::Table;
use dubbelspoor_domain::sync::{Composer, Mistrust, Replica, Step};
use dubbelspoor_domain::wire::{Joined, Message};
use futures_util::future::{FutureExt, LocalBoxFuture};
use futures_util::lock::Mutex;
use leptos::prelude::*;
use shelf::Shelved;
use std::cell::{Cell, RefCell};
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
    shelf: RwSignal<Table<DossierId, Shelved>>,
    line: RwSignal<Line>,
    today: RwSignal<Day>,
    update_waits: RwSignal<bool>,
    extent: RwSignal<Extent>,
    /// Of several centres that I run, the one that I work at.
    at_centre: RwSignal<Option<DossierId>>,
    /// Of several leertrajecten of my own, the one that I work in.
    at_track: RwSignal<Option<DossierId>>,
    /// What was read of how far my answers to surveys are.
    given: RwSignal<Table<SurveyId, Given>>,
    /// The photos that the school does not have yet.
    unsent_photos: RwSignal<Vec<FileHash>>,
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
    /// How this program keeps digests, if it does.
    digesting: Option<&'static Digesting>,
    /// Which dossiers a screen waits for.
    wanted: RefCell<Table<DossierId, ()>>,
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
    pub(crate) async fn open(
        digesting: Option<&'static Digesting>,
    ) -> Result<Option<Session>, Fault> {
        let Some(account) = join::account().await? else { return Ok(None) };
        net::speak_as(&account);
        let store = Store::of(&account);
        let (me, born) = (store.meta(ME).await?, store.meta(BORN).await?);
        let joined = me.as_deref().and_then(Joined::from_bytes);
        let born = born.as_deref().and_then(ReplicaId::from_slice);
        let (Some(joined), Some(born)) = (joined, born) else { return Ok(None) };
        let Some(signer) = Signer::load(&store, KEY).await? else { return Ok(None) };
        let skew =
            store.meta(SKEW).await?.and_then(|it| Some(i64::from_be_bytes(it.try_into().ok()?)));
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
            digesting,
            wanted: RefCell::default(),
        };
        let settings = Settings::load();
        let chosen = |it: Option<String>| RwSignal::new(it.and_then(|it| DossierId::from_hex(&it)));
        let session = Session {
            inner: StoredValue::new_local(Rc::new(inner)),
            shelf: RwSignal::new(Table::default()),
            line: RwSignal::new(Line::Unknown),
            today: RwSignal::new(Day(clock::today())),
            update_waits,
            extent: RwSignal::new(Extent::Daily),
            at_centre: chosen(settings.centre),
            at_track: chosen(settings.track),
            given: RwSignal::new(Table::default()),
            unsent_photos: RwSignal::new(Vec::new()),
        };
        session.fill().await?;
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
        self.read_whole(dossier).await?;
        loop {
            let composed = self.peek(dossier, |it| {
                let mut writing = Writing { composer: it.compose(self.now()) };
                let last = act(&mut writing)?;
                Ok((last, writing.composer.finish()))
            });
            let composed = composed.unwrap_or(Err(Refusal::NotLinked));
            let (last, unsealed) = composed.map_err(NotKept::Refused)?;
            let mut events = Vec::with_capacity(unsealed.len());
            for it in unsealed {
                let signature = inner.signer.sign(&it.signing_input()).await?;
                events.push(it.seal(signature));
            }
            let kept = match self.peek(dossier, |it| it.record(events)) {
                Some(Ok(step)) => self.keep(dossier, step, draft.as_deref()).await?,
                _ => false,
            };
            if kept {
                self.after_save(is_first);
                return Ok(last);
            }
            self.read_anew(dossier).await?;
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
        self.read_whole(dossier).await?;
        loop {
            let step = match self.peek(dossier, decide).unwrap_or(Err(Mistrust::Stale)) {
                Ok(step) => step,
                Err(mistrust) => return Ok(Err(mistrust)),
            };
            if self.keep(dossier, step, None).await? {
                return Ok(Ok(()));
            }
            self.read_anew(dossier).await?;
        }
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

    /// Adds several, one after the other, and tells what the last will be known by.
    pub(crate) fn add_all(&mut self, bodies: &[Body]) -> Result<EventHash, Refusal> {
        let mut last = Err(Refusal::AlreadyDone);
        for body in bodies {
            last = Ok(self.add(body)?);
        }
        last
    }
}
