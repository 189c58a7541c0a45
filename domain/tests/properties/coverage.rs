//! What was met on the way: that chance has been everywhere is asserted, not hoped for.

use std::collections::BTreeSet;

use domain::{Rejection, Status, Step};

use crate::transition_table::{CLOCK, CLOCK_TOO_EARLY, DISPLAY, OWNER, STAFF, STRANGER, read};

/// A table of `transition_table`, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Owner,
    Stranger,
    Staff,
    Display,
    Clock,
    ClockTooEarly,
}

impl Table {
    const ALL: [Self; 6] =
        [Self::Owner, Self::Stranger, Self::Staff, Self::Display, Self::Clock, Self::ClockTooEarly];

    /// What the product page says of a step from a status.
    pub(crate) fn cell(self, step: Step, from: Status) -> &'static str {
        let table = match self {
            Self::Owner => OWNER,
            Self::Stranger => STRANGER,
            Self::Staff => STAFF,
            Self::Display => DISPLAY,
            Self::Clock => CLOCK,
            Self::ClockTooEarly => CLOCK_TOO_EARLY,
        };
        read(table)[&(step, from)]
    }
}

/// Cells of the tables, and refusals, that were met.
#[derive(Default)]
pub(crate) struct Coverage {
    cells: BTreeSet<(Table, Step, Status)>,
    refusals: BTreeSet<usize>,
    pub(crate) collected: usize,
}

impl Coverage {
    pub(crate) fn cell(&mut self, table: Table, step: Step, from: Status) {
        self.cells.insert((table, step, from));
    }

    pub(crate) fn refusal(&mut self, rejection: &Rejection) {
        self.refusals.insert(number(rejection));
    }

    /// Every transition, every row of every table, every refusal.
    pub(crate) fn assert_complete(&self) {
        let missed: Vec<usize> = (0..REFUSALS).filter(|n| !self.refusals.contains(n)).collect();
        assert!(missed.is_empty(), "refusals by number that were never met: {missed:?}");
        let statuses = Status::ALL.map(Status::as_str);
        for table in Table::ALL {
            for step in Step::ALL {
                let met = |from| self.cells.contains(&(table, step, from));
                // The clock takes no step but those the table gives it.
                let is_tried = table != Table::Clock;
                let is_row_met = Status::ALL.into_iter().any(met);
                assert!(is_row_met || !is_tried, "{table:?} never tried to {step:?}");
                for from in Status::ALL {
                    let cell = table.cell(step, from);
                    let is_transition = statuses.contains(&cell) || cell == "taken";
                    assert!(met(from) || !is_transition, "{table:?}: {step:?} from {from:?}");
                }
            }
        }
    }
}

const REFUSALS: usize = 18;

/// A number for each refusal: a new one makes this fail to compile until it has the next.
fn number(rejection: &Rejection) -> usize {
    match rejection {
        Rejection::BarClosed => 0,
        Rejection::BarPaused { .. } => 1,
        Rejection::BarFull => 2,
        Rejection::BarExists => 3,
        Rejection::NoSuchBar => 4,
        Rejection::NoSuchOrder => 5,
        Rejection::LiveOrderExists { .. } => 6,
        Rejection::DailyLimit => 7,
        Rejection::CodeUnknown => 8,
        Rejection::CodeExpired => 9,
        Rejection::CodeUsedUp { .. } => 10,
        Rejection::SoldOut { .. } => 11,
        Rejection::Invalid { .. } => 12,
        Rejection::WrongStatus { .. } => 13,
        Rejection::Taken { .. } => 14,
        Rejection::Changed => 15,
        Rejection::CommandReused => 16,
        Rejection::NotAllowed => 17,
    }
}
