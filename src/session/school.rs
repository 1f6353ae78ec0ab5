//! What only the school can tell or do, so only with a connection: devices, and what it put aside.

use super::{Fault, Session};
use crate::device::net;
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::id::{DossierId, KeyId};
use dubbelspoor_domain::wire::{
    Device, Devices, Message, Purpose, QuarantineList, Quarantined, Revoke, Signed, path,
};

/// Why the school did not answer. Nothing on this device has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum NoAnswer {
    /// No connection, or the school is too busy.
    Offline,
    /// The session has ended.
    SignInAgain,
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
        let inner = self.inner();
        let payload = Revoke { key }.to_bytes();
        let signature = inner.signer.sign(&Purpose::Request.signing_input(&payload)).await?;
        let key = inner.signer.public_key().id();
        let request = Signed { payload: Bytes(payload), key, signature };
        answered(net::post(path::REVOKE, &request.to_bytes()).await?).map(drop)
    }

    /// What the school put aside in a dossier: for a coach all, for others their own.
    pub(crate) async fn quarantine(self, dossier: DossierId) -> Result<Vec<Quarantined>, NoAnswer> {
        let address = format!("{}?dossier={dossier}", path::QUARANTINE);
        let answer = answered(net::get(&address).await?)?;
        Ok(QuarantineList::from_bytes(&answer).ok_or(NoAnswer::Offline)?.quarantined)
    }
}

fn answered(answer: net::Answer) -> Result<Vec<u8>, NoAnswer> {
    match answer.status {
        200..300 => Ok(answer.body),
        401 | 403 => Err(NoAnswer::SignInAgain),
        _ => Err(NoAnswer::Offline),
    }
}
