//! How the board's cards share the screen, so that none is cut and all are as large as can be.

/// Columns of the two zones, and how close together their cards stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Columns of ready cards.
    pub(crate) ready_columns: u8,
    /// The name stands under the number, not beside it: the column is too narrow for both.
    pub(crate) ready_stacked: bool,
    /// Ready cards are as low as they can be.
    pub(crate) ready_tight: bool,
    /// Columns of orders in preparation.
    pub(crate) preparing_columns: u8,
    /// How low the rows of orders in preparation are: 0 to 2.
    pub(crate) preparing_tight: u8,
}

/// Rows that fit into a column, by how tight they are; the style sheet keeps these promises.
const READY_ROWS: [usize; 2] = [4, 5];
const PREPARING_ROWS: [usize; 3] = [9, 13, 15];

/// Columns of ready cards the screen is wide enough for.
const MOST_COLUMNS: u8 = 4;

/// The layout for so many cards.
pub(crate) fn layout(preparing: usize, ready: usize) -> Layout {
    let in_columns = |columns: u8| ready.div_ceil(usize::from(columns));
    let ready_columns = (1..MOST_COLUMNS)
        .find(|columns| in_columns(*columns) <= READY_ROWS[1])
        .unwrap_or(MOST_COLUMNS);
    // Names are worth more than space between rows: a second column only when there is no other
    // way, and never beside three columns of ready cards.
    let one_column = match ready_columns {
        1 => PREPARING_ROWS[1],
        2 => PREPARING_ROWS[2],
        _ => usize::MAX,
    };
    let preparing_columns = if preparing <= one_column { 1 } else { 2 };
    let ready_stacked = ready_columns > 1 || preparing_columns > 1;
    let rows = preparing.div_ceil(usize::from(preparing_columns));
    let preparing_tight = match rows {
        rows if rows <= PREPARING_ROWS[0] => 0,
        rows if rows <= PREPARING_ROWS[1] => 1,
        _ => 2,
    };
    Layout {
        ready_columns,
        ready_stacked,
        // Beside the number, a name makes no row higher.
        ready_tight: ready_stacked && in_columns(ready_columns) > READY_ROWS[0],
        preparing_columns,
        preparing_tight,
    }
}

impl Layout {
    /// Characters of a name there is room for on a ready card.
    pub(crate) const fn ready_name(self) -> usize {
        match self.ready_columns {
            1 | 2 => 12,
            3 => 9,
            _ => 8,
        }
    }

    /// Characters of a name there is room for beside a number in preparation.
    pub(crate) const fn preparing_name(self) -> usize {
        match (self.preparing_columns, self.ready_columns) {
            (1, 1 | 2) => 12,
            (1, 3) => 9,
            (_, _) => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_cut_up_to_twenty_orders() {
        for total in 0..=20 {
            for ready in 0..=total.min(15) {
                let preparing = total - ready;
                let layout = layout(preparing, ready);
                let rows = |count: usize, columns: u8| count.div_ceil(usize::from(columns));
                let low = layout.ready_tight || !layout.ready_stacked;
                let room = READY_ROWS[usize::from(low)];
                assert!(rows(ready, layout.ready_columns) <= room, "{preparing} and {ready} ready");
                let room = PREPARING_ROWS[usize::from(layout.preparing_tight)];
                assert!(
                    rows(preparing, layout.preparing_columns) <= room,
                    "{preparing} and {ready} ready"
                );
            }
        }
    }

    #[test]
    fn few_orders_are_shown_large() {
        let quiet = layout(3, 2);
        assert_eq!((quiet.ready_columns, quiet.preparing_tight), (1, 0));
        let rush = layout(20, 4);
        assert_eq!((rush.preparing_columns, rush.preparing_tight), (2, 1));
    }
}
