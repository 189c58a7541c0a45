//! The catalogue of events, made of what the domain says of each and of its golden files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{cargo, run};
use crate::workspace::{files_below, root};

const INTRODUCTION: &str = "\
# Events

What happens at a bar, as its log, the bus and webhooks tell it.
This page is made by `cargo xtask catalogue` from `domain/src/event.rs` and the golden files in `domain/tests/golden/`, which the tests hold the code to: what is written here is what is sent.

An entry of the log holds the events of one command: `{bar, seq, at, by, cause, digest, events}`.
On the bus each event travels alone: source `serverlesspresso`, detail-type its `type`, detail `{bar, seq, index, at, cause, schema: 1}` and the event's own fields.
`(bar, seq, index)` names it for good and gives the order; delivery is at least once.
Times are RFC 3339 in UTC, durations whole seconds, statuses and refusals as everywhere else.
Fields are only ever added, so read what you know and let the rest pass.
No event holds a name, a code, a token or an address: a person is an id.

[events.schema.json](events.schema.json) has the JSON Schema (2020-12) of each detail below `$defs`, under the event's name, complete in itself; the document as a whole takes any of them.
[busy-quarter.jsonl](../backend/infra/extensions/busy-quarter.jsonl) is a quarter of an hour of them as the bus carries them, one on each line; `cargo xtask play` plays them onto a bus.
";

/// Writes the catalogue, and what the domain itself publishes: schemas and a recording, which
/// `domain/tests/rules/published.rs` holds to it.
pub(crate) fn write() -> Result<()> {
    fs::create_dir_all(page().with_file_name("")).context("making the folder docs")?;
    fs::write(page(), catalogue()?).context("writing the catalogue")?;
    let publish = ["run", "--quiet", "--locked", "--package", "domain", "--features", "schema"];
    run(cargo(publish).args(["--example", "published"]))
}

fn page() -> PathBuf {
    root().join("docs").join("events.md")
}

fn catalogue() -> Result<String> {
    let source = fs::read_to_string(root().join("domain/src/event.rs")).context("the events")?;
    let examples = examples()?;
    let mut text = INTRODUCTION.to_owned();
    for (name, meaning) in meanings(&source) {
        let examples = examples.get(&name).with_context(|| format!("no golden file of {name}"))?;
        writeln!(text, "\n## {name}\n\n{meaning}")?;
        for example in examples {
            writeln!(text, "\n```json\n{}\n```", example.trim_end())?;
        }
    }
    Ok(text)
}

/// Every event and what is said of it, in the order of the source.
fn meanings(source: &str) -> Vec<(String, String)> {
    let body = source.split("pub enum Event {").nth(1).unwrap_or_default();
    let mut found = Vec::new();
    let mut said = String::new();
    for line in body.lines().take_while(|line| *line != "}") {
        if let Some(more) = line.strip_prefix("    /// ") {
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(more);
        } else if let Some((name, _)) = line.trim_start().split_once(" {")
            && line.starts_with("    ")
            && !line.starts_with("     ")
        {
            found.push((name.to_owned(), std::mem::take(&mut said)));
        }
    }
    found
}

/// The golden files that hold an event, by its name.
fn examples() -> Result<BTreeMap<String, Vec<String>>> {
    let mut examples: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files_below(&root().join("domain/tests/golden"))? {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let of_event =
            text.strip_prefix("{\n  \"type\": \"").and_then(|rest| rest.split('"').next());
        if let Some(name) = of_event {
            examples.entry(name.to_owned()).or_default().push(text);
        }
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_current() -> Result<()> {
        let written = fs::read_to_string(page()).context("`cargo xtask catalogue` makes it")?;
        assert!(
            written == catalogue()?,
            "`cargo xtask catalogue` brings docs/events.md up to date"
        );
        Ok(())
    }

    #[test]
    fn every_event_says_what_it_means() {
        let source = "pub enum Event {\n    /// It takes\n    /// orders.\n    BarOpened {},\n    \
                      /// A drink.\n    OrderPlaced {\n        order: OrderId,\n    },\n}\n";
        let expected = [("BarOpened", "It takes orders."), ("OrderPlaced", "A drink.")];
        assert_eq!(meanings(source), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
