//! What is promised by those who are told, and by who keeps how far that has come.

use domain::{Order, Timestamp};

use super::{bar, order, past};
use crate::ports::{Cursor, Cursors, History, Sink};

/// Where several tell it, whoever comes late sets nothing back.
pub async fn a_history_is_not_set_back(history: &dyn History) {
    let at = |version| Order { version, ..past(1, Some("ivo"), 1000) };
    for (through, version) in [(8, 8), (5, 4), (8, 8), (6, 6)] {
        history.put(&bar("past"), through, &[at(version)], &[]).await.expect("put");
        assert_eq!(history.cursor(&bar("past")).await.expect("cursor"), 8);
        let kept = history.order(&order("past.00000001")).await.expect("order");
        assert_eq!(kept, Some(at(8)));
    }
    history.forget(&bar("past")).await.expect("forget");
}

/// Each sink of each bar stands on its own, and goes forward only.
pub async fn cursors_go_forward_only(cursors: &dyn Cursors) {
    let at = |seq: u64| Cursor { seq, at: Timestamp::from_millis(1_795_000_000_123) };
    let stands = async |name: &str, sink| cursors.cursor(&bar(name), sink).await.expect("cursor");
    assert_eq!(stands("told", Sink::Live).await, Cursor::default());
    for (to, then) in [(7, 7), (5, 7), (12, 12)] {
        cursors.advance(&bar("told"), Sink::Live, at(to)).await.expect("advance");
        assert_eq!(stands("told", Sink::Live).await, at(then));
    }
    // Where it is, another time changes nothing either.
    let again = Cursor { at: Timestamp::default(), ..at(12) };
    cursors.advance(&bar("told"), Sink::Live, again).await.expect("advance");
    cursors.advance(&bar("told"), Sink::Status, at(3)).await.expect("advance");
    assert_eq!(stands("told", Sink::Live).await, at(12));
    assert_eq!(stands("told", Sink::Status).await, at(3));
    assert_eq!(stands("told", Sink::Bus).await, Cursor::default());
    assert_eq!(stands("other-told", Sink::Live).await, Cursor::default());
}
