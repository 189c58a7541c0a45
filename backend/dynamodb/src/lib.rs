//! A place where the adapters to AWS keep what they keep, made of nothing but its address: the
//! tests hold the adapters of `backend` to `backend::contract` with it.

pub mod place;
pub mod tables;
