//! The last step of a build of the app, called by Trunk: lists the files for the service worker, notes which inline
//! scripts the page may run, compresses, and says when a build is too heavy (`size` refuses it).

use crate::packs::{self, Pack};
use crate::place::{files_below, root};
use crate::size;
use crate::slim;
use crate::words::{self, Text};
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The line of `public/sw.js` that a build fills in.
const OPEN: &str = "const BUILD = /*stage*/null;";
/// And the one of `public/boot.js`.
const OPEN_PROGRAMS: &str = "const PROGRAMS = /*stage*/null;";

/// Whether the programs are in two parts.
const OPEN_CUT: &str = "const CUT = /*stage*/null;";

/// Each role's program (`src/bin`), and what its files are called before `.js` and `_bg.wasm`.
pub(crate) type Programs = BTreeMap<String, String>;

/// As Trunk calls them.
fn plain_programs() -> Programs {
    ["learner", "mentor", "desk"].map(|it| (it.to_owned(), it.to_owned())).into()
}

/// A browser fetches these when the app is put on the home screen, and keeps them itself.
const ONLY_TO_INSTALL: [&str; 3] =
    ["icons/apple-touch-icon.png", "icons/icon-512.png", "icons/maskable-512.png"];

/// The way out when the app does not start: kept once its first screen stood.
const AFTER_THE_FIRST_SCREEN: [&str; 3] = ["rescue.css", "rescue.html", "rescue.js"];

pub(crate) fn run() -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context(
        "`stage` is called by Trunk. To build the app: cargo xtask dist, or: trunk build",
    )?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|it| it == "release");
    let texts = words::read(&root().join("src"))?;
    let mut programs = plain_programs();
    if release {
        programs = slim::programs(&folder, &programs, &texts)?;
    } else {
        pack(&folder, &programs, &texts)?;
    }
    fill_in(&folder.join("boot.js"), OPEN_PROGRAMS, &serde_json::json!(programs))?;
    fill_in(&folder.join("boot.js"), OPEN_CUT, &serde_json::json!(release))?;
    if release {
        slim::page(&folder)?;
    }
    stage(&folder, &programs, release)
}

/// The packs of programs that stay as they are.
fn pack(folder: &Path, programs: &Programs, texts: &[Text]) -> Result<()> {
    for program in programs.values() {
        let wasm = std::fs::read(folder.join(format!("{program}_bg.wasm")))?;
        packs::write(folder, program, &Pack::of(&wasm, texts)?.files())?;
    }
    Ok(())
}

/// A development build is neither compressed nor weighed: it is large and changes every minute.
fn stage(folder: &Path, programs: &Programs, release: bool) -> Result<()> {
    let files = files_below(folder)?;
    let page = std::fs::read_to_string(folder.join("index.html")).context("no index.html")?;
    std::fs::write(folder.join("csp.json"), allowed_inline(&page).to_string())?;
    let id = identity(folder, &files)?;
    let build = listed(&files, programs, &id);
    fill_in(&folder.join("sw.js"), OPEN, &build)?;
    if release {
        for file in files_below(folder)? {
            compress(&folder.join(file))?;
        }
        for visit in size::weigh(folder)? {
            if let Err(too_much) = visit.within(size::BUDGET) {
                println!("{too_much}");
            }
        }
    }
    println!("Staged {} files as build {id}.", files.len());
    Ok(())
}

/// Two builds have the same identity exactly when every file has the same name and bytes.
fn identity(folder: &Path, files: &[String]) -> Result<String> {
    let mut all = Sha256::new();
    for file in files {
        let bytes = std::fs::read(folder.join(file))?;
        all.update(file.as_bytes());
        all.update([0]);
        all.update((bytes.len() as u64).to_be_bytes());
        all.update(&bytes);
    }
    Ok(all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// What belongs to a build: what everybody needs, what each program adds, its texts in each language, and what is
/// fetched later: files for everybody, the second part of each program, and the texts of that.
fn listed(files: &[String], programs: &Programs, id: &str) -> serde_json::Value {
    let own = |program: &String, file: &String| {
        [".js", "_bg.wasm"].iter().any(|ending| *file == format!("{program}{ending}"))
    };
    let of = |program: &String| -> Vec<String> {
        files.iter().filter(|it| own(program, it)).map(|it| address(it)).collect()
    };
    let is_kept = |it: &&String| *it != "sw.js" && !ONLY_TO_INSTALL.contains(&it.as_str());
    let is_pack =
        |program: &str, file: &String| packs::names(program).iter().any(|(_, it)| it == file);
    let later = |program: &String| format!("{}.wasm", packs::second(program));
    let is_common = |it: &&String| {
        let is_later = |of: &String| **it == later(of) || is_pack(&packs::second(of), it);
        let is_of = |of: &String| own(of, it) || is_pack(of, it) || is_later(of);
        !programs.values().any(is_of)
    };
    let (after, common): (Vec<&String>, Vec<&String>) = files
        .iter()
        .filter(is_kept)
        .filter(is_common)
        .partition(|it| AFTER_THE_FIRST_SCREEN.contains(&it.as_str()));
    let addresses =
        |files: Vec<&String>| -> Vec<String> { files.into_iter().map(|it| address(it)).collect() };
    let (after, common) = (addresses(after), addresses(common));
    let packs = |program: &str| -> BTreeMap<&str, String> {
        packs::names(program).iter().map(|(language, it)| (*language, address(it))).collect()
    };
    let words: BTreeMap<_, _> = programs.iter().map(|(role, it)| (role, packs(it))).collect();
    let cut = || programs.iter().filter(|(_, it)| files.contains(&later(it)));
    let seldom: BTreeMap<_, _> = cut().map(|(role, it)| (role, address(&later(it)))).collect();
    let more: BTreeMap<_, _> = cut().map(|(role, it)| (role, packs(&packs::second(it)))).collect();
    let programs: BTreeMap<_, _> = programs.iter().map(|(role, it)| (role, of(it))).collect();
    serde_json::json!({
        "id": id, "files": common, "later": after, "programs": programs, "words": words, "seldom": seldom,
        "more": more,
    })
}

/// Writes what a build knows in the place of a script that is open for it.
fn fill_in(script: &Path, open: &str, value: &serde_json::Value) -> Result<()> {
    let shown = script.display();
    let text = std::fs::read_to_string(script).with_context(|| format!("no {shown}"))?;
    if text.matches(open).count() != 1 {
        bail!("{shown} must have exactly one line `{open}`.");
    }
    let closed = open.replace("/*stage*/null", &value.to_string());
    Ok(std::fs::write(script, text.replace(open, &closed))?)
}

/// Under which address the server gives a file.
fn address(file: &str) -> String {
    if file == "index.html" { "/".to_owned() } else { format!("/{file}") }
}

/// The hashes that let the page's own inline scripts and styles through the content security policy.
fn allowed_inline(page: &str) -> serde_json::Value {
    let hashes = |tag| -> Vec<String> {
        let inside = inline(page, tag).into_iter();
        inside.map(|text| format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))).collect()
    };
    serde_json::json!({ "scripts": hashes("script"), "styles": hashes("style") })
}

/// The texts between `<tag …>` and `</tag>`, without those that load a file.
fn inline<'a>(page: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((attributes, body)) = after.split_once('>') else { break };
        let Some((text, next)) = body.split_once(&close) else { break };
        if !attributes.contains("src=") {
            found.push(text);
        }
        rest = next;
    }
    found
}

/// Puts a `.br` and a `.gz` beside a file, each only where it is smaller.
fn compress(path: &Path) -> Result<()> {
    let bytes = std::fs::read(path)?;
    let mut br = Vec::new();
    let settings =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut br, &settings)?;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(&bytes)?;
    for (ending, packed) in [("br", br), ("gz", gz.finish()?)] {
        if packed.len() < bytes.len() {
            let mut name = path.as_os_str().to_owned();
            name.push(".");
            name.push(ending);
            std::fs::write(name, packed)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small build in a folder of its own; removed by the test that made it.
    fn a_build(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("stage-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("icons")).unwrap();
        let page = "<style>p{}</style><script src=/a.js></script><script type=module>go()</script>";
        std::fs::write(folder.join("index.html"), page).unwrap();
        std::fs::write(folder.join("app.js"), "export const a = 1;\n".repeat(200)).unwrap();
        std::fs::write(folder.join("desk-01.js"), "export const b = 1;").unwrap();
        std::fs::write(folder.join("desk-01_bg.wasm"), [0, 97, 115, 109]).unwrap();
        packs::write(&folder, "desk-01", &["nl", "en", "fr"].map(str::to_owned)).unwrap();
        std::fs::write(folder.join("rescue.js"), "go()").unwrap();
        std::fs::write(folder.join("icons/192.png"), [7, 1, 9]).unwrap();
        std::fs::write(folder.join("sw.js"), format!("\"use strict\";\n{OPEN}\n")).unwrap();
        folder
    }

    fn programs() -> Programs {
        [("desk".to_owned(), "desk-01".to_owned())].into()
    }

    #[test]
    fn the_worker_learns_every_file_of_the_build_but_itself() {
        let folder = a_build("list");
        stage(&folder, &programs(), true).unwrap();
        let worker = std::fs::read_to_string(folder.join("sw.js")).unwrap();
        assert!(worker.contains(r#""files":["/app.js","/icons/192.png","/"]"#), "{worker}");
        assert!(worker.contains(r#""later":["/rescue.js"]"#), "{worker}");
        let desk = r#""programs":{"desk":["/desk-01.js","/desk-01_bg.wasm"]}"#;
        assert!(worker.contains(desk), "{worker}");
        let words = r#""words":{"desk":{"en":"/desk-01.en.txt","fr":"/desk-01.fr.txt","nl":"/desk-01.nl.txt"}}"#;
        assert!(worker.contains(words), "{worker}");
        assert!(folder.join("app.js.br").exists() && folder.join("app.js.gz").exists());
        assert!(!folder.join("icons/192.png.br").exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn one_changed_byte_is_another_build() {
        let folder = a_build("identity");
        let files = files_below(&folder).unwrap();
        let before = identity(&folder, &files).unwrap();
        assert_eq!(before, identity(&folder, &files).unwrap());
        std::fs::write(folder.join("icons/192.png"), [7, 1, 8]).unwrap();
        assert_ne!(before, identity(&folder, &files).unwrap());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn only_inline_text_is_allowed_by_hash() {
        let page =
            "<script src=\"/a.js\"></script><script type=module>go()</script><style>p{}</style>";
        assert_eq!(inline(page, "script"), ["go()"]);
        assert_eq!(inline(page, "style"), ["p{}"]);
        // Checked with: printf 'go()' | openssl dgst -sha256 -binary | base64
        let allowed = allowed_inline(page);
        assert_eq!(allowed["scripts"][0], "sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=");
    }

    #[test]
    fn a_worker_without_the_open_line_is_refused() {
        let folder = a_build("closed");
        std::fs::write(folder.join("sw.js"), "const BUILD = null;").unwrap();
        assert!(stage(&folder, &programs(), false).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
