//! The rules of the bar, as the product page tells them: given a bar, when somebody does
//! something, then this follows.

mod menus;
mod outcome;
mod people;
mod promises;
mod scenario;
mod screens;

mod admission;
mod codes;
mod commands;
mod concerns;
mod days;
mod deadlines;
mod golden;
mod golden_events;
mod golden_views;
mod journeys;
mod live;
mod menu_check;
mod menu_rules;
mod pace;
mod paths;
mod published;
mod rejections;
mod requests;
mod roles;
mod snapshots;
mod staff;
mod steps;
mod transition_table;
mod transitions;
mod turned_away;
mod variants;
mod views;
mod waits;
mod webhooks;
mod windows;
