//! A talk of three (tussentijds gesprek, eindgesprek): planned, held under the four questions, agreed by all three (E1, E3, E4).

use super::{Dossier, Placed, Record, Refusal, Role, Roles, Said, fits, written};
use crate::Day;
use crate::codec::{choice, record};
use crate::id::{EventHash, PersonId, ReviewId};
use crate::ordered::Table;

/// The longest answer to one of the four questions, in bytes.
const LONGEST: usize = 2_000;

choice! {
    /// Which talk.
    pub ReviewKind {
        /// Tussentijds gesprek: monthly by default.
        1 Interim,
        /// Eindgesprek.
        2 Final,
    }
}

impl ReviewKind {
    /// Both.
    pub const ALL: [ReviewKind; 2] = [ReviewKind::Interim, ReviewKind::Final];
}

record! {
    /// What was said, under the four questions (E1), and what was agreed.
    pub map Held {
        /// Feed-up: where do we go? At most 2,000 bytes, as each of these.
        0 feed_up: String,
        /// Feedback: where are we now?
        1 feedback: String,
        /// Feed forward: how do we go on?
        2 feed_forward: String,
        /// Take-up: what do we do with it?
        3 take_up: String,
        /// The agreed points, at most 10 of 500 bytes. Each may become an intention of the learner (E4).
        4 points: Vec<String>,
    }

    /// A talk as it stands: planned, or held. A later record of the same name is a new version; what was said stays.
    pub map Review {
        /// Its own name.
        0 review: ReviewId,
        /// Which.
        1 kind: ReviewKind,
        /// The planned day, or the day on which it was.
        2 day: Day,
        /// What was said; nothing while it is planned.
        3 held: Option<Held>,
        /// It does not take place.
        4 cancelled: bool,
    }

    /// One of the three agrees to exactly this version.
    pub map ReviewAgreed {
        /// Which talk.
        0 review: ReviewId,
        /// The hash of exactly what was agreed to.
        1 version: EventHash,
        /// A word along with it, at most 1,000 bytes: to agree is not to be silent.
        2 word: Option<String>,
        /// Who said so at the table on the device of who guides: without a line the others have no text on their own. It
        /// is that coach's word, and gives way to a consent of one's own (E3).
        3 at_table: Option<PersonId>,
    }
}

impl Record for Review {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.steers()?;
        let Some(held) = &self.held else { return Ok(()) };
        let texts = [&held.feed_up, &held.feedback, &held.feed_forward, &held.take_up];
        texts.into_iter().try_for_each(|it| fits(it, LONGEST))?;
        held.points.iter().try_for_each(|it| written(it, 500))?;
        let says_something = texts.into_iter().any(|it| !it.trim().is_empty());
        let fits = says_something && held.points.len() <= 10;
        if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let version = Said::of(it, self);
        dossier.reviews.versions.get_or_put(version.what.review, Vec::new()).push(version);
    }

    fn text(&self) -> &str {
        self.held.as_ref().map_or("", |it| &it.feedback)
    }
}

impl Record for ReviewAgreed {
    fn permit(&self, by: PersonId, roles: Roles, dossier: &Dossier) -> Result<(), Refusal> {
        if Chair::of(roles).is_none() {
            return Err(Refusal::NotYourRole);
        }
        if let Some(other) = self.at_table {
            roles.steers()?;
            let theirs = Chair::of(dossier.roles_of(other));
            if other == by || !matches!(theirs, Some(Chair::Learner | Chair::Workplace)) {
                return Err(Refusal::NotYourRole);
            }
        }
        fits(self.word.as_deref().unwrap_or_default(), 1_000)?;
        match dossier.reviews.owner(self.version) {
            Some(review) if review != self.review => Err(Refusal::Mismatch),
            _ => Ok(()),
        }
    }

    fn fold(self, it: &Placed<'_>, dossier: &mut Dossier) {
        let said = Said::of(it, self);
        dossier.reviews.agreed.get_or_put(said.what.version, Vec::new()).push(said);
    }

    fn rename(&mut self, rename: &mut dyn FnMut(&mut EventHash)) {
        rename(&mut self.version);
    }

    fn text(&self) -> &str {
        self.word.as_deref().unwrap_or_default()
    }
}

choice! {
    /// The three at the table, of a talk and of a training plan.
    pub Chair {
        /// The cursist.
        1 Learner,
        /// A mentor, for the workplace.
        2 Workplace,
        /// A coach or an administrator, for the school.
        3 School,
    }
}

impl Chair {
    /// All three.
    pub const ALL: [Chair; 3] = [Chair::Learner, Chair::Workplace, Chair::School];

    /// For whom somebody in these roles speaks. Who learns here speaks for the learner and nobody else.
    pub fn of(roles: Roles) -> Option<Chair> {
        if roles.has(Role::Learner) {
            Some(Chair::Learner)
        } else if roles.has(Role::Mentor) {
            Some(Chair::Workplace)
        } else if roles.any([Role::Coach, Role::Administrator]) {
            Some(Chair::School)
        } else {
            None
        }
    }
}

impl Dossier {
    /// Every role that somebody holds or held here.
    pub fn roles_of(&self, person: PersonId) -> Roles {
        let held = self.links.all().filter(|it| it.link.person == person);
        held.fold(Roles::default(), |roles, it| roles.with(it.link.role))
    }

    /// What one of the three said to a version of a talk, if they agreed.
    pub fn review_agreed_by(
        &self,
        version: EventHash,
        chair: Chair,
    ) -> Option<&Said<ReviewAgreed>> {
        let all = self.reviews.agreed.get(&version)?;
        let sits = |it: &&Said<ReviewAgreed>| {
            Chair::of(self.roles_of(it.what.at_table.unwrap_or(it.by))) == Some(chair)
        };
        let own = all.iter().filter(sits).find(|it| it.what.at_table.is_none());
        own.or_else(|| all.iter().find(sits))
    }

    /// How far a talk is, by its last version.
    pub fn review_state(&self, it: &Said<Review>) -> ReviewState {
        if it.what.held.is_none() {
            return ReviewState::Planned;
        }
        let agrees = |chair| self.review_agreed_by(it.hash, chair).is_some();
        if Chair::ALL.into_iter().all(agrees) { ReviewState::Agreed } else { ReviewState::Held }
    }

    /// For whom somebody speaks here now.
    pub fn chair_of(&self, person: PersonId, today: Day) -> Option<Chair> {
        let (roles, _) = self.links.roles(person, super::Moment::on(today))?;
        Chair::of(roles)
    }
}

/// How far a talk is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReviewState {
    /// A day was chosen.
    Planned,
    /// It was held, and some of the three have not agreed to what was written.
    Held,
    /// All three agreed to the last version.
    Agreed,
}

/// The talks of a dossier.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reviews {
    versions: Table<ReviewId, Vec<Said<Review>>>,
    agreed: Table<EventHash, Vec<Said<ReviewAgreed>>>,
}

impl Reviews {
    fn owner(&self, version: EventHash) -> Option<ReviewId> {
        let has = |it: &&Vec<Said<Review>>| it.iter().any(|it| it.hash == version);
        self.versions.values().find(has)?.first().map(|it| it.what.review)
    }

    /// The last version of a talk: the one that was written last, whatever the order of arrival.
    pub fn get(&self, review: ReviewId) -> Option<&Said<Review>> {
        self.versions.get(&review)?.iter().max_by_key(|it| it.order())
    }

    /// All versions of a talk.
    pub fn history(&self, review: ReviewId) -> &[Said<Review>] {
        self.versions.get(&review).map(Vec::as_slice).unwrap_or_default()
    }

    /// The talks that were not cancelled, each in its last version, in no order that means something.
    pub fn all(&self) -> impl Iterator<Item = &Said<Review>> {
        let names: Vec<ReviewId> = self.versions.keys().copied().collect();
        names.into_iter().filter_map(|it| self.get(it)).filter(|it| !it.what.cancelled)
    }

    /// The day of the last talk that was held.
    pub fn last_held(&self) -> Option<Day> {
        self.all().filter(|it| it.what.held.is_some()).map(|it| it.what.day).max()
    }

    /// The first talk that is planned.
    pub fn next(&self) -> Option<&Said<Review>> {
        self.all().filter(|it| it.what.held.is_none()).min_by_key(|it| it.what.day)
    }
}
