//! Which dossiers are here, and how much of each has been read. Whole where somebody looked or wrote; before that its
//! digest, so that a list of forty opens as fast as a list of three. What is not read yet is read when a screen asks
//! for it, when there is something to exchange, and otherwise one after the other once the first screen stands.

use super::{Fault, Session};
use crate::device::note;
use crate::device::store::Applied;
use crate::device::wake::sleep;
use crate::words::own;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::digest::Digest;
use dubbelspoor_domain::dossier::{Dossier, Frame, Role};
use dubbelspoor_domain::id::{DossierId, EventHash};
use dubbelspoor_domain::signals::Thresholds;
use dubbelspoor_domain::sync::{Counts, Opening, Refused, Replica, Step};
use dubbelspoor_domain::wire::Head;
use leptos::prelude::*;
use std::sync::Arc;

/// So many are read whole before anything is shown: no slower than their digests.
const FEW: usize = 3;
/// Between two dossiers that nobody waits for, in milliseconds: whoever taps goes first.
const PAUSE: u32 = 20;

/// One dossier on this device.
#[derive(Clone, Copy)]
pub(super) struct Shelved {
    /// Of what is here and, once the dossier was read, of today. A program that keeps none has everything whole.
    digest: RwSignal<Option<Digest>>,
    whole: RwSignal<Option<Replica>>,
    /// Whether storage has just this digest.
    is_kept: StoredValue<bool, LocalStorage>,
}

/// How digests are made and read, for the programs that have lists. The others do not carry the code.
pub(crate) struct Digesting {
    of: fn(&Replica, Thresholds, Day) -> Digest,
    read: fn(&[u8], &[u8]) -> Option<Digest>,
    write: fn(&Digest) -> Vec<u8>,
}

/// For the program that lists who needs attention and why.
pub(crate) static DIGESTS: Digesting =
    Digesting { of: Digest::of, read: Digest::read, write: Digest::write };

/// For the one that lists without.
pub(crate) static BRIEF_DIGESTS: Digesting =
    Digesting { of: Digest::brief, read: Digest::read_brief, write: Digest::write };

impl Session {
    /// All dossiers on this device, the centre's included.
    pub(crate) fn dossiers(self) -> Vec<DossierId> {
        self.shelf.with(|it| it.keys().copied().collect())
    }

    /// The dossiers of learners.
    pub(crate) fn tracks(self) -> Vec<DossierId> {
        self.those(false)
    }

    /// The dossiers of centres.
    pub(crate) fn centres(self) -> Vec<DossierId> {
        self.those(true)
    }

    fn those(self, centres: bool) -> Vec<DossierId> {
        let is_one = |it: &DossierId| {
            let is_centre = |it: &Replica| it.dossier().centre.is_some();
            self.briefly(*it, |it| it.is_centre, is_centre) == Some(centres)
        };
        self.dossiers().into_iter().filter(is_one).collect()
    }

    /// The roles that I hold or held, over all dossiers; the one whose screens come first is first.
    pub(crate) fn roles(self) -> Vec<Role> {
        let me = self.me().person;
        let mut roles = Vec::new();
        for dossier in self.dossiers() {
            let held = self.briefly(
                dossier,
                |it| it.roles.clone(),
                |it| {
                    let links = it.dossier().links.all().map(|it| &it.link);
                    links
                        .filter(|it| it.person == me && it.role != Role::Member)
                        .map(|it| it.role)
                        .collect()
                },
            );
            roles.extend(held.unwrap_or_default());
        }
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The three totals over all dossiers.
    pub(crate) fn counts(self) -> Counts {
        let counts = self.dossiers().into_iter();
        let counts = counts.filter_map(|it| self.briefly(it, Digest::counts, Replica::counts));
        let answers = Counts { here: self.answers_here(), ..Counts::default() };
        counts.fold(answers, |sum, it| Counts {
            here: sum.here + it.here,
            at_school: sum.at_school + it.at_school,
            to_see: sum.to_see + it.to_see,
            oldest_here: [sum.oldest_here, it.oldest_here].into_iter().flatten().min(),
        })
    }

    /// What came back.
    pub(crate) fn refused(self) -> Vec<(DossierId, Refused)> {
        let mut all = Vec::new();
        for dossier in self.dossiers() {
            let many = self.briefly(dossier, |it| it.refused as usize, |it| it.refused().len());
            if many.is_some_and(|it| it > 0) {
                let refused = self.with_replica(dossier, |it| it.refused().to_vec());
                all.extend(refused.unwrap_or_default().into_iter().map(|it| (dossier, it)));
            }
        }
        all
    }

    /// Reads a dossier; the reader runs again when it changes. One that was not read yet is nothing until it is.
    pub(crate) fn with<T>(self, dossier: DossierId, read: impl FnOnce(&Dossier) -> T) -> Option<T> {
        self.with_replica(dossier, |it| read(it.dossier()))
    }

    /// What the lists need of the dossiers of learners, in programs that have lists; the reader runs again when it changes.
    pub(crate) fn digests<T>(self, mut read: impl FnMut(DossierId, &Digest) -> T) -> Vec<T> {
        let all = self.tracks().into_iter();
        all.filter_map(|id| self.shelved(id)?.digest.with(|it| it.as_ref().map(|it| read(id, it))))
            .collect()
    }

    /// Whether an own event has not reached the school yet.
    pub(crate) fn is_only_here(self, dossier: DossierId, event: EventHash) -> bool {
        self.with_replica(dossier, |it| it.is_only_here(event)).unwrap_or(false)
    }

    /// Whether a dossier of this device has been read; if not, it is now. Of another dossier there is nothing to read.
    pub(crate) fn is_read(self, dossier: DossierId) -> bool {
        let Some(it) = self.shelf.with(|it| it.get(&dossier).copied()) else { return true };
        let is_whole = it.whole.with(Option::is_some);
        if !is_whole {
            self.want(dossier);
        }
        is_whole
    }

    /// Whether all of them have; the first that has not is read next.
    pub(crate) fn is_all_read(self) -> bool {
        self.dossiers().into_iter().all(|it| self.is_read(it))
    }

    /// Whether a dossier is on this device.
    pub(crate) fn holds(self, dossier: DossierId) -> bool {
        self.shelved(dossier).is_some()
    }

    /// Whether something of a dossier waits to be sent.
    pub(crate) fn sends(self, dossier: DossierId) -> bool {
        untrack(|| self.briefly(dossier, |it| it.sends, Replica::sends)).unwrap_or(false)
    }

    /// Whether there may be more at the school than what is here, and is read. Only its digest can say no.
    pub(crate) fn is_behind(self, head: &Head) -> bool {
        let Some(it) = self.shelved(head.dossier) else { return true };
        let unread = it.whole.with_untracked(Option::is_none);
        let is_at = it.digest.with_untracked(|it| it.as_ref().is_some_and(|it| it.is_at(head)));
        !(unread && is_at)
    }

    /// Reads a dossier as it is now, if it has been read.
    pub(crate) fn peek<T>(self, dossier: DossierId, read: impl FnOnce(&Replica) -> T) -> Option<T> {
        self.shelved(dossier)?.whole.with_untracked(|it| it.as_ref().map(read))
    }

    fn with_replica<T>(self, dossier: DossierId, read: impl FnOnce(&Replica) -> T) -> Option<T> {
        let it = self.shelf.with(|it| it.get(&dossier).copied())?;
        let done = it.whole.with(|it| it.as_ref().map(read));
        if done.is_none() {
            self.want(dossier);
        }
        done
    }

    /// From the digest where one is kept, else from the whole.
    pub(super) fn briefly<T>(
        self,
        dossier: DossierId,
        digest: impl FnOnce(&Digest) -> T,
        whole: impl FnOnce(&Replica) -> T,
    ) -> Option<T> {
        let it = self.shelf.with(|it| it.get(&dossier).copied())?;
        let known = it.digest.with(|it| it.as_ref().map(digest));
        known.or_else(|| it.whole.with(|it| it.as_ref().map(whole)))
    }

    fn shelved(self, dossier: DossierId) -> Option<Shelved> {
        self.shelf.with_untracked(|it| it.get(&dossier).copied())
    }
}

impl Session {
    /// Puts on the shelf what this device holds.
    pub(super) async fn fill(self) -> Result<(), Fault> {
        let inner = self.inner();
        let held = inner.store.digests().await?;
        let is_few = held.len() <= FEW;
        for (dossier, tip, digest) in held {
            let digest = inner.digesting.and_then(|it| (it.read)(&digest?, &tip));
            let is_known = digest.is_some();
            // What a centre set for itself is needed everywhere.
            let is_centre = digest.as_ref().is_some_and(|it| it.is_centre);
            if is_known {
                self.put(dossier, digest, None, true);
            }
            if is_few || is_centre || !is_known {
                self.read_anew(dossier).await?;
            }
        }
        Ok(())
    }

    /// Somebody looks at a dossier that was not read yet.
    fn want(self, dossier: DossierId) {
        if self.inner().wanted.borrow_mut().put(dossier, ()).is_some() {
            return;
        }
        leptos::task::spawn_local(async move {
            let inner = self.inner();
            let turn = inner.turn.lock().await;
            let done = self.read_whole(dossier).await;
            drop(turn);
            inner.wanted.borrow_mut().take(&dossier);
            if let Err(fault) = done {
                note(&fault.to_string());
            }
        });
    }

    /// Reads what nobody has asked for yet, and brings digests to today. A program without digests has read it all.
    pub(crate) fn read_the_rest(self) {
        let Some(digesting) = self.inner().digesting else { return };
        leptos::task::spawn_local(async move {
            for dossier in untrack(|| self.dossiers()) {
                sleep(PAUSE).await;
                if let Err(fault) = self.bring_to_today(dossier, digesting).await {
                    note(&fault.to_string());
                }
            }
        });
    }

    async fn bring_to_today(
        self,
        dossier: DossierId,
        digesting: &'static Digesting,
    ) -> Result<(), Fault> {
        let inner = self.inner();
        let _turn = inner.turn.lock().await;
        self.read_whole(dossier).await?;
        let Some(it) = self.shelved(dossier) else { return Ok(()) };
        let digest = self.peek(dossier, |it| self.digest_of(it)).flatten();
        if it.digest.with_untracked(|it| *it != digest) {
            it.is_kept.set_value(false);
            it.digest.set(digest);
        }
        if it.is_kept.get_value() {
            return Ok(());
        }
        let bytes = it.digest.with_untracked(|it| it.as_ref().map(digesting.write));
        let changes = self.peek(dossier, |it| it.digested(bytes?)).flatten();
        // Where another tab was first it has told us, and we read anew.
        if inner.store.apply(changes.as_slice(), None).await? == Applied::Done {
            it.is_kept.set_value(true);
        }
        Ok(())
    }

    /// A dossier that is here is whole after this. The caller has the turn.
    pub(super) async fn read_whole(self, dossier: DossierId) -> Result<(), Fault> {
        let is_unread =
            self.shelved(dossier).is_some_and(|it| it.whole.with_untracked(Option::is_none));
        if is_unread { self.read_anew(dossier).await } else { Ok(()) }
    }

    /// Makes room for a dossier that this device did not have, or makes it whole.
    pub(crate) async fn open_dossier(self, dossier: DossierId) -> Result<(), Fault> {
        let inner = self.inner();
        let _turn = inner.turn.lock().await;
        match self.shelved(dossier) {
            Some(_) => self.read_whole(dossier).await,
            None => self.read_anew(dossier).await,
        }
    }

    /// Reads a dossier from storage as it is there now. The caller has the turn.
    pub(super) async fn read_anew(self, dossier: DossierId) -> Result<(), Fault> {
        let inner = self.inner();
        let (person, key) = (inner.joined.person, inner.signer.public_key().id());
        let begin = || Opening::begin(dossier, person, key, inner.born);
        let mut whole = inner.store.open(dossier, &begin).await?;
        self.put_in_frame(&mut whole);
        let digest = self.digest_of(&whole);
        self.put(dossier, digest, Some(whole), false);
        self.follow_centre(dossier);
        Ok(())
    }

    /// Of today, with the thresholds of the centre; nothing in a program that keeps none.
    fn digest_of(self, whole: &Replica) -> Option<Digest> {
        let digesting = self.inner().digesting?;
        let centre = whole.dossier().of_centre;
        let set = centre.and_then(|it| self.peek(it, |it| it.dossier().rules.thresholds()));
        Some((digesting.of)(whole, set.unwrap_or_default(), self.today.get_untracked()))
    }

    fn frame(self, centre: DossierId) -> Option<Arc<Frame>> {
        self.peek(centre, |it| {
            let it = it.dossier();
            it.centre.is_some().then(|| Arc::new(it.as_frame()))
        })?
    }

    /// The figures of a leertraject stand in the frame of its centre.
    fn put_in_frame(self, it: &mut Replica) {
        if let Some(frame) = it.dossier().of_centre.and_then(|it| self.frame(it)) {
            it.surround(&frame);
        }
    }

    /// A centre was read or has changed: what it set holds for its leertrajecten, and its words are said everywhere. Says
    /// whether this dossier is one.
    fn follow_centre(self, centre: DossierId) -> bool {
        let Some(frame) = self.frame(centre) else { return false };
        for dossier in untrack(|| self.dossiers()) {
            let of = self.peek(dossier, |it| it.dossier().of_centre).flatten();
            if let Some(it) = self.shelved(dossier).filter(|_| of == Some(centre)) {
                it.whole.maybe_update(|it| it.as_mut().is_some_and(|it| it.surround(&frame)));
            }
        }
        // The names of the centre at which somebody works; another one's stay out of its dossiers.
        if untrack(|| self.centre()).is_none_or(|it| it == centre) {
            self.peek(centre, |it| own::learn(&it.dossier().rules));
        }
        true
    }

    fn put(
        self,
        dossier: DossierId,
        digest: Option<Digest>,
        whole: Option<Replica>,
        is_kept: bool,
    ) {
        let Some(it) = self.shelved(dossier) else {
            let (digest, whole) = (RwSignal::new(digest), RwSignal::new(whole));
            let it = Shelved { digest, whole, is_kept: StoredValue::new_local(is_kept) };
            self.shelf.update(|all| {
                all.put(dossier, it);
            });
            return;
        };
        it.whole.set(whole);
        let is_same = it.digest.with_untracked(|it| *it == digest);
        it.is_kept.set_value(is_kept || is_same && it.is_kept.get_value());
        if !is_same {
            it.digest.set(digest);
        }
    }

    /// Another tab has written.
    pub(super) fn read_again(self, dossier: DossierId) {
        leptos::task::spawn_local(async move {
            let inner = self.inner();
            let _turn = inner.turn.lock().await;
            if let Err(fault) = self.read_anew(dossier).await {
                note(&fault.to_string());
            }
        });
    }

    /// Stores a step and then shows it. `false`: another tab was first, and nothing was stored.
    pub(super) async fn keep(
        self,
        dossier: DossierId,
        step: Step,
        draft: Option<&str>,
    ) -> Result<bool, Fault> {
        let Some(it) = self.shelved(dossier) else { return Ok(false) };
        let Some(mut changes) = self.peek(dossier, |it| it.changes(&step)) else {
            return Ok(false);
        };
        let inner = self.inner();
        // In the same stroke goes the digest, so it is of what will be here.
        let next = inner.digesting.and_then(|digesting| {
            let mut next = self.peek(dossier, Replica::clone)?;
            next.take(step.clone());
            self.put_in_frame(&mut next);
            let digest = self.digest_of(&next)?;
            changes.digest = Some((digesting.write)(&digest));
            Some((next, digest))
        });
        if inner.store.apply(&[changes], draft).await? == Applied::Moved {
            return Ok(false);
        }
        match next {
            Some((next, digest)) => self.put(dossier, Some(digest), Some(next), true),
            None => it.whole.update(|it| {
                if let Some(it) = it {
                    it.take(step);
                    self.put_in_frame(it);
                }
            }),
        }
        if self.follow_centre(dossier) {
            // Other thresholds, other digests.
            self.read_the_rest();
        }
        inner.channel.notify(dossier);
        Ok(true)
    }
}
