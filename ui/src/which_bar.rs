//! Which bar a page is for.

use std::time::Duration;

use domain::BarId;
use domain::view::BarSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address;
use crate::api::Api;
use crate::fault::Fault;
use crate::sleep::sleep_about;

/// What is known of the bar a page is for.
#[derive(Clone, Debug, PartialEq)]
pub enum WhichBar {
    /// Not yet known.
    Looking,
    /// This one.
    This(BarId),
    /// The address names none, and there are several, or none at all.
    Choice(Vec<BarSummary>),
    /// The server does not say; it is asked again.
    Lost(Fault),
}

impl WhichBar {
    /// The bar of the page's address (`?bar=`), else the only one this person may know of, else a
    /// choice.
    pub fn find(api: Api) -> RwSignal<Self> {
        if let Some(bar) = address::query("bar").and_then(|bar| bar.parse().ok()) {
            return RwSignal::new(Self::This(bar));
        }
        let found = RwSignal::new(Self::Looking);
        spawn_local(async move {
            loop {
                let answer = match api.bars().await {
                    Ok(mut bars) => {
                        if let Some(session) = api.session().get_untracked() {
                            bars.retain(|bar| session.actor.knows(&bar.bar));
                        }
                        match bars.as_slice() {
                            [only] => Self::This(only.bar.clone()),
                            _ => Self::Choice(bars),
                        }
                    }
                    Err(fault) => Self::Lost(fault),
                };
                let is_lost = matches!(answer, Self::Lost(_));
                if found.try_set(answer).is_some() || !is_lost {
                    break;
                }
                sleep_about(Duration::from_secs(2), Duration::from_secs(2)).await;
            }
        });
        found
    }
}

/// Loads this page for a bar; what else its address says stays as it is.
pub fn go_to(bar: &BarId) {
    // A page that may not go anywhere stays.
    let _ = window().location().set_search(&link(bar));
}

/// The address of this page for a bar; what else it says stays as it is.
pub fn link(bar: &BarId) -> String {
    let search = window().location().search().unwrap_or_default();
    if search.is_empty() {
        ["?bar=", bar.as_str()].concat()
    } else {
        [&search, "&bar=", bar.as_str()].concat()
    }
}
