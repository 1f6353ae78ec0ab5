//! Builds what people get: the app for the browser, the server that carries it, and a demo of both.

use crate::place::{dist, files_below, program, root, run};
use crate::setup;
use anyhow::{Context, Result};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What the app is made from; a change in any of it asks for a new build.
const SOURCES: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "domain/src",
    "index.html",
    "public",
    "src",
    "style",
    "xtask/src",
];

/// The optimised app in `target/dist`; does nothing when that is up to date.
pub(crate) fn build() -> Result<()> {
    let stamp = root().join("target/app-built");
    let built = std::fs::metadata(&stamp).and_then(|it| it.modified()).ok();
    let begun = SystemTime::now();
    if dist().join("index.html").is_file() && built.is_some_and(|at| newest_source() < at) {
        println!("The app in {} is up to date.", dist().display());
        return Ok(());
    }
    setup::for_building()?;
    println!("Building the app; the first time this takes about three minutes.");
    let mut trunk = program("trunk");
    trunk.args(["build", "--release"]).env("DUBBELSPOOR_XTASK", std::env::current_exe()?);
    // Trunk takes NO_COLOR=1 for a wrong value of its own option.
    run(smallest(&mut trunk).env_remove("NO_COLOR"))?;
    // A file that is saved while Trunk works belongs to the next build.
    File::create(&stamp)?.set_modified(begun)?;
    Ok(())
}

/// What the compiler is told on top of the profile. Names and keys of records are short runs of bytes: copied by one
/// instruction each instead of a row of them, they take a twentieth off the program.
const FLAGS: [&str; 9] = [
    "--cfg=erase_components",
    r#"--cfg=sha2_backend_soft="compact""#,
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    // Each function keeps a name of its own: by it `part.rs` knows what comes later.
    "-Zmerge-functions=disabled",
    "-Cllvm-args=-max-store-memcpy=1",
    "-Cllvm-args=-max-store-memmove=1",
    "-Cllvm-args=-max-store-memset=1",
    // Who refers to whom, for `part.rs` as well.
    "-Clink-arg=--emit-relocs",
];

/// The standard library comes with code for texts of panics that no visitor of a release ever sees. Building it along,
/// without them, takes a tenth off the program. The compiler is the stable one; only these options are not yet.
fn smallest(trunk: &mut Command) -> &mut Command {
    trunk
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS.join(" "))
}

/// Folders count as well: their time changes when a file in them is deleted.
fn newest_source() -> SystemTime {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut see = |path: &Path| {
        let time = std::fs::metadata(path).and_then(|it| it.modified());
        newest = newest.max(time.unwrap_or(SystemTime::UNIX_EPOCH));
    };
    for source in SOURCES {
        let path = root().join(source);
        see(&path);
        for file in files_below(&path).unwrap_or_default() {
            let file = path.join(file);
            see(&file);
            file.parent().map(&mut see);
        }
    }
    newest
}

/// One file to put on a machine: the server with the app inside.
pub(crate) fn dist_server() -> Result<()> {
    build()?;
    println!("Building the server; the first time this takes some minutes.");
    run(program("cargo").args(["build", "--release", "--package", "dubbelspoor-server"]))?;
    let folder = root().join("target/dist-server");
    std::fs::create_dir_all(&folder)?;
    let binary = folder.join("dubbelspoor-server");
    let bytes = std::fs::copy(root().join("target/release/dubbelspoor-server"), &binary)?;
    println!("{} ({} MB)", binary.display(), bytes / 1_000_000);
    Ok(())
}

/// The server of the development profile: quick to build, reads the app from `target/dist`.
pub(crate) fn development_server() -> Result<()> {
    run(program("cargo").args(["build", "--package", "dubbelspoor-server"]))
}

/// Builds, then becomes the demo server, so that Ctrl-C reaches it and nothing else.
/// `--port` is what people remember; the server wants an address and a name. The data stays below `target`.
fn demo_options(options: &[String]) -> Result<Vec<String>> {
    let data = root().join("target/demo").display().to_string();
    let mut all = vec!["--data".to_owned(), data, "demo".to_owned()];
    let mut words = options.iter();
    while let Some(word) = words.next() {
        if word == "--port" {
            let port: u16 = words.next().context("--port wants a number")?.parse()?;
            all.push(format!("--listen=127.0.0.1:{port}"));
            all.push(format!("--url=http://localhost:{port}"));
        } else {
            all.push(word.clone());
        }
    }
    Ok(all)
}

pub(crate) fn demo(options: &[String]) -> Result<()> {
    build()?;
    development_server()?;
    let server = root().join("target/debug/dubbelspoor-server");
    let options = demo_options(options)?;
    let fault = program(&server.to_string_lossy()).args(options).exec();
    Err(fault).context("The demo server could not be started")
}
