//! Rows, people and invitations as the store takes them: bytes without a meaning.

use dubbelspoor_domain::id::{Chain, DossierId, Epoch, EventHash, PersonId, PublicKey, ReplicaId};
use dubbelspoor_server::random;
use dubbelspoor_server::store::{Head, Invite, Newcomer, Row, SharedStore, Somebody, Ticket};

pub(crate) fn id<const N: usize>() -> [u8; N] {
    random().unwrap()
}

pub(crate) fn dossier() -> DossierId {
    DossierId(id())
}

/// A row that continues a head.
pub(crate) fn next(head: Head) -> Row {
    Row {
        position: head.position + 1,
        hash: EventHash(id()),
        replica: ReplicaId(id()),
        seq: 1,
        kind: 10,
        sealed: id::<166>().to_vec(),
        body: Some(id::<40>().to_vec()),
        verdict: 1,
        received_at: head.received_at + 1,
        hlc_eff: 5 << 16,
        chain: Chain(id()),
    }
}

pub(crate) async fn append(store: &SharedStore, to: DossierId) -> Row {
    let mut lock = store.begin(to, Epoch(id())).await.unwrap();
    let row = next(lock.head());
    lock.append(std::slice::from_ref(&row)).await.unwrap();
    lock.commit().await.unwrap();
    row
}

pub(crate) async fn somebody(store: &SharedStore) -> Somebody {
    let it = Somebody {
        id: PersonId(id()),
        name: "Noor Çelik".to_owned(),
        centre: "Vilvoorde".to_owned(),
        created_at: 7,
    };
    store.put_person(&it).await.unwrap();
    it
}

pub(crate) fn newcomer() -> Newcomer {
    Newcomer {
        public_key: PublicKey(id()),
        name: "gsm".to_owned(),
        session: id(),
        session_expires_at: 1_000_000,
    }
}

pub(crate) async fn invite(store: &SharedStore, person: &Somebody) -> Invite {
    let it = Invite {
        token_hash: id(),
        code_hint: id::<8>().map(|byte| char::from(b'A' + byte % 26)).iter().collect(),
        code_hash: id(),
        person: person.id,
        expires_at: 10_000,
    };
    store.put_invite(&it).await.unwrap();
    it
}

pub(crate) fn code(it: &Invite) -> Ticket<'_> {
    Ticket::Code { hint: &it.code_hint, hash: it.code_hash }
}
