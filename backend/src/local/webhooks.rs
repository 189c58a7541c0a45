//! Deliveries on the laptop: a task for each webhook, which waits for news of its bar, for its next
//! attempt, or for its organiser. Without webhooks there is nothing that wakes.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{BarId, WebhookName};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::app::{App, chain};
use crate::webhooks::{Deliverer, Next};

/// How long to leave a store alone that has just failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// Laptops sleep, and the clock of timers with them: the one on the wall is looked at this often.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Delivers for as long as the process runs.
pub(super) async fn run(app: App, deliverer: Deliverer) {
    let mut changes = app.webhook_changes();
    let mut tasks = JoinSet::new();
    let mut attended = BTreeSet::new();
    loop {
        while let Some(ended) = tasks.try_join_next() {
            if let Ok(which) = ended {
                attended.remove(&which);
            }
        }
        changes.borrow_and_update();
        match deliverer.webhooks.all().await {
            Ok(all) => {
                for kept in all {
                    let which = (kept.bar, kept.webhook.name);
                    if attended.insert(which.clone()) {
                        tasks.spawn(attend(app.clone(), deliverer.clone(), which));
                    }
                }
            }
            Err(error) => {
                tracing::error!(error = chain(&error), "webhooks cannot be read");
                sleep(AFTER_FAILURE).await;
                continue;
            }
        }
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            // One that was removed may come again under the same name.
            Some(ended) = tasks.join_next() => {
                if let Ok(which) = ended {
                    attended.remove(&which);
                }
            }
        }
    }
}

type Which = (BarId, WebhookName);

/// Delivers to one webhook for as long as there is one.
async fn attend(app: App, deliverer: Deliverer, which: Which) -> Which {
    let (bar, name) = &which;
    let mut changes = app.webhook_changes();
    let Ok(mut told) = app.host(bar).map(|host| host.told_changes()) else {
        return which;
    };
    loop {
        changes.borrow_and_update();
        told.borrow_and_update();
        let (wait, hears_news) = match deliverer.turn(bar, name).await {
            Ok(Next::Now) => continue,
            Ok(Next::Never) => return which,
            Ok(Next::WithNews) => (None, true),
            Ok(Next::At(at)) => {
                let wait = Duration::from_millis(at.millis_since(app.now()));
                (Some(wait.min(LOOK_AGAIN)), false)
            }
            Err(error) => {
                tracing::error!(%bar, %name, error = chain(&error), "a webhook has to wait");
                (Some(AFTER_FAILURE), false)
            }
        };
        let due = async {
            match wait {
                Some(wait) => sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // Both senders live as long as the application.
            _ = changes.changed() => {}
            _ = told.changed(), if hears_news => {}
            () = due => {}
        }
    }
}
