//! The screens, one file each, and the parts several of them show.
//!
//! Most are drawn anew, whole, when what they show has changed. They make do with few kinds of
//! elements and attributes, and every condition, loop and closure in them yields `AnyView` or
//! text: each further kind is a thousand bytes of a phone's download.

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
