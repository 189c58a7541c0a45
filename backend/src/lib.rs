//! The one backend of the coffee bar. It carries what `domain` decides: loads the bar, appends to
//! its log, answers, and tells every screen.
//!
//! The laptop and AWS differ only in the adapters behind [`ports`]; each has its own `compose`.
//!
//! What this crate must not know: any rule of the bar. Admission, statuses, waits, numbers and
//! deadlines are in `domain`.

pub mod app;
#[cfg(feature = "aws")]
pub mod aws;
pub mod clock;
mod code;
mod config;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
mod demonstration;
mod host;
pub mod http;
mod key;
mod link;
#[cfg(feature = "local")]
pub mod local;
#[cfg(any(test, feature = "contract"))]
#[cfg_attr(not(test), expect(dead_code, reason = "contracts elsewhere break no disk"))]
mod memory;
mod metrics;
mod people;
pub mod ports;
mod rate;
pub mod relay;
#[cfg(any(test, feature = "contract"))]
mod scenarios;
pub mod secret;
mod session;
mod snapshot;
mod turned_away;
mod turns;
pub mod webhooks;

pub use config::Settings;
