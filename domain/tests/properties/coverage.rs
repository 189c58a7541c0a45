//! What was met on the way: that chance has been everywhere is asserted, not hoped for.

use std::collections::BTreeSet;

use domain::{Command, Event, Rejection, Status, Step};

use crate::transition_table::{CLOCK, CLOCK_TOO_EARLY, DISPLAY, OWNER, STAFF, STRANGER, read};
use crate::variants::{COMMANDS, EVENTS, REJECTIONS, command_name, event_name, rejection_name};

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

/// Cells of the tables, commands that were carried out, what followed, and refusals, that were
/// met.
#[derive(Default)]
pub(crate) struct Coverage {
    cells: BTreeSet<(Table, Step, Status)>,
    commands: BTreeSet<&'static str>,
    events: BTreeSet<&'static str>,
    refusals: BTreeSet<&'static str>,
    pub(crate) collected: usize,
}

impl Coverage {
    pub(crate) fn cell(&mut self, table: Table, step: Step, from: Status) {
        self.cells.insert((table, step, from));
    }

    pub(crate) fn carried_out(&mut self, command: &Command, events: &[Event]) {
        self.commands.insert(command_name(command));
        self.events.extend(events.iter().map(event_name));
    }

    pub(crate) fn refusal(&mut self, rejection: &Rejection) {
        self.refusals.insert(rejection_name(rejection));
    }

    /// Every transition, every row of every table, every command, event and refusal.
    pub(crate) fn assert_complete(&self) {
        for (all, met) in
            [(COMMANDS, &self.commands), (EVENTS, &self.events), (REJECTIONS, &self.refusals)]
        {
            let missed: Vec<_> = all.iter().filter(|name| !met.contains(*name)).collect();
            assert!(missed.is_empty(), "never met: {missed:?}");
        }
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
