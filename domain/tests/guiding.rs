//! What coaches do and where it begins: visits, notes, mediation, ends; workplaces, recognition, training days, screening.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;
#[path = "support/visits.rs"]
mod visits;

use dubbelspoor_domain::dossier::{
    Agreement, AgreementKind, AnsweredQuestion, Body, Calendar, ContactPoint, DaysGranted,
    EarlyEnd, EndReason, Holiday, Mediation, MediationOutcome, MentorConditions, MentorTraining,
    Moment, Note, Pause, Placed, Recognition, Refusal, Restart, Snoozed, StartNote, StartNoteKind,
    Stay, Survey, Task, TrackState, Visit, VisitKind, WellBeing, Workplace,
};
use dubbelspoor_domain::hours;
use dubbelspoor_domain::id::{AgreementId, PersonId, SurveyId, WorkplaceId};
use dubbelspoor_domain::signals::{SignalKind, Thresholds, all_signals, signals};
use dubbelspoor_domain::{Added, Day};
use support::{
    ADMINISTRATOR, COACH, LEARNER, MENTOR, NOW, Play, READER, Said, TEACHER, day, goal, words,
};
use visits::visit;

impl Play {
    fn kinds(&self, limits: Thresholds, today: Day) -> Vec<SignalKind> {
        signals(self.dossier(), limits, today).into_iter().map(|it| it.kind).collect()
    }

    /// Who receives such a record, of those who take part.
    fn readers(&mut self, by: PersonId, body: &Body) -> Vec<PersonId> {
        let event = self.seal(by, Said::by(by, 0), body);
        let at = event.header().hlc;
        let placed =
            Placed { event: &event, position: Some(50), at, received_at: None, waiting: false };
        let all = [LEARNER, MENTOR, COACH, TEACHER, ADMINISTRATOR, READER];
        all.into_iter().filter(|it| self.dossier().visible(*it, &placed)).collect()
    }
}

/// Only the visit speaks.
fn quiet() -> Thresholds {
    let d = Thresholds::default();
    Thresholds { silence: 999, plan: 999, review: 999, visit: 10, visit_late: 14, ..d }
}

#[test]
fn a_visit_is_late_after_two_weeks_and_missing_when_none_is_planned() {
    let mut play = Play::new();
    assert_eq!(play.kinds(quiet(), day(11)), []);
    assert_eq!(
        play.kinds(quiet(), day(12)),
        [SignalKind::VisitOverdue],
        "G2: ten days without any"
    );
    play.say(1, &Body::Visit(visit(1, 13, None)));
    assert_eq!(play.kinds(quiet(), day(26)), [], "planned");
    assert_eq!(play.kinds(quiet(), day(27)), [SignalKind::VisitOverdue], "and fourteen days late");
    play.say(2, &Body::Visit(visit(1, 27, Some("Veilig gewerkt."))));
    assert_eq!(play.dossier().guiding.last_visit(), Some(day(27)));
    assert_eq!(play.kinds(quiet(), day(28)), []);
    play.say(3, &Body::Visit(Visit { cancelled: true, ..visit(2, 29, None) }));
    assert_eq!(play.dossier().guiding.next_visit(), None);
}

#[test]
fn g2_a_call_does_not_answer_a_visit_that_was_to_be_on_the_spot() {
    let mut play = Play::new();
    let held = |number, on, kind| {
        Body::Visit(Visit { kind, ..visit(number, on, Some("Alles gaat goed.")) })
    };
    let late = |play: &Play| play.kinds(quiet(), day(28));
    play.say(1, &Body::Visit(visit(1, 10, None)));
    play.say(2, &held(2, 12, VisitKind::Call));
    assert_eq!(late(&play), [SignalKind::VisitOverdue]);
    play.say(3, &held(3, 20, VisitKind::OnSite));
    assert_eq!(late(&play), [], "being there does");
    play.say(4, &Body::Visit(Visit { kind: VisitKind::Call, ..visit(4, 21, None) }));
    play.say(5, &held(5, 22, VisitKind::Digital));
    assert_eq!(play.dossier().guiding.next_visit(), None, "a message answers a call");
}

#[test]
fn a9_it_stands_still_from_a_pause_or_an_early_end_until_it_goes_on() {
    let mut play = Play::new();
    let still = |play: &Play, on| play.dossier().stands_still(day(on));
    assert_eq!(still(&play, 9), None);
    play.say(1, &Body::Pause(Pause { day: day(9), text: "Ziek.".into() }));
    assert_eq!((still(&play, 8), still(&play, 9)), (None, Some(day(9))));
    play.say(2, &Body::Restart(Restart { day: day(12), text: String::new() }));
    assert_eq!((still(&play, 11), still(&play, 12)), (Some(day(9)), None));
    let end = EarlyEnd { day: day(20), reason: EndReason::Work, text: String::new(), by: None };
    play.say(3, &Body::EarlyEnd(end));
    assert_eq!((still(&play, 20), still(&play, 21)), (None, Some(day(20))), "its last day counts");
}

#[test]
fn a11_a_note_answers_questions_as_they_were_asked_then() {
    let mut play = Play::new();
    let answered = |question: &str, answer: &str| AnsweredQuestion {
        question: question.into(),
        answer: answer.into(),
    };
    let note = |answers: Vec<AnsweredQuestion>| StartNote {
        kind: StartNoteKind::Support,
        day: day(3),
        text: String::new(),
        conclusion: "Plant samen met de mentor".into(),
        answers: Added(answers),
        for_matching: Some("Een kleine ploeg".into()),
    };
    let good = note(vec![answered("Hoe plan je je dag?", "Met een lijstje")]);
    for (it, expected) in [
        (note(vec![]), Err(Refusal::OutOfRange)),
        (note(vec![answered("Hoe plan je je dag?", " ")]), Err(Refusal::OutOfRange)),
        (note(vec![answered("", "Met een lijstje")]), Err(Refusal::OutOfRange)),
        (note(vec![answered("a", "b"); 21]), Err(Refusal::OutOfRange)),
        (note(vec![answered("a", "b"); 20]), Ok(())),
        (good.clone(), Ok(())),
    ] {
        let found = play.dossier().permit(COACH, Moment::HERE, &Body::StartNote(it)).map(drop);
        assert_eq!(found, expected);
    }
    play.put(COACH, &Body::StartNote(good.clone()));
    let kept: Vec<_> = play.dossier().start.notes().iter().map(|it| &it.what).collect();
    assert_eq!(kept, [&good]);
}

#[test]
fn notes_and_screening_never_reach_cursist_or_mentor() {
    let mut play = Play::new();
    let text = || "vertrouwelijk".to_owned();
    let guides = [COACH, ADMINISTRATOR];
    assert_eq!(play.readers(COACH, &Body::Note(Note { text: text() })), guides, "G3");
    let kind = StartNoteKind::Screening;
    let screening = StartNote {
        kind,
        day: day(3),
        text: text(),
        conclusion: text(),
        answers: Added::default(),
        for_matching: None,
    };
    assert_eq!(play.readers(COACH, &Body::StartNote(screening.clone())), guides, "A11");
    let intake = StartNote { kind: StartNoteKind::Intake, ..screening.clone() };
    assert_eq!(
        play.readers(COACH, &Body::StartNote(intake)).len(),
        6,
        "A12: the intake is for all"
    );
    let matching = StartNote { kind: StartNoteKind::Matching, ..screening };
    assert_eq!(play.readers(COACH, &Body::StartNote(matching)), guides, "A12");
    let mediation = Mediation {
        day: day(4),
        present: "alle drie".into(),
        text: text(),
        outcome: MediationOutcome::GoesOn,
        learner: Some(LEARNER),
    };
    let with_learner = [LEARNER, COACH, ADMINISTRATOR];
    assert_eq!(play.readers(COACH, &Body::Mediation(mediation.clone())), with_learner, "A9");
    let for_another = Body::Mediation(Mediation { learner: Some(MENTOR), ..mediation });
    let refused = play.dossier().permit(COACH, Moment::HERE, &for_another);
    assert_eq!(refused, Err(Refusal::Mismatch), "nobody else is let in by naming them");
}

#[test]
fn an_early_end_silences_signals_and_a_restart_keeps_everything() {
    let mut play = Play::new();
    let limits = Thresholds { silence: 3, ..quiet() };
    assert_eq!(play.dossier().state_on(day(1)), TrackState::Planned);
    assert_eq!(play.dossier().state_on(day(9)), TrackState::Running);
    assert!(play.kinds(limits, day(20)).contains(&SignalKind::Silence));
    let nameless =
        EarlyEnd { day: day(10), reason: EndReason::Other, text: String::new(), by: None };
    let refused = play.dossier().permit(COACH, Moment::HERE, &Body::EarlyEnd(nameless.clone()));
    assert_eq!(refused, Err(Refusal::OutOfRange), "A9: another reason is said in words");
    play.say(1, &Body::EarlyEnd(EarlyEnd { reason: EndReason::Work, ..nameless }));
    assert_eq!(play.dossier().state_on(day(10)), TrackState::Running, "its last day");
    assert_eq!(play.dossier().state_on(day(11)), TrackState::EndedEarly);
    assert_eq!(play.kinds(limits, day(20)), [], "nobody is silent after the end");
    let goals = play.dossier().plan.len();
    play.say(2, &Body::Restart(Restart { day: day(16), text: "Bij De Kaai".into() }));
    assert_eq!(play.dossier().state_on(day(15)), TrackState::EndedEarly);
    assert_eq!(play.dossier().state_on(day(16)), TrackState::Restarted);
    assert_eq!(play.dossier().plan.len(), goals);
    assert!(play.kinds(limits, day(25)).contains(&SignalKind::Silence));
    assert_eq!(play.dossier().state_on(Day(day(30).succ_opt().unwrap())), TrackState::Completed);
}

#[test]
fn a_signal_that_was_put_off_is_silent_until_that_day() {
    let mut play = Play::new();
    let limits = Thresholds { silence: 3, ..quiet() };
    let signal = SignalKind::Silence.number();
    let off = Snoozed { signal, until: day(20), reason: "Op vakantie".into() };
    play.put(COACH, &Body::Snoozed(off));
    assert!(!play.kinds(limits, day(20)).contains(&SignalKind::Silence), "G1");
    assert!(play.kinds(limits, day(21)).contains(&SignalKind::Silence));
    let all = all_signals(play.dossier(), limits, day(20));
    assert!(all.iter().any(|it| it.kind == SignalKind::Silence), "who guides can still find it");
}

#[test]
fn two_signals_of_leaving_at_once_are_an_early_warning_that_says_why() {
    let mut play = Play::new();
    let limits = Thresholds { silence: 3, visit: 999, ..quiet() };
    assert_eq!(play.kinds(limits, day(9)), [SignalKind::Silence], "G4: one alone is none");
    let feels =
        |on, mark| Body::WellBeing(WellBeing { day: day(on), mark, word: None, to_mentor: false });
    play.put(LEARNER, &feels(5, 4));
    play.put(LEARNER, &feels(8, 1));
    let all = signals(play.dossier(), limits, day(9));
    assert_eq!(all[0].kind, SignalKind::MayStop, "and it comes first");
    assert_eq!(all[0].grounds.len(), 2, "the marks that it rests on");
}

#[test]
fn a_mentor_who_is_asked_and_never_acts_is_shown_to_the_coach() {
    let mut play = Play::new();
    play.desk.now = NOW;
    let version = play.put(LEARNER, &Body::Entry(support::entry(ENTRY, "gelost")));
    let goals = vec![dubbelspoor_domain::dossier::Asked { goal: "G1".into(), proposed: None }];
    play.put(
        LEARNER,
        &Body::ConfirmationRequest(dubbelspoor_domain::dossier::ConfirmationRequest {
            entry: ENTRY,
            version,
            goals,
            to: None,
        }),
    );
    let limits = Thresholds { mentor: 5, ..quiet() };
    let on = |days: u64| Day::of_millis(NOW + days * support::DAY);
    let silent =
        |play: &Play, days| play.kinds(limits, on(days)).contains(&SignalKind::MentorSilent);
    assert!(!silent(&play, 4));
    assert!(silent(&play, 5), "A3");
    let word = dubbelspoor_domain::dossier::Feedback { entry: None, text: "Goed bezig".into() };
    play.put(MENTOR, &Body::Feedback(word));
    assert!(!silent(&play, 5));
}

const ENTRY: dubbelspoor_domain::id::EntryId = dubbelspoor_domain::id::EntryId([44; 16]);

fn workplace(number: u8, recognition: Option<Recognition>) -> Workplace {
    Workplace {
        workplace: WorkplaceId([number; 16]),
        company: "Magazijn Noord".into(),
        site: "Noorderlaan 1".into(),
        recognition,
        stays: vec![Stay { from: day(2), to: Some(day(15)), when: "maandag tot woensdag".into() }],
        goals: vec!["G1".into()],
    }
}

fn agreement(at: Option<WorkplaceId>, from: u32) -> Body {
    Body::Agreement(Agreement {
        agreement: AgreementId([5; 16]),
        kind: AgreementKind::Odos,
        workplace: "Magazijn Noord".into(),
        from: day(from),
        to: day(30),
        weekly_minutes: 1_200,
        signed: vec![],
        number: None,
        ended: None,
        at,
        blocks: dubbelspoor_domain::Added::default(),
        on_holidays: None,
    })
}

#[test]
fn no_agreement_begins_at_a_site_that_is_not_recognised() {
    let mut play = Play::new();
    let at = Some(WorkplaceId([1; 16]));
    let may =
        |play: &Play, from| play.dossier().permit(COACH, Moment::HERE, &agreement(at, from)).err();
    assert_eq!(may(&play, 5), None, "a workplace that has not arrived contradicts nobody");
    play.put(COACH, &Body::Workplace(workplace(1, None)));
    assert_eq!(may(&play, 5), Some(Refusal::NotRecognised), "A4");
    let recognised = |to| {
        let recognition = Recognition { number: "E-12".into(), from: day(6), to, kind: None };
        Body::Workplace(workplace(1, Some(recognition)))
    };
    play.put(COACH, &recognised(Some(day(29))));
    assert_eq!(may(&play, 6), Some(Refusal::NotRecognised), "not on its last day, the 30th");
    for to in [Some(day(30)), None] {
        play.put(COACH, &recognised(to));
        assert_eq!(may(&play, 5), Some(Refusal::NotRecognised), "a day too early");
        assert_eq!((may(&play, 6), may(&play, 20)), (None, None));
    }
    let by_administrator = play.dossier().permit(ADMINISTRATOR, Moment::HERE, &agreement(at, 5));
    assert_eq!(by_administrator.err(), Some(Refusal::NotRecognised), "a hard stop for all");
}

#[test]
fn several_workplaces_say_where_somebody_is_and_what_stays_uncovered() {
    let mut play = Play::new();
    play.put(COACH, &goal("G2"));
    let there = |play: &Play, on| play.dossier().start.on(day(on)).count();
    let before = play.dossier().works_at(day(12));
    play.put(COACH, &Body::Workplace(workplace(1, None)));
    let second = Workplace {
        stays: vec![Stay { from: day(10), to: None, when: "donderdag".into() }],
        goals: vec![],
        ..workplace(2, None)
    };
    play.put(COACH, &Body::Workplace(second));
    assert_eq!(
        [there(&play, 1), there(&play, 2), there(&play, 12), there(&play, 20)],
        [0, 1, 2, 1],
        "A6"
    );
    let named = |on| play.dossier().works_at(day(on));
    let company = &workplace(1, None).company;
    assert_eq!(before, play.dossier().track.as_ref().unwrap().workplace, "nothing filled in yet");
    assert_eq!([named(1), named(2), named(12)], ["", &**company, &**company], "once, by name");
    let uncovered: Vec<_> = play.dossier().uncovered_goals().iter().map(|it| &it.goal).collect();
    assert_eq!(uncovered, ["G2"], "A12");
}

#[test]
fn a6_each_week_tells_where_somebody_is() {
    let mut play = Play::new();
    let stay = |from, to, when: &str| Stay { from: day(from), to, when: when.into() };
    let first = Workplace { stays: vec![stay(2, Some(day(10)), "")], ..workplace(1, None) };
    let second = Workplace { stays: vec![stay(9, None, "donderdag")], ..workplace(2, None) };
    play.put(COACH, &Body::Workplace(first));
    play.put(COACH, &Body::Workplace(second));
    let free = Holiday { title: words("Herfst"), from: day(16), to: day(20) };
    play.put(COACH, &Body::Calendar(Calendar { year: 2026, holidays: vec![free] }));
    let found = |from, count| -> Vec<(Day, usize, bool)> {
        let weeks = play.dossier().weeks(day(from), count);
        weeks.iter().map(|it| (it.from, it.places.len(), it.is_free)).collect()
    };
    // The leertraject ends on the thirtieth, a Monday.
    let expected = [(2, 1, false), (9, 2, false), (16, 1, true), (23, 1, false), (30, 1, false)];
    let expected = expected.map(|(from, places, free)| (day(from), places, free));
    assert_eq!(found(4, 16), expected, "from the week of a Wednesday to the end");
    assert_eq!(found(9, 1), expected[1..2], "as many as asked");
    let end = EarlyEnd { day: day(11), reason: EndReason::Work, text: String::new(), by: None };
    play.put(COACH, &Body::EarlyEnd(end));
    let places = |play: &Play| -> Vec<usize> {
        play.dossier().weeks(day(4), 16).iter().map(|it| it.places.len()).collect()
    };
    assert_eq!(places(&play), [1, 2, 0, 0, 0], "and nowhere after an early end");
}

#[test]
fn granted_training_days_count_in_their_own_school_year() {
    let mut play = Play::new();
    let days = |play: &Play, on| hours::training_days_allowed(play.dossier(), on);
    assert_eq!(days(&play, day(9)), 20, "A8");
    play.put(COACH, &Body::DaysGranted(DaysGranted { on: day(9), days: 20 }));
    let next_year = Day::from_iso("2027-09-01").unwrap();
    assert_eq!((days(&play, day(9)), days(&play, next_year)), (40, 20));
}

#[test]
fn a_mentor_without_training_and_a_contact_point_are_known() {
    let mut play = Play::new();
    assert_eq!(play.dossier().mentors_without_training(day(10)), [MENTOR], "A5");
    let conditions = MentorConditions {
        mentor: MENTOR,
        years: 6,
        training: MentorTraining::Planned,
        on: Some(day(20)),
        workplaces: Default::default(),
    };
    play.put(COACH, &Body::MentorConditions(conditions.clone()));
    assert_eq!(play.dossier().mentors_without_training(day(10)), []);
    assert_eq!(play.dossier().start.conditions(MENTOR), Some(&conditions));
    let point = ContactPoint { person: COACH, tasks: vec![Task::Contact], reach: "03 123".into() };
    play.put(ADMINISTRATOR, &Body::ContactPoint(point.clone()));
    assert_eq!(play.dossier().start.contact(COACH), Some(&point), "A2");
}

#[test]
fn a_day_begins_at_midnight_in_belgium() {
    let on = |iso: &str, minutes_before_utc: u64| {
        let midnight = Day::from_iso(iso).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
        let millis = u64::try_from(midnight.timestamp_millis()).unwrap();
        Day::of_millis(millis - minutes_before_utc * 60_000)
    };
    let day = |iso| Day::from_iso(iso).unwrap();
    assert_eq!(on("2026-11-26", 61), day("2026-11-25"), "winter: one minute before midnight");
    assert_eq!(on("2026-11-26", 60), day("2026-11-26"));
    assert_eq!(on("2026-07-02", 121), day("2026-07-01"), "summer");
    assert_eq!(on("2026-07-02", 120), day("2026-07-02"));
    assert_eq!(on("2026-03-29", 61), day("2026-03-28"), "the night on which clocks go forward");
    assert_eq!(on("2026-03-29", 60), day("2026-03-29"));
    assert_eq!(on("2026-10-25", 120), day("2026-10-25"), "and back");
}

/// G6: a coach asks in a leertraject what they ask in others too; who asked first is who reads, and what was asked stays.
#[test]
fn g6_a_coach_asks_in_their_own_leertraject() {
    let mut play = Play::new();
    let survey = SurveyId([7; 16]);
    let it = Survey {
        survey,
        title: "Hoe was je eerste maand?".into(),
        questions: vec!["Wat loopt goed?".into()],
        learners: true,
        mentors: false,
        until: day(20),
        withdrawn: false,
    };
    play.put(COACH, &Body::Survey(it.clone()));
    let asks = |play: &Play, who| {
        play.dossier().rules.survey(survey).unwrap().asks(who, play.dossier(), day(1))
    };
    assert!(asks(&play, LEARNER));
    assert!(!asks(&play, MENTOR) && !asks(&play, COACH));
    let gone = Body::Survey(Survey { withdrawn: true, ..it.clone() });
    play.put(ADMINISTRATOR, &gone);
    assert_eq!(play.dossier().rules.asked_by(survey), Some(COACH), "whoever takes it away");
    assert!(!play.dossier().rules.survey(survey).unwrap().is_open(day(2)));
    let other = Body::Survey(Survey { title: "Anders".into(), ..it });
    let permitted = |who, body| play.dossier().permit(who, Moment::HERE, body);
    assert_eq!(permitted(COACH, &other), Err(Refusal::Mismatch));
    for who in [LEARNER, MENTOR, TEACHER, READER] {
        assert_eq!(permitted(who, &gone), Err(Refusal::NotYourRole), "{who:?}");
    }
}
