//! Surveys (G6): who gets a ticket, what of an answer is kept, and when somebody reads it.

use crate::on_both_databases;
use crate::support::http::{post, send};
use crate::support::phone::Phone;
use crate::support::place::{Kind, Place};
use crate::support::school::{School, goal, track};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Body, Role, Survey};
use dubbelspoor_domain::event::Short;
use dubbelspoor_domain::id::{DossierId, PersonId, SurveyId};
use dubbelspoor_domain::wire::{Message, SurveyAnswer, SurveyResults, TicketFor, path};
use dubbelspoor_server::{centre, now, random};
use hyper::StatusCode;
use sha2::{Digest, Sha256};

on_both_databases! {
    from_five_answers_on_they_are_read_and_not_before
    one_person_answers_once_and_a_message_that_comes_twice_is_one
    who_is_not_asked_gets_no_ticket_and_without_a_ticket_nobody_answers
    what_is_kept_of_an_answer_names_nobody
    nobody_of_another_centre_reads_what_was_answered
    a_coach_asks_their_own_cursisten_and_nobody_else_reads_it
    nobody_asks_or_reads_under_the_name_of_anothers_survey
    a_backup_of_before_there_were_surveys_restores
}

/// A centre with a survey for its cursisten, six of them, a mentor and a coach.
struct House {
    centre: DossierId,
    survey: SurveyId,
    administrator: Phone,
    learners: Vec<Phone>,
    mentor: Phone,
    coach: Phone,
    /// Of the learners, in their order.
    tracks: Vec<DossierId>,
}

impl House {
    async fn build(school: &School) -> House {
        let house = centre::begin(&school.server, "CVO").await.unwrap();
        let [administrator, mentor, coach] = [(); 3].map(|()| PersonId(random().unwrap()));
        let first = [(administrator, "Mieke", Role::Administrator)];
        centre::add(&school.server, house, None, &first).await.unwrap();
        let (mut learners, mut tracks) = (Vec::new(), Vec::new());
        for _ in 0..6 {
            let (dossier, learner) = (DossierId(random().unwrap()), PersonId(random().unwrap()));
            let people = [
                (learner, "Amir", Role::Learner),
                (mentor, "Jef", Role::Mentor),
                (coach, "An", Role::Coach),
            ];
            centre::add(&school.server, dossier, Some(house), &people).await.unwrap();
            school.write(dossier, &[track(), goal()]).await;
            learners.push(school.phone(learner).await);
            tracks.push(dossier);
        }
        let mut it = House {
            centre: house,
            survey: SurveyId(random().unwrap()),
            administrator: school.phone(administrator).await,
            learners,
            mentor: school.phone(mentor).await,
            coach: school.phone(coach).await,
            tracks,
        };
        it.administrator.sync(house).await.unwrap();
        it.administrator.record(house, &[Body::Survey(it.asked())]);
        it.administrator.sync(house).await.unwrap();
        it
    }

    fn asked(&self) -> Survey {
        Survey {
            survey: self.survey,
            title: "Hoe gaat het?".into(),
            questions: vec!["Wat loopt goed?".into(), "Wat kan beter?".into()],
            learners: true,
            mentors: false,
            until: Day::of_millis(now()),
            withdrawn: false,
        }
    }

    fn answer(&self, ticket: Short, good: &str) -> SurveyAnswer {
        let answers = vec![good.to_owned(), String::new()];
        SurveyAnswer { centre: self.centre, survey: self.survey, ticket, answers }
    }

    async fn ticket(&self, by: &Phone, ticket: Short) -> StatusCode {
        self.ticket_in(self.centre, by, ticket).await
    }

    async fn ticket_in(&self, dossier: DossierId, by: &Phone, ticket: Short) -> StatusCode {
        let hash = self.answer(ticket, "").ticket_hash();
        let asked = TicketFor { dossier, survey: self.survey, ticket: hash };
        by.post(path::TICKET, by.signed(&asked)).await.unwrap().status
    }

    async fn results(&self, by: &Phone) -> Option<SurveyResults> {
        self.results_in(self.centre, by).await
    }

    async fn results_in(&self, dossier: DossierId, by: &Phone) -> Option<SurveyResults> {
        let address = format!("{}?dossier={dossier}&survey={}", path::RESULTS, self.survey);
        let answer = by.get(&address).await.unwrap();
        if answer.status == StatusCode::NOT_FOUND {
            return None;
        }
        assert_eq!(answer.status, StatusCode::OK);
        Some(SurveyResults::from_bytes(&answer.body).unwrap())
    }
}

fn new_ticket() -> Short {
    Short(random().unwrap())
}

/// As the phone does: without a cookie.
async fn deliver(school: &School, answer: &SurveyAnswer) -> StatusCode {
    send(school.address, post(path::ANSWER, answer.to_bytes())).await.unwrap().status
}

async fn from_five_answers_on_they_are_read_and_not_before(place: Place) {
    let school = School::open(place).await;
    let house = House::build(&school).await;
    for (at, learner) in house.learners.iter().enumerate() {
        let ticket = new_ticket();
        assert_eq!(house.ticket(learner, ticket).await, StatusCode::NO_CONTENT);
        let answer = house.answer(ticket, &format!("De sfeer {at}"));
        assert_eq!(deliver(&school, &answer).await, StatusCode::NO_CONTENT);
        let seen = house.results(&house.administrator).await.unwrap();
        let count = at as u32 + 1;
        let shown = if count < 5 { 0 } else { 5 };
        assert_eq!((seen.count, seen.shown), (count, shown));
        let [good, better] = &seen.answers[..] else { panic!("two questions") };
        assert_eq!((good.len() as u32, better.len()), (shown, 0));
        assert_eq!(house.results(&house.coach).await, Some(seen));
    }
    let seen = house.results(&house.coach).await.unwrap().answers;
    let expected: Vec<String> = (0..5).map(|at| format!("De sfeer {at}")).collect();
    assert_eq!(seen[0], expected, "who came after five waits for company");
    assert_eq!(house.results(&house.mentor).await, None);
    assert_eq!(house.results(&house.learners[0]).await, None);
}

async fn one_person_answers_once_and_a_message_that_comes_twice_is_one(place: Place) {
    let school = School::open(place).await;
    let house = House::build(&school).await;
    let (learner, ticket) = (&house.learners[0], new_ticket());
    for _ in 0..2 {
        assert_eq!(house.ticket(learner, ticket).await, StatusCode::NO_CONTENT);
    }
    for other in [new_ticket(), new_ticket()] {
        assert_eq!(house.ticket(learner, other).await, StatusCode::FORBIDDEN);
        let answer = deliver(&school, &house.answer(other, "nog eens")).await;
        assert_eq!(answer, StatusCode::NOT_FOUND, "nothing was given out for it");
    }
    for text in ["De sfeer", "De sfeer", "toch iets anders"] {
        assert_eq!(deliver(&school, &house.answer(ticket, text)).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(house.results(&house.administrator).await.unwrap().count, 1);
    let kept = school.store().answers(house.survey).await.unwrap();
    let kept: Vec<SurveyAnswer> =
        kept.iter().map(|(_, it)| SurveyAnswer::from_bytes(it).unwrap()).collect();
    assert_eq!(kept, [house.answer(Short::default(), "De sfeer")], "the first stands");
}

async fn who_is_not_asked_gets_no_ticket_and_without_a_ticket_nobody_answers(place: Place) {
    let school = School::open(place).await;
    let (mut house, other) = (House::build(&school).await, House::build(&school).await);
    for by in [&house.mentor, &house.coach, &house.administrator, &other.learners[0]] {
        assert_eq!(house.ticket(by, new_ticket()).await, StatusCode::NOT_FOUND);
    }
    let forged = deliver(&school, &house.answer(new_ticket(), "ik ben niemand")).await;
    assert_eq!(forged, StatusCode::NOT_FOUND);
    // A ticket of one centre is none in another.
    let ticket = new_ticket();
    assert_eq!(other.ticket(&other.learners[0], ticket).await, StatusCode::NO_CONTENT);
    let elsewhere = deliver(&school, &house.answer(ticket, "van elders")).await;
    assert_eq!(elsewhere, StatusCode::NOT_FOUND);
    let learner = &house.learners[0];
    assert_eq!(house.ticket(learner, ticket).await, StatusCode::NO_CONTENT);
    let wrong = SurveyAnswer { answers: vec!["één".into()], ..house.answer(ticket, "") };
    for wrong in [wrong, house.answer(ticket, " "), house.answer(ticket, &"x".repeat(8_001))] {
        assert_eq!(deliver(&school, &wrong).await, StatusCode::BAD_REQUEST);
    }
    // Signed with another's key, or without a session, it is nobody's question.
    let hash = house.answer(new_ticket(), "").ticket_hash();
    let asked = TicketFor { dossier: house.centre, survey: house.survey, ticket: hash };
    let signed = house.learners[2].signed(&asked);
    let stolen = house.learners[1].post(path::TICKET, signed.clone()).await.unwrap();
    assert_eq!(stolen.status, StatusCode::FORBIDDEN);
    let bare = send(school.address, post(path::TICKET, signed)).await.unwrap();
    assert_eq!(bare.status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.results(&house.administrator).await.unwrap().count, 0);
    let gone = Survey { withdrawn: true, ..house.asked() };
    house.administrator.record(house.centre, &[Body::Survey(gone)]);
    house.administrator.sync(house.centre).await.unwrap();
    assert_eq!(house.ticket(&house.learners[2], new_ticket()).await, StatusCode::NOT_FOUND);
}

/// The tables as they lie in a backup: after the name of the one with the answers comes only that one.
async fn what_is_kept_of_an_answer_names_nobody(place: Place) {
    let school = School::open(place).await;
    let house = House::build(&school).await;
    for learner in &house.learners {
        let ticket = new_ticket();
        assert_eq!(house.ticket(learner, ticket).await, StatusCode::NO_CONTENT);
        let answer = deliver(&school, &house.answer(ticket, "De sfeer")).await;
        assert_eq!(answer, StatusCode::NO_CONTENT);
        let file = school.place.folder.path().join("backup");
        school.store().backup(&file).await.unwrap();
        let whole = std::fs::read(&file).unwrap();
        assert_eq!(places(&whole, &ticket.0), [0; 0], "a ticket itself is not kept");
        let hash = house.answer(ticket, "").ticket_hash();
        assert_eq!(places(&whole, &hash.0).len(), 1, "its hash is, once");
    }
    let whole = std::fs::read(school.place.folder.path().join("backup")).unwrap();
    let answers = &whole[*places(&whole, b"survey_ticket").last().unwrap()..];
    assert_eq!(places(answers, b"De sfeer").len(), 6);
    for phone in &house.learners {
        assert_eq!(places(answers, &phone.person.0), [0; 0]);
        assert_eq!(places(answers, &phone.key_id().0), [0; 0]);
    }
    // Rows lie in the order of the hashes, so that nothing tells who came first.
    let kept = school.store().answers(house.survey).await.unwrap();
    assert_eq!(kept.iter().map(|(part, _)| *part).max(), Some(1));
    assert_eq!(kept.iter().filter(|(part, _)| *part == 0).count(), 5);
}

fn places(whole: &[u8], wanted: &[u8]) -> Vec<usize> {
    (0..whole.len()).filter(|at| whole[*at..].starts_with(wanted)).collect()
}

async fn nobody_of_another_centre_reads_what_was_answered(place: Place) {
    let school = School::open(place).await;
    let (house, other) = (House::build(&school).await, House::build(&school).await);
    for by in [&other.administrator, &other.coach, &other.learners[0]] {
        assert_eq!(house.results(by).await, None);
        // Nor by naming one's own centre beside a survey of another.
        let mixed = format!("{}?dossier={}&survey={}", path::RESULTS, other.centre, house.survey);
        assert_eq!(by.get(&mixed).await.unwrap().status, StatusCode::NOT_FOUND);
    }
}

/// The coach puts the same survey into each of these leertrajecten.
async fn ask(house: &mut House, tracks: &[DossierId], asked: &Survey) {
    for track in tracks {
        house.coach.sync(*track).await.unwrap();
        house.coach.record(*track, &[Body::Survey(asked.clone())]);
        house.coach.sync(*track).await.unwrap();
    }
}

async fn a_coach_asks_their_own_cursisten_and_nobody_else_reads_it(place: Place) {
    let school = School::open(place).await;
    let mut house = House::build(&school).await;
    house.survey = SurveyId(random().unwrap());
    let (asked, tracks) = (house.asked(), house.tracks.clone());
    let [first, .., last] = &tracks[..] else { panic!("six") };
    ask(&mut house, &tracks[..5], &asked).await;
    assert_eq!(house.results_in(*first, &house.coach).await.unwrap().count, 0);
    for (at, (track, learner)) in tracks.iter().zip(&house.learners).take(5).enumerate() {
        let ticket = new_ticket();
        assert_eq!(house.ticket_in(*track, &house.mentor, ticket).await, StatusCode::NOT_FOUND);
        assert_eq!(house.ticket(learner, ticket).await, StatusCode::NOT_FOUND, "not the centre's");
        for _ in 0..2 {
            assert_eq!(house.ticket_in(*track, learner, ticket).await, StatusCode::NO_CONTENT);
        }
        let answer = house.answer(ticket, &format!("De sfeer {at}"));
        assert_eq!(deliver(&school, &answer).await, StatusCode::NO_CONTENT);
        let seen = house.results_in(*last, &house.coach).await;
        assert_eq!(seen, None, "it does not stand in the sixth");
        let seen = house.results_in(*first, &house.coach).await.unwrap();
        assert_eq!((seen.count, seen.shown), (at as u32 + 1, if at < 4 { 0 } else { 5 }));
    }
    let ticket = new_ticket();
    assert_eq!(house.ticket_in(*last, &house.learners[5], ticket).await, StatusCode::NOT_FOUND);
    let seen = house.results_in(*first, &house.administrator).await.unwrap();
    assert_eq!(seen.answers[0].len(), 5, "who runs the centre reads it");
    for other in [&house.mentor, &house.learners[0]] {
        assert_eq!(house.results_in(*first, other).await, None);
    }
    // Whoever coaches one of them from now on was not the one who asked.
    let next = PersonId(random().unwrap());
    centre::add(&school.server, *first, None, &[(next, "Bo", Role::Coach)]).await.unwrap();
    let next = school.phone(next).await;
    assert_eq!(house.results_in(*first, &next).await, None);
    let gone = Survey { withdrawn: true, ..asked };
    ask(&mut house, &tracks[..1], &gone).await;
    assert_eq!(house.results_in(*first, &house.coach).await.unwrap().shown, 5);

    // What an answer is checked against is in a backup, as the answers are.
    let file = school.place.folder.path().join("backup");
    school.store().backup(&file).await.unwrap();
    let elsewhere = Place::new(Kind::Sqlite).await.unwrap();
    let moved = elsewhere.open().await;
    moved.restore(&file).await.unwrap();
    let kept = moved.kept_survey(house.survey).await.unwrap().unwrap();
    assert_eq!(kept, (house.coach.person, house.asked().to_bytes()));
}

async fn nobody_asks_or_reads_under_the_name_of_anothers_survey(place: Place) {
    let school = School::open(place).await;
    let (mut house, mut other) = (House::build(&school).await, House::build(&school).await);
    // Of the centre, for others than it asks.
    let track = house.tracks[0];
    let wider = Survey { mentors: true, ..house.asked() };
    ask(&mut house, &[track], &wider).await;
    assert_eq!(house.ticket_in(track, &house.mentor, new_ticket()).await, StatusCode::NOT_FOUND);
    // Of a coach elsewhere, once somebody answers it.
    house.survey = SurveyId(random().unwrap());
    other.survey = house.survey;
    let (asked, elsewhere) = (house.asked(), other.tracks[0]);
    ask(&mut house, &[track], &asked).await;
    let ticket = new_ticket();
    assert_eq!(house.ticket_in(track, &house.learners[0], ticket).await, StatusCode::NO_CONTENT);
    let answer = house.answer(ticket, "De sfeer");
    assert_eq!(deliver(&school, &answer).await, StatusCode::NO_CONTENT);
    ask(&mut other, &[elsewhere], &asked).await;
    let refused = other.ticket_in(elsewhere, &other.learners[0], new_ticket()).await;
    assert_eq!(refused, StatusCode::NOT_FOUND);
    for by in [&other.coach, &other.administrator] {
        assert_eq!(other.results_in(elsewhere, by).await, None);
    }
    assert_eq!(house.results_in(track, &house.coach).await.unwrap().count, 1);
}

async fn a_backup_of_before_there_were_surveys_restores(place: Place) {
    let store = place.open().await;
    let file = place.folder.path().join("backup");
    store.meta("key", b"kept").await.unwrap();
    store.backup(&file).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    let mut older = whole[..*places(&whole, b"\x6csurvey_asked").last().unwrap()].to_vec();
    let digest = Sha256::digest(&older);
    older.extend_from_slice(&digest);
    std::fs::write(&file, &older).unwrap();
    let elsewhere = Place::new(Kind::Sqlite).await.unwrap();
    let moved = elsewhere.open().await;
    moved.restore(&file).await.unwrap();
    assert_eq!(moved.meta("key", b"other").await.unwrap(), b"kept");
}
