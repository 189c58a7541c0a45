//! The tablet behind the bar: sign in, work the queue, open, pause and close the bar.
//!
//! `app` decides which screen is shown; `desk` holds what the working screen knows and `moves` what
//! was tapped there; `counter` and everything below it draw. `order_words`, `paging`, `all_day` and
//! `newcomers` have the pure parts. What this app must not know: which platform answers it.

mod all_day;
mod app;
mod bar_choice;
mod bar_controls;
mod counter;
mod desk;
mod header;
mod lane;
mod moves;
mod newcomers;
mod order_words;
mod paging;
mod panels;
mod shift;
mod sign_in;
mod ticket;
mod tools;
mod undo;
mod words;

fn main() {
    ui::start_once(ui::session::STAFF, app::app);
}
