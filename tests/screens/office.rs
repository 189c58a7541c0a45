//! The organiser's pages: a bar's menu, limits, staff, displays and webhooks.

mod accessible;
mod addresses;
mod displays;
mod first_start;
mod limits;
mod menu;
mod morning;
mod staff;
mod webhooks;
