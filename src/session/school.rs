//! What only the school can tell or do, so only with a connection: devices, and what it put aside.

use super::{Fault, Session};
use crate::device::{net, note};
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::id::{DossierId, KeyId, PersonId};
use dubbelspoor_domain::wire::{
    Begin, Curricula, CurriculumFile, CurriculumRead, Device, Devices, Enrolled, EnrolledList,
    Guide, Guides, HandOver, InviteFor, Invited, Known, KnownList, Message, Purpose,
    QuarantineList, Quarantined, Revoke, Signed, path,
};

/// Why the school did not answer. Nothing on this device has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum NoAnswer {
    /// No connection, or the school is too busy.
    Offline,
    /// The session has ended.
    SignInAgain,
    /// Not mine to ask, or the school does not have it yet.
    No,
    /// The device.
    Device(Fault),
}

impl From<Fault> for NoAnswer {
    fn from(fault: Fault) -> NoAnswer {
        if matches!(fault, Fault::Offline(_)) { NoAnswer::Offline } else { NoAnswer::Device(fault) }
    }
}

impl Session {
    /// The key of this very device.
    pub(crate) fn this_device(self) -> KeyId {
        self.inner().signer.public_key().id()
    }

    /// One's own devices, oldest first.
    pub(crate) async fn devices(self) -> Result<Vec<Device>, NoAnswer> {
        let answer = answered(net::get(path::DEVICES).await?)?;
        Ok(Devices::from_bytes(&answer).ok_or(NoAnswer::Offline)?.devices)
    }

    /// From now on a device speaks for nobody.
    pub(crate) async fn revoke(self, key: KeyId) -> Result<(), NoAnswer> {
        self.ask(path::REVOKE, Revoke { key }.to_bytes()).await.map(drop)
    }

    /// Asks the school for something, signed by this device.
    pub(crate) async fn ask(
        self,
        path: &'static str,
        payload: Vec<u8>,
    ) -> Result<Vec<u8>, NoAnswer> {
        let inner = self.inner();
        let signature = inner.signer.sign(&Purpose::Request.signing_input(&payload)).await?;
        let key = inner.signer.public_key().id();
        let request = Signed { payload: Bytes(payload), key, signature };
        answered(net::post(path, &request.to_bytes()).await?)
    }

    /// An invitation for one more device of somebody in a dossier that I run.
    pub(crate) async fn invite(
        self,
        dossier: DossierId,
        person: PersonId,
    ) -> Result<Invited, NoAnswer> {
        let answer = self.ask(path::INVITE, InviteFor { dossier, person }.to_bytes()).await?;
        Invited::from_bytes(&answer).ok_or(NoAnswer::Offline)
    }

    /// The people of a dossier that I run, their devices and open invitations.
    pub(crate) async fn enrolled(self, dossier: DossierId) -> Result<Vec<Enrolled>, NoAnswer> {
        let address = format!("{}?dossier={dossier}", path::PEOPLE);
        let answer = answered(net::get(&address).await?)?;
        Ok(EnrolledList::from_bytes(&answer).ok_or(NoAnswer::Offline)?.people)
    }

    /// Who takes part in a centre in which I guide, without its cursisten. They are kept for when there is no line.
    pub(crate) async fn known(self, centre: DossierId) -> Result<Vec<Known>, NoAnswer> {
        let answer = answered(net::get(&format!("{}?centre={centre}", path::KNOWN)).await?)?;
        let told = KnownList::from_bytes(&answer).ok_or(NoAnswer::Offline)?;
        self.keep_answer(&kept_as(centre), &answer).await;
        Ok(told.all)
    }

    /// For when there is no line. Without room for it, it was read all the same.
    async fn keep_answer(self, name: &str, answer: &[u8]) {
        if let Err(fault) = self.inner().store.put_meta(name, answer).await {
            note(&fault.to_string());
        }
    }

    /// Those that were read last on this device.
    pub(crate) async fn kept_known(self, centre: DossierId) -> Vec<Known> {
        let kept = self.inner().store.meta(&kept_as(centre)).await.ok().flatten();
        let kept = kept.as_deref().and_then(KnownList::from_bytes);
        kept.map(|it| it.all).unwrap_or_default()
    }

    /// The cursisten of a centre in which I guide. They are not kept: to begin with one of them needs a line.
    pub(crate) async fn learners(self, centre: DossierId) -> Result<Vec<Known>, NoAnswer> {
        let address = format!("{}?centre={centre}&learners=true", path::KNOWN);
        let answer = answered(net::get(&address).await?)?;
        Ok(KnownList::from_bytes(&answer).ok_or(NoAnswer::Offline)?.all)
    }

    /// A new leertraject of a centre, with its cursist and its coach.
    pub(crate) async fn begin(self, it: &Begin) -> Result<(), NoAnswer> {
        self.ask(path::BEGIN, it.to_bytes()).await?;
        self.inner().nudge.now();
        Ok(())
    }

    /// Those who guide in a centre that I run, or may.
    pub(crate) async fn coaches(self, centre: DossierId) -> Result<Vec<Guide>, NoAnswer> {
        let address = format!("{}?centre={centre}", path::COACHES);
        let answer = answered(net::get(&address).await?)?;
        Ok(Guides::from_bytes(&answer).ok_or(NoAnswer::Offline)?.all)
    }

    /// Gives all leertrajecten that somebody coaches to somebody else.
    pub(crate) async fn hand_over(self, it: &HandOver) -> Result<(), NoAnswer> {
        self.ask(path::COACHES, it.to_bytes()).await.map(drop)
    }

    /// Has the school read a curriculum. Nothing is written by that.
    pub(crate) async fn read_curriculum(self, file: Vec<u8>) -> Result<CurriculumRead, NoAnswer> {
        let asked = CurriculumFile { file: Bytes(file) }.to_bytes();
        let answer = self.ask(path::CURRICULUM, asked).await?;
        CurriculumRead::from_bytes(&answer).ok_or(NoAnswer::Offline)
    }

    /// The curricula that come with the school; without a line those that it had when this device asked last.
    pub(crate) async fn known_curricula(self) -> Vec<CurriculumRead> {
        let told = net::get(path::CURRICULA).await.map_err(NoAnswer::from).and_then(answered);
        let answer = match told {
            Ok(answer) => {
                self.keep_answer(CURRICULA, &answer).await;
                Some(answer)
            }
            Err(_) => self.inner().store.meta(CURRICULA).await.ok().flatten(),
        };
        answer.and_then(|it| Curricula::from_bytes(&it)).map(|it| it.all).unwrap_or_default()
    }

    /// What the school put aside in a dossier: for a coach all, for others their own.
    pub(crate) async fn quarantine(self, dossier: DossierId) -> Result<Vec<Quarantined>, NoAnswer> {
        let address = format!("{}?dossier={dossier}", path::QUARANTINE);
        let answer = answered(net::get(&address).await?)?;
        Ok(QuarantineList::from_bytes(&answer).ok_or(NoAnswer::Offline)?.quarantined)
    }
}

/// What the curricula are kept as.
const CURRICULA: &str = "curricula";

fn kept_as(centre: DossierId) -> String {
    format!("known-{centre}")
}

pub(super) fn answered(answer: net::Answer) -> Result<Vec<u8>, NoAnswer> {
    match answer.status {
        200..300 => Ok(answer.body),
        401 => Err(NoAnswer::SignInAgain),
        // 413 and 422: asking the same again would get the same.
        403 | 404 | 413 | 422 => Err(NoAnswer::No),
        _ => Err(NoAnswer::Offline),
    }
}
