//! A demo person's phone: a real key, the real replica, and the server's real desk at the other end.

use crate::app::Server;
use crate::desk::{Desk, Registered};
use crate::http::sync::page;
use crate::random;
use crate::store::Device;
use anyhow::{Context, Result, bail};
use dubbelspoor_domain::dossier::{Body, Refusal};
use dubbelspoor_domain::id::{DossierId, EventHash, EventId, PersonId, PlanHash, ReplicaId};
use dubbelspoor_domain::seal::SecretKey;
use dubbelspoor_domain::sync::{Loaded, Replica};
use dubbelspoor_domain::wire::Verdict;

pub(super) struct Phone {
    pub(super) person: PersonId,
    key: SecretKey,
    replica: Replica,
}

impl Phone {
    /// A new phone of a person who joins: the centre and the dossier know it.
    pub(super) async fn new(
        server: &Server,
        person: PersonId,
        dossier: DossierId,
        now: u64,
    ) -> Result<Phone> {
        let key = SecretKey::from_bytes(&random()?).context("no key this time: start again")?;
        let device = Device {
            person,
            public_key: key.public(),
            name: "Demotoestel".to_owned(),
            certified_at: now,
            revoked_at: None,
        };
        server.store().put_device(&device).await?;
        let id = key.public().id();
        let mut desk =
            Desk::open(server, dossier, id, Registered::from([(id, device)])).await?.at(now);
        desk.vouch_for(id).await?;
        desk.close().await?;
        let replica = Replica::open(
            dossier,
            person,
            key.public().id(),
            ReplicaId(random()?),
            Loaded::default(),
        );
        Ok(Phone { person, key, replica })
    }

    /// Reads what is new.
    pub(super) async fn pull(&mut self, server: &Server, now: u64) -> Result<()> {
        loop {
            let page =
                page(server, self.person, self.replica.id(), self.replica.pull().after).await?;
            let step = self.replica.absorb_pull(&page, now, &|_| true);
            let Ok(step) = step else { bail!("the demo's own page was not believed") };
            self.replica.take(step);
            if self.replica.tip().position >= page.head {
                return Ok(());
            }
        }
    }

    /// Writes at one moment and hands it in at another; both in milliseconds since 1970.
    pub(super) async fn write(
        &mut self,
        server: &Server,
        (written, arrived): (u64, u64),
        bodies: &[Body],
    ) -> Result<Vec<EventHash>> {
        let mut composer = self.replica.compose(written);
        let mut hashes = Vec::with_capacity(bodies.len());
        for body in bodies {
            let hash = composer.add(EventId(*uuid::Uuid::now_v7().as_bytes()), body);
            hashes.push(hash.map_err(|it: Refusal| anyhow::anyhow!("not permitted: {it:?}"))?);
        }
        let events: Vec<_> = composer
            .finish()
            .into_iter()
            .map(|it| it.sealed_with(|input| self.key.sign(input)))
            .collect();
        let Ok(step) = self.replica.record(events.clone()) else { bail!("out of step") };
        self.replica.take(step);
        self.hand_in(server, arrived, &events).await?;
        Ok(hashes)
    }

    async fn hand_in(
        &self,
        server: &Server,
        arrived: u64,
        events: &[dubbelspoor_domain::event::Event],
    ) -> Result<()> {
        let key = self.key.public().id();
        let device = server.store().device(key).await?.context("a phone without a name")?;
        let registered = Registered::from([(key, device)]);
        let desk = Desk::open(server, self.replica.id(), key, registered).await?;
        let mut desk = desk.at(arrived);
        for event in events {
            let ruled = desk.receive(&event.raw()).await?;
            if !matches!(ruled.verdict, Verdict::Accepted | Verdict::Flagged) {
                bail!("the demo wrote what it may not: {ruled:?}");
            }
        }
        desk.close().await?;
        Ok(())
    }
}

impl Phone {
    /// The plan as it stands.
    pub(super) fn plan(&self) -> PlanHash {
        self.replica.dossier().plan.hash()
    }

    /// An entry as its learner would change it.
    pub(super) fn edited(
        &self,
        entry: dubbelspoor_domain::id::EntryId,
    ) -> Option<dubbelspoor_domain::dossier::Entry> {
        let record = self.replica.dossier().diary.get(entry)?;
        let heads = record.heads().iter().map(|it| it.hash).collect();
        let mut content = record.shown().content.clone();
        content.parents = heads;
        content.text.push_str(" Vergeten: ook de werkplek opgeruimd.");
        Some(content)
    }
}
