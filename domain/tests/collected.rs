//! What is collected for a lesson (C9): who reads that, what must not be shown any more, and texts without names.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{Audience, Body, Collected, Entry, Placed, Stage};
use dubbelspoor_domain::id::{EntryId, EventHash, PersonId};
use dubbelspoor_domain::lesson::Names;
use support::{
    ADMINISTRATOR, COACH, LEARNER, MENTOR, NOW, Play, READER, Said, TEACHER, entry, person,
};

const ENTRY: EntryId = EntryId([9; 16]);

fn collected(withdrawn: bool) -> Body {
    Body::Collected(Collected { entry: ENTRY, withdrawn })
}

impl Play {
    fn shown(&self) -> Vec<EntryId> {
        let it = self.dossier();
        it.collected.to_show(&it.diary).map(|it| it.entry).collect()
    }

    fn written(&mut self, parents: Vec<EventHash>, stage: Stage, audience: Audience) -> EventHash {
        let it = entry(ENTRY, "Pallets gestapeld");
        self.put(LEARNER, &Body::Entry(Entry { parents, stage, audience, ..it }))
    }

    /// Said at a moment, whenever it arrives.
    fn said_at(&mut self, who: PersonId, at: u64, body: &Body) {
        let event = self.seal(who, Said { at, ..Said::by(who, 0) }, body);
        assert!(self.desk.receive(&event.raw()).position.is_some());
    }

    fn hidden(&self, name: &str) -> String {
        Names::of(self.dossier()).leave_out(name)
    }
}

#[test]
fn c9_the_school_collects_and_takes_back_and_what_was_said_last_stands() {
    let mut play = Play::new();
    play.written(vec![], Stage::Submitted, Audience::Shared);
    assert_eq!(play.shown(), []);
    play.said_at(COACH, NOW, &collected(false));
    assert_eq!(play.shown(), [ENTRY]);
    play.said_at(TEACHER, NOW + 2, &collected(true));
    assert_eq!(play.shown(), [], "one collection for all who teach and guide");
    play.said_at(COACH, NOW + 1, &collected(false));
    assert_eq!(play.shown(), [], "a phone that was away brings what is older");
    play.said_at(COACH, NOW + 3, &collected(false));
    assert_eq!(play.shown(), [ENTRY]);
}

#[test]
fn c9_what_its_learner_takes_back_or_keeps_private_is_in_no_lesson() {
    let mut play = Play::new();
    play.put(COACH, &collected(false));
    assert_eq!(play.shown(), [], "it may come before the activity");
    let first = play.written(vec![], Stage::Submitted, Audience::Shared);
    assert_eq!(play.shown(), [ENTRY]);
    let gone = play.written(vec![first], Stage::Withdrawn, Audience::Shared);
    assert_eq!(play.shown(), []);
    let back = play.written(vec![gone], Stage::Submitted, Audience::Shared);
    assert_eq!(play.shown(), [ENTRY]);
    play.written(vec![back], Stage::Submitted, Audience::Private);
    assert_eq!(play.shown(), []);
}

#[test]
fn c9_neither_learner_nor_mentor_reads_what_is_collected() {
    let mut play = Play::new();
    let event = play.seal(TEACHER, Said::by(TEACHER, 0), &collected(false));
    let at = event.header().hlc;
    let placed =
        Placed { event: &event, position: Some(50), at, received_at: None, waiting: false };
    let all = [LEARNER, MENTOR, COACH, TEACHER, ADMINISTRATOR, READER];
    let readers: Vec<_> =
        all.into_iter().filter(|it| play.dossier().visible(*it, &placed)).collect();
    assert_eq!(readers, [COACH, TEACHER, ADMINISTRATOR]);
    assert_ne!(collected(false).flags(), 0, "said to a server that does not know the kind, too");
}

#[test]
fn c9_without_names_there_is_no_name_of_anybody_and_no_company() {
    let mut play = Play::new();
    play.desk.write(&person(LEARNER, "Amina El-Haddad"));
    play.desk.write(&person(MENTOR, "Luc Van den Berg"));
    for (text, expected) in [
        ("Met Luc Van den Berg pallets gestapeld", "Met … Van den … pallets gestapeld"),
        ("luc's heftruck, Lucs lijst, LUC.", "…'s heftruck, … lijst, …."),
        ("Amina (ik) en Haddad", "… (ik) en …"),
        ("In het magazijn van de fabriek", "In het … van de fabriek"),
        ("Lucht gemeten, lucifers geteld", "Lucht gemeten, lucifers geteld"),
        ("Zoë 💪 deed niets", "Zoë 💪 deed niets"),
        ("", ""),
    ] {
        assert_eq!(play.hidden(text), expected);
    }
}
