//! The rules of the coffee bar, whole and pure: the same code decides in the server and advises in
//! the browser.
//!
//! A *bar* is a counter with its own menu, queue and staff. A *code* is what the QR holds, good
//! for one *window*. An *order* is one drink for one person; its *number* is called out at the
//! bar. The *queue* is what the barista works through, the *board* what the monitor shows.
//! *Admission* decides whether one more order comes in. *Live* orders are choosing, placed, being
//! made or ready; *in progress* are the first three of these. *Staff* is a barista or organiser.
//!
//! A command goes in; [`Bar::decide`] answers with the events that follow or the reason why not;
//! [`Bar::evolve`] folds them into the bar; views are folded from the bar.
//!
//! What this crate must not know: clocks, chance, threads, files, networks, browsers, AWS.

pub mod actor;
pub mod address;
mod admission;
pub mod api;
pub mod bar;
pub mod bus;
mod choosing;
pub mod command;
pub mod concern;
pub mod deadline;
pub mod event;
mod expected;
pub mod id;
pub mod journey;
pub mod limits;
pub mod menu;
mod menu_default;
pub mod mistake;
pub mod name;
mod newer;
pub mod order;
mod patched;
pub mod rejection;
#[cfg(feature = "schema")]
pub mod schema;
pub mod spelling;
pub mod staff;
pub mod stage;
pub mod status;
pub mod text;
pub mod time;
pub mod topic;
pub mod turned_away;
pub mod view;
pub mod wait;
pub mod webhook;
pub mod window;

pub use actor::{Actor, Role, Sender};
pub use bar::Bar;
pub use bus::BusEvent;
pub use command::{Choice, Command, Facts, OrderCommand};
pub use event::{Entry, Event};
pub use id::{BarId, CommandId, OrderId, PersonId, Slug, Username, WebhookName};
pub use limits::Limits;
pub use menu::Menu;
pub use mistake::Mistake;
pub use order::Order;
pub use rejection::{Code, Rejection};
pub use stage::Stage;
pub use status::{Status, Step};
pub use time::{Day, Timestamp};
