//! A phone: the domain's own replica, a key, and a line to the server.

use super::http::{Answer, Cut, get, post, send};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::dossier::{Body, Dossier};
use dubbelspoor_domain::event::{Event, Header, Unsealed};
use dubbelspoor_domain::id::{
    DossierId, EventHash, EventId, KeyId, PersonId, PublicKey, ReplicaId,
};
use dubbelspoor_domain::seal::{SecretKey, verify};
use dubbelspoor_domain::sync::{Loaded, Mistrust, Replica};
use dubbelspoor_domain::wire::{
    Challenge, Join, Joined, Message, PullReply, Purpose, Push, PushReply, ReconcileReply, Ruled,
    Secret, Signed, path,
};
use dubbelspoor_server::{now, random};
use hyper::{HeaderMap, StatusCode};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// Why a phone did not get further. It keeps all that it had.
#[derive(Debug)]
pub(crate) enum Trouble {
    Cut,
    Refused(StatusCode),
    Mistrust(Mistrust),
}

impl From<Cut> for Trouble {
    fn from(_: Cut) -> Trouble {
        Trouble::Cut
    }
}

impl From<Mistrust> for Trouble {
    fn from(it: Mistrust) -> Trouble {
        Trouble::Mistrust(it)
    }
}

/// One installation of one person.
pub(crate) struct Phone {
    pub(crate) server: SocketAddr,
    pub(crate) key: SecretKey,
    pub(crate) person: PersonId,
    pub(crate) school: PublicKey,
    pub(crate) cookie: String,
    born: ReplicaId,
    replicas: BTreeMap<DossierId, Replica>,
    /// How far this phone's clock is off, in milliseconds.
    pub(crate) clock_off: i64,
}

pub(crate) fn new_key() -> SecretKey {
    SecretKey::from_bytes(&random().unwrap()).unwrap()
}

pub(crate) fn sign(key: &SecretKey, purpose: Purpose, payload: Vec<u8>) -> Signed {
    let signature = key.sign(&purpose.signing_input(&payload));
    Signed { payload: Bytes(payload), key: key.public().id(), signature }
}

pub(crate) fn cookie_of(headers: &HeaderMap) -> String {
    let set = headers.get("set-cookie").map_or("", |it| it.to_str().unwrap());
    set.split(';').next().unwrap().to_owned()
}

pub(crate) async fn ask_to_join(server: SocketAddr, key: &SecretKey, secret: Secret) -> Answer {
    let join = Join { secret, public: key.public(), device: "Gsm van de test".into() };
    let signed = sign(key, Purpose::Join, join.to_bytes());
    send(server, post(path::JOIN, signed.to_bytes())).await.unwrap()
}

impl Phone {
    pub(crate) async fn join(server: SocketAddr, secret: Secret) -> Phone {
        let key = new_key();
        let answer = ask_to_join(server, &key, secret).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        let joined = Joined::from_bytes(&answer.body).unwrap();
        Phone {
            server,
            person: joined.person,
            school: joined.school,
            cookie: cookie_of(&answer.headers),
            born: ReplicaId(random().unwrap()),
            replicas: BTreeMap::new(),
            clock_off: 0,
            key,
        }
    }

    pub(crate) fn key_id(&self) -> KeyId {
        self.key.public().id()
    }

    pub(crate) fn now(&self) -> u64 {
        now().saturating_add_signed(self.clock_off)
    }

    pub(crate) fn replica(&mut self, it: DossierId) -> &mut Replica {
        let (person, key, born) = (self.person, self.key_id(), self.born);
        let open = || Replica::open(it, person, key, born, Loaded::default());
        self.replicas.entry(it).or_insert_with(open)
    }

    pub(crate) fn dossier(&mut self, it: DossierId) -> &Dossier {
        self.replica(it).dossier()
    }

    /// What one action of a person writes.
    pub(crate) fn record(&mut self, dossier: DossierId, bodies: &[Body]) -> Vec<Event> {
        let (now, key) = (self.now(), self.key.clone());
        let replica = self.replica(dossier);
        let mut composer = replica.compose(now);
        for body in bodies {
            composer.add(EventId(random().unwrap()), body).unwrap();
        }
        let sealed =
            composer.finish().into_iter().map(|it| it.sealed_with(|input| key.sign(input)));
        let events: Vec<Event> = sealed.collect();
        let step = replica.record(events.clone()).unwrap();
        replica.take(step);
        events
    }

    /// An event as this phone would write it next, except for what is changed in its header; it is not kept here.
    pub(crate) fn forge(
        &mut self,
        dossier: DossierId,
        body: &Body,
        change: impl FnOnce(&mut Header),
    ) -> Event {
        let (now, key, id, person, born) =
            (self.now(), self.key.clone(), self.key_id(), self.person, self.born);
        let tip = self.replica(dossier).tip().clone();
        let mut header = Header {
            version: 1,
            kind: body.kind(),
            id: EventId(random().unwrap()),
            dossier,
            replica: tip.replica.unwrap_or(born),
            seq: tip.seq + 1,
            prev: tip.prev.map(Into::into).unwrap_or_default(),
            hlc: tip.hlc.tick(now),
            person,
            key: id,
            seen_position: tip.position,
            seen_chain: tip.chain.map(Into::into).unwrap_or_default(),
            body_hash: EventHash([0; 32]),
            body_len: 0,
            flags: body.flags(),
            challenge: None,
        };
        change(&mut header);
        Unsealed::new(header, body.encode()).sealed_with(|input| key.sign(input))
    }

    pub(crate) fn signed(&self, message: &impl Message) -> Vec<u8> {
        sign(&self.key, Purpose::Request, message.to_bytes()).to_bytes()
    }

    /// The message inside an answer, which must be signed by the school.
    pub(crate) fn opened<T: Message>(&self, answer: &Answer) -> Result<T, Trouble> {
        if answer.status != StatusCode::OK {
            return Err(Trouble::Refused(answer.status));
        }
        let signed = Signed::from_bytes(&answer.body).unwrap();
        let input = Purpose::Answer.signing_input(&signed.payload.0);
        assert!(verify(&self.school, &input, &signed.signature), "an answer of somebody else");
        Ok(T::from_bytes(&signed.payload.0).unwrap())
    }

    /// Sends events as they are, without a thought for what this phone holds.
    pub(crate) async fn deliver(&self, dossier: DossierId, events: &[Vec<u8>]) -> Vec<Ruled> {
        let events = events.iter().cloned().map(Bytes).collect();
        let push = Push { dossier, sent_at: self.now(), events };
        let answer = send(self.server, post(path::PUSH, self.signed(&push))).await.unwrap();
        self.opened::<PushReply>(&answer).unwrap().ruled
    }

    /// Sends what waits, once.
    pub(crate) async fn push(&mut self, dossier: DossierId) -> Result<Option<Vec<Ruled>>, Trouble> {
        let now = self.now();
        let Some(push) = self.replica(dossier).push(100, now) else { return Ok(None) };
        let answer = send(self.server, post(path::PUSH, self.signed(&push))).await?;
        let reply: PushReply = self.opened(&answer)?;
        let replica = self.replica(dossier);
        let step = replica.absorb_push(&push, &reply, now)?;
        replica.take(step);
        Ok(Some(reply.ruled))
    }

    pub(crate) async fn get(&self, address: &str) -> Result<Answer, Cut> {
        let mut request = get(address);
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        send(self.server, request).await
    }

    pub(crate) async fn post(&self, address: &str, body: Vec<u8>) -> Result<Answer, Cut> {
        let mut request = post(address, body);
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        send(self.server, request).await
    }

    pub(crate) async fn page(&mut self, dossier: DossierId) -> Result<PullReply, Trouble> {
        let after = self.replica(dossier).pull().after;
        let address = format!("{}?dossier={dossier}&after={after}", path::PULL);
        let answer = self.get(&address).await?;
        self.opened(&answer)
    }

    /// Reads one page and believes only what checks out. Says whether there is more.
    pub(crate) async fn pull(&mut self, dossier: DossierId) -> Result<bool, Trouble> {
        let page = self.page(dossier).await?;
        let (now, school) = (self.now(), self.school);
        let replica = self.replica(dossier);
        let claims = replica.claims(&page, &school);
        let proven: BTreeSet<EventHash> = claims
            .iter()
            .filter(|it| verify(&it.public, &it.message, &it.signature))
            .map(|it| it.event)
            .collect();
        let step = replica.absorb_pull(&page, now, &|event| proven.contains(&event.hash()))?;
        replica.take(step);
        Ok(replica.tip().position < page.head || replica.reconcile().is_some())
    }

    async fn give_back(&mut self, dossier: DossierId) -> Result<(), Trouble> {
        let Some(offer) = self.replica(dossier).reconcile() else { return Ok(()) };
        let answer = send(self.server, post(path::RECONCILE, self.signed(&offer))).await?;
        let reply: ReconcileReply = self.opened(&answer)?;
        let replica = self.replica(dossier);
        let step = replica.absorb_reconcile(&reply)?;
        replica.take(step);
        Ok(())
    }

    /// What the app's loop does: until nothing is left to send or to read.
    pub(crate) async fn sync(&mut self, dossier: DossierId) -> Result<(), Trouble> {
        for _ in 0..20 {
            self.give_back(dossier).await?;
            while self.push(dossier).await?.is_some() {}
            if !self.pull(dossier).await? {
                return Ok(());
            }
        }
        panic!("a phone that never comes to rest");
    }

    /// Opens a new session with the key alone.
    pub(crate) async fn sign_in(&mut self) -> Answer {
        let challenge = send(self.server, get(path::CHALLENGE)).await.unwrap();
        let challenge = Challenge::from_bytes(&challenge.body).unwrap();
        let signed = sign(&self.key, Purpose::Session, challenge.to_bytes());
        let answer = send(self.server, post(path::SESSION, signed.to_bytes())).await.unwrap();
        self.cookie = cookie_of(&answer.headers);
        answer
    }
}
