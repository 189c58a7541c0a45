//! Real browsers: the apps as a person has them before the eyes.
//!
//! A [`Window`] is one Chromium with a profile of its own. [`Phone`], [`Tablet`] and [`Monitor`]
//! are windows of an app, with the verbs of those who use them.

mod album;
mod axe;
mod console;
mod device;
mod devtools;
mod driver;
mod eyes;
mod hands;
mod keys;
mod monitor;
mod office;
mod parts;
mod phone;
mod picture;
mod settings;
mod sight;
mod tablet;
mod window;

use std::sync::LazyLock;

use anyhow::Result;
use tokio::sync::{Semaphore, SemaphorePermit};

pub(crate) use album::folder as album;
pub(crate) use console::Noise;
pub(crate) use device::Device;
pub(crate) use monitor::Monitor;
pub(crate) use office::Office;
pub(crate) use parts::{button, card, drink, id, option, ticket, within};
pub(crate) use phone::Phone;
pub(crate) use sight::Seen;
pub(crate) use tablet::{Tablet, lane};
pub(crate) use window::{Size, Window};

use crate::platform::Platform;

/// How many tests may have windows at a time: each window is a dozen processes.
static DESKS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(Platform::is().desks()));

/// Takes a place among the tests that have windows, kept for as long as what is returned.
pub(crate) async fn desk() -> Result<SemaphorePermit<'static>> {
    Ok(DESKS.acquire().await?)
}
