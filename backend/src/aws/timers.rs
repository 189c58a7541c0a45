//! Every minute, and whoever reads or writes a bar in between: what has run out is ended.

use serde_json::Value;

use super::invocation::Answer;
use crate::app::App;

/// Ends what has run out at every bar.
pub(super) async fn answer(app: &App) -> anyhow::Result<Answer> {
    // An error is what the alarm counts.
    anyhow::ensure!(app.tick().await, "not every bar is up to date; lines above say why");
    Ok(Answer { value: Value::Null, route: "minute".to_owned(), status: 200 })
}
