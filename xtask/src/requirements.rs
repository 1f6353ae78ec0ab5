//! What is asked of the product, requirement by requirement: the tests of each, and what is still open.

use crate::place::root;
use anyhow::{Context, Result};
use serde_json::Value;

pub(crate) fn run() -> Result<()> {
    let path = root().join("tests/requirements.json");
    let table: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let rows = table.as_array().context("tests/requirements.json is no list")?;
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let (mut whole, mut part) = (0, 0);
    for row in rows {
        let tests = row["tests"].as_array().map_or(0, Vec::len);
        let open = text(row, "open");
        let state = match (tests, open.is_empty()) {
            (0, _) => "open",
            (_, false) => "part",
            (_, true) => "done",
        };
        whole += usize::from(state == "done");
        part += usize::from(state == "part");
        println!(
            "{:<4} {:<7} {state:<5} {}",
            text(row, "id"),
            text(row, "prio"),
            text(row, "says")
        );
        for test in row["tests"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            println!("{:18} {test}", "");
        }
        if !open.is_empty() {
            println!("{:18} open: {open}", "");
        }
    }
    let open = rows.len() - whole - part;
    println!("\n{} requirements: {whole} done, {part} in part, {open} open", rows.len());
    Ok(())
}
