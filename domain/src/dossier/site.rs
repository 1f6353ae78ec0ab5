//! The sites of a centre (A4, G9), and which of them fits a learner (A12). A leertraject has workplaces of its own: a site
//! is what one of them is filled in from, so that an agreement keeps the recognition that it was made on.

use super::{
    Dossier, Goal, GoalId, Placed, Recognition, Record, Refusal, Roles, Rules, Workplace, fits,
    written,
};
use crate::Day;
use crate::codec::record;
use crate::id::{PersonId, WorkplaceId};
use std::cmp::Reverse;

record! {
    /// For which course a site is recognised.
    pub map CourseRecognition {
        /// The code of the course, 1 to 64 bytes.
        0 course: String,
        /// Its number and its days.
        1 recognition: Recognition,
    }

    /// A site of a company. A later one of the same name replaces it.
    pub map Site {
        /// Its own name; a workplace that is filled in from it bears the same.
        0 site: WorkplaceId,
        /// The company, 1 to 200 bytes.
        1 company: String,
        /// Its address, as people write it; at most 400 bytes.
        2 address: String,
        /// At most 30; of one course there may be several, one after another.
        3 recognitions: Vec<CourseRecognition>,
        /// The goals that can be learnt there, at most 500.
        4 goals: Vec<GoalId>,
        /// How to get there, at most 400 bytes.
        5 reach: String,
        /// How many learners it takes at once; 0 where that is not known.
        6 places: u16,
        /// Which support a learner finds there, at most 1,000 bytes.
        7 support: String,
        /// It takes nobody any more.
        8 withdrawn: bool,
    }
}

impl Record for Site {
    fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
        roles.administers()?;
        written(&self.company, 200)?;
        fits(&self.address, 400)?;
        fits(&self.reach, 400)?;
        fits(&self.support, 1_000)?;
        let mut is_fine = self.recognitions.len() <= 30 && self.goals.len() <= 500;
        for it in &self.recognitions {
            written(&it.course, 64)?;
            it.recognition.is_written()?;
            is_fine &= it.recognition.to.is_none_or(|to| it.recognition.from <= to);
        }
        if is_fine { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
        dossier.rules.sites.put(self.site, self);
    }
}

impl Site {
    /// Its recognition for a course on a day (A4).
    pub fn recognition(&self, course: &str, day: Day) -> Option<&Recognition> {
        let of_course = self.recognitions.iter().filter(|it| it.course == course);
        of_course.map(|it| &it.recognition).find(|it| it.covers(day))
    }
}

impl Rules {
    /// The sites that take learners.
    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.values().filter(|it| !it.withdrawn)
    }

    /// One of them.
    pub fn site(&self, site: WorkplaceId) -> Option<&Site> {
        self.sites.get(&site).filter(|it| !it.withdrawn)
    }
}

/// How a site fits a leertraject.
#[derive(Clone, PartialEq, Debug)]
pub struct Fit<'a> {
    /// Which.
    pub site: &'a Site,
    /// Its recognition for the course; without one no agreement can begin there (A4).
    pub recognition: Option<&'a Recognition>,
    /// The goals of the plan that are learnt at a workplace and can be learnt there.
    pub covers: Vec<&'a Goal>,
}

impl Dossier {
    /// How the sites of a centre fit this leertraject on a day (A12): recognised ones first, of those the ones that cover
    /// most of what no workplace of the leertraject covers yet, then by company.
    pub fn fits<'a>(&'a self, centre: &'a Rules, day: Day) -> Vec<Fit<'a>> {
        let course = self.course_of(centre);
        let open = self.uncovered_goals();
        let mut all: Vec<Fit<'a>> = centre
            .sites()
            .map(|site| Fit {
                site,
                recognition: course.and_then(|it| site.recognition(it, day)),
                covers: self.learnt_at_work().filter(|it| site.goals.contains(&it.goal)).collect(),
            })
            .collect();
        all.sort_by_cached_key(|it| {
            let new = it.covers.iter().filter(|goal| open.contains(goal)).count();
            (it.recognition.is_none(), Reverse(new), it.site.company.clone(), it.site.site)
        });
        all
    }

    /// The goals that neither a workplace of the leertraject nor a recognised site covers (A12).
    pub fn beyond_reach<'a>(&'a self, fits: &[Fit<'_>]) -> Vec<&'a Goal> {
        let is_offered = |goal: &Goal| {
            let mut recognised = fits.iter().filter(|it| it.recognition.is_some());
            recognised.any(|it| it.site.goals.contains(&goal.goal))
        };
        self.uncovered_goals().into_iter().filter(|it| !is_offered(it)).collect()
    }

    /// A workplace of this leertraject filled in from a site: with its recognition for the course, and the goals of the
    /// plan that can be learnt there. When the learner is there is still to be said.
    pub fn workplace_from(&self, centre: &Rules, site: WorkplaceId, day: Day) -> Option<Workplace> {
        let site = centre.site(site)?;
        let course = self.course_of(centre);
        let goals = self.learnt_at_work().filter(|it| site.goals.contains(&it.goal));
        Some(Workplace {
            workplace: site.site,
            company: site.company.clone(),
            site: site.address.clone(),
            recognition: course.and_then(|it| site.recognition(it, day)).cloned(),
            stays: Vec::new(),
            goals: goals.map(|it| it.goal.clone()).collect(),
        })
    }

    /// The code that the centre has for the course of this leertraject.
    fn course_of<'a>(&self, centre: &'a Rules) -> Option<&'a str> {
        let title = &self.track.as_ref()?.course.nl;
        centre.courses().find(|it| it.title.nl == *title).map(|it| &*it.course)
    }
}
