//! What the people do, each from what their own phone shows.

use crate::oracle::Deed;
use crate::support::{MENTOR, confirmation, entry};
use crate::world::World;
use dubbelspoor_domain::dossier::{
    Answer, Asked, Audience, Body, Concern, ConfirmationRequest, ConfirmationWithdrawn, Entry,
    Feedback, Finding, LearningQuestion, Level, Release, Stage, Standing,
};
use dubbelspoor_domain::id::{EntryId, PersonId};

impl World {
    fn text(&mut self, what: &str) -> String {
        format!("{what} {}", self.dice.roll())
    }

    pub(crate) fn learner_acts(&mut self, phone: usize, tab: usize) -> Option<(Body, Deed)> {
        let dossier = self.phones[phone].tabs[tab].dossier().clone();
        let entries: Vec<_> = dossier.diary.entries().cloned().collect();
        let old = self.dice.pick(&entries).cloned();
        let text = self.text("did");
        match (self.dice.below(10), old) {
            (0..4, _) | (_, None) => {
                let stage = if self.dice.chance(20) { Stage::Draft } else { Stage::Submitted };
                let private = self.dice.chance(20);
                let audience = if private { Audience::Private } else { Audience::Shared };
                let id = EntryId(self.dice.bytes());
                Some(written(Entry { stage, audience, ..entry(id, &text) }))
            }
            (4..7, Some(old)) => {
                let parents = old.heads().iter().map(|it| it.hash).collect();
                let stage = if self.dice.chance(10) { Stage::Withdrawn } else { Stage::Submitted };
                let content = old.shown().content.clone();
                Some(written(Entry { parents, stage, text, ..content }))
            }
            (7..9, Some(old)) => {
                let (entry, version) = (old.entry, old.shown().hash);
                let goals = vec![Asked { goal: "G1".into(), proposed: Some(Level::WithHelp) }];
                let request = ConfirmationRequest { entry, version, goals, to: None };
                Some((Body::ConfirmationRequest(request), Deed::Asked { entry, version }))
            }
            _ => Some(match self.dice.below(3) {
                0 => wondered(
                    Body::LearningQuestion(LearningQuestion { entry: None, text: text.clone() }),
                    text,
                ),
                1 => confided(
                    Body::Concern(Concern { text: text.clone(), urgent: false }),
                    text,
                    None,
                ),
                _ => said(text),
            }),
        }
    }

    pub(crate) fn mentor_acts(&mut self, phone: usize, tab: usize) -> Option<(Body, Deed)> {
        let dossier = self.phones[phone].tabs[tab].dossier().clone();
        let finding =
            [Finding::Reached(Level::Supervised), Finding::NotYet, Finding::NotPossibleHere];
        let finding = *self.dice.pick(&finding)?;
        let own: Vec<_> =
            dossier.confirmations.all().filter(|it| it.by == MENTOR).map(|it| it.hash).collect();
        match self.dice.below(10) {
            0 => Some(said(self.text("well done"))),
            1 => {
                let text = self.text("a worry");
                let body = Body::Concern(Concern { text: text.clone(), urgent: false });
                Some(confided(body, text, None))
            }
            2 => {
                let confirmation = *self.dice.pick(&own)?;
                let reason = self.text("mistake");
                let body = ConfirmationWithdrawn { confirmation, reason };
                Some((Body::ConfirmationWithdrawn(body), Deed::TookBack(confirmation)))
            }
            _ => {
                let entries: Vec<_> = dossier.diary.entries().collect();
                let it = self.dice.pick(&entries)?;
                let (entry, version) = (it.entry, it.shown().hash);
                let body = Body::Confirmation(confirmation(entry, version, finding));
                Some((body, Deed::Confirmed { version, finding }))
            }
        }
    }

    pub(crate) fn coach_acts(&mut self, phone: usize, tab: usize) -> Option<(Body, Deed)> {
        let dossier = self.phones[phone].tabs[tab].dossier().clone();
        let waiting = dossier.confirmations.all();
        let waiting = waiting.filter(|it| dossier.standing(it) == Standing::Waiting);
        let waiting: Vec<_> = waiting.map(|it| it.hash).collect();
        let Some(event) = self.dice.pick(&waiting).copied() else {
            let open: Vec<_> = dossier.matters.waiting().cloned().collect();
            let text = self.text("see you");
            let Some(it) = self.dice.pick(&open) else { return Some(said(text)) };
            let only = it.only();
            let body = Answer { to: it.hash, text: text.clone(), into_class: false, only };
            return Some(match only {
                Some(_) => confided(Body::Answer(body), text, only),
                None => wondered(Body::Answer(body), text),
            });
        };
        let counts = self.dice.chance(50);
        let body = Body::Release(Release { event, counts, reason: None });
        Some((body, Deed::Decided { event, counts }))
    }
}

fn written(it: Entry) -> (Body, Deed) {
    let deed = Deed::Wrote {
        entry: it.entry,
        parents: it.parents.clone(),
        text: it.text.clone(),
        shared: it.audience == Audience::Shared && it.stage != Stage::Draft,
        takes_back: it.stage == Stage::Withdrawn,
    };
    (Body::Entry(it), deed)
}

fn wondered(body: Body, text: String) -> (Body, Deed) {
    (body, Deed::Wondered(text))
}

fn confided(body: Body, text: String, only: Option<PersonId>) -> (Body, Deed) {
    (body, Deed::Confided { text, only })
}

fn said(text: String) -> (Body, Deed) {
    let deed = Deed::Said(text.clone());
    (Body::Feedback(Feedback { entry: None, text }), deed)
}
