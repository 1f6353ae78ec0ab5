//! Surveys (G6): a ticket by name, once for each person; an answer without one; what was answered, from five on.

use super::people::asked;
use super::session::Reader;
use super::{Cbor, From, Routes};
use crate::app::{Server, Shared};
use crate::centre::{any_track_of, guides_in};
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Survey, TOGETHER};
use dubbelspoor_domain::id::{DossierId, SurveyId};
use dubbelspoor_domain::wire::{Message, Signed, SurveyAnswer, SurveyResults, TicketFor, path};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("POST", path::TICKET, post(ticket)).at("POST", path::ANSWER, post(answer)).at(
        "GET",
        path::RESULTS,
        get(results),
    )
}

fn today() -> Day {
    Day::of_millis(crate::now())
}

async fn find(server: &Server, centre: DossierId, survey: SurveyId) -> Result<Survey> {
    let ledger = server.ledgers.read(&server.store, centre).await?.ok_or(Error::NotFound)?;
    ledger.dossier().rules.survey(survey).cloned().ok_or(Error::NotFound)
}

async fn ticket(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<StatusCode> {
    server.limits.invite(signed.key)?;
    let TicketFor { centre, survey, ticket } = asked(&server, &reader, &signed).await?;
    let it = find(&server, centre, survey).await?;
    let person = reader.person;
    let is_asked = any_track_of(&server, person, centre, |track| it.asks(person, track)).await?;
    if !is_asked || it.withdrawn || it.is_over(today()) {
        return Err(Error::NotFound);
    }
    let given = server.store.give_ticket(survey, person, ticket).await?;
    if given { Ok(StatusCode::NO_CONTENT) } else { Err(Error::NotPermitted) }
}

/// A session that comes along is not looked at.
async fn answer(
    State(server): State<Shared>,
    from: From,
    Cbor(it): Cbor<SurveyAnswer>,
) -> Result<StatusCode> {
    server.limits.answer(from.0)?;
    let survey = find(&server, it.centre, it.survey).await?;
    if !survey.is_answered_by(&it.answers) {
        return Err(Error::Message);
    }
    if survey.is_over(today()) {
        return Err(Error::NotFound);
    }
    let ticket = it.ticket_hash();
    // What is kept names no ticket; its hash stands beside it.
    let kept = SurveyAnswer { ticket: Default::default(), ..it }.to_bytes();
    let known = server.store.put_answer(survey.survey, ticket, &kept, TOGETHER).await?;
    if known { Ok(StatusCode::NO_CONTENT) } else { Err(Error::NotFound) }
}

#[derive(Deserialize)]
struct Of {
    centre: String,
    survey: String,
}

async fn results(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<Cbor<SurveyResults>> {
    let centre = DossierId::from_hex(&of.centre).ok_or(Error::NotFound)?;
    let survey = SurveyId::from_hex(&of.survey).ok_or(Error::NotFound)?;
    let ledger = server.ledgers.read(&server.store, centre).await?.ok_or(Error::NotFound)?;
    if !guides_in(&server, reader.person, centre, ledger.dossier()).await? {
        return Err(Error::NotFound);
    }
    let survey = ledger.dossier().rules.survey(survey).ok_or(Error::NotFound)?;
    let all = server.store.answers(survey.survey).await?;
    Ok(Cbor(shown(survey, today(), &all)?))
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
