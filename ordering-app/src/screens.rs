//! The screens, one file each, and the parts several of them show.
//!
//! Drawn with `ui::element`, because this app is loaded over a crowded hall's network. What a
//! screen shows is given to it whole; when that changes it is drawn again, and Leptos changes what
//! differs. Closures are only for what moves by itself: clocks, and what is chosen.

mod cancelling;
mod confirm;
mod drinks;
mod ended;
mod header;
mod options;
mod parts;
mod plain;
mod ready;
mod refusal;
mod waiting;
mod welcome;

pub(crate) use confirm::confirm;
pub(crate) use drinks::drinks;
pub(crate) use ended::{cancelled, collected, expired};
pub(crate) use header::header;
pub(crate) use options::options;
pub(crate) use plain::{bars, loading, lost};
pub(crate) use ready::ready;
pub(crate) use refusal::refusal;
pub(crate) use waiting::waiting;
pub(crate) use welcome::welcome;
