//! Roles of the one binary, asked as AWS asks them.

mod admin;
mod authorizer;
mod gateway;
mod template;
