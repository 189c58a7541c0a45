//! Roles of the one binary, asked as AWS asks them.

mod authorizer;
mod gateway;
mod template;
