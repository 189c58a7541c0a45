//! The application behind its HTTP door, on ports in memory and a clock that tests set.

/// Processes that share the logs of a house.
const PROCESSES: usize = 1;

#[cfg(test)]
mod days;
#[cfg_attr(not(test), expect(dead_code, reason = "one scenario is a promise of logs, too"))]
pub(crate) mod door;
#[cfg(test)]
mod guessing;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod live;
#[cfg(test)]
mod restart;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod store_fails;
#[cfg(test)]
mod time;
#[cfg(test)]
mod turned_away;
