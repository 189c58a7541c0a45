//! Where things are on a screen: CSS selectors made of the test ids of `product.md`.

use domain::Step;

/// The element with a test id.
pub(crate) fn id(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

/// An element inside another.
pub(crate) fn within(outer: &str, inner: &str) -> String {
    format!("{outer} {inner}")
}

/// A drink of the menu.
pub(crate) fn drink(slug: &str) -> String {
    id(&format!("drink-{slug}"))
}

/// An option of a group.
pub(crate) fn option(group: &str, slug: &str) -> String {
    id(&format!("option-{group}-{slug}"))
}

/// The ticket of a number, in whichever lane.
pub(crate) fn ticket(number: u32) -> String {
    id(&format!("ticket-{number}"))
}

/// The button of a ticket for a step.
pub(crate) fn button(number: u32, step: Step) -> String {
    within(&ticket(number), &format!("[data-command=\"{}\"]", step.as_str()))
}

/// The card of a number, in whichever half of the board.
pub(crate) fn card(number: u32) -> String {
    id(&format!("board-{number}"))
}
