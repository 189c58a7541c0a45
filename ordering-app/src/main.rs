//! The guest's phone: from the scan to the cup.
//!
//! `visit` is what is known, `draft` what is being chosen, `screen` the function from both to what
//! is shown; `screens` are its views, one file each, and `guest` with `commands` what they share.
//!
//! What this app must not know: other guests, the queue, and what platform answers.

mod address;
mod announce;
mod app;
mod backward;
mod commands;
mod draft;
mod going_on;
mod guest;
mod guest_session;
mod look;
mod memory;
mod pending;
mod refused;
#[cfg(test)]
mod samples;
mod screen;
mod screens;
mod signals;
mod updates;
mod visit;
mod words;

fn main() {
    ui::start_once(ui::session::GUEST, app::app);
}
