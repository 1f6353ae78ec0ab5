//! Makes a fresh machine ready. Needs rustup and Node; brings the rest, and leaves alone what is there in the right version.

use crate::place::{answer, find, program, root, run, tools};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Trunk 0.22 asks for a newer compiler than the stable one that this repository builds with.
const TRUNK: &str = "0.21.14";

/// The source of the standard library, below the compiler's own folder.
const LIBRARY: &str = "lib/rustlib/src/rust/library/Cargo.toml";

/// Everything: for building, and for testing in a browser and on PostgreSQL.
pub(crate) fn everything() -> Result<()> {
    for_building()?;
    debian_packages()
}

/// What building the app and the server takes.
pub(crate) fn for_building() -> Result<()> {
    println!("Setting up in {}", root().display());
    rust_parts()?;
    trunk()?;
    wasm_bindgen()?;
    npm_packages()?;
    // Trunk builds offline, so that it downloads no tools of its own; the crates must be here by then.
    run(program("cargo").args(["fetch", "--locked"]))?;
    let library = sysroot().join(LIBRARY);
    let mut fetch = program("cargo");
    fetch.args(["fetch", "--locked", "--manifest-path"]).arg(library);
    run(fetch.env("RUSTC_BOOTSTRAP", "1"))
}

fn sysroot() -> PathBuf {
    answer(program("rustc").args(["--print", "sysroot"])).unwrap_or_default().into()
}

fn ready(what: &str) {
    println!("  ready    {what}");
}

/// Does one piece of work, saying beforehand what, why and how long.
fn bring(what: &str, why: &str, how_long: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("  missing  {what}: {why}. Getting it now; this takes {how_long}.");
    let begun = Instant::now();
    work().with_context(|| format!("{what} could not be installed"))?;
    println!("  ready    {what} (after {} s)", begun.elapsed().as_secs());
    Ok(())
}

fn rust_parts() -> Result<()> {
    if sysroot().join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
        ready("wasm32-unknown-unknown");
    } else {
        bring("wasm32-unknown-unknown", "the app runs in the browser", "seconds", || {
            run(program("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
        })?;
    }
    if sysroot().join(LIBRARY).is_file() {
        ready("rust-src");
    } else {
        bring("rust-src", "the app brings a small standard library of its own", "seconds", || {
            run(program("rustup").args(["component", "add", "rust-src"]))
        })?;
    }
    let has = |tool: &str| answer(program("cargo").args([tool, "--version"])).is_some();
    if has("fmt") && has("clippy") {
        ready("rustfmt, clippy");
        return Ok(());
    }
    bring("rustfmt, clippy", "the tests check format and lints", "seconds", || {
        run(program("rustup").args(["component", "add", "rustfmt", "clippy"]))
    })
}

fn trunk() -> Result<()> {
    if version_of("trunk").as_deref() == Some(TRUNK) {
        ready(&format!("trunk {TRUNK}"));
        return Ok(());
    }
    let crate_name = format!("trunk@{TRUNK}");
    bring(&crate_name, "it bundles the app", "four to eight minutes, once", || {
        run(&mut install(&[&crate_name, "--locked"], "0"))
    })
}

/// The tool must be of exactly the version of the library, or it refuses the module.
fn wasm_bindgen() -> Result<()> {
    let wanted = locked_version("wasm-bindgen")?;
    let both = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    if both.iter().all(|tool| version_of(tool).as_deref() == Some(&*wanted)) {
        ready(&format!("wasm-bindgen {wanted}"));
        return Ok(());
    }
    // Without `--locked`: its lock file names a version that the registry does not list.
    let crate_name = format!("wasm-bindgen-cli@{wanted}");
    bring(&crate_name, "it joins the app to JavaScript", "two to four minutes, once", || {
        run(&mut install(&[&crate_name], "1"))
    })
}

/// Hardly optimised: a tool that runs for two minutes is not worth five minutes of compiling. Trunk only waits for others.
fn install(what: &[&str], optimised: &str) -> Command {
    let mut command = program("cargo");
    command
        .args(["install", "--force", "--root"])
        .arg(tools())
        .args(what)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", optimised)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    command
}

/// `trunk 0.21.14` -> `0.21.14`
fn version_of(tool: &str) -> Option<String> {
    let said = answer(program(tool).arg("--version"))?;
    Some(said.split_whitespace().nth(1)?.to_owned())
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let name = format!("name = \"{package}\"");
    let version = lock.lines().skip_while(|line| *line != name).nth(1);
    let version = version.and_then(|line| line.strip_prefix("version = \""));
    let version = version.and_then(|rest| rest.strip_suffix('"'));
    Ok(version.with_context(|| format!("Cargo.lock has no {package}"))?.to_owned())
}

fn npm_packages() -> Result<()> {
    let lock = std::fs::read(root().join("package-lock.json"))?;
    let installed = root().join("node_modules/.installed-lock.json");
    if std::fs::read(&installed).is_ok_and(|text| text == lock) {
        ready("npm packages");
        return Ok(());
    }
    if find(&["npm"]).is_none() {
        bail!(
            "Node.js (20 or newer) with npm is missing: https://nodejs.org or `apt-get install nodejs npm`."
        );
    }
    bring("npm packages", "wasm-opt, Playwright and axe come from there", "a minute", || {
        run(program("npm")
            .args(["ci", "--no-fund", "--no-audit"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
        Ok(std::fs::write(&installed, &lock)?)
    })
}

/// A browser, its driver and a database server, for the tests.
fn debian_packages() -> Result<()> {
    let wanted = [
        ("chromium", find(&["chromium"]).is_some()),
        ("chromium-driver", find(&["chromedriver"]).is_some()),
        ("postgresql", crate::postgres::programs().is_some()),
    ];
    let missing: Vec<&str> =
        wanted.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        ready("chromium, chromium-driver, postgresql");
        return Ok(());
    }
    let names = missing.join(" ");
    let by_hand = format!("apt-get install --yes --no-install-recommends {names}");
    let is_root = answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    let may_sudo = || answer(Command::new("sudo").args(["-n", "true"])).is_some();
    if find(&["apt-get"]).is_none() || !(is_root || may_sudo()) {
        bail!(
            "The tests need {names}, and this account cannot install them.\n\
             On Debian or Ubuntu, run:  sudo {by_hand}\n\
             Elsewhere: put `chromium`, `chromedriver` of the same version and PostgreSQL's `initdb` on the PATH."
        );
    }
    let apt = |words: &str| {
        let prefix = if is_root { "" } else { "sudo -n " };
        run(program("sh")
            .args(["-c", &format!("{prefix}env DEBIAN_FRONTEND=noninteractive {words}")]))
    };
    bring(&names, "the tests drive a real browser and a real database", "a minute or two", || {
        apt("apt-get update")?;
        apt(&by_hand)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_one_version_of_wasm_bindgen() {
        let version = locked_version("wasm-bindgen").unwrap();
        assert_eq!(version.split('.').count(), 3, "{version}");
        assert!(locked_version("no-such-package").is_err());
    }
}
