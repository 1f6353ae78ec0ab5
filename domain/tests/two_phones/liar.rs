//! The one who lies: about who they are, about what was signed, about where it belongs. And, because it is made
//! by hand in the same way, a device with a newer app.

use crate::school::Server;
use crate::support::{self, DOSSIER, Dice, LEARNER, MENTOR, STRANGER, Said, Signer, confirmation};
use dubbelspoor_domain::dossier::{Body, Feedback, Finding, KeyRevoked, Level, LinkEnded};
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, EntryId, EventHash, LinkId, PersonId, ReplicaId};
use dubbelspoor_domain::wire::Verdict;

/// What was sent, and what may become of it.
pub(crate) struct Lie {
    pub(crate) raw: Vec<u8>,
    pub(crate) allowed: &'static [Verdict],
    pub(crate) what: &'static str,
}

pub(crate) struct Liar {
    pub(crate) stranger: Signer,
    /// The learner's own, in the hands of a learner who wants to confirm their own work.
    pub(crate) cheat: Signer,
    pub(crate) unknown: Signer,
}

pub(crate) struct Forged<'b> {
    pub(crate) dossier: DossierId,
    pub(crate) kind: u16,
    pub(crate) person: PersonId,
    pub(crate) body: &'b [u8],
    pub(crate) now: u64,
}

impl Liar {
    pub(crate) fn new(real: bool) -> Liar {
        let signer = |seed| Signer::new(seed, real);
        Liar { stranger: signer(30), cheat: signer(31), unknown: signer(32) }
    }

    pub(crate) fn lie(
        &self,
        dice: &mut Dice,
        server: &Server,
        now: u64,
        target: (EntryId, EventHash),
    ) -> Lie {
        let genuine = server.rows().into_iter().filter_map(|it| it.event).collect::<Vec<_>>();
        let genuine = dice.pick(&genuine).unwrap();
        let good = Finding::Reached(Level::Independent);
        let confirms = Body::Confirmation(confirmation(target.0, target.1, good));
        let aside: &[Verdict] = &[Verdict::Quarantined];
        let broken: &[Verdict] = &[Verdict::Malformed, Verdict::Duplicate];
        let mut by = |signer: &Signer, person, body: &Body| {
            let it =
                Forged { dossier: DOSSIER, kind: body.kind(), person, body: &body.encode(), now };
            seal(signer, dice, it).raw()
        };
        let lie = |raw, allowed, what| Lie { raw, allowed, what };
        match by_number(server, now) {
            0 => lie(by(&self.stranger, MENTOR, &confirms), aside, "a stranger as the mentor"),
            1 => lie(by(&self.cheat, LEARNER, &confirms), aside, "a learner confirms themselves"),
            2 => lie(by(&self.stranger, STRANGER, &confirms), aside, "another's mentor"),
            3 => lie(by(&self.unknown, MENTOR, &confirms), aside, "an unknown device"),
            4 => {
                let end = LinkEnded { link: LinkId([2; 16]), to: crate::support::day(1) };
                lie(
                    by(&self.cheat, LEARNER, &Body::LinkEnded(end)),
                    aside,
                    "a learner sends a mentor away",
                )
            }
            5 => {
                let key = KeyRevoked { key: self.stranger.public().id() };
                lie(
                    by(&self.cheat, LEARNER, &Body::KeyRevoked(key)),
                    aside,
                    "a learner revokes a key",
                )
            }
            6 => lie(
                by(&self.stranger, PersonId::SCHOOL, &confirms),
                aside,
                "a stranger as the school",
            ),
            7 => {
                let said = Body::Feedback(Feedback { entry: None, text: "hello".into() });
                lie(by(&self.stranger, STRANGER, &said), aside, "a stranger talks")
            }
            8 => {
                let body = confirms.encode();
                let it = Forged {
                    dossier: DossierId([8; 16]),
                    kind: 12,
                    person: LEARNER,
                    body: &body,
                    now,
                };
                lie(seal(&self.cheat, dice, it).raw(), &[Verdict::Malformed], "of another dossier")
            }
            9 => lie(with_body(genuine, &confirms.encode()), broken, "another body"),
            10 => {
                let mut raw = genuine.raw();
                let at = dice.below(raw.len());
                raw[at] ^= 1 << dice.below(8);
                lie(raw, broken, "a changed bit")
            }
            _ => {
                let raw = genuine.raw();
                lie(raw[..dice.below(raw.len())].to_vec(), &[Verdict::Malformed], "cut off")
            }
        }
    }
}

fn by_number(server: &Server, now: u64) -> u64 {
    (now / 1000 + server.ledger.position()) % 12
}

fn with_body(event: &Event, body: &[u8]) -> Vec<u8> {
    let mut raw = event.raw();
    let old = event.body().map_or(0, <[u8]>::len);
    raw.truncate(raw.len() - old);
    raw.extend_from_slice(body);
    raw
}

/// An event made by hand, the first of an installation that nobody has heard of.
pub(crate) fn seal(signer: &Signer, dice: &mut Dice, it: Forged<'_>) -> Event {
    let said = Said {
        dossier: it.dossier,
        replica: ReplicaId(dice.bytes()),
        at: it.now,
        ..Said::by(it.person, 0)
    };
    support::seal(dice.id(), signer, said, it.kind, it.body.to_vec())
}
