//! What is promised of a log that several processes append to.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use domain::api::path;
use domain::{Code, Event};
use futures_util::future::join_all;
use serde_json::json;

use crate::ports::{Log, Tally};
use crate::scenarios::door::House;

/// Uses of a code, as a new bar has them.
const USES: usize = 10;
const WINDOW_SECONDS: i64 = 300;

/// What came of a round: how many came in, and how many were asked to come again at first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Storm {
    /// Guests who were let in.
    pub let_in: usize,
    /// Guests who were refused.
    pub refused: usize,
    /// Answers that were 503.
    pub unavailable: usize,
}

/// Of any number of guests who redeem a code at once at processes that share a log, each on its
/// own of `logs`, as many come in as the code has uses, round after round, and every other is told
/// why not. Whoever is told to come again asks the same again and learns what became of it. Nobody
/// is lost: what the log counts is what was answered.
pub async fn a_shared_log_lets_in_as_many_as_may<L: Log + Tally + 'static>(
    logs: &[Arc<L>],
    rounds: usize,
    guests: usize,
) -> Storm {
    let houses = House::sharing(logs).await;
    let mut storm = Storm::default();
    for round in 0..rounds {
        let code = houses[0].staff("bea").await.code().await;
        let redeem = async |number: usize| {
            let guest = houses[number % houses.len()].guest().await;
            let command = format!("command-{round}-{number}");
            let body = json!({"code": code["code"], "command_id": command});
            let mut again = 0;
            loop {
                let (status, answer) =
                    guest.posts(&path::orders(&houses[0].bar()), body.clone()).await;
                match status {
                    StatusCode::CREATED => return (true, again),
                    StatusCode::CONFLICT => {
                        assert_eq!(answer["code"], "code_used_up", "{answer}");
                        return (false, again);
                    }
                    StatusCode::SERVICE_UNAVAILABLE => again += 1,
                    _ => panic!("{status} {answer}"),
                }
            }
        };
        let answers = join_all((0..guests).map(redeem)).await;
        let let_in = answers.iter().filter(|(in_now, _)| *in_now).count();
        assert_eq!(let_in, USES.min(guests), "round {round}");
        storm.let_in += let_in;
        storm.refused += answers.len() - let_in;
        storm.unavailable += answers.iter().map(|(_, again)| again).sum::<usize>();
        for house in &houses {
            house.pass(WINDOW_SECONDS);
        }
    }
    // Once a minute one of them writes down how many it has turned away.
    for _ in &houses {
        for house in &houses {
            house.pass(60);
        }
        for house in &houses {
            house.app.nudge(&house.bar()).await.expect("nobody else is there");
        }
    }
    check(&*logs[0], &houses[0], storm).await;
    storm
}

/// The log has no gap, and counts what was answered.
async fn check(log: &dyn Log, house: &House, storm: Storm) {
    let entries = log.read(&house.bar(), 0, u32::MAX).await.expect("read");
    let seqs = entries.iter().map(|entry| entry.seq);
    assert!(seqs.eq(1..=entries.len() as u64), "a gap");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for event in entries.iter().flat_map(|entry| &entry.events) {
        if let Event::CodeRedeemed { .. } = event {
            *counts.entry("in").or_default() += 1;
        } else if let Event::OrderExpired { .. } = event {
            *counts.entry("expired").or_default() += 1;
        } else if let Event::GuestsTurnedAway { counts: away, .. } = event {
            let away = away.get(&Code::CodeUsedUp).copied().unwrap_or(0);
            *counts.entry("away").or_default() += away as usize;
        }
    }
    let expected = [("away", storm.refused), ("expired", storm.let_in), ("in", storm.let_in)];
    let expected = expected.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(counts, expected);
    for (entry, next) in entries.iter().zip(&entries[1..]) {
        assert!(entry.at <= next.at, "{next:?}");
    }
}

#[cfg(test)]
mod memory {
    use super::*;
    use crate::memory::{Crowded, Memory};

    #[tokio::test(start_paused = true)]
    async fn many_who_share_a_log_let_in_as_many_as_may() {
        let memory = Arc::new(Memory::default());
        let logs: Vec<_> = (0..8).map(|_| Arc::new(Crowded::new(memory.clone()))).collect();
        let storm = a_shared_log_lets_in_as_many_as_may(&logs, 3, 50).await;
        assert_eq!((storm.let_in, storm.refused), (30, 120));
    }
}
