//! Everything a person runs in this repository: `cargo xtask <command>`. It uses nothing of the product's own code.

mod app;
mod mutate;
mod packs;
mod part;
mod place;
mod postgres;
mod requirements;
mod setup;
mod size;
mod slim;
mod stage;
mod tally;
mod test;
mod words;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  demo  [--port N] [--keep]            build, then run a demo centre with one join link per role
  test  [--fast] [--seeds N] [filter]  every test, from formatting to journeys in a browser
  mutate [name]                        plants the faults of tests/mutations.json; a test must see each
  screens [role]                       a picture of every screen, in each language and look, in target/screens
  requirements                         what is asked, the tests of each, and what is open
  dist                                 one server binary with the optimised app inside
  size                                 what a first visit transfers, against its budget
  setup                                install what is missing; the commands above do it by themselves
  stage                                finish a build of the app; Trunk calls it";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let options: Vec<String> = words.collect();
    match run(&command, &options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("\n{fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, options: &[String]) -> Result<()> {
    match command {
        "setup" => setup::everything(),
        "stage" => stage::run(),
        "test" => test::run(options),
        "size" => size::run(),
        "screens" => test::screens(options.first().map(String::as_str)),
        "requirements" => requirements::run(),
        "mutate" => mutate::run(options.first().map(String::as_str)),
        "dist" => app::dist_server(),
        "demo" => app::demo(options),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("There is no command `{other}`.\n\n{HELP}"),
    }
}
