//! Named, timed steps: what a person reads while it works, and the table at the end.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps of one invocation, in the order they were taken.
#[derive(Default)]
pub(crate) struct Steps {
    taken: Vec<(String, Duration)>,
}

impl Steps {
    /// Announces the step, does it, and says how long it took. An error carries the step's name.
    pub(crate) fn take<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n==> {name}");
        let start = Instant::now();
        let outcome = work();
        let elapsed = start.elapsed();
        self.taken.push((name.to_owned(), elapsed));
        let ending = if outcome.is_ok() { "took" } else { "FAILED after" };
        eprintln!("    {name}: {ending} {}", seconds(elapsed));
        outcome.with_context(|| format!("the step \"{name}\" failed"))
    }

    /// One line for each step, then the sum.
    pub(crate) fn table(&self) -> String {
        let total: Duration = self.taken.iter().map(|(_, elapsed)| *elapsed).sum();
        let rows = self.taken.iter().map(|(name, elapsed)| (name.as_str(), *elapsed));
        let mut table = String::new();
        for (name, elapsed) in rows.chain([("all of it", total)]) {
            table += &format!("{:>9}  {name}\n", seconds(elapsed));
        }
        table
    }
}

fn seconds(elapsed: Duration) -> String {
    format!("{:.1} s", elapsed.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_its_step_and_is_in_the_table() {
        let mut steps = Steps::default();
        assert_eq!(steps.take("first", || Ok(7)).ok(), Some(7));
        let refused = steps.take::<()>("second", || anyhow::bail!("no flour"));

        let text = format!("{:#}", refused.expect_err("the work failed"));
        assert_eq!(text, "the step \"second\" failed: no flour");
        let table = steps.table();
        let names: Vec<_> = table.lines().map(|line| line[11..].trim()).collect();
        assert_eq!(names, ["first", "second", "all of it"]);
    }
}
