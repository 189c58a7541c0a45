//! The strip under the lanes: what is to be made in all, the way back, and what else the bar does.

use leptos::prelude::*;
use ui::element::{button, div, element};
use ui::language;

use crate::all_day::all_day;
use crate::desk::Desk;
use crate::panels::Panel;
use crate::undo::undo_bar;
use crate::words;

/// Walk-ups, what was collected, what is sold out; the counts; the undo bar.
pub(crate) fn tools(desk: Desk) -> AnyView {
    let language = language::current();
    let opens = |testid: &'static str, panel: Panel, words: &'static str| {
        button("button", move || desk.opens(panel.clone())).testid(testid).text(words)
    };
    let buttons = div("tool-buttons")
        .child(opens("walk-up", Panel::WalkUp, words::walk_up(language)))
        .child(opens("recall", Panel::Recall, words::recall(language)))
        .child(opens("sold-out", Panel::SoldOut, words::sold_out(language)));
    element("FOOTER", "tools").child(buttons).child(all_day(desk)).child(undo_bar(desk)).done()
}
