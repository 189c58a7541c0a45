//! Days at the bar, told by the people who spend them there: guests, baristas, monitors and the
//! organiser, against the real server in a process of its own.
//!
//! Nothing here looks inside: what is asked and what is seen goes over HTTP and the live topics.
//! The binary is `SERVERLESSPRESSO_BIN`, else `target/release/serverlesspresso`.

// The harness: the server, the way to it, and who is at the bar.
mod bar;
mod http;
mod kept;
mod live;
mod person;
mod server;
mod soon;

// The scenarios.
mod again;
mod bar_commands;
mod crash;
mod cut_off;
mod new_bars;
mod rights;
mod rush;
mod told;
mod transitions;
mod whole_day;
