//! The application behind its HTTP door, on ports in memory and a clock that tests set.

mod door;
mod live;
mod restart;
mod time;
