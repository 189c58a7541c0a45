//! The screens, one file each, and the parts several of them show.

mod cancelling;
mod confirm;
mod drinks;
mod ended;
mod header;
mod loading;
mod options;
mod ready;
mod refusal;
mod time_left;
mod waiting;
mod welcome;

pub(crate) use confirm::Confirm;
pub(crate) use drinks::Drinks;
pub(crate) use ended::{Cancelled, Collected, Expired};
pub(crate) use header::Header;
pub(crate) use loading::Loading;
pub(crate) use options::Options;
pub(crate) use ready::Ready;
pub(crate) use refusal::Refusal;
pub(crate) use waiting::Waiting;
pub(crate) use welcome::Welcome;
