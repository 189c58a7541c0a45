//! What a function answers that is called with several things at once.

use serde::Serialize;

/// Which of them are to come again: everything not named is done.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchResponse {
    batch_item_failures: Vec<Failure>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
}

impl BatchResponse {
    /// These come again, and of a stream everything after the first of them.
    pub fn again(failed: impl IntoIterator<Item = String>) -> Self {
        let failures = failed.into_iter().map(|item_identifier| Failure { item_identifier });
        Self { batch_item_failures: failures.collect() }
    }

    /// What comes again.
    #[cfg(test)]
    pub(super) fn failed(&self) -> impl Iterator<Item = &str> {
        self.batch_item_failures.iter().map(|failure| failure.item_identifier.as_str())
    }
}
