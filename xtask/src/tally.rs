//! What the runners said at their end, gathered: the closing lines, the time of each step, one sum for the whole.

use std::time::Duration;

#[derive(Default)]
pub(crate) struct Tally {
    steps: Vec<Step>,
}

struct Step {
    name: String,
    closing: Vec<String>,
    /// The tests that failed, as the runner names them; one that passed at its second try too.
    names: Vec<String>,
    /// What the runner told of each of those.
    reasons: Vec<String>,
    passed: u64,
    failed: u64,
    took: Duration,
}

impl Tally {
    /// A runner's counts are its own; a step that counts nothing (a lint, a build) is one itself.
    pub(crate) fn add(&mut self, name: &str, output: &[String], succeeded: bool, took: Duration) {
        let closing: Vec<String> =
            output.iter().filter(|it| counts(it).is_some()).cloned().collect();
        let names = output.iter().filter_map(|it| failed_test(it)).collect();
        let (mut passed, mut failed) = (0, 0);
        for (good, bad) in closing.iter().filter_map(|it| counts(it)) {
            passed += good;
            failed += bad;
        }
        if closing.is_empty() && succeeded {
            passed = 1;
        }
        if !succeeded && failed == 0 {
            failed = 1;
        }
        let reasons = reasons(output);
        let name = name.to_owned();
        self.steps.push(Step { name, closing, names, reasons, passed, failed, took });
    }

    pub(crate) fn failed(&self) -> u64 {
        self.steps.iter().map(|it| it.failed).sum()
    }

    pub(crate) fn print(&self) {
        println!("\nSummary");
        for step in &self.steps {
            let mark = if step.failed == 0 { "ok    " } else { "FAILED" };
            println!("  {mark} {:>5} s  {}", step.took.as_secs(), step.name);
            for line in &step.closing {
                println!("                   {}", line.trim());
            }
        }
        let passed: u64 = self.steps.iter().map(|it| it.passed).sum();
        println!("\n{passed} passed, {} failed", self.failed());
        // Last, where somebody looks who has only the end of a long log.
        for name in self.steps.iter().flat_map(|it| &it.names) {
            println!("  {name}");
        }
        for reason in self.steps.iter().flat_map(|it| &it.reasons) {
            println!("{reason}");
        }
    }
}

/// How many lines of a reason are told again at the end.
const LINES: usize = 16;

/// The beginning of what a runner tells of each test that failed, without empty lines.
fn reasons(output: &[String]) -> Vec<String> {
    let mut told = Vec::new();
    let mut left = 0;
    for line in output.iter().map(|it| without_colour(it)) {
        if opens_reason(&line) {
            left = LINES;
        } else if counts(&line).is_some() {
            left = 0;
        }
        if left > 0 && !line.trim().is_empty() {
            left -= 1;
            told.push(line);
        }
    }
    told
}

/// Playwright numbers what failed, `  1) [chromium] › …`; cargo's runner writes `---- name stdout ----`.
fn opens_reason(line: &str) -> bool {
    let number = line.trim_start().split_once(") [").map(|(number, _)| number);
    let of_playwright = number.is_some_and(|it| it.parse::<u32>().is_ok());
    of_playwright || (line.starts_with("---- ") && line.ends_with(" ----"))
}

/// How many passed and failed, if this is a closing line of cargo's runner, wasm-bindgen's or Playwright's.
fn counts(line: &str) -> Option<(u64, u64)> {
    let plain = without_colour(line);
    let line = plain.trim();
    if let Some(rest) = line.strip_prefix("test result: ") {
        return Some((before(rest, "passed")?, before(rest, "failed")?));
    }
    // Playwright says "3 passed (4.2s)", "1 failed", "2 did not run", each on a line of its own.
    let (number, words) = line.split_once(' ')?;
    let number = number.parse().ok()?;
    match words.split_once(" (").map_or(words, |(word, _)| word) {
        // One that passed at its second try is told, with its reason, and stops nothing.
        "passed" | "flaky" => Some((number, 0)),
        "failed" | "interrupted" | "did not run" => Some((0, number)),
        _ => None,
    }
}

/// The test that this line says failed: of cargo's runner or of Playwright's.
fn failed_test(line: &str) -> Option<String> {
    let plain = without_colour(line);
    let line = plain.trim();
    let of_cargo = line.strip_prefix("test ").and_then(|it| it.strip_suffix(" ... FAILED"));
    let of_playwright = line.strip_prefix("✘").map(str::trim);
    of_cargo.or(of_playwright).map(str::to_owned)
}

fn before(text: &str, word: &str) -> Option<u64> {
    let (head, _) = text.split_once(word)?;
    head.split_whitespace().next_back()?.parse().ok()
}

fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut escaped = false;
    for letter in line.chars() {
        match letter {
            '\u{1b}' => escaped = true,
            'm' if escaped => escaped = false,
            _ if escaped => {}
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_named() {
        let named = |line: &str| failed_test(line);
        assert_eq!(named("test a::b ... FAILED"), Some("a::b".to_owned()));
        assert_eq!(named("test a::b ... ok"), None);
        let journey = "  \u{1b}[31m✘\u{1b}[39m  7 [chromium] › a.spec.ts:1:1 › it works (3s)";
        assert_eq!(named(journey), Some("7 [chromium] › a.spec.ts:1:1 › it works (3s)".to_owned()));
    }

    #[test]
    fn the_end_tells_why_a_test_failed() {
        let said = "  ✘  1 a (2s)\n\n  1) [chromium] › a ────\n\n    Error: no button\n\n  1 failed\n  2 passed (9s)";
        let lines: Vec<String> = said.lines().map(str::to_owned).collect();
        assert_eq!(reasons(&lines), ["  1) [chromium] › a ────", "    Error: no button"]);
        let endless: Vec<String> =
            ["---- a stdout ----"].into_iter().chain(["more"; 99]).map(str::to_owned).collect();
        assert_eq!(reasons(&endless).len(), LINES);
        assert!(reasons(&["running 3 tests".to_owned()]).is_empty());
    }

    #[test]
    fn every_runner_is_understood() {
        let cargo =
            "test result: FAILED. 12 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out";
        assert_eq!(counts(cargo), Some((12, 1)));
        assert_eq!(
            counts("  \u{1b}[32m3 passed\u{1b}[39m\u{1b}[2m (4.2s)\u{1b}[22m"),
            Some((3, 0))
        );
        assert_eq!(counts("  2 did not run"), Some((0, 2)));
        assert_eq!(counts("  1 failed"), Some((0, 1)));
        assert_eq!(counts("3 passed out on the floor"), None);
        assert_eq!(counts("running 3 tests"), None);
    }

    #[test]
    fn a_step_that_broke_off_counts_as_failed() {
        let mut tally = Tally::default();
        let said = ["test result: ok. 4 passed; 0 failed; 0 ignored".to_owned()];
        tally.add("compiled, then crashed", &said, false, Duration::ZERO);
        tally.add("format", &[], true, Duration::ZERO);
        assert_eq!(tally.failed(), 1);
        assert_eq!(tally.steps.iter().map(|it| it.passed).sum::<u64>(), 5);
    }
}
