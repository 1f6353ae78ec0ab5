//! Joining: an invitation becomes a key, a person and their dossiers on this device.

use super::{BORN, KEY, ME, Session};
use crate::device::keys::Signer;
use crate::device::store::Store;
use crate::device::wake::sleep;
use crate::device::{Fault, clock, net, note};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::wire::{self, Join, Joined, Message, Purpose, Secret, Signed};

/// Why joining did not work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum JoinFault {
    /// The invitation is unknown, used up or too old.
    NotValid,
    /// Too many tries: wait a moment.
    TooOften,
    /// No connection with the school.
    Offline,
    /// The device.
    Device(Fault),
}

impl From<Fault> for JoinFault {
    fn from(fault: Fault) -> JoinFault {
        if matches!(fault, Fault::Offline(_)) {
            JoinFault::Offline
        } else {
            JoinFault::Device(fault)
        }
    }
}

/// The device's own storage: who uses it, and a key that waits until it is known to whom it belongs.
/// Local storage would forget both when the browser is killed soon after.
const HERE: &str = "here";
const ACCOUNT: &str = "account";
const OTHERS: &str = "others";

/// Whose storage to open: that of the person who joined on this device.
pub(super) async fn account() -> Result<Option<String>, Fault> {
    let name = Store::of(HERE).meta(ACCOUNT).await?;
    Ok(name.and_then(|it| String::from_utf8(it).ok()))
}

/// Shows the invitation to the school with a key of this device, and keeps who one is.
pub(crate) async fn join(secret: Secret, device: String) -> Result<Joined, JoinFault> {
    if let Some(account) = account().await?
        && let Some(signer) = Signer::load(&Store::of(&account), KEY).await?
    {
        // Somebody who comes back goes on with their key and with what is here. The invitation of
        // somebody else, or after the device was revoked, asks for a new key.
        match ask(&secret, &device, &signer).await {
            Err(JoinFault::NotValid) => {}
            other => return Ok(keep(other?, signer).await?),
        }
    }
    let signer = waiting_key().await?;
    let joined = keep(ask(&secret, &device, &signer).await?, signer).await?;
    Store::of(HERE).delete_key(KEY).await?;
    Ok(joined)
}

/// The key is kept before it is shown: if the answer is lost, the same key asks again, and the
/// invitation is not spent on a key that nobody has. A browser that keeps no keys says so here,
/// while the invitation is still good.
async fn waiting_key() -> Result<Signer, Fault> {
    let here = Store::of(HERE);
    if let Some(signer) = Signer::load(&here, KEY).await? {
        return Ok(signer);
    }
    let mut signer = Signer::create().await?;
    signer.keep(&here, KEY).await?;
    Ok(signer)
}

/// How long to wait before asking again, where the line lost the question or the answer.
const AGAIN_MS: [u32; 2] = [1_000, 3_000];

/// Asks until there is an answer; the same key may ask as often as it needs.
async fn ask(secret: &Secret, device: &str, signer: &Signer) -> Result<Joined, JoinFault> {
    for pause in AGAIN_MS {
        match ask_once(secret, device, signer).await {
            Err(JoinFault::Offline) => sleep(pause).await,
            answer => return answer,
        }
    }
    ask_once(secret, device, signer).await
}

async fn ask_once(secret: &Secret, device: &str, signer: &Signer) -> Result<Joined, JoinFault> {
    let public = signer.public_key();
    let (secret, device) = (secret.clone(), device.to_owned());
    let payload = Join { secret, public, device }.to_bytes();
    let signature = signer.sign(&Purpose::Join.signing_input(&payload)).await?;
    let request = Signed { payload: Bytes(payload), key: public.id(), signature };
    let answer = net::post(wire::path::JOIN, &request.to_bytes()).await?;
    match answer.status {
        200 => Joined::from_bytes(&answer.body).ok_or(JoinFault::Offline),
        429 => Err(JoinFault::TooOften),
        // The server waited too long for a slow line.
        408 => Err(JoinFault::Offline),
        400..500 => Err(JoinFault::NotValid),
        _ => Err(JoinFault::Offline),
    }
}

async fn keep(joined: Joined, mut signer: Signer) -> Result<Joined, Fault> {
    let account = joined.person.to_string();
    let store = Store::of(&account);
    // Somebody who comes back goes on as the same installation: what is here is numbered by it.
    // It is there before the key, because a key without it could never write.
    if store.meta(BORN).await?.is_none() {
        store.put_meta(BORN, &clock::random::<16>()).await?;
    }
    let has_key = Signer::load(&store, KEY).await.ok().flatten();
    if has_key.is_none_or(|it| it.public_key() != signer.public_key()) {
        signer.keep(&store, KEY).await?;
    }
    store.put_meta(ME, &joined.to_bytes()).await?;
    Store::of(HERE).put_meta(ACCOUNT, account.as_bytes()).await?;
    Ok(joined)
}

/// Somebody else who joined on this device. What is theirs stays in a storage of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Other {
    account: String,
    /// The program that they used last.
    program: String,
    /// What they are called.
    pub(crate) name: String,
}

/// Everybody who made room for somebody else, a line each.
async fn others() -> Result<Vec<Other>, Fault> {
    let kept = Store::of(HERE).meta(OTHERS).await?.unwrap_or_default();
    let kept = String::from_utf8(kept).unwrap_or_default();
    let read = |line: &str| {
        let mut parts = line.splitn(3, ' ').map(str::to_owned);
        Some(Other { account: parts.next()?, program: parts.next()?, name: parts.next()? })
    };
    Ok(kept.lines().filter_map(read).collect())
}

impl Session {
    /// The other people of this device.
    pub(crate) async fn others(self) -> Result<Vec<Other>, Fault> {
        let own = self.inner().account();
        Ok(others().await?.into_iter().filter(|it| it.account != own).collect())
    }

    /// Notes who I am and which program I use, so that there is a way back.
    pub(crate) async fn make_room(self, program: &str) -> Result<(), Fault> {
        let (own, name) = (self.inner().account(), self.me().name.replace('\n', " "));
        let mut all = String::new();
        for Other { account, program, name } in self.others().await? {
            all += &format!("{account} {program} {name}\n");
        }
        all += &format!("{own} {program} {name}\n");
        Store::of(HERE).put_meta(OTHERS, all.as_bytes()).await
    }

    /// Goes on as somebody else of this device, who signs in by their own key. What I have not sent yet waits here.
    pub(crate) async fn go_on_as(self, other: &Other, program: &str) -> Result<(), Fault> {
        self.make_room(program).await?;
        Store::of(HERE).put_meta(ACCOUNT, other.account.as_bytes()).await?;
        go_over(&other.program);
        Ok(())
    }
}

/// Begins again as the person who has just joined, on a clean address.
pub(crate) fn start_afresh() {
    if let Err(fault) = net::go("/") {
        note(&fault.to_string());
    }
}

/// To the program of another role; the start page keeps this one for the next time.
pub(crate) fn go_over(program: &str) {
    if let Err(fault) = net::go(&format!("/?{program}")) {
        note(&fault.to_string());
    }
}
