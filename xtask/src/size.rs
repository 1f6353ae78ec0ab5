//! What a first visit transfers: the page, the service worker and all that it keeps, as the server sends them. Texts
//! come in one language: the heaviest counts. What follows in the background is told beside it.

use crate::{app, place::dist};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;

/// What a first visit may transfer: a phone on a slow 3G line (400 kbit/s) fetches this in five seconds.
pub(crate) const BUDGET: u64 = 250_000;

pub(crate) fn run() -> Result<()> {
    app::build()?;
    let visits = weigh(&dist())?;
    visits.iter().for_each(Weight::print);
    visits.iter().try_for_each(|it| it.within(BUDGET))
}

struct File {
    name: String,
    plain: u64,
    sent: u64,
}

/// What one role's first visit transfers.
pub(crate) struct Weight {
    program: String,
    files: Vec<File>,
    /// What comes by itself once the first screen stands.
    later: Vec<File>,
}

/// Weighs a staged build, for each program, by the lists inside its service worker.
pub(crate) fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    let worker = std::fs::read_to_string(folder.join("sw.js"))?;
    let (_, rest) = worker.split_once("const BUILD = ").context("sw.js has no build")?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
    let build = values.next().context("sw.js has an empty build")??;
    let programs = build["programs"].as_object().context("sw.js lists no programs")?;
    let (common, after) = (addresses(&build["files"])?, addresses(&build["later"])?);
    programs
        .iter()
        .map(|(program, own)| {
            let own = addresses(own)?;
            let all = common.iter().chain(&own).copied().chain(["/sw.js"]);
            let mut files = all.map(|address| file(folder, address)).collect::<Result<Vec<_>>>()?;
            files.push(heaviest_words(folder, &build["words"][program])?);
            files.sort_by_key(|it| std::cmp::Reverse(it.sent));
            let later = after.iter().copied().chain(build["seldom"][program].as_str());
            let mut later =
                later.map(|address| file(folder, address)).collect::<Result<Vec<_>>>()?;
            if build["more"][program].is_object() {
                later.push(heaviest_words(folder, &build["more"][program])?);
            }
            Ok(Weight { program: program.clone(), files, later })
        })
        .collect()
}

fn heaviest_words(folder: &Path, packs: &Value) -> Result<File> {
    let packs = packs.as_object().context("sw.js lists no words")?.values();
    let packs = packs.filter_map(Value::as_str).map(|address| file(folder, address));
    let packs = packs.collect::<Result<Vec<_>>>()?;
    packs.into_iter().max_by_key(|it| it.sent).context("a program without words")
}

fn addresses(listed: &Value) -> Result<Vec<&str>> {
    Ok(listed
        .as_array()
        .context("sw.js lists no files")?
        .iter()
        .filter_map(Value::as_str)
        .collect())
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
        self.files.iter().map(|it| it.sent).sum()
    }

    fn print(&self) {
        let visit = format!("A first visit: {}", self.program);
        println!("{visit:<48} {:>10} {:>10}", "bytes", "brotli");
        for it in &self.files {
            println!("{:<48} {:>10} {:>10}", it.name, it.plain, it.sent);
        }
        let plain: u64 = self.files.iter().map(|it| it.plain).sum();
        let total = self.total();
        println!("{:<48} {plain:>10} {total:>10}  (of {BUDGET})", "together");
        for it in &self.later {
            println!("after that {:<37} {:>10} {:>10}", it.name, it.plain, it.sent);
        }
    }

    pub(crate) fn within(&self, limit: u64) -> Result<()> {
        let total = self.total();
        if total > limit {
            let (program, over) = (&self.program, total - limit);
            bail!("A first visit ({program}) transfers {total} bytes, {over} more than {limit}.");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_file_of(bytes: u64) -> Weight {
        let program = "learner".to_owned();
        let name = "learner_bg.wasm".to_owned();
        Weight { program, files: vec![File { name, plain: bytes, sent: bytes }], later: Vec::new() }
    }

    #[test]
    fn words_count_in_one_language_the_heaviest() {
        let folder = std::env::temp_dir().join(format!("size-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, bytes: usize| std::fs::write(folder.join(name), vec![b'a'; bytes]);
        for (name, bytes) in
            [("index.html", 1), ("a.wasm", 10), ("a.nl.txt", 100), ("a.fr.txt", 200)]
        {
            write(name, bytes).unwrap();
        }
        let build = r#"{"files":["/"],"later":[],"programs":{"a":["/a.wasm"]},"words":{"a":{"nl":"/a.nl.txt","fr":"/a.fr.txt"}}}"#;
        let worker = format!("const BUILD = {build};");
        std::fs::write(folder.join("sw.js"), &worker).unwrap();
        let visits = weigh(&folder).unwrap();
        let expected = 1 + 10 + 200 + worker.len() as u64;
        assert_eq!(visits.iter().map(Weight::total).collect::<Vec<_>>(), [expected]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn one_byte_above_the_budget_is_too_much() {
        assert!(one_file_of(BUDGET).within(BUDGET).is_ok());
        assert!(one_file_of(BUDGET + 1).within(BUDGET).is_err());
    }
}
