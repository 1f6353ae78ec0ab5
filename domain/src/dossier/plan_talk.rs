//! The plan is a talk too: proposals and their answers (B3, B8), and three who agree to one exact version (B4). Prior
//! learning (B9) and attestations (B12) stand beside it.

use super::{
    Chair, Dossier, Goal, GoalId, Level, Placed, Record, Refusal, Role, Roles, Said, fits, written,
};
use crate::Day;
use crate::codec::{choice, record, to_bytes};
use crate::hlc::Hlc;
use crate::id::{EventHash, PersonId, PlanHash};
use crate::ordered::{Table, sort_by_key};
use crate::seal::sha256;
use core::cmp::Reverse;

/// The longest text, in bytes.
const LONGEST: usize = 2_000;

choice! {
    /// What somebody proposes for a goal.
    pub Change {
        /// Another place: at school.
        1 AtSchool,
        /// Another place: at another workplace.
        2 OtherWorkplace,
        /// Another place: in a training centre.
        3 TrainingCentre,
        /// Earlier in the year.
        4 Earlier,
        /// Later in the year.
        5 Later,
        /// Another level.
        6 OtherLevel,
        /// Something else; the reason says what.
        7 Other,
    }
}

impl Change {
    /// All of them.
    pub const ALL: [Change; 7] = [
        Change::AtSchool,
        Change::OtherWorkplace,
        Change::TrainingCentre,
        Change::Earlier,
        Change::Later,
        Change::OtherLevel,
        Change::Other,
    ];
}

record! {
    /// Somebody proposes to change the plan. The coach takes it over or declines.
    pub map PlanProposal {
        /// Which goal; none where it is about the plan as a whole.
        0 goal: Option<GoalId>,
        /// What.
        1 change: Change,
        /// Why, 1 to 2,000 bytes.
        2 reason: String,
        /// From which week of the plan on, where it moves to other weeks or another place by then.
        3 from_week: Option<u16>,
        /// Where exactly, where it moves to another place: at most 200 bytes.
        4 where_exactly: Option<String>,
    }

    /// The coach answers a proposal. What is taken over becomes a goal's new record in the same act.
    pub map PlanAnswered {
        /// The proposal's event.
        0 proposal: EventHash,
        /// Whether it is taken over.
        1 taken_over: bool,
        /// The answer, at most 2,000 bytes; needed where it is declined.
        2 text: String,
    }

    /// One of the three agrees to exactly this version of the plan.
    pub map PlanConsent {
        /// The plan's hash; see [`super::Plan::hash`].
        0 version: PlanHash,
        /// Taken back: the later of two consents of one person counts.
        1 withdrawn: bool,
    }

    /// EVC: what somebody could before, counted per goal with its evidence. The later one counts.
    pub map PriorLearning {
        /// Which goal.
        0 goal: GoalId,
        /// From what it shows, 1 to 2,000 bytes.
        1 evidence: String,
        /// The day on which it was accepted.
        2 on: Day,
        /// The level that it counts for; nothing takes it back.
        3 level: Option<Level>,
    }

    /// An attestation beside the plan (VCA, forklift, first aid). The later of two with one name counts.
    pub map Attestation {
        /// Its name, 1 to 200 bytes.
        0 name: String,
        /// When it is planned.
        1 planned: Option<Day>,
        /// When it was obtained.
        2 obtained: Option<Day>,
        /// Its last valid day.
        3 until: Option<Day>,
        /// No longer planned, or noted by mistake.
        4 withdrawn: bool,
    }
}

impl Record for PlanProposal {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        if !roles.any([Role::Learner, Role::Mentor, Role::Teacher]) {
            return Err(Refusal::NotYourRole);
        }
        dossier.plan.knows(self.goal.iter())?;
        fits(self.where_exactly.as_deref().unwrap_or_default(), 200)?;
        written(&self.reason, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.plan_talk.proposals.push(said);
    }

    fn text(&self) -> &str {
        &self.reason
    }
}

impl Record for PlanAnswered {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        if !self.taken_over {
            written(&self.text, LONGEST)?;
        }
        fits(&self.text, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        // Two coaches may answer without a line: the first word is what everybody acts on.
        let there = dossier.plan_talk.answers.get(&said.what.proposal);
        if there.is_none_or(|there| said.order() < there.order()) {
            dossier.plan_talk.answers.put(said.what.proposal, said);
        }
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.proposal);
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Record for PlanConsent {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        Chair::of(roles).map(drop).ok_or(Refusal::NotYourRole)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.plan_talk.consents.push(said);
    }
}

impl Record for PriorLearning {
    fn permit(&self, _: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        dossier.plan.knows(core::iter::once(&self.goal))?;
        written(&self.evidence, LONGEST)
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.goal.clone(), &mut dossier.plan_talk.prior);
    }

    fn text(&self) -> &str {
        &self.evidence
    }
}

impl Record for Attestation {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        written(&self.name, 200)?;
        let ends_before = match (self.obtained, self.until) {
            (Some(obtained), Some(until)) => until < obtained,
            _ => false,
        };
        if ends_before { Err(Refusal::OutOfRange) } else { Ok(()) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        Said::of(it, self).put_latest(|it| it.name.clone(), &mut dossier.plan_talk.attestations);
    }
}

/// A version of the plan that somebody agreed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanVersion {
    /// Its hash.
    pub version: PlanHash,
    /// Who agreed to it, and have not taken that back.
    pub agreed: Vec<(Chair, PersonId)>,
}

impl PlanVersion {
    /// Whether all three agreed.
    pub fn is_agreed(&self) -> bool {
        Chair::ALL.into_iter().all(|chair| self.agreed.iter().any(|(it, _)| *it == chair))
    }
}

/// What differs between two versions of a plan, goal by goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference<'p> {
    /// A goal that was not there.
    New(&'p Goal),
    /// A goal that is no longer the same: before, and now.
    Changed(&'p Goal, &'p Goal),
    /// A goal that went out of the plan.
    Dropped(&'p Goal),
}

/// Proposals, consents, prior learning, attestations.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlanTalk {
    proposals: Vec<Said<PlanProposal>>,
    answers: Table<EventHash, Said<PlanAnswered>>,
    consents: Vec<Said<PlanConsent>>,
    prior: Table<GoalId, Said<PriorLearning>>,
    attestations: Table<String, Said<Attestation>>,
}

impl PlanTalk {
    /// The proposals, in the order in which they came.
    pub fn proposals(&self) -> &[Said<PlanProposal>] {
        &self.proposals
    }

    /// The coach's answer to a proposal: of several the one that was said first, whatever the order of arrival.
    pub fn answer(&self, proposal: EventHash) -> Option<&Said<PlanAnswered>> {
        self.answers.get(&proposal)
    }

    /// The proposals that wait for an answer.
    pub fn open(&self) -> impl Iterator<Item = &Said<PlanProposal>> {
        self.proposals.iter().filter(|it| self.answer(it.hash).is_none())
    }

    /// What somebody could before, for a goal.
    pub fn prior(&self, goal: &str) -> Option<&Said<PriorLearning>> {
        self.prior.get(goal).filter(|it| it.what.level.is_some())
    }

    /// The attestations that stand, by name.
    pub fn attestations(&self) -> impl Iterator<Item = &Attestation> {
        self.attested().map(|it| &it.what)
    }

    fn attested(&self) -> impl Iterator<Item = &Said<Attestation>> {
        self.attestations.values().filter(|it| !it.what.withdrawn)
    }

    /// Those with a last valid day at most so many days away, or past, by name (B12). One of the same name, however it is
    /// spelt, that is valid for longer takes its place.
    pub fn ending(&self, today: Day, within: u32) -> Vec<(Day, &Said<Attestation>)> {
        let outlasts = |other: &Attestation, until: Day| match other.until {
            Some(later) => later > until,
            None => other.obtained.is_some(),
        };
        let mut all = Vec::new();
        for said in self.attested() {
            let Some(until) = said.what.until else { continue };
            let is_near = (*until - *today).num_days() <= i64::from(within);
            let name = said.what.name.trim();
            let mut others =
                self.attestations().filter(|it| it.name.trim().eq_ignore_ascii_case(name));
            if is_near && !others.any(|it| outlasts(it, until)) {
                all.push((until, said));
            }
        }
        all
    }
}

/// The hash of the goals of a plan: one per exact version (B4).
pub(super) fn hash_of<'g>(goals: impl Iterator<Item = &'g Goal>) -> PlanHash {
    let mut all = b"dl-plan-v1".to_vec();
    for goal in goals {
        let bytes = to_bytes(goal);
        all.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        all.extend_from_slice(&bytes);
    }
    PlanHash(sha256(&[&all]))
}

impl Dossier {
    /// What people agreed to of a version of the plan. Of one person the last word counts.
    pub fn plan_version(&self, version: PlanHash) -> PlanVersion {
        let consents = self.consents_to(version);
        let agreed = consents.into_iter().map(|(chair, it)| (chair, it.by)).collect();
        PlanVersion { version, agreed }
    }

    /// The versions that all three agreed to: first the one to which the last of the three agreed last, whatever the
    /// order of arrival and of drafting.
    pub fn agreed_plans(&self) -> Vec<PlanHash> {
        let mut all: Vec<(PlanHash, (Hlc, EventHash))> = Vec::new();
        for it in &self.plan_talk.consents {
            let version = it.what.version;
            if !all.iter().any(|(known, _)| *known == version)
                && let Some(since) = self.agreed_since(version)
            {
                all.push((version, since));
            }
        }
        sort_by_key(&mut all, |(_, since)| Reverse(*since));
        all.into_iter().map(|(version, _)| version).collect()
    }

    /// When the last of the three agreed to a version; nothing where one of them has not, or took it back.
    fn agreed_since(&self, version: PlanHash) -> Option<(Hlc, EventHash)> {
        let said = self.consents_to(version);
        let mut last = None;
        for chair in Chair::ALL {
            let of_chair = said.iter().filter(|(it, _)| *it == chair);
            last = last.max(Some(of_chair.map(|(_, it)| it.order()).min()?));
        }
        last
    }

    /// The plan as it stands, and before it each version that somebody ever agreed to, the last first. One that is not known
    /// here is left out.
    pub fn plan_versions(&self) -> Vec<PlanHash> {
        let mut all = vec![(0, self.plan.hash())];
        for version in self.plan_talk.consents.iter().map(|it| it.what.version) {
            if all.iter().all(|(_, known)| *known != version) {
                all.extend(self.plan.changes_since(version).map(|changes| (changes, version)));
            }
        }
        sort_by_key(&mut all, |(changes, _)| *changes);
        all.into_iter().map(|(_, version)| version).collect()
    }

    /// The consents to a version of the plan that stand, by chair and person.
    pub fn consents_to(&self, version: PlanHash) -> Vec<(Chair, &Said<PlanConsent>)> {
        let mut agreed: Vec<(Chair, &Said<PlanConsent>)> = Vec::new();
        let said = |it: &&Said<PlanConsent>| it.what.version == version;
        for it in self.plan_talk.consents.iter().filter(said) {
            let is_last =
                |other: &&Said<PlanConsent>| other.by == it.by && other.order() > it.order();
            let overtaken = self.plan_talk.consents.iter().filter(said).any(|it| is_last(&it));
            let Some(chair) = Chair::of(self.roles_of(it.by)) else { continue };
            if !overtaken && !it.what.withdrawn {
                agreed.push((chair, it));
            }
        }
        sort_by_key(&mut agreed, |(chair, it)| (*chair, it.by));
        agreed
    }

    /// What changed in the plan since an earlier version; `None` where that version is not known here.
    pub fn plan_since(&self, version: PlanHash) -> Option<Vec<Difference<'_>>> {
        self.plan_between(version, self.plan.hash())
    }

    /// What changed from a version to a later one; `None` where one of them is not known here.
    pub fn plan_between(&self, before: PlanHash, after: PlanHash) -> Option<Vec<Difference<'_>>> {
        let before = self.plan.at(before)?;
        let mut all = Vec::new();
        let after = self.plan.at(after)?;
        let is_gone = |it: &&&Goal| after.iter().all(|now| now.goal != it.goal);
        all.extend(before.iter().filter(is_gone).map(|it| Difference::Dropped(it)));
        for now in after.iter().copied() {
            match before.iter().find(|it| it.goal == now.goal) {
                None => all.push(Difference::New(now)),
                Some(old) if **old != *now => all.push(Difference::Changed(old, now)),
                Some(_) => {}
            }
        }
        Some(all)
    }
}
