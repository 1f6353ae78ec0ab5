//! Surveys of the centre and of coaches (G6). What somebody filled in is kept here and no event: it waits for a line, and then goes to
//! the school without a name and without a session.

use super::school::{NoAnswer, answered};
use super::{Fault, NotKept, Session};
use crate::device::{clock, net, note};
use dubbelspoor_domain::dossier::{Dossier, Role, Survey};
use dubbelspoor_domain::event::Short;
use dubbelspoor_domain::id::{DossierId, SurveyId};
use dubbelspoor_domain::sync::Replica;
use dubbelspoor_domain::wire::{Message, SurveyAnswer, SurveyResults, TicketFor, path};
use leptos::prelude::*;

/// How far one's own answer to a survey is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Given {
    /// Not answered on this device.
    Nothing,
    /// Here, until there is a line.
    Waits,
    /// The school has it.
    Sent,
    /// The school did not take it: answered on another device, or too late.
    NotTaken,
}

/// The first byte of what is kept; behind the first of them stands the answer, which goes from here once it was sent.
const WAITS: u8 = 0;
const SENT: u8 = 1;
const NOT_TAKEN: u8 = 2;

fn name(survey: SurveyId) -> String {
    format!("survey-{survey}")
}

impl Session {
    /// A survey and the dossier that it stands in: one in which it asks me, or in which I ask it, before others.
    pub(crate) fn survey(self, survey: SurveyId) -> Option<(DossierId, Survey)> {
        let homes = self.surveyed().into_iter().filter_map(|home| {
            Some((home, self.with(home, |it| it.rules.survey(survey).cloned()).flatten()?))
        });
        let homes: Vec<_> = homes.collect();
        let (me, today) = (self.me().person, self.today());
        let asks = |home: DossierId| {
            let coaches = |it: &Dossier| it.links.current(Role::Coach, today).any(|it| it == me);
            let asks = |it: &Dossier| it.rules.asked_by(survey) == Some(me) && coaches(it);
            self.with(home, asks) == Some(true)
        };
        let asked = homes.iter().position(|(home, it)| self.is_asked(*home, it));
        let asking = || homes.iter().position(|(home, _)| asks(*home));
        let at = asked.or_else(asking).unwrap_or(0);
        homes.into_iter().nth(at)
    }

    /// Where surveys stand: the centre's dossier, and the leertrajecten in which a coach asks.
    fn surveyed(self) -> Vec<DossierId> {
        let mut all = self.centres();
        all.extend(self.tracks());
        all
    }

    /// The centre of a dossier, which may be that itself.
    pub(crate) fn centre_of(self, dossier: DossierId) -> DossierId {
        self.with(dossier, |it| it.of_centre).flatten().unwrap_or(dossier)
    }

    /// Whether a survey in a dossier asks me.
    pub(crate) fn is_asked(self, home: DossierId, survey: &Survey) -> bool {
        let (me, today) = (self.me().person, self.today());
        let asks = |track: DossierId| {
            let is_there = |it: &Dossier| track == home || it.of_centre == Some(home);
            self.with(track, |it| is_there(it) && survey.asks(me, it, today)) == Some(true)
        };
        self.tracks().into_iter().any(asks)
    }

    /// The first survey that asks me, is open, and was not answered on this device, and where it stands.
    pub(crate) fn open_survey(self) -> Option<(DossierId, Survey)> {
        let today = self.today();
        for home in self.surveyed() {
            let open = self.with(home, |it| {
                it.rules.surveys().filter(|it| it.is_open(today)).cloned().collect::<Vec<_>>()
            });
            for it in open.unwrap_or_default() {
                if self.given(it.survey) == Some(Given::Nothing) && self.is_asked(home, &it) {
                    return Some((home, it));
                }
            }
        }
        None
    }

    /// How far my answer is; nothing until that was read.
    pub(crate) fn given(self, survey: SurveyId) -> Option<Given> {
        let known = self.given.with(|it| it.get(&survey).copied());
        if known.is_none() {
            leptos::task::spawn_local(async move {
                if let Err(fault) = self.read_given(survey).await {
                    note(&fault.to_string());
                }
            });
        }
        known
    }

    /// Those that wait to be sent.
    pub(super) fn answers_here(self) -> usize {
        self.given.with(|it| it.values().filter(|it| **it == Given::Waits).count())
    }

    /// Keeps what was filled in, to be sent when there is a line. Answered already, it stays as it was.
    pub(crate) async fn answer_survey(
        self,
        home: DossierId,
        survey: SurveyId,
        answers: Vec<String>,
        draft: String,
    ) -> Result<(), NotKept> {
        let centre = untrack(|| self.centre_of(home));
        let inner = self.inner();
        let turn = inner.turn.lock().await;
        if inner.store.meta(&name(survey)).await?.is_none() {
            let ticket = Short(clock::random());
            let mut kept = vec![WAITS];
            kept.extend(SurveyAnswer { centre, survey, ticket, answers }.to_bytes());
            inner.store.put_meta(&name(survey), &kept).await?;
        }
        drop(turn);
        self.keep_draft(&draft, String::new());
        self.read_given(survey).await?;
        self.after_save(false);
        Ok(())
    }

    /// What is kept of my answer; it is told to the screens.
    async fn read_given(self, survey: SurveyId) -> Result<Option<SurveyAnswer>, Fault> {
        let kept = self.inner().store.meta(&name(survey)).await?;
        let (given, answer) = match kept.as_deref() {
            Some([WAITS, answer @ ..]) => (Given::Waits, SurveyAnswer::from_bytes(answer)),
            Some([SENT, ..]) => (Given::Sent, None),
            Some(_) => (Given::NotTaken, None),
            None => (Given::Nothing, None),
        };
        if self.given.with_untracked(|it| it.get(&survey) != Some(&given)) {
            self.given.update(|it| {
                it.put(survey, given);
            });
        }
        Ok(answer)
    }

    /// What waits on this device, in whichever tab it was filled in.
    pub(crate) async fn unsent_answers(self) -> Result<Vec<SurveyAnswer>, Fault> {
        let mut surveys = Vec::new();
        for home in untrack(|| self.surveyed()) {
            let here =
                |it: &Replica| it.dossier().rules.surveys().map(|it| it.survey).collect::<Vec<_>>();
            surveys.extend(self.peek(home, here).unwrap_or_default());
        }
        // A coach's stands in each of their leertrajecten.
        surveys.sort_unstable();
        surveys.dedup();
        let mut all = Vec::new();
        for survey in surveys {
            let known = self.given.with_untracked(|it| it.get(&survey).copied());
            if !matches!(known, Some(Given::Sent | Given::NotTaken)) {
                all.extend(self.read_given(survey).await?);
            }
        }
        Ok(all)
    }

    /// First the ticket, by name; then the answer with the ticket, without one. Both bear being repeated.
    pub(crate) async fn send_answer(self, it: &SurveyAnswer) -> Result<(), NoAnswer> {
        let (survey, ticket) = (it.survey, it.ticket_hash());
        let dossier = untrack(|| self.survey(survey)).map_or(it.centre, |(home, _)| home);
        let asked = TicketFor { dossier, survey, ticket }.to_bytes();
        let sent = match self.ask(path::TICKET, asked).await {
            Ok(_) => answered(net::post_unnamed(path::ANSWER, &it.to_bytes()).await?),
            Err(why) => Err(why),
        };
        let now = match sent {
            Ok(_) => SENT,
            Err(NoAnswer::No) => NOT_TAKEN,
            Err(why) => return Err(why),
        };
        self.inner().store.put_meta(&name(survey), &[now]).await?;
        self.read_given(survey).await?;
        Ok(())
    }

    /// What was answered, for those who read it.
    pub(crate) async fn survey_results(
        self,
        dossier: DossierId,
        survey: SurveyId,
    ) -> Result<SurveyResults, NoAnswer> {
        let address = format!("{}?dossier={dossier}&survey={survey}", path::RESULTS);
        let answer = answered(net::get(&address).await?)?;
        SurveyResults::from_bytes(&answer).ok_or(NoAnswer::Offline)
    }
}
