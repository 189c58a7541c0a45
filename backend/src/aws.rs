//! AWS: everything is kept by services, and any number of environments of one Lambda function
//! serve at once.

mod admin;
mod authorizer;
mod batch;
pub mod bus;
pub mod clients;
pub mod cognito_identity;
pub mod cursors;
pub mod dynamo_history;
pub mod dynamo_log;
pub mod dynamo_webhooks;
mod environment;
mod function;
mod gateway;
pub mod hop_times;
mod invocation;
mod item;
mod journal;
pub mod live;
mod live_policy;
pub mod relay;
pub mod secret;
pub mod staff_table;
#[cfg(test)]
mod tests;
mod timers;
pub mod user_pool;
pub(crate) mod webhooks;

use self::environment::Environment;
use self::function::Function;
use self::journal::Journal;

/// Reads the environment, makes everything ready, and answers invocations until the environment
/// ends. An error is one sentence for whoever reads the log.
pub async fn main() -> anyhow::Result<()> {
    tracing::subscriber::set_global_default(Journal)?;
    let environment = Environment::read(|name| std::env::var(name).ok())?;
    let function = Function::compose(environment).await?;
    invocation::answer_all(&function).await
}
