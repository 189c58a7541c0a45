//! The application behind its HTTP door, on ports in memory and a clock that tests set.

mod days;
pub(crate) mod door;
mod live;
mod restart;
mod sign_in;
mod staff;
mod store_fails;
mod time;
mod turned_away;
