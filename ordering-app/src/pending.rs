//! The command on its way: kept on the phone from before it is sent until it is answered, so that
//! a page which is loaded again in between sends the very same one, which is carried out once.

use std::time::Duration;

use domain::BarId;
use ui::sleep::sleep;
use ui::storage;

/// A command as it goes over the wire, its id included.
#[derive(Clone)]
pub(crate) struct Pending {
    pub(crate) path: String,
    pub(crate) body: String,
}

fn key(bar: &BarId) -> String {
    ["serverlesspresso.order.pending.", bar.as_str()].concat()
}

impl Pending {
    /// Writes a command down.
    pub(crate) fn keep(self, bar: &BarId) -> Self {
        // JSON is written on one line, and a path is one.
        storage::save(&key(bar), &[&self.path, "\n", &self.body].concat());
        self
    }

    /// The one that was on its way when the page was left.
    pub(crate) fn load(bar: &BarId) -> Option<Self> {
        let kept = storage::load(&key(bar))?;
        let (path, body) = kept.split_once('\n')?;
        Some(Self { path: path.to_owned(), body: body.to_owned() })
    }

    /// Whether it asks for the same, whatever its id.
    pub(crate) fn asks_the_same(&self, other: &Self) -> bool {
        self.path == other.path && self.without_id() == other.without_id()
    }

    /// The body behind its first field, which is the id.
    fn without_id(&self) -> Option<&str> {
        self.body.split_once(',').map(|(_, rest)| rest)
    }

    /// Waits until it has been answered, but no longer than a guest does.
    pub(crate) async fn settled(bar: &BarId) {
        for _ in 0..30 {
            if Self::load(bar).is_none() {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// It has been answered.
    pub(crate) fn forget(bar: &BarId) {
        storage::clear(&key(bar));
    }
}
