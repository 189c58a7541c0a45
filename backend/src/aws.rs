//! AWS: everything is kept by services, and any number of environments of one Lambda function
//! serve at once.

pub mod bus;
pub mod clients;
pub mod cognito_identity;
pub mod cursors;
pub mod dynamo_history;
pub mod dynamo_log;
mod item;
pub mod live;
pub mod live_policy;
pub mod relay;
pub mod secret;
pub mod staff_table;
pub mod user_pool;
