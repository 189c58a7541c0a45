//! The windows a code is good for: `[k·W, (k+1)·W)` of Unix time.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// One window: the code shown from `opens_at` until `closes_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first moment; a code carries it.
    pub opens_at: Timestamp,
    /// The first moment after it.
    pub closes_at: Timestamp,
}

impl Window {
    /// Whether `at` lies in it.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.opens_at <= at && at < self.closes_at
    }
}

/// Which windows there are: of one length from some moment on, of another until then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Windows {
    /// Seconds a window lasts from `from` on.
    length: u32,
    /// When that length began to hold.
    from: Timestamp,
    /// Seconds a window lasted until then; none when the length was changed at once.
    before: Option<u32>,
}

impl Windows {
    /// Windows that have always been of this length.
    pub fn of_length(seconds: u32) -> Self {
        Self { length: seconds, from: Timestamp::default(), before: None }
    }

    /// From when on a new length is to hold: at once while the bar is closed, else from the end
    /// of the running window, so that the code on the monitor keeps its promise.
    pub fn change_holds_from(&self, at: Timestamp, closed: bool) -> Timestamp {
        if closed { at } else { self.at(at).closes_at }
    }

    /// These windows after a change of length that holds from `from`, decided at `at`.
    #[must_use]
    pub fn changed(&self, length: u32, from: Timestamp, at: Timestamp) -> Self {
        let running = match self.before {
            Some(before) if at < self.from => before,
            Some(_) | None => self.length,
        };
        Self { length, from, before: (from > at).then_some(running) }
    }

    /// The window that runs at `at`.
    pub fn at(&self, at: Timestamp) -> Window {
        match self.before {
            Some(before) if at < self.from => cut(at, before),
            Some(_) | None => cut(at, self.length),
        }
    }

    /// The window that opens at `opens_at`, as it stands at `at`; none when no window of this bar
    /// opens then.
    ///
    /// The first window of a new length may have opened, by the grid of that length, before the
    /// length held: from then on its code is on the monitor all the same.
    pub fn opening_at(&self, opens_at: Timestamp, at: Timestamp) -> Option<Window> {
        let first = (self.from <= at).then(|| self.at(self.from));
        let mut windows = first.into_iter().chain([self.at(opens_at)]);
        windows.find(|window| window.opens_at == opens_at)
    }
}

fn cut(at: Timestamp, length: u32) -> Window {
    let length = i64::from(length.max(1));
    let opens_at = at.seconds().div_euclid(length) * length;
    Window {
        opens_at: Timestamp::from_seconds(opens_at),
        closes_at: Timestamp::from_seconds(opens_at + length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn bounds(window: Window) -> (i64, i64) {
        (window.opens_at.seconds(), window.closes_at.seconds())
    }

    #[test]
    fn windows_tile_time() {
        let windows = Windows::of_length(300);
        for (at, expected) in [(0, (0, 300)), (299, (0, 300)), (300, (300, 600))] {
            assert_eq!(bounds(windows.at(second(at))), expected);
        }
        assert!(windows.opening_at(second(300), second(700)).is_some());
        assert!(windows.opening_at(second(301), second(700)).is_none());
    }

    #[test]
    fn a_new_length_waits_for_the_running_window_unless_the_bar_is_closed() {
        let windows = Windows::of_length(300);
        let at = second(400);
        let later = windows.changed(60, windows.change_holds_from(at, false), at);
        assert_eq!(bounds(later.at(second(599))), (300, 600));
        assert_eq!(bounds(later.at(second(600))), (600, 660));
        let again = later.changed(120, later.change_holds_from(second(500), false), second(500));
        assert_eq!(bounds(again.at(second(599))), (300, 600));
        assert_eq!(bounds(again.at(second(600))), (600, 720));
        let at_once = windows.changed(60, windows.change_holds_from(at, true), at);
        assert_eq!(bounds(at_once.at(at)), (360, 420));
    }
}
