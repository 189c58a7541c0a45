//! L1: from the start of a process to its first order, our function beside the same in Node.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::build_lambda;
use crate::acceptance;
use crate::command::output;
use crate::steps::Steps;
use crate::{npm, python, server};

/// Of Node's CPU time.
const BAR: f64 = 0.25;

/// Measures both in turn, prints the table, and fails when ours needs more than the bar.
pub(super) fn first_order(steps: &mut Steps) -> Result<()> {
    server::build_apps(steps)?;
    let lambda = build_lambda(steps)?;
    let stand_in = steps.take("Python with the stand-in for AWS", python::stand_in)?;
    let node = steps.take("Node and its SDK", npm::first_order)?;
    let measured = steps.take("first orders", || {
        let mut run = acceptance::measurement("first_order::first_orders");
        run.env("SERVERLESSPRESSO_STAND_IN_PYTHON", stand_in);
        run.env("SERVERLESSPRESSO_LAMBDA", lambda);
        run.env("SERVERLESSPRESSO_NODE", &node.binary);
        run.env("SERVERLESSPRESSO_NODE_PROGRAM", &node.program);
        output(&mut run).context("the measurement failed")
    })?;
    let (ours, node) = (Starts::of("ours", &measured)?, Starts::of("node", &measured)?);
    let ratio = ours.cpu / node.cpu;
    println!("\n| process start to first order, medians of {} | CPU, ms | time, ms |", ours.count);
    println!("| --- | --- | --- |");
    for (name, starts) in [("ours", &ours), ("Node 20, SDK v3", &node)] {
        println!("| {name} | {:.1} | {:.1} |", starts.cpu * 1e3, starts.took * 1e3);
    }
    println!("| ours of Node's | {ratio:.3} | {:.3} |\n", ours.took / node.took);
    println!("bar: {BAR} of the CPU time, on {}", machine());
    ensure!(ratio <= BAR, "{ratio:.3} of Node's CPU time is more than {BAR}");
    Ok(())
}

/// Medians, in seconds.
struct Starts {
    count: usize,
    cpu: f64,
    took: f64,
}

impl Starts {
    /// Those of a program, from the lines `measured <program> <cpu> <took>`.
    fn of(program: &str, measured: &str) -> Result<Self> {
        let lines = measured.lines().filter_map(|line| line.split_once("measured\t"));
        let rows = lines.filter_map(|(_, row)| row.strip_prefix(program)?.strip_prefix('\t'));
        let rows: Vec<Vec<f64>> = rows
            .map(|row| row.split('\t').map(|value| Ok(value.trim().parse()?)).collect())
            .collect::<Result<_>>()?;
        let column = |place: usize| -> Result<f64> {
            let values: Option<Vec<f64>> = rows.iter().map(|row| row.get(place).copied()).collect();
            median(values.context("a value is missing")?).context("nothing was measured")
        };
        Ok(Self { count: rows.len(), cpu: column(0)?, took: column(1)? })
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (lower, upper) =
        (values.get((values.len().max(1) - 1) / 2)?, values.get(values.len() / 2)?);
    Some((lower + upper) / 2.0)
}

/// What it was measured on.
pub(super) fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| "this machine".to_owned(), |(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_what_was_measured() -> Result<()> {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
        let measured = "running 1 test\nmeasured\tours\t0.010\t0.1\nmeasured\tnode\t0.2\t0.4\n\
                        measured\tours\t0.030\t0.2\ntest x ... ok";
        let ours = Starts::of("ours", measured)?;
        assert_eq!(ours.count, 2);
        assert!((ours.cpu - 0.02).abs() < 1e-9 && (ours.took - 0.15).abs() < 1e-9);
        assert!(Starts::of("rust", measured).is_err());
        Ok(())
    }
}
