//! Pages instead of scrolling: how many tickets fit, and which of them are on which page.

use std::ops::Range;

/// Narrower than this the lanes stand below each other, and the page is scrolled as a whole.
const STACKED: i32 = 700;
/// Narrower than this a drink's name needs a second line.
const UPRIGHT: i32 = 1024;
/// The height a ticket needs, the gap below it included, where it is wide and where it is narrow.
const WIDE: i32 = 206;
const NARROW: i32 = 218;
/// What a lane's title and edges take.
const TITLE: i32 = 56;
/// More would be too small a share of any tablet.
const MOST: i32 = 6;

/// How many tickets fit below each other in a lane, when the lanes together have this much room,
/// in CSS pixels.
pub(crate) fn slots(width: i32, height: i32) -> usize {
    if width < STACKED {
        return 3;
    }
    let ticket = if width < UPRIGHT { NARROW } else { WIDE };
    ((height - TITLE) / ticket).clamp(1, MOST).unsigned_abs() as usize
}

/// One page of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Counted from 0.
    pub(crate) index: usize,
    /// How many pages there are; one at least.
    pub(crate) of: usize,
    /// The tickets on it.
    pub(crate) tickets: Range<usize>,
}

/// The page of a lane that is nearest to the one asked for. `heights` are the tickets', in slots,
/// of which a page has `slots`; one that is higher than a page has it to itself.
pub(crate) fn page(heights: &[usize], slots: usize, wanted: usize) -> Page {
    let mut begins = vec![0];
    let mut filled = 0;
    for (index, height) in heights.iter().enumerate() {
        if filled > 0 && filled + height > slots {
            begins.push(index);
            filled = 0;
        }
        filled += height;
    }
    let index = wanted.min(begins.len() - 1);
    let end = begins.get(index + 1).copied().unwrap_or(heights.len());
    Page { index, of: begins.len(), tickets: begins[index]..end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one page is one range")]
    fn every_ticket_is_on_one_page() {
        for (heights, slots, pages) in [
            (&[][..], 2, &[0..0][..]),
            (&[1], 2, &[0..1]),
            (&[1, 1], 2, &[0..2]),
            (&[1, 1, 1], 2, &[0..2, 2..3]),
            (&[1, 2, 1], 2, &[0..1, 1..2, 2..3]),
            (&[2, 1, 1], 3, &[0..2, 2..3]),
            (&[2, 1], 1, &[0..1, 1..2]),
        ] {
            for (index, tickets) in pages.iter().enumerate() {
                let expected = Page { index, of: pages.len(), tickets: tickets.clone() };
                assert_eq!(page(heights, slots, index), expected, "{heights:?}");
            }
            assert_eq!(page(heights, slots, 99).index, pages.len() - 1, "{heights:?}");
        }
        assert_eq!(page(&[1; 40], 2, 0).of, 20);
    }

    #[test]
    fn a_tablet_shows_three_tickets_of_each_lane_and_upright_four() {
        for (width, height, expected) in
            [(1180, 674, 3), (820, 928, 4), (1366, 880, 4), (390, 2000, 3), (1180, 200, 1)]
        {
            assert_eq!(slots(width, height), expected, "{width} x {height}");
        }
    }
}
