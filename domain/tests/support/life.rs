//! Two logs and what they come to, in words: the golden events, and weeks of a lively diary made of one seed. Whatever
//! works this out, natively or in a browser, must come to `figures.txt`.

use chrono::{Days, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{
    Asked, Audience, Body, Confirmation, ConfirmationRequest, ConfirmationWithdrawn, Dossier,
    Entry, Finding, Goal, Level, Link, Outcome, Place, Role, Stage, Touched, Track, Translated,
};
use dubbelspoor_domain::event::{Event, Header, Short, Unsealed, VERSION};
use dubbelspoor_domain::hlc::Hlc;
use dubbelspoor_domain::hours::{between, in_week};
use dubbelspoor_domain::id::{
    Chain, DossierId, EntryId, EventHash, EventId, KeyId, LinkId, PersonId, ReplicaId, Signature,
};
use dubbelspoor_domain::signals::{Thresholds, signals};
use dubbelspoor_domain::sync::Row;
use dubbelspoor_domain::wire::Verdict;

/// What both logs come to.
pub(crate) const FIGURES: &str = include_str!("figures.txt");

const DOSSIER: DossierId = DossierId([7; 16]);
const LEARNER: PersonId = PersonId([1; 16]);
const MENTORS: [PersonId; 2] = [PersonId([2; 16]), PersonId([3; 16])];
/// 23 November 2026, a Monday morning.
const NOW: u64 = 1_795_424_400_000;
const DAY: u64 = 86_400_000;
const ACTS: u64 = 400;

const GOLDEN: [&str; 18] = [
    include_str!("../golden/v1/01-person.hex"),
    include_str!("../golden/v1/02-link-learner.hex"),
    include_str!("../golden/v1/03-link-mentor.hex"),
    include_str!("../golden/v1/04-link-coach.hex"),
    include_str!("../golden/v1/05-key-learner.hex"),
    include_str!("../golden/v1/06-key-mentor.hex"),
    include_str!("../golden/v1/07-key-coach.hex"),
    include_str!("../golden/v1/08-track.hex"),
    include_str!("../golden/v1/09-goal.hex"),
    include_str!("../golden/v1/10-entry.hex"),
    include_str!("../golden/v1/11-request.hex"),
    include_str!("../golden/v1/12-confirmation.hex"),
    include_str!("../golden/v1/13-withdrawal.hex"),
    include_str!("../golden/v1/14-feedback.hex"),
    include_str!("../golden/v1/15-release.hex"),
    include_str!("../golden/v1/16-link-ended.hex"),
    include_str!("../golden/v1/17-key-revoked.hex"),
    include_str!("../golden/v1/18-kind-900.hex"),
];

/// The figures of both logs, as this machine works them out.
pub(crate) fn worked_out() -> String {
    let golden = GOLDEN.map(|it| Event::parse(&bytes(it)).unwrap());
    format!("golden\n{}\nlively\n{}", figures(golden), figures(lively()))
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|it| it.to_digit(16)).collect();
    digits.chunks(2).map(|it| u8::try_from(it[0] * 16 + it[1]).unwrap()).collect()
}

fn figures(events: impl IntoIterator<Item = Event>) -> String {
    let (mut dossier, mut chain) = (Dossier::new(DOSSIER), Chain::START);
    for (event, position) in events.into_iter().zip(1..) {
        // Some arrive too late: a confirmation among them waits for a coach.
        let verdict = if position % 9 == 0 { Verdict::Waiting } else { Verdict::Accepted };
        let received_at = NOW + position * DAY / 8;
        let row = Row { position, hash: event.hash(), verdict, received_at, event: Some(event) };
        chain = row.chain(chain);
        row.placed().iter().for_each(|it| dossier.fold(it));
    }
    let mut lines = vec![format!("chain {chain}")];
    hours(&dossier, &mut lines);
    diary(&dossier, &mut lines);
    lines.join("\n") + "\n"
}

fn hours(dossier: &Dossier, lines: &mut Vec<String>) {
    lines.push(format!("hours {:?}", between(dossier, day(0), day(400))));
    for week in 0..9 {
        lines.push(format!("week of {} {:?}", *day(week * 7), in_week(dossier, day(week * 7))));
    }
    for today in [10, 30, 55] {
        for it in signals(dossier, Thresholds::default(), day(today)) {
            let grounds = it.grounds.first().copied();
            lines.push(format!(
                "{} {:?} since {} {} days {} {grounds:?}",
                *day(today),
                it.kind,
                *it.since,
                it.days,
                it.grounds.len()
            ));
        }
    }
}

fn diary(dossier: &Dossier, lines: &mut Vec<String>) {
    for it in dossier.progress() {
        lines.push(format!(
            "goal {} {} entries {} minutes until {:?} rated {:?} best {:?} level {:?}",
            it.goal.goal,
            it.entries,
            it.minutes,
            it.last_day.map(|it| it.to_string()),
            it.self_rating,
            it.best,
            it.level
        ));
        for it in it.evidence {
            let earlier = it.is_for_earlier_version;
            lines.push(format!("  {} {} {:?} {earlier}", *it.day, it.by, it.finding));
        }
    }
    for it in dossier.diary.entries() {
        let shown = it.shown();
        lines.push(format!(
            "entry {} {} {:?} of {} shows {}",
            it.entry,
            *shown.content.day,
            dossier.state_of(it),
            it.history().count(),
            shown.content.text
        ));
    }
    for mentor in MENTORS {
        lines.push(format!("for {mentor} wait {}", dossier.waiting_for(mentor, day(56)).len()));
    }
}

fn day(after: u64) -> Day {
    let first = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    Day(first + Days::new(after))
}

/// SplitMix64: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len().max(1) as u64);
        from.get(usize::try_from(at).ok()?).copied()
    }
}

/// A diary with edits, two versions at once, questions, answers and answers that are taken back.
fn lively() -> Vec<Event> {
    let mut dice = Dice(68);
    let mut made: Vec<Event> = plan().iter().map(|it| seal(0, PersonId::SCHOOL, it)).collect();
    let mut versions: Vec<(EntryId, EventHash)> = Vec::new();
    let mut given: Vec<(PersonId, EventHash)> = Vec::new();
    for act in 1..=ACTS {
        let old = dice.pick(&versions);
        let (who, body) = match (dice.below(10), old, dice.pick(&given)) {
            (0..2, Some((entry, version)), _) => (LEARNER, question(&mut dice, entry, version)),
            (2..5, Some((entry, version)), _) => {
                let by = MENTORS[usize::from(dice.below(2) == 0)];
                (by, answer(&mut dice, entry, version))
            }
            (5, _, Some((by, confirmation))) => {
                let reason = "vergissing".to_owned();
                let it = ConfirmationWithdrawn { confirmation, reason };
                (by, Body::ConfirmationWithdrawn(it))
            }
            (6, Some((entry, version)), _) => {
                (LEARNER, Body::Entry(written(&mut dice, act, entry, vec![version])))
            }
            _ => {
                let entry = EntryId([u8::try_from(act % 251).unwrap_or(0); 16]);
                (LEARNER, Body::Entry(written(&mut dice, act, entry, vec![])))
            }
        };
        let event = seal(act, who, &body);
        if let Body::Entry(it) = &body {
            versions.push((it.entry, event.hash()));
        }
        if let Body::Confirmation(_) = body {
            given.push((who, event.hash()));
        }
        made.push(event);
    }
    made
}

fn plan() -> Vec<Body> {
    let words = |text: &str| Translated { nl: text.into(), en: text.into(), fr: text.into() };
    let link = |id, person, role| {
        Body::Link(Link { link: LinkId([id; 16]), person, role, from: day(0), to: None })
    };
    let track = Track {
        course: words("Logistiek"),
        centre: "CVO".into(),
        workplace: "Magazijn".into(),
        from: day(0),
        to: day(60),
        week_one: day(0),
        pace: None,
        general: None,
    };
    let goal = |code: &str| {
        Body::Goal(Goal {
            goal: code.into(),
            title: words(code),
            competences: vec![],
            expected: Level::Independent,
            places: vec![Place::Workplace],
            from_week: 1,
            to_week: 8,
            criteria: None,
            by: None,
            where_exactly: None,
            workplaces: dubbelspoor_domain::Added::default(),
            people: dubbelspoor_domain::Added::default(),
        })
    };
    let mut plan = vec![link(1, LEARNER, Role::Learner), Body::Track(track)];
    plan.extend([link(2, MENTORS[0], Role::Mentor), link(3, MENTORS[1], Role::Mentor)]);
    plan.extend(["G1", "G2", "G3"].map(goal));
    plan
}

fn a_goal(dice: &mut Dice) -> String {
    format!("G{}", 1 + dice.below(3))
}

fn written(dice: &mut Dice, act: u64, entry: EntryId, parents: Vec<EventHash>) -> Entry {
    let places = [Place::Workplace, Place::School, Place::TrainingCentre];
    let stage = [Stage::Submitted, Stage::Submitted, Stage::Submitted, Stage::Draft];
    let touched = Touched { goal: a_goal(dice), self_rating: dice.pick(&Level::ALL) };
    Entry {
        entry,
        parents,
        stage: dice.pick(&stage).unwrap_or(Stage::Submitted),
        audience: Audience::Shared,
        day: day(dice.below(56)),
        place: dice.pick(&places).unwrap_or(Place::Workplace),
        minutes: u16::try_from(5 + dice.below(600)).unwrap_or(5),
        text: format!("Dag {act}: één pallet, ½ dag, 😀"),
        goals: vec![touched],
        reflection: None,
        newer_fields: vec![],
    }
}

fn question(dice: &mut Dice, entry: EntryId, version: EventHash) -> Body {
    let goals = vec![Asked { goal: a_goal(dice), proposed: None }];
    let to = dice.pick(&MENTORS).filter(|it| *it == MENTORS[0]);
    Body::ConfirmationRequest(ConfirmationRequest { entry, version, goals, to })
}

fn answer(dice: &mut Dice, entry: EntryId, version: EventHash) -> Body {
    let level = dice.pick(&Level::ALL).map_or(Finding::NotYet, Finding::Reached);
    let finding = dice.pick(&[level, level, Finding::NotYet, Finding::NotPossibleHere]);
    let finding = finding.unwrap_or(Finding::NotYet);
    let outcomes = vec![Outcome { goal: a_goal(dice), finding }];
    Body::Confirmation(Confirmation { entry, version, outcomes, feedback: None })
}

/// Who signed is no matter to a fold: events are checked before they come this far.
fn seal(act: u64, person: PersonId, body: &Body) -> Event {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&act.to_be_bytes());
    id[8] = u8::try_from(body.kind() % 256).unwrap_or(0);
    let header = Header {
        version: VERSION,
        kind: body.kind(),
        id: EventId(id),
        dossier: DOSSIER,
        replica: ReplicaId(id),
        seq: 1,
        prev: Short::default(),
        hlc: Hlc::at(NOW + act * DAY / 8),
        person,
        key: KeyId([9; 8]),
        seen_position: 0,
        seen_chain: Short::default(),
        body_hash: EventHash([0; 32]),
        body_len: 0,
        flags: body.flags(),
        challenge: None,
    };
    Unsealed::new(header, body.encode()).seal(Signature([7; 64]))
}
