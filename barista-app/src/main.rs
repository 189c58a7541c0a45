//! The tablet behind the bar: sign in, work the queue, open and close the bar.
//!
//! `app` decides which screen is shown; `counter` is the working screen and holds its views;
//! everything below it draws. What this app must not know: which platform answers it.

#![expect(
    unreachable_pub,
    reason = "Leptos makes a component's properties public, whatever the component is"
)]

mod app;
mod bar_choice;
mod bar_controls;
mod cancelling;
mod counter;
mod header;
mod lane;
mod order_words;
mod sign_in;
mod ticket;
mod words;

fn main() {
    ui::start("serverlesspresso.barista", app::App);
}
