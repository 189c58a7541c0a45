//! Where an order is, in a word.

use domain::Status;
use domain::text;
use leptos::prelude::*;

use crate::element::span;
use crate::language;

/// The status word of an order, coloured and shaped by `data-status`.
pub fn status_badge(status: Status, testid: &'static str) -> AnyView {
    span("badge")
        .testid(testid)
        .attr("data-status", status.as_str())
        .text(text::status(language::current(), status))
        .done()
}
