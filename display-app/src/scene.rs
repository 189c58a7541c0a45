//! What the monitor says of ordering: the code to scan, or why there is none and until when.

use domain::view::{BarView, CodeView, Refusal};
use domain::{Code, Timestamp};

/// One of the monitor's scenes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
    /// Not known yet.
    Unknown,
    /// Orders are taken with this code.
    Scan {
        /// The address the QR holds.
        url: String,
        /// The code, for typing.
        code: String,
    },
    /// None are.
    NoOrders {
        /// Why.
        code: Code,
        /// Until when, where that is known.
        until: Option<Timestamp>,
        /// The barista's own words about it.
        remark: Option<String>,
    },
}

/// The scene for what is known of the code and the bar.
pub(crate) fn scene(code: Option<&CodeView>, bar: Option<&BarView>, now: Timestamp) -> Scene {
    let Some(view) = code else {
        return Scene::Unknown;
    };
    if !view.accepting {
        // The contract sends a reason whenever orders are not accepted.
        let refusal = view.refusal.unwrap_or(Refusal { code: Code::BarClosed, retry_at: None });
        let remark = bar.and_then(|bar| bar.reason.clone());
        let remark = remark.filter(|_| refusal.code == Code::BarPaused);
        return Scene::NoOrders { code: refusal.code, until: refusal.retry_at, remark };
    }
    // The next code did not arrive, and this one is worth nothing any more: nobody is to scan it.
    let grace = bar.map_or(0, |bar| bar.limits.grace_seconds);
    if now > view.closes_at.plus_seconds(grace.max(LATE_SECONDS)) {
        return Scene::NoOrders { code: Code::Unavailable, until: None, remark: None };
    }
    Scene::Scan { url: view.url.clone(), code: view.code.clone() }
}

/// How late the next code may be before anything is said of it.
const LATE_SECONDS: u32 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn code_view(refusal: Option<Refusal>) -> CodeView {
        CodeView {
            code: "7K3MA9XQ2B".to_owned(),
            url: "http://bar/order/".to_owned(),
            opens_at: second(0),
            closes_at: second(300),
            uses_left: 3,
            accepting: refusal.is_none(),
            refusal,
            seq: 1,
            now: second(0),
        }
    }

    #[test]
    fn there_is_a_code_to_scan_for_as_long_as_it_is_worth_something() {
        let view = code_view(None);
        let is_scan = |at| matches!(scene(Some(&view), None, second(at)), Scene::Scan { .. });
        assert!(is_scan(0) && is_scan(299) && is_scan(309));
        let late = scene(Some(&view), None, second(311));
        assert_eq!(late, Scene::NoOrders { code: Code::Unavailable, until: None, remark: None });
        assert_eq!(scene(None, None, second(0)), Scene::Unknown);
    }

    #[test]
    fn each_reason_is_a_scene_with_its_time() {
        for (code, retry_at) in [
            (Code::BarClosed, None),
            (Code::BarPaused, Some(second(90))),
            (Code::BarFull, None),
            (Code::CodeUsedUp, Some(second(300))),
        ] {
            let view = code_view(Some(Refusal { code, retry_at }));
            let shown = scene(Some(&view), None, second(10));
            assert_eq!(shown, Scene::NoOrders { code, until: retry_at, remark: None });
        }
    }
}
