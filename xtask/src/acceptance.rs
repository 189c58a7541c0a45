//! The acceptance scenarios on both platforms: the laptop's server, and the same bar on the
//! stand-in for AWS. What became of each scenario on either is the report `target/parity.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::command::{cargo, output};
use crate::steps::Steps;
use crate::{server, workspace};

/// What scenarios need beside the server.
pub(crate) struct Needs {
    /// The Python with other people's clients.
    pub(crate) clients: PathBuf,
    /// The script of axe-core.
    pub(crate) axe: PathBuf,
    /// The program of all functions.
    pub(crate) lambda: PathBuf,
    /// The Python with the stand-in for AWS.
    pub(crate) stand_in: PathBuf,
}

/// Scenarios at once, on two processors: some wait for a browser, or for time to pass.
const AT_ONCE: &str = "--test-threads=3";

/// Runs every scenario on the laptop's server, then on the stand-in, less those that are listed
/// with a reason, and writes the report. Fails when a scenario fails, and when one was left out
/// that is not listed.
pub(crate) fn run_on_both(steps: &mut Steps, needs: &Needs) -> Result<()> {
    let laptop = steps.take("acceptance", || {
        let mut laptop = scenarios(needs);
        laptop.env("SERVERLESSPRESSO_BIN", server::binary());
        let laptop = outcomes(laptop.args(["--", AT_ONCE]))?;
        none_failed(&laptop)?;
        Ok(laptop)
    })?;
    steps.take("acceptance on the stand-in for AWS", || {
        let left_out = left_out()?;
        let all = all_scenarios()?;
        let mut aws = scenarios(needs);
        aws.env("SERVERLESSPRESSO_BIN", door());
        aws.env("SERVERLESSPRESSO_LAMBDA", &needs.lambda);
        aws.env("SERVERLESSPRESSO_STAND_IN_PYTHON", &needs.stand_in);
        aws.args(["--", AT_ONCE, "--exact"]);
        for LeftOut { scenario, .. } in &left_out {
            ensure!(all.contains(scenario), "{LIST} names `{scenario}`, which does not exist");
            aws.args(["--skip", scenario]);
        }
        let aws = outcomes(&mut aws)?;
        let report = workspace::target().join("parity.md");
        fs::write(&report, table(&all, &laptop, &aws, &left_out)).context("writing the report")?;
        eprintln!("    {}", summary(&laptop, &aws, &left_out));
        eprintln!("    scenario by scenario: {}", report.display());
        none_failed(&aws)?;
        let listed = |name: &String| left_out.iter().any(|listed| listed.scenario == *name);
        let missing: Vec<_> =
            all.iter().filter(|name| !listed(name) && !aws.contains_key(*name)).collect();
        ensure!(missing.is_empty(), "neither run nor listed in {LIST}: {missing:?}");
        Ok(())
    })
}

/// The scenarios that cannot run on the stand-in, each with its reason.
pub(crate) const LIST: &str = "tests/stand_in/cannot_run.md";

/// A scenario that cannot run on the stand-in.
struct LeftOut {
    scenario: String,
    because: String,
}

fn left_out() -> Result<Vec<LeftOut>> {
    let list = fs::read_to_string(workspace::root().join(LIST)).context(LIST)?;
    let rows: Vec<_> =
        list.lines().filter(|line| line.starts_with("| `")).map(row).collect::<Result<_>>()?;
    let mut names = BTreeSet::new();
    for LeftOut { scenario, .. } in &rows {
        ensure!(names.insert(scenario), "{LIST} names `{scenario}` twice");
    }
    Ok(rows)
}

fn row(line: &str) -> Result<LeftOut> {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [scenario, because, instead] = cells[..] else {
        anyhow::bail!("not three columns: {line}");
    };
    ensure!(!because.is_empty() && !instead.is_empty(), "no reason, or nothing instead: {line}");
    Ok(LeftOut { scenario: scenario.trim_matches('`').to_owned(), because: because.to_owned() })
}

/// Built with the scenarios, being of their package.
fn door() -> PathBuf {
    workspace::target().join("debug").join(format!("stand-in{}", std::env::consts::EXE_SUFFIX))
}

// For the whole workspace, like every other test: see `checks.rs`.
const SCENARIOS: [&str; 7] =
    ["test", "--locked", "--workspace", "--features", "backend/aws", "--test", "acceptance"];

fn scenarios(needs: &Needs) -> Command {
    let mut command = cargo(SCENARIOS);
    command.env("SERVERLESSPRESSO_PYTHON", &needs.clients);
    command.env("SERVERLESSPRESSO_AXE", &needs.axe);
    command
}

/// A scenario that checks nothing but measures, on the stand-in; what it says is not held back.
pub(crate) fn measurement(scenario: &str) -> Command {
    let mut command = cargo(SCENARIOS);
    command.args(["--", "--exact", "--ignored", "--nocapture", scenario]);
    command.env("SERVERLESSPRESSO_BIN", door());
    command
}

fn all_scenarios() -> Result<BTreeSet<String>> {
    let mut list = cargo(SCENARIOS);
    let list = output(list.args(["--", "--list", "--format", "terse"])).context("no list")?;
    Ok(list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// What became of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Ignored,
    /// Not a scenario: it takes pictures for people.
    ChecksNothing,
}

/// By the names of scenarios.
type Outcomes = BTreeMap<String, Outcome>;

/// Runs scenarios, shows what they say, and notes what became of each.
fn outcomes(command: &mut Command) -> Result<Outcomes> {
    let mut process = command.stdout(Stdio::piped()).spawn().context("cannot start Cargo")?;
    let said = BufReader::new(process.stdout.take().context("no output")?);
    let mut outcomes = Outcomes::new();
    for line in said.lines() {
        let line = line?;
        println!("{line}");
        outcomes.extend(outcome(&line));
    }
    let status = process.wait()?;
    let failed = outcomes.values().any(|outcome| *outcome == Outcome::Failed);
    ensure!(status.success() || failed, "the scenarios ended with {status}");
    Ok(outcomes)
}

fn outcome(line: &str) -> Option<(String, Outcome)> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let outcome = match outcome {
        "ok" => Outcome::Passed,
        "FAILED" => Outcome::Failed,
        ignored if ignored.starts_with("ignored, checks nothing") => Outcome::ChecksNothing,
        ignored if ignored.starts_with("ignored") => Outcome::Ignored,
        _ => return None,
    };
    Some((name.to_owned(), outcome))
}

fn none_failed(outcomes: &Outcomes) -> Result<()> {
    let others = outcomes.iter().filter(|(_, outcome)| match outcome {
        Outcome::Passed | Outcome::ChecksNothing => false,
        Outcome::Failed | Outcome::Ignored => true,
    });
    let others: Vec<_> = others.collect();
    ensure!(others.is_empty(), "not all scenarios passed: {others:?}");
    Ok(())
}

fn table(
    all: &BTreeSet<String>,
    laptop: &Outcomes,
    aws: &Outcomes,
    left_out: &[LeftOut],
) -> String {
    let mut table = format!("# Scenarios\n\n{}\n\n", summary(laptop, aws, left_out));
    table += "| scenario | laptop | AWS |\n| --- | --- | --- |\n";
    for name in all {
        let listed = left_out.iter().find(|left_out| left_out.scenario == *name);
        let on_aws = match (listed, aws.get(name)) {
            (Some(LeftOut { because, .. }), _) => format!("cannot run: {because}"),
            (None, outcome) => word(outcome).to_owned(),
        };
        // Writing to a string does not fail.
        let _ = writeln!(table, "| `{name}` | {} | {on_aws} |", word(laptop.get(name)));
    }
    table
}

fn word(outcome: Option<&Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Passed) => "passed",
        Some(Outcome::Failed) => "FAILED",
        Some(Outcome::Ignored) => "IGNORED",
        Some(Outcome::ChecksNothing) => "takes pictures",
        None => "not run",
    }
}

fn summary(laptop: &Outcomes, aws: &Outcomes, left_out: &[LeftOut]) -> String {
    let passed = |outcomes: &Outcomes| {
        outcomes.values().filter(|outcome| **outcome == Outcome::Passed).count()
    };
    format!(
        "passed: laptop {} of {}, AWS {} of {}; {} cannot run on the stand-in ({LIST})",
        passed(laptop),
        laptop.len(),
        passed(aws),
        aws.len(),
        left_out.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_scenario_is_read_off_its_line() {
        for (line, expected) in [
            ("test rush::of_200_phones ... ok", Some(Outcome::Passed)),
            ("test rush::of_200_phones ... FAILED", Some(Outcome::Failed)),
            ("test rush::of_200_phones ... ignored, too slow", Some(Outcome::Ignored)),
            ("test looks ... ignored, checks nothing: a picture", Some(Outcome::ChecksNothing)),
            ("test result: ok. 3 passed; 0 failed", None),
            ("running 3 tests", None),
        ] {
            assert_eq!(outcome(line).map(|found| found.1), expected, "{line}");
        }
    }

    #[test]
    fn every_scenario_left_out_has_a_reason_and_something_instead() -> Result<()> {
        assert!(row("| `a::b` | no such thing there |  |").is_err());
        assert!(row("| `a::b` | no such thing there |").is_err());
        let sources = crate::tidy::sources()?;
        let list = fs::read_to_string(workspace::root().join(LIST))?;
        assert!(!left_out()?.is_empty());
        for name in list.split('`').skip(1).step_by(2).filter(|word| word.contains('_')) {
            let name = name.rsplit("::").next().unwrap_or(name);
            let function = format!("fn {name}(");
            assert!(sources.iter().any(|(_, text)| text.contains(&function)), "{name}");
        }
        Ok(())
    }

    #[test]
    fn the_report_tells_what_ran_and_what_did_not() {
        let all = ["a", "b", "c"].map(str::to_owned).into();
        let passed = |name: &str| (name.to_owned(), Outcome::Passed);
        let laptop = ["a", "b", "c"].map(passed).into();
        let aws = [passed("a")].into();
        let because = "no TLS there".to_owned();
        let left_out = [LeftOut { scenario: "b".to_owned(), because }];
        let report = table(&all, &laptop, &aws, &left_out);
        for row in [
            "| `a` | passed | passed |",
            "| `b` | passed | cannot run: no TLS there |",
            "| `c` | passed | not run |",
        ] {
            assert!(report.lines().any(|line| line == row), "{row} in\n{report}");
        }
    }
}
