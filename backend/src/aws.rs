//! AWS: everything is kept by services, and any number of environments of one Lambda function
//! serve at once.

pub mod clients;
pub mod dynamo_history;
pub mod dynamo_log;
mod item;
pub mod live_policy;
