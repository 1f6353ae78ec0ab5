//! The figures of a school year, on the phone or as a file, for those who run the centre (G7).

use super::session::Reader;
use super::{Cbor, Routes};
use crate::app::{Server, Shared};
use crate::centre::runs_centre;
use crate::error::{Error, Result};
use crate::{monitoring, spreadsheet};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{Datelike, NaiveDate};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::hours::school_year;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::wire::path;
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.at("GET", path::MONITORING, get(figures))
}

#[derive(Deserialize)]
struct Of {
    centre: String,
    year: Option<u16>,
    format: Kind,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Cbor,
    Csv,
    Xlsx,
}

async fn figures(
    State(server): State<Shared>,
    reader: Reader,
    Query(of): Query<Of>,
) -> Result<Response> {
    let centre = run_by(&server, reader.person, &of.centre).await?;
    let now = crate::now();
    let today = Day::of_millis(now);
    let year = match of.year {
        Some(year) => NaiveDate::from_ymd_opt(year.into(), 9, 1).map(Day).ok_or(Error::Message)?,
        None => today,
    };
    let figures = monitoring::gather(&server, centre, year, today).await?;
    let (bytes, mime, ending) = match of.format {
        Kind::Cbor => return Ok(Cbor(figures.told(now)).into_response()),
        Kind::Csv => {
            (spreadsheet::csv(&monitoring::tracks(&figures))?, "text/csv; charset=utf-8", "csv")
        }
        Kind::Xlsx => (spreadsheet::xlsx(&monitoring::sheets(&figures))?, path::WORKBOOK, "xlsx"),
    };
    let (first, last) = school_year(year);
    let name =
        format!("attachment; filename=\"cijfers-{}-{}.{ending}\"", first.year(), last.year());
    let heads = [(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((heads, bytes).into_response())
}

/// The centre that somebody runs. Of any other nobody hears even whether it is there (A14).
async fn run_by(server: &Server, asker: PersonId, centre: &str) -> Result<DossierId> {
    let centre = DossierId::from_hex(centre).ok_or(Error::NotPermitted)?;
    if runs_centre(server, asker, centre).await? { Ok(centre) } else { Err(Error::NotPermitted) }
}
