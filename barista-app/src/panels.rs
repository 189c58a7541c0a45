//! What opens over the lanes: one at a time, closed by its button, by Escape and by a press
//! outside.

mod cancelling;
mod recall;
mod sold_out;
mod walk_up;

use leptos::prelude::*;
use ui::element::{Element, div, live};
use ui::{dialog, notice};

use crate::bar_controls::{closing, pausing};
use crate::desk::Desk;

pub(crate) use cancelling::Asked;

/// One of them.
#[derive(Clone)]
pub(crate) enum Panel {
    Pause,
    Close,
    Cancel(Asked),
    WalkUp,
    Recall,
    SoldOut,
}

/// The one that is open.
pub(crate) fn panels(desk: Desk) -> AnyView {
    live(move || match desk.panel.get() {
        None => ().into_any(),
        Some(Panel::Pause) => pausing(desk),
        Some(Panel::Close) => closing(desk),
        Some(Panel::Cancel(asked)) => cancelling::cancelling(desk, asked),
        Some(Panel::WalkUp) => walk_up::walk_up(desk),
        Some(Panel::Recall) => recall::recall(desk),
        Some(Panel::SoldOut) => sold_out::sold_out(desk),
    })
}

/// The frame of all of them: a title, what must be read now, and what is asked.
pub(crate) fn sheet(desk: Desk, title: &str, body: Element) -> AnyView {
    let close = Callback::new(move |()| desk.closes());
    let body = div("sheet").child(notice()).child(body);
    dialog(title.to_owned(), close, body.done())
}
