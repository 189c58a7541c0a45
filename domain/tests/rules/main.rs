//! The rules of the bar, as the product page tells them: given a bar, when somebody does
//! something, then this follows.

mod outcome;
mod people;
mod promises;
mod scenario;
mod screens;

mod rejections;
mod roles;
mod transition_table;
mod transitions;
