//! A curriculum from a file (B11): it is read here, and written by whoever steers the plan, on their own device.

use super::people::asked;
use super::session::Reader;
use super::{Cbor, Routes};
use crate::app::Shared;
use crate::curriculum;
use crate::error::{Error, Result};
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::{get, post};
use dubbelspoor_domain::wire::{
    Curricula, CurriculumFile, CurriculumRead, LONGEST_FILE, MOST_FAULTS, Signed, path,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let room = DefaultBodyLimit::max(LONGEST_FILE + 1024);
    routes.at("POST", path::CURRICULUM, post(read).layer(room)).at(
        "GET",
        path::CURRICULA,
        get(known),
    )
}

async fn known(_: Reader) -> Result<Cbor<Curricula>> {
    let mut all = Vec::new();
    for file in curriculum::KNOWN {
        let read = curriculum::read(file.as_bytes());
        all.push(read.map(told).map_err(|_| Error::Corrupt("a curriculum of its own"))?);
    }
    Ok(Cbor(Curricula { all }))
}

fn told(it: curriculum::Curriculum) -> CurriculumRead {
    CurriculumRead {
        title: it.title,
        goals: it.goals,
        assumed: it.assumed,
        faults: Vec::new(),
        all_faults: 0,
    }
}

async fn read(
    State(server): State<Shared>,
    reader: Reader,
    Cbor(signed): Cbor<Signed>,
) -> Result<Cbor<CurriculumRead>> {
    server.limits.invite(signed.key)?;
    let CurriculumFile { file } = asked(&server, &reader, &signed).await?;
    // Large files take a while, and nobody else is to wait for that.
    let read = tokio::task::spawn_blocking(move || curriculum::read(&file.0)).await;
    let read = read.map_err(|_| Error::Corrupt("a curriculum that cannot be read"))?;
    Ok(Cbor(match read {
        Ok(it) => told(it),
        Err(mut faults) => {
            let all_faults = u32::try_from(faults.len()).unwrap_or(u32::MAX);
            faults.truncate(MOST_FAULTS);
            CurriculumRead {
                title: None,
                goals: Vec::new(),
                assumed: Vec::new(),
                faults,
                all_faults,
            }
        }
    }))
}
