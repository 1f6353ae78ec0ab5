//! Figures of a school year (G7), status only as a count (A10), and how soon somebody answers (G10): worked examples,
//! reckoned by hand.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;
#[path = "support/visits.rs"]
mod visits;

use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, Answer, Asked, Body, Closed, Concern, ConfirmationRequest,
    ConfirmationWithdrawn, Deliberation, Dossier, EarlyEnd, EndReason, Entry, Finding,
    LearnerStatus, LearningQuestion, Level, Place, PlanAnswered, PlanProposal, PriorLearning,
    Stage, StartNote, StartNoteKind, StatusNoted, TrackResult, TrackState, Visit, VisitKind,
};
use dubbelspoor_domain::hours::Worked;
use dubbelspoor_domain::id::{AgreementId, EntryId, EventHash, PersonId, VisitId};
use dubbelspoor_domain::monitoring::{Answers, Counted, Group, Monitoring, TrackFigures};
use dubbelspoor_domain::wire::{AnswerTime, GroupFigures};
use support::{
    COACH, DAY, HOUR, LEARNER, MENTOR, NOW, Play, Said, TEACHER, confirmation, day, entry, goal,
    on, runs,
};
use visits::visit;

const MINUTE: u64 = 60_000;
/// After all that the desk wrote for a start.
const START: u64 = NOW + HOUR;

impl Play {
    /// Said at one moment, at the school at another.
    fn tells(&mut self, who: PersonId, said: u64, arrives: u64, body: &Body) -> EventHash {
        let event = self.seal(who, Said { at: said, ..Said::by(who, 0) }, body);
        self.desk.now = arrives - 1;
        let ruled = self.desk.receive(&event.raw());
        assert!(ruled.position.is_some(), "{ruled:?}");
        event.hash()
    }

    fn asks(&mut self, number: u8, version: EventHash, at: u64) {
        let goals = vec![Asked { goal: "G1".into(), proposed: None }];
        let of = EntryId([number; 16]);
        let body = ConfirmationRequest { entry: of, version, goals, to: None };
        self.tells(LEARNER, at, at, &Body::ConfirmationRequest(body));
    }

    fn writes(&mut self, number: u8, at: u64, parents: Vec<EventHash>) -> EventHash {
        let it = Entry { parents, ..entry(EntryId([number; 16]), "written") };
        self.tells(LEARNER, at, at, &Body::Entry(it))
    }

    /// Written and asked about at one moment.
    fn waits(&mut self, number: u8, at: u64) -> EventHash {
        let version = self.writes(number, at, vec![]);
        self.asks(number, version, at);
        version
    }

    fn answers(&mut self, number: u8, version: EventHash, said: u64, arrives: u64) -> EventHash {
        let found = Finding::Reached(Level::Independent);
        let it = confirmation(EntryId([number; 16]), version, found);
        self.tells(MENTOR, said, arrives, &Body::Confirmation(it))
    }

    fn question(&mut self, at: u64) -> EventHash {
        let it = LearningQuestion { entry: None, text: "Why?".into() };
        self.tells(LEARNER, at, at, &Body::LearningQuestion(it))
    }

    fn says(&mut self, who: PersonId, at: u64, to: EventHash, only: Option<PersonId>) {
        let it = Answer { to, text: "So".into(), into_class: false, only };
        self.tells(who, at, at, &Body::Answer(it));
    }

    fn of_workplace(&self) -> (Option<u32>, usize, u32) {
        told(&self.dossier().answers_of_workplace(day(1), day(30)))
    }

    fn of_school(&self, counted: Counted) -> (Option<u32>, usize, u32) {
        told(&self.dossier().answers_of_school(counted, day(1), day(30)))
    }

    fn year(&self, today: Day) -> TrackFigures {
        TrackFigures::of(self.dossier(), day(1), today).unwrap()
    }
}

/// The median in minutes, how many it is of, and how many wait.
fn told(it: &Answers) -> (Option<u32>, usize, u32) {
    (it.median(), it.count(), it.waiting)
}

#[test]
fn g10_the_workplace_is_as_fast_as_its_wait_in_the_middle() {
    let mut play = Play::new();
    assert_eq!(play.of_workplace(), (None, 0, 0));
    let versions = [101, 102, 103, 104].map(|it| (it, play.waits(it, START)));
    assert_eq!(play.of_workplace(), (None, 0, 4), "nobody has answered");
    let hours = [26, 2, 5];
    for ((number, version), hours) in versions.into_iter().zip(hours) {
        let at = START + hours * HOUR;
        play.answers(number, version, at, at);
    }
    assert_eq!(play.of_workplace(), (Some(5 * 60), 3, 1), "of 2, 5 and 26 hours");
    play.answers(104, versions[3].1, START + 6 * HOUR, START + 6 * HOUR);
    assert_eq!(play.of_workplace(), (Some(330), 4, 0), "between 5 and 6 hours");
}

#[test]
fn g10_a_wait_begins_at_the_school_and_ends_when_the_answer_was_said() {
    let mut play = Play::new();
    // The learner had no line for a day, the mentor for two.
    let version = play.writes(101, START + DAY, vec![]);
    let goals = vec![Asked { goal: "G1".into(), proposed: None }];
    let body = ConfirmationRequest { entry: EntryId([101; 16]), version, goals, to: Some(MENTOR) };
    play.tells(LEARNER, START, START + DAY, &Body::ConfirmationRequest(body));
    play.answers(101, version, START + DAY + 3 * HOUR, START + 3 * DAY);
    assert_eq!(play.of_workplace(), (Some(3 * 60), 1, 0));
    // Side by side without a line, the answer was there before the question reached the school.
    let version = play.waits(102, START + 2 * DAY);
    play.answers(102, version, START + 2 * DAY - HOUR, START + 2 * DAY + HOUR);
    assert_eq!(play.of_workplace(), (Some(90), 2, 0), "of none and three hours");
}

#[test]
fn g10_who_asks_again_waited_from_the_first_time() {
    let mut play = Play::new();
    let first = play.waits(101, START);
    let second = play.writes(101, START + 2 * DAY, vec![first]);
    play.asks(101, second, START + 2 * DAY);
    assert_eq!(play.of_workplace(), (None, 0, 1), "one entry waits once");
    play.answers(101, second, START + 2 * DAY + HOUR, START + 2 * DAY + HOUR);
    assert_eq!(play.of_workplace(), (Some(49 * 60), 1, 0));
    // After the answer a new question is a new wait; the word about the old version does not end it.
    let third = play.writes(101, START + 3 * DAY, vec![second]);
    play.asks(101, third, START + 3 * DAY);
    let late = play.answers(101, first, START + 3 * DAY + HOUR, START + 3 * DAY + HOUR);
    assert_eq!(play.of_workplace(), (Some(49 * 60), 1, 1));
    let answer = play.answers(101, third, START + 3 * DAY + 2 * HOUR, START + 3 * DAY + 2 * HOUR);
    assert_eq!(play.of_workplace(), (Some((49 + 2) * 30), 2, 0));
    // Taken back it waits again; withdrawn nobody waits.
    for confirmation in [late, answer] {
        let it = ConfirmationWithdrawn { confirmation, reason: "a slip".into() };
        play.tells(MENTOR, START + 4 * DAY, START + 4 * DAY, &Body::ConfirmationWithdrawn(it));
    }
    assert_eq!(play.of_workplace(), (Some(49 * 60), 1, 1));
}

#[test]
fn g10_what_was_withdrawn_waits_for_nobody_and_a_period_has_two_ends() {
    let mut play = Play::new();
    let version = play.waits(101, START);
    let gone = Entry {
        parents: vec![version],
        stage: Stage::Withdrawn,
        ..entry(EntryId([101; 16]), "written")
    };
    play.tells(LEARNER, START + HOUR, START + HOUR, &Body::Entry(gone));
    assert_eq!(play.of_workplace(), (None, 0, 0));
    let version = play.waits(102, START + HOUR);
    play.answers(102, version, START + 2 * DAY, START + 2 * DAY);
    let within = |from, to| told(&play.dossier().answers_of_workplace(day(from), day(to)));
    assert_eq!(within(1, 22), (None, 0, 0), "not asked yet");
    assert_eq!(within(1, 24), (None, 0, 1), "asked and not answered yet");
    assert_eq!(within(25, 25), (Some(47 * 60), 1, 0), "counted when it was answered");
    assert_eq!(within(26, 30), (None, 0, 0), "and not again");
}

#[test]
fn g10_the_school_is_measured_as_the_workplace_is() {
    let mut play = Play::new();
    let question = play.question(START);
    play.says(TEACHER, START + 3 * HOUR, question, None);
    play.says(COACH, START + 9 * HOUR, question, None);
    assert_eq!(play.of_school(Counted::ReadByAll), (Some(180), 1, 0), "the first answer");
    let by_mentor = play.question(START);
    play.says(MENTOR, START + HOUR, by_mentor, None);
    play.says(COACH, START + DAY, by_mentor, None);
    let closed = play.question(START);
    let end = Closed { matter: closed, take_up: None, only: None };
    play.tells(LEARNER, START + HOUR, START + HOUR, &Body::Closed(end));
    assert_eq!(play.of_school(Counted::ReadByAll), (Some(180), 1, 0), "not the school's to answer");
    let change = dubbelspoor_domain::dossier::Change::Later;
    let reason = "Too early".into();
    let it = PlanProposal { goal: None, change, reason, from_week: None, where_exactly: None };
    let proposal = play.tells(MENTOR, START, START, &Body::PlanProposal(it));
    assert_eq!(play.of_school(Counted::ReadByAll), (Some(180), 1, 1));
    let it = PlanAnswered { proposal, taken_over: true, text: String::new() };
    play.tells(COACH, START + 5 * HOUR, START + 5 * HOUR, &Body::PlanAnswered(it));
    assert_eq!(play.of_school(Counted::ReadByAll), (Some(240), 2, 0));
}

/// Two concerns: one gets an answer, the other is closed by a coach. Cursist and mentor do not read each other's, so the
/// figure that all see leaves them out.
#[test]
fn g10_concerns_count_for_a_report_and_not_for_the_figure_that_all_see() {
    let mut play = Play::new();
    let raise = |play: &mut Play, who, at| {
        let it = Concern { text: "Not safe".into(), urgent: false };
        play.tells(who, at, at, &Body::Concern(it))
    };
    let one = raise(&mut play, LEARNER, START);
    let other = raise(&mut play, MENTOR, START);
    assert_eq!(play.of_school(Counted::All), (None, 0, 2));
    play.says(COACH, START + 20 * MINUTE, one, Some(LEARNER));
    let end = Closed { matter: other, take_up: None, only: Some(MENTOR) };
    play.tells(COACH, START + 40 * MINUTE, START + 40 * MINUTE, &Body::Closed(end));
    assert_eq!(play.of_school(Counted::All), (Some(30), 2, 0));
    assert_eq!(play.of_school(Counted::ReadByAll), (None, 0, 0));
}

fn agreement(number: u8, workplace: &str, from: &str, to: &str) -> Body {
    Body::Agreement(Agreement {
        agreement: AgreementId([number; 16]),
        kind: AgreementKind::Odow,
        workplace: workplace.into(),
        from: on(from),
        to: on(to),
        weekly_minutes: 0,
        signed: vec![],
        number: None,
        ended: None,
        at: None,
        blocks: dubbelspoor_domain::Added::default(),
        on_holidays: None,
    })
}

#[test]
fn g7_one_leertraject_in_figures() {
    let mut play = Play::new();
    for it in ["G2", "G3"] {
        play.put(COACH, &goal(it));
    }
    let it = StartNote {
        kind: StartNoteKind::Intake,
        day: day(3),
        text: "Talk".into(),
        conclusion: String::new(),
        answers: Default::default(),
        for_matching: None,
    };
    play.put(COACH, &Body::StartNote(it));
    // G1 is confirmed on two days at its level, G2 was known before, G3 was confirmed below its level.
    for (number, date) in [(101, 10), (102, 11)] {
        let it = Entry { day: day(date), minutes: 420, ..entry(EntryId([number; 16]), "done") };
        let version = play.put(LEARNER, &Body::Entry(it));
        play.answers(number, version, START, START);
        let mut below = confirmation(EntryId([number; 16]), version, Finding::NotYet);
        below.outcomes[0].goal = "G3".into();
        play.put(MENTOR, &Body::Confirmation(below));
    }
    let it = PriorLearning {
        goal: "G2".into(),
        evidence: "A licence".into(),
        on: day(4),
        level: Some(Level::Independent),
    };
    play.put(COACH, &Body::PriorLearning(it));
    let it = Entry { day: day(12), minutes: 360, ..entry(EntryId([103; 16]), "lesson") };
    play.put(LEARNER, &Body::Entry(Entry { place: Place::School, ..it }));
    // Two visits were held, a call too; one is planned, one was before the school year.
    play.say(0, &Body::Visit(visit(1, 5, Some("Seen"))));
    play.say(1, &Body::Visit(visit(2, 19, Some("Seen"))));
    play.say(2, &Body::Visit(visit(3, 29, None)));
    let call = Visit { kind: VisitKind::Call, ..visit(4, 18, Some("Said")) };
    play.put(COACH, &Body::Visit(call.clone()));
    let before = Visit { day: on("2026-08-20"), visit: VisitId([5; 16]), ..call };
    play.put(COACH, &Body::Visit(before));

    let it = play.year(day(23));
    assert_eq!((it.course.nl.as_str(), it.workplace.as_str()), ("Logistiek", "Magazijn"));
    assert_eq!((it.state, it.ended, it.result), (TrackState::Running, None, None));
    assert_eq!((it.intake, it.period), (Some(day(3)), Some((day(2), day(30)))));
    assert_eq!((it.sums.reached, it.sums.goals), (2, 3));
    assert_eq!((it.sums.visits, it.sums.contacts), (2, 1));
    assert_eq!(it.sums.worked, Worked { workplace: 840, school: 360 });
    assert_eq!(it.sums.worked.workplace_share(), Some(70));
    let earlier = play.year(day(10)).sums;
    assert_eq!((earlier.reached, earlier.visits), (1, 1), "as it was on the 10th");
}

#[test]
fn g7_a_leertraject_is_in_the_school_years_in_which_it_takes_place() {
    let mut play = Play::new();
    play.put(COACH, &runs("2025-11-03", "2027-01-29"));
    let in_year = |play: &Play, year: &str| {
        TrackFigures::of(play.dossier(), on(year), on("2027-10-15")).map(|it| it.state)
    };
    let years = ["2024-10-01", "2025-10-01", "2026-10-01", "2027-10-01"];
    let states = |play: &Play| years.map(|it| in_year(play, it));
    let (running, completed) = (Some(TrackState::Running), Some(TrackState::Completed));
    assert_eq!(states(&play), [None, running, completed, None]);
    let it =
        EarlyEnd { day: on("2026-06-12"), reason: EndReason::Work, text: String::new(), by: None };
    play.put(COACH, &Body::EarlyEnd(it));
    assert_eq!(states(&play), [None, Some(TrackState::EndedEarly), None, None]);
    let figures = TrackFigures::of(play.dossier(), on("2025-10-01"), on("2027-10-15")).unwrap();
    assert_eq!(figures.ended, Some(EndReason::Work));
    // Without dates it is being prepared, this year.
    let empty = Dossier::new(support::DOSSIER);
    let prepared = |year: &str| TrackFigures::of(&empty, on(year), on("2026-11-23"));
    assert_eq!(prepared("2026-10-01").map(|it| it.state), Some(TrackState::Planned));
    assert_eq!(prepared("2025-10-01"), None);
}

#[test]
fn g7_a_decision_counts_in_its_last_year_even_when_it_falls_in_autumn() {
    let mut play = Play::new();
    play.put(COACH, &runs("2025-09-01", "2027-06-30"));
    let decided = |day: &str, result| {
        let mastered = if result == TrackResult::NotYet { vec![] } else { vec!["G1".to_owned()] };
        let (present, grounds) = ("Els".to_owned(), "Seen".to_owned());
        Body::Deliberation(Deliberation { day: on(day), present, mastered, result, grounds })
    };
    play.tells(COACH, START, START, &decided("2027-06-25", TrackResult::NotYet));
    play.tells(COACH, START + DAY, START + DAY, &decided("2027-09-10", TrackResult::Certificate));
    let in_year = |year: &str, today: &str| {
        TrackFigures::of(play.dossier(), on(year), on(today)).unwrap().result
    };
    assert_eq!(in_year("2025-10-01", "2027-10-01"), None, "it goes on after this year");
    assert_eq!(in_year("2026-10-01", "2027-09-01"), Some(TrackResult::NotYet));
    assert_eq!(in_year("2026-10-01", "2027-10-01"), Some(TrackResult::Certificate));
}

#[test]
fn g7_courses_and_workplaces_add_up_to_the_centre() {
    let mut one = Play::new();
    one.put(COACH, &agreement(1, "Garage", "2026-09-01", "2026-10-30"));
    one.put(COACH, &agreement(2, "Werkhuis", "2026-11-02", "2027-06-30"));
    one.put(COACH, &agreement(3, "Later", "2027-09-01", "2028-06-30"));
    let version = one.waits(101, START);
    one.answers(101, version, START + 2 * HOUR, START + 2 * HOUR);
    let mut other = Play::new();
    let version = other.waits(101, START);
    other.answers(101, version, START + 6 * HOUR, START + 6 * HOUR);
    other.waits(102, START);
    let it = EarlyEnd { day: day(20), reason: EndReason::Personal, text: String::new(), by: None };
    other.put(COACH, &Body::EarlyEnd(it));
    let another = Dossier::new(support::DOSSIER);

    let mut all = Monitoring::new(day(1), day(24));
    [one.dossier(), other.dossier(), &another].into_iter().for_each(|it| all.add(it));
    assert_eq!(all.year(), (on("2026-09-01"), on("2027-08-31")));
    let names =
        |all: &[Group]| all.iter().map(|it| (it.name.clone(), it.tracks)).collect::<Vec<_>>();
    assert_eq!(names(&all.courses()), [(String::new(), 1), ("Logistiek".into(), 2)]);
    let by_workplace = [(String::new(), 1), ("Magazijn".into(), 1), ("Werkhuis".into(), 1)];
    assert_eq!(names(&all.workplaces()), by_workplace);
    let whole = all.all();
    assert_eq!((whole.tracks, whole.planned, whole.running, whole.ended_early()), (3, 1, 1, 1));
    assert_eq!(whole.ended[2], 1, "for personal reasons");
    assert_eq!(whole.sums.worked, Worked { workplace: 180, school: 0 });
    let answers = told(&whole.sums.by_workplace);
    assert_eq!(answers, (Some(4 * 60), 2, 1), "of 2 and 6 hours, and one waits");
    let sum: u32 = all.courses().iter().map(|it| it.sums.worked.workplace).sum();
    let message = all.told(NOW);
    assert_eq!((message.from, message.since, message.at), (all.year().0, all.year().0, NOW));
    let named = |all: &[GroupFigures]| all.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(named(&message.courses), ["", "Logistiek"]);
    assert_eq!(named(&message.workplaces), ["", "Magazijn", "Werkhuis"]);
    let it = &message.all;
    assert_eq!((it.tracks, it.began, it.planned, it.running), (3, 2, 1, 1));
    assert_eq!((it.ended.as_slice(), it.at_workplace), (&whole.ended[..], 180));
    let answers = AnswerTime { median: Some(4 * 60), answered: 2, waiting: 1 };
    assert_eq!(it.by_workplace, answers);
    let of_tracks: Vec<&str> = all.tracks().iter().map(|it| it.workplace.as_str()).collect();
    assert_eq!((sum, of_tracks), (180, vec!["", "Magazijn", "Werkhuis"]));
}

#[test]
fn a10_a_status_is_a_count_and_never_a_small_one() {
    let mut play = Play::new();
    let without = play.dossier().clone();
    let noted = |(minute, status)| {
        play.say(minute, &Body::StatusNoted(StatusNoted { status: Some(status) }));
        play.dossier().clone()
    };
    let with: Vec<Dossier> = (1..).zip(LearnerStatus::ALL).map(noted).collect();
    let told = |counts: [usize; 6]| -> Vec<Option<u32>> {
        let one = |(it, count): (&Dossier, usize)| vec![it.clone(); count];
        let mut all: Vec<Dossier> = with.iter().zip(counts).flat_map(one).collect();
        all.push(without.clone());
        let mut counted = Monitoring::new(day(1), day(23));
        all.iter().for_each(|it| counted.add(it));
        counted.statuses().into_iter().map(|(_, it)| it).collect()
    };
    assert_eq!(told([7, 5, 4, 1, 0, 0]), [Some(7), Some(5), None, None, None, None]);
    assert_eq!(told([4, 4, 4, 4, 4, 4]), [None; 6]);
    let none_alone = [Some(9), None, Some(6), Some(7), Some(8), None];
    assert_eq!(told([9, 5, 6, 7, 8, 1]), none_alone, "the whole would give one away");
    assert_eq!(told([9, 5, 6, 7, 8, 5]), [9, 5, 6, 7, 8, 5].map(Some));
}

#[test]
fn a10_of_two_coaches_the_one_who_noted_a_status_last_is_right_whenever_it_came() {
    let mut play = Play::new();
    let noted = |status| Body::StatusNoted(StatusNoted { status });
    play.say(2, &noted(Some(LearnerStatus::Employed)));
    play.say(1, &noted(Some(LearnerStatus::Seeking)));
    assert_eq!(play.dossier().start.status(), Some(LearnerStatus::Employed));
    play.say(3, &noted(None));
    assert_eq!(play.dossier().start.status(), None, "taken back");
}
