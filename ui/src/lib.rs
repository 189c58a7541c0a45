//! What the three apps share in the browser.
//!
//! Start-up: [`start`], [`mount`], [`config`], [`language`], [`address`], [`which_bar`]. State that
//! outlives a page: [`storage`], [`session`], [`renewal`]. The outside world: [`api`] is the only
//! HTTP caller ([`json`] its language), [`live`] the only socket ([`mqtt`] its wire format, [`pulse`] its patience),
//! [`feed`] the loop that keeps one view current from both, [`clock`] the server's time. Sending:
//! [`outbox`] (one command at a time, the same id until it is answered), [`random`] (ids). The
//! device: [`sound`], [`awake`], [`room`].
//! Components: [`mod@command_button`], [`mod@status_badge`], [`mod@bar_status_badge`],
//! [`mod@connection_mark`], [`mod@notice`], [`mod@dialog`], [`mod@drink_icon`]; [`mod@arrows`] among
//! the buttons of a radio. Words: [`sentences!`]. `styles/tokens.css` holds colours, sizes and the classes these use.
//!
//! What this crate must not know: any one app's screens, and what platform answers.

/// Fits the little memory an app needs, at a third of the usual code.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub mod address;
pub mod api;
pub mod arrows;
pub mod awake;
pub mod bar_status_badge;
pub mod clock;
pub mod command_button;
pub mod config;
pub mod connection_mark;
pub mod dialog;
pub mod drink_icon;
pub mod element;
pub mod fault;
pub mod feed;
mod http;
pub mod json;
pub mod language;
pub mod live;
mod mounting;
pub mod mqtt;
pub mod notice;
pub mod outbox;
pub mod pulse;
pub mod qr;
pub mod random;
pub mod renewal;
pub mod room;
pub mod session;
pub mod sleep;
pub mod sound;
pub mod status_badge;
pub mod storage;
pub mod which_bar;
mod words;

pub use api::Api;
pub use arrows::arrows;
pub use bar_status_badge::{BarStatusBadge, bar_status_badge};
pub use clock::Clock;
pub use command_button::command_button;
pub use connection_mark::{ConnectionMark, connection_mark};
pub use dialog::{Dialog, dialog};
pub use drink_icon::{DrinkIcon, drink_icon};
pub use fault::Fault;
pub use feed::Feed;
pub use language::language_switch;
pub use live::{ConnectionState, Live};
pub use mounting::{mount, start, start_once, start_with};
pub use notice::{Notice, Notices, notice};
pub use outbox::Outbox;
pub use session::KeptSession;
pub use status_badge::status_badge;
pub use which_bar::WhichBar;
