//! The overhead monitor: the code to scan, what is being prepared, what is ready.
//!
//! `updates` keeps the views current; `monitor` draws them: `invitation` the code, or by `scene`
//! why there is none, and `board` the numbers, of which `spread` is the page that is shown.
//! `layout`, `scene` and `short` are the pure parts. Before all that, `pairing`.
//!
//! What this app must not know: guests, the queue behind the board, and what platform answers.

mod app;
mod board;
mod invitation;
mod layout;
mod monitor;
mod pairing;
mod ruler;
mod scene;
mod short;
mod sign_in;
mod spread;
mod updates;
mod words;

fn main() {
    ui::start("serverlesspresso.display", app::app);
}
