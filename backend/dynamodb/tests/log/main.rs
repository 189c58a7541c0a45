//! What is kept in DynamoDB.

mod served;

use std::sync::Arc;

use backend::contract;
use backend::ports::Log;

#[tokio::test]
async fn dynamodb_keeps_the_promises() {
    let served = served::tables().await;
    let log = served.log();
    contract::a_log_keeps_what_it_is_given(&log).await;
    contract::a_log_has_no_gap_and_no_fork(&log).await;
    contract::a_log_lets_one_of_many_win(&log).await;
    contract::a_log_finds_commands(&log).await;
    contract::a_log_keeps_the_last_snapshot(&log).await;
    contract::names_are_kept_apart(&log, &log).await;
    let history = served.history();
    contract::a_history_is_kept_by_person(&history).await;
    contract::a_history_counts_who_was_turned_away(&history).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_200_guests_at_8_processes_as_many_come_in_as_may_a_hundred_times() {
    let served = served::tables().await;
    // Each process has a client and a memory of its own.
    let logs: Vec<Arc<dyn Log>> = (0..8).map(|_| Arc::new(served.log()) as Arc<dyn Log>).collect();
    let storm = contract::a_shared_log_lets_in_as_many_as_may(&logs, 100, 200).await;
    println!("{storm:?}");
}
