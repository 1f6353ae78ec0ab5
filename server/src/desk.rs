//! One sitting over one dossier: the head is locked, events are ruled on, and all of it is stored or none.

use crate::app::Server;
use crate::centre;
use crate::error::{Error, Result};
use crate::ledgers::to_store;
use crate::store::{Device, HeadLock, Quarantined, Row, Somebody};
use dubbelspoor_domain::dossier::{Body, KeyCertified};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, Epoch, EventHash, EventId, KeyId, PersonId};
use dubbelspoor_domain::sync::{Ledger, Ruling, Stored};
use dubbelspoor_domain::wire::{Code, Ruled, Verdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The devices of the centre that may have signed something in this sitting.
pub type Registered = BTreeMap<KeyId, Device>;

/// The open sitting. Dropping it undoes everything.
pub struct Desk<'s> {
    server: &'s Server,
    dossier: DossierId,
    lock: Box<dyn HeadLock>,
    ledger: Ledger,
    registered: Registered,
    sender: KeyId,
    now: u64,
    rows: Vec<Row>,
    quarantined: Vec<Quarantined>,
    malformed: Vec<Vec<u8>>,
    links_changed: bool,
}

/// What a sitting left behind.
pub struct Closed {
    /// The dossier as committed.
    pub ledger: Arc<Ledger>,
    /// The server's time of the sitting, in milliseconds since 1970.
    pub now: u64,
}

impl<'s> Desk<'s> {
    /// Waits for the dossier's head and sits down. `registered` was looked up before: while the head is held,
    /// no second connection is asked for.
    ///
    /// # Errors
    /// When the store does not answer, or what it holds contradicts itself.
    pub async fn open(
        server: &'s Server,
        dossier: DossierId,
        sender: KeyId,
        registered: Registered,
    ) -> Result<Desk<'s>> {
        server.ledgers.read(&server.store, dossier).await?;
        let mut lock = server.store.begin(dossier, Epoch(crate::random()?)).await?;
        let ledger = server.ledgers.take(dossier, &mut *lock).await?;
        Ok(Desk {
            server,
            dossier,
            lock,
            ledger,
            registered,
            sender,
            now: crate::now(),
            rows: Vec::new(),
            quarantined: Vec::new(),
            malformed: Vec::new(),
            links_changed: false,
        })
    }

    /// Sits at another moment than now: clocks are set, and a demonstration has a past.
    #[must_use]
    pub fn at(self, now: u64) -> Desk<'s> {
        Desk { now, ..self }
    }

    /// Lets the time of the sitting go on, never back.
    pub fn set_clock(&mut self, now: u64) {
        self.now = self.now.max(now);
    }

    /// The dossier as this sitting sees it.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Rules on one event as it came.
    ///
    /// # Errors
    /// Only when the store fails; whatever the bytes are, they get a verdict.
    pub async fn receive(&mut self, raw: &[u8]) -> Result<Ruled> {
        let header = Event::parse(raw).ok().map(|it| it.header().clone());
        if let Some(header) = header {
            // Readers check an event with the certificate that stands before it in the same dossier.
            self.vouch_for(header.key).await?;
        }
        let registered = |key| {
            let it: &Device = self.registered.get(&key)?;
            Some(certificate(it))
        };
        let Ruling { ruled, stored } = self.ledger.receive(raw, self.now, &registered);
        match stored {
            Stored::Nothing => {}
            Stored::Row(row) => {
                let body = row.event.as_ref().map(body_of);
                self.rows.push(to_store(&row, self.ledger.chain())?);
                if let Some(body) = body {
                    self.follow_up(&body).await?;
                }
            }
            Stored::Quarantine(event) => self.quarantined.push(Quarantined {
                hash: event.hash(),
                sealed: event.sealed().to_vec(),
                body: event.body().map(<[u8]>::to_vec),
                verdict: Verdict::Quarantined as u8,
                code: ruled.code.map_or(0, Code::number),
                sender: self.sender,
                received_at: self.now,
            }),
            Stored::Malformed => self.malformed.push(raw.to_vec()),
        }
        self.server.metrics.ruled(ruled.verdict);
        Ok(ruled)
    }

    /// Writes as the school itself.
    ///
    /// # Errors
    /// `NotPermitted` when the rules do not let even the school do this.
    pub async fn write(&mut self, body: &Body) -> Result<EventHash> {
        let id = EventId(*uuid::Uuid::now_v7().as_bytes());
        let unsealed = self.ledger.compose_as_school(id, self.now, body);
        let event = self.server.school.seal(unsealed);
        let ruled = Box::pin(self.receive(&event.raw())).await?;
        let taken = matches!(ruled.verdict, Verdict::Accepted | Verdict::Flagged);
        if taken { Ok(event.hash()) } else { Err(Error::NotPermitted) }
    }

    /// Certifies in this dossier the device of somebody who takes part in it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn vouch_for(&mut self, key: KeyId) -> Result<()> {
        let Some(device) = self.registered.get(&key) else { return Ok(()) };
        let dossier = self.ledger.dossier();
        let takes_part = dossier.links.all().any(|it| it.link.person == device.person);
        let certificate = certificate(device);
        if takes_part { self.certify(certificate).await } else { Ok(()) }
    }

    /// A key that the dossier knows already stays as it is.
    async fn certify(&mut self, it: KeyCertified) -> Result<()> {
        if self.ledger.dossier().keys.get(it.public.id()).is_some() {
            return Ok(());
        }
        self.write(&Body::KeyCertified(it)).await.map(drop)
    }

    /// Whoever comes to take part and has joined before: the dossier knows their devices from then on, not only once they
    /// write. So it tells who never joined (G1).
    async fn vouch_for_all_of(&mut self, person: PersonId) -> Result<()> {
        for device in self.lock.devices(person).await? {
            if device.revoked_at.is_none() {
                self.certify(certificate(&device)).await?;
            }
        }
        Ok(())
    }

    /// What an accepted event means for the lists of people and devices that the store keeps.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other kinds are no matter of the store"
    )]
    async fn follow_up(&mut self, body: &Body) -> Result<()> {
        match body {
            Body::LinkEnded(_) | Body::OfCentre(_) => self.links_changed = true,
            Body::Link(it) => {
                self.links_changed = true;
                self.vouch_for_all_of(it.person).await?;
            }
            Body::Person(it) => {
                let it = self.somebody(it.person, &it.name);
                self.lock.put_person(&it).await?;
            }
            Body::KeyCertified(it) => self.register(it).await?,
            Body::KeyRevoked(it) => self.lock.revoke_device(it.key, self.now).await?,
            Body::Release(it) if it.counts => self.release(it.event).await?,
            Body::Release(it) => self.lock.resolve_quarantine(it.event, self.now).await?,
            _ => {}
        }
        Ok(())
    }

    fn somebody(&self, id: PersonId, name: &str) -> Somebody {
        let dossier = self.ledger.dossier();
        let named = dossier.centre.as_ref().map(|it| &it.name);
        let named = named.or(dossier.track.as_ref().map(|it| &it.centre));
        Somebody {
            id,
            name: name.to_owned(),
            centre: named.unwrap_or(&self.server.centre).clone(),
            created_at: self.now,
        }
    }

    /// A certificate that phones gave back after a restore brings its device back too.
    async fn register(&mut self, it: &KeyCertified) -> Result<()> {
        if self.registered.contains_key(&it.public.id()) {
            return Ok(());
        }
        let device = Device {
            person: it.person,
            public_key: it.public,
            name: it.device.clone(),
            certified_at: self.now,
            revoked_at: None,
        };
        self.lock.put_device(&device).await?;
        Ok(())
    }

    /// Takes in what a coach released, if its author is beyond doubt.
    async fn release(&mut self, hash: EventHash) -> Result<()> {
        let Some(kept) = self.lock.quarantined(hash).await? else { return Ok(()) };
        let Ok(event) = Event::join(&kept.sealed, kept.body.as_deref()) else { return Ok(()) };
        self.vouch_for(event.header().key).await?;
        if self.ledger.dossier().keys.get(event.header().key).is_none() {
            return Ok(());
        }
        let body = event.body().map(|it| Body::decode(event.header().kind, it));
        let admitted = self.ledger.admit(event, self.now).map(|it| it.stored);
        if let Some(Stored::Row(row)) = admitted {
            self.rows.push(to_store(&row, self.ledger.chain())?);
            if let Some(body) = body {
                Box::pin(self.follow_up(&body)).await?;
            }
        }
        Ok(())
    }

    /// Makes all of it last. Until this has returned nothing may be promised to anybody.
    ///
    /// # Errors
    /// When the store fails; then the next sitting begins from what the store has.
    pub async fn close(self) -> Result<Closed> {
        let Desk { server, dossier, mut lock, ledger, sender, now, rows, .. } = self;
        // Where nothing happened nothing is written: not even that somebody asked about a dossier that is none.
        let happened = !rows.is_empty() || !self.quarantined.is_empty();
        if happened {
            lock.append(&rows).await?;
            lock.quarantine(&self.quarantined).await?;
            if self.links_changed {
                lock.set_members(&members(&ledger)).await?;
            }
            lock.commit().await?;
        } else {
            drop(lock);
        }
        for raw in &self.malformed {
            server.store.keep_malformed(sender, raw, now).await?;
        }
        let ledger = Arc::new(ledger);
        if let Some(noted) = server.noted.as_ref().filter(|_| !rows.is_empty()) {
            noted.note(dossier, ledger.position(), ledger.chain());
        }
        if happened || ledger.position() > 0 {
            server.ledgers.keep(dossier, ledger.clone());
        }
        if self.links_changed && ledger.dossier().of_centre.is_some() {
            // What is stored stands. Whoever is left out now comes in when they join.
            let welcomed = Box::pin(centre::welcome(server, ledger.dossier())).await;
            if let Err(error) = welcomed {
                tracing::error!(%error, %dossier, "the centre does not know its people");
            }
        }
        Ok(Closed { ledger, now })
    }
}

/// Everybody who ever took part: those whose part has ended may still read what was theirs.
fn members(ledger: &Ledger) -> Vec<(PersonId, u8)> {
    let links = ledger.dossier().links.all();
    links.map(|it| (it.link.person, it.link.role as u8)).collect()
}

fn body_of(event: &Event) -> Body {
    Body::decode(event.header().kind, event.body().unwrap_or_default())
}

fn certificate(of: &Device) -> KeyCertified {
    KeyCertified { public: of.public_key, person: of.person, device: of.name.clone() }
}
