//! What a centre sets for all its leertrajecten, in its own dossier: thresholds, hours rules, courses, names of levels,
//! information, the policy of evaluation, words (A13, D3, E8, F2, F3, G8, G9). Its surveys are in `survey.rs`, its sites in `site.rs`. Every phone of the centre reads it offline.

use super::{
    Agreement, AgreementKind, Calendar, Dossier, Level, Placed, Record, Refusal, Role, Roles, Site,
    StartNoteKind, Survey, Translated, fits, written,
};
use crate::Day;
use crate::codec::{choice, record};
use crate::hours::Rule;
use crate::id::{PersonId, SheetId, SurveyId, WorkplaceId};
use crate::ordered::Table;
use crate::signals::Thresholds;

record! {
    /// A value under its number.
    pub array Setting {
        /// Which.
        0 number: u16,
        /// How much.
        1 value: u32,
    }

    /// The thresholds of the centre (G1): those that are named; the others stay as they come. At most 100.
    pub map ThresholdsSet {
        /// By the numbers of [`Thresholds`].
        0 values: Vec<Setting>,
    }

    /// What a kind of agreement asks of the weekly average at the workplace, from a day on (F2).
    pub map HoursRow {
        /// Of which kind.
        0 kind: AgreementKind,
        /// For agreements that begin on or after this day.
        1 from: Day,
        /// At least so many minutes a week.
        2 at_least: Option<u16>,
        /// Fewer than so many minutes a week, where nothing is asked at least.
        3 below: Option<u16>,
        /// Where this stands, at most 300 bytes.
        4 source: String,
    }

    /// The whole table of hours; a later one replaces it.
    pub map HoursTable {
        /// At most 100.
        0 rows: Vec<HoursRow>,
    }

    /// A course of the centre. A later one of the same code replaces it.
    pub map Course {
        /// Its code, 1 to 64 bytes.
        0 course: String,
        /// What it is called.
        1 title: Translated,
        /// The least share of workplace learning, in percent (F3).
        2 share: u16,
        /// It is no longer offered.
        3 withdrawn: bool,
    }

    /// What a level is called at this centre.
    pub map LevelName {
        /// Which.
        0 level: Level,
        /// Its name; an empty text leaves the name of the app.
        1 name: Translated,
    }

    /// The names of the levels (D3); a later record replaces them all.
    pub map LevelNames {
        /// At most one for each.
        0 names: Vec<LevelName>,
    }

    /// A sheet of information (G8). A later one of the same name replaces it.
    pub map InfoSheet {
        /// Its own name.
        0 sheet: SheetId,
        /// 1 to 200 bytes.
        1 title: String,
        /// 1 to 20,000 bytes.
        2 text: String,
        /// In which language; without one it is for everybody.
        3 language: Option<Tongue>,
        /// It is shown no more.
        4 withdrawn: bool,
    }

    /// How this centre evaluates (E8). Each part has at most 4,000 bytes.
    #[derive(Default)]
    pub map Policy {
        /// Which competences.
        0 what: String,
        /// Why.
        1 why: String,
        /// By which criteria.
        2 criteria: String,
        /// When.
        3 when: String,
        /// By whom.
        4 who: String,
        /// With which tool.
        5 tool: String,
    }

    /// What this provider says instead of a word of the app (A13).
    pub map ProviderWord {
        /// Which word.
        0 word: Word,
        /// What it says; an empty text leaves the word of the app.
        1 text: Translated,
    }

    /// What the centre asks at the start of a leertraject (A11); a later record replaces them all.
    pub map Questionnaires {
        /// At most one for each kind of note.
        0 lists: Vec<Questionnaire>,
    }

    /// The questions for one kind of note.
    pub map Questionnaire {
        /// For what.
        0 kind: StartNoteKind,
        /// At most [`MOST_QUESTIONS`], each of 1 to [`LONGEST_QUESTION`] bytes.
        1 questions: Vec<String>,
    }

    /// The words of the provider; a later record replaces them all.
    pub map ProviderWords {
        /// At most one for each.
        0 words: Vec<ProviderWord>,
    }
}

choice! {
    /// A language of the app.
    pub Tongue {
        /// Dutch.
        1 Nl,
        /// English.
        2 En,
        /// French.
        3 Fr,
    }

    /// A word that providers do not share: a CVO, Syntra, VDAB and a school each have their own (A13).
    pub Word {
        /// Cursist.
        1 Learner,
        /// Trajectbegeleider.
        2 Coach,
        /// Mentor.
        3 Mentor,
        /// Leraar.
        4 Teacher,
        /// Where one learns at the provider's.
        5 School,
        /// Where one learns at work.
        6 Workplace,
        /// Where one learns besides.
        7 TrainingCentre,
        /// ODO.
        8 Odo,
        /// ODOS.
        9 Odos,
        /// ODOW.
        10 Odow,
        /// DA.
        11 Da,
    }
}

impl Tongue {
    /// All of them.
    pub const ALL: [Tongue; 3] = [Tongue::Nl, Tongue::En, Tongue::Fr];
}

impl Word {
    /// All of them.
    pub const ALL: [Word; 11] = [
        Word::Learner,
        Word::Coach,
        Word::Mentor,
        Word::Teacher,
        Word::School,
        Word::Workplace,
        Word::TrainingCentre,
        Word::Odo,
        Word::Odos,
        Word::Odow,
        Word::Da,
    ];
}

/// The most questions that a centre asks for one kind of note.
pub const MOST_QUESTIONS: usize = 20;
/// The longest of them, in bytes.
pub const LONGEST_QUESTION: usize = 600;

/// The share of workplace learning that an official dual course has at least, in percent (F3).
pub const LEAST_SHARE: u16 = 50;

fn most(count: usize, of: usize) -> Result<(), Refusal> {
    if count <= of { Ok(()) } else { Err(Refusal::OutOfRange) }
}

fn all_fit(it: &Translated, bytes: usize) -> Result<(), Refusal> {
    fits(&it.nl, bytes)?;
    fits(&it.en, bytes)?;
    fits(&it.fr, bytes)
}

/// Every one of these is the administrator's.
macro_rules! set_by_administrators {
    ($($name:ident |$it:ident, $rules:ident| $check:block $fold:block)*) => { $(
        impl Record for $name {
            fn permit(&self, _: PersonId, roles: Roles, _: &Dossier) -> Result<(), Refusal> {
                roles.administers()?;
                let $it = self;
                $check
            }

            fn fold(self, _: &Placed<'_>, dossier: &mut Dossier) {
                let ($it, $rules) = (self, &mut dossier.rules);
                $fold
            }
        }
    )* };
}

set_by_administrators! {
    ThresholdsSet |it, rules| { most(it.values.len(), 100) } { rules.thresholds = it.values; }
    HoursTable |it, rules| {
        most(it.rows.len(), 100)?;
        it.rows.iter().try_for_each(|it| fits(&it.source, 300))
    } { rules.hours = it.rows; }
    Course |it, rules| {
        written(&it.course, 64)?;
        written(&it.title.nl, 200)?;
        all_fit(&it.title, 200)?;
        most(usize::from(it.share), 100)
    } { rules.courses.put(it.course.clone(), it); }
    LevelNames |it, rules| {
        most(it.names.len(), Level::ALL.len())?;
        it.names.iter().try_for_each(|it| all_fit(&it.name, 60))
    } { rules.levels = it.names; }
    InfoSheet |it, rules| {
        written(&it.title, 200)?;
        written(&it.text, 20_000)
    } { rules.sheets.put(it.sheet, it); }
    Policy |it, rules| {
        let parts = [&it.what, &it.why, &it.criteria, &it.when, &it.who, &it.tool];
        parts.into_iter().try_for_each(|it| fits(it, 4_000))
    } { rules.policy = it; }
    ProviderWords |it, rules| {
        most(it.words.len(), Word::ALL.len())?;
        it.words.iter().try_for_each(|it| all_fit(&it.text, 60))
    } { rules.words = it.words; }
    Questionnaires |it, rules| {
        most(it.lists.len(), StartNoteKind::ALL.len())?;
        it.lists.iter().try_for_each(|it| {
            most(it.questions.len(), MOST_QUESTIONS)?;
            it.questions.iter().try_for_each(|it| written(it, LONGEST_QUESTION))
        })
    } { rules.questionnaires = it.lists; }
}

/// What a centre has set, folded.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rules {
    thresholds: Vec<Setting>,
    hours: Vec<HoursRow>,
    courses: Table<String, Course>,
    levels: Vec<LevelName>,
    sheets: Table<SheetId, InfoSheet>,
    policy: Policy,
    words: Vec<ProviderWord>,
    questionnaires: Vec<Questionnaire>,
    pub(super) sites: Table<WorkplaceId, Site>,
    /// Each with who asked it.
    pub(super) surveys: Table<SurveyId, (PersonId, Survey)>,
}

impl Rules {
    /// The thresholds: those that the centre set, and for the rest those that come with the app.
    pub fn thresholds(&self) -> Thresholds {
        let mut all = Thresholds::default();
        self.thresholds.iter().for_each(|it| all.set(it.number, it.value));
        all
    }

    /// The table of hours.
    pub fn hours(&self) -> &[HoursRow] {
        &self.hours
    }

    /// The courses that are offered.
    pub fn courses(&self) -> impl Iterator<Item = &Course> {
        self.courses.values().filter(|it| !it.withdrawn)
    }

    /// The sheets of information that are shown.
    pub fn sheets(&self) -> impl Iterator<Item = &InfoSheet> {
        self.sheets.values().filter(|it| !it.withdrawn)
    }

    /// One of them.
    pub fn sheet(&self, sheet: SheetId) -> Option<&InfoSheet> {
        self.sheets.get(&sheet)
    }

    /// How the centre evaluates.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What the centre calls a level, where it has a name of its own.
    pub fn level(&self, level: Level) -> Option<&Translated> {
        self.levels.iter().find(|it| it.level == level).map(|it| &it.name)
    }

    /// What the centre asks for a kind of note at the start.
    pub fn questions(&self, kind: StartNoteKind) -> &[String] {
        let list = self.questionnaires.iter().find(|it| it.kind == kind);
        list.map_or(&[], |it| &it.questions)
    }

    /// What the provider says instead of a word.
    pub fn word(&self, word: Word) -> Option<&Translated> {
        self.words.iter().find(|it| it.word == word).map(|it| &it.text)
    }
}

/// What of its centre's rules the figures of a leertraject rest on. It is no event of the leertraject: whoever reads the
/// dossier puts it there, so that figures are the same on every phone of the centre.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Frame {
    /// The centre's calendars, by year.
    pub calendars: Vec<Calendar>,
    /// The table of hours.
    pub hours: Vec<HoursRow>,
    /// The Dutch name of each course, and its least share of workplace learning in percent.
    pub shares: Vec<(String, u16)>,
    /// On how many different days a level must be confirmed; none without a centre.
    pub level_days: Option<u32>,
}

impl Dossier {
    /// As the frame of its leertrajecten, where this is a centre's dossier.
    pub fn as_frame(&self) -> Frame {
        let shares = self.rules.courses().map(|it| (it.title.nl.clone(), it.share));
        Frame {
            calendars: self.free_days.calendars().cloned().collect(),
            hours: self.rules.hours.clone(),
            shares: shares.collect(),
            level_days: Some(self.rules.thresholds().level_days),
        }
    }

    /// Whether a day is a holiday: by the leertraject's own calendar of that school year, else by its centre's (F4).
    pub fn is_holiday(&self, day: Day) -> bool {
        let (first, _) = crate::hours::school_year(day);
        let year = chrono::Datelike::year(&*first);
        let is_of_year = |it: &&Calendar| i32::from(it.year) == year;
        if self.free_days.calendars().any(|it| is_of_year(&it)) {
            return self.free_days.is_holiday(day);
        }
        let mut ours = self.frame.calendars.iter().filter(is_of_year);
        ours.any(|it| it.holidays.iter().any(|it| (it.from..=it.to).contains(&day)))
            || self.free_days.is_holiday(day)
    }

    /// The row of the centre's table of hours that an agreement falls under: of its kind, the last that holds on its first
    /// day (F2).
    pub fn hours_row(&self, agreement: &Agreement) -> Option<&HoursRow> {
        let rows = self.frame.hours.iter();
        let ours = rows.filter(|it| it.kind == agreement.kind && it.from <= agreement.from);
        ours.max_by_key(|it| it.from)
    }

    /// What an agreement asks of the weekly average (F2): by the centre's table, else the rule that comes with the app.
    pub fn rule(&self, agreement: &Agreement) -> Rule {
        match self.hours_row(agreement) {
            Some(it) => match (it.at_least, it.below) {
                (Some(minutes), _) => Rule::AtLeast(u32::from(minutes)),
                (None, Some(minutes)) => Rule::Below(u32::from(minutes)),
                (None, None) => Rule::None,
            },
            None => agreement.rule(),
        }
    }

    /// The least share of workplace learning of its course, in percent (F3).
    pub fn least_share(&self) -> u16 {
        let course = self.track.as_ref().map(|it| &it.course.nl);
        let own = self.frame.shares.iter().find(|(title, _)| Some(title) == course);
        own.map_or(LEAST_SHARE, |(_, share)| *share)
    }
}

impl Roles {
    /// Runs the centre itself: an administrator, or the school's own key (G9).
    pub(super) fn administers(self) -> Result<(), Refusal> {
        let may = self == Roles::SCHOOL || self.has(Role::Administrator);
        if may { Ok(()) } else { Err(Refusal::NotYourRole) }
    }
}
