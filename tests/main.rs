//! Days at the bar, told by the people who spend them there: guests, baristas, monitors and the
//! organiser, against the real server in a process of its own.
//!
//! Nothing here looks inside: what is asked and what is seen goes over HTTP and the live topics.
//! The binary is `SERVERLESSPRESSO_BIN`, else `target/release/serverlesspresso`.

// The harness: the server, the way to it, and who is at the bar.
mod bar;
mod browser;
mod client;
mod employer;
mod http;
mod kept;
mod live;
mod looks;
mod person;
mod platform;
mod receiver;
mod relay;
mod server;
mod soon;
mod workflows;

// The scenarios.
mod admission;
mod again;
mod bar_commands;
mod bodies;
mod clock;
mod codes;
mod crash;
mod cut_off;
mod described;
mod doors;
mod encrypted;
mod enough;
mod expiries;
mod fields;
mod files;
mod first_order;
mod first_start;
mod hostile;
mod metered;
mod metrics;
mod my_orders;
mod new_bars;
mod orchestration;
mod order_journey;
mod order_of_checks;
mod outages;
mod paho;
mod problems;
mod recall;
mod rights;
mod rush;
mod screens;
mod secrecy;
mod sessions;
mod staff;
mod starting;
mod stopping;
mod store_fails;
mod syncs;
mod told;
mod transitions;
mod turned_away;
mod webhooks;
mod whole_day;
