//! The overhead monitor: the code to scan, what is being prepared, what is ready.
//!
//! `monitor` keeps the views current; `invitation` (the code, or why there is none) and `board`
//! (the numbers) draw them. `layout`, `qr` and `short` are the pure parts.
//!
//! What this app must not know: guests, the queue behind the board, and what platform answers.

mod app;
mod board;
mod invitation;
mod layout;
mod monitor;
mod qr;
mod short;
mod sign_in;
mod updates;
mod words;

fn main() {
    ui::start("serverlesspresso.display", app::app);
}
