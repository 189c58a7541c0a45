//! Where things are kept.

use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::Client;
use aws_types::SdkConfig;
use backend::aws::clients;
use backend::aws::cursors::DynamoCursors;
use backend::aws::dynamo_history::DynamoHistory;
use backend::aws::dynamo_log::{DynamoLog, Tables};
use backend::aws::dynamo_webhooks::DynamoWebhooks;
use backend::aws::hop_times::DynamoHopTimes;
use backend::aws::staff_table::StaffTable;
use backend::clock::Clock;
use backend::contract;
use domain::Timestamp;

/// Services at an address, with our tables.
#[derive(Clone)]
pub struct Place(String);

/// Names are kept that long after their entries.
pub const NAME_RETENTION_SECONDS: u32 = 172_800;

/// A clock that stands still.
struct Still(Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

impl Place {
    /// The services at this address, where our tables are made.
    pub async fn furnished(endpoint: String) -> Self {
        let place = Self(endpoint);
        crate::tables::make(&place.client()).await;
        place
    }

    /// What clients are made from.
    pub fn config(&self) -> SdkConfig {
        let credentials = Credentials::from_keys("test", "test", None);
        clients::config(
            credentials,
            "us-east-1".to_owned(),
            Some(self.0.clone()),
            clients::PATIENCE,
        )
    }

    fn client(&self) -> Client {
        Client::new(&self.config())
    }

    /// A log as a process of its own has it, at the moment of the contract's entries.
    pub fn log(&self) -> DynamoLog {
        self.log_at(contract::now())
    }

    /// The same at another moment.
    pub fn log_at(&self, now: Timestamp) -> DynamoLog {
        let [log, bars, names] = ["log", "bars", "names"].map(str::to_owned);
        let tables = Tables { log, bars, names };
        DynamoLog::new(self.client(), tables, NAME_RETENTION_SECONDS, Arc::new(Still(now)))
    }

    /// The history.
    pub fn history(&self) -> DynamoHistory {
        DynamoHistory::new(self.client(), "history".to_owned())
    }

    /// When they had been told.
    pub fn hop_times(&self) -> DynamoHopTimes {
        DynamoHopTimes::new(self.client(), "history".to_owned())
    }

    /// How far the sinks have been told.
    pub fn cursors(&self) -> DynamoCursors {
        DynamoCursors::new(self.client(), "bars".to_owned())
    }

    /// The webhooks.
    pub fn webhooks(&self) -> DynamoWebhooks {
        DynamoWebhooks::new(self.client(), "webhooks".to_owned())
    }

    /// What is kept of staff beside their passwords.
    pub fn staff(&self) -> StaffTable {
        StaffTable::new(self.client(), "staff".to_owned())
    }
}

/// Holds everything that needs but DynamoDB to its promises.
pub async fn keeps_the_promises_of_dynamodb(place: &Place) {
    let log = place.log();
    contract::a_log_keeps_what_it_is_given(&log).await;
    contract::a_log_has_no_gap_and_no_fork(&log).await;
    contract::a_log_lets_one_of_many_win(&log).await;
    contract::a_log_finds_commands(&log).await;
    contract::a_log_keeps_the_last_snapshot(&log).await;
    contract::names_are_kept_apart(&log, &log).await;
    let later = contract::now().plus_seconds(NAME_RETENTION_SECONDS);
    contract::names_go_in_time(&log, &place.log_at(later), &log).await;
    contract::a_tally_goes_into_the_log(&log, &log).await;
    let history = place.history();
    contract::a_history_is_kept_by_person(&history).await;
    contract::a_history_counts_who_was_turned_away(&history).await;
    contract::a_history_is_not_set_back(&history).await;
    contract::cursors_go_forward_only(&place.cursors()).await;
    contract::the_first_time_counts(&place.hop_times()).await;
    contract::webhooks_are_kept(&place.webhooks()).await;
    contract::the_newest_attempts_are_kept(&place.webhooks()).await;
    contract::a_bar_has_as_many_webhooks_as_it_may(&place.webhooks()).await;
}
