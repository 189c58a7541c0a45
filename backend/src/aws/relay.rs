//! The role `relay`: woken by what is written to the log's table, and every minute.

use std::collections::{BTreeMap, BTreeSet};

use domain::BarId;
use serde::Deserialize;

use super::batch::BatchResponse;
use crate::ports::Unavailable;
use crate::relay::WokenRelay;

/// What the function is called with: records of the log's stream, or anything else.
#[derive(Debug, Deserialize)]
pub struct Event {
    #[serde(rename = "Records", default)]
    records: Option<Vec<Record>>,
}

/// That something was written to a log. What it was is read there.
#[derive(Debug, Deserialize)]
struct Record {
    dynamodb: Written,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Written {
    sequence_number: String,
    keys: Keys,
}

#[derive(Debug, Deserialize)]
struct Keys {
    bar: Text,
}

#[derive(Debug, Deserialize)]
struct Text {
    #[serde(rename = "S")]
    text: String,
}

/// Tells what the bars of these records have to tell, or, when there are none, every bar what it
/// should have told before. Only when those cannot even be listed does it fail as a whole.
pub async fn handle(event: Event, relay: &WokenRelay) -> Result<BatchResponse, Unavailable> {
    let Some(records) = event.records else {
        relay.catch_up().await?;
        return Ok(BatchResponse::default());
    };
    let mut failures = Vec::new();
    let mut first_of: BTreeMap<BarId, String> = BTreeMap::new();
    // The stream is in order: the first record of a bar has its lowest number.
    for Record { dynamodb: Written { sequence_number, keys } } in records {
        match keys.bar.text.parse() {
            Ok(bar) => {
                first_of.entry(bar).or_insert(sequence_number);
            }
            // Kept among the dead letters in the end.
            Err(_) => failures.push(sequence_number),
        }
    }
    let woken: BTreeSet<_> = first_of.keys().cloned().collect();
    let failed = relay.wake(woken.clone()).await;
    failures.extend(failed.iter().filter_map(|bar| first_of.remove(bar)));
    if !failures.is_empty() {
        // The stream now stands still until these can be told: others are not to wait for that.
        let others = relay.bars().await?.difference(&woken).cloned().collect();
        relay.wake(others).await;
    }
    Ok(BatchResponse::again(failures))
}
