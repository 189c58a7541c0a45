//! The organiser's pages: a bar's menu, limits and details, the people who work there, the displays
//! above it, and the first start of it all.
//!
//! `app` decides between the one-time link, signing in and the pages; `pages` gives each page its
//! address; the rest is a file per page. What is being edited lives in `drafts`, above the pages,
//! so that going from one to another loses nothing; what is half typed in `kept`, so that reading it
//! in another language loses nothing either. What these pages must not know: which platform
//! answers them, and the queue behind the bar.

#![expect(
    unreachable_pub,
    reason = "Leptos makes a component's properties public, whatever the component is"
)]

mod app;
mod bar_form;
mod bar_pages;
mod bars_page;
mod details_page;
mod displays_page;
mod drafts;
mod drink_editor;
mod entry;
mod fields;
mod first_start;
mod form;
mod group_editor;
mod house;
mod kept;
mod limits_page;
mod lists;
mod menu_change;
mod menu_page;
mod names_editor;
mod pages;
mod pairing;
mod places;
mod preview;
mod question;
mod save_bar;
mod sign_in;
mod slugs;
mod staff_form;
mod staff_page;
mod time_zone;
mod webhook_card;
mod webhooks_page;
mod words;

fn main() {
    entry::take_from_address();
    // The tablet's session: whoever is signed in behind the bar comes here without doing so again.
    ui::start_with(places::CONFIG, ui::session::STAFF, app::App);
}
