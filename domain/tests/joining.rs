//! Whoever is asked to take part and does not join (A15, G1).
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{Body, LinkEnded, Role};
use dubbelspoor_domain::id::LinkId;
use dubbelspoor_domain::signals::{SignalKind, Thresholds, signals};
use support::{Play, READER, STRANGER, certificate, day, device, link, person};

impl Play {
    fn not_joined(&self, on: u32, joined: u32) -> Option<u32> {
        let limits = Thresholds { joined, ..Thresholds::default() };
        let all = signals(self.dossier(), limits, day(on));
        all.into_iter().find(|it| it.kind == SignalKind::NotJoined).map(|it| it.days)
    }
}

#[test]
fn g1_an_invitation_that_is_not_used_is_a_signal_until_somebody_joins() {
    let mut play = Play::new();
    assert_eq!(play.not_joined(29, 7), None, "all have a device");
    play.desk.write(&person(STRANGER, "Luc"));
    play.desk.write(&link(50, STRANGER, Role::Mentor));
    assert_eq!(play.not_joined(7, 7), None, "asked six days ago");
    assert_eq!(play.not_joined(8, 7), Some(7));
    assert_eq!(play.not_joined(8, 14), None, "a centre with more patience");
    let who: Vec<_> = play.dossier().not_joined(day(8)).iter().map(|it| it.link.person).collect();
    assert_eq!(who, [STRANGER]);
    let device = device(STRANGER, false).public();
    play.desk.write(&Body::KeyCertified(certificate(device, STRANGER)));
    assert_eq!(play.not_joined(8, 7), None, "joined");
}

#[test]
fn g1_who_left_or_only_reads_is_not_waited_for() {
    let mut play = Play::new();
    play.desk.write(&link(50, STRANGER, Role::Reader));
    assert_eq!(play.not_joined(20, 7), None);
    play.desk.write(&link(51, STRANGER, Role::Teacher));
    assert_eq!(play.not_joined(20, 7), Some(19));
    let (ended, to) = (LinkId([51; 16]), day(10));
    play.desk.write(&Body::LinkEnded(LinkEnded { link: ended, to }));
    assert_eq!(play.not_joined(20, 7), None);
    play.desk.write(&link(52, READER, Role::Coach));
    assert_eq!(play.not_joined(20, 7), None, "known here by another role");
}
