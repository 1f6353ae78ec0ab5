//! The sites of a centre, and which of them fits a learner.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "support/house.rs"]
mod house;
mod support;

use dubbelspoor_domain::dossier::{Body, Fit, Refusal, Site};
use dubbelspoor_domain::id::WorkplaceId;
use house::{House, course, site};
use support::{ADMINISTRATOR, COACH, Play, day};

/// A4, A12: recognised ones first, of those the ones that teach most of what is still open, and what nobody teaches is told.
#[test]
fn a12_sites_fit_by_recognition_and_by_the_goals_that_are_still_open() {
    let mut play = Play::new();
    for code in ["G2", "G3", "G4"] {
        play.put(COACH, &support::goal(code));
    }
    let mut house = House::new();
    house.write(&course(50));
    let named = |id: u8, company: &str, it: Site| {
        Body::Site(Site { site: WorkplaceId([id; 16]), company: company.into(), ..it })
    };
    let always = (day(1), None);
    house.write(&named(1, "Ended", site("TL", (day(1), Some(day(9))), &["G1", "G2", "G3"])));
    house.write(&named(2, "Other course", site("HW", always, &["G1", "G2", "G3", "G4"])));
    house.write(&named(3, "One", site("TL", always, &["G1"])));
    house.write(&named(4, "Two", site("TL", always, &["G2", "G3", "G9"])));
    let found = |play: &Play, house: &House, on| -> Vec<(String, bool, usize)> {
        let fits = play.dossier().fits(&house.dossier().rules, on);
        let of =
            |it: &Fit<'_>| (it.site.company.clone(), it.recognition.is_some(), it.covers.len());
        fits.iter().map(of).collect()
    };
    let line = |company: &str, recognised, covers| (company.to_owned(), recognised, covers);
    let two = line("Two", true, 2);
    let others = [line("Other course", false, 4), line("Ended", false, 3)];
    let expected = [&[two.clone(), line("One", true, 1)][..], &others].concat();
    assert_eq!(found(&play, &house, day(12)), expected);
    assert_eq!(found(&play, &house, day(9))[0], line("Ended", true, 3), "until its last day");
    let rules = &house.dossier().rules;
    let beyond = |play: &Play| -> Vec<String> {
        let it = play.dossier();
        it.beyond_reach(&it.fits(rules, day(12))).iter().map(|it| it.goal.clone()).collect()
    };
    assert_eq!(beyond(&play), ["G4"], "no recognised site has it");

    let from = play.dossier().workplace_from(rules, WorkplaceId([4; 16]), day(12)).unwrap();
    assert_eq!((&*from.site, from.stays.len()), ("Kaai 4", 0));
    assert_eq!(from.goals, ["G2", "G3"], "those of the plan alone");
    assert_eq!(from.recognition.as_ref().map(|it| &*it.number), Some("E-1"));
    play.put(COACH, &Body::Workplace(from));
    let first = found(&play, &house, day(12))[0].clone();
    assert_eq!(first, line("One", true, 1), "what a workplace covers already counts no more");
    house.write(&Body::Site(Site { withdrawn: true, ..site("TL", always, &[]) }));
    assert_eq!(found(&play, &house, day(12)).len(), 3, "a site that takes nobody is not told");
    assert_eq!(house.dossier().rules.site(WorkplaceId([1; 16])), None);
}

#[test]
fn a4_a_site_whose_days_run_backwards_or_whose_text_is_too_long_is_refused() {
    let house = House::new();
    let wrong = [
        site("TL", (day(9), Some(day(8))), &[]),
        site("", (day(1), None), &[]),
        Site { company: String::new(), ..site("TL", (day(1), None), &[]) },
        Site { goals: vec!["G".into(); 501], ..site("TL", (day(1), None), &[]) },
    ];
    for it in wrong {
        let why = house.permits(ADMINISTRATOR, &Body::Site(it.clone()));
        assert_eq!(why, Err(Refusal::OutOfRange), "{it:?}");
    }
}
