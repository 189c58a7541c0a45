//! What came of a command.

use std::fmt::Debug;

use domain::{Code, Event, Rejection};

/// The events a command led to, or why it was refused; a test always looks at it.
#[must_use]
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome(pub(crate) Result<Vec<Event>, Rejection>);

impl Outcome {
    /// It was carried out; answers the one event.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Event {
        match self.0 {
            Ok(mut events) if events.len() == 1 => events.remove(0),
            Ok(events) => panic!("one event was expected, not {events:?}"),
            Err(rejection) => panic!("refused: {rejection:?}"),
        }
    }

    /// It was accepted, and there was nothing to do.
    #[track_caller]
    pub(crate) fn changes_nothing(self) {
        assert_eq!(self.0, Ok(Vec::new()));
    }

    /// It was refused, for exactly this reason.
    #[track_caller]
    pub(crate) fn refused_with(self, rejection: Rejection) {
        assert_eq!(self.0, Err(rejection));
    }

    /// It was refused, by this name.
    #[track_caller]
    pub(crate) fn refused_as(self, expected: Code) {
        let code = self.0.as_ref().map_err(Rejection::code);
        assert_eq!(code.err(), Some(expected), "{self:?}");
    }

    /// It was refused as nonsense in this field.
    #[track_caller]
    pub(crate) fn refused_in(self, expected: &str) {
        match self.0 {
            Err(Rejection::Invalid { field, .. }) => assert_eq!(field, expected),
            other => panic!("a fault in {expected} was expected, not {other:?}"),
        }
    }
}

/// Every row of a table whose sides differ, all at once.
#[track_caller]
pub(crate) fn assert_no_differences<T: Debug>(differences: &[T]) {
    assert!(differences.is_empty(), "{differences:#?}");
}
