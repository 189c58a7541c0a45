//! The journey of one order: every step with its time, for its guest; for staff also who took it,
//! and how long it took until everybody had heard.
//!
//! A page of its own, so that a phone that orders need not load it. `followed` is what is known and
//! how it is kept current, `page` what is shown of it: `summary` above, `timeline` below, `hops`
//! beside each step.
//!
//! What this page must not know: how an order is moved along, and what platform answers.

mod followed;
mod hops;
mod page;
mod plain;
mod reader;
mod summary;
mod timeline;
mod words;

fn main() {
    ui::start_once(reader::Reader::here().session(), page::page);
}
