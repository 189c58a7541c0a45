//! C1: what a thousand orders cost on AWS.
//!
//! Units are counted on the stand-in while a piece of a day is told, and scaled to the whole day.
//! What AWS meters without a request that could be counted is worked out here, from what the
//! deployment is and what AWS documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::build_lambda;
use super::first_order::machine;
use super::prices::{LIST, Prices, Units};
use crate::command::run;
use crate::steps::Steps;
use crate::{acceptance, apps, python, server, workspace};

/// Dollars for a thousand orders.
const BAR: f64 = 0.20;
/// What is counted, and what that is a part of.
const COUNTED: f64 = 200.0;
const ORDERS: f64 = 1000.0;
/// In which they are ordered, and how long each phone and the four other screens are connected.
const DAY_MINUTES: f64 = 480.0;
const PHONE_MINUTES: f64 = 10.0;
const SCREENS: f64 = 4.0;
/// Of each queue that a function is woken by: Lambda asks with five pollers, each of which waits
/// twenty seconds for an answer.
const POLLS_A_MINUTE: f64 = 5.0 * 3.0;
/// A function that is kept busy reads the secret so often.
const SECRET_MINUTES: f64 = 5.0;

/// The rows of the table: a service, and its units. Beside it what the workshop's own cost page
/// says of a thousand orders, where it says something.
const SERVICES: [(&str, &[&str], Option<f64>); 11] = [
    ("Step Functions", &["state_transitions"], Some(0.29)),
    ("IoT Core", &["iot_messages", "iot_minutes"], Some(0.01)),
    ("DynamoDB", &["dynamodb_writes", "dynamodb_reads"], Some(0.01)),
    ("API Gateway", &["api_requests"], Some(0.01)),
    ("Lambda", &["lambda_requests", "lambda_gb_seconds"], Some(0.01)),
    ("EventBridge", &["bus_events"], Some(0.01)),
    ("SQS", &["sqs_requests"], None),
    ("CloudWatch Logs", &["log_bytes"], None),
    ("Secrets Manager", &["secret_requests"], None),
    ("CloudFront (Amplify)", &["edge_requests", "edge_functions", "edge_bytes"], Some(0.28)),
    ("Cognito", &[], Some(0.0)),
];
const PUBLISHED: f64 = 0.62;
/// By the workshop's code, whose state machines take many more steps than its page counts.
const BY_ITS_CODE: f64 = 1.71;

/// Counts, prints the table, and fails above the bar.
pub(super) fn cost(steps: &mut Steps) -> Result<()> {
    server::build_apps(steps)?;
    let lambda = build_lambda(steps)?;
    let stand_in = steps.take("Python with the stand-in for AWS", python::stand_in)?;
    let folder = workspace::target().join("bench");
    let meter = folder.join("meter.tsv");
    steps.take("a piece of a day", || {
        fs::create_dir_all(&folder)?;
        // What was counted before is another day.
        fs::write(&meter, "")?;
        let mut day = acceptance::measurement("metered::a_piece_of_a_day");
        day.env("SERVERLESSPRESSO_STAND_IN_PYTHON", stand_in);
        day.env("SERVERLESSPRESSO_LAMBDA", lambda);
        day.env("SERVERLESSPRESSO_METER", &meter);
        run(day.env("SERVERLESSPRESSO_ORDERS", COUNTED.to_string()))
    })?;
    tell(&Counted::of(&fs::read_to_string(&meter)?)?, &meter)
}

fn tell(counted: &Counted, meter: &Path) -> Result<()> {
    let prices = Prices::read()?;
    let (files, bytes) = apps::first_load()?;
    let units = a_day(counted, files as f64, bytes as f64);
    println!("\n| service | units of 1,000 orders | dollars | published |");
    println!("| --- | --- | --- | --- |");
    let mut total = 0.0;
    for (service, names, published) in SERVICES {
        let mut dollars = 0.0;
        let mut told = Vec::new();
        for name in names {
            let amount = units.get(*name).copied().unwrap_or_default();
            dollars += prices.of_units(name, amount)?;
            told.push(format!("{} {}", rounded(amount), name.replace('_', " ")));
        }
        total += dollars;
        let published = published.map_or_else(String::new, |published| format!("{published:.2}"));
        println!("| {service} | {} | {dollars:.4} | {published} |", told.join(", "));
    }
    println!("| **together** | | **{total:.3}** | **{PUBLISHED:.2}** |\n");
    println!("The published figure is the workshop's; by its own code it is {BY_ITS_CODE}.");
    println!("Prices: {LIST}. Durations: {}. Every unit: {}", machine(), meter.display());
    ensure!(total <= BAR, "${total:.3} for a thousand orders is more than ${BAR:.2}");
    Ok(())
}

/// What the stand-in counted.
struct Counted {
    units: Units,
    /// Queues that functions are woken by.
    queues: BTreeSet<String>,
    /// Roles that read the secret.
    roles: BTreeSet<String>,
}

impl Counted {
    /// From the lines of the meter between `begin` and `end`: `<unit> <amount> <what for>`.
    fn of(meter: &str) -> Result<Self> {
        let (_, counted) = meter.split_once("begin\t0\t\n").context("counting never began")?;
        let (counted, _) = counted.split_once("end\t0\t\n").context("counting never ended")?;
        let mut of = Self { units: Units::new(), queues: BTreeSet::new(), roles: BTreeSet::new() };
        for line in counted.lines() {
            let cells: Vec<_> = line.split('\t').collect();
            let [unit, amount, what] = cells[..] else {
                anyhow::bail!("not three columns: {line}");
            };
            *of.units.entry(unit.to_owned()).or_default() += amount.parse::<f64>()?;
            if let Some(queue) = what.strip_prefix("receive ") {
                of.queues.insert(queue.to_owned());
            }
            if unit == "secret_requests" {
                of.roles.insert(what.to_owned());
            }
        }
        Ok(of)
    }
}

/// The units of a whole day; a first load of the ordering app is so many files and bytes.
fn a_day(counted: &Counted, files: f64, bytes: f64) -> Units {
    let scale = ORDERS / COUNTED;
    let mut units: Units =
        counted.units.iter().map(|(unit, amount)| (unit.clone(), amount * scale)).collect();
    let mut add = |unit: &str, amount: f64| *units.entry(unit.to_owned()).or_default() += amount;
    add("iot_minutes", ORDERS * PHONE_MINUTES + SCREENS * DAY_MINUTES);
    add("sqs_requests", counted.queues.len() as f64 * POLLS_A_MINUTE * DAY_MINUTES);
    let requests = counted.units.get("api_requests").copied().unwrap_or_default() * scale;
    let api_bytes = counted.units.get("api_bytes").copied().unwrap_or_default() * scale;
    // Each request passes the edge, where a function says who asks or which file is meant.
    let edge = requests + ORDERS * files;
    add("edge_requests", edge);
    add("edge_functions", edge);
    add("edge_bytes", api_bytes + ORDERS * bytes);
    // Told five times as fast as it happens, the secret is read too rarely.
    let reads = DAY_MINUTES / SECRET_MINUTES * counted.roles.len() as f64;
    units.insert("secret_requests".to_owned(), reads);
    units
}

/// Three digits, and commas.
fn rounded(amount: f64) -> String {
    let digits = format!("{amount:.0}");
    let places = digits.len();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (places - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const METER: &str = "api_requests\t1.0\tbefore\nbegin\t0\t\napi_requests\t1.0\tGET\n\
                         sqs_requests\t1.0\treceive timers\nsecret_requests\t1.0\tapi\n\
                         api_bytes\t100.0\tGET\nend\t0\t\napi_requests\t1.0\tafter\n";

    #[test]
    fn what_is_counted_is_counted_between_begin_and_end_and_scaled() -> Result<()> {
        let units = a_day(&Counted::of(METER)?, 6.0, 1000.0);
        let expected = [
            ("api_requests", 5.0),
            ("edge_requests", 6005.0),
            ("edge_bytes", 1_000_500.0),
            ("iot_minutes", 11_920.0),
            ("sqs_requests", 7205.0),
            ("secret_requests", 96.0),
        ];
        for (unit, amount) in expected {
            assert!((units[unit] - amount).abs() < 1e-6, "{unit}: {}", units[unit]);
        }
        assert!(Counted::of("begin\t0\t\n").is_err());
        Ok(())
    }

    #[test]
    fn every_unit_of_the_table_has_a_price() -> Result<()> {
        let prices = Prices::read()?;
        for name in SERVICES.iter().flat_map(|(_, names, _)| *names) {
            assert!(prices.of_units(name, 1.0)? > 0.0, "{name}");
        }
        let published: f64 = SERVICES.iter().filter_map(|(_, _, published)| *published).sum();
        assert!((published - PUBLISHED).abs() < 0.005);
        Ok(())
    }

    #[test]
    fn amounts_are_read_in_threes() {
        for (amount, text) in
            [(0.4, "0"), (999.0, "999"), (1000.0, "1,000"), (1_234_567.0, "1,234,567")]
        {
            assert_eq!(rounded(amount), text);
        }
    }
}
