//! The figures of a centre that I run (G7): only the school has all its leertrajecten. What was read last stays here.

use super::Session;
use super::school::{NoAnswer, answered};
use crate::device::{files, net, note};
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::{Message, YearFigures, path};

fn address(centre: DossierId, year: i32, form: &str) -> String {
    format!("{}?centre={centre}&year={year}&format={form}", path::MONITORING)
}

fn name(centre: DossierId, year: i32) -> String {
    format!("figures-{centre}-{year}")
}

impl Session {
    /// The figures of the school year that begins in a year. They are kept for when there is no line.
    pub(crate) async fn read_figures(
        self,
        centre: DossierId,
        year: i32,
    ) -> Result<YearFigures, NoAnswer> {
        let answer = answered(net::get(&address(centre, year, "cbor")).await?)?;
        let told = YearFigures::from_bytes(&answer).ok_or(NoAnswer::Offline)?;
        // Without room for them they are read all the same.
        if let Err(fault) = self.inner().store.put_meta(&name(centre, year), &answer).await {
            note(&fault.to_string());
        }
        Ok(told)
    }

    /// Those that were read last on this device.
    pub(crate) async fn kept_figures(self, centre: DossierId, year: i32) -> Option<YearFigures> {
        let kept = self.inner().store.meta(&name(centre, year)).await.ok()??;
        YearFigures::from_bytes(&kept)
    }

    /// The same as a file among the downloads, with all that it has.
    pub(crate) async fn take_figures(
        self,
        centre: DossierId,
        year: i32,
        form: &'static str,
    ) -> Result<(), NoAnswer> {
        let kind = if form == "csv" { "text/csv" } else { path::WORKBOOK };
        let file = answered(net::get_file(&address(centre, year, form), kind).await?)?;
        let name = format!("cijfers-{year}-{}.{form}", year + 1);
        Ok(files::download(&name, kind, &file)?)
    }
}
