//! Do the tests see what they are there to see? Puts the faults of `tests/mutations.json` into the source, one by
//! one, and asks that a test turns red each time.

use crate::place::{answer, program, root};
use crate::postgres::Postgres;
use crate::test::{cargo, webdriver};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

/// A fault that a tired person might put in.
struct Mutation {
    name: String,
    file: String,
    find: String,
    replace: String,
    /// Where a test must fail: `domain two_phones`, `server at_once` or `app store`.
    test: String,
}

/// Only those with `filter` in their name, if there is one.
pub(crate) fn run(filter: Option<&str>) -> Result<()> {
    let mut all = mutations()?;
    all.retain(|it| filter.is_none_or(|filter| it.name.contains(filter)));
    if all.is_empty() {
        bail!("No mutation has such a name; tests/mutations.json lists them.");
    }
    std::fs::create_dir_all(crate::place::dist())?;
    let postgres = Postgres::start()?;
    let mut survived = 0;
    for it in &all {
        let begun = Instant::now();
        let seen = it.is_seen(&postgres).with_context(|| it.name.clone())?;
        let verdict = if seen { "seen    " } else { "SURVIVED" };
        println!("{verdict} {:>4} s  {}", begun.elapsed().as_secs(), it.name);
        survived += usize::from(!seen);
    }
    println!("{} seen, {survived} survived", all.len() - survived);
    if survived > 0 {
        bail!("The tests miss {survived} of them.");
    }
    Ok(())
}

fn mutations() -> Result<Vec<Mutation>> {
    let text = std::fs::read_to_string(root().join("tests/mutations.json"))?;
    let all: Vec<Value> = serde_json::from_str(&text)?;
    let mutation = |it: &Value| {
        let field = |name: &str| it[name].as_str().map(str::to_owned);
        let [name, file, find, replace, test] =
            ["name", "file", "find", "replace", "test"].map(field);
        Some(Mutation { name: name?, file: file?, find: find?, replace: replace?, test: test? })
    };
    let read = all.iter().map(mutation).collect::<Option<Vec<_>>>();
    read.context("a mutation lacks its name, file, find, replace or test")
}

impl Mutation {
    fn is_seen(&self, postgres: &Postgres) -> Result<bool> {
        let changed = answer(program("git").args(["status", "--porcelain", "--"]).arg(&self.file));
        if changed.is_none_or(|it| !it.is_empty()) {
            bail!("{0} has changes of its own. Commit them, or: git checkout -- {0}", self.file);
        }
        let path = root().join(&self.file);
        let whole = std::fs::read_to_string(&path)?;
        if whole.matches(&self.find).count() != 1 {
            bail!("{} does not have this exactly once: {}", self.file, self.find);
        }
        let _restored = Restore { path: path.clone(), text: whole.clone() };
        std::fs::write(&path, whole.replace(&self.find, &self.replace))?;
        let run = |more: &[&str]| -> Result<bool> {
            let mut command = self.command()?;
            command.env("DUBBELSPOOR_TEST_POSTGRES", postgres.url()).args(more);
            let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            Ok(quiet.status()?.success())
        };
        if !run(&["--no-run"])? {
            bail!("It does not compile, so no test could see it.");
        }
        let (_, name) = self.test.split_once(' ').unwrap_or_default();
        let only: &[&str] = if self.test.starts_with("domain") { &[] } else { &[name] };
        Ok(!run(only)?)
    }

    fn command(&self) -> Result<Command> {
        match self.test.split_once(' ') {
            Some(("domain", suite)) => {
                Ok(cargo(&format!("test -p dubbelspoor-domain --test {suite}")))
            }
            Some(("server", _)) => Ok(cargo("test -p dubbelspoor-server --test suite")),
            Some(("app", _)) => webdriver(),
            _ => bail!("`{}` names no tests.", self.test),
        }
    }
}

/// Puts the file back, however the test ends.
struct Restore {
    path: PathBuf,
    text: String,
}

impl Drop for Restore {
    fn drop(&mut self) {
        if let Err(fault) = std::fs::write(&self.path, &self.text) {
            eprintln!("{} is still changed: {fault}", self.path.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mutation_has_one_place_to_go() {
        let all = mutations().unwrap();
        assert!(all.len() >= 15);
        for it in all {
            let source = std::fs::read_to_string(root().join(&it.file)).unwrap();
            assert_eq!(source.matches(&it.find).count(), 1, "{}: {}", it.name, it.find);
            assert_ne!(it.find, it.replace, "{}", it.name);
            it.command().unwrap();
        }
    }
}
