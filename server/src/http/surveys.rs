//! Surveys (G6): a ticket by name, once for each person; an answer without one; what was answered, from five on.

use super::people::asked;
use super::session::Reader;
use super::{Cbor, From, Routes};
use crate::app::{Server, Shared};
use crate::centre::{any_track_of, guides_in, runs_centre, steers, today};
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Dossier, Survey, TOGETHER};
use dubbelspoor_domain::id::{DossierId, PersonId, SurveyId};
use dubbelspoor_domain::wire::{Message, Signed, SurveyAnswer, SurveyResults, TicketFor, path};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("POST", path::TICKET, post(ticket)).at("POST", path::ANSWER, post(answer)).at(
        "GET",
        path::RESULTS,
        get(results),
    )
}

async fn find(server: &Server, centre: DossierId, survey: SurveyId) -> Result<Option<Survey>> {
    let ledger = server.ledgers.read(&server.store, centre).await?;
    let centre = ledger.as_ref().map(|it| it.dossier()).filter(|it| it.centre.is_some());
    Ok(centre.and_then(|it| it.rules.survey(survey)).cloned())
}

async fn ticket(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    server.limits.invite(signed.key)?;
    let TicketFor { dossier, survey, ticket } = asked(&server, &reader, &signed).await?;
    let ledger = server.ledgers.read(&server.store, dossier).await?.ok_or(Error::NotFound)?;
    let home = ledger.dossier();
    let it = home.rules.survey(survey).ok_or(Error::NotFound)?;
    let person = reader.person;
    let is_asked = if home.centre.is_some() {
        any_track_of(&server, person, dossier, |track| it.asks(person, track, today())).await?
    } else {
        it.asks(person, home, today()) && is_of_coach(&server, home, it).await?
    };
    if !is_asked || it.withdrawn || it.is_over(today()) {
        return Err(Error::NotFound);
    }
    let given = server.store.give_ticket(survey, person, ticket).await?;
    if given { Ok(StatusCode::NO_CONTENT) } else { Err(Error::NotPermitted) }
}

/// Whether this is the survey that a coach asks under this name, in whichever of their leertrajecten: the first one that
/// somebody answers is. It is kept apart, since an answer does not say in which leertraject it was asked.
async fn is_of_coach(server: &Server, home: &Dossier, it: &Survey) -> Result<bool> {
    let Some(coach) = home.rules.asked_by(it.survey) else { return Ok(false) };
    // An answer names the centre: without one it would name a cursist.
    let Some(centre) = home.of_centre else { return Ok(false) };
    if find(server, centre, it.survey).await?.is_some() {
        return Ok(false);
    }
    let asked = Survey { withdrawn: false, ..it.clone() };
    Ok(server.store.keep_survey(it.survey, coach, &asked.to_bytes()).await?)
}

/// A session that comes along is not looked at.
async fn answer(
    State(server): State<Shared>,
    from: From,
    Cbor(it): Cbor<SurveyAnswer>,
) -> Result<StatusCode> {
    server.limits.answer(from.0)?;
    let survey = match find(&server, it.centre, it.survey).await? {
        Some(it) => it,
        None => kept(&server, it.survey).await?.ok_or(Error::NotFound)?.1,
    };
    if !survey.is_answered_by(&it.answers) {
        return Err(Error::Message);
    }
    if survey.is_over(today()) {
        return Err(Error::NotFound);
    }
    let ticket = it.ticket_hash();
    // What is kept names no ticket; its hash stands beside it.
    let answer = SurveyAnswer { ticket: Default::default(), ..it }.to_bytes();
    let known = server.store.put_answer(survey.survey, ticket, &answer, TOGETHER).await?;
    if known { Ok(StatusCode::NO_CONTENT) } else { Err(Error::NotFound) }
}

/// A coach's survey that somebody has a ticket for, and who asks it.
async fn kept(server: &Server, survey: SurveyId) -> Result<Option<(PersonId, Survey)>> {
    let Some((coach, asked)) = server.store.kept_survey(survey).await? else { return Ok(None) };
    let asked = Survey::from_bytes(&asked).ok_or(Error::Corrupt("a survey"))?;
    Ok(Some((coach, asked)))
}

#[derive(Deserialize)]
struct Of {
    dossier: String,
    survey: String,
}

async fn results(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<Cbor<SurveyResults>> {
    let dossier = DossierId::from_hex(&of.dossier).ok_or(Error::NotFound)?;
    let survey = SurveyId::from_hex(&of.survey).ok_or(Error::NotFound)?;
    let ledger = server.ledgers.read(&server.store, dossier).await?.ok_or(Error::NotFound)?;
    let home = ledger.dossier();
    let asked = home.rules.survey(survey).ok_or(Error::NotFound)?;
    // Before anybody has a ticket, a name says nothing of whose survey it is.
    let (may_read, is_begun) = if home.centre.is_some() {
        (guides_in(&server, reader.person, dossier, home).await?, true)
    } else {
        let coach = kept(&server, survey).await?.map(|(coach, _)| coach);
        (reads(&server, reader.person, home, survey, coach).await?, coach.is_some())
    };
    if !may_read {
        return Err(Error::NotFound);
    }
    let all = if is_begun { server.store.answers(survey).await? } else { Vec::new() };
    Ok(Cbor(shown(asked, today(), &all)?))
}

/// Whether somebody reads what was answered to a coach's survey: the coach who asks it, and who runs their centre. `coach`:
/// whose it is since somebody has a ticket.
async fn reads(
    server: &Server,
    person: PersonId,
    home: &Dossier,
    survey: SurveyId,
    coach: Option<PersonId>,
) -> Result<bool> {
    let asked_by = home.rules.asked_by(survey);
    if coach.is_some() && coach != asked_by {
        return Ok(false);
    }
    if asked_by == Some(person) {
        return Ok(steers(&home.links, person));
    }
    let Some(centre) = home.of_centre else { return Ok(false) };
    runs_centre(server, person, centre).await
}

/// Nothing below five; then whole parts of five, and all of it once nothing comes in any more. Each question's texts are
/// sorted by themselves, so that no line of them is one person's.
fn shown(survey: &Survey, today: Day, all: &[(u64, Vec<u8>)]) -> Result<SurveyResults> {
    let parts = (all.len() / usize::from(TOGETHER)) as u64;
    let is_all = survey.is_over(today) && parts > 0;
    let mut answers = vec![Vec::new(); survey.questions.len()];
    let mut shown = 0;
    for (_, bytes) in all.iter().filter(|(part, _)| is_all || *part < parts) {
        let it = SurveyAnswer::from_bytes(bytes).ok_or(Error::Corrupt("an answer to a survey"))?;
        shown += 1;
        for (to, text) in answers.iter_mut().zip(it.answers) {
            let text = text.trim().to_owned();
            if !text.is_empty() {
                to.push(text);
            }
        }
    }
    answers.iter_mut().for_each(|it| it.sort_unstable());
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    Ok(SurveyResults { count, shown, answers })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> Survey {
        Survey {
            survey: SurveyId([1; 16]),
            title: "Hoe gaat het?".into(),
            questions: vec!["Wat loopt goed?".into(), "Wat kan beter?".into()],
            learners: true,
            mentors: false,
            until: Day::from_iso("2026-11-20").unwrap(),
            withdrawn: false,
        }
    }

    fn some(count: u64) -> Vec<(u64, Vec<u8>)> {
        let answer = |at: u64| SurveyAnswer {
            centre: DossierId([2; 16]),
            survey: SurveyId([1; 16]),
            ticket: Default::default(),
            answers: vec![format!(" goed {}", count - at), if at == 2 { " " } else { "x" }.into()],
        };
        (0..count).map(|at| (at / 5, answer(at).to_bytes())).collect()
    }

    #[test]
    fn answers_are_read_five_at_a_time_and_all_at_the_end() {
        let open = Day::from_iso("2026-11-20").unwrap();
        let over = Day::from_iso("2026-12-05").unwrap();
        for (count, while_open, at_the_end) in [(0, 0, 0), (4, 0, 0), (5, 5, 5), (9, 5, 9)] {
            for (today, expected) in [(open, while_open), (over, at_the_end)] {
                let it = shown(&survey(), today, &some(count)).unwrap();
                assert_eq!((u64::from(it.count), it.shown), (count, expected));
                assert_eq!(it.answers[0].len() as u32, expected);
            }
        }
        let five = shown(&survey(), open, &some(5)).unwrap();
        assert_eq!(five.answers[0], ["goed 1", "goed 2", "goed 3", "goed 4", "goed 5"]);
        assert_eq!(five.answers[1], ["x"; 4], "what was left empty is nobody's");
    }
}
