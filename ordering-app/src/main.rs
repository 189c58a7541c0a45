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
mod guest;
mod guest_session;
mod look;
mod memory;
mod refused;
#[cfg(test)]
mod samples;
mod screen;
mod screens;
mod updates;
mod visit;
mod words;

fn main() {
    ui::start(memory::SESSION, app::app);
}
