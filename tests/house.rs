//! The rules of the house, as a test: who may use what, which words of style live, how long a file may be.
//! ARCHITECTURE.md says why; a failure here names the file, the line and the rule.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own repository may stop")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Longer than this, a file holds a second story.
const LINES: usize = 450;

/// Files that were longer when the rule came; each leaves this list when it is split, and none joins it.
const STILL_LONG: [&str; 0] = [];

/// The doors: in these places, these words are never used.
const DOORS: [(&str, &[&str]); 8] = [
    (
        "domain/src",
        &[
            "Utc::now",
            "Local::now",
            "SystemTime",
            "Instant::",
            "HashMap",
            "HashSet",
            "async ",
            ".await",
        ],
    ),
    ("src/screens", &["crate::device", "web_sys", "js_sys", "gloo_"]),
    ("src/parts", &["crate::session", "crate::sync", "crate::device", "crate::screens"]),
    ("src/session", &["crate::screens", "crate::parts"]),
    ("src/sync", &["crate::screens", "crate::parts"]),
    ("src/device", &["crate::screens", "crate::session", "crate::parts", "Body::"]),
    ("server/src/http", &["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "sqlx"]),
    ("server/src/store", &["axum", "Body::", "Dossier::", "dossier::"]),
];

/// No addresses of their own: what several screens show of a dossier.
const SHARED_BY_SCREENS: [&str; 15] = [
    "asked",
    "collect",
    "entry_card",
    "file",
    "form",
    "goal_parts",
    "matters",
    "message",
    "own_copy",
    "phrases",
    "reading",
    "recognised",
    "survey_offer",
    "which_centre",
    "work_floor",
];

/// What the pure crate never depends on, however indirectly.
const NOT_PURE: [&str; 12] = [
    "axum",
    "getrandom",
    "gloo-storage",
    "iana-time-zone",
    "js-sys",
    "leptos",
    "rand",
    "sqlx",
    "tokio",
    "wasm-bindgen",
    "web-sys",
    "web-time",
];

#[test]
fn each_room_keeps_to_its_doors() {
    let mut broken = Vec::new();
    for (place, never) in DOORS {
        for file in room(place) {
            for (number, line) in code(&file) {
                let words = never.iter().filter(|word| line.contains(**word));
                broken.extend(words.map(|word| format!("{}:{number}: `{word}`", shown(&file))));
            }
        }
    }
    nothing(&broken, "a room uses what ARCHITECTURE.md keeps out of it");
}

#[test]
fn a_screen_never_looks_inside_another() {
    let rooms = ["src/screens", "src/screens/seldom"];
    let modules = rooms.iter().flat_map(|it| std::fs::read_dir(root().join(it)).unwrap());
    let stem = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut screens: BTreeSet<String> = modules.map(|it| stem(&it.unwrap().path())).collect();
    screens.retain(|it| it != "seldom" && !SHARED_BY_SCREENS.contains(&it.as_str()));
    assert!(screens.contains("diary") && screens.contains("plan"), "{screens:?}");
    let mut broken = Vec::new();
    for file in room("src/screens") {
        let own = [stem(&file), stem(file.parent().unwrap())];
        for (number, line) in code(&file) {
            let named = ["screens::", "super::", "screens::seldom::"];
            let named = named.iter().flat_map(|it| line.split(it).skip(1));
            let named = named
                .filter_map(|it| it.split(|it: char| !it.is_alphanumeric() && it != '_').next());
            if named.into_iter().any(|it| screens.contains(it) && !own.iter().any(|own| own == it))
            {
                broken.push(format!("{}:{number}: {}", shown(&file), line.trim()));
            }
        }
    }
    nothing(&broken, "a screen uses another screen; what two of them share is a part");
}

#[test]
fn the_domain_depends_on_nothing_that_has_a_clock_a_network_or_a_browser() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", "dubbelspoor-domain", "--edges", "normal"])
        .args(["--features", "p256", "--prefix", "none", "--format", "{lib}", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    assert!(text.contains("chrono"), "cargo tree shows no dependencies:\n{text}");
    let used: BTreeSet<String> = text.lines().map(|it| it.trim().replace('_', "-")).collect();
    let broken: Vec<String> =
        NOT_PURE.iter().filter(|name| used.contains(**name)).map(|it| (*it).to_owned()).collect();
    nothing(
        &broken,
        "`domain` depends on a crate that is not pure (cargo tree -p dubbelspoor-domain)",
    );
}

#[test]
fn every_class_of_the_style_is_worn_and_every_class_worn_has_a_style() {
    let mut wearers: Vec<PathBuf> = files("src", "rs");
    wearers.push(root().join("index.html"));
    wearers.extend(files("public", "html").into_iter().chain(files("public", "js")));
    let texts: Vec<String> = wearers.iter().filter(|it| it.is_file()).map(|it| read(it)).collect();
    let sheets: Vec<PathBuf> =
        files("style", "css").into_iter().chain(files("public", "css")).collect();
    let sheets = sheets.iter().flat_map(|it| classes_of_sheet(&read(it)));
    let inline = texts.iter().filter_map(|it| it.split_once("<style>")?.1.split_once("</style>"));
    let styled: BTreeSet<String> =
        sheets.chain(inline.flat_map(|(sheet, _)| classes_of_sheet(sheet))).collect();

    let words: BTreeSet<&str> = texts.iter().flat_map(|text| words(text)).collect();
    let unworn = styled.iter().filter(|class| !words.contains(class.as_str()));
    let unworn: Vec<String> = unworn.map(|it| format!(".{it}")).collect();
    nothing(&unworn, "a class in style/ that nothing wears");

    let worn: BTreeSet<String> = texts.iter().flat_map(|text| classes_of_markup(text)).collect();
    let bare: Vec<String> = worn.difference(&styled).cloned().collect();
    nothing(&bare, "a class is worn that style/ does not know");
}

/// The faults that the design numbers, and that this much of the product must stand.
const FAULTS: [std::ops::RangeInclusive<u64>; 9] =
    [1..=11, 18..=23, 27..=29, 33..=37, 40..=42, 44..=44, 49..=49, 52..=55, 68..=68];

#[test]
fn every_fault_of_the_design_has_a_test_that_is_there() {
    let table: serde_json::Value =
        serde_json::from_str(&read(&root().join("tests/faults.json"))).unwrap();
    let rows = table.as_array().unwrap();
    let listed: Vec<u64> = rows.iter().map(|it| it["row"].as_u64().unwrap()).collect();
    assert_eq!(listed, FAULTS.into_iter().flatten().collect::<Vec<_>>());
    assert!(rows.iter().all(|row| !row["tests"].as_array().unwrap().is_empty()));
    let missing = tests_that_are_not_there(rows);
    nothing(&missing, "tests/faults.json names a test that is not there");
}

/// The requirements of each group that is built: all that are core or should.
const REQUIREMENTS: [(char, &[u64]); 8] = [
    ('A', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
    ('B', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ('C', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ('D', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ('E', &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11]),
    ('F', &[1, 2, 3, 4, 5]),
    ('G', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ('I', &[1, 2, 3, 4]),
];

/// `cargo xtask requirements` shows the table.
#[test]
fn every_requirement_has_a_test_that_is_there() {
    let table: serde_json::Value =
        serde_json::from_str(&read(&root().join("tests/requirements.json"))).unwrap();
    let rows = table.as_array().unwrap();
    let listed: Vec<&str> = rows.iter().map(|it| it["id"].as_str().unwrap()).collect();
    let of_group = |(group, numbers): (char, &[u64])| -> Vec<String> {
        numbers.iter().map(|number| format!("{group}{number}")).collect()
    };
    assert_eq!(listed, REQUIREMENTS.into_iter().flat_map(of_group).collect::<Vec<_>>());
    let is_bare = |row: &&serde_json::Value| row["tests"].as_array().unwrap().is_empty();
    let bare: Vec<String> = rows.iter().filter(is_bare).map(|it| it["id"].to_string()).collect();
    nothing(&bare, "a requirement has no test");
    nothing(
        &tests_that_are_not_there(rows),
        "tests/requirements.json names a test that is not there",
    );
}

/// Of a table whose rows name tests as `file: name`.
fn tests_that_are_not_there(rows: &[serde_json::Value]) -> Vec<String> {
    let mut missing = Vec::new();
    for row in rows {
        for test in row["tests"].as_array().unwrap() {
            let (file, name) = test.as_str().unwrap().split_once(": ").unwrap();
            let source = read(&root().join(file));
            let is_there = if file.ends_with(".ts") {
                source.contains(&format!("\ntest(\"{name}\""))
            } else {
                is_run(&source, name)
            };
            if !is_there {
                missing.push(format!("{file} has no test `{name}`"));
            }
        }
    }
    missing
}

#[test]
fn a_test_is_found_only_where_it_is_run() {
    let source = "both! {\n    one\n}\nasync fn one() {}\n#[test]\nfn two() {}\n#[test]\n#[ignore]\nfn three() {}\nfn four() {}";
    let run = ["one", "two", "three", "four", "five"].map(|it| is_run(source, it));
    assert_eq!(run, [true, true, false, false, false]);
}

/// Whether a test of this name is there and takes part: it wears `#[test]` or the like, or stands in a list of tests.
fn is_run(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let Some(at) = lines.iter().position(|it| it.contains(&format!("fn {name}("))) else {
        return false;
    };
    let worn: Vec<&&str> = lines[..at].iter().rev().take_while(|it| it.starts_with("#[")).collect();
    let is_left_out = worn.iter().any(|it| it.contains("ignore"));
    let is_worn = worn.iter().any(|it| it.contains("test]") || it.contains("::test("));
    !is_left_out && (is_worn || lines.contains(&name))
}

#[test]
fn a_file_tells_one_story() {
    let lines = |file: &PathBuf| read(file).lines().count();
    let long: Vec<PathBuf> = all_sources().into_iter().filter(|it| lines(it) > LINES).collect();
    let is_known = |file: &PathBuf| STILL_LONG.contains(&shown(file).as_str());
    let new = long.iter().filter(|it| !is_known(it));
    let new: Vec<String> = new.map(|it| format!("{}: {} lines", shown(it), lines(it))).collect();
    nothing(&new, &format!("a file is longer than {LINES} lines: is there a second story in it?"));
    let long: Vec<String> = long.iter().map(|it| shown(it)).collect();
    let split = STILL_LONG.iter().filter(|it| !long.contains(&(**it).to_owned()));
    let split: Vec<String> = split.map(|it| (*it).to_owned()).collect();
    nothing(&split, "a file became short enough: take it off STILL_LONG");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let mut broken = Vec::new();
    for file in all_sources() {
        for (number, line) in read(&file).lines().enumerate() {
            let left = marks.iter().any(|mark| words(line).any(|word| word == mark));
            if left {
                broken.push(format!("{}:{}: {}", shown(&file), number + 1, line.trim()));
            }
        }
    }
    nothing(&broken, "a note for later: do it now or make it an issue");
}

#[test]
fn classes_are_found_in_style_and_in_markup() {
    let sheet = ".card, a.card-state:hover > .is-done { margin: 0.5rem } /* .gone */ @media (x) { .wide{} }";
    let found: Vec<String> = classes_of_sheet(sheet).into_iter().collect();
    assert_eq!(found, ["card", "card-state", "is-done", "wide"]);
    let markup = r#"<p class="card  wide"> class:is-done=move || x class=("is-open", open) <b class={"tight"}>"#;
    let found: Vec<String> = classes_of_markup(markup).into_iter().collect();
    assert_eq!(found, ["card", "is-done", "is-open", "tight", "wide"]);
}

/// The classes that the selectors of a style sheet name: a selector is what stands before an opening brace.
fn classes_of_sheet(sheet: &str) -> BTreeSet<String> {
    let plain = without_comments(sheet);
    let pieces = plain.split_inclusive(['{', '}', ';']).filter(|it| it.ends_with('{'));
    let selectors = pieces.filter(|it| !it.trim_start().starts_with('@'));
    let names = selectors.flat_map(|it| it.split('.').skip(1)).map(name_at_start);
    names
        .filter(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()))
        .map(str::to_owned)
        .collect()
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once("*/").map_or("", |(_, after)| after));
    }
    plain
}

/// The classes that markup puts on: `class="a b"`, `class={"a"}`, `class=("a", ..)`, `class:a=..`.
fn classes_of_markup(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in text.split("class=").skip(1) {
        let after = after.trim_start_matches(['{', '(']);
        if let Some((inside, _)) = after.strip_prefix('"').and_then(|it| it.split_once('"')) {
            let whole = inside.split_whitespace().filter(|it| !it.contains('{'));
            found.extend(whole.map(str::to_owned));
        }
    }
    found.extend(
        text.split("class:")
            .skip(1)
            .map(name_at_start)
            .filter(|it| !it.is_empty())
            .map(str::to_owned),
    );
    found
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|it: char| !(it.is_ascii_alphanumeric() || it == '-' || it == '_'));
    &text[..end.unwrap_or(text.len())]
}

/// Pieces of text as class names are made: letters, digits, `-` and `_`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-' || it == '_'))
}

/// The lines of a file that are code, with their numbers: no comments, and not the tests at its foot.
fn code(file: &Path) -> Vec<(usize, String)> {
    let text = read(file);
    let lines = text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    let lines = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.map(|(number, line)| (number + 1, line.to_owned())).collect()
}

/// A room is a file, or a folder, or both: `src/sync` is `src/sync.rs` and all of `src/sync/`.
fn room(place: &str) -> Vec<PathBuf> {
    let file = root().join(format!("{place}.rs"));
    let mut all = files(place, "rs");
    all.extend(file.is_file().then_some(file));
    all
}

fn all_sources() -> Vec<PathBuf> {
    let places = [
        ("src", "rs"),
        ("domain", "rs"),
        ("server", "rs"),
        ("server", "sql"),
        ("xtask", "rs"),
        ("tests", "rs"),
        ("tests", "ts"),
        ("style", "css"),
        ("public", "js"),
        ("public", "html"),
    ];
    places.iter().flat_map(|(place, ending)| files(place, ending)).collect()
}

/// The files below a folder with this ending; none when there is no such folder.
fn files(place: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(place)];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().display().to_string()
}

#[track_caller]
fn nothing(found: &[String], rule: &str) {
    assert!(found.is_empty(), "\n{rule}:\n  {}\n", found.join("\n  "));
}
