//! The test command: everything that must hold, quick answers first. A failing step does not hide the ones after it.

use crate::place::{dist, find, program, show};
use crate::postgres::Postgres;
use crate::tally::Tally;
use crate::{app, setup, size};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

const WASM: &str = "wasm32-unknown-unknown";

/// How many random histories the simulator plays, unless told otherwise.
const SEEDS: &str = "2000";

struct Wish {
    /// Only what needs no browser, no database server and no optimised build.
    fast: bool,
    seeds: String,
    /// Only tests with this in their name, and no lints.
    filter: Option<String>,
}

pub(crate) fn run(options: &[String]) -> Result<()> {
    let wish = wish(options)?;
    let begun = Instant::now();
    if wish.fast {
        setup::for_building()?
    } else {
        setup::everything()?
    }
    // The server embeds this folder, so it must exist before anything of the server is compiled.
    std::fs::create_dir_all(dist())?;

    let mut suite = Suite { tally: Tally::default(), filter: wish.filter };
    if suite.filter.is_none() {
        suite.lints();
    }
    suite.pure_tests(&wish.seeds);
    if wish.fast {
        let mut server = cargo("test -p dubbelspoor-server");
        server.env("DUBBELSPOOR_SKIP_POSTGRES", "1");
        suite.tests("server, on SQLite only", &mut server);
    } else {
        suite.server_on_both_databases();
        suite.app_in_a_browser();
    }
    suite.tally.print();
    println!("in {} min {:02} s", begun.elapsed().as_secs() / 60, begun.elapsed().as_secs() % 60);
    match suite.tally.failed() {
        0 => Ok(()),
        failed => bail!("{failed} failed; look above for the first one."),
    }
}

fn wish(options: &[String]) -> Result<Wish> {
    let mut wish = Wish { fast: false, seeds: SEEDS.to_owned(), filter: None };
    let mut words = options.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--fast" => wish.fast = true,
            "--seeds" => {
                let number = words.next().context("--seeds wants a number")?;
                number.parse::<u64>().with_context(|| format!("--seeds {number}"))?;
                wish.seeds.clone_from(number);
            }
            option if option.starts_with('-') => bail!("`test` has no option {option}."),
            filter => wish.filter = Some(filter.to_owned()),
        }
    }
    Ok(wish)
}

struct Suite {
    tally: Tally,
    filter: Option<String>,
}

impl Suite {
    fn lints(&mut self) {
        self.step("format", &mut cargo("fmt --all --check"));
        self.step("types of the browser tests", program("tsc").args(["--noEmit"]));
        self.step(
            "the domain is pure",
            &mut cargo(&format!("check -p dubbelspoor-domain --target {WASM}")),
        );
        self.step("clippy", &mut cargo("clippy --workspace --all-targets -- -D warnings"));
        let in_browser =
            format!("clippy -p dubbelspoor --all-targets --target {WASM} -- -D warnings");
        self.step("clippy for the browser", &mut cargo(&in_browser));
    }

    fn pure_tests(&mut self, seeds: &str) {
        self.tests("rules of the house", &mut cargo("test -p dubbelspoor -p xtask"));
        let mut domain = cargo("test -p dubbelspoor-domain");
        domain.env("DUBBELSPOOR_SEEDS", seeds);
        self.tests("domain, with the simulator", &mut domain);
    }

    fn server_on_both_databases(&mut self) {
        let begun = Instant::now();
        match Postgres::start() {
            Ok(postgres) => {
                let mut server = cargo("test -p dubbelspoor-server");
                server.env("DUBBELSPOOR_TEST_POSTGRES", postgres.url());
                self.tests("server, on SQLite and PostgreSQL", &mut server);
            }
            Err(fault) => self.broken("server, on SQLite and PostgreSQL", &fault, begun),
        }
    }

    fn app_in_a_browser(&mut self) {
        let begun = Instant::now();
        match webdriver() {
            Ok(mut command) => self.tests("parts of the app in Chromium", &mut command),
            Err(fault) => self.broken("parts of the app in Chromium", &fault, begun),
        };
        let begun = Instant::now();
        let built = app::build().and_then(|()| app::development_server());
        if let Err(fault) = built {
            return self.broken("build of the app and the server", &fault, begun);
        }
        self.tally.add("build of the app and the server", &[], true, begun.elapsed());
        if self.filter.is_none() {
            let begun = Instant::now();
            match size::run() {
                Ok(()) => self.tally.add(
                    "a first visit stays within its budget",
                    &[],
                    true,
                    begun.elapsed(),
                ),
                Err(fault) => self.broken("a first visit stays within its budget", &fault, begun),
            }
        }
        self.journeys();
    }

    fn journeys(&mut self) {
        let name = "journeys in Chromium";
        let begun = Instant::now();
        let postgres = match Postgres::start() {
            Ok(postgres) => postgres,
            Err(fault) => return self.broken(name, &fault, begun),
        };
        let mut playwright = program("playwright");
        playwright.arg("test").env("DUBBELSPOOR_TEST_POSTGRES", postgres.url());
        if let Some(filter) = &self.filter {
            playwright.args(["--pass-with-no-tests", "-g", filter]);
        }
        self.step(name, &mut playwright);
    }

    /// A step with cargo's test runner: takes the filter as its argument.
    fn tests(&mut self, name: &str, command: &mut Command) {
        command.arg("--no-fail-fast").args(&self.filter);
        self.step(name, command);
    }

    fn step(&mut self, name: &str, command: &mut Command) {
        println!("\n== {name}\n  $ {}", show(command));
        let begun = Instant::now();
        match follow(command) {
            Ok((output, succeeded)) => self.tally.add(name, &output, succeeded, begun.elapsed()),
            Err(fault) => self.broken(name, &fault, begun),
        }
    }

    fn broken(&mut self, name: &str, fault: &anyhow::Error, begun: Instant) {
        println!("{fault:#}");
        self.tally.add(name, &[], false, begun.elapsed());
    }
}

/// Every screen of a role, or of all, checked as the tests do, with a picture of each.
pub(crate) fn screens(role: Option<&str>) -> Result<()> {
    app::build()?;
    app::development_server()?;
    let title = format!("every screen can be used by all: {}", role.unwrap_or_default());
    let mut playwright = program("playwright");
    playwright.args(["test", "every-screen", "-g", &title]).env("DUBBELSPOOR_SCREENS", "1");
    crate::place::run(&mut playwright)
}

pub(crate) fn cargo(words: &str) -> Command {
    let mut command = program("cargo");
    command.args(words.split(' '));
    command
}

/// Runs with its output on the screen and hands back the lines of its standard output.
fn follow(command: &mut Command) -> Result<(Vec<String>, bool)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut lines = Vec::new();
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let line = line?;
        println!("{line}");
        lines.push(line);
    }
    Ok((lines, child.wait()?.success()))
}

/// The app's own tests inside Chromium, with the flags of `webdriver.json`.
pub(crate) fn webdriver() -> Result<Command> {
    let need =
        |name| find(&[name]).with_context(|| format!("{name} is missing: cargo xtask setup"));
    let mut command = cargo(&format!("test -p dubbelspoor --lib --target {WASM}"));
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", need("wasm-bindgen-test-runner")?)
        .env("CHROMEDRIVER", need("chromedriver")?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &[&str]) -> Result<Wish> {
        wish(&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_and_a_filter_in_any_order() {
        let wish = said(&["two_phones", "--seeds", "50000", "--fast"]).unwrap();
        assert!(wish.fast);
        assert_eq!((wish.seeds.as_str(), wish.filter.as_deref()), ("50000", Some("two_phones")));
        assert!(said(&["--seeds", "many"]).is_err());
        assert!(said(&["--quick"]).is_err());
    }
}
