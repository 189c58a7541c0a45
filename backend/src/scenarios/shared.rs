//! The same scenarios where two processes decide for each bar and every request goes to the other
//! one. What belongs to one process, its relay, its snapshots, its disk and its
//! memory of guesses, is left out.

#![expect(clippy::duplicate_mod, reason = "one text, two houses")]

/// Processes that share the logs of a house.
const PROCESSES: usize = 2;

#[path = "days.rs"]
mod days;
#[path = "door.rs"]
#[expect(dead_code, reason = "some of it is for what is left out")]
mod door;
#[path = "journeys.rs"]
mod journeys;
#[path = "sign_in.rs"]
mod sign_in;
#[path = "staff.rs"]
mod staff;
#[path = "time.rs"]
mod time;
#[path = "turned_away.rs"]
mod turned_away;
