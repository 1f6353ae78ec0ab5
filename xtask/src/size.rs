//! What a first visit transfers: the page, the service worker and all that it keeps, as the server sends them.

use crate::{app, place::dist};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;

/// A phone on a slow 3G line (400 kbit/s) fetches this in five seconds.
pub(crate) const BUDGET: u64 = 250_000;
pub(crate) fn run() -> Result<()> {
    app::build()?;
    let weight = weigh(&dist())?;
    weight.print();
    weight.within(BUDGET)
}

struct File {
    name: String,
    plain: u64,
    sent: u64,
}

pub(crate) struct Weight(Vec<File>);

/// Weighs a staged build by the list inside its service worker.
pub(crate) fn weigh(folder: &Path) -> Result<Weight> {
    let worker = std::fs::read_to_string(folder.join("sw.js"))?;
    let (_, rest) = worker.split_once("const BUILD = ").context("sw.js has no build")?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
    let build = values.next().context("sw.js has an empty build")??;
    let listed = build["files"].as_array().context("sw.js lists no files")?.iter();
    let mut files = listed
        .filter_map(Value::as_str)
        .chain(["/sw.js"])
        .map(|address| file(folder, address))
        .collect::<Result<Vec<_>>>()?;
    files.sort_by_key(|it| std::cmp::Reverse(it.sent));
    Ok(Weight(files))
}

fn file(folder: &Path, address: &str) -> Result<File> {
    let name = if address == "/" { "index.html" } else { address.trim_start_matches('/') };
    let length = |path: String| std::fs::metadata(folder.join(path)).map(|it| it.len());
    let plain = length(name.to_owned()).with_context(|| format!("{name} is not in the build"))?;
    let sent = length(format!("{name}.br")).unwrap_or(plain);
    Ok(File { name: name.to_owned(), plain, sent })
}

impl Weight {
    fn total(&self) -> u64 {
        self.0.iter().map(|it| it.sent).sum()
    }

    fn print(&self) {
        println!("{:<48} {:>10} {:>10}", "A first visit", "bytes", "brotli");
        for it in &self.0 {
            println!("{:<48} {:>10} {:>10}", it.name, it.plain, it.sent);
        }
        let plain: u64 = self.0.iter().map(|it| it.plain).sum();
        println!("{:<48} {plain:>10} {:>10}  (budget {BUDGET})", "together", self.total());
    }

    pub(crate) fn within(&self, limit: u64) -> Result<()> {
        let total = self.total();
        if total > limit {
            bail!("A first visit transfers {total} bytes, {} more than {limit}.", total - limit);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_file_of(bytes: u64) -> Weight {
        Weight(vec![File { name: "app.wasm".to_owned(), plain: bytes, sent: bytes }])
    }

    #[test]
    fn one_byte_above_the_budget_is_too_much() {
        assert!(one_file_of(BUDGET).within(BUDGET).is_ok());
        assert!(one_file_of(BUDGET + 1).within(BUDGET).is_err());
    }
}
