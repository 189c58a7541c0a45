//! The bus on EventBridge.

use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use domain::BusEvent;
use domain::bus::SOURCE;

use crate::ports::{Bus, Unavailable};

/// EventBridge takes so many entries at once.
const MOST: usize = 10;
/// And so many bytes; each entry counts this much beside its texts, for its time.
const LONGEST: usize = 256 * 1024;
const TIME: usize = 14;
/// How often entries are handed over that are refused alone, and how long to wait between.
const TRIES: u32 = 3;
const BETWEEN: Duration = Duration::from_millis(100);

/// A bus of EventBridge.
pub struct EventBridgeBus {
    client: Client,
    bus: String,
}

impl EventBridgeBus {
    /// The bus of this name.
    pub fn new(client: Client, bus: String) -> Self {
        Self { client, bus }
    }

    fn entry(&self, event: &BusEvent) -> PutEventsRequestEntry {
        let detail = serde_json::to_string(event).expect("events are plain data");
        PutEventsRequestEntry::builder()
            .event_bus_name(&self.bus)
            .source(SOURCE)
            .detail_type(event.event.name())
            .detail(detail)
            .time(DateTime::from_millis(event.at.millis()))
            .build()
    }

    /// Hands entries over in one call and answers those that were refused, in their order.
    async fn put(
        &self,
        entries: Vec<PutEventsRequestEntry>,
    ) -> Result<Vec<PutEventsRequestEntry>, Unavailable> {
        let put = self.client.put_events().set_entries(Some(entries.clone()));
        let answer = put.send().await.map_err(Unavailable::new)?;
        Ok(refused(entries, answer.entries().iter().map(|entry| entry.error_code().is_some())))
    }
}

#[async_trait]
impl Bus for EventBridgeBus {
    async fn publish(&self, events: &[BusEvent]) -> Result<(), Unavailable> {
        let entries = events.iter().map(|event| self.entry(event)).collect();
        for mut call in calls(entries) {
            let mut tries = 0;
            loop {
                call = self.put(call).await?;
                tries += 1;
                if call.is_empty() {
                    break;
                }
                if tries == TRIES {
                    return Err(Unavailable::new(format!("{} events were refused", call.len())));
                }
                tokio::time::sleep(BETWEEN * tries).await;
            }
        }
        Ok(())
    }
}

/// Entries that may be handed over together, in order.
fn calls(entries: Vec<PutEventsRequestEntry>) -> Vec<Vec<PutEventsRequestEntry>> {
    let mut calls: Vec<Vec<_>> = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        let size = size(&entry);
        match calls.last_mut() {
            Some(call) if call.len() < MOST && bytes + size <= LONGEST => {
                bytes += size;
                call.push(entry);
            }
            Some(_) | None => {
                bytes = size;
                calls.push(vec![entry]);
            }
        }
    }
    calls
}

/// As EventBridge counts it.
fn size(entry: &PutEventsRequestEntry) -> usize {
    let texts = [entry.source(), entry.detail_type(), entry.detail()];
    TIME + texts.into_iter().flatten().map(str::len).sum::<usize>()
}

fn refused<T>(entries: Vec<T>, is_refused: impl Iterator<Item = bool>) -> Vec<T> {
    entries.into_iter().zip(is_refused).filter_map(|(entry, no)| no.then_some(entry)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(length: usize) -> PutEventsRequestEntry {
        PutEventsRequestEntry::builder().detail("x".repeat(length)).build()
    }

    fn lengths(of: &[usize]) -> Vec<Vec<usize>> {
        let calls = calls(of.iter().map(|&length| entry(length)).collect());
        let length = |entry: &PutEventsRequestEntry| entry.detail().map_or(0, str::len);
        calls.iter().map(|call| call.iter().map(length).collect()).collect()
    }

    #[test]
    fn a_call_has_ten_entries_and_256_kilobytes_at_most() {
        assert_eq!(lengths(&[]), Vec::<Vec<usize>>::new());
        let sizes: Vec<_> = lengths(&[1; 23]).iter().map(Vec::len).collect();
        assert_eq!(sizes, [10, 10, 3]);
        let half = LONGEST / 2 - TIME;
        assert_eq!(lengths(&[half, half, 1]), [vec![half, half], vec![1]]);
        assert_eq!(lengths(&[half, half + 1, 1]), [vec![half], vec![half + 1, 1]]);
        assert_eq!(lengths(&[2 * LONGEST, 1]), [vec![2 * LONGEST], vec![1]]);
    }

    #[test]
    fn who_is_refused_is_handed_over_again_alone_and_in_order() {
        let again = refused(vec!['a', 'b', 'c', 'd'], [false, true, false, true].into_iter());
        assert_eq!(again, ['b', 'd']);
    }
}
