//! Makes the program of a release smaller than the tools leave it: what nobody calls goes, names that only the
//! program and its glue use become short, and what people never read is written without spaces.

use crate::packs::{self, Pack, renumbered, second};
use crate::part;
use crate::place::{program, root, run};
use crate::stage::Programs;
use crate::words::Text;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, Import, ImportSectionReader, Imports, Parser, Payload};

/// For server functions, which this app has none of. Leptos exports them all the same.
const NEVER_CALLED: &str = "intounderlying";

/// What browsers have that are younger than the oldest phone the app is for.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Scripts that the page loads as they are.
const SCRIPTS: [&str; 2] = ["boot.js", "rescue.js"];

/// The programs of a staged build made small. Browsers keep files for ever under their name, so each gets a name that
/// tells these bytes and no others, and its packs with it: they fit this program and no other.
pub(crate) fn programs(folder: &Path, plain: &Programs, texts: &[Text]) -> Result<Programs> {
    plain.iter().map(|(role, file)| Ok((role.clone(), slim(folder, file, texts)?))).collect()
}

/// A program as the linker left it, with its notes.
fn linked(name: &str) -> PathBuf {
    root().join("target/wasm32-unknown-unknown/wasm-release").join(format!("{name}.wasm"))
}

fn slim(folder: &Path, name: &str, texts: &[Text]) -> Result<String> {
    let (wasm, glue) = (folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.js")));
    let plain = std::fs::read(&wasm)?;
    let (short, names) = shorten(&plain)?;
    let cut = part::cut(&short, &std::fs::read(linked(name))?)?;
    let (packs, places) = Pack::numbered(&cut, texts)?;
    let seldom = folder.join(format!("{name}_seldom.wasm"));
    let small = optimised(&wasm, &renumbered(&cut.daily, &places)?, texts)?;
    let small_seldom = optimised(&seldom, &renumbered(&cut.seldom, &places)?, texts)?;
    let imported = imported(&small)?;

    let text = std::fs::read_to_string(&glue)?;
    std::fs::write(&glue, rename(&without_unused(&text, &names, &imported), &names))?;
    let tree_shaken = ["--bundle", "--format=esm", "--target=es2022"];
    minify(&glue, &tree_shaken)?;

    let [said, said_later] = packs.map(|it| it.files());
    let texts = [said.concat(), said_later.concat()].concat().into_bytes();
    let all = [std::fs::read(&glue)?, small, small_seldom, texts];
    let new = format!("{name}-{}", hash(&all.each_ref().map(Vec::as_slice)));
    let later = second(&new);
    packs::write(folder, &new, &said)?;
    packs::write(folder, &later, &said_later)?;
    std::fs::rename(&wasm, folder.join(format!("{new}_bg.wasm")))?;
    std::fs::rename(&seldom, folder.join(format!("{later}.wasm")))?;
    std::fs::rename(&glue, folder.join(format!("{new}.js")))?;
    Ok(new)
}

/// A part of a program as small as the tools make it, written where it belongs.
fn optimised(wasm: &Path, part: &[u8], texts: &[Text]) -> Result<Vec<u8>> {
    std::fs::write(wasm, part)?;
    // More than once: each leaves work for the next. Functions of one kind end side by side, which packs better.
    run(program("wasm-opt")
        .args(FEATURES)
        .args(["--low-memory-unused", "--flatten", "--rereloop", "-Oz"])
        .args(["--flatten", "--rereloop", "-Oz", "-Oz", "--reorder-functions-by-name"])
        .args(["--strip-debug", "--strip-producers"])
        .arg(wasm)
        .arg("-o")
        .arg(wasm))?;
    let small = std::fs::read(wasm)?;
    packs::are_out_of(&small, texts)?;
    Ok(small)
}

/// What the page itself loads, once the names of its programs are in it.
pub(crate) fn page(folder: &Path) -> Result<()> {
    for script in SCRIPTS {
        // Down to what tells an old phone that it is too old, except for what loads the program.
        minify(&folder.join(script), &["--target=es2018", "--supported:dynamic-import=true"])?;
    }
    let path = folder.join("index.html");
    let page = one_stylesheet(folder, &std::fs::read_to_string(&path)?)?;
    Ok(std::fs::write(path, page)?)
}

/// What the page loads as styles, in its order, as one file: fewer requests, and what they share is sent once.
fn one_stylesheet(folder: &Path, page: &str) -> Result<String> {
    let (mut styles, mut rest, mut page) = (String::new(), page, String::new());
    while let Some((before, link, after)) = next_stylesheet(rest) {
        let name = link.split(['/', ' ', '"']).find(|it| it.ends_with(".css"));
        let path = folder.join(name.context("a style without a file")?);
        styles += &std::fs::read_to_string(&path)?;
        std::fs::remove_file(&path)?;
        page += before;
        rest = after;
    }
    let name = format!("style-{}.css", hash(&[styles.as_bytes()]));
    let path = folder.join(&name);
    std::fs::write(&path, styles)?;
    minify(&path, &["--target=es2022"])?;
    Ok(page + &format!("<link rel=stylesheet href=/{name}>") + rest)
}

/// The page up to its first style, that link, and the rest.
fn next_stylesheet(page: &str) -> Option<(&str, &str, &str)> {
    let end = page.find("rel=stylesheet>")? + "rel=stylesheet>".len();
    let start = page[..end].rfind("<link")?;
    Some((&page[..start], &page[start..end], &page[end..]))
}

/// Old names and new ones, for everything that passes between the program and its glue.
type Names = BTreeMap<String, String>;

/// Leaves out what is never called, and gives imports and exports names of one or two letters.
fn shorten(wasm: &[u8]) -> Result<(Vec<u8>, Names)> {
    let mut shortener = Shortener { names: Names::new() };
    let mut module = Module::new();
    shortener
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|fault| anyhow::anyhow!("the program cannot be read: {fault}"))?;
    Ok((module.finish(), shortener.names))
}

struct Shortener {
    names: Names,
}

impl Shortener {
    fn short(&mut self, name: &str) -> String {
        let next = self.names.len();
        self.names.entry(name.to_owned()).or_insert_with(|| letters(next)).clone()
    }
}

impl Reencode for Shortener {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.short(import.name);
            let import = Import { name: &name, ..import };
            utils::parse_imports(self, imports, Imports::Single(0, import))?;
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if export.name.contains(NEVER_CALLED) {
            return Ok(());
        }
        // Names without an underscore (`memory`, `main`) may be any word of the glue.
        let name = if export.name.contains("__") {
            self.short(export.name)
        } else {
            export.name.to_owned()
        };
        utils::parse_export(self, exports, Export { name: &name, ..export })
    }
}

/// 0 -> `a`, 52 -> `aa`.
fn letters(number: usize) -> String {
    let letter =
        |it: usize| char::from(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[it % 52]);
    let mut name = String::new();
    let mut left = number + 1;
    while left > 0 {
        left -= 1;
        name.insert(0, letter(left));
        left /= 52;
    }
    name
}

fn imported(wasm: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(imports) = payload? {
            for import in imports.into_imports() {
                names.insert(import?.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// The glue without the functions that the program no longer imports, and ready to lose what nothing refers to.
fn without_unused(glue: &str, names: &Names, imported: &BTreeSet<String>) -> String {
    let is_unused = |name: &str| names.get(name).is_some_and(|it| !imported.contains(it));
    let mut kept = String::new();
    let mut skipping = false;
    for line in glue.lines() {
        if let Some(entry) = line.strip_prefix("        ").filter(|it| !it.starts_with([' ', '}']))
        {
            skipping = entry.split_once(": ").is_some_and(|(name, _)| is_unused(name));
        } else if line.starts_with("    }") {
            skipping = false;
        }
        // A class that is only exported would stay for this line's sake.
        if !skipping && !line.starts_with("if (Symbol.dispose)") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept.replace("export class", "class")
        .replace("export { initSync, __wbg_init as default };", "export { __wbg_init as default };")
        .replace(": new FinalizationRegistry", ": /* @__PURE__ */ new FinalizationRegistry")
}

/// Replaces whole words.
fn rename(glue: &str, names: &Names) -> String {
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    let mut renamed = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|it| !is_word(it)).unwrap_or(from.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed + rest
}

fn minify(script: &Path, how: &[&str]) -> Result<()> {
    run(program("esbuild")
        .arg(script)
        .args(["--minify", "--log-level=warning", "--legal-comments=none", "--allow-overwrite"])
        .args(how)
        .arg(format!("--outfile={}", script.display())))
}

fn hash(texts: &[&[u8]]) -> String {
    let mut all = Sha256::new();
    texts.iter().for_each(|text| all.update(text));
    all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_another_one() {
        let all: BTreeSet<String> = (0..5_000).map(letters).collect();
        assert_eq!(all.len(), 5_000);
        assert_eq!((letters(0), letters(51), letters(52)), ("a".into(), "Z".into(), "aa".into()));
    }

    #[test]
    fn glue_keeps_exactly_what_the_program_imports() {
        let glue = "\
function imports() {
    const import0 = {
        __wbg_used_01: function(arg0) {
            wasm.__run_1(arg0);
        },
        __wbg_unused_02: function() { return handleError(function () {
            close();
        }, arguments); },
    };
}
export class Stream {
}
if (Symbol.dispose) Stream.prototype[Symbol.dispose] = Stream.prototype.free;
export { initSync, __wbg_init as default };
";
        let names: Names = [("__wbg_used_01", "a"), ("__wbg_unused_02", "b"), ("__run_1", "c")]
            .map(|(old, new)| (old.to_owned(), new.to_owned()))
            .into();
        let slim = rename(&without_unused(glue, &names, &["a".to_owned()].into()), &names);
        assert!(slim.contains("a: function(arg0)") && slim.contains("wasm.c(arg0);"), "{slim}");
        for gone in ["unused", "close", "Symbol", "initSync", "export class"] {
            assert!(!slim.contains(gone), "{gone} in {slim}");
        }
        assert!(slim.contains("    };\n}\nclass Stream"), "{slim}");
    }

    #[test]
    fn styles_are_found_one_by_one() {
        let page = "<p><link href=/a-01.css integrity=x rel=stylesheet><link href=/b.css rel=stylesheet><i>";
        let (before, link, after) = next_stylesheet(page).unwrap();
        assert_eq!((before, link), ("<p>", "<link href=/a-01.css integrity=x rel=stylesheet>"));
        assert_eq!(next_stylesheet(after).unwrap().2, "<i>");
        assert!(next_stylesheet("<i>").is_none());
    }
}
